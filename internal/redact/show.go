package redact

import (
	"context"
	"errors"
	"fmt"
	"image"

	"foia/internal/pdfium"
)

// shownDPI is how finely a page is drawn to be looked at.
const shownDPI = 96

// Show draws a page, from 1, with boxes over it through which one sees what they cover, and tells how many pages there
// are.
func (r *Redactor) Show(ctx context.Context, data []byte, number int, boxes []Box) (picture *image.RGBA, pages int, err error) {
	err = r.open(ctx, data, func(f *pdfium.File) error {
		pages = f.Count
		if number < 1 || number > f.Count {
			return &NoPlace{Place: Place{Page: number}, Why: fmt.Sprintf("the PDF has %d pages", f.Count)}
		}
		picture, err = show(f, number, boxes)
		return err
	})
	return picture, pages, err
}

func show(f *pdfium.File, number int, boxes []Box) (picture *image.RGBA, err error) {
	sheet, dpi, err := flat(f, number-1)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, sheet.Close()) }()
	dpi = min(dpi, shownDPI)
	if picture, err = sheet.Draw(dots(sheet.Width, dpi), dots(sheet.Height, dpi)); err != nil {
		return nil, err
	}
	for _, b := range boxes {
		if b.Page == number {
			shade(picture, pixels(b.Place, dpi, picture.Rect))
		}
	}
	return picture, nil
}

// shade darkens a place, and draws a line around it.
func shade(picture *image.RGBA, at image.Rectangle) {
	inner := at.Inset(1)
	for y := at.Min.Y; y < at.Max.Y; y++ {
		for x := at.Min.X; x < at.Max.X; x++ {
			i := picture.PixOffset(x, y)
			for c := range 3 {
				if !image.Pt(x, y).In(inner) {
					picture.Pix[i+c] = 0
				} else {
					picture.Pix[i+c] = picture.Pix[i+c] / 2
				}
			}
		}
	}
}
