package web

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"foia/internal/agency"
	"foia/internal/docket"
	"foia/internal/filing"
	"foia/internal/letter"
	"foia/internal/logbook"
	"foia/internal/preflight"
	"foia/internal/press"
	"foia/internal/remedy"
)

// changing is the draft of a request that somebody changes on its page.
type changing struct {
	a       *asked
	desk    *filing.Desk
	draft   *filing.Draft
	form    url.Values // what was typed; nil: nothing yet
	answers letter.Answers
	via     string
	force   string

	questions []asking
	unknown   []field // what was typed for fields that the template does not have
	viaWrong  string
	wrong     string         // about all of it
	do        string         // what to do about that
	notes     []string       // what one should know
	since     []docket.Event // what happened since the form was made
	more      bool           // a question is open that was not when the form was made
}

// What somebody does with the form of a draft.
const (
	doItem = "item"   // has room for one more item
	doBack = "change" // goes back from the letter to the answers
	doPDF  = "pdf"
	doKeep = "keep"
)

// onlyLooks tells whether the form of a draft writes nothing.
func onlyLooks(form url.Values) bool { return form.Get("do") != doKeep }

// changed has the draft of a request changed or looked at, with what letters are made with.
func (a *asked) changed(form url.Values, f func(*changing) error) error {
	return a.s.booked(func(b *logbook.Book) error {
		stock, err := a.s.Stock(b.Workspace)
		if err != nil {
			return err
		}
		c := &changing{a: a, desk: &filing.Desk{Book: b, Stock: stock}, form: form}
		if err := c.seen(); err != nil {
			return err
		}
		if c.draft, err = c.desk.Draft(a.ctx, a.r.PathValue("id")); err != nil {
			return err
		}
		c.answers, c.via = c.draft.Answers, c.draft.Request.Via
		return f(c)
	})
}

// seen compares the last event that the form knows with the log. What happened since is shown with what was typed,
// if the request can still be changed; else it is the error.
func (c *changing) seen() error {
	if c.form == nil {
		return nil
	}
	last, err := strconv.Atoi(c.form.Get("after"))
	if err != nil || last < 1 {
		return errForm()
	}
	log, err := c.desk.Log(c.a.ctx)
	if err != nil {
		return err
	}
	r, events, err := logbook.Request(logbook.Within(c.a.ctx, log), c.a.r.PathValue("id"))
	if err != nil {
		return err
	}
	err = logbook.Seen(events, last)
	var moved *logbook.MovedOn
	if errors.As(err, &moved) && docket.MayChange(r, events) == nil {
		c.since = moved.Since
		return nil
	}
	return err
}

// editPage asks what the template asks, with what was answered filled in.
func (s *Server) editPage(a *asked) error {
	return a.changed(nil, func(c *changing) error {
		if err := c.fromFile(); err != nil {
			return err
		}
		c.ask()
		return c.show(http.StatusOK)
	})
}

// fromFile begins with the answers that somebody changed in the file of the request, as the terminal does.
func (c *changing) fromFile() error {
	name, raw, changed, err := c.desk.ChangedFile(c.draft.Request)
	if err != nil || !changed {
		return err
	}
	to := filing.Change{}
	if err := to.TakeAnswers(name, raw); err != nil {
		c.notes = append(c.notes, name+" was changed since the letter was made, and cannot be read: "+err.Error()+
			". These are the answers in the log; if you keep another version, the file is set aside")
		return nil
	}
	c.answers, c.via = to.Given[0].Answers, cmp.Or(string(to.Via), c.via)
	c.notes = append(c.notes, name+" was changed since the letter was made: these are its answers")
	return nil
}

// editForm shows what was typed as a letter, with what the preflight finds and what changes, and makes it the version
// of the request if that is asked for.
func (s *Server) editForm(a *asked, _ upload) error {
	return a.changed(a.r.PostForm, func(c *changing) error {
		c.take()
		c.ask()
		do := c.form.Get("do")
		switch {
		case c.since != nil:
			return c.show(http.StatusConflict)
		case do == doBack || do == doItem:
			return c.show(http.StatusOK)
		case c.check():
			return c.show(http.StatusBadRequest)
		case c.more:
			return c.show(http.StatusOK)
		case do == doKeep:
			return c.keep()
		}
		draft, out, err := c.desk.WouldChange(a.ctx, c.change())
		switch {
		case err != nil:
			return c.refused(err)
		case do == doPDF:
			return c.file(draft)
		}
		return c.preview(draft, out, http.StatusOK)
	})
}

