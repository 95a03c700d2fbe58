package letter

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"text/template"
	"text/template/parse"

	"foia/internal/remedy"
	"foia/internal/yamltext"
)

// ClaimsFile is where the sentences of claims are, in the built-in layer alone: a
// user's own file could make a claim say what its condition does not check.
const ClaimsFile = "claims.yaml"

// Claim is one thing that a letter may state as a fact about its own request. Whether
// it is so follows from the request's log, and is decided by package docket; here are
// its words.
type Claim struct {
	Name  string   `yaml:"-"`
	Means string   `yaml:"means"` // what must be so for the sentence to be true
	Gives []string `yaml:"gives"` // the values that it prints; "days?" may be empty
	Says  string   `yaml:"says"`  // to the agency that has the request
	Tells string   `yaml:"tells"` // to somebody else, such as OGIS; empty: it is not told

	says, tells             *template.Template
	saysAbroad, tellsAbroad *template.Template // the same, to an office of another country
}

// Values are what a claim prints: days as in a letter, words, numbers.
type Values map[string]any

// dated are the values with their days in the language of the letter.
func (v Values) dated(w *words) Values {
	out := make(Values, len(v))
	for name, value := range v {
		if s, ok := value.(string); ok {
			value = w.dated(s)
		}
		out[name] = value
	}
	return out
}

// Unfounded says that a letter would state what the log does not entail.
type Unfounded struct {
	Claim string
	Means string // what the letter would say
	Why   string // why that is not so
}

func (u *Unfounded) Error() string {
	return fmt.Sprintf("the letter would say that %s; %s", u.Means, u.Why)
}

// Hint says what to do.
func (u *Unfounded) Hint() string {
	return fmt.Sprintf("record what happened, as %s lists it, or choose another letter: %s",
		remedy.To(remedy.Events), remedy.To(remedy.Letters, remedy.Open("ID")))
}

// claimBook is every claim by name.
type claimBook map[string]*Claim

// readClaims reads the claims of a layer; a layer without the file has none.
func readClaims(layer fs.FS) (claimBook, error) {
	if _, err := fs.Stat(layer, ClaimsFile); err != nil {
		return claimBook{}, nil
	}
	raw, err := yamltext.ReadFS(layer, ClaimsFile)
	if err != nil {
		return nil, fmt.Errorf("the claims cannot be read: %w", err)
	}
	book := claimBook{}
	if err := yamltext.Decode(yamltext.Source{File: ClaimsFile, Text: raw}, &book); err != nil {
		return nil, err
	}
	for name, c := range book {
		c.Name = name
		if c.Means == "" || c.Says == "" {
			return nil, &Problem{File: ClaimsFile, Field: name, What: "the claim does not say what it means, or has no sentence",
				Remedy: "give it means: and says:"}
		}
		for _, to := range []struct {
			template *(*template.Template)
			sentence string
		}{{&c.says, c.Says}, {&c.tells, c.Tells}, {&c.saysAbroad, abroadWords(c.Says)}, {&c.tellsAbroad, abroadWords(c.Tells)}} {
			if *to.template, err = c.compile(to.sentence); err != nil {
				return nil, err
			}
		}
	}
	return book, nil
}

// abroadWords is a sentence as laws of other countries say it, for whose offices the word
// is authority: s. 84 of the Freedom of Information Act 2000, § 1 IFG (Behörde).
func abroadWords(sentence string) string {
	return strings.NewReplacer("agency", "authority", "Agency", "Authority").Replace(sentence)
}

// compile reads a sentence. It may print nothing but the values of the claim.
func (c *Claim) compile(sentence string) (*template.Template, error) {
	if sentence == "" {
		return nil, nil
	}
	t, err := template.New(c.Name).Option("missingkey=error").Funcs(claimFuncs).Parse(sentence)
	if err != nil {
		return nil, syntaxProblem(ClaimsFile, err)
	}
	var unknown string
	eachField(t.Root, func(name string) {
		if !c.mayGive(name) {
			unknown = name
		}
	})
	if unknown != "" {
		return nil, &Problem{File: ClaimsFile, Field: c.Name,
			What:   "the sentence prints " + quoted(unknown) + ", which the claim does not give",
			Remedy: "add it to gives:, or correct the name"}
	}
	return t, nil
}

func (c *Claim) mayGive(name string) bool {
	return slices.Contains(c.Gives, name) || slices.Contains(c.Gives, name+"?")
}

