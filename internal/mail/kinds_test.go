package mail

import (
	"strings"
	"testing"
)

// kind is a kind of broken mail, and what comes out of it.
type kind struct {
	name, raw     string
	from, subject string // empty: as those of the other messages here
	body          string // it begins so
	parts         string
	warned        string // of what is odd, one has these words; empty: nothing is
	is            string // bounce, delay, answer: it is one
}

// The other messages of this file say that they come from here.
const (
	someone = "FOIA Office <foia@agency.example.gov>"
	about   = "Your request"
	none    = "-" // there is no subject
	onePDF  = "%PDF-1.4\n%%EOF"
)

func asked(head string) string     { return dated + head + "\n\n" }
func textIn(charset string) string { return asked("Content-Type: text/plain; charset=" + charset) }
func parted(kind, rest string) string {
	return dated + "Content-Type: multipart/" + kind + "; boundary=b\n\n" + rest
}

// The kinds that the fixtures of Alaveteli, froide and enmime have, each in a message of our own. What other tests of this
// room have is not here again: see TestBrokenMail, TestHeads, TestDates and TestBounces.
func Test106KindsOfBrokenMail(t *testing.T) {
	all := append(append(append(kindsOfParts(), kindsOfHeads()...), kindsOfTexts()...), kindsOfMachines()...)
	for _, k := range all {
		t.Run(k.name, func(t *testing.T) {
			m := mustRead(t, k.raw)
			from, subject := k.from, k.subject
			if from == "" {
				from = someone
			}
			switch subject {
			case "":
				subject = about
			case none:
				subject = ""
			}
			if got := strings.TrimSpace(m.From.Name + " <" + m.From.Address + ">"); got != from {
				t.Errorf("from %q, want %q", got, from)
			}
			if m.Subject != subject {
				t.Errorf("subject %q, want %q", m.Subject, subject)
			}
			body := m.Letter().Body
			if !strings.HasPrefix(body, k.body) || (k.body == "") != (body == "") {
				t.Errorf("body %q, want %q", body, k.body)
			}
			if got := names(m); got != k.parts {
				t.Errorf("files %q, want %q", got, k.parts)
			}
			if got := strings.Join(m.Warnings, "|"); (got == "") != (k.warned == "") || !strings.Contains(got, k.warned) {
				t.Errorf("warnings %q, want %q", got, k.warned)
			}
			is := ""
			switch {
			case m.Bounce != nil && m.Bounce.Delayed:
				is = "delay"
			case m.Bounce != nil:
				is = "bounce"
			case m.Auto:
				is = "answer"
			}
			if is != k.is {
				t.Errorf("it is taken for %q, want %q", is, k.is)
			}
			check(t, m, 0)
		})
	}
	if len(all) != 106 {
		t.Errorf("%d kinds", len(all))
	}
}

