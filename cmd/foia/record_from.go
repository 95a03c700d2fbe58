package main

import (
	"fmt"
	"maps"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"foia/internal/docket"
	"foia/internal/logbook"
	"foia/internal/remedy"
)

// mostUnasked is how many events are recorded at once without asking.
const mostUnasked = 5

// recordFrom records the events of a list, all of them or none.
func (a *app) recordFrom(cmd *cobra.Command, f recordFlags) error {
	if err := listAlone(cmd); err != nil {
		return err
	}
	w, err := a.workspace()
	if err != nil {
		return err
	}
	book := a.book(w)
	log, err := a.read(cmd, book)
	if err != nil {
		return err
	}
	list, err := a.readEvents(cmd, log, f.from)
	if err != nil {
		return err
	}
	for i, entry := range list.entries {
		if list.entries[i].To, err = referredTo(w, entry.Event); err != nil {
			list.fault(list.lines[i], err)
		}
	}
	would, err := book.WouldRecordEach(cmd.Context(), list.entries)
	if err != nil {
		return err
	}
	if err := a.faultsOf(f.from, list, would.Refused); err != nil {
		return err
	}
	if f.many.dryRun {
		return a.showEach(list, would, f)
	}
	if err := a.mayRecord(len(would.Events), f.yes); err != nil {
		return err
	}
	done, err := book.RecordEach(cmd.Context(), list.entries, would)
	if err != nil {
		return err
	}
	if err := a.faultsOf(f.from, list, done.Refused); err != nil { // somebody else wrote meanwhile
		return err
	}
	return a.showEach(list, done, f)
}

// listAlone refuses the flags that say what the rows of a list say.
func listAlone(cmd *cobra.Command) (err error) {
	cmd.Flags().Visit(func(flag *pflag.Flag) {
		switch flag.Name {
		case "from", "yes", "json", "dry-run", "help":
			return
		}
		if err == nil && cmd.LocalNonPersistentFlags().Lookup(flag.Name) != nil {
			err = remedy.Misuse("--"+flag.Name+" does not go with --from: every row says it for itself",
				"leave it out, or write it into the list")
		}
	})
	return err
}

// mayRecord asks before many events are recorded at once.
func (a *app) mayRecord(n int, yes bool) error {
	if n <= mostUnasked || yes {
		return nil
	}
	events := plural(n, "event", "events")
	if !a.terminal() {
		return remedy.Misuse("this would record "+events+", and there is no terminal to ask in",
			"look first with --dry-run, then add --yes")
	}
	agreed, err := a.confirm("Record " + events + "?")
	if err == nil && !agreed {
		err = remedy.Misuse("stopped; nothing was written", "look at what would be recorded with --dry-run")
	}
	return err
}

// showEach says what was recorded; with --dry-run, what would be, row by row.
func (a *app) showEach(list *eventsOf, out logbook.RecordedEach, f recordFlags) error {
	if f.json {
		return a.json(eachAsJSON(list, out, f.many.dryRun))
	}
	requests := map[string]bool{}
	for _, one := range out.Events {
		requests[one.Request.ID] = true
	}
	if f.many.dryRun {
		a.showRows(list, out)
	}
	verb := "Recorded"
	if f.many.dryRun {
		verb = "Would record"
	}
	of := ""
	if len(out.Events) > 0 {
		of = " of " + remedy.Counted(len(requests), "request")
	}
	fmt.Fprintf(a.out, "%s %s%s.\n", verb, remedy.Counted(len(out.Events), "event"), of)
	if len(out.Before) > 0 {
		fmt.Fprintf(a.out, "Already recorded: %d.\n", len(out.Before))
	}
	for _, i := range slices.Sorted(maps.Keys(out.Twice)) {
		a.note("note: line %d says the same as line %d: recorded once", list.lines[i], list.lines[out.Twice[i]])
	}
	for _, u := range slices.Sorted(maps.Keys(out.Unusual)) {
		a.note("note: %s (%s)", u, remedy.Counted(out.Unusual[u], "row"))
	}
	return nil
}

// showRows prints the rows of a list as they were read.
func (a *app) showRows(list *eventsOf, out logbook.RecordedEach) {
	said := make([]string, len(list.entries))
	for _, i := range out.Before {
		said[i] = list.entries[i].Request + ": already recorded: " + string(list.entries[i].Event.Kind) + " " +
			list.entries[i].Event.OnLong()
	}
	for i, first := range out.Twice {
		said[i] = fmt.Sprintf("%s: the same as line %d", list.entries[i].Request, list.lines[first])
	}
	for _, one := range out.Events {
		said[one.Place] = fmt.Sprintf("%s, %s: %s %s%s", one.Request.ID, one.Request.OfficeName(), one.Event.Kind,
			one.Event.OnLong(), eventDetail(one.Event))
	}
	for i, s := range said {
		a.wrappedAfter(fmt.Sprintf("line %d: ", list.lines[i]), "  ", s)
	}
}

// eachAsJSON is what came of a list for other programs.
func eachAsJSON(list *eventsOf, out logbook.RecordedEach, dryRun bool) map[string]any {
	type row struct {
		Line  int          `json:"line"`
		Event docket.Event `json:"event"`
	}
	type same struct {
		Line int `json:"line"`
		As   int `json:"as"`
	}
	rows, twice, before := []row{}, []same{}, []int{}
	for _, one := range out.Events {
		rows = append(rows, row{list.lines[one.Place], one.Event})
	}
	for _, i := range out.Before {
		before = append(before, list.lines[i])
	}
	for _, i := range slices.Sorted(maps.Keys(out.Twice)) {
		twice = append(twice, same{list.lines[i], list.lines[out.Twice[i]]})
	}
	return map[string]any{"recorded": len(rows), "recorded_before": len(before), "rows": rows, "lines_before": before,
		"lines_twice": twice, "unusual": out.Unusual, "dry_run": dryRun}
}

// faultsOf says what is wrong with a list, of which nothing was recorded; nil if nothing is.
func (a *app) faultsOf(file string, list *eventsOf, refused []logbook.RefusedEntry) error {
	for _, r := range refused {
		list.fault(list.lines[r.Index], r.Err)
	}
	if len(list.faults) == 0 {
		return nil
	}
	slices.SortStableFunc(list.faults, func(x, y faultOf) int { return x.line - y.line })
	for _, fault := range list.faults {
		a.note("%s", fault.text)
	}
	return remedy.Misuse(fmt.Sprintf("nothing was recorded: %s of %s cannot be (see above)",
		plural(len(list.faults), "row", "rows"), file), "correct them, and run the same command again")
}
