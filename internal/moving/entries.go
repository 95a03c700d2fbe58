package moving

import (
	"fmt"
	"slices"
	"strings"

	"foia/internal/docket"
	"foia/internal/entered"
	"foia/internal/lazy"
	"foia/internal/workday"
)

// areEntries tells whether a row is what happened on a day, and not a request: there is one column of days that says no more,
// entries in prose, and several rows have one number or agency. sure: somebody said so.
func (rd *reader) areEntries(sure bool) bool {
	if rd.areKinds() {
		return true
	}
	day, prose := -1, -1
	for i := range rd.columns {
		switch c := &rd.columns[i]; {
		case c.Means == isDay:
			day = i
		case slices.Contains(dayMeans, c.Means) && c.cells == dayCells, c.Means == isStatus && c.rank == 1:
			if !sure {
				return false
			}
		case isEntry(c) && (prose < 0 || entryRank(c) < entryRank(&rd.columns[prose])):
			prose = i
		}
	}
	if day < 0 || prose < 0 {
		return false
	}
	read, filled, count := 0, 0, map[string]int{}
	repeated := false
	for _, one := range rd.t.rows {
		if one.err != nil || isEmpty(one.cells[prose]) {
			continue
		}
		filled++
		if len(proseEvents(one.cells[prose])) > 0 {
			read++
		}
		for i := range rd.columns {
			if m := rd.columns[i].Means; (m == isTracking || m == isKey || m == isAgency) && !isEmpty(one.cells[i]) {
				key := string(m) + one.cells[i]
				count[key]++
				repeated = repeated || count[key] > 1
			}
		}
	}
	if !sure && (!repeated || read*2 < filled) {
		return false
	}
	rd.columns[prose].Means, rd.columns[prose].Says = isProse, "what happened: its words become events, once confirmed"
	return true
}

// entryHeads are headings under which a tracker tells what happened, the surest first.
var entryHeads = []string{"summary", "what happened", "event", "action", "activity", "step", "entry", "communication", "correspondence",
	"contact", "description", "details", "notes"}

func entryRank(c *Column) int {
	for i, h := range entryHeads {
		if strings.Contains(c.words, h) {
			return i
		}
	}
	return len(entryHeads)
}

func isEntry(c *Column) bool { return c.cells == textCells && entryRank(c) < len(entryHeads) }

// proseEvents are the events that the words of an entry tell.
func proseEvents(text string) (out []Event) {
	flat := strings.ToLower(strings.ReplaceAll(entered.Line(text), "_", " "))
	for _, set := range proseRules() {
		for i := range set.Rules {
			r := &set.Rules[i]
			at := r.fits(flat)
			if at == nil {
				continue
			}
			for _, e := range r.gives {
				e.Data = copied(e.Data)
				r.fill(&e, flat, at)
				e.Read = text
				out = append(out, e)
			}
			break
		}
	}
	return out
}

// fill takes the numbers that a rule names.
func (r *wordRule) fill(e *Event, text string, at []int) {
	for i, name := range r.says.SubexpNames() {
		if name == "" || at[2*i] < 0 {
			continue
		}
		spec, _ := docket.SpecOf(e.Kind)
		if _, ok := spec.Detail(name); ok {
			e.set(name, strings.ReplaceAll(text[at[2*i]:at[2*i+1]], ",", ""))
		}
	}
}

// group is a request whose events are rows.
type group struct {
	req     Request
	id      string
	agency  string
	subject string
	has     map[docket.Kind]bool
}

