package moving

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"foia/internal/roster"
	"foia/internal/workday"
)

// listsOf are the tables of a file that are lists of requests: the one of a text; of a workbook each sheet that names the same
// kind of columns as the fittest, in the order of the sheets. What is not read is told. An answer that names a sheet names the
// only one.
func listsOf(path string, first *table, answers Answers, laws Laws) (lists []*reader, notes []string, err error) {
	main, err := readerOf(first, answers, laws)
	if err != nil {
		return nil, nil, err
	}
	var unread []string
	for i, name := range first.reading.Sheets {
		if name == first.reading.Sheet {
			lists = append(lists, main)
			continue
		}
		if answers.Sheet != "" {
			unread = append(unread, name)
			continue
		}
		rd, err := otherList(path, first.reading.Sheets[i], main, answers, laws)
		switch fault := new(roster.Fault); {
		case errors.As(err, &fault):
			notes = append(notes, fmt.Sprintf("the sheet %s is not read: %s", name, fault.What))
		case err != nil:
			return nil, nil, err
		case rd == nil:
			unread = append(unread, name)
		default:
			lists = append(lists, rd)
		}
	}
	if len(lists) == 0 {
		return []*reader{main}, nil, nil
	}
	var read []string
	for _, rd := range lists {
		read = append(read, rd.plan.Sheet)
	}
	if len(first.reading.Sheets) > 1 {
		text := "the sheet " + read[0] + " is read"
		if len(read) > 1 {
			text = "the sheets " + strings.Join(read, ", ") + " are read"
		}
		if len(unread) > 0 {
			text += "; not read: " + strings.Join(unread, ", ")
		}
		notes = append(notes, text)
	}
	return lists, notes, sameOrder(lists, answers)
}

// otherList reads a further sheet; nil: it is no list of requests of the kind that the first is.
func otherList(path, sheet string, main *reader, answers Answers, laws Laws) (*reader, error) {
	answers.Sheet = sheet
	t, err := read(path, sheet)
	if err != nil {
		return nil, err
	}
	if len(t.rows) == 0 {
		return nil, nil
	}
	rd, err := readerOf(t, answers, laws)
	if err != nil || !sameKind(main.columns, rd.columns) {
		return nil, err
	}
	return rd, nil
}

// mostOf are the meanings that make a list one of requests.
var mostOf = []Means{isSubject, isAgency, onSent, isDay, isStatus, onDetermination, isTracking, isKey}

// sameKind tells whether the columns of two sheets are of one kind: both have what was asked for or of whom, both the day it
// was sent, and most of what the smaller has of the columns that make a list.
func sameKind(a, b []Column) bool {
	if find(a, onSent) == nil && find(a, isDay) == nil {
		return false
	}
	has, both := 0, 0
	for _, m := range mostOf {
		inA, inB := find(a, m) != nil, find(b, m) != nil
		if inB {
			has++
		}
		if inA && inB {
			both++
		} else if m == onSent && inA != inB || m == isDay && inA != inB {
			return false
		}
	}
	named := find(b, isSubject) != nil && find(a, isSubject) != nil || find(b, isAgency) != nil && find(a, isAgency) != nil
	return named && both >= 2 && both*2 > has
}

// sameOrder gives the sheets on which nothing decides how days are written the order of the others, if these agree.
func sameOrder(lists []*reader, answers Answers) error {
	order := workday.Order("")
	for _, rd := range lists {
		switch is := rd.cal.fileOrder(); {
		case is == "":
		case order != "" && order != is:
			return nil
		default:
			order = is
		}
	}
	if order == "" || answers.Dates != "" {
		return nil
	}
	for _, rd := range lists {
		if rd.cal.fileOrder() != "" {
			continue
		}
		rd.answers.Dates = order
		cal, err := calendarOf(rd.t, rd.columns, rd.answers)
		if err != nil {
			return err
		}
		rd.cal = cal
	}
	return nil
}

// ofSheet names the sheet beside each line of a plan.
func (p *Plan) ofSheet() {
	var heads []string
	for _, c := range p.Columns {
		heads = append(heads, c.Name)
	}
	for i := range p.Requests {
		q := &p.Requests[i]
		q.Sheet, q.Columns = p.Sheet, heads
		for j := range q.Rows {
			q.Rows[j].Sheet = p.Sheet
		}
	}
	for _, lines := range [][]Line{p.Rejected, p.LeftOut, p.Ignored} {
		for i := range lines {
			lines[i].Sheet = p.Sheet
		}
	}
	for i := range p.Duplicates {
		p.Duplicates[i].Sheet = p.Sheet
	}
	for i := range p.Notes {
		p.Notes[i] = "sheet " + p.Sheet + ": " + p.Notes[i]
	}
	p.Sheets = []SheetRead{{Name: p.Sheet, HeadingRow: p.HeadingRow, Columns: p.Columns, Requests: len(p.Requests)}}
	if p.Dates != "" {
		p.Dates = p.Sheet + ": " + p.Dates
	}
}