// change is what was typed, as the use case takes it.
func (c *changing) change() filing.Change {
	last, _ := strconv.Atoi(c.form.Get("after")) // seen read it
	return filing.Change{Request: c.draft.Request.ID, Whole: true, Given: []letter.Layer{{Answers: c.answers}},
		Via: agency.Channel(c.via), Date: c.a.day, After: last}
}

// keep makes it the version of the request.
func (c *changing) keep() error {
	out, err := c.desk.Redraft(c.a.ctx, c.change(), filing.Options{Force: c.force})
	var refused *press.Refused
	switch {
	case errors.As(err, &refused):
		draft, would, err := c.desk.WouldChange(c.a.ctx, c.change())
		if err != nil {
			return c.refused(err)
		}
		return c.preview(draft, would, http.StatusBadRequest)
	case err != nil:
		return c.refused(err)
	}
	http.Redirect(c.a.w, c.a.r, "/r/"+url.PathEscape(out.Request.ID)+"#e"+strconv.Itoa(out.Event.Seq), http.StatusSeeOther)
	return nil
}

// refused puts an error where it belongs: at the fields that it is about, or above them. What is no matter of the
// answers is the error still.
func (c *changing) refused(err error) error {
	var missing *letter.Missing
	var problem *letter.Problem
	var same *filing.Unchanged
	var unset *letter.Unprintable
	var moved *logbook.MovedOn
	switch {
	case errors.As(err, &moved):
		c.since = moved.Since
		return c.show(http.StatusConflict)
	case errors.As(err, &same):
		c.wrong, c.do = "nothing would change: the answers are those that "+c.draft.Request.ID+" has", ""
		return c.show(http.StatusOK)
	case errors.As(err, &missing):
		for _, f := range missing.Fields {
			c.at(f.Name, letter.ErrNeeded.Error())
		}
		return c.show(http.StatusBadRequest)
	case errors.As(err, &problem):
		field, _, _ := strings.Cut(problem.Field, ",")
		if !c.at(field, problem.What+": "+problem.Remedy) {
			c.wrong, c.do = err.Error(), problem.Remedy
		}
		return c.show(http.StatusBadRequest)
	case errors.As(err, &unset), remedy.IsMisuse(err):
		c.wrong, c.do = err.Error(), remedy.Of(err)
		return c.show(http.StatusBadRequest)
	}
	return err
}

// at has an error stand at its field; not if the form has no such field.
func (c *changing) at(name, wrong string) bool {
	for i := range c.questions {
		if q := &c.questions[i]; q.Name == name || q.Period && name == letter.LastDay {
			q.Wrong = c.a.s.says(wrong)
			return true
		}
	}
	return false
}

// file sends the PDF of the letter that is not made.
func (c *changing) file(draft *letter.Draft) error {
	p, err := press.New(c.desk.Book.Workspace)
	if err != nil {
		return err
	}
	set, err := p.Typeset(draft.Document, draft.Requester.ID)
	if err != nil {
		return err
	}
	c.a.sendFile("preview.pdf", set.Bytes)
	return nil
}

// preview shows what changes, what the preflight finds, and the letter.
func (c *changing) preview(draft *letter.Draft, out filing.Redrafted, code int) error {
	fields := []field{}
	for _, f := range typed(c.a.r) {
		if f.Name != "do" && f.Name != "force" {
			fields = append(fields, f)
		}
	}
	notes := []string{}
	if out.Dropped != "" {
		notes = append(notes, out.Dropped)
	}
	c.page(code, "changed", "What changes – ", view{"Changes": c.changes(draft, out.Changed), "Findings": out.Findings, "Notes": notes,
		"Text": draft.Document.PlainText(textWidth), "Office": draft.Office.Name, "Channel": string(draft.Channel), "Fields": fields,
		"Refused": preflight.Worst(out.Findings) == preflight.Error, "Version": c.draft.Version() + 1,
		"Unforced": code != http.StatusOK})
	return nil
}

// show is the form.
func (c *changing) show(code int) error {
	had, shut := c.named()
	c.page(code, "edit", "Change the request – ", view{"Parts": c.parts(), "Had": had, "Shut": shut, "After": c.draft.Last(),
		"Faults": c.faults(), "Ways": c.ways(), "Via": c.via, "ViaWrong": c.viaWrong, "Wrong": c.wrong, "Do": c.do,
		"Notes": c.notes, "Since": c.since, "Unknown": c.unknown, "More": c.more})
	return nil
}

func (c *changing) page(code int, name, title string, v view) {
	v["Here"], v["Title"], v["Request"] = "requests", title+c.draft.Request.ID, c.draft.Request
	c.a.s.page(c.a.w, code, name, v)
}
