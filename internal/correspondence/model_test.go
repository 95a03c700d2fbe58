package correspondence

import (
	"fmt"
	"maps"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"testing"

	"foia/internal/docket"
	"foia/internal/letter"
	"foia/internal/longtest"
	"foia/internal/workday"
	"foia/templates"
)

// lettersThatDoNotCompile is how many letters cannot be read at present.
const lettersThatDoNotCompile = 0

// accepted are differences that were looked at, with the reason why they may stay.
var accepted = map[string]string{}

// counts is what was compared.
type counts struct {
	histories, refusedByCheck, days, claims, refused int
	held, stated, letters                            map[string]int
	every                                            int // of so many letters that may be written, one is
}

func newCounts(every int) *counts {
	return &counts{held: map[string]int{}, stated: map[string]int{}, letters: map[string]int{}, every: every}
}

// fills tells whether a letter is to be made: the more often it was, the more seldom.
func (n *counts) fills(number int, id string) bool {
	return n.letters[id] < 200 || number%n.every == 0
}

func (n *counts) add(m *counts) {
	n.histories, n.refusedByCheck, n.days, n.claims, n.refused = n.histories+m.histories, n.refusedByCheck+m.refusedByCheck, n.days+m.days,
		n.claims+m.claims, n.refused+m.refused
	for _, each := range []struct{ to, from map[string]int }{{n.held, m.held}, {n.stated, m.stated}, {n.letters, m.letters}} {
		for name, times := range each.from {
			each.to[name] += times
		}
	}
}

func (n *counts) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d histories, of which docket would have refused an event of %d; %d days; %d claims; %d letters refused\n",
		n.histories, n.refusedByCheck, n.days, n.claims, n.refused)
	for _, each := range []struct {
		what string
		of   map[string]int
	}{{"letters filled", n.letters}, {"claims held", n.held}, {"claims stated in letters", n.stated}} {
		fmt.Fprintf(&b, "%s:\n", each.what)
		for _, name := range slices.Sorted(maps.Keys(each.of)) {
			fmt.Fprintf(&b, "  %-26s %9d\n", name, each.of[name])
		}
	}
	return b.String()
}

// example is where a class of differences was found first, and how often.
type example struct {
	difference
	history history
	day     workday.Date
	number  int

	times    int
	recorded int // how often in a history that docket would have recorded
	tidy     bool
}

// worse tells whether another example shows more: one that docket would have recorded, a
// shorter one.
func (e *example) worse(other *example) bool {
	if e.tidy != other.tidy {
		return other.tidy
	}
	return len(e.history.events) > len(other.history.events)
}

// findings are the differences by class.
type findings map[string]*example

func (f findings) add(c string, e *example) {
	old := f[c]
	if old == nil {
		f[c] = e
		return
	}
	times, recorded := e.times+old.times, e.recorded+old.recorded
	if e.worse(old) {
		e = old
	}
	e.times, e.recorded = times, recorded
	f[c] = e
}

// worker compares a part of the histories.
type worker struct {
	*comparison
	counts *counts
	found  findings
}

// history compares one history on some days.
func (w *worker) history(h history, number int, days []workday.Date) {
	w.counts.histories++
	refused := w.refusedAt(h)
	if refused > 0 {
		w.counts.refusedByCheck++
	} else {
		h = w.settled(h)
	}
	for _, day := range days {
		w.counts.days++
		seen := map[string]bool{}
		for _, d := range named(w.compare(h, day, number, w.counts),
			func() []difference { return w.compare(h.asRecorded(), day, number, newCounts(1)) }, h) {
			if seen[d.class] {
				continue
			}
			seen[d.class] = true
			e := &example{difference: d, history: h, day: day, number: number, times: 1, tidy: refused == 0}
			if e.tidy {
				e.recorded = 1
			}
			w.found.add(d.class, e)
		}
	}
}

// sentWithLetter is the class of all that comes of taking the sending of a letter for
// that of the request.
const sentWithLetter = "a “sent” with the number of a letter is taken for the sending of the request"

