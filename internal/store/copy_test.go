package store

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"foia/internal/docket"
	"foia/internal/longtest"
)

func TestCopySQLite(t *testing.T) {
	if !longtest.On() {
		fewHistories(t, 20)
	}
	open := func(t *testing.T) *Log {
		log, _ := newSQLite(t)
		return log
	}
	testCopy(t, open, open)
	t.Run("any history", func(t *testing.T) { testCopyAnything(t, open, open) })
}

// testCopy is what copying must do from one kind of log into another.
func testCopy(t *testing.T, from, to func(t *testing.T) *Log) {
	for name, test := range map[string]func(t *testing.T, from, to *Log){
		"whole": testCopyWhole, "goes on": testCopyGoesOn, "another log": testCopyOther, "a longer log": testCopyLonger,
		"documents first": testCopyDocuments, "many": testCopyMany, "interrupted": testCopyInterrupted, "odd events": testCopyOdd,
	} {
		t.Run(name, func(t *testing.T) {
			a, b := from(t), to(t)
			test(t, a, b)
			mustBeClean(t, a)
			mustBeClean(t, b)
		})
	}
}

// testCopyAnything copies random histories.
func testCopyAnything(t *testing.T, from, to func(t *testing.T) *Log) {
	rapid.Check(t, func(rt *rapid.T) {
		a, b, want := from(t), to(t), history{}
		for range rapid.IntRange(1, 2).Draw(rt, "transactions") {
			want = writeRandom(rt, a, want)
			if _, err := Copy(t.Context(), a, b, CopyOptions{}); err != nil {
				rt.Fatal(err)
			}
		}
		all, err := b.AllEvents(t.Context())
		if err != nil || !reflect.DeepEqual(history(all), want) {
			rt.Fatalf("the copy has %v\nwant %v, %v", all, want, err)
		}
		if err := errors.Join(a.Close(), b.Close()); err != nil {
			rt.Fatal(err)
		}
	})
}