// with adds the plan of a further sheet.
func (p *Plan) with(other *Plan) *Plan {
	if p == nil {
		return other
	}
	p.Sheet, p.HeadingRow = "", 0
	p.Sheets = append(p.Sheets, other.Sheets...)
	if other.Dates != "" {
		p.Dates = strings.TrimPrefix(p.Dates+"; "+other.Dates, "; ")
	}
	for _, c := range other.Columns {
		i := slices.IndexFunc(p.Columns, func(x Column) bool { return x.Name == c.Name })
		switch {
		case i < 0:
			p.Columns, p.Meaning[c.Name] = append(p.Columns, c), c.Says
		case p.Columns[i].Means == isUnknown || len(p.Columns[i].Samples) == 0:
			p.Columns[i], p.Meaning[c.Name] = c, c.Says
		}
	}
	for _, w := range other.Statuses {
		if i := slices.IndexFunc(p.Statuses, func(x Word) bool { return x.Column == w.Column && x.Word == w.Word }); i >= 0 {
			p.Statuses[i].Count += w.Count
			continue
		}
		p.Statuses = append(p.Statuses, w)
	}
	for i, q := range other.Questions {
		if !slices.Contains(p.Questions, q) {
			p.Questions, p.Ask = append(p.Questions, q), append(p.Ask, other.Ask[i])
		}
	}
	for _, n := range other.Notes {
		if !slices.Contains(p.Notes, n) {
			p.Notes = append(p.Notes, n)
		}
	}
	p.join(other)
	p.Rejected, p.LeftOut = append(p.Rejected, other.Rejected...), append(p.LeftOut, other.LeftOut...)
	p.Ignored, p.Duplicates = append(p.Ignored, other.Ignored...), append(p.Duplicates, other.Duplicates...)
	return p
}

// join adds the requests of a further sheet. One that goes on there, with all that the first sheet tells of it, is one request,
// and the first row is left out; one that is told of in another way on each sheet is named.
func (p *Plan) join(other *Plan) {
	for _, q := range other.Requests {
		i := slices.IndexFunc(p.Requests, func(x Request) bool { return x.Sheet != q.Sheet && x.same(&q) })
		if i < 0 {
			p.Requests = append(p.Requests, q)
			continue
		}
		first := p.Requests[i]
		switch {
		case q.tellsAllOf(&first):
			p.LeftOut = append(p.LeftOut, Line{Sheet: first.Sheet, Line: first.Rows[0].Line, Why: "the request goes on in " + q.At()})
			p.Requests = append(slices.Delete(p.Requests, i, i+1), q)
		case first.tellsAllOf(&q):
			other.LeftOut = append(other.LeftOut, Line{Sheet: q.Sheet, Line: q.Rows[0].Line,
				Why: "the same request as in " + first.At()})
		default:
			p.Requests = append(p.Requests, q)
			p.Duplicates = append(p.Duplicates, Duplicate{Sheet: q.Sheet, Column: "subject", Value: *q.Subject,
				Lines: []int{first.Rows[0].Line, q.Rows[0].Line}, Means: fmt.Sprintf("one agency, subject and day sent in %s and %s, "+
					"and not the same events: two requests, unless you mark one as deleted", first.At(), q.At())})
		}
	}
}

// same tells whether two rows are about one request: one agency, one subject, one day on which it was sent.
func (q *Request) same(other *Request) bool {
	if q.Subject == nil || other.Subject == nil || *q.Subject == "" || !strings.EqualFold(*q.Subject, *other.Subject) ||
		q.Agency == nil || other.Agency == nil || *q.Agency == "" || !strings.EqualFold(*q.Agency, *other.Agency) ||
		len(q.Events) == 0 || len(other.Events) == 0 {
		return false
	}
	a, b := q.Events[0].On, other.Events[0].On
	return q.Events[0].Kind == other.Events[0].Kind && a != nil && b != nil && *a == *b
}

// tellsAllOf tells whether a row has every event that another has, on the same day and with the same details.
func (q *Request) tellsAllOf(other *Request) bool {
	for _, e := range other.Events {
		if !slices.ContainsFunc(q.Events, func(x Event) bool {
			for name, value := range e.Data {
				if x.Data[name] != value {
					return false
				}
			}
			return x.Kind == e.Kind && (e.On == nil || x.On != nil && *x.On == *e.On)
		}) {
			return false
		}
	}
	return true
}
