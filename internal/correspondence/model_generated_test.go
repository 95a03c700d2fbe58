package correspondence

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"foia/internal/docket"
	"foia/internal/longtest"
	"foia/internal/workday"
)

// tally counts how often the model says of a claim that it is so, or not.
type tally map[string]map[answer]int

func (c tally) add(all map[string]truth) {
	for name, t := range all {
		if c[name] == nil {
			c[name] = map[answer]int{}
		}
		c[name][t.holds]++
	}
}

// unused are the claims that were never so, or never not so: of them the histories say
// nothing.
func (c tally) unused() (out []string) {
	never := map[string]answer{ // what cannot be
		"referred-here": isSo, "answer-late": isSo, "promise-passed": isSo, "unanswered": isSo, // of other laws
	}
	for _, name := range ofReviews {
		never[name] = isSo
	}
	for _, name := range slices.Sorted(maps.Keys(c)) {
		for _, a := range []answer{isSo, isNot} {
			if c[name][a] == 0 && never[name] != a {
				out = append(out, fmt.Sprintf("%s is never %q", name, a))
			}
		}
	}
	return out
}

func (c tally) String() string {
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(c)) {
		fmt.Fprintf(&b, "%-26s yes %8d  no %8d  either %8d\n", name, c[name][isSo], c[name][isNot], c[name][eitherWay])
	}
	return b.String()
}

// of one history, on some days and for each matter.
func (c tally) history(h history, seed uint64) {
	for _, day := range h.letterDays(3, seed) {
		v := viewOf(h.request, h.events, day)
		for matter := range matters {
			c.add(claims(v, matter))
		}
		c.add(claims(v, ""))
	}
}

// checkFalse makes false claims out of a true one: another day, another count, another
// word, a value left out, and says which of them was not found. What is true another way,
// since there are two letters that the claim may name, is no false claim.
func checkFalse(truths map[string]truth) (found int, missed []string) {
	for name, t := range truths {
		if (t.missing() == "") == (t.holds == isSo) {
			missed = append(missed, name+": that it could have been said is not found")
		}
		if t.holds == isNot {
			if t.untrue(map[string]any{}) == "" {
				missed = append(missed, name+" is taken for true")
			}
			continue
		}
		for _, v := range t.values {
			said := map[string]any(v)
			if wrong := t.untrue(said); wrong != "" {
				missed = append(missed, name+" is true, and "+wrong)
			}
			for detail, value := range said {
				for _, other := range falsified(value) {
					false1 := maps.Clone(said)
					false1[detail] = other
					if slices.ContainsFunc(t.values, func(v values) bool { return v.differ(false1) == "" }) {
						continue
					}
					if found++; t.untrue(false1) == "" {
						missed = append(missed, fmt.Sprintf("%s with %s=%v", name, detail, other))
					}
				}
			}
		}
	}
	return found, missed
}

// falsified are values near a true one.
func falsified(value any) []any {
	switch x := value.(type) {
	case workday.Date:
		if x.IsZero() {
			return []any{workday.MustDate("2025-05-06")}
		}
		return []any{x.AddDays(1), x.AddDays(-1), workday.Date{}}
	case int:
		return []any{x + 1, x + 10}
	case bool:
		return []any{!x}
	case string:
		return []any{x + "x"}
	case []string:
		return []any{x[:len(x)-1], append(slices.Clone(x), "b9")}
	}
	return nil
}

// False claims are found: the comparison itself can fail.
func TestModelFalseClaims(t *testing.T) {
	found := 0
	for seed := range uint64(300) {
		h := randomHistory(seed)
		for _, day := range h.letterDays(2, seed) {
			n, missed := checkFalse(claims(viewOf(h.request, h.events, day), "determination"))
			found += n
			for _, what := range missed {
				t.Errorf("on %s: %s\n%s", day, what, h)
			}
		}
	}
	if found < 5000 {
		t.Errorf("only %d false claims were tried", found)
	}
	// By hand: worked date 1 with the wrong day, the wrong count, too early.
	h := readHistory(numbered)
	late := claims(viewOf(h.request, h.events, workday.MustDate("2025-05-07")), "")["late"]
	said := map[string]any{"from": "April 8, 2025", "how": "told", "due": "May 6, 2025", "days": 1, "working_days": 1}
	if wrong := late.untrue(said); wrong != "" {
		t.Error(wrong)
	}
	for name, value := range map[string]any{"from": "April 10, 2025", "how": "proven", "due": "May 5, 2025", "days": 2, "working_days": 0,
		"extended": "April 15, 2025", "paused": true, "other": "x"} {
		false1 := maps.Clone(said)
		false1[name] = value
		if late.untrue(false1) == "" {
			t.Errorf("%s %v passes", name, value)
		}
	}
	if claims(viewOf(h.request, h.events, workday.MustDate("2025-05-06")), "")["late"].untrue(said) == "" {
		t.Error("it is late on the last day")
	}
}

