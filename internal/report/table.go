package report

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"foia/internal/docket"
)

// none is what a table shows where there is nothing to show.
const none = "–"

// Line is one figure of a report, as a table shows it.
type Line struct{ Name, Value string }

// Lines are the figures of the whole.
func (r *Report) Lines() []Line {
	f := r.Total
	lines := []Line{
		{"Requests sent", grouped(f.Sent) + also(f.Opened, "opened by a referral")},
		{"Responded", fmt.Sprintf("%s of %s (%s)", grouped(f.Responded), grouped(f.Answerable()), percent(f.Responded, f.Answerable()))},
		{"Decided", grouped(f.Decided)},
		{"Referred to another office", grouped(f.Referred)},
		{"Ended by you", grouped(f.Ended)},
		{"Open", grouped(f.Open)},
		{"Median days to the decision", f.Days.median()},
		{"Longest", f.Days.longest()},
		{"Decisions without known days", grouped(f.Days.Unknown)},
		{"Late", grouped(f.Late) + also(f.Overdue, "overdue")},
		{"Not known whether late", grouped(f.Untold)},
	}
	if f.Answerable() == 0 {
		lines[1].Value = none
	}
	for _, outcome := range f.outcomes() {
		lines = append(lines, Line{"Outcome: " + outcome, grouped(f.Outcomes[outcome])})
	}
	return append(lines,
		Line{"Exemptions claimed", f.Grounds()},
		Line{"Fees asked", f.Asked.cell() + also(f.Asked.Requests, "with a notice")},
		Line{"Fees paid", f.Paid.cell() + also(f.Paid.Unknown, "of unknown size")},
		Line{"Pages released", f.Released.cell() + also(f.Released.Requests, "with a count")},
		Line{"Pages withheld", f.Withheld.cell() + also(f.Withheld.Requests, "with a count")})
}

// also adds to a value what part of it is of a kind, if any is.
func also(n int, what string) string {
	if n == 0 {
		return ""
	}
	return " (" + grouped(n) + " " + what + ")"
}

// Grounds are the exemptions that were claimed, each with the number of requests, and in how many none is known.
func (f *Figures) Grounds() string {
	text := f.grounds()
	if f.Groundless > 0 {
		text = strings.TrimPrefix(text+"; not known "+grouped(f.Groundless), "; ")
	}
	return cmp.Or(text, none)
}

func (f *Figures) grounds() string {
	var all []string
	for _, ground := range slices.Sorted(maps.Keys(f.Exemptions)) {
		all = append(all, ground+" "+grouped(f.Exemptions[ground]))
	}
	return strings.Join(all, ", ")
}

// outcomes are those that came, in the order of the log's own list.
func (f *Figures) outcomes() []string {
	all := slices.Sorted(maps.Keys(f.Outcomes))
	slices.SortStableFunc(all, func(a, b string) int { return placeOf(a) - placeOf(b) })
	return all
}

func placeOf(outcome string) int {
	if i := slices.Index(docket.Outcomes, outcome); i >= 0 {
		return i
	}
	return len(docket.Outcomes)
}

func (d Days) median() string {
	if d.Median == nil {
		return none
	}
	return half(*d.Median)
}

func (d Days) longest() string {
	if d.Longest == nil {
		return none
	}
	return grouped(*d.Longest)
}

func (m Money) cell() string {
	if len(m.Sums) == 0 {
		return none
	}
	return strings.Join(m.list(), ", ")
}

func (p Pages) cell() string {
	if p.Requests == 0 {
		return none
	}
	return grouped(p.Sum)
}

// Notes say what the tables leave out, and why.
func (r *Report) Notes() []string {
	var notes []string
	few := r.Total.Sent > 0 && r.Total.Days.Median == nil ||
		slices.ContainsFunc(r.Groups, func(g *Group) bool { return g.Days.Median == nil })
	if few {
		notes = append(notes, "No median is shown for fewer than five decisions that can be timed: one more could move it anywhere.")
	}
	switch r.Undated {
	case 0:
	case 1:
		notes = append(notes, "One request is left out: the log does not tell when it was sent.")
	default:
		notes = append(notes, fmt.Sprintf("%s requests are left out: the log does not tell when they were sent.", grouped(r.Undated)))
	}
	return notes
}

