package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"foia/internal/disk"
	"foia/internal/remedy"
)

// What can be wrong with a log, for errors.Is. The errors that carry them are
// of type *Failure, which also says where and what to do.
var (
	// ErrNotFound says that the log has no such request.
	ErrNotFound = errors.New("no such request in the log")
	// ErrNoLog says that the file is not there.
	ErrNoLog = errors.New("there is no tracking log yet")
	// ErrForeign says that the file is not a tracking log.
	ErrForeign = errors.New("the file is not a foia tracking log")
	// ErrNoDocument says that the database does not keep such a file.
	ErrNoDocument = errors.New("the document is not in the database")
	// ErrNewer says that this foia is too old for the log.
	ErrNewer = errors.New("the tracking log was made by a newer foia")
	// ErrOlder says that the log must be brought up to date before it is read.
	ErrOlder = errors.New("the tracking log was made by an older foia")
	// ErrDamaged says that the log is not as it was written.
	ErrDamaged = errors.New("the tracking log is damaged")
	// ErrLocked says that another program holds the log.
	ErrLocked = errors.New("another program is writing to the tracking log")
	// ErrFull says that there is no room on the disk.
	ErrFull = errors.New("the disk is full")
	// ErrReadOnly says that the log or its folder may not be written.
	ErrReadOnly = errors.New("you are not allowed to write to the tracking log")
	// ErrDisk says that the disk failed.
	ErrDisk = errors.New("the disk reported an error")
	// ErrUnreachable says that the server does not answer; nothing was written.
	ErrUnreachable = errors.New("the database cannot be reached")
	// ErrUnknown says that nobody could be asked whether it was written.
	ErrUnknown = errors.New("foia does not know whether this was written")
	// ErrDenied says that the server did not let the caller in.
	ErrDenied = errors.New("the database refused access")
	// ErrAddress says that the address of a database is no good.
	ErrAddress = errors.New("the database address is not valid")
	// ErrRefused says that what was to be written does not fit into the log.
	ErrRefused = errors.New("the tracking log did not accept this")
)

// remedies are what to do, by what is wrong.
var remedies = map[error]string{
	ErrNoLog: fmt.Sprintf("make your first request, for example: %s (to try it out: %s); if you had a log, check that this is the "+
		"right folder", remedy.To(remedy.New, "request").With("to", "irs"), remedy.To(remedy.New, "irs-dhs-mou").Saying("sample")),
	ErrNoDocument: remedy.To(remedy.Verify).String() + " lists everything that is missing; restore it from a backup",
	ErrForeign:    "name the right folder, or move the file away if it does not belong here",
	ErrNewer:      "use the newer foia; this one leaves the log alone",
	ErrOlder:      "copy the folder to a place where you can write, then use the copy: any command brings it up to date",
	ErrDamaged: fmt.Sprintf("make a copy of the folder first, then restore the log from a backup; %s lists what is wrong",
		remedy.To(remedy.Verify)),
	ErrLocked:      "wait until it has finished, or close it, then try again; nothing was changed",
	ErrFull:        "free up space on the disk and try again (reading the log needs a little, too); nothing was changed",
	ErrReadOnly:    "check that you own the file and its folder and can write to them; nothing was changed",
	ErrUnreachable: "check that the network and the server are up, then try again; nothing was changed",
	ErrUnknown:     "try the same again when the server is back: what was written is found, and nothing is done twice",
	ErrDenied: "check the name, password and certificate (PGPASSFILE, PGPASSWORD, or type the password when asked); the database " +
		"owner gives access with " + remedy.To(remedy.GiveAccess, remedy.Open("NAME")).String(),
	ErrAddress: "write it as postgres://NAME@HOST/DATABASE",
	ErrDisk:    "make sure you have a backup, check that the disk is healthy and connected, then try again; nothing was changed",
}

