// Package pdftext reads the text of a PDF that somebody else made, page by page, with its lines. PDFium does it,
// in a sandbox (WebAssembly): it sees the bytes that it is given and no file, clock or network, and it is started
// when the first PDF is there. It is the only room that knows go-pdfium and wazero.
package pdftext

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"foia/internal/lazy"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/enums"
	pdfiumerrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// Bounds of a PDF.
const (
	MostBytes = 64 << 20
	MostPages = 500              // the rest is not read
	mostText  = 4 << 20          // bytes of the text of all pages
	longest   = 60 * time.Second // for one PDF, without the start
	mostWASM  = 8192             // pieces of 64 KB: 512 MB, for PDFium with the file
)

// Document is the text of a PDF.
type Document struct {
	Pages    []Page
	Count    int // of its pages, also of those that were not read
	Warnings []string
}

// Page is one of its pages.
type Page struct {
	Number int    // from 1
	Text   string // with its line ends; see Clean
	Scan   bool   // it has a picture and no text
	OCR    bool   // its text was recognized in a picture: any character of it may be wrong
}

// Why a PDF was not read.
const (
	ErrTooLarge  = lazy.Failure("the PDF has more than 64 MB and was not read")
	ErrNotPDF    = lazy.Failure("the file is not a PDF, or is damaged beyond reading")
	ErrPassword  = lazy.Failure("the PDF needs a password")
	ErrTooLong   = lazy.Failure("reading the PDF took more than 60 seconds and was stopped")
	errNotStored = lazy.Failure("the folder for the compiled reader cannot be used")
)

// Reader reads PDFs. The zero value is not ready: see New. It may be used by several at a time, who wait for each
// other.
type Reader struct {
	cache   string
	mu      sync.Mutex
	pool    pdfium.Pool
	stored  wazero.CompilationCache
	stop    context.CancelFunc
	longest time.Duration
}

// New is a reader that keeps its compiled form in a folder of the user's, and makes that if it is not there; empty:
// nowhere, and every start takes as long as the first. Nothing is started.
func New(cache string) *Reader { return &Reader{cache: cache, longest: longest} }

// Close ends it. It may be used again.
func (r *Reader) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.end()
}

func (r *Reader) end() error {
	if r.pool == nil {
		return nil
	}
	err := r.pool.Close()
	r.stop()
	if r.stored != nil {
		err = errors.Join(err, r.stored.Close(context.Background()))
	}
	r.pool, r.stored, r.stop = nil, nil, nil
	return err
}

// start compiles PDFium, or takes its compiled form.
func (r *Reader) start() error {
	if r.pool != nil {
		return nil
	}
	config := wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithMemoryLimitPages(mostWASM).
		WithCloseOnContextDone(true)
	if r.cache != "" {
		stored, err := wazero.NewCompilationCacheWithDir(r.cache)
		if err != nil {
			return fmt.Errorf("%w: %w", errNotStored, err)
		}
		r.stored = stored
		config = config.WithCompilationCache(stored)
	}
	ctx, stop := context.WithCancel(context.Background())
	pool, err := webassembly.Init(webassembly.Config{
		Context:       experimental.WithMemoryAllocator(ctx, &memories{}),
		MaxTotal:      1,
		FSConfig:      wazero.NewFSConfig(), // without it, the sandbox sees the whole disk
		RuntimeConfig: config,
		Stdout:        io.Discard,
		Stderr:        io.Discard,
	})
	if err != nil {
		stop()
		if r.stored != nil {
			err = errors.Join(err, r.stored.Close(context.Background()))
			r.stored = nil
		}
		return fmt.Errorf("the reader of PDFs cannot be started: %w", err)
	}
	r.pool, r.stop = pool, stop
	return nil
}

// Text reads the text of a PDF.
func (r *Reader) Text(ctx context.Context, data []byte) (*Document, error) {
	var d *Document
	err := r.with(ctx, data, func(o *opened) (err error) {
		d, err = o.text()
		return err
	})
	if err != nil {
		return nil, err
	}
	return d, nil
}

// opened is a PDF that is open.
type opened struct {
	pdfium.Pdfium
	doc   references.FPDF_DOCUMENT
	count int
}

