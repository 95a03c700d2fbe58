package filing

import (
	"errors"
	"fmt"
	"io"
	"os"

	"foia/internal/letter"
	"foia/internal/pdf"
	"foia/internal/remedy"
	"foia/internal/workspace"
)

// Press is what letters are printed with: the fonts, the paper and the pictures
// that the settings name.
type Press struct {
	Fonts      *pdf.Fonts
	stationery pdf.Stationery
	signatures map[string]*pdf.Image // by requester
}

// largestFile is what is read of a font or picture at most, in bytes.
const largestFile = 64 << 20

// NewPress reads the fonts and pictures that foia.yaml names. The error is a
// a *remedy.Error that names setting and file.
func NewPress(w *workspace.Workspace) (*Press, error) {
	p := &Press{signatures: map[string]*pdf.Image{}}
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
