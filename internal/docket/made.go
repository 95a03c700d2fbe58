package docket

import (
	"foia/internal/law"
	"foia/internal/workday"
)

// MadeOn is the day on which a request was made, by which the law that applies to it
// goes: the day it was first sent, or, while the log does not say, that of the letter.
func MadeOn(r Request, events []Event) workday.Date {
	if sent := lifeOf(events).first(Sent); sent != nil {
		return sent.On
	}
	return r.Created
}

// unknown notes a deadline whose rule at the time is not known, and why. Where the law
// has no such rule at any time, there is none: nil.
func (f *folding) unknown(what string, who Who, regime law.Regime, topic string) *Deadline {
	why := regime.Unknown(topic)
	if why == "" {
		return nil
	}
	f.add(Deadline{What: what, Who: who, Topic: topic, Why: why})
	return &f.state.Deadlines[len(f.state.Deadlines)-1]
}

// clockUnknown notes a clock whose time is not known for a request of its day.
func (f *folding) clockUnknown(k law.Clock) {
	d := f.unknown(owed[k.Owes], Agency, f.regime, k.Topic)
	if d == nil {
		return
	}
	r := f.receiptIn(f.life)
	d.Event, d.Start = r.event, r.start
	if met := f.determination(); met != nil {
		d.Met = met.On
	}
}
