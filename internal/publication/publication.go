// Package publication is the use case of publishing what was received: first a proposal of what to cover in a file of a
// request, which a person reads and changes, then the copy, proved, kept and logged.
package publication

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"foia/internal/docket"
	"foia/internal/logbook"
	"foia/internal/pdfium"
	"foia/internal/redact"
	"foia/internal/remedy"
	"foia/internal/workspace"
)

// Desk makes copies of what is in a log.
type Desk struct {
	Book     *logbook.Book
	Redactor *redact.Redactor
}

// File is one that was received with a request.
type File struct {
	Request docket.Request
	Event   int
	docket.Document
	number string // 4, or 4-2 for the second file of event 4
}

// Called is what the file was called when it came, or what it is called here.
func (f File) Called() string {
	if f.Original != "" {
		return f.Original
	}
	return path.Base(f.Name)
}

// Files are the PDFs that came with a request, by what they are called.
func Files(r docket.Request, events []docket.Event) (out []File, err error) {
	for _, e := range events {
		if e.Ours() {
			continue
		}
		files, err := e.Files()
		if err != nil {
			return nil, err
		}
		for i, d := range files {
			number := strconv.Itoa(e.Seq)
			if i > 0 {
				number += "-" + strconv.Itoa(i+1)
			}
			if strings.EqualFold(path.Ext(d.Name), ".pdf") {
				out = append(out, File{Request: r, Event: e.Seq, Document: d, number: number})
			}
		}
	}
	return out, nil
}

// Number is by which a file is named: that of its event, and that within the event if it is not the first.
func (f File) Number() string { return f.number }

// Find finds a file of a request: by its number, or by its name.
func (d *Desk) Find(ctx context.Context, id, which string) (f File, err error) {
	log, err := d.Book.Log(ctx)
	if err != nil {
		return f, err
	}
	r, events, err := logbook.Request(logbook.Within(ctx, log), id)
	if err != nil {
		return f, err
	}
	all, err := Files(r, events)
	if err != nil {
		return f, err
	}
	if len(all) == 0 {
		return f, remedy.Misuse(r.ID+" has no PDF that was received", "record the file first: "+
			remedy.To(remedy.Record, r.ID, string(docket.FileAdded)).With("attach", remedy.Open("FILE")).String())
	}
	if which == "" && len(all) == 1 {
		return all[0], nil
	}
	i := slices.IndexFunc(all, func(f File) bool {
		return f.number == which || f.Name == which || path.Base(f.Name) == which
	})
	if i >= 0 {
		return all[i], nil
	}
	if of := within(all, which); len(of) == 1 {
		return of[0], nil
	}
	var names []string
	for _, f := range all {
		names = append(names, f.number+" ("+f.Called()+")")
	}
	what := "there is no PDF " + which + " among what was received"
	if which == "" {
		what = "several PDFs were received"
	}
	return f, remedy.Misuse(what, "name one: "+remedy.Name("file")+" "+strings.Join(names, ", "))
}

// within are the PDFs of an event.
func within(all []File, event string) (out []File) {
	for _, f := range all {
		if strconv.Itoa(f.Event) == event {
			out = append(out, f)
		}
	}
	return out
}

// Read reads a file, and compares it with the log.
func (d *Desk) Read(ctx context.Context, f File) (raw []byte, err error) {
	if f.Size > pdfium.MostBytes {
		return nil, refused(f, pdfium.ErrTooLarge)
	}
	log, err := d.Book.Log(ctx)
	if err != nil {
		return nil, err
	}
	in, err := d.Book.Workspace.OpenSettled(ctx, log, f.Request, f.Document)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	if raw, err = io.ReadAll(io.LimitReader(in, pdfium.MostBytes+1)); err != nil {
		return nil, err
	}
	if got := workspace.DocumentOf(workspace.File{Data: raw}); got.SHA256 != f.SHA256 {
		return nil, &remedy.Error{What: "the file is not as the log has it", Where: d.place(f),
			Do: "see: " + remedy.To(remedy.Verify).String()}
	}
	return raw, nil
}

func (d *Desk) place(f File) string {
	return d.Book.Workspace.Path(path.Join(f.Request.Folder, f.Name))
}

// refused says why a file is not redacted, and what to do.
func refused(f File, err error) error {
	var place *redact.NoPlace
	var proof *redact.NotRemoved
	switch do := redact.Remedy(err); {
	case errors.As(err, &place):
		return remedy.Misuse(remedy.Name("box")+": "+place.Error(), "give page, place and size in points from the upper left corner")
	case errors.As(err, &proof):
		return &remedy.Error{What: "no copy was made: it could not be proved that everything is gone", Where: f.Called(), Cause: err,
			Do: "print the file to a new PDF from a program that shows it, record that file, and try again"}
	case do != "":
		return &remedy.Error{What: "no copy can be made", Where: f.Called(), Cause: err, Do: do}
	}
	return err
}

// Asked is what is to be covered.
type Asked struct {
	Words []string
	Boxes []redact.Place
}

