package moving

import (
	"fmt"
	"strings"
	"testing"
)

// Rows that are events are known by numbers that come again, words for kinds and one column of days, whatever the headings are.
func TestRowsOfKinds(t *testing.T) {
	want := "Example PD: Stops: sent by=email 2026-03-02; acknowledged tracking=PD-26-9 2026-03-05; extended until=2026-04-13 " +
		"2026-03-23; determination outcome=denied 2026-04-13 | " +
		"Example Fire: Runs: sent by=portal 2026-03-16; closed reason=withdrawn 2026-03-30"
	for name, text := range map[string]string{
		"typed": "Row,Case,Date,What happened,Remarks,Agency,Request,Void\n1,A-1,2026-03-02,Filed,email,Example PD,Stops,\n" +
			"2,A-2,2026-03-16,Sent,portal,Example Fire,Runs,\n3,A-1,2026-03-05,Acknowledged,PD-26-9,,,\n" +
			"4,A-1,2026-03-23,Extended,until 2026-04-13,,,\n5,A-2,2026-03-30,Withdrawn,,,,\n6,A-1,2026-04-13,Denied,,,,\n" +
			"7,A-2,2026-04-13,Granted,,,,x\n",
		"status words, agency later": "Request ID,When,Status,Details,Office,Subject\nA-1,3/2/2026,Submitted,email,,Stops\n" +
			"A-1,3/5/2026,Acknowledged,PD-26-9,Example PD,\nA-2,3/16/2026,Submitted,portal,Example Fire,Runs\n" +
			"A-1,3/23/2026,Extension,to 4/13/2026,,\nA-2,3/30/2026,Withdrawn,,,\nA-1,4/13/2026,Rejected,,,\n",
	} {
		p := planOf(t, t.TempDir(), text, Answers{})
		var got []string
		for _, q := range p.Requests {
			if q.Agency == nil || q.Subject == nil {
				t.Fatalf("%s: %s %+v\n%+v", name, p.Layout, p.Requests, p.Columns)
			}
			var events []string
			for _, e := range q.Events {
				events = append(events, e.String()+" "+e.On.String())
				if e.Read != "" {
					t.Errorf("%s: %s is read as prose: %q", name, e, e.Read)
				}
			}
			got = append(got, fmt.Sprintf("%s: %s: %s", *q.Agency, *q.Subject, strings.Join(events, "; ")))
		}
		if p.Layout != "rows are events" || strings.Join(got, " | ") != want {
			t.Errorf("%s: %s\n got %s\nwant %s", name, p.Layout, strings.Join(got, " | "), want)
		}
	}
}

// What rows say of one request in two ways is asked; a row that names none is rejected.
func TestRowsOfKindsDiffer(t *testing.T) {
	p := planOf(t, t.TempDir(), "Case,Date,Event,Agency,Request\nA-1,2026-03-02,Filed,Example PD,Stops\nA-1,2026-03-05,Acknowledged,"+
		"Example Fire,\nA-2,2026-03-05,Filed,Example Port,Boats\nA-2,2026-03-09,Denied,,\n,2026-03-10,Granted,,\n", Answers{})
	if len(p.Requests) != 2 || len(p.Ask) != 1 || p.Ask[0] != "agency: line 3 says “Example Fire” of A-1, an earlier one “Example PD”" {
		t.Errorf("%d requests, asks %q", len(p.Requests), p.Ask)
	}
	if len(p.Rejected) != 1 || p.Rejected[0].Line != 6 {
		t.Errorf("rejected %+v", p.Rejected)
	}
}

// A list with a row for each request stays one, also if numbers of it come again.
func TestNoRowsOfKinds(t *testing.T) {
	for _, text := range []string{
		"No.,Date,Status,Agency,Request\n1,2026-03-02,Denied,A,Stops\n2,2026-03-03,Granted,B,Jail\n3,2026-03-04,Denied,A,Roads\n",
		"Case,Sent,Status,Answered,Agency,Request\nA,2026-03-02,Denied,2026-04-02,A,Stops\nA,2026-03-03,Granted,2026-04-03,B,Jail\n",
	} {
		if p := planOf(t, t.TempDir(), text, Answers{}); p.Layout != "columns" {
			t.Errorf("%s\n%s", p.Layout, text)
		}
	}
}
