// Package packet makes the administrative record of requests, for an appeal, for
// mediation or for counsel: one PDF with a chronology, the deadlines and how they
// were counted, and every letter and every received file as a numbered exhibit.
//
// What it says is what the log says, and only if the log's chain holds; each file is
// used only as it was when the log got to know it. Files are somebody else's: what
// cannot be bound is a sheet that says so, and never a reason to make no packet.
package packet

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"path/filepath"
	"strings"

	"foia/internal/bundle"
	"foia/internal/correspondence"
	"foia/internal/docket"
	"foia/internal/evidence"
	"foia/internal/letter"
	"foia/internal/press"
	"foia/internal/remedy"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// Dir is the folder, in the user's, for packets that were given no other place.
const Dir = "packets"

// Log is what is asked of a log to make a record of some of its requests.
type Log interface {
	workspace.Documents
	evidence.Log
	Request(ctx context.Context, id string) (docket.Request, error)
	Events(ctx context.Context, id string) ([]docket.Event, error)
}

// Packet is what somebody wants.
type Packet struct {
	Workspace *workspace.Workspace
	Log       Log
	Press     *press.Press
	IDs       []string     // of the requests
	On        workday.Date // the day it is made on, and as of which the log is read

	Publication bool   // without the requester's private data
	Include     []int  // exhibits that a publication shows although they are the agency's
	Out         string // where the PDF goes, and beside it the ZIP; empty: the usual place in the folder
	Zip         bool   // also make a ZIP with the PDF and the originals

	Progress func(exhibit, all int)
}

// Made is what was made.
type Made struct {
	PDF         string       `json:"pdf"`
	Zip         string       `json:"zip,omitempty"`
	Pages       int          `json:"pages"`
	On          workday.Date `json:"on"`
	Publication bool         `json:"publication"`
	Requests    []string     `json:"requests"`
	Exhibits    []*Exhibit   `json:"exhibits"`
}

// Make writes the packet, or nothing.
func (p Packet) Make(ctx context.Context) (*Made, error) {
	if p.Zip && p.Publication {
		return nil, remedy.Misuse("a publication copy has no ZIP: the originals in it contain the private data",
			"leave out "+remedy.Name("zip")+" or "+remedy.Name("publication"))
	}
	m := &maker{Packet: p, made: &Made{On: p.On, Publication: p.Publication, Requests: p.IDs}}
	if err := m.gather(ctx); err != nil {
		return nil, err
	}
	if err := m.checkInclude(); err != nil {
		return nil, err
	}
	if err := m.prepare(ctx); err != nil {
		return nil, err
	}
	bound, err := m.bind(ctx)
	if err != nil {
		return nil, err
	}
	return m.made, m.write(ctx, bound)
}

// maker is one packet in the making.
type maker struct {
	Packet
	records  []*record
	exhibits []*Exhibit
	known    map[string]*Exhibit // the first with a SHA-256
	latest   *letterRead
	made     *Made
}

// record is one request with all that the log says of it.
type record struct {
	docket.Request                // as it stood on the day
	frozen         docket.Request // its first version, which the log guards
	all            []docket.Event // in the order of entry
	events         []docket.Event // those known on the day
	struck         map[int]docket.Event
	state          docket.State
	requester      letter.Requester
	requesters     []letter.Requester // as it was frozen, and as it is now
	beside         []beside
}

// beside is a file that was kept with a letter and is no exhibit.
type beside struct {
	event int
	docket.Document
}

// changed says that the log is not as it was written.
func changed(format string, args ...any) error {
	return &correspondence.Changed{What: fmt.Sprintf(format, args...)}
}

// text is a text of the log or of a file as it appears in the packet.
func (m *maker) text(r *record, s string) string {
	if m.Publication {
		s = letter.Withhold(s, r.requesters...)
	}
	return m.Press.Fonts.Printable(s)
}

// name is what the packet is called: by its requests.
func (m *maker) name() string {
	ids := m.IDs
	more := ""
	if len(ids) > mostNamed {
		ids, more = ids[:1], fmt.Sprintf("+%d", len(m.IDs)-1)
	}
	name := strings.Join(ids, "+") + more + "-packet"
	if m.Publication {
		name += "-publication"
	}
	return name
}

// mostNamed is how many requests the name of a packet names; of more, it has the
// first and their number.
const mostNamed = 5

// begin begins a file beside the others of the packet, and returns where it will be.
func (m *maker) begin(ext string) (*workspace.Replacement, string, error) {
	if m.Out != "" {
		name := m.Out
		if ext != pdfExt {
			name = strings.TrimSuffix(m.Out, pdfExt) + ext
		}
		out, err := m.Workspace.ReplaceAt(name)
		return out, name, err
	}
	name := path.Join(Dir, m.name()+ext)
	out, err := m.Workspace.Replace(name)
	return out, filepath.Join(m.Workspace.Dir, filepath.FromSlash(name)), err
}

const (
	pdfExt = ".pdf"
	zipExt = ".zip"
)

// write puts the packet into its place: both files, or none.
func (m *maker) write(ctx context.Context, bound *bound) (err error) {
	sheet, place, err := m.begin(pdfExt)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, sheet.Cancel()) }()
	if err := bound.write(sheet); err != nil {
		return err
	}
	m.made.PDF = place
	if !m.Zip {
		return sheet.Done()
	}
	zip, place, err := m.begin(zipExt)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, zip.Cancel()) }()
	contents, err := m.contents(ctx, sheet)
	if err != nil {
		return err
	}
	if err := bundle.Write(zip, contents); err != nil {
		return err
	}
	m.made.Zip = place
	return errors.Join(zip.Done(), sheet.Done())
}

// contents are what goes into the ZIP: the PDF, the latest seal of the log if there is
// one, and every request with all its events and files, also those after the day of
// the packet, since a chain cannot be cut.
func (m *maker) contents(ctx context.Context, sheet *workspace.Replacement) (c bundle.Contents, err error) {
	c = bundle.Contents{Made: m.On, Extras: []bundle.Extra{{Path: "packet.pdf", Open: sheet.Read}},
		Open: func(r docket.Request, d docket.Document) (io.ReadCloser, error) { return m.document(ctx, r, d) }}
	mails, err := m.copies(ctx)
	if err != nil {
		return c, err
	}
	c.Extras = append(c.Extras, mails...)
	for _, r := range m.records {
		c.Requests = append(c.Requests, bundle.Request{Frozen: r.frozen, Events: r.all})
	}
	c.Seal, err = evidence.ForBundle(ctx, m.Workspace, m.Log, "", m.IDs...)
	return c, err
}
