package publication

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"io/fs"
	"math"
	"path"
	"strconv"
	"strings"

	"foia/internal/pdfium"
	"foia/internal/redact"
	"foia/internal/remedy"
	"foia/internal/workspace"
	"foia/internal/yamltext"
)

const format = "foia-redaction/1"

// proposal is the file in which a person reads and changes what is to be covered.
type proposal struct {
	Format  string   `yaml:"format"`
	Request string   `yaml:"request"`
	File    string   `yaml:"file"`
	SHA256  string   `yaml:"sha256"`
	Words   []string `yaml:"words"`
	Boxes   []string `yaml:"boxes"`
}

// head explains it.
const head = `# What to cover in a copy for publication. Each box is PAGE:X,Y,WIDTH,HEIGHT in points (1/72 inch) from the upper left
# corner of the page, then the word that it is for; "?" before it: a program read the word in a picture, and may be wrong.
# Take a box out by deleting its line, or add one of your own ("2:72,100,300,120"). The copy is made of this file.
`

// text is a proposal as it is written.
func (p proposal) text() (string, error) {
	var b strings.Builder
	b.WriteString(head)
	for _, f := range [][2]string{{"format", p.Format}, {"request", p.Request}, {"file", p.File}, {"sha256", p.SHA256}} {
		b.WriteString(f[0] + ": " + quoted(f[1]) + "\n")
	}
	for _, l := range []struct {
		name string
		list []string
	}{{"words", p.Words}, {"boxes", p.Boxes}} {
		b.WriteString(l.name + ":")
		if len(l.list) == 0 {
			b.WriteString(" []")
		}
		b.WriteString("\n")
		for _, text := range l.list {
			b.WriteString("- " + quoted(text) + "\n")
		}
	}
	if b.Len() > yamltext.Bytes {
		return "", remedy.Cannot("the proposal is longer than 4 MB", "split the list of words, and make a copy of the copy")
	}
	return b.String(), nil
}

// quoted is a text as YAML has it whatever it says: a word may look like a key, a number or a remark.
func quoted(text string) string {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(text); err != nil { // a text can be written
		panic(err)
	}
	return strings.TrimSuffix(out.String(), "\n")
}

// proposalPath is where the proposal for a file is written.
func proposalPath(f File) string {
	return path.Join(workspace.ProposalsDir, f.Request.ID+"-"+f.number+".yaml")
}

// line is a box as it is written.
func line(b redact.Box) string {
	text := fmt.Sprintf("%d:%s,%s,%s,%s", b.Page, short(b.Place.X0), short(b.Place.Y0), short(b.Place.X1-b.Place.X0),
		short(b.Place.Y1-b.Place.Y0))
	switch b.How {
	case redact.Recognized:
		text += " ? " + b.Word
	case redact.Found:
		text += " " + b.Word
	}
	return text
}

// short is a number with two places at most.
func short(v float64) string {
	return strconv.FormatFloat(math.Round(v*100)/100, 'f', -1, 64)
}

// ReadPlace reads PAGE:X,Y,WIDTH,HEIGHT.
func ReadPlace(text string) (p redact.Place, err error) {
	wrong := func() error {
		return remedy.Misuse("“"+text+"” is not a box", "write page, place and size in points, such as 2:72,100,300,120")
	}
	page, rest, ok := strings.Cut(strings.TrimSpace(text), ":")
	parts := strings.Split(rest, ",")
	if p.Page, err = strconv.Atoi(strings.TrimSpace(page)); err != nil || !ok || len(parts) != 4 || p.Page < 1 {
		return p, wrong()
	}
	var v [4]float64
	for i, part := range parts {
		if v[i], err = strconv.ParseFloat(strings.TrimSpace(part), 64); err != nil || math.IsNaN(v[i]) || math.Abs(v[i]) > 100_000 {
			return p, wrong()
		}
	}
	if v[2] <= 0 || v[3] <= 0 {
		return p, wrong()
	}
	p.Rect = pdfium.Rect{X0: v[0], Y0: v[1], X1: v[0] + v[2], Y1: v[1] + v[3]}
	return p, nil
}

