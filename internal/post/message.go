// Package post is about e-mail that goes out: a letter as a message, with the same bytes whenever it is made, and the
// handing of such bytes to the user's mail server, of which it says for sure whether the server has them, whether it has
// not, or that nobody knows. It is the only room that knows go-mail.
package post

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"mime"
	"mime/quotedprintable"
	"strings"
	"time"
	"unicode"

	"golang.org/x/net/idna"

	"foia/internal/entered"
	"foia/internal/remedy"
)

// Address is somebody who sends or gets mail.
type Address struct{ Name, Address string }

// Attachment is a file that goes with a message, byte for byte.
type Attachment struct {
	Name, Type string
	Data       []byte
}

// Message is an e-mail.
type Message struct {
	From    Address
	ReplyTo string // empty: From
	To, Cc  []Address
	Subject string
	ID      string    // the Message-ID, without the brackets
	Date    time.Time // zero: a draft, which gets its date when it is sent
	Text    string    // plain, its lines ended by \n
	Files   []Attachment
}

// lineLength is how long the lines of a message may be, without their ends (RFC 5322, section 2.1.1, advises 78; an
// encoded word has room for 76).
const lineLength = 76

// Bytes is the message as it travels: lines ended by CRLF, ASCII but for the name in an address that is not. The same
// message has the same bytes.
func (m Message) Bytes() ([]byte, error) {
	var out bytes.Buffer
	if err := m.head(&out); err != nil {
		return nil, err
	}
	boundary := m.boundary()
	fold(&out, "MIME-Version", "1.0")
	fold(&out, "Content-Type", "multipart/mixed;", fmt.Sprintf("boundary=%q", boundary))
	between := "\r\n" + "--" + boundary
	out.WriteString(between + "\r\nContent-Type: text/plain; charset=utf-8\r\n")
	out.WriteString("Content-Transfer-Encoding: quoted-printable\r\n\r\n")
	text := quotedprintable.NewWriter(&out)
	if _, err := text.Write([]byte(strings.ReplaceAll(m.Text, "\n", "\r\n"))); err != nil {
		return nil, err
	}
	if err := text.Close(); err != nil {
		return nil, err
	}
	for _, f := range m.Files {
		out.WriteString(between + "\r\n")
		fold(&out, "Content-Type", parameter(f.Type, "name", f.Name)...)
		fold(&out, "Content-Disposition", parameter("attachment", "filename", f.Name)...)
		out.WriteString("Content-Transfer-Encoding: base64\r\n\r\n")
		base64Lines(&out, f.Data)
	}
	out.WriteString(between + "--\r\n")
	return out.Bytes(), nil
}

// head writes who writes to whom about what.
func (m Message) head(out *bytes.Buffer) error {
	if !m.Date.IsZero() {
		fold(out, "Date", m.Date.Format("Mon, 02 Jan 2006 15:04:05 -0700"))
	}
	for _, field := range []struct {
		name string
		of   []Address
	}{{"From", []Address{m.From}}, {"Reply-To", replyTo(m.ReplyTo)}, {"To", m.To}, {"Cc", m.Cc}} {
		if len(field.of) == 0 {
			continue
		}
		var words []string
		for i, a := range field.of {
			one, err := a.words()
			if err != nil {
				return err
			}
			if i < len(field.of)-1 {
				one[len(one)-1] += ","
			}
			words = append(words, one...)
		}
		fold(out, field.name, words...)
	}
	fold(out, "Subject", encoded(m.Subject)...)
	if id, err := Plain(m.ID); err != nil || id != m.ID {
		return remedy.Misuse("there is no Message-ID like "+entered.Shown(m.ID), "check the address that you send from")
	}
	fold(out, "Message-ID", "<"+m.ID+">")
	if m.Date.IsZero() {
		fold(out, "X-Unsent", "1") // by which Outlook opens it as something to send
	}
	return nil
}

func replyTo(address string) []Address {
	if address == "" {
		return nil
	}
	return []Address{{Address: address}}
}

