package store

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"strings"

	"foia/internal/remedy"

	"github.com/jackc/pgx/v5/pgconn"
)

// explainPostgres turns what a server, or the way to it, says into plain words; nil, if
// it is something else.
func explainPostgres(err error, where string) error {
	var said *pgconn.PgError
	var connecting *pgconn.ConnectError
	if errors.As(err, &said) {
		hint, kind := kindOf(said)
		if kind == ErrReadOnly && errors.As(err, &connecting) {
			hint, kind = "", ErrDenied // a login without any role
		}
		return &Failure{Kind: kind, Detail: said.Message, Where: where, Err: err, Remedy: hint}
	}
	var certificate *tls.CertificateVerificationError
	if errors.As(err, &certificate) {
		return &Failure{Kind: ErrDenied, Detail: "its certificate is not trusted: " + certificate.Err.Error(), Where: where, Err: err,
			Remedy: "get the certificate of its authority from whoever runs the server, and name it with sslrootcert=FILE in the address " +
				"or PGSSLROOTCERT"}
	}
	var way net.Error
	if errors.As(err, &connecting) || errors.As(err, &way) || pgconn.SafeToRetry(err) || isCut(err) {
		return &Failure{Kind: ErrUnreachable, Detail: plainWay(err), Where: where, Err: err}
	}
	return nil
}

// isCut tells whether the connection ended in the middle.
func isCut(err error) bool {
	s := err.Error()
	for _, words := range []string{"unexpected EOF", "conn closed", "connection reset", "broken pipe", "closed network connection",
		"bad connection", "conn busy"} {
		if strings.Contains(s, words) {
			return true
		}
	}
	return false
}

// plainWay says what is wrong with the way to the server. The driver's words may hold
// the whole address.
func plainWay(err error) string {
	var way net.Error
	var named *net.DNSError
	var op *net.OpError
	switch {
	case errors.As(err, &named):
		return "no host named " + named.Name
	case errors.As(err, &way) && way.Timeout():
		return "it does not answer"
	case errors.As(err, &op) && op.Err != nil:
		return op.Err.Error()
	case strings.Contains(err.Error(), "server refused TLS"):
		return "the server does not speak TLS"
	}
	return "the connection was lost"
}

// kindOf sorts what a server says by its code.
// https://www.postgresql.org/docs/current/errcodes-appendix.html
func kindOf(said *pgconn.PgError) (hint string, kind error) {
	switch said.Code {
	case "42501", "25006":
		return fmt.Sprintf("this needs another role, which the database owner gives with %s; nothing was changed",
			remedy.To(remedy.GiveAccess, remedy.Open("NAME"))), ErrReadOnly
	case "3D000":
		return "check the name, or have the database created: createdb, then " + remedy.To(remedy.SetUpDatabase).String(), ErrNoLog
	case "42P01", "3F000", "42883":
		return setupFirst(), ErrNoLog
	case "53100":
		return "free up space on the server's disk and try again; nothing was changed", ErrFull
	case "53300", "53400":
		return "the server has no free connection: wait, or raise max_connections; nothing was changed", ErrLocked
	case "55P03", "57014", "40P01", "40001":
		return "", ErrLocked
	case "P0001":
		return "", ErrRefused
	}
	switch (said.Code + "  ")[:2] { // a server of strangers may say less
	case "28":
		return "", ErrDenied
	case "08", "57":
		return "", ErrUnreachable
	case "53", "58":
		return "check the server, then try again; nothing was changed", ErrDisk
	case "XX":
		return "check the server's own log; make sure you have a backup", ErrDamaged
	}
	return "", nil
}
