package mail

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"

	"foia/internal/disk"
	"foia/internal/lazy"
)

// Raw is a message, or another file, as bytes.
type Raw struct {
	Place Place
	Kind  Kind
	Data  []byte
}

// Place is where a message was found.
type Place struct {
	File   string
	Number int   // of the message in its mailbox, from 1; 0: the file is the message
	Offset int64 // of its first byte in a mailbox
}

func (p Place) String() string {
	if p.Number == 0 {
		return p.File
	}
	return fmt.Sprintf("%s, message %d", p.File, p.Number)
}

// Kind is what a file is.
type Kind string

// The kinds of files.
const (
	Mail  Kind = "mail"
	PDF   Kind = "pdf"
	Text  Kind = "text"
	Other Kind = "other"
)

// Unreadable is a message or a file that was passed over.
type Unreadable struct {
	Place Place
	Why   error
}

func (e *Unreadable) Error() string { return e.Place.String() + ": " + e.Why.Error() }
func (e *Unreadable) Unwrap() error { return e.Why }

const (
	errLink    = lazy.Failure("it is a link, and was not followed; name it yourself to have it read")
	errTooDeep = lazy.Failure("its folders are too deep; what is in it was not read")
	errLarge   = lazy.Failure("the file has more than 200 MB and was not read")
)

const deepestFolder = 20

// Walk yields what is in a file, a mailbox, a Maildir or a folder, one after another in the order of names, and
// holds no more than one at a time. What cannot be read is yielded as an Unreadable, and the walk goes on.
func Walk(ctx context.Context, path string) iter.Seq2[Raw, error] {
	return func(yield func(Raw, error) bool) {
		w := &walking{ctx: ctx, yield: yield}
		info, err := os.Stat(path)
		switch {
		case err != nil:
			yield(Raw{}, &Unreadable{Place{File: path}, reason(err)})
		case info.IsDir():
			w.folder(path, 0)
		default:
			w.file(path, info.Size())
		}
	}
}

// reason is an error without the path, which Unreadable names.
func reason(err error) error {
	var of *fs.PathError
	if errors.As(err, &of) {
		return of.Err
	}
	return err
}

// Stream yields what comes by a stream: a mailbox, or one message. It may never end, or never begin.
func Stream(ctx context.Context, from io.Reader, name string) iter.Seq2[Raw, error] {
	return func(yield func(Raw, error) bool) {
		w := &walking{ctx: ctx, yield: yield}
		w.stream(&patient{ctx: ctx, from: from, pieces: make(chan []byte)}, name, -1)
	}
}

// patient reads from where nothing may come, until it is canceled.
type patient struct {
	ctx    context.Context
	from   io.Reader
	pieces chan []byte // closed at the end
	err    error       // why, once they are
	begun  bool
	rest   []byte
}

func (p *patient) Read(into []byte) (int, error) {
	if !p.begun {
		p.begun = true
		go p.read()
	}
	if len(p.rest) == 0 {
		select {
		case <-p.ctx.Done():
			return 0, p.ctx.Err()
		case piece, ok := <-p.pieces:
			if !ok {
				return 0, p.err
			}
			p.rest = piece
		}
	}
	n := copy(into, p.rest)
	p.rest = p.rest[n:]
	return n, nil
}

func (p *patient) read() {
	defer close(p.pieces)
	for {
		piece := make([]byte, 64<<10)
		n, err := p.from.Read(piece)
		if n > 0 {
			select {
			case p.pieces <- piece[:n]:
			case <-p.ctx.Done():
				p.err = p.ctx.Err()
				return
			}
		}
		if err != nil {
			p.err = err
			return
		}
	}
}

type walking struct {
	ctx   context.Context
	yield func(Raw, error) bool
	ended bool
}

