package main

import (
	"fmt"
	"os"
	"strconv"
	"sync"

	"github.com/rogpeppe/go-internal/testscript"

	"foia/internal/post/posttest"
)

// sendServers are those of the scripts that run, by their folders.
var sendServers = struct {
	sync.Mutex
	of map[string]*posttest.Server
}{of: map[string]*posttest.Server{}}

// faultsByName are what scripts call what a server does wrong.
var faultsByName = map[string]posttest.Fault{"none": posttest.None, "refuse-to": posttest.RefuseTo, "defer-to": posttest.DeferTo,
	"drop-at-from": posttest.DropAtFrom, "drop-after": posttest.DropAfter, "refuse-after": posttest.RefuseAfter}

// sendServer is what scripts have of a server that takes mail. send-server starts one for a script; foia.yaml then names it.
// send-server fault NAME… says what it does with the next messages, the last of them with all others; send-server has N holds it to
// having so many; send-server save N FILE writes one into a file.
func sendServer(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) == 0 {
		startSendServer(ts)
		return
	}
	sendServers.Lock()
	s := sendServers.of[ts.Getenv("WORK")]
	sendServers.Unlock()
	switch args[0] {
	case "fault":
		first := -1
		s.Next = func(n int) posttest.Fault {
			if first < 0 {
				first = n
			}
			return faultsByName[args[1:][min(n-first, len(args)-2)]]
		}
	case "has":
		if got := s.Got(); strconv.Itoa(len(got)) != args[1] {
			ts.Fatalf("the server has %d messages", len(got))
		}
	case "save":
		n, err := strconv.Atoi(args[1])
		ts.Check(err)
		ts.Check(os.WriteFile(ts.MkAbs(args[2]), s.Got()[n-1].Data, 0o600))
	default:
		ts.Fatalf("send-server %s is unknown", args[0])
	}
}

func startSendServer(ts *testscript.TestScript) {
	s, err := posttest.New(nil)
	ts.Check(err)
	dir := ts.Getenv("WORK")
	sendServers.Lock()
	sendServers.of[dir] = s
	sendServers.Unlock()
	ts.Defer(func() {
		_ = s.Close() // the script is over
		sendServers.Lock()
		delete(sendServers.of, dir)
		sendServers.Unlock()
	})
	ts.Check(os.WriteFile(ts.MkAbs("sending.pem"), s.Public, 0o600))
	settings, err := os.OpenFile(ts.MkAbs("foia.yaml"), os.O_APPEND|os.O_WRONLY, 0)
	ts.Check(err)
	_, err = fmt.Fprintf(settings, "\nsmtp:\n  host: 127.0.0.1\n  port: %d\n  user: %s\n  certificate: sending.pem\n  rate: none\n", s.Port,
		posttest.User)
	ts.Check(err)
	ts.Check(settings.Close())
	ts.Setenv("SEND_PASSWORD", posttest.Password)
}
