package inbox

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"foia/internal/longtest"
	"foia/internal/mail"
	"foia/internal/pdftext"
	"foia/internal/reply"
	"foia/internal/workspace"
)

// paper is a reader of PDFs that takes its time, and finds scans.
type paper struct{ recognized *int }

func (paper) Text(context.Context, []byte) (*pdftext.Document, error) {
	return &pdftext.Document{Count: 2, Pages: []pdftext.Page{{Number: 1, Text: "Dear Ms. Sample:"}, {Number: 2, Scan: true}}}, nil
}

func (p paper) Recognize(_ context.Context, _ []byte, d *pdftext.Document, _ string) error {
	*p.recognized++
	d.Pages[1].OCR, d.Pages[1].Text = true, "We grant your request."
	return nil
}

const head = "From: FOIA <foia@ice.example.gov>\nTo: Ana <ana@example.org>\nDate: Fri, 27 Nov 2026 09:00:00 -0500\n" +
	"Subject: Your request\n" +
	"MIME-Version: 1.0\n"

func itemOf(t *testing.T, r *Reader, raw string) Item {
	t.Helper()
	for item, err := range r.ReadFrom(t.Context(), strings.NewReader(raw), "-") {
		if err != nil {
			t.Fatal(err)
		}
		return item
	}
	t.Fatal("no message")
	return Item{}
}

// What many files of a message take is bounded, and what was left out is told.
func TestFilesAtTheirBound(t *testing.T) {
	r, n := reader(t), 0
	r.PDF = paper{&n}
	var raw strings.Builder
	raw.WriteString(head + "Content-Type: multipart/mixed; boundary=b\n\n")
	for i := range mostScanned + 10 {
		fmt.Fprintf(&raw, "--b\nContent-Type: application/pdf; name=%d.pdf\n\n%%PDF-\n", i)
	}
	item := itemOf(t, r, raw.String()+"--b--\n")
	if notes := strings.Join(item.Notes, "\n"); n != mostScanned || strings.Count(notes, errScanned.Error()) != 10 {
		t.Errorf("%d were recognized, want %d:\n%s", n, mostScanned, notes)
	}
	part := mail.Part{Name: "a.pdf", Type: "application/pdf"}
	over, end := context.WithTimeout(t.Context(), 0)
	defer end()
	late := &spent{time: over}
	if read, notes := r.part(t.Context(), part, late); read != nil || !strings.Contains(strings.Join(notes, ""), "was not read") {
		t.Errorf("after its time: %v, %q", read, notes)
	}
	if !strings.Contains(errScanned.Error(), fmt.Sprintf(" %d ", mostScanned)) {
		t.Errorf("%q does not say %d", errScanned, mostScanned)
	}
}

// Of long texts, the beginnings are read, and short ones whole: a letter stays whole beside records.
func TestLongTexts(t *testing.T) {
	long := strings.Repeat("A record.\n", mostText/5)
	for name, c := range map[string]struct {
		texts []string
		told  string
	}{
		"short":              {[]string{"Dear Ms. Sample:", "x"}, ""},
		"a letter, a record": {[]string{"Dear Ms. Sample:", long}, "1.txt is long"},
		"a long letter":      {[]string{long}, "0.txt is long"},
		"three records":      {[]string{long, "Dear Ms. Sample:", long, long}, "3 of its texts are long"},
		"one line":           {[]string{strings.Repeat("é", mostText)}, "0.txt is long"},
	} {
		item := Item{read: &reply.Message{}}
		for i, text := range c.texts {
			item.read.Parts = append(item.read.Parts, reply.Part{Name: fmt.Sprintf("%d.txt", i), Text: text})
		}
		item.bound()
		size := 0
		for i, p := range item.Read() {
			if size += len(p.Text); !strings.HasPrefix(c.texts[i], p.Text) || len(c.texts[i]) < 100 && p.Text != c.texts[i] ||
				p.Text == "" {
				t.Errorf("%s: %d bytes of text %d", name, len(p.Text), i)
			}
		}
		if told := strings.Join(item.Notes, "|"); size > mostText || (c.told == "") != (told == "") || !strings.Contains(told, c.told) {
			t.Errorf("%s: %d bytes, %q", name, size, told)
		}
	}
}

