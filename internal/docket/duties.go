package docket

import (
	"cmp"
	"fmt"
	"slices"

	"foia/internal/law"
	"foia/internal/workday"
)

// expedition is the time to decide on expedited processing: ten calendar days, from the
// date of the request for it or from its receipt, as the closest rule has it;
// 5 U.S.C. 552(a)(6)(E)(ii)(I). What is asked in a later letter has its own time.
func (f *folding) expedition() {
	rule, ok := f.rule("expedition-decision")
	if !ok || rule.Limit == nil {
		return
	}
	if f.request.Facts["expedited"] == Asked && f.life.begun() {
		f.add(f.expeditionOf(rule, f.expeditionStart(rule), f.life))
	}
	for _, e := range f.life.all(ExpeditionRequested) {
		start := asking{event: e.Seq, from: e.On}
		start.received, start.known = f.reached(f.life, e)
		if rule.Limit.Test == "from receipt" {
			start.from = start.received
		}
		f.add(f.expeditionOf(rule, start, f.life.after(e)))
	}
}

// asking is when something was asked: the day a rule counts from, and the day of
// receipt, as far as they are known.
type asking struct {
	event    int
	from     workday.Date
	received workday.Date
	known    bool         // the day of receipt
	floor    workday.Date // the day of receipt by that calendar
	latest   workday.Date // the same by the calendar that is kindest to the agency, if that differs
}

// expeditionOf is the deadline for one request for expedited processing; later are the
// events after it.
func (f *folding) expeditionOf(rule law.Rule, start asking, later life) Deadline {
	d := f.deadline(DueExpedition, Agency, rule, &Event{Seq: start.event})
	if start.from.IsZero() {
		d.Why = "nothing shows when the agency received the request"
	} else {
		d.Start = "The time runs from " + start.from.Letter() + "."
		f.count(&d, start.from, *rule.Limit)
		f.applyFloor(&d, rule, start.received, start.floor)
		if last, err := f.counted(start.latest, *rule.Limit, f.basis.Policy); err == nil && !start.latest.IsZero() &&
			last.Due.After(d.Lenient) {
			d.Lenient = f.basis.Calendar.Next(last.Due, workday.Lenient)
		}
	}
	if met := later.first(ExpeditedGranted, ExpeditedDenied); met != nil {
		d.Met = met.On
	} else if done := later.determination(); done != nil {
		d.Over = "the agency made its determination on " + done.On.String()
	} else if gone := f.whollyReferred(); gone != nil {
		d.Over = "the request was referred on " + gone.On.String() + ": the other office answers"
	}
	return d
}

// expeditionStart is what a rule counts from, if the request itself asks.
// A rule that counts from receipt waits for one.
func (f *folding) expeditionStart(rule law.Rule) asking {
	r := f.receiptIn(f.life)
	start := asking{event: r.event, from: r.day0, received: r.day0, known: !r.day0.IsZero()}
	if sent := f.life.first(Sent); sent != nil {
		if start.event == 0 {
			start.event = sent.Seq
		}
		if rule.Limit.Test == "from the date of the request" {
			start.event, start.from = sent.Seq, sent.On
		}
	}
	start.floor = r.latest
	if start.from == r.day0 {
		start.latest = r.latest
	}
	return start
}

