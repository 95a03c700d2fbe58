package logbook

import (
	"context"

	"foia/internal/docket"
	"foia/internal/store"
	"foia/internal/workday"
)

// SeriesLog is what is asked of a log to read its series.
type SeriesLog interface {
	Series(ctx context.Context, first string, f func(store.Standing) error) error
}

// SeriesOf is how a series stands on a day, by the id of its first request; ok is
// false if the log has no request of it by then.
func SeriesOf(ctx context.Context, log SeriesLog, first string, day workday.Date) (s docket.SeriesState, ok bool, err error) {
	var members []docket.Member
	err = log.Series(ctx, first, func(s store.Standing) error {
		members = append(members, docket.Member{Request: s.Request, State: s.State})
		return nil
	})
	if err != nil {
		return s, false, err
	}
	s, ok = docket.SeriesOn(members, day)
	return s, ok, nil
}

// SeriesSteps are the next requests of all series whose period has ended by a day.
func SeriesSteps(ctx context.Context, log SeriesLog, day workday.Date) ([]docket.Step, error) {
	var steps []docket.Step
	var members []docket.Member
	finish := func() {
		if s, ok := docket.SeriesOn(members, day); ok {
			if step, due := s.Step(); due {
				steps = append(steps, step)
			}
		}
		members = members[:0]
	}
	err := log.Series(ctx, "", func(s store.Standing) error {
		if len(members) > 0 && members[0].Request.Series.First != s.Request.Series.First {
			finish()
		}
		members = append(members, docket.Member{Request: s.Request, State: s.State})
		return nil
	})
	if err != nil {
		return nil, err
	}
	finish()
	return steps, nil
}
