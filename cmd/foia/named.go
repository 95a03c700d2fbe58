package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"foia/internal/entered"
	"foia/internal/lazy"
	"foia/internal/logbook"
	"foia/internal/remedy"
	"foia/internal/store"
)

// wholeID is the form of an id: who writes one means that request and no other.
const wholeID = lazy.Pattern(`^\d{4}-\d+$`)

// named is the id of the request that a text means which is no id: its number without the year,
// or words of its office or subject. Which one it was is said.
func (a *app) named(cmd *cobra.Command, log *store.Log, text string) (string, error) {
	if text == "" || wholeID.RE().MatchString(text) {
		ids, err := log.IDs(cmd.Context())
		if err != nil {
			return "", err
		}
		return "", unknownRequest(text, ids)
	}
	n, err := logbook.FindNamed(cmd.Context(), log, text)
	if err != nil {
		return "", err
	}
	if s, ok := n.One(); ok {
		a.note("%s: %s, %s", s.Request.ID, s.Request.OfficeName(), s.Request.Subject)
		return s.Request.ID, nil
	}
	if len(n.Found) == 0 {
		ids, err := log.IDs(cmd.Context())
		if err != nil {
			return "", err
		}
		near := entered.Nearest(text, ids, 3)
		return "", remedy.Misuse("no request fits “"+text+"”", remedy.DidYouMean(near, "see all requests: foia log"))
	}
	var all []string
	for _, s := range n.Found {
		all = append(all, fmt.Sprintf("%s (%s: %s)", s.Request.ID, s.Request.OfficeName(), s.Request.Subject))
	}
	if n.More {
		all = append(all, "more")
	}
	return "", &severalFit{remedy.Misuse("several requests fit “"+text+"”", "give the id of one: "+strings.Join(all, ", "))}
}

// severalFit says that a text may mean several requests: whoever can be asked is asked which.
type severalFit struct{ said *remedy.Error }

func (s *severalFit) Error() string { return s.said.Error() }

// Unwrap is what is said of it, with what to do.
func (s *severalFit) Unwrap() error { return s.said }
