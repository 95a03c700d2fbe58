package store

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// The head of a SQLite file. https://www.sqlite.org/fileformat2.html#the_database_header
const (
	headSize    = 100
	headMagic   = "SQLite format 3\x00"
	atPageSize  = 16
	atChange    = 24
	atPages     = 28
	atFormat    = 44 // of the schema: 1 to 4, also in later versions of SQLite
	maxFormat   = 4
	atAppID     = 68
	atValidFor  = 92
	maxPageSize = 65536
)

// checkFile looks at a file before a database touches it, and refuses what is
// no log, or not a whole one.
func checkFile(path string) (err error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return &Failure{Kind: ErrNoLog, Where: path, Err: err}
	}
	if err != nil {
		return explain(err, path)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	info, err := f.Stat()
	if err != nil {
		return explain(err, path)
	}
	if !info.Mode().IsRegular() {
		return &Failure{Kind: ErrForeign, Detail: "it is not a plain file", Where: path}
	}
	head := make([]byte, headSize)
	n, err := io.ReadFull(f, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return explain(err, path)
	}
	// Pages may be on their way from the write-ahead log into the file, so
	// that it is shorter than its head says, if that log is there.
	walSize, err := sizeOf(path + "-wal")
	if err != nil {
		return explain(err, path)
	}
	return checkHead(head[:n], info.Size(), walSize > 0, path)
}

func checkHead(head []byte, size int64, moving bool, path string) error {
	fail := func(kind error, format string, args ...any) error {
		return &Failure{Kind: kind, Detail: fmt.Sprintf(format, args...), Where: path}
	}
	switch {
	case len(head) == 0:
		return fail(ErrDamaged, "the file is empty")
	case len(head) < len(headMagic) || string(head[:len(headMagic)]) != headMagic:
		return fail(ErrForeign, "it is not an SQLite database")
	case len(head) < headSize:
		return fail(ErrDamaged, "the file is cut off after %d bytes", size)
	}
	if id := binary.BigEndian.Uint32(head[atAppID:]); id != applicationID {
		return fail(ErrForeign, "it is the SQLite database of another program")
	}
	if format := binary.BigEndian.Uint32(head[atFormat:]); format > maxFormat {
		return fail(ErrDamaged, "its header names the schema format %d", format)
	}
	pageSize := int64(binary.BigEndian.Uint16(head[atPageSize:]))
	if pageSize == 1 {
		pageSize = maxPageSize
	}
	// The count of pages holds only if the counter of changes beside it agrees.
	counted := binary.BigEndian.Uint32(head[atChange:]) == binary.BigEndian.Uint32(head[atValidFor:])
	if want := pageSize * int64(binary.BigEndian.Uint32(head[atPages:])); counted && size < want && !moving {
		return fail(ErrDamaged, "the file is cut off: %d bytes of %d are left", size, want)
	}
	return nil
}

// sizeOf returns the size of a file, 0 if there is none.
func sizeOf(path string) (int64, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}
