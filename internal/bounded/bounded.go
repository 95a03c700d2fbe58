// Package bounded reads what strangers send no further than it may take: limits that must
// hold before a library has put the whole into memory.
package bounded

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
)

// errDirectory says that the list of a ZIP's entries is longer than it may be.
var errDirectory = errors.New("its list of entries is too long")

// ZIP opens a ZIP of which no more than so many bytes are read before its first entry, since
// archive/zip holds all of that list. What its entries hold is the caller's to bound.
func ZIP(from io.ReaderAt, size, directory int64) (*zip.Reader, error) {
	b := &budget{from: from, left: directory}
	z, err := zip.NewReader(b, size)
	b.left = -1
	return z, err
}

// budget lets no more be read than it has.
type budget struct {
	from io.ReaderAt
	left int64 // -1: as much as is wanted
}

func (b *budget) ReadAt(p []byte, off int64) (int, error) {
	if b.left >= 0 {
		if b.left < int64(len(p)) {
			return 0, errDirectory
		}
		b.left -= int64(len(p))
	}
	return b.from.ReadAt(p, off)
}

// Parts are how many parts a JSON text may have. Empty ones have two or three bytes, and some
// hundred in memory.
type Parts struct{ Objects, Commas int }

// Fit tells whether a text has no more. The signs are also counted where they are within a
// string, which is on the safe side.
func (p Parts) Fit(text []byte) bool {
	return bytes.Count(text, []byte("{")) <= p.Objects && bytes.Count(text, []byte(",")) <= p.Commas
}
