//go:build unix

// Package pgtest runs a PostgreSQL server of its own for tests: a cluster in a
// temporary folder, on a free port of this machine, that is gone afterwards.
package pgtest

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// Superuser is the role that may do anything on a server of a test.
const Superuser = "postgres"

// Server is a running server.
type Server struct {
	Port int
	Dir  string // its data

	bin    string
	as     *syscall.Credential // root may not run a server
	server *exec.Cmd
}

// programs is where Debian, or the search path, has PostgreSQL; the newest wins.
func programs() string {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err == nil && len(found) > 0 {
		slices.SortFunc(found, func(a, b string) int { return len(a) - len(b) })
		return filepath.Dir(found[len(found)-1])
	}
	if p, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(p)
	}
	return ""
}

// Need skips a test where there is no PostgreSQL. Under FOIA_CI=1 that is a failure.
func Need(t testing.TB) {
	t.Helper()
	if programs() != "" {
		return
	}
	if os.Getenv("FOIA_CI") == "1" {
		t.Fatal("there is no PostgreSQL on this machine: install postgresql")
	}
	t.Skip("there is no PostgreSQL on this machine")
}

// New starts a server for one test. settings are lines of postgresql.conf.
func New(t testing.TB, settings ...string) *Server {
	t.Helper()
	Need(t)
	s, err := create(settings...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.remove(); err != nil {
			t.Error(err)
		}
	})
	return s
}

var shared struct {
	once sync.Once
	s    *Server
	err  error
}

// Shared is one server for all the tests of a program; Stop, in TestMain, ends it.
func Shared(t testing.TB) *Server {
	t.Helper()
	Need(t)
	shared.once.Do(func() { shared.s, shared.err = create() })
	if shared.err != nil {
		t.Fatal(shared.err)
	}
	return shared.s
}

// Stop ends the shared server, if there is one.
func Stop() error {
	if shared.s == nil {
		return nil
	}
	return shared.s.remove()
}

func create(settings ...string) (s *Server, err error) {
	s = &Server{bin: programs()}
	if s.Port, err = freePort(); err != nil {
		return nil, err
	}
	if s.Dir, err = os.MkdirTemp("", "foia-postgres-"); err != nil {
		return nil, err
	}
	if err := s.leaveRoot(); err != nil {
		return nil, err
	}
	init := s.command("initdb", "-D", s.Dir, "-U", Superuser, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
	if out, err := init.CombinedOutput(); err != nil {
		return nil, errors.Join(fmt.Errorf("initdb: %w: %s", err, out), os.RemoveAll(s.Dir))
	}
	lines := append([]string{"listen_addresses = '127.0.0.1'", "unix_socket_directories = ''", "fsync = off", "max_connections = 200",
		"log_min_messages = fatal", "autovacuum = off", "wal_level = minimal", "max_wal_senders = 0", "port = " + strconv.Itoa(s.Port)},
		settings...)
	if err := s.Configure(lines...); err != nil {
		return nil, errors.Join(err, os.RemoveAll(s.Dir))
	}
	if err := s.Start(); err != nil {
		return nil, errors.Join(err, os.RemoveAll(s.Dir))
	}
	return s, nil
}

// leaveRoot has the server run as postgres if the test runs as root.
func (s *Server) leaveRoot() error {
	if os.Geteuid() != 0 {
		return nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return fmt.Errorf("root may not run a server, and there is no account for it: %w", err)
	}
	uid, uidErr := strconv.ParseUint(u.Uid, 10, 32)
	gid, gidErr := strconv.ParseUint(u.Gid, 10, 32)
	if err := errors.Join(uidErr, gidErr); err != nil {
		return err
	}
	s.as = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return os.Chown(s.Dir, int(uid), int(gid))
}

func (s *Server) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(s.bin, name), args...)
	cmd.Dir = s.Dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: s.as}
	cmd.Env = append(os.Environ(), "LC_ALL=C")
	return cmd
}

