// Package desktop is what foia asks of the desktop that a person sits at: to open an address,
// a folder or a file with the program that the system has for it, and to put a text on the
// clipboard. It is the only room that knows how systems do that, and knows no other room.
//
// What differs:
//
//   - Linux and other Unix systems: xdg-open opens, where there is a display (DISPLAY or
//     WAYLAND_DISPLAY); for the clipboard there is wl-copy, xclip or xsel.
//   - macOS: open, pbcopy.
//   - Windows: the system's own handler of addresses and files; its clipboard.
//
// Where there is none of that, such as on a server, the error is ErrNone, and the caller
// shows what it would have opened or copied. Nothing is sent anywhere: a browser that is
// opened goes where the person sends it.
package desktop

import (
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"time"

	"github.com/atotto/clipboard"
)

// ErrNone is that there is no desktop here, or none that foia knows how to ask.
var ErrNone = errors.New("there is no desktop here")

// Desk is a desktop.
type Desk interface {
	// Open opens an address of the web, a folder or a file, named by its whole path.
	Open(target string) error
	// Copy puts a text on the clipboard.
	Copy(text string) error
}

// System is the desktop of the system that this program runs on.
type System struct{}

// patience is how long an opener may take to say that it failed; one that goes on longer is
// the program that shows the page.
const patience = 2 * time.Second

// Open starts the system's opener. What it says when it fails is the error.
func (System) Open(target string) error {
	name, args, err := opener(target)
	if err != nil {
		return err
	}
	return start(name, args)
}

func start(name string, args []string) error {
	program, err := exec.LookPath(name)
	if err != nil {
		return fmt.Errorf("%w: %s is not installed", ErrNone, name)
	}
	var said strings.Builder
	cmd := exec.Command(program, args...)
	cmd.Stderr = &said
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("%s cannot be started: %w", name, err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	select {
	case err := <-ended:
		if err != nil {
			return fmt.Errorf("%s failed: %s", name, firstLine(said.String(), err))
		}
	case <-time.After(patience):
	}
	return nil
}

func firstLine(said string, err error) string {
	if line, _, _ := strings.Cut(strings.TrimSpace(said), "\n"); line != "" {
		return line
	}
	return err.Error()
}

// Copy puts a text on the clipboard.
func (System) Copy(text string) error {
	if clipboard.Unsupported || !shown() {
		return fmt.Errorf("%w: no clipboard", ErrNone)
	}
	if err := clipboard.WriteAll(text); err != nil {
		return fmt.Errorf("the clipboard does not take the text: %w", err)
	}
	return nil
}
