package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"foia/internal/campaign"
	"foia/internal/correspondence"
	"foia/internal/docket"
	"foia/internal/logbook"
	"foia/internal/post"
	"foia/internal/press"
	"foia/internal/remedy"
	"foia/internal/store"
	"foia/internal/terminal"
	"foia/internal/workspace"
)

// sendFlags are the flags of `foia send`.
type sendFlags struct {
	many                     manyFlags
	letter, rate, on, proof  string
	cc, attach               []string
	limit                    int
	yes, json, keep          bool
	itWent, itDidNot, resend bool
}

func newSendCommand(a *app) *cobra.Command {
	var f sendFlags
	cmd := &cobra.Command{
		Use:   "send ID…",
		Short: "Send letters by e-mail, each exactly once",
		Long: "Sends letters that go by e-mail through the mail server in foia.yaml (smtp:), to\n" +
			"the address frozen in each, with the letter attached as it was frozen. It shows\n" +
			"what goes to whom and asks first. Of a request whose letter was sent, it sends\n" +
			"the last follow-up letter that waits; --letter chooses another. --campaign sends\n" +
			"the requests of a campaign, or with --letter the follow-up letters of one kind.\n\n" +
			"The log knows what is being sent before the server is called, and what became of\n" +
			"it afterwards. If the connection is lost after the server had the whole message,\n" +
			"nobody knows whether it went out: that is shown everywhere, and the letter is\n" +
			"sent again only on your word: --it-went, --it-did-not or --again.\n\n" +
			"\"Sent\" means that your mail server took it, not that the agency has it. Delivery\n" +
			"notices come to your mailbox: foia inbox reads them.",
		Example: "  foia send 2026-0001 --dry-run\n" +
			"  foia send 2026-0001 --letter appeal --cc counsel@example.org\n" +
			"  foia send --campaign body-cameras --rate 20/h --limit 100\n" +
			"  foia send 2026-0001 --it-went --proof \"in my Sent folder\"",
		Args: func(cmd *cobra.Command, args []string) error { return f.check(cmd, args) },
		RunE: func(cmd *cobra.Command, args []string) error { return a.runSend(cmd, args, f) },
	}
	f.many.add(cmd, false)
	flags := cmd.Flags()
	flags.Lookup("dry-run").Usage = "only show what would be sent, and connect to nobody"
	flags.StringVar(&f.letter, "letter", "", "the follow-up letter to send, by its `kind` or its number in the log; or request")
	flags.StringSliceVar(&f.cc, "cc", nil, "send a copy to this `address`, such as your lawyer's; may be repeated")
	flags.StringSliceVar(&f.attach, "attach", nil, "attach this `file`, too, such as an enclosure; may be repeated")
	flags.StringVar(&f.rate, "rate", "", "how many letters go out in a time: `20/h`, 2/m or none\n"+
		"(default: as foia.yaml says, or "+workspace.DefaultRate+")")
	flags.IntVar(&f.limit, "limit", 0, "send at most `n` letters; run the command again for the rest (0: all)")
	flags.BoolVar(&f.itWent, "it-went", false, "say that a letter of which nobody knew went out: record it as sent")
	flags.BoolVar(&f.itDidNot, "it-did-not", false, "say that it did not go out: it may be sent again")
	flags.BoolVar(&f.resend, "again", false, "send the same message again, although it may have gone out")
	flags.StringVar(&f.on, "on", "", "with --it-went: the `date` it went out (default: that of the attempt)")
	flags.StringVar(&f.proof, "proof", "", "with --it-went or --it-did-not: how you know, a `text` for the log")
	flags.BoolVar(&f.keep, "keep-password", false, "keep the password you type in the keyring of your system")
	flags.BoolVarP(&f.yes, "yes", "y", false, "do not ask before sending")
	flags.BoolVar(&f.json, "json", false, "print the result as JSON")
	return cmd
}

// words is how many of the three words on an unclear letter are given.
func (f *sendFlags) words() (n int) {
	for _, given := range []bool{f.itWent, f.itDidNot, f.resend} {
		if given {
			n++
		}
	}
	return n
}

