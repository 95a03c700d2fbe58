package imap

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"foia/internal/imap/imaptest"
	"foia/internal/longtest"
	"foia/internal/mail"
)

// A server that offers 20,000 messages, in the short form 2,500: they are read
// run by run, each once, in an amount of memory that their number does not matter to.
func TestManyAtTheirBound(t *testing.T) {
	offered := 2 * MostMessages / 4
	if longtest.On() {
		offered = 4 * MostMessages
	}
	m := imaptest.StartMemory(t)
	fill(t, m, 1, offered)
	a := accountAt(m.Port, m.Certificate)
	var mark Mark
	read, runs := 0, 0
	peak, took := longtest.Cost(func() {
		for waiting := 1; waiting > 0; runs++ {
			b, err := Open(t.Context(), a)
			if err != nil {
				t.Fatal(err)
			}
			here := 0
			for raw, err := range b.Messages(Due{After: mark}) {
				if err != nil || string(raw.Data) != imaptest.Message(read+1) {
					t.Fatalf("message %d: %q, %v", read+1, raw.Data, err)
				}
				read++
				here++
			}
			mark, waiting = b.Mark(), b.Waiting
			b.Close()
			if here > MostMessages || waiting != offered-read {
				t.Fatalf("%d messages in a run; %d of %d were read, and %d wait", here, read, offered, waiting)
			}
		}
	})
	if read != offered || runs != (offered+MostMessages-1)/MostMessages {
		t.Errorf("%d of %d messages in %d runs", read, offered, runs)
	}
	t.Logf("%d messages in %d runs: %d MB at most, %v", offered, runs, peak>>20, took)
	if peak > 64<<20 {
		t.Errorf("%d messages take %d MB", offered, peak>>20)
	}
}

// A message of as many bytes as there can be is read, and one with more is passed over, whether the server says so or
// not. The short form announces the second alone.
func TestMessageAtItsBound(t *testing.T) {
	for _, row := range []struct {
		name          string
		size, said    int64
		got, announce bool
	}{
		{"200 MB", mail.MostBytes, mail.MostBytes, true, false},
		{"more, not announced", mail.MostBytes + 1, 1000, false, false},
		{"more, announced", mail.MostBytes + 1, mail.MostBytes + 1, false, true},
	} {
		if !row.announce && !longtest.On() {
			continue
		}
		t.Run(row.name, func(t *testing.T) {
			sent := int64(0)
			s := (&imaptest.Scripted{Messages: map[uint32]imaptest.ScriptedMessage{1: {Text: "x"}, 2: {Text: "x"}},
				Answers: answers("UID FETCH", func(c *imaptest.Talk) {
					size := c.Partial(row.size)
					switch {
					case strings.Contains(c.Args, "RFC822.SIZE"):
						c.Say("* 1 FETCH (UID 1 RFC822.SIZE %d)\r\n* 2 FETCH (UID 2 RFC822.SIZE 1)", row.said)
					case strings.HasPrefix(c.Args, "1"):
						_, _ = fmt.Fprintf(c, "* 1 FETCH (UID 1 BODY[]<0> {%d}\r\n", size)
						n, _ := io.Copy(c, io.LimitReader(forever("", "x"), size))
						sent += n
						c.Say(")")
					}
					if strings.HasPrefix(c.Args, "1:2") || strings.HasPrefix(c.Args, "2") {
						if !strings.Contains(c.Args, "RFC822.SIZE") {
							c.Say("* 2 FETCH (UID 2 BODY[]<0> {1}\r\nx)")
						}
					}
					c.OK()
				})}).Start(t)
			b, err := open(t.Context(), accountAt(s.Port, s.Certificate), answerWait)
			if err != nil {
				t.Fatal(err)
			}
			defer b.Close()
			var got []int64
			var passed int
			peak, took := longtest.Cost(func() {
				for raw, err := range b.Messages(Due{}) {
					if err != nil {
						if !strings.Contains(err.Error(), "has more than 200 MB") {
							t.Error(err)
						}
						passed++
						continue
					}
					got = append(got, int64(len(raw.Data)))
				}
			})
			t.Logf("%d MB sent: %d MB at most, %v", sent>>20, peak>>20, took)
			want := []int64{1}
			if row.got {
				want = []int64{row.size, 1}
			}
			if !slices.Equal(got, want) || passed != 2-len(want) || b.Mark().UID != 2 || row.announce && sent > 0 {
				t.Errorf("messages of %v bytes, %d passed over, %d bytes sent", got, passed, sent)
			}
			if peak > 2*mail.MostBytes+64<<20 {
				t.Errorf("%d MB", peak>>20)
			}
		})
	}
}
