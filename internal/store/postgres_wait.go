package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

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

// holders are those who hold the row that whoever writes locks first, and wait for nobody
// else: the others in the line hold a lock on its table too.
const holders = `SELECT DISTINCT a.usename::text, a.application_name FROM pg_catalog.pg_locks AS held
	JOIN pg_catalog.pg_stat_activity AS a USING (pid)
	WHERE held.locktype = 'relation' AND held.relation = 'foia.written'::regclass AND held.database = a.datid
		AND held.granted AND held.mode <> 'AccessShareLock'
		AND a.pid <> pg_backend_pid() AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_locks AS w WHERE w.pid = held.pid AND NOT w.granted)`

// waitedFor names those who write. Over another connection, since a transaction that has
// waited in vain is over.
func (postgresEngine) waitedFor(ctx context.Context, q querier, err error) error {
	var failure *Failure
	var server *pgconn.PgError
	if !errors.As(err, &failure) || !errors.As(err, &server) || server.Code != "55P03" { // lock_not_available
		return err
	}
	var who, program string
	var names []string
	asking := each(ctx, q, []any{&who, &program}, func() error {
		if program != "" {
			who += " (" + program + ")"
		}
		names = append(names, who)
		return nil
	}, holders)
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
		said.Remedy = "wait until that command has finished, or ask them to end it, then try again; nothing was changed"
	}
	return &said
}

// sessionOf is by which name the server knows the caller.
func sessionOf(ctx context.Context, q querier) string {
	var name string
	if err := q.QueryRowContext(ctx, "SELECT session_user::text").Scan(&name); err != nil {
		return "you" // asked only to be polite
	}
	return name
}
