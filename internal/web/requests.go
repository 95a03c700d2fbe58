package web

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"foia/internal/docket"
	"foia/internal/logbook"
	"foia/internal/store"
	"foia/internal/workday"
)

// pageRows is how many requests a page lists.
const pageRows = 100

// listed is a request as the list has it.
type listed struct {
	docket.Row
	Office string
	Seq    int // its last event
	Item   *docket.Item
	Late   string
	Last   string // the last event, and its day
	LastOn string
}

// farDays is how far ahead the next date of a request is looked for.
const farDays = 4000

// nextOf is the date of a request that comes next: what you are late with before all others, and a suit, which
// may be years away, only where there is nothing else.
func nextOf(id string, s docket.State, day workday.Date) *docket.Item {
	if !s.Open() {
		return nil
	}
	items := docket.Agenda(id, s.Deadlines, day, farDays)
	if len(items) == 0 {
		return nil
	}
	last := func(i docket.Item) int {
		switch {
		case i.What == docket.DueSuit:
			return 2
		case i.DaysLeft < 0 && i.Who == docket.You:
			return 0
		}
		return 1
	}
	next := slices.MinFunc(items, func(a, b docket.Item) int { return cmp.Or(last(a)-last(b), a.DaysLeft-b.DaysLeft) })
	return &next
}

// counts is a facet as a page has it.
type counts struct {
	Title, Name string
	Values      []value
	Chosen      string
	Off         string // the address without it
	More        int
}

// value is one of its values.
type value struct {
	Value, Words, At string
	Count            int
	Now              bool
}

// mostValues is how many values of a facet a page lists.
const mostValues = 12

// ranked are values by how often they come; the one that is chosen first.
func ranked(count map[string]int, chosen string) []value {
	out := make([]value, 0, len(count))
	for v, n := range count {
		if v != "" {
			out = append(out, value{Value: v, Words: v, Count: n, Now: strings.EqualFold(v, chosen)})
		}
	}
	slices.SortFunc(out, func(a, b value) int {
		return cmp.Or(cmp.Compare(number(b.Now), number(a.Now)), cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value))
	})
	return out
}

func number(so bool) int {
	if so {
		return 1
	}
	return 0
}

// pages is where one is in a long list.
type pages struct {
	Now, Last                int
	First, Before, Next, End string
}

func (c choice) pages(path string, all, now int) pages {
	p := pages{Now: now, Last: max(1, (all+pageRows-1)/pageRows)}
	at := func(n int) string { return c.address(path, "page", strconv.Itoa(n)) }
	if now > 1 {
		p.First, p.Before = at(1), at(now-1)
	}
	if now < p.Last {
		p.Next, p.End = at(now+1), at(p.Last)
	}
	return p
}

// readPage is the number of a page; one that is not there is the nearest that is.
func readPage(text string, all int) int {
	n, err := strconv.Atoi(text)
	if err != nil {
		return 1
	}
	return min(max(n, 1), max(1, (all+pageRows-1)/pageRows))
}

// requestsPage lists requests.
func (s *Server) requestsPage(a *asked) error {
	c, err := readChoice(a.r.URL.Query())
	if err != nil {
		return err
	}
	rows, numbers := a.h.found(c)
	now := readPage(a.r.URL.Query().Get("page"), len(rows))
	from := min((now-1)*pageRows, len(rows))
	shown, err := a.listed(rows[from:min(from+pageRows, len(rows))])
	if err != nil {
		return err
	}
	heads := []value{}
	for _, k := range []struct{ key, words string }{{"id", "Request"}, {"office", "Office"}, {"status", "Status"}, {"due", "Next date"},
		{"last", "Last event"}, {"assigned", "Assigned"}} {
		to, now := k.key, c.sort == k.key
		if now && !c.down {
			to = "-" + k.key
		}
		heads = append(heads, value{Value: sorted(now, c.down), Words: k.words, At: c.address("/requests", "sort", to), Now: now})
	}
	return a.show("requests", "requests", "Requests", view{"Rows": shown, "Found": len(rows), "All": len(a.h.rows),
		"Facets": a.facets(c, numbers), "Pages": c.pages("/requests", len(rows), now), "Heads": heads, "Q": c.values.Get("q"),
		"Hidden": hidden(c, "q"), "Forms": s.forms(c, "/requests"), "Back": c.address("/requests", "page", strconv.Itoa(now)),
		"Chosen": len(c.values) > 0})
}

func sorted(now, down bool) string {
	switch {
	case !now:
		return "none"
	case down:
		return "descending"
	}
	return "ascending"
}

// hidden is a choice as hidden answers of a form, without one.
func hidden(c choice, without ...string) []field {
	out := []field{}
	for _, name := range slices.Sorted(maps.Keys(c.values)) {
		if !slices.Contains(without, name) {
			out = append(out, field{name, c.values.Get(name)})
		}
	}
	return out
}

// listed are requests as a list shows them, read from what the log keeps.
func (a *asked) listed(rows []*row) ([]listed, error) {
	ids := make([]string, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	out := []listed{}
	last, err := a.log.LastSeqs(a.ctx, ids)
	if err != nil {
		return nil, err
	}
	err = logbook.InOrder(a.ctx, a.log, ids, func(s store.Standing) (listed, error) {
		l := listed{Row: docket.RowOf(s.Request, s.State, a.day), Office: s.Request.OfficeName(), Seq: last[s.Request.ID]}
		l.Last, l.LastOn, _ = strings.Cut(l.LastEvent, " ")
		if l.Item = nextOf(s.Request.ID, s.State, a.day); l.Item != nil {
			l.Late = left(l.Item.DaysLeft)
		}
		return l, nil
	}, func(l listed) error {
		out = append(out, l)
		return nil
	})
	return out, err
}

// facets are the numbers beside a list, each a link to those.
func (a *asked) facets(c choice, numbers []map[string]int) []counts {
	out := []counts{}
	for i, f := range facets() {
		chosen := c.values.Get(f.name)
		if f.name == "status" {
			chosen = c.Status
		}
		all := ranked(numbers[i], chosen)
		one := counts{Title: f.title, Name: f.name, Chosen: chosen, Off: c.address("/requests", f.name, ""), Values: []value{}}
		for n, v := range all {
			if n == mostValues {
				one.More = len(all) - n
				break
			}
			switch {
			case f.words != nil:
				v.Words = f.words(v.Value)
			case f.name == "office":
				v.Words = a.h.offices[v.Value].office()
			}
			v.At = c.address("/requests", f.name, v.Value)
			one.Values = append(one.Values, v)
		}
		if len(all) > 0 || chosen != "" {
			out = append(out, one)
		}
	}
	return out
}
