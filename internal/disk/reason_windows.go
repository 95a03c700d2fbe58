package disk

import (
	"errors"
	"io/fs"

	"golang.org/x/sys/windows"
)

// word is what the system says, or what the others do.
func word(err error) string {
	var said windows.Errno
	switch {
	case !errors.As(err, &said):
		return err.Error()
	case errors.Is(said, fs.ErrNotExist):
		return "no such file or directory"
	case errors.Is(said, fs.ErrExist):
		return "file exists"
	case errors.Is(said, fs.ErrPermission):
		return "permission denied"
	}
	return asPart(said.Error())
}
