//go:build unix

package imap

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"foia/internal/imap/imaptest"
)

// noon of a day of October 2026, as the server counts it.
func noon(day int) time.Time { return time.Date(2026, 10, day, 12, 0, 0, 0, time.UTC) }

func deliver(t testing.TB, d *imaptest.Dovecot, at time.Time, from, to int) {
	t.Helper()
	var texts []string
	for n := from; n <= to; n++ {
		texts = append(texts, imaptest.Message(n))
	}
	if err := d.Add(at, texts...); err != nil {
		t.Fatal(err)
	}
}

// delivered are the files of the Maildir with what their names say: new or cur, and the flags.
func delivered(t *testing.T, d *imaptest.Dovecot) string {
	t.Helper()
	var names []string
	for _, dir := range []string{"new", "cur", "tmp"} {
		entries, err := os.ReadDir(filepath.Join(d.Dir, "mail", dir))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			names = append(names, dir+"/"+e.Name())
		}
	}
	return strings.Join(names, "\n")
}

// patient is read with the patience of the program: a real server takes its time, and delays whoever gives a wrong
// password.
func patient(t *testing.T, a Account, due Due) (b *Box, got map[int]string, err error) {
	t.Helper()
	if b, err = Open(t.Context(), a); err != nil {
		return nil, nil, err
	}
	defer b.Close()
	got = map[int]string{}
	for raw, err := range b.Messages(due) {
		if err != nil {
			return b, got, err
		}
		got[raw.Place.Number] = string(raw.Data)
	}
	return b, got, nil
}

// With a real server: everything since a day, then what is new; nothing is marked, moved or no longer recent.
func TestDovecot(t *testing.T) {
	d := imaptest.StartDovecot(t)
	deliver(t, d, noon(1), 1, 3)
	deliver(t, d, noon(20), 4, 6)
	before := delivered(t, d)
	a := accountAt(d.Port, d.Certificate)
	b, got, err := patient(t, a, Due{Since: noon(20)})
	if err != nil || len(got) != 3 || got[4] != imaptest.Message(4) || got[6] != imaptest.Message(6) || b.Mark().UID != 6 || b.Short != 0 {
		t.Fatalf("%d messages, %v\n%s", len(got), err, d.Log())
	}
	if after := delivered(t, d); after != before || strings.Count(after, "new/") != 6 {
		t.Errorf("before:\n%s\nafter:\n%s", before, after)
	}
	deliver(t, d, noon(2), 7, 8) // old mail that was moved here is new in this mailbox
	for _, way := range []Security{TLS, STARTTLS} {
		a := a
		if a.Security = way; way == STARTTLS {
			a.Port = d.Open
		}
		if b, got, err := patient(t, a, Due{After: b.Mark()}); err != nil || len(got) != 2 || b.Mark().UID != 8 {
			t.Errorf("%s: %d messages, %v", way, len(got), err)
		}
	}

	// Numbered anew, as after a server has lost its index.
	if err := d.Stop(); err != nil {
		t.Fatal(err)
	}
	if log := d.Log(); strings.Contains(log, imaptest.Password) || strings.Count(log, "Logged out in=") != 3 ||
		strings.Count(log, "deleted=0 expunged=0") != 3 {
		t.Error(log)
	}
	time.Sleep(1100 * time.Millisecond) // its validity is the second in which it began to count
	if err := d.Renumber(); err != nil {
		t.Fatal(err)
	}
	if err := d.Start(); err != nil {
		t.Fatal(err)
	}
	again, got, err := patient(t, a, Due{After: b.Mark()})
	if err != nil || len(got) != 8 || !again.Renumbered || again.Mark().Validity == b.Mark().Validity {
		t.Errorf("%d messages, %+v, %v", len(got), again, err)
	}
}

// What a real server says when it does not want to.
func TestDovecotRefuses(t *testing.T) {
	d := imaptest.StartDovecot(t)
	for words, change := range map[string]func(*Account){
		"refused the login of ana@example.org: ": func(a *Account) {
			a.Password = func(string) (string, error) { return "hunter2", nil }
		},
		"the mailbox Récu cannot be opened: Mailbox doesn't exist: R": func(a *Account) { a.Mailbox = "Récu" },
		"does not speak TLS there":                                    func(a *Account) { a.Port = d.Open },
	} {
		a := accountAt(d.Port, d.Certificate)
		change(&a)
		_, _, err := patient(t, a, Due{})
		if err == nil || !strings.Contains(err.Error(), words) || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%v; want %q", err, words)
		}
	}
}

// BenchmarkDovecot reads a mailbox of a real server: ns/op is what one message takes.
func BenchmarkDovecot(b *testing.B) {
	d := imaptest.StartDovecot(b)
	const batch = 1000
	for n := 0; n < b.N; n += batch {
		deliver(b, d, noon(1).Add(time.Duration(n)*time.Second), 1, min(batch, b.N-n))
	}
	b.ReportAllocs()
	b.ResetTimer()
	var mark Mark
	read := 0
	for read < b.N {
		box, err := Open(b.Context(), accountAt(d.Port, d.Certificate))
		if err != nil {
			b.Fatal(err)
		}
		before := read
		for _, err := range box.Messages(Due{After: mark}) {
			if err != nil {
				b.Fatal(err)
			}
			read++
		}
		mark = box.Mark()
		box.Close()
		if read == before {
			b.Fatal(fmt.Errorf("%d of %d messages are there", read, b.N))
		}
	}
}
