// Package received is what was kept of what came, as a person reads it: the head of a message, its own words in
// their order, the earlier mail that it quotes set apart, the files that came with it, and what is odd about it.
// What it shows is somebody else's: names and texts are data, and no more of them is shown than the bounds below.
package received

import (
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"time"

	"foia/internal/mail"
)

// Bounds of what is shown of a message. The message itself is kept whole.
const (
	MostText   = 256 << 10 // bytes of its text, what it passes on included
	mostQuoted = 200       // lines of earlier mail in one place
	mostFiles  = 100       // that are listed
	mostTo     = 50        // addressees
)

// Start is how many bytes of a file tell whether it is a message.
const Start = 256 << 10

// IsMail tells whether a file is a message, by its name and by how it begins.
func IsMail(name string, start []byte) bool { return mail.KindOf(name, start) == mail.Mail }

// MayBeMail tells whether it is worth a look if a file is a message, by its name alone: releases are large.
func MayBeMail(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".zip", ".xlsx", ".xls", ".docx", ".doc", ".csv", ".mp4", ".mp3":
		return false
	}
	return true
}

// ReadKept reads a file whole if it is a message that can be read; nil: it is none.
func ReadKept(from io.Reader, name string) ([]byte, error) {
	start, err := io.ReadAll(io.LimitReader(from, Start))
	if err != nil || len(start) == 0 || !IsMail(name, start) {
		return nil, err
	}
	rest, err := io.ReadAll(io.LimitReader(from, mail.MostBytes+1))
	if err != nil || len(start)+len(rest) > mail.MostBytes {
		return nil, err
	}
	return append(start, rest...), nil
}

// ReadMail reads a message that was recorded at a moment, as the log writes it: it cannot have been written
// later, but for clocks that differ. The reader is made for what strangers send; if it fails all the same, that is
// an error like others.
func ReadMail(raw []byte, recorded string) (m *mail.Message, err error) {
	defer func() {
		if r := recover(); r != nil {
			m, err = nil, fmt.Errorf("foia fails to read it: %v", r)
		}
	}()
	at, err := time.Parse(time.RFC3339, recorded)
	if err != nil {
		at = time.Time{} // of an event that says no moment: any date may be true
	} else {
		at = at.AddDate(0, 0, 2)
	}
	return mail.Read(raw, at)
}

// Page is a message as a person reads it.
type Page struct {
	Head   []Field
	Odd    []string // what a careful reader should know
	Text   []Passage
	Passed *Page // the message that it passes on within its text
	Files  []File
	More   int // files beyond those that are listed
	HTML   bool
}

// Field is one of the head.
type Field struct{ Name, Value string }

// Passage is a piece of the text: its own words, or earlier mail that it quotes.
type Passage struct {
	Quoted bool
	Lines  []string
	Left   int // lines that are not shown
}

// PageOf is the page of a message.
func PageOf(m *mail.Message) *Page {
	left := MostText
	return pageOf(m, &left)
}

func pageOf(m *mail.Message, left *int) *Page {
	p := &Page{Head: headOf(m), Odd: odd(m), HTML: m.HTML}
	for _, t := range joined(m.Text) {
		next := shownOf(t, left)
		if len(next.Lines)+next.Left > 0 {
			p.Text = append(p.Text, next)
		}
		if !next.Quoted && next.Left > 0 {
			p.Odd = append(p.Odd, fmt.Sprintf("its text is longer than %d KB; the rest is in the original", MostText>>10))
		}
	}
	p.Files = enclosed(m, "", false)
	if p.More = max(0, len(p.Files)-mostFiles); p.More > 0 {
		p.Files = p.Files[:mostFiles]
	}
	if f := m.Forwarded; f != nil && !slices.ContainsFunc(m.Parts, func(q mail.Part) bool { return q.Message == f }) {
		p.Passed = pageOf(f, left)
	}
	return p
}

