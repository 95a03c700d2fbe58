package backup

import (
	"archive/zip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"slices"

	"foia/internal/docket"
	"foia/internal/remedy"
	"foia/internal/store"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// Options say how a backup is made.
type Options struct {
	Day        workday.Date
	Foia       string // the program that makes it
	Incomplete bool   // go on without documents that are missing or were changed
	Progress   func(documents int)
}

// Log is what is asked of a log to back it up.
type Log interface {
	store.Source
	workspace.Documents
}

// Write makes a backup of a folder and its log, as the log is at the beginning: what
// is entered meanwhile is not in it.
func Write(ctx context.Context, w *workspace.Workspace, log Log, out io.Writer, o Options) (m Manifest, err error) {
	b := &writer{ctx: ctx, w: w, log: log, o: o, zip: zip.NewWriter(out), seen: map[string]bool{},
		manifest: Manifest{Format: format, Version: version, Foia: o.Foia, Day: o.Day, Files: []File{}}}
	for _, step := range []func() error{b.writeLog, b.writeDocuments, b.writeOwn, b.writeManifest, b.zip.Close} {
		if err := step(); err != nil {
			return b.manifest, err
		}
	}
	return b.manifest, nil
}

// writer is a backup on its way.
type writer struct {
	ctx      context.Context // of the Write that it belongs to
	w        *workspace.Workspace
	log      Log
	o        Options
	zip      *zip.Writer
	manifest Manifest
	seen     map[string]bool // documents that are in it, by SHA-256
}

// member is one member of the file, counted and hashed while it is written.
type member struct {
	name string
	out  io.Writer
	sum  hash.Hash
	size int64
}

func (b *writer) member(name string, method uint16) (*member, error) {
	head := &zip.FileHeader{Name: name, Method: method, Modified: b.o.Day.Midnight()}
	head.SetMode(0o600)
	out, err := b.zip.CreateHeader(head)
	return &member{name: name, out: out, sum: sha256.New()}, err
}

func (m *member) Write(p []byte) (int, error) {
	n, err := m.out.Write(p)
	m.sum.Write(p[:n])
	m.size += int64(n)
	return n, err
}

func (m *member) file() File {
	return File{Name: m.name, Size: m.size, SHA256: hex.EncodeToString(m.sum.Sum(nil))}
}

func (b *writer) writeLog() error {
	out, err := b.member(logName, zip.Deflate)
	if err != nil {
		return err
	}
	// The history is read in one piece, and so is of one moment.
	b.manifest.Log, err = store.SumOf(b.ctx, &copied{log: b.log, out: out, chain: newChain()}, -1)
	b.manifest.Files = append(b.manifest.Files, out.file())
	return err
}

var errEnd = errors.New("the end of what the log was")

func (b *writer) writeDocuments() error {
	err := store.Walk(b.ctx, b.log, 0, func(n int, e docket.Event) error {
		if n > b.manifest.Log.Events {
			return errEnd
		}
		return b.writeDocumentsOf(e)
	})
	if errors.Is(err, errEnd) {
		err = nil
	}
	// What is missing in one place may have been found in another.
	b.manifest.Missing = slices.DeleteFunc(b.manifest.Missing, func(m Missing) bool { return b.seen[m.SHA256] })
	return err
}

func (b *writer) writeDocumentsOf(e docket.Event) error {
	documents, err := store.DocumentsOf(b.ctx, b.log, e)
	if err != nil {
		return err
	}
	for _, d := range documents {
		if !isSum(d.Document.SHA256) {
			return unfitFor(fmt.Sprintf("the log has no SHA-256 for %s of request %s", d.Document.Name, d.Request.ID),
				remedy.To(remedy.Verify).String()+" lists what is wrong")
		}
		if _, err := workspace.PlaceOf(d); err != nil {
			return err
		}
		if b.seen[d.Document.SHA256] {
			continue
		}
		if err := b.writeDocument(d); err != nil {
			return err
		}
	}
	return nil
}

func (b *writer) writeDocument(d store.Placed) error {
	if b.o.Incomplete {
		// What is not as it was must be known before it is in the file.
		if why, err := b.wrong(d); why != "" || err != nil {
			b.manifest.Missing = append(b.manifest.Missing,
				Missing{Request: d.Request.ID, Name: d.Document.Name, SHA256: d.Document.SHA256, Why: why})
			return err
		}
	}
	file, err := b.w.OpenSettled(b.ctx, b.log, d.Request, d.Document)
	if err != nil {
		return incompleteHint(d, err)
	}
	out, err := b.member(documentName(d.Document.SHA256), zip.Store)
	if err == nil {
		_, err = io.Copy(out, limited(b.ctx, file, d.Document.Size))
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return err
	}
	if is := out.file(); is.SHA256 != d.Document.SHA256 || is.Size != d.Document.Size {
		return incompleteHint(d, errChanged)
	}
	b.seen[d.Document.SHA256] = true
	b.manifest.Documents.Count++
	b.manifest.Documents.Bytes += out.size
	if b.o.Progress != nil {
		b.o.Progress(b.manifest.Documents.Count)
	}
	return nil
}

// limited reads no more than one byte beyond what is expected, and not after an end.
func limited(ctx context.Context, from io.Reader, size int64) io.Reader {
	return io.LimitReader(interruptible{ctx, from}, size+1)
}

// interruptible ends reading when its context ends.
type interruptible struct {
	ctx  context.Context
	from io.Reader
}

func (r interruptible) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.from.Read(p)
}

