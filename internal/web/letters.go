package web

import (
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"foia/internal/agency"
	"foia/internal/correspondence"
	"foia/internal/docket"
	"foia/internal/letter"
	"foia/internal/logbook"
	"foia/internal/preflight"
	"foia/internal/press"
	"foia/internal/remedy"
)

// writing is a further letter on its way.
type writing struct {
	a       *asked
	desk    *correspondence.Desk
	follow  correspondence.FollowUp
	kind    string // as the address has it
	request docket.Request
	events  []docket.Event
	given   map[string]string // what was answered, by field
	before  letter.Answers    // of the letter whose place it takes
	in      letter.Typing
	unknown *correspondence.NoAddress
}

// written has a letter of a request written or looked at, with what letters are made with.
func (a *asked) written(v url.Values, f func(*writing) error) error {
	return a.s.booked(func(b *logbook.Book) error {
		stock, err := a.s.Stock(b.Workspace)
		if err != nil {
			return err
		}
		log, err := b.Log(a.ctx)
		if err != nil {
			return err
		}
		l := &writing{a: a, desk: &correspondence.Desk{Book: b, Stock: stock}, kind: a.r.PathValue("kind"), given: map[string]string{}}
		if l.request, l.events, err = logbook.Request(logbook.Within(a.ctx, log), a.r.PathValue("id")); err != nil {
			return err
		}
		if err := l.read(v); err != nil {
			return err
		}
		return f(l)
	})
}

// fieldMark begins the names of answers to the questions of a letter.
const fieldMark = "f."

// read reads what was answered so far.
func (l *writing) read(v url.Values) error {
	l.follow = correspondence.FollowUp{Request: l.request.ID, Kind: l.kind, Date: l.a.day, Address: strings.TrimSpace(v.Get("address")),
		Force: strings.TrimSpace(v.Get("force")), Via: agency.Channel(v.Get("via"))}
	if of := v.Get("of"); of != "" && of != "determination" {
		if l.kind != "appeal" || !slices.Contains(docket.Matters, of) {
			return remedy.Misuse("of: there is no appeal against “"+of+"”", "begin on the page of the request")
		}
		l.follow.Kind = "appeal-" + of
	}
	if strings.Contains(l.follow.Address, "@") {
		l.follow.Via, l.follow.Contact, l.follow.Address = agency.Email, l.follow.Address, ""
	}
	for name := range v {
		if field, ok := strings.CutPrefix(name, fieldMark); ok && strings.TrimSpace(v.Get(name)) != "" {
			l.given[field] = strings.TrimSpace(v.Get(name))
		}
	}
	return l.readInstead(v)
}

// readInstead begins with the answers of the letter whose place it takes, which was not sent.
func (l *writing) readInstead(v url.Values) error {
	if v.Get("instead") == "" {
		return nil
	}
	number, err := strconv.Atoi(v.Get("instead"))
	if err != nil || number < 1 {
		return remedy.Misuse("instead: “"+v.Get("instead")+"” is no letter", "begin on the page of the request")
	}
	if seen, bad := strconv.Atoi(v.Get("after")); bad == nil {
		if err := logbook.Seen(l.events, seen); err != nil { // which may be that it was sent, or thrown away
			return err
		}
	}
	before, err := l.desk.TakesPlace(&l.follow, l.request, l.events, number)
	if err != nil {
		return err
	}
	l.before = before
	for name, value := range before {
		if v.Has("asked") {
			break
		}
		text, yes, items := letter.Field{}.Typed(value)
		if yes {
			text = "yes"
		}
		if len(items) > 0 {
			text = strings.Join(items, "\n")
		}
		l.given[name] = text
	}
	return nil
}

// fields are the questions of the letter, with the answers put where the letter finds them. Where nobody knows to
// whom it goes, that is asked first.
func (l *writing) fields() ([]letter.Field, error) {
	answers := letter.Answers{}
	l.follow.Given = []letter.Layer{{Answers: answers, File: "your answer"}}
	fields, in, err := l.desk.Questions(l.a.ctx, l.follow)
	if errors.As(err, &l.unknown) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	l.in = in
	for _, f := range fields {
		text := l.given[f.Name]
		switch {
		case f.Type == letter.YesNo:
			answers[f.Name] = text == "yes"
		case text == "":
		case f.Type == letter.List || f.Type == letter.Records:
			items := []any{}
			for line := range strings.Lines(text) {
				if line = strings.TrimSpace(line); line != "" {
					items = append(items, line)
				}
			}
			answers[f.Name] = items
		default:
			answers[f.Name] = text
		}
	}
	rest := maps.Clone(l.before)
	maps.DeleteFunc(rest, func(name string, _ any) bool {
		return slices.ContainsFunc(fields, func(f letter.Field) bool { return f.Name == name })
	})
	l.follow.Given = append(l.follow.Given, letter.Layer{Answers: rest, File: "the letter before", Shared: true})
	return fields, nil
}

// letterField is a question of a letter, as the page has it.
type letterField struct {
	letter.Field
	Value, Wrong string
}

// lettersPage lists the letters of a request: those that may go out, and why the others may not.
func (s *Server) lettersPage(a *asked) error {
	r, events, state, err := a.life(a.r.PathValue("id"))
	if err != nil {
		return err
	}
	basis, err := s.Workspace.Basis()
	if err != nil {
		return err
	}
	stock, err := s.Stock(s.Workspace)
	if err != nil {
		return err
	}
	all, err := correspondence.Choices(stock.Library, basis.Book, r.Law, docket.At(r, events, a.day, basis).Ready)
	if err != nil {
		return err
	}
	return a.show("letters", "requests", "Letters for "+r.ID, view{"Request": r, "Choices": all, "Counsel": correspondence.Counsel(state)})
}

