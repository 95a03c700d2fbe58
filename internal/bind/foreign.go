package bind

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// Foreign is a PDF that somebody else made, ready to be bound: its pages, as they
// look, and nothing else of it.
type Foreign struct {
	PDF   []byte
	Pages int
	Left  []string // what it held beside its pages, and what was not taken over
}

// Unfit says why a PDF cannot be bound as it is.
type Unfit struct{ Why string }

func (u *Unfit) Error() string { return u.Why }

// Limits of a foreign PDF. A file within them is read in memory a few times its
// size; one beyond them is more likely an attack than a letter.
const (
	mostForeignPages = 5000
	mostStream       = 128 << 20 // bytes of one stream, unpacked
	mostUnpacked     = 1 << 30   // bytes of all streams, unpacked one after the other
	mostObjects      = 1_000_000
	longestReading   = time.Minute
)

// ReadForeign reads a PDF of unknown making. What is wrong with it is an *Unfit: it
// is the file's fault, and never the program's.
func ReadForeign(raw []byte) (*Foreign, error) {
	type read struct {
		f   *Foreign
		err error
	}
	done := make(chan read, 1)
	go func() {
		f, err := readForeign(raw)
		done <- read{f, err}
	}()
	select {
	case r := <-done:
		return r.f, r.err
	case <-time.After(longestReading): // a reader that is led in circles cannot be stopped, only left
		return nil, &Unfit{fmt.Sprintf("reading it takes longer than %s", longestReading)}
	}
}

func readForeign(raw []byte) (f *Foreign, err error) {
	defer func() {
		if r := recover(); r != nil {
			f, err = nil, broken(fmt.Errorf("%v", r))
		}
	}()
	conf := settings()
	conf.Limits = model.ResourceLimits{MaxStreamBytes: mostStream, MaxDecodeBytes: mostStream / 4, MaxImagePixels: 100 << 20, MaxImageBytes: mostStream,
		MaxObjectCount: mostObjects, MaxObjectStreamCount: mostObjects / 10, MaxObjectStreamFirst: 16 << 20, MaxXRefEntries: mostObjects, MaxRecursionDepth: 100}
	ctx, err := api.ReadContext(bytes.NewReader(raw), conf)
	if errors.Is(err, pdfcpu.ErrEncrypted) {
		return nil, &Unfit{"it is encrypted"}
	}
	if err != nil {
		return nil, broken(err)
	}
	f = &Foreign{}
	// Only what is kept is validated: a wrong outline is no reason to leave out pages.
	if err := f.keepPages(ctx); err != nil {
		return nil, err
	}
	if err := unpack(ctx); err != nil {
		return nil, err
	}
	before := dictionaries(ctx)
	if err := api.ValidateContext(ctx); err != nil {
		return nil, broken(err)
	}
	if err := repaired(ctx, before); err != nil {
		return nil, err
	}
	if f.Pages = ctx.PageCount; f.Pages < 1 {
		return nil, &Unfit{"it has no pages"}
	}
	if f.Pages > mostForeignPages {
		return nil, &Unfit{fmt.Sprintf("it has %d pages; the limit is %d", f.Pages, mostForeignPages)}
	}
	var out bytes.Buffer
	if err := api.WriteContext(ctx, &out); err != nil {
		return nil, broken(err)
	}
	f.PDF = out.Bytes()
	return f, f.readsBack()
}

// readsBack makes sure that what was written can be bound: pdfcpu also writes what it
// would not read.
func (f *Foreign) readsBack() error {
	ctx, err := api.ReadAndValidate(bytes.NewReader(f.PDF), settings())
	if err != nil {
		return broken(err)
	}
	if ctx.PageCount != f.Pages {
		return broken(fmt.Errorf("it has either %d pages or %d", f.Pages, ctx.PageCount))
	}
	return nil
}

// dictionaries are the numbers of the objects that say something.
func dictionaries(ctx *model.Context) map[int]bool {
	out := map[int]bool{}
	for number, entry := range ctx.Table {
		if entry == nil || entry.Free {
			continue
		}
		if d, ok := entry.Object.(types.Dict); ok && len(d) > 0 {
			out[number] = true
		}
	}
	return out
}

// repaired finds pages that validation made up: pdfcpu puts an empty one for a damaged
// one, and a record must not show as empty what is not.
func repaired(ctx *model.Context, before map[int]bool) error {
	for number, entry := range ctx.Table {
		if entry == nil || before[number] {
			continue
		}
		if d, ok := entry.Object.(types.Dict); ok && d.Type() != nil && *d.Type() == "Page" {
			return &Unfit{"it is damaged: a page of it cannot be read"}
		}
	}
	return nil
}

func broken(err error) error {
	why := []rune(strings.Join(strings.Fields(err.Error()), " "))
	if len(why) > 160 {
		why = append(why[:160], '…')
	}
	return &Unfit{"it is damaged or not a PDF (" + string(why) + ")"}
}

