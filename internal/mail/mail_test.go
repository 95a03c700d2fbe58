package mail

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

var today = time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)

const (
	top    = "From: FOIA Office <foia@agency.example.gov>\nTo: Jane Q. Sample <jane@example.org>\n"
	dated  = top + "Date: Tue, 13 Oct 2026 09:00:00 -0400\nSubject: Your request\nMessage-ID: <1@agency.example.gov>\nMIME-Version: 1.0\n"
	plain  = dated + "Content-Type: text/plain; charset=utf-8\n\n"
	inHTML = dated + "Content-Type: text/html; charset=utf-8\n\n"
	mixed  = dated + "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nSee the letter.\n"
)

func mustRead(t *testing.T, raw string) *Message {
	t.Helper()
	m, err := Read([]byte(raw), today)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return m
}

func attached(head, content string) string {
	return mixed + "--b\n" + head + "\n\n" + content + "\n--b--\n"
}

func names(m *Message) string {
	var out []string
	for _, p := range m.Parts {
		out = append(out, p.Name+" ("+p.Type+")")
	}
	return strings.Join(out, ", ")
}

// Mail of every broken kind is read as far as it goes, and what was odd is said.
func TestBrokenMail(t *testing.T) {
	pdf := "%PDF-1.4\n%%EOF"
	for name, c := range map[string]struct{ raw, body, parts, warned string }{
		"a line of a mailbox on top":   {"From foia@agency Mon Oct 13 09:00:00 2026\n" + plain + "No.\n", "No.", "", ""},
		"CRLF":                         {strings.ReplaceAll(plain+"One.\nTwo.\n", "\n", "\r\n"), "One.\nTwo.", "", ""},
		"the last boundary is missing": {mixed, "See the letter.", "", "its end is missing"},
		"a boundary ends too early": {dated + "Content-Type: multipart/mixed; boundary=b\n\n--b\n" +
			"Content-Type: multipart/alternative; boundary=c\n\n--c\nContent-Type: text/plain\n\nIn.\n--b\n" +
			"Content-Type: application/pdf; name=a.pdf\n\n" + pdf + "\n--b--\n", "In.", "a.pdf (application/pdf)",
			"the end of one of its parts is missing"},
		"no boundary at all": {dated + "Content-Type: multipart/mixed\n\nWords.\n", "Words.", "", "not where they begin"},
		"a boundary that is not named": {dated + "Content-Type: multipart/mixed\n\n--x\nContent-Type: text/plain\n\nWords.\n--x--\n",
			"Words.", "", ""},
		"a last boundary with a tail": {mixed + "--b-->\nmore", "See the letter.", "", ""},
		"a fold without an indent":    {top + "Subject: Your\nrequest\nDate: Tue, 13 Oct 2026 09:00:00 -0400\n\nNo.\n", "No.", "", ""},
		"1252 called Latin-1": {dated + "Content-Type: text/plain; charset=iso-8859-1\n\n" +
			"the agency\x92s \x93no\x94 \x96 5 \x80\n", "the agency’s “no” – 5 €", "", ""},
		"ASCII with 8 bits":    {dated + "Content-Type: text/plain; charset=us-ascii\n\nJos\xe9\n", "José", "", ""},
		"UTF-8 called ASCII":   {dated + "Content-Type: text/plain; charset=us-ascii\n\nJosé\n", "José", "", ""},
		"UTF-8 called Latin-1": {dated + "Content-Type: text/plain; charset=iso-8859-1\n\nJosé\n", "José", "", ""},
		"an empty charset":     {dated + "Content-Type: text/plain; charset=\"\"\n\n\xa7 552\n", "§ 552", "", ""},
		"an unknown charset": {dated + "Content-Type: text/plain; charset=klingon\n\n\xa7 552\n", "§ 552", "",
			`"klingon", which is unknown`},
		"wrongly GB2312": {dated + "Content-Type: text/plain; charset=gb2312\n\nGeb\xfchren f\xfcr \xa7 5\n",
			"Gebühren für § 5", "", ""},
		"rightly GB2312": {dated + "Content-Type: text/plain; charset=gb2312\n\n\xc4\xe3\xba\xc3\n", "你好", "", ""},
		"UTF-7": {dated + "Content-Type: text/plain; charset=unicode-1-1-utf-7\n\nSchl+APwA3w-ler 1 +- 1\n",
			"Schlüßler 1 + 1", "", ""},
		"UTF-8 cut in a character": {dated + "Content-Type: text/plain; charset=utf-8\n\n" + strings.Repeat("§", 20) + "\xc2\n",
			strings.Repeat("§", 20) + "\ufffd", "", "cannot be read"},
		"C1 controls in UTF-8": {dated + "Content-Type: text/plain; charset=utf-8\n\n5 \u0080\n", "5 €", "", ""},
		"base64 that is words": {dated + "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n" +
			"We found no records at all.\n", "We found no records at all.", "", "but it is not"},
		"base64 with a tail": {dated + "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\nTm8u!!\n" +
			"Tm8u==TQ==\n", "No.No.M", "", ""},
		"quoted-printable with errors": {dated + "Content-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\n" +
			"a =ZZ b=3D c=\n d =", "a =ZZ b= c d", "", ""},
		"an unknown encoding": {dated + "Content-Type: text/plain\nContent-Transfer-Encoding: base9000\n\nNo.\n", "No.", "",
			"base9000"},
		"plain text that is HTML": {plain + "<html><body><p>No <b>records</b></p><p>found</p></body></html>",
			"No records\n\nfound", "", "plain text is HTML"},
		"plain text that shows a tag": {plain + "Use <br> in 5 < 6 and <p>.\n", "Use <br> in 5 < 6 and <p>.", "", ""},
		"only HTML": {inHTML + "<p>Dear " +
			"Jane,<br>no&nbsp;records</p><table><tr><td>Pages</td><td>12</td></tr></table>", "Dear Jane,\nno records\n\nPages 12", "", ""},
		"plain text that says nothing": {dated + "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\n" +
			"View in HTML.\n--b\nContent-Type: text/html\n\n<p>We located twelve pages and release them all to you today in " +
			"full.</p>\n--b--\n", "We located twelve pages and release them all to you today in full.", "", "lacks most"},
		"uuencoded": {plain + "See below.\nbegin 644 letter.pdf\n#0V%T\n`\nend\nBye.\n", "See below.\n\nBye.", "",
			"letter.pdf"},
		"TNEF": {attached("Content-Type: application/ms-tnef; name=winmail.dat\n"+
			"Content-Transfer-Encoding: base64", "eJ8+Ig=="), "See the letter.", "winmail.dat (application/ms-tnef)", "only Outlook reads"},
		"TNEF that is empty": {attached("Content-Type: application/ms-tnef; name=winmail.dat", ""), "See the letter.",
			"winmail.dat (application/ms-tnef)", "is empty"},
		"a PDF as octets": {attached("Content-Type: application/octet-stream; name=letter", pdf), "See the letter.",
			"letter.pdf (application/pdf)", ""},
		"a PDF that is none": {attached("Content-Type: application/pdf; name=letter.pdf", "<html>"), "See the letter.",
			"letter.pdf (application/octet-stream)", ""},
		"a PDF without a name, inline": {attached("Content-Type: application/pdf\nContent-Disposition: inline", pdf),
			"See the letter.", "attachment-1.pdf (application/pdf)", ""},
		"a PDF called text": {attached("Content-Type: text/plain", pdf), "See the letter.",
			"attachment-1.pdf (application/pdf)", ""},
		"a name in pieces (RFC 2231)": {attached("Content-Type: application/pdf\n"+
			"Content-Disposition: attachment; filename*0*=utf-8''Bescheid%20; filename*1*=%C3%9F.pdf", pdf), "See the letter.",
			"Bescheid ß.pdf (application/pdf)", ""},
		"a name in encoded words": {attached("Content-Type: application/pdf; name=\"=?utf-8?Q?Bescheid=C3=9F.pdf?=\"", pdf),
			"See the letter.", "Bescheidß.pdf (application/pdf)", ""},
		"a name with blanks, unquoted": {attached("Content-Type: application/pdf; name=Final Response (2).pdf", pdf),
			"See the letter.", "Final Response (2).pdf (application/pdf)", ""},
		"a name that leads elsewhere": {attached("Content-Type: application/pdf; name=\"../../etc/cron.d/x\"", pdf),
			"See the letter.", "x.pdf (application/pdf)", ""},
		"a name for a device": {attached("Content-Type: application/pdf; name=\"C:\\\\a\\\\con.pdf\"", pdf),
			"See the letter.", "_con.pdf (application/pdf)", ""},
		"a name that turns around": {attached("Content-Type: application/pdf; name=\"a\u202efdp.exe\"", pdf), "See the letter.",
			"afdp.exe.pdf (application/pdf)", ""},
		"two files of one name": {attached("Content-Type: application/pdf; name=a.pdf",
			pdf+"\n--b\nContent-Type: application/pdf; name=A.pdf\n\n"+pdf), "See the letter.",
			"a.pdf (application/pdf), A-2.pdf (application/pdf)", ""},
		"S/MIME, encrypted": {dated + "Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\n\n" +
			"MIAG\n", "", "smime.p7m (application/pkcs7-mime)", "encrypted (S/MIME)"},
		"S/MIME, signed": {strings.Replace(mixed, "multipart/mixed", "multipart/signed", 1) +
			"--b\nContent-Type: application/pkcs7-signature; name=smime.p7s\n\nMIAG\n--b--\n", "See the letter.",
			"smime.p7s (application/pkcs7-signature)", "signature was not checked"},
		"PGP": {dated + "Content-Type: multipart/encrypted; boundary=b\n\n--b\n" +
			"Content-Type: application/pgp-encrypted\n\nVersion: 1\n--b--\n", "", "attachment-1.bin (application/pgp-encrypted)",
			"encrypted"},
		"a part without a head":        {dated + "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nNo.\n--b--\n", "No.", "", ""},
		"a malformed Content-Type":     {dated + "Content-Type: ;;;\n\nNo.\n", "No.", "", ""},
		"no empty line below the head": {dated + "Content-Type: text/plain\n", "", "", ""},
		"a text in pieces": {mixed + "--b\nContent-Type: text/plain\n\nThe list.\n--b--\n",
			"See the letter.\n\nThe list.", "", ""},
		"a text that is attached": {attached("Content-Type: text/plain; name=list.txt\nContent-Disposition: attachment", "x"),
			"See the letter.", "list.txt (text/plain)", ""},
	} {
		t.Run(name, func(t *testing.T) {
			m := mustRead(t, c.raw)
			if m.Body != c.body {
				t.Errorf("body: %q, want %q", m.Body, c.body)
			}
			if got := names(m); got != c.parts {
				t.Errorf("files: %s, want %s", got, c.parts)
			}
			if got := strings.Join(m.Warnings, "|"); (got == "") != (c.warned == "") || !strings.Contains(got, c.warned) {
				t.Errorf("warnings: %q, want %q", got, c.warned)
			}
		})
	}
}

