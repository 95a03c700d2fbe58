package docket

import (
	"cmp"
	"slices"

	"foia/internal/workday"
)

// appeal is one appeal, and what came of it.
type appeal struct {
	Event
	matter   string
	of       *Event // the decision it is against; nil: silence, or none that counts
	received *Event
	extended *Event
	decided  *Event
	unclear  *Event // a decision that may be of this one: several were open, and the log does not say which
	moot     *Event // of an appeal against silence: the determination that came
}

// open tells whether the appeal still waits for a decision.
func (a appeal) open() bool { return a.decided == nil && a.unclear == nil && a.moot == nil }

// ofRequest tells whether the appeal is about the request as a whole.
func (a appeal) ofRequest() bool { return a.matter == "determination" || a.matter == Silence }

// category is the fee category that had been asked for before an event.
func (l life) category(r Request, before Event) string {
	asked := r.Facts["fee_category"]
	for _, e := range l {
		if e.Seq == before.Seq {
			break
		}
		if e.Kind == CategoryRequested {
			asked = e.Data["category"]
		}
	}
	return asked
}

// adverse are the decisions that may be appealed, with what each is about;
// 5 U.S.C. 552(a)(6)(A)(i)(III).
func (l life) adverse(r Request, e Event) (matter string, ok bool) {
	switch e.Kind {
	case Determination:
		switch e.Data["outcome"] {
		case "granted", "referred":
			return "determination", false
		case "withdrawn":
			return "determination", !l.withdrawnBefore(e)
		}
		return "determination", true
	case ExpeditedDenied:
		return "expedition", true
	case FeeWaiverDenied:
		return "fee-waiver", true
	case CategoryAssigned:
		return "fee-category", e.Data["category"] != l.category(r, e)
	case FeeNotice: // the federal Act has no appeal from an estimate; laws of states may
		return Charges, !federal(r) && !e.free()
	}
	return "", false
}

// withdrawnBefore tells whether the requester withdrew the whole request before an event.
func (l life) withdrawnBefore(e Event) bool {
	return slices.ContainsFunc(l.before(e), func(w Event) bool { return w.Kind == Withdrawn && w.Data["part"] == "" })
}

// index is the place of an event; -1 if it does not count.
func (l life) index(e Event) int {
	return slices.IndexFunc(l, func(x Event) bool { return x.Seq == e.Seq })
}

// decisionOf is the last decision before an appeal that it can be against: adverse, or
// a full grant, which may be incomplete. matter empty: whatever it is about.
func (l life) decisionOf(r Request, a Event, matter string) (of *Event, about string) {
	var granted *Event
	for _, e := range slices.Backward(l.before(a)) {
		m, ok := l.adverse(r, e)
		full := e.decides() && e.Data["outcome"] == "granted"
		switch {
		case matter != "" && m != matter, matter == "" && m == Charges:
		case ok || full && matter != "":
			return &e, m
		case full && granted == nil:
			granted = &e
		}
	}
	if granted != nil {
		return granted, "determination"
	}
	return nil, matter
}

// appeals are the appeals that count, in order, each with what came of it. An appeal
// against a decision that was struck out has no ground left, and is not among them.
func (l life) appeals(r Request) []appeal {
	var all []appeal
	for i, e := range l {
		switch e.Kind {
		case Appealed:
			if a, ok := l.appeal(r, e, all); ok {
				all = append(all, a)
			}
		case AppealReceived, AppealExtended, AppealDecided:
			attach(all, &l[i])
		case Determination:
			for j := range all {
				if all[j].matter == Silence && all[j].open() && e.decides() {
					all[j].moot = &l[i]
				}
			}
		}
	}
	return all
}

// appeal is an event as an appeal; ok is false if it is against nothing. earlier are the
// appeals before it.
func (l life) appeal(r Request, e Event, earlier []appeal) (appeal, bool) {
	if e.Data["of"] == Silence {
		return appeal{Event: e, matter: Silence}, l.before(e).standing(earlier) == nil
	}
	of, matter := l.decisionOf(r, e, e.Data["of"])
	return appeal{Event: e, matter: cmp.Or(matter, "determination"), of: of}, of != nil
}

// standing is the last determination that no decision on an appeal has sent back or
// reversed; nil if the agency owes one.
func (l life) standing(appeals []appeal) *Event {
	d := l.lastDetermination()
	if d == nil {
		return nil
	}
	for _, a := range appeals {
		if a.ofRequest() && a.sentBack() && l.index(*a.decided) > l.index(*d) {
			return nil
		}
	}
	return d
}

// sentBack tells whether the decision on the appeal sent the request back, or gave the
// requester right, in whole or in part.
func (a appeal) sentBack() bool {
	return a.decided != nil && slices.Contains([]string{"remanded", "reversed", "partly"}, a.decided.Data["outcome"])
}

// allSentBack tells whether the decision on the appeal leaves nothing against the requester.
func (a appeal) allSentBack() bool { return a.sentBack() && a.decided.Data["outcome"] != "partly" }

// attach gives an event of an appeal to the one it is about: as it says, else the only
// one that is open. A decision that may be of several ends the waiting for each, since
// nothing can be claimed of any.
func attach(all []appeal, e *Event) {
	var open []*appeal
	for i := range all {
		if e.Data["of"] == "" && all[i].open() || e.Data["of"] == all[i].matter && all[i].decided == nil && all[i].unclear == nil {
			open = append(open, &all[i])
		}
	}
	if len(open) == 0 {
		return
	}
	last := open[len(open)-1]
	one := !slices.ContainsFunc(open, func(a *appeal) bool { return a.matter != last.matter })
	switch {
	case e.Kind != AppealDecided && one:
		if e.Kind == AppealReceived && last.received == nil {
			last.received = e
		} else if e.Kind == AppealExtended && last.extended == nil {
			last.extended = e
		}
	case e.Kind == AppealDecided && one:
		for _, a := range open { // who appeals the same decision twice gets one answer
			a.decided = e
		}
	case e.Kind == AppealDecided:
		for _, a := range open {
			a.unclear = e
		}
	}
}

// groundless are the appeals that are against nothing, such as a decision that was
// struck out.
func (l life) groundless(r Request) []Event {
	var out []Event
	counted := l.appeals(r)
	for _, e := range l.all(Appealed) {
		if !slices.ContainsFunc(counted, func(a appeal) bool { return a.Seq == e.Seq }) {
			out = append(out, e)
		}
	}
	return out
}

// appealReceived is the day on which the agency had the appeal.
func (f *folding) appealReceived(a appeal) (day workday.Date, event int, known bool) {
	switch {
	case a.received != nil:
		return a.received.On, a.received.Seq, true
	case f.proven(a.Event) != nil:
		return f.proven(a.Event).On, f.proven(a.Event).Seq, true
	case !a.day("received").IsZero():
		return a.day("received"), a.Seq, true
	case atOnce(a.Data["by"]):
		return a.On, a.Seq, true
	case a.extended != nil: // its notice shows that it had the appeal by then
		return a.extended.On, a.extended.Seq, true
	}
	return workday.Date{}, a.Seq, false
}
