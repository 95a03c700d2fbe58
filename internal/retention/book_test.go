package retention

import (
	"slices"
	"strings"
	"testing"
)

// What is not known is said to be unknown: no number without a time that was read, nothing
// empty on screen, and of what is superseded its successor.
func TestSeries(t *testing.T) {
	b := book(t)
	seen := map[string]bool{}
	modes := map[string]int{}
	for _, s := range b.All() {
		if seen[key(s.ID)] {
			t.Errorf("two series are %s", s.ID)
		}
		seen[key(s.ID)] = true
		modes[s.Mode]++
		says := s.Says()
		number := strings.ContainsAny(says, "0123456789")
		switch {
		case s.ID == "" || s.Title == "" || s.Source == "" || s.Confidence == "" || says == "":
			t.Errorf("%s: title %q, source %q, confidence %q, kept %q", s.ID, s.Title, s.Source, s.Confidence, says)
		case s.Kind == General && s.Cite() == "" && s.Mode != Superseded:
			t.Errorf("%s: nothing to cite", s.ID)
		case s.Retention == nil && number:
			t.Errorf("%s: nobody read a period, and it is said to be %q", s.ID, says)
		case slices.Contains([]string{Event, Superseded}, s.Mode) && number:
			t.Errorf("%s: a time without a number is said to be %q", s.ID, says)
		case s.Mode == Superseded && s.Next == "":
			t.Errorf("%s: its successor %s is no series here", s.ID, text(s.Successor))
		case s.Mode == Fixed && (s.N == nil || s.Unit == nil):
			t.Errorf("%s: a fixed time without its number", s.ID)
		}
	}
	if n := len(b.All()); n != 308+35+59 {
		t.Errorf("%d series", n)
	}
	for _, mode := range []string{Fixed, Range, Event, NotStated, Permanent, Superseded, Minimum, Maximum, Rule, Hold, Unread} {
		if modes[mode] == 0 {
			t.Errorf("no series has the mode %q", mode)
		}
	}
}

// How the time of each kind reads.
func TestSays(t *testing.T) {
	b := book(t)
	for id, want := range map[string]string{
		"GRS 5.6.111":             "2 years after creation",
		"GRS 5.6.090":             "30 days after creation",
		"GRS 2.3.060":             "4 to 7 years after final action (the agency picks one period)",
		"GRS 5.1.010":             "until no longer needed",
		"GRS 5.5.020":             "not stated in the table that was read",
		"GRS 6.1.010":             "permanent; goes to NARA at a time set in the agency's NA-1005",
		"GRS 5.4.071":             "superseded; see its successor",
		"DHS/ICE-011":             "unknown: the period was not read",
		"us-ca Veh. Code 2413":    "at most 60 days unless evidence in a felony case",
		"GRS 4.2.020":             "6 years after final agency action; the office may keep it longer (confidence in this period: low)",
		"us-tx GR1000-26a":        "4 years, at the least",
		"us-tx Local Schedule PS": "unknown: the period was not read",
	} {
		s, ok := b.Get(id)
		if !ok {
			t.Errorf("there is no %s", id)
			continue
		}
		if got := s.Says(); got != want && !strings.HasPrefix(got, want+"; the office") {
			t.Errorf("%s is kept %q, not %q", id, got, want)
		}
	}
}

// Every series that can be asked for makes an item; the others say what to do instead.
func TestItems(t *testing.T) {
	for _, s := range book(t).All() {
		i, err := s.Item()
		switch {
		case s.Records() && err != nil:
			t.Errorf("%s: %v", s.ID, err)
		case !s.Records() && err == nil:
			t.Errorf("%s makes an item, and is no series: %s", s.ID, i.Text)
		case err == nil && (!strings.Contains(i.Text, s.Cite()) || strings.Count(i.Text, "[[") != 1 || strings.Contains(i.Title, " - ")):
			t.Errorf("%s: %s: %s", s.ID, i.Title, i.Text)
		}
	}
}