// Fields are read as they are meant, however they are written.
func TestHeads(t *testing.T) {
	for name, c := range map[string]struct{ head, from, subject, warned string }{
		"encoded words": {"From: =?utf-8?Q?Jos=C3=A9?= <j@a.gov>\nSubject: =?windows-1252?Q?fees_=96_due?=", "José <j@a.gov>",
			"fees – due", ""},
		"raw 8 bits": {"From: j@a.gov\nSubject: Geb\xfchren", " <j@a.gov>", "Gebühren", ""},
		"a character in two words": {"From: j@a.gov\nSubject: =?utf-8?B?R2Viw7w=?= =?utf-8?Q?hr=C3?=\n =?utf-8?Q?=A4?=", " <j@a.gov>",
			"Gebührä", ""},
		"encoded twice": {"From: j@a.gov\nSubject: =?utf-8?Q?=3D=3Futf-8=3FQ=3Ffees=3F=3D?=", " <j@a.gov>", "fees", ""},
		"a bad tail": {"From: j@a.gov\nSubject: =?utf-8?Q?" + strings.Repeat("=C2=A7", 12) + "=C2?=", " <j@a.gov>",
			strings.Repeat("§", 12) + "\ufffd", ""},
		"no address":       {"From: FOIA Office\nSubject: x", "FOIA Office <>", "x", "no address"},
		"no sender":        {"Subject: x", " <>", "x", "does not say who wrote it"},
		"only a reply-to":  {"ReplyTo: FOIA <f@a.gov>\nSubject: x", "FOIA <f@a.gov>", "x", "the sender is that of ReplyTo"},
		"an open comma":    {"From: Musterfrau, Petra <p@a.de>\nSubject: x", "Musterfrau, Petra <p@a.de>", "x", ""},
		"brackets missing": {"From: FOIA f@a.gov\nSubject: x", "FOIA <f@a.gov>", "x", ""},
		"a forged line":    {"From: f@a.gov\nSubject: =?utf-8?Q?x=0D=0ABcc:_b@c.d?=", " <f@a.gov>", "x Bcc: b@c.d", ""},
	} {
		t.Run(name, func(t *testing.T) {
			m := mustRead(t, c.head+"\nDate: Tue, 13 Oct 2026 09:00:00 -0400\n\nx\n")
			if got := m.From.Name + " <" + m.From.Address + ">"; got != c.from {
				t.Errorf("from %q, want %q", got, c.from)
			}
			if m.Subject != c.subject {
				t.Errorf("subject %q, want %q", m.Subject, c.subject)
			}
			if got := strings.Join(m.Warnings, "|"); (got == "") != (c.warned == "") || !strings.Contains(got, c.warned) {
				t.Errorf("warnings: %q, want %q", got, c.warned)
			}
		})
	}
	m := mustRead(t, plain[:len(plain)-1]+"In-Reply-To: <c@x> (sent)\nReferences: <a@x>\n <b@x><c@x>\nCc: undisclosed-recipients:;\n"+
		"To: <broken, ok@x.org\n\nx")
	if want := []string{"c@x", "b@x", "a@x"}; !slices.Equal(m.References, want) {
		t.Errorf("references %q", m.References)
	}
	if len(m.Cc) != 0 || len(m.To) != 2 || m.To[1].Address != "ok@x.org" || m.ID != "1@agency.example.gov" || len(m.Hash) != 64 {
		t.Errorf("%+v", m)
	}
}

