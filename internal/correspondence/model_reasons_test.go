package correspondence

import (
	"slices"

	"foia/internal/docket"
	"foia/internal/workday"
)

// reasons are the names that docket gives to what a letter lacks, beside those of claims:
// each decided by the model, from the law and the log. matter is what an appeal is
// against.
var reasons = map[string]func(v view, matter string) answer{
	"open":         func(v view, _ string) answer { return whether(!v.endedByRequester()) },
	"sent":         view.reachedOut,
	"undetermined": func(v view, _ string) answer { return whether(len(v.determinations()) == 0 && !v.referredWhole()) },
	"counted":      func(v view, _ string) answer { return v.byTheFolder(func(workday.Date) bool { return true }) },
	"due-passed": func(v view, _ string) answer {
		if c := v.time(); c.start.how == "bound" || !c.ownDate().IsZero() {
			return eitherWay // the ten days for passing a request on end later by another calendar
		}
		return v.byTheFolder(func(due workday.Date) bool { return v.day.After(due) })
	},
	"reminder-passed": func(view, string) answer { return isNot }, // the Act gives a number of days
	"answered-once":   func(v view, _ string) answer { return whether(len(v.where(isAnswer)) > 0) },

	"deficiency-notice":       happens("deficiency-notice"),
	"clarification-requested": happens("clarification-requested"),
	"still-interested-asked":  happens("still-interested-asked"),
	"fee-notice": func(v view, _ string) answer {
		if len(v.all("fee-notice")) > 0 && len(v.where(asksForMoney)) == 0 {
			return eitherWay // it asks for nothing
		}
		return whether(len(v.where(asksForMoney)) > 0)
	},
	"open-deficiency-notice":          isOpen("deficiency-notice", view.openDeficiency),
	"open-clarification-requested":    isOpen("clarification-requested", view.openQuestion),
	"open-fee-notice":                 isOpen("fee-notice", view.openFees),
	"open-still-interested-asked":     isOpen("still-interested-asked", view.openInterest),
	"in-time-deficiency-notice":       inTime("deficiency-notice", view.openDeficiency),
	"in-time-clarification-requested": inTime("clarification-requested", view.openQuestion),
	"in-time-fee-notice":              inTime("fee-notice", view.openFees),
	"in-time-still-interested-asked":  inTime("still-interested-asked", view.openInterest),

	"acknowledged": happens("acknowledged"),
	"extended":     happens("extended"),
	"referred":     happens("referred"),
	"released": func(v view, _ string) answer {
		return oneOf(v.released().holds, whether(len(v.all("interim-release")) > 0))
	},
	"bad-extension": func(v view, _ string) answer {
		all := v.claimsOfExtensions()
		if x, ok := first(v.all("extended")); ok && x.number("days") > 10 && all["extension-long"].holds == isNot {
			return eitherWay // it is too long, but what would not be cannot be said while the time stands still
		}
		return oneOf(all["extension-late"].holds, all["extension-undated"].holds, all["extension-short"].holds, all["extension-long"].holds,
			all["extension-ungrounded"].holds)
	},
	"scope": happens("extended", "clarification-requested"),
	"back-at-office": func(v view, _ string) answer {
		remanded, reversed := v.sentBack(v.appeals())
		return oneOf(remanded.holds, reversed.holds)
	},
	"decision":   func(v view, matter string) answer { return whether(len(v.appealable(len(v.events), matter)) > 0) },
	"appealable": view.mayAppeal,

	"expedition-asked": func(v view, _ string) answer { return whether(len(v.askings("expedited", "expedition-requested")) > 0) },
	"expedition-not-granted": func(v view, _ string) answer {
		return v.notGranted("expedition-requested", "expedited-granted", "expedited-denied")
	},
	"waiver-not-granted": func(v view, _ string) answer {
		return v.notGranted("fee-waiver-requested", "fee-waiver-granted", "fee-waiver-denied")
	},

	"appeal-open": func(v view, _ string) answer {
		return whether(slices.ContainsFunc(v.appeals(), func(a appeal) bool { return a.open() && !a.overtaken }))
	},
	"dispute":      view.disputed,
	"not-in-court": func(v view, _ string) answer { return whether(len(v.all("suit-filed")) == 0) },
	"no-number":    func(v view, _ string) answer { return oneOf(v.late().holds, v.unnumbered().holds) },
	"real":         func(v view, _ string) answer { return whether(!v.request.Sample) },
}

