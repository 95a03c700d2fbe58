package docket

import (
	"fmt"
	"strings"

	"foia/internal/remedy"
	"foia/internal/workday"
)

// Explain says in words how a deadline came about, as a paragraph of a complaint
// would: the event, the rule, each day that was left out, and the other readings.
func (d Deadline) Explain() string {
	var b strings.Builder
	sentence := func(s string) {
		if s != "" {
			if b.Len() > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(s)
		}
	}
	sentence(d.Start)
	if d.Cite != "" {
		sentence(fmt.Sprintf("%s: %s.", d.Cite, d.Says))
	}
	sentence(d.Added)
	switch {
	case d.Count != nil:
		sentence(d.Count.Explain())
	case !d.Due.IsZero():
		sentence(fmt.Sprintf("The date is %s.", d.Due.Long()))
	}
	if d.Why != "" && d.Due.IsZero() && d.Count == nil {
		sentence("The date is unknown: " + d.Why + ".")
	}
	for _, o := range d.Other {
		cite := o.Cite
		if cite != "" {
			cite = " (" + cite + ")"
		}
		if o.Due.IsZero() {
			sentence(fmt.Sprintf("Another way: %s%s.", o.Says, cite))
			continue
		}
		sentence(fmt.Sprintf("Another date, %s: %s%s.", o.Due.Long(), o.Says, cite))
	}
	sentence(d.Caution)
	sentence(d.fate())
	return b.String()
}

// fate is what became of the deadline.
func (d Deadline) fate() string {
	switch {
	case d.Over != "":
		return "It no longer applies: " + d.Over + "."
	case d.Met.IsZero():
		return ""
	case d.Due.IsZero() || !d.Met.After(d.Due):
		return "It was done on " + d.Met.Long() + "."
	}
	return fmt.Sprintf("It was done on %s, %s late.", d.Met.Long(), remedy.Counted(d.Due.DaysUntil(d.Met), "day"))
}

// Standing is how a deadline stands on a day: "in 3 days", "5 days late".
func (d Deadline) Standing(today workday.Date) string {
	switch {
	case d.Over != "":
		return "over"
	case !d.Met.IsZero() && d.Late(today) == 0:
		return "done " + d.Met.String()
	case !d.Met.IsZero():
		return "done " + d.Met.String() + ", " + remedy.Counted(d.Late(today), "day") + " late"
	case d.Due.IsZero():
		return "unknown"
	}
	switch left := today.DaysUntil(d.Due); {
	case left == 0:
		return "today"
	case left > 0:
		return "in " + remedy.Counted(left, "day")
	default:
		return remedy.Counted(-left, "day") + " late"
	}
}
