package web

import (
	"foia/internal/adoption"
	"foia/internal/backup"
	"foia/internal/docket"
	"foia/internal/inbox"
	"foia/internal/remedy"
	"foia/internal/workday"
)

// ago says how long a day is past.
func ago(day, today workday.Date) string {
	switch n := day.DaysUntil(today); {
	case n < 0:
		return "dated after today"
	case n == 0:
		return "today"
	default:
		return counted(n, "day ago", "days ago")
	}
}

// saved is the last backup of the folder.
type saved struct {
	Day, Ago      string
	Events, Since int
}

// backedUp is the last backup; nil: unknown.
func (a *asked) backedUp() (*saved, error) {
	last, known, err := backup.LastOf(a.s.Workspace)
	if err != nil || !known {
		return nil, err
	}
	return &saved{Day: last.Day.Long(), Ago: ago(last.Day, a.day), Events: last.Events, Since: max(0, a.h.written-last.Events)}, nil
}

// unclearParts are what a person has to make clear: letters that may have gone out by e-mail or not, replies that wait, events
// whose day nobody knows, imports of which something is asked.
type unclearParts struct {
	Letters []line
	Replies int
	Undated []string // ids
	More    int      // requests that are not among them
	Events  int
	Imports []unclearImport
}

type unclearImport struct {
	Name, Wrong string
	Open        []string
}

// mostUnclear is how many requests are named.
const mostUnclear = 10

func (a *asked) unclear() (u unclearParts, err error) {
	if u.Replies, err = inbox.HowMany(a.s.Workspace); err != nil {
		return u, err
	}
	var letters []*row
	for _, r := range a.h.rows {
		if r.place == docket.MayBeSent {
			letters = append(letters, r)
		}
	}
	if u.Letters, err = a.lines(pressing(letters, mostUnclear)); err != nil {
		return u, err
	}
	for _, r := range a.h.rows {
		if r.undated == 0 {
			continue
		}
		if u.Events += r.undated; len(u.Undated) < mostUnclear {
			u.Undated = append(u.Undated, r.ID)
		} else {
			u.More++
		}
	}
	all, err := adoption.Unanswered(a.s.Workspace)
	for _, i := range all {
		one := unclearImport{Name: i.Name, Open: i.Open}
		if i.Wrong != nil {
			one.Wrong = remedy.Capital(a.s.says(i.Wrong.Error()))
		}
		u.Imports = append(u.Imports, one)
	}
	return u, err
}
