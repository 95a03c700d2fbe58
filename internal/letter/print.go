package letter

import (
	"cmp"
	"fmt"
	"maps"
	"strings"
	"text/template"

	"foia/internal/entered"
	"foia/internal/law"
	"foia/internal/workday"
)

// typed is what a user typed. Conditions in a template see it as it is; where
// it is printed, it comes out as plain text, whatever Markdown or template
// signs it holds.
type typed string

// markdown is text that the program has already made safe to print.
type markdown string

// String is the text with every sign escaped that Markdown might read.
func (t typed) String() string { return escape(string(t)) }

// escape puts a backslash before each ASCII punctuation character, which
// CommonMark (section 2.4) then takes literally.
func escape(s string) string {
	var b strings.Builder
	b.Grow(len(s) + len(s)/8)
	for _, r := range strings.Join(strings.Fields(s), " ") {
		if isPunctuation(r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

func isPunctuation(r rune) bool {
	return r >= '!' && r <= '/' || r >= ':' && r <= '@' || r >= '[' && r <= '`' || r >= '{' && r <= '~'
}

// placeholderFuncs name the functions that templates may call; Fill binds them
// to a request.
var placeholderFuncs = (&printer{}).funcs()

// printer holds what the functions of one filled letter need to know.
type printer struct {
	regime  law.Regime
	words   *words
	records []Record
	answers Answers
	life    Life
	claims  claimBook
	printed []string // the claims that were printed

	arguments []Argument
	budget
}

func (p *printer) funcs() template.FuncMap {
	funcs := template.FuncMap{
		"turn": p.turn,
		"emit": func(where string, v any) (string, error) {
			text, err := emit(where, v)
			if err != nil {
				return "", err
			}
			return made(&p.budget, text)
		},
		"cite":       p.cite,
		"rule":       p.rule,
		"binds":      p.binds,
		"abroad":     func() bool { return abroad(p.regime) },
		"guided":     p.guided,
		"asserted":   p.asserted,
		"claim":      p.claim,
		"holds":      p.holds,
		"stands":     p.stands,
		"exemption":  exemption,
		"statute":    statute,
		"decision":   p.decision,
		"court":      p.court,
		"regulation": p.regulation,
		"items":      func() (markdown, error) { return made(&p.budget, p.items()) },
		"shared":     func() (markdown, error) { return made(&p.budget, p.shared()) },
		"day":        p.day,
		"dollars":    func(t typed) typed { return "$" + typed(entered.Grouped(string(t))) },
		"money":      p.money,
		"language":   func() string { return p.words.Name },
		"paragraphs": func(t typed) (markdown, error) { return made(&p.budget, paragraphs(t)) },
		"bullets":    func(entries []typed) (markdown, error) { return made(&p.budget, bullets(entries)) },
		"numbered":   func(entries []typed) (markdown, error) { return made(&p.budget, numbered(entries)) },
		"sentence":   ended,
		"list":       func(entries []typed) (typed, error) { return made(&p.budget, p.words.list(entries)) },
	}
	maps.Copy(funcs, p.makers())
	return funcs
}

// emit is the last step of everything that a template prints.
func emit(where string, v any) (string, error) {
	switch v := v.(type) {
	case markdown:
		if v != "" {
			return string(v), nil
		}
	case typed:
		if v != "" {
			return v.String(), nil
		}
	case string:
		if v != "" {
			return escape(v), nil
		}
	case int:
		return fmt.Sprint(v), nil
	case []typed:
		if len(v) > 0 {
			return list(v).String(), nil
		}
	case bool:
		return "", emptyValue(where, "a yes-or-no field cannot be printed", "ask for it with {{if}}")
	}
	return "", emptyValue(where, "the letter prints a value that is empty",
		"answer the field, or print it inside {{if}} … {{end}}")
}

func emptyValue(where, what, remedy string) error {
	file, rest, _ := strings.Cut(where, "\x00")
	location, name, _ := strings.Cut(rest, "\x00")
	p := &Problem{File: file, Field: name, What: what, Remedy: remedy}
	p.Line, p.Column = lineAndColumn("x:" + location)
	return p
}

// asserted tells whether the decision claims an exemption.
func (p *printer) asserted(code string) bool { return p.life.asserts(code) }

// cite prints the citation of the rule on a topic, in the law that binds the
// office.
func (p *printer) cite(topic string) (string, error) {
	if r, ok := p.regime.Rule(topic); ok {
		return r.Cite, nil
	}
	if why := p.regime.Unknown(topic); why != "" {
		return "", &Problem{What: "the letter cites a rule on " + quoted(topic) + ", and " + why,
			Remedy: "write this letter by hand, or print the citation inside {{if binds \"" + topic + "\"}} … {{end}}"}
	}
	return "", &Problem{What: "the law of this office has no rule on " + quoted(topic),
		Remedy: "print the citation inside {{if binds \"" + topic + "\"}} … {{end}}"}
}

// claim prints the sentence of a claim; the error is *Unfounded if the log does not
// entail it.
func (p *printer) claim(name string) (markdown, error) {
	c, ok := p.claims[name]
	if !ok {
		return "", &Problem{What: "there is no claim " + quoted(name), Remedy: "see the names in " + ClaimsFile}
	}
	values, ok := p.life.Claims[name]
	if !ok {
		return "", &Unfounded{Claim: name, Means: c.Means, Why: cmp.Or(p.life.Why[name], "the log does not show that")}
	}
	p.printed = append(p.printed, name)
	return c.sentence(values.dated(p.words), p.life.Others, p.words)
}

// holds tells whether the log entails a claim.
func (p *printer) holds(name string) bool {
	_, ok := p.life.Claims[name]
	return ok
}

// exemption prints the citation of an exemption. The seventh as a whole is the topic
// law-enforcement.
func exemption(code string) (string, error) {
	e, err := exemptionOf(code)
	return e.Cite, err
}

func exemptionOf(code string) (law.Exemption, error) {
	book, err := law.LoadFederal()
	if err != nil {
		return law.Exemption{}, err
	}
	e, ok := book.Exemptions[code]
	if !ok {
		return e, &Problem{What: "there is no exemption " + quoted(code), Remedy: "use b1 to b9, or b7A to b7F"}
	}
	return e, nil
}

// rule prints the value that the rule on a topic gives.
func (p *printer) rule(topic string) (string, error) {
	r, ok := p.regime.Rule(topic)
	if !ok || r.Value == "" {
		return "", &Problem{What: "the law of this office gives no value for " + quoted(topic),
			Remedy: "print it inside {{if binds \"" + topic + "\"}} … {{end}}"}
	}
	return r.Value, nil
}

// binds tells whether the law of the office has a rule on a topic.
func (p *printer) binds(topic string) bool {
	_, ok := p.regime.Rule(topic)
	return ok
}

// regulation prints the regulations that bind the office, its own first, or
// nothing if none is known.
func (p *printer) regulation() string {
	var cites []string
	for _, t := range p.regime.Regulations() {
		cites = append(cites, t.Cite)
	}
	return strings.Join(cites, " and ")
}

// guided tells whether an item says where to look or what to look for.
func (p *printer) guided() bool {
	for _, r := range withShared(p.records, p.answers) {
		if len(r.Custodians)+len(r.Terms) > 0 {
			return true
		}
	}
	return false
}

// items prints the numbered items of the request.
func (p *printer) items() markdown {
	var b strings.Builder
	for i, r := range p.records {
		// Dates are short, so that each item says its own; who processes one
		// item need not look elsewhere for them.
		whole := withShared([]Record{r}, p.answers)[0]
		r.From, r.To = whole.From, whole.To
		label := fmt.Sprintf("%d. ", i+1)
		indent := strings.Repeat(" ", len(label))
		if r.Title != "" {
			label += "**" + escape(string(sentence(typed(r.Title)))) + "** "
		}
		for j, paragraph := range strings.Split(r.Text, "\n\n") {
			if j > 0 {
				label = indent
			}
			fmt.Fprintf(&b, "%s%s\n\n", label, escape(string(sentence(typed(paragraph)))))
		}
		for _, part := range p.scope(r) {
			fmt.Fprintf(&b, "%s*%s:* %s\n\n", indent, part.label, escape(string(sentence(typed(part.text)))))
		}
	}
	return markdown(b.String())
}

// shared prints where and by which words to look, as far as some item does not
// say it itself.
func (p *printer) shared() markdown {
	var all Record
	for _, r := range p.records {
		if len(r.Custodians) == 0 {
			all.Custodians = p.answers.List("custodians")
		}
		if len(r.Terms) == 0 {
			all.Terms = p.answers.List("search_terms")
		}
	}
	parts := p.scope(all)
	if len(parts) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString(p.words.Search + "\n\n")
	for _, part := range parts {
		fmt.Fprintf(&b, "- *%s:* %s\n", part.label, escape(string(sentence(typed(part.text)))))
	}
	return markdown(b.String() + "\n")
}

type scopePart struct{ label, text string }

// scope is where, when and by which words to look for an item.
func (p *printer) scope(r Record) []scopePart {
	var parts []scopePart
	if len(r.Custodians) > 0 {
		parts = append(parts, scopePart{p.words.Where, strings.Join(r.Custodians, "; ")})
	}
	if r.From != "" || r.To != "" {
		parts = append(parts, scopePart{p.words.Dates, p.period(r.From, r.To)})
	}
	if len(r.Terms) > 0 {
		terms := make([]string, len(r.Terms))
		for i, t := range r.Terms {
			terms[i] = p.words.quote(t)
		}
		parts = append(parts, scopePart{p.words.Terms, strings.Join(terms, "; ")})
	}
	return parts
}

// period prints a range of days. An open end is closed by the office's own
// rule on the last day of a search, since a request for future records is none.
func (p *printer) period(from, to string) string {
	last := p.words.OfSearch
	if r, ok := p.regime.Rule("cut-off"); ok {
		last = r.Value
	}
	if to != "" {
		last = string(p.day(typed(to)))
	}
	if from == "" {
		return fillWords(p.words.Until, "to", last)
	}
	return fillWords(p.words.Between, "from", string(p.day(typed(from))), "to", last)
}

// day prints an ISO day as letters do: May 6, 2025.
func (p *printer) day(t typed) typed {
	d, err := workday.ParseDate(string(t))
	if err != nil {
		return t
	}
	return typed(p.words.day(d))
}

// money prints an amount in the currency of the law.
func (p *printer) money(v any) typed {
	number := fmt.Sprint(v)
	if t, ok := v.(typed); ok {
		number = string(t)
	}
	return typed(p.words.money(number, p.regime.Currency()))
}

// paragraphs prints a text of several paragraphs as such.
func paragraphs(t typed) markdown {
	parts := strings.Split(string(t), "\n\n")
	for i, p := range parts {
		parts[i] = escape(p)
	}
	return markdown(strings.Join(parts, "\n\n"))
}

// bullets prints a list as bullet points.
func bullets(entries []typed) markdown {
	var b strings.Builder
	for _, e := range entries {
		b.WriteString("- " + e.String() + "\n")
	}
	return markdown(b.String())
}

// ended is sentence for what a user typed and for what the law gives.
func ended(v any) (typed, error) {
	switch v := v.(type) {
	case typed:
		return sentence(v), nil
	case string: // of the law, where a point inside a bracket ends a word and no sentence
		return typed(strings.TrimSuffix(v, ".") + "."), nil
	}
	return "", fmt.Errorf("sentence is given %v, which is no text", v)
}

// numbered prints a list with numbers.
func numbered(entries []typed) markdown {
	var b strings.Builder
	for i, e := range entries {
		fmt.Fprintf(&b, "%d. %s\n", i+1, e)
	}
	return markdown(b.String())
}

// sentence gives a text its full stop, if it has no end of its own.
func sentence(t typed) typed {
	s := strings.TrimSpace(string(t))
	if s == "" || strings.ContainsAny(s[len(s)-1:], ".?!:;") || strings.HasSuffix(s, "…") {
		return typed(s)
	}
	for _, inside := range []string{".”", "?”", "!”", ".\"", ".)"} {
		if strings.HasSuffix(s, inside) {
			return typed(s)
		}
	}
	return typed(s + ".")
}

// list joins entries as in an American sentence: a, b, and c.
func list(entries []typed) typed { return mustWords(american).list(entries) }
