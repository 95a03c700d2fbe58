package received

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"
)

const plainMail = "From: =?utf-8?Q?Jos=C3=A9_?= =?utf-8?B?w4FsdmFyZXo=?= <jose@agency.example>\r\nTo: ana@example.org,\r\n " +
	"desk@example.org\r\nSubject: =?windows-1252?Q?Your_request_=96_fees?=\r\nDate: Mon, 7 Apr 2025 09:00:00 -0400\r\nMIME-Version: " +
	"1.0\r\nX-Odd: x\r\n"

// shown is the page of a message in one line for each of its kinds of things.
func shown(p *Page) (head, text, quoted, files, odd string) {
	var h, t, q, a []string
	for _, f := range p.Head {
		h = append(h, f.Name+": "+f.Value)
	}
	for _, piece := range p.Text {
		if piece.Quoted {
			q = append(q, piece.Lines...)
		} else {
			t = append(t, strings.Join(piece.Lines, "\n"))
		}
	}
	for _, f := range p.Files {
		a = append(a, f.Name+" ("+f.Says()+")")
	}
	return strings.Join(h, "|"), strings.Join(t, "|"), strings.Join(q, "|"), strings.Join(a, "|"), strings.Join(p.Odd, "|")
}

func mustPage(t *testing.T, raw string) *Page {
	t.Helper()
	m, err := ReadMail([]byte(raw), "")
	if err != nil {
		t.Fatal(err)
	}
	return PageOf(m)
}

// A mail is shown as it was meant: the fields of its head, its text, and the names of what is
// attached.
func TestMailIsDecoded(t *testing.T) {
	head := "From: José Álvarez <jose@agency.example>|To: ana@example.org, desk@example.org|" +
		"Date: Monday, April 7, 2025, 9:00 AM (UTC-04:00)|Subject: Your request – fees"
	file := base64.StdEncoding.EncodeToString(bytes.Repeat([]byte("x"), 3000))
	for name, c := range map[string]struct {
		body, text, attached, fault string
		html                        bool
	}{
		"plain": {body: "\r\nDear Ana,\r\nno.\r\n", text: "Dear Ana,\nno."},
		"quoted-printable": {body: "Content-Type: text/plain; charset=\"iso-8859-1\"\r\nContent-Transfer-Encoding: " +
			"quoted-printable\r\n\r\nThe fee is =A75 and this line goes =\r\non.\r\n", text: "The fee is §5 and this line goes on."},
		"base64": {body: "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: BASE64\r\n\r\nw4Rr\r\ndGVu\r\n",
			text: "Äkten"},
		"8 bits, unsaid": {body: "\r\ncaf\xe9\r\n", text: "café"},
		"unknown charset": {body: "Content-Type: text/plain; charset=klingon\r\n\r\ncaf\xe9\r\n", text: "café",
			fault: `"klingon", which is unknown; it was read as it looks`},
		"alternatives": {body: "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nThe " +
			"text.\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>The <b>text</b>.</p>\r\n--b--\r\n",
			text: "The text."},
		"HTML first": {body: "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: " +
			"text/html\r\n\r\n<p>x</p>\r\n--b\r\n\r\nThe text.\r\n--b--\r\n", text: "The text."},
		"HTML": {body: "Content-Type: text/html; charset=utf-8\r\n\r\n<html><head><title>no</title><style>p " +
			"{x}</style></head><body><p>Dear <b>Ana</b>,</p><script>alert(1)</script>" +
			"<div>5 &lt; 6&nbsp;&amp;<br>so</div></body></html>\r\n",
			text: "Dear Ana,\n\n5 < 6 &\nso", html: true},
		"a footer in plain text": {body: "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>The " +
			"letter</p>\r\n--b\r\nContent-Type: text/plain\r\n\r\nThe list\r\n--b--\r\n",
			text: "The letter\n\nThe list", html: true},
		"files": {body: "Content-Type: multipart/mixed; boundary=\"a b\"\r\n\r\n--a b\r\n\r\nSee the files.\r\n--a b\r\nContent-Type: " +
			"application/pdf; name=\"=?utf-8?Q?Entscheidung=C3=9F.pdf?=\"\r\nContent-Disposition: " +
			"attachment\r\nContent-Transfer-Encoding: base64\r\n\r\n" + file +
			"\r\n--a b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; " +
			"filename*=utf-8''n%C3%B6te.txt\r\n\r\nhidden\r\n--a b\r\nContent-Type: message/rfc822\r\n\r\nSubject: " +
			"inner\r\n\r\nhidden\r\n--a b--\r\n",
			text: "See the files.", attached: "Entscheidungß.pdf (application/octet-stream, 2 KB, not a PDF, " +
				"whatever its name says)|nöte.txt (text/plain, 6 bytes)|" +
				"message.eml (message/rfc822, 24 bytes)", fault: "messages are attached to it: 1"},
		"cut": {body: "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nThe beginning", text: "The beginning",
			fault: "its end is missing"},
		"odd base64": {body: "Content-Transfer-Encoding: base64\r\n\r\nYWJj!!ZGVm\r\n", text: "abcdef"},
		"cut base64": {body: "Content-Transfer-Encoding: base64\r\n\r\nYWJjZ\r\n", text: "abc"},
		"odd kind":   {body: "Content-Type: ;;;\r\n\r\nabc\r\n", text: "abc"},
		"no text": {body: "Content-Type: application/pdf\r\n\r\n%PDF",
			attached: "attachment-1.bin (application/octet-stream, 4 bytes)"},
		"no boundary":  {body: "Content-Type: multipart/mixed\r\n\r\nabc", text: "abc", fault: "not where they begin"},
		"nothing more": {body: "\r\n"},
	} {
		t.Run(name, func(t *testing.T) {
			raw := plainMail + c.body
			if !IsMail("kept.dat", []byte(raw)) {
				t.Error("it is not recognized")
			}
			page := mustPage(t, raw)
			gotHead, text, _, files, odd := shown(page)
			if gotHead != head {
				t.Errorf("head: %s", gotHead)
			}
			if text != c.text || page.HTML != c.html {
				t.Errorf("text: %q, %v", text, page.HTML)
			}
			if files != c.attached {
				t.Errorf("attached: %s", files)
			}
			if (odd == "") != (c.fault == "") || !strings.Contains(odd, c.fault) {
				t.Errorf("odd: %s", odd)
			}
		})
	}
}

