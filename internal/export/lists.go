package export

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"foia/internal/docket"
	"foia/internal/workday"
)

// Kind is what the cells of a column hold. A cell that is nil is unknown, or has not happened.
type Kind int

// The kinds of cells.
const (
	Text   Kind = iota // string
	Day                // workday.Date
	Moment             // time.Time, in UTC
	Number             // int
	Money              // docket.Cents
	YesNo              // bool
)

// Column is a column of a list.
type Column struct {
	Name string // such as tracking number
	Kind Kind
	Wide int // in characters
	Says string

	Overdue bool   // its day is missed once it has passed …
	While   string // … if that column says Open; empty: in any case
}

// Key is the name of the column where names have no spaces.
func (c Column) Key() string { return strings.ReplaceAll(c.Name, " ", "_") }

// List is one of the lists that a log comes to.
type List struct {
	Name    string
	Says    string
	Columns []Column
}

// Key is the name of the list in JSON.
func (l List) Key() string { return strings.ToLower(l.Name) }

// How a deadline stands.
const (
	Open = "open"
	Met  = "met"
	Void = "void"
)

// Requests is the list of requests: the columns of the tracking log, and what it has no room for.
func Requests() List {
	columns := []Column{
		{Name: "id", Wide: 13, Says: "your number of the request"},
		{Name: "subject", Wide: 40, Says: "what the letter asks for, in short"},
		{Name: "agency", Wide: 30, Says: "the agency as it was called when the letter was made"},
		{Name: "component", Wide: 30, Says: "the office of the agency that processes the request"},
		{Name: "tracking number", Wide: 18, Says: "the agency's number; several are separated by semicolons"},
		{Name: "filed via", Wide: 10, Says: "portal, mail, fax or email"},
		{Name: "sent", Kind: Day, Says: "the day on which the request went out"},
		{Name: "received", Kind: Day, Says: "the day on which the office that processes it had it"},
		{Name: "due", Kind: Day, Overdue: true, Says: "the day by which the agency has to answer; empty once it has"},
		{Name: "status", Wide: 16, Says: "where the request stands"},
		{Name: "outcome", Wide: 14, Says: "what the agency decided"},
		{Name: "fee category", Wide: 13, Says: "as asked for, or as the agency assigned it"},
		{Name: "fee waiver", Wide: 12, Says: "what became of the fee waiver"},
		{Name: "expedited", Wide: 12, Says: "what became of expedited processing"},
		{Name: "appeal by", Kind: Day, Overdue: true, Says: "your first day for an appeal that is still open"},
		{Name: "last event", Wide: 26, Says: "what happened last, and when"},
		{Name: "next step", Wide: 44, Says: "what foia suggests"},
		{Name: "folder", Wide: 36, Says: "where the letters are, below the folder of the log"},
		{Name: "series", Wide: 12, Says: "the first request of the series, of a recurring one"},
		{Name: "period", Wide: 16, Says: "the period that a recurring request asks for"},
		{Name: "assigned", Wide: 12, Says: "who works on it"},
		{Name: "tags", Wide: 18, Says: "separated by semicolons"},
	}
	return List{"Requests", "one row a request", append(columns,
		Column{Name: "law", Wide: 12, Says: "the law that the request was made under"},
		Column{Name: "acknowledged", Kind: Day, Says: "the first acknowledgment"},
		Column{Name: "determined", Kind: Day, Says: "the last determination"},
		Column{Name: "pages", Kind: Number, Says: "pages released, if a letter gives a number"},
		Column{Name: "pages withheld", Kind: Number, Says: "pages withheld, if a letter gives a number"},
		Column{Name: "fee", Kind: Money, Says: "the amount in the latest fee notice"},
		Column{Name: "fee currency", Wide: 10, Says: "its currency"},
		Column{Name: "paid", Kind: Money, Says: "what was paid, as far as the log gives amounts; empty if it was in several currencies"},
		Column{Name: "paid currency", Wide: 10, Says: "its currency; the amounts, if there are several"},
		Column{Name: "private", Kind: YesNo, Wide: 8, Says: "whether only some people see the request"})}
}