// The day is the message's own, in its own zone; where it has none that can be, the newest server's.
func TestDates(t *testing.T) {
	received := "Received: from a by b;\n Wed, 14 Oct 2026 23:30:00 -0400 (EDT)\nReceived: by a; Tue, 13 Oct 2026 09:00:00 +0000\n"
	for date, want := range map[string]string{
		"Fri, 11 Sep 2026 23:58:10 -0700":       "2026-09-11T23:58:10-07:00",
		"Do, 15 Okt 2026 10:12:00 +0200":        "2026-10-15T10:12:00+02:00",
		"Donnerstag, 5. März 2026 10:12 +0100":  "2026-03-05T10:12:00+01:00",
		"Thu, 8 Oct 2026 09:15:02 EDT":          "2026-10-08T09:15:02-04:00",
		"8 Oct 26 09:15 GMT":                    "2026-10-08T09:15:00Z",
		"Thu, 8 Oct 2026 09:15:02 -0400 (EDT)":  "2026-10-08T09:15:02-04:00",
		"2026-10-15 10:12:00 +0200":             "2026-10-15T10:12:00+02:00",
		"Mon, 30 Nov 2026 01:00:00 +0000":       "2026-11-30T01:00:00Z",
		"":                                      "2026-10-14T23:30:00-04:00!it has no date",
		"soon":                                  "2026-10-14T23:30:00-04:00!cannot be read",
		"Fri, 15 Oct 2027 10:12:00 +0200":       "2026-10-14T23:30:00-04:00!in the future",
		"Thu, 1 Jan 1970 00:00:00 +0000":        "2026-10-14T23:30:00-04:00!before there was such mail",
		"Thu, 99 Oct 2026 09:15:02 -0400 (EDT)": "2026-10-14T23:30:00-04:00!cannot be read",
	} {
		m := mustRead(t, received+top+"Date: "+date+"\n\nx")
		want, why, _ := strings.Cut(want, "!")
		if got := m.Date.Format(time.RFC3339); got != want {
			t.Errorf("%q: %s, want %s", date, got, want)
		}
		if got := strings.Join(m.Warnings, "|"); (got == "") != (why == "") || !strings.Contains(got, why) {
			t.Errorf("%q: warnings %q, want %q", date, got, why)
		}
	}
	m := mustRead(t, top+"\nx")
	if !m.Date.IsZero() || len(m.Warnings) != 1 || !strings.Contains(m.Warnings[0], "unknown") {
		t.Errorf("%v %q", m.Date, m.Warnings)
	}
}