func kindsOfParts() []kind {
	text := "--b\nContent-Type: text/plain\n\nSee the letter.\n"
	pdf := "--b\nContent-Type: application/pdf; name=a.pdf\n\n" + onePDF + "\n"
	inner := "From: Joe <joe@b.example.gov>\nSubject: Inner\nDate: Mon, 12 Oct 2026 09:00:00 -0400\n"
	return []kind{
		{name: "text, file, text (Apple)", raw: parted("mixed", text+pdf+"--b\nContent-Type: text/plain\n\nRegards\n--b--\n"),
			body: "See the letter.\n\nRegards", parts: "a.pdf (application/pdf)"},
		{name: "only a file", raw: parted("mixed", pdf+"--b--\n"), parts: "a.pdf (application/pdf)"},
		{name: "the message itself is a file", raw: dated + "Content-Type: application/pdf; name=a.pdf\n\n" + onePDF,
			parts: "a.pdf (application/pdf)"},
		{name: "the message itself is an attached text", raw: dated + "Content-Type: text/plain\n" +
			"Content-Disposition: attachment; filename=a.txt\n\nList.\n", parts: "a.txt (text/plain)"},
		{name: "HTML that is inline and alone", raw: dated + "Content-Type: text/html\nContent-Disposition: inline\n\n<p>No.</p>",
			body: "No."},
		{name: "a page with its pictures", raw: parted("related", "--b\nContent-Type: text/html\n\n<p>No.<img src=cid:x></p>\n"+
			"--b\nContent-Type: image/png; name=logo.png\nContent-ID: <x>\n\n\x89PNG\r\n\x1a\n\n--b--\n"),
			body: "No.", parts: "logo.png (image/png)"},
		{name: "parts of a kind that is not known", raw: parted("x-other", text+"--b--\n"), body: "See the letter."},
		{name: "parts within parts, inline", raw: parted("mixed", "--b\nContent-Type: multipart/mixed; boundary=c\n"+
			"Content-Disposition: inline\n\n--c\n\nIn.\n--c--\n--b--\n"), body: "In."},
		{name: "words above and below the parts", raw: parted("mixed", "This is MIME.\n"+text+"--b--\nAn advertisement.\n"),
			body: "See the letter."},
		{name: "a boundary with blanks", raw: dated + "Content-Type: multipart/mixed; boundary=\"a b\"\n\n--a b\n\nIn.\n--a b--\n",
			body: "In."},
		{name: "a boundary with a blank at its end", raw: strings.ReplaceAll(parted("mixed", text+"--b--\n"), "--b\n", "--b \n"),
			body: "See the letter."},
		{name: "boundaries that begin alike", raw: parted("mixed",
			"--b\nContent-Type: multipart/alternative; boundary=b-2\n\n--b-2\n\nIn.\n"+
				"--b-2--\n"+pdf+"--b--\n"), body: "In.", parts: "a.pdf (application/pdf)"},
		{name: "HTML that shows a boundary", raw: parted("mixed", "--b\nContent-Type: text/html\n\n<p>--b is a boundary</p>\n--b--\n"),
			body: "--b is a boundary"},
		{name: "a part that begins without a line between", raw: parted("mixed",
			"--b\nContent-Type: text/plain\nNo colon here\n\nIn.\n--b--\n"),
			body: "In."},
		{name: "a message with only a head", raw: strings.TrimSuffix(dated, "MIME-Version: 1.0\n")},
		{name: "a part with only a head", raw: parted("mixed", "--b\nContent-Type: text/plain\n--b--\n")},
		{name: "no part at all", raw: parted("mixed", "--b--\n")},
		{name: "an empty text of 8 bits", raw: dated + "Content-Type: text/plain\nContent-Transfer-Encoding: 8bit\n\n"},
		{name: "a file in base64 with a sign too many", raw: parted("mixed", text+"--b\nContent-Type: application/pdf; name=a.pdf\n"+
			"Content-Transfer-Encoding: base64\n\nJVBERi0xLjQKJSVFT0YK=\nx\n--b--\n"), body: "See", parts: "a.pdf (application/pdf)"},
		{name: "a file in base64 that is words", raw: parted("mixed", text+"--b\nContent-Type: image/x; name=a.x\n"+
			"Content-Transfer-Encoding: base64\n\n@@@\n--b--\n"), body: "See", parts: "a.x (image/x)", warned: "a.x is empty"},
		{name: "files within a message that is attached", raw: parted("mixed", text+"--b\nContent-Type: message/rfc822\n\n"+inner+
			"Content-Type: multipart/mixed; boundary=c\n\n--c\n\nInner.\n--c\nContent-Type: application/pdf; name=in.pdf\n\n"+onePDF+
			"\n--c--\n--b--\n"), body: "See the letter.", parts: "message.eml (message/rfc822)", warned: "messages are attached"},
		{name: "a file within a text, without an end", raw: asked("Content-Type: text/plain") + "Hi.\nbegin 644 a.doc\nM1234\n",
			body:   "Hi.",
			warned: "uuencoded"},
		{name: "a file within a text, with a broken line", raw: asked("Content-Type: text/plain") +
			"Hi.\nbegin 644 a.doc\nM\n!!\n`\nend\nBye.\n",
			body: "Hi.\n\nBye.", warned: "uuencoded"},
		{name: "two files within a text", raw: asked("Content-Type: text/plain") + "Hi.\nbegin 644 a\n`\nend\nbegin 644 b\n`\nend\nBye.\n",
			body: "Hi.", warned: "uuencoded"},
		{name: "only TNEF", raw: dated +
			"Content-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\neJ8+Ig==\n",
			parts: "winmail.dat (application/ms-tnef)", warned: "only Outlook reads"},
		{name: "TNEF, cut off", raw: attached("Content-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64",
			"eJ8+"),
			body: "See", parts: "winmail.dat (application/ms-tnef)", warned: "only Outlook reads"},
		{name: "TNEF that says it is octets", raw: attached("Content-Type: application/octet-stream; name=winmail.dat\n"+
			"Content-Transfer-Encoding: base64", "eJ8+IgAA"), body: "See", parts: "winmail.dat (application/ms-tnef)",
			warned: "only Outlook reads"},
		{name: "an ending that is not known", raw: attached("Content-Type: application/octet-stream; name=a.qwglhm", "x"), body: "See",
			parts: "a.qwglhm (application/octet-stream)"},
		{name: "a template of Outlook", raw: attached("Content-Type: application/octet-stream; name=form.oft", "\xd0\xcf\x11\xe0x"),
			body: "See", parts: "form.oft (application/x-ole-storage)"},
		{name: "a text in RTF", raw: attached("Content-Type: text/rtf; name=a.rtf", `{\rtf1 x}`), body: "See",
			parts: "a.rtf (application/rtf)"},
		{name: "a kind that nobody has", raw: attached("Content-Type: application/x-pdf-of-ours; name=a.pdf", onePDF), body: "See",
			parts: "a.pdf (application/pdf)"},
		{name: "a PDF called a document", raw: attached("Content-Type: application/document; name=\"a\"", onePDF), body: "See",
			parts: "a.pdf (application/pdf)"},
		{name: "a calendar", raw: attached("Content-Type: text/calendar", "BEGIN:VCALENDAR"), body: "See",
			parts: "attachment-1.ics (text/calendar)"},
		{name: "an opaque signature", raw: dated + "Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\n\nMIAG\n",
			parts: "smime.p7m (application/pkcs7-mime)", warned: "within a signature"},
	}
}

