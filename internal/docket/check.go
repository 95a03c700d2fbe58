package docket

import (
	"fmt"
	"maps"
	"slices"
	"strconv"

	"foia/internal/entered"
	"foia/internal/law"
	"foia/internal/remedy"
	"foia/internal/workday"
)

// Repeated says that the same event is in the log already.
type Repeated struct{ Event Event }

func (r *Repeated) Error() string {
	s := fmt.Sprintf("this is already in the log: event %d, %s on %s", r.Event.Seq, r.Event.Kind, r.Event.On)
	if r.Event.Undated() {
		s = fmt.Sprintf("this is already in the log: event %d, %s, whose day is not known", r.Event.Seq, r.Event.Kind)
	}
	if entered := r.Event.entered(); entered != "" {
		s += ", " + entered
	}
	return s
}

// Hint says what to do.
func (r *Repeated) Hint() string { return "if it happened twice, add " + remedy.Name("again") }

// Usage: it is the command line that is wrong.
func (r *Repeated) Usage() bool { return true }

// Proposed is an event that somebody wants to record, with what it is checked
// against.
type Proposed struct {
	Request Request
	Events  []Event // so far
	Event   Event
	Today   workday.Date
	Book    *law.Book
	Dates   workday.Order // in which the user writes dates in figures
	Again   bool          // it is meant, although the same is there already
	Gaps    bool          // it comes from a tracker: what was decided may be unknown
	Listed  bool          // it is a row of a list, which may be recorded a second time
}

// Check tells whether an event can be recorded. What is impossible is an error;
// what is merely unusual comes back in words. The event returned has its details
// in their one form, and says what was left open: which letter was sent, which
// appeal is meant.
func (p Proposed) Check() (e Event, unusual []string, err error) {
	spec, ok := SpecOf(p.Event.Kind)
	if !ok || spec.Own {
		return e, nil, remedy.Misuse(fmt.Sprintf("“%s” is not an event you can record", p.Event.Kind),
			"see: "+remedy.To(remedy.Events).String())
	}
	if p.Request, err = Current(p.Request, p.Events); err != nil {
		return e, nil, err
	}
	p = p.dating()
	e = p.Event
	var dropped entered.Tally
	if e.Data, err = p.details(spec, &dropped); err != nil {
		return e, nil, err
	}
	e, unusual, err = p.judge(e)
	if note := dropped.Note(); note != "" {
		unusual = append([]string{note}, unusual...)
	}
	return e, unusual, err
}

// judge checks an event whose details are in their one form.
func (p Proposed) judge(e Event) (_ Event, unusual []string, err error) {
	if err := p.checkDay(e); err != nil {
		return e, nil, err
	}
	if e.Kind == Correction {
		if old := p.repeated(e, nil); old != nil {
			return e, nil, &Repeated{*old}
		}
		return e, p.leftWithoutGround(e), p.checkCorrection(e)
	}
	if e, err = p.becomes(e); err != nil {
		return e, nil, err
	}
	return p.settle(e, lifeOf(p.Events))
}

// settle checks an event against what happened before it.
func (p Proposed) settle(e Event, life life) (Event, []string, error) {
	if gone := life.discarded(); gone != nil && e.Kind != Note && e.Kind != FileAdded && !slices.Contains(deskKinds, e.Kind) {
		return e, nil, discardedAlready(p.Request, *gone)
	}
	if old := p.repeated(e, life); old != nil {
		return e, nil, &Repeated{*old}
	}
	if err := p.checkSent(e, life); err != nil {
		return e, nil, err
	}
	e, taken := p.takeLetter(e, life)
	if err := p.checkOrder(e, life); err != nil {
		return e, nil, err
	}
	if err := p.chooseAppeal(&e, life); err != nil {
		return e, nil, err
	}
	return e, append(taken, p.unusual(e, life)...), nil
}

