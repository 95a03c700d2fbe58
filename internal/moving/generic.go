package moving

import (
	"fmt"
	"slices"
	"strings"

	"foia/internal/docket"
	"foia/internal/entered"
	"foia/internal/lazy"
	"foia/internal/workday"
)

// reader makes requests of the rows of a table whose columns are understood.
type reader struct {
	t       *table
	columns []Column
	cal     *calendar
	answers Answers
	laws    Laws
	plan    *Plan
	muck    bool
	machine bool            // FOIA Machine's
	kinds   bool            // rows are events, each with the word for its kind
	id      *Column         // there: by which rows are of one request
	own     bool            // where rows are events: the numbers are the tracker's own
	said    map[string]told // of each status
	abroad  string          // what tells that “FOIA” may be the act of another country; empty: nothing
}

// Laws is the id of a law by its id or by the name of its place; empty: foia has none.
type Laws func(called string) string

// rowOf is a row on its way.
type rowOf struct {
	*reader
	row
	req    Request
	days   map[Means]*workday.Date // nil: it happened, the day is not known
	told   told
	status string
	read   map[*workday.Date]string // the prose in which a day stands
}

// prose remembers that a day was read from words.
func (r *rowOf) prose(day *workday.Date, text string) {
	if r.read == nil {
		r.read = map[*workday.Date]string{}
	}
	r.read[day] = text
}

// cell is the first cell of a meaning that says something.
func (r *rowOf) cell(m Means) string {
	for i := range r.columns {
		if r.columns[i].Means == m {
			if cell := r.cells[r.columns[i].index]; !isEmpty(cell) {
				return cell
			}
		}
	}
	return ""
}

func (r *rowOf) note(text string) {
	if text != "" && !slices.Contains(r.req.Notes, text) {
		r.req.Notes = append(r.req.Notes, text)
	}
}

func (r *rowOf) has(m Means) bool { _, ok := r.days[m]; return ok }

// request reads a row. It goes to the plan as a request, or with a reason as none.
func (rd *reader) request(one row) {
	r := &rowOf{reader: rd, row: one, days: map[Means]*workday.Date{}}
	r.req.Line, r.req.Rows, r.req.Events = one.line, []Original{{Line: one.line, Cells: one.typed}}, []Event{}
	switch set, is := checkMark(r.cell(isDeleted)); {
	case one.err != nil:
		rd.plan.reject(one.line, one.err.Error())
		return
	case one.hidden:
		rd.plan.leave(one.line, "the row is hidden, by hand or by a filter")
		return
	case is && set, !is && r.cell(isDeleted) != "":
		rd.plan.leave(one.line, "deleted")
		return
	}
	if rd.passed(one) {
		return
	}
	if parent := r.cell(isParent); parent != "" && r.isPart() {
		rd.plan.leave(one.line, fmt.Sprintf("a part of “%s”, no request: it has no agency, no number and no day of its own",
			entered.Line(parent)))
		return
	}
	var err error
	if err = r.readStatus(); err == nil {
		err = r.readDays()
	}
	switch {
	case err != nil:
		rd.plan.reject(one.line, err.Error())
		return
	case r.told.out:
		rd.plan.leave(one.line, "deleted")
		return
	}
	r.who()
	r.what()
	if !r.muck && r.req.Subject != nil && *r.req.Subject == "" && (r.req.Agency == nil || *r.req.Agency == "") {
		rd.plan.reject(one.line, "neither a subject nor an agency")
		return
	}
	if r.req.Agency != nil && *r.req.Agency == "" {
		r.req.Errors = append(r.req.Errors, "no agency")
	}
	if r.req.Subject != nil && *r.req.Subject == "" {
		r.req.Errors = append(r.req.Errors, "no subject")
	}
	if find(r.columns, isAgency) == nil && find(r.columns, isAgencyID) != nil && r.req.AgencyN == "" {
		r.req.Errors = append(r.req.Errors, "no agency")
	}
	r.events()
	r.notes()
	if rd.machine {
		r.foiaMachine()
	}
	rd.plan.Requests = append(rd.plan.Requests, r.req)
}

