package docket

import "slices"

// decisionClaims are about what the agency decided and sent.
var decisionClaims = map[string]claim{
	"determined": func(v *View, _ string) (Values, string) {
		e := v.f.life.lastDetermination()
		if e == nil {
			return nil, "the agency has made no determination"
		}
		return Values{"dated": e.On.Letter()}, ""
	},
	"released": func(v *View, _ string) (Values, string) { return v.released() },
	"interim": func(v *View, _ string) (Values, string) {
		e := v.f.life.last(InterimRelease)
		if e == nil {
			return nil, "the log has no interim release"
		}
		return Values{"dated": e.On.Letter(), "pages": e.number("pages"), "records": e.number("records")}, ""
	},
	"exemptions": func(v *View, _ string) (Values, string) {
		e := v.f.life.lastDetermination()
		if e == nil || e.Data["exemptions"] == "" {
			return nil, "the log has no exemption that the determination claims"
		}
		return Values{"dated": e.On.Letter(), "names": v.exemptionNames(*e)}, ""
	},
	"referred": func(v *View, _ string) (Values, string) {
		e := v.f.life.last(Referred)
		if e == nil {
			return nil, "the log has no referral"
		}
		return Values{"dated": e.On.Letter(), "to": e.Data["to"], "part": !e.Whole()}, ""
	},
	"decision": func(v *View, matter string) (Values, string) {
		e := v.decision(matter)
		if e == nil {
			return nil, "the log has no decision that could be appealed"
		}
		return Values{"dated": e.On.Letter()}, ""
	},
	"decision-partial": decided("partial", func(e *Event) Values {
		return Values{"pages": e.number("pages"), "withheld": e.number("withheld"), "records": e.number("records"),
			"withheld_records": e.number("withheld-records")}
	}),
	"decision-denied":            decided("denied", func(e *Event) Values { return Values{"withheld": e.number("withheld")} }),
	"decision-granted":           decided("granted", nil),
	"decision-no-records":        decided("no-records", nil),
	"decision-glomar":            decided("glomar", nil),
	"decision-not-described":     decided("not-described", nil),
	"decision-not-agency-record": decided("not-agency-record", nil),
	"decision-fee-related":       decided("fee-related", nil),
	"decision-improper":          decided("improper", nil),
	"decision-duplicate":         decided("duplicate", nil),
	"decision-withdrawn":         decided("withdrawn", nil),
	"decision-other":             decided("other", nil),
	"decision-expedition":        ofKind(ExpeditedDenied, "the decision is not one on expedited processing"),
	"decision-fee-waiver":        ofKind(FeeWaiverDenied, "the decision is not one on a fee waiver"),
	"decision-asserts": func(v *View, matter string) (Values, string) {
		e := v.decision(matter)
		if e == nil || e.Data["exemptions"] == "" {
			return nil, "the log has no exemption that the decision claims"
		}
		return Values{"names": v.exemptionNames(*e)}, ""
	},
}

// decision is the last decision on a matter that can be appealed; on anything, if none
// is named. A full grant can be appealed as incomplete.
func (v *View) decision(matter string) *Event {
	of, _ := v.f.life.decisionOf(v.f.request, Event{Seq: -1}, matter)
	return of
}

// decided: the decision that is appealed is a determination with that outcome.
func decided(outcome string, values func(*Event) Values) claim {
	return func(v *View, matter string) (Values, string) {
		e := v.decision(matter)
		if e == nil || e.Kind != Determination || e.Data["outcome"] != outcome {
			return nil, "the outcome of the decision is not “" + outcome + "”"
		}
		if values == nil {
			return nil, ""
		}
		return values(e), ""
	}
}

func ofKind(kind Kind, otherwise string) claim {
	return func(v *View, matter string) (Values, string) {
		if e := v.decision(matter); e == nil || e.Kind != kind {
			return nil, otherwise
		}
		return nil, ""
	}
}

// released: the last determination released records.
func (v *View) released() (Values, string) {
	e := v.f.life.lastDetermination()
	if e == nil || e.Data["outcome"] != "granted" && e.Data["outcome"] != "partial" {
		return nil, "the log has no determination that releases records"
	}
	return Values{"dated": e.On.Letter(), "pages": e.number("pages"), "records": e.number("records")}, ""
}

// exemptionNames are the exemptions that a decision claims, as a letter names them.
func (v *View) exemptionNames(e Event) []string {
	return v.f.basis.Book.ExemptionNames(v.f.request.Exemptions(e))
}

// asserted are the exemptions that the decision in question claims.
func (v *View) asserted(matter string) []string {
	if e := v.decision(matter); e != nil {
		return v.f.request.Exemptions(*e)
	}
	return nil
}

// outcome is that of the determination in question.
func (v *View) outcome(matter string) string {
	if e := v.decision(matter); e != nil && e.Kind == Determination {
		return e.Data["outcome"]
	}
	return ""
}

