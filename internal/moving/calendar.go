package moving

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"foia/internal/roster"
	"foia/internal/workday"
)

// calendar reads the days of a table: the order of days in figures is that of the whole column, never of a cell.
type calendar struct {
	columns []columnDays // by index
	clock   clock
	day     func(index int) func(string) string
	open    roster.Lines // rows with a day that may be either
}

// calendarOf looks at all days of the columns that hold any.
func calendarOf(t *table, columns []Column, answers Answers) (*calendar, error) {
	cal := &calendar{columns: make([]columnDays, len(columns)), day: t.shows}
	var moments []time.Time
	for i := range columns {
		c := &cal.columns[i]
		c.name, c.decided = columns[i].Name, map[workday.Order][]evidence{}
		if !slices.Contains(dayMeans, columns[i].Means) {
			continue
		}
		for j := range t.rows {
			if r := &t.rows[j]; r.err == nil {
				c.see(r.line, r.cells[i], readDay(r.cells[i], t.shows(i)))
			}
		}
		c.settle()
		moments = append(moments, c.moments...)
	}
	cal.follow(answers.Dates)
	var err error
	cal.clock, err = clockOf(moments, answers.Timezone)
	if len(moments) == 0 {
		cal.clock.name, cal.clock.proposed = "", false
	}
	return cal, err
}

// follow gives the columns that decide nothing the order of those that do, if these agree: one person or program wrote them.
// An answer counts where nothing decides.
func (cal *calendar) follow(answer workday.Order) {
	order, disorder := workday.Order(""), false
	for _, c := range cal.columns {
		switch {
		case c.disorder, c.order != "" && order != "" && c.order != order:
			disorder = true
		case c.order != "":
			order = c.order
		}
	}
	if disorder {
		order = ""
	}
	for i := range cal.columns {
		c := &cal.columns[i]
		if c.order == "" && !c.disorder {
			c.order = order
		}
		if c.order == "" {
			c.order = answer
		}
	}
}

// fileOrder is the order of days of the file, if all of it has one.
func (cal *calendar) fileOrder() workday.Order {
	order := workday.Order("")
	for _, c := range cal.columns {
		if len(c.decided) == 0 {
			continue
		}
		if c.order == "" || order != "" && order != c.order {
			return ""
		}
		order = c.order
	}
	return order
}

// happened is what a cell in a column of days says.
type happened struct {
	day   *workday.Date // nil: it is not known
	ok    bool          // the cell says that it happened
	why   string        // there is no day, or which it is
	prose bool          // the day stands beside words
}

// read is the day of a cell. The error is that it has the form of a day and is none.
func (cal *calendar) read(index, line int, cell string) (happened, error) {
	c, d := &cal.columns[index], readDay(cell, cal.day(index))
	switch d.form {
	case noDay:
		return c.without(cell), nil
	case written:
		return happened{day: &d.day, ok: true, prose: d.prose}, nil
	case stamp:
		return cal.moment(d.at), nil
	case vague:
		return happened{ok: !negates(cell), why: fmt.Sprintf("%s: “%s” does not name a day", c.name, cell)}, nil
	case wrong:
		return happened{}, fmt.Errorf("%s: there is no day %s", c.name, cell)
	}
	order := d.only()
	if order == "" || c.order != "" && !c.disorder {
		order = c.order
	}
	if d.a == d.b {
		order = workday.MonthFirst
	}
	if order == "" {
		cal.open.Add(line)
		return happened{ok: true, why: fmt.Sprintf("%s: %s may be read month first or day first", c.name, cell)}, nil
	}
	on, fits := d.in(order)
	if !fits {
		return happened{}, fmt.Errorf("%s: there is no day %s", c.name, cell)
	}
	return happened{day: &on, ok: true, prose: d.prose}, nil
}

