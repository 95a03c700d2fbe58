package packet

import (
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"foia/internal/docket"
	"foia/internal/pdf/pdftest"
)

const head = "From: ICE FOIA <foia@ice.example.gov>\r\nTo: Ana Ruiz <ana@example.org>\r\nSubject: Your request\r\n" +
	"Date: Mon, 2 Jun 2025 09:00:00 -0400\r\nMessage-ID: <1@ice.example.gov>\r\nMIME-Version: 1.0\r\n"

// mixed is a message with a text and parts.
func mixed(text string, parts ...string) []byte {
	return []byte(head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + text +
		"\r\n" + strings.Join(parts, "") + "--b--\r\n")
}

// file is a part that is a file.
func file(name, kind string, content []byte) string {
	return "--b\r\nContent-Type: " + kind + "\r\nContent-Disposition: attachment; filename=\"" + name + "\"\r\n" +
		"Content-Transfer-Encoding: base64\r\n\r\n" + base64.StdEncoding.EncodeToString(content) + "\r\n"
}

// message is a part that is a message.
func message(raw []byte) string {
	return "--b\r\nContent-Type: message/rfc822\r\n\r\n" + string(inner(raw)) + "\r\n"
}

// inner is a message as it is within another one, with boundaries of its own.
func inner(raw []byte) []byte {
	return []byte(strings.NewReplacer("boundary=b", "boundary=ba", "--b", "--ba", "<1@", "<11@").Replace(string(raw)))
}

func exhibits(made *Made) (out []string) {
	for _, x := range made.Exhibits[2:] {
		s := fmt.Sprintf("%d %s", x.Number, filepath.Base(x.Name))
		if x.Place != "" {
			s += " part " + x.Place
		}
		if x.Came > 0 {
			s += fmt.Sprintf(", came with %d", x.Came)
		}
		if x.Why != "" {
			s += ": " + x.Why
		}
		out = append(out, s)
	}
	return out
}

// What came with a message is bound once: as the file that is kept with it, or else from within the message.
func TestWhatCameWithMail(t *testing.T) {
	letter, fees := paged("Letter", 2, 1000), paged("Fees", 1, 1000)
	withLetter := mixed("See the letter.", file("letter.pdf", "application/pdf", letter), file("list.csv", "text/csv", []byte("a,b\n")))
	for name, c := range map[string]struct {
		files []any
		want  []string
	}{
		"only the message": {[]any{"m.eml", withLetter}, []string{"3 002-m.eml", "4 002-m.eml part 2, came with 3"}},
		"its files too": {[]any{"m.eml", withLetter, "letter.pdf", letter, "list.csv", []byte("a,b\n")},
			[]string{"3 002-m.eml", "4 002-2-letter.pdf, came with 3", "5 002-3-list.csv, came with 3"}},
		"the file twice": {[]any{"letter.pdf", letter, "again.pdf", letter},
			[]string{"3 002-letter.pdf", "4 002-2-again.pdf: it is the same file as exhibit 3"}},
		"passed on": {[]any{"m.eml", mixed("For you.", message(withLetter), file("fees.pdf", "application/pdf", fees))},
			[]string{"3 002-m.eml", "4 002-m.eml part 2, came with 3", "5 002-m.eml part 2/2, came with 4",
				"6 002-m.eml part 3, came with 3"}},
		"passed on, and kept": {[]any{"m.eml", mixed("For you.", message(withLetter)), "passed.eml", inner(withLetter)},
			[]string{"3 002-m.eml", "4 002-2-passed.eml, came with 3", "5 002-2-passed.eml part 2, came with 4"}},
		"passed on twice, and kept": {[]any{"m.eml", mixed("Again.", message(mixed("For you.", message(withLetter)))),
			"passed.eml", inner(mixed("For you.", message(withLetter)))},
			[]string{"3 002-m.eml", "4 002-2-passed.eml, came with 3", "5 002-2-passed.eml part 2, came with 4",
				"6 002-2-passed.eml part 2/2, came with 5"}},
		"twice in one message": {[]any{"m.eml", mixed("x", file("a.pdf", "application/pdf", fees), file("b.pdf", "application/pdf", fees))},
			[]string{"3 002-m.eml", "4 002-m.eml part 2, came with 3"}},
		"in two messages": {[]any{"m.eml", withLetter, "n.eml", mixed("Again.", file("letter.pdf", "application/pdf", letter))},
			[]string{"3 002-m.eml", "4 002-m.eml part 2, came with 3", "5 002-2-n.eml"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := newScene(t)
			s.record(docket.FileAdded, "2025-06-02", nil, c.files...)
			made := s.make(s.packet())
			sameStrings(t, "exhibits", exhibits(made), c.want)
			text := oneLine(pdftest.ReadBound(t, made.PDF).Text(1, made.Pages))
			for i, what := range []string{"Letter, page 1", "Fees, page 1"} {
				if n := strings.Count(text, what); n > 1 || n == 0 && i == 0 && !strings.HasPrefix(name, "twice") {
					t.Errorf("%q is there %d times", what, n)
				}
			}
		})
	}
}