// RequestCells are the cells of a request as it stands on a day, in the columns of Requests.
func RequestCells(r docket.Request, s docket.State, today workday.Date) []any {
	columns := Requests().Columns
	cells := make([]any, 0, len(columns))
	for i, text := range docket.RowOf(r, s, today).Cells() {
		cells = append(cells, typed(text, columns[i].Kind))
	}
	a := s.Account
	cells = append(cells, known(r.UnderLaw()), dayCell(a.Acknowledged), dayCell(a.Determined), number(a.Pages), number(a.Withheld))
	if a.Fee != nil {
		cells = append(cells, a.Fee.Cents, a.Fee.Currency)
	} else {
		cells = append(cells, nil, nil)
	}
	return append(append(cells, paid(a.Paid)...), s.Private)
}

// paid are the amount that was paid and its currency. Amounts in several currencies are never added up.
func paid(sums []docket.Amount) []any {
	switch len(sums) {
	case 0:
		return []any{nil, nil}
	case 1:
		return []any{sums[0].Cents, sums[0].Currency}
	}
	var all []string
	for _, s := range sums {
		all = append(all, s.Cents.String()+" "+s.Currency)
	}
	return []any{nil, strings.Join(all, "; ")}
}

// Deadlines is the list of what is or was due.
func Deadlines() List {
	return List{"Deadlines", "one row a deadline, of whoever owes it", []Column{
		{Name: "id", Wide: 13, Says: "your number of the request"},
		{Name: "subject", Wide: 36, Says: "what the letter asks for, in short"},
		{Name: "office", Wide: 30, Says: "the office that answers"},
		{Name: "assigned", Wide: 12, Says: "who works on the request"},
		{Name: "who", Wide: 10, Says: "who has to act: you or agency"},
		{Name: "what", Wide: 44, Says: "what is due"},
		{Name: "due", Kind: Day, Overdue: true, While: "state", Says: "by when; empty if no day is known"},
		{Name: "lenient", Kind: Day, Says: "the day after which the agency is late by every way of counting"},
		{Name: "last", Kind: Day, Says: "of the safe day to appeal: the last day that the letter or the rule gives"},
		{Name: "state", Wide: 8, Says: "open, met, or void: nobody has to do it any more"},
		{Name: "met", Kind: Day, Says: "the day on which it was done"},
		{Name: "why", Wide: 40, Says: "why it is void, or why no day is known"},
		{Name: "rule", Wide: 34, Says: "the citation"},
		{Name: "event", Kind: Number, Says: "the number of the event that it is counted from"},
		{Name: "private", Kind: YesNo, Wide: 8, Says: "whether only some people see the request"},
	}}
}

// DeadlineCells are the cells of a deadline of a request, in the columns of Deadlines.
func DeadlineCells(r docket.Request, s docket.State, d docket.Deadline) []any {
	state, why := Open, d.Why
	switch {
	case d.Over != "":
		state, why = Void, d.Over
	case !d.Met.IsZero():
		state = Met
	case !s.Open():
		state, why = Void, "nothing is due of a request that is "+string(s.Status)
		if s.Sample {
			why = "this is a sample, not for filing"
		}
	}
	var from any
	if d.Event > 0 {
		from = d.Event
	}
	return []any{known(r.ID), known(r.Subject), known(r.OfficeName()), known(s.Assigned), string(d.Who), d.Title(), dayCell(d.Due),
		dayCell(d.Lenient), dayCell(d.Last), state, dayCell(d.Met), known(why), known(d.Cite), from, s.Private}
}

