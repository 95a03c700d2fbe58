package letter

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"text/template"

	"foia/internal/agency"
	"foia/internal/entered"
	"foia/internal/law"
	"foia/internal/remedy"
	"foia/internal/workday"
)

// Order is everything that a letter is made from.
type Order struct {
	Template  *Template
	Regime    law.Regime
	Office    agency.Office
	Channel   agency.Channel
	Requester Requester
	Date      workday.Date
	ID        string  // the requester's own id of the request
	Layers    []Layer // of answers, the first wins; the template's defaults come last
	Answers   Answers // what Complete made of the layers, if that was done before
	Sample    bool
	Charset   Charset
	Dates     workday.Reader // how the user writes dates
	Dropped   *entered.Tally // what Complete left out of the layers, since it cannot be seen

	// Of a later letter.
	Life      Life     // what the log of the request says
	Addressee []string // where it goes, if not to the office's own address
	Contact   string   // the e-mail address or fax number there
	Enclosed  []string // copies that go with it
	Greets    string   // the salutation, if not that of the template or the office
}

// asked is what the items of a letter ask for.
func asked(items []Record) string {
	var all strings.Builder
	for _, item := range items {
		all.WriteString(item.Title + " " + item.Text + "\n")
	}
	return all.String()
}

// Fill makes the letter. It fails if an answer is missing or not fit to print;
// whether the letter is a good one is the preflight's business.
func Fill(o Order) (*Draft, error) {
	dropped := o.Dropped.With(nil)
	answers, requester, err := o.read(dropped, dropped)
	if err != nil {
		return nil, err
	}
	d := &Draft{Template: o.Template, Regime: o.Regime, Office: o.Office, Channel: o.Channel,
		Requester: requester, Date: o.Date, Answers: answers, Sample: o.Sample, Asserted: o.Life.Asserted, Dropped: dropped.Note()}
	items, _ := answers["records"].([]Record)
	d.Records = withShared(items, answers)
	p, err := o.Template.bind(printer{regime: o.Regime.Of(o.Office.Name+", "+o.Office.ParentName, asked(items)),
		words: o.Template.words(o.Regime), records: items, answers: answers, life: o.Life,
		claims: o.Template.claims, arguments: o.Template.Arguments})
	if err != nil {
		return nil, err
	}
	defer o.Template.release(p)
	data := o.data(answers, requester)
	body, err := execute(p.body, data)
	if err != nil {
		return nil, o.located(err)
	}
	subject, err := execute(p.subject, data)
	if err != nil {
		return nil, o.located(err)
	}
	blocks, err := o.Template.readBody(body)
	if err != nil {
		return nil, err
	}
	title, err := readMarkdown(o.Template.File, subject)
	if err != nil {
		return nil, err
	}
	d.Document, d.Claims = assemble(o, d, blocks, blockText(title)), p.printed
	return d, nil
}

// Complete takes each field from the first layer that answers it, then from the
// template's defaults, and checks it. Unknown fields and missing answers are
// errors; so is a requester who cannot be printed.
func (o Order) Complete() (Answers, *entered.Tally, error) {
	dropped := &entered.Tally{}
	answers, _, err := o.read(dropped, nil)
	return answers, dropped, err
}

// read is what was typed of a letter: its answers, and who asks. What is left out of
// each is counted. What cannot be printed is said of both at once.
func (o Order) read(ofAnswers, ofRequester *entered.Tally) (Answers, Requester, error) {
	in, unset := Typing{Charset: o.Charset, Dates: o.Dates, Dropped: ofAnswers, Law: o.Regime.ID(),
		Currency: o.Regime.Currency()}.collecting()
	answers := o.Answers
	if answers == nil {
		var err error
		if answers, err = o.Template.complete(o.Layers, in, o.Life); err != nil {
			return nil, Requester{}, err
		}
	}
	in.Dropped = ofRequester
	requester, err := o.Requester.Clean(in)
	if err == nil {
		err = unset.err()
	}
	return answers, requester, err
}

