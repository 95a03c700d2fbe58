//go:build unix

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"foia/internal/longtest"
	"foia/internal/store/pgtest"
	"foia/internal/workspace"
)

// Commands reach their database over a network that cuts, delays and swallows at
// random. What they report is what the log holds afterwards: what they said is done is
// there once, what they said changed nothing is not there, and what nobody knew is
// settled by the same command, run again.
//
// FOIA_FAULT_COMMANDS is how many commands are run, FOIA_FAULT_SEED repeats a run:
//
//	FOIA_FAULT_COMMANDS=1000 go test ./cmd/foia -run TestFaults -v -timeout 60m
func TestFaults(t *testing.T) {
	commands := number(t, "FOIA_FAULT_COMMANDS", longtest.Count(8, 40))
	seed := number(t, "FOIA_FAULT_SEED", int(time.Now().UnixNano()%1_000_000))
	t.Logf("seed %d", seed)
	st := newStorm(t, uint64(seed))
	for i := range commands {
		switch {
		case i%20 == 10:
			st.killAtCommit(st.next(i))
		case i%200 == 150: // takes a minute
			st.darkAtCommit(st.next(i))
		default:
			st.settle(st.next(i))
		}
	}
	st.calm.Store(true)
	for last := st.next(commands); !last.done; {
		st.settle(last)
	}
	st.compare()
	t.Logf("%d commands: %d done at once, %d failed and changed nothing, %d were not known or killed, of which %d were there; %d "+
		"connections, %d with a fault",
		commands, st.done, st.failed, st.unknown, st.found, st.connections, st.faults)
}

// storm is a folder, and the way from there to the database.
type storm struct {
	*killable
	random *rand.Rand
	direct string // the address of the database without the proxy
	orders []*order
	ids    []string // of requests that are there

	calm atomic.Bool // no fault
	dark atomic.Bool // nothing gets through
	trap atomic.Pointer[pgtest.Fault]

	done, failed, unknown, found int
	connections, faults          int
}

// order is one command, told from all others by a mark in what it writes.
type order struct {
	args    []string
	mark    string
	id      string // the request; of a new one, what the command said
	isNew   bool
	done    bool // the command said so
	unknown bool // it could not say
}

func newStorm(t *testing.T, seed uint64) *storm {
	s := newsroom(t)
	if err := s.SQL("postgres", "CREATE DATABASE faults TEMPLATE model"); err != nil {
		t.Fatal(err)
	}
	st := &storm{random: rand.New(rand.NewPCG(seed, 0)), direct: s.URL("faults", "ana")}
	weather := rand.New(rand.NewPCG(seed, 1))
	proxy := pgtest.NewProxy(t, s, func(int) pgtest.Fault { return st.fault(weather) })
	st.killable = newKillable(t, map[string]string{"answers.yaml": faultAnswers, "scan.txt": "What the agency sent.\n"})
	t.Setenv(workspace.DatabaseVariable, proxy.URL("faults", "ana"))
	return st
}

const faultAnswers = `records:
  - title: The contract
    text: The contract with Example Telecom for the toll-free telephone line, with its amendments
date_from: 2025-01-20
date_to: 2025-03-31
`

// fault is what goes wrong with the next connection: nothing with most, since a command
// makes several.
func (st *storm) fault(weather *rand.Rand) pgtest.Fault {
	st.connections++
	switch trap := st.trap.Load(); {
	case st.dark.Load():
		return pgtest.Fault{Refuse: true}
	case trap != nil:
		return *trap
	case st.calm.Load():
		return pgtest.Fault{}
	}
	f := pgtest.Fault{Reset: weather.IntN(2) == 0, Linger: time.Duration(weather.IntN(300)) * time.Millisecond}
	after := 1 + weather.IntN(1<<(4+weather.IntN(13)))
	switch n := weather.IntN(100); {
	case n < 5:
		f.Refuse = true
	case n < 10:
		f.Up = after
	case n < 15:
		f.Down = after
	case n < 17:
		f.Up, f.Swallow = after, true
	case n < 19:
		f.Down, f.Swallow = after, true
	case n < 31:
		f.Commit = pgtest.Moment(1 + weather.IntN(4))
		f.Swallow = n == 19
	case n < 40:
		f.Delay = time.Duration(weather.IntN(20)) * time.Millisecond
	default:
		return f
	}
	st.faults++
	return f
}

var faultOffices = []string{"irs", "dhs-ice", "doj-jmd", "dhs-cbp"}

