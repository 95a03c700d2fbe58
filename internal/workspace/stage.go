package workspace

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"foia/internal/disk"
	"foia/internal/remedy"
	"foia/internal/store"
)

// File is one file of a request's folder.
type File struct {
	Name string
	Data []byte
}

// Stage writes the files of a request beside its place, and has them on the
// disk when it returns. folder is the request's, below the workspace.
func (w *Workspace) Stage(folder string, files []File) error {
	if w.Exists(folder) {
		return &remedy.Error{What: "the folder of the new request already exists, but is not in the log", Where: w.Path(folder),
			Do: "move it away and run the command again"}
	}
	temporary := w.Path(stagedName(folder))
	if err := disk.RemoveAll(temporary); err != nil {
		return w.failed("an unfinished folder cannot be cleared away", temporary, err)
	}
	if err := os.MkdirAll(temporary, dirMode); err != nil {
		return w.failed("the folder cannot be made", temporary, err)
	}
	for _, f := range files {
		if err := writeSynced(filepath.Join(temporary, f.Name), f.Data); err != nil {
			return w.failed("the file cannot be written", filepath.Join(temporary, f.Name), err)
		}
	}
	return disk.SyncDir(temporary)
}

func stagedName(folder string) string {
	return path.Join(path.Dir(folder), making+path.Base(folder))
}

func writeSynced(name string, data []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, fileMode)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Sync(), f.Close())
}

// Publish moves a staged folder into place. The log must know the request by
// now: if the program dies before the move, Recover makes up for it.
func (w *Workspace) Publish(folder string) error {
	if err := disk.Rename(w.Path(stagedName(folder)), w.Path(folder)); err != nil {
		return w.failed("the request is logged, but its folder cannot be moved into place", w.Path(folder), err)
	}
	return disk.SyncDir(filepath.Dir(w.Path(folder)))
}

