// Package mail reads e-mail as mail programs and agencies really write it: one message, a mailbox, a
// Maildir or a folder, one message at a time. What it reads is somebody else's. Whatever is there, it ends
// with a message and what was odd about it, or with a reason, and takes no more than the bounds below. Text
// in a message is text: nothing here obeys it.
package mail

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"
)

// Bounds of a message.
const (
	MostBytes  = 200 << 20 // of a message; a larger one is not read
	MostParts  = 1000      // of a message, those of the messages in it counted too
	deepest    = 20        // parts within parts
	mostInside = 5         // messages within messages
	mostHead   = 1 << 20   // bytes of a head
	mostFields = 2000      // of a head
	mostField  = 64 << 10  // bytes of a field that goes on over lines
	mostText   = 4 << 20   // bytes of a part that is text; the rest of it is not read
	mostWarned = 20
)

// Message is an e-mail as a person reads it.
type Message struct {
	ID         string // its Message-ID, without the brackets; empty if it has none
	Hash       string // SHA-256 of its bytes
	From       Address
	ReplyTo    []Address
	To, Cc     []Address
	Subject    string
	Date       time.Time // in the zone of who wrote it; zero: it is not known
	References []string  // the messages that it answers, the nearest first

	Auto       bool    // a machine answered: out of office, receipt of a mailbox
	Generated  bool    // a program sent it by itself, such as a portal
	Bounce     *Bounce // it says that a message did not arrive; nil: it does not
	Suspicious []string

	Body      string    // its own words, with their line ends
	Quoted    string    // what was cut away: earlier mail that it quotes
	Text      []Passage // both in their order; of a message that was forwarded, what stands above it
	HTML      bool      // some of the text was taken out of HTML
	Pictures  int       // that its HTML wants from elsewhere; none is fetched
	Hidden    string    // what its HTML hides from a reader's eyes; never part of the others
	Remark    string    // what stands above a message that was forwarded; then the body is empty
	Forwarded *Message  // the message that was forwarded; nil: none
	Parts     []Part    // what is attached, also to a message that was forwarded within the text
	Warnings  []string
}

// Address is somebody who sends or gets mail.
type Address struct{ Name, Address string }

// Part is a file that came with a message.
type Part struct {
	Name     string // a name for a file, of this message's only this part's
	Original string // the name as it was sent; may be empty, or hold anything
	Type     string // what it is, by its first bytes, else as it says itself
	Place    string // where it was in the message: 2.1 is the first part of the second
	Data     []byte
	Message  *Message // for a message that was attached
}

// Passage is a piece of a text that is either the message's own or quoted.
type Passage struct {
	Quoted bool
	Lines  []string
}

// Letter is the message that counts: the innermost of those that were forwarded.
func (m *Message) Letter() *Message {
	for m.Forwarded != nil {
		m = m.Forwarded
	}
	return m
}

// warn keeps what was odd, once.
func (m *Message) warn(format string, args ...any) {
	m.Warnings = once(m.Warnings, fmt.Sprintf(format, args...))
}

// suspect keeps what a careful reader would stop at, once.
func (m *Message) suspect(format string, args ...any) {
	m.Suspicious = once(m.Suspicious, fmt.Sprintf(format, args...))
}

func once(all []string, s string) []string {
	if len(all) >= mostWarned {
		return all
	}
	for _, known := range all {
		if known == s {
			return all
		}
	}
	return append(all, s)
}

// TooLarge is a message beyond the bound.
type TooLarge struct{ Size int64 }

func (e TooLarge) Error() string {
	return fmt.Sprintf("the message has more than %d MB and was not read", MostBytes>>20)
}

// NotMail is a file that is not an e-mail.
type NotMail struct{}

func (NotMail) Error() string {
	return "it is not an e-mail: it has no sender, no addressee, no subject and no date"
}

// Read reads a message. Now is the moment before which it must have been written; zero: any.
func Read(raw []byte, now time.Time) (*Message, error) {
	if len(raw) > MostBytes {
		return nil, TooLarge{int64(len(raw))}
	}
	r := &reading{now: now, parts: MostParts}
	m := r.message(raw, 0)
	if !m.isOne() {
		return nil, NotMail{}
	}
	return m, nil
}

// isOne tells whether there is anything of an e-mail in it.
func (m *Message) isOne() bool {
	return m.From != Address{} || len(m.To)+len(m.Cc) > 0 || m.Subject != "" || m.ID != "" || !m.Date.IsZero()
}

// reading is the reading of one message and of those in it.
type reading struct {
	now   time.Time
	parts int // how many more may be looked at
}

// message reads a message that is so deep within others.
func (r *reading) message(raw []byte, depth int) *Message {
	sum := sha256.Sum256(raw)
	m := &Message{Hash: hex.EncodeToString(sum[:])}
	root := r.split(m, withoutEnvelope(raw))
	h := root.head
	m.ID = h.id("Message-Id")
	m.From = h.sender(m)
	m.ReplyTo, m.To, m.Cc = h.addresses("Reply-To"), h.addresses("To"), h.addresses("Cc")
	m.Subject = h.text("Subject")
	m.References = h.references()
	m.date(h, r.now)

	c := &content{m: m, r: r, depth: depth}
	c.walk(root)
	m.judge(h)
	m.bounced(h, c)
	m.automatic(h)
	c.finish()
	return m
}
