// Package inbox is the use case of what agencies write back: messages and letters are read one after another,
// matched to the requests of the log, and turned into entries that a person may record. It writes nothing by
// itself.
package inbox

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"strings"
	"time"

	"foia/internal/docket"
	"foia/internal/logbook"
	"foia/internal/mail"
	"foia/internal/pdftext"
	"foia/internal/reply"
	"foia/internal/workday"
)

// Kind is what a message is.
type Kind string

// The kinds of messages. Only letters and mail tell events.
const (
	Letter     Kind = "letter"
	Mail       Kind = "mail"
	Portal     Kind = "portal-notice"
	AutoReply  Kind = "auto-reply"
	Bounce     Kind = "bounce"
	Suspicious Kind = "suspicious"
	Unreadable Kind = "unreadable"
)

// PDFText brings the text of a PDF.
type PDFText interface {
	Text(ctx context.Context, data []byte) (*pdftext.Document, error)
}

// Item is a message or a letter, as it was read.
type Item struct {
	File     string // where it was found
	Hash     string // SHA-256 of its bytes
	Kind     Kind
	Message  *mail.Message // nil: a file that is no mail
	Data     []byte        // its bytes
	Reading  reply.Reading
	Match    Match
	Entries  []Entry  // what could be recorded, in the order of the letter
	Notes    []string // what a person should know besides
	unread   bool     // a file that came with it was not read
	Recorded string   // the event that has this message already, such as “2026-0001, event 4”
}

// Entry is an event that a message tells.
type Entry struct {
	reply.Proposal
	Entry  logbook.Entry // Request is empty where none matches
	Why    error         // it cannot be recorded so; nil: it can
	Before bool          // the same is in the log already
}

// Certain tells whether the entry can be recorded without a look at it: the request is known by its number, and
// every detail stands in the words of the message.
func (e Entry) Certain() bool {
	return e.Why == nil && !e.Before && e.Entry.Request != "" && e.Proposal.Certain()
}

// Reader reads messages against a log.
type Reader struct {
	Book *logbook.Book
	PDF  PDFText      // nil: what is in PDFs is not read, and that is said
	On   workday.Date // the day on which they came, where they do not say it; zero: unknown
	Own  func(request string) ([]string, error)

	known    *index
	seen     map[string]bool
	calendar *workday.Calendar
}

// Read yields what is in a file, a mailbox, a Maildir or a folder, each message once.
func (r *Reader) Read(ctx context.Context, path string) iter.Seq2[Item, error] {
	return r.each(ctx, mail.Walk(ctx, path))
}

// ReadFrom is Read for what comes by a stream.
func (r *Reader) ReadFrom(ctx context.Context, from io.Reader, name string) iter.Seq2[Item, error] {
	return r.each(ctx, mail.Stream(ctx, from, name))
}

func (r *Reader) each(ctx context.Context, all iter.Seq2[mail.Raw, error]) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		if err := r.prepare(ctx); err != nil {
			yield(Item{}, err)
			return
		}
		for raw, err := range all {
			var passed *mail.Unreadable
			switch {
			case errors.As(err, &passed):
				if !yield(Item{File: passed.Place.String(), Kind: Unreadable, Notes: []string{passed.Why.Error()}}, nil) {
					return
				}
				continue
			case err != nil:
				yield(Item{}, err)
				return
			}
			item, again, err := r.item(ctx, raw)
			if again {
				continue
			}
			if !yield(item, err) || err != nil {
				return
			}
		}
	}
}

func (r *Reader) prepare(ctx context.Context) (err error) {
	if r.seen != nil {
		return nil
	}
	if r.calendar, err = workday.Federal(); err != nil {
		return err
	}
	r.seen = map[string]bool{}
	r.known, err = readIndex(ctx, r.Book)
	return err
}

