package docket

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"foia/internal/remedy"
)

// stands lists what the sending of each letter is, by the kind of the letter; of an
// appeal, also what it is against. Every other letter is merely sent.
var stands = map[string]struct {
	kind Kind
	of   string
}{
	"status":              {kind: Reminded},
	"completion-date":     {kind: Reminded},
	"exhaustion":          {kind: Reminded},
	"liaison":             {kind: Reminded},
	"appeal-status":       {kind: Reminded},
	"expedition-status":   {kind: Reminded},
	"remand-status":       {kind: Reminded},
	"appeal":              {Appealed, "determination"},
	"appeal-expedition":   {Appealed, "expedition"},
	"appeal-fee-waiver":   {Appealed, "fee-waiver"},
	"appeal-fee-category": {Appealed, "fee-category"},
	"de-widerspruch":      {Appealed, "determination"},
	"appeal-silence":      {Appealed, Silence},
	"appeal-charges":      {Appealed, Charges},
	"clarification":       {kind: ClarificationAnswered},
	"perfection":          {kind: Perfected},
	"fee-reply":           {kind: FeeAnswered},
	"still-interested":    {kind: StillInterestedAnswer},
	"ogis":                {kind: OGISOpened},
	"expedition":          {kind: ExpeditionRequested},
	"fee-waiver":          {kind: FeeWaiverRequested},
	"withdrawal":          {kind: Withdrawn},
}

// StandsFor is the event that the sending of a letter is, by the kind of the letter,
// and what is thereby known of it.
func StandsFor(letter string) (Kind, map[string]string) {
	s, ok := stands[strings.TrimPrefix(letter, "records-")] // as the file of one under the law of a state is called
	switch {
	case !ok:
		return LetterSent, nil
	case s.of != "":
		return s.kind, map[string]string{"of": s.of}
	}
	return s.kind, nil
}

// feeAnswers are the answers of the letter fee-reply as the event has them.
var feeAnswers = map[string]string{"agree": "agreed", "limit": "agreed", "narrow": "narrowed", "contest": "contested",
	"complained": "contested", "refuse": "refused"}

// StandsFor is the event that the sending of this letter is, with what the letter
// says: which part is withdrawn, what is answered about fees.
func (e Event) StandsFor() (Kind, map[string]string) {
	kind, data := StandsFor(e.Data["letter"])
	data = maps.Clone(data)
	if data == nil {
		data = map[string]string{}
	}
	if of := e.Data["of"]; e.Data["letter"] == "notice" && of != "" { // the law has it as the first step of a complaint
		kind, data["of"] = Appealed, of
	}
	switch kind {
	case Withdrawn:
		data["part"] = e.Data["part"]
	case FeeAnswered:
		answer := e.Data["answer"]
		if word, ok := feeAnswers[answer]; ok {
			answer = word
		}
		if slices.Contains(FeeAnswers, answer) {
			data["answer"] = answer
		}
	}
	maps.DeleteFunc(data, func(_, value string) bool { return value == "" })
	return kind, data
}

// OwnUse tells whether a letter is none, but a paper that its requester works from:
// nobody sends it.
func OwnUse(letter string) bool { return letter == "counsel" || letter == "form" }

// sends tells whether an event with the number of a letter is its sending.
func (e Event) sends() bool {
	return e.Kind != LetterMade && e.Kind != Undelivered && e.Kind != LetterReceived && !slices.Contains(mailKinds, e.Kind)
}

// title names a letter that was made: “letter 7 (status)”.
func (e Event) title() string { return fmt.Sprintf("letter %d (%s)", e.Seq, e.Data["letter"]) }

// letterOf is the letter that an event names by its number; by its kind, the last of
// that kind that was not sent.
func (p Proposed) letterOf(name string) (Event, error) {
	seq, err := strconv.Atoi(name)
	if err != nil {
		return p.unsentOf(name)
	}
	i := slices.IndexFunc(p.Events, func(x Event) bool { return x.Seq == seq })
	switch {
	case i < 0:
		return Event{}, remedy.Misuse(fmt.Sprintf("%s: request %s has no event %s", remedy.Name("letter"), p.Request.ID, name),
			p.lettersHint())
	case p.Events[i].Kind != LetterMade:
		return Event{}, remedy.Misuse(fmt.Sprintf("%s: event %d is “%s”, not a letter foia made", remedy.Name("letter"), seq,
			p.Events[i].Kind), p.lettersHint())
	}
	return p.Events[i], nil
}

// unsentOf is the last letter of a kind that was made and not sent; if all were sent, the
// last one.
func (p Proposed) unsentOf(kind string) (Event, error) {
	var last *Event
	l := lifeOf(p.Events)
	for _, made := range slices.Backward(l.all(LetterMade)) {
		if made.Data["letter"] != kind {
			continue
		}
		if l.sentOn(made) == nil {
			return made, nil
		}
		if last == nil {
			last = &made
		}
	}
	if last != nil {
		return *last, nil
	}
	return Event{}, &NoneToSend{Misuse: remedy.Misuse(fmt.Sprintf("%s: no letter “%s” was made for %s", remedy.Name("letter"), short(kind),
		p.Request.ID), p.lettersHint())}
}

// NoneToSend says that a request has no letter of which a sending could be recorded: none was made, or it was sent on another
// day already. Of many requests, those are left alone.
type NoneToSend struct {
	Misuse *remedy.Error
	Sent   *Event // the sending of the letter; nil: there is no letter
}

func (n *NoneToSend) Error() string { return n.Misuse.Error() }
func (n *NoneToSend) Unwrap() error { return n.Misuse }

