package correspondence

import (
	"cmp"
	"maps"
	"slices"

	"foia/internal/workday"
)

// claimsOfReceipt are the claims of the request and its receipt.
func (v view) claimsOfReceipt() map[string]truth {
	return map[string]truth{
		"sent":             v.sentClaim(),
		"referred-here":    no(), // no history is one of a request that another office passed on: see TestReferral
		"received":         v.receivedClaim(),
		"receipt-conflict": v.receiptConflict(),
		"first-reached":    v.firstReachedClaim(),
		"acknowledged":     ofEach(v.all("acknowledged"), func(h happening) values { return values{"acknowledged": h.On} }),
		"unnumbered":       v.unnumbered(),
		"estimate":         v.estimate(),
		"estimate-passed":  v.estimatePassed(),
		"reminded":         v.remindedClaim(),
	}
}

// ofEach is a claim that holds of each of several events, and may name any of them.
func ofEach(list []happening, say func(happening) values) truth {
	if len(list) == 0 {
		return no()
	}
	var all []values
	for _, h := range list {
		all = append(all, say(h))
	}
	return yes(all...)
}

func (v view) sentClaim() truth {
	sent, ok := v.sentFirst()
	if !ok {
		return no()
	}
	return yes(values{"sent": sent.On, "how": v.way(sent)})
}

// receivedClaim: the agency's own account comes first, then the proof.
func (v view) receivedClaim() truth {
	if d := v.told(); !d.IsZero() {
		return yes(values{"received": d, "told": true})
	}
	if d := v.proven(); !d.IsZero() {
		return yes(values{"received": d})
	}
	return no()
}

// receiptConflict: the agency's date is not that of the proof or, where there is none,
// of the portal, e-mail or fax. What was filed late in the day may be received on the next,
// or when the office opens again.
func (v view) receiptConflict() truth {
	told, proven := v.told(), v.proven()
	sent, ok := v.sentFirst()
	switch {
	case told.IsZero() || told == proven:
		return no()
	case !proven.IsZero() && ok && atOnce(v.way(sent)) && !told.Before(sent.On) && !told.After(nextOpen(sent.On.AddDays(1), lenient)):
		return either("the proof is of another day, the portal is not", values{"told": told, "shown": proven},
			values{"told": told, "shown": sent.On, "how": v.way(sent)})
	case !proven.IsZero() && ok && atOnce(v.way(sent)):
		return yes(values{"told": told, "shown": proven}, values{"told": told, "shown": sent.On, "how": v.way(sent)})
	case !proven.IsZero():
		return yes(values{"told": told, "shown": proven})
	case ok && atOnce(v.way(sent)) && (told.Before(sent.On) || told.After(nextOpen(sent.On.AddDays(1), lenient))):
		return yes(values{"told": told, "shown": sent.On, "how": v.way(sent)})
	}
	return no()
}

// firstReachedClaim: the ten working days from the first office that had the request
// decide when the time began. Until that day nothing has begun.
func (v view) firstReachedClaim() truth {
	s, first := v.time().start, v.firstReached()
	if s.how != "bound" || v.day.Before(s.on.latest()) {
		return no()
	}
	return yes(values{"first": first, "begun": s.on.latest()})
}

// unnumbered: a number is owed to a request that takes more than ten days, 5 U.S.C.
// 552(a)(7)(A): working days since day 0, by the calendar that has the fewest.
func (v view) unnumbered() truth {
	numbered := v.where(func(h happening) bool {
		return (h.Kind == "acknowledged" || h.Kind == "renumbered") && h.has("tracking")
	})
	day0 := v.time().start
	if !day0.known() || len(numbered) > 0 {
		return no()
	}
	return yesIf(workingDaysBetween(day0.on.latest(), v.day, lenient) > 10)
}

// estimates are the dates of completion that the agency gave, in order.
func (v view) estimates() []values {
	var out []values
	for _, h := range v.all("acknowledged", "estimated", "extended") {
		if d := h.date("until"); !d.IsZero() {
			out = append(out, values{"estimate": d, "given": h.On})
		}
	}
	return out
}

func (v view) estimate() truth {
	all := v.estimates()
	if len(all) == 0 {
		return no()
	}
	now := all[len(all)-1]
	switch on := now["estimate"].(workday.Date); {
	case on.After(v.day) && v.byExtension(now):
		return either("a notice of extension gives the day on which a determination is expected, 552(a)(6)(B)(i)", now)
	case on.After(v.day):
		return yes(now)
	case on == v.day:
		return either("on the day itself it is neither ahead nor past", now)
	}
	return no()
}

