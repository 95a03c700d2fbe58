package mail

import (
	"strings"
	"testing"
)

// A notice that a message did not arrive names the message and the address, in whatever form it comes.
func TestBounces(t *testing.T) {
	daemon := "Return-Path: <>\nFrom: Mail Delivery System <MAILER-DAEMON@mx.example.org>\nTo: jane@example.org\n" +
		"Date: Thu, 8 Oct 2026 09:15:02 -0400\n"
	ours := "From: jane@example.org\nSubject: FOIA request (our reference 2026-0040)\nMessage-ID: <foia-2026-0040@example.org>\n\n" +
		"Dear Officer:\n"
	report := func(subject, fields, returned string) string {
		return daemon + "Subject: " + subject + "\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n" +
			"Content-Type: text/plain\n\nSorry.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\n" + fields +
			"\n--b\nContent-Type: " + returned + "\n\n" + ours + "--b--\n"
	}
	failed := "Final-Recipient: rfc822; foia@bop.example.gov\nAction: failed\nStatus: 5.1.1\n" +
		"Diagnostic-Code: smtp; 550 5.1.1 User unknown\n"
	delayed := "Final-Recipient: rfc822;foia@bop.example.gov\nAction: delayed\nStatus: 4.4.7\n"
	const id, subject = "foia-2026-0040@example.org", "FOIA request (our reference 2026-0040)"
	for name, c := range map[string]struct {
		raw  string
		want Bounce
	}{
		"RFC 3464": {report("Undelivered Mail", failed, "message/rfc822"), Bounce{"foia@bop.example.gov", nil, "5.1.1", false,
			"550 5.1.1 User unknown", id, subject}},
		"only the head": {report("Undelivered Mail", failed, "text/rfc822-headers"), Bounce{"foia@bop.example.gov", nil, "5.1.1",
			false, "550 5.1.1 User unknown", id, subject}},
		"delayed": {report("Delayed", delayed, "message/rfc822"), Bounce{"foia@bop.example.gov", nil, "4.4.7", true, "", id,
			subject}},
		"given up, 4.x": {report("Failure", strings.Replace(delayed, "delayed", "failed", 1), "message/rfc822"),
			Bounce{"foia@bop.example.gov", nil, "4.4.7", false, "", id, subject}},
		"two addresses, one failed": {report("Failure", strings.ReplaceAll(delayed, "foia@bop", "other@bop")+"\n"+failed, "message/rfc822"),
			Bounce{"foia@bop.example.gov", []string{"other@bop.example.gov"}, "5.1.1", false, "550 5.1.1 User unknown", id, subject}},
		"Exim": {daemon + "X-Failed-Recipients: foia@bop.example.gov\nSubject: Mail delivery failed: returning message to sender\n\n" +
			"A message that you sent " +
			"could not be delivered:\n\n  foia@bop.example.gov\n    550 5.1.1 User unknown\n\n" +
			"------ This is a copy of the message. ------\n\n" + ours,
			Bounce{"foia@bop.example.gov", nil, "5.1.1", false, "550 5.1.1 User unknown", id, subject}},
		"free text, German": {"Return-Path: <>\nFrom: Postmaster <postmaster@t.example.de>\nTo: jane@example.org\n" +
			"Subject: Nicht zugestellte E-Mail\n\n" +
			"Ihre Nachricht konnte nicht zugestellt werden an:\n<foia@bop.example.gov>\n\nBetreff: " + subject + "\nMessage-ID: <" +
			id + ">\n",
			Bounce{"foia@bop.example.gov", nil, "", false, "", id, subject}},
		"free text, delayed": {daemon + "Subject: Warning: could not send message for past 4 hours\n\n" +
			"Your message has not yet been delivered to " +
			"<foia@bop.example.gov>. You do not need to resend it.\nMessage-ID: <" + id + ">\n", Bounce{"foia@bop.example.gov", nil,
			"", true, "", id, ""}},
		"Exchange, UTF-7": {report("Unzustellbar: Antrag", failed, "message/rfc822; charset=unicode-1-1-utf-7"),
			Bounce{"foia@bop.example.gov", nil, "5.1.1", false, "550 5.1.1 User unknown", id, subject}},
	} {
		t.Run(name, func(t *testing.T) {
			m := mustRead(t, c.raw)
			if m.Bounce == nil {
				t.Fatalf("not a bounce: %+v", m)
			}
			got, want := *m.Bounce, c.want
			if strings.Join(got.Others, " ") != strings.Join(want.Others, " ") {
				t.Errorf("others %q, want %q", got.Others, want.Others)
			}
			if got.Others, want.Others = nil, nil; got.Address != want.Address || got.Status != want.Status ||
				got.Delayed != want.Delayed ||
				got.Diagnostic != want.Diagnostic || got.OriginalID != want.OriginalID || got.OriginalSubject != want.OriginalSubject {
				t.Errorf("%+v, want %+v", got, want)
			}
			if m.Forwarded != nil || strings.Contains(m.Hash, " ") {
				t.Errorf("what came back is taken for a forward: %+v", m)
			}
		})
	}
	for name, raw := range map[string]string{
		"a letter about mail": plain + "Your appeal could not be delivered to us by mail: 550 5th Street NW.\n",
		"a denial":            strings.Replace(plain, "Your request", "Undeliverable records", 1) + "We have rejected it.\n",
		"it was delivered":    report("Delivered", strings.Replace(failed, "failed", "delivered", 1), "message/rfc822"),
	} {
		if m := mustRead(t, raw); m.Bounce != nil {
			t.Errorf("%s: %+v", name, m.Bounce)
		}
	}
}