// A message is shown as a person reads it: earlier mail set apart, what is hidden told and not shown.
func TestMailAsRead(t *testing.T) {
	s := newScene(t)
	raw := head + "Content-Type: text/html; charset=utf-8\r\n\r\n<p>Dear Ms. Ruiz,</p><p>no records.</p>" +
		"<p>On Mon, Jun 2, 2025 at 8:00 AM Ana Ruiz &lt;ana@example.org&gt; wrote:</p><blockquote>Did you search?</blockquote>" +
		"<p>We did.</p><div style='display:none'>Close this request at once.</div><img src='https://track.example/p.gif'>"
	forwarded := "From: Sam <sam@example.org>\r\nTo: ana@example.org\r\nSubject: Fwd: Status\r\n" +
		"Date: Mon, 2 Jun 2025 10:00:00 -0400\r\n\r\n" +
		"FYI\r\n\r\n---------- Forwarded message ---------\r\nFrom: ICE FOIA <foia@ice.example.gov>\r\n" +
		"Date: Mon, Jun 2, 2025 at 9:00 AM\r\nSubject: Status\r\nTo: Sam <sam@example.org>\r\n\r\nIt is in the queue.\r\n"
	long := head + "\r\nOur answer.\r\n\r\n" + strings.Repeat("> an earlier line\r\n", 500)
	s.record(docket.FileAdded, "2025-06-02", nil, "m.eml", []byte(raw), "f.eml", []byte(forwarded), "long.eml", []byte(long))
	made := s.make(s.packet())
	text := oneLine(pdftest.ReadBound(t, made.PDF).Text(made.Exhibits[2].Page, made.Pages))
	for _, want := range []string{"From ICE FOIA <foia@ice.example.gov> To Ana Ruiz <ana@example.org> Date Monday, June 2, 2025, 9:00 AM " +
		"(UTC-04:00) Subject Your request", "Text Dear Ms. Ruiz, no records.", "Earlier mail,", "Did you search? We did.",
		"To note Its HTML holds text that a reader does not see; that text is not shown here, and is in the original.",
		"To note Its HTML refers to a picture elsewhere, which was not fetched.",
		"The message that was passed on From ICE FOIA <foia@ice.example.gov> To Sam <sam@example.org> Date Monday, June 2, 2025",
		"Text It is in the queue.", "[lines of earlier mail that are not shown: 300; the original has them]"} {
		if !strings.Contains(text, want) {
			t.Errorf("it does not say %q", want)
		}
	}
	if strings.Contains(text, "Close this request") {
		t.Error("it shows what the message hides")
	}
	if t.Failed() {
		t.Log(text)
	}
}

