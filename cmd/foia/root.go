package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"os/user"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"foia/internal/agency"
	"foia/internal/desktop"
	"foia/internal/law"
	"foia/internal/letter"
	"foia/internal/logbook"
	"foia/internal/preflight"
	"foia/internal/press"
	"foia/internal/remedy"
	"foia/internal/store"
	"foia/internal/terminal"
	"foia/internal/workday"
	"foia/internal/workspace"
	"foia/internal/yamltext"
	"foia/templates"
)

// The rules of speaking to the user:
//
//   - What a command was asked for goes to standard output, everything else to
//     standard error. With --json, standard output holds JSON and nothing else.
//   - An error is one line, "foia: error: WHAT (WHERE)", and one more,
//     "foia: hint: WHAT TO DO". Lower case, no full stop, no stack trace.
//   - The exit code is 0 for done, 1 for failed or done in part, 2 for wrong usage,
//     3 if the preflight found an error or no row of a list passed.
//   - What cannot be written to standard output is an error of the command, unless
//     nobody reads it any more.
//   - Nothing is asked unless a terminal is there to answer.
//   - What came from a file, a flag or the log is printed without control
//     characters.

const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
	exitFound  = 3
)

// app is what every command shares: where to read and write, the clock, and whose
// hand it is.
type app struct {
	in  io.Reader
	out io.Writer
	err io.Writer
	now func() time.Time
	who func() (name, machine string) // enters events

	desktop desktop.Desk // the user's; nil: none

	shown   bool // results are set as for a terminal
	columns int  // how wide results are printed; 0: as the terminal is

	dir    string // of the workspace
	dirSet bool   // the user named it

	sends    bool // foia.yaml names a mail server for sending
	dayNamed bool // with --on; or the command has no day that anything is counted from
	ctx      context.Context

	form *terminal.Form // in which questions are asked; nil: none is open

	stamped   string            // when the command ran, once it was asked for
	closing   []func() error    // what is open until the command ends
	passwords map[string]string // that were typed for databases, in memory alone
}

// run executes one command line and returns the exit code.
func run(args []string, a *app) int {
	a.speak()
	root := newRootCommand(a)
	if completing(args) {
		a.completeWords(root)
	}
	root.SetArgs(args)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := root.ExecuteContext(ctx)
	if closing := a.close(); closing != nil {
		err = errors.Join(err, closing)
	}
	return a.end(err)
}

// end tells how a command ended, and returns the exit code.
func (a *app) end(err error) int {
	lost := a.lost()
	switch {
	case lost != nil && nobodyReads(lost):
		return exitFailed
	case lost != nil && (err == nil || errors.Is(err, errors.Unwrap(lost))):
		return a.report(lost)
	case lost != nil:
		a.report(err)
		return a.report(lost)
	case err != nil:
		return a.report(err)
	}
	return exitDone
}