// byExtension tells whether a notice of extension gave that day.
func (v view) byExtension(e values) bool {
	return slices.ContainsFunc(v.all("extended"), func(h happening) bool { return h.On == e["given"] && h.date("until") == e["estimate"] })
}

// estimatePassed: an estimate changes no time limit (it is given under 552(a)(7)(B)),
// but it can pass.
func (v view) estimatePassed() truth {
	all := slices.DeleteFunc(v.estimates(), func(e values) bool { return !v.day.After(e["estimate"].(workday.Date)) })
	switch {
	case len(all) == 0 || len(v.determinations()) > 0:
		return no()
	case !slices.ContainsFunc(all, func(e values) bool { return !v.byExtension(e) }):
		return either("a notice of extension gave the day on which a determination was expected", all...)
	case v.estimate().holds != isNot:
		return either("an earlier estimate has passed, but the agency has since given another", all...)
	}
	return yes(all...)
}

func (v view) remindedClaim() truth {
	all := v.all("reminded")
	h, ok := last(all)
	if !ok {
		return no()
	}
	return yes(values{"reminders": len(all), "last": h.On})
}

// claimsOfTime are the claims of the time for a determination and of extensions.
func (v view) claimsOfTime() map[string]truth {
	return map[string]truth{
		"late":         v.late(),
		"due":          v.dueClaim(),
		"late-before":  v.lateBefore(),
		"undetermined": v.undeterminedClaim(),
		"unanswered":   v.unansweredClaim(),
		// Of the laws of states and countries: the federal Act has no such steps.
		"answer-late":    no(),
		"promise-passed": no(),
	}
}

// late: the time has run out by every calendar, and there is no determination at all;
// 5 U.S.C. 552(a)(6)(A)(i), (C)(i). One that was sent back on appeal was made in its
// time, or not: its time does not run again (no text says that it does).
func (v view) late() truth {
	c := v.time()
	if len(v.determinations()) > 0 || v.over() || !c.ranOut(v.day) {
		return no()
	}
	due := c.due().latest()
	said := values{"from": c.start.on.latest(), "how": c.start.how, "due": due, "days": due.DaysUntil(v.day),
		"working_days": workingDaysBetween(due, v.day, lenient), "paused": losesDays(c.start.on.latest(), due, lenient, c.still)}
	if c.notice != nil && c.notice.added[lenient] > 0 {
		said["extended"] = c.notice.On
	}
	out := yes(said)
	vary := func(name string, value any) {
		for _, v := range slices.Clone(out.values) {
			v = maps.Clone(v)
			v[name] = value
			out = out.also(v)
		}
	}
	if !said["paused"].(bool) && len(v.all("clarification-requested", "fee-notice")) > 0 { // it stood still, and lost no day that counts
		vary("paused", true)
	}
	if said["extended"] == nil && c.notice != nil && c.notice.added[observed] > 0 { // by the folder's calendar only
		vary("extended", c.notice.On)
	}
	if c.start.how == "told" && v.proven() == v.told() {
		vary("how", "proven")
	}
	return out
}

func (v view) dueClaim() truth {
	c := v.time()
	due := c.due()
	if len(v.determinations()) > 0 || v.over() || !due.known() || v.day.After(due.latest()) {
		return no()
	}
	said := values{"due": due.latest()}
	if v.day.Before(c.start.on.latest()) {
		return either("the end is known, but the time has not begun to run", said)
	}
	return yes(said)
}

// lateBefore: the first determination came after the time had run out.
func (v view) lateBefore() truth {
	all := v.determinations()
	c := v.time()
	if len(all) == 0 || !c.ranOut(all[0].On) {
		return no()
	}
	due := c.due().latest()
	said := values{"due": due, "determined": all[0].On, "days": due.DaysUntil(all[0].On)}
	given := before(all[0].at, v.where(func(h happening) bool { return h.Kind == "closed" || withdrawnWhole(h) }))
	if len(given) > 0 {
		return either("the requester had given the request up before", said)
	}
	return yes(said)
}

// undeterminedClaim: it was sent, and is not determined. That it was sent may be seen from
// what the agency writes about it.
func (v view) undeterminedClaim() truth {
	if v.undetermined() {
		return yes(values{})
	}
	if v.reachedOut("") != isNot && len(v.determinations()) == 0 && !v.over() {
		return either("the log does not say when it was sent", values{})
	}
	return no()
}

// unansweredClaim belongs to the laws of states and countries.
func (v view) unansweredClaim() truth {
	if v.reachedOut("") == isNot || len(v.determinations()) > 0 {
		return no()
	}
	return either("true, but no letter under the federal Act says it", values{})
}