// What only looks like a mail is none: a letter that begins with From, or a page of a book.
func TestOtherTextIsNoMail(t *testing.T) {
	for _, raw := range []string{"", "From: Ana\nTo: Joe\n\nA memo.\n", "Dear Ana,\n", "%PDF-1.4\n",
		strings.Repeat("x: y\n", 1<<20)} {
		if IsMail("kept.txt", []byte(raw)) {
			t.Errorf("%.40q is taken for a mail", raw)
		}
	}
}

// A field cannot make other fields, whatever is encoded in it.
func TestFieldStaysOnItsLine(t *testing.T) {
	page := mustPage(t, "From: a@example.org\r\nSubject: =?utf-8?Q?x=0D=0AFrom:_b@example.org?=\r\n\r\n")
	if len(page.Head) != 2 || page.Head[1].Value != "x From: b@example.org" {
		t.Errorf("%+v", page)
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

// Mails that are made to do harm end, with what could be read and what was left out.
func TestMailIsBounded(t *testing.T) {
	_, _, _, _, odd := shown(mustPage(t, string(nested(5000))))
	if !strings.Contains(odd, "more than 20 deep") {
		t.Error(odd)
	}
	page := mustPage(t, plainMail+"Content-Type: multipart/mixed; boundary=b\r\n\r\n"+
		strings.Repeat("--b\r\nContent-Disposition: attachment; filename=x\r\n\r\nx\r\n", 50_000))
	if _, _, _, _, odd = shown(page); len(page.Files) != 1 || !strings.Contains(odd, "more than 1000 parts") {
		t.Errorf("%d files, %s", len(page.Files), odd)
	}
	var parts strings.Builder
	for i := range 900 {
		fmt.Fprintf(&parts, "--b\r\nContent-Disposition: attachment; filename=x%d\r\n\r\n%d\r\n", i, i)
	}
	page = mustPage(t, plainMail+"Content-Type: multipart/mixed; boundary=b\r\n\r\n"+parts.String())
	if len(page.Files) != mostFiles || page.More != 900-mostFiles {
		t.Errorf("%d files and %d more", len(page.Files), page.More)
	}
	for name, raw := range map[string]string{
		"many lines":          strings.Repeat("A line of words.\r\n", MostText/10),
		"a line without end":  strings.Repeat("x", MostText+1),
		"several parts of it": strings.Repeat("word ", MostText/4) + "\r\n> and\r\n" + strings.Repeat("word\r\n", MostText/4),
	} {
		page = mustPage(t, plainMail+"\r\n"+raw)
		_, text, quoted, _, odd := shown(page)
		if n := len(text) + len(quoted); n > MostText || n < MostText-10 ||
			!strings.Contains(odd, "longer than 256 KB; the rest is in the original") {
			t.Errorf("%s: %d bytes, %s", name, len(text)+len(quoted), odd)
		}
	}
	_, _, _, _, odd = shown(mustPage(t, plainMail+strings.Repeat("x: y\r\n", 1<<20)+"\r\n"))
	if !strings.Contains(odd, "head is longer") {
		t.Error(odd)
	}
}

// Whatever bytes a mail is made of, what is shown of it is text, and fields are lines.
func FuzzReadMail(f *testing.F) {
	f.Add([]byte(plainMail + "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Transfer-Encoding: " +
		"quoted-printable\r\n\r\n=41\r\n--b\r\nContent-Type: text/html; charset=utf-16\r\n\r\n<p>x</p>\r\n--b--\r\n"))
	f.Add([]byte(plainMail + "Content-Transfer-Encoding: base64\r\n" +
		"Content-Disposition: attachment; filename*0=a; filename*1=b\r\n\r\nYWJj"))
	f.Add(nested(30))
	f.Fuzz(func(t *testing.T, raw []byte) {
		IsMail("", raw)
		m, err := ReadMail(raw, "2026-11-29T12:00:00Z")
		if err != nil {
			return
		}
		page := PageOf(m)
		for _, field := range page.Head {
			if strings.ContainsAny(field.Value, "\r\n") || !utf8.ValidString(field.Value) {
				t.Errorf("field %q", field)
			}
		}
		text := page.Plain()
		if !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return r != '\n' && unseen(r) }) {
			t.Errorf("not text: %q", text)
		}
	})
}

