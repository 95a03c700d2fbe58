package docket

import (
	"slices"
	"strings"
	"time"
)

// aPlace is a law as its text was read by hand: its times and days off, typed in here, and
// nothing from the program's own data.
type aPlace struct {
	law, what string // what is due
	days      int
	calendar  bool   // days of the calendar, not working days
	roll      bool   // the last day moves from a day off
	more      int    // that a notice may add at most; 0: the law gives no number
	moreDays  bool   // those are days of the calendar
	email     int    // working days after which an e-mail counts as received
	mail      int    // the same of what was mailed
	from      Kind   // the event from which it runs, if not from receipt
	fees      string // what a notice of fees does: pauses; empty: nothing was read
	answers   bool   // a question is an answer: RCW 42.56.520(1)
	surely    bool   // the office is late on a known day even after a question of which nothing was read
	off       string // holidays, as dates
	maybe     string // days on which offices there may be closed besides
	unknown   bool   // the program does not know these holidays, and says so
}

// The holidays are typed date by date from the list or statute named; where it gives rules
// such as the third Monday of January, the date was worked out by hand.
// All were read on 2026-11-28.
var oraclePlaces = []aPlace{
	// Tex. Gov't Code §§ 552.301(b), (a-1); holidays: § 662.003(a), (b) (codes.findlaw.com, 2021-04-14); hr.sao.texas.gov/Holidays:
	// those on a weekend are not kept on another day. maybe: § 662.003(c) optional holidays
	// (us-public-holidays.com/texas/2025) and the Friday before or the Monday after a holiday on a weekend, § 552.0031.
	{law: "us-tx", what: DueResponse, days: 10, mail: 3,
		off: `2025-01-01 2025-01-20 2025-02-17 2025-04-21 2025-05-26 2025-06-19 2025-07-04 2025-08-27 2025-09-01 2025-11-11 2025-11-27
			2025-11-28 2025-12-24 2025-12-25 2025-12-26 2026-01-01 2026-01-19 2026-02-16 2026-03-02 2026-04-21 2026-05-25 2026-06-19
			2026-08-27 2026-09-07 2026-11-11 2026-11-26 2026-11-27 2026-12-24 2026-12-25 2027-01-01 2027-01-18 2027-01-19`,
		maybe: "2025-04-18 2025-09-23 2025-09-24 2025-10-02 2026-04-03 2026-07-03 2026-07-06 2026-09-21"},
	// Cal. Gov. Code §§ 7922.535(a), (b), 6800; holidays: calhr.ca.gov, State Holidays (names and rules for weekends; the list of
	// 2014). maybe: those of § 6700 on which state offices are open (legalfina.com).
	{law: "us-ca", what: DueDetermination, days: 10, calendar: true, roll: true, more: 14, moreDays: true, surely: true,
		off: `2025-01-01 2025-01-20 2025-02-17 2025-03-31 2025-05-26 2025-07-04 2025-09-01 2025-11-11 2025-11-27 2025-11-28 2025-12-25
			2026-01-01 2026-01-19 2026-02-16 2026-03-31 2026-05-25 2026-09-07 2026-11-11 2026-11-26 2026-11-27 2026-12-25 2027-01-01
			2027-01-18`,
		maybe: `2025-02-12 2025-04-24 2025-06-19 2025-09-09 2025-09-26 2025-10-13 2026-02-12 2026-04-24 2026-06-19 2026-09-09 2026-09-25
			2026-10-12`},
	// N.Y. Pub. Off. Law § 89(3)(a); holidays: N.Y. Gen. Constr. Law § 24 (ny.elaws.us), with Juneteenth from 4 NYCRR 21.1
	// (regulations.justia.com, 2024-09-25); their dates in 2025 and 2026: news.infogalactic.com, New York State government
	// holidays, and delhi.edu, Holiday Schedule for State Employees (2025).
	{law: "us-ny", what: DueAcknowledgment, days: 5, off: newYorkDays},
	{law: "us-ny", what: DueDetermination, days: 20, from: Acknowledged, surely: true, off: newYorkDays},
	// 5 ILCS 140/3(d), (e); holidays: Ill. Admin. Code tit. 80, § 303.190 (casetext.com); www2.illinois.gov/cms, State Holidays:
	// July 4 on a Saturday is kept on July 3, and the day after Thanksgiving is on the lists of 2019 and 2020.
	{law: "us-il", what: DueResponse, days: 5, more: 5,
		off: `2025-01-01 2025-01-20 2025-02-12 2025-02-17 2025-05-26 2025-06-19 2025-07-04 2025-09-01 2025-10-13 2025-11-11 2025-11-27
			2025-11-28 2025-12-25 2026-01-01 2026-01-19 2026-02-12 2026-02-16 2026-05-25 2026-06-19 2026-07-03 2026-09-07 2026-10-12
			2026-11-03 2026-11-11 2026-11-26 2026-11-27 2026-12-25 2027-01-01 2027-01-18`},
	// 65 P.S. §§ 67.901, 67.902(b); holidays: blr.com, Holidays in Pennsylvania (of state employees, and 44 P.S. § 11 for those
	// that are only maybe), hyring.com for 2026; neither is official. maybe: what only one of them has.
	{law: "us-pa", what: DueDetermination, days: 5, more: 30, moreDays: true, surely: true,
		off: `2025-01-01 2025-01-20 2025-02-17 2025-05-26 2025-07-04 2025-09-01 2025-10-13 2025-11-11 2025-11-27 2025-11-28 2025-12-25
			2026-01-01 2026-01-19 2026-02-16 2026-05-25 2026-09-07 2026-10-12 2026-11-11 2026-11-26 2026-11-27 2026-12-25
			2027-01-01 2027-01-18`,
		maybe: "2025-04-18 2025-06-19 2025-11-04 2026-04-03 2026-06-19 2026-07-03 2026-11-03"},
	// MCL 15.235(1), (2); holidays: MCL 435.101 (lawserver.com, with Juneteenth). maybe: Lincoln’s Birthday and Columbus Day,
	// which are holidays in name; the day after Thanksgiving and December 24 (employmentlawhandbook.com), election day in even years.
	{law: "us-mi", what: DueResponse, days: 5, more: 10, email: 1,
		off: `2025-01-01 2025-01-20 2025-02-17 2025-05-26 2025-06-19 2025-07-04 2025-09-01 2025-11-11 2025-11-27 2025-12-25
			2026-01-01 2026-01-19 2026-02-16 2026-05-25 2026-06-19 2026-09-07 2026-11-11 2026-11-26 2026-12-25 2027-01-01 2027-01-18`,
		maybe: "2025-02-12 2025-10-13 2025-11-28 2025-12-24 2025-12-31 2026-02-12 2026-10-12 2026-11-03 2026-11-27 2026-12-24 2026-12-31"},
	// 950 CMR 32.06(2)(b); holidays: M.G.L. c. 4, § 7, cl. 18 as mass.gov lists it (2015 and 2016: none is kept on the Friday
	// before a Saturday), with Juneteenth; their dates in 2026: calendarlabs.com.
	{law: "us-ma", what: DueResponse, days: 10,
		off: `2025-01-01 2025-01-20 2025-02-17 2025-04-21 2025-05-26 2025-06-19 2025-07-04 2025-09-01 2025-10-13 2025-11-11 2025-11-27
			2025-12-25 2026-01-01 2026-01-19 2026-02-16 2026-04-20 2026-05-25 2026-06-19 2026-09-07 2026-10-12 2026-11-11 2026-11-26
			2026-12-25 2027-01-01 2027-01-18`},
	// RCW 42.56.520(1); holidays: WAC 357-31-005 (apps.leg.wa.gov, in force 2021-10-01), RCW 1.16.050.
	{law: "us-wa", what: DueResponse, days: 5, answers: true,
		off: `2025-01-01 2025-01-20 2025-02-17 2025-05-26 2025-06-19 2025-07-04 2025-09-01 2025-11-11 2025-11-27 2025-11-28 2025-12-25
			2026-01-01 2026-01-19 2026-02-16 2026-05-25 2026-06-19 2026-07-03 2026-09-07 2026-11-11 2026-11-26 2026-11-27 2026-12-25
			2027-01-01 2027-01-18`},
	// Va. Code §§ 2.2-3704(B), (F), 2.2-3300 (law.lis.virginia.gov); the dates of 2025: web.culpepercounty.gov/node/8226, after the
	// Commonwealth's own calendar. maybe: the time that the governor gave besides.
	{law: "us-va", what: DueResponse, days: 5, more: 7, fees: "pauses",
		off: `2025-01-01 2025-01-20 2025-02-17 2025-05-26 2025-06-19 2025-07-04 2025-09-01 2025-10-13 2025-11-04 2025-11-11 2025-11-27
			2025-11-28 2025-12-25 2026-01-01 2026-01-19 2026-02-16 2026-05-25 2026-06-19 2026-07-03 2026-09-07 2026-10-12 2026-11-03
			2026-11-11 2026-11-26 2026-11-27 2026-12-25 2027-01-01 2027-01-18`,
		maybe: "2025-12-26"},
	// FOI Act 2000 s. 10(1), (2), (6); holidays: alphagov/frontend, lib/data/bank-holidays.json at cb2a016d (2026-08-21), its three
	// divisions together.
	{law: "gb", what: DueResponse, days: 20, fees: "pauses",
		off: `2025-01-01 2025-01-02 2025-03-17 2025-04-18 2025-04-21 2025-05-05 2025-05-26 2025-07-14 2025-08-04 2025-08-25 2025-12-01
			2025-12-25 2025-12-26 2026-01-01 2026-01-02 2026-03-17 2026-04-03 2026-04-06 2026-05-04 2026-05-25 2026-06-15 2026-07-13
			2026-08-03 2026-08-31 2026-11-30 2026-12-25 2026-12-28 2027-01-01 2027-01-04`},
}

