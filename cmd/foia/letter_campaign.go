package main

import (
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"foia/internal/correspondence"
	"foia/internal/docket"
	"foia/internal/remedy"
)

// letterMany makes a letter for each of the requests of a campaign that it fits.
func (a *app) letterMany(cmd *cobra.Command, kind string, f letterFlags) error {
	switch {
	case f.address != "" || f.contact != "":
		return remedy.Misuse("--address and --contact apply to one request only",
			"make that letter on its own: foia letter ID "+kind)
	case f.again:
		return remedy.Misuse("--again applies to one request only",
			"make that letter on its own: foia letter ID "+kind+" --again")
	}
	follow, err := a.followUp(cmd, kind, f)
	if err != nil {
		return err
	}
	f.many.late = f.overdue
	w, stock, err := a.openStock()
	if err != nil {
		return err
	}
	desk := &correspondence.Desk{Book: a.book(w), Stock: stock}
	ids, err := f.many.chosen(a, cmd, desk.Book, follow.Date)
	if err != nil {
		return err
	}
	out, err := desk.LetterMany(cmd.Context(),
		correspondence.LetterMany{Requests: ids, FollowUp: follow, DryRun: f.many.dryRun, Progress: a.advance(len(ids))})
	if err != nil {
		return err
	}
	if f.json {
		if err := a.json(out); err != nil {
			return err
		}
	} else {
		a.showMadeMany(out, follow.Kind, len(ids), f)
	}
	return partly(len(out.Failed), len(ids), "letters could not be made")
}

func (a *app) showMadeMany(out *correspondence.MadeMany, kind string, chosen int, f letterFlags) {
	name := cell(f.many.campaign)
	if chosen == 0 {
		text := "No requests in the campaign %s match: no letters were made.\n"
		if f.overdue {
			text = "No agencies in the campaign %s are late: no letters were made.\n"
		}
		fmt.Fprintf(a.out, text, name)
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
	text := fmt.Sprintf("%s %s for the campaign %s; requests selected: %d.", verb,
		remedy.Counted(len(out.Made), "“"+kind+"” letter"), name, chosen)
	if len(out.Made) > 0 {
		text += " To send by: " + counts(byWay) + "."
	}
	a.wrapped("", text)
	if out.Before > 0 {
		fmt.Fprintf(a.out, "Already made: %d.\n", out.Before)
	}
	if out.TooSoon > 0 {
		a.wrapped("", fmt.Sprintf("Skipped because they were reminded within the past %d days, because a letter that was made is not "+
			"recorded as sent, or because the agency’s own date is still ahead: %d.", docket.ReminderPause, out.TooSoon))
	}
	a.showReasons("Cannot go out yet", out.NotReady)
	a.showReasons("Cannot be made", out.Failed)
	if byWay["mail"] > 0 && !f.many.dryRun {
		fmt.Fprintf(a.out, "To print those that go by mail: foia campaign print %s --what %s\n", name, kind)
	}
	if len(out.Made) > 0 && !f.many.dryRun {
		fmt.Fprintf(a.out, "Once they are sent: foia record --campaign %s sent --letter %s --on DATE\n", name, kind)
	}
}

// addMany adds the flags that choose requests of a campaign.
func (f *letterFlags) addMany(cmd *cobra.Command) {
	f.many.add(cmd, false)
	cmd.Flags().BoolVar(&f.overdue, "overdue", false, "with --campaign: only agencies that are late on the date of the letter")
}

// alone refuses the flags of a campaign where no campaign is named.
func (f *letterFlags) alone() error {
	if f.overdue && f.many.campaign == "" {
		return remedy.Misuse("--overdue works only with --campaign", "add --campaign NAME, or leave --overdue out")
	}
	if f.instead != 0 && f.many.campaign != "" {
		return remedy.Misuse("--instead is for one request, not for a campaign", "leave --campaign out")
	}
	if f.instead < 0 {
		return remedy.Misuse("--instead: there is no letter "+strconv.Itoa(f.instead), "see the numbers of its letters: foia show ID")
	}
	return f.many.alone()
}
