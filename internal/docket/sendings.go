package docket

import (
	"slices"
	"strconv"

	"foia/internal/workday"
)

// Reminds tells whether a letter is a reminder.
func Reminds(letter string) bool {
	kind, _ := StandsFor(letter)
	return kind == Reminded
}

// letters are which further letters were sent, and which were made and not sent. A
// letter that was made says nothing to anybody until an event tells that it went out.
func (f *folding) letters() {
	s := &f.state
	sent := map[string]bool{}
	for _, e := range f.life {
		if n := e.Data["letter"]; n != "" && e.sends() {
			sent[n] = true
		}
		switch e.Kind {
		case Reminded:
			s.Reminded = e.On
			s.Letters = append(s.Letters, f.letterOf(e, "status"))
		case OGISOpened:
			s.Letters = append(s.Letters, "ogis")
		case LetterMade:
			if OwnUse(e.Data["letter"]) {
				s.Letters = append(s.Letters, e.Data["letter"])
			}
		case LetterSent:
			s.Letters = append(s.Letters, f.letterOf(e, "letter"))
		}
	}
	for i, e := range f.life {
		if e.Kind == LetterMade && !OwnUse(e.Data["letter"]) && !sent[strconv.Itoa(e.Seq)] && !f.overtaken(i) &&
			f.life.grounded(f.request, e) {
			s.Unsent = append(s.Unsent, Unsent{e.Seq, e.Data["letter"], e.On, e.Data["via"]})
		}
	}
}

// grounded tells whether a letter that was made still has what it answers, or appeals: a
// correction may have taken it away.
func (l life) grounded(r Request, made Event) bool {
	kind, data := made.StandsFor()
	if need, ok := needs[kind]; ok && l.before(made).first(need.before...) == nil {
		return false
	}
	if kind != Appealed {
		return true
	}
	if data["of"] == Silence {
		return l.before(made).standing(l.before(made).appeals(r)) == nil
	}
	of, _ := l.decisionOf(r, made, data["of"])
	return of != nil
}

// Waiting are the letters that were made within the last month and not sent. What is
// older says how things stood then: it is made anew.
func (s State) Waiting(today workday.Date) []Unsent {
	return slices.DeleteFunc(slices.Clone(s.Unsent), func(u Unsent) bool { return u.On.AddDays(ReminderPause).Before(today) })
}

// letterOf is the kind of the letter that an event says was sent; otherwise, if it names none.
func (f *folding) letterOf(e Event, otherwise string) string {
	for _, made := range f.life.all(LetterMade) {
		if strconv.Itoa(made.Seq) == e.Data["letter"] {
			return made.Data["letter"]
		}
	}
	return otherwise
}

// overtaken tells whether a letter that was not sent has nothing to do any more: the
// agency has written since, or the same letter was made again.
func (f *folding) overtaken(i int) bool {
	made := f.life[i]
	return slices.ContainsFunc(f.life[i+1:], func(e Event) bool {
		return e.Kind == LetterMade && e.Data["letter"] == made.Data["letter"] || slices.Contains(contact, e.Kind) ||
			slices.Contains([]Kind{Determination, AppealDecided, SuitFiled, Closed, Withdrawn}, e.Kind)
	})
}

// Fate is what the log tells of the way of a letter. If both are nil, it was made and
// nothing says that it went out.
type Fate struct {
	Sent *Event // the sending, if it stands
	Back *Event // the notice that it could not be delivered, if no other sending stands
}

// FateOf is the fate of a letter, by the event with which it was made: of the request, by
// its drafting. An appeal that names no letter, as older logs have it, sends none.
func FateOf(events []Event, made Event) Fate {
	number := strconv.Itoa(made.Seq)
	if made.Kind == Drafted {
		number = ""
	}
	for _, e := range lifeOf(bySeq(events)) {
		if e.carries(number) {
			return Fate{Sent: &e}
		}
	}
	for _, e := range ordered(bySeq(events)) {
		if e.Kind == Undelivered && e.Data["letter"] == number {
			return Fate{Back: &e}
		}
	}
	return Fate{}
}

// String tells the fate in a few words.
func (f Fate) String() string {
	switch {
	case f.Sent != nil:
		return "sent " + f.Sent.On.Letter()
	case f.Back != nil:
		return "came back " + f.Back.On.Letter()
	}
	return "not recorded as sent"
}