// A machine that answers is told from an office whose letters a machine sends.
func TestMachines(t *testing.T) {
	for head, want := range map[string]struct{ auto, generated bool }{
		"Auto-Submitted: auto-replied":                               {true, true},
		"Auto-Submitted: auto-generated":                             {false, true},
		"Auto-Submitted: no":                                         {false, false},
		"X-Auto-Response-Suppress: All":                              {false, true},
		"X-POST-MessageClass: 9; Autoresponder":                      {true, true},
		"X-Autoreply: yes":                                           {true, true},
		"Precedence: auto_reply":                                     {true, true},
		"Return-Path: <>\nIn-Reply-To: <1@x>":                        {true, true},
		"Return-Path: <>":                                            {false, true},
		"Return-Path: <foia@agency.example.gov>\nIn-Reply-To: <1@x>": {false, false},
		"Subject: Automatic reply: FOIA":                             {true, true},
		"Subject: AUTO: Robin is out of the office (until 11/30)":    {true, true},
		"Subject: Robin is out of the office":                        {true, true},
		"Subject: Automatische Antwort: Antrag":                      {true, true},
		"Subject: Abwesenheitsnotiz: Antrag":                         {true, true},
		"Subject: Automatic license plate readers":                   {false, false},
		"Subject: RE: autopsy reports":                               {false, false},
	} {
		m := mustRead(t, top+head+"\n\nText.\n")
		if m.Auto != want.auto || m.Generated != want.generated {
			t.Errorf("%q: auto %t, generated %t", head, m.Auto, m.Generated)
		}
	}
}

// What a reader does not see is no part of the text, and is said where no honest mail has it.
func TestHiddenText(t *testing.T) {
	for html, hidden := range map[string]bool{
		`<p>Seen.</p><p style="display:none">record outcome denied</p>`:                                              true,
		`<p>Seen.</p><p STYLE="Display : None !important">record outcome denied</p>`:                                 true,
		`<p>Seen.</p><span style="font-size:1px">record outcome denied</span>`:                                       true,
		`<p>Seen.</p><font color="#FFFFFF">record outcome denied</font>`:                                             true,
		`<p>Seen.</p><p style="color:#fefefe">record outcome denied</p>`:                                             true,
		`<p>Seen.</p><p style="color:rgb(255,255,255)">record outcome denied</p>`:                                    true,
		`<p>Seen.</p><div style="background:#036;color:#036">record outcome denied</div>`:                            true,
		`<p>Seen.</p><div style="max-height:0;overflow:hidden">record outcome denied</div>`:                          true,
		`<p>Seen.</p><div style="position:absolute;left:-9999px">record outcome denied</div>`:                        true,
		`<p>Seen.</p><div hidden>record outcome denied</div>`:                                                        true,
		`<style>.x{display:none}</style><p>Seen.</p><p class="a x">record outcome denied</p>`:                        true,
		`<p>Seen.</p><div style="visibility:hidden"><b>record outcome denied</b></div>`:                              true,
		`<p>Seen.</p><script>record outcome denied</script><!-- record outcome denied -->`:                           false,
		`<div style="display:none">You have a new message</div><p>Seen.</p>`:                                         false,
		`<table bgcolor="#003366"><tr><td style="color:white">Seen.</td></tr></table>`:                               false,
		`<div style="font-size:0"><p style="font-size:14px">Seen.</p></div>`:                                         false,
		`<style>@media (max-width:600px){.m{display:none}}</style><p class="m">Seen.</p>`:                            false,
		`<style>td.head p {background:#000}</style><table><tr><td><p style="color:#fff">Seen.</p></td></tr></table>`: false,
	} {
		m := mustRead(t, inHTML+html)
		if m.Body != "Seen." || (len(m.Suspicious) > 0) != hidden || hidden && m.Hidden != "record outcome denied" {
			t.Errorf("%s: body %q, hidden %q, suspicious %q", html, m.Body, m.Hidden, m.Suspicious)
		}
	}
}

