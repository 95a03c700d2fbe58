package workspace

import (
	"context"
	"net/url"
	"os"
	"strings"

	"foia/internal/remedy"
	"foia/internal/store"
)

// DatabaseVariable is the environment variable that names a shared log, for folders
// whose foia.yaml does not name one and that have no log of their own.
const DatabaseVariable = "FOIA_DATABASE"

// Database is the address of the shared log; empty if the log is a file of the folder.
func (w *Workspace) Database() string {
	if w.own {
		return ""
	}
	if w.Config.Database != "" {
		return w.Config.Database
	}
	if w.Exists(LogFile) {
		return ""
	}
	return os.Getenv(DatabaseVariable)
}

// HasLog tells whether there is a log to read: a shared one is always there.
func (w *Workspace) HasLog() bool { return w.Shared() || w.Exists(LogFile) }

// KeepToFile has this folder keep a log of its own, whatever the environment says:
// samples are nobody's business.
func (w *Workspace) KeepToFile() { w.own = true }

// twoLogs says so if there are two logs that could be meant.
func (w *Workspace) twoLogs() []string {
	switch {
	case w.own || !w.Exists(LogFile):
	case w.Config.Database != "":
		return []string{"this folder also has its own log, " + LogFile + ", which is not used: " + ConfigFile +
			" names a database; " + remedy.To(remedy.CopyLog).String() + " moves a log"}
	case os.Getenv(DatabaseVariable) != "":
		return []string{"this folder has its own log, " + LogFile + ": " + DatabaseVariable + " is not used"}
	}
	return nil
}

// Shared tells whether others write into the same log.
func (w *Workspace) Shared() bool { return w.Database() != "" }

// The places where documents are kept for everybody who shares a log.
const (
	InDatabase = "database"
	InFolder   = "folder"
)

// documentsPlace says where documents are kept besides the folder of whoever made
// them; empty: nowhere else.
func (w *Workspace) documentsPlace() string {
	switch {
	case !w.Shared():
		return ""
	case w.Config.Documents != "":
		return w.Config.Documents
	}
	return InDatabase
}

// documentsFolder is the folder that all share; foia.yaml may name it from its own folder.
// What is no path on this system is the path of nothing: who writes there is told why.
func (w *Workspace) documentsFolder() string {
	path, err := w.Named(w.Config.DocumentsFolder)
	if err != nil {
		return w.Path(w.Config.DocumentsFolder)
	}
	return path
}

// SharesDocuments tells whether others find the documents of this log too.
func (w *Workspace) SharesDocuments() bool { return w.documentsPlace() != "" }

// checkSharing makes sure that what foia.yaml says of the shared log is possible, and
// that no password is in it.
func (c Config) checkSharing(name string) error {
	if c.Database != "" {
		u, err := url.Parse(c.Database)
		if err != nil || u.Scheme != "postgres" && u.Scheme != "postgresql" {
			return &remedy.Error{Where: name, What: "database: it is not the address of a PostgreSQL database",
				Do: "write database: postgres://NAME@HOST/DATABASE, or leave the line out"}
		}
		if SecretIn(c.Database) {
			return &remedy.Error{Where: name, What: "database: the address contains a password", Do: NoPassword}
		}
	}
	switch c.Documents {
	case "", InDatabase:
	case InFolder:
		if c.DocumentsFolder == "" {
			return &remedy.Error{Where: name, What: "documents: folder, but documents_folder does not name it",
				Do: "name a folder that all who share the log can reach, or write documents: database"}
		}
	default:
		return &remedy.Error{Where: name, What: "documents: it must be database or folder, not " + c.Documents,
			Do: "write documents: database"}
	}
	return nil
}

// NoPassword is what to do instead of writing a password into a file or a command.
const NoPassword = "leave it out: foia asks for it, or takes it from PGPASSFILE or PGPASSWORD"

// SecretIn tells whether an address that was typed as an argument holds a password,
// which others on this machine could read.
func SecretIn(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return strings.Contains(address, "password")
	}
	_, secret := u.User.Password()
	return secret || u.Query().Has("password") || u.Query().Has("sslpassword")
}

// SetupDatabase prepares the shared log, and says what it did. Whoever does so owns the log,
// and keeps its dates.
func (w *Workspace) SetupDatabase(ctx context.Context) ([]string, error) {
	report, err := store.SetupPostgres(ctx, w.Database(), store.Options{Password: w.Password})
	if err != nil {
		return nil, err
	}
	return report, w.refresh(ctx)
}

// People are those who have access to the shared log.
func (w *Workspace) People(ctx context.Context) ([]store.Person, error) {
	return store.People(ctx, w.Database(), store.Options{Password: w.Password})
}

// Admit gives somebody a role in the shared log; see store.Admit.
func (w *Workspace) Admit(ctx context.Context, person, role, password string) (made bool, err error) {
	return store.Admit(ctx, w.Database(), store.Options{Password: w.Password}, person, role, password)
}

// Holders are those who write to the shared log at this moment; see store.Holders.
func (w *Workspace) Holders(ctx context.Context) ([]store.Holder, error) {
	return store.Holders(ctx, w.Database(), store.Options{Password: w.Password})
}

// EndSession ends a session that keeps others from writing; see store.EndSession.
func (w *Workspace) EndSession(ctx context.Context, session int) (store.Holder, error) {
	return store.EndSession(ctx, w.Database(), store.Options{Password: w.Password}, session)
}

// Dismiss takes away somebody's access to the shared log.
func (w *Workspace) Dismiss(ctx context.Context, person string) error {
	return store.Dismiss(ctx, w.Database(), store.Options{Password: w.Password}, person)
}
