// Package inbox is the use case of what agencies write back: messages and letters are read one after another,
// matched to the requests of the log, and turned into entries that a person may record. It writes nothing by
// itself.
package inbox

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"iter"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"foia/internal/agency"
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

// PDFText brings the text of a PDF, and recognizes that of pages that are pictures.
type PDFText interface {
	Text(ctx context.Context, data []byte) (*pdftext.Document, error)
	Recognize(ctx context.Context, data []byte, d *pdftext.Document, language string) error
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
	Recorded string   // the event that has this message already, such as “2026-0001, event 4”

	path     string               // of the file; empty: it has other messages too
	raw      mail.Kind            // what the file is
	read     *reply.Message       // what was read; nil: nothing was
	unread   bool                 // a file that came with it was not read
	kinds    map[docket.Kind]bool // of the events that have this message
	official bool                 // it comes from an office of the log
}

// Concerns tells whether the message has to do with requests: it fits one or several, tells something that the log
// could hold, names a number, or comes from an office that was asked. The rest of a mailbox does not.
func (i Item) Concerns() bool {
	h := i.Reading.Hint
	return i.Match.Request != "" || len(i.Match.Candidates) > 0 || len(i.Entries) > 0 || h.Tracking != "" || h.OurRef != "" || i.official
}

// Read are the texts that were read of the message and its files.
func (i Item) Read() []reply.Part {
	if i.read == nil {
		return nil
	}
	return i.read.Parts
}

// Many tells whether the message is one of many in a file.
func (i Item) Many() bool { return i.path == "" && i.File != "-" }

// Entry is an event that a message tells.
type Entry struct {
	reply.Proposal
	Entry   logbook.Entry // Request is empty where none matches
	Why     error         // it cannot be recorded so; nil: it can
	Before  bool          // the same is in the log already, or what a person made of this message
	Offered bool          // the message does not tell it in words: it follows from what the message is
	Left    bool          // somebody left it out

	reads docket.Kind     // what was read of the message; empty: what it is
	Yours map[string]bool // details that a person changed; also “on”, the day, and “event”, what happened
}

// Certain tells whether the entry can be recorded without a look at it: the request is known by its number, and
// every detail stands in the words of the message.
func (e Entry) Certain() bool {
	return e.Why == nil && !e.Before && !e.Offered && !e.Left && e.Entry.Request != "" && e.Proposal.Certain()
}

// Records tells whether the entry can be recorded as it is.
func (e Entry) Records() bool { return e.Why == nil && !e.Before && !e.Left && e.Entry.Request != "" }

// Reader reads messages against a log.
type Reader struct {
	Book *logbook.Book
	PDF  PDFText      // nil: what is in PDFs is not read, and that is said
	On   workday.Date // the day on which they came, where they do not say it; zero: unknown

	Offices func() (*agency.Directory, error) // to which a letter may refer a request

	own      map[string][]string // texts of our letters, by request
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
	item = Item{File: raw.Place.String(), Hash: hex.EncodeToString(sum[:]), Data: raw.Data, raw: raw.Kind}
	if raw.Place.Number == 0 {
		item.path = raw.Place.File
	}
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
		took := &spent{}
		defer took.done()
		part, notes := r.part(ctx, mail.Part{Name: filepath.Base(raw.Place.File), Data: raw.Data, Type: typeOf(raw.Kind)},
			took)
		item.Notes = notes
		if part == nil {
			return item, false, nil
		}
		part.Name = ""
		item.read = &reply.Message{Sent: r.on(item.path), Parts: []reply.Part{*part}}
		return item, false, r.letter(ctx, &item)
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
	if r.ours(item) {
		return nil
	}
	m := item.Message.Letter()
	for one := item.Message; one != nil; one = one.Forwarded {
		for _, odd := range one.Warnings {
			item.note(odd)
		}
	}
	read := &reply.Message{Subject: m.Subject, Sender: m.From.Address, Sent: dayOf(m.Date)}
	item.read = read
	item.official = r.known.official(m.From.Address)
	if read.Sent.IsZero() {
		read.Sent = r.on(item.path)
	}
	if strings.TrimSpace(m.Body) != "" {
		read.Parts = append(read.Parts, reply.Part{Text: m.Body})
	}
	switch {
	case m.Bounce != nil:
		item.Kind = Bounce
		item.Notes = append(item.Notes, bounced(m.Bounce))
		read.Subject = m.Bounce.OriginalSubject
		return r.letter(ctx, item)
	case item.Message.Auto || m.Auto:
		item.Kind = AutoReply
	case len(item.Message.Suspicious)+len(m.Suspicious) > 0:
		item.Kind = Suspicious
		for _, odd := range append(slices.Clone(item.Message.Suspicious), m.Suspicious...) {
			item.note(odd)
		}
	}
	if item.Kind != "" {
		return r.letter(ctx, item)
	}
	item.Kind = Mail
	parts := item.Message.Parts
	if m != item.Message {
		parts = append(parts, m.Parts...)
	}
	files := &spent{}
	defer files.done()
	for _, p := range parts {
		part, notes := r.part(ctx, p, files)
		item.Notes = append(item.Notes, notes...)
		item.unread = item.unread || part == nil && len(notes) > 0
		if part != nil {
			read.Parts = append(read.Parts, *part)
			item.Kind = Letter
		}
	}
	return r.letter(ctx, item)
}

// dayOf is the day of a message where it was written.
func dayOf(at time.Time) workday.Date {
	if at.IsZero() {
		return workday.Date{}
	}
	return workday.DateOf(at)
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
