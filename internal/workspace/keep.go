package workspace

import (
	"errors"
	"io/fs"
	"os"
	"path"

	"foia/internal/disk"
	"foia/internal/remedy"
)

// SealsDir is the folder of seals and their time stamps.
const SealsDir = "seals"

// InboxDir is the folder of messages that wait until somebody says what they are.
const InboxDir = "inbox"

// ImportsDir is the folder of what somebody answered about trackers that they moved in.
const ImportsDir = "imports"

// KeepNew writes a file that must not be there yet: nothing is ever replaced by it.
// The folder's lock must be held.
func (w *Workspace) KeepNew(name string, data []byte) error {
	if w.Exists(name) {
		return &remedy.Error{What: "a file with that name already exists", Where: w.Path(name),
			Do: "move it away if it is not yours, and try again"}
	}
	if err := w.WriteFile(name, data); err != nil {
		return err
	}
	return disk.SyncDir(w.Path(path.Dir(name)))
}

// Names are the files of a folder of the workspace, in the order of their names. A
// folder that is missing has none.
func (w *Workspace) Names(dir string) ([]string, error) {
	entries, err := os.ReadDir(w.Path(dir))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, w.failed("the folder cannot be listed", w.Path(dir), err)
	}
	var names []string
	for _, e := range entries {
		if e.Type().IsRegular() {
			names = append(names, e.Name())
		}
	}
	return names, nil
}

// ReadSmall reads a file of the workspace that should have few bytes, and refuses a
// longer one.
func (w *Workspace) ReadSmall(name string, most int64) ([]byte, error) {
	info, err := os.Stat(w.Path(name))
	if err == nil && info.Size() > most {
		return nil, &remedy.Error{What: "the file is too long to be the right one", Where: w.Path(name),
			Do: remedy.To(remedy.Verify).String() + " lists everything that was changed"}
	}
	if err != nil {
		return nil, w.failed("the file cannot be read", w.Path(name), err)
	}
	data, err := os.ReadFile(w.Path(name))
	if err != nil {
		return nil, w.failed("the file cannot be read", w.Path(name), err)
	}
	return data, nil
}
