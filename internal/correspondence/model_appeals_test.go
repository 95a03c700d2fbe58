package correspondence

import (
	"maps"
	"slices"

	"foia/internal/workday"
)

// appeal is an appeal that stands, with what the agency did on it.
type appeal struct {
	happening
	matter    string // determination, expedition, fee-waiver, fee-category, silence
	received  *happening
	proven    workday.Date // that a letter with its number came
	extended  *happening
	maybe     bool // an extension came of which nobody knows whether it is of this one
	decided   *happening
	unclear   bool // the decision may be on another matter
	maybeThis bool // the receipt may be of another appeal on the same matter
	overtaken bool // of silence, and then there was a determination
}

func (a appeal) open() bool { return a.decided == nil }

// adverse tells what an adverse decision is about. A determination that takes the
// request for withdrawn is none if the requester withdrew it.
func (v view) adverse(h happening) (matter string, ok bool) {
	switch h.Kind {
	case "determination":
		outcome := h.Data["outcome"]
		withdrew := len(before(h.at, v.where(withdrawnWhole))) > 0
		return "determination", outcome != "granted" && outcome != "referred" && !(outcome == "withdrawn" && withdrew)
	case "expedited-denied":
		return "expedition", true
	case "fee-waiver-denied":
		return "fee-waiver", true
	case "category-assigned":
		asked := v.categoryAsked(h.at)
		return "fee-category", asked != "" && asked != h.Data["category"]
	}
	return "", false
}

// appealable are the decisions before a place in the order that may be appealed on a
// matter: the adverse ones, and a grant, which may be incomplete.
func (v view) appealable(at int, matter string) []happening {
	return before(at, v.where(func(h happening) bool {
		m, ok := v.adverse(h)
		return ok && m == matter || matter == "determination" && h.Kind == "determination" && h.Data["outcome"] == "granted"
	}))
}

// ground is what an appeal is against, if it is against anything: an adverse decision
// before it, or the silence of an agency that had not determined, or whose determination
// was sent back. all are the appeals before it.
func (v view) ground(h happening, all []appeal) (matter string, ok bool) {
	matter = h.Data["of"]
	if matter == "" {
		matter = "determination"
		if d, ok := last(before(h.at, v.where(func(h happening) bool { _, ok := v.adverse(h); return ok }))); ok {
			matter, _ = v.adverse(d)
		}
	}
	if matter == "silence" {
		return matter, !v.stands(h.at, all)
	}
	return matter, len(v.appealable(h.at, matter)) > 0
}

// stands tells whether at a place in the order there was a determination that no decision
// on an appeal had sent back.
func (v view) stands(at int, all []appeal) bool {
	d, ok := last(before(at, v.determinations()))
	return ok && !slices.ContainsFunc(all, func(a appeal) bool {
		return a.matter == "determination" && a.decided != nil && !a.unclear && a.decided.at > d.at && a.decided.at < at && a.sentBack()
	})
}

// sentBack tells whether the decision on the appeal gave the matter back to the office.
func (a appeal) sentBack() bool {
	return slices.Contains([]string{"remanded", "partly", "reversed"}, a.decided.Data["outcome"])
}

// appeals are those that stand on their ground, in order, each with what belongs to it.
func (v view) appeals() []appeal {
	var all []appeal
	for _, h := range v.events {
		switch h.Kind {
		case "appealed":
			if matter, ok := v.ground(h, all); ok {
				all = append(all, appeal{happening: h, matter: matter, proven: v.provenOf(h)})
			}
		case "appeal-received", "appeal-extended", "appeal-decided":
			belongs(h, all)
		case "determination":
			for i := range all {
				a := &all[i]
				a.overtaken = a.overtaken || a.matter == "silence" && a.open() && h.Data["outcome"] != "referred"
			}
		}
	}
	return all
}

// belongs gives an act of the agency to the open appeal it is on: the one it names, or
// the only one. If it may be on several, a decision closes all of them, since silence
// may no longer be held against the agency on any; a receipt proves nothing, unless it is
// of a matter that was appealed twice: then it may be that of the last.
func belongs(h happening, all []appeal) {
	var on, overtaken []*appeal
	for i := range all {
		switch a := &all[i]; {
		case !a.open() || h.has("of") && a.matter != h.Data["of"]:
		case a.overtaken && !h.has("of"):
			overtaken = append(overtaken, a)
		default:
			on = append(on, a)
		}
	}
	if len(on) == 0 { // nobody waits for it, but it may be decided
		on = overtaken
	}
	oneMatter := !slices.ContainsFunc(on, func(a *appeal) bool { return a.matter != on[0].matter })
	for i, a := range on {
		switch {
		case h.Kind == "appeal-decided":
			a.decided, a.unclear = &h, !oneMatter
		case h.Kind == "appeal-extended" && (!oneMatter || i < len(on)-1):
			a.maybe = true
		case h.Kind == "appeal-extended" && a.extended == nil:
			a.extended = &h
		case h.Kind == "appeal-received" && oneMatter && i == len(on)-1 && a.received == nil:
			a.received, a.maybeThis = &h, len(on) > 1
		}
	}
}

