package docket

import (
	"errors"
	"maps"
	"slices"
	"strconv"
	"sync"

	"foia/internal/entered"
	"foia/internal/remedy"
)

// Came is something that may have happened, in the words of whoever records it.
type Came struct {
	Kind  Kind
	Data  map[string]string // what these words tell of it
	Words string
}

// usual are what comes next as a request stands, what is likeliest first.
var usual = sync.OnceValue(func() map[Status][]Kind {
	return map[Status][]Kind{
		IsDrafted:    {Sent},
		IsUnclear:    {Sent},
		IsSent:       {Acknowledged, Received, FeeNotice, Extended, ClarificationRequested, Determination, InterimRelease, Reminded},
		IsProcessing: {Acknowledged, FeeNotice, Extended, ClarificationRequested, InterimRelease, Determination, Estimated, Reminded},
		IsWaiting:    {Determination, Acknowledged},
		IsReferred:   {Determination, Closed},
		IsDetermined: {Appealed, InterimRelease, OGISOpened, SuitFiled, Closed},
		IsAppealed:   {AppealReceived, AppealDecided, AppealExtended, OGISOpened, SuitFiled},
		IsDecided:    {SuitFiled, OGISOpened, OGISClosed, InterimRelease, Closed},
		IsRemanded:   {Determination, InterimRelease, Extended, SuitFiled},
		IsInCourt:    {InterimRelease, Determination, Closed},
	}
})

// MayCome are what can be recorded of a request as it stands: first what fits it, then the rest.
// What is impossible is neither.
func (p Proposed) MayCome(s State) (fits, others []Came) {
	l := lifeOf(p.Events)
	add := func(k Kind) {
		if !p.possible(k, l) || slices.ContainsFunc(fits, func(c Came) bool { return c.Kind == k }) {
			return
		}
		fits = append(fits, Came{Kind: k, Words: k.Words()})
		if k == Determination {
			fits = append(fits, nothingThere())
		}
	}
	for _, k := range p.awaited(s, l) {
		add(k)
	}
	for _, k := range usual()[s.Status] {
		if k != Acknowledged || l.first(Acknowledged) == nil {
			add(k)
		}
	}
	for _, spec := range Specs {
		if spec.Own || !p.possible(spec.Kind, l) || slices.ContainsFunc(fits, func(c Came) bool { return c.Kind == spec.Kind }) {
			continue
		}
		others = append(others, Came{Kind: spec.Kind, Words: spec.Kind.Words()})
		if spec.Kind == Determination {
			others = append(others, nothingThere())
		}
	}
	return fits, others
}

// awaited are what the request itself leads to expect: letters that were not sent, answers that
// somebody owes.
func (p Proposed) awaited(s State, l life) (out []Kind) {
	if len(s.Unsent) > 0 || !s.Begun && s.Status != IsDiscarded {
		out = append(out, Sent)
	}
	answers := map[string]Kind{DuePerfection: Perfected, DueClarification: ClarificationAnswered, DueFees: FeeAnswered,
		DueInterest: StillInterestedAnswer, DueMessage: MessageFetched}
	for _, d := range s.Deadlines {
		if k, ok := answers[d.What]; ok && d.Open() {
			out = append(out, k)
		}
	}
	if s.Begun && s.Expedition.State == Asked {
		out = append(out, ExpeditedGranted, ExpeditedDenied)
	}
	if s.Begun && s.Waiver.State == Asked {
		out = append(out, FeeWaiverGranted, FeeWaiverDenied)
	}
	return out
}

// possible tells whether an event of that kind could have happened by today, whatever is told of it.
func (p Proposed) possible(k Kind, l life) bool {
	e := Event{Kind: k, On: p.Today, Data: map[string]string{}}
	if l.discarded() != nil {
		return k == Note || k == FileAdded
	}
	switch k {
	case LetterReceived:
		return l.first(LetterMade) != nil
	case Correction:
		return len(p.corrigible()) > 0
	case Appealed:
		return len(p.matters(e, l)) > 0
	}
	return p.checkOrder(e, l) == nil
}