// named gives one class to all differences that are not there if such a sending is
// recorded as docket records it now.
func named(found []difference, asRecorded func() []difference, h history) []difference {
	if !slices.ContainsFunc(h.events, func(e docket.Event) bool { return e.Kind == docket.Sent && e.Data["letter"] != "" }) {
		return found
	}
	others := map[string]bool{}
	for _, d := range asRecorded() {
		others[d.class] = true
	}
	for i := range found {
		if !others[found[i].class] {
			found[i] = difference{sentWithLetter, found[i].class + ": " + found[i].what}
		}
	}
	return found
}

// asRecorded is the history with each sending of a letter as docket records it.
func (h history) asRecorded() history {
	out := history{request: h.request}
	for _, e := range h.events {
		if e.Kind == docket.Sent && e.Data["letter"] != "" {
			e.Kind = docket.LetterSent
		}
		out.events = append(out.events, e)
	}
	return out
}

// again compares an example once more.
func (b *comparison) again(h history, e *example) []difference {
	return named(b.compare(h, e.day, e.number, newCounts(1)),
		func() []difference { return b.compare(h.asRecorded(), e.day, e.number, newCounts(1)) }, h)
}

// shortest cuts an example down to what shows the difference.
func (b *comparison) shortest(e *example) {
	fails := func(h history) bool {
		return (!e.tidy || b.refusedAt(h) == 0) && slices.ContainsFunc(b.again(h, e), func(d difference) bool { return d.class == e.class })
	}
	e.history = shrinkDetails(shrink(e.history, fails), fails)
	for _, d := range b.again(e.history, e) {
		if d.class == e.class {
			e.difference = d
		}
	}
}

// shrinkDetails leaves out details, and takes the plainest request, as long as what is
// left still fails.
func shrinkDetails(h history, fails func(history) bool) history {
	try := func(change func(*history)) {
		smaller := history{request: h.request}
		smaller.request.Facts = maps.Clone(h.request.Facts)
		for _, e := range h.events {
			e.Data = maps.Clone(e.Data)
			smaller.events = append(smaller.events, e)
		}
		if change(&smaller); fails(smaller) {
			h = smaller
		}
	}
	try(func(h *history) { h.request.OfficeID = "treasury-do" })
	try(func(h *history) { h.request.Via = "portal" })
	for _, fact := range []string{"expedited", "fee_waiver"} {
		try(func(h *history) { h.request.Facts[fact] = docket.NotAsked })
	}
	for i := range h.events {
		for _, name := range slices.Sorted(maps.Keys(h.events[i].Data)) {
			try(func(h *history) { delete(h.events[i].Data, name) })
		}
	}
	return h
}

// TestModel compares docket with the model: every claim that docket holds must be true,
// and have the right values; every one that is so must be held; a letter that may be
// written must be fit to be, and one that may not must be refused for a reason that is
// so; what foia proposes must be possible; the status must not contradict the log.
func TestModel(t *testing.T) {
	defer debug.SetGCPercent(debug.SetGCPercent(500)) // nothing here is kept
	b := newComparison(t)
	if len(b.broken) != lettersThatDoNotCompile {
		t.Errorf("%d letters cannot be read, not %d: %v", len(b.broken), lettersThatDoNotCompile, b.broken)
	}
	workers := make([]*worker, runtime.GOMAXPROCS(0))
	var wait sync.WaitGroup
	for i := range workers {
		workers[i] = &worker{b, newCounts(longtest.Histories(10, 100)), findings{}}
		wait.Go(func() { workers[i].run(i, len(workers)) })
	}
	wait.Wait()
	all, found := newCounts(1), findings{}
	for _, w := range workers {
		all.add(w.counts)
		for class, e := range w.found {
			found.add(class, e)
		}
	}
	t.Log(all)
	b.report(t, found)
	allHeld(t, all)
}

