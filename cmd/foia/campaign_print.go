package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"foia/internal/campaign"
	"foia/internal/press"
	"foia/internal/remedy"
	"foia/internal/store"
	"foia/internal/workspace"
)

// printFlags are the flags of `foia campaign print`.
type printFlags struct {
	filterFlags
	what, since, on              string
	sent, unsent, twoSided, json bool
}

func newCampaignPrintCommand(a *app) *cobra.Command {
	var f printFlags
	cmd := &cobra.Command{
		Use:   "print NAME",
		Short: "Make one PDF of the letters to mail, with a post office list",
		Long: "Binds the letters of a campaign that go by mail into letters.pdf, in mailing\n" +
			"order (country, ZIP code, id) with a bookmark for each, and makes\n" +
			"mailing-list.pdf: number, id, address and a line for the certified-mail number.\n" +
			"More than 500 letters are split into volumes, letters-01.pdf and so on, each\n" +
			"with its own list. The files go into the folder campaigns/NAME, those of\n" +
			"follow-up letters into a folder below it; they replace what was printed before.\n" +
			"The letters themselves are not changed. Nothing is logged.",
		Example: "  foia campaign print body-cameras --unsent --two-sided\n" +
			"  foia campaign print body-cameras --what status --since 2026-11-24\n" +
			"  foia campaign print body-cameras --only 2026-0007,2026-0012",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.runCampaignPrint(cmd, args[0], f) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.what, "what", campaign.Requests, "the letters to print: requests, or a `kind` of follow-up letter, such as status")
	flags.BoolVar(&f.sent, "sent", false, "only requests recorded as sent")
	flags.BoolVar(&f.unsent, "unsent", false, "only requests not recorded as sent")
	flags.StringVar(&f.since, "since", "", "only letters dated this `date` or later")
	flags.BoolVar(&f.twoSided, "two-sided", false, "for two-sided printing: add a blank page to letters with an odd number of pages")
	flags.StringVar(&f.status, "status", "", "only requests with this `status`")
	flags.StringVar(&f.law, "law", "", "only offices under this `law`, such as us-federal")
	flags.StringSliceVar(&f.only, "only", nil, "only these `ids`, separated by commas")
	flags.StringVar(&f.on, "on", "", "the `date` on the list, and the day as of which the log is read (default: today)")
	flags.BoolVar(&f.json, "json", false, "print the result as JSON")
	return cmd
}

// print is what the flags ask for.
func (f printFlags) print(a *app) (p campaign.Print, err error) {
	p = campaign.Print{What: f.what, TwoSided: f.twoSided}
	switch {
	case f.sent && f.unsent:
		return p, remedy.Misuse("--sent and --unsent together match nothing", "choose one, or neither")
	case (f.sent || f.unsent) && f.what != campaign.Requests:
		return p, remedy.Misuse("--sent and --unsent apply only to requests: the log does not say when a follow-up letter was sent",
			"choose by the date on the letters: --since DATE")
	case f.sent || f.unsent:
		p.Sent = &f.sent
	}
	if p.Filter, err = f.filter(); err != nil {
		return p, err
	}
	if f.since != "" {
		if p.Since, err = a.readDay("--since", f.since); err != nil {
			return p, err
		}
	}
	p.On, err = a.readDay("--on", f.on)
	return p, err
}

func (a *app) runCampaignPrint(cmd *cobra.Command, name string, f printFlags) error {
	p, err := f.print(a)
	if err != nil {
		return err
	}
	var out *campaign.Printed
	err = a.withLog(cmd, func(w *workspace.Workspace, log *store.Log) (err error) {
		if f.what != campaign.Requests {
			if _, err := library(w).Template(f.what); err != nil {
				return err
			}
		}
		p.Folder = campaign.Folder{Workspace: w, Log: log, Name: name}
		if p.Press, err = press.New(w); err != nil {
			return err
		}
		p.Progress = a.face().Advance("letters")
		out, err = p.Run(cmd.Context())
		if err == nil && !f.json {
			a.showPrinted(w, out, name, f)
		}
		return err
	})
	if err != nil {
		return err
	}
	if f.json {
		if err := a.json(out); err != nil {
			return err
		}
	}
	return partly(len(out.Failed), out.Letters+len(out.Failed), "letters could not be printed")
}

func (a *app) showPrinted(w *workspace.Workspace, out *campaign.Printed, name string, f printFlags) {
	if out.Letters == 0 {
		fmt.Fprintf(a.out, "No matching letters in the campaign %s go by mail: nothing was printed.\n", cell(name))
	} else {
		fmt.Fprintf(a.out, "Bound %s of the campaign %s, %s:\n", remedy.Counted(out.Letters, "letter"), cell(name),
			remedy.Counted(out.Pages, "page"))
	}
	for _, v := range out.Volumes {
		fmt.Fprintf(a.out, "  %s (%d to %d, %s)\n  %s\n", cell(w.Path(v.PDF)), v.First, v.Last, remedy.Counted(v.Pages, "page"),
			cell(w.Path(v.List)))
	}
	for _, u := range out.Failed {
		a.wrappedAfter("  not printed: ", "    ", u.ID+": "+u.Reason)
	}
	// Only if all that goes by mail was printed does one command record it all.
	if out.Letters > 0 && len(out.Failed) == 0 && f.unsent && f.law == "" && len(f.only) == 0 && f.since == "" && f.status == "" {
		fmt.Fprintf(a.out, "Once they are mailed: foia record --campaign %s sent --by mail --via mail --status drafted\n", cell(name))
	}
}
