package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"foia/internal/docket"
)

// Addressee is an office that requests went to, by the names that it then had.
type Addressee struct{ Office, Agency, Component string }

// AddresseeOf is the one of a request.
func AddresseeOf(r docket.Request) Addressee {
	return Addressee{r.OfficeID, r.Agency, r.Component}
}

// key is how standings name an addressee, so that one index finds it.
func (a Addressee) key() string { return strings.Join([]string{a.Office, a.Agency, a.Component}, "\n") }

func readAddressee(key string) Addressee {
	parts := append(strings.SplitN(key, "\n", 3), "", "")
	return Addressee{parts[0], parts[1], parts[2]}
}

// Query chooses requests by what the database has an index for.
type Query struct {
	To       []Addressee // to one of these; nil: to any
	Assigned *string     // to that person, in whatever case; "" is nobody; nil: to any
	OpenOnly bool
	KeptOnly bool     // not sent, and it is known until when what they ask for must be there
	Requests []string // instead of all that: these, in this order
}

// Addressees are the offices that requests went to. Each is found by one step through the
// index: a list of all requests would be read to find some hundred offices.
func (l *Log) Addressees(ctx context.Context) ([]Addressee, error) {
	right, stale, err := l.kept(ctx)
	if err != nil {
		return nil, err
	}
	var found []Addressee
	add := func(row standingRow) error {
		if a := readAddressee(row.Addressee); !slices.Contains(found, a) {
			found = append(found, a)
		}
		return nil
	}
	byName := func(a, b Addressee) int { return strings.Compare(a.key(), b.key()) }
	if !right {
		err := l.foldEach(ctx, add)
		slices.SortFunc(found, byName)
		return found, err
	}
	if err := l.foldThose(ctx, stale, add); err != nil {
		return nil, err
	}
	var row standingRow
	err = each(ctx, l.asked(), []any{&row.Addressee}, func() error { return add(row) }, `WITH RECURSIVE step(key) AS (
			SELECT min(addressee) FROM foia.standings
			UNION ALL SELECT (SELECT min(addressee) FROM foia.standings WHERE addressee > key) FROM step WHERE key IS NOT NULL)
		SELECT key FROM step WHERE key IS NOT NULL`)
	slices.SortFunc(found, byName)
	return found, explain(err, l.where)
}

// asOne is how many addressees one query names; beyond that every standing is read.
const asOne = 500

// Find hands over where each request stands that a query chooses, in the order of the
// ids.
func (l *Log) Find(ctx context.Context, q Query, f func(Standing) error) error {
	return l.find(ctx, q, asIs(f))
}

// FindMade hands over what is made of each standing that a query chooses, in the order of the
// ids. It is made on all cores at once. What is to be kept of the texts of a standing must be
// copied: they are parts of a longer one.
func (l *Log) FindMade(ctx context.Context, q Query, make func(Standing) (any, error), hand func(any) error) error {
	return l.find(ctx, q, pipeline{make: make, hand: hand})
}

func (l *Log) find(ctx context.Context, q Query, p pipeline) error {
	if q.Requests != nil {
		return l.eachOf(ctx, q.Requests, p)
	}
	if q.To != nil && len(q.To) == 0 {
		return nil
	}
	keys := map[string]bool{}
	for _, a := range q.To {
		keys[a.key()] = true
	}
	assigned := ""
	if q.Assigned != nil {
		assigned = strings.ToLower(*q.Assigned)
	}
	wanted := func(row standingRow) bool {
		return (q.To == nil || keys[row.Addressee]) && (q.Assigned == nil || row.Assignee == assigned) && (!q.OpenOnly || row.Open) &&
			(!q.KeptOnly || strings.HasPrefix(row.State, hasKept))
	}
	// Without its index: it is faster to pass over those that are closed.
	c := choice{wanted: wanted, where: fmt.Sprintf("open + 0 >= %d", oneIf(q.OpenOnly))}
	var conditions []string
	var args []any
	if q.To != nil && len(keys) <= asOne {
		for key := range keys {
			args = append(args, key)
		}
		conditions = append(conditions, "addressee IN ("+strings.TrimSuffix(strings.Repeat("?, ", len(keys)), ", ")+")")
	}
	if q.Assigned != nil {
		conditions, args = append(conditions, "assignee = ?"), append(args, assigned)
	}
	if q.KeptOnly {
		c.where += " AND state LIKE '" + hasKept + "%'"
	}
	if len(conditions) > 0 {
		c.where, c.args, c.indexed = strings.Join(conditions, " AND ")+" AND "+c.where, args, true
	}
	return l.eachStanding(ctx, c, p)
}

