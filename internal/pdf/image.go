package pdf

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"image"
	"image/color"
	_ "image/jpeg" // read
	_ "image/png"  // read
	"math"

	"foia/internal/remedy"

	"golang.org/x/image/draw"
)

// Image is a picture on a letter: a letterhead's sign or a signature. It may be
// used by many goroutines.
type Image struct {
	alt           string
	width, height int    // in pixels
	object        []byte // as it appears in the PDF
	digest        [sha256.Size]byte
}

// Limits of what is read, and of what is printed: more than 600 dots an inch in
// the largest place that a picture can have are not seen.
const (
	largestImage  = 20 << 20 // bytes
	mostPixels    = 40_000_000
	dotsPerPoint  = 600.0 / 72
	letterheadMax = 180.0 // points, the wider side
)

const (
	letterheadWide, letterheadHigh = letterheadMax, 64.0
	signatureWide                  = 160.0
)

// LoadImage reads a PNG or JPEG picture, whatever its file is called. What can be
// seen through becomes white, since an archival PDF knows no transparency (ISO
// 19005-1, 6.4). alt says in words what it shows. The error is a *remedy.Error.
func LoadImage(raw []byte, alt string) (*Image, error) {
	return loadImage(raw, alt, int(letterheadMax*dotsPerPoint))
}

// platePixels is what the longer side of a page shows at 300 dots an inch.
const platePixels = 3300

// LoadPlate reads a picture that fills a page.
func LoadPlate(raw []byte, alt string) (*Image, error) { return loadImage(raw, alt, platePixels) }

// loadImage reads a picture, and makes it smaller if it has more than most pixels on a side.
func loadImage(raw []byte, alt string, most int) (*Image, error) {
	if len(raw) > largestImage {
		return nil, remedy.Cannot(fmt.Sprintf("the picture is %d MB", len(raw)>>20),
			"make it smaller; 1,500 pixels in width are enough")
	}
	config, format, err := image.DecodeConfig(bytes.NewReader(raw))
	if err != nil || format != "png" && format != "jpeg" {
		return nil, remedy.Cannot("the file is not a PNG or JPEG picture", "save it as PNG or JPEG and name that file")
	}
	if config.Width < 1 || config.Height < 1 || config.Width > mostPixels/config.Height {
		return nil, remedy.Cannot(fmt.Sprintf("the picture is %d by %d pixels", config.Width, config.Height),
			"make it smaller; 1,500 pixels in width are enough")
	}
	if alt == "" {
		return nil, remedy.Cannot("the picture has no text for people who cannot see it",
			"say in a few words what it shows, under alt")
	}
	picture, _, err := image.Decode(bytes.NewReader(raw))
	if err != nil {
		return nil, remedy.Cannot(fmt.Sprintf("the picture is damaged: %v", err), "save it again as PNG or JPEG")
	}
	return newImage(raw, alt, picture, format, most), nil
}

func newImage(raw []byte, alt string, picture image.Image, format string, most int) *Image {
	im := &Image{alt: alt}
	size := picture.Bounds().Size()
	space, turned := "", orientation(raw)
	if format == "jpeg" && turned == 1 && size.X <= most && size.Y <= most {
		switch picture.(type) {
		case *image.YCbCr:
			space = "DeviceRGB"
		case *image.Gray:
			space = "DeviceGray"
		}
	}
	if space != "" { // the file is kept as it is: PDF readers know its compression
		im.width, im.height = size.X, size.Y
		im.object = fmt.Appendf(nil, "%s/Filter/DCTDecode/Length %d>>stream\n%s\nendstream", imageEntries(size.X, size.Y, space), len(raw),
			raw)
	} else {
		im.pixels(upright(onWhite(picture, most), turned))
	}
	im.digest = sha256.Sum256(im.object)
	return im
}

func imageEntries(w, h int, space string) string {
	return fmt.Sprintf("<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/%s/BitsPerComponent 8", w, h, space)
}

// onWhite puts a picture on white, not larger than most pixels on a side.
func onWhite(picture image.Image, most int) *image.RGBA {
	b := picture.Bounds()
	w, h := b.Dx(), b.Dy()
	if scale := float64(max(w, h)) / float64(most); scale > 1 {
		w, h = max(1, int(math.Round(float64(w)/scale))), max(1, int(math.Round(float64(h)/scale)))
	}
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(out, out.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.CatmullRom.Scale(out, out.Bounds(), picture, b, draw.Over, nil)
	return out
}

// pixels takes the pixels, in grey if they are.
func (im *Image) pixels(p *image.RGBA) {
	im.width, im.height = p.Bounds().Dx(), p.Bounds().Dy()
	rgb, grey, isGrey := make([]byte, 0, 3*im.width*im.height), make([]byte, 0, im.width*im.height), true
	for y := range im.height {
		for x := range im.width {
			c := p.RGBAAt(x, y)
			rgb, grey = append(rgb, c.R, c.G, c.B), append(grey, c.R)
			isGrey = isGrey && c.R == c.G && c.G == c.B
		}
	}
	space, data := "DeviceRGB", rgb
	if isGrey {
		space, data = "DeviceGray", grey
	}
	im.object = append([]byte(imageEntries(im.width, im.height, space)), deflated("", data)[len("<<"):]...)
}

// upright turns a picture that was taken with the camera on its side or head
// (Exif 2.3, tag 0x0112).
func upright(p *image.RGBA, turned int) *image.RGBA {
	w, h := p.Bounds().Dx(), p.Bounds().Dy()
	var out *image.RGBA
	switch turned {
	case 3:
		out = image.NewRGBA(image.Rect(0, 0, w, h))
	case 6, 8:
		out = image.NewRGBA(image.Rect(0, 0, h, w))
	default:
		return p
	}
	for y := range h {
		for x := range w {
			switch c := p.RGBAAt(x, y); turned {
			case 3:
				out.SetRGBA(w-1-x, h-1-y, c)
			case 6:
				out.SetRGBA(h-1-y, x, c)
			case 8:
				out.SetRGBA(y, w-1-x, c)
			}
		}
	}
	return out
}

// fit returns the size of the image in a place of the given size, in points. It
// is not blown up beyond 72 dots an inch.
func (im *Image) fit(wide, high float64) (w, h float64) {
	scale := min(wide/float64(im.width), high/float64(im.height), 1)
	return float64(im.width) * scale, float64(im.height) * scale
}

// place puts an image with its upper right corner at a place.
func (s *setter) place(im *Image, right, top, wide, high float64) placed {
	w, h := im.fit(wide, high)
	return placed{image: im, x: right - w, y: top, w: w, h: h, part: s.tree.add(figureRole, 0)}
}

// over puts an image above a row, as a signature stands above a name.
func (im *Image) over(r *row) placed {
	w, h := im.fit(signatureWide, closer[len(closer)-1].gaps[signingGap]-4)
	return placed{image: im, x: r.x, y: r.y - r.size - 1 - h, w: w, h: h, part: r.figure}
}
