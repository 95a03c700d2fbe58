package backup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"foia/internal/docket"
	"foia/internal/store"
	"foia/internal/workspace"
)

// Restore makes a folder of a backup, whole or not at all. Everything is made in a
// hidden folder inside the new one, which has another name when it is complete; then
// its parts are moved into place, the log last. Killed before that, the next try
// begins anew; killed after it, the next try finishes the moves.
type Restore struct {
	Archive  *Archive
	Into     *workspace.Workspace
	Database string                                  // URL of the log; "" for the folder's own
	Password func(who, where string) (string, error) // asked for if the database wants one
	Progress func(documents int)
	// Renew makes what follows from the log, before the folder is in place.
	Renew func(ctx context.Context, w *workspace.Workspace, log *store.Log) error

	making, made string // the two names of the hidden folder
	folder, lock bool   // were there before
}

// Run restores. Finished tells that an earlier try had everything but the last moves.
func (r *Restore) Run(ctx context.Context) (finished bool, err error) {
	if err := r.Archive.Check(ctx, r.Progress); err != nil {
		return false, err
	}
	r.making, r.made = workspace.Restoring+r.Archive.ID[:16], ".restored-"+r.Archive.ID[:16]
	r.folder, r.lock = r.Into.Exists("."), r.Into.Exists(workspace.LockFile)
	if err := r.mayBegin(); err != nil {
		return false, err
	}
	if err := r.Into.Room(r.Archive.needs + 3*r.Archive.members[logName].UncompressedSize64); err != nil {
		return false, err
	}
	unlock, err := r.Into.Lock(ctx)
	if err != nil {
		return false, err
	}
	err = r.mayBegin() // nobody came in between
	if finished = r.Into.Exists(r.made); err == nil && !finished {
		if err = r.stage(ctx); err != nil {
			err = errors.Join(err, r.Into.Clear(r.making))
		}
	}
	if err == nil {
		err = r.move()
	}
	return finished, errors.Join(err, unlock(), r.tidy(err))
}

// tidy leaves nothing behind after a failure that was not there before.
func (r *Restore) tidy(failed error) error {
	switch {
	case failed == nil || r.lock || r.Into.Exists(r.made):
		return nil
	case r.folder:
		return r.Into.Clear(workspace.LockFile)
	}
	return r.Into.Abandon()
}

// mayBegin refuses a folder in which there is anything but the rest of an earlier try.
func (r *Restore) mayBegin() error {
	entries, err := os.ReadDir(r.Into.Dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("the folder cannot be read: %w", err)
	}
	ours := map[string]bool{workspace.LockFile: true, r.making: true, r.made: true}
	if r.Into.Exists(r.made) {
		ours[workspace.LogFile], ours[workspace.RequestsDir], ours[workspace.TrackingFile] = true, true, true
		for _, name := range r.Archive.own() {
			ours[first(name)] = true
		}
	}
	for _, e := range entries {
		if !ours[e.Name()] && !workspace.IsRest(e.Name()) {
			return unfitFor(fmt.Sprintf("the folder is not empty: it has %s (%s)", e.Name(), r.Into.Dir),
				"restore into a new folder (-w FOLDER), then copy what you need from there")
		}
	}
	return nil
}

// first is the first part of a name with forward slashes.
func first(name string) string {
	for i, c := range name {
		if c == '/' {
			return name[:i]
		}
	}
	return name
}

// stage makes everything in the hidden folder.
func (r *Restore) stage(ctx context.Context) error {
	if err := r.Into.Clear(r.making); err != nil {
		return err
	}
	placing, err := (&workspace.Workspace{Dir: r.Into.Path(r.making)}).Place()
	if err != nil {
		return err
	}
	err = r.stageAll(ctx, placing)
	if err = errors.Join(err, placing.Close()); err != nil {
		return err
	}
	return r.Into.Rename(r.making, r.made)
}

func (r *Restore) stageAll(ctx context.Context, placing *workspace.Placing) error {
	for _, name := range r.Archive.own() {
		if err := placing.PutFile(name, r.opener(ctx, folderDir+name)); err != nil {
			return err
		}
	}
	w, err := workspace.Open(r.Into.Path(r.making)) // by the settings of the backup
	if err != nil {
		return err
	}
	if err := r.leaveDatabase(w); err != nil {
		return err
	}
	log, err := r.stageLog(ctx, w)
	if err != nil {
		return err
	}
	err = r.stageDocuments(ctx, log, placing)
	if err == nil {
		err = log.Refresh(ctx)
	}
	if err == nil && r.Renew != nil {
		err = r.Renew(ctx, w, log)
	}
	if err = errors.Join(err, log.Close()); err != nil {
		return err
	}
	return r.toDatabase(ctx, w)
}

// leaveDatabase has the restored folder keep to its own log and documents: which
// database its foia.yaml named is left there as a comment.
func (r *Restore) leaveDatabase(w *workspace.Workspace) error {
	w.KeepToFile()
	if r.Database != "" || w.Config.Database == "" && w.Config.Documents == "" {
		return nil
	}
	raw, err := os.ReadFile(w.Path(workspace.ConfigFile))
	if err != nil {
		return fmt.Errorf("the restored settings cannot be read: %w", err)
	}
	lines := strings.Split(string(raw), "\n")
	for i, line := range lines {
		for _, key := range []string{"database:", "documents:", "documents_folder:"} {
			if strings.HasPrefix(line, key) {
				lines[i] = "# before it was restored from a backup: " + line
			}
		}
	}
	if err := w.WriteFile(workspace.ConfigFile, []byte(strings.Join(lines, "\n"))); err != nil {
		return err
	}
	again, err := workspace.Open(w.Dir)
	if err != nil {
		return err
	}
	w.Config = again.Config
	return nil
}

