package workspace

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"foia/internal/store"
)

// sqliteScheme begins the URL of a log in a SQLite file.
const sqliteScheme = "sqlite:"

// IsServer tells whether a URL names a database that keeps documents itself.
func IsServer(url string) bool {
	return strings.HasPrefix(url, "postgres://") || strings.HasPrefix(url, "postgresql://")
}

// OpenDatabase opens the log that a URL names: postgres://…, sqlite:PATH, or the path
// of a folder of foia. What a URL holds besides, such as a password, is never repeated.
func OpenDatabase(ctx context.Context, url string, o store.Options) (*store.Log, error) {
	scheme, _, other := strings.Cut(url, "://")
	switch {
	case url == "":
		return nil, &UnknownDatabase{"no database is named"}
	case IsServer(url) && SecretIn(url):
		return nil, &UnknownDatabase{"the address contains a password, which others on this machine can read"}
	case IsServer(url):
		o.Replay = true // the events keep the names of those who entered them
		return store.OpenPostgres(ctx, url, o)
	case other:
		return nil, &UnknownDatabase{"unknown kind of database: " + scheme + "://"}
	}
	return store.OpenSQLite(ctx, fileOf(url), o)
}

// fileOf is the file of the log that a URL names, which is no server's.
func fileOf(url string) string {
	file, named := strings.CutPrefix(url, sqliteScheme)
	if info, err := os.Stat(file); !named || err == nil && info.IsDir() {
		file = filepath.Join(file, LogFile)
	}
	return file
}

// OpenAt opens the log that a URL names, with dates counted as in this folder.
func (w *Workspace) OpenAt(ctx context.Context, url string, o store.Options) (log *store.Log, err error) {
	if o.Project, err = w.projection(); err != nil {
		return nil, err
	}
	return OpenDatabase(ctx, url, o)
}

// OwnURL names the log in a SQLite file of this folder, whatever foia.yaml names.
func (w *Workspace) OwnURL() string { return sqliteScheme + w.Path(LogFile) }

// FolderOf returns the folder of foia that a URL names, in which documents have a
// place; a database by itself is none.
func FolderOf(url string) (dir string, ok bool) {
	if url == "" || strings.Contains(url, "://") || strings.HasPrefix(url, sqliteScheme) {
		return "", false
	}
	return url, true
}

// UnknownDatabase says that a URL names no database that foia can open.
type UnknownDatabase struct{ What string }

func (e *UnknownDatabase) Error() string { return e.What }

// Hint says what to do.
func (e *UnknownDatabase) Hint() string {
	return "name a folder, a SQLite file as sqlite:PATH, or a database as postgres://NAME@HOST/DATABASE; for the password, " + NoPassword
}

// Usage: it is always what the user named that is wrong.
func (e *UnknownDatabase) Usage() bool { return true }
