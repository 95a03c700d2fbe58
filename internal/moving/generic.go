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
	said    map[string]told // of each status
}

// Laws tells whether foia has a law.
type Laws func(id string) bool

// rowOf is a row on its way.
type rowOf struct {
	*reader
	row
	req    Request
	days   map[Means]*workday.Date // nil: it happened, the day is not known
	told   told
	status string
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
	r.req.Line, r.req.Rows, r.req.Events = one.line, []Original{{one.line, one.typed}}, []Event{}
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
	if why := rd.noRequest(one); why != "" {
		rd.plan.ignore(one.line, why)
		return
	}
	var err error
	r.status = r.cell(isStatus)
	if r.told, err = rd.status(r.status); err == nil {
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
	r.events()
	r.notes()
	rd.plan.Requests = append(rd.plan.Requests, r.req)
}

// totals begin a row that sums others up.
const totals = lazy.Pattern(`^(grand |sub)?(total|totals|sum|subtotal|average|avg|count|mean|median)\b`)

// noRequest tells why a row is no request: it is a total, a heading, or a title between others.
func (rd *reader) noRequest(one row) string {
	filled, first, same := 0, "", 0
	dated, agency := false, false
	for i := range rd.columns {
		cell := one.cells[i]
		if isEmpty(cell) {
			continue
		}
		if filled++; first == "" && strings.Trim(cell, "0123456789.,$ ") != "" {
			first = cell
		}
		if strings.EqualFold(cell, rd.columns[i].Name) {
			same++
		}
		dated = dated || slices.Contains(dayMeans, rd.columns[i].Means) && readDay(cell, rd.t.day).form != noDay
		agency = agency || rd.columns[i].Means == isAgency && !totals.RE().MatchString(words(cell))
	}
	switch {
	case filled == 0:
		return "empty"
	case same > 1 && same == filled:
		return "the headings once more"
	case !dated && !agency && totals.RE().MatchString(words(first)):
		return "no day and no agency: a total"
	case filled == 1 && len(rd.columns) > 3 && !dated && !agency:
		return "one cell alone: a heading or a remark between the rows"
	}
	return ""
}

// readDays reads the columns of days.
func (r *rowOf) readDays() error {
	for i := range r.columns {
		c := &r.columns[i]
		if !slices.Contains(dayMeans, c.Means) {
			continue
		}
		day, ok, why, err := r.cal.read(i, r.line, r.cells[i])
		if err != nil {
			return err
		}
		if !ok {
			// “not yet” in the column of the sending says that it was not sent.
			r.told.draft = r.told.draft || c.Means == onSent && !isEmpty(r.cells[i]) && r.cells[i] != "0" && negates(r.cells[i])
			continue
		}
		if have, seen := r.days[c.Means]; !seen || have == nil || day != nil && c.Means == onDetermination {
			r.days[c.Means] = day
		}
		r.note(why)
	}
	return nil
}

// who reads whom the request was sent to and whose it is.
func (r *rowOf) who() {
	if find(r.columns, isAgency) != nil {
		agency := entered.Line(r.cell(isAgency))
		r.req.Agency = &agency
	}
	r.req.AgencyN = r.cell(isAgencyID)
	r.req.Owner, r.req.Assigned = entered.Line(r.cell(isOwner)), entered.Line(r.cell(isPerson))
	if c := find(r.columns, isTags); c != nil {
		r.req.Tags = []string{}
		for i := range r.columns {
			if r.columns[i].Means == isTags {
				r.req.Tags = appendTags(r.req.Tags, r.cells[i], ",;|\n")
			}
		}
	}
	r.law()
}

// law finds the law by the level and the state that a row names.
func (r *rowOf) law() {
	level, state := words(r.cell(isLevel)), r.cell(isState)
	named := r.cell(isLaw)
	if words(r.cell(isJurisdiction)) == "united states of america" && state == "" {
		state = r.cell(isJurisdiction)
	}
	id := ""
	code, isState := entered.State(state)
	switch s := words(state); {
	case r.laws(strings.ToLower(named)):
		id = strings.ToLower(named)
	case level == "federal" || level == "f", s == "united states of america", s == "federal", s == "united states", words(named) == "foia":
		id = "foia"
	case isState && r.laws("us-"+strings.ToLower(code)):
		id = "us-" + strings.ToLower(code)
	}
	if id != "" {
		r.req.Law = &id
	}
}

func appendTags(tags []string, cell, signs string) []string {
	if isEmpty(cell) {
		return tags
	}
	for _, tag := range strings.FieldsFunc(cell, func(c rune) bool { return strings.ContainsRune(signs, c) }) {
		if tag = entered.Line(tag); tag != "" && !slices.Contains(tags, tag) {
			tags = append(tags, tag)
		}
	}
	return tags
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
			if exemptions(cell) == "" || r.req.decision() == nil {
				r.keep(cell)
			}
		case isCost:
			if amount := money(cell); amount != "" && !r.req.hasKind(docket.FeeNotice) {
				r.keep("cost " + amount)
			} else if amount == "" && cell != "0" && !zeroMoney(cell) {
				r.keep(c.Name + ": " + cell)
			}
		case isAppealOutcome:
			if appealOutcome(cell) == "" {
				r.keep(c.Name + ": " + cell)
			}
		case isFeeNotice, isFeeCharged, isFeePaid:
			if money(cell) == "" && !zeroMoney(cell) || c.Means == isFeePaid && money(cell) != "" {
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

// money is an amount as the log has it; empty if there is none.
func money(cell string) string {
	m, err := entered.ReadMoney(cell, "USD")
	if err != nil || strings.Trim(m.Number, "0.") == "" {
		return ""
	}
	if m.Currency != "" && m.Currency != "USD" {
		return m.Number + " " + m.Currency
	}
	return m.Number
}

func zeroMoney(cell string) bool {
	m, err := entered.ReadMoney(cell, "USD")
	return err == nil && strings.Trim(m.Number, "0.") == ""
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
