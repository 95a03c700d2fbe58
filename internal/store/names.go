package store

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"foia/internal/docket"
)

// Newest are the latest requests whose id begins with what is given, newest first, and no
// more than most of them: what a shell offers when somebody types an id. An id begins with its
// year, of which there is an index.
func (l *Log) Newest(ctx context.Context, begins string, most int) ([]docket.Request, error) {
	var requests []docket.Request
	where, args := "substr(id, 1, ?) = ?", []any{utf8.RuneCountInString(begins), begins}
	if first, _, _ := strings.Cut(begins, "-"); len(first) == len("2026") {
		if year, err := strconv.Atoi(first); err == nil {
			where, args = "year = ? AND "+where, append([]any{year}, args...)
		}
	}
	err := eachRequest(ctx, l.asked(), func(row requestRow) error {
		r, err := row.request()
		requests = append(requests, r)
		return err
	}, "WHERE "+where+" ORDER BY year DESC, number DESC LIMIT ?", append(args, most)...)
	return requests, explain(err, l.where)
}

// Campaigns are the names of the campaigns in the log. Each is found by one step through the
// index of what is kept.
func (l *Log) Campaigns(ctx context.Context) ([]string, error) {
	right, stale, err := l.kept(ctx)
	if err != nil {
		return nil, explain(err, l.where)
	}
	var names []string
	add := func(row standingRow) error {
		if row.Campaign != "" && !slices.Contains(names, row.Campaign) {
			names = append(names, row.Campaign)
		}
		return nil
	}
	if !right {
		err := l.foldEach(ctx, add)
		slices.Sort(names)
		return names, explain(err, l.where)
	}
	if err := l.foldThose(ctx, stale, add); err != nil {
		return nil, explain(err, l.where)
	}
	var row standingRow
	err = each(ctx, l.asked(), []any{&row.Campaign}, func() error { return add(row) }, `WITH RECURSIVE step(key) AS (
			SELECT min(campaign) FROM foia.standings WHERE campaign > ''
			UNION ALL SELECT (SELECT min(campaign) FROM foia.standings WHERE campaign > key) FROM step WHERE key IS NOT NULL)
		SELECT key FROM step WHERE key IS NOT NULL`)
	slices.Sort(names)
	return names, explain(err, l.where)
}
