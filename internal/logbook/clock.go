package logbook

import (
	"context"
	"fmt"
	"time"

	"foia/internal/remedy"
)

// clockGrace is by how much a clock may be behind the last entry: those who share a log have
// clocks of their own, which differ by minutes.
const clockGrace = 10 * time.Minute

// ClockBehind says that this machine's clock stands before the last entry in the log, so
// that what it takes for today may be long past: letters and events would bear a wrong date,
// and what is late would not show.
type ClockBehind struct{ Now, Last time.Time }

// Entries is what is asked of a log to know when it was last written.
type Entries interface {
	LastEntry(ctx context.Context) (string, error)
}

// Doubt tells whether the clock stands before the last entry; nil if not, or if one of the
// two is unknown. The time is RFC 3339.
func Doubt(ctx context.Context, log Entries, now string) (*ClockBehind, error) {
	said, err := log.LastEntry(ctx)
	if err != nil || said == "" {
		return nil, err
	}
	last, lastErr := time.Parse(time.RFC3339, said)
	here, hereErr := time.Parse(time.RFC3339, now)
	if lastErr != nil || hereErr != nil || last.Sub(here) <= clockGrace {
		return nil, nil // foia verify finds a time that is none
	}
	return &ClockBehind{Now: here, Last: last}, nil
}

func (c *ClockBehind) Error() string {
	at := func(t time.Time) string { return t.Local().Format("January 2, 2006, 15:04") }
	return fmt.Sprintf("this machine's clock says %s, but the last entry in the log was made on %s", at(c.Now), at(c.Last))
}

// Hint says what to do.
func (c *ClockBehind) Hint() string {
	return "set the clock, then try again; if it is right, the entry was made by a clock that was wrong: then name " +
		"the day, " + remedy.Give("on", c.Now.Local().Format(time.DateOnly)) + " (nothing was changed)"
}

// Note is for where nothing is written, or nothing by the clock.
func (c *ClockBehind) Note() string {
	return c.Error() + ": one of the two is wrong; if it is the clock, so are the dates and counts as of today"
}

// doubtClock refuses to go on where what is written would bear a day that the clock gives and
// the log contradicts.
func (b *Book) doubtClock(ctx context.Context) error {
	behind, err := Doubt(ctx, b.log, b.Now)
	switch {
	case err != nil || behind == nil:
		return err
	case b.AnyClock:
		b.Workspace.Tell(behind.Note())
		return nil
	}
	return behind
}