// Events is the list of what happened.
func Events() List {
	return List{"Events", "one row an event, in the order in which they were entered", []Column{
		{Name: "id", Wide: 13, Says: "your number of the request"},
		{Name: "number", Kind: Number, Says: "of the event, within the request"},
		{Name: "event", Wide: 24, Says: "what happened, in the log's word"},
		{Name: "on", Kind: Day, Says: "the day on which it happened"},
		{Name: "amount", Kind: Money, Says: "of money"},
		{Name: "currency", Wide: 10, Says: "of the amount"},
		{Name: "pages", Kind: Number, Says: "pages released, as the letter says"},
		{Name: "note", Wide: 40, Says: "a note to it"},
		{Name: "details", Wide: 50, Says: "whatever else belongs to it, as name: value, one a line"},
		{Name: "files", Wide: 30, Says: "files that belong to it, one a line"},
		{Name: "counts", Kind: YesNo, Wide: 8, Says: "no if a later event corrects it"},
		{Name: "entered", Kind: Moment, Wide: 19, Says: "when it was entered, in UTC"},
		{Name: "by", Wide: 12, Says: "who entered it"},
		{Name: "machine", Wide: 16, Says: "on which machine"},
		{Name: "hash", Wide: 20, Says: "its SHA-256, over the one before it, too"},
	}}
}

// EventCells are the cells of an event, in the columns of Events. The error says that its files do
// not read as foia wrote them.
func EventCells(e docket.Event, counts bool) ([]any, error) {
	files, err := e.Files()
	if err != nil {
		return nil, err
	}
	var names []string
	for _, f := range files {
		names = append(names, f.Name)
	}
	var amount docket.Amount
	money, currency := any(nil), any(nil)
	if text := e.Data["amount"]; text != "" && amount.UnmarshalText([]byte(text)) == nil {
		money, currency = amount.Cents, amount.Currency
	}
	var pages any
	if n, err := strconv.Atoi(e.Data["pages"]); err == nil {
		pages = n
	}
	var entered any
	if t, err := time.Parse(time.RFC3339, e.Recorded); err == nil {
		entered = t.UTC()
	}
	return []any{known(e.Request), e.Seq, string(e.Kind), dayCell(e.On), money, currency, pages, known(e.Data["note"]),
		known(details(e, money != nil, pages != nil)), known(strings.Join(names, "\n")), counts, entered, known(e.By), known(e.Machine),
		known(e.Hash)}, nil
}

// details are those that have no column of their own, by name.
func details(e docket.Event, money, pages bool) string {
	var lines []string
	for name, value := range e.Data {
		switch {
		case value == "", name == "note", name == "files", name == "amount" && money, name == "pages" && pages,
			name == "request" && e.Kind == docket.Redrafted: // the whole draft, as JSON
			continue
		}
		lines = append(lines, name+": "+value)
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// Lists are all of them, in their order.
func Lists() []List { return []List{Requests(), Deadlines(), Events()} }

// Fact is one thing to know of the lists as a whole, such as of which day they are.
type Fact struct {
	Name  string
	Kind  Kind
	Value any
	Says  string
}

// Key is the name of the fact where names have no spaces.
func (f Fact) Key() string { return Column{Name: f.Name}.Key() }

func typed(text string, k Kind) any {
	if k != Day || text == "" {
		return known(text)
	}
	d, err := workday.ParseDate(text)
	if err != nil {
		return text // better the words than no day
	}
	return d
}

func known(text string) any {
	if text == "" {
		return nil
	}
	return text
}

func dayCell(d workday.Date) any {
	if d.IsZero() {
		return nil
	}
	return d
}

func number(n *int) any {
	if n == nil {
		return nil
	}
	return *n
}

// About is what is to be known of lists as a whole: of which day they are, by which holidays days were
// counted, which program wrote them, and how many rows they have.
func About(asOf workday.Date, holidays, program string, rows [3]int) []Fact {
	facts := []Fact{
		{"as of", Day, asOf, "the day on which the requests stood like this"},
		{"holidays", Text, known(holidays), "which days off were left out of a count: observed, strict or lenient"},
		{"program", Text, known(program), "the foia that wrote it"},
	}
	for i, l := range Lists() {
		facts = append(facts, Fact{l.Key(), Number, rows[i], "how many there are"})
	}
	return facts
}