// Proposed is a proposal as it was written.
type Proposed struct {
	File File
	*redact.Proposal
	Path    string // of the file in which it can be changed
	Changed bool   // it took the place of another one
}

// Propose finds what to cover in a file, and writes it where it can be read and changed.
func (d *Desk) Propose(ctx context.Context, f File, asked Asked) (out *Proposed, err error) {
	list, err := redact.NewList(asked.Words)
	if err != nil {
		return nil, err
	}
	raw, err := d.Read(ctx, f)
	if err != nil {
		return nil, err
	}
	found, err := d.Redactor.Propose(ctx, raw, list, asked.Boxes)
	if err != nil {
		return nil, refused(f, err)
	}
	out = &Proposed{File: f, Proposal: found, Path: proposalPath(f)}
	p := proposal{Format: format, Request: f.Request.ID, File: f.Name, SHA256: f.SHA256, Words: list.Words}
	for _, b := range found.Boxes {
		p.Boxes = append(p.Boxes, line(b))
	}
	text, err := p.text()
	if err != nil {
		return nil, err
	}
	out.Changed = d.Book.Workspace.Exists(out.Path) && !d.Book.Workspace.Same(out.Path, []byte(text))
	return out, d.Book.Workspace.WriteFile(out.Path, []byte(text))
}

// Applied is a copy that was made.
type Applied struct {
	File  File
	Event docket.Event
	Copy  docket.Document
	*redact.Made
	Boxes int
	Left  []redact.Box // words of the list that no box covers, since somebody took it out
}

// Apply makes the copy that a proposal describes, proves it, and logs it. after is the last event that whoever applies it
// has seen; 0: that does not matter.
func (d *Desk) Apply(ctx context.Context, f File, after int) (out *Applied, err error) {
	if err := d.seen(ctx, f, after); err != nil {
		return nil, err
	}
	p, err := d.proposal(f)
	if err != nil {
		return nil, err
	}
	boxes, list, err := p.read(d.Book.Workspace.Path(proposalPath(f)))
	if err != nil {
		return nil, err
	}
	raw, err := d.Read(ctx, f)
	if err != nil {
		return nil, err
	}
	out = &Applied{File: f, Boxes: len(boxes)}
	if out.Left, err = d.Redactor.Left(ctx, raw, list, boxes); err != nil {
		return nil, refused(f, err)
	}
	file, err := d.Book.Workspace.Begin(copyName(f))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, file.Discard()) }()
	if out.Made, err = d.Redactor.Make(ctx, raw, boxes, file); err != nil {
		return nil, refused(f, err)
	}
	incoming, err := file.Settle()
	if err != nil {
		return nil, err
	}
	proof := redact.Proof{Original: raw, Boxes: boxes, List: list, Left: out.Left}
	if err := d.Redactor.Prove(ctx, out.Made, file, incoming.Size(), proof); err != nil {
		return nil, refused(f, err)
	}
	return out, d.log(ctx, f, incoming, out, after)
}

// seen is the error that a request has gone on, before anything is made.
func (d *Desk) seen(ctx context.Context, f File, after int) error {
	log, err := d.Book.Log(ctx)
	if err != nil {
		return err
	}
	_, events, err := logbook.Request(logbook.Within(ctx, log), f.Request.ID)
	if err != nil {
		return err
	}
	return logbook.Seen(events, after)
}

// log keeps a copy, and writes into the log what it is a copy of.
func (d *Desk) log(ctx context.Context, f File, incoming *workspace.Incoming, out *Applied, after int) error {
	return d.Book.Holding(ctx, false, func() error {
		return d.Book.Write(ctx, func(t *logbook.Turn) error {
			r, events, err := logbook.Request(t, f.Request.ID)
			if err != nil {
				return err
			}
			if err := logbook.Seen(events, after); err != nil {
				return err
			}
			seq := events[len(events)-1].Seq + 1
			files := []workspace.File{{Name: path.Join(workspace.CopiesDir, fmt.Sprintf("%03d-%s", seq, copyName(f))), Incoming: incoming}}
			documents, list, err := workspace.DocumentsOf(files)
			if err != nil {
				return err
			}
			if err := t.StageFiles(r, seq, files); err != nil {
				return err
			}
			e := docket.Event{Request: r.ID, Kind: docket.Redacted, On: t.Today, Data: map[string]string{"files": list, "copy_of": f.Name,
				"copy_of_sha256": f.SHA256, "boxes": strconv.Itoa(out.Boxes)}}
			if out.Event, err = t.AddEvent(e); err != nil {
				return err
			}
			out.Copy = documents[0]
			return t.KeepFiles(r, files)
		})
	})
}

// copyName is what a copy is called: as the file that is kept, without the number of its event.
func copyName(f File) string {
	_, base, _ := strings.Cut(strings.TrimSuffix(path.Base(f.Name), path.Ext(f.Name)), "-")
	if _, nth, several := strings.Cut(f.number, "-"); several {
		base = strings.TrimPrefix(base, nth+"-")
	}
	if base == "" {
		base = "file"
	}
	return base + "-redacted.pdf"
}