// lettersHint names the letters there are.
func (p Proposed) lettersHint() string {
	var titles []string
	for _, e := range p.Events {
		if e.Kind == LetterMade {
			titles = append(titles, fmt.Sprintf("%d (%s)", e.Seq, e.Data["letter"]))
		}
	}
	if len(titles) == 0 {
		return "no follow-up letter has been made for this request: see " + remedy.To(remedy.Letters, p.Request.ID).String()
	}
	return "the letters are " + strings.Join(titles, ", ")
}

// becomes turns “sent --letter N” into the event that the letter stands for, and
// refuses an event that names a letter it does not stand for.
func (p Proposed) becomes(e Event) (Event, error) {
	number := e.Data["letter"]
	if number == "" {
		if e.Kind == Sent && e.Data["received"] != "" {
			return e, remedy.Misuse(remedy.Name("received")+" goes with "+remedy.Name("letter")+
				" here: the receipt of the request itself is an event of its own",
				"record it: "+remedy.To(remedy.Record, p.Request.ID, string(Received)).With("on", e.Data["received"]).String())
		}
		return e, nil
	}
	made, err := p.letterOf(number)
	if err != nil {
		return e, err
	}
	if e.On.Before(made.On) {
		return e, remedy.Misuse(fmt.Sprintf("%s: %s is before the date of %s, %s", remedy.Name("on"), e.On.Letter(), made.title(),
			made.On.Letter()),
			"check the day, or the number of the letter")
	}
	number = strconv.Itoa(made.Seq)
	e.Data = maps.Clone(e.Data)
	e.Data["letter"] = number
	if !e.sends() {
		return e, nil
	}
	kind, data := made.StandsFor()
	if e.Kind != Sent && e.Kind != kind || e.Data["of"] != "" && data["of"] != "" && e.Data["of"] != data["of"] {
		return e, remedy.Misuse(fmt.Sprintf("%s: sending %s is “%s”, not “%s”", remedy.Name("letter"), made.title(), withOf(kind, data),
			withOf(e.Kind, e.Data)),
			"record it: "+remedy.To(remedy.Record, p.Request.ID, string(Sent)).With("letter", number).With("on", e.On.String()).String())
	}
	spec, _ := SpecOf(kind)
	for _, name := range slices.Sorted(maps.Keys(e.Data)) {
		if _, ok := spec.Detail(name); !ok && name != "note" && name != "files" {
			return e, remedy.Misuse(fmt.Sprintf("%s does not apply to “%s”, which sending %s is", remedy.Name(name), kind, made.title()),
				detailsHint(spec))
		}
	}
	maps.Copy(data, e.Data)
	e.Kind, e.Data = kind, data
	return e, nil
}

// withOf is a kind with what an appeal is against.
func withOf(kind Kind, data map[string]string) string {
	if of := data["of"]; kind == Appealed && of != "" {
		return string(kind) + " " + remedy.Give("of", of)
	}
	return string(kind)
}

// sentOn is the event by which a letter was recorded as sent, or nil.
func (l life) sentOn(letter Event) *Event {
	for i, e := range l {
		if e.sends() && e.Data["letter"] == strconv.Itoa(letter.Seq) {
			return &l[i]
		}
	}
	return nil
}

// checkSent refuses to send a letter a second time.
func (p Proposed) checkSent(e Event, l life) error {
	if e.Data["letter"] == "" || !e.sends() || p.Again {
		return nil
	}
	made, err := p.letterOf(e.Data["letter"])
	if err != nil {
		return err
	}
	if old := l.sentOn(made); old != nil {
		return &NoneToSend{Sent: old, Misuse: remedy.Misuse(fmt.Sprintf("%s was already sent, on %s: event %d, “%s”", made.title(),
			old.On.Letter(), old.Seq, old.Kind), "if it was sent twice, add "+remedy.Name("again"))}
	}
	return nil
}

// takeLetter makes an event that names no letter the sending of the one letter that
// it can be: made by that day, and not recorded as sent.
func (p Proposed) takeLetter(e Event, l life) (Event, []string) {
	if spec, _ := SpecOf(e.Kind); e.Data["letter"] != "" || e.Kind == Sent || !e.sends() {
		return e, nil
	} else if _, ok := spec.Detail("letter"); !ok {
		return e, nil
	}
	var unsent []Event
	for _, made := range l.until(e.On).all(LetterMade) {
		kind, data := made.StandsFor()
		if kind == e.Kind && (e.Data["of"] == "" || e.Data["of"] == data["of"]) && l.sentOn(made) == nil && !l.told(made, kind) {
			unsent = append(unsent, made)
		}
	}
	switch len(unsent) {
	case 0:
		return e, nil
	case 1:
		_, data := unsent[0].StandsFor()
		maps.Copy(data, e.Data)
		data["letter"] = strconv.Itoa(unsent[0].Seq)
		e.Data = data
		return e, []string{"taken as the sending of " + unsent[0].title()}
	}
	var titles []string
	for _, made := range unsent {
		titles = append(titles, made.title())
	}
	return e, []string{"no letter was named, and it may be the sending of " + strings.Join(titles, " or ") +
		"; to say which, record a correction and then this again with " + remedy.Name("letter")}
}

// told tells whether an event that names no letter may have been the sending of one:
// older logs name none.
func (l life) told(made Event, kind Kind) bool {
	return slices.ContainsFunc(l, func(e Event) bool { return e.Kind == kind && e.Data["letter"] == "" && !e.On.Before(made.On) })
}
