package main

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"foia/internal/correspondence"
	"foia/internal/docket"
	"foia/internal/logbook"
	"foia/internal/post"
)

// What happened between the question and the yes: what a person has not seen does not go out, and what does not matter does not
// keep a letter back. What happens to the files after the log has the message changes nothing of what the server is given.
func TestSendMeanwhile(t *testing.T) {
	o := newOutbox(t, 6)
	a := testApp()
	a.dir = o.dir
	w, err := a.workspace()
	if err != nil {
		t.Fatal(err)
	}
	s, err := a.sender(w)
	if err != nil {
		t.Fatal(err)
	}
	change := func(id string) {
		t.Helper()
		changed := 0
		err := filepath.WalkDir(filepath.Join(o.dir, "requests"), func(path string, _ fs.DirEntry, err error) error {
			if err == nil && strings.Contains(path, id) && filepath.Base(path) == "letter.pdf" {
				changed++
				err = os.WriteFile(path, []byte("%PDF-1.4 of somebody else"), 0o600)
			}
			return err
		})
		if err != nil || changed != 1 {
			t.Fatalf("%d changed, %v", changed, err)
		}
	}
	given := 0
	s.Deliver = func(_ context.Context, _ post.Envelope, message []byte) (post.Receipt, error) {
		if given++; given == 2 {
			change("2026-0006")
		}
		if !bytes.Contains(message, []byte("JVBERi0x")) || bytes.Contains(message, []byte("somebody else")) { // %PDF-1 in base64
			t.Error("another message than the one that was shown")
		}
		return post.Receipt{Server: "here", Reply: "250 Ok"}, nil
	}
	moved := func(err error) bool { return errors.As(err, new(*logbook.MovedOn)) }
	for _, row := range []struct {
		id    string
		does  func(id string)
		right func(error) bool // nil: it goes out
	}{
		{"2026-0001", func(id string) { o.within("record", id, "note", "--note", "called") }, nil},
		{"2026-0002", func(id string) { o.within("edit", id, "--set", "subject=Other cameras") }, moved},
		{"2026-0003", func(id string) { o.within("record", id, "sent", "--by", "email") },
			func(err error) bool { return errors.As(err, new(*correspondence.SentAlready)) }},
		{"2026-0004", func(id string) {
			o.within("record", id, "sent", "--by", "email")
			o.within("record", id, "correction", "--of", "2", "--reason", "not yet")
		}, moved},
		{"2026-0005", change, func(err error) bool {
			return err != nil && strings.Contains(err.Error(), "was changed after it was made")
		}},
		{"2026-0006", func(string) {}, nil},
	} {
		before := given
		ready, err := s.Prepare(t.Context(), row.id, correspondence.Email{})
		if err != nil {
			t.Fatal(err)
		}
		row.does(row.id)
		_, err = s.Send(t.Context(), ready)
		if row.right == nil && err != nil || row.right != nil && !row.right(err) || (given > before) != (row.right == nil) {
			t.Errorf("%s: given %v, %v", row.id, given > before, err)
		}
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	for id, want := range map[string]docket.Status{"2026-0001": docket.IsSent, "2026-0002": docket.IsDrafted, "2026-0003": docket.IsSent,
		"2026-0004": docket.IsDrafted, "2026-0005": docket.IsDrafted, "2026-0006": docket.IsSent} {
		if got := o.log()[id]; got != want {
			t.Errorf("%s is %s", id, got)
		}
	}
}
