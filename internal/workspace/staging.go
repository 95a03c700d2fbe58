package workspace

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"foia/internal/disk"
	"foia/internal/docket"
	"foia/internal/remedy"
	"foia/internal/store"
)

// Staging is what one transaction of the log writes beside its place. The files are on the
// disk before the transaction commits (Sync) and in their places after it (Publish); if it
// fails, nothing of them is left (Undo). If the program dies between commit and Publish,
// Recover makes up for it.
type Staging struct {
	w        *Workspace
	together bool

	mu      sync.Mutex // the letters of a chunk are staged on all cores
	folders []string   // of new requests
	further []*further
}

// further are files that come later to the folder of a request, and are not in place yet.
type further struct {
	dir    string // beside the requests' folders
	folder string // the request's
	names  []string
	taken  []string // files of the request whose place these take
}

// Staging begins a staging. together says that it is for many requests, for which the disk
// is waited for once.
func (w *Workspace) Staging(together bool) *Staging { return &Staging{w: w, together: together} }

// Folder stages the files of a new request. folder is the request's, below the workspace.
func (s *Staging) Folder(folder string, files []File) error {
	w := s.w
	if w.Exists(folder) {
		return &remedy.Error{What: "the folder of the new request already exists, but is not in the log", Where: w.Path(folder),
			Do: "move it away and try again"}
	}
	temporary := stagedName(folder)
	if err := w.startAnew(temporary); err != nil {
		return err
	}
	s.mu.Lock()
	s.folders = append(s.folders, folder)
	s.mu.Unlock()
	if err := os.MkdirAll(w.Path(temporary), dirMode); err != nil {
		return w.failed("the folder cannot be made", w.Path(temporary), err)
	}
	for _, f := range files {
		if err := s.write(path.Join(temporary, f.Name), f); err != nil {
			return err
		}
	}
	return nil
}

// Files stages further files of a request, which belong to the event that the log will have
// under that number. Their names may have a folder before them: letters/004-status.pdf.
func (s *Staging) Files(id, folder string, seq int, files []File) error {
	w := s.w
	f := &further{dir: stagedFiles(id, seq), folder: folder}
	if err := w.startAnew(f.dir); err != nil {
		return err
	}
	s.mu.Lock()
	s.further = append(s.further, f)
	s.mu.Unlock()
	for _, file := range files {
		name := path.Join(f.dir, file.Name)
		if err := os.MkdirAll(w.Path(path.Dir(name)), dirMode); err != nil {
			return w.failed("the folder cannot be made", w.Path(path.Dir(name)), err)
		}
		if err := s.write(name, file); err != nil {
			return err
		}
		f.names = append(f.names, file.Name)
	}
	return nil
}

// Retire says that the files staged last take the place of others of that request, which go
// into a folder of their own: whoever looks for the letter finds one.
func (s *Staging) Retire(superseded []docket.Document) {
	s.mu.Lock()
	defer s.mu.Unlock()
	last := s.further[len(s.further)-1]
	for _, d := range superseded {
		last.taken = append(last.taken, d.Name)
	}
}

// write writes one file, and has it on the disk unless Sync does that for all.
func (s *Staging) write(name string, f File) error {
	name = s.w.Path(name)
	var err error
	switch {
	case f.Incoming != nil:
		err = f.Incoming.moveTo(name)
	case s.together:
		err = os.WriteFile(name, f.Data, fileMode)
	default:
		err = writeSynced(name, f.Data)
	}
	if err != nil {
		return s.w.failed("the file cannot be written", name, err)
	}
	return nil
}

// Sync has everything on the disk that was staged.
func (s *Staging) Sync() error {
	if len(s.folders)+len(s.further) == 0 {
		return nil
	}
	sync := disk.SyncDir // the files are there already
	if s.together {
		done, err := disk.SyncAll(s.w.Path(RequestsDir))
		if done || err != nil {
			return err
		}
		sync = syncTree
	}
	for _, f := range s.folders {
		if err := sync(s.w.Path(stagedName(f))); err != nil {
			return err
		}
	}
	for _, f := range s.further {
		if err := f.eachDir(func(dir string) error { return sync(s.w.Path(dir)) }); err != nil {
			return err
		}
	}
	return disk.SyncDir(s.w.Path(RequestsDir))
}

