package correspondence

import (
	"context"
	"os"
	"testing"

	"foia/internal/docket"
	"foia/internal/filing"
	"foia/internal/logbook"
	"foia/internal/press/presstest"
	"foia/internal/workspace"
)

// desk is a desk in an empty folder, with the built-in letters and offices.
func desk(t testing.TB) *Desk {
	t.Helper()
	return deskIn(t, presstest.Folder(t))
}

func deskIn(t testing.TB, w *workspace.Workspace) *Desk {
	t.Helper()
	book := presstest.Book(t, w, logbook.Writer{By: "tester", Now: "2026-11-23T12:00:00Z"})
	return &Desk{Book: book, Stock: presstest.Stock(t, w)}
}

// file makes requests.
func file(t testing.TB, d *Desk, a filing.Ask, o filing.Options) []filing.Result {
	t.Helper()
	at := &filing.Desk{Book: d.Book, Stock: d.Stock}
	plan, err := at.Plan(a)
	if err != nil {
		t.Fatal(err)
	}
	results, err := at.File(context.Background(), plan, o)
	if err != nil {
		t.Fatal(err)
	}
	return results
}

func TestMain(m *testing.M) {
	if dir := os.Getenv(recordIn); dir != "" {
		os.Exit(recordAsChild(dir))
	}
	os.Exit(m.Run())
}

// record records an event. The office of a referral is looked up, as a face does it.
func record(ctx context.Context, d *Desk, e logbook.Entry) (logbook.Recorded, error) {
	if to := e.Event.Data["to"]; e.Event.Kind == docket.Referred && to != "" {
		match, err := d.Directory.Find(to)
		if err != nil {
			return logbook.Recorded{}, err
		}
		e.To = &match.Office
	}
	return d.Record(ctx, e)
}
