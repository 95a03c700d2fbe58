package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"

	"foia/internal/docket"
)

// pieceSize is how much of a document a database gets at a time.
const pieceSize = 1 << 20

// Keep stores a frozen file of a request in the database. Its bytes must be those
// that the log knows; the same bytes are kept once a request.
func (w *Tx) Keep(request string, d docket.Document, content io.Reader) error {
	if there, err := w.kept(request, d.SHA256); there || err != nil {
		return err // a file of the same bytes is kept with the request already
	}
	sum, size := sha256.New(), int64(0)
	buffer := make([]byte, pieceSize)
	for piece := 0; ; piece++ {
		n, err := io.ReadFull(content, buffer)
		if n == 0 && piece > 0 && errors.Is(err, io.EOF) {
			break
		}
		if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			return fmt.Errorf("%s of request %s cannot be read: %w", d.Name, request, err)
		}
		sum.Write(buffer[:n])
		size += int64(n)
		if err := w.insert("foia.documents", "request, sha256, piece, content", "", request, d.SHA256, piece, buffer[:n]); err != nil {
			return err
		}
		if n < len(buffer) {
			break
		}
	}
	if got := hex.EncodeToString(sum.Sum(nil)); got != d.SHA256 || size != d.Size {
		w.half = w.refused("%s of request %s does not match the log: %d bytes with SHA-256 %s…; the log says %d bytes with %s…",
			d.Name, request, size, short(got), d.Size, short(d.SHA256))
	}
	return w.half
}

// kept tells whether a document is kept already, and notes that it will be. Of a
// request that this transaction added the database knows nothing.
func (w *Tx) kept(request, sum string) (bool, error) {
	key := request + " " + sum
	if w.documents[key] {
		return true, nil
	}
	w.documents[key] = true
	if _, isNew := w.added[request]; isNew {
		return false, nil
	}
	var there int
	err := w.one([]any{&there}, "SELECT count(*) FROM foia.documents WHERE request = ? AND sha256 = ?", request, sum)
	return there > 0, err
}

// Document opens a frozen file that the database keeps, by what the log says of
// it. The error is ErrNoDocument if the database does not have it.
func (l *Log) Document(ctx context.Context, request string, d docket.Document) (io.ReadCloser, error) {
	r := &documentReader{ctx: ctx, log: l, request: request, document: d}
	return r, r.next()
}

// documentReader reads a document piece by piece.
type documentReader struct {
	ctx      context.Context
	log      *Log
	request  string
	document docket.Document
	piece    int
	rest     []byte
	done     bool
	read     int64
}

func (r *documentReader) Read(p []byte) (int, error) {
	for len(r.rest) == 0 {
		if r.done {
			return 0, io.EOF
		}
		if err := r.next(); err != nil {
			return 0, err
		}
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	return n, nil
}

// next fetches a piece. What lies beyond the size of the document is not part of it.
func (r *documentReader) next() error {
	rows, found := r.log.asked(), false
	var content []byte
	err := each(r.ctx, rows, []any{&content}, func() error {
		found = true
		return nil
	}, "SELECT content FROM foia.documents WHERE request = ? AND sha256 = ? AND piece = ?", r.request, r.document.SHA256, r.piece)
	switch {
	case err != nil:
		return explain(err, r.log.where)
	case !found && r.piece == 0:
		return &Failure{Kind: ErrNoDocument, Detail: r.document.Name + " of request " + r.request, Where: r.log.where}
	case !found:
		r.done = true
		return nil
	}
	r.piece++
	r.rest = content[:min(int64(len(content)), r.document.Size-r.read)]
	r.read += int64(len(r.rest))
	r.done = r.read >= r.document.Size
	return nil
}

func (r *documentReader) Close() error { return nil }

// Hidden is the number of requests that are private to others.
func (l *Log) Hidden(ctx context.Context) (hidden int, err error) {
	err = l.snapshot(ctx, func(q querier) error {
		all, err := l.engine.totals(ctx, q)
		if err != nil || all == nil {
			return err
		}
		var seen int
		err = q.QueryRowContext(ctx, "SELECT count(*) FROM foia.requests").Scan(&seen)
		hidden = all.requests - seen
		return err
	})
	return hidden, explain(err, l.where)
}
