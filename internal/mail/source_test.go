package mail

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"foia/internal/longtest"
)

func write(t testing.TB, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// found is what a walk yields, in short.
func found(t testing.TB, root string, from func(func(Raw, error) bool)) (out []string) {
	t.Helper()
	for raw, err := range from {
		name, relErr := filepath.Rel(root, raw.Place.File)
		if relErr != nil {
			name = raw.Place.File
		}
		name = filepath.ToSlash(name)
		if err != nil {
			out = append(out, fmt.Sprintf("%s: %v", name, errors.Unwrap(err)))
			continue
		}
		out = append(out, fmt.Sprintf("%s %d %s %s", name, raw.Place.Number, raw.Kind, strings.ReplaceAll(string(raw.Data), "\n", "|")))
	}
	return out
}

func same(t *testing.T, got []string, want ...string) {
	t.Helper()
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// A mailbox is read message by message; what only looks like the beginning of one is text.
func TestMailbox(t *testing.T) {
	box := "From a@b Mon Oct 13 09:00:00 2026\nSubject: 1\n\nOne.\n>From here.\n\nFrom October on, it is free.\n\n" +
		"From - Tue Oct 14 09:00:00 2026\r\nSubject: 2\r\n\r\nTwo.\r\n\r\nFrom MAILER-DAEMON Wed Oct 15 09:00:00 2026\nSubject: 3\n\n" +
		"Three.\n"
	path := filepath.Join(t.TempDir(), "box")
	write(t, path, box)
	want := []string{"box 1 mail Subject: 1||One.|From here.||From October on, it is free.|",
		"box 2 mail Subject: 2\r|\r|Two.\r|", "box 3 mail Subject: 3||Three.|"}
	same(t, found(t, filepath.Dir(path), Walk(context.Background(), path)), want...)
	same(t, found(t, ".", Stream(context.Background(), strings.NewReader(box), "box")), want...)
	for raw, err := range Walk(context.Background(), path) {
		if err != nil || !strings.HasPrefix(box[raw.Place.Offset:], string(raw.Data[:10])) {
			t.Errorf("%v at %d: %q, %v", raw.Place, raw.Place.Offset, raw.Data, err)
		}
	}
	same(t, found(t, ".", Stream(context.Background(), strings.NewReader("Subject: x\nMessage-ID: <1@x>\n\ny"), "-")),
		"- 0 mail Subject: x|Message-ID: <1@x>||y")
	same(t, found(t, ".", Stream(context.Background(), strings.NewReader(""), "-")), "- 0 text ")
}

func TestFolders(t *testing.T) {
	root := t.TempDir()
	const one = "Subject: x\nMIME-Version: 1.0\n\ny"
	for name, content := range map[string]string{
		"a.eml": "x", "b.pdf": "%PDF-1.4", "c.txt": "Dear Ms. Sample:", "d.msg": one, "e.zip": "PK\x03\x04\x00",
		"memo.txt":    "From: Ana\nTo: Joe\n\nHello.",
		".hidden.eml": one, "deep/f.eml": "z", "box.mbox": "From a@b Mon Oct 13 09:00:00 2026\n" + one,
		"M/cur/1:2,S": "cur", "M/new/2": "new", "M/tmp/3": "tmp", "M/dovecot-uidlist": "x", "M/.Sent/cur/4": "sent",
		"M/.Sent/new/5": "sent",
	} {
		if runtime.GOOS == "windows" {
			name = strings.ReplaceAll(name, ":", ";")
		}
		write(t, filepath.Join(root, name), content)
	}
	got := found(t, root, Walk(context.Background(), root))
	for i := range got {
		got[i] = strings.ReplaceAll(got[i], ";2,S", ":2,S")
	}
	same(t, got, "M/.Sent/cur/4 0 mail sent", "M/.Sent/new/5 0 mail sent", "M/cur/1:2,S 0 mail cur", "M/new/2 0 mail new", "a.eml 0 mail x",
		"b.pdf 0 pdf %PDF-1.4", "box.mbox 1 mail Subject: x|MIME-Version: 1.0||y", "c.txt 0 text Dear Ms. Sample:",
		"d.msg 0 mail Subject: x|MIME-Version: 1.0||y", "deep/f.eml 0 mail z", "e.zip 0 other PK\x03\x04\x00",
		"memo.txt 0 text From: Ana|To: Joe||Hello.")
	for _, err := range Walk(context.Background(), filepath.Join(root, "none")) {
		var u *Unreadable
		if !errors.As(err, &u) || !errors.Is(err, os.ErrNotExist) {
			t.Errorf("a file that is not there: %v", err)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	n := 0
	for _, err := range Walk(ctx, root) {
		if n++; n == 2 {
			cancel()
		}
		if n > 2 && !errors.Is(err, context.Canceled) {
			t.Errorf("after it was canceled: %v", err)
		}
	}
	if n != 3 {
		t.Errorf("%d were yielded, want 2 and the reason", n)
	}
}

// endless is a mailbox of that many messages that nobody holds, the first of which is too large.
func endless(messages int) io.Reader {
	in, out := io.Pipe()
	go func() {
		w := bufio.NewWriterSize(out, 1<<20)
		line := strings.Repeat("x", 1<<20)
		fmt.Fprint(w, "From a@b Mon Oct 13 09:00:00 2026\nSubject: large\n\n")
		for range MostBytes>>20 + 1 {
			w.WriteString(line)
		}
		for i := range messages {
			fmt.Fprintf(w, "\n\nFrom a@b Mon Oct 13 09:00:00 2026\nSubject: %d\n\n%s", i, line[:1000])
		}
		out.CloseWithError(w.Flush())
	}()
	return in
}

// A message that is too large is passed over and said; the others are read, and nothing is kept of them.
func TestMailboxAtItsBound(t *testing.T) {
	n, large := 0, 0
	for raw, err := range Stream(context.Background(), endless(1000), "box") {
		var e TooLarge
		switch {
		case errors.As(err, &e):
			large++
			if e.Size <= MostBytes || raw.Place.Number != 1 {
				t.Errorf("%+v, %v", raw.Place, err)
			}
		case err != nil || len(raw.Data) > 1100:
			t.Fatalf("%d bytes, %v", len(raw.Data), err)
		default:
			n++
		}
	}
	if n != 1000 || large != 1 {
		t.Errorf("%d read, %d too large", n, large)
	}
	if _, err := Read(make([]byte, MostBytes+1), today); !errors.As(err, new(TooLarge)) {
		t.Errorf("a message of more than the bound: %v", err)
	}
}

// Messages that are made to do harm end soon, with what could be read, and say what was left out.
func TestMailAtItsBound(t *testing.T) {
	deep := dated
	for i := range 2000 {
		deep += fmt.Sprintf("Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n", i, i)
	}
	for name, c := range map[string]struct{ raw, warned string }{
		"20,000 parts": {dated + "Content-Type: multipart/mixed; boundary=b\n\n" +
			strings.Repeat("--b\nContent-Type: image/x; name=x\n\nx\n", 20_000), "more than 1000 parts"},
		"2,000 levels":        {deep, "more than 20 deep"},
		"a head without end":  {dated + strings.Repeat("X: y\n", 1<<20), "longer than 1024 KB"},
		"a field without end": {dated + "X: y\n" + strings.Repeat(" y\n", 1<<20), "longer than 1024 KB"},
		"a text without end":  {plain + strings.Repeat("On x:\n", 2<<20), "longer than 4 MB"},
		"HTML without end":    {inHTML + strings.Repeat("<div>x", 1<<20), "longer than 4 MB"},
		"styles without end": {inHTML + "<style>" + strings.Repeat(".a,", 20_000) + "{color:white}</style>" +
			strings.Repeat("<p class=a>x", 20_000), ""},
		"messages within":       {strings.Repeat(dated+"Content-Type: message/rfc822\n\n", 2000), "more than 5 deep"},
		"addresses without end": {strings.Replace(plain, "To: ", "To: "+strings.Repeat("<a@b.c>,", 100_000), 1), ""},
		"dashes":                {mixed + strings.Repeat("--\n", 1<<20), "its end is missing"},
		"names that are the same": {dated + "Content-Type: multipart/mixed; boundary=b\n\n" +
			strings.Repeat("--b\nContent-Type: image/x; name=x.y\n\nx\n", 990) + "--b--", ""},
	} {
		m := mustRead(t, c.raw)
		warned := strings.Join(m.Warnings, "|")
		for l := m; l.Forwarded != nil; l = l.Forwarded {
			warned += "|" + strings.Join(l.Forwarded.Warnings, "|")
		}
		if (c.warned == "") != (warned == "") || !strings.Contains(warned, c.warned) {
			t.Errorf("%s: warnings %q, want %q", name, warned, c.warned)
		}
		if len(m.Parts) > MostParts || len(m.Body)+len(m.Quoted) > 3*mostText || len(m.To) > mostAddresses {
			t.Errorf("%s: %d files, %d bytes, %d addressees", name, len(m.Parts), len(m.Body), len(m.To))
		}
	}
}

func BenchmarkRead(b *testing.B) {
	files, err := filepath.Glob("testdata/replies/*.eml")
	if err != nil || len(files) == 0 {
		b.Fatal(err)
	}
	var all [][]byte
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			b.Fatal(err)
		}
		all = append(all, raw)
	}
	for i := 0; b.Loop(); i++ {
		if _, err := Read(all[i%len(all)], today); err != nil {
			b.Fatal(err)
		}
	}
}

// Whatever bytes a message is made of, what is read of it is text, its files have names, and it ends.
func FuzzRead(f *testing.F) {
	longtest.LargeInputs(f)
	files, err := filepath.Glob("testdata/replies/*.eml")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Add([]byte(mixed + "--b\nContent-Type: message/rfc822\n\n" + inHTML + "<style>.a{color:#fff}</style><p class=a>x<a href=b.c>d.e</a>"))
	f.Add([]byte(plain + "Own.\n\nOn 1 Oct 2026, Jane wrote:\nx\n-----Original Message-----\nFrom: a\nSent: b\nTo: c\nSubject: d\n\ne"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		m, err := Read(raw, time.Time{})
		if err != nil {
			return
		}
		check(t, m, 0)
	})
}

func check(t *testing.T, m *Message, depth int) {
	if depth > 3*mostInside {
		t.Fatal("messages within each other are too deep")
	}
	for _, s := range append([]string{m.ID, m.Subject, m.From.Name, m.From.Address, m.Hidden}, append(m.References, m.Suspicious...)...) {
		if strings.ContainsAny(s, "\r\x00") || !utf8.ValidString(s) {
			t.Errorf("a line: %q", s)
		}
	}
	for _, s := range append([]string{m.Body, m.Quoted, m.Remark}, m.Warnings...) {
		if strings.ContainsAny(s, "\r\x00") || !utf8.ValidString(s) {
			t.Errorf("a text: %q", s)
		}
	}
	seen := map[string]bool{}
	for _, p := range m.Parts {
		low := strings.ToLower(p.Name)
		if p.Name == "" || strings.ContainsAny(p.Name, "/\\:\x00\n") || p.Name != filepath.Base(p.Name) || seen[low] || len(p.Name) > 200 {
			t.Errorf("a name: %q", p.Name)
		}
		seen[low] = true
		if p.Message != nil && p.Message != m.Forwarded {
			check(t, p.Message, depth+1)
		}
	}
	if m.Forwarded != nil {
		if m.Body != "" {
			t.Errorf("a body beside what was forwarded: %q", m.Body)
		}
		check(t, m.Forwarded, depth+1)
	}
}

// Whatever bytes a mailbox is made of, all of its messages are its bytes, and it ends.
func FuzzMailbox(f *testing.F) {
	longtest.LargeInputs(f)
	f.Add([]byte("From a@b Mon Oct 13 09:00:00 2026\nSubject: 1\n\nOne.\n>From here.\n\nFrom c@d Tue Oct 14 09:00:00 2026\n" +
		"Subject: 2\n\nTwo.\n"))
	f.Add([]byte("From \n\nFrom \n\nFrom - Mon 1:00\r\n\r\n>>From \r\n"))
	f.Add([]byte("From a\n" + strings.Repeat("x", 70<<10) + "\n\nFrom b\nA: b\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<20 {
			return
		}
		size, last := 0, 0
		for raw, err := range Stream(context.Background(), bytes.NewReader(data), "box") {
			if err != nil {
				t.Fatal(err)
			}
			if n := raw.Place.Number; n != 0 && n <= last || raw.Place.Offset > int64(len(data)) {
				t.Errorf("%+v after message %d", raw.Place, last)
			}
			size, last = size+len(raw.Data), raw.Place.Number
		}
		if size > len(data) {
			t.Errorf("%d bytes of %d", size, len(data))
		}
	})
}

// silent is where nothing comes from.
type silent struct{ asked chan struct{} }

func (s silent) Read([]byte) (int, error) {
	close(s.asked)
	select {}
}

// lines come for ever.
type lines struct{ n *int }

func (l lines) Read(p []byte) (int, error) {
	*l.n += copy(p, strings.Repeat("Subject: x\n", len(p)/11))
	return len(p) / 11 * 11, nil
}

// What never ends, or never begins, can be stopped.
func TestStreamCanBeStopped(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	asked := make(chan struct{})
	go func() { <-asked; cancel() }()
	for _, err := range Stream(ctx, silent{asked}, "-") {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("nothing comes: %v", err)
		}
	}
	ctx, cancel = context.WithCancel(context.Background())
	n := 0
	first := io.MultiReader(strings.NewReader("From a@b Mon Oct 13 09:00:00 2026\n"), lines{&n}, nil)
	stopped := readerFunc(func(p []byte) (int, error) {
		if n > MostBytes+1<<20 {
			cancel()
		}
		return first.Read(p)
	})
	seen := 0
	for _, err := range Stream(ctx, stopped, "-") {
		if seen++; !errors.Is(err, context.Canceled) || seen > 1 {
			t.Errorf("it does not end: %v", err)
		}
	}
	if seen == 0 {
		t.Error("nothing says that it was stopped")
	}
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }
