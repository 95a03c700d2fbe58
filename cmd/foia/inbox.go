package main

import (
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"foia/internal/disk"
	"foia/internal/docket"
	"foia/internal/inbox"
	"foia/internal/logbook"
	"foia/internal/pdftext"
	"foia/internal/remedy"
	"foia/internal/reply"
	"foia/internal/workspace"
)

// inboxFlags are the flags of foia inbox.
type inboxFlags struct {
	json, dryRun bool
	on, accept   string
}

// What may be recorded without a question.
const (
	acceptAll     = "all"
	acceptCertain = "certain"
)

func newInboxCommand(a *app) *cobra.Command {
	var f inboxFlags
	cmd := &cobra.Command{
		Use:   "inbox FILE …",
		Short: "Read what agencies wrote back, and propose what to record",
		Long: "Reads messages (.eml, a mailbox, a Maildir) and letters as text or PDF, finds\n" +
			"the request that each is about, and proposes events for the log: each detail\n" +
			"with the words that it rests on and the line where they stand. In a terminal, it\n" +
			"asks for each message whether to record them. Nothing is recorded without a yes;\n" +
			"what is, is kept with the message itself and the files that came with it.\n\n" +
			"A request is found by its tracking number, by our own number, by the address, or\n" +
			"by words of its subject from the office's own domain. Where several fit, it says\n" +
			"so and proposes nothing to record. A bounce, an automatic reply and a message\n" +
			"that looks forged are shown, and nothing is proposed. PDFs are read in a\n" +
			"sandbox; the first one takes some seconds, while its reader is made ready. Of\n" +
			"pages that are pictures, nothing is read, and that is said.\n\n" +
			"In a script: --dry-run shows and records nothing; --accept certain records only\n" +
			"what stands word for word in a message whose request is known; --accept all\n" +
			"records whatever can be.",
		Example: "  foia inbox reply.eml --dry-run\n  foia inbox Maildir --json --dry-run\n  foia inbox reply.eml --accept certain",
		Args:    cobra.MinimumNArgs(1),
		RunE:    func(cmd *cobra.Command, args []string) error { return a.runInbox(cmd, args, f) },
	}
	flags := cmd.Flags()
	flags.BoolVar(&f.json, "json", false, "print an array with an object for each message; needs --dry-run or --accept")
	flags.BoolVar(&f.dryRun, "dry-run", false, "show what was read, and record nothing")
	flags.StringVar(&f.on, "on", "", "the `day` on which they came, where a message does not say it")
	flags.StringVar(&f.accept, "accept", "", "record without asking: certain or all (`what`)")
	return cmd
}

func (a *app) runInbox(cmd *cobra.Command, paths []string, f inboxFlags) error {
	switch {
	case f.accept != "" && f.accept != acceptAll && f.accept != acceptCertain:
		return remedy.Misuse("--accept: “"+f.accept+"” is neither certain nor all", "write --accept certain, or leave it out to be asked")
	case f.accept != "" && f.dryRun:
		return remedy.Misuse("--accept records, and --dry-run does not", "leave one of them out")
	case f.accept == "" && !f.dryRun && (f.json || !a.terminal()):
		return remedy.Misuse("there is no terminal to ask in what to record", "look with --dry-run, or add --accept certain")
	}
	for _, path := range paths {
		if _, err := os.Stat(path); path != "-" && err != nil {
			return remedy.Misuse("it cannot be read: "+workspace.Reason(err)+" ("+path+")",
				"give the path of a message, a mailbox or a folder")
		}
	}
	w, err := a.workspace()
	if err != nil {
		return err
	}
	book := a.book(w)
	pdf := pdftext.New(cacheFolder())
	defer pdf.Close() // it read only
	reader := &inbox.Reader{Book: book, PDF: pdf}
	if f.on != "" {
		if reader.On, err = a.readDay("--on", f.on); err != nil {
			return err
		}
	}
	shown, all := 0, []any{}
	for _, path := range paths {
		for item, err := range a.messages(cmd, reader, path) {
			if err != nil {
				return err
			}
			if err := a.sendsElsewhere(w, &item); err != nil {
				return err
			}
			done, err := a.takeMessage(cmd, book, &item, f, shown)
			if err != nil {
				return err
			}
			shown++
			if f.json {
				all = append(all, messageAsJSON(item, done))
			}
		}
	}
	if f.json {
		return a.json(all)
	}
	if shown == 0 {
		fmt.Fprintln(a.out, "There is no message.")
	}
	return nil
}

