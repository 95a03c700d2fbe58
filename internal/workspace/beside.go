package workspace

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"

	"foia/internal/disk"
	"foia/internal/docket"
)

// What is odd about a folder and damages nothing is a note of verify: links in the place of documents, files that others on the
// machine can read, hidden files beside the letters.

// oddities are what a look found that is not as foia makes it, although what the log says of it holds.
type oddities struct {
	links, open, hidden []string
}

// most is how many of a kind a note names.
const mostNamed = 3

func named(names []string) string {
	more := ""
	if n := len(names) - mostNamed; n > 0 {
		more = fmt.Sprintf(" and %d more", n)
	}
	return strings.Join(names[:min(len(names), mostNamed)], ", ") + more
}

func (o oddities) notes(dir string) (notes []string) {
	if len(o.links) > 0 {
		notes = append(notes, "a file or folder of the record is a link: "+named(o.links)+"; what it leads to may change without this "+
			"folder: put the file itself in its place")
	}
	if len(o.open) > 0 {
		notes = append(notes, "others on this machine can read or change files of the record: "+named(o.open)+"; take that right away, "+
			"such as with chmod -R go= "+dir)
	}
	if len(o.hidden) > 0 {
		notes = append(notes, "hidden files lie beside letters: "+named(o.hidden)+"; the log says nothing of them: look "+
			"at them, and remove what is not yours")
	}
	return notes
}

// leftBySystem are files that desktops leave in every folder that they show.
func leftBySystem(name string) bool {
	switch strings.ToLower(name) {
	case ".ds_store", "thumbs.db", "desktop.ini", ".directory", ".localized":
		return true
	}
	return strings.HasPrefix(name, "._") // what macOS keeps of a file on disks of other systems
}

// odd looks at a file or folder that foia made.
func (l *look) odd(place string) {
	info, err := os.Lstat(l.w.Path(place))
	switch {
	case err != nil || l.only != nil: // it is missing, which is said elsewhere
	case info.Mode()&fs.ModeSymlink != 0:
		to := disk.LeadsTo(l.w.Path(place))
		l.oddities.links = append(l.oddities.links, place+" (to "+to+")")
	case disk.Open(info):
		l.oddities.open = append(l.oddities.open, fmt.Sprintf("%s (%04o)", place, info.Mode().Perm()))
	}
}

// hiddenFiles finds what is hidden in the folder of a request. In those of received files and further letters, whatever the log
// does not know is named.
func (l *look) hiddenFiles(r docket.Request) {
	entries, err := os.ReadDir(l.w.Path(r.Folder))
	if err != nil || l.only != nil { // said elsewhere
		return
	}
	for _, e := range entries {
		if name := e.Name(); strings.HasPrefix(name, ".") && !leftBySystem(name) && !isUnfinished(name) {
			l.oddities.hidden = append(l.oddities.hidden, path.Join(r.Folder, name))
		}
	}
}
