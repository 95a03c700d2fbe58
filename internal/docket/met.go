package docket

import (
	"slices"

	"foia/internal/law"
)

// meet tells when the agency did what a clock asks for.
func (f *folding) meet(d *Deadline, k law.Clock) {
	for _, e := range f.life {
		if meets(e, k) {
			d.Met = e.On
			return
		}
	}
	if e := f.whollyReferred(); e != nil {
		d.Over = "the request was referred on " + e.On.String() + ": the other office answers"
	}
}

// meets tells whether an event is what a clock asks for. To respond, an office may also
// say when it will answer; that it asks what is meant, or asks for fees, is an answer only
// where the law says so.
func meets(e Event, k law.Clock) bool {
	switch k.Owes {
	case "acknowledge":
		spec, ok := SpecOf(e.Kind)
		return ok && spec.Answers()
	case "respond":
		switch e.Kind {
		case Acknowledged:
			return slices.Contains(k.Answers, "acknowledgment") || e.Data["until"] != ""
		case Extended:
			return k.Extension == ""
		case ClarificationRequested, DeficiencyNotice:
			return slices.Contains(k.Answers, law.ByQuestion)
		case FeeNotice:
			return slices.Contains(k.Answers, law.ByFees)
		}
		return e.decides() || slices.Contains([]Kind{InterimRelease, Estimated, RulingRequested}, e.Kind)
	}
	return e.decides()
}

// putOff ends a time that the office has put off before it was over, with a day of its
// own, under a law that lets it do so for as long as foia does not know.
func (f *folding) putOff(d *Deadline, k law.Clock) {
	if !k.Put || !d.Open() || d.Due.IsZero() {
		return
	}
	for _, e := range f.life.all(Acknowledged, Estimated, Extended) {
		if until := f.promise(e, *d); until.After(d.Due) && (d.Lenient.IsZero() || !e.On.After(d.Lenient)) {
			d.Over = "the office set another date, " + until.Letter() + ", in its letter of " + e.On.Letter()
			return
		}
	}
}
