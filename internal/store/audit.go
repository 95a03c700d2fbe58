package store

import (
	"fmt"
	"strconv"
	"strings"

	"foia/internal/docket"
)

// audit goes through the rows of a log, requests first, and notes what is not
// as it was written. It knows nothing of the database behind them.
type audit struct {
	faults   []Fault
	requests map[string]string // id → SHA-256 of what stands there as frozen
	order    []string          // the ids as they came
	year     int               // of the request before
	number   int               // of the request before
	last     map[string]tip    // by request
	n        int               // of the event before
	partial  bool              // not every row could be read: say nothing of what was not seen

	lostRequests, lostEvents []Fault // gaps, unless they are what the caller may not see
}

// tip is the last event of a request that was seen.
type tip struct {
	seq  int
	hash string
}

func newAudit() *audit {
	return &audit{requests: map[string]string{}, last: map[string]tip{}}
}

func (a *audit) fault(request string, event int, format string, args ...any) {
	a.faults = append(a.faults, Fault{Request: request, Event: event, Kind: InLog, What: fmt.Sprintf(format, args...)})
}

// request checks one request. They come in the order of year and number.
func (a *audit) request(row requestRow) {
	if row.Year != a.year {
		a.year, a.number = row.Year, 0
	}
	if row.Number > a.number+1 {
		a.lostRequests = append(a.lostRequests,
			Fault{Kind: InLog, What: missing("", a.number+1, row.Number-1, "", func(n int) string { return FormatID(row.Year, n) })})
	}
	a.number = row.Number
	sum := digest(row.Frozen)
	a.requests[row.ID] = sum
	a.order = append(a.order, row.ID)
	if sum != row.SHA256 {
		a.fault(row.ID, 0, "the frozen request was changed: its SHA-256 is %s…; the log has %s…", short(sum), short(row.SHA256))
	}
	r, err := row.request()
	if err != nil {
		a.fault(row.ID, 0, "%s", detail(err))
		return
	}
	if names := row.differences(r); len(names) > 0 {
		a.fault(row.ID, 0, "the log's columns differ from what was frozen: %s", strings.Join(names, ", "))
	}
}

// event checks one event. They come in the order of entry.
func (a *audit) event(row eventRow) {
	if row.N != a.n+1 {
		a.lostEvents = append(a.lostEvents, Fault{Kind: InLog, What: missing("entry ", a.n+1, row.N-1, " of the log", strconv.Itoa)})
	}
	a.n = row.N
	frozen, known := a.requests[row.Request]
	before := a.last[row.Request]
	a.last[row.Request] = tip{row.Seq, row.Hash}
	switch {
	case !known && before.seq == 0 && !a.partial:
		a.fault(row.Request, row.Seq, "the log has events of this request but not the request")
	case row.Seq > before.seq+1:
		a.fault(row.Request, row.Seq, "%s", missing("event ", before.seq+1, row.Seq-1, " before it", strconv.Itoa))
	case row.Seq <= before.seq:
		a.fault(row.Request, row.Seq, "it comes after event %d: the order was changed", before.seq)
	case row.Prev != before.hash:
		a.fault(row.Request, row.Seq, "its link to the event before it is broken")
	}
	e, err := row.intact()
	if err != nil {
		a.fault(row.Request, row.Seq, "%s", detail(err))
		return
	}
	if row.Seq == 1 && known {
		a.firstEvent(e, frozen)
	}
}

// firstEvent compares what was frozen with the digest that the first event
// holds: the request's own column could have been changed along with it.
func (a *audit) firstEvent(e docket.Event, frozen string) {
	if held := e.Data[digestKey]; held != frozen {
		a.fault(e.Request, e.Seq, "the frozen request does not match this event: SHA-256 %s…; the event has %s…", short(frozen),
			short(held))
	}
}

// finish looks for what is not there at all. written is the number of events
// that were ever written; all counts what is there, if some of it cannot be seen.
func (a *audit) finish(written int, all *totals) {
	last := a.n
	if all != nil {
		last = all.last
	}
	if all == nil || all.numbers != all.requests {
		a.faults = append(a.faults, a.lostRequests...)
	}
	if all == nil || all.events != written {
		a.faults = append(a.faults, a.lostEvents...)
	}
	for _, id := range a.order {
		if a.last[id].seq == 0 {
			a.fault(id, 0, "it has no events: each request begins with one")
		}
	}
	switch {
	case written != last:
		a.fault("", 0, "%d events were written; the last one left is number %d", written, last)
	case all != nil && all.events != written:
		a.fault("", 0, "%d events were written; %d are left", written, all.events)
	}
	if all != nil && all.numbers != all.requests {
		a.fault("", 0, "%d requests were made; %d are left", all.numbers, all.requests)
	}
}

// missing names one thing that is not there, or the first and last of several:
// "event 2 before it is missing".
func missing(what string, from, to int, where string, name func(int) string) string {
	if from >= to {
		return what + name(from) + where + " is missing"
	}
	return what + name(from) + " to " + name(to) + where + " are missing"
}

// short is the part of a hash that a person compares.
func short(hash string) string { return hash[:min(len(hash), 12)] }
