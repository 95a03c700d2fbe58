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

	"foia/internal/docket"
	"foia/internal/store"
)

// CheckDocuments compares every frozen file, and every file that came with an
// event, with what the log says of it.
func (w *Workspace) CheckDocuments(ctx context.Context, log store.Log, requests []docket.Request, events map[string][]docket.Event) (faults []store.Fault, checked int) {
	shared := w.documentsPlace() != ""
	for _, r := range requests {
		if !shared && !w.Exists(r.Folder) {
			what := "its folder " + r.Folder + " is missing"
			if w.Exists(stagedName(r.Folder)) {
				what = "a command was stopped before its folder was in place; the next command that writes will finish that"
			}
			faults = append(faults, store.Fault{Request: r.ID, What: what})
			continue
		}
		known := map[string]bool{}
		check := func(seq int, documents []docket.Document) {
			for _, d := range documents {
				known[d.Name] = true
				checked++
				for _, what := range w.checkEverywhere(ctx, log, r, d, shared) {
					faults = append(faults, store.Fault{Request: r.ID, Event: seq, What: what})
				}
			}
		}
		check(0, r.Documents)
		for _, e := range events[r.ID] {
			files, err := e.Files()
			if err != nil {
				faults = append(faults, store.Fault{Request: r.ID, Event: e.Seq, What: err.Error()})
			}
			check(e.Seq, files)
		}
		faults = append(faults, w.strayFiles(r, known)...)
	}
	return append(faults, w.strayFolders(requests)...), checked
}

// The folders below a request's in which foia keeps what comes later. What else
// lies beside the letter is the user's own.
const (
	ReceivedDir  = "received"
	LettersDir   = "letters"
	PapersDir    = "papers"    // in the user's folder: what can be made again
	CampaignsDir = "campaigns" // in the user's folder: what belongs to a campaign
)

// strayFiles finds files where foia keeps documents that the log does not know:
// they prove nothing.
func (w *Workspace) strayFiles(r docket.Request, known map[string]bool) []store.Fault {
	var faults []store.Fault
	for _, dir := range []string{ReceivedDir, LettersDir} {
		err := fs.WalkDir(os.DirFS(w.Path(r.Folder)), dir, func(name string, e fs.DirEntry, err error) error {
			if err == nil && !e.IsDir() && !known[name] {
				faults = append(faults, store.Fault{Request: r.ID, What: fmt.Sprintf(
					"the log has no record of %s: record it (foia record %s file --attach …) or move it away", path.Join(r.Folder, name), r.ID)})
			}
			return err
		})
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			faults = append(faults, store.Fault{Request: r.ID, What: fmt.Sprintf("its folder cannot be read: %v", reason(err))})
		}
	}
	return faults
}

// checkEverywhere looks at a document where all have it, and at the copy in this folder.
func (w *Workspace) checkEverywhere(ctx context.Context, log store.Log, r docket.Request, d docket.Document, shared bool) (faults []string) {
	name := path.Join(r.Folder, d.Name)
	if !filepath.IsLocal(filepath.FromSlash(name)) {
		return []string{"the log names a document outside the folder: " + name}
	}
	if shared {
		content, err := w.openShared(ctx, log, r, d)
		if what := checkContent(name+", as it is shared,", content, err, d); what != "" {
			faults = append(faults, what)
		}
	}
	if !shared || w.Exists(name) {
		if what := w.checkDocument(name, d); what != "" {
			faults = append(faults, what)
		}
	}
	return faults
}

func (w *Workspace) checkDocument(name string, d docket.Document) string {
	f, err := os.Open(w.Path(name))
	return checkContent(name, f, err, d)
}

// checkContent compares what was opened with what the log says of it.
func checkContent(name string, f io.ReadCloser, err error, d docket.Document) string {
	if errors.Is(err, fs.ErrNotExist) {
		return name + " is missing"
	}
	if err != nil {
		return fmt.Sprintf("%s cannot be read: %v", name, reason(err))
	}
	defer f.Close() // only read: nothing can be lost
	sum := sha256.New()
	size, err := io.Copy(sum, f)
	if err != nil {
		return fmt.Sprintf("%s cannot be read: %v", name, reason(err))
	}
	if got := hex.EncodeToString(sum.Sum(nil)); got != d.SHA256 {
		return fmt.Sprintf("%s was changed after it was made: %d bytes with SHA-256 %s…; the log says %d bytes with %s…",
			name, size, got[:12], d.Size, d.SHA256[:min(12, len(d.SHA256))])
	}
	return ""
}

// strayFolders finds folders among the requests that the log does not know.
func (w *Workspace) strayFolders(requests []docket.Request) []store.Fault {
	known := map[string]bool{}
	for _, r := range requests {
		known[path.Base(r.Folder)] = true
		known[making+path.Base(r.Folder)] = true
	}
	entries, err := os.ReadDir(w.Path(RequestsDir))
	if err != nil {
		return nil // a missing folder is named request by request
	}
	var faults []store.Fault
	for _, e := range entries {
		if known[e.Name()] {
			continue
		}
		what := "the log has no record of " + path.Join(RequestsDir, e.Name())
		if strings.HasPrefix(e.Name(), making) {
			what = "a command was stopped before it logged anything: " + path.Join(RequestsDir, e.Name()) + " is left over; the next command that writes clears it away"
		}
		faults = append(faults, store.Fault{What: what})
	}
	return faults
}