// What cannot be true together, and what follows from what.
func TestModelConsistent(t *testing.T) {
	type rule struct{ so, then, not string }
	rules := []rule{
		{"late", "", "due"}, {"late", "", "determined"}, {"late", "", "late-before"}, {"late", "", "remanded"},
		{"due", "", "determined"}, {"late-before", "determined", ""}, {"undetermined", "sent", "determined"},
		{"remanded", "determined", "reversed"}, {"reversed", "determined", "undetermined"},
		{"remanded", "appeal-decided", ""}, {"appeal-late", "appealed", ""}, {"appeal-received", "appealed", ""},
		{"deficiency-late", "deficiency", ""},
		{"fee-notice-late", "fee-notice", ""}, {"question-late", "question", ""}, {"interest-short", "interest-asked", ""},
		{"extension-late", "extended", "extension-short"},
		{"extension-undated", "extended", "extension-long"}, {"waiver-undecided", "waiver-asked", ""},
		{"expedition-late", "expedition-asked", ""},
		{"receipt-conflict", "received", ""}, {"exemptions", "determined", ""}, {"estimate", "", "estimate-passed"},
	}
	for seed := range uint64(longtest.Histories(2000, 50_000)) {
		h := randomHistory(seed)
		for _, day := range h.letterDays(3, seed) {
			all := claims(viewOf(h.request, h.events, day), "")
			for _, r := range rules {
				if all[r.so].holds != isSo {
					continue
				}
				if r.then != "" && all[r.then].holds == isNot || r.not != "" && all[r.not].holds == isSo {
					t.Fatalf("seed %d, on %s: %s, %s, not %s: %v\n%s", seed, day, r.so, r.then, r.not, all, h)
				}
			}
		}
	}
}

// The histories reach every claim, and print so that they can be read again.
func TestModelHistories(t *testing.T) {
	counts := tally{}
	n := 0
	for h := range everyHistory(1, longtest.Histories(5003, 211)) {
		n++
		counts.history(h, uint64(n))
		if again := readHistory(h.String()); again.String() != h.String() {
			t.Fatalf("%s\nreads back as\n%s", h, again)
		}
	}
	for seed := range uint64(longtest.Histories(1500, 20_000)) {
		n++
		h := randomHistory(seed)
		counts.history(h, seed)
		if again := readHistory(h.String()); again.String() != h.String() || len(h.events) > 15 {
			t.Fatalf("%d: %s\nreads back as\n%s", seed, h, again)
		}
	}
	t.Logf("%d histories\n%s", n, counts)
	for _, what := range counts.unused() {
		t.Error(what)
	}
}

// Every kind of event that a user can record is among those that histories are made of.
func TestModelKinds(t *testing.T) {
	used := map[docket.Kind]bool{}
	for _, line := range fewEvents {
		kind, _, _ := strings.Cut(line, " ")
		used[docket.Kind(kind)] = true
	}
	for _, spec := range docket.Specs {
		if !spec.Own && !used[spec.Kind] {
			t.Errorf("no history has the event %q", spec.Kind)
		}
	}
}

// A sample of the list is every so-manieth of the whole.
func TestModelSample(t *testing.T) {
	const first, step, some = 3, 7, 2000
	var whole, sample []string
	for h := range everyHistory(0, 1) {
		if whole = append(whole, h.String()); len(whole) == some {
			break
		}
	}
	for h := range everyHistory(first, step) {
		if sample = append(sample, h.String()); len(sample)*step >= some-first {
			break
		}
	}
	for i, h := range sample {
		if h != whole[first+i*step] {
			t.Fatalf("number %d of the sample is\n%s\nnot\n%s", i, h, whole[first+i*step])
		}
	}
}

// A history that fails is cut down to what makes it fail, and its numbers still point at
// the same events.
func TestModelShrink(t *testing.T) {
	h := readHistory("2025-04-08 sent by=portal\n2025-04-10 acknowledged\n2025-04-12 note\n2025-05-02 determination " +
		"outcome=denied\n2025-05-04 note\n2025-05-05 correction of=4 reason=slip\n2025-06-01 reminded")
	fails := func(h history) bool {
		v := viewOf(h.request, h.events, workday.MustDate("2025-07-01"))
		return strings.Contains(h.String(), "determination") && len(v.determinations()) == 0
	}
	got := shrink(h, fails)
	want := readHistory("2025-04-08 sent by=portal\n2025-05-02 determination outcome=denied\n2025-05-05 correction of=2 reason=slip")
	if got.String() != want.String() {
		t.Errorf("%s", got)
	}
}
