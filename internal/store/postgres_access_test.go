//go:build unix

package store

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"math/big"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"foia/internal/docket"
	"foia/internal/store/pgtest"
)

// with sets a parameter of an address.
func with(t testing.TB, address, name, value string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	q.Set(name, value)
	u.RawQuery = q.Encode()
	return u.String()
}

// People are let in by role and password, and out again. The password is in no error,
// and not in the server's own log either.
func TestPostgresPeople(t *testing.T) {
	s := pgtest.New(t, "log_statement = all", "log_min_messages = info", "logging_collector = on", "log_directory = log")
	if err := s.SQL("postgres", "CREATE DATABASE news"); err != nil {
		t.Fatal(err)
	}
	if err := s.Trust("host all postgres 127.0.0.1/32 trust", "host all all 127.0.0.1/32 scram-sha-256"); err != nil {
		t.Fatal(err)
	}
	if err := s.Reload(); err != nil {
		t.Fatal(err)
	}
	admin := s.URL("news", pgtest.Superuser)
	_, err := Admit(t.Context(), admin, Options{}, "ana", "writer", "x")
	mustHint(t, err, ErrNoLog, "there is no tracking log yet")
	for range 2 { // again changes nothing
		if _, err := SetupPostgres(t.Context(), admin, Options{}); err != nil {
			t.Fatal(err)
		}
	}
	const secret = "corréct hörse'; --"
	for _, row := range []struct {
		person, role, password string
		made                   bool
	}{{"ana", "reader", secret, true}, {"Ana \"the\" Writer; --", "writer", "pw", true}, {"ana", "writer", "ignored", false},
		{"olga", "owner", "pw", true}} {
		if made, err := Admit(t.Context(), admin, Options{}, row.person, row.role, row.password); err != nil || made != row.made {
			t.Errorf("%s: %v, %v", row.person, made, err)
		}
	}
	for person, role := range map[string]string{"ben": "editor", "": "writer", "a,b": "writer"} {
		if _, err := Admit(t.Context(), admin, Options{}, person, role, ""); !errors.Is(err, ErrRefused) {
			t.Errorf("%q as %s: %v", person, role, err)
		}
	}
	people, err := People(t.Context(), admin, Options{})
	var names []string
	for _, p := range people {
		names = append(names, p.Name+" "+strings.Join(p.Roles, ",")+map[bool]string{true: "", false: " cannot come in"}[p.Login])
	}
	if want := []string{"Ana \"the\" Writer; -- writer", "ana writer", "olga owner"}; err != nil ||
		!slices.Equal(slices.DeleteFunc(names, func(n string) bool { return strings.HasPrefix(n, "postgres") }), want) {
		t.Errorf("%q, %v", names, err)
	}

	// Asked for, once; from the environment; wrong.
	asked := 0
	ask := func(who, where string) (string, error) {
		asked++
		if who != "ana" || !strings.HasPrefix(where, "postgres://127.0.0.1:") {
			t.Errorf("asked for %s of %s", who, where)
		}
		return secret, nil
	}
	log := openPostgres(t, s.URL("news", "ana"), Options{Password: ask})
	mustAdd(t, log, 1)
	t.Setenv("PGPASSWORD", secret)
	mustAdd(t, openPostgres(t, s.URL("news", "ana"), Options{Password: ask}), 1)
	if asked != 1 {
		t.Errorf("asked %d times", asked)
	}
	t.Setenv("PGPASSWORD", "hunter2")
	_, err = OpenPostgres(t.Context(), s.URL("news", "ana"), Options{Password: ask})
	if !errors.Is(err, ErrDenied) || strings.Contains(err.Error(), "hunter2") {
		t.Error(err)
	}
	mustHint(t, err, ErrDenied, "the database refused access")
	t.Setenv("PGPASSWORD", "")

	// Out: at once, also for what is open.
	if err := Dismiss(t.Context(), admin, Options{}, "ana"); err != nil {
		t.Fatal(err)
	}
	if err := log.Write(t.Context(), func(tx *Tx) error { _, err := add(tx); return err }); err == nil {
		t.Error("who was dismissed could write")
	}
	if _, err := OpenPostgres(t.Context(), s.URL("news", "ana"),
		Options{Password: func(string, string) (string, error) { return secret, nil }}); err == nil {
		t.Error("who was dismissed was let in")
	}
	if err := Dismiss(t.Context(), admin, Options{}, "nobody"); !errors.Is(err, ErrRefused) {
		t.Error(err)
	}
	// Who keeps a role by way of a group is not said to be out.
	if err := s.SQL("news", "CREATE ROLE desk IN ROLE news_writer", "CREATE ROLE finn LOGIN IN ROLE desk"); err != nil {
		t.Fatal(err)
	}
	mustHint(t, Dismiss(t.Context(), admin, Options{}, "finn"), ErrRefused, "finn still has the role news_writer")
	if err := Dismiss(t.Context(), admin, Options{}, pgtest.Superuser); !errors.Is(err, ErrRefused) {
		t.Error("somebody dismissed themselves:", err)
	}
	mustNotHold(t, filepath.Join(s.Dir, "log"), secret)
}

