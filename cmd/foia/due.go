package main

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"foia/internal/docket"
	"foia/internal/logbook"
	"foia/internal/remedy"
	"foia/internal/store"
	"foia/internal/terminal"
	"foia/internal/workday"
	"foia/internal/workspace"
)

func newDueCommand(a *app) *cobra.Command {
	var within, on string
	var jsonToo bool
	var find findFlags
	var dates calendarFlags
	cmd := &cobra.Command{
		Use:   "due",
		Short: "Show what is due, who owes it and under which rule",
		Long: "Lists what is overdue or due soon: overdue first, then your deadlines before\n" +
			fmt.Sprintf("theirs. Your deadline to appeal is listed from %d days ahead. The exit code is\n", docket.AppealAhead) +
			"0, whatever is due.\n\n" +
			"-o ics writes a calendar: a whole-day event for every known date, however far\n" +
			"ahead. Import it again after you record something: dates that moved move, and\n" +
			fmt.Sprintf("what was done or no longer applies is canceled for %d days. A calendar that you\n", logbook.CanceledFor) +
			"import once never learns of a change. Private requests are left out unless you\n" +
			"add --private.",
		Example: "  foia due\n  foia due --within 30d --assigned ana\n  foia due --on 2027-01-10 --json\n  foia due -o due.ics --alarm 7",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			days, err := readDays("--within", within)
			if err != nil {
				return err
			}
			day, err := a.readDay("--on", on)
			if err != nil {
				return err
			}
			filter, err := find.filter(cmd)
			if err != nil {
				return err
			}
			to, err := dates.to(cmd, jsonToo)
			if err != nil {
				return err
			}
			return a.withLog(cmd, func(w *workspace.Workspace, log *store.Log) error {
				if to.form == asICS {
					return a.writeCalendar(cmd, w, log, to, dates, day, filter)
				}
				return a.listDue(cmd, w, log, to, day, days, filter)
			})
		},
	}
	cmd.Flags().StringVar(&within, "within", "14d", "how far ahead to look: `days`, such as 14d, or weeks, such as 6w")
	cmd.Flags().StringVar(&on, "on", "", "show things as of this `date` (default: today)")
	cmd.Flags().BoolVar(&jsonToo, "json", false, "print the result as JSON")
	find.addHands(cmd)
	dates.add(cmd)
	return cmd
}

// listDue lists what is due. A terminal is given the first of it.
func (a *app) listDue(cmd *cobra.Command, w *workspace.Workspace, log *store.Log, to written, day workday.Date, days int,
	filter logbook.Filter) error {
	if to.form != asJSON && !a.face().Tabs() {
		items, all, err := logbook.DueFirst(cmd.Context(), w, log, day, days, filter, mostItems)
		if err != nil {
			return err
		}
		return a.showDue(cmd, log, items, all, day, days)
	}
	items, err := logbook.Due(cmd.Context(), w, log, day, days, filter)
	switch {
	case err != nil:
		return err
	case to.form == asJSON:
		return a.json(items)
	}
	return a.showDue(cmd, log, items, len(items), day, days)
}

// readDays reads 14, 14d, 6w.
func readDays(flag, s string) (int, error) {
	factor := 1
	number := strings.TrimSuffix(strings.TrimSpace(s), "d")
	if weeks, ok := strings.CutSuffix(number, "w"); ok {
		number, factor = weeks, 7
	}
	n, err := strconv.Atoi(number)
	if err != nil || n < 0 || n*factor > 4000 {
		return 0, remedy.Misuse(fmt.Sprintf("%s: %q is not a number of days", flag, s), "write it like 14d or 6w")
	}
	return n * factor, nil
}

// mostItems is how many lines a terminal is given; the rest is counted.
const mostItems = 200

func (a *app) showDue(cmd *cobra.Command, log *store.Log, items []docket.Item, all int, day workday.Date, within int) error {
	if len(items) == 0 {
		a.wrapped("", fmt.Sprintf("Nothing is due within %s of %s.", plural(within, "day", "days"), day.Long()))
		return nil
	}
	ids := make([]string, len(items))
	for n, i := range items {
		ids[n] = i.ID
	}
	offices, err := log.AddresseesOf(cmd.Context(), ids)
	if err != nil {
		return err
	}
	var cells [][]string
	for _, i := range items {
		o := offices[i.ID]
		cells = append(cells, []string{i.ID, string(i.Who), i.Title(), i.Due.String(), left(i), i.Rule, cmp.Or(o.Component, o.Agency)})
	}
	err = a.table([]terminal.Column{{Name: "ID"}, {Name: "Who", Drop: 2}, {Name: "What", Least: 14}, {Name: "Due"},
		{Name: "Days", Drop: 1}, {Name: "Rule", Drop: 3, Least: 26}, {Name: "Office", Least: 20}}, cells)
	if err != nil || a.face().Tabs() {
		return err
	}
	if more := all - len(items); more > 0 {
		a.wrapped("", fmt.Sprintf("… and %d more; to see them all, add --json or send them to a file or pipe", more))
	}
	a.wrapped("", "To see how a date was counted: foia explain ID")
	return nil
}

// left says how many days there are, and whether the agency's date is one that it
// might dispute.
func left(i docket.Item) string {
	switch {
	case i.DaysLeft == 0:
		return "today"
	case i.DaysLeft > 0:
		return "in " + strconv.Itoa(i.DaysLeft)
	case i.Who == docket.Agency && i.Lenient.After(i.Due):
		return fmt.Sprintf("%d late (lenient %s)", -i.DaysLeft, i.Lenient)
	}
	return strconv.Itoa(-i.DaysLeft) + " late"
}

