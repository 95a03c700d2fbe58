package moving

import (
	"strings"
	"testing"

	"foia/internal/workday"
)

// “FOIA” beside what another country's or a state's has is asked; in a list of the United States it is the federal Act.
func TestWhoseAct(t *testing.T) {
	for text, federal := range map[string]bool{
		"Title,Agency,Law,Sent\nStops,Bureau of Examples,FOIA,3/25/2026\n":                                    true,
		"Title,Agency,Law,Sent\nStops,Bureau of Examples,FOIA,2026-03-25\n":                                   true,
		"Title,Agency,Law,Sent\nStops,Council on Examples,FOIA,3/25/2026\n":                                   true,
		"Title,Agency,Law,Level,State,Sent\nStops,Bureau of Examples,FOIA,Federal,Texas,2026-03-25\n":         true,
		"Title,Agency,Law,Sent\nStops,Bureau of Examples,FOIA,25/3/2026\n":                                    false,
		"Title,Agency,Law,Sent\nStops,Example Borough Council,FOIA,2026-03-25\n":                              false,
		"Title,Agency,Law,Sent\nStops,Ministry of Examples,FOIA,2026-03-25\n":                                 false,
		"Title,Agency,Law,Sent\nStops,Example Police,foia,2026-03-25\nJail,Example Police,EIR,2026-03-25\n":   false,
		"Title,Agency,Law,Sent,ICO case\nStops,Example Police,FOIA,2026-03-25,\n":                             false,
		"Title,Agency,Law,Sent,Internal review\nStops,Example Police,FOIA,2026-03-25,2026-05-25\n":            false,
		"Title,Agency,Law,State,Sent\nStops,Example Police,FOIA,Illinois,3/25/2026\n":                         false,
		"Title,Agency,Law,State,Sent\nStops,Example Police,FOIA,IL,3/25/2026\nJail,Example,FOIA,,3/25/2026\n": false,
	} {
		p := planOf(t, t.TempDir(), text, Answers{Today: workday.MustDate("2026-11-29")})
		q := p.Requests[0]
		if is := q.Law != nil && *q.Law == "foia"; is != federal {
			t.Errorf("%s: federal %t, want %t", text, is, federal)
		}
		if asks := strings.HasPrefix(strings.Join(p.Ask, " "), "law: “"); asks == federal {
			t.Errorf("%s: asks %q", text, p.Ask)
		}
	}
}

// A law that foia does not know by its name stays with the request.
func TestLawNotKnown(t *testing.T) {
	p := planOf(t, t.TempDir(), "Title,Agency,Law,Sent\nStops,Example Police,EIR,2026-03-25\n", Answers{})
	if q := p.Requests[0]; q.Law != nil || strings.Join(q.Said, "") != "Law: EIR" {
		t.Errorf("%+v", q)
	}
}

// The days of a to-do program are those of its cards; without its other headings the same days are events.
func TestCards(t *testing.T) {
	const card = "Task ID,Created At,Completed At,Start Date,Name,Section/Column,Parent task,Projects,Agency,Filed\n" +
		"1,2026-02-27,2026-06-12,2026-03-01,Stops,Fulfilled,,FOIA,Example PD,2026-03-02\n" +
		"2,2026-02-27,2026-06-12,,Call the clerk,,Stops,FOIA,,\n" +
		"3,2026-02-27,,,Stops by car,Filed,Stops,FOIA,Example Sheriff,2026-03-03\n"
	p := planOf(t, t.TempDir(), card, Answers{Today: workday.MustDate("2026-11-29")})
	if len(p.Requests) != 2 || len(p.LeftOut) != 1 || p.LeftOut[0].Line != 3 {
		t.Fatalf("%+v, left out %+v", p.Requests, p.LeftOut)
	}
	q := p.Requests[0]
	if len(q.Events) != 2 || q.Events[1].Kind != "determination" || q.Events[1].On != nil || len(q.Tags) != 0 {
		t.Errorf("%+v", q)
	}
	p = planOf(t, t.TempDir(), "Title,Projects,Status,Agency,Sent,Completed\nStops,Jail,Fulfilled,A,2026-03-02,2026-06-12\n"+
		"Roads,Ways,Open,A,2026-03-02,\n", Answers{Today: workday.MustDate("2026-11-29")})
	if q := p.Requests[0]; len(q.Events) != 2 || q.Events[1].On == nil || len(q.Tags) != 1 {
		t.Errorf("%+v", q)
	}
}

// A court and a docket number are a suit; one of them alone is kept.
func TestCourtAndDocket(t *testing.T) {
	p := planOf(t, t.TempDir(), "Title,Agency,Sent,Court,Docket no.\nStops,A,3/25/2026,D.D.C.,1:26-cv-09991\nJail,A,3/25/2026,,2026-D-1\n",
		Answers{Today: workday.MustDate("2026-11-29")})
	if e := p.Requests[0].Events; len(e) != 2 || e[1].String() != "suit-filed court=D.D.C. docket=1:26-cv-09991" || e[1].On != nil {
		t.Errorf("%+v", e)
	}
	if q := p.Requests[1]; len(q.Events) != 1 || strings.Join(q.Said, "") != "Docket no.: 2026-D-1" {
		t.Errorf("%+v", q)
	}
}

// Words of an outcome with what qualifies them, and those of an appeal.
func TestQualified(t *testing.T) {
	for text, want := range map[string]string{
		"Granted in full": "determination outcome=granted", "Full disclosure": "determination outcome=granted",
		"Full": "determination outcome=granted", "Part disclosed": "determination outcome=partial",
		"Denied in part": "determination outcome=partial", "Refused in full": "determination outcome=denied",
		"Not held": "determination outcome=no-records", "No information held": "determination outcome=no-records",
		"Appeal denied in part": "appealed; appeal-decided outcome=partly",
		"Appealed - reversed":   "appealed; appeal-decided outcome=reversed",
		"Decision overturned":   "appealed; appeal-decided outcome=reversed",
		"Entrega total":         "determination outcome=granted", "Negativa": "determination outcome=denied",
		"Refus partiel": "determination outcome=partial", "Prevención (piden aclarar)": "clarification-requested",
	} {
		var got []string
		for _, e := range whole(text).events {
			got = append(got, e.String())
		}
		if strings.Join(got, "; ") != want {
			t.Errorf("%s: %q, want %s", text, got, want)
		}
	}
	for cell, want := range map[string]string{"Original decision upheld": "affirmed", "Revoca": "reversed", "Confirma": "affirmed",
		"Desechado": "dismissed", "Overturned": "reversed", "Granted in part": "partly", "Modifica": "", "Aufgeschoben": ""} {
		if got := appealOutcome(cell); got != want {
			t.Errorf("%s: %q, want %q", cell, got, want)
		}
	}
}

// The way in which a request went, in other languages.
func TestWaysAbroad(t *testing.T) {
	for cell, want := range map[string]string{"Correo electrónico": "email", "Correo certificado": "mail", "Courriel": "email",
		"Lettre recommandée": "mail", "Einschreiben": "mail", "En línea": "portal", "Paloma mensajera": ""} {
		if got := wayOf(cell)["by"]; got != want {
			t.Errorf("%s: %q, want %q", cell, got, want)
		}
	}
}
