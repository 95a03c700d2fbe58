package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"foia/internal/disk"
	"foia/internal/logbook"
	"foia/internal/pdfium"
	"foia/internal/pdftext"
	"foia/internal/publication"
	"foia/internal/redact"
	"foia/internal/remedy"
	"foia/internal/store"
	"foia/internal/workspace"
)

// redactFlags are the flags of foia redact.
type redactFlags struct {
	file, list       string
	words, boxes     []string
	apply, ocr, json bool
}

func newRedactCommand(a *app) *cobra.Command {
	var f redactFlags
	cmd := &cobra.Command{
		Use:   "redact ID",
		Short: "Make a copy of a received PDF for publication, with places covered",
		Long: "First, name what to cover: words of the PDF's text (--word, --words), and places\n" +
			"(--box). foia writes down what it found, in the folder redactions. Read it,\n" +
			"change it if you like, then make the copy with --apply.\n\n" +
			"The copy is made of pictures: every page is drawn, covered and written anew, so\n" +
			"that nothing is below a box, and whatever one does not see on a page (notes,\n" +
			"hidden text, attachments, earlier versions, descriptions) is gone. Its text can\n" +
			"still be searched and copied, where one sees it and no box touches it. Before\n" +
			"you get the copy, foia reads it as a stranger would; if anything is left, there\n" +
			"is no copy. It goes into the folder publication of the request, and the log\n" +
			"names both files by their SHA-256.\n\n" +
			"Words are found as whole words, whatever their case and accents, also divided at\n" +
			"the end of a line; Smith* finds Smithson, too. A box is widened to whole words\n" +
			"and to a grid, since its exact width would tell the word. --box takes a page and\n" +
			"a place in points (1/72 inch) from the upper left corner of the page.\n\n" +
			"Words in pictures, such as scans, are read by tesseract, if it is installed;\n" +
			"it misses some. Read the copy before you publish it: foia does not know what a\n" +
			"page shows, what a handwritten line says, or whom a reader recognizes.",
		Example: "  foia redact 2026-0001 --file 4 --words names.txt --box 2:72,100,300,120\n" +
			"  foia redact 2026-0001 --file 4 --apply",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.runRedact(cmd, args[0], f) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.file, "file", "", "the PDF: the number of the `event` that it came with, such as 4, or 4-2 for its second file")
	flags.StringArrayVar(&f.words, "word", nil, "a `word` or phrase to cover (repeat for several)")
	flags.StringVar(&f.list, "words", "", "a `file` with words to cover, one a line; - reads standard input")
	flags.StringArrayVar(&f.boxes, "box", nil, "a `place` to cover: PAGE:X,Y,WIDTH,HEIGHT (repeat for several)")
	flags.BoolVar(&f.apply, "apply", false, "make the copy, as the proposal says")
	flags.BoolVar(&f.ocr, "ocr", true, "read words in pictures by tesseract, some seconds a page; --ocr=false does not")
	flags.BoolVar(&f.json, "json", false, "print the result as JSON")
	return cmd
}

func (a *app) runRedact(cmd *cobra.Command, id string, f redactFlags) error {
	if f.apply && (len(f.words)+len(f.boxes) > 0 || f.list != "") {
		return remedy.Misuse("--apply makes the copy that the proposal describes, and takes no words and boxes",
			"propose first, without --apply; read the proposal; then add --apply alone")
	}
	asked, err := a.toCover(f)
	if err != nil {
		return err
	}
	w, err := a.workspace()
	if err != nil {
		return err
	}
	pdf := pdfium.New(cacheFolder())
	defer pdf.Close() // it read only
	desk := &publication.Desk{Book: a.book(w), Redactor: &redact.Redactor{PDF: pdf}}
	if id, err = a.requestID(cmd, desk.Book, id); err != nil {
		return err
	}
	file, err := desk.Find(cmd.Context(), id, f.file)
	if err != nil {
		return err
	}
	desk.Redactor.Progress = a.face().Advance("pages")
	lean()
	if f.ocr && pdftext.HasOCR() {
		desk.Redactor.Pictures = pdftext.Words
	}
	if f.apply {
		made, err := desk.Apply(cmd.Context(), file, 0)
		if err != nil {
			return err
		}
		return a.showRedacted(w, made, f.json)
	}
	proposed, err := desk.Propose(cmd.Context(), file, asked)
	if err != nil {
		return err
	}
	return a.showProposal(w, proposed, f)
}

