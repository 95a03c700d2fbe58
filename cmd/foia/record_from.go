package main

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"foia/internal/docket"
	"foia/internal/logbook"
	"foia/internal/remedy"
	"foia/internal/roster"
	"foia/internal/store"
)

// mostUnasked is how many events are recorded at once without asking.
const mostUnasked = 5

// mostFaults is how many faults of a list are shown.
const mostFaults = 20

// recordFrom records the events of a list, all of them or none.
func (a *app) recordFrom(cmd *cobra.Command, f recordFlags) error {
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
	would, err := book.RecordEach(cmd.Context(), list.entries, true)
	if err != nil {
		return err
	}
	for _, r := range would.Refused {
		list.fault(list.lines[r.Index], r.Err)
	}
	if len(list.faults) > 0 {
		return a.faultsOf(f.from, list.faults)
	}
	if f.many.dryRun {
		return a.showEach(would, f, "Would record")
	}
	if err := a.mayRecord(len(would.Events), f.yes); err != nil {
		return err
	}
	done, err := book.RecordEach(cmd.Context(), list.entries, false)
	if err != nil {
		return err
	}
	for _, r := range done.Refused { // somebody else wrote meanwhile
		list.fault(list.lines[r.Index], r.Err)
	}
	if len(list.faults) > 0 {
		return a.faultsOf(f.from, list.faults)
	}
	return a.showEach(done, f, "Recorded")
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

func (a *app) showEach(out logbook.RecordedEach, f recordFlags, verb string) error {
	if f.json {
		return a.json(map[string]any{"recorded": len(out.Events), "recorded_before": out.Before, "events": append([]docket.Event{},
			out.Events...), "unusual": out.Unusual, "dry_run": f.many.dryRun})
	}
	fmt.Fprintf(a.out, "%s %s.\n", verb, plural(len(out.Events), "event", "events"))
	if out.Before > 0 {
		fmt.Fprintf(a.out, "Already recorded: %d.\n", out.Before)
	}
	for _, u := range slices.Sorted(maps.Keys(out.Unusual)) {
		a.note("note: %s (%s)", u, remedy.Counted(out.Unusual[u], "request"))
	}
	return nil
}

// eventsOf is the events of a file.
type eventsOf struct {
	entries []logbook.Entry
	lines   []int // of each in the file
	faults  []faultOf
}

// faultOf is what is wrong with a row.
type faultOf struct {
	line int
	text string
}

func (e *eventsOf) fault(line int, err error) {
	text := fmt.Sprintf("line %d: %v", line, err)
	if do := remedy.Of(err); do != "" {
		text += "; " + do
	}
	e.faults = append(e.faults, faultOf{line, text})
}

// faultsOf says what is wrong with a list, of which nothing was recorded.
func (a *app) faultsOf(file string, faults []faultOf) error {
	slices.SortStableFunc(faults, func(x, y faultOf) int { return x.line - y.line })
	for i, fault := range faults {
		if i == mostFaults {
			a.note("and %d more", len(faults)-i)
			break
		}
		a.note("%s", fault.text)
	}
	return remedy.Misuse(fmt.Sprintf("nothing was recorded: %s of %s cannot be (see above)", plural(len(faults), "row", "rows"), file),
		"correct them, and run the same command again")
}

// eventColumns are the columns that a list of events can have besides the details.
var eventColumns = []string{"request", "id", "event", "on", "date", "note", "attach"}

// isEventColumn tells whether a column of a list of events has a meaning.
func isEventColumn(name string) bool {
	return slices.Contains(eventColumns, name) ||
		slices.ContainsFunc(allDetails(), func(d docket.Detail) bool { return strings.ReplaceAll(d.Name, "-", "_") == name })
}

// readEvents reads a list of events, and says what is wrong with each of its rows.
func (a *app) readEvents(cmd *cobra.Command, log *store.Log, path string) (out *eventsOf, err error) {
	r, err := roster.Open(path, func(names []string) (n int) {
		for _, name := range names {
			if isEventColumn(name) {
				n++
			}
		}
		return n
	})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	columns, unused := map[string]int{}, []string{}
	for _, c := range r.Columns {
		if isEventColumn(c.Name) {
			columns[c.Name] = c.Index
		} else {
			unused = append(unused, c.Typed)
		}
	}
	_, byRequest := columns["request"]
	_, byID := columns["id"]
	if _, ok := columns["event"]; !ok || !byRequest && !byID {
		return nil, remedy.Misuse("the list needs the columns request and event ("+path+")",
			"name them in its first row; the others are on, note, attach and the details, such as tracking: see foia record --help")
	}
	if len(unused) > 0 {
		a.note("note: columns that are not used: %s", strings.Join(unused, ", "))
	}
	out = &eventsOf{}
	for {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if row.Err == nil {
			var entry logbook.Entry
			if entry, row.Err = a.eventOf(cmd, log, row, columns); row.Err == nil {
				out.entries, out.lines = append(out.entries, entry), append(out.lines, row.Line)
				continue
			}
		}
		out.fault(row.Line, row.Err)
	}
	for _, note := range r.Notes() {
		a.note("note: %s", note)
	}
	if len(out.entries) == 0 && len(out.faults) == 0 {
		return nil, remedy.Misuse("the list has no rows ("+path+")", "write one row for each event below the first")
	}
	return out, nil
}

// eventOf is the event of a row.
func (a *app) eventOf(cmd *cobra.Command, log *store.Log, row roster.Row, columns map[string]int) (e logbook.Entry, err error) {
	cell := func(name string) string {
		if i, ok := columns[name]; ok && i < len(row.Cells) {
			return strings.TrimSpace(row.Cells[i])
		}
		return ""
	}
	request := cell("request")
	if request == "" {
		request = cell("id")
	}
	if request == "" {
		return e, remedy.Misuse("the row names no request", "give its id, its number, or words of its office and subject")
	}
	found, err := a.findRequest(cmd, log, request)
	if err != nil {
		return e, err
	}
	e.Request = found.ID
	kind := cell("event")
	if !slices.Contains(kinds(), kind) {
		return e, unknownEvent(kind)
	}
	day := cell("on")
	if day == "" {
		day = cell("date")
	}
	e.Event = docket.Event{Kind: docket.Kind(kind), Data: map[string]string{}}
	if e.Event.On, err = a.readDay("on", day); err != nil {
		return e, err
	}
	if note := cell("note"); note != "" {
		e.Event.Data["note"] = note
	}
	for _, d := range allDetails() {
		v := cell(strings.ReplaceAll(d.Name, "-", "_"))
		if d.Type == docket.Flag {
			v = flagOf(v)
		}
		if v != "" {
			e.Event.Data[d.Name] = v
		}
	}
	if path := cell("attach"); path != "" {
		e.Attach = []string{path}
	}
	return e, nil
}

// flagOf is a cell that says yes or no.
func flagOf(cell string) string {
	switch strings.ToLower(cell) {
	case "yes", "y", "true", "1", "x":
		return "yes"
	case "no", "n", "false", "0":
		return ""
	}
	return cell
}
