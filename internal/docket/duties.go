package docket

import (
	"cmp"
	"fmt"

	"foia/internal/law"
	"foia/internal/workday"
)

// expedition is the time to decide on expedited processing: ten calendar days,
// from the date of the request or from its receipt, as the closest rule has it;
// 5 U.S.C. 552(a)(6)(E)(ii)(I).
func (f *folding) expedition() {
	rule, ok := f.rule("expedition-decision")
	if f.request.Facts["expedited"] != Asked || !ok || rule.Limit == nil {
		return
	}
	received, start := f.expeditionStart(rule)
	if start.Seq == 0 {
		return
	}
	d := f.deadline(DueExpedition, Agency, rule, &start)
	if start.On.IsZero() {
		d.Why = "nothing shows when the agency received the request"
	} else {
		d.Start = "The time runs from " + start.On.Letter() + "."
		f.count(&d, start.On, *rule.Limit)
		f.applyFloor(&d, rule, received)
	}
	if met := f.life.first(ExpeditedGranted, ExpeditedDenied); met != nil {
		d.Met = met.On
	} else if done := f.life.first(Determination); done != nil {
		d.Over = "the agency made its determination on " + done.On.String()
	}
	f.add(d)
}

// expeditionStart is the event that a rule counts from, and the day of receipt.
// A rule that counts from receipt waits for one.
func (f *folding) expeditionStart(rule law.Rule) (received workday.Date, start Event) {
	sent := f.life.first(Sent)
	var probe Deadline
	keep := *f
	keep.state.Remarks = nil
	keep.receipt(&probe)
	received = keep.begun
	if rule.Limit.Test == "from the date of the request" && sent != nil {
		return received, *sent
	}
	if probe.Event != 0 {
		return received, Event{Seq: probe.Event, On: received}
	}
	if sent != nil {
		return received, Event{Seq: sent.Seq}
	}
	return received, Event{}
}

// applyFloor moves a date that leaves the agency less than the rule's floor.
func (f *folding) applyFloor(d *Deadline, rule law.Rule, received workday.Date) {
	if rule.Floor == nil || d.Due.IsZero() {
		return
	}
	if received.IsZero() {
		d.Due, d.Lenient, d.Count = workday.Date{}, workday.Date{}, nil
		d.Why = fmt.Sprintf("the agency has at least %d %s from receipt, and nothing shows when it received the request", rule.Floor.Days, rule.Floor.Unit)
		return
	}
	n, err := f.basis.Calendar.FromReceipt(received, rule.Floor.Days, f.basis.Policy)
	if err != nil {
		d.Why = err.Error()
		return
	}
	if n.Due.After(d.Due) {
		d.Other = append(d.Other, Reading{Due: d.Due, Says: fmt.Sprintf("without the minimum of %d %s from receipt", rule.Floor.Days, rule.Floor.Unit), Cite: rule.Cite})
		d.Start = fmt.Sprintf("The agency received it on %s, and has at least %d %s from that day.", received.Letter(), rule.Floor.Days, rule.Floor.Unit)
		d.Count, d.Due, d.Lenient = &n, n.Due, latest(append(others(n), n.Due)...)
	}
}

// answers are your own dates: what the agency asked, and until when you answer.
func (f *folding) answers() {
	for _, q := range []struct {
		asked, answered Kind
		what, topic     string
	}{
		{DeficiencyNotice, Perfected, DuePerfection, "perfection"},
		{ClarificationRequested, ClarificationAnswered, DueClarification, "perfection"},
		{FeeNotice, FeeAnswered, DueFees, "fee-commitment"},
		{StillInterestedAsked, StillInterestedAnswer, DueInterest, "still-interested"},
	} {
		for _, e := range f.life.all(q.asked) {
			f.answer(e, q.answered, q.what, q.topic)
		}
	}
}

// answer is the date by which one question is to be answered: the day that the
// letter gives or that the rule gives, whichever is first.
func (f *folding) answer(e Event, answered Kind, what, topic string) {
	rule, ok := f.regime.Decided(e.On).Rule(topic)
	d := f.deadline(what, You, rule, &e)
	if ok && rule.Limit != nil {
		f.count(&d, e.On, *rule.Limit)
	}
	byLetter, byRule := e.day("answer-by"), d.Due
	if !byLetter.IsZero() && (byRule.IsZero() || byLetter.Before(byRule)) {
		if !byRule.IsZero() {
			d.Other = append(d.Other, Reading{Due: byRule, Says: rule.Says, Cite: rule.Cite})
		}
		d.Due, d.Lenient, d.Count, d.Cite, d.Says = byLetter, byLetter, nil, "the letter of "+e.On.Letter(), "the day the letter gives"
		if topic == "still-interested" && !byRule.IsZero() {
			f.remark(e, topic, "the letter gives fewer than 30 working days; the Office of Information Policy's guidance is to give that many")
		}
	} else if !byLetter.IsZero() {
		d.Other = append(d.Other, Reading{Due: byLetter, Says: "the day the letter gives"})
	}
	if d.Due.IsZero() && d.Why == "" {
		d.Why = "no rule foia knows sets a date, and no date from the letter was recorded: answer soon"
	}
	if a := f.life.after(e).first(answered); a != nil {
		d.Met = a.On
	} else if done := f.life.after(e).first(Determination); done != nil {
		d.Over = "the agency made its determination on " + done.On.String()
	}
	f.add(d)
}

