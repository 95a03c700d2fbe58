package docket

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"foia/internal/workday"
)

// someUndated takes the days of some events away.
func someUndated(t *rapid.T, events []Event) []Event {
	out := slices.Clone(events)
	for i := range out {
		e := &out[i]
		if spec, _ := SpecOf(e.Kind); spec.Own || e.Kind == Correction || e.Kind == SeriesEnded || !rapid.Bool().Draw(t, "undated") {
			continue
		}
		data := map[string]string{DayDetail: DayUnknown}
		for k, v := range e.Data {
			data[k] = v
		}
		e.On, e.Data = workday.Date{}, data
		e.Recorded = "2026-11-29T10:00:00Z"
	}
	return out
}

// What is counted rests on no day that nobody knows: wherever between its first and last possible day an event without one is put,
// each date of the office that is open comes out the same.
func TestUndatedCountsNothing(t *testing.T) {
	b := basis(t)
	rapid.Check(t, func(t *rapid.T) {
		r, events := anyRequest(t), anyEvents(t)
		if len(events) > 8 {
			events = events[:8]
		}
		events = someUndated(t, events)
		without := lackingDay(bySeq(events))
		s := Fold(r, events, b)
		if len(s.Undated) != len(without) {
			t.Fatalf("%d of %d events without a day are told of", len(s.Undated), len(without))
		}
		if len(without) == 0 {
			return
		}
		somewhere := slices.Clone(events)
		for i, e := range somewhere {
			if e.Undated() {
				from, to := bounds(r, events, e)
				somewhere[i].On = from
				if n := from.DaysUntil(to); n > 0 {
					somewhere[i].On = from.AddDays(rapid.IntRange(0, n).Draw(t, "days"))
				}
			}
		}
		other := fold(r, somewhere, b).state
		for i, d := range s.Deadlines {
			if !d.Open() || d.Due.IsZero() || d.Who != Agency {
				continue
			}
			if x, ok := same(other.Deadlines, s.Deadlines[:i], d); !ok || x.Due != d.Due {
				t.Fatalf("%s is due %s, and %s if the days are others\n%v\n%v", d.What, d.Due, x.Due, events, somewhere)
			}
		}
	})
}

// undatedLife is a request with events, written as lives are; the day ? is not known.
func undatedLife(t *testing.T, lines ...string) (Request, []Event) {
	t.Helper()
	r := Request{ID: "2026-0001", Law: "us-federal", Via: "portal", Facts: map[string]string{}}
	var events []Event
	for i, line := range lines {
		words := strings.Fields(line)
		e := Event{Request: r.ID, Seq: i + 1, Kind: Kind(words[1]), Data: map[string]string{}, Recorded: "2026-11-29T10:00:00Z"}
		if words[0] != "?" {
			e.On = workday.MustDate(words[0])
		} else {
			e.Data[DayDetail] = DayUnknown
		}
		for _, w := range words[2:] {
			name, value, _ := strings.Cut(w, "=")
			e.Data[name] = value
		}
		events = append(events, e)
	}
	return r, events
}