// repeated is the event of which the same was told, unless it is meant to be told again. What was
// struck out, or came back, may happen anew: only the rows of a list are compared with all there is,
// since the same list is to record nothing twice, whatever else it holds.
func (p Proposed) repeated(e Event, life life) *Event {
	if p.Again {
		return nil
	}
	in := life
	switch {
	case e.Undated():
		in = lackingDay(bySeq(p.Events))
	case p.Listed:
		in = everything(p.Events)
	case e.Kind == Correction:
		struck := struckOut(p.Events)
		in = slices.DeleteFunc(everything(p.Events), func(old Event) bool { return struck[old.Seq] })
	}
	for _, old := range in {
		if sameTold(old, e) {
			return &old
		}
	}
	return nil
}

// sameTold tells whether the same was told of two events, leaving out what foia
// added: the files, and the letter or appeal it filled in.
func sameTold(old, e Event) bool {
	if old.Kind != e.Kind || old.On != e.On {
		return false
	}
	then, now := told(old.Data), told(e.Data)
	for _, name := range []string{"letter", "of"} {
		if now[name] == "" {
			delete(then, name)
		}
	}
	return maps.Equal(then, now)
}

// told is what the user told of an event, without what foia added.
func told(data map[string]string) map[string]string {
	data = maps.Clone(data)
	if data == nil {
		data = map[string]string{}
	}
	delete(data, "files")
	delete(data, "child")
	delete(data, Dates)
	return data
}

// checkDay refuses days that cannot be.
func (p Proposed) checkDay(e Event) error {
	on := remedy.Name("on") + ": "
	if e.Data[DayDetail] != "" {
		return p.checkUndated(e)
	}
	switch {
	case e.On.IsZero():
		return remedy.Misuse(on+"the day is missing", "add "+remedy.Give("on", "2025-05-06"))
	case e.On.After(p.Today):
		return remedy.Misuse(fmt.Sprintf("%s%s is in the future: today is %s", on, e.On.Letter(), p.Today.Letter()),
			"record it once it has happened")
	case e.Kind != Note && e.Kind != FileAdded && e.On.Before(p.Request.Created):
		return remedy.Misuse(fmt.Sprintf("%s%s is before the request, which is dated %s", on, e.On.Letter(), p.Request.Created.Letter()),
			"check the date of the letter")
	}
	for _, name := range []string{"answer-by", "appeal-by"} {
		if d := e.day(name); !d.IsZero() && d.Before(e.On) {
			return remedy.Misuse(fmt.Sprintf("%s: %s is before the letter that gives it, %s", remedy.Name(name), d.Letter(), e.On.Letter()),
				"check the letter")
		}
	}
	if d := e.day("until"); !d.IsZero() && d.Before(e.On) {
		return remedy.Misuse(fmt.Sprintf(remedy.Name("until")+": %s is before the notice, %s", d.Letter(), e.On.Letter()),
			"check the letter")
	}
	return p.checkReceived(e)
}

// checkReceived refuses a day of receipt that does not fit the event that gives it.
func (p Proposed) checkReceived(e Event) error {
	if d := e.day("received"); !d.IsZero() {
		switch {
		case e.Kind == Acknowledged && d.After(e.On):
			return remedy.Misuse(fmt.Sprintf(remedy.Name("received")+": %s is after the acknowledgment, %s", d.Letter(), e.On.Letter()),
				"check the letter")
		case e.Kind == Acknowledged && d.Before(p.Request.Created):
			return remedy.Misuse(fmt.Sprintf(remedy.Name("received")+": %s is before the request, which is dated %s", d.Letter(),
				p.Request.Created.Letter()),
				"check the letter")
		case e.Kind != Acknowledged && d.Before(e.On):
			return remedy.Misuse(fmt.Sprintf(remedy.Name("received")+": %s is before it was sent, %s", d.Letter(), e.On.Letter()),
				"check the proof")
		}
	}
	return nil
}

// needs lists, for each kind that answers another, what must have happened before.
var needs = map[Kind]struct {
	before []Kind
	what   string
}{
	ClarificationAnswered: {[]Kind{ClarificationRequested}, "the agency's question"},
	FeeAnswered:           {[]Kind{FeeNotice}, "the agency's notice of fees"},
	StillInterestedAnswer: {[]Kind{StillInterestedAsked}, "the agency's letter"},
	MessageFetched:        {[]Kind{MessageWaiting}, "a message in the agency's portal"},
	AppealReceived:        {[]Kind{Appealed}, "your appeal"},
	AppealExtended:        {[]Kind{Appealed}, "your appeal"},
	AppealDecided:         {[]Kind{Appealed}, "your appeal"},
	OGISClosed:            {[]Kind{OGISOpened}, "the opening of the case at OGIS"},
}