func mustCopy(t *testing.T, from Source, to *Log, o CopyOptions) CopyReport {
	t.Helper()
	report, err := Copy(t.Context(), from, to, o)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

func testCopyWhole(t *testing.T, from, to *Log) {
	if report := mustCopy(t, from, to, CopyOptions{}); report.Sum.Events != 0 || report.Copied != 0 {
		t.Error("an empty log:", report)
	}
	ids := mustAdd(t, from, 3)
	mustAppend(t, from, ids[1], "sent", "acknowledged")
	mustAppend(t, from, ids[0], "sent")
	report := mustCopy(t, from, to, CopyOptions{})
	if report.Sum.Requests != 3 || report.Sum.Events != 6 || report.Copied != 6 || report.Grown || len(report.Sum.SHA256) != 64 {
		t.Error(report)
	}
	for _, id := range ids {
		a, errA := from.Request(t.Context(), id)
		b, errB := to.Request(t.Context(), id)
		if !reflect.DeepEqual(a, b) || errA != nil || errB != nil {
			t.Error(id, a, b, errA, errB)
		}
	}
	if again := mustCopy(t, from, to, CopyOptions{}); again.Before != 6 || again.Copied != 0 || again.Sum != report.Sum {
		t.Error("copied again:", again)
	}
}

func testCopyGoesOn(t *testing.T, from, to *Log) {
	ids := mustAdd(t, from, 1)
	mustCopy(t, from, to, CopyOptions{})
	mustAppend(t, from, ids[0], "sent")
	mustAdd(t, from, 1)
	if report := mustCopy(t, from, to, CopyOptions{}); report.Before != 1 || report.Copied != 2 {
		t.Error(report)
	}
	if back := mustCopy(t, to, from, CopyOptions{}); back.Before != 3 || back.Copied != 0 {
		t.Error("the way back:", back)
	}
}

func testCopyOther(t *testing.T, from, to *Log) {
	ids := mustAdd(t, from, 2)
	mustAdd(t, to, 1)
	mustAppend(t, to, ids[0], "sent")
	_, err := Copy(t.Context(), from, to, CopyOptions{})
	var different *Different
	if !errors.As(err, &different) || !strings.Contains(err.Error(), "its event 2 is event 2 of request 2026-0001; here it is event 1 of "+
		"request 2026-0002") {
		t.Error(err)
	}
	if ids := idsOf(t, to); len(ids) != 1 {
		t.Error("something was written:", ids)
	}
}

func testCopyLonger(t *testing.T, from, to *Log) {
	mustAdd(t, from, 1)
	mustAdd(t, to, 2)
	_, err := Copy(t.Context(), from, to, CopyOptions{})
	var different *Different
	if !errors.As(err, &different) || !strings.Contains(err.Error(), "after the 1 here, it has event 1 of request 2026-0002") {
		t.Error(err)
	}
}

// The documents are there before the log knows them, and a failure writes nothing.
func testCopyDocuments(t *testing.T, from, to *Log) {
	id := mustAdd(t, from, 2)[0]
	files, err := json.Marshal([]docket.Document{{Name: "received/002-answer.pdf", SHA256: strings.Repeat("ef", 32), Size: 3}})
	if err != nil {
		t.Fatal(err)
	}
	if err := from.Write(t.Context(), func(tx *Tx) error {
		e := anEvent(id, "file")
		e.Data["files"] = string(files)
		_, err := tx.Append(e)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	full := errors.New("no room")
	if _, err := Copy(t.Context(), from, to, CopyOptions{Documents: func(context.Context, []Placed) error { return full }}); !errors.Is(err,
		full) {
		t.Error(err)
	}
	if ids := idsOf(t, to); len(ids) != 0 {
		t.Error("something was written:", ids)
	}
	var got []string
	mustCopy(t, from, to, CopyOptions{Documents: func(_ context.Context, documents []Placed) error {
		for _, d := range documents {
			got = append(got, d.Request.Folder+"/"+d.Document.Name)
		}
		return nil
	}})
	if want := []string{"requests/2026-0001-irs/letter.pdf", "requests/2026-0002-irs/letter.pdf",
		"requests/2026-0001-irs/received/002-answer.pdf"}; !slices.Equal(got, want) {
		t.Error(got)
	}
}

// More than one transaction, and a stop between two of them.
func testCopyMany(t *testing.T, from, to *Log) {
	const requests = chunkEvents + 50
	if err := from.Write(t.Context(), func(tx *Tx) error {
		for range requests {
			id, err := add(tx)
			if err == nil {
				_, err = tx.Append(anEvent(id, "sent"))
			}
			if err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	if _, err := Copy(ctx, from, to, CopyOptions{Progress: func(int) { cancel() }}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if report := mustCopy(t, from, to, CopyOptions{}); report.Before != chunkEvents || report.Sum.Events != 2*requests ||
		report.Sum.Requests != requests {
		t.Error(report)
	}
}

func testCopyInterrupted(t *testing.T, from, to *Log) {
	ids := mustAdd(t, from, 1)
	grown := false
	report := mustCopy(t, from, to, CopyOptions{Documents: func(context.Context, []Placed) error {
		mustAppend(t, from, ids[0], "sent") // another command, meanwhile
		grown = true
		return nil
	}})
	if !grown || !report.Grown || report.Sum.Events != 1 {
		t.Error(report)
	}
}

// Events without machine or details, and those of an older foia, keep their hash.
func testCopyOdd(t *testing.T, from, to *Log) {
	if err := from.Write(t.Context(), func(tx *Tx) error {
		first := anEvent("2026-0001", docket.Drafted)
		first.Data, first.Machine, first.By = nil, "", ""
		err := tx.Add(aRequest("2026-0001"), first)
		for _, data := range []map[string]string{nil, {}, {"": ""}, {"note": "<&>\u2028"}} {
			e := anEvent("2026-0001", "note")
			e.Data, e.Machine = data, ""
			if err == nil {
				_, err = tx.Append(e)
			}
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	mustCopy(t, from, to, CopyOptions{})
}

// changed is a log of which another program changed what it hands over.
type changed struct {
	*Log
	event   func(*docket.Event)
	request func(*docket.Request)
}

func (c changed) History(ctx context.Context, after int, f func(int, docket.Event) error) error {
	return c.Log.History(ctx, after, func(n int, e docket.Event) error {
		if c.event != nil {
			c.event(&e)
		}
		return f(n, e)
	})
}

func (c changed) Request(ctx context.Context, id string) (docket.Request, error) {
	r, err := c.Log.Request(ctx, id)
	if c.request != nil {
		c.request(&r)
	}
	return r, err
}

// What was tampered with is not copied.
func TestCopyRefusesChanged(t *testing.T) {
	from, _ := newSQLite(t)
	id := mustAdd(t, from, 1)[0]
	mustAppend(t, from, id, "sent")
	for want, source := range map[string]changed{
		"event 2 of request 2026-0001 would change": {Log: from,
			event: func(e *docket.Event) { e.By += map[bool]string{true: "x"}[e.Seq == 2] }},
		"event 1 of request 2026-0001 would change": {Log: from,
			event: func(e *docket.Event) { e.By += map[bool]string{true: "x"}[e.Seq == 1] }},
		"request 2026-0001 was changed after it was frozen": {Log: from, request: func(r *docket.Request) { r.Subject = "another" }},
		"2 of request 2026-0001 would change: its ha": {Log: from, event: func(e *docket.Event) {
			e.Hash = strings.Repeat(map[bool]string{true: "0"}[e.Seq == 2], 64) + e.Hash[64*(e.Seq-1):]
		}},
	} {
		to, _ := newSQLite(t)
		if _, err := Copy(t.Context(), source, to, CopyOptions{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
		if ids := idsOf(t, to); len(ids) != 0 {
			t.Errorf("%s: something was written", want)
		}
	}
}

// copyAsProcess copies the log FILE.from to FILE.
func copyAsProcess(path string, _ int) (err error) {
	ctx := context.Background()
	from, err := OpenSQLite(ctx, path+".from", Options{ReadOnly: true})
	if err != nil {
		return err
	}
	to, err := OpenSQLite(ctx, path, Options{Create: true})
	if err != nil {
		return errors.Join(err, from.Close())
	}
	_, err = Copy(ctx, from, to, CopyOptions{})
	return errors.Join(err, from.Close(), to.Close())
}

func init() { tasks["copy"] = copyAsProcess }

// Killed at any moment and run again, a copy is finished.
func TestCopyKilled(t *testing.T) {
	path := filepath.Join(t.TempDir(), "foia.db")
	from := openSQLite(t, path+".from", Options{Create: true})
	for range 4 {
		if err := from.Write(t.Context(), func(tx *Tx) error {
			for range 500 {
				if _, err := add(tx); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			t.Fatal(err)
		}
	}
	killed := 0
	for round := range 6 {
		cmd := process(t, "copy", path, 1)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(40+40*round) * time.Millisecond)
		if err := cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
			t.Fatal(err)
		}
		if cmd.Wait() != nil {
			killed++
		}
	}
	if err := process(t, "copy", path, 1).Run(); err != nil {
		t.Fatal(err)
	}
	to := openSQLite(t, path, Options{ReadOnly: true})
	if got := len(idsOf(t, to)); got != 2000 || killed == 0 {
		t.Errorf("the copy has %d requests after %d kills", got, killed)
	}
	mustBeClean(t, to)
}