// check makes sure that the flags fit together.
func (f *sendFlags) check(cmd *cobra.Command, args []string) error {
	one := len(args) == 1 && f.many.campaign == ""
	switch {
	case f.many.campaign == "" && len(args) == 0:
		return remedy.Misuse("no request is named", "use: foia send ID, or foia send --campaign NAME")
	case f.many.campaign != "" && len(args) > 0:
		return remedy.Misuse("--campaign takes no ids", "name some of its requests with --only")
	case f.words() > 1:
		return remedy.Misuse("--it-went, --it-did-not and --again say different things", "choose one")
	case f.words() == 1 && !one:
		return remedy.Misuse("--it-went, --it-did-not and --again apply to one request at a time", "name one request")
	case f.words() == 1 && (f.many.dryRun || len(f.cc)+len(f.attach) > 0):
		return remedy.Misuse("what may have gone out is sent as it was, or not at all", "leave --dry-run, --cc and --attach out")
	case len(f.attach) > 0 && !one:
		return remedy.Misuse("--attach applies to one request only", "send that letter by itself")
	case f.on != "" && !f.itWent:
		return remedy.Misuse("--on applies only to --it-went: a letter goes out today", "leave it out")
	case f.proof != "" && !f.itWent && !f.itDidNot:
		return remedy.Misuse("--proof applies only to --it-went and --it-did-not", "leave it out")
	case f.limit < 0:
		return remedy.Misuse("--limit must be 1 or more", "leave it out to send all")
	}
	if _, err := workspace.ReadRate(f.rate); err != nil {
		return remedy.Misuse("--rate: "+err.Error(), "write it like 20/h or 2/m, or none for no pause")
	}
	return f.many.alone("dry-run")
}

func (a *app) runSend(cmd *cobra.Command, args []string, f sendFlags) error {
	w, err := a.workspace()
	if err != nil {
		return err
	}
	s, err := a.sender(w)
	if err != nil {
		return err
	}
	if f.words() == 1 {
		return a.sayOfSending(cmd, s, args[0], f)
	}
	ids, err := a.toSend(cmd, s.Book, args, f)
	if err != nil {
		return err
	}
	p := &posting{a: a, cmd: cmd, sender: s, flags: f, out: &posted{Sent: []correspondence.Sent{}, Failed: []logbook.RefusedOne{}}}
	if err := p.prepare(ids); err != nil || p.settled {
		return err
	}
	if len(p.ready) == 0 || f.many.dryRun {
		return p.show(len(ids))
	}
	account, err := a.account(cmd, w, f.keep && !f.many.dryRun)
	if err != nil {
		return err
	}
	if err := p.agree(account); err != nil {
		return err
	}
	if account.Password, err = a.sendPassword(cmd, w, f.keep); err != nil {
		return err
	}
	s.Deliver = account.Deliver
	return p.run()
}

// sender is who sends letters of a folder. Nothing is connected yet.
func (a *app) sender(w *workspace.Workspace) (*correspondence.Sender, error) {
	made, err := press.New(w)
	if err != nil {
		return nil, err
	}
	return &correspondence.Sender{Book: a.book(w), Press: made, Now: a.now}, nil
}