// appealClaims are about the appeal that a letter is about: the one that is late, else
// the last open one, else the last.
var appealClaims = map[string]claim{
	"appealed": func(v *View, _ string) (Values, string) {
		a := v.appeal()
		if a == nil {
			return nil, "the log has no appeal"
		}
		return Values{"appealed": a.On.Letter(), "matter": a.matter, "number": v.appealNumber(a)}, ""
	},
	"appeal-received": func(v *View, _ string) (Values, string) {
		a := v.appeal()
		if a == nil || a.received == nil {
			return nil, "the log does not say when the agency received the appeal"
		}
		return Values{"received": a.received.On.Letter()}, ""
	},
	"appeal-late": func(v *View, _ string) (Values, string) {
		d := v.lateAppeal()
		if d == nil {
			return nil, "no time to decide an appeal has run out"
		}
		return Values{"due": d.Lenient.Letter(), "days": d.Lenient.DaysUntil(v.today)}, ""
	},
	"appeal-decided": func(v *View, _ string) (Values, string) {
		a := v.appeal()
		if a == nil || a.decided == nil {
			return nil, "the log has no decision on the appeal"
		}
		return Values{"decided": a.decided.On.Letter(), "outcome": a.decided.Data["outcome"]}, ""
	},
	"remanded": func(v *View, _ string) (Values, string) { return v.remanded() },
	"reversed": func(v *View, _ string) (Values, string) { return v.reversed() },
	"in-court": func(v *View, _ string) (Values, string) {
		e := v.f.life.first(SuitFiled)
		if e == nil {
			return nil, "the log has no complaint in court"
		}
		return Values{"filed": e.On.Letter(), "court": e.Data["court"], "docket": e.Data["docket"]}, ""
	},
}

// lateAppeal is the deadline of an appeal whose time to be decided has run out by every
// calendar: of several, the one that ended first.
func (v *View) lateAppeal() *Deadline {
	var found *Deadline
	for i, d := range v.f.state.Deadlines {
		if d.What == DueAppealDecision && d.Open() && !d.Lenient.IsZero() && v.today.After(d.Lenient) &&
			(found == nil || d.Lenient.Before(found.Lenient)) {
			found = &v.f.state.Deadlines[i]
		}
	}
	return found
}

// appeal is the appeal that a letter is about.
func (v *View) appeal() *appeal {
	all := v.f.appealed
	if d := v.lateAppeal(); d != nil {
		for i := range slices.Backward(all) {
			if _, event, _ := v.f.appealReceived(all[i]); event == d.Event && all[i].matter == d.Of {
				return &all[i]
			}
		}
	}
	for i := range slices.Backward(all) {
		if all[i].open() {
			return &all[i]
		}
	}
	if len(all) > 0 {
		return &all[len(all)-1]
	}
	return nil
}

// appealNumber is the agency's number of an appeal.
func (v *View) appealNumber(a *appeal) string {
	number := ""
	if a.received != nil {
		number = a.received.Data["tracking"]
	}
	for _, e := range v.f.life.after(a.Event).all(Renumbered) {
		if e.Data["for"] == "appeal" {
			number = e.Data["tracking"]
		}
	}
	return number
}

// backAtOffice is the decision on the last appeal about the request, if the office has
// not decided since.
func (v *View) backAtOffice() *Event {
	if v.f.state.Status == IsClosed {
		return nil
	}
	for _, a := range slices.Backward(v.f.appealed) {
		if !a.ofRequest() || a.decided == nil {
			continue
		}
		if d := v.f.life.lastDetermination(); d != nil && v.f.life.index(*d) > v.f.life.index(*a.decided) {
			return nil
		}
		return a.decided
	}
	return nil
}

func (v *View) remanded() (Values, string) {
	e := v.backAtOffice()
	if e == nil || e.Data["outcome"] != "remanded" && e.Data["outcome"] != "partly" {
		return nil, "no decision on an appeal has sent the request back to the office"
	}
	return Values{"decided": e.On.Letter(), "part": e.Data["outcome"] == "partly"}, ""
}

func (v *View) reversed() (Values, string) {
	e := v.backAtOffice()
	if e == nil || e.Data["outcome"] != "reversed" {
		return nil, "no decision on an appeal has reversed the denial"
	}
	return Values{"decided": e.On.Letter()}, ""
}

// stageClaims are about the steps that the law of a state or country asks for.
var stageClaims = map[string]claim{
	"answer-late": func(v *View, _ string) (Values, string) {
		d, why := v.lateStage()
		if why != "" || d.What == DuePromised {
			return nil, orElse(why, "it is the office’s own date that has passed")
		}
		return Values{"due": d.Lenient.Letter(), "what": d.What}, ""
	},
	"promise-passed": func(v *View, _ string) (Values, string) {
		d, why := v.lateStage()
		if why != "" || d.What != DuePromised {
			return nil, orElse(why, "no date of the office’s own has passed")
		}
		return Values{"promised": d.Lenient.Letter()}, ""
	},
	"unanswered": func(v *View, _ string) (Values, string) { return nil, whyNot(v.check().pending()) },
}

func orElse(why, otherwise string) string {
	if why != "" {
		return why
	}
	return otherwise
}

// lateStage is the step that the law asks for and that was not taken in time.
func (v *View) lateStage() (Deadline, string) {
	if v.f.regime.Records == nil {
		return Deadline{}, "the request is not under the law of a state or country"
	}
	if n := v.check().lateForSure(); n != nil {
		return Deadline{}, n.Error()
	}
	d, _ := v.f.state.Answer(v.today)
	return d, ""
}
