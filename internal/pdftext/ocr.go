package pdftext

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"math"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"time"

	"foia/internal/lazy"
	"foia/internal/pdfium"
)

// ErrNoOCR says that there is no program that recognizes text in pictures.
const ErrNoOCR = lazy.Failure("tesseract, which recognizes text in pictures, is not installed")

// HasOCR tells whether text in pictures can be recognized on this machine.
func HasOCR() bool {
	_, err := exec.LookPath("tesseract")
	return err == nil
}

const (
	dpi         = 300      // what tesseract wants
	mostPixels  = 25 << 20 // of a page; a larger one is read in fewer
	mostScanned = 50       // pages of a PDF
	ocrLongest  = 60 * time.Second
)

// written are the languages of the offices that foia knows, as tesseract calls them. One that it has not been installed
// with it leaves out.
const written = "eng+deu"

// Recognize reads the scanned pages of a document by tesseract, in a language that it knows (eng, deu, eng+deu; empty:
// those of the offices that foia knows), and marks them. It is slow, some seconds a page, and its errors look like
// text.
func (r *Reader) Recognize(ctx context.Context, data []byte, d *Document, language string) error {
	program, err := exec.LookPath("tesseract")
	if err != nil {
		return ErrNoOCR
	}
	if language == "" {
		language = written
	}
	if len(language) > 40 || slices.ContainsFunc([]byte(language), func(c byte) bool {
		return (c < 'a' || c > 'z') && c != '_' && c != '+'
	}) {
		return fmt.Errorf("%q is not a language of tesseract, such as eng", language)
	}
	done := 0
	for i := range d.Pages {
		if !d.Pages[i].Scan {
			continue
		}
		if done++; done > mostScanned {
			d.Warnings = append(d.Warnings, fmt.Sprintf("only the first %d of its scanned pages were recognized", mostScanned))
			return nil
		}
		var picture bytes.Buffer
		err := r.With(ctx, data, func(f *pdfium.File) error { return draw(f, d.Pages[i].Number-1, &picture) })
		if err != nil {
			return err
		}
		text, err := recognize(ctx, program, language, &picture)
		if err != nil {
			return fmt.Errorf("page %d: %w", d.Pages[i].Number, err)
		}
		d.Pages[i].Text, d.Pages[i].OCR = Clean(text), true
	}
	return nil
}

// draw draws a page.
func draw(f *pdfium.File, page int, out *bytes.Buffer) (err error) {
	p, err := f.Page(page)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.Close()) }()
	fine := dpi
	for fine > 30 && p.Width/72*p.Height/72*float64(fine*fine) > mostPixels {
		fine -= 30
	}
	if p.Width/72*p.Height/72*float64(fine*fine) > mostPixels {
		return fmt.Errorf("page %d is too large to be drawn", page+1)
	}
	drawn, err := p.Draw(max(1, int(math.Ceil(p.Width/72*float64(fine)))), max(1, int(math.Ceil(p.Height/72*float64(fine)))))
	if err != nil {
		return err
	}
	return png.Encode(out, drawn)
}

// Word is a word that was recognized in a picture: any character of it may be wrong.
type Word struct {
	Text  string
	Place image.Rectangle
	Line  int // words of one line have it in common
}

// Words reads the words in a picture, drawn at so many dots an inch, with their places.
func Words(ctx context.Context, picture image.Image, dpi int) (out []Word, err error) {
	program, err := exec.LookPath("tesseract")
	if err != nil {
		return nil, ErrNoOCR
	}
	var drawn bytes.Buffer
	if err := png.Encode(&drawn, picture); err != nil {
		return nil, err
	}
	table, err := run(ctx, program, &drawn, "-l", written, "-c", "user_defined_dpi="+strconv.Itoa(dpi), "tsv")
	if err != nil {
		return nil, err
	}
	line, before := 0, ""
	for row := range strings.Lines(table) {
		cells := strings.Split(strings.TrimRight(row, "\r\n"), "\t")
		if len(cells) != 12 || cells[0] != "5" { // 5: a word; 1 to 4 are what it lies in
			continue
		}
		var at [4]int
		for i := range at {
			if at[i], err = strconv.Atoi(cells[6+i]); err != nil {
				return nil, fmt.Errorf("tesseract wrote %q where a number should be", cells[6+i])
			}
		}
		if of := strings.Join(cells[1:5], "."); of != before {
			line, before = line+1, of
		}
		out = append(out, Word{Text: Clean(cells[11]), Line: line, Place: image.Rect(at[0], at[1], at[0]+at[2], at[1]+at[3])})
	}
	return out, nil
}

func recognize(ctx context.Context, program, language string, picture *bytes.Buffer) (string, error) {
	return run(ctx, program, picture, "-l", language)
}

// run is what tesseract says of a picture.
func run(ctx context.Context, program string, picture *bytes.Buffer, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, ocrLongest)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, append([]string{"stdin", "stdout"}, args...)...)
	cmd.Stdin = picture
	var said, wrong bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &wrong
	if err := cmd.Run(); err != nil {
		line, _, _ := bytes.Cut(bytes.TrimSpace(wrong.Bytes()), []byte("\n"))
		return "", fmt.Errorf("tesseract failed: %w (%s)", err, line)
	}
	return said.String(), nil
}