// keepPages takes everything out of the catalog but the pages, and out of all objects
// what acts by itself or carries other files.
func (f *Foreign) keepPages(ctx *model.Context) error {
	// pdfcpu goes through all numbers up to the highest, which a file may choose.
	if ctx.Size == nil || *ctx.Size > mostObjects || len(ctx.Table) > mostObjects {
		return &Unfit{fmt.Sprintf("it has, or claims to have, more than %d objects", mostObjects)}
	}
	if err := unfold(ctx); err != nil {
		return broken(err)
	}
	catalog, err := ctx.Catalog()
	if err != nil || catalog == nil {
		return broken(errors.Join(errors.New("it has no catalog"), err))
	}
	hidden, err := hiddenLayers(ctx, catalog)
	if err != nil {
		return broken(err)
	}
	if hidden {
		return &Unfit{"it has layers that are hidden, which would show in a bound copy"}
	}
	drawn := f.note(ctx, catalog)
	for key := range catalog {
		if key != "Type" && key != "Pages" {
			delete(catalog, key)
		}
	}
	ctx.Info, ctx.Names, ctx.Form = nil, map[string]*model.Node{}, nil
	newest := model.V17 // what is newer than the file says is no fault of its pages
	ctx.HeaderVersion, ctx.RootVersion = &newest, nil
	return tame(ctx, drawn)
}

// unfold reads the objects that pdfcpu would read later, when they are asked for.
func unfold(ctx *model.Context) error {
	for number, entry := range ctx.Table {
		if entry == nil || entry.Free {
			continue
		}
		if _, ok := entry.Object.(types.LazyObjectStreamObject); !ok {
			continue
		}
		ref := types.NewIndirectRef(number, 0)
		if entry.Generation != nil {
			ref = types.NewIndirectRef(number, *entry.Generation)
		}
		if _, err := ctx.Dereference(*ref); err != nil {
			return err
		}
		if _, ok := entry.Object.(types.LazyObjectStreamObject); ok {
			return fmt.Errorf("object %d cannot be read", number)
		}
	}
	return nil
}

// note says what the file holds that a reader of the bound pages does not get, and
// whether the entries of a form are to be drawn anew by whoever shows them.
func (f *Foreign) note(ctx *model.Context, catalog types.Dict) (drawn bool) {
	if names, err := ctx.DereferenceDict(catalog["Names"]); err == nil && names != nil {
		if _, ok := names.Find("EmbeddedFiles"); ok {
			f.Left = append(f.Left, "files attached to it")
		}
	}
	form, err := ctx.DereferenceDict(catalog["AcroForm"])
	if err != nil || form == nil {
		return false
	}
	if _, ok := form.Find("XFA"); ok {
		f.Left = append(f.Left, "a form that only Adobe’s programs can show")
	}
	if flags := form.IntEntry("SigFlags"); flags != nil && *flags&1 == 1 {
		f.Left = append(f.Left, "a digital signature, which is valid only in the original")
	}
	anew := form.BooleanEntry("NeedAppearances")
	return anew != nil && *anew
}

// hiddenLayers tells whether some of the content does not show (ISO 32000-1, 8.11).
// Without its list of layers, it would.
func hiddenLayers(ctx *model.Context, catalog types.Dict) (bool, error) {
	layers, err := ctx.DereferenceDict(catalog["OCProperties"])
	if err != nil || layers == nil {
		return false, err
	}
	usual, err := ctx.DereferenceDict(layers["D"])
	if err != nil || usual == nil {
		return false, err
	}
	if base := usual.NameEntry("BaseState"); base != nil && *base == "OFF" {
		return true, nil
	}
	off, err := ctx.DereferenceArray(usual["OFF"])
	return len(off) > 0, err
}

// unpack makes sure that each packed stream can be unpacked, and to a size that is
// not meant to do harm. pdfcpu takes over as they are those that it does not need.
func unpack(ctx *model.Context) error {
	left := int64(mostUnpacked)
	for _, entry := range ctx.Table {
		if entry == nil || entry.Free {
			continue
		}
		stream, ok := entry.Object.(types.StreamDict)
		if !ok || len(stream.FilterPipeline) == 0 || stream.FilterPipeline[0].Name != "FlateDecode" {
			continue
		}
		n, err := unpacked(stream.Raw, min(left, mostStream))
		if err != nil {
			return err
		}
		left -= n
	}
	return nil
}

func unpacked(raw []byte, most int64) (int64, error) {
	z, err := zlib.NewReader(bytes.NewReader(raw))
	if err != nil {
		return 0, broken(fmt.Errorf("a part of it cannot be unpacked: %w", err))
	}
	n, err := io.Copy(io.Discard, io.LimitReader(z, most))
	switch {
	case err != nil:
		return n, broken(fmt.Errorf("a part of it cannot be unpacked: %w", err))
	case n == most:
		return n, &Unfit{"it unpacks to more than a letter can hold"}
	}
	return n, z.Close()
}
