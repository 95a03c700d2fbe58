package packet

import (
	"context"
	"fmt"
	"io"
	"strconv"

	"foia/internal/bind"
	"foia/internal/pdf"
)

// counts is where the parts of the packet stand.
type counts struct {
	all   int
	parts []part
}

// part is one part before the exhibits, or the exhibits themselves.
type part struct {
	title string
	first int
	file  *pdf.File
}

// bound is a packet that is ready to be written.
type bound struct {
	volume *bind.Volume
	made   *Made
}

func (b *bound) write(out io.Writer) error {
	pages, err := b.volume.Write(out)
	if err != nil {
		return err
	}
	if pages != b.made.Pages {
		return fmt.Errorf("the packet has %d pages, not %d as its index says", pages, b.made.Pages)
	}
	return nil
}

// bind puts the packet together. A file that turns out not to be bound after all
// becomes a sheet, and the packet is put together again.
func (m *maker) bind(ctx context.Context) (*bound, error) {
	for {
		parts, err := m.number()
		if err != nil {
			return nil, err
		}
		volume, failed, err := m.gatherPages(ctx, parts)
		if err == nil {
			return &bound{volume, m.made}, nil
		}
		if failed == nil {
			return nil, err
		}
		failed.leave("it cannot be bound with the others: " + m.Press.Fonts.Printable(err.Error()))
	}
}

// number sets the sheets again and again until the numbers on them are those of
// their pages: a longer number may need another line.
func (m *maker) number() (*counts, error) {
	c := &counts{}
	for range mostTries {
		next, err := m.setFront(c)
		if err != nil {
			return nil, err
		}
		same := next.all == c.all && len(next.parts) == len(c.parts)
		for i := range next.parts {
			same = same && next.parts[i].first == c.parts[i].first
		}
		if same {
			m.made.Pages = next.all
			return next, nil
		}
		c = next
	}
	return nil, fmt.Errorf("the pages of the packet cannot be numbered")
}

const mostTries = 8

// setFront sets what comes before the exhibits, with the numbers of the try before,
// and counts anew.
func (m *maker) setFront(c *counts) (*counts, error) {
	next := &counts{}
	page := 1
	add := func(title string, s func(first int) pdf.Sheet) error {
		file, err := m.Press.Fonts.Sheet(s(page), m.Press.Blank())
		if err != nil {
			return err
		}
		next.parts = append(next.parts, part{title, page, file})
		page += file.Pages
		return nil
	}
	err := add("Cover", func(int) pdf.Sheet { return m.cover(c) })
	for _, r := range m.records {
		if err == nil {
			err = add(m.titled("Chronology", r), func(first int) pdf.Sheet { return m.chronology(r, first, c.all) })
		}
	}
	for _, r := range m.records {
		if err == nil {
			err = add(m.titled("Deadlines", r), func(first int) pdf.Sheet { return m.deadlines(r, first, c.all) })
		}
	}
	if err == nil {
		err = add("Index of exhibits", func(first int) pdf.Sheet { return m.index(first, c.all) })
	}
	if err != nil {
		return nil, err
	}
	if n := len(m.exhibits); n > 0 {
		next.parts = append(next.parts, part{title: "Exhibits 1 to " + strconv.Itoa(n), first: page})
	}
	for _, x := range m.exhibits {
		x.Page = page
		file, err := m.Press.Fonts.Sheet(m.between(x, page, c.all), m.Press.Blank())
		if err != nil {
			return nil, err
		}
		x.sheet = file.Pages
		page += x.sheet + x.Pages
	}
	next.all = page - 1
	return next, nil
}

// gatherPages binds the sheets and the exhibits. failed is the exhibit whose pages
// could not be bound; the volume is then of no use.
func (m *maker) gatherPages(ctx context.Context, c *counts) (v *bind.Volume, failed *Exhibit, err error) {
	v = bind.NewVolume(m.sheet("", 0, 0).Meta.Title, false)
	for _, p := range c.parts {
		if p.file == nil {
			continue
		}
		if err := v.Add(bind.Part{Title: p.title, PDF: p.file.Bytes}); err != nil {
			return nil, nil, err
		}
	}
	for _, x := range m.exhibits {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		sheet, err := m.Press.Fonts.Sheet(m.between(x, x.Page, c.all), m.Press.Blank())
		if err != nil {
			return nil, nil, err
		}
		title := "Exhibit " + strconv.Itoa(x.Number) + " — " + x.Title
		if err := v.Add(bind.Part{Title: title, PDF: sheet.Bytes}); err != nil {
			return nil, nil, err
		}
		if x.Pages == 0 {
			continue
		}
		pages := x.content.pdf
		if x.content.set != nil {
			file, err := x.content.set(x.Page+sheet.Pages, c.all)
			if err != nil {
				return nil, x, err
			}
			pages = file.Bytes
		}
		if err := v.Continue(bind.Part{Title: title, PDF: pages}); err != nil {
			return nil, x, err
		}
	}
	return v, nil, nil
}
