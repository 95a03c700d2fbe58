package message

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"
)

func utf16Of(s string, big, mark bool) []byte {
	var out []byte
	if mark {
		s = "\ufeff" + s
	}
	for _, u := range utf16.Encode([]rune(s)) {
		if big {
			out = append(out, byte(u>>8), byte(u))
		} else {
			out = append(out, byte(u), byte(u>>8))
		}
	}
	return out
}

// Text is read as the program that wrote it meant it, and what is no text is refused.
func TestTextIsReadInItsOwnCharset(t *testing.T) {
	s := "The agency’s “final” response — 5 € for José\r\n"
	for name, c := range map[string]struct {
		raw           []byte
		want, charset string
	}{
		"UTF-8":                 {[]byte(s), s, ""},
		"UTF-8 with a mark":     {[]byte("\ufeff" + s), s, ""},
		"ASCII":                 {[]byte("Plain.\n"), "Plain.\n", ""},
		"Windows-1252":          {[]byte("The agency\x92s \x93final\x94 response \x97 5 \x80 for Jos\xe9\r\n"), s, "Windows-1252"},
		"Latin-1":               {[]byte("Jos\xe9, \xa7 5\n"), "José, § 5\n", "Windows-1252"},
		"UTF-16, little end":    {utf16Of(s, false, true), s, "UTF-16"},
		"UTF-16, big end":       {utf16Of(s, true, true), s, "UTF-16"},
		"UTF-16 without a mark": {utf16Of(s, false, false), s, "UTF-16"},
		"the same, big end":     {utf16Of(s, true, false), s, "UTF-16"},
		"nothing":               {nil, "", ""},
	} {
		got, err := ReadText(c.raw)
		if err != nil || got.Lines != c.want || got.Charset != c.charset {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
	for name, raw := range map[string][]byte{
		"zeros":                       []byte("a\x00b\x00\x00c"),
		"a byte that stands for none": []byte("caf\xe9 \x81"),
		"half a pair":                 append(utf16Of("abc", false, true), 0x00, 0xd8),
		"a picture":                   []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR"),
		"controls":                    []byte("a\x01\x02b"),
	} {
		if got, err := ReadText(raw); err == nil {
			t.Errorf("%s was read as %q", name, got.Lines)
		}
	}
}

const plainMail = "From: =?utf-8?Q?Jos=C3=A9_?= =?utf-8?B?w4FsdmFyZXo=?= <jose@agency.example>\r\nTo: ana@example.org,\r\n " +
	"desk@example.org\r\nSubject: =?windows-1252?Q?Your_request_=96_fees?=\r\nDate: Mon, 7 Apr 2025 09:00:00 -0400\r\nMIME-Version: " +
	"1.0\r\nX-Odd: x\r\n"

// A mail is shown as it was meant: the fields of its head, its text, and the names of what is
// attached.
func TestMailIsDecoded(t *testing.T) {
	head := "From: José Álvarez <jose@agency.example>|To: ana@example.org, desk@example.org|Date: Mon, 7 Apr 2025 09:00:00 " +
		"-0400|Subject: Your request – fees"
	file := base64.StdEncoding.EncodeToString(bytes.Repeat([]byte("x"), 3000))
	for name, c := range map[string]struct {
		body, text, attached, fault string
		html                        bool
	}{
		"plain": {body: "\r\nDear Ana,\r\nno.\r\n", text: "Dear Ana,\r\nno."},
		"quoted-printable": {body: "Content-Type: text/plain; charset=\"iso-8859-1\"\r\nContent-Transfer-Encoding: " +
			"quoted-printable\r\n\r\nThe fee is =A75 and this line goes =\r\non.\r\n", text: "The fee is §5 and this line goes on."},
		"base64": {body: "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: BASE64\r\n\r\nw4Rr\r\ndGVu\r\n",
			text: "Äkten"},
		"8 bits, unsaid": {body: "\r\ncaf\xe9\r\n", text: "café"},
		"unknown charset": {body: "Content-Type: text/plain; charset=klingon\r\n\r\ncaf\xe9\r\n", text: "café",
			fault: `"klingon", which is unknown; it was read as Windows-1252`},
		"alternatives": {body: "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nThe " +
			"text.\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>The <b>text</b>.</p>\r\n--b--\r\n",
			text: "The text."},
		"HTML first": {body: "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: " +
			"text/html\r\n\r\n<p>x</p>\r\n--b\r\n\r\nThe text.\r\n--b--\r\n", text: "The text."},
		"HTML": {body: "Content-Type: text/html; charset=utf-8\r\n\r\n<html><head><title>no</title><style>p " +
			"{x}</style></head><body><p>Dear <b>Ana</b>,</p><script>alert(1)</script>" +
			"<div>5 &lt; 6&nbsp;&amp;<br>so</div></body></html>\r\n",
			text: "Dear Ana,\n5 < 6 &\nso", html: true},
		"a footer in plain text": {body: "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>The " +
			"letter</p>\r\n--b\r\nContent-Type: text/plain\r\n\r\nThe list\r\n--b--\r\n",
			text: "The letter\n\nThe list", html: true},
		"files": {body: "Content-Type: multipart/mixed; boundary=\"a b\"\r\n\r\n--a b\r\n\r\nSee the files.\r\n--a b\r\nContent-Type: " +
			"application/pdf; name=\"=?utf-8?Q?Entscheidung=C3=9F.pdf?=\"\r\nContent-Disposition: " +
			"attachment\r\nContent-Transfer-Encoding: base64\r\n\r\n" + file +
			"\r\n--a b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; " +
			"filename*=utf-8''n%C3%B6te.txt\r\n\r\nhidden\r\n--a b\r\nContent-Type: message/rfc822\r\n\r\nSubject: " +
			"inner\r\n\r\nhidden\r\n--a b--\r\n",
			text: "See the files.", attached: "Entscheidungß.pdf (application/pdf, 2 KB)|nöte.txt (text/plain, 6 bytes)|without a name " +
				"(message/rfc822, 24 bytes)"},
		"cut": {body: "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nThe beginning", text: "The beginning",
			fault: "unexpected EOF"},
		"odd base64":   {body: "Content-Transfer-Encoding: base64\r\n\r\nYWJj!!ZGVm\r\n", text: "abcdef"},
		"cut base64":   {body: "Content-Transfer-Encoding: base64\r\n\r\nYWJjZ\r\n", text: "abc", fault: "cannot be read to its end"},
		"odd kind":     {body: "Content-Type: ;;;\r\n\r\nabc\r\n", text: "abc"},
		"no text":      {body: "Content-Type: application/pdf\r\n\r\n%PDF", attached: "without a name (application/pdf, 4 bytes)"},
		"no boundary":  {body: "Content-Type: multipart/mixed\r\n\r\nabc", attached: "without a name (multipart/mixed, 3 bytes)"},
		"nothing more": {body: "\r\n"},
	} {
		t.Run(name, func(t *testing.T) {
			raw := []byte(plainMail + c.body)
			if !IsMail(raw) {
				t.Error("it is not recognized")
			}
			m, err := ReadMail(raw)
			if err != nil {
				t.Fatal(err)
			}
			var fields []string
			for _, f := range m.Head {
				fields = append(fields, f.Name+": "+f.Value)
			}
			if got := strings.Join(fields, "|"); got != head {
				t.Errorf("head: %s", got)
			}
			if m.Text != c.text || m.HTML != c.html {
				t.Errorf("text: %q, %v", m.Text, m.HTML)
			}
			if got := strings.Join(m.Attached, "|"); got != c.attached {
				t.Errorf("attached: %s", got)
			}
			if got := strings.Join(m.Faults, "|"); (got == "") != (c.fault == "") || !strings.Contains(got, c.fault) {
				t.Errorf("faults: %s", got)
			}
		})
	}
}

// What only looks like a mail is none: a letter that begins with From, or a page of a book.
func TestOtherTextIsNoMail(t *testing.T) {
	for _, raw := range []string{"", "From: Ana\nTo: Joe\n\nA memo.\n", "Dear Ana,\n", "\n\nMIME-Version: 1.0\nFrom: x\n", "%PDF-1.4\n",
		strings.Repeat("x: y\n", 1<<20)} {
		if IsMail([]byte(raw)) {
			t.Errorf("%.40q is taken for a mail", raw)
		}
	}
}

// A field cannot make other fields, whatever is encoded in it.
func TestFieldStaysOnItsLine(t *testing.T) {
	m, err := ReadMail([]byte("From: a@example.org\r\nSubject: =?utf-8?Q?x=0D=0AFrom:_b@example.org?=\r\n\r\n"))
	if err != nil || len(m.Head) != 2 || m.Head[1].Value != "x From: b@example.org" {
		t.Errorf("%+v, %v", m, err)
	}
}

// nested is a mail of parts within parts.
func nested(depth int) []byte {
	var out strings.Builder
	out.WriteString(plainMail)
	for i := range depth {
		fmt.Fprintf(&out, "Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n", i, i)
	}
	return []byte(out.String())
}

// Mails that are made to do harm end, with what could be read or with a reason.
func TestMailIsBounded(t *testing.T) {
	m, err := ReadMail(nested(5000))
	if err != nil || len(m.Faults) == 0 {
		t.Errorf("%+v, %v", m, err)
	}
	parts := plainMail + "Content-Type: multipart/mixed; boundary=b\r\n\r\n" +
		strings.Repeat("--b\r\nContent-Disposition: attachment\r\n\r\nx\r\n", 50_000)
	if m, err = ReadMail([]byte(parts)); err != nil || len(m.Attached) > mostParts || len(m.Faults) == 0 {
		t.Errorf("%d attached, %v", len(m.Attached), err)
	}
	if _, err = ReadMail([]byte(plainMail + "\r\n" + strings.Repeat("x", MostText+1))); err != ErrTooLong {
		t.Errorf("a long text: %v", err)
	}
	if _, err = ReadMail([]byte(strings.Repeat("x: y\r\n", 1<<20))); err == nil {
		t.Error("a head without end was read")
	}
}

// Whatever bytes a text is made of, it is read as valid UTF-8 or refused.
func FuzzReadText(f *testing.F) {
	f.Add([]byte("caf\xe9"))
	f.Add(utf16Of("Dear Ana,", false, true))
	f.Add(utf16Of("Dear Ana,", true, false))
	f.Fuzz(func(t *testing.T, raw []byte) {
		text, err := ReadText(raw)
		if err == nil && (!utf8.ValidString(text.Lines) || strings.ContainsRune(text.Lines, 0)) {
			t.Errorf("%q", text.Lines)
		}
	})
}

// Whatever bytes a mail is made of, what is shown of it is text, and fields are lines.
func FuzzReadMail(f *testing.F) {
	f.Add([]byte(plainMail + "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Transfer-Encoding: " +
		"quoted-printable\r\n\r\n=41\r\n--b\r\nContent-Type: text/html; charset=utf-16\r\n\r\n<p>x</p>\r\n--b--\r\n"))
	f.Add([]byte(plainMail + "Content-Transfer-Encoding: base64\r\n" +
		"Content-Disposition: attachment; filename*0=a; filename*1=b\r\n\r\nYWJj"))
	f.Add(nested(30))
	f.Fuzz(func(t *testing.T, raw []byte) {
		IsMail(raw)
		m, err := ReadMail(raw)
		if err != nil {
			return
		}
		for _, field := range m.Head {
			if strings.ContainsAny(field.Value, "\r\n") || !utf8.ValidString(field.Value) {
				t.Errorf("field %q", field)
			}
		}
		for _, s := range append(m.Attached, m.Text) {
			if !utf8.ValidString(s) {
				t.Errorf("not text: %q", s)
			}
		}
		if len(m.Text) > 3*MostText || len(m.Attached) > mostParts+1 {
			t.Errorf("%d bytes, %d files", len(m.Text), len(m.Attached))
		}
	})
}
