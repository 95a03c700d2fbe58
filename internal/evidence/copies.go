package evidence

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"strings"

	"foia/internal/bounded"
	"foia/internal/bundle"
	"foia/internal/docket"
	"foia/internal/received"
)

// mostDirectory is how much of a bundle is read before its first file.
const mostDirectory = 32 << 20

// mostEvents is the bytes of the events of a request.
const mostEvents = 64 << 20

// OtherCopies are the texts of messages in a bundle that are not what this foia reads in the message, by their
// paths. The chain of the log holds the messages, and not these texts: whoever makes a bundle can write anything
// there. Another version of foia may read a message otherwise, so that it is no proof of that. The bundle must have
// been checked, and nothing be wrong with it.
func OtherCopies(from io.ReaderAt, size int64, m bundle.Manifest) (other []string, err error) {
	has := map[string]bool{}
	for _, f := range m.Files {
		if strings.HasPrefix(f.Path, received.CopyDir) {
			has[f.Path] = true
		}
	}
	if len(has) == 0 {
		return nil, nil // older ones have none
	}
	z, err := bounded.ZIP(from, size, mostDirectory)
	if err != nil {
		return nil, err
	}
	c := &copies{files: map[string]*zip.File{}, at: map[[2]string]bundle.File{}}
	for _, f := range z.File {
		c.files[f.Name] = f
	}
	for _, f := range m.Files {
		c.at[[2]string{f.Request, f.Document}] = f
	}
	for _, chain := range m.Requests {
		if err := c.request(chain, has); err != nil {
			return nil, err
		}
	}
	for _, f := range m.Files {
		if has[f.Path] { // what is left belongs to no message, or differs
			other = append(other, f.Path)
		}
	}
	return other, nil
}

// copies is the reading of a bundle for that.
type copies struct {
	files map[string]*zip.File      // of the ZIP, by path
	at    map[[2]string]bundle.File // of the manifest, by request and document
}

// request takes away from the texts those that are as they should be.
func (c *copies) request(chain bundle.Chain, has map[string]bool) error {
	lines, err := c.read(chain.Events, mostEvents)
	if err != nil {
		return err
	}
	for line := range bytes.Lines(lines) {
		var e docket.Event
		if err := json.Unmarshal(line, &e); err != nil {
			return err
		}
		files, err := e.Files()
		if err != nil {
			return err
		}
		n := 0
		for _, d := range files {
			path := received.CopyPath(chain.ID, e.Seq, n+1)
			if !has[path] || d.Size > received.MostCopied || !received.MayBeMail(d.Name) {
				continue
			}
			raw, err := c.read(c.at[[2]string{chain.ID, d.Name}].Path, received.MostCopied)
			if err != nil {
				return err
			}
			if !received.HasCopy(d.Name, raw, e.Recorded) {
				continue
			}
			n++
			text, err := c.read(path, mostEvents)
			if err != nil {
				return err
			}
			kept := received.Kept{Request: chain.ID, Name: d.Name, SHA256: d.SHA256, Recorded: e.Recorded}
			if bytes.Equal(text, received.Copy(raw, kept)) {
				delete(has, path)
			}
		}
	}
	return nil
}

// read reads a file of the bundle whole.
func (c *copies) read(path string, most int64) ([]byte, error) {
	f := c.files[path]
	if f == nil {
		return nil, nil
	}
	in, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer in.Close() // only read: nothing can be lost
	return io.ReadAll(io.LimitReader(in, most))
}
