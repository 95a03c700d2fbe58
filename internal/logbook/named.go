package logbook

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"foia/internal/docket"
	"foia/internal/store"
)

// Named are the requests that somebody may mean who does not know the id: by its number
// without the year, or by words of office, agency, subject or tracking number. What is open
// goes before what is over. more tells that there are others than those given.
type Named struct {
	Found []store.Standing
	More  bool
}

// mostNamed is how many requests are given that a text may mean.
const mostNamed = 8

// One is the request that is meant, if there is no other.
func (n Named) One() (store.Standing, bool) {
	if len(n.Found) != 1 || n.More {
		return store.Standing{}, false
	}
	return n.Found[0], true
}

// errEnough ends a look through a log.
var errEnough = errors.New("enough")

// FindNamed looks for the requests that a text may mean. If some of them are open, only those
// are meant: nobody speaks of what was closed years ago without its id.
func FindNamed(ctx context.Context, log Lists, text string) (Named, error) {
	for _, open := range []bool{true, false} {
		n, err := findNamed(ctx, log, text, open)
		if err != nil || len(n.Found) > 0 {
			return n, err
		}
	}
	return Named{}, nil
}

func findNamed(ctx context.Context, log Lists, text string, open bool) (n Named, err error) {
	err = Find(ctx, log, Filter{OpenOnly: open}, func(s store.Standing) error {
		if !meant(s, text) {
			return nil
		}
		if len(n.Found) == mostNamed {
			n.More = true
			return errEnough
		}
		n.Found = append(n.Found, s)
		return nil
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return n, err
}

// meant tells whether a text may mean a request.
func meant(s store.Standing, text string) bool {
	if number, ok := numberIn(text); ok {
		return isNumber(s.Request.ID, number)
	}
	return holdsWords(spokenOf(s.Request)+" "+strings.Join(s.State.Numbers, " "), text)
}

// numberIn is a text that is the number of a request without the year.
func numberIn(text string) (int, bool) {
	number, err := strconv.Atoi(text)
	return number, err == nil && number > 0 && number < 100_000
}

func isNumber(id string, number int) bool {
	_, digits, _ := strings.Cut(id, "-")
	own, err := strconv.Atoi(digits)
	return err == nil && own == number
}

// spokenOf is what people say of a request.
func spokenOf(r docket.Request) string {
	return strings.Join([]string{r.ID, r.Agency, r.Component, r.OfficeID, r.Subject}, " ")
}

// Names are the requests of a log as people call them, read once for somebody who types.
type Names struct{ open, closed []Call }

// Call is what a request is called.
type Call struct {
	ID, Office, Subject string
	words               []string
}

// ReadNames reads the names of all requests that the caller can see.
func ReadNames(ctx context.Context, log Lists) (*Names, error) {
	n := &Names{}
	err := Find(ctx, log, Filter{}, func(s store.Standing) error {
		c := Call{s.Request.ID, s.Request.OfficeName(), s.Request.Subject,
			wordsOf(spokenOf(s.Request) + " " + strings.Join(s.State.Numbers, " "))}
		if s.State.Open() {
			n.open = append(n.open, c)
		} else {
			n.closed = append(n.closed, c)
		}
		return nil
	})
	return n, err
}

// Find are the requests that a text may mean, as FindNamed has them; all for no words. more tells
// that there are others.
func (n *Names) Find(text string) (found []Call, more bool) {
	wanted := wordsOf(text)
	number, numbered := numberIn(text)
	for _, some := range [][]Call{n.open, n.closed} {
		for _, c := range some {
			if len(wanted) > 0 && (!numbered || !isNumber(c.ID, number)) && !startAll(c.words, wanted) {
				continue
			}
			if len(found) == mostNamed {
				return found, true
			}
			found = append(found, c)
		}
	}
	return found, false
}
