package adoption

import (
	"path"
	"strings"

	"foia/internal/workspace"
)

// Unclear is a file of answers in which something is still to be answered, or that cannot be read.
type Unclear struct {
	Name  string   // in the user's folder
	Open  []string // what is asked
	Wrong error
}

// Unanswered are the files of answers of a folder that somebody has to look at.
func Unanswered(w *workspace.Workspace) (out []Unclear, err error) {
	names, err := w.Names(Folder)
	if err != nil {
		return nil, err
	}
	for _, n := range names {
		if !strings.HasSuffix(n, ".yaml") {
			continue
		}
		u := Unclear{Name: path.Join(Folder, n)}
		m, err := Read(w.Path(u.Name))
		if u.Wrong = err; err == nil {
			u.Open = m.Open()
		}
		if u.Wrong != nil || len(u.Open) > 0 {
			out = append(out, u)
		}
	}
	return out, nil
}
