package store

import (
	"fmt"
	"os"
	"path/filepath"

	"foia/internal/disk"

	sqlite3 "modernc.org/sqlite/lib"
)

// SQLite needs two files beside the log while it is open: the write-ahead log, which may hold the newest entries, and -shm, the
// index of it that all programs share, which is made anew whenever nobody has it open. Its errors name neither.
// https://www.sqlite.org/walformat.html

// ofIndex tells whether an error is one of -shm.
func ofIndex(code int) bool {
	switch code {
	case sqlite3.SQLITE_IOERR_SHMOPEN, sqlite3.SQLITE_IOERR_SHMSIZE, sqlite3.SQLITE_IOERR_SHMLOCK, sqlite3.SQLITE_IOERR_SHMMAP,
		sqlite3.SQLITE_READONLY_CANTINIT:
		return true
	}
	return false
}

// companionAtFault is what is wrong with a file that SQLite needs beside the log; nil, if it is not that.
func companionAtFault(log string, code int, err error) *Failure {
	for _, end := range []string{"-shm", "-wal"} {
		path := log + end
		info, looking := os.Lstat(path)
		if looking != nil {
			continue
		}
		name, what := filepath.Base(path), ""
		kind := ErrReadOnly
		switch may := disk.MayWrite(path); {
		case info.IsDir():
			what = "it is a folder, where SQLite keeps a file"
		case !info.Mode().IsRegular():
			what = "it is not a plain file"
			if to := disk.LeadsTo(path); to != "" {
				what = "it is a link to " + to
			}
		case may != nil:
			what = "you may not read and write it: " + may.Error()
			if owner := disk.Owner(path); owner != "" {
				what += "; it belongs to " + owner
			}
		case end == "-shm" && ofIndex(code):
			kind, what = ErrDisk, "SQLite cannot use it: "+err.Error()
		default:
			continue
		}
		return &Failure{Kind: kind, Detail: fmt.Sprintf("%s beside it is in the way: %s", name, what), Where: log, Err: err,
			Remedy: companionRemedy(end, name, info.Mode().IsRegular())}
	}
	if dir := filepath.Dir(log); disk.MayWrite(log) == nil && disk.MayWrite(dir) != nil {
		return &Failure{Kind: ErrReadOnly, Where: log, Err: err,
			Detail: fmt.Sprintf("while it is open, %[1]s-wal and %[1]s-shm are made beside it, and you may not write to its folder",
				filepath.Base(log)),
			Remedy: "make the folder yours to write, or copy it to where you may write; nothing was changed"}
	}
	return nil
}

func companionRemedy(end, name string, plain bool) string {
	switch {
	case !plain:
		return fmt.Sprintf("close every program that uses the log, move %s away, and run the command again; nothing was changed", name)
	case end == "-wal":
		return fmt.Sprintf("make %s yours (chown, chmod u+rw), as the log is; do not remove it: it may hold the newest entries", name)
	}
	return fmt.Sprintf("make %[1]s yours (chown, chmod u+rw), or, when no program uses the log, remove it: it holds nothing of its own, "+
		"and is made anew; nothing was changed", name)
}
