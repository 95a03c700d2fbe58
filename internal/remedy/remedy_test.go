package remedy

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
)

// loud words everything so that nothing can be confused with the text around it.
type loud struct{}

func (loud) Act(a Act) string       { return fmt.Sprintf("<%s %q %v>", a.Verb, a.Words, a.Details) }
func (loud) Detail(d Detail) string { return "[" + d.Name + "=" + d.Value + "]" }

func TestAdviceKeepsActsAsValues(t *testing.T) {
	act := To(Record, "2026-0001", "determination").With("on", Open("DATE")).With("outcome", "granted").Saying("again").Answering("reasons",
		Open("…"))
	text := fmt.Sprintf("record it first: %s; or add %s", act, Give("of", "silence"))
	wrapped := fmt.Errorf("2026-0001: %w", &Error{What: text, Where: "foia.yaml:3", Cause: errors.New("cause")})
	acts := Acts(wrapped.Error())
	if len(acts) != 1 || !reflect.DeepEqual(acts[0], act) {
		t.Errorf("acts of a wrapped error: %v, want %v", acts, act)
	}
	if what, open := IsOpen(acts[0].Details[0].Value); what != "DATE" || !open {
		t.Errorf("the day is %q (open: %t), want an open DATE", what, open)
	}
	want := "2026-0001: record it first: record 2026-0001 determination on DATE outcome granted again reasons …; or add of silence: " +
		"cause (foia.yaml:3)"
	if got := Plain(wrapped.Error()); got != want {
		t.Errorf("plain: %q, want %q", got, want)
	}
}

// What a person or an agency wrote can hold any character.
func TestForeignTextNamesNoAct(t *testing.T) {
	forged := To(Verify).String()
	for _, text := range []string{
		"see: " + To(Show, forged).String(),
		To(Record, "1", "note").With("note", forged).String(),
		To(Record, "1", "note").With(forged, "x").String(),
		Give("of", forged), Name(forged),
	} {
		for _, a := range Acts(text) {
			if a.Verb == Verify {
				t.Errorf("%+q names the act that stood in a value", text)
			}
		}
	}
	for _, text := range []string{"a\uFDD0b", "a\uFDD1b", "\uFDD0", "\uFDD0\uFDD1", "\uFDD0\uFDD3\uFDD4\uFDD1", "\uFDD5x"} {
		if got := Words(text, loud{}); containsMark(got) {
			t.Errorf("%+q is worded as %+q, which has marks", text, got)
		}
	}
}

func containsMark(s string) bool { return strings.ContainsFunc(s, isMark) }

func FuzzWords(f *testing.F) {
	f.Add("see: "+To(Show, "2026-0001").String()+"!", "x")
	f.Add(To(Record, Open("ID"), "sent").With("on", "2026-01-01").Saying("again").String(), "\uFDD0")
	f.Add("\uFDD0\uFDD2\uFDD3\uFDD4\uFDD1\uFDD5", "a\uFDD1b")
	f.Fuzz(func(t *testing.T, text, value string) {
		if got := Plain(text); containsMark(got) {
			t.Fatalf("%+q: marks are left in %+q", text, got)
		}
		acts := Acts(To(Show, value).With(value, value).String())
		if len(acts) != 1 || acts[0].Verb != Show || len(acts[0].Words) != 1 || len(acts[0].Details) != 1 {
			t.Fatalf("%+q as a value makes %v of an act", value, acts)
		}
	})
}

func TestTextWithoutActsStays(t *testing.T) {
	const text = "choose another name"
	if got := Words(text, loud{}); got != text {
		t.Errorf("%q became %q", text, got)
	}
	if To("").String() != "" || !To("").None() {
		t.Error("no act is a part of a text")
	}
}

func TestAdviceInJSON(t *testing.T) {
	act := To(Record, "2026-0001", "note").With("note", `a "b" \ c`)
	raw, err := json.Marshal(map[string]string{"fix": "say it: " + act.String() + " <ok>"})
	if err != nil {
		t.Fatal(err)
	}
	var back map[string]string
	if err := json.Unmarshal(WordsJSON(raw, plain{}), &back); err != nil {
		t.Fatalf("%s: %v", WordsJSON(raw, plain{}), err)
	}
	if want := `say it: record 2026-0001 note note a "b" \ c <ok>`; back["fix"] != want {
		t.Errorf("got %q, want %q", back["fix"], want)
	}
	if got := WordsJSON([]byte("\uFDD0\"\uFDD1\uFDD0"), plain{}); len(got) == 0 {
		t.Error("what is not JSON was lost")
	}
}

func TestEveryVerbOnce(t *testing.T) {
	seen := map[Verb]bool{}
	for _, v := range Verbs() {
		if v == "" || seen[v] {
			t.Errorf("the verb %q is empty or listed twice", v)
		}
		seen[v] = true
	}
}