// matters are what an appeal on that day may be against.
func (p Proposed) matters(e Event, l life) (out []string) {
	for _, m := range Matters {
		e.Data = map[string]string{"of": m}
		if p.checkOrder(e, l) == nil {
			out = append(out, m)
		}
	}
	return out
}

// corrigible are the events that can be struck out.
func (p Proposed) corrigible() (out []Event) {
	for _, e := range p.Events {
		if p.checkCorrection(Event{Kind: Correction, Data: map[string]string{"of": strconv.Itoa(e.Seq)}}) == nil {
			out = append(out, e)
		}
	}
	return out
}

// CheckDay tells whether the event could have happened on its day, whatever else is told of it.
func (p Proposed) CheckDay() error {
	e := p.Event
	if e.Undated() && e.Data[DayDetail] != "" {
		return p.checkUndated(e)
	}
	if err := p.checkDay(Event{Kind: e.Kind, On: e.On}); err != nil {
		return err
	}
	if e.Kind == Correction || e.Kind == Appealed {
		return nil // what they are about is told later
	}
	return p.checkOrder(Event{Kind: e.Kind, On: e.On, Data: map[string]string{}}, lifeOf(p.Events))
}

// CheckDetail tells what is wrong with one detail of the event, whatever else is told of it.
func (p Proposed) CheckDetail(d Detail, value string) error {
	var dropped entered.Tally
	clean, err := p.detail(Spec{Kind: p.Event.Kind, Details: []Detail{d}}, d.Name, value, &dropped)
	switch {
	case err != nil:
		return err
	case clean == "" && d.Required:
		return errUntold
	case p.Event.On.IsZero():
		return nil
	}
	return p.checkDay(Event{Kind: p.Event.Kind, On: p.Event.On, Data: map[string]string{d.Name: clean}})
}

var errUntold = errors.New("this question needs an answer")

// Ask is a detail as a person is asked for it.
type Ask struct {
	Detail
	Title, Says string
	Offers      []Offer // one of them is chosen; none: it is typed
}

// Offer is a choice in plain words.
type Offer struct{ Value, Words string }

// Asks are the details to ask for, as far as the event is told: those that must be told first,
// without those that say nothing beside what was told already.
func (p Proposed) Asks() (out []Ask) {
	spec, _ := SpecOf(p.Event.Kind)
	l := lifeOf(p.Events)
	for _, d := range spec.Details {
		if d.Name == "child" || p.idle(d) {
			continue
		}
		q := wordsOf(questions(), spec.Kind, d.Name)
		a := Ask{Detail: d, Title: q.title, Says: q.help}
		for _, c := range d.Choices {
			if d.Type == Choice {
				a.Offers = append(a.Offers, Offer{c, ChoiceWords(spec.Kind, d.Name, c)})
			}
		}
		if p.narrow(&a, l) {
			out = append(out, a)
		}
	}
	slices.SortStableFunc(out, func(a, b Ask) int { return boolFirst(a.first(), b.first()) })
	if spec.Kind == Note {
		out = append(out, Ask{Detail: Detail{Name: "note", Type: Text, Required: true}, Title: "What is it?"})
	}
	return out
}

// first tells whether others depend on the detail, or it must be told.
func (a Ask) first() bool { return a.Required || a.Name == "letter" }

