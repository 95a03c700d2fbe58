package docket

import (
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"foia/internal/law"
	"foia/internal/workday"
)

var update = flag.Bool("update", false, "write what the lives come to anew; then read each date again")

func basis(t testing.TB) Basis {
	t.Helper()
	book, err := law.LoadFederal()
	if err != nil {
		t.Fatal(err)
	}
	calendar, err := workday.Federal()
	if err != nil {
		t.Fatal(err)
	}
	return Basis{Book: book, Calendar: calendar, Policy: workday.Observed}
}

// aLife is one file of testdata/lives: a request, its events, and how it stands
// on some days.
type aLife struct {
	head    []string // comments, which say where the dates come from
	request Request
	lines   []string // the events as written
	events  []Event
	days    []workday.Date
}

// readLife reads a file. Events are written as "2025-04-08 sent by=portal"; a
// detail with spaces as missing="the return address".
func readLife(t testing.TB, file string) aLife {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	l := aLife{request: Request{ID: "2025-0001", Law: law.Federal, Via: "portal", Created: workday.MustDate("2020-01-01"),
		Facts: map[string]string{"fee_category": "media", "fee_waiver": NotAsked, "expedited": NotAsked}}}
	for line := range strings.SplitSeq(strings.TrimSpace(string(raw)), "\n") {
		word, rest, _ := strings.Cut(line, " ")
		switch {
		case strings.HasPrefix(line, "#"):
			l.head = append(l.head, line)
		case line == "" || strings.HasPrefix(line, "  "):
		case word == "law":
			l.request.Law = rest
		case word == "language":
			l.request.Facts["language"] = rest
		case word == "office":
			l.request.OfficeID = rest
		case word == "via":
			l.request.Via = rest
		case word == "asks":
			for _, what := range strings.Fields(rest) {
				l.request.Facts[what] = Asked
			}
		case word == "on":
			l.days = append(l.days, workday.MustDate(rest))
		default:
			l.lines = append(l.lines, line)
			l.events = append(l.events, anEventOf(t, len(l.events)+1, line))
		}
	}
	return l
}

func anEventOf(t testing.TB, seq int, line string) Event {
	t.Helper()
	on, rest, _ := strings.Cut(line, " ")
	kind, details, _ := strings.Cut(rest, " ")
	e := Event{Request: "2025-0001", Seq: seq, Kind: Kind(kind), On: workday.MustDate(on), Data: map[string]string{}}
	for details != "" {
		var name, value string
		name, details, _ = strings.Cut(details, "=")
		if quoted, ok := strings.CutPrefix(details, `"`); ok {
			value, details, _ = strings.Cut(quoted, `"`)
			details = strings.TrimPrefix(details, " ")
		} else {
			value, details, _ = strings.Cut(details, " ")
		}
		e.Data[name] = value
	}
	return e
}

// show writes how a request stands on a day: status, decisions, every deadline.
func show(r Request, events []Event, day workday.Date, b Basis) string {
	s := Fold(r, Known(events, day), b).On(day)
	var out strings.Builder
	fmt.Fprintf(&out, "on %s\n  %s", day, s.Status)
	if s.Outcome != "" {
		fmt.Fprintf(&out, ", %s", s.Outcome)
	}
	for name, d := range map[string]Decision{"expedition": s.Expedition} {
		if d.State != NotAsked {
			fmt.Fprintf(&out, "; %s %s", name, d.State)
		}
	}
	if s.Waiver.State != NotAsked {
		fmt.Fprintf(&out, "; fee waiver %s", s.Waiver.State)
	}
	fmt.Fprintln(&out)
	for _, d := range s.Deadlines {
		what := d.What
		if d.Of != "" {
			what += " (" + d.Of + ")"
		}
		due := d.Due.String()
		if due == "" {
			due = "unknown: " + d.Why
		} else if d.Lenient.IsZero() {
			due += " or later"
		} else if d.Lenient != d.Due {
			due += " or " + d.Lenient.String()
		}
		fmt.Fprintf(&out, "  %s: %s, %s · %s · %s\n", d.Who, what, due, d.Standing(day), d.Cite)
	}
	for _, m := range s.Remarks {
		fmt.Fprintf(&out, "  event %d: %s\n", m.Event, m.Says)
	}
	step := Next(r, s, day)
	fmt.Fprintf(&out, "  next: %s (%s)\n", step.What, step.Why)
	return out.String()
}

