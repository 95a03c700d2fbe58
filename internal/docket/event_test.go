package docket

import (
	"crypto/sha256"
	"encoding/hex"
	"testing"

	"foia/internal/workday"
)

func anEvent() Event {
	return Event{Request: "2026-0007", Seq: 2, Kind: "sent", On: workday.MustDate("2026-11-24"), Recorded: "2026-11-24T09:30:00Z",
		By: "Zoë", Data: map[string]string{"via": "mail", "carrier": "USPS <certified>"}, Prev: "aa"}
}

// The bytes that are hashed must stay as they are: every log that was ever
// written depends on them.
func TestEventDigestBytes(t *testing.T) {
	const text = `{"request":"2026-0007","seq":2,"kind":"sent","on":"2026-11-24","recorded":"2026-11-24T09:30:00Z","by":"Zoë",` +
		`"data":{"carrier":"USPS \u003ccertified\u003e","via":"mail"},"prev":"aa"}`
	sum := sha256.Sum256([]byte(text))
	got, err := anEvent().Digest()
	if err != nil || got != hex.EncodeToString(sum[:]) {
		t.Errorf("got %s, %v", got, err)
	}
}

func TestEventDigestCoversEverything(t *testing.T) {
	whole, err := anEvent().Digest()
	if err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(*Event){
		"request":  func(e *Event) { e.Request = "2026-0008" },
		"seq":      func(e *Event) { e.Seq = 3 },
		"kind":     func(e *Event) { e.Kind = "received" },
		"on":       func(e *Event) { e.On = workday.MustDate("2026-11-25") },
		"recorded": func(e *Event) { e.Recorded = "2026-11-24T09:30:01Z" },
		"by":       func(e *Event) { e.By = "Zoe" },
		"data":     func(e *Event) { e.Data["via"] = "fax" },
		"no data":  func(e *Event) { e.Data = nil },
		"prev":     func(e *Event) { e.Prev = "ab" },
	} {
		e := anEvent()
		change(&e)
		if got, err := e.Digest(); err != nil || got == whole {
			t.Errorf("%s: the digest does not change: %v", name, err)
		}
	}
	e := anEvent()
	e.Hash = "its own hash is not part of it"
	if got, err := e.Digest(); err != nil || got != whole {
		t.Errorf("the hash changes the digest: %v", err)
	}
}

func TestChain(t *testing.T) {
	first, err := Event{Request: "2026-0007", Kind: Drafted, Seq: 9, Prev: "x", Hash: "y"}.Chain(nil)
	if err != nil || first.Seq != 1 || first.Prev != "" {
		t.Errorf("the first event is %+v, %v", first, err)
	}
	if sum, err := first.Digest(); err != nil || sum != first.Hash || len(sum) != 64 {
		t.Errorf("its hash is %s, its digest %s, %v", first.Hash, sum, err)
	}
	second, err := anEvent().Chain(&first)
	if err != nil || second.Seq != 2 || second.Prev != first.Hash || second.Hash == first.Hash {
		t.Errorf("the second event is %+v, %v", second, err)
	}
}
