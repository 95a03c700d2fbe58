package web

import (
	"bufio"
	"bytes"
	"io"
	"net/http"
	"slices"
	"strings"

	"foia/internal/docket"
	"foia/internal/export"
	"foia/internal/logbook"
	"foia/internal/remedy"
	"foia/internal/store"
	"foia/internal/workday"
)

// Export is a form of a list besides CSV and JSON: the requests in their order, or what is due, at the same
// address with the same choice. What is nil, the form does not have.
type Export struct {
	Type     string // of the file, such as text/calendar; charset=utf-8
	Requests func(out io.Writer, log *store.Log, ids []string, today workday.Date) error
	Due      func(out io.Writer, log *store.Log, items []docket.Item, today workday.Date) error
}

// form is another form of a page, as a link.
type form struct{ Words, At string }

// forms are the links to the other forms of a list.
func (s *Server) forms(c choice, path string) []form {
	out := []form{{"CSV", c.address(path + ".csv")}, {"JSON", c.address(path + ".json")}}
	var names []string
	for name, e := range s.Exports {
		if path == "/due" && e.Due != nil || path == "/requests" && e.Requests != nil {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		out = append(out, form{strings.ToUpper(name), c.address(path + "." + name)})
	}
	return out
}

// requestsFile is the list of requests as a file.
func (s *Server) requestsFile(a *asked, name string) error {
	c, err := readChoice(a.r.URL.Query())
	if err != nil {
		return err
	}
	rows, _ := a.h.found(c)
	ids := make([]string, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	switch name {
	case "csv":
		return a.file("requests.csv", "text/csv; charset=utf-8", func(out io.Writer) error { return a.requestsCSV(out, ids) })
	case "json":
		return a.file("requests.json", "application/json", func(out io.Writer) error { return a.requestsJSON(out, ids) })
	}
	if e := s.Exports[name]; e.Requests != nil {
		return a.file("requests."+name, e.Type, func(out io.Writer) error { return e.Requests(out, a.log, ids, a.day) })
	}
	return errNoPage
}

// file sends a file to be kept. It is made whole first: half a list would be taken for one.
func (a *asked) file(name, kind string, write func(io.Writer) error) error {
	var out bytes.Buffer
	if err := write(&out); err != nil {
		return err
	}
	h := a.w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	a.w.WriteHeader(http.StatusOK)
	_, err := out.WriteTo(a.w)
	_ = err // who asked may be gone
	return nil
}

func (a *asked) requestsCSV(to io.Writer, ids []string) error {
	out := bufio.NewWriter(to)
	table, err := export.NewTable(out, docket.ColumnNames())
	if err != nil {
		return err
	}
	err = logbook.InOrder(a.ctx, a.log, ids, func(s store.Standing) ([]string, error) {
		cells := docket.RowOf(s.Request, s.State, a.day).Cells()
		for i, c := range cells {
			cells[i] = remedy.Words(c, a.s.Terminal)
		}
		return cells, nil
	}, table.Row)
	if err == nil {
		err = table.Close()
	}
	if err == nil {
		err = out.Flush()
	}
	return err
}

func (a *asked) requestsJSON(out io.Writer, ids []string) error {
	rows := []docket.Row{}
	err := logbook.InOrder(a.ctx, a.log, ids, func(s store.Standing) (docket.Row, error) {
		return docket.RowOf(s.Request, s.State, a.day), nil
	}, func(r docket.Row) error {
		rows = append(rows, r)
		return nil
	})
	if err != nil {
		return err
	}
	return a.json(out, rows)
}

// json writes a value as the command line does.
func (a *asked) json(out io.Writer, v any) error {
	text, err := export.JSON(v, "", "  ")
	if err == nil {
		_, err = out.Write(export.Escaped(remedy.WordsJSON(text, a.s.Terminal)))
	}
	return err
}

// dueFile is what is due as a file, as foia due lists it.
func (s *Server) dueFile(a *asked, name string) error {
	c, err := readChoice(a.r.URL.Query())
	if err != nil {
		return err
	}
	c.OpenOnly = true
	rows, _ := a.h.found(c)
	items := []docket.Item{}
	for _, r := range rows {
		items = append(items, r.items...)
	}
	docket.SortItems(items)
	switch name {
	case "json":
		return a.file("due.json", "application/json", func(out io.Writer) error { return a.json(out, items) })
	case "csv":
		return a.file("due.csv", "text/csv; charset=utf-8", func(out io.Writer) error { return dueCSV(out, items) })
	}
	if e := s.Exports[name]; e.Due != nil {
		return a.file("due."+name, e.Type, func(out io.Writer) error { return e.Due(out, a.log, items, a.day) })
	}
	return errNoPage
}

func dueCSV(out io.Writer, items []docket.Item) error {
	table, err := export.NewTable(out, []string{"id", "what", "who", "due", "days left", "rule", "lenient due", "of"})
	if err != nil {
		return err
	}
	for _, i := range items {
		cells := []string{i.ID, i.What, string(i.Who), i.Due.String(), sprint(i.DaysLeft), i.Rule, i.Lenient.String(), i.Of}
		if err := table.Row(cells); err != nil {
			return err
		}
	}
	return table.Close()
}
