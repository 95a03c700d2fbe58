//go:build !darwin && !windows

package desktop

import (
	"fmt"
	"os"
)

func opener(target string) (name string, args []string, err error) {
	if !shown() {
		return "", nil, fmt.Errorf("%w: no display", ErrNone)
	}
	return "xdg-open", []string{target}, nil
}

// shown tells whether there is a screen.
func shown() bool { return os.Getenv("DISPLAY") != "" || os.Getenv("WAYLAND_DISPLAY") != "" }
