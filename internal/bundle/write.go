package bundle

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"time"

	verifying "foia"

	"foia/internal/docket"
)

// epoch is the time of every entry: the first that a ZIP can hold. With it, the same
// contents give the same bytes.
var epoch = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)

// Write writes a bundle, file after file; nothing is held in memory but the events of
// one request and the manifest. A document that is not as the log has it is a *Fault,
// and what was written until then is to be thrown away.
func Write(w io.Writer, c Contents) error {
	b := &writer{zip: zip.NewWriter(w), places: newPlaces(), open: c.Open,
		manifest: Manifest{Format: Format, Version: Version, Made: c.Made, Requests: []Chain{}, Files: []File{}}}
	if err := b.begin(c.Seal); err != nil {
		return err
	}
	for _, x := range c.Extras {
		if err := b.extra(x); err != nil {
			return err
		}
	}
	for _, r := range c.Requests {
		if err := b.request(r); err != nil {
			return err
		}
	}
	return b.finish()
}

type writer struct {
	zip      *zip.Writer
	places   *places
	open     func(docket.Request, docket.Document) (io.ReadCloser, error)
	manifest Manifest
}

// entry begins a file. Nothing is compressed: letters and scans hardly shrink, what
// comes out does not hang on the version of a compressor, and a reader that refuses
// what unpacks to more than it is has nothing to refuse here.
func (b *writer) entry(path string) (io.Writer, error) {
	return b.zip.CreateHeader(&zip.FileHeader{Name: path, Method: zip.Store, Modified: epoch})
}

// copy writes a file, and returns it as the manifest will name it. It reads no more
// than limit bytes and one.
func (b *writer) copy(f File, from io.Reader, limit int64) (File, error) {
	to, err := b.entry(f.Path)
	if err != nil {
		return f, err
	}
	sum := sha256.New()
	f.Size, err = io.Copy(io.MultiWriter(to, sum), io.LimitReader(from, limit+1))
	f.SHA256 = hex.EncodeToString(sum.Sum(nil))
	return f, err
}

func (b *writer) add(f File, content []byte) error {
	f, err := b.copy(f, bytes.NewReader(content), int64(len(content)))
	b.manifest.Files = append(b.manifest.Files, f)
	return err
}

// begin writes what tells a stranger how to check the rest, and the seal.
func (b *writer) begin(s *Sealed) error {
	type file struct {
		path    string
		content []byte
	}
	files := []file{{"VERIFYING.md", verifying.Guide}, {"verify_bundle.py", verifying.Script}}
	if s != nil {
		b.manifest.Seal = &SealFiles{File: "seal/seal.txt", Stamps: []string{}, Proofs: s.Proofs}
		files = append(files, file{b.manifest.Seal.File, s.Seal.Text()})
		for i, answer := range s.Answers {
			path := fmt.Sprintf("seal/time-stamp-%d.tsr", i+1)
			b.manifest.Seal.Stamps = append(b.manifest.Seal.Stamps, path)
			files = append(files, file{path, answer})
		}
	}
	for _, f := range files {
		b.places.take(f.path)
		if err := b.add(File{Path: f.path}, f.content); err != nil {
			return err
		}
	}
	return nil
}

const unlimited = 1 << 62

func (b *writer) extra(x Extra) (err error) {
	if !fs.ValidPath(x.Path) || x.Path == "." || safePath(x.Path) != x.Path || x.Path == ManifestName ||
		strings.HasPrefix(x.Path, requestsDir) || !b.places.take(x.Path) {
		return fmt.Errorf("a bundle cannot hold a file at %q", x.Path)
	}
	from, err := x.Open()
	if err != nil {
		return err
	}
	defer from.Close() // only read: nothing can be lost
	f, err := b.copy(File{Path: x.Path}, from, unlimited)
	b.manifest.Files = append(b.manifest.Files, f)
	return err
}

func (b *writer) request(r Request) error {
	frozen, events, err := r.lines()
	if err != nil {
		return err
	}
	documents, err := r.Documents()
	if err != nil {
		return err
	}
	id := r.Frozen.ID
	dir := requestsDir + strings.ReplaceAll(safePath(id), "/", "%2F")
	chain := Chain{ID: id, Frozen: dir + "/request.json", Events: dir + "/events.jsonl", Count: len(events),
		LastHash: r.Events[len(events)-1].Hash}
	if !b.places.take(chain.Frozen) || !b.places.take(chain.Events) {
		return &Fault{Request: id,
			What: "it is already in the bundle, under the same name or one that differs only in upper and lower case"}
	}
	b.manifest.Requests = append(b.manifest.Requests, chain)
	if err := b.add(File{Path: chain.Frozen, Request: id}, frozen); err != nil {
		return err
	}
	if err := b.add(File{Path: chain.Events, Request: id}, append(bytes.Join(events, []byte("\n")), '\n')); err != nil {
		return err
	}
	for _, d := range documents {
		if err := b.document(r.Frozen, dir+"/files/", d); err != nil {
			return err
		}
	}
	return nil
}

// document copies one document and makes sure that it is what the log says.
func (b *writer) document(r docket.Request, dir string, a Attached) (err error) {
	d := a.Document
	fault := func(what string, err error) error {
		return &Fault{Request: r.ID, Event: a.Event, What: fmt.Sprintf("document %q %s", d.Name, what), Err: err}
	}
	from, err := b.open(r, d)
	if err != nil {
		return fault("cannot be opened", err)
	}
	defer from.Close() // only read: nothing can be lost
	f, err := b.copy(File{Path: b.places.find(dir, d.Name), Request: r.ID, Event: a.Event, Document: d.Name}, from, d.Size)
	switch {
	case err != nil:
		return fault("cannot be copied", err)
	case f.Size > d.Size:
		return fault(fmt.Sprintf("was changed after it was made: it has more than the %d bytes in the log", d.Size), nil)
	case f.Size != d.Size || f.SHA256 != d.SHA256:
		return fault(fmt.Sprintf("was changed after it was made: %d bytes with SHA-256 %s…; the log says %d bytes with %s…",
			f.Size, short(f.SHA256), d.Size, short(d.SHA256)), nil)
	}
	b.manifest.Files = append(b.manifest.Files, f)
	return nil
}

// finish writes the manifest, which stands last: only then is every hash known.
func (b *writer) finish() error {
	text, err := json.MarshalIndent(b.manifest, "", "  ")
	if err != nil {
		return err
	}
	to, err := b.entry(ManifestName)
	if err != nil {
		return err
	}
	if _, err := to.Write(append(text, '\n')); err != nil {
		return err
	}
	return b.zip.Close()
}

func hexSum(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// short is the part of a hash that a person compares.
func short(hash string) string { return hash[:min(len(hash), 12)] }