// Failure is a log that cannot be used as asked.
type Failure struct {
	Kind   error  // one of the Err… above, or nil
	Detail string // more about it; may be empty
	Where  string // the file; may be empty
	Err    error  // what the database or the system said; may be nil
	Remedy string // what to do, if it is not what the kind says
}

// Error says what is wrong, and where.
func (f *Failure) Error() string {
	s := f.Detail
	if f.Kind != nil {
		s = f.Kind.Error()
		if f.Detail != "" {
			s += ": " + f.Detail
		}
	}
	if f.Where != "" {
		s += " (" + f.Where + ")"
	}
	return s
}

// Hint says what to do.
func (f *Failure) Hint() string {
	if f.Remedy != "" {
		return f.Remedy
	}
	if known := remedies[f.Kind]; known != "" {
		return known
	}
	return fmt.Sprintf("nothing was changed; run %s to check the log itself", remedy.To(remedy.Verify))
}

// Unwrap returns the kind, and what the database or the system said.
func (f *Failure) Unwrap() []error {
	var errs []error
	for _, err := range []error{f.Kind, f.Err} {
		if err != nil {
			errs = append(errs, err)
		}
	}
	return errs
}

// notFound names the request that the log does not have.
func notFound(id string) error {
	return fmt.Errorf("%w: %s", ErrNotFound, id)
}

// explain turns what database and system say into plain words. Errors that are
// plain already get the place; the end of a context passes through.
func explain(err error, where string) error {
	var plain *Failure
	var connecting *pgconn.ConnectError // has a time limit of its own
	switch {
	case err == nil, errors.Is(err, ErrNotFound):
		return err
	case errors.As(err, &plain):
		if plain.Where != "" {
			return err
		}
		placed := *plain
		placed.Where = where
		return &placed
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded) && !errors.As(err, &connecting):
		return fmt.Errorf("the work on the tracking log was interrupted: %w", err)
	}
	var file *fs.PathError
	if errors.As(err, &file) {
		return &Failure{Kind: fileKind(err), Detail: file.Op + ": " + disk.Reason(file), Where: where, Err: err}
	}
	if failure := explainPostgres(err, where); failure != nil {
		return failure
	}
	var said *sqlite.Error
	if !errors.As(err, &said) {
		return &Failure{Detail: "the tracking log cannot be used: " + err.Error(), Where: where, Err: err}
	}
	// The low byte is the kind; the rest says which call it was.
	// https://www.sqlite.org/rescode.html
	switch said.Code() & 0xff {
	case sqlite3.SQLITE_FULL:
		return &Failure{Kind: ErrFull, Where: where, Err: err}
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return &Failure{Kind: ErrLocked, Detail: "waited " + busyWait.String(), Where: where, Err: err}
	case sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN:
		// Also who only reads needs room, for the files that SQLite makes beside the log; if
		// there is none, it does not say so.
		if disk.NoRoom(filepath.Dir(where)) {
			return &Failure{Kind: ErrFull, Where: where, Err: err}
		}
	}
	switch said.Code() & 0xff {
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR:
		if failure := companionAtFault(where, said.Code(), said); failure != nil {
			return failure
		}
	}
	switch said.Code() & 0xff {
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_AUTH:
		return &Failure{Kind: ErrReadOnly, Detail: said.Error(), Where: where, Err: err}
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT:
		return &Failure{Kind: ErrDamaged, Detail: said.Error(), Where: where, Err: err}
	case sqlite3.SQLITE_IOERR:
		return &Failure{Kind: ErrDisk, Detail: said.Error(), Where: where, Err: err}
	}
	return &Failure{Detail: "the tracking log cannot be used: " + said.Error(), Where: where, Err: err}
}

func fileKind(err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return ErrNoLog
	case disk.Full(err):
		return ErrFull
	case errors.Is(err, fs.ErrPermission):
		return ErrReadOnly
	case disk.Held(err):
		return ErrLocked
	}
	return ErrDisk
}