// give yields one, and tells whether to go on.
func (w *walking) give(raw Raw, err error) bool {
	if w.ended {
		return false
	}
	if e := w.ctx.Err(); e != nil {
		w.ended = true
		w.yield(Raw{}, e)
		return false
	}
	w.ended = !w.yield(raw, err)
	return !w.ended
}

func (w *walking) refuse(at Place, why error) bool {
	return w.give(Raw{Place: at}, &Unreadable{at, reason(why)})
}

// folder reads what is in a folder. In a Maildir, messages are in new and cur, and what is in tmp is not
// there yet.
func (w *walking) folder(path string, depth int) {
	if depth > deepestFolder {
		w.refuse(Place{File: path}, errTooDeep)
		return
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		w.refuse(Place{File: path}, err)
	}
	maildir := false
	for _, e := range entries {
		maildir = maildir || e.IsDir() && e.Name() == "cur"
	}
	for _, e := range entries {
		if w.ended {
			return
		}
		name := filepath.Join(path, e.Name())
		switch {
		case e.IsDir() && maildir && (e.Name() == "tmp" || e.Name() == "courierimapkeywords"):
		case e.IsDir() && (maildir || !strings.HasPrefix(e.Name(), ".")):
			w.folder(name, depth+1)
		case strings.HasPrefix(e.Name(), ".") || maildir:
			// The files beside cur and new are the mail server's.
		case e.Type()&fs.ModeSymlink != 0:
			w.refuse(Place{File: name}, errLink) // nobody named it, and it leads elsewhere
		default:
			info, err := e.Info()
			if err != nil {
				w.refuse(Place{File: name}, err)
				continue
			}
			w.file(name, info.Size())
		}
	}
}

func (w *walking) file(path string, size int64) {
	f, err := disk.OpenPlain(path)
	if err != nil {
		w.refuse(Place{File: path}, err)
		return
	}
	w.stream(f, path, size)
	if err := f.Close(); err != nil {
		w.refuse(Place{File: path}, err)
	}
}

// stream reads a file of that size; -1: it is unknown.
func (w *walking) stream(from io.Reader, name string, size int64) {
	in := bufio.NewReaderSize(from, 64<<10)
	start, err := in.Peek(5)
	if err == nil && string(start) == "From " {
		w.mailbox(in, name)
		return
	}
	at := Place{File: name}
	if size > MostBytes {
		w.refuse(at, errLarge)
		return
	}
	data, err := io.ReadAll(io.LimitReader(in, MostBytes+1))
	switch {
	case err != nil:
		w.refuse(at, err)
	case len(data) > MostBytes:
		w.refuse(at, errLarge)
	default:
		w.give(Raw{at, KindOf(name, data), data}, nil)
	}
}

// KindOf is what a file is, by its first bytes and, for mail, by its name.
func KindOf(name string, data []byte) Kind {
	folder := filepath.Base(filepath.Dir(name))
	switch ext := strings.ToLower(filepath.Ext(name)); {
	case bytes.HasPrefix(bytes.TrimLeft(data[:min(len(data), 1024)], "\ufeff \r\n\t"), []byte("%PDF-")):
		return PDF
	case ext == ".eml" || ext == ".mail" || folder == "cur" || folder == "new" || looksLikeMail(data):
		return Mail
	case bytes.IndexByte(data[:min(len(data), 4096)], 0) < 0 && !bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return Text
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}) || bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		return Text // UTF-16
	}
	return Other
}

// looksLikeMail tells whether a file begins as only mail does: with a field that programs write, and a sender. A
// memo has a sender, too.
func looksLikeMail(data []byte) bool {
	data = withoutEnvelope(data[:min(len(data), 256<<10)])
	first, _, _ := bytes.Cut(data, []byte(":"))
	if !isName(first) {
		return false
	}
	h, _, _ := readHead(data, 0, false, func([]byte) bool { return false })
	written := 0
	for _, name := range []string{"Mime-Version", "Received", "Message-Id", "Return-Path", "Content-Type", "Delivered-To"} {
		if h.get(name) != "" {
			written++
		}
	}
	return written > 0 && (h.get("From") != "" || h.get("Subject") != "" || h.get("To") != "")
}

