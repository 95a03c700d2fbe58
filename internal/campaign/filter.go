package campaign

import (
	"slices"
	"strings"

	"foia/internal/docket"
	"foia/internal/remedy"
	"foia/internal/store"
	"foia/internal/workday"
)

// NoOutcome is the outcome of a request that was not decided.
const NoOutcome = "none"

// Filter takes some of the requests of a campaign; what is empty takes all.
type Filter struct {
	Status  string // as docket.Statuses has them; hyphens may stand for spaces
	Outcome string // as docket.Outcomes has them, or NoOutcome
	Law     string
	Via     string
	Late    bool     // the agency has missed a date
	Only    []string // ids
}

// Check refuses a filter that takes nothing because it is misspelled.
func (f *Filter) Check() error {
	if f.Status != "" {
		status, err := docket.ReadStatus(f.Status)
		if err != nil {
			return err
		}
		f.Status = string(status)
	}
	if f.Outcome != "" && f.Outcome != NoOutcome && !slices.Contains(docket.Outcomes, f.Outcome) {
		return remedy.Misuse(remedy.Name("outcome")+": unknown outcome “"+f.Outcome+"”",
			"use one of "+strings.Join(docket.Outcomes, ", ")+", or "+NoOutcome)
	}
	return nil
}

// takes tells whether a request is among those that are wanted.
func (f Filter) takes(s store.Standing, day workday.Date) bool {
	outcome := s.State.Outcome
	if outcome == "" {
		outcome = NoOutcome
	}
	return (f.Status == "" || f.Status == string(s.State.Status)) && (f.Outcome == "" || f.Outcome == outcome) &&
		(f.Law == "" || f.Law == s.Request.Law) && (f.Via == "" || f.Via == s.Request.Via) &&
		(len(f.Only) == 0 || slices.Contains(f.Only, s.Request.ID)) && (!f.Late || late(s, day))
}

func late(s store.Standing, day workday.Date) bool {
	_, late := s.State.AgencyLate(day)
	return late
}