// heads are what the first column of a table of groups is called.
var heads = map[By]string{ByOffice: "Office", ByLaw: "Law", ByMonth: "Sent in"}

// Head are the headings of the table of groups as a terminal has room for them; Row follows
// it.
func (r *Report) Head() []string {
	return []string{heads[r.By], "Sent", "Resp.", "Rate", "Median", "Longest", "Late", "Open"}
}

// Row is one row of the table of groups.
func (g *Group) Row() []string {
	return []string{g.Name, grouped(g.Sent), grouped(g.Responded), percent(g.Responded, g.Answerable()), g.Days.median(), g.Days.longest(),
		grouped(g.Late), grouped(g.Open)}
}

// Whole is the row of all groups together.
func (r *Report) Whole() *Group { return &Group{Name: "Total", Figures: r.Total} }

// wide are the headings of the table of groups on a page; wideRow follows them.
func (r *Report) wide() []string {
	return []string{heads[r.By], "Sent", "Responded", "Rate", "Decided", "Referred", "Ended", "Open", "Median days", "Longest", "Late",
		"Overdue", "Exemptions claimed", "Fees asked", "Fees paid", "Pages released", "Pages withheld"}
}

func (g *Group) wideRow() []string {
	return []string{g.Name, grouped(g.Sent), grouped(g.Responded), percent(g.Responded, g.Answerable()), grouped(g.Decided),
		grouped(g.Referred), grouped(g.Ended), grouped(g.Open), g.Days.median(), g.Days.longest(), grouped(g.Late), grouped(g.Overdue),
		g.Grounds(), g.Asked.cell(), g.Paid.cell(), g.Released.cell(), g.Withheld.cell()}
}

// columns are those of a report as CSV; cells follows them. Each currency and each outcome
// that came has a column of its own.
func (r *Report) columns() []string {
	all := []string{cmp.Or(string(r.By), "group"), "key", "sent", "responded", "answerable", "decided", "referred", "ended", "open",
		"opened by referral", "median days", "longest days", "decisions timed", "decisions without known days", "late", "overdue",
		"not known whether late"}
	for _, o := range docket.Outcomes {
		all = append(all, "outcome "+o)
	}
	all = append(all, "exemptions claimed", "exemptions unknown")
	for _, c := range r.Total.Asked.currencies() {
		all = append(all, "fees asked "+c)
	}
	for _, c := range r.Total.Paid.currencies() {
		all = append(all, "fees paid "+c)
	}
	return append(all, "requests with a fee notice", "payments of unknown size", "pages released", "requests with pages released",
		"pages withheld", "requests with pages withheld")
}

func (r *Report) cells(g *Group) []string {
	median, longest := "", ""
	if g.Days.Median != nil {
		median = half(*g.Days.Median)
	}
	if g.Days.Longest != nil {
		longest = strconv.Itoa(*g.Days.Longest)
	}
	row := []string{g.Name, strings.ReplaceAll(g.Key, "\n", " ")}
	number := func(n ...int) {
		for _, n := range n {
			row = append(row, strconv.Itoa(n))
		}
	}
	number(g.Sent, g.Responded, g.Answerable(), g.Decided, g.Referred, g.Ended, g.Open, g.Opened)
	row = append(row, median, longest)
	number(g.Days.Timed, g.Days.Unknown, g.Late, g.Overdue, g.Untold)
	for _, o := range docket.Outcomes {
		number(g.Outcomes[o])
	}
	row = append(row, g.grounds())
	number(g.Groundless)
	for _, c := range r.Total.Asked.currencies() {
		row = append(row, g.Asked.Sums[c].String())
	}
	for _, c := range r.Total.Paid.currencies() {
		row = append(row, g.Paid.Sums[c].String())
	}
	number(g.Asked.Requests, g.Paid.Unknown)
	pages := func(p Pages) {
		sum := ""
		if p.Requests > 0 {
			sum = strconv.Itoa(p.Sum)
		}
		row = append(row, sum)
		number(p.Requests)
	}
	pages(g.Released)
	pages(g.Withheld)
	return row
}
