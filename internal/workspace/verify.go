package workspace

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"foia/internal/disk"
	"foia/internal/docket"
	"foia/internal/remedy"
	"foia/internal/store"
)

// The folders below a request's in which foia keeps what comes later. What else
// lies beside the letter is the user's own.
const (
	ReceivedDir  = "received"
	LettersDir   = "letters"
	CopiesDir    = "publication" // copies of what was received, with places covered
	PapersDir    = "papers"      // in the user's folder: what can be made again
	CampaignsDir = "campaigns"   // in the user's folder: what belongs to a campaign
	ProposalsDir = "redactions"  // in the user's folder: what is to be covered in copies
)

// look is one look at the documents of a log. The log is read first, and the files after
// it: whoever writes meanwhile makes them differ for a moment.
type look struct {
	w      *Workspace
	ctx    context.Context
	log    Documents
	shared bool
	only   map[string]bool // what to look at again, by place; nil: everything

	// settled tells that nobody writes in this folder: what is not in place yet was left by
	// a command that was interrupted.
	settled bool

	found []finding
	oddities
	left    []string // folders in which a command was making something
	checked int
}

// finding is what may be wrong with a file or folder.
type finding struct {
	store.Fault
	place string
}

// passing tells whether a command that is writing can be the reason: it puts whole files
// into their places, and changes none.
func (f finding) passing() bool { return f.Kind == store.Missing || f.Kind == store.NotInLog }

func (l *look) find(request string, event int, kind store.FaultKind, place, format string, args ...any) {
	if l.only == nil || l.only[place] {
		l.found = append(l.found, finding{store.Fault{Request: request, Event: event, Kind: kind, What: fmt.Sprintf(format, args...)},
			place})
	}
}

// documents compares every frozen file, and every file that came with an event, with
// what the log says of it.
func (l *look) documents(requests []docket.Request, events map[string][]docket.Event) {
	if !l.shared {
		l.odd(LogFile)
	}
	for _, r := range requests {
		if !l.shared && !l.folder(r) {
			continue
		}
		l.odd(r.Folder)
		l.hiddenFiles(r)
		known := map[string]bool{}
		check := func(seq int, documents []docket.Document) {
			for _, d := range documents {
				known[d.Name] = true
				l.checked++
				l.document(r, seq, d)
			}
		}
		check(0, r.Documents)
		for _, e := range events[r.ID] {
			files, err := e.Files()
			if err != nil {
				l.find(r.ID, e.Seq, store.InLog, r.ID, "%v", err)
			}
			check(e.Seq, files)
		}
		l.strayFiles(r, known)
	}
	l.strayFolders(requests)
}

// folder looks whether the folder of a request is there.
func (l *look) folder(r docket.Request) bool {
	_, err := os.Lstat(l.w.Path(r.Folder))
	switch {
	case err == nil:
		return true
	case !errors.Is(err, fs.ErrNotExist):
		l.find(r.ID, 0, store.Unreadable, r.Folder, "its folder %s cannot be read: %v", r.Folder, disk.Reason(err))
	case !l.settled || !l.w.staged(r):
		l.find(r.ID, 0, store.Missing, r.Folder, "its folder %s is missing", r.Folder)
	}
	return false
}

// staged tells whether the folder of a request lies beside its place, with all its files.
func (w *Workspace) staged(r docket.Request) bool {
	if !w.Exists(stagedName(r.Folder)) {
		return false
	}
	for _, d := range r.Documents {
		if w.checkDocument(path.Join(stagedName(r.Folder), d.Name), d) != nil {
			return false
		}
	}
	return true
}

// document looks at a document where all have it, and at the copy in this folder.
func (l *look) document(r docket.Request, seq int, d docket.Document) {
	name := path.Join(r.Folder, d.Name)
	if !filepath.IsLocal(filepath.FromSlash(name)) {
		l.find(r.ID, seq, store.InLog, name, "the log names a document outside the folder: %s", name)
		return
	}
	if l.only != nil && !l.only[name] && !l.only[asShared(name)] {
		return
	}
	whole := false
	if l.shared {
		content, err := l.w.openShared(l.ctx, l.log, r, d)
		wrong := checkContent(asShared(name), content, err, d)
		whole = wrong == nil
		l.mismatch(r, seq, d, asShared(name), wrong)
	}
	if l.shared && !l.w.Exists(l.w.lies(name)) {
		return
	}
	l.odd(l.w.lies(name))
	wrong := l.w.checkDocument(l.w.lies(name), d)
	if wrong != nil && wrong.kind == store.Changed && whole {
		wrong.kind = store.CopyOnly
	}
	l.mismatch(r, seq, d, name, wrong)
}

// asShared is what a document is called where all who share the log have it.
func asShared(name string) string { return name + ", as it is shared," }

func (l *look) mismatch(r docket.Request, seq int, d docket.Document, place string, wrong *mismatch) {
	if wrong == nil || l.settled && wrong.kind == store.Missing && l.w.checkDocument(path.Join(stagedFiles(r.ID, seq), d.Name), d) == nil {
		return
	}
	l.find(r.ID, seq, wrong.kind, place, "%s", wrong.what)
}