// Whole lives, each with every deadline and its status on several days.
func TestLives(t *testing.T) {
	for file, l := range livesIn(t, "lives", 12) {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) { relive(t, file, l) })
	}
}

// Whole lives under the laws of states and countries. What their heads expect was counted
// by hand from the law, and no -update changes it.
func TestStates(t *testing.T) {
	for file, l := range livesIn(t, "states", 60) {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			expected(t, l, basis(t))
			relive(t, file, l)
		})
	}
}

// livesIn reads the lives of a folder, at least so many.
func livesIn(t *testing.T, folder string, least int) map[string]aLife {
	t.Helper()
	files, err := filepath.Glob("testdata/" + folder + "/*.txt")
	if err != nil || len(files) < least {
		t.Fatalf("%d lives, %v", len(files), err)
	}
	lives := map[string]aLife{}
	for _, file := range files {
		lives[file] = readLife(t, file)
	}
	return lives
}

// expected makes sure that what the head of a life expects is what it comes to.
func expected(t *testing.T, l aLife, b Basis) {
	t.Helper()
	found := 0
	for _, line := range l.head {
		expects, ok := strings.CutPrefix(line, "# expects on ")
		if !ok {
			continue
		}
		found++
		on, says, _ := strings.Cut(expects, ": ")
		if got := show(l.request, l.events, workday.MustDate(on), b); !strings.Contains(got, says) {
			t.Errorf("without “%s”:\n%s", says, got)
		}
	}
	if found == 0 {
		t.Error("it expects nothing")
	}
}

// relive compares what a life comes to with its file, and writes it with -update.
func relive(t *testing.T, file string, l aLife) {
	t.Helper()
	b := basis(t)
	var out strings.Builder
	fmt.Fprintln(&out, strings.Join(l.head, "\n"))
	if !federal(l.request) {
		fmt.Fprintf(&out, "law %s\n", l.request.Law)
	}
	if language := l.request.Facts["language"]; language != "" {
		fmt.Fprintf(&out, "language %s\n", language)
	}
	fmt.Fprintf(&out, "office %s\nvia %s\n", l.request.OfficeID, l.request.Via)
	var asks []string
	for _, fact := range slices.Sorted(maps.Keys(l.request.Facts)) {
		if l.request.Facts[fact] == Asked {
			asks = append(asks, fact)
		}
	}
	if len(asks) > 0 {
		fmt.Fprintf(&out, "asks %s\n", strings.Join(asks, " "))
	}
	fmt.Fprintf(&out, "\n%s\n", strings.Join(l.lines, "\n"))
	for _, day := range l.days {
		fmt.Fprint(&out, "\n", show(l.request, l.events, day, b))
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(file, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if out.String() != string(want) {
		t.Errorf("got\n%s", out.String())
	}
	recordable(t, l)
	anyOrder(t, l, b)
}

// recordable makes sure that each event of a life can be recorded, in the order of
// the file.
func recordable(t *testing.T, l aLife) {
	t.Helper()
	for i, e := range l.events {
		if spec, _ := SpecOf(e.Kind); spec.Own {
			continue
		}
		p := Proposed{Request: l.request, Events: l.events[:i], Event: e, Today: workday.MustDate("2026-11-23"), Book: basis(t).Book}
		got, _, err := p.Check()
		if e.Data["of"] == "" {
			delete(got.Data, "of") // which appeal is meant is filled in
		}
		if err != nil || !maps.Equal(got.Data, e.Data) {
			t.Errorf("event %d, %s: %v, %v", e.Seq, e.Kind, got.Data, err)
		}
	}
}

// anyOrder makes sure that the order in which events are handed over does not matter.
func anyOrder(t *testing.T, l aLife, b Basis) {
	t.Helper()
	day := l.days[len(l.days)-1]
	want := show(l.request, l.events, day, b)
	r := rand.New(rand.NewPCG(3, 4))
	for range 5 {
		mixed := slices.Clone(l.events)
		r.Shuffle(len(mixed), func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		if got := show(l.request, mixed, day, b); got != want {
			t.Errorf("in another order:\n%s\nwant\n%s", got, want)
		}
	}
}
