package docket

import (
	"fmt"
	"slices"
	"strconv"

	"foia/internal/remedy"
	"foia/internal/workday"
)

// Unclear is a letter that foia began to send by e-mail, and of which the log says neither that it went out nor that it did
// not: the connection was lost after the mail server had the whole of it, or foia was ended. Nobody but a person can say.
type Unclear struct {
	Event  int          `json:"event"` // of the sending
	Letter int          `json:"letter,omitempty"`
	Kind   string       `json:"kind"` // request, or that of the letter
	On     workday.Date `json:"on"`
	To     string       `json:"to"`
}

// RequestLetter is what the letter of a request itself is called beside the kinds of further letters.
const RequestLetter = "request"

// mailKinds are the events of sending by e-mail that say nothing of the life of a request: only what became of it does.
var mailKinds = []Kind{Sending, NotSent}

// OfMail tells whether an event is of how a letter was sent by e-mail, and not of the life of its request.
func (e Event) OfMail() bool { return slices.Contains(mailKinds, e.Kind) }

// aside tells whether an event is left out of a life.
func (k Kind) aside() bool { return slices.Contains(deskKinds, k) || slices.Contains(mailKinds, k) }

// UnclearOf are the sendings of a request of which nobody knows what became of them.
func UnclearOf(events []Event) (out []Unclear) {
	events = bySeq(events)
	struck := struckOut(events)
	for i, e := range events {
		if e.Kind != Sending || struck[e.Seq] || resolved(e, everything(events[i+1:]), struck) {
			continue
		}
		letter := e.number("letter")
		u := Unclear{Event: e.Seq, Letter: letter, Kind: RequestLetter, On: e.On, To: e.Data["recipient"]}
		if j := slices.IndexFunc(events, func(x Event) bool { return x.Seq == letter }); letter > 0 && j >= 0 {
			u.Kind = events[j].Data["letter"]
		}
		out = append(out, u)
	}
	return out
}

// resolved tells whether what came after a sending says what became of it.
func resolved(sending Event, later life, struck map[int]bool) bool {
	return slices.ContainsFunc(later, func(e Event) bool {
		switch {
		case struck[e.Seq]:
			return false
		case e.Kind == NotSent:
			return e.number("of") == sending.Seq
		}
		return e.carries(sending.Data["letter"])
	})
}

// IsSendingOf tells whether an event says that a letter was sent: of the request, if the number is 0.
func IsSendingOf(e Event, letter int) bool {
	if letter == 0 {
		return e.carries("")
	}
	return e.carries(strconv.Itoa(letter))
}

// DueWord is a person's word on whether an e-mail went out.
const DueWord = "word on whether an e-mail went out"

// unclear is what nobody knows to have gone out, and that somebody has to say.
func (f *folding) unclear(events []Event) {
	f.state.Unclear = UnclearOf(events)
	for _, u := range f.state.Unclear {
		f.add(Deadline{What: DueWord, Who: You, Due: u.On, Event: u.Event,
			Says: "the log does not say what became of it, and foia does not send it again without your word"})
	}
}

// unclearRequest tells whether it is the request itself.
func (s State) unclearRequest() bool {
	return slices.ContainsFunc(s.Unclear, func(u Unclear) bool { return u.Letter == 0 })
}

// unclear is the first thing to do: whatever else is proposed depends on it.
func (n *next) unclear() (Step, bool) {
	if len(n.s.Unclear) == 0 || !n.s.Open() {
		return Step{}, false
	}
	u := n.s.Unclear[len(n.s.Unclear)-1]
	act := remedy.To(remedy.Send, n.r.ID)
	if u.Letter > 0 {
		act = act.With("letter", strconv.Itoa(u.Letter))
	}
	return Step{What: fmt.Sprintf("find out whether the e-mail with the %s went out", u.words()),
		Why: fmt.Sprintf("your mail server was handed it on %s, and no answer is in the log; look into your Sent folder or ask %s, "+
			"then say it", u.On.Letter(), u.To), Act: act}, true
}

// words are what was sent.
func (u Unclear) words() string {
	if u.Letter == 0 {
		return RequestLetter
	}
	return fmt.Sprintf("letter %d (%s)", u.Letter, u.Kind)
}

// NotClear says that something cannot be done while nobody knows whether a letter went out. Nil: that is known.
func NotClear(r Request, events []Event, letter int) error {
	for _, u := range UnclearOf(events) {
		if u.Letter != letter {
			continue
		}
		act := remedy.To(remedy.Send, r.ID)
		if letter > 0 {
			act = act.With("letter", strconv.Itoa(letter))
		}
		return remedy.Misuse(fmt.Sprintf("nobody knows whether the e-mail with the %s of %s went out on %s", u.words(), r.ID,
			u.On.Letter()),
			fmt.Sprintf("say it first: %s, or %s", act.Saying("it-went"), act.Saying("it-did-not")))
	}
	return nil
}