var errChanged = errors.New("was changed after it was made")

func incompleteHint(d store.Placed, err error) error {
	what := "is missing"
	switch {
	case errors.Is(err, errChanged):
		what = err.Error()
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	return unfitFor(fmt.Sprintf("a document %s: %s of request %s", what, d.Document.Name, d.Request.ID),
		fmt.Sprintf("put it back from an older backup, or leave it out with %s (%s lists everything that is wrong)",
			remedy.Name("incomplete"), remedy.To(remedy.Verify)))
}

// wrong tells why a document cannot go into the backup; nothing if it can.
func (b *writer) wrong(d store.Placed) (why string, err error) {
	file, err := b.w.OpenSettled(b.ctx, b.log, d.Request, d.Document)
	if errors.Is(err, fs.ErrNotExist) {
		return "missing", nil
	}
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	size, err := io.Copy(sum, limited(b.ctx, file, d.Document.Size))
	if err = errors.Join(err, file.Close()); err != nil {
		return "", err
	}
	if size != d.Document.Size || hex.EncodeToString(sum.Sum(nil)) != d.Document.SHA256 {
		return "changed", nil
	}
	return "", nil
}

// writeOwn puts in the user's own files, read in such a way that no link leads out of
// the folder.
func (b *writer) writeOwn() (err error) {
	root, err := os.OpenRoot(b.w.Dir)
	if err != nil {
		return fmt.Errorf("the folder cannot be read: %w", err)
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	names, leftOut, err := own(b.w, root.FS())
	if err != nil {
		return fmt.Errorf("the files of the folder cannot be listed: %w", err)
	}
	b.manifest.LeftOut = leftOut
	for _, name := range names {
		if err := b.writeFile(root, name); err != nil {
			return fmt.Errorf("%s cannot be put into the backup: %w", name, err)
		}
	}
	return nil
}

func (b *writer) writeFile(root *os.Root, name string) error {
	file, err := root.Open(name)
	if err != nil {
		return err
	}
	out, err := b.member(folderDir+name, zip.Store)
	if err == nil {
		_, err = io.Copy(out, interruptible{b.ctx, file})
	}
	b.manifest.Files = append(b.manifest.Files, out.file())
	return errors.Join(err, file.Close())
}

func (b *writer) writeManifest() error {
	text, err := json.MarshalIndent(b.manifest, "", "  ")
	if err != nil {
		return fmt.Errorf("the manifest cannot be written as JSON: %w", err)
	}
	if len(text) >= maxManifest {
		return unfitFor("too many documents are missing to list them all", remedy.To(remedy.Verify).String()+" lists what is wrong")
	}
	out, err := b.member(manifestName, zip.Store)
	if err == nil {
		_, err = out.Write(append(text, '\n'))
	}
	return err
}
