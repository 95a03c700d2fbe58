package main

import (
	"cmp"
	"fmt"
	"strings"

	"foia/internal/docket"
	"foia/internal/entered"
	"foia/internal/logbook"
)

// whatChanges says what an entry would change, for the form.
func (r *recording) whatChanges(would logbook.Would) string {
	var b strings.Builder
	shown := *r.a
	shown.out, shown.columns = &b, r.a.face().QuestionWidth()-1
	shown.showWould(would)
	return strings.TrimSpace(b.String())
}

// showWould prints what an entry would change.
func (a *app) showWould(would logbook.Would) {
	a.wrapped("", would.Event.Request+": "+string(would.Event.Kind)+" "+would.Event.OnLong()+eventDetail(would.Event))
	a.showChange(would)
}

// showChange prints what changes in the request.
func (a *app) showChange(would logbook.Would) {
	if would.Before.Status == would.After.Status {
		a.wrapped("", "Status: stays "+string(would.After.Status))
	} else {
		a.wrapped("", "Status: "+string(would.Before.Status)+" → "+string(would.After.Status))
	}
	for _, c := range would.Dates {
		if strings.HasPrefix(c.What, docket.DueSuit) {
			continue
		}
		a.wrappedAfter("  ", "    ", c.Words())
	}
	if would.Opens != "" {
		a.wrapped("", "A request of its own is opened for "+would.Opens+".")
	}
	for _, u := range would.Unusual {
		a.wrappedAfter("note: ", "  ", u)
	}
	a.showStep("next: ", would.Next)
}

// wouldRecord says what an event would change, and records nothing.
func (a *app) wouldRecord(book *logbook.Book, entry logbook.Entry, asJSON bool) error {
	would, err := book.WouldRecord(a.context(), entry)
	if err != nil {
		return err
	}
	if would.Repeated != nil && !entry.Again {
		return would.Repeated
	}
	if asJSON {
		return a.json(would)
	}
	a.showWould(would)
	fmt.Fprintln(a.out, "Nothing was recorded.")
	return nil
}

// sameCommand is the command that records the same without questions.
func (r *recording) sameCommand() string {
	e := r.entry.Event
	words := []string{"foia record", e.Request, string(e.Kind)}
	words[1] = r.entry.Request
	words = append(words, "--on "+cmp.Or(e.On.String(), docket.DayUnknown))
	spec, _ := docket.SpecOf(e.Kind)
	for _, d := range spec.Details {
		switch v := e.Data[d.Name]; {
		case v == "":
		case d.Type == docket.Flag:
			words = append(words, "--"+d.Name)
		default:
			words = append(words, "--"+d.Name+" "+quoteWord(v))
		}
	}
	if note := e.Data["note"]; note != "" {
		words = append(words, "--note "+quoteWord(entered.Line(note)))
	}
	for _, path := range r.final().Attach {
		words = append(words, "--attach "+quoteWord(path))
	}
	if r.entry.Again {
		words = append(words, "--again")
	}
	if r.a.dirSet {
		words = append(words, "-w "+quoteWord(r.a.dir))
	}
	return strings.Join(words, " ")
}
