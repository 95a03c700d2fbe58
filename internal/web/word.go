package web

import (
	"net/http"
	"strconv"
	"strings"

	"foia/internal/correspondence"
	"foia/internal/docket"
	"foia/internal/logbook"
	"foia/internal/remedy"
)

// What became of a letter, as a form has it.
const (
	itWent   = "went"
	itDidNot = "did-not"
)

// wordPage asks what became of a letter that may have gone out by e-mail, or not. Sending is no matter of the desk.
func (s *Server) wordPage(a *asked) error {
	r, events, _, err := a.life(a.r.PathValue("id"))
	if err != nil {
		return err
	}
	v := a.r.URL.Query()
	u, err := correspondence.FindUnclear(r, events, v.Get("letter"))
	if err != nil {
		return err
	}
	again := remedy.To(remedy.Send, r.ID)
	if u.Letter > 0 {
		again = again.With("letter", strconv.Itoa(u.Letter))
	}
	return a.show("word", "requests", "Did it go out? – "+r.ID, view{"Request": r, "Letter": u, "Seq": events[len(events)-1].Seq,
		"Became": v.Get("became"), "MessageID": messageIDOf(events, u), "Again": s.says(again.Saying("again").String())})
}

// messageIDOf is by what a mail program finds the message.
func messageIDOf(events []docket.Event, u docket.Unclear) string {
	for _, e := range events {
		if e.Seq == u.Event {
			return e.Data["message-id"]
		}
	}
	return ""
}

// wordForm logs what became of a letter, if nothing happened since the form was made.
func (s *Server) wordForm(a *asked, _ upload) error {
	v := a.r.PostForm
	seen, err := strconv.Atoi(v.Get("after"))
	if err != nil || seen < 1 {
		return errForm()
	}
	w := correspondence.Word{Request: a.r.PathValue("id"), Letter: v.Get("letter"), Went: v.Get("became") == itWent,
		Proof: strings.TrimSpace(v.Get("proof")), After: seen}
	if !w.Went && v.Get("became") != itDidNot {
		return remedy.Misuse("what became of the letter is not chosen", "go back and choose whether it went out")
	}
	if on := strings.TrimSpace(v.Get("on")); w.Went && on != "" {
		if w.On, err = a.dayOf(on); err != nil {
			return err
		}
	}
	var out correspondence.Sent
	err = s.booked(func(b *logbook.Book) error {
		out, err = (&correspondence.Sender{Book: b, Now: s.Now}).Say(a.ctx, w)
		return err
	})
	if err != nil {
		return err
	}
	http.Redirect(a.w, a.r, "/r/"+out.Request+"#e"+strconv.Itoa(out.Event), http.StatusSeeOther)
	return nil
}
