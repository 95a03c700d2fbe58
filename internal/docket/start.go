package docket

import (
	"fmt"

	"foia/internal/law"
	"foia/internal/workday"
)

// startOf finds the day that a clock is counted from.
func (f *folding) startOf(l life, k law.Clock) receipt {
	switch k.From {
	case law.FromAcknowledgment:
		if e := l.first(Acknowledged); e != nil {
			return receipt{day0: e.On, event: e.Seq, start: "The office acknowledged the request on " + e.On.Letter() + "."}
		}
		return receipt{why: "the time runs from the acknowledgment, and the log has none"}
	case law.FromDetermination:
		if e := l.determination(); e != nil {
			return receipt{day0: e.On, event: e.Seq, start: "The office decided on " + e.On.Letter() + "."}
		}
		return receipt{why: "the time runs from the determination, and the log has none"}
	case law.FromAcknowledgmentDue:
		for _, before := range f.state.Deadlines {
			if before.What == DueAcknowledgment && !before.Due.IsZero() {
				return receipt{day0: before.Due, event: before.Event, start: "The acknowledgment was due on " + before.Due.Letter() + "."}
			}
		}
		return receipt{why: "the time runs from the day the acknowledgment was due, which is not known"}
	}
	if p := f.regime.Records; p != nil && p.Use.Translated && f.request.Facts["language"] != p.Use.Language {
		return f.translated(l, p)
	}
	return f.receiptIn(l)
}

// translated is the day on which an office had a request in its own language, where its
// law lets it wait for that: for Germany § 23 VwVfG.
func (f *folding) translated(l life, p *law.PublicRecords) receipt {
	e := l.first(Perfected)
	if e == nil {
		return receipt{why: "the request was not written in " + p.Use.Language +
			", and the time runs only from the day on which the office has a translation; record that as perfected"}
	}
	day, known := f.reached(l, *e)
	if !known {
		return receipt{event: e.Seq, why: "the translation was sent on " + e.On.Letter() + ", and nothing shows when it arrived"}
	}
	return receipt{day0: day, event: e.Seq, how: "completed",
		start: "The office had the request in " + p.Use.Language + " on " + day.Letter() + "."}
}

// arrived is when a request counts as received by the way in which it went, if the law
// says so of that way and nothing shows the day.
func (f *folding) arrived(l life) (r receipt, ok bool) {
	sent := l.first(Sent)
	if sent == nil {
		return r, false
	}
	arrival, ok := f.regime.Arrival(f.way(*sent))
	if !ok {
		return r, false
	}
	limit, _ := law.Span(arrival.Days, arrival.Unit)
	day := sent.On.AddDays(arrival.Days)
	if limit.Unit == workday.WorkingDays {
		n, err := f.basis.Calendar.FromEvent(sent.On, arrival.Days, f.basis.Policy)
		if err != nil {
			return receipt{why: err.Error()}, true
		}
		day = n.Due
	}
	r = receipt{day0: day, event: sent.Seq, how: "deemed"}
	r.start = fmt.Sprintf("It was sent on %s by %s, which counts as received on %s.", sent.On.Letter(), f.way(*sent), day.Letter())
	if reply := l.first(contact...); reply != nil && reply.On.Before(day) {
		return receipt{}, false // it had the request by then
	}
	return r, true
}
