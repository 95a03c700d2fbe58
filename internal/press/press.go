// Package press is what letters are made with, and what they are kept as: templates, the
// directory of offices, typefaces, paper and the user's pictures; a filled letter becomes the
// files of its request.
package press

import (
	"errors"
	"fmt"
	"io"
	"os"

	"foia/internal/letter"
	"foia/internal/pdf"
	"foia/internal/remedy"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// Press is what letters are printed with: the typefaces, the paper and the pictures that the
// settings of a folder name.
type Press struct {
	Fonts *pdf.Fonts

	w          *workspace.Workspace
	stationery pdf.Stationery        // the paper and the letterhead that the settings name
	signatures map[string]*pdf.Image // by requester

	answers written
}

// largestFile is what is read of a font or picture at most, in bytes.
const largestFile = 64 << 20

// New reads the fonts and pictures that foia.yaml names. The error is a *remedy.Error that
// names setting and file.
func New(w *workspace.Workspace) (*Press, error) {
	p := &Press{w: w, signatures: map[string]*pdf.Image{}}
	var own []pdf.UserFont
	for _, name := range w.Config.Fonts {
		raw, err := setting(w, "fonts", name)
		if err != nil {
			return nil, err
		}
		own = append(own, pdf.UserFont{Name: name, Raw: raw})
	}
	var err error
	if p.Fonts, err = pdf.LoadFonts(own...); err != nil {
		return nil, settingError("fonts", err)
	}
	if p.stationery.Paper, err = pdf.ParsePaper(w.Config.Paper); err != nil {
		return nil, settingError("paper", err)
	}
	if head := w.Config.Letterhead; head.Image != "" {
		if p.stationery.Letterhead, err = picture(w, "letterhead", head.Image, head.Alt); err != nil {
			return nil, err
		}
	}
	for _, r := range w.Config.Requesters {
		if r.SignatureImage != "" {
			if p.signatures[r.ID], err = picture(w, "signature_image", r.SignatureImage, "Signature of "+r.Name); err != nil {
				return nil, err
			}
		}
	}
	return p, nil
}

// Typeset prints a letter of a requester's.
func (p *Press) Typeset(doc letter.Document, requester string) (*pdf.File, error) {
	on := p.stationery
	on.Signature = p.signatures[requester]
	return p.Fonts.Typeset(doc, on)
}

// Charset tells which characters can be printed.
func (p *Press) Charset() letter.Charset { return p.Fonts.Supports }

// Dates is how the user of this folder writes dates.
func (p *Press) Dates(today workday.Date) workday.Reader {
	return workday.Reader{Order: p.w.Config.Dates, Today: today}
}

// Typing is how answers are read in this folder.
func (p *Press) Typing(today workday.Date) letter.Typing {
	return letter.Typing{Charset: p.Charset(), Dates: p.Dates(today)}
}

// Plain is the paper with the letterhead and without a signature: what is no letter is not
// signed.
func (p *Press) Plain() pdf.Stationery {
	return pdf.Stationery{Paper: p.stationery.Paper, Letterhead: p.stationery.Letterhead}
}

// Blank is the paper without pictures.
func (p *Press) Blank() pdf.Stationery { return pdf.Stationery{Paper: p.stationery.Paper} }

func picture(w *workspace.Workspace, key, name, alt string) (*pdf.Image, error) {
	raw, err := setting(w, key, name)
	if err != nil {
		return nil, err
	}
	image, err := pdf.LoadImage(raw, alt)
	if err != nil {
		return nil, settingError(key+": "+name, err)
	}
	return image, nil
}

// setting reads a file that the settings name, below the user's folder or
// anywhere else.
func setting(w *workspace.Workspace, key, name string) ([]byte, error) {
	path, err := w.Named(name)
	if err != nil {
		return nil, settingError(key, err)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, settingError(key, &lost{name, err})
	}
	defer file.Close()
	if info, err := file.Stat(); err != nil || !info.Mode().IsRegular() || info.Size() > largestFile {
		return nil, settingError(key, &lost{name, errors.Join(err, errors.New("it is not a plain file, or it is too large"))})
	}
	raw, err := io.ReadAll(io.LimitReader(file, largestFile))
	if err != nil {
		return nil, settingError(key, &lost{name, err})
	}
	return raw, nil
}

// lost is a file that cannot be read.
type lost struct {
	name string
	err  error
}

func (l *lost) Error() string {
	return fmt.Sprintf("%s cannot be read: %s", l.name, workspace.Reason(l.err))
}

// settingError names the setting that is wrong, and what to do.
func settingError(key string, err error) error {
	out := &remedy.Error{Where: workspace.ConfigFile, What: key + ": " + err.Error(),
		Do: "correct it there, or remove the line"}
	if do := remedy.Of(err); do != "" {
		out.Do = do
	}
	return out
}
