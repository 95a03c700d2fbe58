package bind

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"foia/internal/lazy"

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
	Lacks int      // objects that its pages refer to, and that are not in it
	Empty int      // pages that show nothing for that reason
	Open  bool     // it was encrypted, with no password to open it
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
	mostTogetherRead = 128 << 20 // bytes of all streams of objects, which are kept unpacked
	mostObjects      = 300_000   // pdfcpu takes 3 KB for each, however small
	longestReading   = time.Minute
)

// ReadForeign reads a PDF of unknown making. What is wrong with it is an *Unfit: it
// is the file's fault, and never the program's.
func ReadForeign(raw []byte) (*Foreign, error) {
	type read struct {
		f   *Foreign
		err error
	}
	stop, cancel := context.WithTimeout(context.Background(), longestReading)
	defer cancel()
	done := make(chan read, 1)
	go func() {
		f, err := readForeign(stop, raw)
		done <- read{f, err}
	}()
	select {
	case r := <-done:
		if stop.Err() == nil {
			return r.f, r.err
		}
	case <-stop.Done(): // a reader that is led in circles may not stop, and can only be left
	}
	return nil, &Unfit{fmt.Sprintf("reading it takes longer than %s", longestReading)}
}

func readForeign(stop context.Context, raw []byte) (f *Foreign, err error) {
	defer func() {
		if r := recover(); r != nil {
			f, err = nil, broken(fmt.Errorf("%v", r))
		}
	}()
	f, sure, err := readOnce(stop, raw)
	var unfit *Unfit
	if err == nil && sure || errors.As(err, &unfit) {
		return f, err
	}
	// Its table of objects is missing or wrong: without it, objects are looked for.
	again, sure, other := readOnce(stop, bytes.ReplaceAll(raw, []byte("startxref"), []byte("startxxxx")))
	switch {
	case other == nil && sure:
		return again, nil
	case errors.As(other, &unfit):
		return nil, unfit
	case err == nil:
		err = errors.New("its table of objects is wrong")
	}
	return nil, broken(err)
}

// readOnce reads a PDF with its table of objects. It is not sure if the table led to other objects
// than it says.
func readOnce(stop context.Context, raw []byte) (f *Foreign, sure bool, err error) {
	ctx, err := pdfcpu.ReadWithContext(stop, bytes.NewReader(raw), bounded())
	switch {
	case errors.Is(err, pdfcpu.ErrWrongPassword):
		return nil, false, &Unfit{"it is encrypted and needs a password to open"}
	case err != nil:
		return nil, false, err
	case ctx.Encrypt == nil && directlyEncrypted.RE().Match(raw):
		return nil, false, &Unfit{"it is encrypted in a way that foia cannot read"}
	}
	if err := bearable(ctx); err != nil {
		return nil, false, err
	}
	f = &Foreign{Open: ctx.Encrypt != nil}
	v := NewVolume("", false)
	t := &taking{stop: stop, ctx: ctx, to: v, guard: &guard{raw: raw, left: mostUnpacked, drawnBefore: map[string]bool{}}}
	if err := f.look(t); err != nil {
		return nil, false, err
	}
	if _, err := t.take(); err != nil {
		return nil, false, err
	}
	f.Pages, f.Lacks, f.Empty = v.pages, len(t.lacking), t.emptied
	var out bytes.Buffer
	if err := writeFile(&out, v.finished()); err != nil {
		return nil, false, err
	}
	f.PDF = out.Bytes()
	return f, !t.guard.astray, nil
}

// directlyEncrypted is an entry of the trailer that pdfcpu does not see: it expects a reference.
const directlyEncrypted = lazy.Pattern(`/Encrypt\s*<<`)

// bounded are the settings with which a PDF of unknown making is read.
func bounded() *model.Configuration {
	conf := settings()
	conf.Limits = model.ResourceLimits{MaxStreamBytes: mostStream, MaxDecodeBytes: mostStream / 4, MaxImagePixels: 100 << 20,
		MaxImageBytes:  mostStream,
		MaxObjectCount: mostObjects, MaxObjectStreamCount: mostObjects / 10, MaxObjectStreamFirst: 2 << 20, MaxXRefEntries: mostObjects,
		MaxRecursionDepth: deepest}
	return conf
}

