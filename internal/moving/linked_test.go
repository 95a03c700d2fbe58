package moving

import "testing"

// A cell of nothing but links has the names of what they lead to; anything else stays as it is.
func TestUnlinked(t *testing.T) {
	for cell, want := range map[string]string{
		"Example PD (https://www.notion.so/Example-PD-0a1b?pvs=21)":         "Example PD",
		"[Example PD](https://example.org/pd)":                              "Example PD",
		"Stops (https://n.so/1?pvs=21), Jail, food (https://n.so/2?pvs=21)": "Stops, Jail, food",
		"[A](https://example.org/a); [B, of C](https://example.org/b)":      "A, B, of C",
		"Bureau of Examples (BEA) (https://www.notion.so/Bureau-1)":         "Bureau of Examples (BEA)",
		"Example PD (records)":                                                   "",
		"See https://example.org/1 (an old page)":                                "",
		"Example PD (https://example.org) and Example County (no address known)": "",
	} {
		if got, ok := unlinked(cell); ok != (want != "") || ok && got != want {
			t.Errorf("%q: %q, %t; want %q", cell, got, ok, want)
		}
	}
}

// A column of record ids is no name; where there is nothing else, the agency is asked for by them.
func TestRecordIDs(t *testing.T) {
	for _, one := range []struct{ text, agency, asks string }{
		{"Request,Agency,Agency name (from Agencies),Sent" + "\nStops,recAgy000000000PD,Example PD,3/2/2026" +
			"\nJail,recAgy00000000ShF,Example Sheriff,3/3/2026\n", "Example PD", ""},
		{"Request,Agency,Sent" + "\nStops,recAgy000000000PD,3/2/2026\nJail,recAgy00000000ShF,3/3/2026\n", "",
			"agency: the file has numbers only (Agency); the office of each"},
		{"Request,Agency,Sent" + "\nStops,receipts office,3/2/2026\nJail,recreation,3/3/2026\n", "receipts office", ""},
	} {
		p := planOf(t, t.TempDir(), one.text, Answers{})
		q := p.Requests[0]
		if agency := q.Agency; one.agency != "" && (agency == nil || *agency != one.agency) {
			t.Errorf("agency %v, want %s\n%s", agency, one.agency, one.text)
		}
		if one.asks != "" && (len(p.Ask) == 0 || p.Ask[0] != one.asks) {
			t.Errorf("asks %q, want %q", p.Ask, one.asks)
		}
	}
}

// A column of places names the law, however they are written. What has none is asked.
func TestPlaces(t *testing.T) {
	known := laws(t)
	for place, want := range map[string]string{"Federal": "foia", "U.S.": "foia", "United States": "foia", "federal agency": "foia",
		"Texas": "us-tx", "TX": "us-tx", "Tex.": "us-tx", "State of Texas": "us-tx", "New York State": "us-ny", "Calif.": "us-ca",
		"CA": "us-ca", "D.C.": "us-dc", "District of Columbia": "us-dc", "Washington, D.C.": "us-dc", "Puerto Rico": "us-pr",
		"Austin, TX": "us-tx", "Georgia (state)": "us-ga", "Canada": "ca", "UK": "gb", "Ireland": "ie", "Alberta": "", "Narnia": "",
		"Paris, Canada": "", "local": "", "agency": ""} {
		if got := lawOfPlace(place, known); got != want {
			t.Errorf("%s: %q, want %q", place, got, want)
		}
	}
	p := planOf(t, t.TempDir(), "Title,Agency,Where,Sent\nStops,A,Maryland,3/25/2026\nJail,B,Md.,3/3/2026\nRoads,C,Alberta,3/3/2026\n",
		Answers{})
	if len(p.Ask) != 1 || p.Ask[0] != "law: foia knows none of “Alberta”" || p.Requests[1].Law == nil || *p.Requests[1].Law != "us-md" ||
		p.Requests[2].Law != nil {
		t.Errorf("asks %q: %+v", p.Ask, p.Requests)
	}
}

// “Done” beside an outcome is no answer of its own; a check mark and a day of one event are one event.
func TestBesideAnother(t *testing.T) {
	for row, want := range map[string]string{
		"Done,Withdrawn,,,4/20/2026":       "closed reason=withdrawn 2026-04-20",
		"Done,Granted,,,4/20/2026":         "determination outcome=granted 2026-04-20",
		"Denied,,checked,4/28/2026,":       "appealed 2026-04-28",
		"Denied,,checked,,":                "appealed",
		"Denied,,unchecked,,":              "determination outcome=denied",
		"Done,Partial,,,5/1/2026":          "determination outcome=partial 2026-05-01",
		"Completed,Abandoned,,,10/22/2026": "closed reason=abandoned 2026-10-22",
	} {
		p := planOf(t, t.TempDir(), "Title,Agency,Sent,Status,Outcome,Appealed?,Appeal date,Closed\nStops,A,3/25/2026,"+row+
			"\nJail,B,3/26/2026,Denied,,checked,,\nRoads,B,3/26/2026,Denied,,,4/25/2026,\n", Answers{})
		e := p.Requests[0].Events[len(p.Requests[0].Events)-1]
		got := e.String()
		if e.On != nil {
			got += " " + e.On.String()
		}
		if got != want {
			t.Errorf("%s: %s, want %s", row, got, want)
		}
	}
}