func kindsOfHeads() []kind {
	file := func(head string) string { return attached(head, onePDF) }
	from := func(s string) string {
		return strings.Replace(plain+"No.\n", "FOIA Office <foia@agency.example.gov>", s, 1)
	}
	to := func(s string) string {
		return strings.Replace(plain+"No.\n", "Jane Q. Sample <jane@example.org>", s, 1)
	}
	subject := func(s string) string {
		return strings.Replace(plain+"No.\n", "Subject: Your request", "Subject: "+s, 1)
	}
	return []kind{
		{name: "no addressee (Bcc)", raw: strings.Replace(plain+"No.\n", "To: Jane Q. Sample <jane@example.org>\n", "", 1), body: "No."},
		{name: "addressees that are malformed", raw: to("\"Jane <jane@example.org>, ; @, <>"), body: "No."},
		{name: "names without quotes, several", raw: to("Sample, Jane <jane@example.org>, Lee, Joe <joe@example.org>"), body: "No."},
		{name: "several lines of senders", raw: from("FOIA Office <foia@agency.example.gov>\nFrom: Other <o@b.example>"), body: "No."},
		{name: "a sender with a remark", raw: from("foia@agency.example.gov (FOIA Office)"), body: "No."},
		{name: "a sender with an at sign in the name", raw: from("foia@agency.example.gov <foia@agency.example.gov>"),
			from: "<foia@agency.example.gov>", body: "No."},
		{name: "a sender in Exchange's own form", raw: from("\"/O=AGENCY/CN=FOIA\""), from: "/O=AGENCY/CN=FOIA <>", body: "No.",
			warned: "no address"},
		{name: "an empty sender", raw: from(""), from: "<>", body: "No.", warned: "does not say who wrote it"},
		{name: "an empty subject", raw: strings.Replace(subject("x"), "Subject: x\n", "Subject:\n", 1), subject: none, body: "No."},
		{name: "a subject in quotes and Latin-1", raw: subject("=?iso-8859-1?Q?Antwort_\"=A7_5\"?="), subject: "Antwort \"§ 5\"",
			body: "No."},
		{name: "a subject in UTF-7", raw: subject("=?utf-7?Q?Schl+APwA3w-ler?="), subject: "Schlüßler", body: "No."},
		{name: "a subject in Cyrillic", raw: subject("=?koi8-r?B?78bJwcw=?="), subject: "Офиал", body: "No."},
		{name: "a subject with broken base64", raw: subject("=?utf-8?B?UmVwbHkg4oC?="), subject: "Reply \ufffd", body: "No."},
		{name: "an encoded word within a word", raw: subject("Re=?utf-8?Q?=3A?=fees"), subject: "Re:fees", body: "No."},
		{name: "an encoded word without an end", raw: subject("=?utf-8?Q?fees"), subject: "=?utf-8?Q?fees", body: "No."},
		{name: "an encoded word in a charset nobody has", raw: subject("=?x-klingon?Q?fees?="), subject: "fees", body: "No."},
		{name: "a head that begins with a blank line", raw: "\n\n" + plain + "No.\n", body: "No."},
		{name: "a head that begins with a fold", raw: " folded\n" + plain + "No.\n", body: "No."},
		{name: "a field without a value", raw: strings.Replace(plain+"No.\n", "MIME-Version", "X-Empty:\nMIME-Version", 1), body: "No."},
		{name: "a blank before the colon", raw: strings.Replace(plain+"No.\n", "Subject:", "Subject :", 1), body: "No."},
		{name: "fields in capitals", raw: strings.Replace(plain+"No.\n", "Subject:", "SUBJECT:", 1), body: "No."},
		{name: "a kind without a subtype", raw: asked("Content-Type: text") + "No.\n", body: "No."},
		{name: "a kind with signs that it may not have", raw: asked("Content-Type: text/plain; charset=utf-8; x=a@b/c?d") + "No.\n",
			body: "No."},
		{name: "a kind that is only its parameters", raw: asked("Content-Type: charset=utf-8") + "No.\n", body: "No."},
		{name: "a parameter twice", raw: file("Content-Type: application/pdf; name=a.pdf; name=b.pdf"), body: "See",
			parts: "a.pdf (application/pdf)"},
		{name: "a parameter without its last quote", raw: file("Content-Type: application/pdf; name=\"a.pdf"), body: "See",
			parts: "a.pdf (application/pdf)"},
		{name: "a parameter without quotes and with signs", raw: file("Content-Type: application/pdf; name=a[1](2).pdf"), body: "See",
			parts: "a[1](2).pdf (application/pdf)"},
		{name: "a file name of 8 bits", raw: file("Content-Type: application/pdf; name=\"Geb\xfchren.pdf\""), body: "See",
			parts: "Gebühren.pdf (application/pdf)"},
		{name: "a file name in two encoded words",
			raw:  file("Content-Type: application/pdf;\n name=\"=?utf-8?Q?Bescheid_?=\n =?utf-8?Q?vom.pdf?=\""),
			body: "See", parts: "Bescheid vom.pdf (application/pdf)"},
		{name: "a file name only in its place", raw: file("Content-Type: application/pdf\nContent-Disposition: attachment; filename=a.pdf"),
			body: "See", parts: "a.pdf (application/pdf)"},
		{name: "a file name that is its ending", raw: file("Content-Type: application/pdf; name=.pdf"), body: "See",
			parts: "pdf.pdf (application/pdf)"},
		{name: "a file name with a character that is no text", raw: file("Content-Type: application/pdf; name*=utf-8''a%00%1b%5Bb.pdf"),
			body: "See", parts: "a[b.pdf (application/pdf)"},
	}
}

