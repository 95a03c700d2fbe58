package message

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"slices"
	"strings"

	"golang.org/x/text/encoding/htmlindex"
)

// Mail is an e-mail as far as it can be shown on paper.
type Mail struct {
	Head     []Field // those that a reader looks for, in their usual order
	Text     string
	HTML     bool     // some of the text was taken out of HTML
	Attached []string // names of files, with their kind and size
	Faults   []string // what could not be read
}

// Field is one of the head of an e-mail.
type Field struct{ Name, Value string }

// Bounds of an e-mail. Attachments are only measured.
const (
	MostText  = 256 << 10 // bytes of its text
	mostParts = 1000
	deepest   = 20 // parts within parts
	longest   = 4 << 10
	mostHead  = 1 << 20
)

// ErrTooLong is a text beyond the bound.
var ErrTooLong = fmt.Errorf("the text is longer than %d KB", MostText>>10)

// shown are the fields of the head that are shown (RFC 5322, 3.6).
var shown = []string{"From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Date", "Subject"}

// IsMail tells whether a file is an e-mail, whatever it is called: it has a sender, and a field that
// only programs write.
func IsMail(raw []byte) bool {
	head, err := headOf(raw)
	return err == nil && head.Header.Get("From") != "" &&
		cmp.Or(head.Header.Get("Mime-Version"), head.Header.Get("Received"), head.Header.Get("Message-Id")) != ""
}

// headOf reads the head. It must end early: net/textproto holds all of it.
func headOf(raw []byte) (*mail.Message, error) {
	raw = bytes.TrimPrefix(raw, []byte("\ufeff"))
	if i := headEnd(raw); i > mostHead || i < 0 && len(raw) > mostHead {
		return nil, errors.New("its head is too long")
	}
	if line, rest, ok := bytes.Cut(raw, []byte("\n")); ok && bytes.HasPrefix(line, []byte("From ")) {
		raw = rest // of a mailbox (RFC 4155)
	}
	return mail.ReadMessage(bytes.NewReader(raw))
}

func headEnd(raw []byte) int {
	end := bytes.Index(raw, []byte("\n\n"))
	if i := bytes.Index(raw[:min(len(raw), max(end, 0)+mostHead)], []byte("\r\n\r\n")); i >= 0 && (end < 0 || i < end) {
		end = i
	}
	return end
}

// ReadMail reads an e-mail. What it cannot read of its parts is among its faults.
func ReadMail(raw []byte) (*Mail, error) {
	message, err := headOf(raw)
	if err != nil {
		return nil, fmt.Errorf("it is not an e-mail: %w", err)
	}
	m := &Mail{}
	for _, name := range shown {
		for _, v := range message.Header[textproto.CanonicalMIMEHeaderKey(name)] {
			if v = header(v); v != "" {
				m.Head = append(m.Head, Field{name, v})
			}
		}
	}
	if len(m.Head) == 0 {
		return nil, errors.New("it is not an e-mail: it has no sender, no addressee and no subject")
	}
	r := &reading{mail: m}
	r.part(textproto.MIMEHeader(message.Header), message.Body, 0)
	if r.tooLong {
		return nil, ErrTooLong
	}
	for i, p := range r.pieces {
		if i > 0 {
			m.Text += "\n\n"
		}
		m.Text += p.text
		m.HTML = m.HTML || p.html
	}
	return m, nil
}

// header is a field as it is meant, on one line (RFC 2047). What is not ASCII and not encoded is
// against the rules, and yet common.
func header(v string) string {
	if text, err := ReadText([]byte(v)); err == nil {
		v = text.Lines
	}
	words := mime.WordDecoder{CharsetReader: func(charset string, in io.Reader) (io.Reader, error) {
		e, err := htmlindex.Get(charset)
		if err != nil {
			return nil, err
		}
		return e.NewDecoder().Reader(in), nil
	}}
	if plain, err := words.DecodeHeader(v); err == nil {
		v = plain
	}
	if v = strings.Join(strings.Fields(v), " "); len(v) > longest {
		v = strings.ToValidUTF8(v[:longest], "") + " …"
	}
	return strings.ToValidUTF8(v, "\ufffd")
}

// reading is the reading of an e-mail.
type reading struct {
	mail    *Mail
	parts   int
	pieces  []piece
	size    int // of their texts
	tooLong bool
}

// piece is the text of a part.
type piece struct {
	text string
	html bool // taken out of it
}

func (r *reading) fault(format string, args ...any) {
	if len(r.mail.Faults) < 5 {
		r.mail.Faults = append(r.mail.Faults, fmt.Sprintf(format, args...))
	}
}