func newRootCommand(a *app) *cobra.Command {
	root := &cobra.Command{
		Use:   "foia",
		Short: "Make solid public-records requests and track every deadline",
		Long: "Make solid public-records requests and track every deadline. foia fills a\n" +
			"request template, checks it against the law and the agency's own rules, typesets\n" +
			"the letter, and keeps a log. It runs only on your machine; nothing leaves it\n" +
			"but by a command that says so. It is not legal advice.",
		Example: "  foia new irs-dhs-mou --sample     11 sample letters from a made-up requester\n" +
			"  foia init                         set up your name, address and signature\n" +
			"  foia new request --to irs         a request of your own\n" +
			"  foia due                          what is due, who owes it and why",
		Args: cobra.NoArgs,

		DisableFlagsInUseLine: true,
		RunE:                  func(cmd *cobra.Command, _ []string) error { return a.front(cmd) },
		Version:               version(),
		SilenceErrors:         true,
		SilenceUsage:          true,
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			a.ctx = cmd.Context()
			a.dirSet = cmd.Flags().Changed("workspace")
			on := cmd.Flags().Lookup("on")
			a.dayNamed = on == nil || on.Changed
			return missingFlag(cmd)
		},
	}
	root.SetIn(a.in)
	root.SetOut(a.out)
	root.SetErr(a.err)
	root.PersistentFlags().StringVarP(&a.dir, "workspace", "w", ".", "the `folder` with the log and the letters")
	root.SetFlagErrorFunc(wrongFlag)
	root.AddCommand(newNewCommand(a), newEditCommand(a), newDiscardCommand(a), newUndoCommand(a), newInitCommand(a),
		newCheckCommand(a), newLogCommand(a), newShowCommand(a),
		newRecordCommand(a), newInboxCommand(a), newImportCommand(a),
		newAssignCommand(a), newTagCommand(a), newPrivateCommand(a), newPublicCommand(a),
		newLetterCommand(a), newPaperCommand(a), newSendCommand(a), newPacketCommand(a), newRedactCommand(a),
		newBatchCommand(a), newCampaignCommand(a), newReportCommand(a),
		newDueCommand(a),
		newNextCommand(a), newExplainCommand(a),
		newVerifyCommand(a), newSealCommand(a), newFetchCommand(a), newBackupCommand(a), newRestoreCommand(a), newDBCommand(a),
		newTemplateCommand(a), newSubjectCommand(a), newRecordsCommand(a), newAgencyCommand(a),
		newLawCommand(a), newVersionCommand(a), newOpenCommand(a), newCopyCommand(a), newServeCommand(a))
	a.arrangeHelp(root)
	checkUsage(root)
	return root
}

// report prints an error with its hint and returns the exit code.
func (a *app) report(err error) int {
	fmt.Fprintf(a.err, "foia: error: %s\n", clean(err.Error()))
	if hint := remedy.Of(err); hint != "" {
		fmt.Fprintf(a.err, "foia: hint: %s\n", clean(hint))
	}
	var refused *press.Refused
	var rows *rowsRejected
	switch {
	case errors.As(err, &refused) || errors.Is(err, errFindings) || errors.As(err, &rows) && rows.passed == 0:
		return exitFound
	case remedy.IsMisuse(err):
		return exitUsage
	}
	return exitFailed
}

// errFindings makes `foia check` exit with 3 after it has printed its findings.
var errFindings = errors.New("the preflight found errors")

func (a *app) workspace() (*workspace.Workspace, error) {
	w, err := workspace.Open(a.dir)
	if err != nil {
		return nil, err
	}
	w.Notice = func(text string) { a.note("note: %s", text) }
	w.Password = a.passwordAsker()
	return w, nil
}

// passwordAsker asks in the terminal for a password, once a command; nil, if nobody is
// there.
func (a *app) passwordAsker() func(who, where string) (string, error) {
	if !a.terminal() {
		return nil
	}
	return func(who, where string) (string, error) {
		key := who + " " + where
		if typed, known := a.passwords[key]; known {
			return typed, nil
		}
		typed, err := a.askPassword(who, where)
		if err == nil {
			if a.passwords == nil {
				a.passwords = map[string]string{}
			}
			a.passwords[key] = typed
		}
		return typed, err
	}
}

// askPassword asks in the terminal, without showing what is typed.
func (a *app) askPassword(who, where string) (string, error) {
	return a.face().Password(a.context(), fmt.Sprintf("Password of %s (%s): ", who, where))
}

// context ends when the user interrupts the command.
func (a *app) context() context.Context { return a.ctx }

// today is the day on this machine's calendar.
func (a *app) today() workday.Date { return workday.DateOf(a.now()) }

// on reads the flag --on, whose default is today.
func (a *app) on(s string) (workday.Date, error) { return a.readDay("--on", s) }

