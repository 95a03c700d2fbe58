package main

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"foia/internal/imap/imaptest"
)

// mailServers are those of the scripts that run, by their folders.
var mailServers = struct {
	sync.Mutex
	of map[string]*imaptest.Memory
}{of: map[string]*imaptest.Memory{}}

// mailServer is what scripts have of a mail server. mail-server starts one for a script; foia.yaml then names it.
// mail-server add FILE… puts messages into its INBOX, all of October 20, 2026; mail-server anew empties it and numbers
// it anew; mail-server stop ends it.
func mailServer(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) == 0 {
		startMailServer(ts)
		return
	}
	mailServers.Lock()
	m := mailServers.of[ts.Getenv("WORK")]
	mailServers.Unlock()
	switch args[0] {
	case "add":
		for _, name := range args[1:] {
			text := strings.ReplaceAll(ts.ReadFile(name), "\n", "\r\n")
			ts.Check(m.Add("INBOX", strings.NewReader(text), int64(len(text)), time.Date(2026, 10, 20, 12, 0, 0, 0, time.UTC)))
		}
	case "anew":
		ts.Check(m.Renumber("INBOX"))
	case "stop":
		ts.Check(m.Close())
	default:
		ts.Fatalf("mail-server %s is unknown", args[0])
	}
}

func startMailServer(ts *testscript.TestScript) {
	m, err := imaptest.NewMemory()
	ts.Check(err)
	dir := ts.Getenv("WORK")
	mailServers.Lock()
	mailServers.of[dir] = m
	mailServers.Unlock()
	ts.Defer(func() {
		_ = m.Close() // the script may have ended it
		mailServers.Lock()
		delete(mailServers.of, dir)
		mailServers.Unlock()
	})
	ts.Check(os.WriteFile(ts.MkAbs("authority.pem"), m.Public, 0o600))
	settings, err := os.OpenFile(ts.MkAbs("foia.yaml"), os.O_APPEND|os.O_WRONLY, 0)
	ts.Check(err)
	_, err = fmt.Fprintf(settings, "\nimap:\n  host: 127.0.0.1\n  port: %d\n  user: %s\n  certificate: authority.pem\n",
		m.Port, imaptest.User)
	ts.Check(err)
	ts.Check(settings.Close())
	ts.Check(os.WriteFile(ts.MkAbs("password"), []byte(imaptest.Password+"\n"), 0o600))
	ts.Setenv("MAIL_PASSWORD", imaptest.Password)
}