// letterPage asks what a letter needs to know, and shows it before it is made.
func (s *Server) letterPage(a *asked) error {
	v := a.r.URL.Query()
	return a.written(v, func(l *writing) error {
		fields, err := l.fields()
		if err != nil {
			return err
		}
		before := strings.Split(v.Get("asked"), ",")
		list, names := []letterField{}, []string{"address"}
		more, wrong := l.unknown != nil, false
		for _, f := range fields {
			q := letterField{Field: f, Value: l.given[f.Name]}
			switch {
			case !slices.Contains(before, f.Name):
				more = true
			case f.Type != letter.YesNo:
				q.Wrong = l.wrong(f, q.Value)
				wrong = wrong || q.Wrong != ""
			}
			list, names = append(list, q), append(names, f.Name)
		}
		if !more && !wrong {
			return l.preview(v)
		}
		unknown := ""
		if l.unknown != nil {
			unknown = remedy.Capital(s.says(l.unknown.Error()))
		}
		return a.show("letter", "requests", "Letter: "+l.kind+" – "+l.request.ID, view{"Request": l.request, "Kind": l.kind, "Fields": list,
			"Asked": strings.Join(names, ","), "Unknown": unknown, "Instead": l.follow.Instead, "Address": v.Get("address"),
			"Of": v.Get("of"), "More": v.Has("asked") && !wrong})
	})
}

// wrong says what is wrong with an answer.
func (l *writing) wrong(f letter.Field, text string) string {
	if text == "" && !f.Required {
		return ""
	}
	v, err := f.Clean(text, "", l.in)
	var p *letter.Problem
	switch {
	case errors.As(err, &p):
		return l.a.s.says(p.What + ": " + p.Remedy)
	case err != nil:
		return l.a.s.says(err.Error())
	case v == nil && f.Required:
		return "this question needs an answer"
	}
	return ""
}

// textWidth is how wide the text of a letter is shown, in characters.
const textWidth = 78

// preview shows the letter as it would be made, and what the preflight finds.
func (l *writing) preview(v url.Values) error {
	made, draft, err := l.desk.WouldMake(l.a.ctx, l.follow)
	if err != nil {
		return err
	}
	out := []field{}
	for _, name := range slices.Sorted(maps.Keys(v)) {
		if name != "asked" {
			out = append(out, field{name, v.Get(name)})
		}
	}
	back := url.Values{}
	for _, f := range out {
		back.Set(f.Name, f.Value)
	}
	base := "/r/" + l.request.ID + "/letter/" + url.PathEscape(l.kind)
	return l.a.show("made", "requests", "Letter: "+l.kind+" – "+l.request.ID, view{"Request": l.request, "Kind": l.kind,
		"Findings": made.Findings,
		"Notes":    made.Notes, "Text": draft.Document.PlainText(textWidth), "Office": draft.Office.Name, "Channel": string(draft.Channel),
		"Fields": out, "Instead": l.follow.Instead, "Seq": l.events[len(l.events)-1].Seq, "Back": base + "?" + back.Encode(), "At": base,
		"PDF": base + "/preview.pdf?" + back.Encode(), "Refused": preflight.Worst(made.Findings) == preflight.Error})
}

// previewFile is the PDF of a letter that is not made.
func (s *Server) previewFile(a *asked) error {
	return a.written(a.r.URL.Query(), func(l *writing) error {
		if _, err := l.fields(); err != nil {
			return err
		}
		_, draft, err := l.desk.WouldMake(a.ctx, l.follow)
		if err != nil {
			return err
		}
		p, err := press.New(l.desk.Book.Workspace)
		if err != nil {
			return err
		}
		file, err := p.Typeset(draft.Document, draft.Requester.ID)
		if err != nil {
			return err
		}
		a.sendFile("preview.pdf", file.Bytes)
		return nil
	})
}

// letterForm makes the letter, if nothing happened since it was looked at. It is a draft: nothing is sent.
func (s *Server) letterForm(a *asked, _ upload) error {
	seen, err := strconv.Atoi(a.r.PostForm.Get("after"))
	if err != nil || seen < 1 {
		return errForm()
	}
	at := ""
	err = a.written(a.r.PostForm, func(l *writing) error {
		if _, err := l.fields(); err != nil {
			return err
		}
		l.follow.After = seen
		made, err := l.desk.Letter(a.ctx, l.follow)
		at = "/r/" + l.request.ID + "#e" + strconv.Itoa(made.Event.Seq)
		return err
	})
	if err != nil {
		return err
	}
	http.Redirect(a.w, a.r, at, http.StatusSeeOther)
	return nil
}

// discardForm throws away a draft: the request, or a letter of it.
func (s *Server) discardForm(a *asked, _ upload) error {
	seen, err := strconv.Atoi(a.r.PostForm.Get("after"))
	if err != nil || seen < 1 {
		return errForm()
	}
	what := logbook.Discarding{Request: a.r.PathValue("id"), Letter: a.r.PostForm.Get("letter"), After: seen}
	err = s.booked(func(b *logbook.Book) error {
		_, err := b.Discard(a.ctx, []logbook.Discarding{what}, strings.TrimSpace(a.r.PostForm.Get("reason")))
		return err
	})
	if err != nil {
		return err
	}
	http.Redirect(a.w, a.r, "/r/"+url.PathEscape(what.Request), http.StatusSeeOther)
	return nil
}
