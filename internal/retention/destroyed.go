package retention

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"foia/internal/workday"
)

// Lot is what may have become, by a day, of the records of a period.
type Lot int

// The lots, from the one that leaves least.
const (
	AllGone    Lot = iota // the time of all of them has run
	OldestGone            // that of the oldest has
	AllThere              // of none
)

// Destruction is until when the records of a period are kept, by the time of a series.
type Destruction struct {
	Of     *Kept
	Lot    Lot
	Period workday.Period
	// Oldest and Newest are the last days on which the first and the last records of the period must
	// be there. If the series does not count from the making of a record, they are the earliest that
	// can be: of a matter that closed the day it began. Oldest is unknown for a period without a
	// beginning.
	Oldest, Newest workday.Date
}

// Destruction is what becomes of the records of a period by the time of a series; false if the period has
// neither a beginning nor an end, ends before it begins, or lies ahead. A period without an end goes on
// until today.
func (k *Kept) Destruction(p workday.Period, today workday.Date) (Destruction, bool) {
	if today.IsZero() || p == (workday.Period{}) || p.From.After(today) {
		return Destruction{}, false
	}
	until := p.To
	if until.IsZero() || until.After(today) {
		until = today
	}
	if !p.From.IsZero() && until.Before(p.From) {
		return Destruction{}, false
	}
	d := Destruction{Of: k, Period: p, Lot: AllThere, Newest: k.last(until)}
	if !p.From.IsZero() {
		d.Oldest = k.last(p.From)
	}
	switch {
	case d.Newest.Before(today):
		d.Lot = AllGone
	case d.Oldest.Before(today): // also if it is unknown: somewhere the period is old enough
		d.Lot = OldestGone
	}
	return d, true
}

const hoursOfDay = 24

// last is the last day on which a record of a day must be there. Of a range it is the shorter time, and of
// hours the day within which they end.
func (k *Kept) last(made workday.Date) workday.Date {
	switch k.Unit {
	case "hours":
		return made.AddDays((k.N + hoursOfDay - 1) / hoursOfDay)
	case "days":
		return made.AddDays(k.N)
	case "months":
		return made.AddMonths(k.N)
	}
	return made.AddMonths(k.N * monthsOfYear)
}

const monthsOfYear = 12

// Left is how many days there are until records go: until the oldest go, or, where those may be gone, the
// newest. It can be told only of a series that counts from the making of a record, and of records that must
// still be there.
func (d Destruction) Left(today workday.Date) (days int, ok bool) {
	switch {
	case !d.Of.Counted || d.Lot == AllGone:
		return 0, false
	case d.Lot == OldestGone:
		return today.DaysUntil(d.Newest), true
	}
	return today.DaysUntil(d.Oldest), true
}

// Sooner orders destructions by how much they leave, and then by how soon what is left goes.
func Sooner(a, b Destruction) int {
	return cmp.Or(cmp.Compare(a.Lot, b.Lot), cmp.Compare(a.Newest.String(), b.Newest.String()), cmp.Compare(a.Oldest.String(),
		b.Oldest.String()))
}

// Soonest is the destruction by the shortest time of the series that an item names; false if it names none,
// or asks for no period that can be counted.
func Soonest(named []*Kept, p workday.Period, today workday.Date) (Destruction, bool) {
	var all []Destruction
	for _, k := range named {
		if d, ok := k.Destruction(p, today); ok {
			all = append(all, d)
		}
	}
	if len(all) == 0 {
		return Destruction{}, false
	}
	return slices.MinFunc(all, Sooner), true
}

// Time is the time of a series: 30 days; 4 to 7 years, of which the shorter counts.
func (k *Kept) Time() string {
	unit := k.Unit
	if k.N == 1 && k.Most == 0 {
		unit = unit[:len(unit)-1]
	}
	if k.Most > 0 {
		return fmt.Sprintf("%d to %d %s", k.N, k.Most, unit)
	}
	return fmt.Sprintf("%d %s", k.N, unit)
}

// spelled is the time as prose has it: two years.
func (k *Kept) spelled() string {
	small := []string{"", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"}
	number, unit, _ := strings.Cut(k.Time(), " ")
	if k.Most > 0 || k.N >= len(small) {
		return number + " " + unit
	}
	return small[k.N] + " " + unit
}

// Lets says how long a series is kept and by whose leave, as a sentence without its end.
func (k *Kept) Lets() string {
	if k.Law == federal {
		return k.ID + " lets an agency destroy " + k.Called() + " " + k.spelled() + " " + k.From + " (" + k.Authority + ")"
	}
	how := map[string]string{Minimum: "kept for at least ", Maximum: "kept for at most "}[k.Mode]
	how = cmp.Or(how, "kept for ")
	return fmt.Sprintf("Under %s, the records %s of %s are %s%s %s", k.Authority, k.Called(), k.Scope, how, k.spelled(), k.From)
}
