package store

import (
	"context"
	"crypto/hmac"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"

	"foia/internal/remedy"

	"github.com/jackc/pgx/v5"
	"golang.org/x/text/secure/precis"
)

// Person is somebody who has access to a shared log.
type Person struct {
	Name  string   `json:"name"`
	Roles []string `json:"roles"` // of Roles
	Login bool     `json:"login"` // may come in at all
}

// People returns everybody whom the roles of this log let in.
func People(ctx context.Context, address string, o Options) (people []Person, err error) {
	err = administer(ctx, address, o, func(l *Log) error {
		var name, roles string
		var login bool
		return each(ctx, l.db, []any{&name, &roles, &login}, func() error {
			people = append(people, Person{name, strings.Split(roles, ","), login})
			return nil
		}, // As text: what the schema public has for the type name, which anybody may have put there, would be taken first.
			`SELECT m.rolname::text, string_agg(replace(g.rolname::text, current_database()::text || '_', ''), ',' ORDER BY g.rolname),
			m.rolcanlogin
			FROM pg_auth_members JOIN pg_roles g ON g.oid = roleid JOIN pg_roles m ON m.oid = member
			WHERE g.rolname::text IN (current_database()::text || '_reader', current_database()::text || '_writer',
				current_database()::text || '_owner')
			GROUP BY m.rolname, m.rolcanlogin ORDER BY m.rolname`)
	})
	return people, err
}

// Admit gives somebody one of the roles, in the place of any other. Who has no login
// yet gets one; with a password, if one is given: the server is sent what it needs to
// check it, not the password itself.
func Admit(ctx context.Context, address string, o Options, person, role, password string) (made bool, err error) {
	if !slices.Contains(Roles, role) {
		return false, &Failure{Kind: ErrRefused, Detail: "unknown role " + role, Remedy: "use one of " + strings.Join(Roles, ", ")}
	}
	if person == "" || strings.ContainsAny(person, ",\x00") {
		return false, &Failure{Kind: ErrRefused, Detail: fmt.Sprintf("%q is not a name", person),
			Remedy: "use a short name without commas, such as ana"}
	}
	err = administer(ctx, address, o, func(l *Log) error {
		var there bool
		if err := l.db.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = $1)", person).Scan(&there); err != nil {
			return err
		}
		made = !there
		statements := revoking(l, person)
		if made {
			create := "CREATE ROLE " + quoted(person) + " LOGIN"
			if password != "" {
				verifier, err := scramVerifier(password)
				if err != nil {
					return err
				}
				create += " PASSWORD '" + verifier + "'"
			}
			statements = append([]string{create}, statements...)
		}
		return inTransaction(ctx, l, append(statements, "GRANT "+l.role(role)+" TO "+quoted(person)))
	})
	return made, err
}

// Dismiss takes away all access to this log, and ends what is open. The name stays on
// what was entered under it; the login stays, since it may be used elsewhere.
func Dismiss(ctx context.Context, address string, o Options, person string) error {
	return administer(ctx, address, o, func(l *Log) error {
		if person == l.who {
			return &Failure{Kind: ErrRefused, Detail: "that is you", Remedy: "have another owner do it"}
		}
		var there bool
		if err := l.db.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = $1)", person).Scan(&there); err != nil {
			return err
		}
		if !there {
			return &Failure{Kind: ErrRefused, Detail: "the server has no login named " + person,
				Remedy: "see: " + remedy.To(remedy.People).String()}
		}
		if err := inTransaction(ctx, l, revoking(l, person)); err != nil {
			return err
		}
		// What another one gave, or a group that they belong to, is not taken away by that.
		var left string
		if err := l.db.QueryRowContext(ctx,
			`SELECT coalesce(string_agg(g.rolname::text, ', ' ORDER BY g.rolname::text), '') FROM pg_roles p, pg_roles g
			WHERE p.rolname = $1 AND NOT p.rolsuper AND g.rolname::text IN (
				current_database()::text || '_reader', current_database()::text || '_writer', current_database()::text || '_owner')
				AND pg_has_role(p.oid, g.oid, 'MEMBER')`, person).Scan(&left); err != nil {
			return err
		}
		if left != "" {
			return &Failure{Kind: ErrRefused, Detail: person + " still has the role " + left,
				Remedy: "it comes from another owner, or with another role: have whoever granted it revoke it, or the superuser (REVOKE " +
					"… GRANTED BY …)"}
		}
		_, err := l.db.ExecContext(ctx, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1 AND datname = "+
			"current_database()", person)
		return err
	})
}

// administer calls f with a connection to a log that is set up.
func administer(ctx context.Context, address string, o Options, f func(*Log) error) (err error) {
	l, err := dial(ctx, address, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	if err := l.checkPostgres(ctx); err != nil {
		return explain(err, l.where)
	}
	var name string
	if err := l.db.QueryRowContext(ctx, "SELECT current_database()").Scan(&name); err != nil {
		return explain(err, l.where)
	}
	l.name = name
	return explain(f(l), l.where)
}

// role is the name of a role of this log, as SQL.
func (l *Log) role(kind string) string { return quoted(l.name + "_" + kind) }

func quoted(name string) string { return pgx.Identifier{name}.Sanitize() }

func revoking(l *Log, person string) []string {
	var out []string
	for _, kind := range Roles {
		out = append(out, "REVOKE "+l.role(kind)+" FROM "+quoted(person))
	}
	return out
}

// inTransaction executes statements, all or none.
func inTransaction(ctx context.Context, l *Log, statements []string) (err error) {
	tx, err := l.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	for _, s := range statements {
		if _, err := tx.ExecContext(ctx, s); err != nil {
			if ending := tx.Rollback(); ending != nil && !errors.Is(ending, sql.ErrTxDone) {
				return errors.Join(err, ending)
			}
			return err
		}
	}
	return tx.Commit()
}

// scramRounds is what PostgreSQL itself uses.
const scramRounds = 4096

// scramVerifier is what a server keeps of a password: RFC 5803, in PostgreSQL's words.
func scramVerifier(password string) (string, error) {
	prepared, err := precis.OpaqueString.String(password)
	if err != nil {
		return "", &Failure{Kind: ErrRefused, Detail: "the password has characters that are not allowed", Remedy: "choose another one"}
	}
	salt := make([]byte, 16)
	if _, err := rand.Read(salt); err != nil {
		return "", err
	}
	salted, err := pbkdf2.Key(sha256.New, prepared, salt, scramRounds, sha256.Size)
	if err != nil {
		return "", err
	}
	keyed := func(text string) []byte {
		h := hmac.New(sha256.New, salted)
		h.Write([]byte(text))
		return h.Sum(nil)
	}
	stored := sha256.Sum256(keyed("Client Key"))
	b64 := base64.StdEncoding.EncodeToString
	return fmt.Sprintf("SCRAM-SHA-256$%d:%s$%s:%s", scramRounds, b64(salt), b64(stored[:]), b64(keyed("Server Key"))), nil
}
