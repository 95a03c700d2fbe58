package store

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"foia/internal/docket"
	"foia/internal/workday"
)

// DueDay counts the open deadlines of one kind on one day.
type DueDay struct {
	Due   workday.Date
	Who   docket.Who
	What  string
	Later bool // they have a last day after that day
	Count int
}

// DueDays counts what Due would return, by day and kind. It looks at the standings as
// they are kept, which must be complete.
func (l *Log) DueDays(ctx context.Context, until workday.Date) ([]DueDay, error) {
	var days []DueDay
	var due, who string
	var later int
	var d DueDay
	read := dayReader{}
	err := each(ctx, l.asked(), []any{&due, &who, &d.What, &later, &d.Count}, func() error {
		d.Due, d.Who, d.Later = read.read(due), docket.Who(who), later == 1
		days = append(days, d)
		return read.err
	}, `SELECT due, who, what, CASE WHEN last > due THEN 1 ELSE 0 END, count(*) FROM foia.deadlines WHERE due <= ?
		GROUP BY due, who, what, CASE WHEN last > due THEN 1 ELSE 0 END ORDER BY due, who, what`, until.String())
	return days, explain(err, l.where)
}

// DueOn returns what is due on some days: the nearest of a hundred thousand without the
// others. It looks at the standings as they are kept, which must be complete.
func (l *Log) DueOn(ctx context.Context, days []workday.Date) ([]DueRow, error) {
	if len(days) == 0 {
		return nil, nil
	}
	args := make([]any, len(days))
	for i, d := range days {
		args[i] = d.String()
	}
	rows, err := dueRows(ctx, l.asked(),
		"WHERE due IN ("+strings.TrimSuffix(strings.Repeat("?, ", len(days)), ", ")+") ORDER BY due, request, n", args...)
	return rows, explain(err, l.where)
}

// Due returns what is open and due up to a day, the earliest first.
func (l *Log) Due(ctx context.Context, until workday.Date) ([]DueRow, error) {
	right, stale, err := l.kept(ctx)
	if err != nil {
		return nil, err
	}
	var rows []DueRow
	add := func(row standingRow) error {
		for _, d := range row.deadlines {
			if !d.Due.After(until) {
				rows = append(rows, DueRow{Request: row.Request, Deadline: d})
			}
		}
		return nil
	}
	if right {
		if rows, err = dueRows(ctx, l.asked(), "WHERE due <= ? ORDER BY due, request, n", until.String()); err != nil || len(stale) == 0 {
			return rows, explain(err, l.where)
		}
		rows = slices.DeleteFunc(rows, func(r DueRow) bool { return stale[r.Request] })
		err = l.foldThose(ctx, stale, add)
	} else {
		err = l.foldEach(ctx, add)
	}
	slices.SortStableFunc(rows, func(a, b DueRow) int {
		return cmp.Or(strings.Compare(a.Deadline.Due.String(), b.Deadline.Due.String()), strings.Compare(a.Request, b.Request))
	})
	return rows, err
}
