package main

import (
	"errors"
	"strings"

	"foia/internal/law"
	"foia/internal/letter"
	"foia/internal/remedy"
	"foia/internal/subject"
	"foia/internal/terminal"
)

// What a request is about: the user's own words, or a subject of the library, which has items ready.
const (
	inOwnWords = "words:"
	ofLibrary  = "subject:"
)

// mostSubjects is how many subjects of the library are offered beside the user's own words.
const mostSubjects = 6

// subjectSteps ask what the request is about, and, if that is a subject of the library, for what only
// the requester knows.
func (l *leading) subjectSteps(f letter.Field, in letter.Typing) []step {
	steps := []step{{name: f.Name, ask: func(at terminal.Place) error {
		chosen, words := "", l.kept.Answers.Text(f.Name)
		if words != "" {
			chosen = inOwnWords + words
		}
		if l.kept.Subject != "" {
			chosen, words = ofLibrary+l.kept.Subject, l.kept.Subject
		}
		err := l.a.asks(terminal.Question{Kind: terminal.Search, Title: f.Label, At: at, Into: &chosen, Words: words,
			Help: f.Help + " Type it in your own words, or choose a subject: its items are ready, and what is missing in them is asked.",
			Find: func(words string) []terminal.Option { return l.findSubjects(words, in) },
			Check: func(s string) error {
				own, typed := strings.CutPrefix(s, inOwnWords)
				if !typed {
					return nil
				}
				return f.CheckTyped(own, in)
			}})
		if err != nil {
			return err
		}
		return l.about(f.Name, chosen)
	}}}
	s, err := l.subject()
	if err != nil || s == nil {
		return steps
	}
	for _, p := range s.Letter.Places {
		if p.Default == "" { // what has one stands in the items, which can be changed
			steps = append(steps, l.placeStep(p))
		}
	}
	return steps
}

// findSubjects offers the words as they are, and what the library has on them.
func (l *leading) findSubjects(words string, in letter.Typing) (out []terminal.Option) {
	if strings.TrimSpace(words) != "" {
		out = append(out, terminal.Option{Label: "“" + cell(words) + "”, in my own words", Value: inOwnWords + words})
	}
	found, err := l.subjects.Search(words)
	if strings.TrimSpace(words) == "" {
		found, err = l.subjects.All()
	}
	var none *subject.NotFound
	if err != nil && !errors.As(err, &none) {
		return append(out, terminal.Option{Label: err.Error()}) // a file of the user's own that does not read
	}
	for i, s := range found {
		switch {
		case i >= mostSubjects && words != "":
			return out
		case s.Pack == "":
			out = append(out, terminal.Option{Label: "Subject: " + s.Title, Value: ofLibrary + s.ID})
		case in.Law == law.Federal:
			act := remedy.To(remedy.New, s.Pack)
			out = append(out, terminal.Option{Label: s.Title + " has its letters ready: " + act.String()})
		}
	}
	return out
}

// about takes what the request is about.
func (l *leading) about(field, chosen string) error {
	if words, own := strings.CutPrefix(chosen, inOwnWords); own {
		if l.kept.Subject != "" { // its items go with it
			l.kept.Answers = letter.Answers{}
		}
		l.kept.Subject, l.kept.Places = "", nil
		l.kept.Answers[field] = strings.TrimSpace(words)
		return nil
	}
	if id := strings.TrimPrefix(chosen, ofLibrary); id != l.kept.Subject {
		l.kept.Subject, l.kept.Places = id, map[string]string{}
	}
	return l.fillSubject()
}

// subject is the subject of the library that was chosen; nil: none.
func (l *leading) subject() (*subject.Subject, error) {
	if l.kept.Subject == "" {
		return nil, nil
	}
	return l.subjects.Get(l.kept.Subject)
}

// placeStep asks for something that only the requester knows.
func (l *leading) placeStep(p subject.Place) step {
	return step{name: "place-" + p.Name, ask: func(at terminal.Place) error {
		text := l.kept.Places[p.Name]
		help := ""
		if p.Example != "" {
			help = "For example: " + p.Example
		}
		err := l.a.asks(terminal.Question{Title: remedy.Capital(p.Ask), Help: help, Into: &text, Check: needed, At: at})
		if err != nil {
			return err
		}
		l.kept.Places[p.Name] = strings.TrimSpace(text)
		return l.fillSubject()
	}}
}

// fillSubject makes the answers of the subject and of what was filled in so far.
func (l *leading) fillSubject() error {
	s, err := l.subject()
	if err != nil {
		return err
	}
	answers := s.Answers(l.kept.Places)
	for _, name := range []string{"subject", "records", "custodians", "search_terms"} {
		if answers[name] != nil {
			l.kept.Answers[name] = answers[name]
		}
	}
	return nil
}

// expected says what an office may hold against a request on the subject, and how to narrow it.
func (l *leading) expected(in letter.Typing) (notes []string) {
	s, err := l.subject()
	if err != nil || s == nil {
		return nil
	}
	for _, f := range s.Narrow {
		notes = append(notes, "to narrow it: "+f.Is+" ("+s.Read(f.By)+")")
	}
	for _, e := range s.Exemptions {
		text := e.Is
		if e.Federal != "" && in.Law == law.Federal {
			text = e.Federal + " " + text
		}
		if e.Federal == "" || in.Law == law.Federal {
			notes = append(notes, "the office may claim: "+text+" ("+s.Read(e.By)+")")
		}
	}
	return notes
}
