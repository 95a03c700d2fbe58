package pdf

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"

	"github.com/jung-kurt/gofpdf"
)

// The objects that gofpdf writes for pages without its own fonts, images, links
// or files: 1 the page tree, 2 the resources, then each page and its content,
// then Info and catalog. Its page tree, its pages and what their content begins with are
// kept, the rest is written anew, and what it cannot write is added.
const (
	pagesObject     = 1
	resourcesObject = 2
	firstPageObject = 3
)

func pageObject(page int) int { return firstPageObject + 2*page }

// errUnexpected says that gofpdf wrote something else than it did when this was
// written: it is archived and does not change.
var errUnexpected = errors.New("the pages are not as expected")

// frame is what gofpdf writes around what is drawn. Papers of the same size with as many
// pages have the same.
type frame struct {
	tree  []byte // of the pages
	pages []pageFrame
}

type pageFrame struct {
	dictionary []byte // of the page, up to its end
	content    []byte // what the content begins with
}

// frameKey is what decides about a frame.
type frameKey struct {
	width, height float64
	pages         int
}

// mostFramed is up to how many pages a frame is kept: that of a long list is used once.
const mostFramed = 16

// frame returns that of so many pages.
func (f *Fonts) frame(paper Paper, pages int) (*frame, error) {
	key := frameKey{paper.width, paper.height, pages}
	if known, ok := f.frames.Load(key); ok {
		return known.(*frame), nil
	}
	made, err := newFrame(key)
	if err == nil && pages <= mostFramed {
		f.frames.Store(key, made)
	}
	return made, err
}

// newFrame has gofpdf write empty pages. Neither text nor fonts nor images are given to it:
// what it would do with them is neither tagged nor archival, and slow.
func newFrame(key frameKey) (*frame, error) {
	pdf := gofpdf.NewCustom(&gofpdf.InitType{UnitStr: "pt", Size: gofpdf.SizeType{Wd: key.width, Ht: key.height}})
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetCompression(false) // compressed once the page is drawn
	for range key.pages {
		pdf.AddPage()
	}
	var raw bytes.Buffer
	if err := pdf.Output(&raw); err != nil {
		return nil, err
	}
	body, err := bodies(raw.Bytes())
	if err != nil {
		return nil, err
	}
	if len(body) != pageObject(key.pages)+2 {
		return nil, errUnexpected
	}
	f := &frame{tree: body[pagesObject]}
	for n := range key.pages {
		dictionary, ok := bytes.CutSuffix(body[pageObject(n)], []byte(">>"))
		_, content, isStream := bytes.Cut(body[pageObject(n)+1], []byte("stream\n"))
		if !ok || !isStream {
			return nil, errUnexpected
		}
		f.pages = append(f.pages, pageFrame{dictionary, content})
	}
	return f, nil
}

// bodies cuts a file into its objects by its table of them (ISO 32000-1, 7.5.4).
func bodies(raw []byte) ([][]byte, error) {
	at := bytes.LastIndex(raw, []byte("startxref\n"))
	if at < 0 {
		return nil, errUnexpected
	}
	number, _, _ := bytes.Cut(raw[at+len("startxref\n"):], []byte("\n"))
	start, err := strconv.Atoi(string(number))
	if err != nil || start < 0 || start > at || !bytes.HasPrefix(raw[start:], []byte("xref\n0 ")) {
		return nil, errUnexpected
	}
	lines := bytes.Split(raw[start:at], []byte("\n"))
	var out [][]byte
	for _, line := range lines[2:] {
		if len(line) < 18 || line[17] != 'n' && line[17] != 'f' {
			break
		}
		offset, err := strconv.Atoi(string(line[:10]))
		if err != nil || offset >= start {
			return nil, errUnexpected
		}
		if line[17] == 'f' {
			out = append(out, nil)
			continue
		}
		body := raw[offset:start]
		head := fmt.Appendf(nil, "%d 0 obj\n", len(out))
		end := bytes.Index(body, []byte("\nendobj\n"))
		if stream := bytes.Index(body, []byte(">>\nstream\n")); stream >= 0 && stream < end {
			// The content may hold anything: its length says where it ends.
			length, err := streamLength(body[:stream+2])
			if err != nil || stream+len(">>\nstream\n")+length > len(body) {
				return nil, errUnexpected
			}
			content := stream + len(">>\nstream\n")
			end = content + length
		}
		if !bytes.HasPrefix(body, head) || end < len(head) {
			return nil, errUnexpected
		}
		out = append(out, body[len(head):end])
	}
	return out, nil
}

func streamLength(dictionary []byte) (int, error) {
	_, after, ok := bytes.Cut(dictionary, []byte("/Length "))
	if !ok {
		return 0, errUnexpected
	}
	return strconv.Atoi(string(bytes.TrimRight(after, ">")))
}
