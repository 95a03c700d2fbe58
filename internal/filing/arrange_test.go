package filing

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"foia/internal/docket"
	"foia/internal/remedy"
	"foia/internal/store"
	"foia/internal/workspace"
)

// guarded stands for a log that keeps private what is private.
type guarded struct{ keeps bool }

func (g guarded) KeepsPrivate() bool { return g.keeps }

func TestKeepsPrivate(t *testing.T) {
	d := &Desk{Workspace: &workspace.Workspace{}}
	var misuse *remedy.Error
	if err := d.keepsPrivate(guarded{}); !errors.As(err, &misuse) || !strings.Contains(misuse.Hint(), "postgres://") {
		t.Error(err)
	}
	if err := d.keepsPrivate(guarded{keeps: true}); err != nil {
		t.Error(err)
	}
	// The letters are read by whoever reaches the folder.
	d.Workspace.Config.Documents = workspace.InFolder
	if err := d.keepsPrivate(guarded{keeps: true}); err == nil || !strings.Contains(err.Error(), "in a shared folder") {
		t.Error(err)
	}
}

// hide makes a request private in a log that could not keep it so.
func hide(t *testing.T, d *Desk, id string, people ...string) {
	t.Helper()
	err := d.writing(t.Context(), func(log *store.Log) error {
		_, err := d.arrange(t.Context(), log, []string{id}, func(h docket.Hands) []docket.Event { return h.Hide(people, d.By) })
		return err
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
	out, err := d.Record(t.Context(),
		Entry{Request: "2025-0001", Event: docket.Event{Kind: docket.Note, On: d.Today, Data: map[string]string{"note": "x"}}})
	if err != nil || out.Event.Seq != 5 || out.State.Assigned != "ben" {
		t.Errorf("after the refused one and the second one: %+v, %v", out, err)
	}
	sound(t, d.Workspace)
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
	out, err := d.Record(t.Context(),
		Entry{Request: "2025-0001", Event: docket.Event{Kind: docket.Referred, On: d.Today, Data: map[string]string{"to": "treasury-irs"}}})
	if err != nil || !out.State.Private || !slices.Equal(out.State.Sees(), []string{"ben", "eve", owner}) {
		t.Fatalf("%+v, %v", out.State.Hands, err)
	}
	if inSpreadsheet("2025-0001") || inSpreadsheet("2025-0002") {
		t.Error("the spreadsheet shows it")
	}
	err = d.reading(t.Context(), func(log *store.Log) error {
		return Find(t.Context(), log, Filter{Office: []string{"treasury-irs"}}, func(s store.Standing) error {
			if !s.State.Private || s.State.Owner != "zoë" || !slices.Equal(s.State.Sees(), []string{"ben", "eve", owner, "zoë"}) {
				t.Errorf("the referred request: %+v", s.State.Hands)
			}
			return nil
		})
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
	sound(t, d.Workspace)
}
