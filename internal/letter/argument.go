package letter

import (
	"fmt"
	"slices"
	"strings"

	"foia/internal/law"
	"foia/internal/lazy"
)

// Argument is a paragraph that argues law: on which of the agency's grounds it is
// printed, what it rests on, what stands against it, what it must not be read to say,
// and the requester's facts without which it is not printed.
type Argument struct {
	ID       string
	Title    string
	Asserted []string // exemptions, as codes; empty: whatever was asserted
	Outcomes []string // of the determination; empty: any
	Facts    []string // fields, each of which must be answered
	Rests    []string // exemptions, topics of the law, decisions
	Against  []string // decisions
	Limit    string
	File     string
}

func (s *source) argument() Argument {
	return Argument{ID: s.ID, Title: s.Title, Asserted: s.Asserted, Outcomes: s.Outcomes, Facts: s.Facts,
		Rests: s.Rests, Against: s.Against, Limit: s.Limit, File: s.file}
}

// addArguments checks the arguments and adds them to the template. What decides whether
// one is printed is its front matter, and nothing in its text.
func (t *Template) addArguments(sources []*source) error {
	book, err := law.LoadFederal()
	if err != nil {
		return err
	}
	for _, s := range sources {
		a := s.argument()
		if err := t.checkArgument(a, s.body, book); err != nil {
			return err
		}
		t.Arguments = append(t.Arguments, a)
		s.body = fmt.Sprintf("{{if stands %q}}", a.ID) + s.body + "{{end}}"
	}
	return nil
}

// checkArgument refuses an argument that could not be signed: without a limit or an
// authority, or on one that was not read well enough.
func (t *Template) checkArgument(a Argument, body string, book *law.Book) error {
	problem := func(what, remedy string) error { return &Problem{File: a.File, What: what, Remedy: remedy} }
	switch {
	case a.Limit == "":
		return problem("the argument does not say what it must not be read to say", "add limit: … to its front matter")
	case len(a.Rests) == 0:
		return problem("the argument rests on nothing", "add rests_on: with an exemption, a topic of the law or a decision")
	}
	for _, id := range slices.Concat(a.Rests, a.Against) {
		if !authority(id, book) {
			return problem("the law's data have no exemption, topic or decision "+quoted(id),
				"correct the name, or add it to the data with where it was read")
		}
	}
	for _, id := range a.Rests {
		if d, ok := book.Decisions[id]; ok && !d.Mark.Supports() {
			return problem(fmt.Sprintf("the argument rests on %s, which is known from a summary only", d.Name),
				"read the decision, or move it to against:")
		}
	}
	for _, name := range a.Facts {
		if !t.Has(name) {
			return problem("the argument needs the fact "+quoted(name)+", which is not a field", "declare the field, or correct facts:")
		}
	}
	for _, id := range decisionsIn(body) {
		if !slices.Contains(a.Rests, id) {
			return problem("the text names the decision "+quoted(id)+", on which the argument does not rest", "add it to rests_on:")
		}
	}
	return nil
}

// Authorities are what the argument rests on, as a lawyer would look it up: citations,
// and for decisions how they were read.
func (a Argument) Authorities(book *law.Book) []string { return citations(a.Rests, book) }

// Contrary are the decisions that stand against the argument.
func (a Argument) Contrary(book *law.Book) []string { return citations(a.Against, book) }

func citations(ids []string, book *law.Book) []string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = id
		if e, ok := book.Exemptions[id]; ok {
			out[i] = e.Cite
		} else if d, ok := book.Decisions[id]; ok {
			out[i] = fmt.Sprintf("%s, %s, read: %s", d.Name, d.Cite(), d.Mark)
		} else if r, ok := (law.Regime{Texts: slices.Clone(book.Texts)}).Rule(id); ok {
			out[i] = "the rule on " + id + ", such as " + r.Cite
		}
	}
	return out
}

// authority tells whether the law's data have something by that name.
func authority(id string, book *law.Book) bool {
	_, exemption := book.Exemptions[id]
	_, topic := book.Topics[id]
	_, decision := book.Decisions[id]
	return exemption || topic || decision
}

const decisionCall = lazy.Pattern(`\b(?:decision|court)\s+"([^"]*)"`)

// decisionsIn are the ids of the decisions that a text prints.
func decisionsIn(body string) []string {
	var ids []string
	for _, m := range decisionCall.RE().FindAllStringSubmatch(body, -1) {
		ids = append(ids, m[1])
	}
	return ids
}

// noDecisions refuses a decision in a letter or clause: there nothing would say what
// it stands for and how it was read.
func (s *source) noDecisions() error {
	at := decisionCall.RE().FindStringIndex(s.body)
	if at == nil {
		return nil
	}
	return &Problem{File: s.file, Line: strings.Count(s.body[:at[0]], "\n") + 1, What: "a decision is named outside an argument",
		Remedy: "put the paragraph into a file of arguments/, and name that under arguments:"}
}

// stands tells whether an argument is printed: the agency asserted one of its grounds,
// the requester gave each of its facts, and the law that it rests on applies.
func (p *printer) stands(id string) (bool, error) {
	i := slices.IndexFunc(p.arguments, func(a Argument) bool { return a.ID == id })
	if i < 0 {
		return false, &Problem{What: "there is no argument " + quoted(id), Remedy: "name it under arguments: in the front matter"}
	}
	a := p.arguments[i]
	if !p.life.concerns(a.Asserted, a.Outcomes) {
		return false, nil
	}
	for _, name := range a.Facts {
		if _, given := p.answers[name]; !given {
			return false, nil
		}
	}
	// A rule that it rests on may not hold for requests as old as this one.
	return !slices.ContainsFunc(a.Rests, func(on string) bool { return p.regime.Unknown(on) != "" }), nil
}

// concerns tells whether the agency asserted one of the exemptions and decided in one
// of the ways; an empty list holds for any.
func (l Life) concerns(exemptions, outcomes []string) bool {
	return (len(exemptions) == 0 || slices.ContainsFunc(exemptions, l.asserts)) &&
		(len(outcomes) == 0 || slices.Contains(outcomes, l.Outcome))
}

// decision prints the name and citation of a decision.
func (p *printer) decision(id string) (markdown, error) {
	d, err := decisionOf(id)
	return markdown("*" + escape(d.Name) + "*, " + escape(d.Cite())), err
}

// court prints how the court of a decision is spoken of.
func (p *printer) court(id string) (string, error) {
	d, err := decisionOf(id)
	if err != nil {
		return "", err
	}
	book, err := law.LoadFederal()
	return book.Courts[d.Court], err
}

func decisionOf(id string) (law.Decision, error) {
	book, err := law.LoadFederal()
	if err != nil {
		return law.Decision{}, err
	}
	d, ok := book.Decisions[id]
	if !ok {
		return d, &Problem{What: "the law's data have no decision " + quoted(id),
			Remedy: "correct the name, or add the decision with where it was read"}
	}
	return d, nil
}

// statute prints the Act's own words for an exemption, in quotation marks, with the
// citation.
func statute(code string) (markdown, error) {
	e, err := exemptionOf(code)
	if err != nil {
		return "", err
	}
	return markdown("“" + escape(e.Text) + ",” " + escape(e.Cite)), nil
}
