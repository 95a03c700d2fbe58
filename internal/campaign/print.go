package campaign

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"path"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"

	"foia/internal/bind"
	"foia/internal/correspondence"
	"foia/internal/lazy"
	"foia/internal/logbook"
	"foia/internal/press"
	"foia/internal/store"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// Requests names the letters that a campaign began with, beside the kinds of later
// letters.
const Requests = "requests"

// perVolume is how many letters are bound into one PDF, all of which are held in
// memory.
const perVolume = 500

// Print is a campaign's letters that go by mail, to be printed.
type Print struct {
	Folder
	Press    *press.Press
	What     string       // Requests, or the kind of a later letter
	Filter   Filter       // which requests
	Sent     *bool        // only requests that went out, or that did not; nil: all
	Since    workday.Date // only letters of that day or later; unknown: all
	On       workday.Date // the date of the lists
	TwoSided bool         // each letter begins on a sheet of its own
	Progress func(done, all int)

	perVolume int // for tests; 0: perVolume
}

// Printed is what was made.
type Printed struct {
	What    string    `json:"what"`
	Letters int       `json:"letters"`
	Pages   int       `json:"pages"`
	Volumes []Volume  `json:"volumes"`
	Failed  []Unbound `json:"failed"`
}

// Volume is one PDF of letters with its list.
type Volume struct {
	PDF     string `json:"pdf"`  // below the workspace
	List    string `json:"list"` // for the post office
	First   int    `json:"first"`
	Last    int    `json:"last"`
	Pages   int    `json:"pages"`
	letters []*correspondence.Mailed
}

// Unbound is a letter that should have been printed, and why it was not.
type Unbound struct {
	ID     string `json:"id"`
	Reason string `json:"reason"`
}

