package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"foia/internal/agency"
	"foia/internal/disk"
	"foia/internal/docket"
	"foia/internal/inbox"
	"foia/internal/lazy"
	"foia/internal/logbook"
	"foia/internal/pdftext"
	"foia/internal/remedy"
	"foia/internal/workspace"
)

// inboxFlags are the flags of foia inbox.
type inboxFlags struct {
	json, dryRun bool
	on, accept   string
	imap         imapFlags
}

// What may be recorded without a question.
const (
	acceptAll     = "all"
	acceptCertain = "certain"
)

func newInboxCommand(a *app) *cobra.Command {
	var f inboxFlags
	cmd := &cobra.Command{
		Use:   "inbox [FILE …]",
		Short: "Read what agencies wrote back, and propose what to record",
		Long: "Reads messages (.eml, a mailbox, a Maildir) and letters as text or PDF, finds\n" +
			"the request that each is about, and proposes events for the log: each detail\n" +
			"with the words that it rests on and the line where they stand. In a terminal, it\n" +
			"goes through them: it shows what would change, and you record, change or leave\n" +
			"each. Nothing is recorded without a yes; what is, is kept with the message and\n" +
			"the files that came with it.\n\n" +
			"A request is found by the message of yours that was answered, by its tracking\n" +
			"number, by our own number, by the address, or by words of its subject from the\n" +
			"office's own domain. Where several fit, you are asked. A bounce, an automatic\n" +
			"reply and a message that looks forged are shown, and none of their words count.\n" +
			"PDFs are read in a sandbox; the first one takes some seconds, while its reader\n" +
			"is made ready. Pages that are pictures are read by tesseract, if it is\n" +
			"installed, and what rests on them is marked.\n\n" +
			"What fits no request, and what you leave for later, waits in the folder inbox/.\n" +
			"Without FILE, foia inbox lists what waits, and goes through it. Messages of a\n" +
			"mailbox that have nothing to do with requests are counted and not kept.\n\n" +
			"In a script: --dry-run shows and records nothing; --accept certain records only\n" +
			"what stands word for word in a message whose request is known; --accept all\n" +
			"records whatever can be. The rest waits.\n\n" +
			"--imap reads what is new in the mailbox that foia.yaml names (imap: with host\n" +
			"and user) and changes nothing there; no other command connects to that server.\n" +
			"The password is asked for, or taken from FOIA_IMAP_PASSWORD or from the file\n" +
			"that FOIA_IMAP_PASSFILE names.",
		Example: "  foia inbox reply.eml --dry-run\n  foia inbox Maildir --json --dry-run\n  foia inbox reply.eml --accept certain\n" +
			"  foia inbox",
		Args: inboxWords(&f.imap),
		RunE: func(cmd *cobra.Command, args []string) error { return a.runInbox(cmd, args, f) },
	}
	flags := cmd.Flags()
	flags.BoolVar(&f.json, "json", false, "print an array with an object for each message; needs --dry-run or --accept")
	flags.BoolVar(&f.dryRun, "dry-run", false, "show what was read, and record nothing")
	flags.StringVar(&f.on, "on", "", "the `day` on which they came, where a message does not say it")
	flags.StringVar(&f.accept, "accept", "", "record without asking: certain or all (`what`)")
	f.imap.add(flags)
	return cmd
}

// check refuses flags that do not go together.
func (f inboxFlags) check(a *app, paths []string) error {
	switch {
	case f.accept != "" && f.accept != acceptAll && f.accept != acceptCertain:
		return remedy.Misuse("--accept: “"+f.accept+"” is neither certain nor all", "write --accept certain, or leave it out to be asked")
	case f.accept != "" && f.dryRun:
		return remedy.Misuse("--accept records, and --dry-run does not", "leave one of them out")
	case f.accept == "" && !f.dryRun && (f.json || !a.terminal() && (len(paths) > 0 || f.imap.on)):
		return remedy.Misuse("there is no terminal to ask in what to record", "look with --dry-run, or add --accept certain")
	}
	for _, path := range paths {
		if _, err := os.Stat(path); path != "-" && err != nil {
			return remedy.Misuse("it cannot be read: "+workspace.Reason(err)+" ("+path+")",
				"give the path of a message, a mailbox or a folder")
		}
	}
	return nil
}

func (a *app) runInbox(cmd *cobra.Command, paths []string, f inboxFlags) error {
	if err := f.check(a, paths); err != nil {
		return err
	}
	w, err := a.workspace()
	if err != nil {
		return err
	}
	pdf := pdftext.New(cacheFolder())
	defer pdf.Close() // it read only
	s := &sorting{a: a, cmd: cmd, w: w, flags: f, reader: &inbox.Reader{Book: a.book(w), PDF: pdf,
		Offices: func() (*agency.Directory, error) { return directory(w) }}}
	if f.on != "" {
		if s.reader.On, err = a.readDay("--on", f.on); err != nil {
			return err
		}
	}
	given := len(paths) > 0 || f.imap.on
	if !w.HasLog() && !f.dryRun && given {
		return remedy.Misuse("this folder has no requests yet, so no answer can be recorded",
			"look with --dry-run, or make a request first: foia new")
	}
	server, err := a.mailbox(cmd.Context(), w, s.reader.Book, f)
	if err != nil {
		return err
	}
	defer a.closeForm()
	if !given {
		if goOn, err := s.listWaiting(); err != nil || !goOn {
			return err
		}
		err = s.each(s.reader.Waiting(cmd.Context()), false)
	}
	for _, path := range paths {
		if err == nil {
			a.noteLink(path)
			err = s.each(a.messages(cmd, s.reader, path), isFile(path))
		}
	}
	if err == nil {
		err = server.take(cmd.Context(), s.reader, func(all iter.Seq2[inbox.Item, error]) error { return s.each(all, false) })
	}
	if errors.Is(err, errStopSorting) {
		err = nil
	}
	if given && err == nil && s.shown+s.foreign == 0 && !f.json {
		fmt.Fprintln(a.out, server.nothing())
	}
	return errors.Join(err, s.end())
}

