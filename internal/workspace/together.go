package workspace

import (
	"errors"
	"os"
	"path/filepath"

	"foia/internal/disk"
	"foia/internal/remedy"
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
		return &remedy.Error{What: "the folder of the new request already exists, but is not in the log", Where: w.Path(f.Name),
			Do: "move it away and run the command again"}
	}
	temporary := w.Path(stagedName(f.Name))
	if err := disk.RemoveAll(temporary); err != nil {
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
	done, err := disk.SyncAll(w.Path(RequestsDir))
	if done || err != nil {
		return err
	}
	for _, f := range folders {
		if err := syncTree(w.Path(stagedName(f))); err != nil {
			return err
		}
	}
	return disk.SyncDir(w.Path(RequestsDir))
}

// syncTree has a folder and the files in it on the disk.
func syncTree(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if err := disk.SyncFile(filepath.Join(dir, e.Name())); err != nil {
			return err
		}
	}
	return disk.SyncDir(dir)
}

// PublishAll moves staged folders into place. The log must know the requests by
// now: if the program dies before the last move, Recover makes up for it.
func (w *Workspace) PublishAll(folders []string) error {
	if len(folders) == 0 {
		return nil
	}
	for _, f := range folders {
		if err := disk.Rename(w.Path(stagedName(f)), w.Path(f)); err != nil {
			return w.failed("the request is logged, but its folder cannot be moved into place", w.Path(f), err)
		}
	}
	return disk.SyncDir(w.Path(RequestsDir))
}

// StageFilesLoose writes further files of a request beside its place, as StageFiles
// does, but does not wait for the disk: SyncFiles does that for many requests.
func (w *Workspace) StageFilesLoose(id, folder string, seq int, files []File) (*Staged, error) {
	return w.stageFiles(id, folder, seq, files, func(name string, data []byte) error { return os.WriteFile(name, data, fileMode) })
}

// SyncFiles has everything on the disk that StageFilesLoose wrote.
func (w *Workspace) SyncFiles(staged []*Staged) error {
	if len(staged) == 0 {
		return nil
	}
	done, err := disk.SyncAll(w.Path(RequestsDir))
	if done || err != nil {
		return err
	}
	for _, s := range staged {
		if err := s.eachDir(func(dir string) error { return syncTree(w.Path(dir)) }); err != nil {
			return err
		}
	}
	return disk.SyncDir(w.Path(RequestsDir))
}

// PublishFilesAll moves the files of many requests into place, and waits for the
// disk once. The log must know them by now.
func (w *Workspace) PublishFilesAll(staged []*Staged) error {
	if len(staged) == 0 {
		return nil
	}
	dirs := map[string]bool{}
	for _, s := range staged {
		if err := w.moveFiles(s, func(dir string) error { dirs[dir] = true; return nil }); err != nil {
			return err
		}
	}
	done, err := disk.SyncAll(w.Path(RequestsDir))
	if err != nil {
		return err
	}
	for dir := range dirs {
		if done {
			break
		}
		if err := disk.SyncDir(dir); err != nil {
			return err
		}
	}
	return w.DiscardFilesAll(staged)
}

// DiscardFilesAll clears away what StageFilesLoose wrote.
func (w *Workspace) DiscardFilesAll(staged []*Staged) error {
	var errs []error
	for _, s := range staged {
		errs = append(errs, w.DiscardFiles(s))
	}
	return errors.Join(errs...)
}