// toCover reads what is to be covered from the command line.
func (a *app) toCover(f redactFlags) (asked publication.Asked, err error) {
	asked.Words = slices.Clone(f.words)
	if f.list != "" {
		listed, err := a.readWords(f.list)
		if err != nil {
			return asked, err
		}
		asked.Words = append(asked.Words, listed...)
	}
	for _, text := range f.boxes {
		place, err := publication.ReadPlace(text)
		if err != nil {
			return asked, remedy.Misuse("--box: "+err.Error(), remedy.Of(err))
		}
		asked.Boxes = append(asked.Boxes, place)
	}
	return asked, nil
}

// mostList is how long a file of words may be.
const mostList = 4 << 20

// readWords reads a list of words, one a line.
func (a *app) readWords(name string) ([]string, error) {
	in := a.in
	if name != "-" {
		a.noteLink(name)
		file, err := disk.OpenPlain(name)
		if err != nil {
			return nil, remedy.Misuse("--words: the file cannot be read: "+workspace.Reason(err)+" ("+name+")",
				"give the path of a file with one word or phrase a line")
		}
		defer file.Close() // it was only read
		in = file
	}
	raw, err := io.ReadAll(io.LimitReader(in, mostList+1))
	if err != nil {
		return nil, remedy.Misuse("--words: the file cannot be read: "+workspace.Reason(err)+" ("+name+")",
			"give the path of a file with one word or phrase a line")
	}
	raw = bytes.TrimPrefix(raw, []byte("\xef\xbb\xbf"))
	if len(raw) > mostList || !utf8.Valid(raw) || bytes.IndexByte(raw, 0) >= 0 {
		return nil, remedy.Misuse("--words: "+name+" is longer than 4 MB, or is not text in UTF-8",
			"save it as plain text with the encoding UTF-8, one word or phrase a line")
	}
	return strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(string(raw)), "\n"), nil
}

// showProposal says what would be covered.
func (a *app) showProposal(w *workspace.Workspace, p *publication.Proposed, f redactFlags) error {
	place := filepath.Join(w.Dir, filepath.FromSlash(p.Path))
	apply := remedy.To(remedy.Redact, p.File.Request.ID).With("file", p.File.Number()).Saying("apply")
	if p.Changed {
		a.note("note: it takes the place of an earlier proposal for this file")
	}
	if f.json {
		return a.json(proposalJSON(p, place))
	}
	fmt.Fprintf(a.out, "%s of %s: %s to cover\n", cell(p.File.Called()), remedy.Counted(p.Pages, "page"),
		plural(len(p.Boxes), "place", "places"))
	for _, line := range byWord(p.Boxes) {
		a.wrapped("  ", line)
	}
	for _, word := range p.Unfound[:min(len(p.Unfound), mostNamed)] {
		a.wrapped("  ", "“"+cell(word)+"”: not found")
	}
	if n := len(p.Unfound) - mostNamed; n > 0 {
		a.wrapped("  ", plural(n, "more word was", "more words were")+" not found")
	}
	fmt.Fprintln(a.out, place)
	a.warnOfProposal(p, f)
	fmt.Fprintf(a.out, "Read it, and change it if you like. Then make the copy:\n  %s\n", apply)
	return nil
}

// mostNamed is how many words are named that were not found.
const mostNamed = 20

// byWord says where each word is covered, in the order in which they come.
func byWord(boxes []redact.Box) (out []string) {
	type found struct {
		times int
		pages []int
	}
	by := map[string]*found{}
	var order []string
	for _, b := range boxes {
		name := "by hand"
		switch b.How {
		case redact.Found:
			name = "“" + cell(b.Word) + "”"
		case redact.Recognized:
			name = "“" + cell(b.Word) + "”, read in a picture, unsure"
		}
		if by[name] == nil {
			by[name] = &found{}
			order = append(order, name)
		}
		by[name].times++
		if !slices.Contains(by[name].pages, b.Page) {
			by[name].pages = append(by[name].pages, b.Page)
		}
	}
	for _, name := range order {
		out = append(out, name+": "+plural(by[name].times, "place", "places")+" on "+pagesOf(by[name].pages))
	}
	return out
}

// pagesOf names pages: page 3, or pages 1, 4–6.
func pagesOf(pages []int) string {
	pages = slices.Compact(slices.Sorted(slices.Values(pages)))
	var parts []string
	for i := 0; i < len(pages); {
		j := i
		for j+1 < len(pages) && pages[j+1] == pages[j]+1 {
			j++
		}
		switch {
		case j == i:
			parts = append(parts, strconv.Itoa(pages[i]))
		case j == i+1:
			parts = append(parts, strconv.Itoa(pages[i]), strconv.Itoa(pages[j]))
		default:
			parts = append(parts, fmt.Sprintf("%d–%d", pages[i], pages[j]))
		}
		i = j + 1
	}
	if len(parts) > 12 {
		parts = append(parts[:12], "…")
	}
	if len(pages) == 1 {
		return "page " + parts[0]
	}
	return "pages " + strings.Join(parts, ", ")
}

