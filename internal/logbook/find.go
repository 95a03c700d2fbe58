package logbook

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"foia/internal/docket"
	"foia/internal/store"
)

// Filter chooses requests; what is empty chooses all.
type Filter struct {
	Office   []string // ids: to one of these offices, or …
	Agency   string   // … to one whose name, or its agency's, holds all of these words
	Assigned string   // to this person; Nobody: to none
	Tag      string
	Status   string

	OpenOnly, PublicOnly bool
}

// Nobody is whom a request is assigned to that is assigned to no person.
const Nobody = "nobody"

// everything tells whether the filter takes every request.
func (f Filter) everything() bool {
	return len(f.Office) == 0 && f.Agency == "" && f.Assigned == "" && f.Tag == "" && f.Status == "" && !f.OpenOnly && !f.PublicOnly
}

// Takes tells whether a request is one of those that the filter chooses. One that was discarded
// is chosen only by its status.
func (f Filter) Takes(s store.Standing) bool {
	if s.State.Status == docket.IsDiscarded && f.Status != string(docket.IsDiscarded) {
		return false
	}
	return f.takesOffice(s.Request) && f.takesPerson(s.State.Assigned) && (f.Tag == "" || slices.Contains(s.State.Tags, f.Tag)) &&
		(f.Status == "" || f.Status == string(s.State.Status)) && (!f.OpenOnly || s.State.Open()) && (!f.PublicOnly || !s.State.Private)
}

func (f Filter) takesOffice(r docket.Request) bool {
	if len(f.Office) == 0 && f.Agency == "" {
		return true
	}
	return slices.Contains(f.Office, r.OfficeID) || f.Agency != "" && holdsWords(r.Agency+" "+r.Component, f.Agency)
}

func (f Filter) takesPerson(assigned string) bool {
	if assigned == "" {
		assigned = Nobody
	}
	return f.Assigned == "" || strings.EqualFold(f.Assigned, assigned)
}

// holdsWords tells whether each of the words, one at least, begins a word of the text.
func holdsWords(text, words string) bool {
	has, wanted := wordsOf(text), wordsOf(words)
	for _, word := range wanted {
		if !slices.ContainsFunc(has, func(s string) bool { return strings.HasPrefix(s, word) }) {
			return false
		}
	}
	return len(wanted) > 0
}

func wordsOf(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// Lists is what is asked of a log to find requests in it.
type Lists interface {
	Find(ctx context.Context, q store.Query, f func(store.Standing) error) error
	Addressees(ctx context.Context) ([]store.Addressee, error)
}

// Find hands over where each request stands that the filter takes, in the order of
// the ids.
func Find(ctx context.Context, log Lists, filter Filter, f func(store.Standing) error) error {
	query := store.Query{OpenOnly: filter.OpenOnly}
	if filter.Assigned != "" {
		person := filter.Assigned
		if strings.EqualFold(person, Nobody) {
			person = ""
		}
		query.Assigned = &person
	}
	if len(filter.Office) > 0 || filter.Agency != "" {
		all, err := log.Addressees(ctx)
		if err != nil {
			return err
		}
		query.To = []store.Addressee{}
		for _, a := range all {
			if filter.takesOffice(docket.Request{OfficeID: a.Office, Agency: a.Agency, Component: a.Component}) {
				query.To = append(query.To, a)
			}
		}
	}
	return log.Find(ctx, query, func(s store.Standing) error {
		if !filter.Takes(s) {
			return nil
		}
		return f(s)
	})
}
