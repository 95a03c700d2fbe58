package docket

import (
	"slices"
)

// review puts into a step who reviews what a deadline is about, under the law of a state
// or country, and which letter or paper foia makes for it: for the reviewer whose time is
// shown, if there is one; where that is a court, for a reviewer who may be asked instead,
// or for the office before a suit. Where foia makes none, it says where to read on.
func (n *next) review(step Step, d Deadline) Step {
	w, ok := n.way(d)
	switch {
	case !ok && d.Court && slices.Contains(n.s.Letters, "counsel"):
		step.What = "talk to a lawyer about a suit: " + d.To
		return step
	case !ok:
		step.What += ": " + d.To
		step.Act = n.law()
		return step
	case w.Letter == "counsel":
		step.What = "decide whether to go to court: " + w.To
	case w.To == "": // no route of the law's
		step.What = "write to the office a last time before a suit"
		if d.To != "" {
			step.What += ": " + d.To
		}
	case w.To != d.To && !d.Due.IsZero():
		step.What += ": " + w.To
		step.Why += "; that is the time for the " + d.To
	default:
		step.What += ": " + w.To
	}
	step.Act = w.make(n.r)
	return step
}

// way is the letter or paper that foia makes about a deadline.
func (n *next) way(d Deadline) (Way, bool) {
	var open []Way
	for _, w := range d.Ways {
		if (w.Last.IsZero() || !n.today.After(w.Last)) && (w.Of != "" || !slices.Contains(n.s.Letters, w.Letter)) {
			open = append(open, w)
		}
	}
	if d.To == "" || d.Court {
		return first(open)
	}
	return first(slices.DeleteFunc(open, func(w Way) bool { return w.To != d.To }))
}

func first(ways []Way) (Way, bool) {
	if len(ways) == 0 {
		return Way{}, false
	}
	return ways[0], true
}

// feesAnswered tells whether the last notice of fees was answered: who has agreed does
// not complain of it.
func (n *next) feesAnswered() bool {
	d, ok := n.s.Deadline(DueFees)
	return ok && !d.Met.IsZero()
}

// ruling is the say that the requester has while another authority decides whether the
// office may withhold records.
func (n *next) ruling() (Step, bool) {
	if n.s.Ruling.IsZero() || slices.Contains(n.s.Letters, "comments") {
		return Step{}, false
	}
	return Step{What: "write to the authority why the records should be released",
		Why: "the office asked for a ruling on " + n.s.Ruling.Letter() + ", and the law takes comments",
		Act: n.letter("comments")}, true
}

// afterReminder is what the law of a state or country without a number of days leaves
// once the question how the request stands has gone unanswered for a month.
func (n *next) afterReminder() (Step, bool) {
	d, ok := n.s.Deadline(DueReminder)
	d.Ways = slices.DeleteFunc(slices.Clone(d.Ways),
		func(w Way) bool { kind, _ := StandsFor(w.Letter); return kind == Appealed }) // a reviewer wants a time that has run out
	if !ok || d.Met.IsZero() || n.rung() == 0 || n.recently() || !n.undecided() || n.s.Status == IsAppealed || !n.today.After(d.Due) ||
		len(d.Ways) == 0 {
		return Step{}, false
	}
	return n.review(Step{What: "decide what to do about the silence",
		Why: "the law sets no number of days, and you asked on " + n.s.Reminded.Letter()}, d), true
}
