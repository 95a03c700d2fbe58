package inbox

import (
	"context"
	"iter"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"foia/internal/mail"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// shownHash is how much of the hash stands in the name of a file that waits: twelve hexadecimal digits tell any two
// messages apart that somebody gets in a life.
const shownHash = 12

// Waiting yields the messages that wait in the folder, the oldest first.
func (r *Reader) Waiting(ctx context.Context) iter.Seq2[Item, error] {
	if names, err := r.Book.Workspace.Names(workspace.InboxDir); err != nil || len(names) == 0 {
		return func(yield func(Item, error) bool) {
			if err != nil {
				yield(Item{}, err)
			}
		}
	}
	return r.Read(ctx, r.Book.Workspace.Path(workspace.InboxDir))
}

// WaitingOne yields the message with that hash, if it waits: by the name that it was put there under, else by looking
// through all, since a person may have put it there.
func (r *Reader) WaitingOne(ctx context.Context, hash string) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		names, err := r.Book.Workspace.Names(workspace.InboxDir)
		if err != nil {
			yield(Item{}, err)
			return
		}
		all := []iter.Seq2[Item, error]{}
		for _, n := range names {
			if len(hash) >= shownHash && strings.Contains(n, "-"+hash[:shownHash]) {
				all = append(all, r.Read(ctx, r.Book.Workspace.Path(path.Join(workspace.InboxDir, n))))
			}
		}
		for _, items := range append(all, r.Waiting(ctx)) {
			for item, err := range items {
				if err != nil || item.Hash == hash {
					yield(item, err)
					return
				}
			}
		}
	}
}

// HowMany is how many messages wait.
func HowMany(w *workspace.Workspace) (int, error) {
	names, err := w.Names(workspace.InboxDir)
	return len(names), err
}

// Waits tells whether the message was read from the folder of those that wait.
func (r *Reader) Waits(item *Item) bool { return r.inFolder(item.path) }

func (r *Reader) inFolder(file string) bool {
	return file != "" && filepath.Dir(file) == r.Book.Workspace.Path(workspace.InboxDir)
}

// dayInName is the day on which a message that waits was put there; zero for another file.
func (r *Reader) dayInName(file string) workday.Date {
	if name := filepath.Base(file); r.inFolder(file) && len(name) > len("2006-01-02") {
		if d, err := workday.ParseDate(name[:len("2006-01-02")]); err == nil {
			return d
		}
	}
	return workday.Date{}
}

// Wait keeps a message in the folder until somebody says what it is. What waits already is left as it is.
func (r *Reader) Wait(ctx context.Context, item *Item) (name string, err error) {
	day := item.day(r.on(item.path))
	if day.IsZero() {
		day = r.Book.Today
	}
	kept, err := r.waitingNames(item)
	if err != nil {
		return "", err
	}
	if len(kept) > 0 {
		return kept[0], nil
	}
	err = r.Book.Holding(ctx, false, func() error {
		for n := 1; ; n++ {
			name = path.Join(workspace.InboxDir, day.String()+"-"+item.Hash[:shownHash])
			if n > 1 { // somebody changed what waits under that name
				name += "-" + strconv.Itoa(n)
			}
			switch name += item.ending(); {
			case !r.Book.Workspace.Exists(name):
				return r.Book.Workspace.KeepNew(name, item.Data)
			case r.Book.Workspace.Same(name, item.Data):
				return nil
			}
		}
	})
	return name, err
}

// ending is the ending of the name of a file that has this message.
func (i *Item) ending() string {
	switch {
	case i.Message != nil:
		return ".eml"
	case i.raw == mail.PDF:
		return ".pdf"
	}
	return ".txt"
}

// Done takes a message out of those that wait: it is recorded, or nothing for the log. A file that was changed since it
// was read stays: it is another message.
func (r *Reader) Done(ctx context.Context, item *Item) error {
	names, err := r.waitingNames(item)
	if err != nil || len(names) == 0 {
		return err
	}
	return r.Book.Holding(ctx, false, func() error {
		for _, name := range names {
			if !r.Book.Workspace.Same(name, item.Data) {
				continue
			}
			if err := r.Book.Workspace.Clear(name); err != nil {
				return err
			}
		}
		return nil
	})
}

// waitingNames are the files that wait and have this message, every byte of it.
func (r *Reader) waitingNames(item *Item) (out []string, err error) {
	names, err := r.Book.Workspace.Names(workspace.InboxDir)
	for _, n := range names {
		own := r.inFolder(item.path) && n == filepath.Base(item.path) // a person may have put it there under a name of their own
		if n = path.Join(workspace.InboxDir, n); own || strings.Contains(n, "-"+item.Hash[:shownHash]) {
			if r.Book.Workspace.Same(n, item.Data) {
				out = append(out, n)
			}
		}
	}
	return out, err
}

// on is the day on which a file came, as far as it is known without reading it.
func (r *Reader) on(file string) workday.Date {
	if r.On.IsZero() {
		return r.dayInName(file)
	}
	return r.On
}

// Again forgets which messages were read, so that they can be read once more.
func (r *Reader) Again() { r.seen = map[string]bool{} }