// Layer is answers from one place.
type Layer struct {
	Answers Answers
	File    string         // for messages: answers.yaml, foia.yaml, or what else gave them
	Lines   map[string]int // line of each field in File, if known
	Shared  bool           // also meant for other templates: what is no field of this one is passed over
}

// complete fills the fields from layers.
func (t *Template) complete(layers []Layer, in Typing, life Life) (Answers, error) {
	for _, l := range layers {
		if err := t.knows(l); err != nil {
			return nil, err
		}
	}
	layers = append(slices.Clone(layers), Layer{Answers: t.Defaults, File: t.File, Shared: true})
	clean := Answers{}
	for _, f := range t.Fields {
		if !f.Under(in.Law) {
			continue
		}
		value, err := f.pick(append(layers, Layer{Answers: Answers{f.Name: f.Default}, File: f.file}), in)
		if err != nil {
			return nil, err
		}
		if value != nil {
			clean[f.Name] = value
		}
	}
	return clean, t.missing(clean, in, life)
}

// pick returns the first value that is not empty.
func (f Field) pick(layers []Layer, in Typing) (any, error) {
	own := in.unset == nil
	in, unset := in.collecting()
	for _, l := range layers {
		before := len(unset.Found.List)
		value, err := f.Clean(l.Answers[f.Name], l.File, in)
		unset.at(before, l.Lines[f.Name], l.File)
		var p *Problem
		if errors.As(err, &p) && p.Line == 0 {
			p.Line = l.Lines[f.Name]
		}
		if err == nil && own {
			err = unset.err()
		}
		if err != nil || value != nil {
			return value, err
		}
	}
	return nil, nil
}

func (t *Template) knows(l Layer) error {
	if l.Shared {
		return nil
	}
	for _, name := range sortedKeys(l.Answers) {
		if _, ok := t.Field(name); !ok {
			return t.unknownField(name, l)
		}
	}
	return nil
}

func (t *Template) unknownField(name string, l Layer) error {
	var names []string
	for _, f := range t.Fields {
		names = append(names, f.Name)
	}
	hint := "its fields are " + strings.Join(names, ", ")
	if near := entered.Nearest(name, names, 3); len(near) > 0 {
		hint = remedy.DidYouMean(near, "see all fields: "+remedy.To(remedy.Template, t.ID).String())
	}
	return &Problem{File: l.File, Line: l.Lines[name], Field: name, What: "the template " + t.ID + " has no such field",
		Remedy: hint, Misuse: true}
}

// Missing says which required answers are not there.
type Missing struct {
	Template string
	Law      string // of the office
	Currency string // of fees under it
	Fields   []Field
}

func (m *Missing) Error() string {
	var names []string
	for _, f := range m.Fields {
		names = append(names, fmt.Sprintf("%s (%s)", f.Name, f.Label))
	}
	return fmt.Sprintf("no answer for %s (template %s)", strings.Join(names, "; "), m.Template)
}

// Hint shows how to give the first missing answer.
func (m *Missing) Hint() string {
	f := m.Fields[0]
	example := remedy.Open("…")
	if f.Example != nil {
		example = fmt.Sprint(f.Example)
		if l, ok := f.Example.([]any); ok && len(l) > 0 {
			example = fmt.Sprint(l[0])
		}
	}
	return fmt.Sprintf("answer with %s, or in a file: %s", remedy.Answer(f.Name, example), remedy.Give("answers", remedy.Open("FILE.yaml")))
}

// Usage: a missing answer is wrong usage of the command line.
func (m *Missing) Usage() bool { return true }