// run compares one of so many parts.
func (w *worker) run(part, of int) {
	step := longtest.Histories(997, 1)
	n := 0
	for h := range everyHistory(part*step, of*step) {
		n++
		days := h.letterDays(longtest.Histories(3, 2), uint64(n))
		if longtest.Whole() { // one of them, so that all histories can be looked at
			days = days[n%len(days):][:1]
		}
		w.history(h, n*of+part, days)
	}
	for seed := part; seed < longtest.Histories(2_500, 200_000); seed += of {
		h := randomHistory(uint64(seed))
		w.history(h, seed, h.letterDays(3, uint64(seed)))
	}
}

// report tells each class of differences once, by its shortest example.
func (b *comparison) report(t *testing.T, found findings) {
	for _, class := range slices.Sorted(maps.Keys(found)) {
		e := found[class]
		b.shortest(e)
		say := t.Errorf
		if why := accepted[class]; why != "" {
			say = func(format string, args ...any) { t.Logf("accepted, since "+why+": "+format, args...) }
		}
		recorded := "docket would have recorded these events"
		if seq := b.refusedAt(e.history); seq > 0 {
			recorded = fmt.Sprintf("docket would have refused event %d", seq)
		}
		say("%s\n%d times, %d of them in histories that docket would have recorded; on %s:\n%s\n%s\n%s", class, e.times, e.recorded, e.day,
			e.what, recorded, e.history)
	}
	for class := range accepted {
		if found[class] == nil && longtest.Whole() {
			t.Errorf("accepted, but not found: %s", class)
		}
	}
}

// ofOtherLaws are the claims that are made under the laws of states and countries.
var ofOtherLaws = []string{"answer-late", "promise-passed"}

// allHeld: every claim was held at least once.
func allHeld(t *testing.T, n *counts) {
	for _, name := range docket.ClaimNames() {
		if n.held[name] == 0 && !slices.Contains(ofOtherLaws, name) && !slices.Contains(ofReviews, name) && name != "referred-here" {
			t.Errorf("the claim %s was never held", name)
		}
	}
}

// The claims have the same names in templates/claims.yaml, in docket and in the model, and
// the same values.
func TestModelNames(t *testing.T) {
	book, err := letter.NewLibrary(templates.Files).Claims()
	if err != nil {
		t.Fatal(err)
	}
	ofModel := claims(view{}, "")
	for _, names := range [][]string{docket.ClaimNames(), slices.Sorted(maps.Keys(ofModel))} {
		if want := slices.Sorted(maps.Keys(book)); !slices.Equal(names, want) {
			t.Errorf("the claims are %q, not %q", names, want)
		}
	}
	gives := map[string]map[string]bool{}
	b := newComparison(t)
	for seed := range uint64(300) {
		h := randomHistory(seed)
		for _, day := range h.letterDays(2, seed) {
			v := docket.At(h.request, h.events, day, b.basis)
			for _, matter := range theMatters {
				for name, values := range v.Claims(matter).Hold {
					for value := range values {
						if gives[name] == nil {
							gives[name] = map[string]bool{}
						}
						gives[name][value] = true
					}
				}
				for name, truth := range claims(viewOf(h.request, h.events, day), matter) {
					for _, values := range truth.values {
						for value := range values {
							if !slices.Contains(book[name].Gives, value) && !slices.Contains(book[name].Gives, value+"?") {
								t.Errorf("the model gives the claim %s the value %s", name, value)
							}
						}
					}
				}
			}
		}
	}
	for name, values := range gives {
		for value := range values {
			if !slices.Contains(book[name].Gives, value) && !slices.Contains(book[name].Gives, value+"?") {
				t.Errorf("docket gives the claim %s the value %s", name, value)
			}
		}
		for _, value := range book[name].Gives {
			if must, optional := strings.CutSuffix(value, "?"); !optional && !values[must] {
				t.Errorf("docket never gives the claim %s its value %s", name, must)
			}
		}
	}
}