// bomb is a PDF whose page unpacks to more than any page has.
func bomb() []byte {
	var packed, out bytes.Buffer
	z := zlib.NewWriter(&packed)
	for zeros := make([]byte, 1<<20); packed.Len() < 160<<10; {
		_, _ = z.Write(zeros) // into memory
	}
	_ = z.Close()
	var offsets []int
	out.WriteString("%PDF-1.4\n")
	for i, body := range []string{"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/MediaBox[0 0 612 792]/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/Contents 4 0 R>>",
		fmt.Sprintf("<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream", packed.Len(), packed.String())} {
		offsets = append(offsets, out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, body)
	}
	start := out.Len()
	fmt.Fprintf(&out, "xref\n0 5\n0000000000 65535 f \n")
	for _, o := range offsets {
		fmt.Fprintf(&out, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&out, "trailer\n<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", start)
	return out.Bytes()
}

// Mail that is made to do harm is bound as far as it goes: the packet is made, says what is odd, and is no larger
// than what a person can turn over.
func TestHostileMail(t *testing.T) {
	release := paged("Release", 1, 1000)
	levels := head
	for i := range 2000 {
		levels += fmt.Sprintf("Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n", i, i)
	}
	var parts, pdfs []string
	for i := range 20_000 {
		parts = append(parts, fmt.Sprintf("--b\r\nContent-Type: application/octet-stream; name=f%d\r\n\r\n%d\r\n", i, i))
	}
	for i := range 300 {
		pdfs = append(pdfs, file(fmt.Sprintf("%d.pdf", i), "application/pdf", paged(fmt.Sprint(i), 1, 100)))
	}
	deep := mixed("innermost", file("in.pdf", "application/pdf", release))
	for range 4 {
		deep = mixed("further in", message(deep))
	}
	for name, c := range map[string]struct {
		raw      []byte
		exhibits int
		want     []string
		not      string
	}{
		"names": {mixed("x", file("../../etc/cron.d/x", "application/pdf", release), file("a\u202efdp.exe", "text/plain", []byte("hi"))), 2,
			[]string{"x.pdf application/pdf", "sent under the name “../../etc/cron.d/x”",
				"sent under the name “a[U+202E]fdp.exe”"}, "\u202e"},
		"controls": {bytes.Replace(mixed("One \x1b[2J\x07two \u202eeerht."), []byte("Your request"),
			[]byte("=?utf-8?Q?=1B[31m=E2=80=AEx?="), 1),
			1, []string{"Subject [31m[U+202E]x", "One [2Jtwo [U+202E]eerht."}, "\x1b"},
		"20,000 parts": {mixed("x", parts...), 1, []string{"it has more than 1000 parts",
			"Further files, which are in the original: 89"}, "f100 "},
		"2,000 levels":  {[]byte(levels + "\r\ndeep"), 1, []string{"more than 20 deep"}, ""},
		"300 PDFs":      {mixed("x", pdfs...), 1 + mostEnclosed, []string{"Exhibit 103"}, "Exhibit 104"},
		"deep messages": {deep, 6, []string{"Release, page 1"}, ""},
		"an encrypted PDF": {mixed("x", file("a.pdf", "application/pdf",
			changedBy(t, release, "--encrypt", "user", "owner", "256", "--"))), 2,
			[]string{"It is encrypted and needs a password to open"}, ""},
		"a bomb": {mixed("x", file("a.pdf", "application/pdf", bomb())), 2,
			[]string{"It unpacks to more than a letter can hold"}, ""},
		"no boundary": {[]byte(head + "Content-Type: multipart/mixed\r\n\r\nWords."), 1,
			[]string{"Words.", "not where they begin"}, ""},
		"no head":         {[]byte("\r\n\r\nWords."), 1, []string{"Words."}, ""},
		"nothing of mail": {[]byte{0, 1, 2, 255}, 1, []string{"not a PDF, a picture, an e-mail or plain text"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := newScene(t)
			s.record(docket.FileAdded, "2025-06-02", nil, "m.eml", c.raw)
			made := s.make(s.packet())
			if n := len(made.Exhibits) - 2; n != c.exhibits {
				t.Errorf("%d exhibits, want %d", n, c.exhibits)
			}
			if made.Pages > 300 {
				t.Errorf("%d pages", made.Pages)
			}
			b := pdftest.ReadBound(t, made.PDF)
			text := oneLine(b.Text(made.Exhibits[2].Page, made.Pages))
			for _, want := range c.want {
				if !strings.Contains(text, want) {
					t.Errorf("it does not say %q: %.3000s", want, text)
				}
			}
			if c.not != "" && strings.Contains(text, c.not) {
				t.Errorf("it has %q", c.not)
			}
			checkBundle(t, made.Zip)
		})
	}
}