// proposal reads the proposal for a file.
func (d *Desk) proposal(f File) (p proposal, err error) {
	place := d.Book.Workspace.Path(proposalPath(f))
	raw, err := yamltext.ReadFile(place)
	if errors.Is(err, fs.ErrNotExist) {
		return p, remedy.Misuse("nobody has proposed yet what to cover in "+f.Called(), "give words or boxes first: "+
			remedy.To(remedy.Redact, f.Request.ID).With("file", f.number).With("word", remedy.Open("WORD")).String())
	}
	if err != nil {
		return p, err
	}
	if err := yamltext.Decode(yamltext.Source{File: place, Text: raw}, &p); err != nil {
		return p, err
	}
	if p.Format != format || p.Request != f.Request.ID || p.SHA256 != f.SHA256 {
		return p, &remedy.Error{What: "the proposal is for another file", Where: place, Misuse: true,
			Do: "propose anew: " + remedy.To(remedy.Redact, f.Request.ID).With("file", f.number).With("word", remedy.Open("WORD")).String()}
	}
	return p, nil
}

// Saved is a proposal as it stands.
type Saved struct {
	Path  string
	Words []string
	Lines []string // the boxes, as they are written
	Boxes []redact.Box
}

// Saved is the proposal for a file; nil: there is none.
func (d *Desk) Saved(f File) (*Saved, error) {
	if !d.Book.Workspace.Exists(proposalPath(f)) {
		return nil, nil
	}
	p, err := d.proposal(f)
	if err != nil {
		return nil, err
	}
	boxes, _, err := p.read(d.Book.Workspace.Path(proposalPath(f)))
	return &Saved{Path: proposalPath(f), Words: p.Words, Lines: p.Boxes, Boxes: boxes}, err
}

// Change writes other boxes into a proposal.
func (d *Desk) Change(f File, lines []string) error {
	p, err := d.proposal(f)
	if err != nil {
		return err
	}
	p.Boxes = lines
	if _, _, err := p.read(d.Book.Workspace.Path(proposalPath(f))); err != nil {
		return err
	}
	text, err := p.text()
	if err != nil {
		return err
	}
	return d.Book.Workspace.WriteFile(proposalPath(f), []byte(text))
}

// Show draws a page of a file with the boxes of its proposal.
func (d *Desk) Show(ctx context.Context, f File, page int) (picture *image.RGBA, pages int, err error) {
	raw, err := d.Read(ctx, f)
	if err != nil {
		return nil, 0, err
	}
	var boxes []redact.Box
	saved, err := d.Saved(f)
	if err != nil {
		return nil, 0, err
	}
	if saved != nil {
		boxes = saved.Boxes
	}
	picture, pages, err = d.Redactor.Show(ctx, raw, page, boxes)
	if err != nil {
		return nil, 0, refused(f, err)
	}
	return picture, pages, nil
}

// read are the boxes and words of a proposal. A box that somebody wrote is widened to the grid.
func (p proposal) read(place string) (boxes []redact.Box, list *redact.List, err error) {
	if list, err = redact.NewList(p.Words); err != nil {
		return nil, nil, err
	}
	if len(p.Boxes) > redact.MostBoxes {
		return nil, nil, remedy.Misuse("there are more than 40,000 boxes in "+place, "split the list of words, and make a copy of the copy")
	}
	for n, text := range p.Boxes {
		where, word, _ := strings.Cut(text, " ")
		at, err := ReadPlace(where)
		if err != nil {
			return nil, nil, &remedy.Error{What: fmt.Sprintf("box %d: %s", n+1, err), Where: place, Do: remedy.Of(err), Misuse: true}
		}
		b := redact.Box{Page: at.Page, Place: at.Rect, How: redact.Given, Word: word}
		boxes = append(boxes, b.OnGrid())
	}
	return boxes, list, nil
}
