package moving

import (
	"slices"
	"strings"

	"foia/internal/lazy"
)

// totals begin a row that sums others up.
const totals = lazy.Pattern(`^(grand |sub)?(total|totals|sum|subtotal|average|avg|count|mean|median)\b`)

// passed tells whether a row is no request, and tells the plan of it. A record that only the program of the tracker has filled
// is left out: somebody made it and wrote nothing.
func (rd *reader) passed(one row) bool {
	switch why := rd.noRequest(one); why {
	case "":
		return false
	case unwritten:
		rd.plan.leave(one.line, why)
	default:
		rd.plan.ignore(one.line, why)
	}
	return true
}

const unwritten = "an empty record: nothing but what the program fills in, such as when it was made and changed"

// noRequest tells why a row is no request: it is a total, a heading, or a title between others.
func (rd *reader) noRequest(one row) string {
	filled, first, same, told := 0, "", 0, false
	dated, agency, saved := false, false, 0
	for i := range rd.columns {
		cell := one.cells[i]
		if isEmpty(cell) {
			continue
		}
		if filled++; first == "" && strings.Trim(cell, "0123456789.,$ ") != "" {
			first = cell
		}
		if strings.EqualFold(cell, rd.columns[i].Name) {
			same++
		}
		if rd.columns[i].Means == isIgnored && rd.columns[i].cells == dayCells {
			saved++
		}
		told = told || !rd.t.counts(&rd.columns[i], cell)
		dated = dated || slices.Contains(dayMeans, rd.columns[i].Means) && readDay(cell, rd.t.shows(i)).form != noDay
		agency = agency || rd.columns[i].Means == isAgency && !totals.RE().MatchString(heading(cell))
	}
	switch {
	case filled == 0:
		return "empty"
	case !told && saved > 1:
		return unwritten
	case !told:
		return "nothing but what the sheet counts"
	case same > 1 && same == filled:
		return "the headings once more"
	case !dated && !agency && totals.RE().MatchString(heading(first)):
		return "no day and no agency: a total"
	case filled == 1 && len(rd.columns) > 3 && !dated:
		return "one cell alone: a heading or a remark between the rows"
	}
	return ""
}

// isPart tells whether a row with a parent names nothing that a request of its own has.
func (r *rowOf) isPart() bool {
	if r.cell(isAgency) != "" || r.cell(isAgencyID) != "" || r.cell(isTracking) != "" {
		return false
	}
	return !slices.ContainsFunc(dayMeans, func(m Means) bool { return r.cell(m) != "" })
}

// counts tells whether a cell is there before anybody writes into its row: a running number, a formula, an unchecked box.
func (t *table) counts(c *Column, cell string) bool {
	set, is := checkMark(cell)
	return c.Means == isIgnored || c.Means == isDue || c.Means == isKey || is && !set || isNoDay(cell) || t.zeroMoney(cell)
}
