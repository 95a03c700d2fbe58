package packet

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"foia/internal/docket"
	"foia/internal/entered"
	"foia/internal/press"
	"foia/internal/remedy"
)

// gather reads the requests, makes sure that their chains hold, and finds the
// exhibits.
func (m *maker) gather(ctx context.Context) error {
	for _, id := range m.IDs {
		r, err := m.read(ctx, id)
		if err != nil {
			return err
		}
		m.records = append(m.records, r)
		if err := m.find(ctx, r); err != nil {
			return err
		}
	}
	m.once()
	slices.SortStableFunc(m.exhibits, func(a, b *Exhibit) int {
		return cmp.Or(compareDays(a.Date, b.Date), strings.Compare(a.Request, b.Request),
			cmp.Compare(a.Event, b.Event))
	})
	for i, e := range m.exhibits {
		e.Number = i + 1
	}
	m.attach()
	m.made.Exhibits = m.exhibits
	return nil
}

// read is a request with its events, if they are as they were written.
func (m *maker) read(ctx context.Context, id string) (*record, error) {
	request, err := m.Log.Request(ctx, id)
	if err != nil {
		return nil, err
	}
	all, err := m.Log.Events(ctx, id)
	if err != nil {
		return nil, err
	}
	if err := chained(request, all); err != nil {
		return nil, err
	}
	basis, err := m.Workspace.Basis()
	if err != nil {
		return nil, err
	}
	frozen := request
	if request, err = docket.Current(request, docket.Known(all, m.On)); err != nil {
		return nil, err
	}
	r := &record{Request: request, frozen: frozen, all: all, events: docket.Known(all, m.On)}
	if len(r.events) == 0 {
		return nil, remedy.Misuse(fmt.Sprintf("%s did not exist yet on %s", id, m.On.Letter()),
			"give a later day: "+remedy.Give("on", remedy.Open("DATE")))
	}
	r.state = docket.Fold(request, r.events, basis).On(m.On)
	if m.Publication { // how a letter was sent names addresses, such as that of the requester's lawyer
		r.events = slices.DeleteFunc(r.events, docket.Event.OfMail)
	}
	r.struck = strikers(r.events)
	if err := json.Unmarshal(request.Requester, &r.requester); err != nil {
		return nil, fmt.Errorf("the requester of %s cannot be read: %w", id, err)
	}
	r.requesters = append(r.requesters, r.requester)
	if now, ok, err := m.Workspace.Config.Requester(r.requester.ID); err == nil && ok {
		r.requesters = append(r.requesters, now) // later letters bear the address of their day
	}
	return r, nil
}

// chained makes sure that nothing of a request was changed since it was written.
func chained(r docket.Request, events []docket.Event) error {
	prev := ""
	for i, e := range events {
		sum, err := e.Digest()
		if err != nil {
			return err
		}
		if e.Seq != i+1 || e.Prev != prev || sum != e.Hash {
			return changed("the log of %s was changed after it was written: its chain breaks at event %d", r.ID, i+1)
		}
		prev = e.Hash
	}
	sum, err := r.Digest()
	if err != nil {
		return err
	}
	if len(events) == 0 || events[0].Data["request_sha256"] != sum {
		return changed("the request %s was changed after it was frozen", r.ID)
	}
	return nil
}

// strikers are the corrections, by the number of the event that they strike out.
func strikers(events []docket.Event) map[int]docket.Event {
	struck, out := docket.Corrected(events), map[int]docket.Event{}
	for _, e := range events {
		if of, err := strconv.Atoi(e.Data["of"]); err == nil && e.Kind == docket.Correction && struck[of] && !struck[e.Seq] {
			out[of] = e
		}
	}
	return out
}

// find makes exhibits of the files of a request and of its events.
func (m *maker) find(ctx context.Context, r *record) error {
	for _, e := range r.events {
		if e.Kind == docket.LetterMade && docket.OwnUse(e.Data["letter"]) {
			continue // what is for the requester's lawyer is not for those who get the record
		}
		if e.Kind == docket.Redrafted {
			continue // its files are those of the request, unless yet another version took their place
		}
		files, err := e.Files()
		if err != nil {
			return changed("%v", err)
		}
		if e.Seq == 1 {
			files = append(slices.Clone(r.Documents), files...)
		}
		shown := files
		own := e.Kind == docket.Drafted || e.Kind == docket.LetterMade
		if own {
			shown = lettersIn(r.Request, files)
		}
		if e.Kind == docket.Sending {
			shown = nil // the letter in it is an exhibit already
		}
		for i, d := range shown {
			x := &Exhibit{Request: r.ID, Event: e.Seq, Date: e.On, Name: d.Name, SHA256: d.SHA256, Size: d.Size, of: r, document: d,
				Own: own, called: baseName(d), recorded: e.Recorded, Redacted: e.Kind == docket.Redacted}
			x.Title = m.text(r, titleWithName(title(r, e, d), d))
			if e.Seq == 1 && isPortalText(r.Request, d) {
				x.Title += " (as text for the agency’s form)"
			} else if len(shown) > 1 && !own {
				x.Title += fmt.Sprintf(" (file %d of %d)", i+1, len(shown))
			}
			if own && e.Data["referred_from"] == "" {
				x.Title += ", " + docket.FateOf(r.events, e).String()
			}
			x.parts = partsOf(files, d)
			m.exhibits = append(m.exhibits, x)
			if !own {
				if err := m.enclosed(ctx, x, e); err != nil {
					return err
				}
			}
		}
		for _, d := range files {
			if !slices.Contains(shown, d) {
				r.beside = append(r.beside, beside{event: e.Seq, Document: d})
			}
		}
	}
	return nil
}

