package docket

import (
	"fmt"
	"slices"
	"strconv"

	"foia/internal/remedy"
)

// dating fills in, for an event with a day, which earlier one of its kind without a day it gives its day to, and what was
// told of that one.
func (p Proposed) dating() Proposed {
	if p.Event.Undated() || p.Again || p.Event.Data[Dates] != "" {
		return p
	}
	for _, old := range lackingDay(bySeq(p.Events)) {
		if old.Kind != p.Event.Kind || contradicts(old.Data, p.Event.Data) {
			continue
		}
		data := map[string]string{}
		for name, value := range old.Data {
			if name != DayDetail && name != "files" && name != Dates {
				data[name] = value
			}
		}
		for name, value := range p.Event.Data {
			data[name] = value
		}
		data[Dates] = strconv.Itoa(old.Seq)
		p.Event.Data = data
		return p
	}
	return p
}

func contradicts(old, now map[string]string) bool {
	for name, value := range now {
		if was := old[name]; was != "" && value != "" && was != value && name != "note" && name != "files" {
			return true
		}
	}
	return false
}

// checkUndated refuses an event whose day is not known where a day is needed, and one of which it was not said.
func (Proposed) checkUndated(e Event) error {
	switch told := e.Data[DayDetail]; {
	case told != "" && told != DayUnknown:
		return remedy.Misuse(fmt.Sprintf("%s: “%s” is not “%s”", remedy.Name(DayDetail), short(told), DayUnknown), "leave it out")
	case told != "" && !e.Undated():
		return remedy.Misuse("the event has a day, and is said to have none", "leave out one of them")
	case told != "" && (e.Kind == Correction || e.Kind == SeriesEnded || e.Data["letter"] != ""):
		return remedy.Misuse(fmt.Sprintf("“%s” needs its day", e.Kind), "add "+remedy.Give("on", "2025-05-06"))
	}
	return nil
}

// gap tells whether a detail that an event needs may be unknown of one from a tracker: that the agency decided ends its time,
// whatever it decided, and that it is in court is so, whichever court it is.
func gap(k Kind, detail string) bool {
	return detail == "outcome" && (k == Determination || k == AppealDecided) || k == SuitFiled
}

// whatDecided asks for an outcome that is not known.
func (n *next) whatDecided() (Step, bool) {
	if n.s.Status != IsDetermined || n.s.Outcome != "" || n.s.Account.Determined.IsZero() {
		return Step{}, false
	}
	return Step{What: "record what the agency decided", Why: "the log has a determination without its outcome",
		Act: n.record(Determination).
			With("on", n.s.Account.Determined.String()).With("outcome", remedy.Open("OUTCOME"))}, true
}

// hadBefore tells whether an event of a kind happened on a day that is not known.
func (p Proposed) hadBefore(kinds ...Kind) bool {
	return slices.ContainsFunc(lackingDay(bySeq(p.Events)), func(e Event) bool { return slices.Contains(kinds, e.Kind) })
}