// cacheFolder is where what may be made anew at any time is kept; empty where the system has no such place.
func cacheFolder() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "foia")
}

func (a *app) messages(cmd *cobra.Command, r *inbox.Reader, path string) iter.Seq2[inbox.Item, error] {
	if path == "-" {
		return r.ReadFrom(cmd.Context(), a.in, "-")
	}
	return r.Read(cmd.Context(), path)
}

// sendsElsewhere looks up the offices to which a letter refers a request.
func (a *app) sendsElsewhere(w *workspace.Workspace, item *inbox.Item) error {
	for i := range item.Entries {
		e := &item.Entries[i]
		office, err := referredTo(w, e.Entry.Event)
		switch {
		case err != nil && remedy.IsMisuse(err):
			e.Why = err
		case err != nil:
			return err
		default:
			e.Entry.To = office
		}
	}
	return nil
}

// takeMessage shows a message, and records what is agreed to. done are the events that were recorded.
func (a *app) takeMessage(cmd *cobra.Command, book *logbook.Book, item *inbox.Item, f inboxFlags, n int) (done []docket.Event, err error) {
	if !f.json {
		if n > 0 {
			fmt.Fprintln(a.out)
		}
		a.showMessage(item)
	}
	entries := recordable(item, f.accept == acceptCertain)
	if f.dryRun || len(entries) == 0 || item.Recorded != "" {
		return nil, nil
	}
	if f.accept == "" {
		question := "Record this?"
		if len(entries) > 1 {
			question = "Record these " + remedy.Counted(len(entries), "event") + "?"
		}
		if agreed, err := a.confirm(question); err != nil || !agreed {
			return nil, err
		}
	}
	return a.recordMessage(cmd, book, item, entries, f)
}

// recordable are the entries of a message that can be recorded.
func recordable(item *inbox.Item, certain bool) (out []logbook.Entry) {
	for _, e := range item.Entries {
		if e.Entry.Request != "" && e.Why == nil && !e.Before && (!certain || e.Certain()) {
			out = append(out, e.Entry)
		}
	}
	return out
}

// recordMessage records entries with the message that they rest on, all or none.
func (a *app) recordMessage(cmd *cobra.Command, book *logbook.Book, item *inbox.Item, entries []logbook.Entry, f inboxFlags) (
	done []docket.Event, err error) {
	paths, clear, err := disk.Spread(filesOf(item))
	if err != nil {
		return nil, fmt.Errorf("the message cannot be kept: %w", err)
	}
	defer func() { err = errors.Join(err, clear()) }()
	entries[0].Attach = paths
	would, err := book.WouldRecordEach(cmd.Context(), entries)
	if err != nil {
		return nil, err
	}
	recorded, err := book.RecordEach(cmd.Context(), entries, would)
	if err != nil {
		return nil, err
	}
	for _, r := range recorded.Refused {
		return nil, r.Err
	}
	for _, one := range recorded.Events {
		done = append(done, one.Event)
		if !f.json {
			a.wrappedAfter(fmt.Sprintf("%s, event %d: ", one.Request.ID, one.Event.Seq), "  ",
				string(one.Event.Kind)+" on "+one.Event.On.Long()+eventDetail(one.Event))
		}
	}
	return done, nil
}

// filesOf are a message and the files that came with it, under the names that they have.
func filesOf(item *inbox.Item) (files []disk.Named) {
	if item.Message == nil {
		name := filepath.Base(item.File)
		if name == "-" {
			name = "letter.txt"
		}
		return []disk.Named{{Name: name, Data: item.Data}}
	}
	files = []disk.Named{{Name: "message.eml", Data: item.Data}}
	for _, p := range item.Message.Parts {
		files = append(files, disk.Named{Name: p.Name, Data: p.Data})
	}
	return files
}