// headOf are the fields that a reader looks for, in their usual order.
func headOf(m *mail.Message) (out []Field) {
	add := func(name, value string) {
		if value = Shown(value); value != "" {
			out = append(out, Field{name, value})
		}
	}
	add("From", Named(m.From))
	if !slices.Equal(m.ReplyTo, []mail.Address{m.From}) {
		add("Reply-To", list(m.ReplyTo))
	}
	add("To", list(m.To))
	add("Cc", list(m.Cc))
	add("Date", Moment(m.Date))
	add("Subject", m.Subject)
	switch b := m.Bounce; {
	case b != nil && b.Delayed:
		add("Kind", "a mail server says that a message has not been delivered yet")
	case b != nil:
		add("Kind", "a mail server says that a message could not be delivered")
	case m.Auto:
		add("Kind", "an automatic reply")
	}
	if b := m.Bounce; b != nil {
		add("Not delivered", strings.Join(append([]string{b.Address}, b.Others...), ", "))
		add("Status", b.Status)
		add("Server", b.Diagnostic)
		add("Returned", b.OriginalSubject)
	}
	return out
}

// Named is somebody who sends or gets mail, by name and address.
func Named(a mail.Address) string {
	switch {
	case a.Name == "" || a.Name == a.Address:
		return Shown(a.Address)
	case a.Address == "":
		return Shown(a.Name)
	}
	return Shown(a.Name + " <" + a.Address + ">")
}

func list(all []mail.Address) string {
	var out []string
	for _, a := range all[:min(len(all), mostTo)] {
		out = append(out, Named(a))
	}
	if more := len(all) - mostTo; more > 0 {
		out = append(out, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(out, ", ")
}

// Moment is when a message was written, where it was written; empty if that is not known.
func Moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	zone := "UTC"
	if _, offset := t.Zone(); offset != 0 {
		zone += t.Format("-07:00")
	}
	return t.Format("Monday, January 2, 2006, 3:04 PM") + " (" + zone + ")"
}

// odd is what a careful reader should know of a message. What it hides is told, and not shown.
func odd(m *mail.Message) (out []string) {
	for _, s := range m.Suspicious {
		if !strings.HasPrefix(s, mail.Unseen) {
			out = append(out, Shown(s))
		}
	}
	if m.Hidden != "" {
		out = append(out, "its HTML holds text that a reader does not see; that text is not shown here, and is in the original")
	}
	switch {
	case m.Pictures == 1:
		out = append(out, "its HTML refers to a picture elsewhere, which was not fetched")
	case m.Pictures > 1:
		out = append(out, fmt.Sprintf("its HTML refers to %d pictures elsewhere, which were not fetched", m.Pictures))
	}
	for _, s := range m.Warnings {
		out = append(out, Shown(s))
	}
	return out
}

// joined are passages of which none is empty, and none stands beside one of its own kind.
func joined(all []mail.Passage) (out []mail.Passage) {
	for _, p := range all {
		blank := strings.TrimSpace(strings.Join(p.Lines, "")) == ""
		switch n := len(out); {
		case n > 0 && (blank || out[n-1].Quoted == p.Quoted):
			out[n-1].Lines = append(slices.Clip(out[n-1].Lines), p.Lines...)
		case !blank:
			out = append(out, p)
		}
	}
	return out
}

// shownOf is as much of a passage as is shown, without empty lines at its ends and more than one between others.
func shownOf(p mail.Passage, left *int) Passage {
	out := Passage{Quoted: p.Quoted}
	for i, line := range p.Lines {
		line = strings.TrimRight(Shown(line), " \t")
		if line == "" && (len(out.Lines) == 0 || out.Lines[len(out.Lines)-1] == "") {
			continue
		}
		if p.Quoted && len(out.Lines) >= mostQuoted || *left == 0 {
			out.Left += worded(p.Lines[i:])
			break
		}
		if len(line) >= *left {
			line = strings.ToValidUTF8(line[:*left-1], "")
			out.Left++
		}
		*left -= len(line) + 1
		out.Lines = append(out.Lines, line)
	}
	for len(out.Lines) > 0 && out.Lines[len(out.Lines)-1] == "" {
		out.Lines = out.Lines[:len(out.Lines)-1]
	}
	return out
}

func worded(lines []string) (n int) {
	for _, line := range lines {
		if strings.TrimSpace(line) != "" {
			n++
		}
	}
	return n
}

// LeftOut says how much of a quoted passage is not shown.
func (p Passage) LeftOut() string {
	if p.Left == 0 {
		return ""
	}
	return fmt.Sprintf("[lines of earlier mail that are not shown: %d; the original has them]", p.Left)
}
