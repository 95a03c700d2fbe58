package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"foia/internal/logbook"
	"foia/internal/remedy"
	"foia/internal/store"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// calendarFlags are the flags of `foia due` that only a calendar has.
type calendarFlags struct {
	format, out string
	alarm       int
	private     bool
}

func (f *calendarFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVarP(&f.format, "format", "o", asTable, "the `format`: table, json, ics (a calendar), or a file that ends in .ics")
	flags.StringVar(&f.out, "out", "", "with -o ics: the `file` to write; - for standard output")
	flags.IntVar(&f.alarm, "alarm", 0, "with -o ics: ring so many `days` before your own deadlines (default: no alarms)")
	flags.BoolVar(&f.private, "private", false, "with -o ics: include private requests")
}

// mostAlarm is how early a calendar may ring, in days.
const mostAlarm = 365

// to is in which form what is due is written, and where.
func (f *calendarFlags) to(cmd *cobra.Command, asked bool) (written, error) {
	to, err := readWritten(cmd, f.format, f.out, []string{asTable, asJSON, asICS}, "what is due cannot be written")
	given := cmd.Flags().Changed
	switch {
	case err != nil:
		return to, err
	case asked && (given("format") || given("out")) && to.form != asJSON:
		return to, remedy.Misuse("--json and --format "+to.form+" contradict each other", "give one of them")
	case asked:
		to.form = asJSON
	}
	switch {
	case to.form != asICS && (given("alarm") || given("private")):
		return to, remedy.Misuse("--alarm and --private are for a calendar", "add -o ics, or leave them out")
	case to.form == asICS && given("within"):
		return to, remedy.Misuse("a calendar has every date that is known, however far ahead", "leave out --within")
	case to.form != asICS && to.file != "":
		return to, remedy.Misuse("only a calendar is written to a file", "name a file that ends in .ics, or add -o ics")
	case given("alarm") && (f.alarm < 1 || f.alarm > mostAlarm):
		return to, remedy.Misuse(fmt.Sprintf("--alarm: that is not a number of days from 1 to %d", mostAlarm), "for example --alarm 7")
	}
	return to, nil
}

// writeCalendar writes what is due as a calendar.
func (a *app) writeCalendar(cmd *cobra.Command, w *workspace.Workspace, log *store.Log, to written, f calendarFlags, day workday.Date,
	filter logbook.Filter) error {
	lean()
	var made logbook.Dated
	err := a.write(w, to, func(out io.Writer) (err error) {
		made, err = logbook.WriteCalendar(cmd.Context(), w, log, out,
			logbook.Dates{Day: day, Filter: filter, Private: f.private, Alarm: f.alarm, Words: inFiles})
		return err
	})
	if err != nil {
		return err
	}
	a.noteLeftOut(made.Hidden)
	if made.Open+made.Cancelled == 0 {
		a.note("note: nothing is due on a known date; the calendar is empty")
	}
	return nil
}
