package moving

import (
	"fmt"
	"slices"

	"foia/internal/lazy"
	"foia/internal/workday"
)

// “FOIA” is the name of acts of several countries and states. Where a file has what another's has, it is asked, and not taken
// for that of the United States.

// reviewer is a heading of what the Act of the United States does not have under that name.
const reviewer = lazy.Pattern(`\b(ico|foisa|eirs?|internal reviews?)\b|` +
	`^ir (sent|asked|requested|reply|response|answer|decision|result|outcome)\b`)

// otherActs are acts beside “FOIA” that have nothing to do with the United States.
const otherActs = lazy.Pattern(`^(eirs?|foisa|eisrs?)\b`)

// otherOffices are words for offices that the government of the United States hardly has.
const otherOffices = lazy.Pattern(`\b(ministry|ministries|nhs|council|trust|constabulary)\b`)

// fromAbroad is what tells that “FOIA” in the file may be the act of another country; empty: nothing does.
func (rd *reader) fromAbroad() string {
	if rd.muck {
		return ""
	}
	order := rd.cal.fileOrder()
	if order == workday.DayFirst || order == "" && rd.answers.Dates == workday.DayFirst {
		return "its days are written day first"
	}
	for _, head := range rd.t.heads {
		if reviewer.RE().MatchString(words(head)) {
			return fmt.Sprintf("it has a column “%s”", head)
		}
	}
	if cell := rd.firstOf(isLaw, otherActs); cell != "" {
		return fmt.Sprintf("it names “%s”", cell)
	}
	if order == workday.MonthFirst {
		return ""
	}
	if cell := rd.firstOf(isAgency, otherOffices); cell != "" {
		return fmt.Sprintf("it names “%s”", cell)
	}
	return ""
}

// firstOf is the first cell of a meaning that fits.
func (rd *reader) firstOf(m Means, fits lazy.Pattern) string {
	c := find(rd.columns, m)
	if c == nil {
		return ""
	}
	i := slices.IndexFunc(rd.t.rows, func(one row) bool { return one.err == nil && fits.RE().MatchString(words(one.cells[c.index])) })
	if i < 0 {
		return ""
	}
	return rd.t.rows[i].cells[c.index]
}

// ofAnother is what tells that “FOIA” may not be the Act of the United States here: something of the file, or the place of
// the row.
func (r *rowOf) ofAnother(place string) string {
	if r.abroad != "" {
		return r.abroad
	}
	if place != "" && lawOfPlace(place, r.laws) != federal && !slices.Contains(levels, words(place)) {
		return fmt.Sprintf("the place is “%s”", place)
	}
	return ""
}

// whoseAct asks which act “FOIA” is.
func (r *rowOf) whoseAct(why string) {
	named := r.cell(isLaw)
	r.note(fmt.Sprintf("law “%s”: may be the act of another country or of a state: asks", named))
	if r.plan.whose == "" {
		r.plan.whose = fmt.Sprintf("law: “%s” may be the act of another country or of a state (%s)", named, why)
	}
}
