// Package workspace is the user's folder: foia.yaml, the tracking log, the
// requests with their letters, and the user's own templates and laws.
//
// It alone writes there, by one rule: a command finishes or leaves no trace.
// Letters are made in a folder beside their place, the log is written in one
// transaction, and only then is the folder moved into place. Whatever moment
// the program is killed at, the next command that writes either finishes the
// move (the log knows the request) or clears the folder away (it does not).
package workspace

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"time"

	"foia/internal/disk"
	"foia/internal/law"
	"foia/internal/remedy"
	"foia/internal/store"
)

// The names in a workspace.
const (
	ConfigFile   = "foia.yaml"
	LogFile      = "foia.db"
	TrackingFile = "tracking-log.csv"
	OfficesFile  = "agencies.yaml"
	TemplatesDir = "templates"
	LawsDir      = "laws"
	RequestsDir  = "requests"

	LockFile = ".foia.lock" // held by a command that writes

	making = ".making-" // prefix of a folder that is not in place yet
)

const (
	dirMode  = disk.FolderMode
	fileMode = disk.FileMode

	lockWait = 30 * time.Second
)

// Workspace is an open folder.
type Workspace struct {
	Dir    string
	Config Config

	// Password is asked for the password of a database that wants one; nil: nobody is
	// there to ask. Notice is told what the user should know; nil: nobody listens.
	Password func(who, where string) (string, error)
	Notice   func(text string)

	noticed map[string]bool
	cleared bool // what killed commands left was looked for
	own     bool // its log is a file, whatever the environment says

	lawsOnce sync.Once
	laws     *law.Book
	lawsErr  error
}

// Open reads the settings of a folder. The folder need not exist yet.
func Open(dir string) (*Workspace, error) {
	if why := disk.Refused(dir); why != "" {
		return nil, &remedy.Error{Where: dir, What: "there cannot be a folder of that name: " + why, Do: "give the folder another name",
			Misuse: true}
	}
	config, err := readConfig(filepath.Join(dir, ConfigFile))
	if err != nil {
		return nil, err
	}
	return &Workspace{Dir: dir, Config: config}, nil
}

// Path returns the place of a name in the folder. The name uses forward slashes.
func (w *Workspace) Path(name string) string {
	return filepath.Join(w.Dir, filepath.FromSlash(name))
}

// NoFile says why no file can have a path on this system; empty, if one may.
func NoFile(path string) string { return disk.Refused(path) }

// notHere is a path in foia.yaml that is none on this system.
type notHere struct{ what, remedy string }

func (n *notHere) Error() string { return n.what }

// Hint says what to do.
func (n *notHere) Hint() string { return n.remedy }

// Named is the path of a file that foia.yaml names, below the folder or anywhere else. The error
// has a hint, and leaves it to the caller to name the setting.
func (w *Workspace) Named(name string) (string, error) {
	if disk.Foreign(name) && !w.Exists(name) {
		return "", &notHere{name + " is a path of Windows",
			"write it with forward slashes and without a drive, such as signs/logo.png: that works on every system"}
	}
	path, err := disk.Under(w.Dir, name)
	if err != nil {
		return "", &notHere{err.Error(), "write the whole path there, or one below the folder, such as signs/logo.png"}
	}
	return path, nil
}

// Exists tells whether the folder holds that name.
func (w *Workspace) Exists(name string) bool {
	_, err := os.Lstat(w.Path(name))
	return err == nil
}

// Lock waits until no other command writes in the folder, and keeps others out
// until the returned function is called or the program ends, however it ends.
func (w *Workspace) Lock(ctx context.Context) (unlock func() error, err error) {
	if err := os.MkdirAll(w.Dir, dirMode); err != nil {
		return nil, w.failed("the folder cannot be made", w.Dir, err)
	}
	ctx, cancel := context.WithTimeout(ctx, lockWait)
	defer cancel()
	unlock, err = disk.Lock(ctx, w.Path(LockFile))
	if errors.Is(err, context.DeadlineExceeded) {
		return nil, &remedy.Error{What: "another foia command is writing in this folder", Where: w.Dir,
			Do: "wait until it has finished, then try again"}
	}
	if err != nil {
		return nil, w.failed("the folder cannot be locked", w.Path(LockFile), err)
	}
	w.clearUp()
	if err := w.clearBeginnings(); err != nil {
		return nil, errors.Join(w.failed("what an interrupted command left cannot be cleared away", w.Dir, err), unlock())
	}
	return unlock, nil
}