// demands are what must be so for a letter of each condition.
var demands = map[string][]string{
	"sent":                 {"open", "sent"},
	"pending":              {"open", "sent", "undetermined"},
	"answered-once":        {"open", "sent", "answered-once"},
	"late":                 {"open", "sent", "undetermined", "counted", "due-passed"},
	"late-for-sure":        {"open", "sent", "undetermined", "late"},
	"late-before-suit":     {"open", "sent", "undetermined", "late", "not-in-court"},
	"no-number":            {"open", "sent", "undetermined", "no-number"},
	"deficient":            {"open", "sent", "deficiency-notice", "open-deficiency-notice", "in-time-deficiency-notice"},
	"question":             {"open", "sent", "clarification-requested", "open-clarification-requested", "in-time-clarification-requested"},
	"fees":                 {"open", "sent", "fee-notice", "open-fee-notice", "in-time-fee-notice"},
	"interest":             {"open", "sent", "still-interested-asked", "open-still-interested-asked", "in-time-still-interested-asked"},
	"acknowledged":         {"open", "sent", "acknowledged"},
	"referred":             {"open", "sent", "referred"},
	"released":             {"released"},
	"bad-extension":        {"open", "sent", "undetermined", "extended", "bad-extension"},
	"scope":                {"open", "sent", "undetermined", "scope"},
	"remanded":             {"open", "sent", "back-at-office"},
	"adverse":              {"open", "decision", "appealable"},
	"adverse-expedition":   {"open", "decision", "appealable"},
	"adverse-fee-waiver":   {"open", "decision", "appealable"},
	"adverse-fee-category": {"open", "decision", "appealable"},
	"expedition-late":      {"open", "sent", "undetermined", "expedition-asked", "expedition-late"},
	"expedition-possible":  {"open", "sent", "undetermined", "expedition-not-granted"},
	"waiver-possible":      {"open", "sent", "waiver-not-granted"},
	"appeal-late":          {"open", "appealed", "appeal-open", "appeal-late"},
	"dispute":              {"open", "sent", "dispute"},
}

// byTheFolder is what follows from the end of the time by the folder's calendar. If by
// another the clock stands still, nothing need follow.
func (v view) byTheFolder(is func(workday.Date) bool) answer {
	due := v.time().due()
	switch {
	case due.own().IsZero() || !is(due.own()):
		return isNot
	case !due.known():
		return eitherWay
	}
	return isSo
}

func whether(so bool) answer {
	if so {
		return isSo
	}
	return isNot
}

// oneOf is whether one of several is so.
func oneOf(all ...answer) answer {
	for _, is := range []answer{isSo, eitherWay} {
		if slices.Contains(all, is) {
			return is
		}
	}
	return isNot
}

func happens(kinds ...docket.Kind) func(view, string) answer {
	return func(v view, _ string) answer { return whether(len(v.all(kinds...)) > 0) }
}

// isAnswer tells whether the agency said something to the requester about the request:
// what it received, or did not, says nothing; a letter of OGIS is not the agency's.
func isAnswer(h happening) bool {
	spec, ok := docket.SpecOf(h.Kind)
	return ok && spec.Who == docket.Agency &&
		!slices.Contains([]docket.Kind{"received", "undelivered", "letter-received", "ogis-closed"}, h.Kind)
}

// reachedOut: the request was sent, or the agency writes about it.
func (v view) reachedOut(string) answer {
	if _, ok := v.sentFirst(); ok {
		return isSo
	}
	switch {
	case len(v.all("received")) > 0 || len(v.where(shows)) > 0:
		return isSo
	case len(v.where(isAnswer)) > 0:
		return eitherWay // a decision on what nobody sent
	}
	return isNot
}

func isOpen(kind docket.Kind, open func(view, happening) bool) func(view, string) answer {
	return func(v view, _ string) answer {
		return whether(slices.ContainsFunc(v.all(kind), func(h happening) bool { return open(v, h) }))
	}
}