// item reads one message. The same one again, in a second mailbox, is passed over.
func (r *Reader) item(ctx context.Context, raw mail.Raw) (item Item, again bool, err error) {
	sum := sha256.Sum256(raw.Data)
	item = Item{File: raw.Place.String(), Hash: hex.EncodeToString(sum[:]), Data: raw.Data}
	if r.seen[item.Hash] {
		return item, true, nil
	}
	r.seen[item.Hash] = true
	switch raw.Kind {
	case mail.Mail:
		m, err := mail.Read(raw.Data, r.Book.Today.AddDays(2).Midnight())
		if err != nil {
			item.Kind, item.Notes = Unreadable, []string{err.Error()}
			return item, false, nil
		}
		if m.ID != "" && r.seen[m.ID] {
			return item, true, nil
		}
		r.seen[m.ID] = m.ID != ""
		item.Message = m
		return item, false, r.mail(ctx, &item)
	case mail.PDF, mail.Text:
		item.Kind = Letter
		part, notes := r.part(ctx, mail.Part{Name: filepath.Base(raw.Place.File), Data: raw.Data, Type: typeOf(raw.Kind)})
		item.Notes = notes
		if part == nil {
			return item, false, nil
		}
		part.Name = ""
		return item, false, r.letter(ctx, &item, reply.Message{Sent: r.On, Parts: []reply.Part{*part}})
	}
	item.Kind, item.Notes = Unreadable, []string{"it is neither mail, nor a PDF, nor text"}
	return item, false, nil
}

func typeOf(k mail.Kind) string {
	if k == mail.PDF {
		return "application/pdf"
	}
	return "text/plain"
}

// mail reads a message with the files that came with it.
func (r *Reader) mail(ctx context.Context, item *Item) error {
	m := item.Message.Letter()
	for one := item.Message; one != nil; one = one.Forwarded {
		item.Notes = append(item.Notes, one.Warnings...)
	}
	read := reply.Message{Subject: m.Subject, Sender: m.From.Address, Sent: dayOf(m.Date)}
	if read.Sent.IsZero() {
		read.Sent = r.On
	}
	if strings.TrimSpace(m.Body) != "" {
		read.Parts = append(read.Parts, reply.Part{Text: m.Body})
	}
	switch {
	case m.Bounce != nil:
		item.Kind = Bounce
		item.Notes = append(item.Notes, bounced(m.Bounce))
		read.Subject = m.Bounce.OriginalSubject
		item.Reading = reply.Read(read, reply.Known{})
		return r.match(ctx, item, false)
	case item.Message.Auto || m.Auto:
		item.Kind = AutoReply
	case len(item.Message.Suspicious)+len(m.Suspicious) > 0:
		item.Kind = Suspicious
		item.Notes = append(item.Notes, append(item.Message.Suspicious, m.Suspicious...)...)
	}
	if item.Kind != "" {
		item.Reading = reply.Read(read, reply.Known{Calendar: r.calendar, Today: r.Book.Today})
		return r.match(ctx, item, false)
	}
	item.Kind = Mail
	parts := item.Message.Parts
	if m != item.Message {
		parts = append(parts, m.Parts...)
	}
	for _, p := range parts {
		part, notes := r.part(ctx, p)
		item.Notes = append(item.Notes, notes...)
		item.unread = item.unread || part == nil && len(notes) > 0
		if part != nil {
			read.Parts = append(read.Parts, *part)
			item.Kind = Letter
		}
	}
	return r.letter(ctx, item, read)
}

// dayOf is the day of a message where it was written.
func dayOf(at time.Time) workday.Date {
	if at.IsZero() {
		return workday.Date{}
	}
	return workday.DateOf(at)
}

// part is the text of a file that came with a message; nil where there is none to read.
func (r *Reader) part(ctx context.Context, p mail.Part) (*reply.Part, []string) {
	switch {
	case p.Type == "application/pdf" && r.PDF == nil:
		return nil, []string{p.Name + " is a PDF, and was not read: give the dates and numbers in it yourself"}
	case p.Type == "application/pdf":
		return r.pdf(ctx, p)
	case strings.HasPrefix(p.Type, "text/plain"):
		return &reply.Part{Name: p.Name, Text: string(p.Data)}, nil
	}
	return nil, nil
}

