package workspace

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"foia/internal/disk"
	"foia/internal/docket"
)

// File is one file of a request's folder.
type File struct {
	Name     string
	Data     []byte
	Incoming *Incoming // instead of Data: a file of the user's that was copied
}

// Incoming is a copy of a file of the user's, on the disk of the folder, that belongs to
// nothing yet. It is made, and its SHA-256 taken, before the log is locked: others do not wait
// for a gigabyte of video. A command that is killed leaves it noted.
type Incoming struct {
	Original string // what the user calls it
	size     int64
	sum      string
	file     *unfinished
	place    string // where it is
}

// TakeIn copies a file of the user's, piece by piece. Discard must be called, whatever becomes
// of the copy. An error of the folder is a *remedy.Error, one of the file itself is none.
func (w *Workspace) TakeIn(ctx context.Context, name string) (in *Incoming, err error) {
	from, err := disk.OpenPlain(name)
	if err != nil {
		return nil, err
	}
	defer from.Close() // it was only read
	file, err := w.begin(w.Path("incoming"), fileMode)
	if err != nil {
		return nil, w.failed("the file cannot be copied", w.Dir, err)
	}
	in = &Incoming{file: file, place: file.Name(),
		Original: strings.ToValidUTF8(filepath.Base(name), "\uFFFD")} // as JSON would keep it
	sum := sha256.New()
	in.size, err = io.Copy(io.MultiWriter(copying{w, file}, sum), patient{ctx, from})
	if err == nil {
		if err = file.Sync(); err != nil { // so that there is nothing to wait for under the lock
			err = w.failed("the file cannot be copied", w.Dir, err)
		}
	}
	if err != nil {
		return nil, errors.Join(err, in.Discard())
	}
	in.sum = hex.EncodeToString(sum.Sum(nil))
	return in, nil
}

// Beginning is a file that the program makes before the log is locked, on the disk of the folder. Discard must be called,
// whatever becomes of it.
type Beginning struct {
	Incoming
	w *Workspace
}

// Begin begins one. Killed, the command leaves it noted, and the next one clears it away.
func (w *Workspace) Begin(original string) (*Beginning, error) {
	file, err := w.begin(w.Path("incoming"), fileMode)
	if err != nil {
		return nil, w.failed("the file cannot be written", w.Dir, err)
	}
	return &Beginning{Incoming{file: file, place: file.Name(), Original: original}, w}, nil
}

// Write adds to it.
func (b *Beginning) Write(p []byte) (int, error) {
	n, err := b.file.Write(p)
	if err != nil {
		err = b.w.failed("the file cannot be written", b.w.Dir, err)
	}
	return n, err
}

// ReadAt reads what was written.
func (b *Beginning) ReadAt(p []byte, at int64) (int, error) { return b.file.ReadAt(p, at) }

// Settle has it on the disk, and takes its size and its SHA-256, which nothing changes from now on.
func (b *Beginning) Settle() (*Incoming, error) {
	if err := b.file.Sync(); err != nil {
		return nil, b.w.failed("the file cannot be written", b.w.Dir, err)
	}
	sum := sha256.New()
	var err error
	if b.size, err = io.Copy(sum, io.NewSectionReader(b.file, 0, 1<<62)); err != nil {
		return nil, b.w.failed("the file cannot be read", b.w.Dir, err)
	}
	b.sum = hex.EncodeToString(sum.Sum(nil))
	return &b.Incoming, nil
}

// Size is how long it is, and SHA256 its sum, once it has settled.
func (in *Incoming) Size() int64 { return in.size }

// SHA256 of what is in it, in hex.
func (in *Incoming) SHA256() string { return in.sum }

// copying writes into the folder. What fails there is not the fault of what is read.
type copying struct {
	w    *Workspace
	file io.Writer
}

func (c copying) Write(p []byte) (int, error) {
	n, err := c.file.Write(p)
	if err != nil {
		err = c.w.failed("the file cannot be copied", c.w.Dir, err)
	}
	return n, err
}

// patient reads until somebody's patience ends.
type patient struct {
	ctx  context.Context
	from io.Reader
}

func (p patient) Read(b []byte) (int, error) {
	if err := p.ctx.Err(); err != nil {
		return 0, err
	}
	return p.from.Read(b)
}

// moveTo gives the copy its place.
func (in *Incoming) moveTo(place string) error {
	err := in.file.put(func() error { return in.file.PutAt(place) })
	if err == nil {
		in.place = place
	}
	return err
}

// Discard clears the copy away, if it has no place.
func (in *Incoming) Discard() error { return in.file.discard() }

// open opens what a file holds.
func (f File) open() (io.ReadCloser, error) {
	if f.Incoming != nil {
		return os.Open(f.Incoming.place)
	}
	return io.NopCloser(bytes.NewReader(f.Data)), nil
}

// DocumentOf is what the log says of a file.
func DocumentOf(f File) docket.Document {
	if in := f.Incoming; in != nil {
		return docket.Document{Name: f.Name, SHA256: in.sum, Size: in.size, Original: in.Original}
	}
	sum := sha256.Sum256(f.Data)
	return docket.Document{Name: f.Name, SHA256: hex.EncodeToString(sum[:]), Size: int64(len(f.Data))}
}

// DocumentsOf is what the log says of files, also as the text that an event has of them.
func DocumentsOf(files []File) (documents []docket.Document, list string, err error) {
	for _, f := range files {
		documents = append(documents, DocumentOf(f))
	}
	text, err := json.Marshal(documents)
	if err != nil {
		return nil, "", fmt.Errorf("the list of files cannot be written as JSON: %w", err)
	}
	return documents, string(text), nil
}
