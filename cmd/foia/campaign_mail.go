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

// mailFlags are the flags of `foia campaign mail`.
type mailFlags struct {
	filterFlags
	what, on           string
	cc                 []string
	sent, unsent, json bool
}

func newCampaignMailCommand(a *app) *cobra.Command {
	var f mailFlags
	cmd := &cobra.Command{
		Use:   "mail NAME",
		Short: "Make an e-mail file of each letter to e-mail",
		Long: "Makes a file of each letter of a campaign that is sent by e-mail: a message to\n" +
			"the office, with the letter attached as it was frozen. Outlook opens it as a\n" +
			"message to send; in Thunderbird and Apple Mail, choose Edit As New Message or\n" +
			"Send Again. The files go into the folder campaigns/NAME/mail and replace those\n" +
			"made before. Nothing is sent or logged; for that: foia send --campaign NAME.",
		Example: "  foia campaign mail body-cameras --unsent\n" +
			"  foia campaign mail body-cameras --what status --cc counsel@example.org",
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.runCampaignMail(cmd, args[0], f) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.what, "what", campaign.Requests, "the letters: requests, or a `kind` of follow-up letter, such as status")
	flags.BoolVar(&f.sent, "sent", false, "only requests recorded as sent")
	flags.BoolVar(&f.unsent, "unsent", false, "only requests not recorded as sent")
	flags.StringSliceVar(&f.cc, "cc", nil, "send a copy to this `address`, such as your lawyer's; may be repeated")
	flags.StringVar(&f.status, "status", "", "only requests with this `status`")
	flags.StringVar(&f.law, "law", "", "only offices under this `law`, such as us-federal")
	flags.StringSliceVar(&f.only, "only", nil, "only these `ids`, separated by commas")
	flags.StringVar(&f.on, "on", "", "the day as of which the log is read, a `date` (default: today)")
	flags.BoolVar(&f.json, "json", false, "print the result as JSON")
	return cmd
}

func (a *app) runCampaignMail(cmd *cobra.Command, name string, f mailFlags) error {
	m := campaign.Mail{What: f.what, Cc: f.cc}
	switch {
	case f.sent && f.unsent:
		return remedy.Misuse("--sent and --unsent together match nothing", "choose one, or neither")
	case (f.sent || f.unsent) && f.what != campaign.Requests:
		return remedy.Misuse("--sent and --unsent apply only to requests", "choose requests with --status or --only")
	case f.sent || f.unsent:
		m.Sent = &f.sent
	}
	var err error
	if m.Filter, err = f.filter(); err != nil {
		return err
	}
	if m.On, err = a.readDay("--on", f.on); err != nil {
		return err
	}
	var out *campaign.Mailed
	err = a.withLog(cmd, func(w *workspace.Workspace, log *store.Log) (err error) {
		if f.what != campaign.Requests {
			if _, err := library(w).Template(f.what); err != nil {
				return err
			}
		}
		m.Folder = campaign.Folder{Workspace: w, Log: log, Name: name}
		if m.Press, err = press.New(w); err != nil {
			return err
		}
		m.Progress = a.face().Advance("letters")
		out, err = m.Run(cmd.Context())
		return err
	})
	if err != nil {
		return err
	}
	if f.json {
		if err := a.json(out); err != nil {
			return err
		}
	} else {
		a.showMailed(out, name)
	}
	return partly(len(out.Failed), out.Letters+len(out.Failed), "letters could not be made into e-mail")
}

func (a *app) showMailed(out *campaign.Mailed, name string) {
	if out.Letters == 0 {
		fmt.Fprintf(a.out, "No matching letters in the campaign %s go by e-mail: nothing was made.\n", cell(name))
	} else {
		fmt.Fprintf(a.out, "Made %s in %s.\n", remedy.Counted(out.Letters, "e-mail file"), cell(out.Folder))
	}
	if out.Other > 0 {
		fmt.Fprintf(a.out, "Going another way: %s.\n", remedy.Counted(out.Other, "letter"))
	}
	for _, u := range out.Failed {
		a.wrappedAfter("  not made: ", "    ", u.ID+": "+u.Reason)
	}
	if out.Letters > 0 {
		a.wrapped("", "Nothing was sent. Once you have sent one, record it: foia record ID sent --by email")
	}
}
