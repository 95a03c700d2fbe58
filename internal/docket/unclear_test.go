package docket

import (
	"fmt"
	"slices"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"foia/internal/remedy"
	"foia/internal/workday"
)

// begin is the day of all of it.
var begin = workday.MustDate("2026-10-05")

// posted is a model of sending: what a person knows of each letter who was told of every step, and nothing of events.
type posted struct {
	open map[int][]int // by letter: the sendings of which nobody knows, by the numbers of their events
}

// The order of sending, not-sent and sent, and whatever comes between: what docket holds to be unclear is what somebody who was told
// of every step does not know.
func TestUnclearIsWhatNobodyKnows(t *testing.T) {
	b := basis(t)
	rapid.Check(t, func(t *rapid.T) {
		events := []Event{{Seq: 1, Kind: Drafted, On: begin},
			{Seq: 2, Kind: LetterMade, On: begin, Data: map[string]string{"letter": "status"}}}
		model := posted{open: map[int][]int{}}
		undone := map[int]func(){}
		told := ""
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			seq := len(events) + 1
			letter := rapid.SampledFrom([]int{0, 2}).Draw(t, "letter")
			e := Event{Seq: seq, On: begin, Data: map[string]string{}}
			if letter > 0 {
				e.Data["letter"] = strconv.Itoa(letter)
			}
			before := slices.Clone(model.open[letter])
			steps := []string{"sending", "not-sent", "sent", "note", "correction", "reminded"}
			switch step := rapid.SampledFrom(steps).Draw(t, "step"); step {
			case "sending":
				e.Kind = Sending
				model.open[letter] = append(model.open[letter], seq)
			case "not-sent":
				if len(before) == 0 {
					continue
				}
				of := rapid.SampledFrom(before).Draw(t, "of")
				e.Kind, e.Data = NotSent, map[string]string{"of": strconv.Itoa(of)}
				model.open[letter] = slices.DeleteFunc(slices.Clone(before), func(n int) bool { return n == of })
				undone[seq] = func() { model.open[letter] = append(model.open[letter], of) }
			case "sent", "reminded":
				if e.Kind = Sent; step == "reminded" && letter > 0 {
					e.Kind = Reminded // as the sending of that letter is logged
				}
				delete(model.open, letter)
				undone[seq] = func() { model.open[letter] = append(model.open[letter], before...) }
			case "note":
				e.Kind, e.Data = Note, nil
			case "correction": // the last event was wrong
				undo := undone[seq-1]
				if undo == nil {
					continue
				}
				undo()
				e.Kind, e.Data = Correction, map[string]string{"of": strconv.Itoa(seq - 1)}
			}
			events = append(events, e)
			told += fmt.Sprintf("%d %s %v\n", seq, e.Kind, e.Data)
			var got, want []int
			for _, u := range UnclearOf(events) {
				got = append(got, u.Event)
			}
			for _, open := range model.open {
				want = append(want, open...)
			}
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Fatalf("unclear are %v, and nobody knows of %v:\n%s", got, want, told)
			}
			holds(t, b, events, got)
		}
	})
}

// holds makes sure that what is unclear is shown, keeps what depends on it from happening, and is no part of the life.
func holds(t *rapid.T, b Basis, events []Event, unclear []int) {
	r := Request{ID: "2026-0001", Created: begin, Via: "email"}
	s := Fold(r, events, b)
	step := Next(r, s, begin)
	if len(unclear) > 0 != (step.Act.Verb == remedy.Send) || len(unclear) > 0 != (PlaceOf(s, step, begin) == MayBeSent) {
		t.Fatalf("the next step is %+v", step)
	}
	due := 0
	for _, d := range s.Deadlines {
		if d.What == DueWord {
			due++
		}
	}
	if due != len(unclear) {
		t.Fatalf("%d words are due, and %d letters are unclear", due, len(unclear))
	}
	for _, u := range s.Unclear {
		if NotClear(r, events, u.Letter) == nil {
			t.Fatalf("nothing keeps letter %d from being sent again", u.Letter)
		}
		if u.Letter == 0 && MayChange(r, events) == nil {
			t.Fatal("a request that may have gone out can be changed")
		}
	}
	without := slices.DeleteFunc(slices.Clone(events), Event.OfMail)
	other := Fold(r, without, b)
	if got, want := s.Status, other.Status; got != want && (got != IsUnclear || want != IsDrafted) || s.Sent != other.Sent ||
		s.Last.Seq != other.Last.Seq {
		t.Fatalf("sending changes the life: %s, and without %s", got, want)
	}
}