// onlyOver is a status that says that all is over, and not how: “Done”, where the outcome is “Withdrawn”, was no grant.
const onlyOver = lazy.Pattern(`^(done|completed?|finished|closed|over)$`)

// readStatus reads what the columns of the status tell. Where one has the status and another what came of it, the latter says
// more of an answer, unless it is a check mark.
func (r *rowOf) readStatus() error {
	first := true
	for rank := 0; rank <= 2; rank++ {
		for i := range r.columns {
			c := &r.columns[i]
			if c.Means != isStatus || max(c.rank, 0) != rank || isEmpty(r.cells[i]) {
				continue
			}
			out, err := r.reader.status(r.cells[i])
			if err != nil {
				return err
			}
			if first {
				r.told, r.status, first = out, r.cells[i], false
				r.told.events = slices.Clone(out.events)
				continue
			}
			if c.rank == 2 && out.ended && len(out.events) == 0 && onlyOver.RE().MatchString(words(r.status)) {
				r.told.events = nil
			}
			r.told.merge(out, c.rank == 2 && c.cells != flagCells)
			r.status += "; " + r.cells[i]
		}
	}
	return nil
}

// readDays reads the columns of days.
func (r *rowOf) readDays() error {
	saved := r.saved()
	for i := range r.columns {
		c := &r.columns[i]
		if !slices.Contains(dayMeans, c.Means) {
			continue
		}
		if saved != "" && r.cells[i] == saved {
			r.note(c.Name + ": the moment in which the row was saved, as in another column: no day of an event")
			continue
		}
		is, err := r.cal.read(i, r.line, r.cells[i])
		if err != nil {
			return err
		}
		if !is.ok {
			// “not yet” in the column of the sending says that it was not sent.
			r.told.draft = r.told.draft || c.Means == onSent && !isNoDay(r.cells[i]) && negates(r.cells[i])
			continue
		}
		if err := r.possible(c, is); err != nil {
			return err
		}
		if have, seen := r.days[c.Means]; !seen || have == nil || is.day != nil && c.Means == onDetermination {
			r.days[c.Means] = is.day
		}
		if is.prose {
			r.prose(is.day, c.Name+": "+r.cells[i])
			if c.Means == onDetermination || c.Means == onRecords { // “2/2/26 - denied”
				r.told.merge(told{events: tell(withoutDays(r.cells[i])).events}, false)
			}
		}
		r.note(is.why)
	}
	return r.inOrder()
}

// longAhead is how far ahead a day is a slip of the pen. A nearer one is told of, and cannot be recorded before it has come.
const longAhead = 366

// possible tells why nothing can have happened on a day.
func (r *rowOf) possible(c *Column, is happened) error {
	today := r.answers.Today
	if is.day == nil || today.IsZero() || c.Means == untilExtended || !is.day.After(today) {
		return nil
	}
	if is.day.After(today.AddDays(longAhead)) {
		return fmt.Errorf("%s: %s is in the future", c.Name, is.day)
	}
	r.note(fmt.Sprintf("%s: %s is in the future", c.Name, is.day))
	return nil
}

// inOrder tells why what a row says cannot be: nobody answers a request before it was sent.
func (r *rowOf) inOrder() error {
	sent := r.days[onSent]
	if sent == nil {
		return nil
	}
	for i := range r.columns {
		switch m := r.columns[i].Means; m {
		case onReceived, onAcknowledged, onExtended, onFeeNotice, onDetermination, onRecords, onDenied, onAppealed, onAppealDecided,
			onSuit:
			if day := r.days[m]; day != nil && day.Before(*sent) && r.read[day] == "" {
				return fmt.Errorf("%s: %s is before the request was sent, on %s", r.columns[i].Name, day, sent)
			}
		}
	}
	return nil
}

