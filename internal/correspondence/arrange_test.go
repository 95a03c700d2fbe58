package correspondence

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"foia/internal/docket"
	"foia/internal/logbook"
	"foia/internal/press/presstest"
	"foia/internal/store"
	"foia/internal/workspace"
)

// hide makes a request private in a log that could not keep it so.
func hide(t *testing.T, d *Desk, id string, people ...string) {
	t.Helper()
	err := d.Holding(t.Context(), false, func() error {
		return d.Write(t.Context(), func(turn *logbook.Turn) error {
			events, err := turn.Events(id)
			for _, e := range docket.HandsOf(events).Hide(people, d.By) {
				e.Request, e.On = id, d.Today
				if err == nil {
					_, err = turn.AddEvent(e)
				}
			}
			return err
		})
	})
	if err != nil {
		t.Fatal(err)
	}
}

// All requests are changed or none, and what is so already is not written again.
func TestArrange(t *testing.T) {
	d := desk(t)
	aCase{to: "dhs-ice", events: portalSent, day: "2025-06-02"}.live(t, d)
	toBen := func(h docket.Hands) []docket.Event { return h.Assign("ben") }
	if _, err := d.Arrange(t.Context(), []string{"2025-0001", "2025-0002"}, toBen); !errors.Is(err, store.ErrNotFound) {
		t.Fatalf("a request that is not there: %v", err)
	}
	for i, events := range []int{1, 0} {
		out, err := d.Arrange(t.Context(), []string{"2025-0001", "2025-0001"}, toBen)
		if err != nil || len(out) != 1 || len(out[0].Events) != events || out[0].Assigned != "ben" {
			t.Fatalf("time %d: %+v, %v", i+1, out, err)
		}
	}
	out, err := record(t.Context(), d,
		logbook.Entry{Request: "2025-0001", Event: docket.Event{Kind: docket.Note, On: d.Today, Data: map[string]string{"note": "x"}}})
	if err != nil || out.Event.Seq != 5 || out.State.Assigned != "ben" {
		t.Errorf("after the refused one and the second one: %+v, %v", out, err)
	}
	presstest.Sound(t, d.Workspace)
}

// A private request is not in the spreadsheet, which any hand in the folder may open;
// what the agency refers of it stays with the same people.
func TestPrivate(t *testing.T) {
	d := desk(t)
	aCase{to: "treasury-do", events: portalSent, day: "2025-06-02"}.live(t, d)
	inSpreadsheet := func(id string) bool {
		t.Helper()
		raw, err := os.ReadFile(d.Workspace.Path(workspace.TrackingFile))
		if err != nil {
			t.Fatal(err)
		}
		return strings.Contains(string(raw), id)
	}
	if _, err := d.Hide(t.Context(), []string{"2025-0001"}, nil); err == nil {
		t.Fatal("a file cannot keep it private")
	}
	if !inSpreadsheet("2025-0001") {
		t.Fatal("it is not private yet")
	}
	owner := d.By
	d.By = "ben"
	hide(t, d, "2025-0001", "eve")
	d.By = "zoë"
	out, err := record(t.Context(), d,
		logbook.Entry{Request: "2025-0001",
			Event: docket.Event{Kind: docket.Referred, On: d.Today, Data: map[string]string{"to": "treasury-irs"}}})
	if err != nil || !out.State.Private || !slices.Equal(out.State.Sees(), []string{"ben", "eve", owner}) {
		t.Fatalf("%+v, %v", out.State.Hands, err)
	}
	if inSpreadsheet("2025-0001") || inSpreadsheet("2025-0002") {
		t.Error("the spreadsheet shows it")
	}
	log, err := d.Log(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	err = logbook.Find(t.Context(), log, logbook.Filter{Office: []string{"treasury-irs"}}, func(s store.Standing) error {
		if !s.State.Private || s.State.Owner != "zoë" || !slices.Equal(s.State.Sees(), []string{"ben", "eve", owner, "zoë"}) {
			t.Errorf("the referred request: %+v", s.State.Hands)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Arrange(t.Context(), []string{"2025-0001"}, docket.Hands.Show); err != nil {
		t.Fatal(err)
	}
	if !inSpreadsheet("2025-0001") || inSpreadsheet("2025-0002") {
		t.Error("the first is public again, the second is not")
	}
	presstest.Sound(t, d.Workspace)
}
