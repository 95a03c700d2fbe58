package web

import (
	"cmp"
	"slices"

	"foia/internal/docket"
	"foia/internal/inbox"
	"foia/internal/logbook"
	"foia/internal/store"
	"foia/internal/workday"
)

// section is one group of Today: how many, and the first of them.
type section struct {
	Words, All string // and the address of all
	Count      int
	Lines      []line
}

// line is a request with what is next for it.
type line struct {
	ID, Office, Subject, Tags string
	Step                      docket.Step
	Act                       deed
	Item                      *docket.Item // the date that the step is for, or the one that presses most
	Late                      string       // how far that day is
}

// firstLines is how many requests a group shows.
const firstLines = 8

func (a *asked) todayChoice() (choice, error) { return readChoice(a.r.URL.Query()) }

// todayPage is what the day has.
func (s *Server) todayPage(a *asked) error {
	c, err := a.todayChoice()
	if err != nil {
		return err
	}
	if len(a.h.rows) == 0 {
		return a.show("empty", "today", "Today", view{})
	}
	open := c
	open.OpenOnly = true
	rows, counts := a.h.found(open)
	late, soon, due := firstDue(rows, dueLines)
	groups, err := a.sections(c, rows)
	if err != nil {
		return err
	}
	series, err := logbook.SeriesSteps(a.ctx, a.log, a.day)
	if err != nil {
		return err
	}
	waiting, err := inbox.HowMany(s.Workspace)
	if err != nil {
		return err
	}
	waits := 0
	for _, r := range rows {
		if r.place == docket.Waits {
			waits++
		}
	}
	people := []string{}
	for _, v := range ranked(counts[4], "") {
		people = append(people, v.Value)
	}
	return a.show("today", "today", "Today", view{"Sections": groups, "Late": late, "Soon": soon, "Due": due,
		"DueMore": late + soon - len(due), "Waits": waits, "WaitsAt": c.address("/requests", "place", "waiting"), "Open": len(rows),
		"Series": series, "Inbox": waiting, "People": people, "Whose": c.Assigned, "Chart": weeksChart(rows, a.day),
		"CSV": c.address("/due.csv"), "JSON": c.address("/due.json"), "Forms": s.forms(c, "/due")})
}

// dueLines is how many dates Today lists.
const dueLines = 12

// firstDue are the first dates of some requests as foia due lists them, how many are late or due today, and
// how many come.
func firstDue(rows []*row, most int) (late, soon int, first []docket.Item) {
	compare := func(a, b docket.Item) int {
		return cmp.Or(docket.CompareUrgency(a, b), cmp.Compare(a.ID, b.ID), cmp.Compare(a.What, b.What))
	}
	for _, r := range rows {
		for _, i := range r.items {
			if i.DaysLeft <= 0 {
				late++
			} else {
				soon++
			}
			first = firstOf(first, i, most, compare)
		}
	}
	return late, soon, first
}

// firstOf puts one more into the first of many. They are looked for, not sorted: there may be very many.
func firstOf[T any](first []T, one T, most int, compare func(a, b T) int) []T {
	if len(first) == most && compare(first[most-1], one) <= 0 {
		return first
	}
	at, _ := slices.BinarySearchFunc(first, one, compare)
	first = slices.Insert(first, at, one)
	return first[:min(len(first), most)]
}

// sections are the groups of a day, in the order in which somebody works.
func (a *asked) sections(c choice, rows []*row) ([]section, error) {
	byPlace := map[docket.Place][]*row{}
	for _, r := range rows {
		byPlace[r.place] = append(byPlace[r.place], r)
	}
	out := []section{}
	for _, p := range places {
		in := byPlace[p.place]
		if len(in) == 0 || p.place == docket.Waits {
			continue
		}
		first := pressing(in, firstLines)
		lines, err := a.lines(first)
		if err != nil {
			return nil, err
		}
		out = append(out, section{Words: p.words, All: c.address("/requests", "place", p.value, "open", "yes"), Count: len(in),
			Lines: lines})
	}
	return out, nil
}

// pressing are the most pressing of some requests.
func pressing(rows []*row, most int) (first []*row) {
	for _, r := range rows {
		first = firstOf(first, r, most, func(a, b *row) int { return docket.ComparePressing(a.step, b.step) })
	}
	return first
}

// lines are requests as Today shows them, with the reasons that only the log has.
func (a *asked) lines(rows []*row) ([]line, error) {
	ids := make([]string, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	out := []line{}
	err := logbook.InOrder(a.ctx, a.log, ids, func(s store.Standing) (line, error) {
		step := docket.Next(s.Request, s.State, a.day)
		l := line{ID: s.Request.ID, Office: s.Request.OfficeName(), Subject: s.Request.Subject, Step: step, Act: a.s.deed(s.Request.ID,
			step)}
		l.Item, l.Late = dateOf(step, docket.Agenda(s.Request.ID, s.State.Deadlines, a.day, dueDays), a.day)
		return l, nil
	}, func(l line) error {
		out = append(out, l)
		return nil
	})
	return out, err
}

// dateOf is the date that stands beside a step: the one by which it is to be done, else what presses most. That the agency is
// late, too, is no date for what you owe.
func dateOf(step docket.Step, items []docket.Item, today workday.Date) (*docket.Item, string) {
	docket.SortItems(items)
	if !step.By.IsZero() {
		i := slices.IndexFunc(items, func(i docket.Item) bool { return i.Who == docket.You && i.Due == step.By })
		if i < 0 {
			return nil, left(today.DaysUntil(step.By))
		}
		items = items[i:]
	}
	if len(items) == 0 {
		return nil, ""
	}
	return &items[0], left(items[0].DaysLeft)
}
