package main

import (
	"cmp"
	"errors"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"foia/internal/docket"
	"foia/internal/entered"
	"foia/internal/logbook"
	"foia/internal/store"
	"foia/internal/workspace"
)

func newShowCommand(a *app) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:     "show ID",
		Short:   "Show one request: its timeline, documents, letters and status",
		Example: "  foia show 2026-0007",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withLog(cmd, func(w *workspace.Workspace, log *store.Log) error {
				r, events, err := a.findLife(cmd, log, args[0])
				if err != nil {
					return err
				}
				basis, err := w.Basis()
				if err != nil {
					return err
				}
				state := docket.Fold(r, events, basis)
				files, err := laterFiles(w, r, events)
				if err != nil {
					return err
				}
				received, err := cameWith(cmd.Context(), w, log, r, events)
				if err != nil {
					return err
				}
				if asJSON {
					return a.json(map[string]any{"request": r, "events": events, "row": docket.RowOf(r, state, a.today()),
						"state": state.On(a.today()), "files": files, "received": received})
				}
				series, err := seriesText(cmd, log, r, a.today())
				if err != nil {
					return err
				}
				a.showRequest(w, r, events, state, series)
				a.showLater(files)
				a.showCame(received, events)
				return nil
			})
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the result as JSON")
	return cmd
}

// requestID makes sure that the log has a request.
func (a *app) requestID(cmd *cobra.Command, b *logbook.Book, id string) (string, error) {
	log, err := a.read(cmd, b)
	if err != nil {
		return id, err
	}
	r, err := a.findRequest(cmd, log, id)
	return r.ID, err
}

// findRequest returns the request that a text means: its id, its number, or words of its office
// or subject that fit no other (named).
func (a *app) findRequest(cmd *cobra.Command, log *store.Log, text string) (docket.Request, error) {
	text = entered.Line(text) // which may be pasted
	r, err := log.Request(cmd.Context(), text)
	if !errors.Is(err, store.ErrNotFound) {
		return r, err
	}
	id, err := a.named(cmd, log, text)
	if err != nil {
		return r, err
	}
	return log.Request(cmd.Context(), id)
}

// findLife returns a request as it stands, with its events.
func (a *app) findLife(cmd *cobra.Command, log *store.Log, id string) (docket.Request, []docket.Event, error) {
	r, err := a.findRequest(cmd, log, id)
	if err != nil {
		return r, nil, err
	}
	return logbook.Request(logbook.Within(cmd.Context(), log), r.ID)
}

func (a *app) showRequest(w *workspace.Workspace, r docket.Request, events []docket.Event, state docket.State, series string) {
	row := docket.RowOf(r, state, a.today())
	line := func(label, value string) {
		if value != "" {
			a.wrappedAfter(fmt.Sprintf("%-16s", label), strings.Repeat(" ", 16), value)
		}
	}
	line("Request", r.ID)
	line("Subject", r.Subject)
	line("Agency", r.Agency)
	line("Component", r.Component)
	line("Tracking number", row.TrackingNumber)
	line("File by", viaWord(r.Via))
	line("Status", row.Status)
	line("Outcome", row.Outcome)
	line("Next step", row.NextStep)
	line("Fees", strings.TrimPrefix(row.FeeCategory+"; waiver "+row.FeeWaiver, "; "))
	line("Expedited", row.Expedited)
	line("Assigned", row.Assigned)
	line("Tags", row.Tags)
	if state.Private {
		line("Seen only by", strings.Join(state.Sees(), ", "))
	}
	line("Referred from", r.Parent)
	line("Series", series)
	line("Template", r.Template)
	line("Folder", w.Path(r.Folder))
	a.showTimeline(events)
	a.showDeadlines(state)
	if len(r.Documents) > 0 {
		fmt.Fprintln(a.out, "\nDocuments, as frozen when they were made")
	}
	for _, d := range r.Documents {
		fmt.Fprintf(a.out, "  %-14s %8d bytes   SHA-256 %s…\n", cell(path.Base(d.Name)), d.Size, cell(d.SHA256[:min(16, len(d.SHA256))]))
	}
}

// showTimeline prints every event with its number, also those that were corrected,
// and who entered it, if not all were entered by one hand.
func (a *app) showTimeline(events []docket.Event) {
	fmt.Fprintln(a.out, "\nTimeline")
	struck := docket.Corrected(events)
	several := slices.ContainsFunc(events, func(e docket.Event) bool { return e.Hand() != events[0].Hand() })
	for _, e := range events {
		text := string(e.Kind) + eventDetail(e)
		if several && e.Hand() != "" {
			text += " [" + e.Hand() + "]"
		}
		if struck[e.Seq] {
			text += struckBy(events, e)
		}
		a.wrappedAfter(fmt.Sprintf("%4d  %-10s  ", e.Seq, cmp.Or(e.On.String(), docket.DayUnknown)), strings.Repeat(" ", 18), text)
	}
}

// struckBy says why an event does not count.
func struckBy(events []docket.Event, e docket.Event) string {
	for _, by := range events {
		if by.Kind == docket.Discarded && by.Data["of"] == strconv.Itoa(e.Seq) {
			return " (discarded)"
		}
		if by.Data[docket.Dates] == strconv.Itoa(e.Seq) {
			return fmt.Sprintf(" (its day: event %d)", by.Seq)
		}
	}
	return " (corrected: does not count)"
}

// showDeadlines prints what is due and what was.
func (a *app) showDeadlines(state docket.State) {
	if len(state.Deadlines) == 0 {
		return
	}
	fmt.Fprintln(a.out, "\nDates")
	for _, d := range state.Deadlines {
		due := d.Due.String()
		if due == "" {
			due = "unknown   "
		}
		a.wrappedAfter(fmt.Sprintf("  %-6s  %s  ", d.Who, due), strings.Repeat(" ", 20),
			d.Title()+": "+d.Standing(a.today())+", "+cmp.Or(d.Cite, d.Why))
	}
	for _, m := range state.Remarks {
		a.wrappedAfter("  note    ", strings.Repeat(" ", 10), fmt.Sprintf("event %d: %s", m.Event, m.Says))
	}
}

// eventDetail is what is told of an event, in the order in which its kind lists it.
func eventDetail(e docket.Event) string {
	if reason := e.Data["forced"]; reason != "" {
		return " despite preflight errors, because: " + reason
	}
	if text := handsDetail(e); text != "" {
		return ": " + text
	}
	spec, _ := docket.SpecOf(e.Kind)
	var parts []string
	for _, d := range spec.Details {
		if v := e.Data[d.Name]; v != "" {
			parts = append(parts, d.Name+" "+v)
		}
	}
	if e.Kind == docket.LetterMade {
		parts = append(parts, e.Data["letter"])
	}
	if v := e.Data["note"]; v != "" {
		parts = append(parts, v)
	}
	if of := e.Data[docket.Dates]; of != "" {
		parts = append(parts, "gives event "+of+" its day")
	}
	if len(parts) == 0 {
		return ""
	}
	return ": " + strings.Join(parts, "; ")
}

// handsDetail is what an event tells that is about the desk alone.
func handsDetail(e docket.Event) string {
	names := func(key string) string { return strings.ReplaceAll(e.Data[key], ",", ", ") }
	switch e.Kind {
	case docket.Assigned:
		if e.Data["to"] == "" {
			return "to nobody"
		}
		return "to " + e.Data["to"]
	case docket.Tagged, docket.Untagged:
		return names("tags")
	case docket.MadePrivate:
		return strings.TrimSuffix("its owner, "+names("people"), ", ")
	}
	return ""
}
