package backup

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"

	"foia/internal/workday"
	"foia/internal/workspace"
)

// lastFile is where a folder has when it was last backed up.
const lastFile = ".last-backup.json"

// Last is the last backup of a folder. Where it lies is not kept: it may be a disk in a drawer.
type Last struct {
	Day    workday.Date `json:"day"`
	Events int          `json:"events"` // that were in it
}

// Note keeps in the folder that a backup was made of it.
func Note(w *workspace.Workspace, m Manifest) error {
	raw, err := json.Marshal(Last{m.Day, m.Log.Events})
	if err != nil {
		return err
	}
	return w.WriteFile(lastFile, append(raw, '\n'))
}

// LastOf is the last backup of a folder; known is false if foia made none, or it is not known.
func LastOf(w *workspace.Workspace) (last Last, known bool, err error) {
	raw, err := os.ReadFile(w.Path(lastFile))
	if errors.Is(err, fs.ErrNotExist) {
		return last, false, nil
	}
	if err != nil {
		return last, false, err
	}
	if err := json.Unmarshal(raw, &last); err != nil || last.Day.IsZero() || last.Events < 0 {
		return Last{}, false, nil // somebody wrote into it
	}
	return last, true, nil
}