// adverse are the decisions that may be appealed, with what each is about.
func adverse(e Event, category string) (matter string, ok bool) {
	switch e.Kind {
	case Determination:
		o := e.Data["outcome"]
		return "determination", o != "granted" && o != "withdrawn" && o != "referred"
	case ExpeditedDenied:
		return "expedition", true
	case FeeWaiverDenied:
		return "fee-waiver", true
	case CategoryAssigned:
		return "fee-category", e.Data["category"] != category
	}
	return "", false
}

// against is what an appeal is against: as told, or the last adverse decision
// before it.
func (f *folding) against(appeal Event) string {
	if of := appeal.Data["of"]; of != "" {
		return of
	}
	matter := ""
	for _, e := range f.life {
		if e.Seq == appeal.Seq {
			break
		}
		if m, ok := adverse(e, f.request.Facts["fee_category"]); ok {
			matter = m
		}
	}
	return cmp.Or(matter, "determination")
}

// appeals are your time to appeal each adverse decision, and the agency's to
// decide the appeals.
func (f *folding) appeals() {
	for _, e := range f.life {
		if matter, ok := adverse(e, f.request.Facts["fee_category"]); ok {
			f.appealOf(e, matter)
		}
	}
	for _, e := range f.life.all(Appealed) {
		f.appealDecision(e)
	}
}

// appealTopics are the rules that may limit the time to appeal, the special ones
// first.
func appealTopics(matter string) []string {
	switch matter {
	case "expedition":
		return []string{"appeal-expedition", "appeal"}
	case "fee-waiver":
		return []string{"appeal-fee-waiver", "appeal"}
	}
	return []string{"appeal"}
}

// appealOf gives two dates where they differ: the safe one, which is the earliest
// that any rule or the letter gives, and the last one.
func (f *folding) appealOf(e Event, matter string) {
	var all []Deadline
	for _, topic := range appealTopics(matter) {
		for _, r := range f.regime.Decided(e.On).Rules(topic) {
			if r.Limit == nil {
				continue
			}
			d := f.deadline(DueAppeal, You, r, &e)
			d.Of = matter
			f.count(&d, e.On, *r.Limit)
			d.Start = "The decision is dated " + e.On.Letter() + "."
			all = append(all, d)
		}
	}
	all = append(all, f.routes(e, matter)...)
	if day := e.day("appeal-by"); !day.IsZero() {
		all = append(all, Deadline{What: DueAppeal, Of: matter, Who: You, Due: day, Lenient: day, Event: e.Seq, Topic: "appeal",
			Cite: "the letter of " + e.On.Letter(), Says: "the day the letter gives"})
	}
	if len(all) == 0 {
		if d := f.unknown(DueAppeal, You, f.regime.Decided(e.On), "appeal"); d != nil {
			d.Of, d.Event = matter, e.Seq
		}
		return
	}
	safe, last := all[0], all[0]
	for _, d := range all {
		if d.Due.Before(safe.Due) {
			safe = d
		}
		if d.Due.After(last.Due) {
			last = d
		}
	}
	for _, d := range all {
		if d.Due != safe.Due || d.Cite != safe.Cite {
			safe.Other = append(safe.Other, Reading{Due: d.Due, Says: d.Says, Cite: d.Cite})
		}
	}
	last.What, safe.Last = DueAppealLast, last.Due
	for _, d := range []Deadline{safe, last} {
		if d.What == DueAppealLast && last.Due == safe.Due {
			continue
		}
		if a := f.appealAfter(e, matter); a != nil {
			d.Met = a.On
		} else if suit := f.life.until(e.On).first(SuitFiled); suit != nil {
			d.Over = "the matter has been in court since " + suit.On.String()
		} else if f.redone(e) {
			d.Over = "a later decision replaced it"
		}
		f.add(d)
	}
}

// appealAfter is the first appeal of a matter after a decision.
func (f *folding) appealAfter(e Event, matter string) *Event {
	for _, a := range f.life.after(e).all(Appealed) {
		if f.against(a) == matter {
			return &a
		}
	}
	return nil
}

