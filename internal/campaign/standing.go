package campaign

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"foia/internal/logbook"
	"foia/internal/remedy"
	"foia/internal/store"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// Log is what is asked of a log to read its campaigns.
type Log interface {
	workspace.Documents
	logbook.Life
	OfCampaign(ctx context.Context, name string, f func(store.Standing) error) error
	ChangedAfter(ctx context.Context, day workday.Date) ([]string, error)
}

// Folder is a campaign in the log of a folder.
type Folder struct {
	Workspace *workspace.Workspace
	Log       Log
	Name      string // empty: every campaign
}

// Each hands over the requests of the campaign that a filter takes, as they stood
// on a day, in the order of their ids. What the log keeps is used; only requests to
// which something happened after the day are folded, one by one. The error is
// a misuse if there is no such campaign, or if an id of the filter is not of it.
func (c Folder) Each(ctx context.Context, day workday.Date, f Filter, hand func(store.Standing) error) error {
	missing := map[string]bool{}
	for _, id := range f.Only {
		missing[id] = true
	}
	there := false
	read := func(each func(store.Standing) error) error {
		return c.Log.OfCampaign(ctx, c.Name, func(s store.Standing) error {
			there = true
			delete(missing, s.Request.ID)
			return each(s)
		})
	}
	err := logbook.EachAsOf(ctx, c.Workspace, c.Log, day, read, func(s store.Standing) error {
		if !f.takes(s, day) {
			return nil
		}
		return hand(s)
	})
	switch {
	case err != nil:
		return err
	case !there && c.Name != "":
		return c.unknown(ctx)
	}
	for _, id := range f.Only {
		if missing[id] {
			return remedy.Misuse(remedy.Name("only")+": "+id+" is not a request in the campaign "+c.Name,
				"list its requests: "+remedy.To(remedy.Campaign, c.Name).String())
		}
	}
	return nil
}

// mostNamed is how many campaigns an error names.
const mostNamed = 8

func (c Folder) unknown(ctx context.Context) error {
	var names []string
	err := c.Log.OfCampaign(ctx, "", func(s store.Standing) error {
		if !slices.Contains(names, s.Request.Campaign) {
			names = append(names, s.Request.Campaign)
		}
		return nil
	})
	if err != nil {
		return err
	}
	do := "the log has none; " + remedy.To(remedy.Batch, remedy.Open("OFFICES")).String() + " makes one"
	if len(names) > 0 {
		do = "the campaigns are: " + strings.Join(names[:min(len(names), mostNamed)], ", ")
	}
	if more := len(names) - mostNamed; more > 0 {
		do += fmt.Sprintf(" and %d more (%s)", more, remedy.To(remedy.Campaigns))
	}
	return remedy.Misuse("the log has no campaign “"+c.Name+"”", do)
}
