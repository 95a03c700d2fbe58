// Package evidence is the use case of proving a log to others: to seal it, to have the
// seal stamped with a time, to compare the log with its seals later, and to put into a
// bundle what shows that its events were sealed.
package evidence

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"foia/internal/docket"
	"foia/internal/remedy"
	"foia/internal/seal"
	"foia/internal/store"
	"foia/internal/timestamp"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// Kept is a seal in the user's folder, seals/NAME.txt. Beside it lie the request for
// its time stamp, NAME.tsq, and the answers: NAME.tsr, NAME.2.tsr and so on.
type Kept struct {
	Name    string
	Seal    seal.Seal
	Request string   // file; "": none was made
	Answers []string // files
}

// Path is where the seal lies in the user's folder.
func (k Kept) Path() string { return path.Join(workspace.SealsDir, k.Name+".txt") }

// longest is more than any seal, request or answer.
const longest = 1 << 16

// Failure says why something cannot be done, and what to do.
type Failure struct {
	What, Remedy string
	Err          error
	Hidden       bool // it is that the caller does not see the whole log
}

func (f *Failure) Error() string {
	if f.Err != nil {
		return f.What + ": " + f.Err.Error()
	}
	return f.What
}

// Hint says what to do.
func (f *Failure) Hint() string { return f.Remedy }

// Unwrap returns what lies behind it.
func (f *Failure) Unwrap() error { return f.Err }

// Log is what is asked of a log to seal it, or to compare it with its seals.
type Log interface {
	History(ctx context.Context, after int, f func(n int, e docket.Event) error) error
	Hidden(ctx context.Context) (int, error)
	Verify(ctx context.Context) ([]store.Fault, error)
}

// hidden says that requests are private to others. What the caller sees of the log can
// look whole, and yet a seal over it would be one that nobody else can make again.
func hidden(ctx context.Context, log Log, what string) error {
	n, err := log.Hidden(ctx)
	if err != nil || n == 0 {
		return err
	}
	return &Failure{What: "part of the log is hidden from you, and " + what + " needs all of it",
		Remedy: "someone who can see the whole log, such as its owner, must do this", Hidden: true}
}

// whole makes sure that a seal can be made of the log.
func whole(ctx context.Context, log Log) error {
	if err := hidden(ctx, log, "a seal"); err != nil {
		return err
	}
	faults, err := log.Verify(ctx)
	if err != nil {
		return err
	}
	if len(faults) > 0 {
		return &Failure{What: fmt.Sprintf("a log with faults cannot be sealed (%d found)", len(faults)),
			Remedy: remedy.To(remedy.Verify).String() + " lists them"}
	}
	return nil
}

// Take seals the log and keeps the seal. A seal that says the same and is kept
// already is returned instead.
func Take(ctx context.Context, w *workspace.Workspace, log Log, day workday.Date) (k Kept, err error) {
	if err := whole(ctx, log); err != nil {
		return k, err
	}
	k.Seal, err = seal.Take(ctx, log.History, day)
	if err != nil {
		return k, err
	}
	if k.Seal.Events == 0 {
		return k, &Failure{What: "the log has no events: there is nothing to seal",
			Remedy: "make a request first, for example: " + remedy.To(remedy.New, "request").With("to", "irs").String()}
	}
	unlock, err := w.Lock(ctx)
	if err != nil {
		return k, err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	taken := map[string]bool{}
	kept, _, err := List(w)
	if err != nil {
		return k, err
	}
	for _, old := range kept {
		if old.Seal == k.Seal {
			return old, list(w, kept)
		}
	}
	names, err := w.Names(workspace.SealsDir)
	if err != nil {
		return k, err
	}
	for _, name := range names {
		begin, _, _ := strings.Cut(name, ".")
		taken[begin] = true
	}
	old, err := readListed(w)
	if err != nil {
		return k, err
	}
	for _, l := range old {
		taken[l.name] = true // also of one that is gone
	}
	for n := 1; k.Name == "" || taken[k.Name]; n++ {
		k.Name = fmt.Sprintf("%s-%d", day, n)
	}
	if err := w.KeepNew(k.Path(), k.Seal.Text()); err != nil {
		return k, err
	}
	return k, list(w, append(kept, k))
}

// List reads the seals that are kept. A file that is no seal is a fault.
func List(w *workspace.Workspace) (kept []Kept, faults []store.Fault, err error) {
	names, err := w.Names(workspace.SealsDir)
	if err != nil {
		return nil, nil, err
	}
	for _, file := range names {
		name, ok := strings.CutSuffix(file, ".txt")
		if !ok {
			continue
		}
		k := Kept{Name: name}
		text, err := w.ReadSmall(k.Path(), longest)
		kind := store.Unreadable
		if err == nil {
			kind = store.Changed
			k.Seal, err = seal.Parse(string(text))
		}
		if err != nil {
			faults = append(faults, store.Fault{Kind: kind, What: fmt.Sprintf("%s cannot be read: %v", k.Path(), err)})
			continue
		}
		for _, beside := range names {
			switch {
			case beside == name+".tsq":
				k.Request = path.Join(workspace.SealsDir, beside)
			case strings.HasPrefix(beside, name+".") && strings.HasSuffix(beside, ".tsr"):
				k.Answers = append(k.Answers, path.Join(workspace.SealsDir, beside))
			}
		}
		kept = append(kept, k)
	}
	return kept, faults, nil
}

// Find returns the seal that is kept under a name, which may be a path.
func Find(w *workspace.Workspace, name string) (Kept, error) {
	kept, _, err := List(w)
	if err != nil {
		return Kept{}, err
	}
	want := strings.TrimSuffix(path.Base(strings.ReplaceAll(name, `\`, "/")), ".txt")
	var names []string
	for _, k := range kept {
		if k.Name == want {
			return k, nil
		}
		names = append(names, k.Name)
	}
	hint := remedy.To(remedy.Seal).String() + " takes the first"
	if len(names) > 0 {
		hint = "there are: " + strings.Join(names[max(0, len(names)-5):], ", ")
	}
	return Kept{}, &Failure{What: fmt.Sprintf("there is no seal %q", name), Remedy: hint}
}

// Ask returns the request for a time stamp of a seal. It is made once: the answer of
// whichever authority it is given to must repeat its nonce.
func Ask(ctx context.Context, w *workspace.Workspace, k Kept, random io.Reader) (request []byte, err error) {
	unlock, err := w.Lock(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	if k.Request != "" {
		return w.ReadSmall(k.Request, longest)
	}
	request, err = timestamp.Request(sha256.Sum256(k.Seal.Text()), random)
	if err != nil {
		return nil, err
	}
	return request, w.KeepNew(path.Join(workspace.SealsDir, k.Name+".tsq"), request)
}
