package terminal

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// patience is how long a test waits for what a terminal shows: the machine may be busy.
const patience = time.Minute

// fake is a terminal that a test sits at: it types into keyboard, and reads what is shown.
type fake struct {
	tty      *os.File // what the program has
	keyboard *os.File
	ended    chan struct{} // nothing more is shown

	mu    sync.Mutex
	shown strings.Builder
}

// newFake opens a pseudo-terminal (pty(7), ioctl_tty(2)).
func newFake(t *testing.T, columns int) *fake {
	t.Helper()
	t.Setenv(columnsVariable, "")
	keyboard, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	number := 0
	control(t, keyboard, func(fd int) (err error) {
		if err = unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0); err == nil {
			number, err = unix.IoctlGetInt(fd, unix.TIOCGPTN)
		}
		return err
	})
	tty, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	f := &fake{tty: tty, keyboard: keyboard, ended: make(chan struct{})}
	f.resize(t, columns)
	go f.watch()
	t.Cleanup(func() {
		_ = keyboard.Close() // the line is cut, also for what still reads
		<-f.ended
		// tty is not closed: the form does not wait for its reader if the command was ended.
	})
	return f
}

// control does something to a file that stays one whose reading ends when it is closed.
func control(t *testing.T, file *os.File, do func(fd int) error) {
	t.Helper()
	conn, err := file.SyscallConn()
	if err != nil {
		t.Fatal(err)
	}
	var failed error
	if err := conn.Control(func(fd uintptr) { failed = do(int(fd)) }); err != nil || failed != nil {
		t.Fatal(err, failed)
	}
}

func (f *fake) resize(t *testing.T, columns int) {
	t.Helper()
	if err := unix.IoctlSetWinsize(int(f.tty.Fd()), unix.TIOCSWINSZ, &unix.Winsize{Row: 40, Col: uint16(columns)}); err != nil {
		t.Fatal(err)
	}
}

func (f *fake) watch() {
	defer close(f.ended)
	buf := make([]byte, 4096)
	for {
		n, err := f.keyboard.Read(buf)
		f.mu.Lock()
		f.shown.Write(buf[:n])
		f.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// face is the program's side.
func (f *fake) face() Terminal {
	return Terminal{In: f.tty, Out: f.tty, Err: f.tty, Now: time.Now}
}

func (f *fake) text() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.shown.String()
}

func (f *fake) keys(t *testing.T, keys string) {
	t.Helper()
	if _, err := f.keyboard.WriteString(keys); err != nil {
		t.Fatal(err)
	}
}

// until waits for what must happen.
func (f *fake) until(t *testing.T, what string, happened func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !happened(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("%s did not happen; shown: %q", what, f.text())
		}
	}
}

// shows waits for a text.
func (f *fake) shows(t *testing.T, text string) {
	t.Helper()
	f.until(t, fmt.Sprintf("%q", text), func() bool { return strings.Contains(f.text(), text) })
}

// echoes tells whether the terminal shows what is typed.
func (f *fake) echoes(t *testing.T) bool {
	t.Helper()
	state, err := unix.IoctlGetTermios(int(f.tty.Fd()), unix.TCGETS)
	if err != nil {
		t.Fatal(err)
	}
	return state.Lflag&unix.ECHO != 0
}

// asks runs what asks, and gives its error.
func asks(ask func() error) chan error {
	done := make(chan error, 1)
	go func() { done <- ask() }()
	return done
}

func wait(t *testing.T, done chan error) error {
	t.Helper()
	select {
	case err := <-done:
		return err
	case <-time.After(patience):
		t.Fatal("the question does not end")
		return nil
	}
}

// The width is that of the terminal, also after it was resized, and 80 where there is none.
func TestWidth(t *testing.T) {
	f := newFake(t, 120)
	for _, columns := range []int{40, 120, 300} {
		f.resize(t, columns)
		if w := f.face().Width(); w != columns {
			t.Errorf("%d, want %d", w, columns)
		}
	}
	f.resize(t, 3) // no width to print in
	if w := f.face().Width(); w != noWidth {
		t.Errorf("%d in three columns", w)
	}
	if !f.face().Person() {
		t.Error("nobody is there")
	}
	null, err := os.Open(os.DevNull)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = null.Close() }()
	for name, face := range map[string]Terminal{
		"a buffer":         {In: f.tty, Out: &strings.Builder{}, Err: &strings.Builder{}},
		"a file":           {In: null, Out: null, Err: f.tty},
		"nothing":          {},
		"a pipe for input": {In: strings.NewReader("y"), Out: &strings.Builder{}, Err: f.tty},
	} {
		if face.Width() != noWidth || face.Person() {
			t.Errorf("%s: %d columns, person %v", name, face.Width(), face.Person())
		}
	}
}