// claimsOfExtensions: 5 U.S.C. 552(a)(6)(B). Late, short, undated and long are said of
// the first notice only.
func (v view) claimsOfExtensions() map[string]truth {
	out := map[string]truth{"extended": ofEach(v.all("extended"), func(h happening) values {
		return values{"extended": h.On, "until": h.date("until"), "days": h.number("days")}
	})}
	for _, name := range []string{"extension-late", "extension-undated", "extension-short", "extension-long", "extension-ungrounded",
		"extension-counts"} {
		out[name] = no()
	}
	all := v.all("extended")
	if len(all) == 0 {
		return out
	}
	out["extension-ungrounded"] = ungrounded(all[0])
	c := v.time()
	x := c.notice
	if x == nil { // it came after the determination, which ended the time that it extends
		x = v.clockFrom(c.start, all[0].at+1).notice
		for name, t := range v.judged(c, x) {
			out[name] = no().orEither("it came after the determination", t.values...)
		}
		return out
	}
	for name, t := range v.judged(c, x) {
		out[name] = t
	}
	return out
}

// ungrounded: none of the three circumstances of 552(a)(6)(B)(iii)(I) to (III) is named.
// If the log does not say what the notice names, nothing follows.
func ungrounded(h happening) truth {
	named := h.list("grounds")
	grounded := slices.ContainsFunc(named, func(g string) bool {
		return slices.Contains([]string{"field-facilities", "voluminous", "consultation"}, g)
	})
	if len(named) == 0 || grounded {
		return no()
	}
	return yes(values{"extended": h.On})
}

// judged are the claims about the notice that counts.
func (v view) judged(c clock, x *extension) map[string]truth {
	undated := !x.has("days") && !x.has("until")
	out := map[string]truth{
		"extension-late": no(), "extension-undated": no(), "extension-short": no(),
		"extension-long": x.long(c), "extension-counts": v.extensionCounts(c, x),
	}
	if x.held {
		return out // the time stood still that day: how it ends was not known
	}
	if x.late {
		out["extension-late"] = yes(values{"extended": x.On, "ended": x.ended.latest()})
	}
	if undated && x.late {
		out["extension-undated"] = either("it extends nothing, with a date or without", values{"extended": x.On})
	} else if undated {
		out["extension-undated"] = yes(values{"extended": x.On})
	}
	if x.short {
		short := values{"extended": x.On, "until": x.date("until"), "ended": x.ended.latest()}
		out["extension-short"] = yes(short)
		if c.start.how == "bound" {
			out["extension-short"] = either("the ten days for passing a request on end sooner by another calendar", short)
		}
		if now := c.lastDay(20).latest(); !now.IsZero() { // questions that came later moved the end
			out["extension-short"] = out["extension-short"].also(values{"extended": x.On, "until": x.date("until"), "ended": now})
		}
	}
	return out
}

// long: more than ten working days, 552(a)(6)(B)(i), as the time stood when the notice
// came. The day that ten would give is known only if the clock starts again.
func (x *extension) long(c clock) truth {
	if !x.beyond.known() {
		return no()
	}
	until := x.date("until")
	byDate, byNumber := !until.IsZero(), x.number("days") > 10
	for p := range x.ended {
		byDate = byDate && workingDaysBetween(x.ended[p], until, p) > 10
	}
	if !byDate && !byNumber {
		return no()
	}
	said := values{"extended": x.On, "until": until, "days": x.number("days"), "most": x.beyond.latest()}
	out := yes(said)
	if most := c.lastDay(30); most.known() { // questions that came later moved it
		out = out.also(values{"extended": x.On, "until": until, "days": x.number("days"), "most": most.latest()})
	}
	if x.late || x.held {
		return either("it extends nothing, or the time stood still that day, however much it takes", out.values...)
	}
	return out
}

// extensionCounts: the end without the notice, and with the ten days that the Act
// allows at most.
func (v view) extensionCounts(c clock, x *extension) truth {
	without, with := c.lastDay(20), c.lastDay(30)
	if !without.known() || !with.known() {
		return no()
	}
	said := values{"without": without.latest(), "with": with.latest(), "over": v.day.After(without.latest()), "late": x.late &&
		v.day.After(with.latest())}
	if x.late || x.short || cmp.Or(x.added[observed], x.added[lenient]) == 0 || len(v.determinations()) > 0 || v.over() {
		return either("the notice adds nothing, or no time runs any more", said)
	}
	return yes(said)
}
