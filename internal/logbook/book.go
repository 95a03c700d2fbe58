// Package logbook is the use case of keeping the log: what happened is recorded, requests are
// looked up, what is due is listed, and the spreadsheet is kept in step. Book is the one way in
// which a command opens the log to write into it.
package logbook

import (
	"context"
	"errors"

	"foia/internal/docket"
	"foia/internal/store"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// Writer is who writes into a log, and when.
type Writer struct {
	By       string // who runs the command, as the log says it
	Machine  string // on which machine
	Today    workday.Date
	Now      string // RFC 3339, UTC
	AnyClock bool   // the user named the day, or nothing counts from it: a clock that is doubted is a note
}

// Mine tells whether an event was entered by this writer, on this machine as far as the event
// says.
func (w Writer) Mine(e docket.Event) bool {
	return e.By == w.By && (e.Machine == "" || e.Machine == w.Machine)
}

// Enters is an event as this writer enters it.
func (w Writer) Enters(e docket.Event) docket.Event {
	e.By, e.Machine, e.Recorded = w.By, w.Machine, w.Now
	return e
}

// Book is the log of a folder as one command has it: opened once, when it is first needed, and
// open until Close.
type Book struct {
	Writer
	Workspace *workspace.Workspace

	log      *store.Log
	readOnly bool // it is open for reading, since it cannot be written
	held     bool
	written  bool // since the folder was locked
}

// New is the log of a folder for somebody who may write into it. Nothing is opened yet.
func New(w *workspace.Workspace, who Writer) *Book { return &Book{Writer: who, Workspace: w} }

// Log is the log, for reading, before it is held or while it is. Its lists are fresh. The
// error is store.ErrNoLog if there is none.
func (b *Book) Log(ctx context.Context) (*store.Log, error) {
	if b.log != nil {
		return b.log, nil
	}
	err := b.open(ctx, false)
	if errors.Is(err, store.ErrReadOnly) {
		b.log, err = b.Workspace.ReadLog(ctx)
		b.readOnly = err == nil
		return b.log, err
	}
	if err != nil {
		return nil, err
	}
	if err := b.log.Refresh(ctx); err != nil && !errors.Is(err, store.ErrReadOnly) {
		return nil, err
	}
	return b.log, nil
}

// open opens the log to write into it, unless it is open. A shared one knows by which name the
// caller came in, and events bear that name.
func (b *Book) open(ctx context.Context, create bool) error {
	if b.log != nil && !b.readOnly {
		return nil
	}
	if err := b.Close(); err != nil {
		return err
	}
	log, err := b.Workspace.OpenLog(ctx, create)
	if err != nil {
		return err
	}
	b.log = log
	if log.Who() != "" {
		b.By = log.Who()
	}
	return nil
}

// Close closes the log, if it is open.
func (b *Book) Close() error {
	if b.log == nil {
		return nil
	}
	log := b.log
	b.log, b.readOnly = nil, false
	return log.Close()
}

// Hold keeps others from writing in the folder until release is called, and makes the log
// ready: open (with create, made if there is none), not behind the clock, with nothing left of
// commands that were killed, its lists fresh. release brings the spreadsheet up to date if
// something was written.
func (b *Book) Hold(ctx context.Context, create bool) (release func() error, err error) {
	unlock, err := b.Workspace.Lock(ctx)
	if err != nil {
		return nil, err
	}
	b.held, b.written = true, false
	release = func() error {
		if b.written {
			b.renewTrackingLog(context.WithoutCancel(ctx))
		}
		b.held = false
		return unlock()
	}
	if err := b.prepare(ctx, create); err != nil {
		return nil, errors.Join(err, release())
	}
	return release, nil
}

func (b *Book) prepare(ctx context.Context, create bool) error {
	if err := b.open(ctx, create); err != nil {
		return err
	}
	if err := b.doubtClock(ctx); err != nil {
		return err
	}
	if _, err := b.Workspace.Recover(ctx, b.log); err != nil {
		return err
	}
	return b.log.Refresh(ctx)
}

// Holding calls f while the folder is held.
func (b *Book) Holding(ctx context.Context, create bool, f func() error) (err error) {
	release, err := b.Hold(ctx, create)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, release()) }()
	return f()
}

// errNotHeld says that the program would write without the folder's lock.
var errNotHeld = errors.New("the log was to be written without the lock of its folder")

// Write runs f in one transaction of the log, with the files that belong to what it writes:
// all of it, or nothing. The folder must be held.
func (b *Book) Write(ctx context.Context, f func(*Turn) error) error { return b.write(ctx, false, f) }

// WriteMany is Write for many requests, whose files wait for the disk together.
func (b *Book) WriteMany(ctx context.Context, f func(*Turn) error) error {
	return b.write(ctx, true, f)
}

func (b *Book) write(ctx context.Context, together bool, f func(*Turn) error) error {
	if !b.held {
		return errNotHeld
	}
	t := &Turn{Writer: b.Writer, Workspace: b.Workspace, staging: b.Workspace.Staging(together)}
	err := b.log.Write(ctx, func(tx *store.Tx) error {
		t.Tx = tx
		if err := f(t); err != nil {
			return err
		}
		return t.staging.Sync()
	})
	if err != nil {
		return t.staging.Undo(err)
	}
	b.written = b.written || t.wrote
	return t.staging.Publish()
}

// Turn is one transaction of the log: what is written, by whom, and the files beside it.
type Turn struct {
	*store.Tx
	Writer
	Workspace *workspace.Workspace

	staging *workspace.Staging
	wrote   bool
}

// AddRequest writes a new request with its first event, and has its files where all who share
// the log find them. They were staged before.
func (t *Turn) AddRequest(r docket.Request, first docket.Event, files []workspace.File) error {
	t.wrote = true
	if err := t.Add(r, t.Enters(first)); err != nil {
		return err
	}
	return t.Workspace.Keep(t.Tx, r.ID, files)
}

// Stage has the files of a new request beside their place. Several may stage at a time.
func (t *Turn) Stage(folder string, files []workspace.File) error {
	return t.staging.Folder(folder, files)
}

// AddEvent writes a further event, which gets its number and hash.
func (t *Turn) AddEvent(e docket.Event) (docket.Event, error) {
	t.wrote = true
	return t.Append(t.Enters(e))
}

// StageFiles has further files of a request beside their place, which belong to the event that
// will have that number. Several may stage at a time.
func (t *Turn) StageFiles(r docket.Request, seq int, files []workspace.File) error {
	return t.staging.Files(r.ID, r.Folder, seq, files)
}

// ReplaceFiles is StageFiles for files that take the place of others of the request.
func (t *Turn) ReplaceFiles(r docket.Request, seq int, files []workspace.File, superseded []docket.Document) error {
	if err := t.StageFiles(r, seq, files); err != nil {
		return err
	}
	t.staging.Retire(superseded)
	return nil
}

// KeepFiles has files of a request where all who share the log find them.
func (t *Turn) KeepFiles(r docket.Request, files []workspace.File) error {
	return t.Workspace.Keep(t.Tx, r.ID, files)
}
