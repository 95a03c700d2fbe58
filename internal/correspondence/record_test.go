package correspondence

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"foia/internal/docket"
	"foia/internal/logbook"
	"foia/internal/longtest"
	"foia/internal/press/presstest"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// recordIn names the environment variable that turns the test's program into a
// command that records and writes letters in that folder.
const recordIn = "FOIA_TEST_RECORD_IN"

// recordAsChild records a note with a file, and makes a letter, a few times.
func recordAsChild(dir string) int {
	t := &testing.T{} // desk reports nothing to it that can go wrong here
	w, err := workspace.Open(dir)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	d := deskIn(t, w)
	d.Today = workday.MustDate("2025-06-02")
	for range 3 {
		e := docket.Event{Kind: docket.Note, On: d.Today, Data: map[string]string{"note": "a call"}}
		if _, err := record(context.Background(), d,
			logbook.Entry{Request: "2025-0001", Event: e, Attach: []string{filepath.Join(dir, "scan.pdf")}, Again: true}); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		f := aCase{kind: "preservation"}.followUp(d)
		f.Again = true
		if _, err := d.Letter(context.Background(), f); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
	}
	return 0
}

func recorder(dir string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), recordIn+"="+dir)
	return cmd
}

// Killed at many moments, each event has its files and each file its event.
func TestKilledRecording(t *testing.T) {
	d := desk(t)
	aCase{to: "dhs-ice", events: portalSent, day: "2025-06-02"}.live(t, d)
	dir := d.Workspace.Dir
	if err := os.WriteFile(filepath.Join(dir, "scan.pdf"), []byte(strings.Repeat("scan", 10_000)), 0o600); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	if out, err := recorder(dir).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	whole := time.Since(start)
	for range longtest.Count(6, 20) {
		cmd := recorder(dir)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(rand.Int64N(int64(whole))))
		_ = cmd.Process.Kill() // it may have ended
		var exit *exec.ExitError
		if err := cmd.Wait(); err != nil && !errors.As(err, &exit) {
			t.Fatal(err)
		}
	}
	if out, err := recorder(dir).CombinedOutput(); err != nil {
		t.Fatalf("the command after the killed ones fails: %v\n%s", err, out)
	}
	presstest.Sound(t, d.Workspace)
	entries, err := os.ReadDir(d.Workspace.Path(workspace.RequestsDir))
	if err != nil || len(entries) != 1 {
		t.Errorf("something is left: %v, %v", entries, err)
	}
}