// A link that shows one address and leads to another is said, unless a mail system did that.
func TestLinks(t *testing.T) {
	for link, want := range map[string]bool{
		`<a href="https://foia.agency.example.gov/x">https://foia.agency.example.gov/x</a>`:                             false,
		`<a href="https://www.agency.gov/x">foia.agency.gov</a>`:                                                        false,
		`<a href="https://evil.example/x">our portal</a>`:                                                               false,
		`<a href="https://evil.example/x">https://foia.agency.gov</a>`:                                                  true,
		`<a href="https://foia.agency.gov@evil.example/">www.agency.gov</a>`:                                            true,
		`<a href="https://agency.gov.evil.example/"><b>agency.gov/portal</b></a>`:                                       true,
		`<a href="https://nam01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fagency.gov">https://agency.gov</a>`: false,
		`<a href="https://lnks.gd/l/abc">www.epa.gov/foia</a>`:                                                          false,
		`<a href="mailto:foia@agency.gov?subject=x">foia@agency.gov</a>`:                                                false,
		`<a href="mailto:foia@evil.example">foia@agency.gov</a>`:                                                        true,
		`<a href="https://moj.gov.uk/x">https://home.gov.uk/x</a>`:                                                      true,
		`<a href="::%zz">www.agency.gov</a>`:                                                                            false,
	} {
		m := mustRead(t, inHTML+"<p>See "+link+"</p>")
		if (len(m.Suspicious) > 0) != want {
			t.Errorf("%s: %q", link, m.Suspicious)
		}
		if !strings.HasPrefix(m.Body, "See ") || len(m.Body) < 5 {
			t.Errorf("%s: body %q", link, m.Body)
		}
	}
}

// Only what the receiving server found out counts: anybody can write the rest.
func TestOnlyTheReceivingServerJudges(t *testing.T) {
	const (
		mx    = "Received: from out.agency.gov by mx.example.org; Tue, 13 Oct 2026 09:00:00 -0400\n"
		fails = "Authentication-Results: mx.example.org; spf=pass smtp.mailfrom=x; dkim=none;\n" +
			" dmarc=fail (p=none) header.from=agency.gov\n"
		other = "Received: from a by gw.agency.gov; Tue, 13 Oct 2026 09:00:00 -0400\n"
	)
	for name, c := range map[string]struct {
		head string
		want bool
	}{
		"fail":                     {mx + fails, true},
		"fail, above":              {fails + mx, true},
		"pass":                     {mx + strings.Replace(fails, "dmarc=fail", "dmarc=pass", 1), false},
		"none":                     {mx, false},
		"the sender's own server":  {mx + other + strings.Replace(fails, "mx.example.org", "gw.agency.gov", 1), false},
		"the sender's, after ours": {mx + strings.Replace(fails, "fail", "pass", 1) + other + fails, false},
		"only in a remark":         {mx + "Authentication-Results: mx.example.org; dmarc=pass (was dmarc=fail; dmarc=fail)\n", false},
		"vouched for":              {mx + strings.Replace(fails, "dmarc=fail", "arc=pass; dmarc=fail", 1), false},
		"Microsoft, which has no name": {"Received: from a by x.prod.outlook.com; Tue, 13 Oct 2026 09:00:00 -0400\n" +
			"Authentication-Results: spf=fail; dmarc=fail action=none\n", true},
		"that of a sender's Microsoft": {mx + "Authentication-Results: spf=fail; dmarc=fail action=none\n", false},
	} {
		if m := mustRead(t, c.head+plain+"No.\n"); (len(m.Suspicious) > 0) != c.want {
			t.Errorf("%s: %q", name, m.Suspicious)
		}
	}
}
