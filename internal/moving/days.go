package moving

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // MuckRock's days are New York's, on systems without a list of zones, too

	"foia/internal/entered"
	"foia/internal/lazy"
	"foia/internal/workday"
)

// The forms in which trackers write days.
const (
	figures = lazy.Pattern(`(?i)^(\d{1,2})[/.\-] ?(\d{1,2})[/.\-] ?['’]?(\d{4}|\d{2})` +
		`(?:,? +\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?)?)?$`)
	moment    = lazy.Pattern(`(?i)^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?) ?(Z|UTC|GMT|[+-]\d\d:?\d\d)?$`)
	epoch     = lazy.Pattern(`^\d{10}(?:\d{3})?$`)
	shortYear = lazy.Pattern(`^(?:(\d{1,2})[ -]([A-Za-z]{3,9})|([A-Za-z]{3,9})\.?[ -](\d{1,2}),?)[ -]'?(\d\d)$`)
	dayish    = lazy.Pattern(`(?i)^(about |around |early |mid |late |end of |before |after )?(in )?` +
		`((jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|` +
		`spring|summer|fall|autumn|winter|q[1-4])\.?( \d{1,2}(st|nd|rd|th)?| of)?,? ?((19|20)\d\d)?\??$|` +
		`^\d{1,2}\.?[ -](jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?$|^\d{1,2}/(\d{1,2}|(19|20)\d\d)\??$|^((19|20)\d\d)\?$`)
	impossibl = lazy.Pattern(`^(?:\d{4}[/.\-]\d{1,2}[/.\-]\d{1,2}|\d{1,2}[/.\-]\d{1,2}[/.\-](?:\d{4}|\d\d))(?:[T ]\d{1,2}:.*)?$`)
)

// form is how a cell writes a day.
type form int

const (
	noDay form = iota
	written
	inFigures // 5/6/2026, whose order the column decides
	stamp     // a moment in UTC
	vague     // it tells of a time, but of no day
	wrong     // it has the form of a day and is none
)

// cellDay is what a cell says of a day.
type cellDay struct {
	form form
	day  workday.Date // of written
	a, b int          // of inFigures
	year int
	at   time.Time // of stamp

	prose bool // it stands beside words
}

// readDay reads a cell as a day. shown is what an Excel file means by a number of days.
func readDay(cell string, shown func(string) string) cellDay {
	cell = entered.Line(cell)
	if isNoDay(cell) {
		return cellDay{}
	}
	if shown != nil {
		cell = shown(cell)
	}
	cell = dayInEnglish(cell)
	if m := figures.RE().FindStringSubmatch(cell); m != nil {
		return dayInFigures(m)
	}
	if m := moment.RE().FindStringSubmatch(cell); m != nil {
		return dayOfMoment(m)
	}
	if epoch.RE().MatchString(cell) {
		n, err := strconv.ParseInt(cell, 10, 64)
		if len(cell) == 10 {
			n *= 1000
		}
		if at := time.UnixMilli(n).UTC(); err == nil && at.Year() >= 1990 && at.Year() < 2100 {
			return cellDay{form: stamp, at: at}
		}
	}
	if strings.IndexFunc(cell, func(r rune) bool { return r < '0' || r > '9' }) < 0 {
		if d, err := workday.ReadDate(cell); err == nil && len(cell) == 8 {
			return cellDay{form: written, day: d}
		}
		return cellDay{} // a number
	}
	if m := shortYear.RE().FindStringSubmatch(cell); m != nil { // 1-Feb-24, as Excel shows days; Feb 1, '24
		year, _ := strconv.Atoi(m[5])
		cell = fmt.Sprintf("%s %s%s %d", m[1]+m[4], m[2], m[3], century(year))
	}
	d, err := workday.ReadDate(cell)
	switch {
	case err == nil:
		return cellDay{form: written, day: d}
	case impossibl.RE().MatchString(cell), within.RE().FindString(cell) == cell: // 31-Jun-26
		return cellDay{form: wrong}
	case dayish.RE().MatchString(cell) && len(cell) <= 40:
		return cellDay{form: vague}
	}
	return dayBesideWords(cell, shown)
}

func dayInFigures(m []string) cellDay {
	a, _ := strconv.Atoi(m[1])
	b, _ := strconv.Atoi(m[2])
	year, _ := strconv.Atoi(m[3])
	if len(m[3]) == 2 {
		year = century(year)
	}
	_, american := workday.NewDate(year, time.Month(a), b)
	_, european := workday.NewDate(year, time.Month(b), a)
	if american != nil && european != nil {
		return cellDay{form: wrong}
	}
	return cellDay{form: inFigures, a: a, b: b, year: year}
}