// mustNotHold makes sure that no file of a folder holds a text.
func mustNotHold(t *testing.T, dir, text string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) == 0 {
		t.Fatal("the server wrote no log", err)
	}
	for _, e := range entries {
		raw, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil || !bytes.Contains(raw, []byte("CREATE ROLE")) || bytes.Contains(raw, []byte(text)) ||
			bytes.Contains(raw, []byte(strings.ReplaceAll(text, "'", "''"))) {
			t.Errorf("%s holds the password, or nothing; %v", e.Name(), err)
		}
	}
}

// certify gives the server a certificate for a name, and returns the file with the one
// that vouches for it.
func certify(t *testing.T, s *pgtest.Server, name string) (authority string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, DNSNames: []string{name},
		NotBefore: time.Now().Add(-time.Hour),
		NotAfter:  time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature}
	raw, err := x509.CreateCertificate(rand.Reader, c, c, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	public := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: raw})
	if err := errors.Join(s.Write("server.crt", public),
		s.Write("server.key", pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private}))); err != nil {
		t.Fatal(err)
	}
	authority = filepath.Join(t.TempDir(), "authority.crt")
	if err := os.WriteFile(authority, public, 0o600); err != nil {
		t.Fatal(err)
	}
	return authority
}

// A server that cannot prove who it is is not spoken to.
func TestPostgresTLS(t *testing.T) {
	s := pgtest.New(t)
	authority := certify(t, s, "localhost")
	other := certify(t, pgtest.New(t), "localhost")
	if err := errors.Join(s.Kill(), s.Configure("ssl = on"), s.Trust("hostssl all all 127.0.0.1/32 trust", "hostssl all all ::1/128 trust"),
		s.Start()); err != nil {
		t.Fatal(err)
	}
	address := strings.Replace(s.URL("postgres", pgtest.Superuser), "127.0.0.1", "localhost", 1)
	for _, row := range []struct {
		name, address string
		kind          error
		words         string
	}{
		{"checked", with(t, with(t, address, "sslmode", "verify-full"), "sslrootcert", authority), nil, ""},
		{"of another authority", with(t, with(t, address, "sslmode", "verify-full"), "sslrootcert", other), ErrDenied,
			"its certificate is not trusted"},
		{"for another name", strings.Replace(with(t, with(t, address, "sslmode", "verify-full"), "sslrootcert", authority), "localhost",
			"127.0.0.1", 1), ErrDenied, "its certificate is not trusted"},
		{"without TLS", with(t, address, "sslmode", "disable"), ErrDenied, "no encryption"},
	} {
		l, err := dial(context.Background(), row.address, Options{})
		if err == nil {
			mustClose(t, l)
		}
		if row.kind == nil && err != nil || row.kind != nil && (!errors.Is(err, row.kind) || !strings.Contains(err.Error(), row.words)) {
			t.Errorf("%s: %v; want %v, %q", row.name, err, row.kind, row.words)
		}
	}
}

// Events bear the name by which one came in, whoever one claims to be; only the owner
// copies those of others.
func TestPostgresNames(t *testing.T) {
	s, name := newDatabase(t)
	log := openPostgres(t, s.URL(name, "ben"), Options{})
	if log.Who() != "ben" {
		t.Error(log.Who())
	}
	id := mustAdd(t, log, 1)[0]
	events, err := log.Events(t.Context(), id)
	if err != nil || events[0].By != "ben" {
		t.Error(events, err)
	}
	forge := func(tx *Tx) error { _, err := tx.Append(anEvent(id, docket.Sent)); return err }
	if err := openPostgres(t, s.URL(name, "ben"), Options{Replay: true}).Write(t.Context(), forge); !errors.Is(err, ErrRefused) {
		t.Error(err)
	}
	if err := openPostgres(t, s.URL(name, "dora"), Options{Replay: true}).Write(t.Context(), forge); err != nil {
		t.Error(err)
	}
	if events, err = log.Events(t.Context(), id); err != nil || events[1].By != writerName {
		t.Error(events, err)
	}
}

// Whoever owns the database and may make roles sets it up; a superuser is not needed.
func TestPostgresSetupByOwner(t *testing.T) {
	s := pgtest.New(t)
	if err := s.SQL("postgres", "CREATE ROLE nora LOGIN CREATEROLE", "CREATE DATABASE news OWNER nora",
		"CREATE ROLE paul LOGIN"); err != nil {
		t.Fatal(err)
	}
	address := s.URL("news", "nora")
	for range 2 {
		if _, err := SetupPostgres(t.Context(), address, Options{}); err != nil {
			t.Fatal(err)
		}
	}
	if made, err := Admit(t.Context(), address, Options{}, "ana", "writer", ""); err != nil || !made {
		t.Fatal(made, err)
	}
	mustAdd(t, openPostgres(t, s.URL("news", "ana"), Options{}), 1)
	mustBeClean(t, openPostgres(t, address, Options{}))
	// Who has no role does not get in at all.
	_, err := OpenPostgres(t.Context(), s.URL("news", "paul"), Options{})
	mustHint(t, err, ErrDenied, "permission denied for database")
	if _, err := SetupPostgres(t.Context(), s.URL("news", "ana"), Options{}); err == nil {
		t.Error("a writer could set it up")
	}
}