// isFile tells whether a path is one file, which somebody named; what lies in a folder was not named.
func isFile(path string) bool {
	info, err := os.Stat(path)
	return path == "-" || err == nil && info.Mode().IsRegular()
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

// sorting goes through messages.
type sorting struct {
	a      *app
	cmd    *cobra.Command
	w      *workspace.Workspace
	flags  inboxFlags
	reader *inbox.Reader

	all     []json.RawMessage // for other programs
	shown   int
	foreign int // that have nothing to do with requests
	waiting int // that were put to wait
}

// errStopSorting ends the way through the messages.
const errStopSorting = lazy.Failure("stopped by the user")

// each goes through messages. Of those in a folder or a mailbox that nobody named one by one, what has nothing to do
// with requests is only counted.
func (s *sorting) each(messages iter.Seq2[inbox.Item, error], named bool) error {
	for item, err := range messages {
		if err != nil {
			return err
		}
		if item.Many() || !named {
			if !item.Concerns() && !s.reader.Waits(&item) && !s.flags.json && item.Kind != inbox.Unreadable {
				s.foreign++
				continue
			}
		}
		if err := s.take(&item); err != nil {
			return err
		}
	}
	return nil
}

// end says what came of all messages.
func (s *sorting) end() error {
	a := s.a
	a.closeForm()
	if s.flags.json {
		return a.jsonList(s.all)
	}
	if s.shown > 0 && s.foreign+s.waiting > 0 {
		fmt.Fprintln(a.out)
	}
	if s.foreign > 0 {
		fmt.Fprintf(a.out, "%s to do with no request.\n", plural(s.foreign, "message has", "messages have"))
	}
	if s.waiting > 0 {
		fmt.Fprintf(a.out, "%s in %s/: foia inbox\n", plural(s.waiting, "message waits", "messages wait"), workspace.InboxDir)
	}
	return nil
}

// take shows a message, and records what is agreed to.
func (s *sorting) take(item *inbox.Item) error {
	var done []docket.Event
	var err error
	switch f := s.flags; {
	case f.dryRun:
		s.show(item)
	case f.accept != "":
		s.show(item)
		done, err = s.accept(item)
	default:
		s.shown++
		return s.lead(item)
	}
	if s.flags.json {
		one, wrong := jsonOf(messageAsJSON(*item, done)) // as bytes, it holds nothing of the message any longer
		s.all, err = append(s.all, one), errors.Join(err, wrong)
	}
	return err
}

func (s *sorting) show(item *inbox.Item) {
	if s.flags.json {
		return
	}
	if s.shown++; s.shown > 1 {
		fmt.Fprintln(s.a.out)
	}
	s.a.showMessage(item)
}

// accept records what may be recorded without a question; what is left of the message waits.
func (s *sorting) accept(item *inbox.Item) (done []docket.Event, err error) {
	var entries []logbook.Entry
	left := item.Match.Request == "" || len(item.Entries) == 0
	for _, e := range item.Entries {
		switch {
		case e.Before:
		case e.Records() && (s.flags.accept == acceptAll || e.Certain()):
			entries = append(entries, e.Entry)
		default:
			left = true
		}
	}
	if len(entries) > 0 {
		recorded, err := s.record(item, entries)
		if err != nil {
			return nil, err
		}
		for _, one := range recorded.Events {
			done = append(done, one.Event)
		}
		if !s.flags.json {
			err = s.showDone(recorded)
		}
		if err != nil {
			return done, err
		}
	}
	if left && item.Recorded == "" {
		return done, s.wait(item)
	}
	if len(done) == 0 && item.Recorded == "" { // it tells what the log has, but nothing keeps it yet
		return done, nil
	}
	return done, s.reader.Done(s.cmd.Context(), item)
}

// wait keeps a message until somebody says what it is. What no person has to look at does not wait.
func (s *sorting) wait(item *inbox.Item) error {
	if item.Kind == inbox.AutoReply || item.Kind == inbox.Suspicious || item.Kind == inbox.Unreadable || s.reader.Waits(item) {
		return nil
	}
	_, err := s.reader.Wait(s.cmd.Context(), item)
	if err == nil {
		s.waiting++
	}
	return err
}

// record records entries with the message that they rest on, all or none.
func (s *sorting) record(item *inbox.Item, entries []logbook.Entry) (recorded logbook.RecordedEach, err error) {
	paths, clear, err := disk.Spread(filesOf(item))
	if err != nil {
		return recorded, fmt.Errorf("the message cannot be kept: %w", err)
	}
	defer func() { err = errors.Join(err, clear()) }()
	entries = slices.Clone(entries)
	with := map[string]bool{}
	for i, e := range entries { // each event has the message, and the first of a request what came with it
		entries[i].Attach = paths
		if with[e.Request] {
			entries[i].Attach = paths[:1]
		}
		with[e.Request] = true
	}
	book := s.reader.Book
	would, err := book.WouldRecordEach(s.cmd.Context(), entries)
	if err != nil {
		return recorded, err
	}
	if recorded, err = book.RecordEach(s.cmd.Context(), entries, would); err != nil {
		return recorded, err
	}
	for _, r := range recorded.Refused {
		return recorded, r.Err
	}
	return recorded, nil
}

// showDone prints what was recorded, and how the requests stand now.
func (s *sorting) showDone(recorded logbook.RecordedEach) error {
	var ids []string
	for _, one := range recorded.Events {
		s.a.wrappedAfter(fmt.Sprintf("%s, event %d: ", one.Request.ID, one.Event.Seq), "  ",
			string(one.Event.Kind)+" on "+one.Event.On.Long()+eventDetail(one.Event))
		if !slices.Contains(ids, one.Request.ID) {
			ids = append(ids, one.Request.ID)
		}
	}
	for _, id := range ids {
		p, state, err := s.reader.Book.Proposes(s.cmd.Context(), logbook.Entry{Request: id})
		if err != nil {
			return err
		}
		s.a.showState(p.Request, state)
	}
	return nil
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
