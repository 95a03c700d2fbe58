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

// MuckRock's export (muckrock/foia/tasks.py, class ExportCsv, read at commit 95ff265 of August 20, 2026) and the fields of
// its API (MuckRock/API-examples, export_foia.py): the heading in words → what it means.
var muckrockColumns = map[string]Means{
	"user": isPerson, "username": isPerson, "title": isSubject, "status": isStatus, "url": isURL, "absolute url": isURL,
	"jurisdiction": isJurisdiction, "jurisdiction id": isIgnored, "jurisdiction level": isLevel, "jurisdiction state": isState,
	"agency": isAgency, "agency name": isAgency, "agency id": isAgencyID, "agency zip code": isZIP, "followup date": isDue,
	"date followup":             isDue,
	"estimated completion date": "estimate", "date estimate": "estimate", "requested documents": isDetail, "requested docs": isDetail,
	"tracking number": isTracking, "tracking id": isTracking, "embargo": isPrivate, "embargo status": isPrivate,
	"id": "number", "slug": isIgnored, "description": isDetail, "days until due": isIgnored, "date embargo": isIgnored,
	"permanent embargo":    isIgnored,
	"days since submitted": isIgnored, "days since updated": isIgnored, "projects": "projects", "tags": isTags, "price": isCost,
	"date submitted": onSent, "datetime submitted": onSent, "date due": isDue, "date done": onClosed, "datetime done": onClosed,
}

// isMuckRock tells whether headings are those of MuckRock. Many of them are those of any tracker: one at least must be its own.
func isMuckRock(heads []string) bool {
	known := 0
	has := map[string]bool{}
	for _, h := range heads {
		w := words(h)
		has[w] = true
		if _, ok := muckrockColumns[w]; ok {
			known++
		}
	}
	submitted := has["date submitted"] || has["datetime submitted"]
	own := has["embargo"] || has["embargo status"] || has["jurisdiction id"] || has["absolute url"] || has["days until due"] ||
		has["jurisdiction level"] && has["jurisdiction state"]
	return own && known >= 8 && has["title"] && has["status"] && submitted
}

// muckrockWords says what each of MuckRock's thirteen statuses tells besides that the request was sent, by the word and by
// the code of the API (FOIARequest.status).
var muckrockWords = map[string]string{
	"processing": "draft", "submitted": "draft", "started": "draft",
	"awaiting acknowledgement": "", "ack": "", "awaiting response": "", "processed": "",
	"awaiting appeal": "determination; appealed", "appealing": "determination; appealed",
	"fix required": "deficiency-notice", "fix": "deficiency-notice",
	"payment required": "fees", "payment": "fees", "in litigation": "court", "lawsuit": "court",
	"rejected": "determination outcome=denied", "no responsive documents": "determination outcome=no-records",
	"no docs": "determination outcome=no-records", "completed": "determination outcome=granted", "done": "determination outcome=granted",
	"partially completed": "determination outcome=partial", "partial": "determination outcome=partial",
	"withdrawn": "closed reason=withdrawn", "abandoned": "closed reason=withdrawn", "consolidated": "closed reason=consolidated",
}

// muckrockNumber is the number at the end of the address of a request.
const muckrockNumber = lazy.Pattern(`-(\d+)/?(?:[?#].*)?$`)

// sameNumber leaves out a row whose request an earlier row has.
func (rd *reader) sameNumber(one row, seen map[string]int) bool {
	id, column := (&rowOf{reader: rd, row: one}).muckrockID()
	if id == "" || one.err != nil {
		return false
	}
	line, twice := seen[id]
	if !twice {
		seen[id] = one.line
		return false
	}
	rd.plan.leave(one.line, fmt.Sprintf("the request of line %d once more (MuckRock %s)", line, id))
	rd.plan.Duplicates = append(rd.plan.Duplicates, Duplicate{Column: column, Value: id,
		Lines: []int{line, one.line},
		Means: "one request, in two rows: the first is taken"})
	return true
}

// muckrockID is the number that MuckRock gives a request, and the column that has it.
func (r *rowOf) muckrockID() (id, column string) {
	if m := muckrockNumber.RE().FindStringSubmatch(r.cell(isURL)); m != nil {
		return m[1], find(r.columns, isURL).Name
	}
	if id = r.cell("number"); id != "" {
		return id, find(r.columns, "number").Name
	}
	return "", ""
}

