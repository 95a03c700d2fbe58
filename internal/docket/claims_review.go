package docket

import (
	"cmp"
	"fmt"
	"slices"

	"foia/internal/law"
)

// reviewClaims are about what the law of a state or country offers against a decision, a
// charge or silence, and about what the requester owes under it.
var reviewClaims = map[string]claim{
	"review": func(v *View, matter string) (Values, string) {
		if matter == "" {
			return nil, "the letter is against nothing"
		}
		r, n := v.Review(matter)
		if n != nil {
			return nil, n.Error()
		}
		return Values{"paper": article(r.Paper()), "cite": v.ownCite(r.RouteWindow)}, ""
	},
	"reviewed-before": func(v *View, matter string) (Values, string) {
		r, n := v.Review(cmp.Or(matter, "determination"))
		switch {
		case n != nil:
			return nil, n.Error()
		case r.Before == nil:
			return nil, "nobody reviewed it before"
		}
		return Values{"asked": r.Before.On.Letter(), "decided": r.Before.decided.On.Letter(), "outcome": r.Before.decided.Data["outcome"]},
			""
	},
	"official-form": func(v *View, _ string) (Values, string) {
		r, n := v.OfficialForm()
		if n != nil {
			return nil, n.Error()
		}
		return Values{"form": r.Form, "to": r.To, "cite": r.Cite, "must": r.FormRequired, "due": letterDay(r.Due)}, ""
	},
	"deemed-denied": func(v *View, _ string) (Values, string) {
		p := v.f.regime.Records
		if p == nil || p.Response.Silence == nil || !*p.Response.Silence || !p.Verified("response.silence_is_denial") {
			return nil, "no law that was read counts silence as a denial"
		}
		return nil, whyNot(v.check().lateForSure())
	},
	"question-in-time": func(v *View, _ string) (Values, string) {
		return v.inTime(DueClarification, "the law that was read gives you no time to answer the question")
	},
	"fees-in-time": func(v *View, _ string) (Values, string) {
		return v.inTime(DueFees, "the law that was read gives you no time to answer about fees")
	},
	"charges-complained": func(v *View, _ string) (Values, string) {
		notice := v.f.life.last(FeeNotice)
		if notice == nil {
			return nil, "the log has no fee notice"
		}
		a := v.f.appealAfter(*notice, Charges)
		if a == nil {
			return nil, "the log has no complaint about the charges"
		}
		for _, w := range v.f.regime.Windows(law.Fees) {
			if w.Letter != "" {
				return Values{"complained": a.On.Letter(), "to": cmp.Or(w.Title, w.To)}, ""
			}
		}
		return nil, "foia does not know whom the complaint went to"
	},
	"notice-of-law": func(v *View, _ string) (Values, string) {
		r, n := v.Notice()
		switch {
		case n != nil:
			return nil, n.Error()
		case r.Letter == "":
			return nil, "the law has no notice of its own before a suit"
		}
		return Values{"paper": r.Paper()}, ""
	},
	"notice-sent": func(v *View, _ string) (Values, string) {
		w, ok := v.f.regime.Route(law.LetterNotice)
		if !ok {
			return nil, "the law has no notice of its own before a suit"
		}
		for _, a := range slices.Backward(v.f.appealed) {
			if a.ofRequest() {
				return Values{"sent": a.On.Letter(), "paper": w.Paper()}, ""
			}
		}
		return nil, "the log does not say that it was sent"
	},
	"comments": func(v *View, _ string) (Values, string) {
		if n := v.check().comments(); n != nil {
			return nil, n.Error()
		}
		w, _ := v.f.regime.Route(law.LetterComments)
		return Values{"cite": w.Cite}, ""
	},
	"ruling-requested": func(v *View, _ string) (Values, string) {
		e := v.f.life.last(RulingRequested)
		if e == nil || v.f.regime.Records == nil {
			return nil, "the log does not say that the office asked for a ruling"
		}
		return Values{"asked": e.On.Letter(), "authority": e.Data["authority"]}, ""
	},
	"courts": func(v *View, _ string) (Values, string) {
		c := v.check()
		matter, n := c.grievance()
		if n != nil {
			return nil, n.Error()
		}
		var ways []string
		for _, w := range v.f.courts(matter, c.decided(matter)) {
			ways = append(ways, w.To+" ("+w.Cite+")")
		}
		if len(ways) == 0 {
			return nil, "foia has read of no court under this law"
		}
		return Values{"ways": ways}, ""
	},
}

// ownCite is the place in the law where a way is; empty if only the law as a whole is
// known for it, which the letter names anyway.
func (v *View) ownCite(w law.RouteWindow) string {
	if w.Cite == v.f.regime.Records.Cite() {
		return ""
	}
	return w.Cite
}

// article puts the indefinite article before a word.
func article(word string) string {
	switch {
	case word == "":
		return ""
	case word[0] == 'a' || word[0] == 'e' || word[0] == 'i' || word[0] == 'o':
		return "an " + word
	}
	return "a " + word
}

// inTime: the requester's own time to answer, which the law gives, has not ended.
func (v *View) inTime(what, none string) (Values, string) {
	d, ok := v.f.state.openOrLast(what)
	rule, known := v.f.regime.Rule(d.Topic)
	switch {
	case v.f.regime.Records == nil || !ok || !known || rule.Limit == nil || d.Topic == "":
		return nil, none
	case !d.Open():
		return nil, "it was answered or no longer applies"
	}
	end := d.Due
	for _, o := range d.Other { // the letter may give less than the law
		if o.Cite == rule.Cite {
			end = o.Due
		}
	}
	if end.IsZero() || v.today.After(end) {
		return nil, fmt.Sprintf("the time that the law gives ended on %s", end.Letter())
	}
	return Values{"cite": rule.Cite}, ""
}
