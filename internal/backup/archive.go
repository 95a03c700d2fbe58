package backup

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"foia/internal/bounded"
	"foia/internal/workspace"
)

// Archive is a backup that was opened: its list of members and its manifest are
// sound. Check reads the rest.
type Archive struct {
	Manifest Manifest
	ID       string // SHA-256 of the manifest, and so of the whole

	file    io.Closer
	members map[string]*zip.File
	needs   uint64 // bytes that the documents take in a folder; known after Check
}

// Open opens a backup. Nothing that it says is believed before it was looked at: it
// may come from anybody.
func Open(name string) (*Archive, error) {
	file, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, unfitFor("there is no file "+name, "name the file of the backup")
	}
	if err != nil {
		return nil, fmt.Errorf("the backup cannot be read: %w", err)
	}
	info, err := file.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = unfit("%s is not a plain file", name)
	}
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	a, err := read(file, info.Size())
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	a.file = file
	return a, nil
}

// Close lets go of the file.
func (a *Archive) Close() error { return a.file.Close() }

func read(from io.ReaderAt, size int64) (*Archive, error) {
	z, err := bounded.ZIP(from, size, maxDirectory)
	if err != nil {
		begin := make([]byte, 2)
		if n, _ := from.ReadAt(begin, 0); string(begin[:n]) == "PK" {
			return nil, unfit("it is cut off or damaged (%v)", err)
		}
		return nil, unfit("it is not a foia backup")
	}
	a := &Archive{members: make(map[string]*zip.File, len(z.File))}
	if err := a.take(z.File, uint64(size)); err != nil {
		return nil, err
	}
	return a, a.readManifest()
}

// take looks at the list of members. Members that are not packed take as much in the
// file as they claim, so that what they all claim together is bounded by its size.
func (a *Archive) take(members []*zip.File, size uint64) error {
	var sum uint64
	for _, f := range members {
		if err := mayBe(f); err != nil {
			return err
		}
		if a.members[f.Name] != nil {
			return unfit("it contains %q twice", f.Name)
		}
		a.members[f.Name] = f
		if sum += f.CompressedSize64; sum > size || f.CompressedSize64 > size {
			return unfit("its entries claim more bytes than the whole file has")
		}
	}
	return nil
}

// mayBe tells whether a backup may have such a member.
func mayBe(f *zip.File) error {
	packed := f.Name == logName && f.Method == zip.Deflate
	switch {
	case !f.Mode().IsRegular():
		return unfit("%q is not a plain file", f.Name)
	case f.Flags&1 != 0:
		return unfit("%q is encrypted: decrypt the whole file first", f.Name)
	case !packed && f.Method != zip.Store:
		return unfit("%q is compressed, which foia does not do", f.Name)
	case !packed && f.CompressedSize64 != f.UncompressedSize64:
		return unfit("%q claims to be %d bytes but is %d", f.Name, f.UncompressedSize64, f.CompressedSize64)
	case packed && f.UncompressedSize64/maxPacked > f.CompressedSize64+1<<10:
		return unfit("its log would unpack to %d times its compressed size", f.UncompressedSize64/max(f.CompressedSize64, 1))
	}
	if name, own := strings.CutPrefix(f.Name, folderDir); own && ownName(name) {
		return nil
	}
	if sum := f.Name[strings.LastIndex(f.Name, "/")+1:]; isSum(sum) && f.Name == documentName(sum) {
		return nil
	}
	if f.Name == manifestName || f.Name == logName {
		return nil
	}
	return unfit("%q does not belong in a backup", f.Name)
}

// open reads a member, and no more of it than it claims.
func (a *Archive) open(name string) (io.ReadCloser, error) {
	f := a.members[name]
	if f == nil {
		return nil, unfit("%s is missing from it", name)
	}
	in, err := f.Open()
	if err != nil {
		return nil, unfit("%s cannot be read: %v", name, err)
	}
	return &claimed{ReadCloser: in, name: name, left: f.UncompressedSize64}, nil
}

