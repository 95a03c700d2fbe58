package main

import (
	"fmt"
	"os"
	"strings"
	"syscall"

	"github.com/rogpeppe/go-internal/testscript"

	"foia/internal/terminal/terminaltest"
)

func init() { scriptCommands["terminal"] = inScreen }

// terminal COLUMNSxROWS KEYS ARG... runs foia in a terminal of that size, at which somebody does
// what the file KEYS says, a line each:
//
//	see TEXT      wait until the screen shows it
//	type TEXT     type it, and Enter
//	press KEY...  press keys by their names (terminaltest.Keys)
//	paste FILE    paste a file, as a terminal that knows pasting does
//	resize CxR    give the terminal another size
//
// Its standard output is what was on the screen whenever something was seen, and at the end.
func inScreen(ts *testscript.TestScript, neg bool, args []string) {
	columns, rows := 0, 0
	if len(args) < 2 {
		ts.Fatalf("usage: terminal COLUMNSxROWS KEYS ARG...")
	}
	_, err := fmt.Sscanf(args[0], "%dx%d", &columns, &rows)
	ts.Check(err)
	keys := ts.ReadFile(args[1])
	theProcess.Lock()
	defer theProcess.Unlock()
	back, err := enter(ts)
	ts.Check(err)
	screen, err := terminaltest.New(columns, rows)
	ts.Check(err)
	code := make(chan int, 1)
	go func() {
		a := testApp()
		a.in, a.out, a.err = screen.TTY, screen.TTY, screen.TTY
		code <- run(args[2:], a)
	}()
	var failed error
	for line := range strings.Lines(keys) {
		if failed = doAtScreen(ts, screen, strings.TrimSpace(line)); failed != nil {
			_ = screen.Type(terminaltest.Keys["ctrl-c"]) // so that the program ends
			break
		}
	}
	ended, err := screen.Ended(code)
	if failed == nil {
		failed = err
	}
	if err != nil {
		ts.Check(back())
		ts.Fatalf("%v", failed)
	}
	text, err := screen.Close()
	ts.Check(back())
	fmt.Fprintf(ts.Stdout(), "%s\n", text)
	if failed != nil {
		ts.Fatalf("%v", failed)
	}
	ts.Check(err)
	if (ended != exitDone) != neg {
		ts.Fatalf("exit code %d:\n%s", ended, text)
	}
}

func doAtScreen(ts *testscript.TestScript, screen *terminaltest.Screen, line string) error {
	what, rest, _ := strings.Cut(line, " ")
	switch what {
	case "", "#":
		return nil
	case "see":
		err := screen.Wait(rest)
		fmt.Fprintf(ts.Stdout(), "%s\n%s\n", screen.Text(), strings.Repeat("=", 20))
		return err
	case "type":
		return screen.Type(rest + "\r")
	case "press":
		for name := range strings.FieldsSeq(rest) {
			key, ok := terminaltest.Keys[name]
			if !ok && len(name) == 1 {
				key, ok = name, true
			}
			if !ok {
				return fmt.Errorf("no key is called %s", name)
			}
			if err := screen.Type(key); err != nil {
				return err
			}
		}
		return nil
	case "paste":
		raw, err := os.ReadFile(ts.MkAbs(rest))
		if err != nil {
			return err
		}
		return screen.Type("\x1b[200~" + strings.ReplaceAll(string(raw), "\n", "\r") + "\x1b[201~")
	case "resize":
		columns, rows := 0, 0
		if _, err := fmt.Sscanf(rest, "%dx%d", &columns, &rows); err != nil {
			return err
		}
		if err := screen.Resize(columns, rows); err != nil {
			return err
		}
		return syscall.Kill(os.Getpid(), syscall.SIGWINCH) // it is not this process's own terminal, whose system tells it
	}
	return fmt.Errorf("nobody knows how to %s", line)
}
