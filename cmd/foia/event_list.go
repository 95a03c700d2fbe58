package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"foia/internal/docket"
	"foia/internal/entered"
	"foia/internal/logbook"
	"foia/internal/remedy"
	"foia/internal/roster"
	"foia/internal/store"
	"foia/internal/workday"
)

// eventsOf is the events of a list.
type eventsOf struct {
	entries []logbook.Entry
	lines   []int // of each in the file
	faults  []faultOf
	columns map[string]roster.Column
	words   func(string) string // words what a fault names
}

// faultOf is what is wrong with a row.
type faultOf struct {
	line int
	text string
}

// fault notes what is wrong with a row, and in which column.
func (e *eventsOf) fault(line int, err error) {
	what, where := e.words(err.Error()), ""
	if flag, rest, ok := strings.Cut(strings.TrimPrefix(what, "--"), ": "); ok {
		if c, ok := e.columns[strings.ReplaceAll(flag, "-", "_")]; ok {
			what, where = rest, ", column "+c.Typed
		}
	}
	text := fmt.Sprintf("line %d%s: %s", line, where, what)
	if do := remedy.Of(err); do != "" {
		text += "; " + do
	}
	e.faults = append(e.faults, faultOf{line, text})
}

// eventColumns are the columns that a list of events can have besides the details.
var eventColumns = []string{"request", "id", "event", "on", "date", "note", "attach"}

// allEventColumns are the columns that have a meaning in a list of events.
func allEventColumns() []string {
	all := slices.Clone(eventColumns)
	for _, d := range allDetails() {
		all = append(all, strings.ReplaceAll(d.Name, "-", "_"))
	}
	return all
}

// What a list of events may have: all of it is checked, and then recorded at once or not at all.
const (
	mostEvents    = 20_000
	mostEventText = 64 << 20
)

// readEvents reads a list of events, and says what is wrong with each of its rows.
func (a *app) readEvents(cmd *cobra.Command, log *store.Log, path string) (out *eventsOf, err error) {
	a.noteLink(path)
	known := allEventColumns()
	r, err := roster.Open(path, func(names []string) (n int) {
		for _, name := range names {
			if slices.Contains(known, name) {
				n++
			}
		}
		return n
	})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	out = &eventsOf{words: a.words}
	if out.columns, err = a.eventColumns(r.Columns, known, path); err != nil {
		return nil, err
	}
	rows, size := 0, 0
	read := eventReader{a: a, cmd: cmd, log: log, columns: out.columns, meant: map[string]meantRequest{}}
	for {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		for _, cell := range row.Typed {
			size += len(cell)
		}
		if rows++; rows > mostEvents || size > mostEventText {
			return nil, remedy.Misuse(fmt.Sprintf("the list has more than %d rows, or %d MB of text (%s:%d)", mostEvents, mostEventText>>20,
				path, row.Line), "split it; nothing was recorded")
		}
		if row.Err == nil {
			var entry logbook.Entry
			if entry, row.Err = read.event(row); row.Err == nil {
				out.entries, out.lines = append(out.entries, entry), append(out.lines, row.Line)
				continue
			}
			if !remedy.IsMisuse(row.Err) {
				return nil, row.Err
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

// eventColumns are the columns of a list that are used. A column whose name is a slip of the keyboard
// from one of them is refused: nobody means to leave it out.
func (a *app) eventColumns(columns []roster.Column, known []string, path string) (map[string]roster.Column, error) {
	used, unused := map[string]roster.Column{}, []string{}
	for _, c := range columns {
		near := slices.IndexFunc(known, func(name string) bool { return entered.OneSlip(c.Name, name) && len(name) > 3 })
		switch {
		case slices.Contains(known, c.Name):
			used[c.Name] = c
		case near >= 0:
			return nil, remedy.Misuse(fmt.Sprintf("a list has no column “%s” (%s)", c.Typed, path),
				fmt.Sprintf("if you mean “%s”, call it so; else give it a name that is less alike", known[near]))
		default:
			unused = append(unused, c.Typed)
		}
	}
	_, byRequest := used["request"]
	_, byID := used["id"]
	_, event := used["event"]
	_, on := used["on"]
	_, date := used["date"]
	if !event || !byRequest && !byID || !on && !date {
		return nil, remedy.Misuse("the list needs the columns request, event and on ("+path+")",
			"name them in its first row; the others are note, attach and the details, such as tracking: see foia record --help")
	}
	if len(unused) > 0 {
		a.note("note: columns that are not used: %s", strings.Join(unused, ", "))
	}
	return used, nil
}

// eventReader reads the rows of a list of events.
type eventReader struct {
	a       *app
	cmd     *cobra.Command
	log     *store.Log
	columns map[string]roster.Column
	meant   map[string]meantRequest // by what a row says
}

// meantRequest is the request that a row names, or why there is none.
type meantRequest struct {
	id  string
	err error
}

// event is the event of a row.
func (r eventReader) event(row roster.Row) (e logbook.Entry, err error) {
	cell := func(names ...string) string {
		for _, name := range names {
			if c, ok := r.columns[name]; ok && c.Index < len(row.Cells) {
				if text := strings.TrimSpace(row.Cells[c.Index]); text != "" {
					return text
				}
			}
		}
		return ""
	}
	if e.Request, err = r.request(cell("request", "id")); err != nil {
		return e, err
	}
	kind := cell("event")
	if !slices.Contains(kinds(), kind) {
		return e, unknownEvent(kind)
	}
	e.Event = docket.Event{Kind: docket.Kind(kind), Data: map[string]string{}}
	if on := cell("on", "date"); strings.EqualFold(on, docket.DayUnknown) {
		e.Event.Data[docket.DayDetail] = docket.DayUnknown
	} else if e.Event.On, err = r.day(on); err != nil {
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

// request is the id of the request that a row names. Many rows name the same: each name is looked for once.
func (r eventReader) request(text string) (string, error) {
	if text = entered.Line(text); text == "" {
		return "", remedy.Misuse("the row names no request", "give its id, its number, or words of its office and subject")
	}
	found, ok := r.meant[text]
	if !ok {
		quiet := *r.a
		quiet.err = io.Discard // which request a row means is told row by row, not on the way
		request, err := quiet.findRequest(r.cmd, r.log, text)
		found = meantRequest{request.ID, err}
		r.meant[text] = found
	}
	return found.id, found.err
}

// day is the day of a row. It must not depend on when the list is read: else the same list would record
// everything again tomorrow.
func (r eventReader) day(text string) (workday.Date, error) {
	if text == "" {
		return workday.Date{}, remedy.Misuse("the row has no day", "write into the column on when it happened, such as 2026-05-06")
	}
	day, err := r.a.readDay("--on", text)
	if err != nil {
		return day, err
	}
	later, err := r.a.readDayAsOf("--on", text, r.a.today().AddDays(400))
	if err != nil || later != day {
		return day, remedy.Misuse("--on: “"+text+"” is another day whenever the list is read", "write the date itself: "+day.String())
	}
	return day, nil
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
