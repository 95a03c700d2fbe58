//go:build unix

package disk

import (
	"io/fs"
	"path/filepath"

	"github.com/google/renameio/v2"
)

// WriteFile replaces a file whole, or makes it: it is written beside its place, not into a
// folder that others can list, synced, and renamed. A file that was there hands on its mode;
// a new one has the given one, less the user's umask.
func WriteFile(path string, data []byte, mode fs.FileMode) error {
	return renameio.WriteFile(path, data, mode, renameio.WithTempDir(filepath.Dir(path)))
}

// WriteFileWithMode is WriteFile, but the file has exactly that mode.
func WriteFileWithMode(path string, data []byte, mode fs.FileMode) error {
	return renameio.WriteFile(path, data, mode, renameio.WithTempDir(filepath.Dir(path)), renameio.WithStaticPermissions(mode))
}

// Pending is a file on its way into place, beside it.
type Pending struct{ *renameio.PendingFile }

// Begin begins a file that Replace will put into place. It has the given mode, less the
// user's umask.
func Begin(path string, mode fs.FileMode) (*Pending, error) {
	file, err := renameio.NewPendingFile(path, renameio.WithPermissions(mode), renameio.WithTempDir(filepath.Dir(path)))
	if err != nil {
		return nil, err
	}
	return &Pending{file}, nil
}

// Replace puts the file into place. After a failure, what was there before is there still.
func (p *Pending) Replace() error { return p.CloseAtomicallyReplace() }

// Discard closes and removes the file, if it is not in place.
func (p *Pending) Discard() error { return p.Cleanup() }
