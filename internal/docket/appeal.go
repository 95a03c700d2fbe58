package docket

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"foia/internal/remedy"
	"foia/internal/workday"
)

// chooseAppeal says which appeal a letter of the agency is about. If several are
// open, it must be told.
func (p Proposed) chooseAppeal(e *Event, l life) error {
	if e.Kind != AppealReceived && e.Kind != AppealExtended && e.Kind != AppealDecided {
		return nil
	}
	if p.hadBefore(Appealed) || e.Undated() {
		return nil // whichever is open is taken by its day, or not at all
	}
	all := l.until(e.On).appeals(p.Request)
	open := slices.DeleteFunc(slices.Clone(all), func(a appeal) bool { return !a.open() })
	if of := e.Data["of"]; of != "" {
		if slices.ContainsFunc(all, func(a appeal) bool { return a.matter == of }) {
			return nil
		}
		return remedy.Misuse(fmt.Sprintf("%s: the log has no appeal (%s) by %s", remedy.Name("of"), of, e.On.Letter()),
			"by that day it has "+appealNames(all))
	}
	if len(open) == 0 {
		open = all
	}
	if len(open) == 1 {
		e.Data["of"] = open[0].matter
		return nil
	}
	var flags []string
	for _, a := range open {
		flags = append(flags, remedy.Give("of", a.matter))
	}
	return remedy.Misuse(fmt.Sprintf("“%s”: on %s more than one appeal was open: %s", e.Kind, e.On.Letter(), appealNames(open)),
		"say which one: add "+strings.Join(flags, " or "))
}

// appealNames lists appeals with the day of each.
func appealNames(appeals []appeal) string {
	var names []string
	for _, a := range appeals {
		names = append(names, fmt.Sprintf("%s (%s)", a.matter, a.On.Letter()))
	}
	return strings.Join(names, ", ")
}

// checkAppeal refuses an appeal against nothing.
func (p Proposed) checkAppeal(e Event, before life) error {
	if e.Data["of"] == Silence {
		return p.checkSilence(e, before)
	}
	if of, _ := before.decisionOf(p.Request, Event{Seq: -1}, e.Data["of"]); of != nil {
		return nil
	}
	what := "decision"
	if of := e.Data["of"]; of != "" {
		what = "decision on " + of
	}
	hint := "if there was a decision, record it first: " + remedy.To(remedy.Record, p.Request.ID, string(Determination)).
		With("on", remedy.Open("DATE")).With("outcome", remedy.Open("OUTCOME")).String() +
		"; if you appealed the silence, add " + remedy.Give("of", Silence)
	if federal(p.Request) {
		hint = "an agency's silence is not appealed but lets you sue; " + hint
	}
	by := "by " + e.On.Letter() + " "
	if e.Undated() {
		by = ""
	}
	return remedy.Misuse(fmt.Sprintf("the log has no %s %sthat could be appealed", what, by), hint)
}

// checkSilence refuses an appeal of silence where there was a decision.
func (p Proposed) checkSilence(e Event, before life) error {
	decided := before.standing(before.appeals(p.Request))
	if decided == nil {
		return nil
	}
	return remedy.Misuse(fmt.Sprintf("%s: the agency decided the request on %s", remedy.Give("of", Silence), decided.On.Letter()),
		"to appeal that decision, use "+remedy.Give("of", "determination"))
}

// onSilence says what an appeal of silence is worth.
func (p Proposed) onSilence(on workday.Date) string {
	regime := p.regime().Decided(on)
	if law := regime.Records; law != nil {
		if silent := law.Response.Silence; silent != nil && law.Verified("response.silence_is_denial") {
			if *silent {
				return "under this law silence counts as a denial (" + law.Cite() + ")"
			}
			return "under this law silence does not count as a denial (" + law.Cite() + ")"
		}
	}
	act, ok := regime.Rule("exhaustion")
	if !ok {
		return "foia does not know whether this law gives an appeal from silence"
	}
	says := fmt.Sprintf("the Act gives no appeal from silence: when the time limit has passed, it lets you sue at once (%s). ", act.Cite)
	if rule, ok := regime.Rule("appeal-silence"); ok {
		return says + "For this office: " + rule.Says + " (" + rule.Cite + ")"
	}
	return says + "Some agencies invite such an appeal; foia does not know whether this one does, or whether it will decide it"
}

// restsOn tells whether an event has what it rests on: what it answers, or the
// decision that it appeals. A letter that was made needs what its sending needs.
func (p Proposed) restsOn(e Event, l life) bool {
	if e.Kind == LetterMade {
		kind, data := e.StandsFor()
		e.Kind, e.Data = kind, data
	}
	before := l.until(e.On)
	if need, ok := needs[e.Kind]; ok && before.first(need.before...) == nil {
		return false
	}
	switch e.Kind {
	case Appealed:
		return p.checkAppeal(e, before) == nil
	case AppealReceived, AppealExtended, AppealDecided:
		return e.Data["of"] == "" || slices.ContainsFunc(before.appeals(p.Request), func(a appeal) bool { return a.matter == e.Data["of"] })
	}
	return true
}

// leftWithoutGround names the events that rest on one that a correction takes away,
// and those that rest on these in turn.
func (p Proposed) leftWithoutGround(correction Event) []string {
	correction.Seq = 1
	for _, e := range p.Events {
		correction.Seq = max(correction.Seq, e.Seq+1)
	}
	before, after := lifeOf(p.Events), lifeOf(append(slices.Clone(p.Events), correction))
	var lost []Event
	for again := true; again; {
		again = false
		for i, e := range after {
			if p.restsOn(e, before) && !p.restsOn(e, after) {
				lost = append(lost, e)
				after, again = slices.Delete(slices.Clone(after), i, i+1), true
				break
			}
		}
	}
	slices.SortFunc(lost, func(a, b Event) int { return a.Seq - b.Seq })
	var out []string
	for _, e := range lost {
		what := fmt.Sprintf("event %d, %s on %s", e.Seq, e.Kind, e.On.Letter())
		if e.Kind == LetterMade {
			out = append(out, what+" ("+e.Data["letter"]+"), speaks of what no longer counts: do not send it")
			continue
		}
		out = append(out, what+", loses its ground: correct it too ("+remedy.Give("of", strconv.Itoa(e.Seq))+
			"), or record what it rests on")
	}
	return out
}
