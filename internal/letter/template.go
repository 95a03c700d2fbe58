package letter

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"text/template"

	"foia/internal/law"
	"foia/internal/remedy"
	"foia/internal/yamltext"
)

// Template is a request letter as text: what it asks the user, and what it
// says. It is compiled and checked; filling it can only fail on answers.
type Template struct {
	ID        string
	Title     string
	Kind      string // request; later letters have other kinds
	Law       string // us-federal
	Summary   string
	Subject   string // of the letter, a text/template like the body
	Fields    []Field
	Defaults  Answers
	Clauses   []string
	To        string   // of a later letter: office, liaison, appeals or ogis
	Needs     string   // of a later letter: the condition under which it may go out (package docket)
	Encloses  []string // of a later letter: request, determination, decision
	Greets    string   // the salutation; empty: the usual one
	Language  string   // of the letter: en, de, es
	Written   bool     // it must be in writing: on paper, and signed
	Attention string   // whom the address names; empty: as the law has it
	File      string   // where it stands
	SHA256    string   // of the letter and of every clause and argument it uses, in hex

	Arguments []Argument // that its clauses may print

	body     *template.Template
	subject  *template.Template
	copies   *sync.Pool        // of *bound
	bodies   *bodies           // that were read before
	numbered bool              // the letter's own id may be in its text, or decide what it says
	portal   map[string]string // clause id → field of a web form
	claims   claimBook         // nil if it makes none
	files    map[string]string // clause or argument id → its file
	calls    map[string][]clauseCall
}

// frontMatter is the YAML at the head of a letter or clause.
type frontMatter struct {
	ID        string         `yaml:"id"`
	Title     string         `yaml:"title"`
	Kind      string         `yaml:"kind"`
	Law       string         `yaml:"law"`
	Summary   string         `yaml:"summary"`
	Subject   string         `yaml:"subject"`
	Portal    string         `yaml:"portal"`
	To        string         `yaml:"to"`
	Needs     string         `yaml:"needs"`
	Encloses  []string       `yaml:"encloses"`
	Greets    string         `yaml:"salutation"`
	Language  string         `yaml:"language"` // empty: English
	Form      string         `yaml:"form"`     // written, or empty
	Attention string         `yaml:"attention"`
	Fields    []Field        `yaml:"fields"`
	Defaults  map[string]any `yaml:"defaults"`
	Clauses   []string       `yaml:"clauses"`

	Arguments []string `yaml:"arguments"` // of a letter or clause: those that it prints

	// Of an argument.
	Asserted []string `yaml:"asserted"`
	Outcomes []string `yaml:"outcomes"`
	Facts    []string `yaml:"facts"`
	Rests    []string `yaml:"rests_on"`
	Against  []string `yaml:"against"`
	Limit    string   `yaml:"limit"`
}

// source is a letter or clause before it is compiled.
type source struct {
	frontMatter
	file string
	raw  []byte
	body string // preceded by empty lines, so that its line numbers are the file's
}

const fence = "---"

// claims tells whether the text may state facts about its request.
func (s *source) claims() bool {
	return strings.Contains(s.body, "claim \"") || strings.Contains(s.body, "holds \"")
}

// readSource splits a file into front matter and body.
func readSource(fsys fs.FS, file string) (*source, error) {
	raw, err := yamltext.ReadFS(fsys, file)
	if err != nil {
		return nil, fmt.Errorf("the template cannot be read: %w", err)
	}
	return parseSource(file, raw)
}

