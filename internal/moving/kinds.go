package moving

import (
	"fmt"
	"slices"
	"strings"

	"foia/internal/docket"
	"foia/internal/entered"
	"foia/internal/lazy"
)

// areKinds tells whether rows are events, each with a word for its kind: one column of days that says no more, one of few short
// words of which most are kinds of events, and a number that several rows have.
func (rd *reader) areKinds() bool {
	id := rd.repeated()
	if find(rd.columns, isDay) == nil || id == nil {
		return false
	}
	for i := range rd.columns {
		if c := &rd.columns[i]; slices.Contains(dayMeans, c.Means) && c.Means != isDay && c.cells == dayCells {
			return false
		}
	}
	best, most := -1, 0
	for i := range rd.columns {
		c := &rd.columns[i]
		if c.cells != textCells || c.index == id.index || c.rank < 0 && c.Means != isProse ||
			!slices.Contains([]Means{isUnknown, isNote, isSubject, isDetail, isStatus, isBy, isTags, isProse}, c.Means) {
			continue
		}
		if n := rd.kindsIn(i); n > most {
			best, most = i, n
		}
	}
	if best < 0 {
		return false
	}
	rd.columns[best].Means, rd.columns[best].Says = isProse, "what happened: its words are kinds of events"
	rd.kinds, rd.id = true, id
	for i := range rd.columns {
		c := &rd.columns[i]
		switch {
		case c.index == id.index:
			c.Means, c.Says = isKey, "the number of the request: rows that have it are one request"
		case c.Means == isKey || c.Means == isTracking:
			c.Means, c.Says = isIgnored, "the number of the row: not used"
		case c.Means == isNote && c.rank >= 0 && detailHeads.RE().MatchString(c.words) && find(rd.columns, isDetail) == nil:
			c.Means, c.Says = isDetail, "more of what happened"
		}
	}
	return true
}

// detailHeads are headings of what is said of an event beside its kind.
const detailHeads = lazy.Pattern(`^(details?|remarks?|notes?|comments?|more|info|value)$`)

// repeated is the column of numbers that most rows share with another.
func (rd *reader) repeated() (best *Column) {
	most := 0
	for i := range rd.columns {
		c := &rd.columns[i]
		if c.Means != isKey && c.Means != isTracking {
			continue
		}
		count, filled, shared := map[string]int{}, 0, 0
		for _, one := range rd.t.rows {
			if one.err == nil && !isEmpty(one.cells[i]) {
				filled++
				count[one.cells[i]]++
			}
		}
		for _, n := range count {
			if n > 1 {
				shared += n
			}
		}
		if shared*2 > filled && filled*2 > len(rd.t.rows) && shared > most {
			best, most = c, shared
		}
	}
	return best
}

// manyKinds is how many words for kinds a desk has at most, however few its rows are.
const manyKinds = 20

// kindsIn is how many cells of a column are words for kinds of events; 0: they are not most, or each is another.
func (rd *reader) kindsIn(index int) (known int) {
	filled, seen := 0, map[string]bool{}
	for _, one := range rd.t.rows[:min(len(rd.t.rows), sampled)] {
		cell := one.cells[index]
		if one.err != nil || isEmpty(cell) {
			continue
		}
		filled++
		seen[words(cell)] = true
		if len(strings.Fields(cell)) <= mostWords && len(kindsOf(cell)) > 0 {
			known++
		}
	}
	if known*10 < filled*6 || len(seen) > max(manyKinds, filled/4) || filled*2 < len(rd.t.rows) {
		return 0
	}
	return known
}

// kindsOf are the events that a word for a kind tells; where it is none of an entry's it is read as a status is.
func kindsOf(cell string) []Event {
	if out := proseEvents(cell); len(out) > 0 {
		return out
	}
	told := tell(cell)
	switch {
	case told.ended && len(told.events) == 0:
		e := Event{Kind: docket.Closed}
		e.set("reason", told.reason)
		return []Event{e}
	case told.fees:
		return []Event{{Kind: docket.FeeNotice}}
	case told.court:
		return []Event{{Kind: docket.SuitFiled}}
	}
	return told.events
}

// reference is what an agency’s number looks like: one word or two, with a figure.
const reference = lazy.Pattern(`^\S*\d\S*( \S+)?$|^\S+ \S*\d\S*$`)

// ofKind are the events of a row whose kind stands there as a word, which is no prose; what stands beside tells more of each.
func (r *rowOf) ofKind(events []Event) []Event {
	word, detail := r.cell(isProse), entered.Line(r.cell(isDetail))
	if len(strings.Fields(word)) > mostWords {
		return events
	}
	if len(events) == 0 {
		for _, e := range kindsOf(word) {
			e.On, e.Data = r.days[isDay], copied(e.Data)
			events = append(events, e)
		}
	}
	if len(events) == 0 {
		r.note(fmt.Sprintf("“%s” is not understood: kept as a note", word))
	}
	for i := range events {
		e := &events[i]
		e.Read = ""
		e.takes(proseEvents(word+": "+detail), "outcome", "answer", "reason")
		switch days := daysIn(detail); {
		case e.Kind == docket.Acknowledged && e.Data["tracking"] == "" && len(days) == 0 && reference.RE().MatchString(detail):
			e.set("tracking", detail)
		case e.Kind == docket.Extended && len(days) == 1:
			if until := r.whenSaid(days[0]); until != nil {
				e.set("until", until.String())
			}
		case e.Kind == docket.FeeNotice && e.Data["amount"] == "":
			e.set("amount", r.t.money(detail))
		}
	}
	return slices.DeleteFunc(events, func(e Event) bool { return e.Kind == docket.FeeNotice && e.Data["amount"] == "" })
}

// takes sets details that it lacks to those of an event of its kind.
func (e *Event) takes(from []Event, names ...string) {
	for _, other := range from {
		for _, name := range names {
			if other.Kind == e.Kind && e.Data[name] == "" {
				e.set(name, other.Data[name])
			}
		}
	}
}

// named takes what a row says of the request itself, if no row has said it yet. Two that differ are asked.
func (g *group) named(r *rowOf) {
	agency, subject := r.cell(isAgency), r.cell(isSubject)
	for _, one := range []struct {
		what, had, has string
	}{{"agency", g.agency, agency}, {"subject", g.subject, subject}} {
		if one.had != "" && one.has != "" && r.kinds && words(one.had) != words(one.has) {
			r.plan.ask(one.what, one.has, fmt.Sprintf("%s: line %d says “%s” of %s, an earlier one “%s”",
				one.what, r.line, one.has, g.id, one.had))
		}
	}
	if len(g.req.Lines) > 0 && (!r.kinds || g.agency != "" && g.subject != "") {
		return
	}
	r.who()
	if g.agency == "" {
		g.agency, g.req.Agency = agency, r.req.Agency
	}
	if g.req.Law == nil {
		g.req.Law = r.req.Law
	}
	if len(g.req.Tags) == 0 {
		g.req.Tags = r.req.Tags
	}
	if person := find(r.columns, isPerson); g.req.Owner+g.req.Assigned == "" && (person == nil || !r.kinds || person.words != "by") {
		g.req.Owner, g.req.Assigned = r.req.Owner, r.req.Assigned
	}
	if g.subject == "" && find(r.columns, isSubject) != nil {
		g.subject = subject
		line := entered.Line(subject)
		g.req.Subject = &line
	}
}
