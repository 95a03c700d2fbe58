package main

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"foia/internal/docket"
	"foia/internal/logbook"
	"foia/internal/store"
	"foia/internal/workspace"
)

// offerFromHands offers what the requests of the log have of something that people give them, such
// as tags. What was found by the time a shell no longer waits is offered.
func offerFromHands(of func(docket.Hands) []string, more ...string) offers {
	return func(a *app, typed typedSoFar) ([]cobra.Completion, cobra.ShellCompDirective) {
		return offerHands(a, typed, func(store.Standing) bool { return true }, of, more)
	}
}

// offerOfNamed is offerFromHands of the requests that are named, if any are.
func offerOfNamed(of func(docket.Hands) []string) offers {
	return func(a *app, typed typedSoFar) ([]cobra.Completion, cobra.ShellCompDirective) {
		named := func(s store.Standing) bool { return len(typed.args) == 0 || slices.Contains(typed.args, s.Request.ID) }
		return offerHands(a, typed, named, of, nil)
	}
}

func offerHands(a *app, typed typedSoFar, takes func(store.Standing) bool, of func(docket.Hands) []string,
	more []string) ([]cobra.Completion, cobra.ShellCompDirective) {
	seen := map[string]bool{}
	a.peek(typed, func(ctx context.Context, _ *workspace.Workspace, log *store.Log) error {
		return logbook.FindMade(ctx, log, logbook.Filter{}, func(s store.Standing) (found []string, err error) {
			if takes(s) {
				for _, word := range of(s.State.Hands) {
					found = append(found, strings.Clone(word))
				}
			}
			return found, nil
		}, func(words []string) error {
			for _, word := range words {
				seen[word] = true
			}
			return nil
		})
	})
	delete(seen, "")
	return only(beginning(typed.begins, append(slices.Sorted(maps.Keys(seen)), more...)))
}

func tagsIn(h docket.Hands) []string     { return h.Tags }
func assignedIn(h docket.Hands) []string { return []string{h.Assigned} }
func ownerIn(h docket.Hands) []string    { return []string{h.Owner} }
func peopleIn(h docket.Hands) []string   { return append([]string{h.Assigned, h.Owner}, h.People...) }