// claimed ends with an error where a member is longer than it claims.
type claimed struct {
	io.ReadCloser
	name string
	left uint64
}

func (c *claimed) Read(p []byte) (int, error) {
	n, err := c.ReadCloser.Read(p)
	if uint64(n) > c.left {
		return 0, unfit("%s is longer than it claims", c.name)
	}
	c.left -= uint64(n)
	if err != nil && !errors.Is(err, io.EOF) {
		err = unfit("%s cannot be read: %v", c.name, err)
	}
	return n, err
}

// text reads a member that must be small.
func (a *Archive) text(name string, most uint64) (text []byte, err error) {
	if f := a.members[name]; f != nil && f.UncompressedSize64 > most {
		return nil, unfit("%s is larger than %d MB", name, most>>20)
	}
	in, err := a.open(name)
	if err != nil {
		return nil, err
	}
	text, err = io.ReadAll(in)
	return text, errors.Join(err, in.Close())
}

func (a *Archive) readManifest() error {
	if a.members[manifestName] == nil {
		return unfit("it is not a foia backup: it has no %s", manifestName)
	}
	text, err := a.text(manifestName, maxManifest)
	if err != nil {
		return err
	}
	// What kind of file it is comes first: a newer one may hold what is unknown here.
	var kind struct {
		Format  string
		Version int
		Foia    string
	}
	if err := json.Unmarshal(text, &kind); err != nil || kind.Format != format || kind.Version < 1 {
		return unfit("its %s does not come from a foia backup", manifestName)
	}
	if kind.Version > version {
		return unfitFor(fmt.Sprintf("the backup was made by a newer foia (%s): it has format %d, and this foia reads format %d",
			kind.Foia, kind.Version, version),
			"use the newer foia; nothing was written")
	}
	if !maxParts.Fit(text) {
		return unfit("its %s has too many parts", manifestName)
	}
	known := json.NewDecoder(bytes.NewReader(text))
	known.DisallowUnknownFields()
	if err := known.Decode(&a.Manifest); err != nil {
		return unfit("its %s cannot be read: %v", manifestName, err)
	}
	a.ID = sumOf(text)
	return a.compare()
}

// compare holds the list of members against the manifest.
func (a *Archive) compare() error {
	m := a.Manifest
	named := map[string]bool{manifestName: true}
	for _, f := range m.Files {
		there := a.members[f.Name]
		if there == nil || named[f.Name] || !isSum(f.SHA256) || strings.HasPrefix(f.Name, documentsDir) ||
			uint64(f.Size) != there.UncompressedSize64 {
			return unfit("its manifest names %q, which is missing or different", f.Name)
		}
		named[f.Name] = true
	}
	var documents Documents
	for name, f := range a.members {
		switch {
		case strings.HasPrefix(name, documentsDir):
			documents.Count++
			documents.Bytes += int64(f.UncompressedSize64)
		case !named[name]:
			return unfit("its manifest does not list %q", name)
		}
	}
	if !named[logName] || documents != m.Documents {
		return unfit("its manifest does not match what it contains")
	}
	for _, d := range m.Missing {
		if !isSum(d.SHA256) || a.members[documentName(d.SHA256)] != nil {
			return unfit("its manifest says %q of %s is missing, but it is there", d.Name, d.Request)
		}
	}
	return a.compareSettings()
}

// maxSettings is how large the settings in a backup may be, in bytes.
const maxSettings = 1 << 20

// compareSettings makes sure that this foia can read the settings.
func (a *Archive) compareSettings() error {
	name := folderDir + workspace.ConfigFile
	if a.members[name] == nil {
		return nil
	}
	text, err := a.text(name, maxSettings)
	if err != nil {
		return err
	}
	_, err = workspace.ParseConfig(workspace.ConfigFile+" in the backup", text)
	return err
}

// own are the user's own files in the backup, by their names in the folder.
func (a *Archive) own() []string {
	var names []string
	for name := range a.members {
		if own, ok := strings.CutPrefix(name, folderDir); ok {
			names = append(names, own)
		}
	}
	slices.Sort(names)
	return names
}