// closesAfter are the calendar days after which a rule lets an office close a request
// that was not completed, or whose fees were not agreed to: 26 CFR 601.702(c)(1)(i);
// 31 CFR 1.7(e).
func closesAfter(office string, kind docket.Kind) int {
	switch {
	case office == "treasury-irs" && (kind == "deficiency-notice" || kind == "clarification-requested"):
		return 35
	case (office == "treasury-irs" || office == "treasury-do") && kind == "fee-notice":
		return 30
	}
	return 0
}

// inTime: an answer can still be in time, by the rule or by the letter.
func inTime(kind docket.Kind, open func(view, happening) bool) func(view, string) answer {
	return func(v view, _ string) answer {
		days := closesAfter(v.request.OfficeID, kind)
		is := isNot
		for _, h := range v.all(kind) {
			if !open(v, h) {
				continue
			}
			end := h.On.AddDays(days)
			if by := h.date("answer-by"); by.After(end) {
				end = by
			}
			switch {
			case days == 0 || !v.day.After(end):
				is = isSo
			case is == isSo:
				is = eitherWay // an earlier one is
			}
		}
		return is
	}
}

// notGranted: the last word on a wish is not that it was granted.
func (v view) notGranted(asked, granted, denied docket.Kind) answer {
	h, ok := last(v.all(asked, granted, denied))
	switch {
	case !ok || h.Kind != granted || h.has("part"):
		return isSo
	}
	return isNot
}

// lastToAppeal is the last day on which a decision may be appealed: ninety days after it,
// 5 U.S.C. 552(a)(6)(A)(i)(III)(aa), if no rule of the office or the letter gives more; in
// working days at Homeland Security, 6 CFR 5.8(a)(1).
func (v view) lastToAppeal(h happening) byPolicy {
	return underEach(func(p int) workday.Date {
		end := h.On.AddDays(90)
		if v.request.OfficeID == "dhs-ice" {
			end = lastOf(90, h.On, p)
		}
		if by := h.date("appeal-by"); by.After(end) {
			end = by
		}
		return end
	})
}

// mayAppeal: there is a decision on the matter that was not appealed, and there is still
// time to. A full grant may be incomplete; no rule gives a time to say so.
func (v view) mayAppeal(matter string) answer {
	h, ok := last(v.appealable(len(v.events), matter))
	if !ok {
		return isNot
	}
	end := v.lastToAppeal(h)
	granted := h.Data["outcome"] == "granted"
	switch {
	case slices.ContainsFunc(v.appeals(), func(a appeal) bool { return a.matter == matter && a.at > h.at }):
		return isNot
	case granted && len(v.all("suit-filed")) > 0:
		return eitherWay
	case !granted && len(before(h.at, v.all("suit-filed"))) > 0, len(after(h.at, v.decisionsOn(matter))) > 0:
		return isNot
	case granted:
		return isSo
	case !v.day.After(end.own()):
		return isSo
	case !v.day.After(end.latest()):
		return eitherWay
	}
	return isNot
}

// decisionsOn are all decisions on a matter, whichever way they went.
func (v view) decisionsOn(matter string) []happening {
	switch matter {
	case "expedition":
		return v.all("expedited-granted", "expedited-denied")
	case "fee-waiver":
		return v.all("fee-waiver-granted", "fee-waiver-denied")
	case "fee-category":
		return v.all("category-assigned")
	}
	return v.determinations()
}

// disputed: there is something to mediate, 5 U.S.C. 552(h)(3): a denial, a decision on an
// appeal, a time that has run out.
func (v view) disputed(string) answer {
	all := v.appeals()
	d, determined := last(v.determinations())
	if slices.ContainsFunc(all, func(a appeal) bool { return a.decided != nil && a.overtaken }) {
		return eitherWay // what was decided had nothing to decide any more
	}
	return oneOf(v.late().holds, appealLate(all, v.day).holds,
		whether(len(v.all("expedited-denied", "fee-waiver-denied")) > 0),
		whether(slices.ContainsFunc(all, func(a appeal) bool { return a.decided != nil })),
		whether(determined && d.Data["outcome"] != "granted"))
}