// stageLog enters every event anew, which must give the same sum.
func (r *Restore) stageLog(ctx context.Context, w *workspace.Workspace) (*store.Log, error) {
	// Where requests stand is worked out once, at the end.
	log, err := workspace.OpenDatabase(ctx, w.OwnURL(), store.Options{Create: true})
	if err != nil {
		return nil, err
	}
	report, err := store.Copy(ctx, r.Archive.log(), log, store.CopyOptions{})
	if err == nil && report.Sum != r.Archive.Manifest.Log {
		err = unfit("its log changed while it was being read")
	}
	if err = errors.Join(asUnfit(ctx, err), log.Close()); err != nil {
		return nil, err
	}
	return w.OpenAt(ctx, w.OwnURL(), store.Options{})
}

// documentsAtOnce is how many documents wait for the disk together.
const documentsAtOnce = 1000

func (r *Restore) stageDocuments(ctx context.Context, log *store.Log, placing *workspace.Placing) error {
	s := &staging{Restore: r, ctx: ctx, log: log, placing: placing}
	if err := store.Walk(ctx, log, 0, func(_ int, e docket.Event) error { return s.documents(e) }); err != nil {
		return err
	}
	return placing.Sync()
}

// staging are the documents of a backup on their way into the hidden folder.
type staging struct {
	*Restore
	ctx     context.Context // of the Run that it belongs to
	log     *store.Log
	placing *workspace.Placing
	done    int
}

func (s *staging) documents(e docket.Event) error {
	documents, err := store.DocumentsOf(s.ctx, s.log, e)
	if err != nil {
		return err
	}
	if e.Seq == 1 && len(documents) == 0 {
		request, err := s.log.Request(s.ctx, e.Request)
		if err != nil {
			return err
		}
		return s.placing.Folder(request)
	}
	if e.Seq == 1 || e.Kind == docket.Redrafted {
		if documents, err = s.whereTheyLie(e.Request, documents); err != nil {
			return err
		}
	}
	for _, d := range documents {
		if err := s.document(d); err != nil {
			return err
		}
	}
	return nil
}

// whereTheyLie has the letters that another version took the place of where such letters lie.
func (s *staging) whereTheyLie(id string, documents []store.Placed) ([]store.Placed, error) {
	request, err := s.log.Request(s.ctx, id)
	if err != nil {
		return nil, err
	}
	events, err := s.log.Events(s.ctx, id)
	if err != nil {
		return nil, err
	}
	superseded, err := docket.Superseded(request, events)
	for i, d := range documents {
		if slices.Contains(superseded, d.Document) {
			documents[i].Document.Name = path.Join(docket.EarlierDir, d.Document.Name)
		}
	}
	return documents, err
}

func (s *staging) document(d store.Placed) error {
	name := documentName(d.Document.SHA256)
	if s.Archive.members[name] == nil {
		return s.placing.Folder(d.Request) // the manifest says that the document is missing
	}
	if err := s.placing.Put(d, s.opener(s.ctx, name)); err != nil {
		return err
	}
	if s.done++; s.done%documentsAtOnce > 0 {
		return nil
	}
	return s.placing.Sync()
}

// opener opens a member for reading that ends with the context.
func (r *Restore) opener(ctx context.Context, name string) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) {
		in, err := r.Archive.open(name)
		return struct {
			io.Reader
			io.Closer
		}{interruptible{ctx, in}, in}, err
	}
}

// toDatabase moves the log into the database that the user named.
func (r *Restore) toDatabase(ctx context.Context, w *workspace.Workspace) (err error) {
	if r.Database == "" {
		return nil
	}
	from, err := w.OpenAt(ctx, w.OwnURL(), store.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	to, err := w.OpenAt(ctx, r.Database, store.Options{Create: true, Password: r.Password})
	if err != nil {
		return errors.Join(err, from.Close())
	}
	o := store.CopyOptions{}
	if workspace.IsServer(r.Database) {
		o.Keep = w.KeepFrom(ctx, from)
	}
	_, err = store.Copy(ctx, from, to, o)
	if err = errors.Join(err, to.Close(), from.Close()); err != nil {
		return err
	}
	for _, end := range []string{"", "-wal", "-shm"} {
		if err := w.Clear(workspace.LogFile + end); err != nil {
			return err
		}
	}
	return nil
}

// move puts the parts into place, the log last: without it, no command takes the
// folder for one of foia.
func (r *Restore) move() error {
	entries, err := os.ReadDir(r.Into.Path(r.made))
	if err != nil {
		return fmt.Errorf("the restored folder cannot be read: %w", err)
	}
	var names []string
	log := false
	for _, e := range entries {
		if e.Name() == workspace.LogFile {
			log = true
			continue
		}
		names = append(names, e.Name())
	}
	if log {
		names = append(names, workspace.LogFile)
	}
	for _, name := range names {
		if r.Into.Exists(name) {
			return unfitFor("something appeared in the folder meanwhile: "+name+" ("+r.Into.Dir+")",
				"move it away and run the command again")
		}
		if err := r.Into.Rename(filepath.ToSlash(filepath.Join(r.made, name)), name); err != nil {
			return err
		}
	}
	return r.Into.Clear(r.made)
}
