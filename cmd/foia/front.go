package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"foia/internal/docket"
	"foia/internal/inbox"
	"foia/internal/logbook"
	"foia/internal/store"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// frontDays is how far ahead foia alone looks, as foia due does.
const frontDays = 14

// frontLines is how many requests foia alone shows under each heading; the rest is counted.
const frontLines = 5

// sections are the headings of foia alone, in the order in which somebody works.
var sections = []struct {
	place docket.Place
	title string
}{
	{docket.MayBeSent, "Sent or not? Only you can find out"},
	{docket.Going, "Send these first: the records may soon be gone"},
	{docket.YouAreLate, "You are late"},
	{docket.DueSoon, "For you, within seven days"},
	{docket.TheyAreLate, "They are late"},
	{docket.ToSend, "Ready to send"},
	{docket.ToDo, "To do"},
}

// front is what foia says alone: in a folder without a log, what to type first; in one with a
// log, what today has: what is late, what is due, what can be done about it.
func (a *app) front(cmd *cobra.Command) error {
	err := a.withLog(cmd, func(w *workspace.Workspace, log *store.Log) error { return a.frontToday(cmd, w, log, a.today()) })
	if errors.Is(err, store.ErrNoLog) {
		return a.frontEmpty()
	}
	return err
}

func (a *app) frontToday(cmd *cobra.Command, w *workspace.Workspace, log *store.Log, day workday.Date) error {
	_, due, err := logbook.DueFirst(cmd.Context(), w, log, day, 0, logbook.Filter{}, 1)
	if err != nil {
		return err
	}
	_, soon, err := logbook.DueFirst(cmd.Context(), w, log, day, frontDays, logbook.Filter{}, 1)
	if err != nil {
		return err
	}
	today, err := logbook.TodayOf(cmd.Context(), log, day, frontLines)
	if err != nil {
		return err
	}
	series, err := logbook.SeriesSteps(cmd.Context(), log, day)
	if err != nil {
		return err
	}
	a.sends = w.Config.Send.Host != ""
	fmt.Fprintf(a.out, "%s. %s\n", day.Long(), dueInWords(due, soon-due))
	for _, s := range sections {
		if p := today.Places[s.place]; p != nil {
			a.frontSection(s.title, p)
		}
	}
	if len(series) > 0 {
		fmt.Fprintln(a.out, "\nRecurring requests")
	}
	for _, s := range series[:min(len(series), frontLines)] {
		a.showStep("  "+s.ID+"  ", s)
	}
	if waits := today.Places[docket.Waits]; waits != nil {
		fmt.Fprintf(a.out, "\nWaiting: %s. When something comes:\n"+
			"  foia inbox FILE    read the e-mail or PDF, and say yes to what it tells\n"+
			"  foia record ID     type it yourself\n", plural(waits.Count, "request", "requests"))
	}
	n, err := inbox.HowMany(w)
	if err != nil {
		return err
	}
	if n > 0 {
		fmt.Fprintf(a.out, "\n%s in inbox/ until you say what they are: foia inbox\n", plural(n, "message waits", "messages wait"))
	}
	a.frontMore(soon)
	return nil
}

// frontSection prints the requests under one heading: which it is, what to do, and the command.
func (a *app) frontSection(title string, p *logbook.Placed) {
	fmt.Fprintf(a.out, "\n%s\n", title)
	for _, l := range p.First {
		indent := "             "
		a.wrappedAfter("  "+l.Request.ID+"  ", indent, l.Request.OfficeName()+": "+l.Request.Subject)
		what := l.Step.What
		if !l.Step.By.IsZero() {
			what += ", by " + l.Step.By.Letter()
		}
		if l.Step.Left != nil {
			what += " (" + plural(*l.Step.Left, "day", "days") + " left)"
		}
		a.wrappedAfter(indent, indent, what)
		for _, line := range a.actLines(l.Step.Act) {
			fmt.Fprintln(a.out, indent+line)
		}
	}
	if more := p.Count - len(p.First); more > 0 {
		fmt.Fprintf(a.out, "  … and %d more: foia next\n", more)
	}
}

// frontMore names the commands that show the rest.
func (a *app) frontMore(soon int) {
	fmt.Fprintln(a.out)
	if soon > 0 {
		fmt.Fprintln(a.out, "  foia due      see what is due, who owes it and why")
	}
	fmt.Fprintln(a.out, "  foia next     see what to do next for each request, and why")
	if soon == 0 {
		fmt.Fprintln(a.out, "  foia --help   see all commands")
	}
}

// dueInWords counts what is overdue or due today, and what is due in the days after.
func dueInWords(now, soon int) string {
	switch {
	case now == 0 && soon == 0:
		return fmt.Sprintf("Nothing is due in the next %d days.", frontDays)
	case now == 0:
		return fmt.Sprintf("Nothing is overdue; %s due in the next %d days.", plural(soon, "thing is", "things are"), frontDays)
	case soon == 0:
		return fmt.Sprintf("%s overdue or due today.", plural(now, "thing is", "things are"))
	}
	return fmt.Sprintf("%s overdue or due today, %d more in the next %d days.", plural(now, "thing is", "things are"), soon, frontDays)
}
func (a *app) frontEmpty() error {
	w, err := a.workspace()
	if err != nil {
		return err
	}
	if len(w.Config.Requesters) > 0 {
		fmt.Fprintln(a.out, "You are set up, and this folder has no requests yet. Make the first one:")
		fmt.Fprintln(a.out, "  foia new request --to irs    or another office: foia agency search WORDS")
		fmt.Fprintln(a.out, "  foia --help                  see all commands")
		return nil
	}
	fmt.Fprintln(a.out, "There are no requests in this folder yet. Start here, or see foia --help:")
	fmt.Fprintln(a.out, "  foia new irs-dhs-mou --sample    11 sample letters from a made-up requester")
	fmt.Fprintln(a.out, "  foia init                        set up your name, address and signature")
	return nil
}