// library holds the built-in templates, under those of the user.
func library(w *workspace.Workspace) *letter.Library {
	own := os.DirFS(w.Path(workspace.TemplatesDir))
	return letter.NewLibrary(own, templates.Files)
}

// directory holds the embedded offices, and those of the user.
func directory(w *workspace.Workspace) (*agency.Directory, error) {
	d, err := agency.Embedded()
	if err != nil || !w.Exists(workspace.OfficesFile) {
		return d, err
	}
	raw, err := yamltext.ReadFile(w.Path(workspace.OfficesFile))
	if err != nil {
		return nil, fmt.Errorf("your offices cannot be read: %w", err)
	}
	d, err = d.WithUser(raw, workspace.OfficesFile)
	if err == nil && d.Dropped() != "" && w.Notice != nil {
		w.Notice(d.Dropped())
	}
	return d, err
}

// readAhead starts reading the built-in data that making a letter needs. Each is
// read once, whoever asks first, and none needs another; with two cores this
// takes a third off the time of a letter. Errors come to whoever asks.
func readAhead() {
	go func() { _, _ = agency.Embedded() }()
	go func() { _, _ = law.LoadFederal() }()
	go preflight.ReadAhead()
}

// stock gathers what letters are made with in a folder.
func stock(w *workspace.Workspace) (*press.Stock, error) {
	offices, err := directory(w)
	if err != nil {
		return nil, err
	}
	return press.NewStock(w, library(w), offices)
}

// openStock opens the folder and gathers what letters are made with in it. What is large is
// read meanwhile.
func (a *app) openStock() (*workspace.Workspace, *press.Stock, error) {
	readAhead()
	w, err := a.workspace()
	if err != nil {
		return nil, nil, err
	}
	s, err := stock(w)
	return w, s, err
}

// book is the log of a folder for a command that writes into it: opened once, and closed when
// the command ends.
func (a *app) book(w *workspace.Workspace) *logbook.Book {
	by, machine := a.who()
	b := logbook.New(w, logbook.Writer{By: by, Machine: machine, Today: a.today(), Now: a.stamp(), AnyClock: a.dayNamed})
	a.closing = append(a.closing, b.Close)
	return b
}

// close closes what the command left open.
func (a *app) close() error {
	var errs []error
	for _, c := range a.closing {
		errs = append(errs, c())
	}
	a.closing = nil
	return errors.Join(errs...)
}

// read is the log of a book, for reading. A clock that it contradicts is told of.
func (a *app) read(cmd *cobra.Command, b *logbook.Book) (*store.Log, error) {
	log, err := b.Log(cmd.Context())
	if err == nil {
		a.doubtClock(cmd, b.Workspace, log)
	}
	return log, err
}

// doubtClock tells of a clock that the log contradicts. A log of which the last entry cannot be
// read is for others to tell of, foia verify above all.
func (a *app) doubtClock(cmd *cobra.Command, w *workspace.Workspace, log *store.Log) {
	if behind, err := logbook.Doubt(cmd.Context(), log, a.stamp()); err == nil && behind != nil {
		w.Tell(behind.Note())
	}
}

// stamp is the time of entry, for the log. It is one for all that a command writes, and finer than a second, so that no other
// command of the same person has it: foia undo tells by it what the last one wrote.
func (a *app) stamp() string {
	if a.stamped == "" {
		a.stamped = a.now().UTC().Truncate(time.Microsecond).Format(time.RFC3339Nano)
	}
	return a.stamped
}

// account is who runs this program, and where.
func account() (name, machine string) { return userName(), machineName() }

// userName is who enters events: the name of the account on this machine.
func userName() string {
	if u, err := user.Current(); err == nil {
		return accountName(u.Username)
	}
	return os.Getenv(accountVariable)
}

// machineName is the machine on which events are entered, as it calls itself.
func machineName() string {
	name, err := os.Hostname()
	if err != nil {
		return "" // unknown: the log then says no machine
	}
	return name
}
