package backup

import (
	"errors"
	"io/fs"
	"path/filepath"
	"slices"

	"foia/internal/workspace"
)

// own lists the user's own files in a folder, and those that cannot go into a backup.
func own(w *workspace.Workspace, folder fs.FS) (names, leftOut []string, err error) {
	for _, name := range []string{workspace.ConfigFile, workspace.OfficesFile, workspace.HolidaysFile} {
		if _, err := fs.Stat(folder, name); err == nil {
			names = append(names, name)
		} else if !errors.Is(err, fs.ErrNotExist) {
			return nil, nil, err
		}
	}
	for _, dir := range []string{workspace.TemplatesDir, workspace.LawsDir, workspace.SealsDir, workspace.InboxDir, workspace.ImportsDir} {
		more, odd, err := below(folder, dir)
		if err != nil {
			return nil, nil, err
		}
		names, leftOut = append(names, more...), append(leftOut, odd...)
	}
	for _, named := range pictures(w) {
		name, ok := inside(w, named)
		switch info, err := fs.Stat(folder, name); {
		case !ok || !ownName(name):
			leftOut = append(leftOut, named+": foia.yaml names it, but it is outside the folder")
		case !workspace.Everywhere(name):
			leftOut = append(leftOut, named+": its name does not work on every system")
		case err != nil || !info.Mode().IsRegular():
			leftOut = append(leftOut, named+": foia.yaml names it, but it does not exist")
		default:
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names), leftOut, nil
}

// below lists the files below a folder that are not hidden.
func below(folder fs.FS, dir string) (names, leftOut []string, err error) {
	err = fs.WalkDir(folder, dir, func(name string, e fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist) && name == dir:
			return fs.SkipAll
		case err != nil:
			return err
		case e.Name()[0] == '.' && e.IsDir():
			return fs.SkipDir
		case e.Name()[0] == '.' || e.IsDir():
			return nil
		}
		// A link may lead out of the folder, which the folder does not follow.
		if info, err := fs.Stat(folder, name); err != nil || !info.Mode().IsRegular() || !ownName(name) || !workspace.Everywhere(name) {
			leftOut = append(leftOut, name+": it is not a plain file, or its name does not work on every system")
			return nil
		}
		names = append(names, name)
		return nil
	})
	return names, leftOut, err
}

// pictures are the files that foia.yaml names: pictures, typefaces and certificates.
func pictures(w *workspace.Workspace) []string {
	names := append([]string{w.Config.Letterhead.Image, w.Config.Mail.Certificate, w.Config.Send.Certificate}, w.Config.Fonts...)
	for _, r := range w.Config.Requesters {
		names = append(names, r.SignatureImage)
	}
	return slices.DeleteFunc(names, func(name string) bool { return name == "" })
}

// inside is the name of a file below the folder, with forward slashes.
func inside(w *workspace.Workspace, name string) (string, bool) {
	where, err := w.Named(name)
	if err != nil {
		return "", false
	}
	dir, err := filepath.Abs(w.Dir)
	if err != nil {
		return "", false
	}
	if where, err = filepath.Abs(where); err != nil {
		return "", false
	}
	if name, err = filepath.Rel(dir, where); err != nil {
		return "", false
	}
	return filepath.ToSlash(name), filepath.IsLocal(name)
}
