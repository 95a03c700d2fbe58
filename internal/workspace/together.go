package workspace

import (
	"os"
	"path/filepath"
)

// Folder is the folder of a new request with its files.
type Folder struct {
	Name  string // below the workspace
	Files []File
}

// StageLoose writes the files of a request beside its place, as Stage does, but
// does not wait for the disk: SyncStaged does that for many requests at once.
func (w *Workspace) StageLoose(f Folder) error {
	if w.Exists(f.Name) {
		return &Failure{What: "the folder of the new request is already there, and the log does not know it", Where: w.Path(f.Name),
			Remedy: "move it away and run the command again"}
	}
	temporary := w.Path(stagedName(f.Name))
	if err := os.RemoveAll(temporary); err != nil {
		return w.failed("an unfinished folder cannot be cleared away", temporary, err)
	}
	if err := os.MkdirAll(temporary, dirMode); err != nil {
		return w.failed("the folder cannot be made", temporary, err)
	}
	for _, file := range f.Files {
		name := filepath.Join(temporary, file.Name)
		if err := os.WriteFile(name, file.Data, fileMode); err != nil {
			return w.failed("the file cannot be written", name, err)
		}
	}
	return nil
}

// SyncStaged has everything on the disk that StageLoose wrote into the folders.
func (w *Workspace) SyncStaged(folders []string) error {
	if len(folders) == 0 {
		return nil
	}
	done, err := syncFileSystem(w.Path(RequestsDir))
	if done || err != nil {
		return err
	}
	for _, f := range folders {
		if err := syncTree(w.Path(stagedName(f))); err != nil {
			return err
		}
	}
	return syncDir(w.Path(RequestsDir))
}

// syncTree has a folder and the files in it on the disk.
func syncTree(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		// Windows syncs only what may be written.
		file, err := os.OpenFile(filepath.Join(dir, e.Name()), os.O_RDWR, 0)
		if err != nil {
			return err
		}
		err = file.Sync()
		if closing := file.Close(); err == nil {
			err = closing
		}
		if err != nil {
			return err
		}
	}
	return syncDir(dir)
}

// PublishAll moves staged folders into place. The log must know the requests by
// now: if the program dies before the last move, Recover makes up for it.
func (w *Workspace) PublishAll(folders []string) error {
	if len(folders) == 0 {
		return nil
	}
	for _, f := range folders {
		if err := os.Rename(w.Path(stagedName(f)), w.Path(f)); err != nil {
			return w.failed("the request is logged, but its folder cannot be moved into place", w.Path(f), err)
		}
	}
	return syncDir(w.Path(RequestsDir))
}