// entries reads a table in which a row is an event.
func (rd *reader) entries() {
	rd.plan.GroupBy = "AGENCY"
	if c := find(rd.columns, isAgency); c != nil {
		rd.plan.GroupBy = c.Name
	}
	if c := rd.idColumn(); c != nil {
		rd.plan.GroupBy = c.Name + ", else " + rd.plan.GroupBy
	}
	rd.ownNumbers()
	var groups []*group
	for _, one := range rd.t.rows {
		r := &rowOf{reader: rd, row: one, days: map[Means]*workday.Date{}}
		void, is := checkMark(r.cell(isDeleted))
		switch {
		case one.err != nil:
			rd.plan.reject(one.line, one.err.Error())
			continue
		case one.hidden:
			rd.plan.leave(one.line, "the row is hidden, by hand or by a filter")
			continue
		case is && void, !is && r.cell(isDeleted) != "":
			rd.plan.leave(one.line, find(rd.columns, isDeleted).Name+": the row does not count")
			continue
		case rd.kinds && r.number() == "" && r.cell(isAgency) == "" && !rd.passed(one):
			rd.plan.reject(one.line, "neither a number nor an agency: of which request it tells is not said")
			continue
		}
		if rd.passed(one) {
			continue
		}
		if err := r.readDays(); err != nil {
			rd.plan.reject(one.line, err.Error())
			continue
		}
		events := r.entry()
		if rd.kinds {
			events = r.ofKind(events)
		}
		g, joined := rd.groupOf(groups, r, events)
		if g == nil {
			g = &group{has: map[docket.Kind]bool{}}
			groups = append(groups, g)
		}
		if !joined {
			g.named(r)
		}
		g.take(r, events, joined)
	}
	for _, g := range groups {
		if !rd.kinds {
			g.req.Notes = append(g.req.Notes, "every kind but the days is a reading of prose: each is shown and confirmed, else a note")
		}
		rd.plan.Requests = append(rd.plan.Requests, g.req)
	}
}

func (rd *reader) idColumn() *Column {
	if rd.id != nil {
		return rd.id
	}
	if c := find(rd.columns, isTracking); c != nil {
		return c
	}
	return find(rd.columns, isKey)
}

// ownNumbers finds out whether the numbers are the tracker's own: an agency gives none to what was just sent to it.
func (rd *reader) ownNumbers() {
	for _, one := range rd.t.rows {
		r := &rowOf{reader: rd, row: one}
		if one.err != nil || r.number() == "" {
			continue
		}
		for _, e := range proseEvents(r.cell(isProse)) {
			rd.own = rd.own || e.Kind == docket.Sent
		}
	}
}

// entry are the events of a row.
func (r *rowOf) entry() []Event {
	day := r.days[isDay]
	text := r.cell(isProse)
	events := proseEvents(text)
	if detail := r.cell(isDetail); detail != "" { // its words tell no kind if the entry does
		text = strings.Trim(text+": "+detail, ": ")
		if len(events) == 0 {
			events = proseEvents(text)
		}
	}
	for i := range events {
		e := &events[i]
		e.On = day
		switch e.Kind {
		case docket.Sent:
			if way := wayOf(text)["by"]; way != "" {
				e.set("by", way)
			}
		case docket.Acknowledged:
			if !r.own {
				e.set("tracking", entered.Line(r.number()))
			}
		case docket.Determination, docket.InterimRelease:
			outcomeOf(e, text)
		}
	}
	for _, beside := range []struct {
		m               Means
		granted, denied docket.Kind
	}{{isExpedited, docket.ExpeditedGranted, docket.ExpeditedDenied}, {isFeeWaiver, docket.FeeWaiverGranted, docket.FeeWaiverDenied}} {
		before := len(r.req.Events)
		r.asked(beside.m, beside.granted, beside.denied)
		for _, e := range r.req.Events[before:] {
			e.On, e.Read = day, find(r.columns, beside.m).Name+": "+r.cell(beside.m)
			if !slices.ContainsFunc(events, func(x Event) bool { return x.Kind == e.Kind }) {
				events = append(events, e)
			}
		}
		r.req.Events = r.req.Events[:before]
	}
	return events
}

func (r *rowOf) number() string {
	if r.id != nil {
		if cell := r.cells[r.id.index]; !isEmpty(cell) {
			return cell
		}
		return ""
	}
	if n := r.cell(isTracking); n != "" {
		return n
	}
	return r.cell(isKey)
}