// with opens a PDF for as long as something is done with it, in a sandbox of its own, which is gone afterwards.
// When the time is over, the sandbox is stopped wherever it is.
func (r *Reader) with(ctx context.Context, data []byte, do func(*opened) error) (err error) {
	if len(data) > MostBytes {
		return ErrTooLarge
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := r.start(); err != nil {
		return err
	}
	limited, cancel := context.WithTimeout(ctx, r.longest)
	defer cancel()
	over := context.AfterFunc(limited, r.stop)
	defer func() {
		p := recover()
		if p != nil { // PDFium was stopped, or left its memory
			err = fmt.Errorf("%w (%v)", ErrNotPDF, p)
		}
		if !over() || p != nil { // what makes sandboxes is not used again
			ended := r.end()
			switch {
			case ctx.Err() != nil:
				err = ctx.Err()
			case limited.Err() != nil:
				err = ErrTooLong
			case err == nil:
				err = ended
			}
		}
	}()
	return r.open(limited, data, do)
}

func (r *Reader) open(ctx context.Context, data []byte, do func(*opened) error) error {
	instance, err := r.pool.GetInstanceWithContext(ctx)
	if err != nil {
		return fmt.Errorf("the reader of PDFs cannot be started: %w", err)
	}
	err = func() error {
		doc, err := instance.OpenDocument(&requests.OpenDocument{File: &data})
		switch {
		case errors.Is(err, pdfiumerrors.ErrPassword) || errors.Is(err, pdfiumerrors.ErrSecurity):
			return ErrPassword
		case err != nil:
			return fmt.Errorf("%w (PDFium: %w)", ErrNotPDF, err)
		}
		count, err := instance.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: doc.Document})
		if err != nil {
			return fmt.Errorf("%w (PDFium: %w)", ErrNotPDF, err)
		}
		return do(&opened{instance, doc.Document, count.PageCount})
	}()
	return errors.Join(err, instance.Close())
}

func (o *opened) page(i int) requests.Page {
	return requests.Page{ByIndex: &requests.PageByIndex{Document: o.doc, Index: i}}
}

func (o *opened) text() (*Document, error) {
	d := &Document{Count: o.count}
	if o.count > MostPages {
		d.Warnings = append(d.Warnings, fmt.Sprintf("the PDF has %d pages; the first %d were read", o.count, MostPages))
	}
	size, scans := 0, 0
	for i := range min(o.count, MostPages) {
		p := Page{Number: i + 1}
		got, err := o.GetPageText(&requests.GetPageText{Page: o.page(i)})
		if err != nil {
			d.Warnings = append(d.Warnings, fmt.Sprintf("page %d cannot be read", p.Number))
			d.Pages = append(d.Pages, p)
			if len(d.Warnings) > 20 {
				return nil, fmt.Errorf("%w (PDFium: %w)", ErrNotPDF, err)
			}
			continue
		}
		p.Text = Clean(got.Text)
		if i == 0 && o.isHollow(p.Text) {
			d.Warnings = append(d.Warnings,
				"the PDF is a form that only Adobe's reader shows (XFA): open it there, and give what it says yourself")
		}
		if p.Text == "" && o.pictured(i) {
			p.Scan = true
			scans++
		}
		if size += len(p.Text); size > mostText {
			d.Warnings = append(d.Warnings, fmt.Sprintf("the text of the PDF is longer than %d MB; it was read to page %d",
				mostText>>20, i))
			break
		}
		d.Pages = append(d.Pages, p)
	}
	if scans > 0 {
		d.Warnings = append(d.Warnings, fmt.Sprintf("%d of its %d pages are pictures, such as scans, without text", scans, len(d.Pages)))
	}
	return d, nil
}

// isHollow tells whether a PDF is a form whose pages another program has to make: what stands on them tells one to wait.
func (o *opened) isHollow(first string) bool {
	form, err := o.FPDF_GetFormType(&requests.FPDF_GetFormType{Document: o.doc})
	return err == nil && (form.FormType == enums.FPDF_FORMTYPE_XFA_FULL ||
		form.FormType == enums.FPDF_FORMTYPE_XFA_FOREGROUND && strings.HasPrefix(first, "Please wait"))
}

const (
	aPicture = 3 // FPDF_PAGEOBJ_IMAGE
	aForm    = 5 // FPDF_PAGEOBJ_FORM, which may hold one
)

// pictured tells whether there is a picture on a page.
func (o *opened) pictured(i int) bool {
	n, err := o.FPDFPage_CountObjects(&requests.FPDFPage_CountObjects{Page: o.page(i)})
	if err != nil {
		return false
	}
	for k := range min(n.Count, 200) {
		object, err := o.FPDFPage_GetObject(&requests.FPDFPage_GetObject{Page: o.page(i), Index: k})
		if err != nil {
			return false
		}
		kind, err := o.FPDFPageObj_GetType(&requests.FPDFPageObj_GetType{PageObject: object.PageObject})
		if err == nil && (kind.Type == aPicture || kind.Type == aForm) {
			return true
		}
	}
	return false
}