// What a message quotes is not its own.
func TestQuotations(t *testing.T) {
	outlook := "From: Jane Q. Sample <jane@example.org>\nSent: Monday, October 5, 2026 8:12 AM\nTo: FOIA <foia@agency.example.gov>\n" +
		"Subject: Request\n\nI want fees.\n"
	german := "Von: Jane Q. Sample <jane@example.org>\nGesendet: Montag, 5. Oktober 2026 08:12\nAn: IFG\nBetreff: Antrag\n\nIch will.\n"
	for name, text := range map[string]string{
		"marks":                     "Own.\n\n> I want fees.\n> More.\n",
		"On … wrote":                "Own.\n\nOn Mon, Oct 5, 2026 at 8:12 AM Jane Q. Sample <jane@example.org> wrote:\n\n> I want fees.\n",
		"On … wrote, two lines":     "Own.\n\nOn Mon, Oct 5, 2026 at 8:12 AM Jane Q. Sample\n<jane@example.org> wrote:\n> I want fees.\n",
		"On … wrote, without marks": "Own.\n\nOn Mon, Oct 5, 2026 at 8:12 AM Jane Q. Sample <jane@example.org> wrote:\nI want fees.\n",
		"Am … schrieb":              "Own.\n\nAm 05.10.2026 um 08:12 schrieb Jane Q. Sample:\n> Ich will.\n",
		"Outlook":                   "Own.\n\n" + outlook,
		"Outlook, with a rule":      "Own.\n\n________________________________\n" + outlook,
		"Outlook, empty lines":      "Own.\n\n" + strings.ReplaceAll(outlook, "\n", "\n\n"),
		"Original Message":          "Own.\n\n-----Original Message-----\n" + outlook,
		"Original, without a head":  "Own.\n\n----- Original Message -----\nI want fees.\n",
		"German":                    "Own.\n\n" + german,
		"German, with a line":       "Own.\n\n-----Ursprüngliche Nachricht-----\n" + german,
		"bold names": "Own.\n\n*From:* Jane Q. Sample <jane@example.org>\n*Sent:* Monday\n*To:* FOIA\n" +
			"*Subject:* Request\n\nI want fees.\n",
	} {
		m := mustRead(t, strings.Replace(plain, "Subject: Your", "Subject: RE: Your", 1)+text)
		if m.Body != "Own." || !strings.Contains(m.Quoted, "fees") && !strings.Contains(m.Quoted, "Ich will") || m.Forwarded != nil {
			t.Errorf("%s: body %q, quoted %q, %v", name, m.Body, m.Quoted, m.Forwarded)
		}
	}
	for name, text := range map[string]string{
		"Gmail": `<p>Own.</p><div class="gmail_quote"><div class="gmail_attr">` +
			`On Mon, Oct 5, 2026 at 8:12 AM Jane &lt;jane@example.org&gt; wrote:<br></div>` +
			`<blockquote class="gmail_quote"><p>I want fees.</p></blockquote></div>`,
		"Outlook": `<p>Own.</p><div style="border:none;border-top:solid #E1E1E1 1.0pt"><p><b>From:</b>` +
			` Jane Q. Sample &lt;jane@example.org&gt;<br>` +
			`<b>Sent:</b> Monday, October 5, 2026 8:12 AM<br><b>To:</b> FOIA<br><b>Subject:</b> Request</p></div><p>I want fees.</p>`,
	} {
		if m := mustRead(t, inHTML+text); m.Body != "Own." || !strings.Contains(m.Quoted, "fees") {
			t.Errorf("%s in HTML: body %q, quoted %q", name, m.Body, m.Quoted)
		}
	}
	between := mustRead(t, plain+"See my answers.\n\n> May I have a waiver?\nYes.\n> And the track?\nComplex.\n")
	if between.Body != "See my answers.\n\nYes.\nComplex." {
		t.Errorf("answers between: %q", between.Body)
	}
	for _, text := range []string{"MEMORANDUM\n\nFROM: FOIA Office\nTO: Jane\nSUBJECT: Your request\n\nGranted.", "We write:\nGranted.",
		"From: the first of May\nwe have no records.", ">From here on, it is granted.",
		"From October 5 on, records are online:\nsee there."} {
		if m := mustRead(t, plain+text); m.Quoted != "" || m.Body != strings.TrimPrefix(text, ">") {
			t.Errorf("%q: body %q, quoted %q", text, m.Body, m.Quoted)
		}
	}
}