// pagesReleased is a number of pages that is not one of pages withheld.
const pagesReleased = lazy.Pattern(`(?i)\b(\d{1,3}(?:,\d{3})+|\d{1,6}) (?:pp|pages?|pgs?)\b(?: (withheld|redacted|denied))?`)

// pagesIn is the number of pages that a text names, if it is one.
func pagesIn(text string) string {
	found := pagesReleased.RE().FindAllStringSubmatch(text, -1)
	if len(found) != 1 || found[0][2] != "" {
		return ""
	}
	return strings.ReplaceAll(found[0][1], ",", "")
}

// outcomeOf reads what an answer brought: pages with exemptions are a part, pages alone are all.
func outcomeOf(e *Event, text string) {
	e.set("pages", pagesIn(text))
	codes := exemptions(text)
	e.set("exemptions", codes)
	if e.Kind != docket.Determination || e.Data["outcome"] != "" {
		return
	}
	switch released := e.Data["pages"] != "" && e.Data["pages"] != "0"; {
	case released && codes != "":
		e.set("outcome", "partial")
	case codes != "":
		e.set("outcome", "denied")
	case released:
		e.set("outcome", "granted")
	}
}

// groupOf finds the request that a row belongs to. A row without a number belongs to the last request to its agency, unless
// it sends one; an appeal has a number and perhaps an office of its own. joined tells that it was found so.
func (rd *reader) groupOf(groups []*group, r *rowOf, events []Event) (found *group, joined bool) {
	id, agency, subject := r.number(), r.cell(isAgency), r.cell(isSubject)
	if id != "" {
		for _, g := range groups {
			if g.id == id {
				return g, false
			}
		}
	}
	sends := slices.ContainsFunc(events, func(e Event) bool { return e.Kind == docket.Sent })
	appeals := slices.ContainsFunc(events, func(e Event) bool {
		return e.Kind == docket.Appealed || e.Kind == docket.AppealReceived || e.Kind == docket.AppealDecided
	})
	for _, g := range slices.Backward(groups) {
		switch {
		case sends:
		case g.agency == agency && (subject == "" || g.subject == "" || g.subject == subject) && (id == "" || g.id == ""):
			if g.id == "" {
				g.id = id
			}
			return g, false
		case appeals && family(g.agency) == family(agency) && (g.has[docket.Determination] || g.agency == agency):
			return g, true
		}
	}
	if found == nil {
		return nil, false
	}
	return found, joined
}

// family is the agency before the name of an office of it: BEA – Appeals and BEA – Office of Policy are of one.
func family(agency string) string {
	for _, sign := range []string{" – ", " — ", " - ", ": ", ", ", " / "} {
		if name, _, ok := strings.Cut(agency, sign); ok {
			agency = name
		}
	}
	return words(agency)
}

// take adds a row to a request.
func (g *group) take(r *rowOf, events []Event, joined bool) {
	g.req.Lines = append(g.req.Lines, r.line)
	g.req.Rows = append(g.req.Rows, Original{Line: r.line, Cells: r.typed})
	if g.id == "" {
		g.id = r.number()
	}
	g.req.Key = g.id
	if joined {
		g.req.Notes = append(g.req.Notes, fmt.Sprintf("line %d has another agency or number: joined only if confirmed", r.line))
	}
	if len(events) == 0 {
		if text := r.cell(isProse); text != "" {
			g.req.Events = append(g.req.Events, Event{Kind: docket.Note, On: r.days[isDay], Data: map[string]string{"note": text}})
		}
	}
	for _, e := range events {
		g.has[e.Kind] = true
		g.req.Events = append(g.req.Events, e)
	}
	g.req.Notes = append(g.req.Notes, r.req.Notes...)
	for i := range r.columns {
		if c := &r.columns[i]; (c.Means == isNote || c.Means == isUnknown) && !isEmpty(r.cells[i]) {
			g.req.Notes = append(g.req.Notes, c.Name+": "+r.cells[i])
			g.req.Said = append(g.req.Said, c.Name+": "+r.cells[i])
		}
	}
}
