package retention

import (
	"io/fs"
	"os"
	"testing/fstest"
)

// dataFiles are the files of this room.
func dataFiles() fs.FS { return os.DirFS(".") }

// with is those files, one of them with another text.
func with(files fs.FS, name, text string) fs.FS {
	out := fstest.MapFS{}
	entries, err := fs.ReadDir(files, "data")
	if err != nil {
		panic(err)
	}
	for _, e := range entries {
		raw, err := fs.ReadFile(files, "data/"+e.Name())
		if err != nil {
			panic(err)
		}
		out["data/"+e.Name()] = &fstest.MapFile{Data: raw}
	}
	out["data/"+name] = &fstest.MapFile{Data: []byte(text)}
	return out
}