func (t *Template) missing(a Answers, in Typing, life Life) error {
	var missing []Field
	for _, f := range t.Fields {
		f = f.For(in.Law)
		if _, ok := a[f.Name]; !ok && f.Required && f.Under(in.Law) && f.Asked(a) && life.concerns(f.Asserted, f.Outcomes) {
			missing = append(missing, f)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	return &Missing{Template: t.ID, Law: in.Law, Currency: in.Currency, Fields: missing}
}

// data is what the template's dot holds: every field, answered or not, and
// what the program knows.
func (o Order) data(a Answers, r Requester) map[string]any {
	w := o.Template.words(o.Regime)
	data := map[string]any{
		"office":    officeData(o.Office),
		"requester": r.data(),
		"letter": map[string]any{"id": typed(o.ID), "date": typed(w.day(o.Date)), "day": typed(o.Date.String()),
			"via": typed(o.Channel), "sample": o.Sample},
		"life": o.Life.data(w),
	}
	for _, f := range o.Template.Fields {
		data[f.Name] = templateValue(f, a[f.Name])
	}
	return data
}

func officeData(o agency.Office) map[string]any {
	bare := o
	bare.Address, bare.City, bare.State, bare.ZIP, bare.Country = nil, "", "", "", ""
	return map[string]any{"addressed": typed(strings.Join(bare.AddressBlock(), ", ")), "id": typed(o.ID), "name": typed(o.Name),
		"agency": typed(o.AgencyName()), "full": typed(o.FullName()),
		"abbreviation": typed(o.Abbreviation), "foia_office": typed(o.FOIAOffice), "parent": typed(o.Parent)}
}

// templateValue gives an answer the type that templates print; an unanswered
// field is empty, so that {{if}} can ask for it.
func templateValue(f Field, v any) any {
	switch v := v.(type) {
	case string:
		return typed(v)
	case bool:
		return v
	case []string:
		out := make([]typed, len(v))
		for i, s := range v {
			out[i] = typed(s)
		}
		return out
	case [2]string:
		return map[string]any{"from": typed(v[0]), "to": typed(v[1])}
	case []Record:
		return len(v)
	}
	switch f.Type {
	case YesNo:
		return false
	case List:
		return []typed(nil)
	case Records:
		return 0
	case Days:
		return map[string]any(nil)
	}
	return typed("")
}

// bound is a template whose functions know one letter.
type bound struct {
	printer
	body, subject *template.Template
}

// bind gives the template a letter's printer. Copies are used again, since making one
// takes a fifth of the time of filling a letter.
func (t *Template) bind(p printer) (*bound, error) {
	if b, ok := t.copies.Get().(*bound); ok {
		b.printer = p
		return b, nil
	}
	b := &bound{printer: p}
	body, err := t.body.Clone()
	if err != nil {
		return nil, fmt.Errorf("the template cannot be copied: %w", err)
	}
	subject, err := t.subject.Clone()
	if err != nil {
		return nil, fmt.Errorf("the template cannot be copied: %w", err)
	}
	funcs := b.funcs()
	b.body, b.subject = body.Funcs(funcs), subject.Funcs(funcs)
	return b, nil
}

// release lets another letter have the copy, which forgets this one.
func (t *Template) release(b *bound) {
	b.printer = printer{}
	t.copies.Put(b)
}

func execute(t *template.Template, data any) (string, error) {
	var b bytes.Buffer
	if err := t.Execute(&b, data); err != nil {
		return "", err
	}
	return b.String(), nil
}

// located gives an error of text/template its place in the file.
func (o Order) located(err error) error {
	var unfounded *Unfounded
	if errors.As(err, &unfounded) {
		return unfounded
	}
	var inner *Problem
	if errors.As(err, &inner) {
		if inner.File == "" {
			place := syntaxProblem(o.Template.File, err).(*Problem)
			inner.File, inner.Line, inner.Column = o.fileOf(err), place.Line, place.Column
		}
		return inner
	}
	p := syntaxProblem(o.fileOf(err), err).(*Problem)
	p.What = strings.Replace(p.What, "cannot be read", "cannot be filled", 1)
	p.Remedy = "correct that line, or the answer that it prints"
	return p
}

// fileOf finds the file of the clause that an error of text/template names.
func (o Order) fileOf(err error) string {
	rest, _ := strings.CutPrefix(err.Error(), "template: ")
	name, _, _ := strings.Cut(rest, ":")
	if file, ok := o.Template.files[name]; ok && name != o.Template.ID {
		return file
	}
	return o.Template.File
}