func kindsOfTexts() []kind {
	return []kind{
		{name: "Latin-2", raw: textIn("iso-8859-2") + "\xbb\xf3d\xbc.\n", body: "ťódź."},
		{name: "Cyrillic (KOI8-R)", raw: textIn("koi8-r") + "\xef\xd4\xd7\xc5\xd4\n", body: "Ответ"},
		{name: "Cyrillic (Windows)", raw: textIn("windows-1251") + "\xce\xf2\xe2\xe5\xf2\n", body: "Ответ"},
		{name: "Big5", raw: textIn("big5") + "\xa7A\xa6n\n", body: "你好"},
		{name: "UTF-16 with its mark", raw: textIn("utf-16") + "\xff\xfeN\x00o\x00.\x00", body: "No."},
		{name: "UTF-8 with its mark", raw: textIn("utf-8") + "\ufeffNo.\n", body: "No."},
		{name: "no charset, UTF-8 that is broken", raw: asked("Content-Type: text/plain") + strings.Repeat("é", 30) + "\xff\n",
			body: "ééé", warned: "cannot be read"},
		{name: "no charset, bytes at random", raw: asked("Content-Type: text/plain") + "\x93\xfe\x80\x81\xff\n", body: "“þ€",
			warned: "cannot be read"},
		{name: "no charset, HTML", raw: asked("Content-Type: text/html") + "<p>Jos\xe9</p>", body: "José"},
		{name: "HTML in an unknown charset", raw: asked("Content-Type: text/html; charset=x-none") + "<p>No.</p>", body: "No.",
			warned: "unknown"},
		{name: "a charset with its name twice", raw: textIn("charset=utf-8") + "José\n", body: "José"},
		{name: "a charset in quotes of its own", raw: textIn("\"'utf-8'\"") + "José\n", body: "José"},
		{name: "no MIME", raw: strings.Replace(plain, "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n", "", 1) + "José\n",
			body: "José"},
		{name: "no MIME, and HTML", raw: strings.Replace(plain, "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n", "", 1) +
			"<html><body><p>No.</p></body></html>", body: "No.", warned: "plain text is HTML"},
		{name: "lines of Lotus Notes", raw: plain +
			"No.\n\n\n\"Jane Q. Sample\" <jane@example.org>\n05/10/2026 08:12\n\nTo\nFOIA\ncc\n\nSubject\n" +
			"Request\n", body: "No."},
		{name: "enriched text", raw: asked("Content-Type: text/enriched") + "No.\n", body: "No."},
		{name: "a text of one word in base64", raw: asked("Content-Type: text/plain\nContent-Transfer-Encoding: base64") + "Tm8u\n",
			body: "No."},
		{name: "an encoding in quotes", raw: asked("Content-Type: text/plain\nContent-Transfer-Encoding: \"quoted-printable\"") + "a=3Db\n",
			body: "a=b"},
		{name: "an encoding of parts", raw: dated +
			"Content-Transfer-Encoding: base64\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nIn.\n" +
			"--b--\n", body: "In."},
		{name: "UTF-7 by its short name", raw: textIn("utf-7") + "+AKc- 5\n", body: "§ 5"},
		{name: "a NUL in the text", raw: plain + "N\x00o.\n", body: "No."},
		{name: "only carriage returns", raw: plain + "No.\rYes.\r", body: "No.\nYes."},
		{name: "orders for a terminal", raw: plain + "\x1b[31mNo.\x1b]0;x\x07\ufdd0\n", body: "[31mNo.]0;x"},
	}
}

