// Package reply reads what an agency wrote: which request it is about, and which events of the log it
// tells, each detail with the words it rests on. It proposes; a person records. The phrases are data, one
// file per matter with its source, that a lawyer can mend (data/*.yaml).
package reply

import (
	"foia/internal/docket"
	"foia/internal/workday"
)

// Part is one piece of a message: the mail itself, or what a file that came with it says.
type Part struct {
	Name    string // of the file; empty: the mail
	Text    string // with its line ends
	Scanned bool   // the text was made from a picture, and may be wrong
}

// Message is what is to be read.
type Message struct {
	Subject string
	Sender  string       // the address
	Sent    workday.Date // by the zone of the message; zero if it has no date
	Parts   []Part
}

// Known is what is known beforehand.
type Known struct {
	Law      string            // of the request, if it is known; empty: as the message sounds
	Own      []string          // texts of the letters that were sent, of which a reply quotes
	Calendar *workday.Calendar // by which working days are counted
	Today    workday.Date
}

// Passage is where words stand.
type Passage struct {
	Words   string `json:"words"`
	Part    string `json:"part,omitempty"` // the file; empty: the mail
	Line    int    `json:"line"`           // of the part, from 1
	Scanned bool   `json:"scanned,omitempty"`
}

// Proposal is an event that a message tells.
type Proposal struct {
	Kind    docket.Kind
	Request string            // the number of the agency's, where the message is about several
	On      workday.Date      // the letter's own date, else the message's
	Data    map[string]string // as the log has them
	Words   map[string]Passage
	Derived map[string]string // details that were reckoned, and how
	Open    []string          // what was left open, and why
}

// Certain tells whether every detail stands in the words of the message, none of them read from a picture
// and none reckoned.
func (p Proposal) Certain() bool {
	for _, w := range p.Words {
		if w.Scanned {
			return false
		}
	}
	return len(p.Derived) == 0 && len(p.Open) == 0
}

// Hint is what tells of which request a message speaks.
type Hint struct {
	Tracking string // the number as the message has it
	Subject  string // the words that name the records
	OurRef   string // our own number
}

// Reading is what was read of a message.
type Reading struct {
	Hint      Hint
	Numbers   []string // all numbers of requests, as the log has them
	Date      workday.Date
	Proposals []Proposal
	Notes     []string // what a person should know besides
	Portal    bool     // the message only says that something waits in a portal
	Fetch     workday.Date
}

// Read reads a message.
func Read(m Message, k Known) Reading {
	t := textOf(m, k)
	r := reader{text: t, known: k, message: m}
	r.find()
	return r.compose()
}
