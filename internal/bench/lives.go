// Package bench makes large logs to measure with. What it makes is plainly made up.
package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"foia/internal/docket"
	"foia/internal/law"
	"foia/internal/store"
	"foia/internal/workday"
)

// life is what happens to a request, each event so many days after the first.
type life []struct {
	after int
	kind  docket.Kind
	data  map[string]string
}

// The lives of a newsroom's log, ten events each: of twenty requests twelve are
// closed, four were appealed, two are late and two are on their way.
var (
	closed = life{{1, docket.Sent, by("portal")}, {3, docket.Acknowledged, map[string]string{"tracking": "2026-F-1"}},
		{8, docket.ClarificationRequested, nil},
		{10, docket.ClarificationAnswered, nil}, {12, docket.FeeNotice, map[string]string{"amount": "50"}}, {14, docket.FeeAnswered, nil},
		{20, docket.InterimRelease, map[string]string{"pages": "10"}}, {30, docket.Determination, map[string]string{"outcome": "granted"}},
		{60, docket.Closed, nil}}
	appealed = life{{1, docket.Sent, by("portal")}, {3, docket.Acknowledged, map[string]string{"tracking": "2026-F-2"}},
		{8, docket.FeeNotice, map[string]string{"amount": "50"}},
		{9, docket.FeeAnswered, nil}, {20, docket.Extended, map[string]string{"days": "10", "grounds": "consultation"}},
		{40, docket.Determination, map[string]string{"outcome": "partial", "exemptions": "b5,b6"}}, {60, docket.Appealed, by("mail")},
		{63, docket.AppealReceived, nil},
		{85, docket.AppealDecided, map[string]string{"outcome": "affirmed"}}}
	waiting = life{{1, docket.Sent, by("portal")}, {2, docket.Acknowledged, map[string]string{"tracking": "2026-F-3"}},
		{3, docket.ClarificationRequested, nil},
		{4, docket.ClarificationAnswered, nil}, {5, docket.FeeNotice, map[string]string{"amount": "50"}}, {6, docket.FeeAnswered, nil},
		{7, docket.FeeWaiverDenied, nil},
		{8, docket.Note, map[string]string{"note": "called the office"}},
		{9, docket.Extended, map[string]string{"days": "10", "grounds": "voluminous"}}}
)

func by(way string) map[string]string { return map[string]string{"by": way} }

// lifeOf chooses the life of the i-th request and the days between its letter and
// today.
func lifeOf(i int) (life, int) {
	switch i % 20 {
	case 16, 17:
		return waiting, 100 + i%400
	case 18, 19:
		return waiting, 10 + i%40
	case 12, 13, 14, 15:
		return appealed, 120 + i%700
	}
	return closed, 100 + i%900
}

// openOf is the i-th of the requests that are open.
func openOf(i int) int { return i/8*20 + 12 + i%8 }

// offices is how many offices the requests go to: about as many as the embedded
// directory has.
const offices = 400

// Fill adds n requests of ten events each, as they stand on a day. The ids go on
// from those that are there.
func Fill(ctx context.Context, log *store.Log, n int, today workday.Date) error {
	return fill(ctx, log, n, today, func(i int) int { return i })
}

// FillOpen is Fill with requests that are all open.
func FillOpen(ctx context.Context, log *store.Log, n int, today workday.Date) error {
	return fill(ctx, log, n, today, openOf)
}

func fill(ctx context.Context, log *store.Log, n int, today workday.Date, which func(i int) int) error {
	const batch = 500
	for done := 0; done < n; done += batch {
		err := log.Write(ctx, func(tx *store.Tx) error {
			for i := done; i < min(done+batch, n); i++ {
				if err := add(tx, which(i), today); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func add(tx *store.Tx, i int, today workday.Date) error {
	l, age := lifeOf(i)
	first := today.AddDays(-age)
	id, err := tx.NextID(today.Year())
	if err != nil {
		return err
	}
	office := fmt.Sprintf("made-up-%03d", i%offices)
	r := docket.Request{ID: id, Subject: fmt.Sprintf("Made-up request %d", i), Created: first, Law: law.Federal,
		Office: json.RawMessage("{}"), OfficeID: office,
		Agency: fmt.Sprintf("Made-up agency %d", i%offices/10), Component: fmt.Sprintf("Made-up office %d", i%offices), Via: "portal",
		Requester: json.RawMessage("{}"), Template: "request",
		TemplateSHA256: strings.Repeat("00", 32),
		Answers:        json.RawMessage(`{"records":[{"text":"` + strings.Repeat("made-up text ", 60) + `"}]}`),
		Folder:         "requests/" + id + "-made-up",
		Facts:          map[string]string{"fee_category": "media", "fee_waiver": docket.Asked, "expedited": docket.NotAsked}}
	event := func(after int, k docket.Kind, data map[string]string) docket.Event {
		return docket.Event{Request: id, Kind: k, On: first.AddDays(after), Recorded: "2026-11-23T12:00:00Z", By: "bench", Data: data}
	}
	if err := tx.Add(r, event(0, docket.Drafted, nil)); err != nil {
		return err
	}
	for _, e := range l {
		if _, err := tx.Append(event(e.after, e.kind, e.data)); err != nil {
			return err
		}
	}
	return nil
}
