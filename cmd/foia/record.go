package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"foia/internal/agency"
	"foia/internal/docket"
	"foia/internal/logbook"
	"foia/internal/remedy"
	"foia/internal/terminal"
	"foia/internal/workspace"
)

// recordFlags are the flags that every event has; those of its own are read by name.
type recordFlags struct {
	on, note string
	attach   []string
	again    bool
	json     bool
	from     string // a list of events
	yes      bool   // record many without asking
	many     manyFlags
}

func newRecordCommand(a *app) *cobra.Command {
	var f recordFlags
	cmd := &cobra.Command{
		Use:   "record [ID | --campaign NAME] [EVENT] --on DATE …",
		Short: "Record what happened to a request",
		Long: "In a terminal, without EVENT, asks which request, what came, in the words of a\n" +
			"letter, and what belongs to that, and shows what it changes before it writes.\n\n" +
			"Writes an event to the log. Events are never changed or removed: to strike out a\n" +
			"wrong one, record a correction. You can record events in any order; what counts\n" +
			"is the day each happened. Impossible events are rejected; unusual ones get a\n" +
			"note.\n\n" +
			"Dates and amounts can be written in most ways: \"Dec 2 2026\", 2026/12/02, the\n" +
			"date line of an e-mail; \"$1,200.50\", 1200.50, \"235 EUR\". What has two readings\n" +
			"is refused with both; \"dates: us\" or \"dates: eu\" in foia.yaml settles 5/6/2026.\n\n" +
			"With --from, every row of a list is checked before anything is written; what is\n" +
			"wrong is told for all rows at once. The same list again records nothing twice.\n\n" +
			"With --campaign, the event is recorded for every request in a campaign, or for\n" +
			"those chosen with --status, --via, --law and --only. Events already in the log\n" +
			"are left alone, so you can run the same command again; with --letter, requests\n" +
			"that have no such letter are counted. If some requests are refused, they are\n" +
			"listed, the others are recorded, and the exit code is 1.",
		Example: "  foia record 2026-0001 sent --on 2026-11-24 --by portal \\\n      --proof \"confirmation 815\"\n" +
			"  foia record 2026-0001 acknowledged --on \"Dec 2 2026\" \\\n      --tracking 2027-F-0099 --received 2026-11-24\n" +
			"  foia record 2026-0001 determination --on 2027-01-05 --outcome partial \\\n      --exemptions b5,b7E --attach letter.pdf\n" +
			"  foia record 2026-0001 correction --of 3 --reason \"that was another request\"\n" +
			"  foia record --campaign body-cameras sent --on 2026-11-24 --by mail \\\n      --via mail --status drafted",
		Args: func(cmd *cobra.Command, args []string) error {
			if f.from != "" {
				return cobra.NoArgs(cmd, args)
			}
			if f.many.campaign != "" {
				return cobra.RangeArgs(1, 2)(cmd, args)
			}
			return cobra.RangeArgs(0, 3)(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if f.from != "" {
				return a.recordFrom(cmd, f)
			}
			if err := f.many.alone("dry-run"); err != nil {
				return err
			}
			if f.many.campaign != "" {
				args = append([]string{""}, args...)
			}
			if len(args) < 2 {
				if !a.terminal() || f.json || f.many.dryRun {
					return remedy.Misuse("missing ID and EVENT, and there is no terminal to ask in (usage: "+usageLine(cmd)+")",
						exampleOf(cmd, "EVENT"))
				}
				return a.leadRecord(cmd, args, f)
			}
			if len(args) == 3 {
				if args[1] != string(docket.Note) || f.note != "" {
					return remedy.Misuse("unexpected argument: "+args[2],
						"only a note takes its text there: foia record ID note \"…\"")
				}
				f.note = args[2]
			}
			return a.runRecord(cmd, args[0], args[1], f)
		},
	}
	helpWith(cmd, eventList)
	flags := cmd.Flags()
	flags.StringVar(&f.on, "on", "", "the `date` it happened, or unknown (default: today)")
	flags.StringVar(&f.note, "note", "", "a `remark` to keep with the event")
	flags.StringArrayVar(&f.attach, "attach", nil, "a `file` that came with it, to copy into the request's folder and hash (repeat "+
		"for several)")
	flags.BoolVar(&f.again, "again", false, "record it even if the same event is already in the log, because it happened twice")
	flags.StringVar(&f.from, "from", "", "record the events of this `file`, CSV or XLSX: one row each, with the columns request, event, "+
		"on and the details")
	flags.BoolVar(&f.yes, "yes", false, "with --from: record more than five events without asking")
	flags.BoolVar(&f.json, "json", false, "print the result as JSON")
	f.many.add(cmd, true)
	flags.Lookup("dry-run").Usage = "only say what it would change, and record nothing"
	for _, d := range allDetails() {
		if d.Type == docket.Flag {
			flags.Bool(d.Name, false, d.Help)
		} else {
			flags.Var(&detailFlag{takes: string(d.Type)}, d.Name, d.Help)
		}
	}
	return cmd
}

// allDetails are the details of all events, each name once.
func allDetails() []docket.Detail {
	var all []docket.Detail
	for _, s := range docket.Specs {
		if s.Own {
			continue
		}
		for _, d := range s.Details {
			i := slices.IndexFunc(all, func(x docket.Detail) bool { return x.Name == d.Name })
			switch {
			case d.Name == "child":
			case i < 0:
				d.Help = detailHelp(d)
				all = append(all, d)
			case !strings.Contains(all[i].Help, d.Help):
				all[i].Help += "; " + string(s.Kind) + ": " + d.Help
			}
		}
	}
	return all
}

// detailFlag is the flag of a detail; the help names what it takes, such as a date.
type detailFlag struct{ text, takes string }

func (f *detailFlag) String() string { return f.text }

// Set keeps what was typed; docket reads it.
func (f *detailFlag) Set(s string) error { f.text = s; return nil }

// Type is the word after the flag in the help.
func (f *detailFlag) Type() string { return f.takes }

func detailHelp(d docket.Detail) string {
	if len(d.Choices) > 0 && len(d.Choices) < 8 {
		return d.Help + ": " + strings.Join(d.Choices, ", ")
	}
	return d.Help
}

func kinds() []string {
	var out []string
	for _, s := range docket.Specs {
		if !s.Own {
			out = append(out, string(s.Kind))
		}
	}
	return out
}

// helpWith adds a part to a command's help that takes time to write: it is written when
// somebody reads it, and not whenever foia starts.
func helpWith(cmd *cobra.Command, part func() string) {
	cmd.SetHelpFunc(func(c *cobra.Command, args []string) {
		c.SetHelpFunc(nil)
		c.Long += "\n\n" + part()
		c.HelpFunc()(c, args)
	})
}

// eventList is the part of the help that lists the events.
func eventList() string {
	var b strings.Builder
	b.WriteString("Events and their flags besides --on, --note, --attach ([optional] in brackets):\n")
	for _, s := range docket.Specs {
		if s.Own {
			continue
		}
		b.WriteString(terminal.Listed(fmt.Sprintf("  %-26s ", s.Kind), s.Says))
		var flags []string
		for _, d := range s.Details {
			if d.Name == "child" {
				continue
			}
			name := "--" + d.Name
			if !d.Required {
				name = "[" + name + "]"
			}
			flags = append(flags, name)
		}
		line := "                            "
		for _, flag := range flags {
			if len(line)+len(flag) > 80 {
				fmt.Fprintln(&b, line)
				line = "                            "
			}
			line += " " + flag
		}
		if strings.TrimSpace(line) != "" {
			fmt.Fprintln(&b, line)
		}
	}
	return b.String() + "\nOutcomes of a determination: " + strings.Join(docket.Outcomes[:5], ", ") + ",\n" +
		strings.Join(docket.Outcomes[5:10], ", ") + ",\n" + strings.Join(docket.Outcomes[10:], ", ") + "."
}

func (a *app) runRecord(cmd *cobra.Command, id, event string, f recordFlags) error {
	data := seedsOf(cmd, f)
	on, err := a.eventDay(f.on, data)
	if err != nil {
		return err
	}
	if !slices.Contains(kinds(), event) {
		return unknownEvent(event)
	}
	entry := logbook.Entry{Attach: f.attach, Again: f.again,
		Event: docket.Event{Kind: docket.Kind(event), On: on, Data: data}}
	if f.many.campaign != "" {
		return a.recordMany(cmd, entry, f)
	}
	if a.terminal() && !f.json && !f.many.dryRun && untold(entry.Event) {
		return a.leadRecord(cmd, []string{id, event}, f)
	}
	w, err := a.workspace()
	if err != nil {
		return err
	}
	book := a.book(w)
	if entry.Request, err = a.requestID(cmd, book, id); err != nil {
		return err
	}
	if entry.To, err = referredTo(w, entry.Event); err != nil {
		return err
	}
	if f.many.dryRun {
		return a.wouldRecord(book, entry, f.json)
	}
	recorded, err := book.Record(cmd.Context(), entry)
	if err := a.offerAgain(err, &entry); err == nil && entry.Again && !f.again {
		recorded, err = book.Record(cmd.Context(), entry)
		if err != nil {
			return err
		}
	} else if err != nil {
		return err
	}
	return a.showRecorded(recorded, f.json)
}

// seedsOf is what the command line tells of an event.
func seedsOf(cmd *cobra.Command, f recordFlags) map[string]string {
	data := map[string]string{}
	if f.note != "" {
		data["note"] = f.note
	}
	for _, d := range allDetails() {
		if flag := cmd.Flags().Lookup(d.Name); flag.Changed {
			data[d.Name] = detailValue(flag.Value.String())
		}
	}
	return data
}

// untold tells whether an event lacks something that must be told.
func untold(e docket.Event) bool {
	spec, _ := docket.SpecOf(e.Kind)
	return slices.ContainsFunc(spec.Details, func(d docket.Detail) bool { return d.Required && e.Data[d.Name] == "" }) ||
		e.Kind == docket.Note && e.Data["note"] == ""
}

// referredTo is the office that a referral names; nil for other events, and where none is named.
func referredTo(w *workspace.Workspace, e docket.Event) (*agency.Office, error) {
	return logbook.ReferredTo(e, func() (*agency.Directory, error) { return directory(w) })
}

// detailValue is the value of a flag; false is none.
func detailValue(s string) string {
	switch s {
	case "true":
		return "yes"
	case "false":
		return ""
	}
	return s
}

// offerAgain asks, in a terminal, whether an event that is in the log already
// happened twice.
func (a *app) offerAgain(err error, entry *logbook.Entry) error {
	var repeated *docket.Repeated
	if !errors.As(err, &repeated) || !a.terminal() {
		return err
	}
	said := repeated.Error()
	yes, askErr := a.confirm(remedy.Capital(said) + ". Did it happen twice?")
	if askErr != nil {
		return askErr
	}
	if !yes {
		return err
	}
	entry.Again = true
	return nil
}

func (a *app) showRecorded(r logbook.Recorded, asJSON bool) error {
	for _, u := range r.Unusual {
		a.note("note: %s", u)
	}
	step := docket.Next(r.Request, r.State, a.today())
	if asJSON {
		out := map[string]any{"event": r.Event, "state": r.State.On(a.today()), "next": step, "unusual": append([]string{}, r.Unusual...)}
		if r.Child != nil {
			out["child"] = r.Child.ID
		}
		return a.json(out)
	}
	a.wrappedAfter(fmt.Sprintf("%s, event %d: ", r.Event.Request, r.Event.Seq), "  ",
		string(r.Event.Kind)+" "+r.Event.OnLong()+eventDetail(r.Event))
	for _, m := range r.State.Remarks {
		if m.Event == r.Event.Seq {
			a.wrappedAfter("  note: ", "  ", remarkText(m))
		}
	}
	if r.Child != nil {
		a.wrapped("  ", "opened "+r.Child.ID+" for "+r.Child.OfficeName()+", which answers separately: record its letters there")
	}
	a.showState(r.Request, r.State)
	return nil
}

// showState prints how a request stands: its status, what is due, and the next step.
func (a *app) showState(r docket.Request, s docket.State) {
	a.wrapped("  ", "status: "+string(s.Status))
	for _, i := range docket.Agenda(r.ID, s.Deadlines, a.today(), 10_000) {
		if !strings.HasPrefix(i.What, docket.DueSuit) {
			a.wrapped("  ", dueSentence(i))
		}
	}
	a.showStep("  next: ", docket.Next(r, s, a.today()))
}

func remarkText(m docket.Remark) string {
	if m.Cite == "" {
		return m.Says
	}
	return m.Says + " (" + m.Cite + ")"
}

// dueSentence says what is due when, and by which rule.
func dueSentence(i docket.Item) string {
	who := "you"
	if i.Who == docket.Agency {
		who = "the agency"
	}
	what := i.What
	if i.Of != "" && i.Of != "determination" {
		what += " (" + i.Of + ")"
	}
	s := "due " + i.Due.Long() + ", from " + who + ": " + what + ", " + i.Rule
	if i.DaysLeft < 0 {
		s += ": " + plural(-i.DaysLeft, "day", "days") + " late"
	}
	return s
}