func parseSource(file string, raw []byte) (*source, error) {
	text := strings.ReplaceAll(strings.TrimPrefix(string(raw), "\ufeff"), "\r\n", "\n")
	head, body, found := strings.Cut(strings.TrimPrefix(text, fence+"\n"), "\n"+fence+"\n")
	if !strings.HasPrefix(text, fence+"\n") || !found {
		return nil, &Problem{File: file, Line: 1, What: "the file does not begin with front matter between two lines of ---",
			Remedy: "copy the head of a built-in template: " + remedy.To(remedy.Template, "request").String()}
	}
	s := &source{file: file, raw: raw}
	if err := yamltext.Decode(yamltext.Source{File: file, Line: 2, Text: []byte(head)}, &s.frontMatter); err != nil {
		return nil, err
	}
	lines := strings.Count(head, "\n") + 3
	if at := tableRule.RE().FindStringIndex(body); at != nil {
		return nil, &Problem{File: file, Line: lines + strings.Count(body[:at[0]], "\n") + 1,
			What: "the template has a table, which a letter cannot show", Remedy: tableRemedy}
	}
	s.body = strings.Repeat("\n", lines) + body
	if want := strings.TrimSuffix(path.Base(file), ".md"); s.ID != want || !isID(s.ID) {
		return nil, &Problem{File: file, Line: 2, What: fmt.Sprintf("the id %s is not the name of the file", quoted(s.ID)),
			Remedy: "write id: " + want + " (lower-case letters, digits and hyphens)"}
	}
	for i := range s.Fields {
		s.Fields[i].file = file
		s.Fields[i].line = fieldLine(text, s.Fields[i].Name)
		if err := s.Fields[i].check(file, s.Fields[i].line); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// fieldLine finds the line on which a field is declared.
func fieldLine(text, name string) int {
	for i, line := range strings.Split(text, "\n") {
		trimmed := strings.TrimLeft(line, " -{")
		if rest, ok := strings.CutPrefix(trimmed, "name: "); ok && strings.TrimRight(strings.SplitN(rest, ",", 2)[0], " }") == name {
			return i + 1
		}
	}
	return 0
}

// Has tells whether the template asks for a field of that name.
func (t *Template) Has(field string) bool {
	return slices.ContainsFunc(t.Fields, func(f Field) bool { return f.Name == field })
}

// compile joins a letter with its clauses and their arguments and checks every
// variable.
func compile(letter *source, clauses, arguments []*source, claims func() (claimBook, error)) (*Template, error) {
	t := &Template{bodies: &bodies{},
		ID: letter.ID, Title: letter.Title, Kind: letter.Kind, Law: letter.Law, Summary: letter.Summary,
		Subject: letter.Subject, Clauses: slices.Clone(letter.Clauses), File: letter.file, Defaults: letter.Defaults,
		To: letter.To, Needs: letter.Needs, Encloses: letter.Encloses, Greets: letter.Greets, Language: cmp.Or(letter.Language, american),
		Attention: letter.Attention, Written: letter.Form == written,
		portal: map[string]string{}, files: map[string]string{}, calls: map[string][]clauseCall{},
	}
	for _, part := range []struct{ name, value string }{{"title", t.Title}, {"kind", t.Kind}, {"law", t.Law}, {"subject", t.Subject}} {
		if part.value == "" {
			return nil, &Problem{File: letter.file, What: "the front matter has no " + part.name, Remedy: "add " + part.name + ": …"}
		}
	}
	if _, err := wordsIn(t.Language); err != nil || t.Language == otherEnglish {
		return nil, &Problem{File: letter.file, What: "foia has no words for letters in the language " + quoted(t.Language),
			Remedy: "write language: " + strings.Join(Languages(), ", or language: ")}
	}
	if letter.Form != "" && letter.Form != written {
		return nil, &Problem{File: letter.file, What: "unknown form " + quoted(letter.Form),
			Remedy: "write form: " + written + ", for a letter that must be on paper and signed, or leave it out"}
	}
	parts := slices.Concat([]*source{letter}, clauses, arguments)
	if err := t.gatherFields(letter, parts); err != nil {
		return nil, err
	}
	if err := t.gatherArguments(parts[:1+len(clauses)], arguments); err != nil {
		return nil, err
	}
	sum := sha256.New()
	if slices.ContainsFunc(append([]*source{letter}, clauses...), (*source).claims) {
		var err error
		if t.claims, err = claims(); err != nil {
			return nil, err
		}
	}
	t.copies = new(sync.Pool)
	t.body = template.New(letter.ID).Option("missingkey=error").Funcs(placeholderFuncs)
	for _, s := range parts {
		fmt.Fprintf(sum, "%s %d\n", s.ID, len(s.raw))
		sum.Write(s.raw)
		if err := t.add(s); err != nil {
			return nil, err
		}
		if s != letter {
			t.portal[s.ID], t.files[s.ID] = s.Portal, s.file
		}
	}
	t.SHA256 = hex.EncodeToString(sum.Sum(nil))
	if err := t.addSubject(letter); err != nil {
		return nil, err
	}
	return t, t.noCircles()
}

// gatherFields puts the letter's own fields first, then those of its clauses and of
// their arguments, each once, and checks that defaults belong to fields.
func (t *Template) gatherFields(letter *source, parts []*source) error {
	seen := map[string]Field{}
	for _, s := range parts {
		for _, f := range s.Fields {
			if old, dup := seen[f.Name]; dup {
				if old.file == f.file || old.Type != f.Type {
					return &Problem{File: f.file, Line: f.line, Field: f.Name, What: "the field is declared twice, also in " + old.file,
						Remedy: "remove one, or give both the same type"}
				}
				continue
			}
			seen[f.Name] = f
			t.Fields = append(t.Fields, f)
		}
	}
	for _, name := range sortedKeys(letter.Defaults) {
		if _, ok := seen[name]; !ok {
			return &Problem{File: letter.file, Field: name, What: "a default for a field that the template does not have",
				Remedy: "remove it, or use the clause that asks for it"}
		}
	}
	for _, f := range t.Fields {
		for other := range f.When {
			if _, ok := seen[other]; !ok {
				return &Problem{File: f.file, Line: f.line, Field: f.Name, What: "the condition names the unknown field " + quoted(other),
					Remedy: "correct `when`"}
			}
		}
	}
	return nil
}

// gatherArguments adds the arguments, which a letter prints as it prints clauses.
// Decisions of courts are named in arguments only.
func (t *Template) gatherArguments(others, arguments []*source) error {
	for _, s := range others {
		if err := s.noDecisions(); err != nil {
			return err
		}
	}
	for _, s := range arguments {
		if slices.Contains(t.Clauses, s.ID) {
			return &Problem{File: s.file, What: "there is a clause of the same name, " + quoted(s.ID),
				Remedy: "give the argument another name"}
		}
		t.Clauses = append(t.Clauses, s.ID)
	}
	return t.addArguments(arguments)
}

// add parses one source into the set and guards every place where it prints.
func (t *Template) add(s *source) error {
	if err := defined(s); err != nil {
		return err
	}
	target := t.body
	if s.file != t.File {
		target = t.body.New(s.ID)
	}
	parsed, err := target.Parse(s.body)
	if err != nil {
		return syntaxProblem(s.file, err)
	}
	if parsed.Tree == nil {
		return &Problem{File: s.file, What: "the text is empty", Remedy: "write the letter below the second ---"}
	}
	return guard{file: s.file, id: s.ID, template: t}.tree(parsed.Tree)
}

func (t *Template) addSubject(letter *source) error {
	parsed, err := template.New("subject").Option("missingkey=error").Funcs(placeholderFuncs).Parse(t.Subject)
	if err != nil {
		return syntaxProblem(letter.file, err)
	}
	t.subject = parsed
	return guard{file: letter.file, id: letter.ID, template: t}.tree(parsed.Tree)
}

// syntaxProblem reads the line out of an error of text/template, whose form is
// "template: name:LINE: message".
func syntaxProblem(file string, err error) error {
	p := &Problem{File: file, What: "the template cannot be read", Remedy: "correct that line; variables look like {{.subject}}"}
	rest, _ := strings.CutPrefix(err.Error(), "template: ")
	if _, after, ok := strings.Cut(rest, ":"); ok {
		number, message, _ := strings.Cut(after, ":")
		fmt.Sscanf(number, "%d", &p.Line)
		// A column may stand between the line and the message.
		if column, tail, ok := strings.Cut(message, ":"); ok && strings.Trim(column, "0123456789") == "" && column != "" {
			fmt.Sscanf(column, "%d", &p.Column)
			message = tail
		}
		p.What += ": " + strings.TrimSpace(message)
	} else {
		p.What += ": " + rest
	}
	return p
}

// written is the form of a letter that the law wants in writing.
const written = "written"

// RequestKind is the kind of a template that makes a request; the others answer
// what came of one.
const RequestKind = "request"

func (t *Template) salutation(regime law.Regime, w *words) string {
	switch {
	case t.Greets != "":
		return t.Greets
	case regime.Records != nil:
		return fillWords(w.Greeting, "title", regime.Records.Title())
	}
	return fillWords(w.Greeting, "title", "FOIA Officer")
}

// MadeFor tells whether the template is made for offices under a law. Whether there is
// such a law, the Book tells.
func (t *Template) MadeFor(id string) bool {
	return t.Law == id || t.Law == law.PublicRecordsLaws && id != law.Federal
}

// Common is the name of a later letter as the user knows it, whatever the law of the
// request: status for records-status.
func (t *Template) Common() string {
	if t.Law == law.PublicRecordsLaws {
		return strings.TrimPrefix(t.ID, "records-")
	}
	return t.ID
}

// Field returns the field of that name.
func (t *Template) Field(name string) (Field, bool) {
	for _, f := range t.Fields {
		if f.Name == name {
			return f, true
		}
	}
	return Field{}, false
}

// PortalField tells into which field of a web form a clause belongs, or "" for
// none in particular.
func (t *Template) PortalField(clause string) string { return t.portal[clause] }

// Renamed returns the text of a template under another id.
func Renamed(from, to string, raw []byte) ([]byte, error) {
	if !isID(to) {
		return nil, &Problem{What: quoted(to) + " is not a valid template name",
			Remedy: "use lower-case letters, digits and hyphens", Misuse: true}
	}
	return bytes.Replace(raw, []byte("\nid: "+from+"\n"), []byte("\nid: "+to+"\n"), 1), nil
}
