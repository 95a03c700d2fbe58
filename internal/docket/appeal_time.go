package docket

import (
	"slices"

	"foia/internal/law"
	"foia/internal/workday"
)

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
