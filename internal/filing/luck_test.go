package filing

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"foia/internal/letter"
	"foia/internal/longtest"
	"foia/internal/press"
	"foia/internal/press/presstest"
	"foia/internal/remedy"
	"foia/internal/workspace"
)

// childFolder names the environment variable that turns the test's program into
// one that files a letter in that folder: a command that the tests can kill.
const childFolder = "FOIA_TEST_FILE_IN"

func TestMain(m *testing.M) {
	if dir := os.Getenv(childFolder); dir != "" {
		os.Exit(fileAsChild(dir))
	}
	os.Exit(m.Run())
}

func fileAsChild(dir string) int {
	t := &testing.B{}
	w, err := workspace.Open(dir)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	d, a := deskIn(t, w), sample(t)
	a.Only = []string{"agreement", "disclosures", "opinions"}
	plan, err := d.Plan(a)
	if err == nil {
		_, err = d.File(context.Background(), plan, Options{Again: true})
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

func child(dir string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), childFolder+"="+dir)
	return cmd
}

// Killed at many moments, a filing leaves all of its letters or none; the next
// command fixes the rest, and no id is lost or doubled.
func TestKilled(t *testing.T) {
	w, err := workspace.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	// How long one takes on this machine, to kill within that time.
	start := time.Now()
	if out, err := child(w.Dir).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	whole := time.Since(start)
	killed := 0
	for range longtest.Count(8, 25) {
		cmd := child(w.Dir)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(rand.Int64N(int64(whole))))
		if cmd.Process.Kill() == nil {
			killed++
		}
		var exit *exec.ExitError
		if err := cmd.Wait(); err != nil && !errors.As(err, &exit) {
			t.Fatal(err)
		}
	}
	if killed == 0 {
		t.Fatal("no command was killed")
	}
	if out, err := child(w.Dir).CombinedOutput(); err != nil {
		t.Fatalf("the command after the killed ones fails: %v\n%s", err, out)
	}
	n := presstest.Sound(t, w)
	if n%3 != 0 || n < 6 {
		t.Errorf("%d requests: a command of three letters was half done", n)
	}
	entries, err := os.ReadDir(w.Path(workspace.RequestsDir))
	if err != nil || len(entries) != n {
		t.Errorf("%d folders for %d requests, %v", len(entries), n, err)
	}
}

// Killed between commit and move, the request is logged and its folder still
// has its temporary name; the next command moves it into place.
func TestKilledBeforeMove(t *testing.T) {
	d := desk(t)
	a := sample(t)
	a.Only = []string{"agreement"}
	r := file(t, d, a, Options{})[0]
	place := d.Workspace.Path(r.Request.Folder)
	staged := strings.Replace(place, "2026-0001", ".making-2026-0001", 1)
	if err := os.Rename(place, staged); err != nil {
		t.Fatal(err)
	}
	// And what a command left that never came to log anything.
	stray := d.Workspace.Path("requests/.making-2026-0002-irs-x")
	if err := os.MkdirAll(stray, 0o700); err != nil {
		t.Fatal(err)
	}
	file(t, d, a, Options{})
	if _, err := os.Stat(place); err != nil {
		t.Errorf("the folder is not in place: %v", err)
	}
	if _, err := os.Stat(stray); err == nil {
		t.Error("the rest of the other command is still there")
	}
	presstest.Sound(t, d.Workspace)
}

// Two commands at the same time both finish, one after the other.
func TestAtTheSameTime(t *testing.T) {
	w, err := workspace.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			if out, err := child(w.Dir).CombinedOutput(); err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
	wait.Wait()
	if n := presstest.Sound(t, w); n != 12 {
		t.Errorf("%d requests, not 12", n)
	}
}

// The same command run again makes nothing, whatever the day.
func TestRunAgain(t *testing.T) {
	d := desk(t)
	a := sample(t)
	a.Only = []string{"agreement", "opinions"}
	file(t, d, a, Options{})
	a.Date = a.Date.AddDays(3)
	for _, r := range file(t, d, a, Options{}) {
		if !r.Before || r.Row.ID == "" || r.Request.Folder == "" {
			t.Errorf("made again: %+v", r)
		}
	}
	if n := presstest.Sound(t, d.Workspace); n != 2 {
		t.Errorf("%d requests, not 2", n)
	}
	a.Given = append([]letter.Layer{{Answers: letter.Answers{"fee_cap": 30}}}, a.Given...)
	if r := file(t, d, a, Options{}); r[0].Before {
		t.Error("a letter with another answer counts as made before")
	}
}

