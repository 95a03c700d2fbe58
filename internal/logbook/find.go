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

	IDs map[string]bool // of these requests alone; nil: of any
}

// Nobody is whom a request is assigned to that is assigned to no person.
const Nobody = "nobody"

// everything tells whether the filter takes every request.
func (f Filter) everything() bool {
	return len(f.Office) == 0 && f.Agency == "" && f.Assigned == "" && f.Tag == "" && f.Status == "" && !f.OpenOnly && !f.PublicOnly &&
		f.IDs == nil
}

// Traits are what of a request a filter looks at.
type Traits struct {
	ID, OfficeID, Agency, Component, Assigned string

	Tags          []string
	Status        docket.Status
	Open, Private bool
}

// TraitsOf are those of a request as it stands.
func TraitsOf(s store.Standing) Traits {
	return Traits{ID: s.Request.ID, OfficeID: s.Request.OfficeID, Agency: s.Request.Agency, Component: s.Request.Component,
		Assigned: s.State.Assigned, Tags: s.State.Tags, Status: s.State.Status, Open: s.State.Open(), Private: s.State.Private}
}

// Takes tells whether a request is one of those that the filter chooses. One that was discarded
// is chosen only by its status.
func (f Filter) Takes(s store.Standing) bool { return f.TakesTraits(TraitsOf(s)) }

// TakesTraits is Takes of a request of which only that is known.
func (f Filter) TakesTraits(t Traits) bool {
	if t.Status == docket.IsDiscarded && f.Status != string(docket.IsDiscarded) {
		return false
	}
	if f.IDs != nil && !f.IDs[t.ID] {
		return false
	}
	return f.takesOffice(t) && f.takesPerson(t.Assigned) && (f.Tag == "" || slices.Contains(t.Tags, f.Tag)) &&
		(f.Status == "" || f.Status == string(t.Status)) && (!f.OpenOnly || t.Open) && (!f.PublicOnly || !t.Private)
}

func (f Filter) takesOffice(t Traits) bool {
	if len(f.Office) == 0 && f.Agency == "" {
		return true
	}
	return slices.Contains(f.Office, t.OfficeID) || f.Agency != "" && holdsWords(t.Agency+" "+t.Component, f.Agency)
}

func (f Filter) takesPerson(assigned string) bool {
	if assigned == "" {
		assigned = Nobody
	}
	return f.Assigned == "" || strings.EqualFold(f.Assigned, assigned)
}

// holdsWords tells whether each of the words, one at least, begins a word of the text.
func holdsWords(text, words string) bool {
	return startAll(wordsOf(text), wordsOf(words))
}

// startAll tells whether each of the words wanted, one at least, begins one that is there.
func startAll(has, wanted []string) bool {
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
	FindMade(ctx context.Context, q store.Query, make func(store.Standing) (any, error), hand func(any) error) error
	Addressees(ctx context.Context) ([]store.Addressee, error)
}

// Find hands over where each request stands that the filter takes, in the order of
// the ids.
func Find(ctx context.Context, log Lists, filter Filter, f func(store.Standing) error) error {
	query, err := filter.query(ctx, log)
	if err != nil {
		return err
	}
	return log.Find(ctx, query, func(s store.Standing) error {
		if !filter.Takes(s) {
			return nil
		}
		return f(s)
	})
}

// FindMade hands over what is made of each request that the filter takes, in the order of the
// ids. It is made on all cores at once, and keeps no text of the standing but as a copy.
func FindMade[T any](ctx context.Context, log Lists, filter Filter, make func(store.Standing) (T, error), hand func(T) error) error {
	query, err := filter.query(ctx, log)
	if err != nil {
		return err
	}
	return found(ctx, log, query, filter.Takes, make, hand)
}

// InOrder is FindMade of some requests, in the order in which they are named.
func InOrder[T any](ctx context.Context, log Lists, ids []string, make func(store.Standing) (T, error), hand func(T) error) error {
	return found(ctx, log, store.Query{Requests: ids}, func(store.Standing) bool { return true }, make, hand)
}

// passedOver is made of a request that nobody asked for.
type passedOver struct{}

func found[T any](ctx context.Context, log Lists, query store.Query, takes func(store.Standing) bool,
	make func(store.Standing) (T, error), hand func(T) error) error {
	return log.FindMade(ctx, query, func(s store.Standing) (any, error) {
		if !takes(s) {
			return passedOver{}, nil
		}
		return make(s)
	}, func(made any) error {
		if _, not := made.(passedOver); not {
			return nil
		}
		return hand(made.(T))
	})
}

// query is what the database can look up of what the filter chooses.
func (f Filter) query(ctx context.Context, log Lists) (store.Query, error) {
	query := store.Query{OpenOnly: f.OpenOnly}
	if f.Assigned != "" {
		person := f.Assigned
		if strings.EqualFold(person, Nobody) {
			person = ""
		}
		query.Assigned = &person
	}
	if len(f.Office) == 0 && f.Agency == "" {
		return query, nil
	}
	all, err := log.Addressees(ctx)
	query.To = []store.Addressee{}
	for _, a := range all {
		if f.takesOffice(Traits{OfficeID: a.Office, Agency: a.Agency, Component: a.Component}) {
			query.To = append(query.To, a)
		}
	}
	return query, err
}