const newYorkDays = `2025-01-01 2025-01-20 2025-02-12 2025-02-17 2025-05-26 2025-06-19 2025-07-04 2025-09-01 2025-10-13 2025-11-04
	2025-11-11 2025-11-27 2025-12-25 2026-01-01 2026-01-19 2026-02-12 2026-02-16 2026-05-25 2026-06-19 2026-09-07 2026-10-12 2026-11-03
	2026-11-11 2026-11-26 2026-12-25 2027-01-01 2027-01-18`

// aCount is a plain count: where it ends, and what it left out.
type aCount struct {
	place   aPlace
	off     []string
	from    string
	to      string
	pause   [2]string // neither of these days nor one between them counts
	skipped []string
}

// step is the day so many days after another.
func step(day string, days int) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		panic(err)
	}
	return t.AddDate(0, 0, days).Format(time.DateOnly)
}

func (c *aCount) why(day string) string {
	t, _ := time.Parse(time.DateOnly, day) // step made it
	switch {
	case t.Weekday() == time.Saturday, t.Weekday() == time.Sunday:
		return t.Weekday().String()
	case slices.Contains(c.off, day):
		return "holiday"
	}
	return ""
}

func (c *aCount) stands(day string) bool {
	return c.pause[0] != "" && day >= c.pause[0] && (c.pause[1] == "" || day <= c.pause[1])
}