// An error in one letter of many stops all of them, and leaves nothing.
func TestErrorLeavesNothing(t *testing.T) {
	d := desk(t)
	a := sample(t)
	a.Own = map[string][]letter.Layer{"opinions": {{Answers: letter.Answers{"records": []any{"Any and all records"}}}}}
	plan, err := d.Plan(a)
	if err != nil {
		t.Fatal(err)
	}
	_, err = d.File(context.Background(), plan, Options{})
	var refused *press.Refused
	if !errors.As(err, &refused) || len(refused.Letters) != 1 || refused.Letters[0].Name != "irs-dhs-mou/opinions" {
		t.Fatalf("got %v", err)
	}
	if d.Workspace.Exists(workspace.RequestsDir) || d.Workspace.Exists(workspace.TrackingFile) {
		t.Error("something was written")
	}
	results, err := d.File(context.Background(), plan, Options{Force: "the editor wants it"})
	if err != nil || len(results) != len(plan) {
		t.Fatalf("forced: %d letters, %v", len(results), err)
	}
	log, err := d.Workspace.ReadLog(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close() // read only
	events, err := log.Events(context.Background(), "2026-0010")
	if err != nil || events[0].Data["forced"] != "the editor wants it" {
		t.Errorf("the reason is not in the log: %+v, %v", events, err)
	}
}

// A folder that cannot be written, or is in the way, is said plainly, and
// nothing is half made.
func TestBadFolders(t *testing.T) {
	a := sample(t)
	a.Only = []string{"agreement"}
	try := func(d *Desk) error {
		plan, err := d.Plan(a)
		if err != nil {
			t.Fatal(err)
		}
		_, err = d.File(context.Background(), plan, Options{})
		return err
	}
	t.Run("requests is a file", func(t *testing.T) {
		d := desk(t)
		if err := os.MkdirAll(d.Workspace.Dir, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(d.Workspace.Path(workspace.RequestsDir), []byte("mine"), 0o600); err != nil {
			t.Fatal(err)
		}
		var failure *remedy.Error
		if err := try(d); !errors.As(err, &failure) || failure.Hint() == "" {
			t.Errorf("got %v", err)
		}
		if raw, err := os.ReadFile(d.Workspace.Path(workspace.RequestsDir)); err != nil || string(raw) != "mine" {
			t.Errorf("the user's file is gone: %v", err)
		}
	})
	t.Run("the request's folder is there", func(t *testing.T) {
		d := desk(t)
		if err := os.MkdirAll(d.Workspace.Path("requests/2026-0001-irs-agreement"), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := try(d); err == nil || !strings.Contains(err.Error(), "already exists") {
			t.Errorf("got %v", err)
		}
	})
	t.Run("another program's database", func(t *testing.T) {
		d := desk(t)
		if err := os.MkdirAll(d.Workspace.Dir, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(d.Workspace.Path(workspace.LogFile), []byte("not a database at all, but long enough to look at"),
			0o600); err != nil {
			t.Fatal(err)
		}
		if err := try(d); err == nil {
			t.Error("no error")
		}
		if d.Workspace.Exists(workspace.RequestsDir) {
			t.Error("something was written")
		}
	})
	t.Run("the folder is a file", func(t *testing.T) {
		name := t.TempDir() + "/file"
		if err := os.WriteFile(name, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		w := &workspace.Workspace{Dir: name}
		if err := try(deskIn(t, w)); err == nil {
			t.Error("no error")
		}
	})
}

// A disk that is full while the letters are written leaves neither letter nor
// entry. The disk is a small one of the test's own, where the system allows it.
func TestDiskFull(t *testing.T) {
	dir := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=420k", "tmpfs", dir).CombinedOutput(); err != nil {
		if os.Getenv("FOIA_CI") == "1" {
			t.Fatalf("no small disk can be made here: %v %s", err, out)
		}
		t.Skipf("no small disk can be made here: %v %s", err, out)
	}
	t.Cleanup(func() { // after the log is closed
		if out, err := exec.Command("umount", dir).CombinedOutput(); err != nil {
			t.Logf("the small disk stays: %v %s", err, out)
		}
	})
	w, err := workspace.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	d, a := deskIn(t, w), sample(t)
	plan, err := d.Plan(a)
	if err != nil {
		t.Fatal(err)
	}
	_, err = d.File(context.Background(), plan, Options{})
	if err == nil {
		t.Fatal("the letters of the pack fit on a disk of 420 kB")
	}
	var hinted interface{ Hint() string }
	if !errors.As(err, &hinted) {
		t.Errorf("no remedy with: %v", err)
	}
	if w.Exists(workspace.RequestsDir) {
		t.Error("letters were left behind")
	}
	if log, err := w.ReadLog(context.Background()); err == nil {
		requests, err := log.Requests(context.Background())
		if err != nil || len(requests) != 0 {
			t.Errorf("the log has %d requests, %v", len(requests), err)
		}
		log.Close() // read only
	}
}