// Publish moves what was staged into place. The log must know it by now.
func (s *Staging) Publish() error {
	if len(s.folders)+len(s.further) == 0 {
		return nil
	}
	slices.Sort(s.folders)
	changed := map[string]bool{} // folders that got something
	for _, f := range s.folders {
		if err := s.w.moveFolder(f); err != nil {
			return err
		}
		changed[s.w.Path(RequestsDir)] = true
	}
	for _, f := range s.further {
		if err := s.w.moveFiles(f, func(dir string) error { changed[dir] = true; return nil }); err != nil {
			return err
		}
	}
	done, err := false, error(nil)
	if s.together && len(s.further) > 0 {
		done, err = disk.SyncAll(s.w.Path(RequestsDir))
	}
	for dir := range changed {
		if !done && err == nil {
			err = disk.SyncDir(dir)
		}
	}
	for _, f := range s.further {
		if err == nil {
			err = s.w.discardFiles(f)
		}
	}
	return err
}

// Undo clears away what was staged for a transaction that failed, and returns why it failed.
// If nobody knows whether it failed, what was staged stays: the next command finds out
// (Recover).
func (s *Staging) Undo(err error) error {
	if errors.Is(err, store.ErrUnknown) {
		return err
	}
	for _, f := range s.folders {
		err = errors.Join(err, disk.RemoveAll(s.w.Path(stagedName(f))))
	}
	for _, f := range s.further {
		err = errors.Join(err, s.w.discardFiles(f))
	}
	if len(s.folders) == 0 {
		return err
	}
	// Gone if it holds nothing else; a folder with other requests stays.
	if removing := os.Remove(s.w.Path(RequestsDir)); removing != nil && !errors.Is(removing, fs.ErrNotExist) && !isNotEmpty(removing) {
		err = errors.Join(err, removing)
	}
	return err
}

func isNotEmpty(err error) bool {
	return errors.Is(err, fs.ErrExist) || strings.Contains(err.Error(), "not empty")
}

// startAnew clears away what an earlier command left under a name that is to be used.
func (w *Workspace) startAnew(name string) error {
	if err := disk.RemoveAll(w.Path(name)); err != nil {
		return w.failed("an unfinished folder cannot be cleared away", w.Path(name), err)
	}
	return nil
}

func stagedName(folder string) string {
	return path.Join(path.Dir(folder), making+path.Base(folder))
}

// filesOf begins the names of folders that hold further files: .making-files-ID-SEQ.
const filesOf = "files-"

func stagedFiles(id string, seq int) string {
	return path.Join(RequestsDir, fmt.Sprintf("%s%s%s-%d", making, filesOf, id, seq))
}

// moveFolder moves a staged folder into place, without waiting for the disk.
func (w *Workspace) moveFolder(folder string) error {
	if err := disk.Rename(w.Path(stagedName(folder)), w.Path(folder)); err != nil {
		return w.failed("the request is logged, but its folder cannot be moved into place", w.Path(folder), err)
	}
	return nil
}

// moveFiles moves further files into place, and calls sync for each folder that got one.
func (w *Workspace) moveFiles(f *further, sync func(dir string) error) error {
	for _, name := range f.names {
		from, to := w.Path(path.Join(f.dir, name)), w.Path(path.Join(f.folder, name))
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
	return w.retire(f, sync)
}

// retire moves the files away whose place others took. Who looks for them looks in both places
// (lies), so that it does not matter when a program dies.
func (w *Workspace) retire(f *further, sync func(dir string) error) error {
	for _, name := range f.taken {
		from, to := w.Path(path.Join(f.folder, name)), w.Path(path.Join(f.folder, docket.EarlierDir, name))
		if err := os.MkdirAll(filepath.Dir(to), dirMode); err != nil {
			return w.failed("the earlier letter has no folder to go to", filepath.Dir(to), err)
		}
		if err := disk.Rename(from, to); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return w.failed("the earlier letter cannot be moved away", from, err)
		}
		if err := errors.Join(sync(filepath.Dir(from)), sync(filepath.Dir(to))); err != nil {
			return err
		}
	}
	return nil
}

// lies is where a frozen file lies: in its place, or with the earlier versions.
func (w *Workspace) lies(name string) string {
	if earlier := path.Join(path.Dir(name), docket.EarlierDir, path.Base(name)); !w.Exists(name) && w.Exists(earlier) {
		return earlier
	}
	return name
}

// discardFiles clears away the folder in which further files were staged.
func (w *Workspace) discardFiles(f *further) error { return disk.RemoveAll(w.Path(f.dir)) }

// eachDir calls f with each folder that holds files that are staged.
func (s *further) eachDir(f func(dir string) error) error {
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

func writeSynced(name string, data []byte) error {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, fileMode)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Sync(), f.Close())
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
