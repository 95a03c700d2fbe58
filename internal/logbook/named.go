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
	if number, err := strconv.Atoi(text); err == nil && number > 0 && number < 100_000 {
		_, digits, _ := strings.Cut(s.Request.ID, "-")
		own, err := strconv.Atoi(digits)
		return err == nil && own == number
	}
	return holdsWords(spokenOf(s.Request)+" "+strings.Join(s.State.Numbers, " "), text)
}

// spokenOf is what people say of a request.
func spokenOf(r docket.Request) string {
	return strings.Join([]string{r.ID, r.Agency, r.Component, r.OfficeID, r.Subject}, " ")
}