func kindsOfMachines() []kind {
	with := func(head, subject, text string) string {
		return head + strings.Replace(plain, "Subject: Your request", "Subject: "+subject, 1) + text + "\n"
	}
	daemon := func(head, subject, text string) string {
		return strings.Replace(with(head, subject, text), "FOIA Office <foia@agency", "Mail <mailer-daemon@agency", 1)
	}
	const server = "Mail <mailer-daemon@agency.example.gov>"
	report := func(action, status string) string {
		return dated + "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\nIt could not be delivered.\n" +
			"--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\nFinal-Recipient: rfc822; f@a.gov\nAction: " + action +
			"\nStatus: " + status + "\n\n--b\nContent-Type: message/rfc822\n\n" +
			"Message-ID: <foia.2026-0001.x@example.org>\nSubject: Ours\n\n" +
			"x\n--b--\n"
	}
	return []kind{
		{name: "an answer of Exchange", raw: with("X-Auto-Response-Suppress: All\n", "Automatic reply: Request", "I am away."),
			subject: "Automatic reply: Request", body: "I am away.", is: "answer"},
		{name: "an answer of Outlook", raw: with("", "Out of Office AutoReply: Request", "Away."),
			subject: "Out of Office AutoReply: Request", body: "Away.", is: "answer"},
		{name: "an answer of Lotus", raw: with("", "Jane Doe is out of the office.", "Away."), subject: "Jane Doe is out of the office.",
			body: "Away.", is: "answer"},
		{name: "an answer by its field", raw: with("Auto-Submitted: auto-replied\n", "Re: Request", "Away."), subject: "Re: Request",
			body: "Away.", is: "answer"},
		{name: "an answer by an older field", raw: with("X-Autoreply: yes\n", "Re: Request", "Away."), subject: "Re: Request",
			body: "Away.",
			is:   "answer"},
		{name: "an answer by its precedence", raw: with("Precedence: auto_reply\n", "Re: Request", "Away."), subject: "Re: Request",
			body: "Away.", is: "answer"},
		{name: "an answer by its class", raw: with("X-POST-MessageClass: 9; Autoresponder\n", "Re: Request", "Away."),
			subject: "Re: Request",
			body:    "Away.", is: "answer"},
		{name: "an answer without a return path", raw: with("Return-Path: <>\nIn-Reply-To: <foia.2026-0001.x@example.org>\n",
			"Re: Request", "Away."),
			subject: "Re: Request", body: "Away.", is: "answer"},
		{name: "an answer in German", raw: with("", "Abwesenheitsnotiz: Antrag", "Weg."), subject: "Abwesenheitsnotiz: Antrag",
			body: "Weg.",
			is:   "answer"},
		{name: "a letter that asks for no answer", raw: with("X-Auto-Response-Suppress: OOF\n", "Your request", "Granted."),
			body: "Granted."},
		{name: "a report: failed", raw: report("failed", "5.1.1"), body: "It could", is: "bounce"},
		{name: "a report: delayed", raw: report("delayed", "4.4.7"), body: "It could", is: "delay"},
		{name: "a report: delivered", raw: report("delivered", "2.0.0"), body: "It could", warned: "was delivered", is: "answer"},
		{name: "a bounce of Exim", raw: daemon("X-Failed-Recipients: f@a.gov\n", "Mail delivery failed: returning message to sender",
			"A message could not be delivered to f@a.gov"), from: server, subject: "Mail delivery failed: returning message to sender",
			body: "A message", is: "bounce"},
		{name: "a bounce in words (WebShield)", raw: daemon("", "Mail could not be delivered",
			"<f@a.gov> was not delivered: 550 No such user"),
			from: server, subject: "Mail could not be delivered", body: "<f@a.gov>", is: "bounce"},
		{name: "a bounce in German", raw: daemon("", "Unzustellbar: Antrag", "Ihre Nachricht konnte nicht zugestellt werden: f@a.de"),
			from: server, subject: "Unzustellbar: Antrag", body: "Ihre", is: "bounce"},
		{name: "a delay in words", raw: daemon("", "Warning: could not send message for past 4 hours", "It will keep trying."),
			from:    server,
			subject: "Warning: could not send message for past 4 hours", body: "It will", is: "delay"},
	}
}
