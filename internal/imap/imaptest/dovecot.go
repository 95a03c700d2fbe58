//go:build unix

package imaptest

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// Dovecot is a real server with one account, in a folder of its own and on free ports, that is gone afterwards.
type Dovecot struct {
	Certificate
	Port int // from the first byte with TLS
	Open int // without, and with STARTTLS
	Dir  string

	as     *syscall.Credential // root may not be whom mail belongs to
	server *exec.Cmd
}

// program is where Debian, or the search path, has Dovecot.
func program() string {
	if p, err := exec.LookPath("dovecot"); err == nil {
		return p
	}
	const debian = "/usr/sbin/dovecot"
	if _, err := os.Stat(debian); err == nil {
		return debian
	}
	return ""
}

// missing says why there is no Dovecot for tests. Version 2.4 has other settings than 2.3, which Debian 12 has.
func missing() (why string, err error) {
	if program() == "" {
		return "there is no Dovecot on this machine: install dovecot-imapd", nil
	}
	version, err := exec.Command(program(), "--version").Output()
	if err == nil && !strings.HasPrefix(string(version), "2.3.") {
		why = "the tests have settings for Dovecot 2.3, and this machine has " + strings.TrimSpace(string(version))
	}
	return why, err
}

// StartDovecot starts a server with an empty INBOX, a Maildir. Without one the test is skipped; under FOIA_CI=1
// that is a failure.
func StartDovecot(t testing.TB) *Dovecot {
	t.Helper()
	why, err := missing()
	switch {
	case err != nil:
		t.Fatal(err)
	case why != "" && os.Getenv("FOIA_CI") == "1":
		t.Fatal(why)
	case why != "":
		t.Skip(why)
	}
	d := &Dovecot{}
	if d.Dir, err = os.MkdirTemp("", "foia-dovecot-"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(d.Stop(), os.RemoveAll(d.Dir)); err != nil {
			t.Error(err)
		}
	})
	if err := errors.Join(d.leaveRoot(), d.settle()); err != nil {
		t.Fatal(err)
	}
	if err := d.Start(); err != nil {
		t.Fatal(err)
	}
	return d
}

// leaveRoot has the server run as Debian's account for it if the test runs as root.
func (d *Dovecot) leaveRoot() error {
	if os.Geteuid() != 0 {
		return nil
	}
	u, err := user.Lookup("dovecot")
	if err != nil {
		return fmt.Errorf("mail may not belong to root, and there is no account for it: %w", err)
	}
	uid, uidErr := strconv.ParseUint(u.Uid, 10, 32)
	gid, gidErr := strconv.ParseUint(u.Gid, 10, 32)
	d.as = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return errors.Join(uidErr, gidErr)
}

// settings are those of Dovecot 2.3. Everything runs as one account, in no cage.
const settings = `base_dir = %[1]s/run
state_dir = %[1]s/run
log_path = %[1]s/log
protocols = imap
listen = 127.0.0.1
default_internal_user = %[2]s
default_internal_group = %[3]s
default_login_user = %[2]s
first_valid_uid = 1
ssl = yes
ssl_cert = <%[1]s/public.pem
ssl_key = <%[1]s/key.pem
disable_plaintext_auth = yes
mail_location = maildir:%[1]s/mail
mail_fsync = never
auth_failure_delay = 0
passdb {
  driver = passwd-file
  args = scheme=plain %[1]s/users
}
userdb {
  driver = static
  args = uid=%[2]s gid=%[3]s home=%[1]s
}
service imap-login {
  chroot =
  inet_listener imap {
    port = %[4]d
  }
  inet_listener imaps {
    port = %[5]d
    ssl = yes
  }
}
auth_mechanisms = plain login scram-sha-256
service auth {
  unix_listener %[1]s/auth {
    mode = 0666
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
`

// Auth is where other servers of this machine ask who may come in.
func (d *Dovecot) Auth() string { return filepath.Join(d.Dir, "auth") }

