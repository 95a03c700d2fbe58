package architecture

import (
	"regexp"
	"strings"
	"testing"
)

// What opens a connection, or waits for one: of the standard library, and of the drivers.
var connects = regexp.MustCompile(`\b(net\.(Dial|Listen|Resolver|Lookup)\w*|tls\.(Dial|Dialer|DialWithDialer|Listen|Client)\(|` +
	`http\.(Get|Head|Post|PostForm|Client|DefaultClient|Transport|DefaultTransport|NewRequest|Serve|ListenAndServe)\b|` +
	`textproto\.(Dial|NewConn)|smtp\.(Dial|NewClient|SendMail|NewServer)\w*|` +
	`gokeyring\.(Get|Set)|rpc\.(Dial|Serve|Listen)|syslog\.\w|stdlib\.(OpenDB|Open)|pgx\.Connect|imapclient\.(New|Dial)\w*)`)

// Nothing leaves the machine but by a command that says so: send, inbox --imap, and the database that the user names. The desk is
// for a browser on it, and the keyring is the system's own: who may connect is listed here. TestOnlyWhatSaysSoConnects of
// cmd/foia runs the commands.
func TestConnections(t *testing.T) {
	may := map[string]string{
		"internal/store/postgres.go": "the database",
		"internal/imap/imap.go":      "the mail server",
		"internal/post/":             "the mail server that sends",
		"internal/keyring/":          "the keyring of the system, by its own bus",
		"internal/web/server.go":     "the desk, where it listens on this machine",
		"internal/web/entry.go":      "the desk that is open on this machine, to see whether it is",
		"internal/store/pgtest/":     "a server for tests",
		"internal/imap/imaptest/":    "a server for tests",
	}
	found := map[string]bool{}
	eachFile(t, []string{".go"}, func(name string, source []byte) {
		if strings.HasSuffix(name, "_test.go") {
			return
		}
		text := string(source)
		if strings.Contains(text, "imap.Open(") && name != "cmd/foia/inbox_imap.go" {
			t.Errorf("%s connects to the mail server: only the flag that says so does", name)
		}
		if strings.Contains(text, ".Deliver(") && name != "internal/correspondence/send.go" ||
			strings.Contains(text, "account.Deliver") && !strings.HasPrefix(name, "cmd/foia/send") {
			t.Errorf("%s hands letters to the mail server: only the command that says so does", name)
		}
		what := connects.FindString(text)
		if what == "" {
			return
		}
		for place := range may {
			if strings.HasPrefix(name, place) {
				found[place] = true
				return
			}
		}
		t.Errorf("%s connects to somebody (%s): nothing leaves the machine but by a command that says so", name, what)
	})
	for place, what := range may {
		if !found[place] {
			t.Errorf("%s does not connect to %s any more: take it out", place, what)
		}
	}
}