// strayFiles finds files where foia keeps documents that the log does not know:
// they prove nothing.
func (l *look) strayFiles(r docket.Request, known map[string]bool) {
	for _, dir := range []string{ReceivedDir, LettersDir, SentDir, CopiesDir} {
		err := fs.WalkDir(os.DirFS(l.w.Path(r.Folder)), dir, func(name string, e fs.DirEntry, err error) error {
			place := path.Join(r.Folder, name)
			if err == nil && !e.IsDir() && !known[name] && !isUnfinished(e.Name()) && !leftBySystem(e.Name()) {
				l.find(r.ID, 0, store.NotInLog, place, "the log has no record of %s: record it (%s) or move it away", place,
					remedy.To(remedy.Record, r.ID, string(docket.FileAdded)).With("attach", remedy.Open("FILE")))
			}
			return err
		})
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			l.find(r.ID, 0, store.Unreadable, path.Join(r.Folder, dir), "its folder cannot be read: %v", disk.Reason(err))
		}
	}
}

// isUnfinished tells whether a file is one on its way into place, or was when its command
// was killed: then the next one that writes clears it away.
func isUnfinished(name string) bool {
	return disk.IsUnfinished(name) || strings.HasPrefix(name, placing)
}

// strayFolders finds folders among the requests that the log does not know, and those in
// which something is being made.
func (l *look) strayFolders(requests []docket.Request) {
	known := map[string]bool{}
	for _, r := range requests {
		known[path.Base(r.Folder)] = true
	}
	entries, err := os.ReadDir(l.w.Path(RequestsDir))
	if err != nil && !errors.Is(err, fs.ErrNotExist) { // a missing folder is named request by request
		l.find("", 0, store.Unreadable, RequestsDir, "the folder %s cannot be read: %v", RequestsDir, disk.Reason(err))
	}
	for _, e := range entries {
		place := path.Join(RequestsDir, e.Name())
		switch {
		case strings.HasPrefix(e.Name(), making):
			l.left = append(l.left, place)
		case !known[e.Name()] && !leftBySystem(e.Name()):
			l.find("", 0, store.NotInLog, place, "the log has no record of %s", place)
		}
	}
}

// mismatch is how a file differs from what the log says of it.
type mismatch struct {
	kind store.FaultKind
	what string
}

func (w *Workspace) checkDocument(name string, d docket.Document) *mismatch {
	f, err := os.Open(w.Path(name))
	return checkContent(name, f, err, d)
}

// checkContent compares what was opened with what the log says of it.
func checkContent(name string, f io.ReadCloser, err error, d docket.Document) *mismatch {
	if errors.Is(err, fs.ErrNotExist) {
		return &mismatch{store.Missing, name + " is missing"}
	}
	if err != nil {
		return &mismatch{store.Unreadable, fmt.Sprintf("%s cannot be read: %v", name, disk.Reason(err))}
	}
	defer f.Close() // only read: nothing can be lost
	sum := sha256.New()
	size, err := io.Copy(sum, f)
	if err != nil {
		return &mismatch{store.Unreadable, fmt.Sprintf("%s cannot be read: %v", name, disk.Reason(err))}
	}
	if got := hex.EncodeToString(sum.Sum(nil)); got != d.SHA256 {
		return &mismatch{store.Changed, fmt.Sprintf("%s was changed after it was made: %d bytes with SHA-256 %s…; the log says %d "+
			"bytes with %s…",
			name, size, got[:12], d.Size, d.SHA256[:min(12, len(d.SHA256))])}
	}
	return nil
}

// Differing are those of the documents of a request whose file in this folder is not what the
// log says; missing tells of those among them that are not there. Where others have them too, a
// file that is not here is not missing.
func (w *Workspace) Differing(r docket.Request, documents []docket.Document) (changed, missing []docket.Document) {
	for _, d := range documents {
		name := w.lies(path.Join(r.Folder, d.Name))
		switch wrong := w.checkDocument(name, d); {
		case wrong == nil || wrong.kind == store.Missing && w.SharesDocuments():
		case wrong.kind == store.Missing:
			missing = append(missing, d)
		default:
			changed = append(changed, d)
		}
	}
	return changed, missing
}

// PutBack puts a frozen file back where it lies, with the bytes that it was made with. A changed
// one is moved aside, into the folder of the earlier versions, and aside says where it is.
func (w *Workspace) PutBack(r docket.Request, d docket.Document, content []byte) (aside string, err error) {
	name := w.lies(path.Join(r.Folder, d.Name))
	if w.Exists(name) {
		if aside, err = w.free(path.Join(r.Folder, docket.EarlierDir), "changed-"+path.Base(d.Name)); err != nil {
			return "", err
		}
		if err := disk.Rename(w.Path(name), w.Path(aside)); err != nil {
			return "", w.failed("the changed file cannot be moved aside", w.Path(name), err)
		}
	}
	file, err := w.Replace(name)
	if err != nil {
		return aside, err
	}
	defer func() { err = errors.Join(err, file.Cancel()) }()
	if _, err := file.Write(content); err != nil {
		return aside, err
	}
	return aside, file.Done()
}

// free is a name in a folder that nothing has yet.
func (w *Workspace) free(dir, name string) (string, error) {
	if err := os.MkdirAll(w.Path(dir), dirMode); err != nil {
		return "", w.failed("the folder cannot be made", w.Path(dir), err)
	}
	ext := path.Ext(name)
	for n := 1; ; n++ {
		place := path.Join(dir, name)
		if n > 1 {
			place = path.Join(dir, fmt.Sprintf("%s-%d%s", strings.TrimSuffix(name, ext), n, ext))
		}
		if !w.Exists(place) {
			return place, nil
		}
	}
}

// ReadLying reads a frozen file where it lies in this folder.
func (w *Workspace) ReadLying(r docket.Request, d docket.Document) ([]byte, error) {
	return os.ReadFile(w.Path(w.lies(path.Join(r.Folder, d.Name))))
}