// redone tells whether the agency decided the same again later.
func (f *folding) redone(e Event) bool {
	later := f.life.after(e)
	switch e.Kind {
	case Determination:
		return later.first(Determination) != nil
	case ExpeditedDenied:
		return later.first(ExpeditedGranted, ExpeditedDenied) != nil
	case FeeWaiverDenied:
		return later.first(FeeWaiverGranted, FeeWaiverDenied) != nil
	}
	return later.first(CategoryAssigned) != nil
}

// appealDecision is the agency's time to decide an appeal: twenty working days
// from its receipt, extended once by ten at most; 5 U.S.C. 552(a)(6)(A)(ii), (B)(i).
func (f *folding) appealDecision(a Event) {
	matter := f.against(a)
	topic := "appeal-decision"
	if matter == "expedition" { // 26 CFR 601.702(c)(10)(iii) leaves these out
		topic = "appeal-decision-expedition"
	}
	rule, ok := f.rule(topic)
	if !ok || rule.Limit == nil {
		return
	}
	d := f.deadline(DueAppealDecision, Agency, rule, &a)
	d.Of = matter
	later := f.life.after(a)
	from, known := a.receipt()
	if a.Data["by"] == "" {
		known = false
	}
	if got := later.first(AppealReceived); got != nil {
		from, known, d.Event = got.On, true, got.Seq
	}
	if known {
		d.Start = "The appeal was received on " + from.Letter() + "."
		f.countAppeal(&d, from, rule.Limit.Days, later)
	} else {
		d.Why = "nothing shows when the agency received the appeal"
	}
	if done := later.first(AppealDecided); done != nil {
		d.Met = done.On
	}
	f.add(d)
}

func (f *folding) countAppeal(d *Deadline, from workday.Date, days int, later life) {
	n, err := f.basis.Calendar.FromReceipt(from, days, f.basis.Policy)
	if err != nil {
		d.Why = err.Error()
		return
	}
	extension, _ := f.rule("extension")
	if e := later.first(AppealExtended); e != nil && extension.Limit != nil {
		more := *e
		keep := f.begun
		f.begun = from
		added := min(f.asked(more, days, nil), extension.Limit.Days)
		f.begun = keep
		if e.On.After(latest(append(others(n), n.Due)...)) {
			f.remark(more, "extension-notice", "the notice is late: the time to decide the appeal ran out on "+n.Due.Letter()+", so it extends nothing")
			added = 0
		}
		if m, err := f.basis.Calendar.FromReceipt(from, days+added, f.basis.Policy); err == nil {
			n = m
		}
	}
	d.Count, d.Due, d.Lenient = &n, n.Due, latest(append(others(n), n.Due)...)
}

// suit is the last safe day to sue: six years after the time for the
// determination was over, or, if it came in time, after the decision on the
// appeal; 28 U.S.C. 2401(a).
func (f *folding) suit() {
	rule, ok := f.rule("suit")
	if !ok || rule.Limit == nil {
		return
	}
	from, event, why := workday.Date{}, 0, ""
	if d, there := f.state.Deadline(DueDetermination); there && !d.Due.IsZero() && (d.Met.IsZero() || d.Met.After(d.Due)) {
		from, event, why = d.Due, d.Event, "The right to sue arises when the time for the determination has run out, on "+d.Due.Letter()+"."
	} else if e := f.life.last(AppealDecided); e != nil {
		from, event, why = e.On, e.Seq, "The right to sue arose with the decision on the appeal of "+e.On.Letter()+"."
	} else if d, there := f.state.Deadline(DueAppealDecision); there && !d.Due.IsZero() {
		from, event, why = d.Due, d.Event, "The right to sue arises when the time to decide the appeal has run out, on "+d.Due.Letter()+"."
	}
	if from.IsZero() {
		return
	}
	d := f.deadline(DueSuit, You, rule, nil)
	d.Event, d.Start, d.Due = event, why, from.AddYears(rule.Limit.Days)
	d.Lenient = d.Due
	if e := f.life.first(SuitFiled); e != nil {
		d.Met = e.On
	}
	f.add(d)
}

// remarkOrder notes what is unusual in the order of events.
func (f *folding) remarkOrder() {
	due, there := f.state.Deadline(DueDetermination)
	for _, e := range f.life.all(SuitFiled) {
		if there && due.Met.IsZero() && !due.Due.IsZero() && !e.On.After(due.Due) && f.life.until(e.On).first(AppealDecided, ExpeditedDenied) == nil {
			f.remark(e, "exhaustion", "the time for the determination had not run out on that day")
		}
	}
	for _, e := range f.life.all(FeeNotice) {
		if _, ok := f.rule("late-fees"); ok && there && !due.Due.IsZero() && e.On.After(due.Lenient) && !due.Lenient.IsZero() {
			f.remark(e, "late-fees", "the time for the determination ran out on "+due.Lenient.Letter()+": no search fees may be charged, with the exceptions in the Act")
		}
	}
}