func dayOfMoment(m []string) cellDay {
	d, err := workday.ParseDate(m[1])
	switch {
	case err != nil:
		return cellDay{form: wrong}
	case m[3] == "":
		return cellDay{form: written, day: d}
	}
	zone := strings.ToUpper(m[3])
	if zone == "UTC" || zone == "GMT" {
		zone = "Z"
	}
	if len(zone) == 5 {
		zone = zone[:3] + ":" + zone[3:]
	}
	clock := m[2]
	if len(clock) == 5 {
		clock += ":00"
	}
	at, err := time.Parse("2006-01-02T15:04:05.999999999Z07:00", m[1]+"T"+clock+zone)
	switch {
	case err != nil:
		return cellDay{form: wrong}
	case zone != "Z" && zone != "+00:00" && zone != "-00:00":
		return cellDay{form: written, day: d} // the day of whoever wrote it
	}
	return cellDay{form: stamp, at: at.UTC()}
}

// in is the day of a cell in figures in an order.
func (c cellDay) in(o workday.Order) (workday.Date, bool) {
	month, day := c.a, c.b
	if o == workday.DayFirst {
		month, day = c.b, c.a
	}
	d, err := workday.NewDate(c.year, time.Month(month), day)
	return d, err == nil
}

// only is the order in which a cell in figures is a day, if it is one in but one.
func (c cellDay) only() workday.Order {
	_, american := c.in(workday.MonthFirst)
	_, european := c.in(workday.DayFirst)
	switch {
	case american && !european:
		return workday.MonthFirst
	case european && !american:
		return workday.DayFirst
	}
	return ""
}

// evidence is a cell that decides the order of days of its column.
type evidence struct {
	cell, column string
	line         int
}

// columnDays is what the cells of a column say of days.
type columnDays struct {
	name     string
	decided  map[workday.Order][]evidence
	unclear  []evidence // may be either
	moments  []time.Time
	order    workday.Order
	disorder bool // cells decide for both
}

func (c *columnDays) see(line int, cell string, d cellDay) {
	e := evidence{cell, c.name, line}
	switch d.form {
	case inFigures:
		o := d.only()
		if o != "" {
			c.decided[o] = append(c.decided[o], e)
		} else if d.a != d.b {
			c.unclear = append(c.unclear, e)
		}
	case stamp:
		c.moments = append(c.moments, d.at)
	}
}

// settle decides the order of a column: any day above 12 does, for the whole column.
func (c *columnDays) settle() {
	american, european := len(c.decided[workday.MonthFirst]) > 0, len(c.decided[workday.DayFirst]) > 0
	switch {
	case american && european:
		c.disorder = true
	case american:
		c.order = workday.MonthFirst
	case european:
		c.order = workday.DayFirst
	}
}

// clock is the zone that moments in UTC are read with.
type clock struct {
	zone     *time.Location
	name     string
	proposed bool
}

// zones are those of the United States, from the east, and UTC first.
var zones = []string{"UTC", "America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles",
	"America/Anchorage", "Pacific/Honolulu"}

// clockOf finds the zone in which moments are days: one in which all are midnight, as trackers write days without a time.
// Without one, New York's is proposed.
func clockOf(moments []time.Time, answer string) (clock, error) {
	if answer != "" {
		zone, err := time.LoadLocation(answer)
		return clock{zone: zone, name: answer}, err
	}
	for _, name := range zones {
		zone, err := time.LoadLocation(name)
		if err != nil {
			return clock{}, fmt.Errorf("the zone %s: %w", name, err)
		}
		if allMidnight(moments, zone) {
			return clock{zone: zone, name: name}, nil
		}
	}
	for hours := 4; hours <= 10; hours++ { // trackers that know no summer time
		zone := time.FixedZone(fmt.Sprintf("UTC-%d", hours), -hours*3600)
		if allMidnight(moments, zone) {
			return clock{zone: zone, name: zone.String()}, nil
		}
	}
	zone, err := time.LoadLocation(newYork)
	return clock{zone: zone, name: newYork, proposed: true}, err
}

const newYork = "America/New_York"

func allMidnight(moments []time.Time, zone *time.Location) bool {
	for _, m := range moments {
		if h, min, s := m.In(zone).Clock(); h+min+s != 0 {
			return false
		}
	}
	return len(moments) > 0
}

// century is the year of two digits: no request was made before 1966, or will be in decades.
func century(year int) int {
	if year += 2000; year >= 2066 {
		year -= 100
	}
	return year
}
