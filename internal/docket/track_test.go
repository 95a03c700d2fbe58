package docket

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"foia/internal/workday"
)

// key is by what a copy of a deadline is found again.
func (t Tracked) key() string { return fmt.Sprint(t.What, "|", t.Of, "|", t.Nth) }

// Whatever happened: what is live is what is open in the state, each has a key of its own, and a
// further entry changes no key and no number of an entry for a smaller one.
func TestTrackRandom(t *testing.T) {
	on := basis(t)
	rapid.Check(t, func(t *rapid.T) {
		r, events := anyRequest(t), anyEvents(t)
		var before []Tracked
		for n := range events {
			now := Track(r, events[:n+1], on)
			keys := map[string]bool{}
			var live, open []string
			for i, d := range now {
				if keys[d.key()] {
					t.Fatalf("two are %s", d.key())
				}
				keys[d.key()] = true
				if d.Live {
					live = append(live, d.What+d.Of+d.Due.String())
				}
				if i < len(before) && (before[i].key() != d.key() || before[i].Changed.Seq > d.Changed.Seq || before[i].Was && !d.Was) {
					t.Fatalf("after entry %d: %s of entry %d was %s of entry %d", n+1, d.key(), d.Changed.Seq, before[i].key(),
						before[i].Changed.Seq)
				}
				if i < len(before) && before[i].Changed.Seq == d.Changed.Seq && before[i].Due != d.Due {
					t.Fatalf("after entry %d: %s moved from %s to %s, and no entry changed it", n+1, d.key(), before[i].Due, d.Due)
				}
			}
			if state := Fold(r, events[:n+1], on); state.Open() {
				for _, d := range state.Deadlines {
					if d.Open() && !d.Due.IsZero() {
						open = append(open, d.What+d.Of+d.Due.String())
					}
				}
			}
			slices.Sort(live)
			slices.Sort(open)
			if !slices.Equal(live, open) {
				t.Fatalf("after entry %d: tracked %q, open %q", n+1, live, open)
			}
			before = now
		}
	})
}

// A deadline keeps its place when its day moves, and is told apart from a second one of its kind.
func TestTrack(t *testing.T) {
	on := basis(t)
	r := Request{ID: "2025-0001", Law: "us-federal", Created: workday.MustDate("2025-01-06"), Via: "portal", Facts: map[string]string{}}
	for _, c := range []struct{ lines, want string }{
		{"2025-01-06 drafted", ""},
		{"2025-01-06 drafted\n2025-01-07 sent by=portal", "determination 1: 2025-02-05 live by 2"},
		{"2025-01-06 drafted\n2025-01-07 sent by=portal\n2025-01-09 received", "determination 1: 2025-02-07 live by 3"},
		{"2025-01-06 drafted\n2025-01-07 sent by=portal\n2025-01-09 received\n2025-01-10 note note=called",
			"determination 1: 2025-02-07 live by 3"},
		{"2025-01-06 drafted\n2025-01-07 sent by=portal\n2025-01-20 determination outcome=granted", "determination 1: 2025-02-05 by 3"},
		{"2025-01-06 drafted\n2025-01-07 sent by=portal\n2025-01-07 correction of=2 reason=wrong", "determination 1: 2025-02-05 by 3"},
	} {
		var events []Event
		for i, line := range strings.Split(c.lines, "\n") {
			events = append(events, anEventOf(t, i+1, line))
		}
		var got []string
		for _, d := range Track(r, events, on) {
			if !d.Was || d.What != DueDetermination {
				continue
			}
			live := map[bool]string{true: " live"}[d.Live]
			got = append(got, fmt.Sprintf("%s %d: %s%s by %d", d.What, d.Nth, d.Due, live, d.Changed.Seq))
		}
		if strings.Join(got, "\n") != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", c.lines, strings.Join(got, "\n"), c.want)
		}
	}
}

func livesOf(t testing.TB) (lives []aLife) {
	t.Helper()
	files, err := filepath.Glob("testdata/lives/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d lives, %v", len(files), err)
	}
	for _, file := range files {
		lives = append(lives, readLife(t, file))
	}
	return lives
}

// BenchmarkTrack follows the deadlines of every life of testdata.
func BenchmarkTrack(b *testing.B) {
	lives, on := livesOf(b), basis(b)
	events := 0
	for _, l := range lives {
		events += len(l.events)
	}
	for b.Loop() {
		for _, l := range lives {
			Track(l.request, l.events, on)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(events), "µs/event")
}