// saved is a moment that several columns of days have to the second: that in which a program saved the row, and filled what
// nobody had entered (records-request-tracker does so). No two things happen to a request in one second.
func (r *rowOf) saved() string {
	seen := map[string]bool{}
	for i := range r.columns {
		if cell := r.cells[i]; slices.Contains(dayMeans, r.columns[i].Means) && len(cell) >= len("1795038312") {
			if d := readDay(cell, nil); d.form != stamp || d.at.Second() == 0 && d.at.Nanosecond() == 0 {
				continue
			}
			if seen[cell] {
				return cell
			}
			seen[cell] = true
		}
	}
	return ""
}

// what reads the subject, and all that the file has of the request's text.
func (r *rowOf) what() {
	if find(r.columns, isSubject) != nil {
		subject := entered.Line(r.cell(isSubject))
		r.req.Text = r.cell(isDetail)
		if subject == "" && r.req.Text != "" {
			subject = shortened(entered.Line(r.req.Text))
		}
		r.req.Subject = &subject
	}
	r.req.Key = r.cell(isKey)
	private := r.cell(isPrivate)
	if set, is := checkMark(private); is && set || !is && private != "" && words(private) != "public" {
		r.req.Private = true
		r.note(r.cell(isPrivate) + ": offered as a private request, not set by itself")
	}
}

const longestSubject = 120

func shortened(s string) string {
	runes := []rune(s)
	if len(runes) <= longestSubject {
		return s
	}
	cut := string(runes[:longestSubject])
	if at := strings.LastIndexByte(cut, ' '); at > longestSubject/2 {
		cut = cut[:at]
	}
	return cut + "…"
}

// keep is a note that stands in the file.
func (r *rowOf) keep(text string) {
	r.note(text)
	r.req.Said = append(r.req.Said, text)
}

// notes keeps what the file says beside.
func (r *rowOf) notes() {
	for i := range r.columns {
		c, cell := &r.columns[i], r.cells[i]
		if isEmpty(cell) {
			continue
		}
		switch c.Means {
		case isNote:
			r.keep(cell)
		case isUnknown:
			r.keep(c.Name + ": " + cell)
		case isReason:
			if r.grounds() == "" || r.req.decision() == nil {
				r.keep(cell)
			}
		case isCost:
			if amount := r.t.money(cell); amount != "" && !r.req.hasKind(docket.FeeNotice) {
				r.keep("cost " + amount)
			} else if amount == "" && cell != "0" && !r.t.zeroMoney(cell) {
				r.keep(c.Name + ": " + cell)
			}
		case isAppealOutcome:
			if appealOutcome(cell) == "" {
				r.keep(c.Name + ": " + cell)
			}
		case isFeeNotice, isFeeCharged, isFeePaid:
			if r.t.money(cell) == "" && !r.t.zeroMoney(cell) || c.Means == isFeePaid && r.t.money(cell) != "" {
				r.keep(c.Name + ": " + cell) // the event has no amount of what was paid, or none that can be read
			}
		case isURL:
			if !r.muck {
				r.keep(c.Name + ": " + cell)
			}
		case isFeeMethod:
			r.keep(c.Name + ": " + cell)
		}
	}
	if contact := r.contacts(); contact != "" {
		r.keep("contact: " + contact)
	}
	if r.told.asked {
		r.note(fmt.Sprintf("status “%s” is not understood: asks", r.status))
	}
}

func (r *rowOf) contacts() string {
	var out []string
	for i := range r.columns {
		if r.columns[i].Means == isContact && !isEmpty(r.cells[i]) {
			out = append(out, r.cells[i])
		}
	}
	return strings.Join(out, ", ")
}

// decision is the determination; nil: there is none.
func (q *Request) decision() *Event {
	for i := range q.Events {
		if q.Events[i].Kind == docket.Determination {
			return &q.Events[i]
		}
	}
	return nil
}

func (q *Request) hasKind(k docket.Kind) bool {
	return slices.ContainsFunc(q.Events, func(e Event) bool { return e.Kind == k })
}
