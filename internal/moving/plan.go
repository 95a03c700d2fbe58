// Package moving is about trackers of others: what a row of somebody's spreadsheet, or of the export of another
// program, tells of a request and of what happened to it. It reads a file into a plan, which is shown before anything
// is recorded. What a heading or a word means is in data/, each rule with the layout that it was read in. Nothing is
// guessed in silence: what the file does not say is unknown, and what has two readings is asked.
package moving

import (
	"fmt"

	"foia/internal/docket"
	"foia/internal/roster"
	"foia/internal/workday"
)

// Plan is what a file would become.
type Plan struct {
	File       string            `json:"file"`
	Layout     string            `json:"layout"` // muckrock, columns, or “rows are events”
	Encoding   string            `json:"encoding,omitempty"`
	Separator  string            `json:"separator,omitempty"`
	Sheet      string            `json:"sheet,omitempty"`
	Sheets     []SheetRead       `json:"sheets,omitempty"` // where several sheets are lists: each, as it was read
	HeadingRow int               `json:"heading_row"`
	Dates      string            `json:"dates,omitempty"` // how days in figures are read, and which cells decide it
	Timezone   string            `json:"timezone,omitempty"`
	GroupBy    string            `json:"group_by,omitempty"`
	Columns    []Column          `json:"columns"`
	Statuses   []Word            `json:"statuses,omitempty"`
	Ask        []string          `json:"ask"`
	Requests   []Request         `json:"requests"`
	Rejected   []Line            `json:"rejected"`
	LeftOut    []Line            `json:"left_out"`
	Ignored    []Line            `json:"ignored_rows,omitempty"` // rows that are no requests: totals, headings between
	Duplicates []Duplicate       `json:"duplicates"`
	Meaning    map[string]string `json:"meaning"` // the heading of each column → what it means
	Notes      []string          `json:"notes,omitempty"`

	SHA256    string     `json:"-"` // of the file
	Questions []Question `json:"-"` // what Ask says, for whoever asks
	lawless   []string   // places of the file whose law foia does not know
	whose     string     // what is asked of “FOIA” where it may be another country's
}

// SheetRead is how one of several sheets was read.
type SheetRead struct {
	Name       string   `json:"name"`
	HeadingRow int      `json:"heading_row"`
	Columns    []Column `json:"columns"`
	Requests   int      `json:"requests"`
}

// Column is a column of the file and what it means.
type Column struct {
	Name    string   `json:"name"`
	Means   Means    `json:"means"`
	Says    string   `json:"says"`
	Samples []string `json:"samples,omitempty"` // three at most

	index int
	words string // the heading in lower case, its words apart
	cells cells
	rank  int
}

// Word is a word of a status column and what it becomes.
type Word struct {
	Column string   `json:"column"`
	Word   string   `json:"word"`
	Count  int      `json:"count"`
	Events []string `json:"events"` // in words; empty: none besides sent
	Says   string   `json:"says"`
	Known  bool     `json:"known"`
}

// Line is a row that becomes nothing, and why.
type Line struct {
	Sheet string `json:"sheet,omitempty"` // where several are read
	Line  int    `json:"line"`
	Why   string `json:"why"`
}

// At is where it stands in the file.
func (l Line) At() string { return at(l.Sheet, fmt.Sprintf("line %d", l.Line)) }

func at(sheet, line string) string {
	if sheet == "" {
		return line
	}
	return "sheet " + sheet + ", " + line
}

// Duplicate is a value that several rows have in a column that ought to tell them apart.
type Duplicate struct {
	Sheet  string `json:"sheet,omitempty"` // where several are read
	Column string `json:"column"`
	Value  string `json:"value"`
	Lines  []int  `json:"lines"`
	Means  string `json:"means"`
}

// External is how another program names a request.
type External struct {
	System string `json:"system"`
	ID     string `json:"id"`
}

// Request is what one row, or several, become.
type Request struct {
	Sheet    string    `json:"sheet,omitempty"` // where several are read
	Line     int       `json:"line,omitempty"`
	Lines    []int     `json:"lines,omitempty"` // where rows are events
	Subject  *string   `json:"subject"`         // nil: not in the file
	Agency   *string   `json:"agency"`          // nil: the file has no column for it
	Law      *string   `json:"law"`             // nil: it is asked
	Events   []Event   `json:"events"`
	Owner    string    `json:"owner,omitempty"`
	Assigned string    `json:"assigned,omitempty"`
	Tags     []string  `json:"tags,omitzero"`
	External *External `json:"external,omitempty"`
	Notes    []string  `json:"notes,omitempty"`
	Errors   []string  `json:"errors,omitempty"`

	Said    []string   `json:"-"` // of Notes, what stands in the file
	Text    string     `json:"-"` // what was asked for, in full, if the file has it
	Private bool       `json:"-"` // the tracker keeps it private: offered
	Key     string     `json:"-"` // by which the row is found again
	AgencyN string     `json:"-"` // the number that the tracker gives the agency
	Person  string     `json:"-"` // the account of the tracker
	Rows    []Original `json:"-"` // the rows as they stand in the file
	Columns []string   `json:"-"` // their headings, where several sheets are read, each with its own
}

// At is where its first row stands in the file.
func (q *Request) At() string { return at(q.Rows[0].Sheet, fmt.Sprintf("line %d", q.Rows[0].Line)) }

// Original is a row as it stands in the file.
type Original struct {
	Sheet string   `json:"sheet,omitempty"` // where several are read
	Line  int      `json:"line"`
	Cells []string `json:"cells"`
}

// Event is what a row tells of a request.
type Event struct {
	Kind docket.Kind       `json:"kind"`
	On   *workday.Date     `json:"on"` // nil: it happened, the day is not known
	Data map[string]string `json:"data,omitempty"`

	Read string `json:"-"` // the prose that it was read from; it is confirmed

	said string // the words of a status that tell it
	when string // the day that stands there, as it is written
	on   *workday.Date

	until string // a day that stands there as an end
}

// Question is what the file does not say.
type Question struct {
	Name string // agency, law, dates, timezone, or status
	Text string
	Of   string // the value it is about, such as a word of a status
}

// Answers are what somebody said of a file: they take the place of what would be asked.
type Answers struct {
	Today    workday.Date      // after which nothing can have happened; zero: not looked at
	Layout   string            // muckrock, columns or events; empty: as the file looks
	Sheet    string            // of a workbook; empty: the one that names the most columns
	Dates    workday.Order     // of days in figures that nothing decides
	Timezone string            // of the clock that time stamps are read with
	Columns  map[string]Means  // by heading
	Statuses map[string]string // word → events, such as “determination outcome=denied”; “-” for none
}

// Source is what a plan is made of.
type Source interface {
	Next() (roster.Row, error)
}

func (p *Plan) ask(name, of, text string) {
	p.Questions = append(p.Questions, Question{Name: name, Of: of, Text: text})
	p.Ask = append(p.Ask, text)
}

func (p *Plan) reject(line int, why string) {
	p.Rejected = append(p.Rejected, Line{Line: line, Why: why})
}
func (p *Plan) leave(line int, why string) { p.LeftOut = append(p.LeftOut, Line{Line: line, Why: why}) }
func (p *Plan) ignore(line int, why string) {
	p.Ignored = append(p.Ignored, Line{Line: line, Why: why})
}
