package logbook

import (
	"context"
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"strings"

	"foia/internal/disk"
	"foia/internal/docket"
	"foia/internal/entered"
	"foia/internal/remedy"
	"foia/internal/workspace"
)

// maxAttachment is more than any portal or mail server sends in one piece.
const maxAttachment = 2 << 30

// takeIn copies the files that came with an event, if the event can be recorded: nobody waits
// for the copy of a film to be told of a wrong date.
func (b *Book) takeIn(ctx context.Context, entry Entry, basis docket.Basis) (files []*workspace.Incoming, err error) {
	if len(entry.Attach) == 0 {
		return nil, nil
	}
	log, err := b.Log(ctx)
	if err != nil {
		return nil, err
	}
	in := Within(ctx, log)
	if _, err := in.Request(entry.Request); err != nil {
		return nil, err
	}
	for _, name := range entry.Attach {
		if err := Attachable(name); err != nil {
			return nil, err
		}
	}
	p := b.proposed(entry, basis)
	if _, _, err := check(in, &p); err != nil {
		return nil, err
	}
	return b.copyOf(ctx, entry.Attach)
}

// copyOf copies files into the folder, beside their places.
func (b *Book) copyOf(ctx context.Context, names []string) (files []*workspace.Incoming, err error) {
	for _, name := range names {
		file, err := b.Workspace.TakeIn(ctx, name)
		if err != nil {
			return nil, errors.Join(unreadable(name, err), discard(files))
		}
		files = append(files, file)
	}
	return files, nil
}

func discard(files []*workspace.Incoming) error {
	var errs []error
	for _, f := range files {
		errs = append(errs, f.Discard())
	}
	return errors.Join(errs...)
}

// Attachable refuses what is no file that can come with an event.
func Attachable(name string) error {
	if why := workspace.NoFile(name); why != "" { // Windows would read something else
		return remedy.Misuse(remedy.Name("attach")+": no file can have that name: "+why+" ("+name+")",
			"give the file another name first")
	}
	file, err := disk.OpenPlain(name)
	if err != nil {
		return unreadable(name, err)
	}
	defer file.Close() // it is read later
	info, err := file.Stat()
	if err != nil {
		return unreadable(name, err)
	}
	if info.Size() > maxAttachment {
		return remedy.Misuse(remedy.Name("attach")+": the file is larger than 2 GB ("+name+")", "give the path of a smaller file")
	}
	return nil
}

// linked says of each file that was named by a link what was kept: a link that came from somebody else may lead anywhere.
func linked(names []string) (notes []string) {
	for _, name := range names {
		if to := disk.LeadsTo(name); to != "" {
			notes = append(notes, fmt.Sprintf("%s is a link; the file kept is %s", name, to))
		}
	}
	return notes
}

// unreadable says that a file that was named cannot be read. What says itself where it failed,
// such as a full disk, stays as it is.
func unreadable(name string, err error) error {
	var other *remedy.Error
	if errors.As(err, &other) || errors.Is(err, context.Canceled) {
		return err
	}
	why := workspace.Reason(err)
	if to := disk.LeadsTo(name); to != "" {
		why += "; the name is a link to " + to
	}
	return remedy.Misuse(remedy.Name("attach")+": the file cannot be read: "+why+" ("+name+")", "give the path of a file on this machine")
}

// receivedFiles are the copies under the names that they get. A name begins with the number of
// the event, so that two letters named scan.pdf do not meet.
func receivedFiles(seq int, files []*workspace.Incoming) (out []workspace.File) {
	for i, f := range files {
		name := fmt.Sprintf("%03d-%s", seq, fileName(f.Original))
		if i > 0 {
			name = fmt.Sprintf("%03d-%d-%s", seq, i+1, fileName(f.Original))
		}
		out = append(out, workspace.File{Name: path.Join(workspace.ReceivedDir, name), Incoming: f})
	}
	return out
}

// fileName makes a harmless name of whatever a file was called: letters without their
// accents, digits, dots, hyphens and underscores, none hidden.
func fileName(name string) string {
	name = entered.Unaccented(name)
	ext := filepath.Ext(name)
	safe := func(s string) string {
		return strings.Trim(strings.Map(func(r rune) rune {
			if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_' || r == '.' {
				return r
			}
			return '-'
		}, s), "-.")
	}
	base, ext := safe(strings.TrimSuffix(name, ext)), safe(ext)
	base = strings.TrimRight(base[:min(len(base), 80)], "-.") // Windows drops a dot at the end
	if base == "" {
		base = "file"
	}
	if ext == "" {
		return base
	}
	return base + "." + ext[:min(len(ext), 10)]
}