// checkOrder refuses an order that cannot be. Events are entered as they are found:
// what must come before is looked for by its day.
func (p Proposed) checkOrder(e Event, l life) error {
	before := l.until(e.On)
	if e.Undated() {
		before = l
	}
	if need, ok := needs[e.Kind]; ok && before.first(need.before...) == nil && !p.hadBefore(need.before...) {
		return remedy.Misuse(fmt.Sprintf("“%s” on %s: the log has no record of %s by that date", e.Kind, e.On.Letter(), need.what),
			"record that first: "+remedy.To(remedy.Record, p.Request.ID, string(need.before[0])).With("on", remedy.Open("DATE")).String())
	}
	if e.Kind == Received && !e.Undated() {
		if sent := l.first(Sent); sent != nil && e.On.Before(sent.On) {
			return remedy.Misuse(fmt.Sprintf("it cannot have been received on %s: it was sent on %s", e.On.Letter(), sent.On.Letter()),
				"check the proof, or correct the date it was sent")
		}
	}
	if e.Kind == Appealed && !p.Gaps && !p.hadBefore(Determination, ExpeditedDenied, FeeWaiverDenied, CategoryAssigned) {
		return p.checkAppeal(e, before)
	}
	if e.Kind == SeriesEnded {
		return p.checkSeries()
	}
	return nil
}

func (p Proposed) checkCorrection(e Event) error {
	seq, err := strconv.Atoi(e.Data["of"])
	i := slices.IndexFunc(p.Events, func(x Event) bool { return x.Seq == seq })
	switch {
	case err != nil || i < 0:
		return remedy.Misuse(fmt.Sprintf(remedy.Name("of")+": request %s has no event %s", p.Request.ID, e.Data["of"]),
			"see the numbers: "+remedy.To(remedy.Show, p.Request.ID).String())
	case slices.Contains([]Kind{Drafted, Imported, Redrafted, LetterMade}, p.Events[i].Kind):
		return remedy.Misuse(fmt.Sprintf("event %d, %s, cannot be corrected: the letter has been made", seq, p.Events[i].Kind),
			"until it is sent, a letter can be changed ("+remedy.To(remedy.Change, p.Request.ID).String()+") or thrown away ("+
				remedy.To(remedy.Discard, p.Request.ID).String()+"); after that, record closed with the reason")
	case p.Events[i].Kind == Sending:
		return remedy.Misuse(fmt.Sprintf("event %d, %s, cannot be corrected: the mail server may have the letter", seq, Sending),
			"say what became of it: "+remedy.To(remedy.Send, p.Request.ID).Saying("it-did-not").String())
	case p.Events[i].Kind == MadePrivate || p.Events[i].Kind == MadePublic:
		return remedy.Misuse(fmt.Sprintf("event %d, %s, cannot be corrected: to change who may see a request, set it again", seq,
			p.Events[i].Kind), "use "+remedy.To(remedy.Hide, remedy.Open("ID")).String()+" or "+remedy.To(remedy.Publish,
			remedy.Open("ID")).String())
	case struckOut(p.Events)[seq]:
		return remedy.Misuse(fmt.Sprintf("event %d has already been corrected", seq), "see: "+remedy.To(remedy.Show, p.Request.ID).String())
	}
	return nil
}

// book are the laws by which an event is judged; if none were given, those of states and
// countries that foia has.
func (p Proposed) book() *law.Book {
	if p.Book == nil {
		return &law.Book{}
	}
	return p.Book
}

// regime is the law that applies to the request.
func (p Proposed) regime() law.Regime {
	return p.book().For(p.Request.OfficeID, p.Request.Law).At(MadeOn(p.Request, p.Events))
}