// next makes up a command.
func (st *storm) next(i int) *order {
	mark := fmt.Sprintf("mark-%d", i)
	o := &order{mark: mark}
	st.orders = append(st.orders, o)
	kind := st.random.IntN(8)
	if kind < 3 || len(st.ids) == 0 {
		o.isNew = true
		o.args = []string{"new", "request", "--to", faultOffices[st.random.IntN(len(faultOffices))], "--answers", "answers.yaml", "--set",
			"subject=" + mark,
			"--force", "many like it", "--json"}
		return o
	}
	o.id = st.ids[st.random.IntN(len(st.ids))]
	switch kind {
	case 3:
		o.args = []string{"assign", o.id, mark, "--json"}
	case 4:
		o.args = []string{"tag", o.id, "--add", mark, "--json"}
	case 5:
		o.args = []string{"record", o.id, "note", "--note", mark, "--attach", "scan.txt", "--json"}
	default:
		o.args = []string{"record", o.id, "note", "--note", mark, "--json"}
	}
	return o
}

// foiaHere runs a command within this process.
func (st *storm) foiaHere(args []string) (code int, out, said string) {
	var stdout, stderr bytes.Buffer
	a := testApp()
	a.in, a.out, a.err = strings.NewReader(""), &stdout, &stderr
	for i, arg := range args {
		if strings.HasSuffix(arg, ".yaml") || strings.HasSuffix(arg, ".txt") {
			args[i] = filepath.Join(st.dir, filepath.Base(arg))
		}
	}
	code = run(append([]string{"-w", st.dir}, args...), a)
	return code, stdout.String(), stderr.String()
}

// settle runs a command until it says what became of it.
func (st *storm) settle(o *order) {
	st.t.Helper()
	for try := 0; ; try++ {
		if try == 200 {
			st.t.Fatalf("%v does not come to an end", o.args)
		}
		code, out, said := st.foiaHere(o.args)
		switch {
		case code == exitDone:
			st.succeeded(o, out)
			return
		case strings.Contains(said, "already in the log") && o.unknown:
			o.done = true
			st.found++
			return
		case strings.Contains(said, "foia does not know whether this was written"):
			st.unknown++
			o.unknown = true
		case !strings.Contains(said, "nothing was changed"):
			st.t.Fatalf("foia %v says neither that it is done nor that nothing was changed: %d\n%s%s", o.args, code, out, said)
		case o.unknown: // what was not known still is not
		default:
			st.failed++
			if st.random.IntN(2) == 0 {
				return
			}
		}
	}
}

// succeeded notes what a command says that it did.
func (st *storm) succeeded(o *order, out string) {
	st.t.Helper()
	o.done = true
	if !o.isNew {
		st.done++
		if o.unknown && strings.Contains(out, `"events": []`) {
			st.found++
		}
		return
	}
	var made []struct {
		ID     string `json:"id"`
		Before bool   `json:"made_before"`
	}
	if err := json.Unmarshal([]byte(out), &made); err != nil || len(made) != 1 || made[0].Before && !o.unknown {
		st.t.Fatalf("%v: %v\n%s", o.args, err, out)
	}
	o.id = made[0].ID
	st.ids = append(st.ids, o.id)
	if made[0].Before {
		st.found++
	} else {
		st.done++
	}
}

// atCommit lays a trap for every connection: the COMMIT reaches the server or not, and
// no answer comes. then is called at that moment.
func (st *storm) atCommit(then func()) {
	st.trap.Store(&pgtest.Fault{Commit: pgtest.Moment(1 + st.random.IntN(4)), Swallow: true, Then: then})
}

// killAtCommit kills the program while it waits for the answer to its COMMIT.
func (st *storm) killAtCommit(o *order) {
	st.t.Helper()
	for killed := false; !killed; {
		reached := make(chan struct{}, 1)
		st.atCommit(func() { reached <- struct{}{} })
		command := st.command(o.args...)
		var said bytes.Buffer
		command.Stderr = &said
		if err := command.Start(); err != nil {
			st.t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- command.Wait() }()
		select {
		case <-reached:
			_ = command.Process.Kill() // it waits for an answer
			killed = true
			<-ended
		case err := <-ended: // on a slow machine it does not get so far
			if !strings.Contains(said.String(), "nothing was changed") {
				st.t.Fatalf("%v: %v\n%s", o.args, err, said.String())
			}
		}
	}
	st.trap.Store(nil)
	o.unknown = true
	st.unknown++
	st.settle(o)
}

// darkAtCommit has the network fail from the COMMIT on, for longer than foia waits.
func (st *storm) darkAtCommit(o *order) {
	st.t.Helper()
	st.atCommit(func() { st.dark.Store(true) })
	code, _, said := st.foiaHere(o.args)
	if code != exitFailed || !strings.Contains(said, "foia does not know whether this was written") {
		st.t.Fatalf("%v: %d\n%s", o.args, code, said)
	}
	st.trap.Store(nil)
	st.dark.Store(false)
	o.unknown = true
	st.unknown++
	st.settle(o)
}