// words is an address as it stands in a field, in pieces between which a line may end.
func (a Address) words() ([]string, error) {
	plain, err := Plain(a.Address)
	if err != nil {
		return nil, err
	}
	if a.Name == "" {
		return []string{plain}, nil
	}
	name := oneLine(a.Name)
	if !isASCII(name) || strings.Contains(name, "=?") || longestWord(name) > lineLength/2 {
		return append(encodedWords(name), "<"+plain+">"), nil
	}
	if strings.ContainsFunc(name, func(r rune) bool { return r != ' ' && !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		name = `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(name) + `"`
	}
	return append(strings.Fields(name), "<"+plain+">"), nil
}

// Plain is an address in the form that mail servers take: its domain in ASCII. One that is not a single address, such as
// one with a line break in it, is an error.
func Plain(address string) (string, error) {
	broken := func(r rune) bool {
		return unicode.IsControl(r) || unicode.IsSpace(r) || strings.ContainsRune("<>,;", r)
	}
	if strings.ContainsFunc(address, broken) {
		return "", remedy.Misuse(entered.Shown(address)+" is not one e-mail address", "give one address, such as name@example.org")
	}
	one, err := entered.ReadEmail(address)
	if err != nil {
		return "", err
	}
	at := strings.LastIndex(one, "@")
	domain, err := idna.Lookup.ToASCII(one[at+1:])
	if err != nil {
		return "", remedy.Misuse(entered.Shown(address)+" is not one e-mail address", "give one address, such as name@example.org")
	}
	return one[:at+1] + domain, nil
}

// boundary stands between the parts of the message. Neither quoted-printable nor base64 has "=_" anywhere.
func (m Message) boundary() string {
	sum := sha256.New()
	fmt.Fprintf(sum, "%q %q %q", m.ID, m.Subject, m.Text)
	return "=_foia-" + hex.EncodeToString(sum.Sum(nil))[:24]
}

// fold writes a field, and ends its lines between words where they get too long.
func fold(out *bytes.Buffer, name string, words ...string) {
	out.WriteString(name + ":")
	length := len(name) + 1
	for i, w := range words {
		if length+1+len(w) > lineLength && i > 0 {
			out.WriteString("\r\n")
			length = 0
		}
		out.WriteString(" " + w)
		length += 1 + len(w)
	}
	out.WriteString("\r\n")
}

// parameter is the value of a field with a parameter, a name in whatever script (RFC 2231).
func parameter(value, name, is string) []string {
	formatted := mime.FormatMediaType("x/x", map[string]string{name: oneLine(is)})
	_, is, found := strings.Cut(formatted, "; ")
	if !found {
		return []string{value}
	}
	return []string{value + ";", is}
}

// encoded are the words of a text for people, such as a subject, encoded if a line of ASCII cannot have them.
func encoded(text string) []string {
	text = oneLine(text)
	if !isASCII(text) || strings.Contains(text, "=?") || longestWord(text) > lineLength/2 {
		return encodedWords(text)
	}
	return strings.Fields(text)
}

// encodedWords is a text in encoded words (RFC 2047), none longer than a line has room for.
func encodedWords(text string) (out []string) {
	const most = 36 // bytes: 48 characters of base64, and 12 around them
	for text != "" {
		n := 0
		for i, r := range text {
			if i+len(string(r)) > most {
				break
			}
			n = i + len(string(r))
		}
		out = append(out, "=?utf-8?B?"+base64.StdEncoding.EncodeToString([]byte(text[:n]))+"?=")
		text = text[n:]
	}
	return out
}

// oneLine is a text without what a line cannot have.
func oneLine(text string) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
}

func isASCII(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r >= 0x7f })
}

func longestWord(text string) int {
	longest := 0
	for w := range strings.SplitSeq(text, " ") {
		longest = max(longest, len(w))
	}
	return longest
}

// base64Lines writes bytes in base64, in lines.
func base64Lines(out *bytes.Buffer, data []byte) {
	text := base64.StdEncoding.EncodeToString(data)
	for i := 0; i < len(text); i += lineLength {
		if i > 0 {
			out.WriteString("\r\n")
		}
		out.WriteString(text[i:min(i+lineLength, len(text))])
	}
}