// What happened on a day that nobody knows makes the status, ends what it ends, and moves or begins nothing; and no letter says
// what would not be so wherever it happened.
func TestUndated(t *testing.T) {
	today := workday.MustDate("2026-11-30")
	for _, c := range []struct {
		name   string
		events []string
		status Status
		due    map[string]string // of open deadlines; empty: not known
		next   string
		letter map[string]string // condition → the reason's name; empty: it may go
	}{
		{"an acknowledgment", []string{"2026-09-01 sent by=portal", "? acknowledged tracking=A-1"}, IsProcessing,
			map[string]string{DueDetermination: "2026-09-30"}, "ask for the status of the request", map[string]string{"late": "",
				"acknowledged": "dated"}},
		{"a determination", []string{"2026-09-01 sent by=portal", "? determination outcome=denied"}, IsDetermined,
			map[string]string{DueAppeal: ""}, "find the day of “determination”", map[string]string{"pending": "dated", "late": "dated"}},
		{"its day, given later", []string{"2026-09-01 sent by=portal", "? determination outcome=denied",
			"2026-11-10 determination outcome=denied dates=2"}, IsDetermined, map[string]string{DueAppeal: "2027-02-08"}, "", nil},
		{"the sending", []string{"? sent by=portal"}, IsSent, map[string]string{DueDetermination: ""}, "find the day of “sent”",
			map[string]string{"sent": "dated"}},
		{"a notice of fees and its answer", []string{"2026-09-01 sent by=portal", "? fee-notice amount=120", "? fee-answered answer=paid"},
			IsProcessing, map[string]string{DueDetermination: ""}, "find the day of “fee-notice”", map[string]string{"late": "dated"}},
		{"an appeal after a denial", []string{"2026-09-01 sent by=portal", "2026-10-01 determination outcome=denied", "? appealed"},
			IsAppealed,
			map[string]string{DueAppealDecision: ""}, "", nil},
		{"an appeal of which the decision is not known", []string{"2026-09-01 sent by=portal", "? appealed"}, IsSent,
			map[string]string{DueDetermination: ""}, "find the day of “appealed”", map[string]string{"late": "dated", "pending": "dated"}},
		{"a suit of which the court is not known", []string{"2026-09-01 sent by=portal", "? suit-filed"}, IsInCourt,
			map[string]string{DueDetermination: "2026-09-30"}, "find the day of “suit-filed”", nil},
		{"the end", []string{"2026-09-01 sent by=portal", "? closed reason=abandoned"}, IsClosed, map[string]string{}, "none", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, events := undatedLife(t, c.events...)
			s := Fold(r, events, basis(t))
			if s.Status != c.status {
				t.Errorf("status %s, want %s", s.Status, c.status)
			}
			for what, due := range c.due {
				if d, ok := s.Deadline(what); !ok || !d.Open() || d.Due.String() != due || due == "" && d.Why == "" {
					t.Errorf("%s: %+v, want %q", what, d, due)
				}
			}
			if step := Next(r, s, today); c.next != "" && step.What != c.next {
				t.Errorf("next %q, want %q", step.What, c.next)
			}
			v := At(r, events, today, basis(t))
			for needs, fails := range c.letter {
				err := v.Ready(needs)
				if n, ok := err.(*NotReady); err == nil != (fails == "") || ok && n.Fails != fails {
					t.Errorf("%s: %v (%+v), want %q", needs, err, err, fails)
				}
			}
		})
	}
}

// An event without a day is recorded where that was said, and given its day by a later one of its kind, with what was told of it.
func TestUndatedChecked(t *testing.T) {
	r, events := undatedLife(t, "2026-09-01 sent by=portal", "? determination outcome=denied exemptions=b5")
	p := Proposed{Request: r, Events: events, Today: workday.MustDate("2026-11-30"), Book: basis(t).Book}
	for _, c := range []struct {
		event Event
		fails string
		dates string
	}{
		{Event{Kind: Closed}, "the day is missing", ""},
		{Event{Kind: Closed, Data: map[string]string{DayDetail: DayUnknown}}, "", ""},
		{Event{Kind: Closed, Data: map[string]string{DayDetail: "maybe"}}, "is not “unknown”", ""},
		{Event{Kind: Closed, On: p.Today, Data: map[string]string{DayDetail: DayUnknown}}, "is said to have none", ""},
		{Event{Kind: Determination, Data: map[string]string{DayDetail: DayUnknown, "outcome": "denied", "exemptions": "b5"}},
			"already in the log", ""},
		{Event{Kind: Determination, On: p.Today}, "", "2"},
		{Event{Kind: Determination, On: p.Today, Data: map[string]string{"outcome": "granted"}}, "", ""},
		{Event{Kind: Appealed, On: p.Today}, "", ""},
		{Event{Kind: FeeAnswered, Data: map[string]string{DayDetail: DayUnknown}}, "no record of", ""},
	} {
		p.Event = c.event
		e, _, err := p.Check()
		switch {
		case (err == nil) != (c.fails == "") || err != nil && !strings.Contains(err.Error(), c.fails):
			t.Errorf("%v: %v, want %q", c.event, err, c.fails)
		case e.Data[Dates] != c.dates || c.dates != "" && e.Data["exemptions"] != "b5":
			t.Errorf("%v: became %v", c.event, e)
		}
	}
}