// claimFuncs are the functions that the sentence of a claim may call.
var claimFuncs = template.FuncMap{"mid": midSentence, "count": remedy.Counted, "times": timesWords, "list": list, "sentence": sentence,
	"matter": matterWords, "category": categoryWords,
	"your": func(way typed) string { return wayWords(way, "your") }, "its": func(way typed) string { return wayWords(way, "its") }}

// midSentence is a day after which the sentence goes on: where the year stands behind a
// comma, American style wants another one after it; a day without one wants none.
func midSentence(day typed) typed {
	if strings.Contains(string(day), ", ") {
		return day + ","
	}
	return day
}

func timesWords(n int) string {
	switch n {
	case 1:
		return "once"
	case 2:
		return "twice"
	}
	return fmt.Sprintf("%d times", n)
}

// categoryWords are the requesters of a fee category, 5 U.S.C. 552(a)(4)(A)(ii).
func categoryWords(category typed) string {
	words, ok := map[typed]string{"media": "representatives of the news media", "educational": "educational institutions",
		"scientific": "noncommercial scientific institutions",
		"commercial": "commercial use requesters", "other": "all other requesters"}[category]
	if !ok {
		return string(category)
	}
	return words
}

// wayWords is how something was sent; whose is the portal's owner.
func wayWords(way typed, whose string) string {
	switch way {
	case "portal":
		return "through " + whose + " online portal"
	case "email":
		return "by e-mail"
	}
	return "by " + string(way)
}

// matterWords says what an appeal is against.
func matterWords(of typed) string {
	switch of {
	case "expedition":
		return "the denial of expedited processing"
	case "fee-waiver":
		return "the denial of a fee waiver"
	case "fee-category":
		return "the fee category assigned to me"
	case "silence":
		return "the agency’s failure to determine the request"
	}
	return "the determination"
}

// eachField calls f for each field of the dot that a template names.
func eachField(n parse.Node, f func(name string)) {
	switch n := n.(type) {
	case *parse.ListNode:
		if n != nil {
			for _, inner := range n.Nodes {
				eachField(inner, f)
			}
		}
	case *parse.ActionNode:
		eachField(n.Pipe, f)
	case *parse.IfNode:
		eachBranch(&n.BranchNode, f)
	case *parse.WithNode:
		eachBranch(&n.BranchNode, f)
	case *parse.RangeNode:
		eachBranch(&n.BranchNode, f)
	case *parse.PipeNode:
		if n != nil {
			for _, c := range n.Cmds {
				for _, arg := range c.Args {
					eachField(arg, f)
				}
			}
		}
	case *parse.FieldNode:
		f(n.Ident[0])
	}
}

func eachBranch(b *parse.BranchNode, f func(name string)) {
	eachField(b.Pipe, f)
	eachField(b.List, f)
	eachField(b.ElseList, f)
}

// sentence prints a claim with the values that its condition gave, in the words of a
// letter to the office or to others, here or abroad.
func (c *Claim) sentence(v Values, toOthers bool, w *words) (markdown, error) {
	t, toOther := c.says, c.tells
	if !w.american {
		t, toOther = c.saysAbroad, c.tellsAbroad
	}
	if toOthers {
		t = toOther
	}
	if t == nil {
		return "", &Problem{File: ClaimsFile, Field: c.Name, What: "the claim has no words for a letter to somebody else",
			Remedy: "add tells:"}
	}
	data := map[string]any{}
	for _, name := range c.Gives {
		bare, optional := strings.CutSuffix(name, "?")
		value := printable(v[bare])
		if !optional && empty(value) {
			return "", &Problem{File: ClaimsFile, Field: c.Name, What: "the log gives no value for " + quoted(bare),
				Remedy: "this is a fault of foia; please report it"}
		}
		data[bare] = value
	}
	var b strings.Builder
	if err := t.Execute(&b, data); err != nil {
		return "", fmt.Errorf("the claim %s cannot be printed: %w", c.Name, err)
	}
	return markdown(b.String()), nil
}

// printable gives a value of the log the type that templates print: what the agency or
// a user wrote is disarmed.
func printable(v any) any {
	switch v := v.(type) {
	case string:
		return typed(v)
	case nil:
		return typed("")
	case []string:
		out := make([]typed, len(v))
		for i, s := range v {
			out[i] = typed(s)
		}
		return out
	}
	return v
}

func empty(v any) bool {
	switch v := v.(type) {
	case typed:
		return v == ""
	case []typed:
		return len(v) == 0
	}
	return false
}
