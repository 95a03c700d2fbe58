package store

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"time"

	"foia/internal/entered"
	"foia/internal/remedy"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
)

// The newest migration for PostgreSQL, the oldest PostgreSQL, and how far this
// machine's clock may be off before foia says so.
const (
	postgresVersion = 5
	oldestPostgres  = 140000
	clockMayBeOff   = 2 * time.Minute
)

// OpenPostgres opens the tracking log in a PostgreSQL database, which foia db setup
// has prepared. The URL is as libpq takes it; besides, answer_timeout is for how many
// seconds foia waits for an answer.
func OpenPostgres(ctx context.Context, address string, o Options) (*Log, error) {
	l, err := dial(ctx, address, o)
	if err != nil {
		return nil, err
	}
	if err := l.checkPostgres(ctx); err != nil {
		return nil, errors.Join(explain(err, l.where), l.Close())
	}
	return l, nil
}

// dial connects to the server, and asks for a password if it wants one.
func dial(ctx context.Context, address string, o Options) (*Log, error) {
	config, wait, err := parseAddress(address)
	if err != nil {
		return nil, err
	}
	where := placeOf(config)
	l := &Log{engine: postgresEngine{wait, idleLimit}, where: where, readOnly: o.ReadOnly, replay: o.Replay, project: o.Project}
	l.notices = append(l.notices, weakTLS(config)...)
	for asked := false; ; asked = true {
		l.db = stdlib.OpenDB(*config)
		l.db.SetMaxOpenConns(4) // a command reads while it writes; a server has places for many commands
		err = l.db.PingContext(ctx)
		if err == nil {
			return l, nil
		}
		err = errors.Join(err, l.db.Close())
		if asked || config.Password != "" || o.Password == nil || !wantsPassword(err) {
			return nil, explain(err, where)
		}
		if config.Password, err = o.Password(config.User, where); err != nil {
			return nil, err
		}
	}
}

// wantsPassword tells whether the server did not let in a caller without a password.
func wantsPassword(err error) bool {
	var said *pgconn.PgError
	return errors.As(err, &said) && (said.Code == "28P01" || said.Code == "28000")
}

// parseAddress reads a URL of PostgreSQL. What is wrong with it is said without
// repeating it, since there may be a password in it.
func parseAddress(address string) (*pgx.ConnConfig, time.Duration, error) {
	refused := func(why string) (*pgx.ConnConfig, time.Duration, error) {
		return nil, 0, &Failure{Kind: ErrAddress, Detail: why, Remedy: "write it as postgres://NAME@HOST/DATABASE"}
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "postgres" && u.Scheme != "postgresql" {
		return refused("it cannot be read as a URL")
	}
	query := u.Query()
	wait := answerWait
	if s := query.Get("answer_timeout"); s != "" {
		seconds, err := strconv.Atoi(s)
		if err != nil || seconds < 1 {
			return refused("answer_timeout is not a number of seconds")
		}
		wait = time.Duration(seconds) * time.Second
		query.Del("answer_timeout")
	}
	if query.Get("sslmode") == "" && !local(u.Hostname()) && !local(query.Get("host")) {
		query.Set("sslmode", "verify-full")
	}
	u.RawQuery = query.Encode()
	config, err := pgx.ParseConfig(u.String())
	if err != nil {
		return refused("PostgreSQL does not understand it")
	}
	if config.Database == "" {
		return refused("it names no database")
	}
	if config.RuntimeParams["application_name"] == "" { // by which others learn for whom they wait
		config.RuntimeParams["application_name"] = applicationName()
	}
	config.DefaultQueryExecMode = pgx.QueryExecModeExec
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = 10 * time.Second
	}
	connect := config.DialFunc
	config.DialFunc = func(ctx context.Context, network, addr string) (net.Conn, error) {
		c, err := connect(ctx, network, addr)
		if err != nil {
			return nil, err
		}
		return &patient{Conn: c, wait: wait}, nil
	}
	return config, wait, nil
}

// local tells whether a host is this machine: by name, or a socket in a folder. What
// is empty is PGHOST's or the default's business, and is not known to be local.
func local(host string) bool {
	return len(host) > 0 && (host[0] == '/' || host[0] == '@') || entered.ThisMachine(host)
}

// placeOf names server and database, and nothing that is secret.
func placeOf(c *pgx.ConnConfig) string {
	return "postgres://" + net.JoinHostPort(c.Host, strconv.Itoa(int(c.Port))) + "/" + c.Database
}

// weakTLS says so when an address asks for less than a checked certificate. Only the
// last resort of a list of ways counts: that is what an attacker would force.
func weakTLS(c *pgx.ConnConfig) []string {
	ways := []*pgconn.FallbackConfig{{Host: c.Host, TLSConfig: c.TLSConfig}}
	for _, way := range append(ways, c.Fallbacks...) {
		if !local(way.Host) && (way.TLSConfig == nil || way.TLSConfig.InsecureSkipVerify && way.TLSConfig.VerifyPeerCertificate == nil) {
			return []string{"the database address does not require a checked certificate: someone in between could read and change what " +
				"is sent; use sslmode=verify-full"}
		}
	}
	return nil
}

// checkPostgres makes sure that the database holds a log of this schema, learns by
// which name the server knows the caller, and compares the clocks.
func (l *Log) checkPostgres(ctx context.Context) error {
	var server int
	var there bool
	var now time.Time
	before := time.Now()
	err := l.asked().QueryRowContext(ctx, "SELECT current_setting('server_version_num')::int, to_regclass('foia.about') IS NOT NULL, "+
		"session_user::text, clock_timestamp()").Scan(&server, &there, &l.who, &now)
	if err != nil {
		return err
	}
	if off := now.Sub(before.Add(time.Since(before) / 2)).Abs(); off > clockMayBeOff {
		l.notices = append(l.notices, fmt.Sprintf("this machine's clock is %s off from the database server's: times of entry may be wrong",
			off.Round(time.Second)))
	}
	if server < oldestPostgres {
		return &Failure{Kind: ErrForeign, Detail: fmt.Sprintf("PostgreSQL %d is too old", server/10000),
			Remedy: "use PostgreSQL 14 or newer"}
	}
	if !there {
		return &Failure{Kind: ErrNoLog, Remedy: setupFirst()}
	}
	var version int
	err = l.asked().QueryRowContext(ctx,
		"SELECT version, has_table_privilege('foia.standings', 'UPDATE') FROM foia.about WHERE one = 1").Scan(&version, &l.keeps)
	if err != nil {
		return err
	}
	behind, err := compareSchema(version, postgresVersion)
	if behind && err == nil {
		err = &Failure{Kind: ErrOlder, Detail: fmt.Sprintf("it has schema %d; this foia needs %d", version, postgresVersion),
			Remedy: fmt.Sprintf("make a backup with the older foia, then have the database owner run %s with this one",
				remedy.To(remedy.SetUpDatabase))}
	}
	return err
}

func setupFirst() string {
	return fmt.Sprintf("have the database owner run %s; see docs/team.md, “Share the log”", remedy.To(remedy.SetUpDatabase))
}