// part reads a part, and those in it.
func (r *reading) part(head textproto.MIMEHeader, body io.Reader, depth int) {
	if r.parts++; r.parts > mostParts || depth > deepest {
		if r.parts == mostParts+1 || depth > deepest {
			r.fault("it has more parts than an e-mail has")
		}
		return
	}
	kind, parms, err := mime.ParseMediaType(cmp.Or(head.Get("Content-Type"), "text/plain"))
	if err != nil && kind == "" {
		kind = "text/plain" // RFC 2045, 5.2
	}
	if strings.HasPrefix(kind, "multipart/") && parms["boundary"] != "" {
		r.parted(kind, parms["boundary"], body, depth)
		return
	}
	placed, fileParms, _ := mime.ParseMediaType(head.Get("Content-Disposition")) // one that cannot be read is none
	name := header(cmp.Or(fileParms["filename"], parms["name"]))
	plain := opened(head.Get("Content-Transfer-Encoding"), body)
	if placed == "attachment" || name != "" || kind != "text/plain" && kind != "text/html" {
		r.attached(name, kind, plain)
		return
	}
	r.text(kind, parms["charset"], plain)
}

// parted reads the parts of a part. Of alternatives, one is shown, plain text before HTML: the others
// say the same (RFC 2046, 5.1.4).
func (r *reading) parted(kind, boundary string, body io.Reader, depth int) {
	before := len(r.pieces)
	for in := multipart.NewReader(body, boundary); r.parts <= mostParts; {
		part, err := in.NextRawPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			r.fault("a part of it cannot be read: %v", err)
			break
		}
		r.part(part.Header, part, depth+1)
	}
	if all := r.pieces[before:]; kind == "multipart/alternative" && len(all) > 1 {
		one := max(0, slices.IndexFunc(all, func(p piece) bool { return !p.html }))
		r.pieces = append(r.pieces[:before], all[one])
	}
}

// attached notes a file, and measures it.
func (r *reading) attached(name, kind string, body io.Reader) {
	size, err := io.Copy(io.Discard, body)
	s := fmt.Sprintf("%s (%s, %s)", cmp.Or(name, "without a name"), kind, bytesOf(size))
	if err != nil {
		s += ", which cannot be read to its end"
	}
	r.mail.Attached = append(r.mail.Attached, s)
}

func bytesOf(n int64) string {
	switch {
	case n < 1<<10:
		return fmt.Sprintf("%d bytes", n)
	case n < 1<<20:
		return fmt.Sprintf("%d KB", n>>10)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
}

// text takes a part that is text.
func (r *reading) text(kind, charset string, body io.Reader) {
	most := int64(MostText)
	if kind == "text/html" {
		most *= 16 // most of a page is not its text
	}
	raw, err := io.ReadAll(io.LimitReader(body, most+1))
	if err != nil {
		r.fault("its text cannot be read to its end: %v", err)
	}
	if int64(len(raw)) > most {
		r.tooLong = true
		return
	}
	s := r.inUTF8(raw, charset)
	if kind == "text/html" {
		s = textOfHTML(s)
	}
	if s = strings.TrimSpace(s); s == "" {
		return
	}
	if r.size += len(s); r.size > 2*MostText || len(s) > MostText { // alternatives say it twice
		r.tooLong = true
		return
	}
	r.pieces = append(r.pieces, piece{s, kind == "text/html"})
}

// inUTF8 reads a text in the charset that the mail says, or if it says none or one that is unknown,
// in that which it has.
func (r *reading) inUTF8(raw []byte, charset string) string {
	e, err := htmlindex.Get(charset)
	if charset != "" && err == nil && !strings.EqualFold(charset, "us-ascii") {
		if s, err := e.NewDecoder().Bytes(raw); err == nil {
			return strings.ToValidUTF8(string(s), "\ufffd")
		}
	}
	text, bad := ReadText(raw)
	if bad != nil {
		r.fault("its text has characters that cannot be read")
		return strings.ToValidUTF8(string(raw), "\ufffd")
	}
	if charset != "" && err != nil {
		r.fault("its text says that it is written in %q, which is unknown; it was read as %s", header(charset),
			cmp.Or(text.Charset, "UTF-8"))
	}
	return text.Lines
}

// opened takes off the encoding for transfer (RFC 2045, 6).
func opened(encoding string, body io.Reader) io.Reader {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "quoted-printable":
		return quotedprintable.NewReader(body)
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, &onlyBase64{body})
	}
	return body
}

// onlyBase64 leaves out what is no base64, as RFC 2045, 6.8, asks for.
type onlyBase64 struct{ in io.Reader }

func (o *onlyBase64) Read(p []byte) (int, error) {
	for {
		n, err := o.in.Read(p)
		kept := 0
		for _, c := range p[:n] {
			if c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/' || c == '=' {
				p[kept] = c
				kept++
			}
		}
		if kept > 0 || err != nil {
			return kept, err
		}
	}
}
