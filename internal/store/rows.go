package store

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"time"
	"unicode/utf8"

	"foia/internal/docket"
	"foia/internal/workday"
)

// digestKey is where the first event of a request holds the request's digest.
const digestKey = "request_sha256"

// requestRow is a request as the database holds it.
type requestRow struct {
	ID                                      string
	Year, Number                            int
	Fingerprint, OfficeID, Subject, Created string
	Frozen, SHA256                          string
}

// eventRow is an event as the database holds it.
type eventRow struct {
	N                      int // the number of the event in the whole log
	Request                string
	Seq                    int
	Kind, On, Recorded, By string
	Machine                string
	Data                   string // a JSON object of strings
	Prev, Hash             string
}

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// rowOfRequest freezes a request. It refuses what would read back as anything
// else, such as text that is not UTF-8: the digest must hold for what is kept.
func rowOfRequest(r docket.Request) (requestRow, error) {
	year, number, err := ParseID(r.ID)
	if err != nil {
		return requestRow{}, err
	}
	frozen, err := json.Marshal(r)
	if err != nil {
		return requestRow{}, &Failure{Kind: ErrRefused, Detail: fmt.Sprintf("request %s cannot be written as JSON: %v", r.ID, err),
			Err: err}
	}
	row := requestRow{ID: r.ID, Year: year, Number: number, Fingerprint: r.Fingerprint, OfficeID: r.OfficeID,
		Subject: r.Subject, Created: r.Created.String(), Frozen: string(frozen), SHA256: digest(string(frozen))}
	back, err := row.request()
	if err != nil {
		return requestRow{}, err
	}
	again, err := back.Digest()
	if err != nil {
		return requestRow{}, err
	}
	if again != row.SHA256 || !storable(row.Fingerprint, row.OfficeID, row.Subject) {
		return requestRow{}, &Failure{Kind: ErrRefused, Detail: "request " + r.ID + " contains " + unstorable}
	}
	return row, nil
}

const unstorable = "text that is not UTF-8, or a zero byte"

// storable tells whether every database takes the values into its columns.
func storable(columns ...string) bool {
	for _, s := range columns {
		if !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
			return false
		}
	}
	return true
}

// request reads what was frozen.
func (row requestRow) request() (docket.Request, error) {
	var r docket.Request
	if err := json.Unmarshal([]byte(row.Frozen), &r); err != nil {
		return r, &Failure{Kind: ErrDamaged, Detail: fmt.Sprintf("what was frozen of request %s cannot be read: %v", row.ID, err), Err: err}
	}
	return r, nil
}

// differences names the columns that do not repeat what was frozen.
func (row requestRow) differences(r docket.Request) []string {
	var names []string
	for _, c := range []struct{ name, column, frozen string }{
		{"id", row.ID, r.ID}, {"number", FormatID(row.Year, row.Number), r.ID}, {"fingerprint", row.Fingerprint, r.Fingerprint},
		{"office", row.OfficeID, r.OfficeID}, {"subject", row.Subject, r.Subject}, {"date", row.Created, r.Created.String()},
	} {
		if c.column != c.frozen {
			names = append(names, c.name)
		}
	}
	return names
}

// rowOfEvent is the event, chained, as it will be kept. Like rowOfRequest it
// refuses what would not read back the same.
func rowOfEvent(e docket.Event) (eventRow, error) {
	at, err := time.Parse(time.RFC3339, e.Recorded)
	if err != nil || at.Location() != time.UTC {
		return eventRow{}, refusedEvent(e,
			fmt.Sprintf("its time of entry %q is not RFC 3339 in UTC, such as 2026-11-23T14:05:00Z", e.Recorded))
	}
	if e.Kind == "" {
		return eventRow{}, refusedEvent(e, "it does not say what happened")
	}
	data := []byte("{}")
	if len(e.Data) > 0 {
		if data, err = json.Marshal(e.Data); err != nil {
			return eventRow{}, refusedEvent(e, err.Error())
		}
	}
	row := eventRow{Request: e.Request, Seq: e.Seq, Kind: string(e.Kind), On: e.On.String(), Recorded: e.Recorded, By: e.By,
		Machine: e.Machine,
		Data:    string(data), Prev: e.Prev, Hash: e.Hash}
	back, err := row.event()
	if err != nil {
		return eventRow{}, err
	}
	again, err := back.Digest()
	if err != nil {
		return eventRow{}, err
	}
	if again != e.Hash || !maps.Equal(back.Data, e.Data) || !storable(row.Kind, row.By, row.Machine) {
		return eventRow{}, refusedEvent(e, "it contains "+unstorable)
	}
	return row, nil
}

func refusedEvent(e docket.Event, why string) error {
	return &Failure{Kind: ErrRefused, Detail: fmt.Sprintf("event “%s” of request %s: %s", e.Kind, e.Request, why)}
}

// event reads an event as it was kept.
func (row eventRow) event() (docket.Event, error) {
	e := docket.Event{Request: row.Request, Seq: row.Seq, Kind: docket.Kind(row.Kind), Recorded: row.Recorded, By: row.By,
		Machine: row.Machine,
		Prev:    row.Prev, Hash: row.Hash}
	var err error
	if row.On != "" {
		e.On, err = workday.ParseDate(row.On)
	}
	if err == nil {
		err = json.Unmarshal([]byte(row.Data), &e.Data)
	}
	if err != nil {
		return e, &Failure{Kind: ErrDamaged, Detail: fmt.Sprintf("event %d of request %s cannot be read: %v", row.Seq, row.Request, err),
			Err: err}
	}
	return e, nil
}

// intact reads an event and makes sure that it is as it was written.
func (row eventRow) intact() (docket.Event, error) {
	e, err := row.event()
	if err != nil {
		return e, err
	}
	sum, err := e.Digest()
	if err != nil {
		return e, err
	}
	if sum != e.Hash {
		return e, &Failure{Kind: ErrDamaged,
			Detail: fmt.Sprintf("event %d of request %s was changed after it was written", e.Seq, e.Request)}
	}
	return e, nil
}
