package store

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"
)

// The test binary runs itself as another process: what it does then, on which
// file and how often.
const (
	envTask  = "STORE_TEST_TASK"
	envPath  = "STORE_TEST_PATH"
	envCount = "STORE_TEST_COUNT"
)

// stopServer ends the database server of the tests, where there is one.
var stopServer = func() error { return nil }

// tasks are what another process can be asked to do.
var tasks = map[string]func(path string, count int) error{"add": addAsProcess}

var update = flag.Bool("update", false, "write the expected schema anew")

func TestMain(m *testing.M) {
	task, ok := tasks[os.Getenv(envTask)]
	if !ok {
		code := m.Run()
		if err := stopServer(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
		os.Exit(code)
	}
	count, err := strconv.Atoi(os.Getenv(envCount))
	if err == nil {
		err = task(os.Getenv(envPath), count)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func process(t *testing.T, task, path string, count int) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), envTask+"="+task, envPath+"="+path, envCount+"="+strconv.Itoa(count))
	cmd.Stderr = os.Stderr
	return cmd
}

// addAsProcess opens the log anew for each request, as one command after the
// other does, and prints each id when it is on the disk. Every third one gets
// another event in the same transaction.
func addAsProcess(path string, count int) error {
	ctx := context.Background()
	for i := range count {
		log, err := OpenSQLite(ctx, path, Options{Create: true})
		if err != nil {
			return err
		}
		var id string
		err = log.Write(ctx, func(tx *Tx) (err error) {
			if id, err = add(tx); err == nil && i%3 == 0 {
				_, err = tx.Append(anEvent(id, "sent"))
			}
			return err
		})
		if err := errors.Join(err, log.Close()); err != nil {
			return err
		}
		fmt.Println(id)
	}
	return nil
}

// Two commands at once: both begin the log, and neither loses an id.
func TestTwoProcesses(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "foia.db")
	const each = 50
	both := []*exec.Cmd{process(t, "add", path, each), process(t, "add", path, each)}
	for _, cmd := range both {
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
	}
	for _, cmd := range both {
		if err := cmd.Wait(); err != nil {
			t.Error(err)
		}
	}
	log := openSQLite(t, path, Options{ReadOnly: true})
	mustBeGapless(t, idsOf(t, log), 2*each)
	mustBeClean(t, log)
	mustClose(t, log)
	if names := namesIn(t, dir); !slices.Equal(names, []string{"foia.db"}) {
		t.Error("the folder has", names)
	}
}

func mustBeGapless(t *testing.T, ids []string, count int) {
	t.Helper()
	if len(ids) != count {
		t.Errorf("%d requests, want %d", len(ids), count)
	}
	for i, id := range ids {
		if id != FormatID(2026, i+1) {
			t.Fatalf("place %d has %s", i, id)
		}
	}
}

// A process that is killed at any moment leaves a log that is whole, and that
// holds everything of which the process had said that it is there.
func TestKilled(t *testing.T) {
	path := filepath.Join(t.TempDir(), "foia.db")
	confirmed := 0
	for round := range 20 {
		confirmed = max(confirmed, killWriter(t, path, rand.IntN(6)))
		log, err := OpenSQLite(t.Context(), path, Options{ReadOnly: true})
		if errors.Is(err, ErrNoLog) && confirmed == 0 {
			continue // killed before there was a log
		}
		if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		ids := idsOf(t, log)
		mustBeGapless(t, ids, len(ids))
		if len(ids) < confirmed {
			t.Errorf("round %d: %d requests were confirmed, %d are there", round, confirmed, len(ids))
		}
		mustBeClean(t, log)
		mustClose(t, log)
	}
	if confirmed == 0 {
		t.Error("no process lived long enough to write")
	}
	mustAdd(t, openSQLite(t, path, Options{}), 1)
}

// killWriter lets a process write until it has confirmed some requests, kills
// it a random moment later, and returns the last number that it confirmed.
func killWriter(t *testing.T, path string, after int) (last int) {
	t.Helper()
	cmd := process(t, "add", path, 1000)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	moment := time.Duration(rand.IntN(8000)) * time.Microsecond
	lines := bufio.NewScanner(out)
	for i := 0; i < after && lines.Scan(); i++ {
		_, last = mustParseID(t, lines.Text())
	}
	time.Sleep(moment)
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	for lines.Scan() {
		_, last = mustParseID(t, lines.Text())
	}
	var exit *exec.ExitError
	if err := cmd.Wait(); !errors.As(err, &exit) || exit.Exited() {
		t.Fatal("the process was not killed:", err)
	}
	return last
}

func mustParseID(t *testing.T, id string) (year, number int) {
	t.Helper()
	year, number, err := ParseID(id)
	if err != nil {
		t.Fatal(err)
	}
	return year, number
}