// bearable makes sure that a PDF does not have, or unpack to, more objects than memory holds.
func bearable(ctx *model.Context) error {
	if ctx.Size == nil || *ctx.Size > mostObjects || len(ctx.Table) > mostObjects {
		return &Unfit{fmt.Sprintf("it has, or claims to have, more than %d objects", mostObjects)}
	}
	g := &guard{left: mostTogetherRead}
	for _, entry := range ctx.Table {
		if entry == nil {
			continue
		}
		if packed, ok := entry.Object.(types.ObjectStreamDict); ok && packed.HasSoleFilterNamed("FlateDecode") {
			if _, err := g.inflated(packed.Raw, io.Discard); errors.Is(err, errBomb) {
				return err
			}
		}
	}
	return nil
}

// guard looks at a PDF of unknown making while its pages are taken.
type guard struct {
	raw         []byte
	astray      bool  // an object was not where the table says
	left        int64 // bytes that may still be unpacked
	drawn       bool  // the entries of its form are to be drawn anew by whoever shows them
	drawnBefore map[string]bool
}

// found makes sure that an object is the one that was looked for. pdfcpu takes whatever is at its
// place.
func (g *guard) found(number int, entry *model.XRefTableEntry) {
	if entry.Offset == nil || *entry.Offset <= 0 || *entry.Offset >= int64(len(g.raw)) || entry.Object == nil {
		return
	}
	at := bytes.TrimLeft(g.raw[*entry.Offset:min(*entry.Offset+40, int64(len(g.raw)))], " \r\n\t\f\x00")
	at = bytes.TrimLeft(at, "0")
	if rest, ok := bytes.CutPrefix(at, strconv.AppendInt(nil, int64(number), 10)); !ok || len(rest) == 0 || !isSpace(rest[0]) {
		g.astray = true
	}
}

func broken(err error) error {
	why := []rune(strings.Join(strings.Fields(err.Error()), " "))
	if len(why) > 160 {
		why = append(why[:160], '…')
	}
	return &Unfit{"it is damaged or not a PDF (" + string(why) + ")"}
}

// look says what the file holds that a reader of the bound pages does not get, and whether it can be
// bound at all.
func (f *Foreign) look(t *taking) error {
	t.lacking = map[int]bool{}
	catalog, err := t.ctx.Catalog()
	if err != nil || catalog == nil {
		return errors.Join(errors.New("it has no catalog"), err)
	}
	if t.hiddenLayers(catalog) {
		return errHidden
	}
	if t.value(t.dict(catalog["Names"])["EmbeddedFiles"]) != nil {
		f.Left = append(f.Left, "files attached to it")
	}
	form := t.dict(catalog["AcroForm"])
	if t.value(form["XFA"]) != nil {
		f.Left = append(f.Left, "a form that only Adobe’s programs can show")
	}
	if t.integer(form["SigFlags"], 0)&1 == 1 {
		f.Left = append(f.Left, "a digital signature, which is valid only in the original")
	}
	anew, _ := t.value(form["NeedAppearances"]).(types.Boolean)
	t.guard.drawn = bool(anew)
	return nil
}

// madeBy is what a PDF says of how it was made, as entries of a description.
func madeBy(ctx *model.Context) []byte {
	out := []byte{}
	if ctx.Info == nil {
		return out
	}
	t := &taking{stop: context.Background(), ctx: ctx, lacking: map[int]bool{}}
	info := t.dict(*ctx.Info)
	for _, key := range []string{"CreationDate", "Creator", "Producer"} {
		switch s := t.value(info[key]).(type) {
		case types.StringLiteral:
			if with, err := appendLiteral(appendName(out, key), string(s)); err == nil {
				out = with
			}
		case types.HexLiteral:
			out = append(append(append(appendName(out, key), '<'), s...), '>')
		}
	}
	return out
}
