package docket

import "foia/internal/workday"

// View is a request as it stands on a day, from all that was known of it by then: what
// may be claimed of it, and which letters may be written.
type View struct {
	f       *folding
	today   workday.Date
	made    workday.Date
	without []Event // events whose day is not known
	others  []*View // the same request with those on their first possible days, and on their last
}

// At looks at a request on a day. Events that happened later are left out.
func At(r Request, events []Event, today workday.Date, b Basis) *View {
	events = Known(events, today)
	v := viewOf(r, events, today, b)
	if v.without = lackingDay(bySeq(events)); len(v.without) > 0 {
		v.others = []*View{viewOf(r, placed(r, events, false), today, b), viewOf(r, placed(r, events, true), today, b)}
	}
	return v
}

func viewOf(r Request, events []Event, today workday.Date, b Basis) *View {
	f := fold(r, events, b)
	return &View{f: f, today: today, made: MadeOn(f.request, events)}
}

// Made is the day on which the request was made, by which the law that applies to it
// goes.
func (v *View) Made() workday.Date { return v.made }

// State is what follows from the events.
func (v *View) State() State { return v.f.state }

// SentBy is the way in which the request went: as told, else as it was to go.
func (v *View) SentBy() string {
	if e := v.f.life.first(Sent); e != nil {
		return v.f.way(*e)
	}
	return v.f.request.Via
}

// AppealTo is where the letter of the decision on a matter says that an appeal goes.
func (v *View) AppealTo(matter string) string {
	if a := v.appeal(); matter == "" && a != nil {
		matter = a.matter
	}
	if e := v.decision(matter); e != nil {
		return e.Data["appeal-to"]
	}
	return ""
}
