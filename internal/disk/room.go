package disk

import (
	"errors"
	"os"
	"path/filepath"
)

// little is how much must fit where there is room at all: what SQLite needs beside a log to
// read it, and as much again.
const little = 64 << 10

// NoRoom tries whether nothing more can be written into a folder since the disk is full, or
// what this user may have there. It is for the moment after a failure whose cause nobody
// told. Where nothing may be written for another reason, it is false.
func NoRoom(dir string) bool {
	path := Unfinished(filepath.Join(dir, "room"))
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, FileMode)
	if err != nil {
		return Full(err)
	}
	_, err = file.Write(make([]byte, little))
	return Full(errors.Join(err, file.Close(), Remove(path)))
}
