package store

import (
	"context"
	"database/sql"
	"slices"
	"strings"
)

// queue holds rows that a transaction has yet to write, so that a server far away is
// asked once for many of them. What is read within the transaction is read after them.
type queue struct {
	tables []queuedRows
	values int
	bytes  int
}

// queuedRows are rows of one table.
type queuedRows struct {
	table, columns, rest string
	rows                 [][]any
}

// The most that a queue holds: a statement may have 65,535 values, and memory is not to
// grow with a document.
const (
	queuedValues = 20_000
	queuedBytes  = 8 << 20
)

// requestsTable is written before all others, since they refer to it.
const requestsTable = "foia.requests"

// add puts a row behind the others of its table.
func (q *queue) add(table, columns, rest string, values []any) {
	i := slices.IndexFunc(q.tables, func(t queuedRows) bool { return t.table == table })
	if i < 0 {
		i = len(q.tables)
		if table == requestsTable {
			i = 0
		}
		q.tables = slices.Insert(q.tables, i, queuedRows{table: table, columns: columns, rest: rest})
	}
	for n, v := range values {
		switch v := v.(type) {
		case []byte:
			values[n] = slices.Clone(v) // the caller may use it again
			q.bytes += len(v)
		case string:
			q.bytes += len(v)
		}
	}
	q.tables[i].rows = append(q.tables[i].rows, values)
	q.values += len(values)
}

func (q *queue) full() bool { return q.values >= queuedValues || q.bytes >= queuedBytes }

// statement writes all rows of a table at once.
func (t queuedRows) statement() (text string, values []any) {
	row := "(" + strings.TrimSuffix(strings.Repeat("?, ", len(t.rows[0])), ", ") + ")"
	text = "INSERT INTO " + t.table + " (" + t.columns + ") VALUES " + row + strings.Repeat(", "+row, len(t.rows)-1) + t.rest
	for _, r := range t.rows {
		values = append(values, r...)
	}
	return text, values
}

// flush writes what is queued.
func (w *Tx) flush() error {
	tables := w.queue.tables
	w.queue = queue{}
	for _, t := range tables {
		text, values := t.statement()
		if _, err := w.tx.ExecContext(w.ctx, w.log.engine.words(text), values...); err != nil {
			w.half = w.explain(err)
			return w.half
		}
	}
	return nil
}

// insert writes a row, now or with the others of its table; rest follows the values.
func (w *Tx) insert(table, columns, rest string, values ...any) error {
	if !w.log.engine.prepares() {
		w.queue.add(table, columns, rest, values)
		if w.queue.full() {
			return w.flush()
		}
		return nil
	}
	marks := strings.TrimSuffix(strings.Repeat("?, ", len(values)), ", ")
	_, err := w.exec("INSERT INTO "+table+" ("+columns+") VALUES ("+marks+")"+rest, values...)
	if err != nil {
		w.half = err
	}
	return err
}

// flushed is the transaction for whoever reads in it: what is queued is written first.
type flushed struct{ w *Tx }

func (f flushed) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if err := f.w.flush(); err != nil {
		return nil, err
	}
	return f.w.tx.QueryContext(ctx, query, args...)
}

// QueryRowContext cannot say that the queue was not taken; but then the server takes
// nothing more in this transaction, and what went wrong is in half.
func (f flushed) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	_ = f.w.flush()
	return f.w.tx.QueryRowContext(ctx, query, args...)
}

func (f flushed) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if err := f.w.flush(); err != nil {
		return nil, err
	}
	return f.w.tx.ExecContext(ctx, query, args...)
}