var fromLine = lazy.Pattern(`^From (?:\S+|\S.*@\S+)?\s*(?:-\s+)?(?:[A-Z][a-z]{2},? .*\d{1,2}:\d{2}.*|)$`)

// begins tells whether a line of a mailbox begins a message: it has the form of such a line, an empty line is above
// it, and a field below. Not all programs mark lines of the text that begin so (RFC 4155, appendix A).
func begins(line, next []byte) bool {
	if !bytes.HasPrefix(line, []byte("From ")) || len(line) > 400 || !fromLine.RE().Match(bytes.TrimRight(line, "\r\n")) {
		return false
	}
	name, _, ok := bytes.Cut(next, []byte(":"))
	return ok && isName(name) || bytes.HasPrefix(next, []byte(">From ")) || len(next) == 0
}

// box is the reading of a mailbox.
type box struct {
	w     *walking
	in    *bufio.Reader
	place Place
	data  []byte
	size  int64 // of the message, also of what is not kept
	read  int64 // of the mailbox
}

// mailbox yields the messages of a mailbox. The sign that programs put before lines that begin with From is taken
// off (mboxrd), so that a message has the bytes that were sent.
func (w *walking) mailbox(in *bufio.Reader, name string) {
	b := &box{w: w, in: in, place: Place{File: name}}
	empty, whole := true, true // the line above is empty; the piece before ended its line
	for !w.ended {
		line, err := in.ReadSlice('\n')
		b.read += int64(len(line))
		if bytes.HasPrefix(line, []byte("From ")) {
			line = bytes.Clone(line) // looking at what follows overwrites what was read
		}
		if whole && empty && b.begins(line) {
			if !b.give() {
				return
			}
			b.place.Number++
			b.place.Offset = b.read
			continue
		}
		if len(line) > 0 {
			b.take(line, whole)
			empty = whole && len(bytes.TrimRight(line, "\r\n")) == 0
			whole = line[len(line)-1] == '\n'
		}
		switch {
		case err == nil || errors.Is(err, bufio.ErrBufferFull):
		case errors.Is(err, io.EOF):
			b.give()
			return
		default:
			w.refuse(b.place, err)
			return
		}
		if b.size > MostBytes && w.ctx.Err() != nil { // it may have no end
			w.refuse(b.place, w.ctx.Err())
			return
		}
	}
}

func (b *box) begins(line []byte) bool {
	if !bytes.HasPrefix(line, []byte("From ")) {
		return false
	}
	next, err := b.in.Peek(200)
	if err != nil && len(next) == 0 && b.place.Number > 0 {
		return false
	}
	if b.place.Number == 0 {
		return true
	}
	return begins(line, next)
}

func (b *box) take(line []byte, whole bool) {
	if whole {
		if marks := len(line) - len(bytes.TrimLeft(line, ">")); marks > 0 && bytes.HasPrefix(line[marks:], []byte("From ")) {
			line = line[1:]
		}
	}
	if b.size += int64(len(line)); b.size > MostBytes {
		b.data = nil
		return
	}
	b.data = append(b.data, line...)
}

// give yields the message that was read, and tells whether to go on. The empty line before the next one is the
// mailbox's.
func (b *box) give() bool {
	data, size := b.data, b.size
	b.data, b.size = nil, 0
	switch {
	case b.place.Number == 0 && len(bytes.TrimSpace(data)) == 0:
		return true
	case size > MostBytes:
		return b.w.refuse(b.place, TooLarge{size})
	}
	if bytes.HasSuffix(data, []byte("\n\n")) || bytes.HasSuffix(data, []byte("\n\r\n")) {
		data = withoutLastEnd(data)
	}
	return b.w.give(Raw{b.place, Mail, data}, nil)
}
