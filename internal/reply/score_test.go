package reply

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"foia/internal/workday"
)

// expected is what a message of the corpus tells (testdata/README.md).
type expected struct {
	File    string `json:"file"`
	Kind    string `json:"kind"`
	Request struct {
		Tracking, Subject *string
		OurRef            *string `json:"our_ref"`
	} `json:"request_hint"`
	Events  []map[string]string `json:"events"`
	MustNot []map[string]string `json:"must_not"`
}

func corpus(t testing.TB) (list []expected) { return corpusIn(t, "testdata") }

func corpusIn(t testing.TB, dir string) (list []expected) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(dir, "expected.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, &list); err != nil {
		t.Fatal(err)
	}
	return list
}

func message(t testing.TB, file string) (m Message) { return messageIn(t, "testdata", file) }

func messageIn(t testing.TB, dir, file string) (m Message) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(dir, "messages", file+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var in struct {
		Subject, Sender, Sent string
		Parts                 []Part
	}
	if err := json.Unmarshal(raw, &in); err != nil {
		t.Fatal(err)
	}
	m = Message{Subject: in.Subject, Sender: in.Sender, Parts: in.Parts}
	if in.Sent != "" {
		m.Sent = workday.MustDate(in.Sent[:10])
	}
	return m
}

// flat is a proposal as the corpus has them.
func flat(p Proposal, tracking string) map[string]string {
	out := map[string]string{"event": string(p.Kind), "on": p.On.String()}
	for k, v := range p.Data {
		out[k] = v
	}
	if out["request"] = p.Request; p.Request == "" {
		out["request"] = tracking
	}
	return out
}

func hits(want, got map[string]string) bool {
	for k, v := range want {
		switch {
		case k == "event" && v == "*":
		case k == "exemptions":
			found := false
			for _, c := range strings.Split(got[k], ",") {
				found = found || c == v
			}
			if !found {
				return false
			}
		case got[k] != v:
			return false
		}
	}
	return true
}

// The corpus: nothing that must not be proposed, no wrong detail, and nearly everything that there is.
func TestCorpus(t *testing.T) {
	if found, wanted, wrong := score(t, "testdata"); found < wanted || wrong > 0 {
		t.Errorf("%d of %d details are read, %d of them wrong", found, wanted, wrong)
	}
}

// What was read of them when they were written down.
const leastOfOthers, mostWrongOfOthers = 981, 4

// Messages of other offices, in other wordings. Not all of what they tell is read; nothing is proposed that must not
// be, and what is read does not become less.
func TestOthers(t *testing.T) {
	found, wanted, wrong := score(t, "testdata/others")
	if found < leastOfOthers || wrong > mostWrongOfOthers {
		t.Errorf("%d of %d details are read, %d of them wrong", found, wanted, wrong)
	}
}

// tally is what was read of the details of one kind of event.
type tally struct{ found, wanted, wrong int }

func score(t *testing.T, dir string) (found, wanted, wrong int) {
	t.Helper()
	calendar, err := workday.Federal()
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]*tally{}
	for _, x := range corpusIn(t, dir) {
		m := messageIn(t, dir, x.File)
		if x.Kind != "letter" && x.Kind != "mail" && x.Kind != "portal-notice" {
			continue // what is no reply is told by the mail itself
		}
		r := Read(m, Known{Calendar: calendar, Today: workday.MustDate("2026-11-29")})
		compareHint(t, x, r)
		var got []map[string]string
		for _, p := range r.Proposals {
			got = append(got, flat(p, r.Hint.Tracking))
		}
		for _, no := range x.MustNot {
			for _, g := range got {
				if hits(no, g) {
					t.Errorf("%s: must not propose %v, but %v", x.File, no, g)
				}
			}
		}
		for _, want := range x.Events {
			if want["event"] != "note" { // the log has an event for it now
				count(t, x.File, want, got, kinds)
			}
		}
		for _, g := range got {
			if !slices.ContainsFunc(x.Events, func(want map[string]string) bool { return g["event"] == want["event"] }) {
				t.Logf("%s: besides: %v", x.File, g)
			}
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		k := kinds[kind]
		t.Logf("%s: %d of %d, %d wrong", kind, k.found, k.wanted, k.wrong)
		found, wanted, wrong = found+k.found, wanted+k.wanted, wrong+k.wrong
	}
	t.Logf("%d of %d details, %d wrong", found, wanted, wrong)
	return found, wanted, wrong
}

func compareHint(t *testing.T, x expected, r Reading) {
	t.Helper()
	if x.Request.Tracking != nil && Folded(r.Hint.Tracking) != Folded(*x.Request.Tracking) {
		t.Logf("%s: number %q, want %q", x.File, r.Hint.Tracking, *x.Request.Tracking)
	}
	if x.Request.Subject != nil && r.Hint.Subject != *x.Request.Subject {
		t.Logf("%s: subject %q, want %q", x.File, r.Hint.Subject, *x.Request.Subject)
	}
}

// count counts what was read of an event that was expected. Of several of its kind, the one that fits best is taken.
func count(t *testing.T, file string, want map[string]string, got []map[string]string, kinds map[string]*tally) {
	t.Helper()
	k := kinds[want["event"]]
	if k == nil {
		k = &tally{}
		kinds[want["event"]] = k
	}
	k.wanted += len(want)
	var best map[string]string
	most := -1
	for _, g := range got {
		same := 0
		for name, v := range want {
			if g[name] == v {
				same++
			}
		}
		if g["event"] == want["event"] && (want["request"] == "" || g["request"] == want["request"]) && same > most {
			best, most = g, same
		}
	}
	if best == nil {
		t.Logf("%s: not found: %v", file, want)
		return
	}
	for name, v := range want {
		switch {
		case best[name] == v:
			k.found++
		case best[name] == "":
			t.Logf("%s: %s: %s is not found, want %s", file, want["event"], name, v)
		default:
			k.wrong++
			t.Logf("%s: %s: %s is %q, want %q", file, want["event"], name, best[name], v)
		}
	}
}
