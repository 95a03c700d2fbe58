package workspace

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"foia/internal/disk"
	"foia/internal/remedy"
	"foia/internal/store"
)

// A command that is killed cannot clear away what it was writing, which may be anywhere: the
// user chooses where a backup or a packet goes. So each file on its way into place is noted
// first, in a small file of the workspace that the command holds as long as it runs
// (disk.Mark). The next command that writes in the workspace goes through those that nobody
// holds any more. What is noted is removed only if its name is one that foia gives to what is
// unfinished, whatever the note says.
const notePrefix = ".foia-writing-"

// The kinds of things that are noted.
const (
	noteFile    = "file"    // disk.IsUnfinished
	noteFolder  = "folder"  // printing
	notePlacing = "placing" // a tree in which documents are being placed
	noteTarget  = "target"  // another workspace, which has notes of its own
	noteLog     = "log"     // a log that is being made, in whatever folder
)

// note notes what is going to be at a path until done is called. Where the workspace cannot
// be written, such as an archive from which a packet is made, or does not exist, nothing is
// noted: what a killed command leaves is then cleared away when the same file is made again.
func (w *Workspace) note(kind, path string) (done func() error, err error) {
	w.clearUp()
	where, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	if dir, err := filepath.Abs(w.Dir); err == nil {
		if inside, err := filepath.Rel(dir, where); err == nil && filepath.IsLocal(inside) {
			where = filepath.ToSlash(inside) // also when the workspace is moved meanwhile
		}
	}
	done, err = disk.Mark(w.Dir, notePrefix, kind+"\n"+where)
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, fs.ErrNotExist) || disk.ReadOnly(err) {
		return func() error { return nil }, nil
	}
	return done, err
}

// clearUp clears away what killed commands left, once a command. What cannot be cleared away
// now, such as a file on a stick that is not plugged in, stays noted.
func (w *Workspace) clearUp() {
	if w.cleared {
		return
	}
	w.cleared = true
	entries, err := os.ReadDir(w.Dir)
	if err != nil {
		return // whoever writes there will be told
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), notePrefix) || !e.Type().IsRegular() {
			continue
		}
		if _, err := disk.IfAbandoned(w.Path(e.Name()), w.clearNoted); err != nil {
			w.Tell("what an interrupted command left cannot be cleared away yet: " + disk.Reason(err))
		}
	}
}

// errElsewhere says that the place of a file is not there now.
var errElsewhere = errors.New("its folder is not there now")

func (w *Workspace) clearNoted(note string) error {
	kind, where, _ := strings.Cut(note, "\n")
	if where == "" {
		return nil // killed before it had written the note: there was nothing yet
	}
	inside := !filepath.IsAbs(where)
	if inside {
		where = w.Path(where)
	}
	if _, err := os.Stat(filepath.Dir(where)); err != nil {
		if inside && errors.Is(err, fs.ErrNotExist) {
			return nil // its folder was never made, or was noted too and is cleared away already
		}
		return &remedy.Error{What: "an unfinished file", Where: where, Cause: errElsewhere}
	}
	switch {
	case kind == noteFile && disk.IsUnfinished(filepath.Base(where)):
		return disk.RemoveRest(where)
	case kind == noteFolder && filepath.Base(where) == Printing:
		return disk.RemoveAll(where)
	case kind == notePlacing:
		return clearPlacing(where)
	case kind == noteTarget:
		return clearTarget(where)
	case kind == noteLog:
		return store.ClearUp(where)
	}
	return nil
}

// clearTarget does what the next command that writes in another workspace would do. Whoever
// is writing there has done so.
func clearTarget(dir string) error {
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), quietPause)
	defer cancel()
	target := &Workspace{Dir: dir}
	target.KeepToFile()
	unlock, err := target.Lock(ctx)
	if ctx.Err() != nil {
		return nil
	}
	if err != nil {
		return err
	}
	return unlock()
}

// clearPlacing removes files that were being placed below a folder.
func clearPlacing(dir string) error {
	return filepath.WalkDir(filepath.Join(dir, RequestsDir), func(name string, e fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil
		case err == nil && e.Type().IsRegular() && strings.HasPrefix(e.Name(), placing):
			return disk.Remove(name)
		}
		return err
	})
}

// clearBeginnings removes, under the folder's lock, what is named after what it was to become:
// a log that was being made, and a folder that was being restored, which no command works on
// without the lock.
func (w *Workspace) clearBeginnings() error {
	entries, err := os.ReadDir(w.Dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if e.IsDir() && strings.HasPrefix(e.Name(), Restoring) {
			if err := disk.RemoveAll(w.Path(e.Name())); err != nil {
				return err
			}
		}
	}
	return store.ClearUp(w.Path(LogFile))
}

// IsRest tells whether a name at the top of a folder is one of what a killed command may have
// left there, and what the next command that writes clears away.
func IsRest(name string) bool {
	return strings.HasPrefix(name, notePrefix) || strings.HasPrefix(name, Restoring) || disk.IsUnfinished(name)
}

// begin begins a file anywhere, noted.
func (w *Workspace) begin(place string, mode fs.FileMode) (*unfinished, error) {
	beside := disk.Unfinished(place)
	done, err := w.note(noteFile, beside)
	if err != nil {
		return nil, err
	}
	file, err := disk.Begin(place, beside, mode)
	if err != nil {
		return nil, errors.Join(err, done())
	}
	return &unfinished{file, done}, nil
}

// unfinished is a file on its way into place, and the note of it.
type unfinished struct {
	*disk.Pending
	noted func() error
}

// end drops the note, once.
func (u *unfinished) end(err error) error {
	if u.noted == nil {
		return err
	}
	dropping := u.noted()
	u.noted = nil
	return errors.Join(err, dropping)
}

func (u *unfinished) put(move func() error) error {
	if err := move(); err != nil {
		return err // Discard drops the note
	}
	return u.end(nil)
}

func (u *unfinished) discard() error { return u.end(u.Discard()) }

// noted calls f, which writes a file by way of another beside it, with that noted.
func (w *Workspace) noted(place string, f func(beside string) error) error {
	beside := disk.Unfinished(place)
	done, err := w.note(noteFile, beside)
	if err != nil {
		return err
	}
	return errors.Join(f(beside), done())
}

// The names of folders in which something is made that is not in place yet.
const (
	Printing  = ".printing"   // the volumes of a campaign, below its folder
	Restoring = ".restoring-" // what a backup holds, before all of it is there
	placing   = ".placing-"   // begins the name of a document of a log that is copied
)

// BegunElsewhere notes what a URL names, a folder or a log in a file, as being written from
// this workspace, until done is called.
func (w *Workspace) BegunElsewhere(url string) (done func() error, err error) {
	kind, place := noteLog, fileOf(url)
	if dir, isFolder := FolderOf(url); isFolder {
		kind, place = noteTarget, dir
	}
	if done, err = w.note(kind, place); err != nil {
		return nil, w.failed("the folder cannot be written", w.Dir, err)
	}
	return done, nil
}

// Begun notes a folder of that name below the workspace, Printing, until done is called.
func (w *Workspace) Begun(dir string) (done func() error, err error) {
	place := w.Path(path.Join(dir, Printing))
	if done, err = w.note(noteFolder, place); err != nil {
		return nil, w.failed("the folder cannot be made", place, err)
	}
	return done, nil
}