// without is what a cell says that holds no day.
func (c *columnDays) without(cell string) happened {
	if set, is := checkMark(cell); is {
		return happened{ok: set}
	}
	if isNoDay(cell) {
		return happened{}
	}
	return happened{ok: !negates(cell), why: fmt.Sprintf("%s: “%s” is not a day", c.name, cell)}
}

// moment is the day of a moment in UTC.
func (cal *calendar) moment(at time.Time) happened {
	here := at.In(cal.clock.zone)
	on, utc := workday.DateOf(here), workday.DateOf(at)
	out := happened{day: &on, ok: true}
	if utc != on {
		out.why = fmt.Sprintf("%s UTC on %s is %s on %s (%s)", at.Format("15:04"), utc.Letter(), here.Format("15:04"), on.Letter(),
			cal.clock.name)
	}
	return out
}

// negates tells whether a word in a column of days says that it did not happen.
func negates(cell string) bool {
	w := " " + words(cell) + " "
	for _, no := range []string{" no ", " not ", " none ", " never ", " pending ", " waiting ", " awaiting ", " tbd ", " unknown ", " n a ",
		" na "} {
		if strings.Contains(w, no) {
			return true
		}
	}
	return strings.Trim(w, " ") == ""
}

// says tells how days are read, and which cells decide it.
func (cal *calendar) says() string {
	var parts []string
	for _, order := range []workday.Order{workday.MonthFirst, workday.DayFirst} {
		var cells []string
		for _, c := range cal.columns {
			if e := c.decided[order]; len(e) > 0 {
				cells = append(cells, fmt.Sprintf("%s in line %d (%s)", e[0].cell, e[0].line, e[0].column))
			}
		}
		if len(cells) > 0 {
			parts = append(parts, orderName(order)+": decided by "+strings.Join(cells, ", "))
		}
	}
	for _, c := range cal.columns {
		if c.disorder {
			parts = append(parts, fmt.Sprintf("%s has days in both orders: what may be either is asked", c.name))
		}
	}
	if len(parts) == 0 && cal.anyFigures() {
		parts = append(parts, "nothing tells which of two figures is the month")
		if o := cal.given(); o != "" {
			parts[0] += "; " + orderName(o) + ", as answered"
		}
	}
	if cal.clock.name != "" {
		parts = append(parts, "moments in UTC, read as days in "+cal.clock.name)
	}
	return strings.Join(parts, "; ")
}

func (cal *calendar) anyFigures() bool {
	return slices.ContainsFunc(cal.columns, func(c columnDays) bool { return len(c.unclear) > 0 })
}

func (cal *calendar) given() workday.Order {
	for _, c := range cal.columns {
		if len(c.unclear) > 0 && c.order != "" {
			return c.order
		}
	}
	return ""
}

func orderName(o workday.Order) string {
	if o == workday.DayFirst {
		return "day first"
	}
	return "month first"
}

// asks tells what must be asked about days.
func (cal *calendar) asks(p *Plan) {
	for _, c := range cal.columns {
		if len(c.unclear) > 0 && (c.order == "" || c.disorder) {
			e := c.unclear[0]
			p.ask("dates", c.name, fmt.Sprintf("dates: is %s in line %d (%s) written month first or day first?", e.cell, e.line, e.column))
			break
		}
	}
	if cal.clock.proposed && !cal.sameEverywhere() {
		p.ask("timezone", "", "timezone: the file has moments in UTC; which zone's days are they? ("+newYork+" is assumed)")
	}
}

// sameEverywhere tells whether all moments are one day in all zones of the United States.
func (cal *calendar) sameEverywhere() bool {
	for _, name := range zones[1:] {
		zone, err := time.LoadLocation(name)
		if err != nil {
			return false
		}
		for _, c := range cal.columns {
			for _, m := range c.moments {
				if workday.DateOf(m.In(zone)) != workday.DateOf(m.In(cal.clock.zone)) {
					return false
				}
			}
		}
	}
	return true
}
