// Package store keeps the tracking log on disk. Log is the one interface that
// the rest of foia sees; which database stands behind it is known only here.
package store

import (
	"context"
	"io"

	"foia/internal/docket"
	"foia/internal/workday"
)

// Log is the tracking log: requests as they were frozen, and their events.
// A request or event, once written, is never changed or removed.
type Log interface {
	// Write runs f in one transaction that holds the log's write lock, and
	// commits if f returns nil. On an error nothing of it remains.
	Write(ctx context.Context, f func(Tx) error) error

	// Requests returns every request, in the order of their ids.
	Requests(ctx context.Context) ([]docket.Request, error)

	// IDs returns the id of every request, in order.
	IDs(ctx context.Context) ([]string, error)

	// Fingerprints hands over the fingerprint of every request that has one, in no
	// order: what a batch would make is compared with what is there.
	Fingerprints(ctx context.Context, f func(fingerprint string) error) error

	// CreatedBetween returns the requests whose letters bear a date from first to last.
	CreatedBetween(ctx context.Context, first, last workday.Date) ([]docket.Request, error)

	// Request returns one request. The error is ErrNotFound if there is none.
	Request(ctx context.Context, id string) (docket.Request, error)

	// Events returns the events of a request in the order of their entry. The
	// error is ErrNotFound if there is no such request.
	Events(ctx context.Context, id string) ([]docket.Event, error)

	// AllEvents returns the events of every request, by request id.
	AllEvents(ctx context.Context) (map[string][]docket.Event, error)

	// History hands over the events of the whole log in the order of their entry,
	// from the one after the given number. n is the number of an event in the whole
	// log: 1 for the first, without a gap.
	History(ctx context.Context, after int, f func(n int, e docket.Event) error) error

	// Fresh tells whether the standings that are kept are those that the events give.
	// If not, Standings and Due fold those that are not, which takes a while; Refresh
	// makes them fresh, and needs to write.
	Fresh(ctx context.Context) (bool, error)
	Refresh(ctx context.Context) error

	// KeepsStandings tells whether the caller may keep them. In a database that many share
	// only its owners may: for the others, what is not fresh is folded as it is read.
	KeepsStandings() bool

	// Standings hands over where each request stands, in the order of the ids.
	Standings(ctx context.Context, openOnly bool, f func(Standing) error) error

	// Series hands over the requests of a series, by the id of its first; for "",
	// those of every series, one series after the other.
	Series(ctx context.Context, first string, f func(Standing) error) error

	// OfCampaign hands over where each request of a campaign stands, in the order of
	// the ids; with an empty name, that of the requests of every campaign.
	OfCampaign(ctx context.Context, name string, f func(Standing) error) error

	// Find hands over where each request stands that a query chooses, in the order of the
	// ids; Addressees are the offices that requests went to.
	Find(ctx context.Context, q Query, f func(Standing) error) error
	Addressees(ctx context.Context) ([]Addressee, error)

	// Due returns what is open and due up to a day, the earliest first.
	Due(ctx context.Context, until workday.Date) ([]DueRow, error)

	// DueDays counts what Due would return, by day and kind, and DueOn returns what is
	// due on some days: the nearest of a hundred thousand without the others. Both look
	// at the standings as they are kept, which must be fresh.
	DueDays(ctx context.Context, until workday.Date) ([]DueDay, error)
	DueOn(ctx context.Context, days []workday.Date) ([]DueRow, error)

	// ChangedAfter returns the ids of the requests that have an event after a day.
	ChangedAfter(ctx context.Context, day workday.Date) ([]string, error)

	// Document opens a frozen file that the database keeps, by what the log says of
	// it. The error is ErrNoDocument if the database does not have it.
	Document(ctx context.Context, request string, d docket.Document) (io.ReadCloser, error)

	// LastEntry is when the last event that the caller may see was entered, in RFC 3339 and
	// by the clock of the machine that it was entered on; empty if there is none.
	LastEntry(ctx context.Context) (string, error)

	// Hidden is the number of requests that are private to others.
	Hidden(ctx context.Context) (int, error)

	// KeepsPrivate tells whether the database itself shows a private request to nobody
	// but its people.
	KeepsPrivate() bool

	// Who is the name by which the database knows the caller, and which events bear;
	// empty where everybody who can open the log is trusted to say who they are.
	Who() string

	// Notices are what the user should know of the log, such as a clock that is off.
	Notices() []string

	// Verify looks for anything in the log that is not as it was written.
	Verify(ctx context.Context) ([]Fault, error)

	Close() error
}

// Tx is what may be done while the write lock is held.
type Tx interface {
	// NextID takes the next free id of a year, such as 2026-0007. An id is
	// used up only if the transaction commits; ids have no gaps: a Write in
	// which an id was taken and no request added under it fails.
	NextID(year int) (string, error)

	// ByFingerprint returns the id of the request with that fingerprint, or
	// "" if there is none. If there are several, the latest.
	ByFingerprint(fingerprint string) (string, error)

	// Add writes a new request and its first event, whose Data gets the
	// request's digest under "request_sha256". Seq, Prev and Hash are set here.
	// The id must be the next one of its year. Text that is not UTF-8 is refused.
	Add(r docket.Request, first docket.Event) error

	// Request and Events read within the transaction, as those of Log do.
	Request(id string) (docket.Request, error)
	Events(id string) ([]docket.Event, error)

	// Keep stores a frozen file of a request in the database. Its bytes must be those
	// that the log knows; the same bytes are kept once a request.
	Keep(request string, d docket.Document, content io.Reader) error

	// Append writes a further event of a request and returns it chained.
	Append(e docket.Event) (docket.Event, error)
}

// Fault is one thing that is wrong with the log, or with a file that it names.
type Fault struct {
	Request string    `json:"request,omitempty"` // empty: the log as a whole
	Event   int       `json:"event,omitempty"`   // seq of the event; 0: none in particular
	Kind    FaultKind `json:"kind"`
	What    string    `json:"what"`
}

// FaultKind says what can be done about a fault.
type FaultKind string

// The kinds of faults.
const (
	InLog      FaultKind = "log"        // the log is not as it was written
	InDates    FaultKind = "dates"      // the dates that are kept are not those that the events give
	Missing    FaultKind = "missing"    // a file is gone
	Changed    FaultKind = "changed"    // a file has other contents
	CopyOnly   FaultKind = "copy"       // a copy in this folder has other contents; what all share is intact
	Unreadable FaultKind = "unreadable" // nobody knows
	NotInLog   FaultKind = "not-in-log" // a file or folder that the log does not know
)
