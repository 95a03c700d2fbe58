//go:build unix

package posttest

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

	"foia/internal/imap/imaptest"
)

// Postfix is a real server, in a folder of its own and on free ports, that is gone afterwards. It asks a real Dovecot who may send,
// keeps what goes to agency.example.gov and to example.org, and takes what goes to bounce.example.gov before it hears from there
// that nobody has that address.
type Postfix struct {
	imaptest.Certificate
	Port int // with TLS from the first byte
	Open int // with STARTTLS
	Dir  string

	far    *Server // where bounce.example.gov is
	server *exec.Cmd
}

// daemons is where Debian has the programs of Postfix.
const daemons = "/usr/lib/postfix/sbin"

// missing says why there is no Postfix for tests.
func missing() string {
	if _, err := os.Stat(filepath.Join(daemons, "master")); err != nil {
		return "there is no Postfix on this machine: install postfix"
	}
	if os.Geteuid() != 0 {
		return "Postfix changes to accounts of its own, which only root can"
	}
	return ""
}

// StartPostfix starts a server. Without one the test is skipped; under FOIA_CI=1 that is a failure.
func StartPostfix(t testing.TB) *Postfix {
	t.Helper()
	switch why := missing(); {
	case why != "" && os.Getenv("FOIA_CI") == "1":
		t.Fatal(why)
	case why != "":
		t.Skip(why)
	}
	p := &Postfix{far: Start(t, nil)}
	p.far.Anybody, p.far.Next = true, func(int) Fault { return RefuseTo }
	users := imaptest.StartDovecot(t)
	var err error
	if p.Dir, err = os.MkdirTemp("", "foia-postfix-"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(p.stop(), os.RemoveAll(p.Dir)); err != nil {
			t.Error(err)
		}
	})
	if err := errors.Join(p.settle(users.Auth()), p.start()); err != nil {
		t.Fatal(err)
	}
	return p
}

// settings are those of Postfix 3.5 and later.
const settings = `compatibility_level = 2
queue_directory = %[1]s/spool
data_directory = %[1]s/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.example.org
mydestination =
local_recipient_maps =
alias_maps =
mynetworks =
virtual_mailbox_domains = example.org, agency.example.gov
virtual_mailbox_base = %[1]s/mail
virtual_mailbox_maps = static:box/
virtual_minimum_uid = 1
virtual_uid_maps = static:%[2]s
virtual_gid_maps = static:%[3]s
relay_domains = bounce.example.gov
transport_maps = inline:{bounce.example.gov=smtp:[127.0.0.1]:%[4]d}
smtp_tls_security_level = none
maillog_file = %[1]s/log
maillog_file_prefixes = %[1]s
smtpd_tls_cert_file = %[1]s/public.pem
smtpd_tls_key_file = %[1]s/key.pem
smtpd_tls_security_level = encrypt
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = %[5]s
smtpd_recipient_restrictions = permit_sasl_authenticated, reject
message_size_limit = 1000000
`

// services are those that run, in no cage but the one that Postfix needs none of.
const services = `127.0.0.1:%d inet n - n - - smtpd
127.0.0.1:%d inet n - n - - smtpd -o smtpd_tls_wrappermode=yes
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
pickup unix n - n 60 1 pickup
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
`

// settle writes the server's folder.
func (p *Postfix) settle(auth string) (err error) {
	if p.Certificate, err = imaptest.Certify("127.0.0.1"); err != nil {
		return err
	}
	var open, safe error
	p.Open, open = freePort()
	p.Port, safe = freePort()
	account, unknown := user.Lookup("postfix")
	if err := errors.Join(open, safe, unknown); err != nil {
		return err
	}
	uid, uidErr := strconv.Atoi(account.Uid)
	gid, gidErr := strconv.Atoi(account.Gid)
	if err := errors.Join(uidErr, gidErr, os.Chmod(p.Dir, 0o755)); err != nil {
		return err
	}
	for _, name := range []string{"spool", "data", "mail"} {
		if err := os.Mkdir(filepath.Join(p.Dir, name), 0o755); err != nil {
			return err
		}
	}
	for _, name := range []string{"data", "mail"} {
		if err := os.Chown(filepath.Join(p.Dir, name), uid, gid); err != nil {
			return err
		}
	}
	for name, text := range map[string]string{"public.pem": string(p.Public), "key.pem": string(p.Key),
		"main.cf":   fmt.Sprintf(settings, p.Dir, account.Uid, account.Gid, p.far.Open, auth),
		"master.cf": fmt.Sprintf(services, p.Open, p.Port)} {
		if err := os.WriteFile(filepath.Join(p.Dir, name), []byte(text), 0o600); err != nil {
			return err
		}
	}
	out, err := exec.Command("/usr/sbin/postfix", "-c", p.Dir, "check").CombinedOutput() // which makes the folders of its queue
	if err != nil {
		return fmt.Errorf("%w: %s", err, out)
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

// start starts the server and waits until it answers.
func (p *Postfix) start() error {
	p.server = exec.Command(filepath.Join(daemons, "master"), "-c", p.Dir, "-d")
	p.server.Env = append(os.Environ(), "MAIL_CONFIG="+p.Dir)
	var said strings.Builder
	p.server.Stdout, p.server.Stderr = &said, &said
	if err := p.server.Start(); err != nil {
		p.server = nil
		return err
	}
	for range 500 {
		if c, err := net.Dial("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(p.Port))); err == nil {
			return c.Close()
		}
		time.Sleep(20 * time.Millisecond)
	}
	return errors.Join(fmt.Errorf("the server does not answer: %s%s", said.String(), p.Log()), p.stop())
}

// stop ends the server, if it runs, and what it has started.
func (p *Postfix) stop() error {
	if p.server == nil {
		return nil
	}
	if err := p.server.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	err := p.server.Wait()
	p.server = nil
	var ended *exec.ExitError
	if errors.As(err, &ended) { // by the signal
		return nil
	}
	return err
}

// Log is what the server wrote down.
func (p *Postfix) Log() string {
	raw, err := os.ReadFile(filepath.Join(p.Dir, "log"))
	if err != nil {
		return err.Error()
	}
	return string(raw)
}

// Box is the folder with the messages that were delivered, when there are so many.
func (p *Postfix) Box(t testing.TB, messages int) (dir string) {
	t.Helper()
	dir = filepath.Join(p.Dir, "mail", "box", "new")
	for range 500 {
		if entries, err := os.ReadDir(dir); err == nil && len(entries) >= messages {
			return dir
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatalf("%d messages were not delivered: %s", messages, p.Log())
	return ""
}