// pdf is the text of a PDF. A page that is a picture has none.
func (r *Reader) pdf(ctx context.Context, p mail.Part) (*reply.Part, []string) {
	d, err := r.PDF.Text(ctx, p.Data)
	if err != nil {
		return nil, []string{p.Name + ": " + err.Error()}
	}
	var text []string
	notes, pictures := []string{}, 0
	for _, w := range d.Warnings {
		notes = append(notes, p.Name+": "+w)
	}
	out := &reply.Part{Name: p.Name}
	for _, page := range d.Pages {
		text = append(text, page.Text)
		out.Scanned = out.Scanned || page.OCR
		if page.Scan && !page.OCR {
			pictures++
		}
	}
	if pictures > 0 {
		notes = append(notes, fmt.Sprintf("%s: %d of its %d pages are pictures, and were not read: give what they say yourself",
			p.Name, pictures, len(d.Pages)))
	}
	if strings.TrimSpace(strings.Join(text, "")) == "" {
		return nil, notes
	}
	out.Text = strings.Join(text, "\n\n")
	return out, notes
}

func bounced(b *mail.Bounce) string {
	s := "it could not be delivered"
	if b.Delayed {
		s = "it has not been delivered yet; the server still tries"
	}
	if b.Address != "" {
		s += " to " + b.Address
	}
	if b.Status != "" {
		s += " (" + b.Status + ")"
	}
	if !b.Delayed {
		s += ": the agency did not receive it; find another address and send it again"
	}
	return s
}

// letter reads what agencies write, and makes entries of it.
func (r *Reader) letter(ctx context.Context, item *Item, m reply.Message) error {
	known := reply.Known{Calendar: r.calendar, Today: r.Book.Today}
	item.Reading = reply.Read(m, known)
	if err := r.match(ctx, item, true); err != nil {
		return err
	}
	if item.Match.Request != "" && r.Own != nil { // now it is known which letters it may quote, and which law applies
		own, err := r.Own(item.Match.Request)
		if err != nil {
			return err
		}
		known.Own, known.Law = own, item.Match.Law
		item.Reading = reply.Read(m, known)
	}
	item.Notes = append(item.Notes, item.Reading.Notes...)
	if item.Reading.Portal && !item.unread {
		item.Kind = Portal
		note := "something waits for you in the agency's portal"
		if f := item.Reading.Fetch; !f.IsZero() {
			note += ": fetch it by " + f.Letter()
		}
		item.Notes = append(item.Notes, note)
	}
	return r.entries(ctx, item)
}

// entries makes entries of what was read, and checks them against the log.
func (r *Reader) entries(ctx context.Context, item *Item) error {
	var entries []logbook.Entry
	for _, p := range item.Reading.Proposals {
		e := Entry{Proposal: p, Entry: logbook.Entry{Request: r.requestOf(item, p),
			Event: docket.Event{Kind: p.Kind, On: p.On, Data: p.Data}}}
		item.Entries = append(item.Entries, e)
	}
	at := []int{}
	for i, e := range item.Entries {
		if e.Entry.Request != "" {
			entries, at = append(entries, e.Entry), append(at, i)
		}
	}
	if len(entries) == 0 {
		return nil
	}
	would, err := r.Book.WouldRecordEach(ctx, entries)
	if err != nil {
		return err
	}
	for _, refused := range would.Refused {
		item.Entries[at[refused.Index]].Why = refused.Err
	}
	for _, i := range would.Before {
		item.Entries[at[i]].Before = true
	}
	return nil
}

// requestOf is the request that a proposal is about: that of the message, or, where it speaks of several, the one
// whose number it names.
func (r *Reader) requestOf(item *Item, p reply.Proposal) string {
	if p.Request == "" {
		return item.Match.Request
	}
	if ids := r.known.numbers[reply.Folded(p.Request)]; len(ids) == 1 {
		return ids[0]
	}
	return ""
}
