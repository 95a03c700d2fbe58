package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"foia/internal/remedy"

	"github.com/jackc/pgx/v5/pgconn"
)

// applicationName is how a server calls this program to those who wait for it.
func applicationName() string {
	host, err := os.Hostname()
	if err != nil {
		return "foia"
	}
	name := "foia on " + host
	return name[:min(len(name), 63)] // NAMEDATALEN: the server cuts the rest
}

// lockWait is how long a transaction waits for the one before it.
const lockWait = 10 * time.Second

// Holder is a session that holds what whoever writes to a shared log waits for.
type Holder struct {
	Session int    `json:"session"` // as the server numbers it
	Name    string `json:"name"`    // the login
	Program string `json:"program"`
	Seconds int    `json:"seconds"` // for how long; -1: not known
	State   string `json:"state"`   // such as "idle in transaction"; empty: not known
}

func (h Holder) String() string {
	var more []string
	if h.Program != "" {
		more = append(more, h.Program)
	}
	if h.Seconds >= 0 {
		more = append(more, "for "+Lasting(h.Seconds))
	}
	if strings.HasPrefix(h.State, "idle") {
		more = append(more, h.State)
	}
	if len(more) == 0 {
		return h.Name
	}
	return h.Name + " (" + strings.Join(more, ", ") + ")"
}

// Lasting words a number of seconds.
func Lasting(seconds int) string {
	unit, n := "second", seconds
	switch {
	case seconds >= 2*3600:
		unit, n = "hour", seconds/3600
	case seconds >= 2*60:
		unit, n = "minute", seconds/60
	}
	if n != 1 {
		unit += "s"
	}
	return strconv.Itoa(n) + " " + unit
}

// holders are those who hold a lock on what is in the log, and wait for nobody: others in the line hold locks too. Who reads
// is in nobody's way but that of a new schema, for which whoever else makes one counts too. When a transaction began
// is told only to those with the same role; since when it writes is told by the lock of foia.note_since.
const holders = `SELECT a.pid, coalesce(a.usename::text, ''), coalesce(a.application_name, ''),
		coalesce(extract(epoch FROM clock_timestamp() - a.xact_start)::bigint,
			extract(epoch FROM clock_timestamp())::bigint - min(since.objid::bigint) & 2147483647::bigint, -1::bigint),
		coalesce(a.state, '')
	FROM pg_catalog.pg_stat_activity AS a LEFT JOIN pg_catalog.pg_locks AS since ON since.pid = a.pid AND since.locktype = 'advisory'
		AND since.database = a.datid AND since.objsubid = 2::smallint AND since.classid = 1179601217::oid
	WHERE a.pid <> pg_backend_pid() AND EXISTS (SELECT 1 FROM pg_catalog.pg_locks AS held
			LEFT JOIN pg_catalog.pg_class AS c ON c.oid = held.relation LEFT JOIN pg_catalog.pg_namespace AS s ON s.oid = c.relnamespace
			WHERE held.pid = a.pid AND held.granted AND held.database = a.datid AND (
				held.locktype = 'relation' AND s.nspname = 'foia' AND (held.mode <> 'AccessShareLock' OR $1)
				OR $1 AND held.locktype = 'advisory' AND held.objsubid = 1::smallint AND held.objid = 1179601217::oid))
		AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_locks AS w WHERE w.pid = a.pid AND NOT w.granted)
		AND a.datid = (SELECT d.oid FROM pg_catalog.pg_database AS d WHERE d.datname = current_database())
	GROUP BY a.pid, a.usename, a.application_name, a.xact_start, a.state ORDER BY 4 DESC, 1`

// holding asks who they are: in the way of whoever writes, or of whoever changes the schema.
func holding(ctx context.Context, q querier, schema bool) (all []Holder, err error) {
	var h Holder
	err = each(ctx, q, []any{&h.Session, &h.Name, &h.Program, &h.Seconds, &h.State}, func() error {
		all = append(all, h)
		return nil
	}, holders, schema)
	return all, err
}

// waitedFor names those who write. Over another connection, since a transaction that has
// waited in vain is over.
func (postgresEngine) waitedFor(ctx context.Context, q querier, err error) error {
	return nameHolders(ctx, q, err, false)
}

func nameHolders(ctx context.Context, q querier, err error, schema bool) error {
	var failure *Failure
	var server *pgconn.PgError
	if !errors.As(err, &failure) || !errors.As(err, &server) || server.Code != "55P03" { // lock_not_available
		return err
	}
	all, asking := holding(ctx, q, schema)
	var names []string
	for _, h := range all {
		names = append(names, h.String())
	}
	said := *failure
	said.Detail = fmt.Sprintf("%s waited %s", sessionOf(ctx, q), lockWait)
	switch {
	case asking != nil: // the first error is the one that counts
		said.Detail += "; who holds it is not known: " + detail(explain(asking, ""))
	case len(names) == 0:
		said.Detail += " for somebody who has just finished"
		said.Remedy = "try again; nothing was changed"
	default:
		said.Detail += " for " + strings.Join(names, ", ")
		said.Remedy = "wait until that command has finished, or ask them to end it, then try again; nothing was changed; an owner of the " +
			"database ends it with " + remedy.To(remedy.Writing).With("end", strconv.Itoa(all[0].Session)).String()
	}
	return &said
}

// Holders are those in whose favor others wait to write, the longest first.
func Holders(ctx context.Context, address string, o Options) (all []Holder, err error) {
	err = administer(ctx, address, o, func(l *Log) error {
		all, err = holding(ctx, l.asked(), false)
		return err
	})
	return all, err
}

// endWait is how long a session that is told to end may take.
const endWait = 5 * time.Second

// EndSession ends a session that holds what others wait for, and says whose it was. What it had not committed is undone.
func EndSession(ctx context.Context, address string, o Options, session int) (ended Holder, err error) {
	err = administer(ctx, address, o, func(l *Log) error {
		all, err := holding(ctx, l.asked(), true) // also who only reads, and keeps the schema as it is
		if err != nil {
			return err
		}
		for _, h := range all {
			if h.Session == session {
				ended = h
			}
		}
		if ended.Session == 0 {
			return &Failure{Kind: ErrRefused, Detail: fmt.Sprintf("session %d holds nothing that others wait for", session),
				Remedy: "see who does: " + remedy.To(remedy.Writing).String()}
		}
		var done bool
		err = l.db.QueryRowContext(ctx, "SELECT pg_terminate_backend($1::integer, $2::bigint)", session, endWait.Milliseconds()).Scan(&done)
		var server *pgconn.PgError
		if errors.As(err, &server) && server.Code == "42501" {
			return &Failure{Kind: ErrRefused, Err: err,
				Detail: fmt.Sprintf("%s may not end a session of %s: %s", l.who, ended.Name, server.Message),
				Remedy: fmt.Sprintf("whoever runs the server ends it in psql: SELECT pg_terminate_backend(%d); or gives you the right to: "+
					"GRANT pg_signal_backend TO %s", session, quoted(l.who))}
		}
		if err == nil && !done {
			return &Failure{Kind: ErrLocked, Detail: fmt.Sprintf("session %d was told to end, and had not after %s", session, endWait),
				Remedy: "see whether it is still there: " + remedy.To(remedy.Writing).String()}
		}
		return err
	})
	return ended, err
}

// sessionOf is by which name the server knows the caller.
func sessionOf(ctx context.Context, q querier) string {
	var name string
	if err := q.QueryRowContext(ctx, "SELECT session_user::text").Scan(&name); err != nil {
		return "you" // asked only to be polite
	}
	return name
}
