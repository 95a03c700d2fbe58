package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"foia/internal/docket"
	"foia/internal/filing"
	"foia/internal/letter"
	"foia/internal/logbook"
	"foia/internal/press"
	"foia/internal/store"
	"foia/internal/workspace"
	"foia/templates"
)

// ana asks for records in the tests.
var ana = letter.Requester{ID: "desk", Name: "Ana Reyes", Organization: "Courier", Street: []string{"1 Main St"}, City: "Albany",
	State: "NY", ZIP: "12207", Email: "ana@example.org"}

// cameras are the answers of a draft.
func cameras() letter.Answers {
	return letter.Answers{"subject": "Camera contracts", "custodians": []any{"Office of the Commissioner"}, "date_from": "2025-01-20",
		"date_to": "2025-08-31", "fee_category": "media", "category_facts": "The Courier publishes news every day.",
		"use_statement": "To report on them.", "records": []any{
			map[string]any{"text": "The contracts for body-worn cameras, with annexes", "title": "Contracts",
				"custodians": []any{"Procurement"}},
			"The invoices"}}
}

// addDraft adds a request that is not sent yet, as the terminal makes one.
func addDraft(t testing.TB, w *workspace.Workspace, ask filing.Ask) string {
	t.Helper()
	stock, err := stockWith(w)
	if err != nil {
		t.Fatal(err)
	}
	desk := &filing.Desk{Book: logbook.New(w, logbook.Writer{By: "ana", Machine: "desk-3", Today: today, Now: "2026-11-23T12:00:00Z"}),
		Stock: stock}
	ask.Requester, ask.Date = ana, today
	plan, err := desk.Plan(ask)
	if err != nil {
		t.Fatal(err)
	}
	made, err := desk.File(context.Background(), plan, filing.Options{Force: "a test", Again: true})
	if err := errors.Join(err, desk.Close()); err != nil {
		t.Fatal(err)
	}
	return made[0].Request.ID
}

// cameraDraft adds the draft that most tests change.
func cameraDraft(t testing.TB, w *workspace.Workspace) string {
	t.Helper()
	return addDraft(t, w, filing.Ask{Name: "request", Offices: []string{"irs"}, Given: []letter.Layer{{Answers: cameras()}}})
}

// stockWith are the built-in letters with those of the folder over them.
func stockWith(w *workspace.Workspace) (*press.Stock, error) {
	s, err := stockOf(w)
	if err == nil {
		s.Library = letter.NewLibrary(os.DirFS(w.Path(workspace.TemplatesDir)), templates.Files)
	}
	return s, err
}

// ownTemplate writes a template of the folder.
func ownTemplate(t testing.TB, w *workspace.Workspace, name, text string) {
	t.Helper()
	at := filepath.Join(w.Path(workspace.TemplatesDir), "letters", name+".md")
	if err := errors.Join(os.MkdirAll(filepath.Dir(at), 0o700), os.WriteFile(at, []byte(text), 0o600)); err != nil {
		t.Fatal(err)
	}
}

// draftOf is a draft as the log has it.
func draftOf(t testing.TB, d *desk, id string) docket.Request {
	t.Helper()
	log, err := d.w.ReadLog(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	r, _, err := logbook.Request(logbook.Within(context.Background(), log), id)
	if err := errors.Join(err, log.Close()); err != nil {
		t.Fatal(err)
	}
	return r
}

// happens records an event without a page.
func happens(t testing.TB, w *workspace.Workspace, e docket.Event) {
	t.Helper()
	log, err := w.OpenLog(context.Background(), false)
	if err != nil {
		t.Fatal(err)
	}
	e.On, e.Recorded, e.By = today, "2026-11-23T10:00:00Z", "ben"
	err = log.Write(context.Background(), func(tx *store.Tx) error {
		_, err := tx.Append(e)
		return err
	})
	if err := errors.Join(err, log.Close()); err != nil {
		t.Fatal(err)
	}
}

// formOf is what a browser sends of the last form of a page, as it is filled in, without a button.
func formOf(t testing.TB, text string) url.Values {
	t.Helper()
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	v := url.Values{}
	var in func(n *html.Node, form bool)
	in = func(n *html.Node, form bool) {
		if n.Type == html.ElementNode && n.Data == "form" {
			v, form = url.Values{}, true
		}
		if form && n.Type == html.ElementNode {
			fillIn(v, n)
		}
		for child := range n.ChildNodes() {
			in(child, form)
		}
	}
	in(root, false)
	return v
}

// fillIn adds what a browser sends of one element.
func fillIn(v url.Values, n *html.Node) {
	at := map[string]string{}
	for _, a := range n.Attr {
		at[a.Key] = a.Val
	}
	_, checked := at["checked"]
	switch {
	case n.Data == "input" && (at["type"] != "checkbox" && at["type"] != "radio" || checked):
		v.Set(at["name"], at["value"])
	case n.Data == "textarea":
		v.Set(at["name"], strings.ReplaceAll(textOf(n), "\n", "\r\n"))
	case n.Data == "select":
		for option := range n.ChildNodes() {
			for _, a := range option.Attr {
				if a.Key == "selected" {
					v.Set(at["name"], textOf(option))
				}
			}
		}
	}
}

func textOf(n *html.Node) string {
	var out strings.Builder
	for child := range n.ChildNodes() {
		out.WriteString(child.Data)
	}
	return out.String()
}

// says is the answer to a form, with its status.
func (d *desk) says(path string, form url.Values, do string) (int, string) {
	d.t.Helper()
	form.Set("do", do)
	got := d.post(path, form)
	if got.StatusCode == http.StatusSeeOther {
		return got.StatusCode, got.Header.Get("Location")
	}
	return got.StatusCode, body(d.t, got)
}
