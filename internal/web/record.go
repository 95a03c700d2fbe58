package web

import (
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"foia/internal/docket"
	"foia/internal/logbook"
	"foia/internal/remedy"
	"foia/internal/workday"
)

// question is one that leads to an event, as the page has it.
type question struct {
	docket.Ask
	Value, Wrong string
}

// recording is an event on its way into the log.
type recording struct {
	a        *asked
	book     *logbook.Book
	id       string
	kind     docket.Kind
	on       string
	noDay    bool // the day was left empty, or is to be found
	told     map[string]string
	proposed docket.Proposed
	state    docket.State
}

// booked calls f with the log opened to write, and closes it.
func (s *Server) booked(f func(*logbook.Book) error) (err error) {
	w, err := s.folder()
	if err != nil {
		return err
	}
	b := logbook.New(w, s.Writer())
	defer func() { err = errors.Join(err, b.Close()) }()
	return f(b)
}

// recordPage asks what happened and what belongs to it, and shows what it changes. It writes nothing: all that
// was answered is in the address, so that one can go back and forth.
func (s *Server) recordPage(a *asked) error {
	return s.booked(func(b *logbook.Book) error {
		r, err := a.recording(b, a.r.PathValue("id"), a.r.URL.Query())
		if err != nil {
			return err
		}
		if r.kind == "" {
			return r.choices()
		}
		return r.questions(a.r.URL.Query())
	})
}

// recording reads what was answered so far.
func (a *asked) recording(b *logbook.Book, id string, v url.Values) (*recording, error) {
	r := &recording{a: a, book: b, id: id, on: strings.TrimSpace(v.Get("on")), told: map[string]string{}}
	r.noDay = v.Has("on") && r.on == ""
	var err error
	if r.proposed, r.state, err = b.Proposes(a.ctx, logbook.Entry{Request: id}); err != nil {
		return nil, err
	}
	r.id = r.proposed.Request.ID
	name := v.Get("kind")
	if name == "" {
		return r, nil
	}
	spec, known := docket.SpecOf(docket.Kind(name))
	if !known || spec.Own {
		return nil, remedy.Misuse("there is no event “"+name+"”", "choose what happened from the list")
	}
	r.kind = spec.Kind
	for _, d := range append(slices.Clone(spec.Details), docket.Detail{Name: "note"}) {
		if text := strings.TrimSpace(v.Get(d.Name)); text != "" && d.Name != "child" {
			r.told[d.Name] = text
		}
	}
	return r, nil
}

// seen is the last event that the page shows.
func (r *recording) seen() int { return r.proposed.Events[len(r.proposed.Events)-1].Seq }

// choices shows what may have happened: first what fits the request as it stands.
func (r *recording) choices() error {
	fits, others := r.proposed.MayCome(r.state)
	return r.a.show("came", "requests", "What happened to "+r.id+"?", view{"Request": r.proposed.Request, "State": r.state,
		"Fits": r.offered(fits), "Others": r.offered(others)})
}

// offered are choices with the addresses of their questions.
func (r *recording) offered(all []docket.Came) []value {
	out := []value{}
	for _, c := range all {
		v := url.Values{"kind": {string(c.Kind)}}
		for name, text := range c.Data {
			v.Set(name, text)
		}
		out = append(out, value{Value: string(c.Kind), Words: c.Words, At: "/r/" + r.id + "/record?" + v.Encode()})
	}
	return out
}

// event is what is to be recorded, as far as it is answered.
func (r *recording) event() (docket.Event, error) {
	e := docket.Event{Request: r.id, Kind: r.kind, On: r.a.day, Data: maps.Clone(r.told)}
	switch {
	case r.noDay:
		e.On = workday.Date{}
		return e, remedy.Misuse("the day is missing", "type it, or “"+docket.DayUnknown+"”")
	case r.on == "":
		return e, nil
	}
	return r.a.dated(e, r.on)
}

// dated is an event with the day that was typed, which may be unknown: then the event says so.
func (a *asked) dated(e docket.Event, text string) (docket.Event, error) {
	p := docket.Proposed{Event: e}
	if strings.EqualFold(text, docket.DayUnknown) {
		e = p.Tell(docket.DayDetail, docket.DayUnknown).Event
		e.On = workday.Date{}
		return e, nil
	}
	on, err := a.dayOf(text)
	e = p.Tell(docket.DayDetail, "").Event
	e.On = on
	return e, err
}

// questions asks what belongs to the event. Once all is answered, it shows what that changes.
func (r *recording) questions(v url.Values) error {
	sent := v.Has("asked")
	event, wrongDay := r.event()
	p := r.proposed
	p.Event = event
	if wrongDay == nil {
		wrongDay = p.CheckDay()
	}
	list, more, wrong := r.a.s.answered(p, strings.Split(v.Get("asked"), ","))
	for i := range list {
		if list[i].Value == "" && list[i].Name == "by" && r.kind == docket.Sent && !sent {
			list[i].Value = r.proposed.Request.Via
		}
	}
	if wrong = wrong || wrongDay != nil; !sent {
		wrongDay = nil
	}
	if sent && !more && !wrong {
		return r.preview(event)
	}
	return r.ask(list, wrongDay, sent && more && !wrong)
}

