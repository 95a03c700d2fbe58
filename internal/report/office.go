package report

import (
	"context"

	"foia/internal/logbook"
	"foia/internal/store"
	"foia/internal/workday"
)

// OfOffice is what came of the log's own requests to one office, as they stand today. It
// reads no other request.
func OfOffice(ctx context.Context, log logbook.Lists, office string, today workday.Date) (*Figures, error) {
	f := newFigures()
	err := logbook.Find(ctx, log, logbook.Filter{Office: []string{office}}, func(s store.Standing) error {
		c := Count(s, today)
		if !c.counts {
			return nil
		}
		return f.add(&c)
	})
	if err != nil {
		return nil, err
	}
	f.Days.finish()
	return f, nil
}
