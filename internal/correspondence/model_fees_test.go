package correspondence

import (
	"slices"

	"foia/internal/docket"
	"foia/internal/workday"
)

// asking is a wish beside the request, for expedition or a waiver: made with the request
// (at is -1) or by a later letter.
type asking struct {
	happening
	later bool
}

// askings are those of a kind, in order: with the request, and later.
func (v view) askings(fact string, kind docket.Kind) []asking {
	var out []asking
	if v.request.Facts[fact] == docket.Asked {
		out = append(out, asking{happening: happening{at: -1}})
	}
	for _, h := range v.all(kind) {
		out = append(out, asking{h, true})
	}
	return out
}

// undecided are those on which nothing was decided after them. What is asked again after
// a denial is a new matter.
func (v view) undecided(list []asking, decisions ...docket.Kind) []asking {
	return slices.DeleteFunc(slices.Clone(list), func(a asking) bool { return len(after(a.at, v.all(decisions...))) > 0 })
}

// askedClaim names the wish: with the request, or the day of the letter.
func askedClaim(list []asking) truth {
	var all []values
	for _, a := range list {
		all = append(all, values{"later": a.On})
	}
	if len(all) == 0 {
		return no()
	}
	return yes(all...)
}

// undecidedClaim: the last wish waits for a decision.
func undecidedClaim(list, undecided []asking) truth {
	if len(undecided) == 0 || undecided[len(undecided)-1].at != list[len(list)-1].at {
		return no()
	}
	return yes(values{})
}

// categoryAsked is the fee category that the requester had asked for last before a place
// in the order.
func (v view) categoryAsked(at int) string {
	asked := v.request.Facts["fee_category"]
	if h, ok := last(before(at, v.all("category-requested"))); ok {
		asked = h.Data["category"]
	}
	return asked
}

func (v view) claimsOfFees() map[string]truth {
	waivers, expeditions := v.askings("fee_waiver", "fee-waiver-requested"), v.askings("expedited", "expedition-requested")
	return map[string]truth{
		"waiver-asked":      askedClaim(waivers),
		"waiver-undecided":  undecidedClaim(waivers, v.undecided(waivers, "fee-waiver-granted", "fee-waiver-denied")),
		"waiver-denied":     v.denied("fee-waiver-granted", "fee-waiver-denied"),
		"category":          v.categoryClaim(),
		"media":             v.media(),
		"expedition-asked":  askedClaim(expeditions),
		"expedition-late":   v.expeditionLate(expeditions),
		"expedition-denied": v.denied("expedited-granted", "expedited-denied"),
	}
}

// denied must be said if the last decision denies, and may be of an earlier one.
func (v view) denied(granted, denied docket.Kind) truth {
	out := ofEach(v.all(denied), func(h happening) values { return values{"denied": h.On} })
	if h, ok := last(v.all(granted, denied)); ok && h.Kind == granted {
		return no().orEither("it was granted later", out.values...)
	}
	return out
}

// categoryClaim: the agency put the requester in another category than was asked for.
func (v view) categoryClaim() truth {
	assigned := v.all("category-assigned")
	var other []values
	differs := false
	for _, h := range assigned {
		if _, differs = v.adverse(h); differs {
			other = append(other, values{"assigned": h.Data["category"], "asked": v.categoryAsked(h.at), "dated": h.On})
		}
	}
	if differs { // the last one does
		return yes(other...)
	}
	return no().orEither("an earlier decision did, the last one does not", other...)
}

func (v view) media() truth {
	asked := []string{v.request.Facts["fee_category"]}
	for _, h := range v.all("category-requested") {
		asked = append(asked, h.Data["category"])
	}
	switch {
	case asked[len(asked)-1] == "media":
		return yes(values{})
	case slices.Contains(asked, "media"):
		return either("asked once, but for another category since", values{})
	}
	return no()
}

// expeditionLate: the decision and notice of it are due within ten calendar days,
// 5 U.S.C. 552(a)(6)(E)(ii)(I). It must be said of the last wish, and may be of an
// earlier one that was never decided.
func (v view) expeditionLate(list []asking) truth {
	undecided := v.undecided(list, "expedited-granted", "expedited-denied")
	if len(undecided) == 0 {
		return no()
	}
	var late []values
	var newest truth
	for _, a := range undecided {
		newest = v.lateOn(a)
		late = append(late, newest.values...)
	}
	moot := len(v.determinations()) > 0 || v.over()
	if newest.holds == isSo && !moot {
		return yes(late...)
	}
	return no().orEither("an earlier wish, or the request itself is over, or it was called incomplete", late...)
}

// lateOn: late by every calendar, counted from the receipt of the wish; if the agency
// called the request incomplete, also from its completion.
func (v view) lateOn(a asking) truth {
	receipts := []start{{sameDay(v.receiptOf(a.happening)), "told"}}
	if !a.later {
		receipts = []start{v.receipt(), v.time().start}
	} else if receipts[0].on.own().IsZero() {
		return no()
	}
	out := no()
	for i, receipt := range receipts {
		due := v.expeditionDue(a, receipt)
		switch isLate := due.known() && v.day.After(due.latest()); {
		case isLate && i == 0:
			out = yes(values{"due": due.latest(), "days": due.latest().DaysUntil(v.day)})
		case isLate:
			out = out.also(values{"due": due.latest(), "days": due.latest().DaysUntil(v.day)})
		case i > 0:
			return no().orEither("late from the receipt, not from the completion", out.values...)
		}
	}
	return out
}

// expeditionDue is the last day for the decision. From receipt: 6 CFR 5.5(e)(4) (DHS),
// 31 CFR 1.4(e)(5) (Treasury), 28 CFR 16.5(e)(4) (Justice). At the IRS ten days from the
// date of the request, but never fewer than five working days from its receipt: 26 CFR
// 601.702(c)(6)(iv). No rule moves a last day on which the office is closed; by the calendar
// that gives the most time, it moves all the same.
func (v view) expeditionDue(a asking, receipt start) byPolicy {
	if !receipt.known() {
		return byPolicy{}
	}
	return underEach(func(p int) workday.Date {
		moved := func(d workday.Date) workday.Date {
			if p == lenient {
				return nextOpen(d, p)
			}
			return d
		}
		if v.request.OfficeID != "treasury-irs" {
			return moved(receipt.on[p].AddDays(10))
		}
		dated := a.On
		if sent, ok := v.sentFirst(); !a.later && ok {
			dated = sent.On // what was not sent asked for nothing
		} else if !a.later {
			dated = receipt.on[p]
		}
		ten, five := moved(dated.AddDays(10)), lastOf(5, nextOpen(receipt.on[p], p), p)
		if five.After(ten) {
			return five
		}
		return ten
	})
}