// answered are the questions of an event with what is told of it. Answers to those that were asked before are checked;
// more tells whether there are others.
func (s *Server) answered(p docket.Proposed, before []string) (list []question, more, wrong bool) {
	list = []question{}
	for _, ask := range p.Asks() {
		q := question{Ask: ask, Value: p.Event.Data[ask.Name]}
		if !slices.Contains(before, ask.Name) {
			more = true
		} else if err := p.CheckDetail(ask.Detail, q.Value); err != nil {
			q.Wrong, wrong = s.atField(ask.Name, err), true
		}
		list = append(list, q)
	}
	return list, more, wrong
}

// atField is what is wrong with an answer, as it stands beside its field, which need not be named again.
func (s *Server) atField(name string, err error) string {
	return s.says(strings.TrimPrefix(err.Error(), remedy.Name(name)+": "))
}

// ask shows the questions, with what is wrong with an answer beside it.
func (r *recording) ask(list []question, wrong error, more bool) error {
	names := []string{}
	for _, q := range list {
		names = append(names, q.Name)
	}
	v := view{"Request": r.proposed.Request, "Kind": string(r.kind), "Words": r.kind.Words(), "On": r.on, "OnWrong": "", "Questions": list,
		"Asked": strings.Join(names, ","), "More": more, "Note": r.told["note"], "HasNote": slices.Contains(names, "note"), "Problem": ""}
	if r.on == "" && !r.noDay {
		v["On"] = r.a.day.String()
	}
	if wrong != nil {
		v["OnWrong"] = r.a.s.atField("on", wrong)
	}
	return r.a.show("record", "requests", r.kind.Words()+" – "+r.id, v)
}

// entry is what is to be recorded.
func (r *recording) entry(event docket.Event) (logbook.Entry, error) {
	e := logbook.Entry{Request: r.id, Event: event}
	if r.kind == docket.Referred && r.told["to"] != "" && r.a.s.Offices != nil {
		all, err := r.a.s.Offices()
		if err != nil {
			return e, err
		}
		match, err := all.Find(r.told["to"])
		if err != nil {
			return e, err
		}
		e.To = &match.Office
	}
	return e, nil
}

// preview shows what the event would change, before it is written.
func (r *recording) preview(event docket.Event) error {
	v := view{"Request": r.proposed.Request, "Words": r.kind.Words(), "Says": told(event), "When": event.OnLong(),
		"Fields": r.fields(event), "Seq": r.seen(), "Dates": []string{}, "Unusual": []string{}, "Opens": "", "Twice": "", "Back": r.back(),
		"Before": r.state.Status, "After": r.state.Status, "Next": docket.Step{}, "NeedsFile": r.kind == docket.FileAdded}
	if r.kind == docket.FileAdded {
		return r.a.show("preview", "requests", "What this changes – "+r.id, v)
	}
	entry, err := r.entry(event)
	if err != nil {
		return err
	}
	would, err := r.book.WouldRecord(r.a.ctx, entry)
	if err != nil {
		return err
	}
	v["Before"], v["After"], v["Opens"], v["Next"] = would.Before.Status, would.After.Status, would.Opens, would.Next
	v["Unusual"], v["Says"] = would.Unusual, told(would.Event)
	dates := []string{}
	for _, c := range would.Dates {
		if !strings.HasPrefix(c.What, docket.DueSuit) {
			dates = append(dates, remedy.Capital(c.Words()))
		}
	}
	v["Dates"] = dates
	if would.Repeated != nil {
		v["Twice"] = remedy.Capital(r.a.s.says(would.Repeated.Error()))
	}
	return r.a.show("preview", "requests", "What this changes – "+r.id, v)
}

// fields are the answers, for the form that records them.
func (r *recording) fields(event docket.Event) []field {
	out := []field{{"kind", string(r.kind)}, {"on", dayWords(event)}}
	for name, text := range r.told {
		out = append(out, field{name, text})
	}
	slices.SortFunc(out, func(a, b field) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// back is the address of the questions, answered.
func (r *recording) back() string {
	v := url.Values{"kind": {string(r.kind)}}
	if r.on != "" {
		v.Set("on", r.on)
	}
	for name, text := range r.told {
		v.Set(name, text)
	}
	return "/r/" + r.id + "/record?" + v.Encode()
}

// errForm says that a form is not one of the desk's.
func errForm() error {
	return remedy.Misuse("this form does not say which event it has seen last",
		"nothing was written: open the page of the request and begin there")
}

// recordForm records an event, if nothing happened since the form was made.
func (s *Server) recordForm(a *asked, file upload) error {
	seen, err := strconv.Atoi(a.r.PostForm.Get("after"))
	if err != nil || seen < 1 || a.r.PostForm.Get("kind") == "" {
		return errForm()
	}
	id, seq := "", 0
	err = s.booked(func(b *logbook.Book) error {
		r, err := a.recording(b, a.r.PathValue("id"), a.r.PostForm)
		if err != nil {
			return err
		}
		event, err := r.event()
		if err != nil {
			return err
		}
		entry, err := r.entry(event)
		if err != nil {
			return err
		}
		entry.After, entry.Again = seen, a.r.PostForm.Get("again") == "yes"
		if file.path != "" {
			entry.Attach = []string{file.path}
		}
		out, err := b.Record(a.ctx, entry)
		id, seq = r.id, out.Event.Seq
		return err
	})
	if err != nil {
		return err
	}
	http.Redirect(a.w, a.r, "/r/"+id+"#e"+strconv.Itoa(seq), http.StatusSeeOther)
	return nil
}
