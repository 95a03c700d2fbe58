package inbox

import (
	"context"
	"errors"
	"iter"

	"foia/internal/logbook"
	"foia/internal/mail"
	"foia/internal/store"
	"foia/internal/workday"
)

// ReadEach is Read for messages that come from elsewhere, such as a mail server.
func (r *Reader) ReadEach(ctx context.Context, all iter.Seq2[mail.Raw, error]) iter.Seq2[Item, error] {
	return r.each(ctx, all)
}

// FirstSent is the day on which the oldest request of a log was sent, before which nothing can answer one; zero: none
// was sent.
func FirstSent(ctx context.Context, b *logbook.Book) (first workday.Date, err error) {
	log, err := b.Log(ctx)
	if errors.Is(err, store.ErrNoLog) {
		return first, nil
	}
	if err != nil {
		return first, err
	}
	return first, logbook.Find(ctx, log, logbook.Filter{}, func(s store.Standing) error {
		if sent := s.State.Sent; !sent.IsZero() && (first.IsZero() || sent.Before(first)) {
			first = sent
		}
		return nil
	})
}
