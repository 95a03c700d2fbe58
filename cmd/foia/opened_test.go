//go:build unix

package main

import (
	"bytes"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"

	"foia/internal/store/pgtest"
	"foia/internal/workspace"
)

// A command connects to the log once, whatever it reads before it writes and after.
func TestLogIsOpenedOnce(t *testing.T) {
	s := newsroom(t)
	if err := s.SQL("postgres", "CREATE DATABASE once TEMPLATE model"); err != nil {
		t.Fatal(err)
	}
	var connections atomic.Int32 // counted by the proxy
	proxy := pgtest.NewProxy(t, s, func(int) pgtest.Fault { connections.Add(1); return pgtest.Fault{} })
	t.Setenv(workspace.DatabaseVariable, fmt.Sprintf("%s?sslmode=disable", s.URL("once", "ana")))
	k := newKillable(t, map[string]string{"answers.yaml": faultAnswers, "scan.txt": "What the agency sent.\n",
		"list.csv": "Office,Address,City,State,ZIP\nSpringfield Police Department,1 Main St,Springfield,IL,62701\n",
		"ask.yaml": "subject: Cameras\nrecords: [The camera contracts in force on January 20, 2025]\n"})
	t.Setenv(workspace.DatabaseVariable, proxy.URL("once", "ana"))
	t.Chdir(k.dir)
	for _, line := range []string{
		"new request --to irs --answers answers.yaml --set subject=Phones --force test --on 2025-04-07",
		"record 2025-0001 sent --on 2025-04-08 --by portal",
		"record 2025-0001 acknowledged --on 2025-04-09 --tracking F-1 --attach scan.txt",
		"record 2025-0001 referred --on 2025-04-10 --to treasury-do",
		"letter 2025-0001 preservation --set reason=Automatic_deletion --on 2025-05-01",
		"letter 2025-0001",
		"assign 2025-0001 ben",
		"tag 2025-0001 --add spring",
		"private 2025-0001",
		"public 2025-0001",
		"batch list.csv --template public-records --answers ask.yaml --name once",
		"batch list.csv --template public-records --answers ask.yaml --name once",
		"record --campaign once sent --on 2026-11-23 --by mail",
		"record --campaign once reminded --on 2026-11-23 --by mail --dry-run",
		"letter --campaign once status",
		"campaign show once",
		"log", "show 2025-0001", "due", "next", "explain 2025-0001", "verify", "log export",
		"paper 2025-0001 text", "packet 2025-0001 --out packet.pdf", "fetch 2025-0001",
	} {
		connections.Store(0)
		a := testApp()
		var out, said bytes.Buffer
		a.in, a.out, a.err = strings.NewReader(""), &out, &said
		code := run(strings.Fields(line), a)
		if n := connections.Load(); n != 1 {
			t.Errorf("foia %s opened the log %d times\n%s%s", line, n, &out, &said)
		} else if code != exitDone {
			t.Errorf("foia %s: exit code %d\n%s%s", line, code, &out, &said)
		}
	}
}