// muckrock makes a request of a row of MuckRock's.
func (rd *reader) muckrock(one row) {
	before := len(rd.plan.Requests)
	rd.request(one)
	if len(rd.plan.Requests) == before {
		return
	}
	q := &rd.plan.Requests[before]
	r := &rowOf{reader: rd, row: one}
	if id, _ := r.muckrockID(); id != "" {
		q.External = &External{"muckrock", id}
		q.Key = "muckrock " + id
	}
	q.Person, q.Assigned = q.Assigned, ""
	q.Tags = nil
	for _, column := range []Means{isTags, "projects"} {
		q.Tags = appendTags(q.Tags, r.cell(column), ",")
	}
	if q.Events == nil {
		q.Events = []Event{}
	}
	for i := range q.Events {
		e := &q.Events[i]
		if e.Kind == docket.Sent && r.cell(isURL) != "" {
			e.set("proof", "MuckRock "+r.cell(isURL))
		}
	}
	if d, err := workday.ReadDate(r.cell("estimate")); err == nil && len(q.Events) > 0 {
		estimate := Event{Kind: docket.Estimated, Data: map[string]string{"until": d.String()}}
		at := slices.IndexFunc(q.Events, func(e Event) bool { return e.Kind != docket.Sent && e.Kind != docket.Acknowledged })
		if at < 0 {
			at = len(q.Events)
		}
		q.Events = slices.Insert(q.Events, at, estimate)
	}
	if len(q.Events) == 0 {
		q.Notes = append(q.Notes, "Processing: MuckRock has it, the agency does not; Date Submitted is the day it was given to MuckRock")
	}
}

// muckrockStatus is what a status of MuckRock's tells.
func muckrockStatus(status string) (told, bool) {
	text, ok := muckrockWords[words(status)]
	var out told
	if !ok {
		return out, false
	}
	for _, part := range strings.Split(text, ";") {
		switch part = strings.TrimSpace(part); part {
		case "":
		case "draft":
			out.draft = true
		case "fees":
			out.fees = true
		case "court":
			out.court = true
		default:
			e, err := ReadEvent(part)
			if err != nil {
				panic(err) // it is in the program
			}
			if e.Kind == docket.Closed {
				out.ended, out.reason = true, e.Data["reason"]
				continue
			}
			out.events = append(out.events, e)
		}
	}
	return out, true
}

// ofMuckRock gives columns the meaning they have there. A column that somebody added is kept as a note; an agency that is a number,
// as in the API, is its number.
func (t *table) ofMuckRock(columns []Column) {
	for i := range columns {
		c := &columns[i]
		switch m, ok := muckrockColumns[c.words]; {
		case ok && m == isAgency && t.every(c.index, isNumber):
			c.Means, c.Says = isAgencyID, saysOf(isAgencyID)
		case ok:
			c.Means, c.Says = m, muckrockSays(m, c.Says)
		case c.Means == isNote || c.Means == isUnknown && !staffOnly.RE().MatchString(c.words):
		default:
			c.Means, c.Says = isIgnored, "not used"
		}
	}
}

// staffOnly are columns that MuckRock's own people get: addresses and days of communications.
const staffOnly = lazy.Pattern(`\b(email|emails|fax|address|addresses|communication|communications|portal)\b`)

func isNumber(cell string) bool { return strings.Trim(cell, "0123456789") == "" }

func muckrockSays(m Means, otherwise string) string {
	switch m {
	case isJurisdiction:
		return "whose agency it is"
	case "estimate":
		return "the agency's estimate; the day it gave it is not in the file"
	case "projects":
		return "tags"
	case isDue:
		return "MuckRock's own count: never an event; foia counts anew"
	case isPerson:
		return "the account at MuckRock"
	case onSent:
		return "the request was sent: a moment in UTC, read as New York's day"
	case onClosed:
		return "the request was answered or closed: a moment in UTC, read as New York's day"
	case isIgnored:
		return "not used"
	case isURL:
		return "the key by which a request is found again"
	}
	if says := saysOf(m); says != string(m) {
		return says
	}
	return entered.Line(otherwise)
}