// settle writes the server's folder.
func (d *Dovecot) settle() (err error) {
	if d.Certificate, err = Certify("127.0.0.1"); err != nil {
		return err
	}
	var open, safe error
	d.Open, open = freePort()
	d.Port, safe = freePort()
	if err := errors.Join(open, safe); err != nil {
		return err
	}
	uid, gid := strconv.Itoa(os.Geteuid()), strconv.Itoa(os.Getegid())
	if d.as != nil {
		uid, gid = strconv.Itoa(int(d.as.Uid)), strconv.Itoa(int(d.as.Gid))
	}
	u, err := user.LookupId(uid)
	if err != nil {
		return err
	}
	g, err := user.LookupGroupId(gid)
	if err != nil {
		return err
	}
	for _, name := range []string{"run", "mail", "mail/new", "mail/cur", "mail/tmp"} {
		if err := os.Mkdir(filepath.Join(d.Dir, name), 0o700); err != nil {
			return err
		}
	}
	for name, text := range map[string]string{"public.pem": string(d.Public), "key.pem": string(d.Key),
		"users":        User + ":{PLAIN}" + Password + "\n",
		"dovecot.conf": fmt.Sprintf(settings, d.Dir, u.Username, g.Name, d.Open, d.Port)} {
		if err := os.WriteFile(filepath.Join(d.Dir, name), []byte(text), 0o600); err != nil {
			return err
		}
	}
	return errors.Join(os.Chmod(d.Dir, 0o711), d.own()) // for those who ask at Auth
}

// own gives everything in the folder to the server.
func (d *Dovecot) own() error {
	if d.as == nil {
		return nil
	}
	return filepath.WalkDir(d.Dir, func(path string, _ os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Chown(path, int(d.as.Uid), int(d.as.Gid))
	})
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	return l.Addr().(*net.TCPAddr).Port, l.Close()
}

// Start starts the server and waits until it answers.
func (d *Dovecot) Start() error {
	d.server = exec.Command(program(), "-F", "-c", filepath.Join(d.Dir, "dovecot.conf"))
	d.server.Dir = d.Dir
	d.server.SysProcAttr = &syscall.SysProcAttr{Credential: d.as}
	var said strings.Builder
	d.server.Stdout, d.server.Stderr = &said, &said
	if err := d.server.Start(); err != nil {
		d.server = nil
		return err
	}
	for range 300 {
		if c, err := net.Dial("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(d.Port))); err == nil {
			return c.Close()
		}
		time.Sleep(20 * time.Millisecond)
	}
	return errors.Join(fmt.Errorf("the server does not answer: %s%s", said.String(), d.Log()), d.Stop())
}

// Stop ends the server, if it runs, and what it has started.
func (d *Dovecot) Stop() error {
	if d.server == nil {
		return nil
	}
	if err := d.server.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	err := d.server.Wait()
	d.server = nil
	var ended *exec.ExitError
	if errors.As(err, &ended) { // by the signal
		return nil
	}
	return err
}

// Log is what the server wrote down.
func (d *Dovecot) Log() string {
	raw, err := os.ReadFile(filepath.Join(d.Dir, "log"))
	if err != nil {
		return err.Error()
	}
	return string(raw)
}

// Add delivers messages, as a mail system does: each is a file in new. at is when they came.
func (d *Dovecot) Add(at time.Time, texts ...string) error {
	for i, text := range texts {
		name := filepath.Join(d.Dir, "mail", "new", fmt.Sprintf("%d.%06d.test", at.Unix(), i))
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			return err
		}
		if err := os.Chtimes(name, at, at); err != nil {
			return err
		}
		if d.as != nil {
			if err := os.Chown(name, int(d.as.Uid), int(d.as.Gid)); err != nil {
				return err
			}
		}
	}
	return nil
}

// Renumber has the server forget the numbers that it gave; it must not be running.
func (d *Dovecot) Renumber() error {
	files, err := filepath.Glob(filepath.Join(d.Dir, "mail", "dovecot*"))
	for _, name := range files {
		err = errors.Join(err, os.RemoveAll(name))
	}
	return err
}
