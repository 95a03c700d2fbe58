package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"foia/internal/filing"
)

// letterMany makes a letter for each of the requests of a campaign that it fits.
func (a *app) letterMany(cmd *cobra.Command, kind string, f letterFlags) error {
	switch {
	case f.address != "" || f.contact != "":
		return &filing.Misuse{What: "--address and --contact belong to one request", Remedy: "make that letter by itself: foia letter ID " + kind}
	case f.again:
		return &filing.Misuse{What: "--again belongs to one request", Remedy: "make that letter by itself: foia letter ID " + kind + " --again"}
	}
	follow, err := a.followUpWithout(cmd, kind, f)
	if err != nil {
		return err
	}
	f.many.late = f.overdue
	ids, err := f.many.chosen(a, cmd, follow.Date)
	if err != nil {
		return err
	}
	_, desk, err := a.openDesk()
	if err != nil {
		return err
	}
	out, err := desk.LetterMany(cmd.Context(), filing.LetterMany{Requests: ids, FollowUp: follow, DryRun: f.many.dryRun, Progress: a.advance(len(ids))})
	if err != nil {
		return err
	}
	if f.json {
		if err := a.json(out); err != nil {
			return err
		}
	} else {
		a.showMadeMany(out, kind, len(ids), f)
	}
	return partly(len(out.Failed), len(ids), "letter cannot", "letters cannot", "be made")
}

func (a *app) showMadeMany(out *filing.MadeMany, kind string, chosen int, f letterFlags) {
	name := cell(f.many.campaign)
	if chosen == 0 {
		who := "is like that"
		if f.overdue {
			who = "is late"
		}
		fmt.Fprintf(a.out, "No request of the campaign %s %s: no letter was made.\n", name, who)
		return
	}
	verb := "Made"
	if f.many.dryRun {
		verb = "Would make"
	}
	byWay := map[string]int{}
	for _, m := range out.Made {
		byWay[m.Via]++
	}
	a.wrapped("", fmt.Sprintf("%s %s “%s” of the campaign %s, for %s. By way: %s.", verb, counted(len(out.Made), "letter"), kind, name, counted(chosen, "request"), counts(byWay)))
	if out.Before > 0 {
		fmt.Fprintf(a.out, "There before: %d.\n", out.Before)
	}
	if out.TooSoon > 0 {
		a.wrapped("", fmt.Sprintf("Reminded within 30 days, or before the agency’s own date: %d. They are left alone.", out.TooSoon))
	}
	a.showReasons("May not go out", out.NotReady)
	a.showReasons("Cannot be made", out.Failed)
	if byWay["mail"] > 0 && !f.many.dryRun {
		fmt.Fprintf(a.out, "Print those that go by mail: foia campaign print %s --what %s\n", name, kind)
	}
}

// addMany adds the flags that choose requests of a campaign.
func (f *letterFlags) addMany(cmd *cobra.Command) {
	f.many.add(cmd, false)
	cmd.Flags().BoolVar(&f.overdue, "overdue", false, "with --campaign: only agencies that have missed a date on the day of the letter")
}

// alone refuses the flags of a campaign where no campaign is named.
func (f *letterFlags) alone() error {
	if f.overdue && f.many.campaign == "" {
		return &filing.Misuse{What: "--overdue chooses requests of a campaign", Remedy: "name it with --campaign"}
	}
	return f.many.alone()
}
