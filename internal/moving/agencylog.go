package moving

import (
	"strings"

	"foia/internal/lazy"
	"foia/internal/roster"
)

// fromWhom are headings of who asked, and for whom, as an agency writes them.
const (
	fromWhom = lazy.Pattern(`\b(requesters?|requestors?|applicants?)\b`)
	forWhom  = lazy.Pattern(`\b(requesters?|requestors?|applicants?)\b.*\b(organi[sz]ations?|company|affiliation|category|type)\b|` +
		`^(organi[sz]ation|company|affiliation)( name)?$`)
)

// mostAtDesk is how many people of a desk each have few requests.
const mostAtDesk = 5

// ofAgency refuses an agency’s own log of requests, which is public and looks like a tracker: it has from whom each came, of many
// or for their organizations, and the day the agency received it; nobody’s day of sending, and no column for the agency. To take
// it over would make requests of strangers one’s own. Whoever names the layout in the answers has looked.
func (rd *reader) ofAgency() error {
	if rd.answers.Layout != "" || rd.muck || find(rd.columns, onSent) != nil || find(rd.columns, isDay) != nil ||
		find(rd.columns, onReceived) == nil {
		return nil
	}
	whom, organization := -1, false
	for i := range rd.columns {
		c := &rd.columns[i]
		switch {
		case forWhom.RE().MatchString(c.words):
			organization = organization || rd.distinct(i) > 1
		case fromWhom.RE().MatchString(c.words) && c.cells == textCells:
			whom = i
		case c.Means == isAgency:
			return nil
		}
	}
	if whom < 0 || !organization && rd.distinct(whom) < max(mostAtDesk, len(rd.t.rows)/2) {
		return nil
	}
	return &roster.Fault{File: rd.t.name, Line: rd.t.reading.Heading,
		What: "it is an agency's own log: requests of many people, with the day it received each and none on which one was sent",
		Remedy: "keep the rows of your own requests alone, and add a column for the agency; or, if all are yours, say layout: columns " +
			"in the answers"}
}

// distinct is how many different texts a column has.
func (rd *reader) distinct(index int) int {
	seen := map[string]bool{}
	for _, one := range rd.t.rows {
		if cell := one.cells[index]; one.err == nil && !isEmpty(cell) {
			seen[strings.ToLower(cell)] = true
		}
	}
	return len(seen)
}