// Run gathers the letters, binds them in mailing order and writes the volumes and
// their lists, which take the place of those that were printed before.
func (p Print) Run(ctx context.Context) (out *Printed, err error) {
	out = &Printed{What: p.What, Volumes: []Volume{}, Failed: []Unbound{}}
	letters, err := p.gather(ctx, out)
	if err != nil || len(letters) == 0 {
		return out, err
	}
	slices.SortFunc(letters, inMailingOrder)
	unlock, err := p.Workspace.Lock(ctx)
	if err != nil {
		return out, err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	dir := p.dir()
	staged := path.Join(dir, workspace.Printing)
	if err := p.Workspace.Clear(staged); err != nil {
		return out, err
	}
	noted, err := p.Workspace.Begun(dir)
	if err != nil {
		return out, err
	}
	defer func() { err = errors.Join(err, noted()) }()
	done, read := 0, 0
	for i, v := range p.volumes(letters) {
		if err := ctx.Err(); err != nil {
			return out, errors.Join(err, p.Workspace.Clear(staged))
		}
		v.First = done + 1
		read += len(v.letters)
		if err := p.bind(&v, out, staged, i, len(letters)); err != nil {
			return out, errors.Join(err, p.Workspace.Clear(staged))
		}
		debug.FreeOSMemory() // of the volume; else the next is held beside it
		done += len(v.letters)
		v.Last = done
		v.PDF, v.List = path.Join(dir, v.PDF), path.Join(dir, v.List)
		v.letters = nil
		out.Volumes = append(out.Volumes, v)
		out.Letters, out.Pages = done, out.Pages+v.Pages
		if p.Progress != nil {
			p.Progress(read, len(letters))
		}
	}
	return out, p.Workspace.ReplaceSet(staged, dir, ours.RE().MatchString)
}

// ours are the files that Run makes.
const ours = lazy.Pattern(`^(letters|mailing-list)(-\d+)?\.pdf$`)

// dir is where the files go; later letters have a folder of their own.
func (p Print) dir() string {
	dir := path.Join(workspace.CampaignsDir, p.Name)
	if p.What != Requests {
		dir = path.Join(dir, p.What)
	}
	return dir
}

// gather reads the letters. One that is not as it was made is named and left out.
func (p Print) gather(ctx context.Context, out *Printed) ([]*correspondence.Mailed, error) {
	kind := p.What
	if kind == Requests {
		kind = ""
	}
	var ids []string
	err := p.Each(ctx, p.On, p.Filter, func(s store.Standing) error {
		if kind == "" && (s.Request.Via != "mail" || p.Sent != nil && *p.Sent == s.State.Sent.IsZero()) {
			return nil
		}
		ids = append(ids, s.Request.ID)
		return nil
	})
	if err != nil {
		return nil, err
	}
	var letters []*correspondence.Mailed
	for _, id := range ids {
		r, events, err := logbook.RequestAsOf(logbook.Within(ctx, p.Log), id, p.On)
		if err != nil {
			return nil, err
		}
		m, err := correspondence.MailedLetter(correspondence.Kept{Context: ctx, Workspace: p.Workspace, Log: p.Log}, r,
			events, kind)
		switch {
		case err != nil:
			out.Failed = append(out.Failed, Unbound{ID: id, Reason: err.Error()})
		case m != nil && (p.Since.IsZero() || !m.Dated.Before(p.Since)):
			letters = append(letters, m)
		}
	}
	return letters, nil
}

func (p Print) volumes(letters []*correspondence.Mailed) []Volume {
	size := cmp.Or(p.perVolume, perVolume)
	var out []Volume
	for part := range slices.Chunk(letters, size) {
		out = append(out, Volume{letters: part})
	}
	digits := max(2, len(strconv.Itoa(len(out))))
	for i := range out {
		number := ""
		if len(out) > 1 {
			number = fmt.Sprintf("-%0*d", digits, i+1)
		}
		out[i].PDF, out[i].List = "letters"+number+".pdf", "mailing-list"+number+".pdf"
	}
	return out
}

// bind makes one volume and its list.
func (p Print) bind(v *Volume, out *Printed, staged string, i, all int) error {
	title := "Letters of the campaign " + p.Name
	if p.What != Requests {
		title = "Letters (" + p.What + ") of the campaign " + p.Name
	}
	bound := bind.NewVolume(title, p.TwoSided)
	var good []*correspondence.Mailed
	for _, m := range v.letters {
		raw, err := m.PDF()
		if err != nil {
			out.Failed = append(out.Failed, Unbound{ID: m.ID, Reason: err.Error()})
			continue
		}
		if err := bound.Add(bind.Part{Title: m.ID + " " + m.Office, PDF: raw}); err != nil {
			return err
		}
		good = append(good, m)
	}
	v.letters = good
	if len(good) == 0 {
		return &correspondence.Changed{What: fmt.Sprintf("no letter in volume %d is intact", i+1)}
	}
	var pdf bytes.Buffer
	pages, err := bound.Write(&pdf)
	if err != nil {
		return err
	}
	v.Pages = pages
	list, err := correspondence.MailingList{Title: "Mailing list: " + p.Name, On: p.On, Letters: good, First: v.First, All: all}.
		Print(p.Press)
	if err != nil {
		return err
	}
	return errors.Join(p.Workspace.WriteFile(path.Join(staged, v.PDF), pdf.Bytes()), p.Workspace.WriteFile(path.Join(staged, v.List), list))
}

// inMailingOrder compares by country, ZIP Code and id.
func inMailingOrder(a, b *correspondence.Mailed) int {
	countryA, zipA := place(a.Addressee)
	countryB, zipB := place(b.Addressee)
	return cmp.Or(cmp.Compare(countryA, countryB), cmp.Compare(zipA, zipB), compareIDs(a.ID, b.ID))
}

// compareIDs compares by year and number.
func compareIDs(a, b string) int {
	yearA, numberA, _ := strings.Cut(a, "-")
	yearB, numberB, _ := strings.Cut(b, "-")
	return cmp.Or(cmp.Compare(yearA, yearB), cmp.Compare(len(numberA), len(numberB)), cmp.Compare(numberA, numberB))
}

const usZIP = lazy.Pattern(`\b\d{5}(-\d{4})?$`)

// place reads country and ZIP Code from the end of an address, as it is printed: the
// country stands alone on the last line, and that of the United States is not written.
func place(addressee []string) (country, zip string) {
	n := len(addressee)
	if n == 0 {
		return "", ""
	}
	last := strings.TrimSpace(addressee[n-1])
	if zip := usZIP.RE().FindString(last); zip != "" {
		return "", zip
	}
	line := last
	if !strings.ContainsAny(last, "0123456789") && n > 1 {
		country, line = last, addressee[n-2]
	}
	for word := range strings.FieldsSeq(line) {
		if strings.ContainsAny(word, "0123456789") {
			zip = strings.Trim(word, ",.")
		}
	}
	switch strings.ToUpper(strings.ReplaceAll(country, ".", "")) {
	case "USA", "US", "UNITED STATES", "UNITED STATES OF AMERICA":
		country = ""
	}
	return country, zip
}
