package redact

import (
	"crypto/sha256"
	"image"

	"foia/internal/pdf"
)

// visible is by how much a dot must differ for an eye to see it, as the sum of its three colors, of 765.
const visible = 30

// differ tells whether two pictures differ at a place.
func differ(a, b *image.RGBA, at image.Rectangle) bool {
	for y := at.Min.Y; y < at.Max.Y; y++ {
		row := a.PixOffset(at.Min.X, y)
		for x := row; x < row+4*at.Dx(); x += 4 {
			sum := 0
			for c := range 3 {
				d := int(a.Pix[x+c]) - int(b.Pix[x+c])
				sum += max(d, -d)
			}
			if sum > visible {
				return true
			}
		}
	}
	return false
}

func paint(picture *image.RGBA, boxes []image.Rectangle) {
	for _, b := range boxes {
		for y := b.Min.Y; y < b.Max.Y; y++ {
			row := picture.PixOffset(b.Min.X, y)
			for x := row; x < row+4*b.Dx(); x += 4 {
				picture.Pix[x], picture.Pix[x+1], picture.Pix[x+2] = 0, 0, 0
			}
		}
	}
}

// outside is the SHA-256 of a picture without what lies in boxes.
func outside(picture *image.RGBA, boxes []image.Rectangle) [sha256.Size]byte {
	sum := sha256.New()
	wide := picture.Rect.Dx()
	row := make([]byte, 4*wide)
	for y := range picture.Rect.Dy() {
		copy(row, picture.Pix[y*picture.Stride:])
		for _, b := range boxes {
			if y >= b.Min.Y && y < b.Max.Y {
				clear(row[4*b.Min.X : 4*b.Max.X])
			}
		}
		sum.Write(row)
	}
	return [sha256.Size]byte(sum.Sum(nil))
}

// pack compresses a picture, in gray if it has no colors. Where the compressed bytes have a run in common with the
// original, which may have been drawn by foia itself, they are compressed otherwise.
func pack(picture *image.RGBA, traces *traces) (colors int, packed []byte, err error) {
	colors, dots := channels(picture)
	for _, how := range []int{2, 1, 0} {
		if packed, err = pdf.PackPicture(dots, picture.Rect.Dx(), colors, how); err != nil {
			return 0, nil, err
		}
		if !traces.in(packed) {
			break
		}
	}
	return colors, packed, nil
}

// channels are the dots of a picture, one byte each if it is gray.
func channels(picture *image.RGBA) (colors int, out []byte) {
	colors = 1
	for i := 0; i < len(picture.Pix); i += 4 {
		if picture.Pix[i] != picture.Pix[i+1] || picture.Pix[i] != picture.Pix[i+2] {
			colors = 3
			break
		}
	}
	out = make([]byte, 0, colors*len(picture.Pix)/4)
	for i := 0; i < len(picture.Pix); i += 4 {
		out = append(out, picture.Pix[i:i+colors]...)
	}
	return colors, out
}