// The sign that a mailbox puts before From is no quotation, and goes.
func TestSignBeforeFrom(t *testing.T) {
	if m := mustRead(t, plain+"Granted.\n>From October on, it is free.\n"); m.Body != "Granted.\nFrom October on, it is free." ||
		m.Quoted != "" {
		t.Errorf("body %q, quoted %q", m.Body, m.Quoted)
	}
}

// A message that was passed on counts, and what was written above it does not.
func TestForwards(t *testing.T) {
	head := "From: Lee <lee@example.org>\nTo: Jane Q. Sample <jane@example.org>\nDate: Thu, 22 Oct 2026 08:03:55 -0400\nSubject: "
	block := "From: DOL FOIA <foia@dol.example.gov>\nSent: Tuesday, October 20, 2026 5:41 PM\nTo: Lee <lee@example.org>\n" +
		"Subject: Final Response\n\nGranted.\n\nOn Mon, Oct 5, 2026, Lee wrote:\n> Please.\n"
	marked := "> " + strings.ReplaceAll(strings.TrimSpace(block[:strings.Index(block, "\n\nOn ")]), "\n", "\n> ")
	inner := "From: DOL FOIA <foia@dol.example.gov>\nTo: lee@example.org\nSubject: Final Response\n" +
		"Date: Tue, 20 Oct 2026 17:41:00 -0400\n\nGranted.\n"
	enclosed := "\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n%s\n--b\nContent-Type: message/rfc822\n\n" + inner + "--b--\n"
	for name, c := range map[string]struct{ raw, remark string }{
		"Outlook, with a remark": {head + "FW: Final Response\n\nThey withheld 400 pages!\n\n" + block, "They withheld 400 pages!"},
		"Outlook, with a rule":   {head + "Fwd: Final Response\n\nSee.\n________________________________\n" + block, "See."},
		"nothing above":          {head + "Final Response\n\n" + block, ""},
		"German": {head + "WG: Bescheid\n\nZur Info.\n\nVon: DOL FOIA <foia@dol.example.gov>\n" +
			"Gesendet: Dienstag, 20. Oktober 2026 17:41\nAn: Lee\nBetreff: Final Response\n\nGranted.\n", "Zur Info."},
		"Gmail": {head + "Fwd: x\n\nSee.\n\n---------- Forwarded message ---------\n" + block, "See."},
		"Apple": {head + "Fwd: x\n\nSee.\n\nBegin forwarded message:\n\n" + marked + "\n", "See."},
		"Apple, in HTML": {head + "Fwd: x\nContent-Type: text/html\n\n<p>See.</p><blockquote type=cite><p>Begin forwarded message:</p>" +
			"<p><b>From: </b>DOL FOIA &lt;foia@dol.example.gov&gt;<br><b>Date: </b>October 20, 2026 at 5:41:00 PM EDT<br>" +
			"<b>To: </b>Lee<br><b>Subject: </b>Final Response</p><p>Granted.</p></blockquote>", "See."},
		"attached":               {head + "Fwd: x" + fmt.Sprintf(enclosed, "See."), "See."},
		"attached, nothing said": {head + "Final Response" + fmt.Sprintf(enclosed, ""), ""},
	} {
		m := mustRead(t, c.raw)
		l := m.Letter()
		if m.Forwarded == nil || m.Remark != c.remark || m.Body != "" || l.Body != "Granted." || l.From.Address != "foia@dol.example.gov" ||
			l.Subject != "Final Response" || l.Date.Format(time.RFC3339) != "2026-10-20T17:41:00-04:00" {
			t.Errorf("%s: remark %q, body %q, letter %+v", name, m.Remark, m.Body, l)
		}
	}
	for name, raw := range map[string]string{
		"our own words below": plain + "From: Jane Q. Sample <jane@example.org>\nSent: Monday, October 5, 2026 8:12 AM\nTo: FOIA\n" +
			"Subject: Request\n\nI want fees.\n",
		"an answer, FW": strings.Replace(plain, "Your", "FW: Your", 1) +
			"Ms. Sample, we located 20 pages.\n\nFrom: Jane Q. Sample <jane@example.org>\nSent: Monday\nTo: FOIA\nSubject: Request\n\n" +
			"I want fees.\n",
	} {
		if m := mustRead(t, raw); m.Forwarded != nil || !strings.Contains(m.Quoted, "fees") {
			t.Errorf("%s: %+v", name, m)
		}
	}
	deep := inner
	for range 9 {
		deep = head + "Fwd: x\nContent-Type: message/rfc822\n\n" + deep
	}
	m := mustRead(t, deep)
	levels := 0
	for l := m; l.Forwarded != nil; l = l.Forwarded {
		levels++
	}
	if levels != mostInside {
		t.Errorf("%d messages within each other are read, want %d", levels, mostInside)
	}
}

// The messages that agencies write, as a reader sees them.
func TestCorpus(t *testing.T) {
	files, err := filepath.Glob("testdata/replies/*.eml")
	if err != nil || len(files) != 13 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		m := mustRead(t, string(raw))
		name, _, _ := strings.Cut(filepath.Base(f), "-")
		l := m.Letter()
		if l.Body == "" || strings.Contains(l.Body, "<p>") || m.From.Address == "" || m.Subject == "" || len(m.Suspicious) > 0 ||
			(m.Bounce != nil) != (name == "d21") || m.Auto != (name == "d20" || name == "d21") || (l != m) != (name == "d23") ||
			(m.Quoted != "") != (name == "d18" || name == "d19") || (len(m.Warnings) > 0) != (name == "d22") ||
			(len(m.Parts) > 0) != (name == "d03") {
			t.Errorf("%s: %+v", f, m)
		}
	}
}