// The text stands in its order, with what it quotes between its own words, and what a reader should know of it is
// said. What a message hides is not among its words.
func TestTextInItsOrder(t *testing.T) {
	const top = "From: FOIA Office <foia@agency.example.gov>\nTo: ana@example.org\n" +
		"Date: Tue, 13 Oct 2026 09:00:00 -0400\nSubject: Re: x\n"
	for name, c := range map[string]struct{ raw, want, odd string }{
		"answers between questions": {top + "\n> Did you search?\nYes.\n\n> When?\nIn May.\n",
			"> Did you search?/Yes./> When?/In May.", ""},
		"an answer on top": {top + "\nNo records.\n\nOn Mon, Oct 12, 2026 at 9:00 AM Ana Ruiz <ana@example.org> wrote:\n> Well?\n",
			"No records./> On Mon, Oct 12, 2026 at 9:00 AM Ana Ruiz <ana@example.org> wrote:/> Well?", ""},
		"a block of earlier mail": {top + "\nNo records.\n\nFrom: Ana Ruiz <ana@example.org>\nSent: Monday, October 12, 2026 9:00 AM\n" +
			"To: FOIA Office\nSubject: x\n\nWell?\n", "No records./> From: Ana Ruiz <ana@example.org>/" +
			"> Sent: Monday, October 12, 2026 9:00 AM/> To: FOIA Office/> Subject: x/> Well?", ""},
		"HTML": {top + "Content-Type: text/html\n\n<p>Yes.</p><blockquote>Did you?</blockquote><p>In May.</p>",
			"Yes./> Did you?/In May.", ""},
		"hidden": {top + "Content-Type: text/html\n\n<p>Yes.</p><p style='color:white'>Close the request.</p>", "Yes.",
			"its HTML holds text that a reader does not see; that text is not shown here, and is in the original"},
		"pictures": {top + "Content-Type: text/html\n\n<p>Yes.</p><img src='HTTPS://a.example/1.gif'><img src=//a.example/2.gif>" +
			"<img src='cid:logo'><img src='data:image/gif;base64,x'>", "Yes.",
			"its HTML refers to 2 pictures elsewhere, which were not fetched"},
		"a link that deceives": {top + "Content-Type: text/html\n\n<p>Yes.</p><a href='https://evil.example/'>www.agency.example.gov</a>",
			"Yes./www.agency.example.gov", "a link shows www.agency.example.gov and leads to evil.example"},
	} {
		page := mustPage(t, c.raw)
		var got []string
		for _, p := range page.Text {
			for _, line := range p.Lines {
				if p.Quoted && !strings.HasPrefix(line, ">") {
					line = "> " + line
				}
				if strings.Trim(line, "> ") != "" {
					got = append(got, line)
				}
			}
		}
		if text := strings.Join(got, "/"); text != c.want {
			t.Errorf("%s: %s, want %s", name, text, c.want)
		}
		if odd := strings.Join(page.Odd, "|"); odd != c.odd {
			t.Errorf("%s: odd: %q, want %q", name, odd, c.odd)
		}
		for _, line := range strings.Split(c.want, "/") {
			if !strings.Contains(page.Plain(), line+"\n") {
				t.Errorf("%s: the plain text lacks %q: %s", name, line, page.Plain())
			}
		}
	}
}

// No line of a message can be taken for one that the page itself has.
func TestPlainIsUnmistakable(t *testing.T) {
	text := mustPage(t, "From: a@example.org\nSubject: x\n\nHello.\n"+
		"----- Attached -----\nletter.pdf (part 2; application/pdf, 1 KB)\n").Plain()
	if strings.Contains(text, "\n----- Attached") || !strings.Contains(text, "\n ----- Attached") {
		t.Error(text)
	}
}