// A letter as Windows writes it is text.
func TestTextInUTF16(t *testing.T) {
	raw := "\xff\xfe" + strings.Join(strings.Split("Dear Ms. Sample:\r\nWe have it.\r\n", ""), "\x00") + "\x00"
	item := itemOf(t, reader(t), raw)
	if parts := item.Read(); len(parts) != 1 || !strings.HasPrefix(parts[0].Text, "Dear Ms. Sample:\nWe have it.") {
		t.Errorf("%+v", parts)
	}
}

// A message that waits is neither lost nor there twice, whatever is done to its file.
func TestWaitingIsNotLost(t *testing.T) {
	r := reader(t)
	log, err := r.Book.Workspace.OpenLog(t.Context(), true)
	if err == nil {
		err = log.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	item := itemOf(t, r, head+"\nDear Ms. Sample:\n")
	wait := func() string {
		t.Helper()
		name, err := r.Wait(t.Context(), &item)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(r.Book.Workspace.Path(name)); err != nil || !bytes.Equal(got, item.Data) {
			t.Fatalf("%s holds %q: %v", name, got, err)
		}
		return name
	}
	many := func(want int) {
		t.Helper()
		if n, err := HowMany(r.Book.Workspace); n != want || err != nil {
			t.Errorf("%d wait, want %d: %v", n, want, err)
		}
	}
	first := wait()
	if again := wait(); again != first {
		t.Errorf("it waits as %s and %s", first, again)
	}
	many(1)
	edited := r.Book.Workspace.Path(first)
	if err := os.WriteFile(edited, []byte("Subject: other\n\nwords"), 0o600); err != nil {
		t.Fatal(err)
	}
	if second := wait(); second == first {
		t.Errorf("it is not kept beside what was changed: %s", second)
	}
	wait()
	many(2)
	if err := r.Done(t.Context(), &item); err != nil {
		t.Fatal(err)
	}
	many(1)
	if _, err := os.Stat(edited); err != nil {
		t.Errorf("what was changed is gone: %v", err)
	}
	if err := os.RemoveAll(filepath.Dir(edited)); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Dir(edited), []byte("Dear Ms. Sample:"), 0o600); err != nil {
		t.Fatal(err)
	}
	for item, err := range r.Waiting(t.Context()) {
		if err == nil {
			t.Errorf("%s, a file, is a folder of messages that wait: %v", workspace.InboxDir, item.File)
		}
	}
}

// Whatever bytes a message is made of, it becomes an item, and what it proposes rests on its words.
func FuzzMessage(f *testing.F) {
	longtest.LargeInputs(f)
	for _, pattern := range []string{"testdata/*.eml", "testdata/*.txt"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			f.Fatal(err)
		}
		for _, name := range files {
			raw, err := os.ReadFile(name)
			if err != nil {
				f.Fatal(err)
			}
			if len(raw) < 16<<10 {
				f.Add(raw)
			}
		}
	}
	f.Add([]byte(head + "\nrecord outcome denied\n{\"event\":\"determination\",\"outcome\":\"denied\"}\n"))
	folder := f.TempDir() // nothing is written there
	f.Fuzz(func(t *testing.T, raw []byte) {
		if len(raw) > 32<<10 {
			return
		}
		r, n := readerIn(t, folder), 0
		r.PDF = paper{&n}
		for item, err := range r.ReadFrom(t.Context(), bytes.NewReader(raw), "-") {
			if err != nil {
				t.Fatal(err)
			}
			if item.Kind == "" || item.Hash == "" {
				t.Errorf("%+v", item)
			}
			for _, e := range item.Entries {
				if e.Certain() || e.Records() {
					t.Errorf("without a request: %+v", e)
				}
			}
		}
	})
}
