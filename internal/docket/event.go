// Package docket is about what happened to a request: an append-only list of
// events, from which status and dates are derived. It is pure: no clock, no
// disk, no network. The same events and the same "today" give the same state.
package docket

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"foia/internal/workday"
)

// Event is one thing that happened to a request. Events are never changed or
// removed; a later event may correct an earlier one.
type Event struct {
	Request  string            `json:"request"` // id of the request, such as 2026-0007
	Seq      int               `json:"seq"`     // 1 for the first event of a request
	Kind     Kind              `json:"kind"`
	On       workday.Date      `json:"on"`                // the day it happened
	Recorded string            `json:"recorded"`          // when it was entered: RFC 3339, UTC
	By       string            `json:"by"`                // who entered it
	Machine  string            `json:"machine,omitempty"` // on which machine; older events do not say
	Data     map[string]string `json:"data,omitempty"`    // what belongs to this kind of event
	Prev     string            `json:"prev"`              // Hash of the event before it; empty for the first
	Hash     string            `json:"hash,omitempty"`    // SHA-256 over all of the above, in hex
}

// Files are the files that belong to an event, with their hashes. The error says
// that the event does not read as foia wrote it.
func (e Event) Files() ([]Document, error) {
	if e.Data["files"] == "" {
		return nil, nil
	}
	var out []Document
	if err := json.Unmarshal([]byte(e.Data["files"]), &out); err != nil {
		return nil, fmt.Errorf("the files of event %d of %s cannot be read: %w", e.Seq, e.Request, err)
	}
	return out, nil
}

// Ours tells whether the files of an event are ours: a letter, the message that carries one, or a copy for publication. All
// others came.
func (e Event) Ours() bool {
	return e.Kind == Drafted || e.Kind == LetterMade || e.Kind == Redrafted || e.Kind == Sending || e.Kind == Redacted
}

// Hand is who entered the event and on which machine, in words; empty if the event
// does not say.
func (e Event) Hand() string {
	switch {
	case e.Machine == "":
		return e.By
	case e.By == "":
		return "someone on " + e.Machine
	}
	return e.By + " on " + e.Machine
}

// entered says in words by whom, where and when the event was entered.
func (e Event) entered() string {
	var words []string
	if hand := e.Hand(); hand != "" {
		words = append(words, "by "+hand)
	}
	if t, err := time.Parse(time.RFC3339, e.Recorded); err == nil {
		words = append(words, "at "+t.UTC().Format("2006-01-02 15:04 UTC"))
	}
	if len(words) == 0 {
		return ""
	}
	return "entered " + strings.Join(words, " ")
}

// Digest returns the SHA-256, in hex, of the event's content and of the hash
// of the event before it. The bytes hashed are the event's JSON with the hash
// itself left out: fields in the order of the struct, data keys sorted.
func (e Event) Digest() (string, error) {
	e.Hash = ""
	b, err := json.Marshal(e)
	if err != nil {
		return "", fmt.Errorf("event %d of %s cannot be written as JSON: %w", e.Seq, e.Request, err)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:]), nil
}

// Chain sets the event's place in the request, the link to the event before it
// and its own hash. prev is nil for the first event.
func (e Event) Chain(prev *Event) (Event, error) {
	e.Seq, e.Prev = 1, ""
	if prev != nil {
		e.Seq, e.Prev = prev.Seq+1, prev.Hash
	}
	var err error
	e.Hash, err = e.Digest()
	return e, err
}

// number reads a detail that is a number; 0 if it is not there.
func (e Event) number(name string) int {
	n, err := strconv.Atoi(strings.TrimSpace(e.Data[name]))
	if err != nil {
		return 0
	}
	return n
}
