package docket

import "foia/internal/workday"

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

// remark notes what the law says about an event.
func (f *folding) remark(e Event, topic, says string) {
	f.state.Remarks = append(f.state.Remarks, f.remarkOf(e, topic, says))
}

func (f *folding) remarkOf(e Event, topic, says string) Remark {
	r, _ := f.rule(ruleTopic(topic))
	return Remark{Event: e.Seq, Topic: topic, Says: says, Cite: r.Cite}
}

// ruleTopic is the topic of the law that a remark rests on.
func ruleTopic(topic string) string {
	switch topic {
	case "extension-undated", "extension-short", "extension-mismatch":
		return "extension-notice"
	}
	return topic
}