// narrow leaves of a detail what can be told of it as the request stands; false if that is nothing.
func (p Proposed) narrow(a *Ask, l life) bool {
	switch {
	case a.Type == LetterName:
		made := l.all(LetterMade)
		if !a.Required {
			a.Offers = []Offer{{"", "The request itself"}}
			if spec := p.Event.Kind; spec != Sent && spec != Undelivered {
				a.Offers[0].Words = "None that foia made"
			}
		}
		for _, e := range made {
			if p.Event.Kind == LetterReceived || p.Event.Kind == Undelivered || l.sentOn(e) == nil && p.sends(e) {
				a.Offers = append(a.Offers, Offer{strconv.Itoa(e.Seq), remedy.Capital(e.title())})
			}
		}
		return len(a.Offers) > 1 || a.Required && len(a.Offers) > 0
	case p.Event.Kind == Correction && a.Name == "of":
		for _, e := range p.corrigible() {
			a.Offers = append(a.Offers, Offer{strconv.Itoa(e.Seq), strconv.Itoa(e.Seq) + ": " + string(e.Kind) + ", " + e.Day()})
		}
	case p.Event.Kind == Appealed && a.Name == "of":
		can := p.matters(Event{Kind: Appealed, On: p.Event.On}, l)
		a.Offers = slices.DeleteFunc(a.Offers, func(o Offer) bool { return !slices.Contains(can, o.Value) })
		a.Required = true
		return len(a.Offers) > 1 || slices.Equal(can, []string{Silence})
	case a.Name == "of":
		var open []string
		for _, x := range l.until(p.Event.On).appeals(p.Request) {
			open = append(open, x.matter)
		}
		a.Offers = slices.DeleteFunc(a.Offers, func(o Offer) bool { return !slices.Contains(open, o.Value) })
		return len(a.Offers) > 1
	case a.Type == Codes && federal(p.Request):
		a.Says = "As the letter has them, such as b5, b7E or k2."
	case a.Type == Codes:
		a.Says = "The sections as the letter has them, separated by semicolons."
	case a.Type == Picks:
		a.Says = "One or more of " + listed(a.Choices) + ", separated by commas."
	}
	return true
}

// sends tells whether the event can be the sending of a letter that was made.
func (p Proposed) sends(made Event) bool {
	kind, _ := made.StandsFor()
	return p.Event.Kind == Sent || p.Event.Kind == kind
}

func listed(words []string) string {
	out := ""
	for i, w := range words {
		switch {
		case i > 0 && i == len(words)-1:
			out += " or "
		case i > 0:
			out += ", "
		}
		out += w
	}
	return out
}

// withholds are the outcomes with which something is withheld, and releases those with which
// something is released.
var (
	withholds = []string{"partial", "denied", "glomar", "other"}
	releases  = []string{"granted", "partial", "other"}
)

// idle tells whether a detail says nothing beside what was told already.
func (p Proposed) idle(d Detail) bool {
	told := p.Event.Data
	outcome := told["outcome"]
	decided := p.Event.Kind == Determination && outcome != ""
	switch d.Name {
	case "exemptions":
		return decided && !slices.Contains(withholds, outcome)
	case "withheld":
		return decided && (!slices.Contains(withholds, outcome) || outcome == "glomar")
	case "pages":
		return decided && !slices.Contains(releases, outcome)
	case "records":
		return told["pages"] != "" || decided && !slices.Contains(releases, outcome)
	case "withheld-records":
		return told["pages"] != "" || told["withheld"] != "" || decided && (!slices.Contains(withholds, outcome) || outcome == "glomar")
	case "statute":
		return !federal(p.Request) || !slices.Contains(p.Request.Exemptions(p.Event), "b3")
	case "appeal-by", "appeal-to":
		return decided && (outcome == "granted" || outcome == "referred")
	case "received":
		return p.Event.Kind == Sent && told["letter"] == ""
	case "amount":
		return p.Event.Kind == FeeAnswered && told["answer"] != "paid"
	case "part":
		return p.Event.Kind == Referred && (told["pages"] != "" || told["records"] != "")
	}
	return false
}

// Tell is the event with a detail told, or, with an empty value, not told any longer. What says nothing beside it is not
// told any longer either, such as the exemptions of a decision that turned out to release everything.
func (p Proposed) Tell(name, value string) Proposed {
	data := maps.Clone(p.Event.Data)
	if data == nil {
		data = map[string]string{}
	}
	if data[name] = value; value == "" {
		delete(data, name)
	}
	spec, _ := SpecOf(p.Event.Kind)
	before := p
	p.Event.Data = data
	for _, d := range spec.Details {
		if d.Name != name && data[d.Name] != "" && p.idle(d) && !before.idle(d) {
			delete(data, d.Name)
		}
	}
	return p
}