// eachOf hands over the standings of some requests, in the order in which they are named. What
// the log does not have is left out.
func (l *Log) eachOf(ctx context.Context, ids []string, p pipeline) error {
	right, stale, err := l.kept(ctx)
	if err != nil {
		return err
	}
	return p.run(ctx, func(ctx context.Context, hand func(standingRow) error) error {
		for some := range slices.Chunk(ids, atATime) {
			rows, err := l.someOf(ctx, some, right, stale)
			if err != nil {
				return explain(err, l.where)
			}
			for _, id := range some {
				if row, ok := rows[id]; ok {
					if err := hand(row); err != nil {
						return err
					}
				}
			}
		}
		return nil
	})
}

// someOf are the standings of some requests, by id: as they are kept, or folded.
func (l *Log) someOf(ctx context.Context, ids []string, right bool, stale map[string]bool) (map[string]standingRow, error) {
	rows := map[string]standingRow{}
	keep := func(row standingRow) error {
		rows[row.Request] = row
		return nil
	}
	var toRead []any
	var toFold []string
	for _, id := range ids {
		if right && !stale[id] {
			toRead = append(toRead, id)
		} else {
			toFold = append(toFold, id)
		}
	}
	if len(toRead) > 0 {
		list := strings.TrimSuffix(strings.Repeat("?, ", len(toRead)), ", ")
		c := choice{where: "request IN (" + list + ")", args: toRead, indexed: true}
		if err := l.readStandings(ctx, c, keep); err != nil {
			return nil, err
		}
	}
	return rows, l.folding(ctx, toFold).upTo("", keep)
}

// hasKept begins the JSON of a state that has such days: of a long list, only beginnings are read.
const hasKept = `{"kept":[`

// AddresseesOf are the offices that some requests went to, by id.
func (l *Log) AddresseesOf(ctx context.Context, ids []string) (map[string]Addressee, error) {
	found := make(map[string]Addressee, len(ids))
	right, stale, err := l.kept(ctx)
	for some := range slices.Chunk(ids, atATime) {
		var rows map[string]standingRow
		if err == nil {
			rows, err = l.someOf(ctx, some, right, stale)
		}
		for id, row := range rows {
			found[id] = readAddressee(row.Addressee)
		}
	}
	return found, explain(err, l.where)
}

// LastSeqs are the numbers of the last events of some requests, by id: what somebody has seen who looks at
// them now.
func (l *Log) LastSeqs(ctx context.Context, ids []string) (map[string]int, error) {
	last := make(map[string]int, len(ids))
	for some := range slices.Chunk(ids, atATime) {
		args := make([]any, len(some))
		for i, id := range some {
			args[i] = id
		}
		var id string
		var seq int
		err := each(ctx, l.asked(), []any{&id, &seq}, func() error {
			last[id] = seq
			return nil
		}, "SELECT request, max(seq) FROM foia.events WHERE request IN ("+strings.TrimSuffix(strings.Repeat("?, ", len(some)), ", ")+
			") GROUP BY request", args...)
		if err != nil {
			return nil, explain(err, l.where)
		}
	}
	return last, nil
}