// Configure adds lines to postgresql.conf, which count from the next start on.
func (s *Server) Configure(lines ...string) error { return s.add("postgresql.conf", lines) }

// Trust replaces the rules of who is let in: pg_hba.conf.
func (s *Server) Trust(lines ...string) error {
	return s.Write("pg_hba.conf", []byte(strings.Join(lines, "\n")+"\n"))
}

// Write puts a file into the server's folder, for its eyes alone.
func (s *Server) Write(name string, text []byte) error {
	place := filepath.Join(s.Dir, name)
	if err := os.WriteFile(place, text, 0o600); err != nil {
		return err
	}
	if s.as == nil {
		return nil
	}
	return os.Chown(place, int(s.as.Uid), int(s.as.Gid))
}

func (s *Server) add(name string, lines []string) error {
	f, err := os.OpenFile(filepath.Join(s.Dir, name), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteString(strings.Join(lines, "\n") + "\n")
	return errors.Join(err, f.Close())
}

// Start starts the server and waits until it answers.
func (s *Server) Start() error {
	s.server = s.command("postgres", "-D", s.Dir)
	var said strings.Builder
	s.server.Stdout, s.server.Stderr = &said, &said
	if err := s.server.Start(); err != nil {
		return err
	}
	for range 300 {
		if s.command("pg_isready", "-q", "-h", "127.0.0.1", "-p", strconv.Itoa(s.Port), "-t", "1").Run() == nil {
			return nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	return errors.Join(fmt.Errorf("the server does not answer: %s", said.String()), s.Kill())
}

// Retire has the server let nobody in any more, and end when the last one has left.
func (s *Server) Retire() error { return s.server.Process.Signal(syscall.SIGTERM) }

// Kill ends the server at once, as if the power failed, with all its processes.
func (s *Server) Kill() error {
	if s.server == nil {
		return nil
	}
	// Immediate: every process ends without tidying up.
	err := s.server.Process.Signal(syscall.SIGQUIT)
	var exit *exec.ExitError
	if waiting := s.server.Wait(); waiting != nil && !errors.As(waiting, &exit) {
		err = errors.Join(err, waiting)
	}
	s.server = nil
	return err
}

// Suspend stops the server in the middle of whatever it does: it holds its connections and says nothing. Resume has it go
// on. Each process of it is signaled, since they are not a group of their own.
func (s *Server) Suspend() error { return s.signalAll(syscall.SIGSTOP) }

// Resume has a suspended server go on.
func (s *Server) Resume() error { return s.signalAll(syscall.SIGCONT) }

func (s *Server) signalAll(sig syscall.Signal) error {
	pid := s.server.Process.Pid
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", pid, pid))
	if err != nil {
		return err
	}
	err = s.server.Process.Signal(sig)
	for child := range strings.FieldsSeq(string(raw)) {
		n, bad := strconv.Atoi(child)
		if err = errors.Join(err, bad); bad == nil {
			err = errors.Join(err, syscall.Kill(n, sig))
		}
	}
	return err
}

// Reload has the server read its settings anew.
func (s *Server) Reload() error { return s.server.Process.Signal(syscall.SIGHUP) }

func (s *Server) remove() error { return errors.Join(s.Kill(), os.RemoveAll(s.Dir)) }

// URL is the address of a database, for somebody.
func (s *Server) URL(database, who string) string {
	u := url.URL{Scheme: "postgres", User: url.User(who), Host: net.JoinHostPort("127.0.0.1", strconv.Itoa(s.Port)), Path: "/" + database}
	return u.String()
}

// SQL runs statements as the superuser.
func (s *Server) SQL(database string, statements ...string) error {
	for _, text := range statements {
		out, err := s.command("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", s.URL(database, Superuser), "-c", text).CombinedOutput()
		if err != nil {
			return fmt.Errorf("%s: %w: %s", text, err, out)
		}
	}
	return nil
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	return l.Addr().(*net.TCPAddr).Port, l.Close()
}
