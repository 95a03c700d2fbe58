// Package store keeps the tracking log on disk. Which database stands behind a Log is known
// only here.
package store

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
	InRights   FaultKind = "rights"     // somebody may change what only the owner of a shared log may
	InDates    FaultKind = "dates"      // the dates that are kept are not those that the events give
	Missing    FaultKind = "missing"    // a file is gone
	Changed    FaultKind = "changed"    // a file has other contents
	OfDraft    FaultKind = "draft"      // a file of a letter that was not sent is gone or has other contents
	CopyOnly   FaultKind = "copy"       // a copy in this folder has other contents; what all share is intact
	OfSeal     FaultKind = "seal"       // a seal that was kept is gone or has other contents
	Unreadable FaultKind = "unreadable" // nobody knows
	NotInLog   FaultKind = "not-in-log" // a file or folder that the log does not know
)
