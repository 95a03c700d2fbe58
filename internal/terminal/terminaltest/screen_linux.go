// Package terminaltest is a terminal that a test sits at: it types, and reads what stands on the
// screen.
package terminaltest

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/charmbracelet/x/vt"
	"golang.org/x/sys/unix"
)

// patience is how long a test waits for what a terminal shows: the machine may be busy.
const patience = 30 * time.Second

// Screen is a terminal. The program has TTY.
type Screen struct {
	TTY      *os.File
	keyboard *os.File
	ended    chan struct{} // nothing more is shown

	mu    sync.Mutex
	shown *vt.Emulator
	raw   strings.Builder
}

// New opens a pseudo-terminal of that size (pty(7), ioctl_tty(2)).
func New(columns, rows int) (*Screen, error) {
	keyboard, err := os.OpenFile("/dev/ptmx", os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		return nil, err
	}
	number := 0
	err = control(keyboard, func(fd int) (err error) {
		if err = unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0); err == nil {
			number, err = unix.IoctlGetInt(fd, unix.TIOCGPTN)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	tty, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		return nil, err
	}
	s := &Screen{TTY: tty, keyboard: keyboard, ended: make(chan struct{}), shown: vt.NewEmulator(columns, rows)}
	if err := s.Resize(columns, rows); err != nil {
		return nil, err
	}
	go s.watch()
	go s.answer()
	return s, nil
}

// control does something to a file that stays one whose reading ends when it is closed.
func control(file *os.File, do func(fd int) error) error {
	conn, err := file.SyscallConn()
	if err != nil {
		return err
	}
	var failed error
	err = conn.Control(func(fd uintptr) { failed = do(int(fd)) })
	return errors.Join(err, failed)
}

// Resize changes the size of the terminal.
func (s *Screen) Resize(columns, rows int) error {
	s.mu.Lock()
	s.shown.Resize(columns, rows)
	s.mu.Unlock()
	return unix.IoctlSetWinsize(int(s.TTY.Fd()), unix.TIOCSWINSZ, &unix.Winsize{Row: uint16(rows), Col: uint16(columns)})
}

// watch draws what the program prints.
func (s *Screen) watch() {
	defer close(s.ended)
	buf := make([]byte, 4096)
	for {
		n, err := s.keyboard.Read(buf)
		s.mu.Lock()
		s.raw.Write(buf[:n])
		_, _ = s.shown.Write(buf[:n]) // a buffer takes everything
		s.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// answer types what a terminal answers to questions of the program.
func (s *Screen) answer() {
	_, _ = io.Copy(s.keyboard, s.shown) // until the terminal is closed
}

// Type types keys, as a terminal sends them.
func (s *Screen) Type(keys string) error {
	_, err := s.keyboard.WriteString(keys)
	return err
}

// Text is what stands on the screen, without the spaces that end lines and the empty lines that
// end it.
func (s *Screen) Text() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return trimmed(s.shown.String())
}

func trimmed(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " \r")
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n")
}

// Raw is everything that the program sent, with what it asked of the terminal.
func (s *Screen) Raw() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.raw.String()
}

// Wait waits until the screen shows a text; where a line ends, a space stands for it.
func (s *Screen) Wait(text string) error {
	for end := time.Now().Add(patience); ; time.Sleep(5 * time.Millisecond) {
		if strings.Contains(strings.Join(strings.Fields(s.Text()), " "), text) {
			return nil
		}
		if time.Now().After(end) {
			return fmt.Errorf("%q is not shown, but:\n%s", text, s.Text())
		}
	}
}

// Ended waits until the program has ended, and gives how. One that still waits for somebody is left
// alone with a closed line, and ends.
func (s *Screen) Ended(code <-chan int) (int, error) {
	select {
	case c := <-code:
		return c, nil
	case <-time.After(patience):
	}
	err := fmt.Errorf("the program does not end; on the screen:\n%s", s.Text())
	_ = s.keyboard.Close() // the program reads an end
	select {
	case c := <-code:
		return c, err
	case <-time.After(patience):
		return -1, err
	}
}

// Close takes the terminal away once the program has ended, and gives what stands on it.
func (s *Screen) Close() (string, error) {
	if err := s.TTY.Close(); err != nil {
		return "", err
	}
	select {
	case <-s.ended:
	case <-time.After(patience):
		return "", errors.New("the terminal stays open")
	}
	text := s.Text()
	// Not Close of the screen: it may be read from still.
	if answers, ok := s.shown.InputPipe().(io.Closer); ok {
		return text, errors.Join(answers.Close(), s.keyboard.Close())
	}
	return text, s.keyboard.Close()
}

// Keys are those of a keyboard that are no characters, by their names.
var Keys = map[string]string{"enter": "\r", "up": "\x1b[A", "down": "\x1b[B", "back": "\x1b[Z", "esc": "\x1b", "ctrl-c": "\x03",
	"ctrl-d": "\x04", "ctrl-u": "\x15", "page-down": "\x1b[6~", "page-up": "\x1b[5~", "tab": "\t"}
