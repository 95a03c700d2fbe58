package moving

import (
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// sheets fills the sheets of a workbook with rows of text.
func sheets(f *excelize.File, of map[string]string, names ...string) error {
	for i, name := range names {
		if i == 0 {
			if err := f.SetSheetName("Sheet1", name); err != nil {
				return err
			}
		} else if _, err := f.NewSheet(name); err != nil {
			return err
		}
		for y, row := range strings.Split(of[name], "\n") {
			cells := strings.Split(row, ",")
			if err := f.SetSheetRow(name, fmt.Sprintf("A%d", y+1), &cells); err != nil {
				return err
			}
		}
	}
	return nil
}

// A sheet a year, each with its own headings: all are read, and lines are named with their sheet. What is no list is named.
func TestSheets(t *testing.T) {
	p := book(t, func(f *excelize.File) error {
		return sheets(f, map[string]string{
			"Read me": "One sheet a year",
			"2025": "Agency,Request,Sent,Status\nExample PD,Stops,3/25/2025,Denied\nExample Fire,Runs,11/2/2025,waiting\n" +
				"Example Jail,Food,2/30/2025,waiting\nExample PD,Cars,4/4/2025,Granted",
			"2026": "Requests 2026\nSent,Request,Agency,Decided on,Status\n11/2/2025,Runs,Example Fire,1/16/2026,Granted\n" +
				"4/4/2025,Cars,Example PD,,Denied\n3/4/2026,Boats,Example Port,,waiting",
			"Contacts": "Agency,Officer,Phone,Last spoken\nExample PD,Pat,202-555-0100,3/3/2026",
		}, "Read me", "2025", "2026", "Contacts")
	})
	var got []string
	for _, q := range p.Requests {
		got = append(got, q.At()+" "+*q.Subject)
	}
	want := "sheet 2025, line 2 Stops|sheet 2025, line 5 Cars|sheet 2026, line 3 Runs|sheet 2026, line 4 Cars|sheet 2026, line 5 Boats"
	if strings.Join(got, "|") != want {
		t.Errorf("%s\nwant %s", strings.Join(got, "|"), want)
	}
	if len(p.Rejected) != 1 || p.Rejected[0].At() != "sheet 2025, line 4" {
		t.Errorf("rejected %+v", p.Rejected)
	}
	if len(p.LeftOut) != 1 || p.LeftOut[0].At() != "sheet 2025, line 3" || p.LeftOut[0].Why != "the request goes on in sheet 2026, line 3" {
		t.Errorf("left out %+v", p.LeftOut)
	}
	if len(p.Duplicates) != 1 || p.Duplicates[0].Value != "Cars" {
		t.Errorf("twice %+v", p.Duplicates)
	}
	if notes := strings.Join(p.Notes, "; "); !strings.Contains(notes, "the sheets 2025, 2026 are read; not read: Read me, Contacts") {
		t.Errorf("notes %s", notes)
	}
	if day := p.Requests[4].Events[0].On; day == nil || day.String() != "2026-03-04" { // the order is that of the other sheet
		t.Errorf("sent %v: %s", day, p.Dates)
	}
	if columns := p.Requests[0].Columns; strings.Join(columns, ",") != "Agency,Request,Sent,Status" ||
		p.Requests[0].Rows[0].Sheet != "2025" {
		t.Errorf("rests on %v %+v", columns, p.Requests[0].Rows)
	}
}

// Another list of the workbook, of calls or of offices, is no list of requests.
func TestOtherSheets(t *testing.T) {
	for _, other := range []string{"Agency,Address,Phone\nExample PD,1 Main,202-555-0100", "Date,Call,Who\n3/3/2026,No answer,Pat",
		"Word,Means\nDenied,no\nGranted,yes", "Agency,Request,Appeal filed\nExample PD,Stops,5/25/2026"} {
		p := book(t, func(f *excelize.File) error {
			return sheets(f, map[string]string{"Log": "Agency,Request,Sent,Status\nExample PD,Stops,3/25/2026,Denied", "Other": other},
				"Log", "Other")
		})
		if len(p.Requests) != 1 || p.Sheet != "Log" || !strings.Contains(strings.Join(p.Notes, "; "), "not read: Other") {
			t.Errorf("%s: sheet %q, %d requests, %q", other, p.Sheet, len(p.Requests), p.Notes)
		}
	}
}