// receiptOfAppeal is the day on which the agency had the appeal; unknown for one that
// was mailed, unless there is proof, or an extension shows that it had it by then: that
// is no letter that could have crossed the appeal.
func (a appeal) receiptOfAppeal() workday.Date {
	switch {
	case a.received != nil:
		return a.received.On
	case !a.proven.IsZero():
		return a.proven
	case a.has("received"):
		return a.date("received")
	case atOnce(a.Data["by"]):
		return a.On
	case a.extended != nil:
		return a.extended.On
	}
	return workday.Date{}
}

// dueBy is the last day for the decision: 20 working days after receipt, 5 U.S.C.
// 552(a)(6)(A)(ii), and what an extension adds, (B)(i), by the same rules.
func (a appeal) dueBy() byPolicy {
	receipt := a.receiptOfAppeal()
	if receipt.IsZero() {
		return byPolicy{}
	}
	c := clock{start: start{sameDay(receipt), "told"}}
	if a.extended != nil {
		c.notice = c.judge(*a.extended)
	}
	return c.due()
}

// lateOn tells whether the time to decide the appeal has run out by every calendar.
func (a appeal) lateOn(day workday.Date) truth {
	due := a.dueBy()
	if a.maybeThis && !day.After(due.latest()) {
		a.received, a.maybeThis = nil, false
		return no().orEither("the receipt may be that of another appeal", a.lateOn(day).values...)
	}
	if !due.known() || !a.open() || a.overtaken || !day.After(due.latest()) {
		return no()
	}
	said := values{"due": due.latest(), "days": due.latest().DaysUntil(day)}
	if a.maybeThis {
		other := a
		other.received, other.maybeThis = nil, false
		return no().orEither("the receipt may be that of another appeal", append([]values{said}, other.lateOn(day).values...)...)
	}
	if longest := underEach(func(p int) workday.Date { return lastOf(10, due[p], p) }).latest(); a.maybe && !day.After(longest) {
		return either("there was an extension that may be of this appeal", said)
	}
	return yes(said)
}

func (v view) claimsOfAppeals() map[string]truth {
	all := v.appeals()
	out := map[string]truth{"appealed": no(), "appeal-received": no(), "appeal-decided": no(),
		"appeal-late": appealLate(all, v.day), "remanded": no(), "reversed": no(), "in-court": v.inCourt()}
	var appealed, received, decided []values
	for _, a := range all {
		said := values{"appealed": a.On, "matter": a.matter}
		if a.maybeThis || a.overtaken {
			appealed = append(appealed, maps.Clone(said))
		}
		if a.received != nil {
			said["number"] = a.received.Data["tracking"]
			received = append(received, values{"received": a.received.On})
		}
		appealed = append(appealed, said)
		if a.decided != nil {
			decided = append(decided, values{"decided": a.decided.On, "outcome": a.decided.Data["outcome"]})
		}
	}
	if len(appealed) > 0 {
		out["appealed"] = yes(appealed...)
	}
	if len(received) > 0 {
		out["appeal-received"] = yes(received...)
		if slices.ContainsFunc(all, func(a appeal) bool { return a.open() && (a.received == nil || a.maybeThis) || a.overtaken }) ||
			all[len(all)-1].received == nil {
			out["appeal-received"] = either("another appeal is open that it may not be", received...)
		}
	}
	if len(all) > 1 { // who appeals a matter twice may get one answer or two
		for _, h := range v.all("appeal-decided") {
			decided = append(decided, values{"decided": h.On, "outcome": h.Data["outcome"]})
		}
	}
	if len(decided) > 0 {
		out["appeal-decided"] = yes(decided...)
		if a := all[len(all)-1]; a.unclear || a.overtaken || slices.ContainsFunc(all, appeal.open) {
			out["appeal-decided"] = either("which appeal was decided is not clear, or another is open", decided...)
		}
	}
	out["remanded"], out["reversed"] = v.sentBack(all)
	return out
}

// appealLate: must be said if every open appeal is late, and may be of one that is.
func appealLate(all []appeal, day workday.Date) truth {
	var late []values
	must := true
	for _, a := range all {
		if !a.open() || a.overtaken {
			continue
		}
		t := a.lateOn(day)
		late = append(late, t.values...)
		must = must && t.holds == isSo
	}
	if len(late) > 0 && must {
		return yes(late...)
	}
	return no().orEither("one of the open appeals is late, not all", late...)
}

// sentBack: what the last decision on an appeal of a determination did, if no
// determination came after it.
func (v view) sentBack(all []appeal) (remanded, reversed truth) {
	remanded, reversed = no(), no()
	for _, a := range all {
		if a.decided == nil || a.unclear || a.matter != "determination" && a.matter != "silence" {
			continue
		}
		remanded, reversed = no(), no()
		if len(after(a.decided.at, v.determinations())) > 0 {
			continue
		}
		var t truth
		switch outcome := a.decided.Data["outcome"]; outcome {
		case "remanded", "partly":
			t = yes(values{"decided": a.decided.On, "part": outcome == "partly"})
			remanded = t
		case "reversed":
			t = yes(values{"decided": a.decided.On})
			reversed = t
		}
		if a.matter == "silence" {
			why := "the contract speaks of appeals of a determination, and this one is of silence"
			remanded, reversed = no().orEither(why, remanded.values...), no().orEither(why, reversed.values...)
		}
	}
	return remanded, reversed
}

func (v view) inCourt() truth {
	return ofEach(v.all("suit-filed"), func(h happening) values {
		return values{"filed": h.On, "court": h.Data["court"], "docket": h.Data["docket"]}
	})
}
