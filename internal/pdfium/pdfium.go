// Package pdfium opens a PDF that somebody else made: its text with the place of each character, and its pages as
// pictures. PDFium does it, in a sandbox (WebAssembly): it sees the bytes that it is given and no file, clock or
// network, and it is started when the first PDF is there. It is the only room that knows go-pdfium and wazero.
package pdfium

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"foia/internal/lazy"

	gopdfium "github.com/klippa-app/go-pdfium"
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
	mostWASM  = 8192             // pieces of 64 KB: 512 MB, for PDFium with the file
	Longest   = 60 * time.Second // for one PDF, without the start; or for one page of it, see More
)

// Why a PDF was not read.
const (
	ErrTooLarge  = lazy.Failure("the PDF has more than 64 MB and was not read")
	ErrNotPDF    = lazy.Failure("the file is not a PDF, or is damaged beyond reading")
	ErrPassword  = lazy.Failure("the PDF needs a password")
	ErrTooLong   = lazy.Failure("reading the PDF took more than 60 seconds and was stopped")
	errNotStored = lazy.Failure("the folder for the compiled reader cannot be used")
)

// Reader opens PDFs. The zero value is not ready: see New. It may be used by several at a time, who wait for each
// other.
type Reader struct {
	Longest time.Duration // for one PDF; tests take less

	cache  string
	mu     sync.Mutex
	pool   gopdfium.Pool
	stored wazero.CompilationCache
	stop   context.CancelFunc
}

// New is a reader that keeps its compiled form in a folder of the user's, and makes that if it is not there; empty:
// nowhere, and every start takes as long as the first. Nothing is started.
func New(cache string) *Reader { return &Reader{cache: cache, Longest: Longest} }

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

// File is a PDF that is open.
type File struct {
	Count int // of its pages

	inner gopdfium.Pdfium
	doc   references.FPDF_DOCUMENT
	more  func()
}

// With opens a PDF for as long as something is done with it, in a sandbox of its own, which is gone afterwards.
// When the time is over, the sandbox is stopped wherever it is.
func (r *Reader) With(ctx context.Context, data []byte, do func(*File) error) (err error) {
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
	limited, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	clock := time.AfterFunc(r.Longest, func() { cancel(ErrTooLong) })
	defer clock.Stop()
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
	return r.open(limited, data, func(f *File) error {
		f.more = func() { clock.Reset(r.Longest) }
		return do(f)
	})
}

func (r *Reader) open(ctx context.Context, data []byte, do func(*File) error) error {
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
			return notPDF(err)
		}
		count, err := instance.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: doc.Document})
		if err != nil {
			return notPDF(err)
		}
		return do(&File{inner: instance, doc: doc.Document, Count: count.PageCount})
	}()
	return errors.Join(err, instance.Close())
}

func notPDF(err error) error { return fmt.Errorf("%w (PDFium: %w)", ErrNotPDF, err) }

// More gives the time for one PDF anew: to a command that goes through its pages, and could be ended between them.
func (f *File) More() { f.more() }

// The ways in which a PDF may be a form of Adobe's (XFA): not at all; beside pages that everybody can show; instead of
// pages, which another program has to make.
const (
	NoXFA = iota
	BesideXFA
	OnlyXFA
)

// XFA tells whether a PDF is a form of Adobe's.
func (f *File) XFA() int {
	form, err := f.inner.FPDF_GetFormType(&requests.FPDF_GetFormType{Document: f.doc})
	switch {
	case err != nil:
		return NoXFA
	case form.FormType == enums.FPDF_FORMTYPE_XFA_FULL:
		return OnlyXFA
	case form.FormType == enums.FPDF_FORMTYPE_XFA_FOREGROUND:
		return BesideXFA
	}
	return NoXFA
}

// Encrypted tells whether a PDF is, also where nobody needs a password to read it.
func (f *File) Encrypted() bool {
	got, err := f.inner.FPDF_GetSecurityHandlerRevision(&requests.FPDF_GetSecurityHandlerRevision{Document: f.doc})
	return err == nil && got.SecurityHandlerRevision >= 0
}

// Text is the text of a page, from 0, as PDFium writes it.
func (f *File) Text(page int) (string, error) {
	got, err := f.inner.GetPageText(&requests.GetPageText{Page: f.byIndex(page)})
	if err != nil {
		return "", notPDF(err)
	}
	return got.Text, nil
}

func (f *File) byIndex(i int) requests.Page {
	return requests.Page{ByIndex: &requests.PageByIndex{Document: f.doc, Index: i}}
}