// OpenLog opens the tracking log. With create, it is made if it is not there.
func (w *Workspace) OpenLog(ctx context.Context, create bool) (*store.Log, error) {
	return w.open(ctx, store.Options{Create: create})
}

// ReadLog opens the tracking log for reading only. What is kept of its dates is
// brought up to date first, if that is possible; an older log is brought up to the
// schema of this program.
func (w *Workspace) ReadLog(ctx context.Context) (*store.Log, error) {
	log, err := w.open(ctx, store.Options{ReadOnly: true})
	if err == nil {
		fresh, freshErr := log.Fresh(ctx)
		if freshErr == nil && (fresh || !log.KeepsStandings()) {
			return log, nil
		}
		if err := log.Close(); err != nil {
			return nil, err
		}
	} else if !errors.Is(err, store.ErrOlder) {
		return nil, err
	}
	if err := w.refresh(ctx); err != nil && !errors.Is(err, store.ErrReadOnly) {
		return nil, err
	}
	return w.open(ctx, store.Options{ReadOnly: true})
}

func (w *Workspace) refresh(ctx context.Context) error {
	log, err := w.open(ctx, store.Options{})
	if err != nil {
		return err
	}
	return errors.Join(log.Refresh(ctx), log.Close())
}

func (w *Workspace) open(ctx context.Context, o store.Options) (log *store.Log, err error) {
	if o.Project, err = w.projection(); err != nil {
		return nil, err
	}
	o.Password = w.Password
	if address := w.Database(); address != "" {
		log, err = store.OpenPostgres(ctx, address, o)
	} else {
		log, err = store.OpenSQLite(ctx, w.Path(LogFile), o)
	}
	if err != nil {
		return nil, err
	}
	w.tell(append(log.Notices(), w.twoLogs()...))
	return log, nil
}

// Tell passes on what the user should know of what was done.
func (w *Workspace) Tell(text string) { w.tell([]string{text}) }

// tell passes on what the user should know, each thing once.
func (w *Workspace) tell(notices []string) {
	for _, n := range notices {
		if w.Notice == nil || w.noticed[n] {
			continue
		}
		if w.noticed == nil {
			w.noticed = map[string]bool{}
		}
		w.noticed[n] = true
		w.Notice(n)
	}
}

// Reason is why something failed, without the path, which whoever says it gives.
func Reason(err error) string { return disk.Reason(err) }

func (w *Workspace) failed(what, where string, err error) error {
	do := "check that the folder exists, that you own it and can write to it"
	switch {
	case disk.Full(err):
		do = "free up space on the disk and try again; nothing was changed"
	case disk.Held(err):
		do = "if another program has the file open, such as a spreadsheet, close it there and try again; otherwise " +
			do
	}
	return &remedy.Error{What: what, Where: where, Do: do, Cause: err}
}

// WriteFile replaces one file of the workspace whole: readers see the old text
// or the new, never a part. The new text is first written beside the old, not
// into a folder that others can list.
func (w *Workspace) WriteFile(name string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(w.Path(name)), dirMode); err != nil {
		return w.failed("the folder cannot be made", filepath.Dir(w.Path(name)), err)
	}
	err := w.noted(w.Path(name), func(beside string) error { return disk.WriteFileAs(w.Path(name), beside, data, fileMode) })
	if err != nil {
		return w.failed("the file cannot be written", w.Path(name), err)
	}
	return nil
}

// Written is when a file of the workspace was last written, by this machine's clock.
func (w *Workspace) Written(name string) (at time.Time, ok bool) {
	info, err := os.Stat(w.Path(name))
	if err != nil {
		return at, false
	}
	return info.ModTime(), true
}

// Same tells whether a file of the workspace holds exactly that text.
func (w *Workspace) Same(name string, data []byte) bool {
	have, err := os.ReadFile(w.Path(name))
	return err == nil && bytes.Equal(have, data)
}
