package terminal

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// tenSecondsEach is a clock that goes on ten seconds whenever it is read.
func tenSecondsEach() func() time.Time {
	at := time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)
	return func() time.Time {
		at = at.Add(pause)
		return at
	}
}

// stopped is a clock that goes on when it is told to.
type stopped struct{ at time.Time }

func (s *stopped) now() time.Time { return s.at }

// However fast the work goes: never more than one line in ten seconds, and never none for
// long, as long as somebody is told of it.
func TestAtMostEveryTenSeconds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		clock := &stopped{time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)}
		var out bytes.Buffer
		face := Terminal{Err: &out, Now: clock.now}
		const all = 1000
		kinds := map[string]func(done int){"Advance": func(advance func(int, int)) func(int) {
			return func(done int) { advance(done, all) }
		}(face.Advance("letters")), "Counting": face.Counting("events"), "Rows": func(rows func(int, int)) func(int) {
			return func(done int) { rows(done, 0) }
		}(face.Rows(all))}
		says := kinds[rapid.SampledFrom([]string{"Advance", "Counting", "Rows"}).Draw(t, "kind")]
		spoken := clock.at // the beginning
		for done := range rapid.IntRange(1, all-1).Draw(t, "done") {
			clock.at = clock.at.Add(time.Duration(rapid.IntRange(0, 15_000).Draw(t, "ms")) * time.Millisecond)
			out.Reset()
			says(done)
			silence := clock.at.Sub(spoken)
			switch n := strings.Count(out.String(), "\n"); {
			case n > 1, n == 1 && silence < 10*time.Second:
				t.Fatalf("%d lines after %v: %s", n, silence, &out)
			case n == 0 && silence >= 10*time.Second:
				t.Fatalf("silent for %v", silence)
			case n == 1:
				spoken = clock.at
			}
		}
	})
}

func TestProgress(t *testing.T) {
	clock := &stopped{time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)}
	var out bytes.Buffer
	face := Terminal{Err: &out, Now: clock.now}
	advance, plain, counting, rows := face.Advance("letters"), face.Advance(""), face.Counting("events"), face.Rows(100)
	clock.at = clock.at.Add(pause)
	advance(3, 9)
	plain(3, 9)
	plain(9, 9) // the result follows
	counting(7)
	rows(50, 2)
	clock.at = clock.at.Add(pause - 1)
	rows(100, 2) // no line of its own so soon
	if want := "3 of 9 letters\n3 of 9\n7 events\n50 of 100 rows, 2 rejected, 5 a second, 10s left\n"; out.String() != want {
		t.Errorf("%q, want %q", &out, want)
	}
}
