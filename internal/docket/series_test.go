package docket

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"foia/internal/remedy"
	"foia/internal/workday"
)

func TestPeriods(t *testing.T) {
	for _, row := range []struct {
		repeat Repeat
		since  string
		want   string
	}{
		{Quarterly, "2026-01-01", "2026-01-01..2026-03-31 2026-04-01..2026-06-30 2026-07-01..2026-09-30 2026-10-01..2026-12-31 " +
			"2027-01-01..2027-03-31"},
		{Monthly, "2026-01-31", "2026-01-31..2026-02-27 2026-02-28..2026-03-30 2026-03-31..2026-04-29 2026-04-30..2026-05-30 " +
			"2026-05-31..2026-06-29"},
		{HalfYearly, "2027-08-31", "2027-08-31..2028-02-28 2028-02-29..2028-08-30 2028-08-31..2029-02-27 2029-02-28..2029-08-30 " +
			"2029-08-31..2030-02-27"},
		{Yearly, "2028-02-29", "2028-02-29..2029-02-27 2029-02-28..2030-02-27 2030-02-28..2031-02-27 2031-02-28..2032-02-28 " +
			"2032-02-29..2033-02-27"},
	} {
		var got []string
		for s := NewSeries(row.repeat, workday.MustDate(row.since)); s.Number <= 5; s = s.Next() {
			got = append(got, s.From.String()+".."+s.To.String())
		}
		if text := strings.Join(got, " "); text != row.want {
			t.Errorf("%s from %s:\ngot  %s\nwant %s", row.repeat, row.since, text, row.want)
		}
	}
}

// Each day belongs to one period, however many have gone by, and a period begins
// on the day of the first or on the last day of its month.
func TestPeriodsProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		since := workday.MustDate("1990-01-01").AddDays(rapid.IntRange(0, 30_000).Draw(t, "since"))
		s := NewSeries(rapid.SampledFrom(Repeats).Draw(t, "repeat"), since)
		for range rapid.IntRange(1, 60).Draw(t, "periods") {
			next := s.Next()
			if next.From != s.To.AddDays(1) || !next.From.After(s.From) {
				t.Fatalf("%s to %s is followed by %s", s.From, s.To, next.From)
			}
			if s.Ended(s.To) || !s.Ended(next.From) {
				t.Fatalf("%s to %s has ended on its last day, or not on the day after", s.From, s.To)
			}
			begins, wanted := next.From.Midnight().Day(), since.Midnight().Day()
			if begins != wanted && (begins > wanted || next.From.AddDays(1).Midnight().Day() != 1) {
				t.Fatalf("from %s: period %d begins on %s", since, next.Number, next.From)
			}
			s = next
		}
	})
}

// What is proposed: the oldest period that has ended, once, until the series ends.
func TestSeriesOn(t *testing.T) {
	first := NewSeries(Quarterly, workday.MustDate("2026-01-01"))
	first.First = "2026-0001"
	member := func(id, created string, s Series, status Status) Member {
		return Member{Request: Request{ID: id, Created: workday.MustDate(created), Series: &s}, State: State{Status: status}}
	}
	one := member("2026-0001", "2026-04-02", first, IsClosed)
	two := member("2026-0009", "2026-11-02", first.Next(), IsSent)
	over := two
	over.State.SeriesOver = workday.MustDate("2026-11-10")
	sample := one
	sample.Request.Sample = true
	for _, row := range []struct {
		name    string
		members []Member
		on      string
		want    string
	}{
		{"not yet", []Member{one}, "2026-06-30", ""},
		{"the day after", []Member{one}, "2026-07-01", "new next-of 2026-0001: April 1, 2026 to June 30, 2026"},
		{"several missed", []Member{one}, "2027-01-01", "new next-of 2026-0001: April 1, 2026 to June 30, 2026; 2 later periods " +
			"are waiting too"},
		{"the second is there", []Member{one, two}, "2026-11-05", "new next-of 2026-0009: July 1, 2026 to September 30, 2026"},
		{"in another order", []Member{two, one}, "2026-11-05", "new next-of 2026-0009: July 1, 2026 to September 30, 2026"},
		{"before the second was made", []Member{one, two}, "2026-07-05", "new next-of 2026-0001: April 1, 2026 to June 30, 2026"},
		{"before any was made", []Member{one, two}, "2026-01-05", ""},
		{"ended", []Member{one, over}, "2026-11-10", ""},
		{"before it was ended", []Member{one, over}, "2026-11-09", "new next-of 2026-0009: July 1, 2026 to September 30, 2026"},
		{"a sample", []Member{sample}, "2026-11-09", ""},
		{"none", nil, "2026-11-09", ""},
	} {
		s, _ := SeriesOn(row.members, workday.MustDate(row.on))
		got := ""
		if step, ok := s.Step(); ok {
			_, period, _ := strings.Cut(step.What, "for ")
			_, more, _ := strings.Cut(step.Why, "for it")
			got = remedy.Plain(step.Act.String()) + ": " + period + more
		}
		if got != row.want {
			t.Errorf("%s: got %q, want %q", row.name, got, row.want)
		}
	}
}

// A series is ended by an event, and only one that there is.
func TestSeriesEnded(t *testing.T) {
	day := workday.MustDate("2026-04-02")
	s := NewSeries(Monthly, workday.MustDate("2026-01-01"))
	r := Request{ID: "2026-0001", Created: day}
	events := []Event{{Seq: 1, Kind: Drafted, On: day}}
	p := Proposed{Request: r, Events: events, Event: Event{Kind: SeriesEnded, On: day}, Today: day}
	if _, _, err := p.Check(); err == nil || !strings.Contains(err.Error(), "2026-0001 is not part of a series") {
		t.Errorf("%v", err)
	}
	p.Request.Series = &s
	e, unusual, err := p.Check()
	if err != nil || len(unusual) > 0 {
		t.Fatalf("%v, %v", unusual, err)
	}
	e.Seq = 2
	if got := Fold(p.Request, append(events, e), basis(t)); got.SeriesOver != day || got.Status != IsDrafted {
		t.Errorf("%+v", got)
	}
	taken := Event{Seq: 3, Kind: Correction, On: day, Data: map[string]string{"of": "2", "reason": "it goes on"}}
	if got := Fold(p.Request, append(events, e, taken), basis(t)); !got.SeriesOver.IsZero() {
		t.Errorf("%+v", got)
	}
}
