package store

import (
	"cmp"
	"context"
	"slices"
)

// Series hands over the requests of a series, by the id of its first; for "",
// those of every series, one series after the other.
func (l *Log) Series(ctx context.Context, first string, f func(Standing) error) error {
	right, stale, err := l.kept(ctx)
	if err != nil {
		return err
	}
	var found []Standing
	keep := func(row standingRow) error {
		s, err := row.standing(true)
		if err == nil && s.Request.Series != nil && (first == "" || s.Request.Series.First == first) {
			found = append(found, s)
		}
		return err
	}
	if right {
		// As the index has it; else every standing is read.
		query, args := "SELECT request, brief, state FROM foia.standings WHERE series > ''", []any{}
		if first != "" {
			query, args = query+" AND series = ?", []any{first}
		}
		var row standingRow
		err = explain(each(ctx, l.asked(), []any{&row.Request, &row.Brief, &row.State}, func() error {
			if stale[row.Request] {
				return nil
			}
			return keep(row)
		}, query, args...), l.where)
		if err == nil {
			err = l.foldThose(ctx, stale, keep)
		}
	} else {
		err = l.foldEach(ctx, keep)
	}
	if err != nil {
		return err
	}
	slices.SortStableFunc(found, func(a, b Standing) int {
		return cmp.Or(cmp.Compare(a.Request.Series.First, b.Request.Series.First), a.Request.Series.Number-b.Request.Series.Number,
			cmp.Compare(a.Request.ID, b.Request.ID))
	})
	for _, s := range found {
		if err := f(s); err != nil {
			return err
		}
	}
	return nil
}
