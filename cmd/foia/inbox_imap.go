package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"foia/internal/imap"
	"foia/internal/inbox"
	"foia/internal/logbook"
	"foia/internal/remedy"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// imapFlags are the flags of foia inbox that are about the mail server.
type imapFlags struct {
	on    bool
	since string
}

func (f *imapFlags) add(flags *pflag.FlagSet) {
	flags.BoolVar(&f.on, "imap", false, "read from the mail server in foia.yaml, too; the only flag that connects to it")
	flags.StringVar(&f.since, "since", "", "with --imap: read from this `day` on, also what was read before\n"+
		"(default: what is new; the first time, from the day of the oldest request sent)")
}

// inboxWords takes files, or none for those that wait.
func inboxWords(f *imapFlags) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if f.since != "" && !f.on {
			return remedy.Misuse("--since is about the mail server", "add --imap, or leave it out")
		}
		return cobra.ArbitraryArgs(cmd, args)
	}
}

// mailbox is the mail server's side of a run.
type mailbox struct {
	a       *app
	w       *workspace.Workspace
	account imap.Account
	due     imap.Due
	day     workday.Date // since when messages are due where no mark counts
	kept    readMail
	dryRun  bool
}

// mailbox makes sure that everything is known that reading from the mail server takes. Nothing is connected yet;
// nil without --imap.
func (a *app) mailbox(ctx context.Context, w *workspace.Workspace, book *logbook.Book, f inboxFlags) (*mailbox, error) {
	if !f.imap.on {
		return nil, nil
	}
	server := w.Config.Mail
	if !server.Named() {
		return nil, &remedy.Error{What: "imap: it names no mail server", Where: workspace.ConfigFile, Misuse: true,
			Do: "add imap: with host and user; `" + remedy.To(remedy.ShowSettings).String() + "` shows how"}
	}
	authority, err := w.MailAuthority()
	if err != nil {
		return nil, err
	}
	m := &mailbox{a: a, w: w, dryRun: f.dryRun}
	if m.kept, err = readReadMail(w); err != nil {
		return nil, err
	}
	if m.day, err = a.mailSince(ctx, book, f.imap.since); err != nil {
		return nil, err
	}
	m.account = imap.Account{Host: server.Host, User: server.User, Mailbox: server.Mailbox, Port: server.Port,
		Security: imap.Security(cmp.Or(server.Security, string(imap.TLS))), Authority: authority, Password: m.password}
	m.due = imap.Due{After: m.kept.mark(m.account), Since: m.day.Midnight(), Again: f.imap.since != ""}
	return m, nil
}

// mailSince is the day from which messages are due: the one that is named, or that of the oldest request.
func (a *app) mailSince(ctx context.Context, book *logbook.Book, named string) (workday.Date, error) {
	if named == "" {
		day, err := inbox.FirstSent(ctx, book)
		if err == nil && day.IsZero() {
			err = remedy.Misuse("no request in this log was sent, so no message can answer one",
				"record that a request was sent, or name a day with --since")
		}
		return day, err
	}
	day, err := a.readDay("--since", named)
	if err == nil && day.After(a.today()) {
		err = remedy.Misuse("--since: "+day.Long()+" is in the future", "name a day that has come")
	}
	return day, err
}

// password is that of the environment or of the file that it names; else somebody has to type it.
func (m *mailbox) password(where string) (string, error) {
	password, known, err := m.w.MailPassword()
	if known || err != nil {
		return password, err
	}
	if m.w.Password == nil {
		return "", remedy.Misuse("the mail server wants a password, and there is no terminal to ask in",
			"set "+workspace.MailPassword+" or "+workspace.MailPassfile)
	}
	return m.w.Password(m.account.User, where)
}

// take reads what is due, and keeps in mind how far what was taken goes. Without --imap there is nothing.
func (m *mailbox) take(ctx context.Context, r *inbox.Reader, take func(iter.Seq2[inbox.Item, error]) error) error {
	if m == nil {
		return nil
	}
	box, err := imap.Open(ctx, m.account)
	if err != nil {
		return err
	}
	defer box.Close()
	err = take(r.ReadEach(ctx, box.Messages(m.due)))
	m.tell(box)
	if m.dryRun {
		return err
	}
	return errors.Join(err, m.keep(context.WithoutCancel(ctx), box.Mark()))
}

// tell says what a person should know of the server besides its messages.
func (m *mailbox) tell(box *imap.Box) {
	if box.Renumbered {
		m.a.note("note: the mail server has numbered the messages of %s anew: all since %s are read again; what was recorded is recognized",
			clean(m.account.Mailbox), m.day.Long())
	}
	if box.Short > 0 {
		m.a.note("note: of %s, fewer bytes came than the mail server had announced; compare with your mail program if words are missing",
			remedy.Counted(box.Short, "message"))
	}
	if box.Waiting > 0 {
		more := fmt.Sprintf("%s on the mail server: run the command again to read more", remedy.Counted(box.Waiting, "more message"))
		m.a.note("note: %s", more)
	}
}

// nothing is what is said where no message came.
func (m *mailbox) nothing() string {
	if m == nil {
		return "There is no message."
	}
	return "There is no new message in " + clean(m.account.Mailbox) + " on " + clean(m.account.Host) + "."
}
