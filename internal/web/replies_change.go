package web

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"foia/internal/docket"
	"foia/internal/inbox"
	"foia/internal/logbook"
	"foia/internal/remedy"
	"foia/internal/store"
	"foia/internal/workday"
)

// How somebody changed the events that a message tells is in the address of its page and in its form: for the event at
// place 0 as 0.was (what was read), 0.kind, 0.on, 0.request, and 0.d.NAME for each detail. So nothing is kept between
// pages, and one can go back and forth. Which are left out, the check boxes say: those of can that are not in entry.
const (
	wasMark     = ".was"
	kindMark    = ".kind"
	onMark      = ".on"
	requestMark = ".request"
	detailMark  = ".d."
)

// isChange tells whether an answer says how an event was changed.
func isChange(name string) bool {
	place, rest, ok := strings.Cut(name, ".")
	_, err := strconv.Atoi(place)
	return ok && err == nil && rest != ""
}

// changesIn are the answers that say how events were changed.
func changesIn(v url.Values) []field {
	out := []field{}
	for name := range v {
		if isChange(name) {
			out = append(out, field{name, v.Get(name)})
		}
	}
	slices.SortFunc(out, func(a, b field) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// errReadsOtherwise says that changes are of a message that is read in another way now.
func errReadsOtherwise() error {
	return remedy.Misuse("the message is read in another way than when you changed it", "nothing was written: open it again in the list")
}

// changes tells whether an event can be changed: one that the log has cannot, unless somebody made it such a one.
func changes(e inbox.Entry) bool { return !e.Before || len(e.Yours) > 0 }

// corrected has the events of a message stand as somebody changed them.
func (a *asked) corrected(r *inbox.Reader, item *inbox.Item, v url.Values) error {
	for _, f := range changesIn(v) {
		place, rest, _ := strings.Cut(f.Name, ".")
		i, err := strconv.Atoi(place)
		if err != nil || i < 0 || i >= len(item.Entries) || v.Get(place+wasMark) != string(item.Entries[i].Reads()) {
			return errReadsOtherwise()
		}
		if "."+rest != wasMark { // each is changed once, by what stands first
			continue
		}
		if id := strings.TrimSpace(v.Get(place + requestMark)); id != "" && id != item.Entries[i].Entry.Request {
			if err := r.Move(a.ctx, item, i, id); err != nil {
				return err
			}
		}
		event, err := changedEvent(v, place)
		if err != nil {
			return err
		}
		if err := r.Change(a.ctx, item, i, event); err != nil {
			return err
		}
	}
	for _, place := range v["can"] {
		if i, err := strconv.Atoi(place); err == nil && 0 <= i && i < len(item.Entries) && !slices.Contains(v["entry"], place) {
			if err := r.Leave(a.ctx, item, i); err != nil {
				return err
			}
		}
	}
	return nil
}

// changedEvent is an event as somebody changed it.
func changedEvent(v url.Values, place string) (e docket.Event, err error) {
	spec, known := docket.SpecOf(docket.Kind(v.Get(place + kindMark)))
	if !known || spec.Own {
		return e, remedy.Misuse("there is no event “"+v.Get(place+kindMark)+"”", "choose what happened from the list")
	}
	e = docket.Event{Kind: spec.Kind, Data: map[string]string{}}
	if on := v.Get(place + onMark); on != "" {
		if e.On, err = workday.ParseDate(on); err != nil {
			return e, errReadsOtherwise()
		}
	}
	for name := range v {
		if detail, ok := strings.CutPrefix(name, place+detailMark); ok && detail != "child" && detail != "files" {
			e.Data[detail] = v.Get(name)
		}
	}
	return e, nil
}

// correcting is an event of a message that somebody changes.
type correcting struct {
	a        *asked
	r        *inbox.Reader
	item     *inbox.Item
	i        int
	before   url.Values // the page of the message that it began at
	proposed docket.Proposed
	state    docket.State
	on       string
	wrongDay error
}

// changePage asks anew what happened of an event that a message tells: its request, its day, its details. It writes
// nothing, and leads back to the page of the message, which shows what that would change.
func (s *Server) changePage(a *asked) error {
	q := a.r.URL.Query()
	before := q
	if q.Has("state") {
		var err error
		if before, err = url.ParseQuery(q.Get("state")); err != nil {
			return errReadsOtherwise()
		}
	}
	place, err := strconv.Atoi(q.Get("place"))
	if err != nil {
		return errNoPage
	}
	return a.message(strings.TrimSpace(before.Get("request")), func(r *inbox.Reader, item *inbox.Item) error {
		if err := a.corrected(r, item, before); err != nil {
			return err
		}
		if place < 0 || place >= len(item.Entries) || !changes(item.Entries[place]) {
			return errReadsOtherwise()
		}
		c := &correcting{a: a, r: r, item: item, i: place, before: before}
		return c.ask(q)
	})
}

// ask shows the questions until all are answered.
func (c *correcting) ask(q url.Values) error {
	e, sent := c.item.Entries[c.i], q.Has("asked")
	about, wrongAbout := e.Entry.Request, error(nil)
	if sent {
		about = strings.TrimSpace(q.Get("about"))
	}
	if c.proposed, c.state, wrongAbout = c.about(about); wrongAbout != nil {
		if !remedy.IsMisuse(wrongAbout) && !errors.Is(wrongAbout, store.ErrNotFound) {
			return wrongAbout
		}
		if id := e.Entry.Request; id != "" { // what was answered is kept and checked as the request stands that it was about
			var err error
			if c.proposed, c.state, err = c.about(id); err != nil {
				return err
			}
		}
	}
	c.proposed.Event = docket.Event{Kind: e.Kind, On: e.On, Data: e.Data}
	c.on = dayWords(c.proposed.Event)
	asked := []string{}
	if sent {
		asked = strings.Split(q.Get("asked"), ",")
		c.take(q, asked)
	}
	list, more, wrong := []question{}, false, wrongAbout != nil
	if len(c.proposed.Events) > 0 {
		var wrongAnswer bool
		list, more, wrongAnswer = c.a.s.answered(c.proposed, asked)
		wrong = wrong || wrongAnswer
	}
	if c.wrongDay != nil {
		wrong = true
	}
	if sent && !more && !wrong {
		return c.done(about)
	}
	return c.show(list, about, wrongAbout, sent && more && !wrong, sent)
}

func errNoRequest() error {
	return remedy.Misuse("say which request it is about", "type its number")
}

// about is the request that the event is about, as it stands; unknown, if it is not told.
func (c *correcting) about(id string) (docket.Proposed, docket.State, error) {
	if id == "" {
		return docket.Proposed{}, docket.State{}, errNoRequest()
	}
	return c.r.Book.Proposes(c.a.ctx, logbook.Entry{Request: id, Attach: []string{c.item.File}})
}

// take takes the answers.
func (c *correcting) take(q url.Values, asked []string) {
	p := c.proposed
	if kind := docket.Kind(q.Get("kind")); kind != "" && kind != p.Event.Kind {
		if spec, known := docket.SpecOf(kind); known && !spec.Own {
			p.Event = docket.Event{Kind: kind, On: p.Event.On, Data: map[string]string{}}
		}
	}
	for _, name := range asked {
		asks := p.Asks()
		at := slices.IndexFunc(asks, func(x docket.Ask) bool { return x.Name == name })
		if at < 0 || len(asks[at].Offers) > 0 && !q.Has(name) {
			continue // nothing of it was shown, or nothing was chosen
		}
		p = p.Tell(name, strings.TrimSpace(q.Get(name)))
	}
	p = p.Tell("note", strings.TrimSpace(q.Get("note")))
	p.Event, c.on, c.wrongDay = c.day(p.Event, q.Get("on"))
	if c.wrongDay == nil && len(p.Events) > 0 {
		c.wrongDay = p.CheckDay()
	}
	c.proposed = p
}

// dayWords is the day of an event as it is typed.
func dayWords(e docket.Event) string {
	switch {
	case e.Data[docket.DayDetail] != "":
		return docket.DayUnknown
	case e.On.IsZero():
		return ""
	}
	return e.On.String()
}

// day reads the day, which may be unknown: then the event says so.
func (c *correcting) day(e docket.Event, text string) (docket.Event, string, error) {
	if text = strings.TrimSpace(text); text == "" {
		e = docket.Proposed{Event: e}.Tell(docket.DayDetail, "").Event
		e.On = workday.Date{}
		return e, text, remedy.Misuse("the day is missing", "type it, or “"+docket.DayUnknown+"”")
	}
	e, err := c.a.dated(e, text)
	return e, text, err
}

// show shows the questions, with what is wrong beside each.
func (c *correcting) show(list []question, about string, wrongAbout error, more, sent bool) error {
	says := func(name string, err error) string {
		if err == nil || !sent {
			return ""
		}
		return c.a.s.atField(name, err)
	}
	names := []string{}
	for _, q := range list {
		names = append(names, q.Name)
	}
	e := c.proposed.Event
	return c.a.show("change", "today", "Change – "+clean(waitsOf(c.item).Subject), view{"Message": waitsOf(c.item), "Place": c.i,
		"State": c.origin().Encode(), "Words": c.item.Entries[c.i].Kind.Words(), "Kind": string(e.Kind), "Kinds": c.kinds(),
		"About": about, "AboutWrong": says("about", wrongAbout), "Candidates": c.item.Match.Candidates, "Example": c.example(), "On": c.on,
		"OnWrong": says("on", c.wrongDay), "Questions": list, "Asked": strings.Join(names, ","), "More": more, "Note": e.Data["note"],
		"HasNote": slices.Contains(names, "note"), "Problem": "", "Back": c.back(c.origin()), "Texts": textsOf(c.item)})
}

// example is a number of a request of this log.
func (c *correcting) example() string {
	rows := c.a.h.rows
	if len(rows) == 0 {
		return "2026-0001"
	}
	return rows[len(rows)-1].ID
}

// kinds are what may have happened: what fits the request as it stands, first.
func (c *correcting) kinds() []value {
	now := c.item.Entries[c.i].Kind
	out := []value{{Value: string(now), Words: now.Words()}}
	fits, others := c.proposed.MayCome(c.state)
	for _, came := range slices.Concat(fits, others) {
		if !slices.ContainsFunc(out, func(v value) bool { return v.Value == string(came.Kind) }) {
			out = append(out, value{Value: string(came.Kind), Words: came.Kind.Words()})
		}
	}
	return out
}

// origin is the page of the message that the change began at.
func (c *correcting) origin() url.Values {
	out := url.Values{}
	for name, values := range c.before {
		if isChange(name) || name == "request" || name == "can" || name == "entry" {
			out[name] = values
		}
	}
	return out
}

func (c *correcting) back(v url.Values) string {
	return "/replies/" + c.item.Hash + "?" + v.Encode()
}

// done leads back to the page of the message, with the event changed.
func (c *correcting) done(about string) error {
	v, place := c.origin(), strconv.Itoa(c.i)
	for name := range v {
		if strings.HasPrefix(name, place+".") {
			v.Del(name)
		}
	}
	e := c.proposed.Event
	v.Set(place+wasMark, string(c.item.Entries[c.i].Reads()))
	v.Set(place+kindMark, string(e.Kind))
	v.Set(place+requestMark, about)
	if !e.On.IsZero() {
		v.Set(place+onMark, e.On.String())
	}
	for name, text := range e.Data {
		v.Set(place+detailMark+name, text)
	}
	if slices.Contains(v["can"], place) && !slices.Contains(v["entry"], place) { // whoever changes it wants it
		v.Add("entry", place)
	}
	http.Redirect(c.a.w, c.a.r, c.back(v), http.StatusSeeOther)
	return nil
}
