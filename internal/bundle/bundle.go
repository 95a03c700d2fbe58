// Package bundle is about handing a request to somebody who does not have foia: a
// ZIP with what was frozen, the events as the very bytes that were hashed, and the
// files byte for byte, which a few lines in any language can check. VERIFYING.md
// describes it for those who write them.
package bundle

import (
	"encoding/json"
	"fmt"
	"io"

	"foia/internal/docket"
	"foia/internal/remedy"
	"foia/internal/seal"
	"foia/internal/workday"
)

// Format and Version name the layout in the manifest. A reader refuses a version
// that it does not know.
const (
	Format  = "foia-bundle"
	Version = 1

	ManifestName = "manifest.json"
)

// Contents are what a bundle is made of.
type Contents struct {
	Made     workday.Date
	Requests []Request
	Extras   []Extra
	Seal     *Sealed // nil: none

	// Open opens a document of a request, or one that came with an event of it. What
	// it gives is compared with the log while it is copied.
	Open func(docket.Request, docket.Document) (io.ReadCloser, error)
}

// Request is a request with all its events, as the log has them.
type Request struct {
	Frozen docket.Request
	Events []docket.Event
}

// Extra is a file that the log does not know, such as packet.pdf.
type Extra struct {
	Path string // in the bundle, with forward slashes; not below requests/
	Open func() (io.ReadCloser, error)
}

// Sealed is a seal of the whole log, with what shows that the requests are in it.
type Sealed struct {
	Seal    seal.Seal
	Answers [][]byte // of time-stamp services, RFC 3161
	Proofs  []seal.Proof
}

// Manifest is manifest.json: all that is in the bundle, and what it belongs to.
type Manifest struct {
	Format   string       `json:"format"`
	Version  int          `json:"version"`
	Made     workday.Date `json:"made"`
	Requests []Chain      `json:"requests"`
	Seal     *SealFiles   `json:"seal,omitempty"`
	Files    []File       `json:"files"` // every other file of the bundle, in the order of the ZIP
}

// SealFiles says where the seal and its time stamps stand, and leads from events to the seal.
type SealFiles struct {
	File   string       `json:"file"`
	Stamps []string     `json:"time_stamps"`
	Proofs []seal.Proof `json:"proofs"`
}

// Chain says where a request and its events stand, and how its chain of hashes ends.
type Chain struct {
	ID       string `json:"id"`
	Frozen   string `json:"frozen"` // path of request.json
	Events   string `json:"events"` // path of events.jsonl
	Count    int    `json:"count"`  // of events
	LastHash string `json:"last_hash"`
}

// File is one file of the bundle. Document is its name in the log, which can differ
// from the path: what would be unsafe or ambiguous in a path is written otherwise.
type File struct {
	Path     string `json:"path"`
	Size     int64  `json:"size"`
	SHA256   string `json:"sha256"`
	Request  string `json:"request,omitempty"`
	Event    int    `json:"event,omitempty"` // with which it came; none: it was frozen with the request
	Document string `json:"document,omitempty"`
}

// Fault is an error that says of which request, event or file the log and what was
// to be bundled differ.
type Fault struct {
	Request string
	Event   int
	What    string
	Err     error
}

func (f *Fault) Error() string {
	s := f.What
	if f.Err != nil {
		s += ": " + f.Err.Error()
	}
	switch {
	case f.Event > 0:
		return fmt.Sprintf("%s (%s, event %d)", s, f.Request, f.Event)
	case f.Request != "":
		return fmt.Sprintf("%s (%s)", s, f.Request)
	}
	return s
}

// Hint says what to do.
func (f *Fault) Hint() string {
	return remedy.To(remedy.Verify).String() + " lists everything that was changed"
}

// Unwrap returns what lies behind it.
func (f *Fault) Unwrap() error { return f.Err }

// Documents are the files of a request and of its events, each with the number of
// its event; 0 for those that were frozen with the request. One that is named twice
// with the same content is there once.
func (r Request) Documents() ([]Attached, error) {
	var all []Attached
	seen := map[string]docket.Document{}
	add := func(event int, list []docket.Document) error {
		for _, d := range list {
			if d.Name == "" {
				return &Fault{Request: r.Frozen.ID, Event: event, What: "the log has a document without a name"}
			}
			before, twice := seen[d.Name]
			if twice && before != d {
				return &Fault{Request: r.Frozen.ID, Event: event, What: fmt.Sprintf("the log has two documents named %q", d.Name)}
			}
			if !twice {
				seen[d.Name] = d
				all = append(all, Attached{Event: event, Document: d})
			}
		}
		return nil
	}
	if err := add(0, r.Frozen.Documents); err != nil {
		return nil, err
	}
	for _, e := range r.Events {
		files, err := e.Files()
		if err != nil {
			return nil, &Fault{Request: e.Request, Event: e.Seq, What: "its files cannot be listed", Err: err}
		}
		if err := add(e.Seq, files); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// Attached is a document with the number of its event.
type Attached struct {
	Event    int
	Document docket.Document
}

// lines are the frozen bytes of a request, and its events as the bytes that are
// hashed. The error says where chain and content do not hold.
func (r Request) lines() (frozen []byte, events [][]byte, err error) {
	frozen, err = json.Marshal(r.Frozen)
	if err != nil {
		return nil, nil, &Fault{Request: r.Frozen.ID, What: "it cannot be written as JSON", Err: err}
	}
	prev := ""
	for i, e := range r.Events {
		switch sum, err := e.Digest(); {
		case err != nil:
			return nil, nil, err
		case e.Request != r.Frozen.ID || e.Seq != i+1:
			return nil, nil, &Fault{Request: r.Frozen.ID, Event: i + 1,
				What: fmt.Sprintf("event %d of %s is there instead", e.Seq, e.Request)}
		case sum != e.Hash:
			return nil, nil, &Fault{Request: e.Request, Event: e.Seq, What: "it was changed after it was written"}
		case e.Prev != prev:
			return nil, nil, &Fault{Request: e.Request, Event: e.Seq, What: "its link to the event before it is broken"}
		}
		prev, e.Hash = e.Hash, ""
		line, err := json.Marshal(e)
		if err != nil {
			return nil, nil, &Fault{Request: e.Request, Event: e.Seq, What: "it cannot be written as JSON", Err: err}
		}
		events = append(events, line)
	}
	if len(events) == 0 {
		return nil, nil, &Fault{Request: r.Frozen.ID, What: "it has no events: each request begins with one"}
	}
	if r.Events[0].Data[digestKey] != hexSum(frozen) {
		return nil, nil, &Fault{Request: r.Frozen.ID, Event: 1, What: "the frozen request does not match this event"}
	}
	return frozen, events, nil
}

// digestKey is where the first event of a request holds the request's digest.
const digestKey = "request_sha256"