// Discard clears away what Stage wrote, after a failure.
func (w *Workspace) Discard(folders []string) error {
	var errs []error
	for _, f := range folders {
		errs = append(errs, disk.RemoveAll(w.Path(stagedName(f))))
	}
	// Gone if it holds nothing else; a folder with other requests stays.
	if err := os.Remove(w.Path(RequestsDir)); err != nil && !errors.Is(err, fs.ErrNotExist) && !isNotEmpty(err) {
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// Undo clears away what was staged for a transaction that failed, and returns why it
// failed. If nobody knows whether it failed, what was staged stays: the next command
// finds out (Recover).
func (w *Workspace) Undo(err error, folders []string, files ...*Staged) error {
	if errors.Is(err, store.ErrUnknown) {
		return err
	}
	if len(folders) > 0 {
		err = errors.Join(err, w.Discard(folders))
	}
	return errors.Join(err, w.DiscardFilesAll(files))
}

func isNotEmpty(err error) bool {
	return errors.Is(err, fs.ErrExist) || strings.Contains(err.Error(), "not empty")
}

// Staged are further files of a request that are not in place yet.
type Staged struct {
	dir    string // beside the requests' folders
	folder string // the request's
	names  []string
}

// filesOf begins the names of folders that hold further files: .making-files-ID-SEQ.
const filesOf = "files-"

// StageFiles writes further files of a request, which belong to the event that the
// log will have under that number, and has them on the disk when it returns. Their
// names may have a folder before them: letters/004-status.pdf.
func (w *Workspace) StageFiles(id, folder string, seq int, files []File) (*Staged, error) {
	s, err := w.stageFiles(id, folder, seq, files, writeSynced)
	if err != nil {
		return s, err
	}
	return s, s.eachDir(func(dir string) error { return disk.SyncDir(w.Path(dir)) })
}

// eachDir calls f with each folder that holds files that are staged.
func (s *Staged) eachDir(f func(dir string) error) error {
	done := map[string]bool{}
	for _, name := range s.names {
		dir := path.Dir(path.Join(s.dir, name))
		if done[dir] {
			continue
		}
		done[dir] = true
		if err := f(dir); err != nil {
			return err
		}
	}
	return nil
}

func stagedFiles(id string, seq int) string {
	return path.Join(RequestsDir, fmt.Sprintf("%s%s%s-%d", making, filesOf, id, seq))
}

func (w *Workspace) stageFiles(id, folder string, seq int, files []File, write func(name string, data []byte) error) (*Staged, error) {
	s := &Staged{dir: stagedFiles(id, seq), folder: folder}
	if err := disk.RemoveAll(w.Path(s.dir)); err != nil {
		return nil, w.failed("an unfinished folder cannot be cleared away", w.Path(s.dir), err)
	}
	for _, f := range files {
		name := w.Path(path.Join(s.dir, f.Name))
		if err := os.MkdirAll(filepath.Dir(name), dirMode); err != nil {
			return s, w.failed("the folder cannot be made", filepath.Dir(name), err)
		}
		if err := write(name, f.Data); err != nil {
			return s, w.failed("the file cannot be written", name, err)
		}
		s.names = append(s.names, f.Name)
	}
	return s, nil
}

// PublishFiles moves further files into place. The log must know them by now.
func (w *Workspace) PublishFiles(s *Staged) error {
	if s == nil {
		return nil
	}
	if err := w.moveFiles(s, disk.SyncDir); err != nil {
		return err
	}
	return w.DiscardFiles(s)
}

// moveFiles moves staged files into place, and calls sync for each folder that got one.
func (w *Workspace) moveFiles(s *Staged, sync func(dir string) error) error {
	for _, name := range s.names {
		from, to := w.Path(path.Join(s.dir, name)), w.Path(path.Join(s.folder, name))
		if err := os.MkdirAll(filepath.Dir(to), dirMode); err != nil {
			return w.failed("the file is logged, but its folder cannot be made", filepath.Dir(to), err)
		}
		if err := disk.Rename(from, to); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return w.failed("the file is logged, but cannot be moved into place", to, err)
		}
		if err := sync(filepath.Dir(to)); err != nil {
			return err
		}
	}
	return nil
}

// DiscardFiles clears away what StageFiles wrote.
func (w *Workspace) DiscardFiles(s *Staged) error {
	if s == nil {
		return nil
	}
	return disk.RemoveAll(w.Path(s.dir))
}

// recoverFiles finishes or undoes further files that a killed command left behind.
func (w *Workspace) recoverFiles(tx *store.Tx, name string) error {
	s := &Staged{dir: path.Join(RequestsDir, making+name)}
	id, number, _ := cutLast(strings.TrimPrefix(name, filesOf), "-")
	seq, err := strconv.Atoi(number)
	if err != nil {
		return w.DiscardFiles(s)
	}
	events, err := tx.Events(id)
	if errors.Is(err, store.ErrNotFound) {
		return w.DiscardFiles(s)
	}
	if err != nil {
		return err
	}
	if seq < 1 || seq > len(events) {
		return w.DiscardFiles(s)
	}
	r, err := tx.Request(id)
	if err != nil {
		return err
	}
	files, err := events[seq-1].Files()
	if err != nil {
		return err
	}
	s.folder = r.Folder
	for _, f := range files {
		s.names = append(s.names, f.Name)
	}
	return w.PublishFiles(s)
}

// cutLast cuts a text at the last separator.
func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

// Writable is a log that can be written.
type Writable interface {
	Write(ctx context.Context, f func(*store.Tx) error) error
}

// Recover finishes or undoes what a killed command left behind, and tells how
// many folders it moved into place. The caller holds the folder's lock. Where a server
// keeps the log, the killed command's transaction may still be open there, or its COMMIT
// on the way: what became of it is known when this one has the log's write lock.
func (w *Workspace) Recover(ctx context.Context, log Writable) (finished int, err error) {
	entries, err := os.ReadDir(w.Path(RequestsDir))
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, w.failed("the requests cannot be listed", w.Path(RequestsDir), err)
	}
	var left []string
	for _, e := range entries {
		if name, staged := strings.CutPrefix(e.Name(), making); staged {
			left = append(left, name)
		}
	}
	if len(left) == 0 {
		return 0, nil
	}
	err = log.Write(ctx, func(tx *store.Tx) error {
		for _, name := range left {
			moved, err := w.recover(tx, name)
			if err != nil {
				return err
			}
			if moved {
				finished++
			}
		}
		return nil
	})
	return finished, err
}

// recover finishes or undoes one folder that was left behind, and tells whether it moved
// it into place.
func (w *Workspace) recover(tx *store.Tx, name string) (moved bool, err error) {
	if strings.HasPrefix(name, filesOf) {
		return false, w.recoverFiles(tx, name)
	}
	folder := path.Join(RequestsDir, name)
	known, err := w.logged(tx, folder, stagedName(folder))
	if err != nil {
		return false, err
	}
	if known && !w.Exists(folder) {
		return true, w.Publish(folder)
	}
	if err := disk.RemoveAll(w.Path(stagedName(folder))); err != nil {
		return false, w.failed("an unfinished folder cannot be cleared away", w.Path(stagedName(folder)), err)
	}
	return false, nil
}

// logged tells whether the log holds the request of that folder, whose name
// begins with the request's id, with the files that are staged: where several write,
// another's request may have got the id.
func (w *Workspace) logged(tx *store.Tx, folder, staged string) (bool, error) {
	parts := strings.SplitN(path.Base(folder), "-", 3)
	if len(parts) < 2 {
		return false, nil
	}
	r, err := tx.Request(parts[0] + "-" + parts[1])
	if errors.Is(err, store.ErrNotFound) {
		return false, nil
	}
	if err != nil || r.Folder != folder {
		return false, err
	}
	for _, d := range r.Documents {
		if w.Exists(staged) && w.checkDocument(path.Join(staged, d.Name), d) != nil {
			return false, nil
		}
	}
	return true, nil
}
