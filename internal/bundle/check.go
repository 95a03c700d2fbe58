package bundle

import (
	"archive/zip"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"foia/internal/bounded"
	"foia/internal/seal"
)

// Report is what was found in a bundle.
type Report struct {
	Manifest  Manifest
	Digest    string // SHA-256 of the manifest: what stands for all of the bundle
	Documents int    // that were compared with the log
	Sealed    *seal.Seal
	Proven    []Proven // what the seal proves
	Stamps    []Stamp
	Faults    []Fault
}

// Check checks a bundle: that it holds the files of its manifest and no others, that
// the events of each request form a chain that begins with what was frozen, that the
// documents are those of the events, and that its proofs lead to its seal. The error
// says that it could not be read as a bundle at all. The certificates of time stamps
// are traced to the roots, which may be nil.
func Check(from io.ReaderAt, size int64, roots *x509.CertPool) (Report, error) {
	c := checker{roots: roots, entries: map[string]*zip.File{}, listed: map[string]File{}, ours: map[string]bool{},
		requests: map[string]bool{},
		hashes:   map[place]string{}, documents: map[named]File{}}
	if err := c.open(from, size); err != nil {
		return Report{}, err
	}
	c.files()
	for _, chain := range c.report.Manifest.Requests {
		if c.enough() {
			break
		}
		c.request(chain)
	}
	c.belong()
	c.seal()
	return c.report, nil
}

type checker struct {
	report    Report
	roots     *x509.CertPool
	entries   map[string]*zip.File // of the ZIP, by path
	listed    map[string]File      // of the manifest, by path
	ours      map[string]bool      // paths of frozen texts and events
	requests  map[string]bool      // that were looked at
	hashes    map[place]string     // of the events that the proofs are about; empty before one was read
	documents map[named]File       // what the log says of them
}

type place struct {
	request string
	event   int
}

type named struct{ request, document string }

func (c *checker) fault(request string, event int, format string, args ...any) {
	switch {
	case len(c.report.Faults) > mostFaults:
		return
	case len(c.report.Faults) == mostFaults:
		c.report.Faults = append(c.report.Faults, Fault{What: fmt.Sprintf("more than %d things are wrong: the rest is not listed, and "+
			"not all of it was looked at", mostFaults)})
		return
	}
	c.report.Faults = append(c.report.Faults, Fault{Request: request, Event: event, What: clip(fmt.Sprintf(format, args...))})
}

// notBundle says that a file cannot be read as a bundle.
func notBundle(format string, args ...any) error {
	err := fmt.Errorf("this is not a bundle that foia can check: "+format, args...)
	if text := err.Error(); clip(text) != text {
		return errors.New(clip(text))
	}
	return err
}

func (c *checker) open(from io.ReaderAt, size int64) error {
	z, err := bounded.ZIP(from, size, mostDirectory)
	if err != nil {
		return notBundle("%w", err)
	}
	if len(z.File) > mostFiles {
		return notBundle("it has %d files", len(z.File))
	}
	var packed uint64
	for _, f := range z.File {
		if strings.HasSuffix(f.Name, "/") && f.UncompressedSize64 == 0 {
			continue // a folder: some programs write them
		}
		packed += min(f.CompressedSize64, 1<<60)
		if packed > uint64(size) {
			return notBundle("its files overlap")
		}
		if c.entries[f.Name] != nil {
			c.fault("", 0, "the ZIP has the file %q twice", f.Name)
		}
		if !fs.ValidPath(f.Name) || strings.ContainsAny(f.Name, "\\:") {
			c.fault("", 0, "the ZIP has a file with the unsafe name %q", f.Name)
		}
		c.entries[f.Name] = f
	}
	return c.manifest()
}

func (c *checker) manifest() error {
	text, err := c.read(ManifestName)
	if err != nil {
		return notBundle("%w", err)
	}
	if err := fewParts(text); err != nil {
		return notBundle("its manifest cannot be read: %w", err)
	}
	m := &c.report.Manifest
	if err := json.Unmarshal(text, m); err != nil {
		return notBundle("its manifest cannot be read: %w", err)
	}
	if m.Format != Format || m.Version != Version {
		return notBundle("its format is %q, version %d; this foia reads %q, version %d", m.Format, m.Version, Format, Version)
	}
	c.report.Digest = hexSum(text)
	if m.Seal != nil {
		for _, p := range m.Seal.Proofs {
			c.hashes[place{p.Request, p.Event}] = ""
		}
	}
	return nil
}

// content opens a file of the ZIP, if it does not stretch beyond measure.
func (c *checker) content(path string) (io.ReadCloser, error) {
	f := c.entries[path]
	if f == nil {
		return nil, fmt.Errorf("%s is missing", path)
	}
	if f.UncompressedSize64 > freeStretch && f.UncompressedSize64/mostStretch > f.CompressedSize64 {
		return nil, fmt.Errorf("%s would unpack to more than %d times its size", path, mostStretch)
	}
	return f.Open()
}

// read reads a file of the ZIP that is text.
func (c *checker) read(path string) ([]byte, error) {
	r, err := c.content(path)
	if err != nil {
		return nil, err
	}
	defer r.Close() // only read: nothing can be lost
	text, err := io.ReadAll(io.LimitReader(r, mostText+1))
	if err == nil && len(text) > mostText {
		err = fmt.Errorf("%s is too long", path)
	}
	return text, err
}

// files compares every file with the manifest.
func (c *checker) files() {
	for _, f := range c.report.Manifest.Files {
		if c.enough() {
			return
		}
		if _, twice := c.listed[f.Path]; twice || f.Path == ManifestName {
			c.fault(f.Request, f.Event, "the manifest lists %q twice", f.Path)
			continue // it was read, which takes its time
		}
		c.listed[f.Path] = f
		if what := c.compare(f); what != "" {
			c.fault(f.Request, f.Event, "%s", what)
		}
	}
	for path := range c.entries {
		if _, ok := c.listed[path]; !ok && path != ManifestName {
			c.fault("", 0, "the manifest does not list %q", path)
		}
	}
}

func (c *checker) compare(f File) string {
	r, err := c.content(f.Path)
	if err != nil {
		return err.Error()
	}
	defer r.Close() // only read: nothing can be lost
	sum := sha256.New()
	// The ZIP says how long the file is, and its reader holds it to that.
	size, err := io.Copy(sum, r)
	got := hex.EncodeToString(sum.Sum(nil))
	switch {
	case errors.Is(err, zip.ErrChecksum) || err == nil && (size != f.Size || got != f.SHA256):
		return fmt.Sprintf("%s was changed: %d bytes with SHA-256 %s…; the manifest says %d bytes with %s…", f.Path, size, short(got),
			f.Size, short(f.SHA256))
	case err != nil:
		return fmt.Sprintf("%s cannot be read: %v", f.Path, err)
	}
	return ""
}
