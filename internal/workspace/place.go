package workspace

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"foia/internal/disk"
	"foia/internal/docket"
	"foia/internal/remedy"
	"foia/internal/store"
)

// Placing puts documents of a log that comes from elsewhere where that log says that
// they are. It leaves the folder by no name, whatever the log says.
type Placing struct {
	w      *Workspace
	root   *os.Root
	placed []string // since the last Sync
	noted  func() error
}

// Place begins to put documents into the folder. The caller holds its lock.
func (w *Workspace) Place() (*Placing, error) {
	if err := os.MkdirAll(w.Dir, dirMode); err != nil {
		return nil, w.failed("the folder cannot be made", w.Dir, err)
	}
	root, err := os.OpenRoot(w.Dir)
	if err != nil {
		return nil, w.failed("the folder cannot be opened", w.Dir, err)
	}
	noted, err := w.note(notePlacing, w.Dir)
	if err != nil {
		return nil, errors.Join(w.failed("the folder cannot be written", w.Dir, err), root.Close())
	}
	return &Placing{w: w, root: root, noted: noted}, nil
}

// Close lets go of the folder.
func (p *Placing) Close() error { return errors.Join(p.root.Close(), p.noted()) }

// Local tells whether a name with forward slashes stays in the folder that it is in, and is
// neither hidden nor one of foia's own beginnings. On Windows it is no device either.
func Local(name string) bool {
	return fs.ValidPath(name) && name != "." && !strings.ContainsAny(name, "\\:\x00") && filepath.IsLocal(filepath.FromSlash(name)) &&
		!strings.HasPrefix(name, ".") && !strings.Contains(name, "/.")
}

// Everywhere tells whether a name is Local, and is the name of a file on every system.
func Everywhere(name string) bool {
	return Local(name) && !slices.ContainsFunc(strings.Split(name, "/"), func(part string) bool { return !disk.Portable(part) })
}

// PlaceOf is where a document belongs in a folder. The error says that the log names
// a place in which foia keeps no documents.
func PlaceOf(d store.Placed) (string, error) {
	folder, name := d.Request.Folder, d.Document.Name
	if !Local(folder) || !Local(name) || !strings.HasPrefix(folder, RequestsDir+"/") {
		return "", &remedy.Error{What: fmt.Sprintf("request %s keeps %q in %q, where foia keeps no documents", d.Request.ID, name, folder),
			Where: RequestsDir,
			Do:    "do not use this log: it was not written by foia, or was changed"}
	}
	return path.Join(folder, name), nil
}

// Put writes a document, unless the very same is there already. What is read must be
// what the log says of it.
func (p *Placing) Put(d store.Placed, open func() (io.ReadCloser, error)) error {
	name, err := PlaceOf(d)
	if err != nil {
		return err
	}
	if there, same := p.has(name, d.Document.SHA256); same {
		return nil
	} else if there {
		return &remedy.Error{What: "another file is where a document should be", Where: p.w.Path(name),
			Do: "move it away and try again"}
	}
	return p.put(name, d.Document.Size+1, open, func(size int64, sum string) error {
		if size != d.Document.Size || sum != d.Document.SHA256 {
			return &remedy.Error{What: "a document was changed after it was made", Where: d.Request.ID + ", " + d.Document.Name,
				Do: remedy.To(remedy.Verify).String() + " lists everything that was changed; restore it from a backup"}
		}
		return nil
	})
}

// Folder makes the folder of a request that has no document yet.
func (p *Placing) Folder(r docket.Request) error {
	if _, err := PlaceOf(store.Placed{Request: r, Document: docket.Document{Name: "any"}}); err != nil {
		return err
	}
	if err := p.root.MkdirAll(r.Folder, dirMode); err != nil {
		return p.w.failed("the folder cannot be made", p.w.Path(r.Folder), err)
	}
	return nil
}

// PutFile writes another file of the folder, which must not be there yet.
func (p *Placing) PutFile(name string, open func() (io.ReadCloser, error)) error {
	if why := disk.Refused(name); why != "" {
		return &remedy.Error{What: "this system has no file of that name: " + why, Where: p.w.Path(name),
			Do: "restore it where it was made, give the file another name there, and make a new backup"}
	}
	if _, err := p.root.Lstat(name); err == nil || !Local(name) {
		return &remedy.Error{What: "the file cannot be put there, or already exists, perhaps under a name that differs only in upper and " +
			"lower case", Where: p.w.Path(name), Do: "move it away and try again"}
	}
	return p.put(name, math.MaxInt64, open, func(int64, string) error { return nil })
}

// put writes what is read beside its place, and puts it there if it is right.
func (p *Placing) put(name string, most int64, open func() (io.ReadCloser, error), right func(size int64, sum string) error) (err error) {
	from, err := open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	if err := p.root.MkdirAll(path.Dir(name), dirMode); err != nil {
		return p.w.failed("the folder cannot be made", p.w.Path(path.Dir(name)), err)
	}
	beside := path.Join(path.Dir(name), placing+path.Base(name))
	size, sum, err := p.write(beside, io.LimitReader(from, most))
	if err == nil {
		err = right(size, sum)
	}
	if err == nil {
		if err = disk.Patiently(func() error { return p.root.Rename(beside, name) }); err != nil {
			err = p.w.failed("the file cannot be written", p.w.Path(name), err)
		}
	}
	if err != nil {
		return errors.Join(err, p.gone(beside))
	}
	p.placed = append(p.placed, name)
	return nil
}

func (p *Placing) gone(name string) error {
	if err := p.root.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return p.w.failed("an unfinished file cannot be cleared away", p.w.Path(name), err)
	}
	return nil
}

// write returns size and SHA-256 of what it wrote.
func (p *Placing) write(name string, from io.Reader) (int64, string, error) {
	file, err := p.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, fileMode)
	if err != nil {
		return 0, "", p.w.failed("the document cannot be written", p.w.Path(name), err)
	}
	sum := sha256.New()
	size, err := io.Copy(io.MultiWriter(file, sum), from)
	if err = errors.Join(err, file.Close()); err != nil {
		return size, "", p.w.failed("the document cannot be written", p.w.Path(name), err)
	}
	return size, hex.EncodeToString(sum.Sum(nil)), nil
}

// has tells whether something is in a place, and whether it is the document.
func (p *Placing) has(name, want string) (there, same bool) {
	if _, err := p.root.Lstat(name); err != nil {
		return false, false // whatever else is wrong, writing will say it
	}
	file, err := p.root.Open(name)
	if err != nil {
		return true, false
	}
	sum := sha256.New()
	_, err = io.Copy(sum, file)
	return true, errors.Join(err, file.Close()) == nil && hex.EncodeToString(sum.Sum(nil)) == want
}

// Sync has everything on the disk that was put since the last time.
func (p *Placing) Sync() error {
	if len(p.placed) == 0 {
		return nil
	}
	done, err := disk.SyncAll(p.w.Dir)
	if err == nil && !done {
		err = p.syncEach()
	}
	p.placed = p.placed[:0]
	return err
}

func (p *Placing) syncEach() error {
	var dirs []string
	for _, name := range p.placed {
		file, err := p.root.OpenFile(name, os.O_RDWR, 0) // Windows syncs only what may be written
		if err != nil {
			return err
		}
		if err := errors.Join(file.Sync(), file.Close()); err != nil {
			return err
		}
		for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
			dirs = append(dirs, dir)
		}
	}
	slices.Sort(dirs)
	for _, dir := range slices.Compact(dirs) {
		if err := disk.SyncDir(p.w.Path(dir)); err != nil {
			return err
		}
	}
	return disk.SyncDir(p.w.Dir)
}