// toSend are the ids of the requests whose letters are meant.
func (a *app) toSend(cmd *cobra.Command, book *logbook.Book, args []string, f sendFlags) (ids []string, err error) {
	if f.many.campaign != "" {
		return f.many.chosen(a, cmd, book, a.today())
	}
	for _, id := range args {
		if id, err = a.requestID(cmd, book, id); err != nil {
			return nil, err
		}
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

// posted is what came of a run.
type posted struct {
	Ready   []readyJSON           `json:"ready,omitempty"` // of a dry run
	Sent    []correspondence.Sent `json:"sent"`
	Unclear []correspondence.Sent `json:"unclear"` // nobody knows whether they went out
	Before  int                   `json:"sent_before"`
	Other   int                   `json:"other_ways"` // letters that do not go by e-mail
	Rest    int                   `json:"rest"`       // letters that are left for the next run
	Failed  []logbook.RefusedOne  `json:"failed"`
}

// posting is one run.
type posting struct {
	a      *app
	cmd    *cobra.Command
	sender *correspondence.Sender
	flags  sendFlags
	ready  []*correspondence.Ready
	out    *posted

	inRow   int  // letters that the server refused, one after another
	settled bool // a person said what became of the letter, which is all
}

// prepare finds out which letters may be sent. Of one request, why not is the error.
func (p *posting) prepare(ids []string) error {
	for _, name := range p.flags.attach {
		p.a.noteLink(name)
	}
	want := correspondence.Email{Letter: p.flags.letter, Cc: p.flags.cc, Attach: p.flags.attach,
		Bulk: len(ids) > 1 || p.flags.many.campaign != ""}
	if p.flags.many.campaign != "" && (want.Letter == campaign.Requests || want.Letter == "") {
		want.Letter = docket.RequestLetter // a campaign is of one kind of letter
	}
	for _, id := range ids {
		if err := p.cmd.Context().Err(); err != nil {
			return err
		}
		if p.flags.limit > 0 && len(p.ready) == p.flags.limit {
			if err := p.sender.Waits(p.cmd.Context(), id, want.Letter); err == nil {
				p.out.Rest++
			}
			continue
		}
		ready, err := p.sender.Prepare(p.cmd.Context(), id, want)
		if err != nil && !want.Bulk {
			p.settled, err = p.a.askOfSending(p.cmd, p.sender, id, p.flags, err)
			return err
		}
		var other *correspondence.NotByEmail
		var before *correspondence.SentAlready
		switch {
		case err == nil:
			p.ready = append(p.ready, ready)
		case errors.As(err, &other):
			p.out.Other++
		case errors.As(err, &before):
			p.out.Before++
		case errors.Is(err, store.ErrNotFound), p.cmd.Context().Err() != nil:
			return err
		default:
			p.out.Failed = append(p.out.Failed, logbook.Refuse(id, err))
		}
	}
	return nil
}

// agree shows what would be sent, and asks.
func (p *posting) agree(account post.Account) error {
	if !p.flags.json {
		p.envelopes()
		p.a.wrapped("", fmt.Sprintf("%s by way of %s, %s.", remedy.Counted(len(p.ready), "letter"), account.Server(), p.rateWords()))
		if n := len(p.out.Failed); n > 0 {
			p.a.wrapped("", remedy.Counted(n, "letter")+" cannot be sent as things are; why is told at the end, and by --dry-run.")
		}
	}
	if p.flags.yes {
		return nil
	}
	if !p.a.terminal() || p.flags.json {
		return remedy.Misuse("nothing is sent without asking, and there is no terminal to ask in",
			"look at it with --dry-run, then add --yes")
	}
	what := "this letter"
	if len(p.ready) > 1 {
		what = "these " + remedy.Counted(len(p.ready), "letter")
	}
	agreed, err := p.a.confirm("Send " + what + " now?")
	if err == nil && !agreed {
		err = remedy.Misuse("stopped; nothing was sent", "run the command again when you are ready")
	}
	return err
}

func (p *posting) rateWords() string {
	pause, err := workspace.ReadRate(p.rate())
	if len(p.ready) == 1 || err != nil {
		return "now"
	}
	words := workspace.RateWords(p.rate())
	if all := pause * time.Duration(len(p.ready)-1); all >= 2*time.Minute {
		words += ": some " + map[bool]string{true: plural(int(all.Round(time.Hour).Hours()), "hour", "hours"),
			false: plural(int(all.Round(time.Minute).Minutes()), "minute", "minutes")}[all >= 2*time.Hour]
	}
	return words
}

func (p *posting) rate() string {
	if p.flags.rate != "" {
		return p.flags.rate
	}
	return p.sender.Workspace.Config.Send.Rate
}

// mostEnvelopes is how many letters are shown line by line.
const mostEnvelopes = 50

// envelopes shows what goes to whom: of one letter everything, of several a line each.
func (p *posting) envelopes() {
	if len(p.ready) == 1 {
		p.a.showEnvelope(p.ready[0])
		return
	}
	var rows [][]string
	for _, r := range p.ready[:min(len(p.ready), mostEnvelopes)] {
		size := 0
		for _, f := range r.Files {
			size += f.Size
		}
		rows = append(rows, []string{r.Request.ID, r.Kind, r.To[0].Address, sizeWords(size), r.Files[0].SHA256[:12],
			r.Request.OfficeName()})
	}
	p.a.note("from %s%s", clean(addressWords([]post.Address{p.ready[0].From})), copiesWords(p.ready[0].Cc))
	if err := p.a.table([]terminal.Column{{Name: "ID"}, {Name: "Letter", Drop: 3}, {Name: "To"}, {Name: "Files", Drop: 2},
		{Name: "SHA-256", Drop: 1}, {Name: "Office", Least: 16}}, rows); err != nil {
		p.a.note("note: %v", err)
	}
	if more := len(p.ready) - mostEnvelopes; more > 0 {
		p.a.wrapped("", fmt.Sprintf("… and %d more; to see them all: --dry-run --json", more))
	}
}

func copiesWords(cc []post.Address) string {
	if len(cc) == 0 {
		return ""
	}
	return ", copies to " + clean(addressWords(cc))
}

// showEnvelope shows everything that a person needs to say yes.
func (a *app) showEnvelope(r *correspondence.Ready) {
	line := func(label, value string) {
		if value != "" {
			a.wrappedAfter(fmt.Sprintf("%-9s", label), strings.Repeat(" ", 9), clean(value))
		}
	}
	line("Request", r.Request.ID+", "+r.Request.OfficeName())
	if r.Letter > 0 {
		line("Letter", fmt.Sprintf("%d, %s", r.Letter, r.Kind))
	}
	line("From", addressWords([]post.Address{r.From}))
	line("To", addressWords(r.To))
	line("Cc", addressWords(r.Cc))
	line("Subject", r.Subject)
	for _, f := range r.Files {
		line("Attached", fmt.Sprintf("%s, %s, SHA-256 %s", f.Name, sizeWords(f.Size), f.SHA256))
	}
	for _, n := range r.Notes {
		a.note("note: %s", n)
	}
}

func addressWords(all []post.Address) string {
	var out []string
	for _, a := range all {
		if a.Name != "" {
			out = append(out, a.Name+" <"+a.Address+">")
		} else {
			out = append(out, a.Address)
		}
	}
	return strings.Join(out, ", ")
}

// sizeWords is a size as people say it.
func sizeWords(n int) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d KB", (n+1023)/1024)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
}
