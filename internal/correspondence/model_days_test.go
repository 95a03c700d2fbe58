package correspondence

import (
	"sync"

	"foia/internal/docket"
	"foia/internal/workday"
)

// The model is a second reading of the law, made to be compared with package docket.
// It knows which days the office is closed (package workday) and the names of events,
// and takes nothing else from the program: each day is found by walking along the
// calendar. Where it and docket differ, one of them is wrong.

// byPolicy is a day under each of workday.Policies, in their order. A zero day is unknown.
type byPolicy [3]workday.Date

// The places of the policies in that order: the folder's own here, the one with the most
// working days, the one with the fewest.
const observed, strict, lenient = 0, 1, 2

// known tells whether there is a day by every calendar: by one of them the clock may
// stand still, while by another it had run out just before.
func (b byPolicy) known() bool { return !b[0].IsZero() && !b[1].IsZero() && !b[2].IsZero() }

// own is the day by the folder's policy.
func (b byPolicy) own() workday.Date { return b[observed] }

// latest is the day by the calendar that gives the most time: what is late after it is
// late by every calendar.
func (b byPolicy) latest() workday.Date {
	latest := b[0]
	for _, d := range b[1:] {
		if d.After(latest) {
			latest = d
		}
	}
	return latest
}

// earliest is the day by the calendar that gives the least time.
func (b byPolicy) earliest() workday.Date {
	earliest := b[0]
	for _, d := range b[1:] {
		if d.Before(earliest) {
			earliest = d
		}
	}
	return earliest
}

// sameDay is one day under every policy.
func sameDay(d workday.Date) byPolicy { return byPolicy{d, d, d} }

// underEach finds a day under each policy.
func underEach(find func(p int) workday.Date) (out byPolicy) {
	for p := range out {
		out[p] = find(p)
	}
	return out
}

// almanac has the days from 2019 to 2049 in order, and whether offices are open on them.
type almanac struct {
	days []workday.Date
	open [3][]bool
}

var theAlmanac = sync.OnceValue(func() almanac {
	calendar, err := workday.Federal()
	if err != nil {
		panic(err)
	}
	var a almanac
	for d := workday.MustDate("2019-01-01"); d.Year() < 2050; d = d.AddDays(1) {
		a.days = append(a.days, d)
		for p, policy := range workday.Policies {
			a.open[p] = append(a.open[p], calendar.Off(d, policy) == "")
		}
	}
	return a
})

// place is the number of a day in the almanac.
func (a almanac) place(d workday.Date) int { return a.days[0].DaysUntil(d) }

// standstill is a time in which the clock of the agency stands still. The day of the
// question and the day on which the answer is received are not counted, nor any between
// them. to is zero while nobody knows of a receipt. A question may have been asked before
// the time began, and stops it only from then.
type standstill struct{ from, to, asked workday.Date }

// holds tells whether the clock stands still on that day.
func (s standstill) holds(d workday.Date) bool {
	return !d.Before(s.from) && (s.to.IsZero() || !d.After(s.to))
}

// nextOpen is the day itself if the office is open, else the next day on which it is.
func nextOpen(d workday.Date, p int) workday.Date {
	a := theAlmanac()
	i := a.place(d)
	for !a.open[p][i] {
		i++
	}
	return a.days[i]
}

// lastOf is the last of so many working days after a day, not counting those on which
// the clock stands still. It is unknown if the clock never starts again.
func lastOf(n int, day0 workday.Date, p int, still ...standstill) workday.Date {
	a := theAlmanac()
	i := a.place(day0)
	for n > 0 {
		i++
		counts := a.open[p][i]
		for _, s := range still {
			if s.holds(a.days[i]) {
				if s.to.IsZero() {
					return workday.Date{}
				}
				counts = false
			}
		}
		if counts {
			n--
		}
	}
	return a.days[i]
}

// workingDaysBetween counts the working days after one day, up to and with another.
func workingDaysBetween(from, to workday.Date, p int) int {
	a := theAlmanac()
	n := 0
	for i := a.place(from) + 1; i <= a.place(to); i++ {
		if a.open[p][i] {
			n++
		}
	}
	return n
}

// losesDays tells whether a working day between two days fell into a standstill.
func losesDays(from, to workday.Date, p int, still []standstill) bool {
	for d := from.AddDays(1); !d.After(to); d = d.AddDays(1) {
		for _, s := range still {
			if theAlmanac().open[p][theAlmanac().place(d)] && s.holds(d) {
				return true
			}
		}
	}
	return false
}

// dayOf reads a detail of an event that is a day; unknown if it is not there.
func dayOf(e docket.Event, name string) workday.Date {
	d, err := workday.ParseDate(e.Data[name])
	if err != nil {
		return workday.Date{}
	}
	return d
}