// lettersIn are the files that are the letter itself: its PDF, and what was typed
// into a form. If there is no PDF, all are shown.
func lettersIn(r docket.Request, files []docket.Document) []docket.Document {
	if !slices.ContainsFunc(files, isPDF) {
		return files
	}
	return slices.DeleteFunc(slices.Clone(files), func(d docket.Document) bool { return !isPDF(d) && !isPortalText(r, d) })
}

func isPortalText(r docket.Request, d docket.Document) bool {
	text, ok := r.Document(press.PortalText)
	return ok && text == d
}

func isPDF(d docket.Document) bool { return strings.HasSuffix(d.Name, ".pdf") }

// partsOf is the file that holds the parts of a letter, of which it can be set anew.
func partsOf(files []docket.Document, d docket.Document) *docket.Document {
	if !isPDF(d) {
		return nil
	}
	i := slices.IndexFunc(files, func(f docket.Document) bool { return f.Name == strings.TrimSuffix(d.Name, ".pdf")+".json" })
	if i < 0 {
		return nil
	}
	return &files[i]
}

// letterOf is the number of the exhibit that a file was kept with.
func (m *maker) letterOf(r *record, b beside) int {
	for _, x := range m.exhibits {
		if x.of == r && x.Event == b.event {
			return x.Number
		}
	}
	return 0
}

// title says what an exhibit is.
func title(r *record, e docket.Event, d docket.Document) string {
	spec, _ := docket.SpecOf(e.Kind)
	switch {
	case e.Kind == docket.Drafted && e.Data["referred_from"] != "":
		return "Referral from request " + e.Data["referred_from"]
	case e.Kind == docket.Drafted:
		return "Request: " + r.Subject
	case e.Kind == docket.LetterMade:
		return "Letter: " + strings.ReplaceAll(e.Data["letter"], "-", " ")
	case e.Kind == docket.Redacted:
		return "Copy for publication of " + cmp.Or(shownName(d), withoutNumbers(baseName(d)))
	case e.Kind == docket.FileAdded, e.Kind == docket.Note:
		return "File " + cmp.Or(shownName(d), withoutNumbers(baseName(d)))
	}
	text := remedy.Capital(cmp.Or(says(spec), string(e.Kind)))
	if o := e.Data["outcome"]; o != "" {
		text += ": " + o
	}
	return text
}

// shownName is what a received file was called, without what cannot be seen, which might
// turn the name around; empty if the log does not say.
func shownName(d docket.Document) string { return entered.Line(d.Original) }

// titleWithName adds what the file was called, unless the title says it.
func titleWithName(title string, d docket.Document) string {
	name := shownName(d)
	if name == "" || strings.Contains(title, name) {
		return title
	}
	return title + ", “" + name + "”"
}

// withoutNumbers is the name of a file that foia keeps without what it has put before it:
// the number of the event, of three digits at least, and perhaps one of the file.
func withoutNumbers(name string) string {
	event, rest, ok := strings.Cut(name, "-")
	if !ok || len(event) < 3 || strings.Trim(event, "0123456789") != "" {
		return name
	}
	if number, last, ok := strings.Cut(rest, "-"); ok && number != "" && strings.Trim(number, "0123456789") == "" {
		return last
	}
	return rest
}

// says is what an event of a kind means, told by somebody else than the requester.
func says(spec docket.Spec) string {
	return strings.NewReplacer("you are", "the requester is", "you", "the requester").Replace(spec.Says)
}

// checkInclude makes sure that what is to be shown can be.
func (m *maker) checkInclude() error {
	for _, n := range m.Include {
		switch {
		case !m.Publication:
			return remedy.Misuse(remedy.Name("include")+" only works with "+remedy.Name("publication"),
				"a packet that is not for publication has every exhibit")
		case n < 1 || n > len(m.exhibits):
			return remedy.Misuse(fmt.Sprintf("%s: there is no exhibit %d", remedy.Name("include"), n),
				fmt.Sprintf("the exhibits are 1 to %d; see them with %s", len(m.exhibits), remedy.Name("json")))
		case m.exhibits[n-1].Own:
			return remedy.Misuse(fmt.Sprintf("%s: exhibit %d is the requester’s own letter, which is in the packet without "+
				"its private data", remedy.Name("include"), n), "name only files that were received")
		}
		m.exhibits[n-1].asked = true
	}
	return nil
}

// baseName is the name of a file without its folder.
func baseName(d docket.Document) string { return path.Base(strings.ReplaceAll(d.Name, "\\", "/")) }
