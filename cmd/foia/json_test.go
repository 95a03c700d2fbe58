//go:build unix

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"

	"foia/internal/docket"
	"foia/internal/store"
	"foia/internal/workspace"
)

// steering is what no terminal may be given: a control of eight bits (CSI) and the signs that turn the direction of writing.
const steering = "\u009b31m\u0085\u200e\u200f\u202a\u202e\u2066\u2069\u061c\ufeff"

// spoil ends every text of a value with what a terminal would obey, but for those by which the program finds things.
func spoil(v reflect.Value, keep ...string) {
	for i := range v.NumField() {
		if f := v.Field(i); f.Kind() == reflect.String && !slices.Contains(keep, v.Type().Field(i).Name) {
			f.SetString(f.String() + steering)
		}
	}
}

// hostile puts a request into the log of a folder whose texts all hold what steers a terminal: from an older program, or
// from somebody who writes into a shared log with a program of their own.
func hostile(t *testing.T, dir string) (id string) {
	t.Helper()
	w, err := workspace.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	log, err := w.OpenLog(t.Context(), false)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := log.Close(); err != nil {
			t.Error(err)
		}
	}()
	err = log.Write(context.Background(), func(tx *store.Tx) error {
		r, err := tx.Request("2026-0001")
		if err != nil {
			return err
		}
		if id, err = tx.NextID(2026); err != nil {
			return err
		}
		spoil(reflect.ValueOf(&r).Elem(), "Law", "Template", "Via", "OfficeID", "Campaign", "Kind")
		r.ID, r.Campaign, r.Documents = id, "first", nil
		e := func(kind docket.Kind, data map[string]string) docket.Event {
			return docket.Event{Request: id, Kind: kind, On: r.Created, Recorded: "2026-03-10T12:00:00Z", By: "ana" + steering,
				Machine: "desk" + steering, Data: data}
		}
		if err := tx.Add(r, e(docket.Drafted, nil)); err != nil {
			return err
		}
		_, sending := tx.Append(e(docket.Sent, map[string]string{"by": "mail", "note": steering}))
		_, receiving := tx.Append(e(docket.Received, map[string]string{"proof": steering}))
		return errors.Join(sending, receiving)
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// Whatever is printed as JSON gives a terminal no orders and turns no text around, by whichever command: an escape says
// the same. What each command prints is JSON all the same.
func TestJSONSteersNothing(t *testing.T) {
	dir, lines := printing(t)
	id := hostile(t, dir)
	lines = append(lines, []string{"show", id}, []string{"explain", id}, []string{"next", id})
	told := map[string]bool{}
	for _, line := range lines {
		cmd, _, err := newRootCommand(testApp()).Find(line)
		if err != nil {
			t.Fatal(err)
		}
		export := strings.HasPrefix(strings.Join(line, " "), "log export --format json")
		if cmd.Flags().Lookup("json") == nil && !export || slices.Contains(line, "-o") && !export {
			continue
		}
		if !slices.Contains(line, "--json") && !export {
			line = append(slices.Clone(line), "--json")
		}
		var out bytes.Buffer
		_, said := inFolder(dir, &out, line...)
		steers := func(r rune) bool { return r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) }
		if i := strings.IndexFunc(out.String(), steers); i >= 0 {
			t.Errorf("foia %q prints %q", line, out.String()[max(0, i-60):min(len(out.String()), i+20)])
		}
		if out.Len() > 0 && !json.Valid(out.Bytes()) {
			t.Errorf("foia %q prints no JSON: %s %s", line, out.String(), said)
		}
		if strings.Contains(out.String(), `\u009b`) {
			told[cmd.CommandPath()] = true
		}
	}
	for _, path := range []string{"log", "log export", "show", "campaign show"} {
		if !told["foia "+path] {
			t.Errorf("foia %s did not print the texts that this is about: %v", path, told)
		}
	}
}
