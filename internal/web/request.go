package web

import (
	"cmp"
	"path"
	"slices"
	"strconv"
	"strings"

	"foia/internal/agency"
	"foia/internal/docket"
	"foia/internal/entered"
	"foia/internal/logbook"
	"foia/internal/press"
	"foia/internal/workday"
)

// dated is a deadline as the page of a request has it.
type dated struct {
	docket.Deadline
	Title, Standing, Explain string
	Late                     bool
}

// happened is an event of the timeline.
type happened struct {
	docket.Event
	Says   string
	Struck string // why it does not count
	Files  []attached
}

// attached is a file of the log.
type attached struct {
	Name, At, Original, SHA256 string
	Size                       int
}

// life reads a request as it stands.
func (a *asked) life(id string) (docket.Request, []docket.Event, docket.State, error) {
	r, events, err := logbook.Request(logbook.Within(a.ctx, a.log), id)
	if err != nil {
		return r, nil, docket.State{}, err
	}
	basis, err := a.s.Workspace.Basis()
	if err != nil {
		return r, nil, docket.State{}, err
	}
	return r, events, docket.Fold(r, docket.Known(events, a.day), basis), nil
}

// requestPage is one request.
func (s *Server) requestPage(a *asked) error {
	r, events, state, err := a.life(a.r.PathValue("id"))
	if err != nil {
		return err
	}
	next := docket.Next(r, state, a.day)
	timeline, err := timelineOf(r, events)
	if err != nil {
		return err
	}
	pdfs, err := filesToCover(r, events)
	if err != nil {
		return err
	}
	fits, _ := docket.Proposed{Request: r, Events: events, Today: a.day}.MayCome(state)
	shown := state.On(a.day)
	v := view{"Request": r, "Row": docket.RowOf(r, state, a.day), "State": shown, "Office": r.OfficeName(), "Next": next,
		"Act": s.deed(r.ID, next), "Dates": datesOf(shown, a), "Timeline": timeline, "Fits": fits[:min(len(fits), 6)],
		"Documents": filesOf(r, r.Documents), "Seq": events[len(events)-1].Seq, "Whose": whose(shown, next, a.day),
		"Draft": docket.MayChange(r, events) == nil, "Unsent": unsentOf(shown, timeline),
		"Letter": letterIn(filesOf(r, r.Documents)), "Portal": portalOf(r), "PDFs": len(pdfs)}
	return a.show("request", "requests", r.ID+" "+clean(entered.Line(r.Subject)), v)
}

// unsent is a further letter that was not sent, with the file to send.
type unsent struct {
	docket.Unsent
	PDF string
}

func unsentOf(state docket.State, timeline []happened) (out []unsent) {
	for _, u := range state.Unsent {
		one := unsent{Unsent: u}
		for _, h := range timeline {
			if h.Seq == u.Event {
				one.PDF = letterIn(h.Files)
			}
		}
		out = append(out, one)
	}
	return out
}

// letterIn is the address of the letter among the files that were made; empty: there is none.
func letterIn(files []attached) string {
	for _, f := range files {
		if path.Ext(f.Name) == ".pdf" {
			return f.At
		}
	}
	return ""
}

// portalOf is where a request is filed, if that is a page; empty if not.
func portalOf(r docket.Request) string {
	office, err := press.FrozenOffice(r)
	if err != nil || agency.Channel(r.Via) != agency.Portal || !strings.HasPrefix(office.PortalURL, "https://") {
		return ""
	}
	return office.PortalURL
}

// whose is whose move it is: whoever owes the nearest date; if nobody does, yours, unless there is nothing to do but wait.
func whose(s docket.State, next docket.Step, today workday.Date) string {
	if !s.Open() {
		return "nobody’s: it is over"
	}
	theirs := docket.PlaceOf(s, next, today) == docket.Waits
	for _, d := range s.Deadlines {
		if d.Open() && d.Who == docket.You && !d.Due.IsZero() && !strings.HasPrefix(d.What, docket.DueSuit) {
			return "yours"
		}
		theirs = theirs || d.Open() && d.Who == docket.Agency
	}
	if !theirs || s.Status == docket.IsDrafted || s.Status == docket.IsWaiting {
		return "yours"
	}
	return "the agency’s"
}

func datesOf(s docket.State, a *asked) []dated {
	out := []dated{}
	for _, d := range s.Deadlines {
		out = append(out, dated{Deadline: d, Title: d.Title(), Standing: d.Standing(a.day), Explain: a.s.says(d.Explain()),
			Late: d.Open() && d.Late(a.day) > 0})
	}
	return out
}

// timelineOf has the latest event first, and what was struck out where it was.
func timelineOf(r docket.Request, events []docket.Event) ([]happened, error) {
	struck := docket.Corrected(events)
	out := []happened{}
	for _, e := range events {
		h := happened{Event: e, Says: told(e), Files: []attached{}}
		if struck[e.Seq] {
			h.Struck = struckBy(events, e)
		}
		if e.Kind != docket.Redrafted {
			files, err := e.Files()
			if err != nil {
				return nil, err
			}
			h.Files = filesOf(r, files)
		}
		out = append(out, h)
	}
	slices.SortStableFunc(out, func(a, b happened) int {
		return cmp.Or(strings.Compare(b.On.String(), a.On.String()), cmp.Compare(b.Seq, a.Seq))
	})
	return out, nil
}

func struckBy(events []docket.Event, e docket.Event) string {
	for _, by := range events {
		if by.Kind == docket.Discarded && by.Data["of"] == strconv.Itoa(e.Seq) {
			return "discarded"
		}
	}
	return "corrected: does not count"
}

func filesOf(r docket.Request, files []docket.Document) []attached {
	out := []attached{}
	for _, d := range files {
		out = append(out, attached{Name: d.Name, At: "/r/" + r.ID + "/files/" + escaped(d.Name), Original: entered.Line(d.Original),
			SHA256: d.SHA256, Size: int(d.Size)})
	}
	return out
}

// documentOf is a file of a request by its name, if the log has it.
func documentOf(r docket.Request, events []docket.Event, name string) (docket.Document, bool, error) {
	versions, err := docket.AllVersions(r, events)
	if err != nil {
		return docket.Document{}, false, err
	}
	var all []docket.Document
	for _, v := range versions {
		all = append(all, v.Documents...)
	}
	for _, e := range events {
		files, err := e.Files()
		if err != nil {
			return docket.Document{}, false, err
		}
		all = append(all, files...)
	}
	i := slices.IndexFunc(all, func(d docket.Document) bool { return d.Name == path.Clean(name) })
	if i < 0 {
		return docket.Document{}, false, nil
	}
	return all[i], true, nil
}
