package docket

import "cmp"

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
			f.remark(e, topic, "the letter gives fewer than "+rule.Limit.Words()+"; the Office of Information Policy’s guidance is to "+
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
