package correspondence

import (
	"slices"

	"foia/internal/workday"
)

// sentFirst is the event by which the request went out; a sending with the number of a
// letter is that of a follow-up.
func (v view) sentFirst() (happening, bool) {
	for _, h := range v.all("sent") {
		if !h.has("letter") {
			return h, true
		}
	}
	return happening{}, false
}

// told is the date of receipt that the agency gives in an acknowledgment; of several,
// the earliest.
func (v view) told() (earliest workday.Date) {
	for _, h := range v.all("acknowledged") {
		if d := h.date("received"); !d.IsZero() && (earliest.IsZero() || d.Before(earliest)) {
			earliest = d
		}
	}
	return earliest
}

// proven is the day on which it reached the right office, as a receipt proves.
func (v view) proven() workday.Date { return v.arrived(false) }

// misrouted is the day on which it reached an office that does not process it.
func (v view) misrouted() workday.Date { return v.arrived(true) }

func (v view) arrived(misrouted bool) workday.Date {
	for _, h := range v.all("received") {
		if h.has("misrouted") == misrouted {
			return h.On
		}
	}
	return workday.Date{}
}

// firstReached is the first day on which any office of the agency had the request, as
// shown by proof or by a portal, e-mail or fax.
func (v view) firstReached() (first workday.Date) {
	days := []workday.Date{v.proven(), v.misrouted()}
	if sent, ok := v.sentFirst(); ok && atOnce(v.way(sent)) {
		days = append(days, sent.On)
	}
	for _, d := range days {
		if !d.IsZero() && (first.IsZero() || d.Before(first)) {
			first = d
		}
	}
	return first
}

// begun is the day on which the time begins at the latest: "not later than ten days
// after the request is first received by any component", 5 U.S.C. 552(a)(6)(A); ten
// working days, 6 CFR 5.5(a), by the calendar that has the fewest.
func (v view) begun() byPolicy {
	first := v.firstReached()
	if first.IsZero() {
		return byPolicy{}
	}
	return sameDay(underEach(func(p int) workday.Date { return lastOf(10, first, p) }).latest())
}

// shows tells whether a letter of the agency shows that it had the request.
func shows(h happening) bool {
	return slices.Contains([]string{"acknowledged", "extended", "clarification-requested", "fee-notice", "deficiency-notice",
		"interim-release",
		"expedited-granted", "expedited-denied", "fee-waiver-granted", "fee-waiver-denied", "category-assigned", "still-interested-asked",
		"estimated", "renumbered", "consulted", "message-waiting", "ruling-requested"}, string(h.Kind))
}

// start is day 0 of a time: which day, and how it is known.
type start struct {
	on  byPolicy
	how string // told, proven, assumed, bound, acknowledged, completed; empty: unknown
}

func (s start) known() bool { return s.how != "" }

// receipt is day 0 of the time for a determination: the day on which the request is
// first received by the appropriate component, and at the latest the tenth working day
// after any had it; 5 U.S.C. 552(a)(6)(A).
func (v view) receipt() start {
	s := v.receiptUnbound()
	begun := v.begun()
	if begun.own().IsZero() {
		return s
	}
	if !s.known() || v.onlyMisrouted() {
		return start{begun, "bound"}
	}
	bound := start{how: s.how}
	for p := range bound.on {
		bound.on[p] = s.on[p]
		if s.on[p].After(begun[p]) {
			bound.on[p] = begun[p]
			if p == 0 {
				bound.how = "bound"
			}
		}
	}
	return bound
}

// onlyMisrouted: the wrong office had it, and nothing shows when the right one did.
func (v view) onlyMisrouted() bool {
	return !v.misrouted().IsZero() && v.proven().IsZero() && v.told().IsZero()
}

// receiptUnbound is the receipt by the appropriate component, as far as the log tells.
func (v view) receiptUnbound() start {
	if d := v.told(); !d.IsZero() {
		return start{sameDay(d), "told"}
	}
	if d := v.proven(); !d.IsZero() {
		return start{sameDay(d), "proven"}
	}
	sent, ok := v.sentFirst()
	if !ok {
		return start{}
	}
	switch way := v.way(sent); {
	case atOnce(way):
		return start{sameDay(sent.On), "assumed"}
	case way == "mail":
		for _, h := range v.events {
			if shows(h) {
				return start{sameDay(h.On), "acknowledged"}
			}
		}
	}
	return start{}
}

// receiptOf is the day on which the agency had a letter of the requester: as told; at
// once by portal, e-mail or fax; by mail if there is proof of it. A later letter of the
// agency proves nothing: it may have crossed.
func (v view) receiptOf(h happening) workday.Date {
	switch d := h.date("received"); {
	case !d.IsZero():
		return d
	case atOnce(v.way(h)):
		return h.On
	}
	return v.provenOf(h)
}

// provenOf is the first day on which a letter reached the agency, as a receipt proves.
func (v view) provenOf(h happening) workday.Date {
	for _, proof := range v.all("letter-received") {
		if h.has("letter") && proof.Data["letter"] == h.Data["letter"] && !proof.On.Before(h.On) {
			return proof.On
		}
	}
	return workday.Date{}
}
