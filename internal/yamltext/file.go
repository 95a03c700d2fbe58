package yamltext

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// ReadFile reads a file that is to be decoded, and none of what is larger than Decode
// takes. Errors of the system are returned as they are, so that callers can tell a
// missing file.
func ReadFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readAll(f, filepath.Base(path))
}

// ReadFS is ReadFile for a file of a file system.
func ReadFS(fsys fs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readAll(f, name)
}

func readAll(r io.Reader, name string) ([]byte, error) {
	raw, err := io.ReadAll(io.LimitReader(r, Bytes+1))
	if err == nil && len(raw) > Bytes {
		err = tooLarge(name)
	}
	return raw, err
}

func tooLarge(file string) *Error {
	return &Error{File: file, Line: 1, What: fmt.Sprintf("the file is larger than %d MB", Bytes>>20), Remedy: splitIt}
}
