// Package bind puts many PDFs into one, for the printer or a record: page after page
// as they are, with a bookmark for each. It is the only room that knows pdfcpu.
//
// What comes out is bound for paper. It claims neither to be archival nor to be tagged,
// as the letters that it was made from do.
package bind

import (
	"bytes"
	"fmt"
	"io"
	"sync"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// Part is one PDF.
type Part struct {
	Title string // of its bookmark
	PDF   []byte // read, and not changed
}

// Volume is a PDF that grows part by part.
type Volume struct {
	title     string
	twoSided  bool
	all       *model.Context
	bookmarks []pdfcpu.Bookmark
}

// NewVolume begins a volume with its title. If it is printed on both sides, a part of an odd number
// of pages is followed by an empty one, so that each part begins on a sheet of its own.
func NewVolume(title string, twoSided bool) *Volume {
	return &Volume{title: title, twoSided: twoSided}
}

// alone keeps pdfcpu from making a folder for settings in the user's home.
var alone = sync.OnceFunc(api.DisableConfigDir)

func settings() *model.Configuration {
	alone()
	c := model.NewDefaultConfiguration()
	c.Cmd = model.MERGECREATE
	c.Offline = true // it would ask the network about links and signatures
	c.CreateBookmarks = false
	c.Optimize, c.OptimizeBeforeWriting, c.OptimizeResourceDicts = false, false, false
	return c
}

// Add appends a part, with a bookmark.
func (v *Volume) Add(p Part) error {
	begins, err := v.add(p)
	if err == nil {
		v.bookmarks = append(v.bookmarks, pdfcpu.Bookmark{Title: p.Title, PageFrom: begins})
	}
	return err
}

// Continue appends pages that belong to the part before. The title is for errors.
func (v *Volume) Continue(p Part) error {
	_, err := v.add(p)
	return err
}

// add appends pages and returns the number of the first.
func (v *Volume) add(p Part) (begins int, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%s cannot be bound: %v", p.Title, r)
		}
	}()
	part, err := api.ReadAndValidate(bytes.NewReader(p.PDF), settings())
	if err != nil {
		return 0, fmt.Errorf("%s cannot be bound: %w", p.Title, err)
	}
	begins = 1
	if v.all == nil {
		v.all = part
		v.all.EnsureVersionForWriting()
	} else {
		gap := v.twoSided && v.all.PageCount%2 == 1
		begins = v.all.PageCount + 1
		if gap {
			begins++
		}
		if err := pdfcpu.MergeXRefTables(p.Title, part, v.all, false, gap); err != nil {
			return 0, fmt.Errorf("%s cannot be bound: %w", p.Title, err)
		}
	}
	return begins, nil
}

// claims are what a letter says of itself in its catalog and what many letters in one
// file are not: tagged, archival, one text with a title.
var claims = []string{"StructTreeRoot", "MarkInfo", "Metadata", "Lang", "OutputIntents", "ViewerPreferences"}

// Write finishes the volume and returns the number of its pages.
func (v *Volume) Write(out io.Writer) (pages int, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the letters cannot be bound: %v", r)
		}
	}()
	if v.all == nil {
		return 0, fmt.Errorf("there is nothing to bind")
	}
	if err := pdfcpu.AddBookmarks(v.all, v.bookmarks, true); err != nil {
		return 0, fmt.Errorf("the bookmarks cannot be made: %w", err)
	}
	catalog, err := v.all.Catalog()
	if err != nil {
		return 0, fmt.Errorf("the letters cannot be bound: %w", err)
	}
	for _, claim := range claims {
		catalog.Delete(claim)
	}
	if err := v.describe(); err != nil {
		return 0, fmt.Errorf("the description of the letters cannot be written: %w", err)
	}
	kept := &keeper{out: out}
	if err := api.WriteContext(v.all, kept); err != nil {
		if kept.err != nil {
			return 0, kept.err
		}
		return 0, fmt.Errorf("the letters cannot be written as one PDF: %w", err)
	}
	return v.all.PageCount, nil
}

// keeper keeps what its writer said when it failed, such as that the disk is full: pdfcpu
// says it twice, after words of its own.
type keeper struct {
	out io.Writer
	err error
}

func (k *keeper) Write(p []byte) (int, error) {
	n, err := k.out.Write(p)
	if err != nil && k.err == nil {
		k.err = err
	}
	return n, err
}

// describe puts the title of the volume for that of its first part.
func (v *Volume) describe() error {
	title, err := types.EscapedUTF16String(v.title)
	if err != nil || v.all.Info == nil {
		return err
	}
	info, err := v.all.DereferenceDict(*v.all.Info)
	if err != nil || info == nil {
		return err
	}
	for _, key := range []string{"Subject", "Keywords", "Author"} {
		info.Delete(key)
	}
	info.Update("Title", types.StringLiteral(*title))
	return nil
}