func newNextCommand(a *app) *cobra.Command {
	var on string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "next [ID]",
		Short: "Show the next step for every open request, or for one",
		Long: "Shows for each open request what to do, why, and the command for it; then the\n" +
			"series of recurring requests whose next one is due. Letters that were not sent\n" +
			"and whose records may soon be gone come first. These are only suggestions:\n" +
			fmt.Sprintf("never a second reminder within %d days, and none before the agency's own date.", docket.ReminderPause),
		Example: "  foia next\n  foia next 2026-0001",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			day, err := a.readDay("--on", on)
			if err != nil {
				return err
			}
			return a.withLog(cmd, func(w *workspace.Workspace, log *store.Log) error {
				if len(args) == 0 {
					return a.showAllSteps(cmd, w, log, day, asJSON)
				}
				steps, err := a.nextOf(cmd, w, log, args[0], day)
				switch {
				case err != nil:
					return err
				case asJSON:
					return a.json(steps)
				}
				a.showSteps(steps)
				return nil
			})
		},
	}
	cmd.Flags().StringVar(&on, "on", "", "show things as of this `date` (default: today)")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the result as JSON")
	return cmd
}

func (a *app) nextOf(cmd *cobra.Command, w *workspace.Workspace, log *store.Log, id string, day workday.Date) ([]docket.Step, error) {
	r, events, err := a.findLife(cmd, log, id)
	if err != nil {
		return nil, err
	}
	basis, err := w.Basis()
	if err != nil {
		return nil, err
	}
	a.sends = w.Config.Send.Host != ""
	steps := []docket.Step{docket.Next(r, docket.Fold(r, docket.Known(events, day), basis), day)}
	if r.Series == nil {
		return steps, nil
	}
	s, ok, err := logbook.SeriesOf(cmd.Context(), log, r.Series.First, day)
	if step, due := s.Step(); ok && due {
		steps = append(steps, step)
	}
	return steps, err
}

// showAllSteps prints the next step of every open request, and of every series, as they are read.
// A terminal is given the first of them, and how many there are.
func (a *app) showAllSteps(cmd *cobra.Command, w *workspace.Workspace, log *store.Log, day workday.Date, asJSON bool) error {
	a.sends = w.Config.Send.Host != ""
	list, face := a.newJSONList(), a.face()
	width, most := face.Width(), -1
	show := func(s docket.Step) ([]byte, error) { return []byte(a.stepText(face, width, s.ID+"  ", s)), nil }
	add := func(text []byte) error {
		list.n++
		_, err := list.out.Write(text)
		return err
	}
	if asJSON {
		show = func(s docket.Step) ([]byte, error) { return list.element(s) }
		add = list.add
	} else if !face.Tabs() {
		most = mostItems
	}
	all := 0
	hand := func(text []byte) error {
		all++
		if most >= 0 && all > most {
			return nil
		}
		return add(text)
	}
	going, err := logbook.Going(cmd.Context(), w, log, day)
	if err == nil {
		err = eachStep(going, show, hand)
	}
	if err != nil {
		return err
	}
	err = logbook.Open(cmd.Context(), w, log, day, func(s store.Standing) ([]byte, error) {
		step := docket.Next(s.Request, s.State, day)
		if step.Left != nil {
			return nil, nil // it went before the rest
		}
		return show(step)
	}, func(text []byte) error {
		if text == nil {
			return nil
		}
		return hand(text)
	})
	if err != nil {
		return err
	}
	series, err := logbook.SeriesSteps(cmd.Context(), log, day)
	if err == nil {
		err = eachStep(series, show, hand)
	}
	if err != nil {
		return err
	}
	if asJSON {
		return list.end()
	}
	if err := list.out.Flush(); err != nil {
		return err
	}
	switch {
	case all == 0:
		fmt.Fprintln(a.out, "No requests are open.")
	case most >= 0 && all > most:
		a.wrapped("", fmt.Sprintf("… and %d more; to see them all, add --json or send them to a file or pipe", all-most))
	}
	return nil
}

func eachStep(steps []docket.Step, show func(docket.Step) ([]byte, error), hand func([]byte) error) error {
	for _, s := range steps {
		text, err := show(s)
		if err == nil {
			err = hand(text)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (a *app) showSteps(steps []docket.Step) {
	for _, s := range steps {
		a.showStep(s.ID+"  ", s)
	}
}

func (a *app) showStep(label string, s docket.Step) {
	face := a.face()
	fmt.Fprint(face.Out, a.stepText(face, face.Width(), label, s))
}

// stepText is a step as it is printed.
func (a *app) stepText(face terminal.Terminal, width int, label string, s docket.Step) string {
	indent := strings.Repeat(" ", len(label))
	text := face.Paragraph(width, label, indent, s.What+": "+s.Why)
	for _, line := range a.actLines(s.Act) {
		text += indent + line + "\n"
	}
	return text
}

// actLines are the commands for a step, a line each: to record that an e-mail was sent is what is left to whoever does not
// have it sent.
func (a *app) actLines(act remedy.Act) []string {
	if act.None() {
		return nil
	}
	own := clean(a.words(act.String()))
	if send, ok := docket.Sends(act); ok && a.sends {
		return []string{clean(a.words(send.String())), "or send it yourself, and then: " + own}
	}
	return []string{own}
}