// Killed between commit and move, the next command moves the files into place; what
// a command left that logged nothing is cleared away.
func TestKilledBeforeFilesMove(t *testing.T) {
	d := desk(t)
	aCase{to: "dhs-ice", events: portalSent, day: "2025-06-02"}.live(t, d)
	made, err := d.Letter(t.Context(), aCase{kind: "preservation"}.followUp(d))
	if err != nil {
		t.Fatal(err)
	}
	place := d.Workspace.Path(made.Request.Folder + "/letters")
	staged := d.Workspace.Path(fmt.Sprintf("requests/.making-files-2025-0001-%d", made.Event.Seq))
	if err := os.MkdirAll(staged, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(place, filepath.Join(staged, "letters")); err != nil {
		t.Fatal(err)
	}
	for _, stray := range []string{"requests/.making-files-2025-0001-99/received/099-x.pdf", "requests/.making-files-2025-0777-1/letters/x",
		"requests/.making-files-what/x"} {
		if err := os.MkdirAll(filepath.Dir(d.Workspace.Path(stray)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(d.Workspace.Path(stray), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	note := docket.Event{Kind: docket.Note, On: d.Today, Data: map[string]string{"note": "x"}}
	if _, err := record(t.Context(), d, logbook.Entry{Request: "2025-0001", Event: note}); err != nil {
		t.Fatal(err)
	}
	presstest.Sound(t, d.Workspace)
	if entries, err := os.ReadDir(d.Workspace.Path(workspace.RequestsDir)); err != nil || len(entries) != 1 {
		t.Errorf("something is left: %v, %v", entries, err)
	}
}

// Two people record on one request at once: both succeed, one after the other, and
// what both record is written once, and the second is told by whom.
func TestTwoRecordAtOnce(t *testing.T) {
	first := desk(t)
	aCase{to: "dhs-ice", events: portalSent, day: "2025-06-02"}.live(t, first)
	const each = 4
	var all sync.WaitGroup
	for _, name := range []string{"ana", "ben"} {
		d := deskIn(t, first.Workspace)
		d.Today, d.By, d.Machine = first.Today, name, name+"s-desk"
		all.Go(func() {
			for i := range each {
				e := docket.Event{Kind: docket.Note, On: d.Today, Data: map[string]string{"note": fmt.Sprint(name, " called ", i)}}
				if _, err := record(t.Context(), d, logbook.Entry{Request: "2025-0001", Event: e}); err != nil {
					t.Error(err)
				}
				var repeated *docket.Repeated
				e.Data = map[string]string{"note": fmt.Sprint("a letter came: ", i)}
				if _, err := record(t.Context(), d, logbook.Entry{Request: "2025-0001", Event: e}); err != nil &&
					(!errors.As(err, &repeated) || repeated.Event.By == name) {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	presstest.Sound(t, first.Workspace)
	out, err := record(t.Context(), first,
		logbook.Entry{Request: "2025-0001",
			Event: docket.Event{Kind: docket.Note, On: first.Today, Data: map[string]string{"note": "last"}}})
	if want := 3 + 3*each + 1; err != nil || out.Event.Seq != want {
		t.Errorf("event %d, want %d: %v", out.Event.Seq, want, err)
	}
}

// A referral opens one request, or none.
func TestReferral(t *testing.T) {
	d := desk(t)
	aCase{to: "treasury-do", events: portalSent, day: "2025-06-02"}.live(t, d)
	refer := func(to string) (logbook.Recorded, error) {
		return record(t.Context(), d, logbook.Entry{Request: "2025-0001",
			Event: docket.Event{Kind: docket.Referred, On: d.Today, Data: map[string]string{"to": to, "pages": "30"}}})
	}
	if _, err := refer("no such office"); err == nil {
		t.Error("referred to nobody")
	}
	if n := presstest.Sound(t, d.Workspace); n != 1 {
		t.Errorf("%d requests after a refused referral", n)
	}
	out, err := refer("treasury-irs")
	if err != nil || out.Child == nil || out.Child.ID != "2025-0002" || out.Child.Parent != "2025-0001" ||
		out.Event.Data["child"] != "2025-0002" {
		t.Fatalf("%+v, %v", out, err)
	}
	if n := presstest.Sound(t, d.Workspace); n != 2 {
		t.Errorf("%d requests", n)
	}
	// The other office's time runs from its own receipt, and the first one's goes on.
	got, err := record(t.Context(), d, logbook.Entry{Request: "2025-0002", Event: docket.Event{Kind: docket.Acknowledged, On: d.Today,
		Data: map[string]string{"received": "2025-06-02", "tracking": "I-1"}}})
	if err != nil {
		t.Fatal(err)
	}
	if due, _ := got.State.Deadline(docket.DueDetermination); due.Due.String() != "2025-07-01" {
		t.Errorf("the other office has until %s", due.Due)
	}
	if due, _ := out.State.Deadline(docket.DueDetermination); due.Due.String() != "2025-05-06" {
		t.Errorf("the first office has until %s", due.Due)
	}
	// A letter to the other office names the request as it was made, and does not say that
	// the requester sent it there.
	d.Today = workday.MustDate("2025-07-10")
	made, err := d.Letter(t.Context(), FollowUp{Request: "2025-0002", Kind: "status", Date: d.Today})
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(d.Workspace.Path(made.Request.Folder + "/" + made.Files[1].Name))
	if err != nil {
		t.Fatal(err)
	}
	text := string(raw)
	if !strings.Contains(text, "my request of April 7, 2025,") ||
		!strings.Contains(text, "Another office, Departmental Offices, referred it to you on June 2, 2025.") ||
		strings.Contains(text, "I sent it") {
		t.Errorf("the letter to the other office:\n%s", text)
	}
}

// What is routed within one department as a whole begins to run ten working days after
// any of its offices had it at the latest, 5 U.S.C. 552(a)(6)(A); the first office owes
// nothing more.
func TestRoutedWithinDepartment(t *testing.T) {
	d := desk(t)
	aCase{to: "dhs-priv", events: portalSent, day: "2025-06-02"}.live(t, d)
	out, err := record(t.Context(), d,
		logbook.Entry{Request: "2025-0001",
			Event: docket.Event{Kind: docket.Referred, On: d.Today, Data: map[string]string{"to": "dhs-ice"}}})
	if err != nil {
		t.Fatal(err)
	}
	if due, _ := out.State.Deadline(docket.DueDetermination); out.State.Status != docket.IsReferred || due.Open() {
		t.Errorf("the first office: %s, %+v", out.State.Status, due)
	}
	child, err := record(t.Context(), d,
		logbook.Entry{Request: out.Child.ID,
			Event: docket.Event{Kind: docket.Note, On: d.Today, Data: map[string]string{"note": "called"}}})
	if err != nil {
		t.Fatal(err)
	}
	if due, _ := child.State.Deadline(docket.DueDetermination); due.Due.String() != "2025-05-20" {
		// ten working days from April 8 are April 22
		t.Errorf("the other office has until %s: %s", due.Due, due.Explain())
	}
}