// next is the day itself, or the first after it on which the office is open.
func (c *aCount) next(day string) string {
	for ; c.why(day) != ""; day = step(day, 1) {
		c.skipped = append(c.skipped, day+" "+c.why(day))
	}
	return day
}

// run counts so many days after a day.
func (c *aCount) run(from string, days int, calendar bool) string {
	day := from
	for days > 0 {
		day = step(day, 1)
		why := c.why(day)
		if calendar {
			why = ""
		}
		if c.stands(day) {
			why = "the clock stood still"
		}
		if why == "" {
			days--
		} else {
			c.skipped = append(c.skipped, day+" "+why)
		}
	}
	return day
}

// end is the last day of the time with so many days more.
func (c *aCount) end(adds int) string {
	p := c.place
	c.skipped = nil
	from := c.from
	if !p.calendar {
		from = c.next(from) // what comes in on a day off came in on the next day of work
	}
	switch {
	case adds == 0 || p.calendar == p.moreDays:
		c.to = c.run(from, p.days+adds, p.calendar)
	default:
		c.to = c.run(c.run(from, p.days, p.calendar), adds, p.moreDays)
	}
	if p.roll {
		c.to = c.next(c.to)
	}
	return c.to
}

// between is how many of its days lie after one day up to another, as a notice adds them.
func (c *aCount) between(from, to string) int {
	n := 0
	for day := step(from, 1); day <= to; day = step(day, 1) {
		if c.place.moreDays || c.why(day) == "" {
			n++
		}
	}
	return n
}

// counted are the days off that the program is to leave out.
func (p aPlace) counted() []string {
	if p.unknown {
		return nil
	}
	return strings.Fields(p.off)
}

// all are the days on which the office may be closed.
func (p aPlace) all() []string { return strings.Fields(p.off + " " + p.maybe) }

// plainly counts without pause or notice.
func (c *aCount) plainly() string {
	c.pause = [2]string{}
	return c.end(0)
}