// warnOfProposal tells what words cannot be found.
func (a *app) warnOfProposal(p *publication.Proposed, f redactFlags) {
	switch {
	case len(p.Unread) > 0 && f.ocr && !pdftext.HasOCR():
		a.note("note: words in pictures were not looked for (%s): tesseract, which reads them, is not installed; look at these pages, and "+
			"cover places with --box", pagesOf(p.Unread))
	case len(p.Unread) > 0:
		a.note("note: words in pictures were not looked for (%s): look at these pages, and cover places with --box", pagesOf(p.Unread))
	case len(p.Unsure) > 0:
		a.note("note: pictures were read by tesseract (%s), which misses words: look at these pages, and cover places with --box",
			pagesOf(p.Unsure))
	}
	if len(p.Malformed) > 0 {
		a.note("note: the text does not say which characters it has (%s): look at these pages, and cover places with --box",
			pagesOf(p.Malformed))
	}
}

func proposalJSON(p *publication.Proposed, place string) map[string]any {
	boxes := []map[string]any{}
	for _, b := range p.Boxes {
		boxes = append(boxes, map[string]any{"page": b.Page, "x": b.Place.X0, "y": b.Place.Y0, "width": b.Place.X1 - b.Place.X0,
			"height": b.Place.Y1 - b.Place.Y0, "found": b.How, "word": b.Word})
	}
	list := func(pages []int) []int { return append([]int{}, pages...) }
	return map[string]any{"id": p.File.Request.ID, "file": p.File.Name, "pages": p.Pages, "boxes": boxes,
		"not_found": append([]string{}, p.Unfound...), "pictures_not_read": list(p.Unread), "pictures_unsure": list(p.Unsure),
		"without_text": list(p.Textless), "unknown_characters": list(p.Malformed), "proposal": place}
}

// showRedacted says what copy was made.
func (a *app) showRedacted(w *workspace.Workspace, made *publication.Applied, asJSON bool) error {
	place := w.Path(made.File.Request.Folder + "/" + made.Copy.Name)
	if asJSON {
		return a.json(map[string]any{"id": made.File.Request.ID, "event": made.Event.Seq, "path": place, "sha256": made.Copy.SHA256,
			"size": made.Copy.Size, "of": made.File.Name, "of_sha256": made.File.SHA256, "pages": made.Pages, "boxes": made.Boxes,
			"words": made.Words, "unseen_words_left_out": made.Unseen, "words_left": len(made.Left)})
	}
	fmt.Fprintln(a.out, cell(place))
	a.wrapped("", fmt.Sprintf("%s, %s covered. Checked: nothing is below the boxes, and nothing is left of the original but what one sees.",
		remedy.Counted(made.Pages, "page"), plural(made.Boxes, "place", "places")))
	if made.Unseen > 0 {
		a.note("note: %s that nobody sees on the pages %s left out of the text", plural(made.Unseen, "word", "words"),
			map[bool]string{true: "is", false: "are"}[made.Unseen == 1])
	}
	if len(made.Left) > 0 {
		a.note("note: %s of the list can be read, since the proposal does not cover them", plural(len(made.Left), "word", "words"))
	}
	if len(made.Pictures) > 0 && made.Words == 0 {
		a.note("note: the pages are pictures without text, so the copy cannot be searched")
	}
	a.note("note: read the copy before you publish it: foia does not know what a page shows or whom a reader recognizes")
	return nil
}

// offerReceived offers the PDFs that came with the request that is named.
func offerReceived(a *app, typed typedSoFar) ([]cobra.Completion, cobra.ShellCompDirective) {
	var out []cobra.Completion
	if len(typed.args) > 0 {
		a.peek(typed, func(ctx context.Context, _ *workspace.Workspace, log *store.Log) error {
			r, events, err := logbook.Request(logbook.Within(ctx, log), typed.args[0])
			if err != nil {
				return err
			}
			files, err := publication.Files(r, events)
			for _, f := range files {
				if strings.HasPrefix(f.Number(), typed.begins) {
					out = append(out, cobra.CompletionWithDesc(f.Number(), f.Called()))
				}
			}
			return err
		})
	}
	return only(out)
}
