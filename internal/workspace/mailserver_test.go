package workspace

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// What is not said of the mail server has a default; a server on this machine needs no encryption.
func TestMailServer(t *testing.T) {
	for _, host := range []string{"imap.example.org", "127.0.0.1", "::1", "localhost"} {
		text := "imap:\n  host: '" + host + "'\n  user: ana@example.org\n"
		if host != "imap.example.org" {
			text += "  security: none\n"
		}
		c, err := ParseConfig(ConfigFile, []byte(text))
		if err != nil || c.Mail.Mailbox != "INBOX" || !c.Mail.Named() {
			t.Errorf("%s: %+v, %v", host, c.Mail, err)
		}
	}
	if c, err := ParseConfig(ConfigFile, []byte("paper: letter\n")); err != nil || c.Mail.Named() {
		t.Errorf("%+v, %v", c.Mail, err)
	}
}

// A key that is misspelt, and holds a password, is not repeated.
func TestMailPasswordIsNotRepeated(t *testing.T) {
	for _, key := range []string{"password", "pasword", "Password", "pass"} {
		_, err := ParseConfig(ConfigFile, []byte("imap:\n  host: imap.example.org\n  user: ana\n  "+key+": hunter2\n"))
		if err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: %v", key, err)
		}
	}
}

// The password is that of the environment, else the first line of a file that nobody else may read.
func TestMailPassword(t *testing.T) {
	w := &Workspace{Dir: t.TempDir()}
	file := filepath.Join(w.Dir, "password")
	for _, row := range []struct {
		name, variable, text string
		mode                 os.FileMode
		want, words          string
	}{
		{"nothing", "", "", 0, "", ""},
		{"environment", "a b", "", 0, "a b", ""},
		{"environment first", "a", "b\n", 0o600, "a", ""},
		{"file", "", " b c \r\nmore\n", 0o600, " b c ", ""},
		{"file without an end", "", "b", 0o400, "b", ""},
		{"empty", "", "\nb\n", 0o600, "", "empty first line"},
		{"too open", "", "b\n", 0o644, "", "others on this machine may read"},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Setenv(MailPassword, row.variable)
			t.Setenv(MailPassfile, "")
			if row.mode != 0 {
				t.Setenv(MailPassfile, file)
				if err := os.WriteFile(file, []byte(row.text), 0o600); err != nil {
					t.Fatal(err)
				}
				if err := os.Chmod(file, row.mode); err != nil {
					t.Fatal(err)
				}
				defer func() {
					if err := os.Remove(file); err != nil {
						t.Error(err)
					}
				}()
			}
			if row.name == "too open" && runtime.GOOS == "windows" {
				row.want, row.words = "b", "" // no mode says so there
			}
			got, ok, err := w.MailPassword()
			if got != row.want || ok != (row.want != "") || (err == nil) != (row.words == "") ||
				err != nil && (!strings.Contains(err.Error(), row.words) || strings.Contains(err.Error(), "b c")) {
				t.Errorf("%q, %v, %v", got, ok, err)
			}
		})
	}
	t.Setenv(MailPassword, "")
	t.Setenv(MailPassfile, filepath.Join(w.Dir, "none"))
	if _, _, err := w.MailPassword(); err == nil || !strings.Contains(err.Error(), "cannot be read") {
		t.Error(err)
	}
}

// A file that should vouch for the server, and does not.
func TestMailAuthority(t *testing.T) {
	w := &Workspace{Dir: t.TempDir()}
	if pool, err := w.MailAuthority(); pool != nil || err != nil {
		t.Error(pool, err)
	}
	w.Config.Mail.Certificate = "authority.pem"
	if _, err := w.MailAuthority(); err == nil || !strings.Contains(err.Error(), "authority.pem") {
		t.Error(err)
	}
	if err := os.WriteFile(w.Path("authority.pem"), []byte("hello"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := w.MailAuthority(); err == nil || !strings.Contains(err.Error(), "it holds none") {
		t.Error(err)
	}
}