// showMessage prints what was read of a message.
func (a *app) showMessage(item *inbox.Item) {
	a.wrapped("", clean(item.File)+": "+string(item.Kind))
	if m := item.Message; m != nil {
		letter := m.Letter()
		from := letter.From.Address
		if letter.From.Name != "" {
			from = letter.From.Name + " <" + from + ">"
		}
		a.wrappedAfter("  from ", "       ", clean(from))
		a.wrappedAfter("  subject ", "          ", clean(letter.Subject))
	}
	switch {
	case item.Match.Request != "":
		a.wrappedAfter("  about ", "        ", item.Match.Request+", "+clean(item.Match.How))
	case item.Kind != inbox.Unreadable:
		hint := "  about no request of this log"
		if n := item.Reading.Hint.Tracking; n != "" {
			hint += "; it names " + clean(n)
		}
		a.wrapped("", hint)
	}
	if item.Recorded != "" {
		a.wrapped("  ", "recorded already: "+item.Recorded)
	}
	for _, e := range item.Entries {
		a.showEntry(e)
	}
	for _, n := range item.Notes {
		a.wrappedAfter("  note: ", "        ", clean(n))
	}
}

// showEntry prints a proposal with the words that each of its details rests on.
func (a *app) showEntry(e inbox.Entry) {
	state := ""
	switch {
	case e.Before:
		state = " (in the log already)"
	case e.Why != nil:
		state = " (cannot be recorded so)"
	}
	day := "on a day that is not known"
	if !e.On.IsZero() {
		day = "on " + e.On.Long()
	}
	a.wrapped("  ", string(e.Kind)+" "+day+state)
	if p, ok := e.Words["event"]; ok {
		a.wrappedAfter("      ", "      ", where(p))
	}
	for _, name := range detailNames(e.Proposal) {
		a.wrappedAfter("    "+name+" ", "      ", clean(e.Data[name])+"  "+where(e.Words[name])+reckoned(e.Derived[name]))
	}
	for _, open := range e.Open {
		a.wrappedAfter("    open: ", "      ", clean(open))
	}
	if e.Why != nil {
		a.wrappedAfter("    not so: ", "      ", a.words(e.Why.Error()))
	}
}

func reckoned(how string) string {
	if how == "" {
		return ""
	}
	return ", reckoned: " + how
}

// detailNames are the details of a proposal, in the order that its kind has them.
func detailNames(p reply.Proposal) (out []string) {
	spec, _ := docket.SpecOf(p.Kind)
	for _, d := range spec.Details {
		if p.Data[d.Name] != "" {
			out = append(out, d.Name)
		}
	}
	return out
}

// where are words with their place.
func where(p reply.Passage) string {
	place := fmt.Sprintf("line %d", p.Line)
	if p.Part != "" {
		place += " of " + clean(p.Part)
	}
	if p.Scanned {
		place += ", read from a picture"
	}
	words := []rune(clean(p.Words))
	if len(words) > mostWords {
		words = append(words[:mostWords], '…')
	}
	return "“" + string(words) + "” (" + place + ")"
}

// mostWords is how many characters of a passage are shown.
const mostWords = 160

// messageAsJSON is a message for other programs.
func messageAsJSON(item inbox.Item, done []docket.Event) map[string]any {
	events := []map[string]any{}
	for _, e := range item.Entries {
		one := map[string]any{"event": string(e.Kind), "words": e.Words}
		if !e.On.IsZero() {
			one["on"] = e.On.String()
		}
		for k, v := range e.Data {
			one[k] = v
		}
		if e.Request != "" {
			one["request"] = e.Request
		}
		if len(e.Derived) > 0 {
			one["reckoned"] = e.Derived
		}
		if len(e.Open) > 0 {
			one["open"] = e.Open
		}
		if e.Why != nil {
			one["refused"] = e.Why.Error()
		}
		if e.Before {
			one["recorded_before"] = true
		}
		one["certain"] = e.Certain()
		events = append(events, one)
	}
	null := func(s string) any {
		if s == "" {
			return nil
		}
		return s
	}
	h := item.Reading.Hint
	return map[string]any{"file": item.File, "kind": item.Kind, "sha256": item.Hash, "request": null(item.Match.Request),
		"hint":   map[string]any{"tracking": null(h.Tracking), "subject": null(h.Subject), "our_ref": null(h.OurRef)},
		"events": events, "notes": append([]string{}, item.Notes...), "recorded": slices.Concat([]docket.Event{}, done)}
}
