package workspace

import (
	"bufio"
	"crypto/x509"
	"errors"
	"io"
	"net/netip"
	"os"
	"strings"
	"unicode"

	"foia/internal/disk"
	"foia/internal/entered"
	"foia/internal/remedy"
)

// MailServer is an account on an IMAP server, on which answers arrive.
type MailServer struct {
	Host        string `yaml:"host"`
	User        string `yaml:"user"`
	Mailbox     string `yaml:"mailbox"`     // empty: INBOX
	Port        int    `yaml:"port"`        // 0: that of the security
	Security    string `yaml:"security"`    // tls, starttls or none; empty: tls
	Certificate string `yaml:"certificate"` // a file of certificates that vouch for the server; empty: whom this machine trusts

	Password any `yaml:"password"` // is refused: the file is no place for it
}

// NoMailPassword is what to do instead of writing the password of the mail server into a file or a command.
const NoMailPassword = "leave it out: foia asks for it, or takes it from " + MailPassfile + " or " + MailPassword

// The environment variables for the password of the mail server: itself, or a file of which it is the first line.
const (
	MailPassword = "FOIA_IMAP_PASSWORD"
	MailPassfile = "FOIA_IMAP_PASSFILE"
)

// Named tells whether foia.yaml says anything of a mail server.
func (m MailServer) Named() bool {
	m.Password = nil // may hold what cannot be compared
	return m != MailServer{}
}

// checkMail makes sure that what foia.yaml says of the mail server is possible, and that no password is in it.
func (c *Config) checkMail(name string) error {
	m := &c.Mail
	wrong := func(what, do string) error { return &remedy.Error{Where: name, What: "imap: " + what, Do: do} }
	switch {
	case m.Password != nil:
		return wrong("a password does not belong into this file", NoMailPassword)
	case !m.Named():
		return nil
	case !isHost(m.Host):
		return wrong("host is not the name of a server", "write host: imap.example.org, without user, port or imap://")
	case m.User == "":
		return wrong("there is no user", "write user: with the name by which you log in, often your e-mail address")
	}
	if err := checkWay(m.Host, m.Port, m.Security, wrong); err != nil {
		return err
	}
	if m.Mailbox == "" {
		m.Mailbox = "INBOX"
	}
	return nil
}

// checkWay makes sure that a port is possible, and that the way to a server keeps a password from others.
func checkWay(host string, port int, security string, wrong func(what, do string) error) error {
	if port < 0 || port > 65535 {
		return wrong("there is no such port", "leave port out, or write the number that your provider gives")
	}
	switch security {
	case "", "tls", "starttls":
	case "none":
		if !entered.ThisMachine(host) {
			return wrong("security: none would send your password in the clear",
				"write security: tls or security: starttls; none is for a server on this machine")
		}
	default:
		return wrong("security must be tls, starttls or none, not "+security, "leave the line out, which means tls")
	}
	return nil
}

// isHost tells whether a name has the form of a server's.
func isHost(host string) bool {
	other := func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) || r == '/' || r == '@' }
	return host != "" && !strings.ContainsFunc(host, other) && (!strings.Contains(host, ":") || isAddress(host))
}

func isAddress(host string) bool {
	_, err := netip.ParseAddr(host)
	return err == nil
}

// MailPassword is the password of the mail server, if the environment has it, or names a private file for it.
func (*Workspace) MailPassword() (password string, ok bool, err error) {
	return passwordOf(MailPassword, MailPassfile)
}

// passwordOf is the password in an environment variable, or in the first line of the private file that another names.
func passwordOf(variable, passfile string) (password string, ok bool, err error) {
	if password = os.Getenv(variable); password != "" {
		return password, true, nil
	}
	path := os.Getenv(passfile)
	if path == "" {
		return "", false, nil
	}
	wrong := func(what, do string, cause error) (string, bool, error) {
		return "", false, &remedy.Error{What: what, Where: path, Do: do, Cause: cause}
	}
	file, err := os.Open(path)
	if err != nil {
		return wrong("the file with the password of the mail server cannot be read",
			"check "+passfile+", or clear it to type the password", err)
	}
	info, err := file.Stat()
	line, readErr := bufio.NewReader(io.LimitReader(file, mostPassword)).ReadString('\n')
	if errors.Is(readErr, io.EOF) {
		readErr = nil
	}
	if err := errors.Join(err, readErr, file.Close()); err != nil {
		return wrong("the file with the password of the mail server cannot be read",
			"check "+passfile+", or clear it to type the password", err)
	}
	if disk.Open(info) {
		return wrong("others on this machine may read the file with the password of the mail server",
			"make it yours alone, as with chmod 600", nil)
	}
	if password = strings.TrimRight(line, "\r\n"); password == "" {
		return wrong("the file with the password of the mail server has an empty first line", "write the password into its first line", nil)
	}
	return password, true, nil
}

// mostPassword is how much of that file is read.
const mostPassword = 4 << 10

// MailAuthority are the certificates that vouch for the mail server; nil: those that this machine trusts.
func (w *Workspace) MailAuthority() (*x509.CertPool, error) {
	return w.authority("imap", w.Config.Mail.Certificate)
}

func (w *Workspace) authority(of, name string) (*x509.CertPool, error) {
	if name == "" {
		return nil, nil
	}
	wrong := func(where string, cause error) error {
		return &remedy.Error{What: of + ": the certificate cannot be read", Where: where, Cause: cause,
			Do: "name a file of certificates in PEM, or leave certificate out of " + ConfigFile}
	}
	path, err := w.Named(name)
	if err != nil {
		return nil, wrong(name, err)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, wrong(path, err)
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(raw) {
		return nil, wrong(path, errors.New("it holds none"))
	}
	return pool, nil
}
