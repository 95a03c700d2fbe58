//go:build unix

package pgtest

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// pooler is where Debian, or the search path, has PgBouncer.
func pooler() string {
	if p, err := exec.LookPath("pgbouncer"); err == nil {
		return p
	}
	const debian = "/usr/sbin/pgbouncer"
	if _, err := os.Stat(debian); err == nil {
		return debian
	}
	return ""
}

// NewPooler starts a PgBouncer before a server, which hands every transaction to another
// of its few connections, for the people named; others it does not know. The server that
// it returns has the pooler's address and cannot be stopped or set.
func NewPooler(t testing.TB, s *Server, people ...string) *Server {
	t.Helper()
	program := pooler()
	if program == "" && os.Getenv("FOIA_CI") == "1" {
		t.Fatal("there is no PgBouncer on this machine: install pgbouncer")
	}
	if program == "" {
		t.Skip("there is no PgBouncer on this machine")
	}
	p := &Server{as: s.as, bin: filepath.Dir(program)}
	var err error
	if p.Port, err = freePort(); err != nil {
		t.Fatal(err)
	}
	if p.Dir, err = os.MkdirTemp("", "foia-pgbouncer-"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(p.Kill(), os.RemoveAll(p.Dir)); err != nil {
			t.Error(err)
		}
	})
	if err := p.settle(s.Port, people); err != nil {
		t.Fatal(err)
	}
	return p
}

// settle writes the pooler's settings and starts it.
func (s *Server) settle(server int, people []string) error {
	if s.as != nil {
		if err := os.Chown(s.Dir, int(s.as.Uid), int(s.as.Gid)); err != nil {
			return err
		}
	}
	var list strings.Builder
	for _, name := range people {
		fmt.Fprintf(&list, "\"%s\" \"\"\n", strings.ReplaceAll(name, `"`, `""`))
	}
	settings := []string{"[databases]", "* = host=127.0.0.1 port=" + strconv.Itoa(server), "[pgbouncer]", "listen_addr = 127.0.0.1",
		"listen_port = " + strconv.Itoa(s.Port),
		"unix_socket_dir =", "auth_type = trust", "auth_file = people", "pool_mode = transaction", "default_pool_size = 4",
		"server_round_robin = 1", "server_idle_timeout = 1", ""}
	if err := errors.Join(s.Write("people", []byte(list.String())),
		s.Write("pgbouncer.ini", []byte(strings.Join(settings, "\n")))); err != nil {
		return err
	}
	s.server = s.command("pgbouncer", "-q", "pgbouncer.ini")
	var said strings.Builder
	s.server.Stdout, s.server.Stderr = &said, &said
	if err := s.server.Start(); err != nil {
		s.server = nil
		return err
	}
	for range 200 {
		if c, err := net.Dial("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(s.Port))); err == nil {
			return c.Close()
		}
		time.Sleep(20 * time.Millisecond)
	}
	return errors.Join(fmt.Errorf("the pooler does not answer: %s", said.String()), s.Kill())
}