// What is printed goes by the width that the terminal has at that time.
func TestPrintedInTheWidth(t *testing.T) {
	f := newFake(t, 40)
	f.face().Wrapped("", "", strings.Repeat("word ", 20))
	f.shows(t, "\r\n"+strings.TrimSpace(strings.Repeat("word ", 4))+"\r\n")
	table := func() []string {
		dropped, err := f.face().Table([]Column{{Name: "ID"}, {Name: "What"}, {Name: "Due", Drop: 1, Least: 20}},
			[][]string{{"2026-0001", strings.Repeat("word ", 20), "in " + strings.Repeat("a ", 20) + "while"}})
		if err != nil {
			t.Fatal(err)
		}
		return dropped
	}
	if dropped := table(); !slices.Equal(dropped, []string{"Due"}) {
		t.Errorf("dropped: %q", dropped)
	}
	f.shows(t, "2026-0001 word word word word word word…\r\n")
	t.Setenv(columnsVariable, "60") // what a person wants, whatever the terminal says
	if dropped := table(); dropped != nil {
		t.Errorf("dropped: %q", dropped)
	}
	f.shows(t, "2026-0001 word word word word… ")
	t.Setenv(columnsVariable, "")
	f.resize(t, 120)
	f.face().Wrapped("", "", strings.Repeat("long ", 30))
	f.shows(t, strings.TrimSpace(strings.Repeat("long ", 20))+"\r\n") // 100 columns at most
}

// A password is read without showing any of it; then the terminal is as it was.
func TestPassword(t *testing.T) {
	f := newFake(t, 80)
	var typed string
	done := asks(func() (err error) {
		typed, err = f.face().Password(t.Context(), "Password of ana (db\x1b[2J): ")
		return err
	})
	f.shows(t, "Password of ana (db\ufffd[2J): ")
	f.until(t, "silence", func() bool { return !f.echoes(t) })
	f.keys(t, "Geh3im§ wort\r")
	if err := wait(t, done); err != nil || typed != "Geh3im§ wort" {
		t.Fatalf("%q, %v", typed, err)
	}
	f.shows(t, "): \r\n")
	if shown := f.text(); !strings.HasSuffix(shown, "): \r\n") || strings.ContainsAny(shown, "*3§") {
		t.Errorf("shown: %q", shown)
	}
	if !f.echoes(t) {
		t.Error("what is typed afterward is not shown")
	}
}

// Ctrl-C, the end of the input and the end of the command are errors, and no empty password.
func TestPasswordEnded(t *testing.T) {
	for name, end := range map[string]func(*testing.T, *fake, func()){
		"Ctrl-C":                 func(t *testing.T, f *fake, _ func()) { f.keys(t, "\x03") },
		"Ctrl-C amid it":         func(t *testing.T, f *fake, _ func()) { f.keys(t, "Geh3im\x03") },
		"Ctrl-D":                 func(t *testing.T, f *fake, _ func()) { f.keys(t, "\x04") },
		"the command (a signal)": func(_ *testing.T, _ *fake, stop func()) { stop() },
	} {
		t.Run(name, func(t *testing.T) {
			f := newFake(t, 80)
			ctx, stop := context.WithCancel(t.Context())
			defer stop()
			done := asks(func() error {
				typed, err := f.face().Password(ctx, "Password: ")
				if typed != "" {
					t.Errorf("%q", typed)
				}
				return err
			})
			f.until(t, "silence", func() bool { return !f.echoes(t) })
			end(t, f, stop)
			err := wait(t, done)
			if err == nil || !strings.HasPrefix(err.Error(), "the password cannot be read: ") ||
				errors.Is(err, ErrStopped) == (name == "Ctrl-D") {
				t.Error(err)
			}
			if !f.echoes(t) {
				t.Error("what is typed afterward is not shown")
			}
			if strings.Contains(f.text(), "Geh") {
				t.Errorf("shown: %q", f.text())
			}
			f.keys(t, "\r") // for what still reads
		})
	}
}

// Where a person looks on, a list says on one line how far it is, which is written over and
// never longer than the terminal is wide; the last words stay.
func TestRowsOnOneLine(t *testing.T) {
	for _, columns := range []int{40, 120} {
		f := newFake(t, columns)
		clock := &stopped{time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)}
		face := f.face()
		face.Now = clock.now
		says := face.Rows(1000)
		says(1, 0) // so soon: nothing
		clock.at = clock.at.Add(time.Second)
		says(500, 3)
		says(501, 3)
		says(1000, 4) // the end is said at once
		f.shows(t, "\n")
		lines := strings.Split(strings.TrimSuffix(f.text(), "\r\n"), "\r")
		if len(lines) != 3 || lines[0] != "" || !strings.HasPrefix(lines[1], "500 of 1000 rows, 3 rejected, 500 a ") ||
			!strings.HasPrefix(lines[2], "1000 of 1000 rows, 4 rejected, 1000 a") {
			t.Errorf("%q", lines)
		}
		for _, line := range lines[1:] {
			if len(line) != min(columns-1, 70) {
				t.Errorf("%d columns: %q", columns, line)
			}
		}
	}
}