// applyFloor moves a date that leaves the agency less than the rule's floor.
func (f *folding) applyFloor(d *Deadline, rule law.Rule, received, kindest workday.Date) {
	if rule.Floor == nil || d.Due.IsZero() {
		return
	}
	if received.IsZero() {
		d.Due, d.Lenient, d.Count = workday.Date{}, workday.Date{}, nil
		d.Why = fmt.Sprintf("the agency has at least %d %s from receipt, and nothing shows when it received the request",
			rule.Floor.Days, rule.Floor.Unit)
		return
	}
	n, err := f.basis.Calendar.FromReceipt(received, rule.Floor.Days, f.basis.Policy)
	if err != nil {
		d.Why = err.Error()
		return
	}
	d.Lenient = latest(d.Lenient, lenient(n))
	if last, err := f.basis.Calendar.FromReceipt(kindest, rule.Floor.Days, f.basis.Policy); err == nil {
		d.Lenient = latest(d.Lenient, lenient(last))
	}
	if n.Due.After(d.Due) {
		d.Other = append(d.Other, Reading{Due: d.Due,
			Says: fmt.Sprintf("without the minimum of %d %s from receipt", rule.Floor.Days, rule.Floor.Unit), Cite: rule.Cite})
		d.Start = fmt.Sprintf("The agency received it on %s, and has at least %d %s from that day.",
			received.Letter(), rule.Floor.Days, rule.Floor.Unit)
		d.Count, d.Due, d.Lenient = &n, n.Due, latest(d.Lenient, lenient(n))
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
		{MessageWaiting, MessageFetched, DueMessage, ""},
	} {
		for _, e := range f.life.all(q.asked) {
			if e.Kind == FeeNotice && e.free() {
				continue
			}
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
		d.Lapses = rule.Closes
	}
	byLetter, byRule := cmp.Or(e.day("answer-by"), e.day("until")), d.Due
	if !byLetter.IsZero() && (byRule.IsZero() || byLetter.Before(byRule)) {
		if !byRule.IsZero() {
			d.Other = append(d.Other, Reading{Due: byRule, Says: rule.Says, Cite: rule.Cite})
		}
		d.Due, d.Lenient, d.Count, d.Cite, d.Says = byLetter, byLetter, nil, "the letter of "+e.On.Letter(), "the day the letter gives"
		if topic == "still-interested" && !byRule.IsZero() {
			f.remark(e, topic, "the letter gives fewer than 30 working days; the Office of Information Policy’s guidance is to "+
				"give that many")
		}
	} else if !byLetter.IsZero() {
		d.Other = append(d.Other, Reading{Due: byLetter, Says: "the day the letter gives"})
	}
	if d.Due.IsZero() && d.Why == "" {
		d.Why = "no rule foia knows sets a date, and no date from the letter was recorded: answer soon"
	}
	later := f.life.after(e)
	d.Pay = e.Kind == FeeNotice && f.mustPay() && later.first(FeeAnswered) != nil
	if a := f.settles(later, e, answered); a != nil {
		d.Met = a.On
	} else if e.Kind == FeeNotice && later.endOfFees() != nil {
		d.Over = "the agency asked for no fees any more on " + later.endOfFees().On.String()
	} else if done := later.determination(); done != nil && e.Kind != MessageWaiting {
		d.Over = "the agency made its determination on " + done.On.String()
	}
	f.add(d)
}

// settles is the event that does what the agency waits for.
func (f *folding) settles(later life, e Event, answered Kind) *Event {
	for _, a := range later.all(answered) {
		if e.Kind != FeeNotice || !f.mustPay() || a.Data["answer"] == "paid" {
			return &a
		}
	}
	return nil
}

// appeals are your time to appeal each adverse decision, and the agency's to
// decide the appeals.
func (f *folding) appeals() {
	f.appealed = f.life.appeals(f.request)
	for _, e := range f.life {
		if matter, ok := f.life.adverse(f.request, e); ok {
			f.appealOf(e, matter)
		}
	}
	f.silence()
	f.extended()
	f.onward()
	for _, a := range f.appealed {
		f.appealDecision(a)
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
	for i, d := range f.safest(all) {
		if i == 0 {
			d.Ways = f.waysFor(matter, &e)
		}
		if a := f.appealAfter(e, matter); a != nil {
			d.Met = a.On
		} else if suit := f.life.before(e).first(SuitFiled); suit != nil {
			d.Over = "the matter has been in court since " + suit.On.String()
		} else if f.redone(e) {
			d.Over = "a later decision replaced it"
		} else if agreed := f.agreed(e); agreed != nil {
			d.Over = "you agreed to the fees on " + agreed.On.String()
		}
		f.add(d)
	}
}

// agreed is the letter by which you agreed to what a notice of fees asks for, or paid it.
func (f *folding) agreed(e Event) *Event {
	if e.Kind != FeeNotice {
		return nil
	}
	for _, a := range f.life.after(e).all(FeeAnswered) {
		if slices.Contains([]string{"agreed", "paid"}, a.Data["answer"]) {
			return &a
		}
	}
	return nil
}

// appealAfter is the first appeal against a decision.
func (f *folding) appealAfter(e Event, matter string) *Event {
	for _, a := range f.appealed {
		if a.matter == matter && f.life.index(a.Event) > f.life.index(e) {
			return &a.Event
		}
	}
	return nil
}

// redone tells whether the agency decided the same again later.
func (f *folding) redone(e Event) bool {
	later := f.life.after(e)
	switch e.Kind {
	case Determination:
		return later.determination() != nil
	case ExpeditedDenied:
		return later.first(ExpeditedGranted, ExpeditedDenied) != nil
	case FeeWaiverDenied:
		return later.first(FeeWaiverGranted, FeeWaiverDenied) != nil
	case FeeNotice:
		return later.first(FeeNotice) != nil || later.endOfFees() != nil
	}
	return later.first(CategoryAssigned) != nil
}

// appealDecision is the agency's time to decide an appeal: twenty working days
// from its receipt, extended once by ten at most; 5 U.S.C. 552(a)(6)(A)(ii), (B)(i).
func (f *folding) appealDecision(a appeal) {
	topic := "appeal-decision"
	if a.matter == "expedition" { // 26 CFR 601.702(c)(10)(iii) leaves these out
		topic = "appeal-decision-expedition"
	}
	rule, ok := f.rule(topic)
	if n := f.gone(a); n > 0 && f.regime.Records != nil { // to another than the first reviewer
		rule, ok = f.regime.Decision(reached(f.regime.Windows(law.Denial), n))
	}
	if !ok || rule.Limit == nil {
		return
	}
	d := f.deadline(DueAppealDecision, Agency, rule, &a.Event)
	d.Of = a.matter
	from, event, known := f.appealReceived(a)
	d.Event = event
	if known {
		d.Start = "The appeal was received on " + from.Letter() + "."
		f.countAppeal(&d, from, *rule.Limit, a.extended)
	} else {
		d.Why = "nothing shows when the agency received the appeal"
	}
	switch {
	case a.decided != nil:
		d.Met = a.decided.On
	case a.unclear != nil:
		d.Over = "a decision of " + a.unclear.On.String() + " may be of this appeal; the log does not say which it is of"
	case a.moot != nil:
		d.Over = "the agency made its determination on " + a.moot.On.String()
	}
	f.add(d)
	if last := f.lastAppeal(); last != nil && last.Event.Seq == a.Event.Seq {
		f.beyond(a, d)
	}
}

// countAppeal counts the time to decide an appeal, with the first notice that extends it:
// 5 U.S.C. 552(a)(6)(B)(i) speaks of the time limits of (6)(A)(i) and (ii) alike.
func (f *folding) countAppeal(d *Deadline, from workday.Date, limit law.Limit, e *Event) {
	c := &clock{receipt: receipt{day0: from}, Clock: law.Clock{Owes: "decide", Extension: law.TopicTerm}, limit: limit}
	n, err := f.tally(c, from, 0, nil)
	if err != nil {
		d.Why = err.Error()
		return
	}
	c.plain, c.total = n, n
	if e != nil && f.extra(c).Days > 0 {
		c.notice = f.judge(c, *e)
		f.state.Remarks = append(f.state.Remarks, c.remarks...)
		if m, err := f.tally(c, from, c.notice.adds, nil); err == nil {
			c.total = m
		}
	}
	d.Count, d.Due, d.Lenient = &c.total, c.total.Due, f.end(c)
}

// suit is the last safe day to sue: six years after the time for the
// determination was over, or, if it came in time, after the decision on the
// appeal; 28 U.S.C. 2401(a).
func (f *folding) suit() {
	rule, ok := f.rule("suit")
	if !ok || rule.Limit == nil {
		return
	}
	from, event, why := f.suitArises()
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

// suitArises is when the right to sue first arose: with the time for the determination,
// if it ran out; else with the decision on the appeal, or the end of the time for it.
func (f *folding) suitArises() (from workday.Date, event int, why string) {
	if d, there := f.state.Deadline(DueDetermination); there && !d.Due.IsZero() && d.Over == "" && (d.Met.IsZero() || d.Met.After(d.Due)) {
		return d.Due, d.Event, "The right to sue arises when the time for the determination has run out, on " + d.Due.Letter() + "."
	}
	for _, a := range slices.Backward(f.appealed) {
		if a.ofRequest() && a.decided != nil {
			return a.decided.On, a.decided.Seq, "The right to sue arose with the decision on the appeal of " + a.decided.On.Letter() + "."
		}
	}
	if d, there := f.state.Deadline(DueAppealDecision); there && !d.Due.IsZero() {
		return d.Due, d.Event, "The right to sue arises when the time to decide the appeal has run out, on " + d.Due.Letter() + "."
	}
	return from, 0, ""
}

// remarkOrder notes what is unusual in the order of events.
func (f *folding) remarkOrder() {
	due, there := f.state.Deadline(DueDetermination)
	for _, e := range f.life.all(SuitFiled) {
		if there && due.Met.IsZero() && !due.Due.IsZero() && !e.On.After(due.Due) &&
			f.life.until(e.On).first(AppealDecided, ExpeditedDenied) == nil {
			f.remark(e, "exhaustion", "the time for the determination had not run out on that day")
		}
	}
	for _, e := range f.life.all(FeeNotice) {
		if end, late := f.afterEnd(e); late && !e.free() && f.binds("late-fees") {
			f.remark(e, "late-fees", "the time for the determination ran out on "+end.Letter()+
				": no search fees may be charged, with the exceptions in the Act")
		}
	}
	for _, a := range f.appealed {
		f.remarkAppeal(a)
	}
	for _, e := range f.life.groundless(f.request) {
		f.remark(e, "appeal", "the decision it is against does not count any more, or is not in the log: nothing follows from this appeal")
	}
}

// afterEnd tells whether an event came after the time for the determination had run out
// by every calendar, and when that was.
func (f *folding) afterEnd(e Event) (end workday.Date, late bool) {
	d, there := f.state.Deadline(DueDetermination)
	if !there || d.Lenient.IsZero() || d.Over != "" || !d.Met.IsZero() && !d.Met.After(d.Lenient) {
		return end, false
	}
	return d.Lenient, e.On.After(d.Lenient)
}

// remarkAppeal says of an appeal that it was late, or against silence, or that a
// decision may be of it or of another.
func (f *folding) remarkAppeal(a appeal) {
	switch {
	case a.matter == Silence:
		f.remark(a.Event, "exhaustion", Proposed{Request: f.request, Book: f.basis.Book}.onSilence(a.On))
	case a.of != nil && (f.regime.Records == nil || f.gone(a) == 0): // a later one is to the next reviewer, in a time of its own
		if last := f.lastToAppeal(*a.of); !last.IsZero() && a.On.After(last) {
			f.remark(a.Event, "appeal", "the appeal is dated after the last day to appeal, "+last.Letter()+
				": the agency may refuse it, and a court may then find that the remedies were not exhausted")
		}
	}
	if a.unclear != nil {
		f.remark(*a.unclear, "appeal-decision", "several appeals were open, and the log does not say which one this is about: correct "+
			"it, and record it again with the appeal that it decides")
	}
}

// lastToAppeal is the last day that the letter or a rule gives to appeal a decision.
func (f *folding) lastToAppeal(decision Event) workday.Date {
	for _, d := range f.state.Deadlines {
		if d.What == DueAppeal && d.Event == decision.Seq {
			return d.Last
		}
	}
	return workday.Date{}
}
