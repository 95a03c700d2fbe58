package terminal

import (
	"fmt"
	"strings"
	"time"
)

// How long a command is silent at least: a line of its own every ten seconds, so that
// somebody knows that it goes on; where one line is written over, five times a second.
const (
	pause     = 10 * time.Second
	overwrite = 200 * time.Millisecond
)

// every tells whether it is time to speak again.
func (t Terminal) every(pause time.Duration) func() bool {
	last := t.Now()
	return func() bool {
		now := t.Now()
		if now.Sub(last) < pause {
			return false
		}
		last = now
		return true
	}
}

// Advance says every ten seconds how far a long command is, such as "300 of 1000 letters", or
// "300 of 1000" if what is empty. The end needs no words: the result is printed.
func (t Terminal) Advance(what string) func(done, all int) {
	due := t.every(pause)
	return func(done, all int) {
		if done < all && due() {
			t.Note("%s", strings.TrimSpace(fmt.Sprintf("%d of %d %s", done, all, what)))
		}
	}
}

// Counting says every ten seconds how far something is of which nobody knows the end.
func (t Terminal) Counting(what string) func(done int) {
	due := t.every(pause)
	return func(done int) {
		if due() {
			t.Note("%d %s", done, what)
		}
	}
}

// Rows says how far a long list is, how fast it goes and how long it will take: where a
// person looks on, on one line, which it keeps, else on a line of its own every ten seconds.
func (t Terminal) Rows(rows int) func(done, rejected int) {
	onOneLine, start := t.Person(), t.Now()
	due := t.every(pause)
	if onOneLine {
		due = t.every(overwrite)
	}
	return func(done, rejected int) {
		if ended := onOneLine && done >= rows; !due() && !ended {
			return
		}
		rate := float64(done) / max(t.Now().Sub(start).Seconds(), 0.001)
		left := time.Duration(float64(rows-done) / max(rate, 0.001) * float64(time.Second)).Round(time.Second)
		line := fmt.Sprintf("%d of %d rows, %d rejected, %.0f a second, %v left", done, rows, rejected, rate, left)
		switch {
		case !onOneLine:
			fmt.Fprintln(t.Err, line)
		case done >= rows:
			fmt.Fprintln(t.Err, t.over(line))
		default:
			fmt.Fprint(t.Err, t.over(line))
		}
	}
}

// over writes a line over the one before. It is cut where the terminal ends: what goes on in
// the next line cannot be written over.
func (t Terminal) over(line string) string {
	most := widthOf(t.Err) - 1
	return fmt.Sprintf("\r%-*.*s", min(70, most), most, line)
}
