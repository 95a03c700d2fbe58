package store

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"foia/internal/docket"
	"foia/internal/workday"
)

// aRequest is a request as filing makes it, under the given id.
func aRequest(id string) docket.Request {
	return docket.Request{
		ID: id, Subject: "IRS–DHS agreement", Created: workday.MustDate("2026-11-23"), Law: "us-federal",
		Office: json.RawMessage(`{"id": "treasury-irs", "name": "Internal Revenue Service <&>"}`), OfficeID: "treasury-irs",
		Agency: "Department of the Treasury", Component: "Internal Revenue Service", Via: "portal",
		Requester: json.RawMessage(`{"name":"Zoë Ámbar"}`), Template: "request", TemplateSHA256: strings.Repeat("ab", 32),
		Answers: json.RawMessage(`{"subject":"IRS–DHS agreement"}`), Folder: "requests/" + id + "-irs",
		Documents:   []docket.Document{{Name: "letter.pdf", SHA256: strings.Repeat("cd", 32), Size: 12345}},
		Facts:       map[string]string{"fee_category": "media", "expedited": "asked"},
		Fingerprint: "fp-" + id,
	}
}

func anEvent(id string, kind docket.Kind) docket.Event {
	return docket.Event{Request: id, Kind: kind, On: workday.MustDate("2026-11-23"), Recorded: "2026-11-23T14:05:00Z",
		By: "Zoë Ámbar", Machine: "desk-3", Data: map[string]string{"via": "portal", "note": "line one\nline “two” <&>"}}
}

// add takes the next id of 2026 and adds a request under it.
func add(tx *Tx) (string, error) {
	id, err := tx.NextID(2026)
	if err != nil {
		return "", err
	}
	return id, tx.Add(aRequest(id), anEvent(id, docket.Drafted))
}

func mustAdd(t testing.TB, log *Log, count int) (ids []string) {
	t.Helper()
	for range count {
		err := log.Write(t.Context(), func(tx *Tx) error {
			id, err := add(tx)
			ids = append(ids, id)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return ids
}

func mustAppend(t testing.TB, log *Log, id string, kinds ...docket.Kind) {
	t.Helper()
	for _, kind := range kinds {
		if err := log.Write(t.Context(), func(tx *Tx) error {
			_, err := tx.Append(anEvent(id, kind))
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
}

func mustBeClean(t testing.TB, log *Log) {
	t.Helper()
	faults, err := log.Verify(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range faults {
		t.Errorf("fault: %+v", f)
	}
}

func idsOf(t testing.TB, log *Log) []string {
	t.Helper()
	requests, err := log.Requests(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	ids := []string{}
	for _, r := range requests {
		ids = append(ids, r.ID)
	}
	return ids
}
