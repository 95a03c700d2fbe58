package workspace

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"

	"foia/internal/law"
	"foia/internal/remedy"
	"foia/internal/yamltext"
)

// Laws is the law that requests of this folder are under: what foia has, with the user's
// own laws on public records. They are read once, so that all of one command goes by the
// same law.
func (w *Workspace) Laws() (*law.Book, error) {
	w.lawsOnce.Do(func() { w.laws, w.lawsErr = w.readLaws() })
	return w.laws, w.lawsErr
}

func (w *Workspace) readLaws() (*law.Book, error) {
	book, err := law.LoadFederal()
	if err != nil {
		return nil, err
	}
	files, err := w.ownLaws()
	if err != nil || len(files) == 0 {
		return book, err
	}
	records, err := book.Records().With(files)
	if err != nil {
		return nil, err
	}
	return book.WithRecords(records), nil
}

// ownLaws are the user's files of laws, by name. A name that would be passed over without
// a word although it holds a law is an error.
func (w *Workspace) ownLaws() ([]law.OwnFile, error) {
	if info, err := os.Stat(w.Dir); err == nil && !info.IsDir() {
		return nil, nil // a file where the folder should be: whoever writes there says so
	}
	entries, err := os.ReadDir(w.Path(LawsDir))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, w.failed("your own laws cannot be read", w.Path(LawsDir), err)
	}
	var files []law.OwnFile
	for _, e := range entries {
		name := path.Join(LawsDir, e.Name())
		switch ext := path.Ext(name); {
		case strings.HasPrefix(e.Name(), ".") || e.IsDir():
			continue
		case strings.EqualFold(ext, ".yml") || strings.EqualFold(ext, ".yaml") && ext != ".yaml":
			return nil, &remedy.Error{What: "foia does not read " + name + ", whose name does not end in .yaml", Where: w.Path(name),
				Do: "rename it, such as us-tx.yaml"}
		case ext != ".yaml":
			continue
		}
		text, err := yamltext.ReadFile(w.Path(name))
		if err != nil {
			return nil, fmt.Errorf("your own laws cannot be read: %w", err)
		}
		files = append(files, law.OwnFile{Name: name, Text: text})
	}
	return files, nil
}
