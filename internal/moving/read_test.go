package moving

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"foia/internal/longtest"
	"foia/internal/workday"
)

// planOf reads a text as a file.
func planOf(t rapid.TB, dir, text string, answers Answers) *Plan {
	t.Helper()
	path := filepath.Join(dir, "tracker.csv")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	p, err := Read(path, answers, func(called string) string {
		if called == "us-md" || called == "us-pa" {
			return called
		}
		return ""
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// eventsOf is a request's events in short.
func eventsOf(q Request) string {
	var out []string
	for _, e := range q.Events {
		day := "?"
		if e.On != nil {
			day = e.On.String()
		}
		out = append(out, day+" "+e.String())
	}
	return strings.Join(out, "; ")
}

func TestLayouts(t *testing.T) {
	for _, c := range []struct {
		name, file string
		want       []string // of each request
		rejected   []int
		left       []int
		ignored    []int
		ask        []string
	}{
		{name: "a public body's log", file: "Public body,Info requested,Requested by,Date,Reply rec'd,Denial?,Comments\n" +
			"School Board,Contract,Jo,1-Feb-24,9-Feb-24,,12 pp\nCounty Jail,Deaths,Jo,15-Mar-24,,yes,\n" +
			"Sheriff,Overtime,Al,\"Mar 16, 2024\",n/a,,\n" +
			"Total,,,3,,,\n",
			want: []string{"2024-02-01 sent; 2024-02-09 determination", "2024-03-15 sent; ? determination outcome=denied",
				"2024-03-16 sent"},
			ignored: []int{5}},
		{name: "groups above the headings, day first, semicolons", file: "Request;;;Response;;\n" +
			"Date;Agency;Records;Date;Result;Exemptions\n" +
			"13/02/2026;Example Fire;Calls;;Pending;\n02/03/2026;Example PD;تقارير;14/04/2026;Granted in part;(b)(6), (b)(7)(C)\n" +
			"30/02/2026;Example PD;None;;;\n",
			want:     []string{"2026-02-13 sent", "2026-03-02 sent; 2026-04-14 determination outcome=partial exemptions=b6,b7C"},
			rejected: []int{5}},
		{name: "FOIA Machine", file: "id,agency_id,status,created,sent,due_date,fullfilled_date,private,num_messages,contacts\n" +
			"1,17,Filed (Request sent),2015-01-02,2015-01-03,2015-02-01,None,False,2,\n" +
			"2,18,Fulfilled,2015-01-02,2015-01-03,,2015-03-01,True,2,\n" +
			"3,18,New (Unsent),2015-01-02,None,None,None,False,0,\n4,18,Deleted,2015-01-02,None,None,None,False,0,\n" +
			"5,18,Response received (but not complete),2015-01-02,2015-01-03,,None,False,0,\n",
			want: []string{"2015-01-03 sent", "2015-01-03 sent; 2015-03-01 determination outcome=granted", "",
				"2015-01-03 sent"},
			left: []int{5}, ask: []string{"agency", "law"}},
		{name: "nothing decides the order of days", file: "Agency,Request,Date sent\nFBI,A,4/5/2026\nFBI,B,5/5/2026\n",
			want: []string{"? sent", "2026-05-05 sent"}, ask: []string{"dates"}},
		{name: "three orders in one column", file: "Agency,Request,Date sent\nFBI,A,13/5/2026\nFBI,B,5/13/2026\nFBI,C,2026-05-06\n" +
			"FBI,D,5/6/2026\n",
			want: []string{"2026-05-13 sent", "2026-05-13 sent", "2026-05-06 sent", "? sent"}, ask: []string{"dates"}},
		{name: "rows are events", file: "When,Who,Office,What happened\n2026-01-05,Ana,DHS,Filed request by portal\n" +
			"2026-01-20,Ana,DHS,Acknowledgment letter\n2026-02-10,Ana,DHS,\"Fee letter, $120.00\"\n" +
			"2026-03-01,Ana,DHS,\"Released 120 pages, (b)(6)\"\n" +
			"2026-03-05,Ana,FBI,Request mailed\n2026-05-05,Ana,FBI,Denied in full b7A\n2026-05-25,Ana,FBI,Appealed\n",
			want: []string{"2026-01-05 sent by=portal; 2026-01-20 acknowledged; 2026-02-10 fee-notice amount=120.00; " +
				"2026-03-01 determination outcome=partial exemptions=b6 pages=120",
				"2026-03-05 sent by=mail; 2026-05-05 determination outcome=denied exemptions=b7A; 2026-05-25 appealed"}},
		{name: "not yet sent, an amount in the status, and pages", file: "Agency,Request,Sent on,Status,Pages released," +
			"Next steps,Last update\nFBI,A,not yet,Open,,call,\nFBI,B,2026-02-01,\"Payment required ($1,200.00)\",,,wrote twice\n" +
			"FBI,C,2026-02-01,Granted,312,,\n", want: []string{"", "2026-02-01 sent; ? fee-notice amount=1200.00",
			"2026-02-01 sent; ? determination outcome=granted pages=312"}},
		{name: "an amount with two readings is no event", file: "Agency,Request,Sent on,Fee quoted\nFBI,A,2026-02-01,\"€ 50,00\"\n",
			want: []string{"2026-02-01 sent"}},
		{name: "days in many ways of writing", file: "Agency,Request,Sent,Answered\nFBI,A,3/14/2026 11:45 PM,\"3 Sept 2026\"\n" +
			"FBI,B,3/2/'26,Sept. 3\nFBI,C,2026-03-02T23:30:00-05:00,week of 7/6/2026\nFBI,D,3. März 2026,TBD\n" +
			"FBI,E,\"Mon., Mar. 2, 2026\",2 de abril de 2026\nFBI,F,3/2/2026 (certified),not by 4/1/2026\n" +
			"FBI,G,2-Mar-26,1900-01-00\nFBI,H,20260302,n/a\nFBI,I,between 3/1 and 3/5/2026,—\n",
			want: []string{"2026-03-14 sent; 2026-09-03 determination", "2026-03-02 sent; ? determination",
				"2026-03-02 sent; ? determination",
				"2026-03-03 sent", "2026-03-02 sent; 2026-04-02 determination", "2026-03-02 sent", "2026-03-02 sent", "2026-03-02 sent",
				"? sent"}},
		{name: "what is beside the request is not the request", file: "Agency,Request,Sent,Waiver granted?," +
			"Expedited denied?,Fee waiver,Status\nFBI,A,2026-01-02,yes,yes,,waiting\n" +
			"FBI,B,2026-01-02,no,no,requested,Deemed denied\nFBI,C,2026-01-02,,,,\"Denied, not appealing\"\n",
			want: []string{"2026-01-02 sent; ? expedited-denied; ? fee-waiver-granted", "2026-01-02 sent",
				"2026-01-02 sent; ? determination outcome=denied"}},
		{name: "numbers that look like days", file: "Request ID,Agency,Request,Sent,Invoice #,Confirmation #\n" +
			"20260105,FBI,A,2026-01-02,1234,1600000000\n20260106,FBI,B,2026-01-02,1235,1600000001\n",
			want: []string{"2026-01-02 sent; ? acknowledged tracking=1600000000", "2026-01-02 sent; ? acknowledged tracking=1600000001"}},
		{name: "several things in one status, each with its day", file: "Agency,Request,Sent,Status\n" +
			"FBI,A,1/15/2026,\"Ack 1/20/26; denied 2/20/26 (b)(7)(A); appealed 3/15/26; appeal denied 5/1/26\"\n" +
			"FBI,B,1/16/2026,Fee est. $1.200\nFBI,C,1/17/2026,$450 estimate rec'd 2/13/26\nFBI,D,1/18/2026,Partial 3/15/26 -> appealed\n" +
			"FBI,E,1/18/2026,\"Received 300 pages 3/20/26, rest denied\"\nFBI,F,1/18/2026,No records 3/15/26. Appeal?\n" +
			"FBI,G,1/18/2026,Extended to 4/17/26\nFBI,H,1/18/2026,NOT denied yet\n",
			want: []string{"2026-01-15 sent; 2026-01-20 acknowledged; 2026-02-20 determination outcome=denied exemptions=b7A; " +
				"2026-03-15 appealed; 2026-05-01 appeal-decided outcome=affirmed", "2026-01-16 sent",
				"2026-01-17 sent; 2026-02-13 fee-notice amount=450",
				"2026-01-18 sent; 2026-03-15 determination outcome=partial; ? appealed",
				"2026-01-18 sent; 2026-03-20 determination outcome=partial pages=300",
				"2026-01-18 sent; 2026-03-15 determination outcome=no-records", "2026-01-18 sent; ? extended until=2026-04-17",
				"2026-01-18 sent"}},
		{name: "a day beside the status, and a review that is an appeal", file: "#,Date,To,Re,Answer,When,Date of internal review\n" +
			"1,1/15/2026,City Hall,Budget,Sent docs,2/15/2026,\n2,1/16/2026,County,Payroll,Refused,2/16/2026,3/16/2026\n",
			want: []string{"2026-01-15 sent; 2026-02-15 determination outcome=granted",
				"2026-01-16 sent; 2026-02-16 determination outcome=denied; 2026-03-16 appealed"}},
		{name: "answers and days in one cell, a legend below", file: "FOIA REQUESTS,,,,\nAgency,Records,Date FOIA'd,Response,Rec'd?\n" +
			"PD,Stops,1/13/26,2/2/26 - denied,\nPD,Force,1/14/26,,N\nFD,Calls,1/15/26,,Y - 2/16/26\nD = denied,,,,\n",
			want: []string{"2026-01-13 sent; 2026-02-02 determination outcome=denied", "2026-01-14 sent",
				"2026-01-15 sent; 2026-02-16 determination outcome=granted"}, ignored: []int{6}},
		{name: "yes where nobody knows the day; one day for grant and denial", file: "Agency,Subject,Date d'envoi,Ack letter," +
			"Denied/Granted,Date of denial/grant\nFBI,A,2026-01-15,Yes,Granted,2026-02-01\nCIA,B,2026-01-16,No,,2026-02-02\n" +
			"NSA,C,2026-01-17,1/20/2026,Denied,\n",
			want: []string{"2026-01-15 sent; ? acknowledged; 2026-02-01 determination outcome=granted",
				"2026-01-16 sent; 2026-02-02 determination", "2026-01-17 sent; 2026-01-20 acknowledged; ? determination outcome=denied"}},
		{name: "the same row twice, and one key for two", file: "Request #,Agency,Subject,Sent,Status\nR-1,FBI,A,2026-01-02,Draft\n" +
			"R-1,FBI,A,2026-01-02,Draft\n" +
			"R-1,FBI,B,2026-01-03,Appeal denied\n",
			want: []string{"", "2026-01-03 sent; ? acknowledged tracking=R-1; ? appealed; ? appeal-decided outcome=affirmed"},
			left: []int{3}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := planOf(t, t.TempDir(), c.file, Answers{})
			var got []string
			for _, q := range p.Requests {
				got = append(got, eventsOf(q))
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
			if !slices.Equal(linesOf(p.Rejected), c.rejected) || !slices.Equal(linesOf(p.LeftOut), c.left) ||
				!slices.Equal(linesOf(p.Ignored), c.ignored) {
				t.Errorf("rejected %v, left out %v, ignored %v", p.Rejected, p.LeftOut, p.Ignored)
			}
			if !slices.Equal(firstWords(p.Ask), c.ask) {
				t.Errorf("asks %q, want %q", p.Ask, c.ask)
			}
		})
	}
}

func TestStatuses(t *testing.T) {
	for word, want := range map[string]string{
		"Pending": "", "waitingInterimResponse": "", "Awaiting response": "", "No response": "", "not received yet": "", "Outstanding": "",
		"recordsGranted": "determination outcome=granted", "recordsPartiallyGranted": "determination outcome=partial",
		"recordsDenied": "determination outcome=denied", "appealGranted": "appealed; appeal-decided outcome=reversed",
		"appealDenied": "appealed; appeal-decided outcome=affirmed", "waitingCourtDecision": "court",
		"Closed - Denied": "determination outcome=denied",
		"Closed":          "closed", "Abandoned": "closed abandoned", "No Responsive Documents": "determination outcome=no-records",
		"No records found": "determination outcome=no-records", "Received – partial": "determination outcome=partial", "Draft": "draft",
		"Not yet sent": "draft", "Glomar": "determination outcome=glomar", "Pending - Awaiting Appeal": "appealed",
		"Denied; may appeal": "determination outcome=denied", "Denied, appealed": "appealed; determination outcome=denied",
		"Acknowledged":        "acknowledged",
		"Needs clarification": "clarification-requested", "blue": "asked", "Payment Required": "fees",
		"Rec'd partial": "determination outcome=partial", "Rec'd": "determination",
		"Granted w/ redactions": "determination outcome=partial", "Fees $300": "fees", "Rolling production": "interim-release",
		"Closed - unable to locate": "determination outcome=no-records", "Delivered": "determination outcome=granted", "To do": "draft",
		"Withdrawn": "closed withdrawn",
	} {
		t.Run(word, func(t *testing.T) {
			told := tell(word)
			var parts []string
			for _, e := range told.events {
				parts = append(parts, e.String())
			}
			for _, part := range []struct {
				name string
				is   bool
			}{{"draft", told.draft}, {"court", told.court}, {"fees", told.fees}, {"asked", told.asked},
				{strings.TrimSpace("closed " + told.reason), told.ended && len(told.events) == 0}} {
				if part.is {
					parts = append(parts, part.name)
				}
			}
			if got := strings.Join(parts, "; "); got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

// An answer takes the place of what would be asked.
func TestAnswers(t *testing.T) {
	p := planOf(t, t.TempDir(), "Agency,Request,Date sent,Status\nFBI,A,4/5/2026,blue\n", Answers{Dates: workday.DayFirst,
		Statuses: map[string]string{"blue": "determination outcome=denied"}})
	if got := eventsOf(p.Requests[0]); got != "2026-05-04 sent; ? determination outcome=denied" || len(p.Ask) > 0 {
		t.Errorf("got %s, asks %v", got, p.Ask)
	}
}

// Every row of a file is told of once, whatever its cells are; a second reading says the same; and a day that is in no cell
// is in no event.
func TestEveryRow(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.OneOf(rapid.SampledFrom([]string{"", "2026-05-06", "5/6/2026", "13/6/2026", "6/13/2026", "0000-00-00", "soon",
			"Denied 5/4/26 (b)(5)",
			"TOTAL", "yes", "no", "Awaiting Appeal", "$1,200.50", "1770008400000", "Maryland", "تقارير", "\u202eabc\u0007"}),
			rapid.StringMatching(`[A-Za-z0-9 ,;/"-]{0,12}`))
		heads := []string{"Agency", "Title", "Date sent", "Status", "Date received", "Case #", "Fee paid", "Notes", "Deleted"}
		n := rapid.IntRange(1, len(heads)).Draw(t, "columns")
		text := strings.Join(heads[:n], ",") + "\n"
		rows := rapid.IntRange(0, 12).Draw(t, "rows")
		filled, days := 0, ""
		for range rows {
			var cells []string
			said := false
			for range n {
				c := cell.Draw(t, "cell")
				days += c + "\n"
				said = said || strings.TrimSpace(c) != ""
				cells = append(cells, `"`+strings.ReplaceAll(c, `"`, `""`)+`"`)
			}
			if said {
				filled++
			}
			text += strings.Join(cells, ",") + "\n"
		}
		p := planOf(t, dir, text, Answers{})
		seen := map[int]int{}
		for _, q := range p.Requests {
			for _, o := range q.Rows {
				seen[o.Line]++
			}
			for _, e := range q.Events {
				if e.On != nil && !stands(days, *e.On) {
					t.Fatalf("%s on %s is not in\n%s", e.Kind, e.On, text)
				}
			}
		}
		for _, lines := range [][]Line{p.Rejected, p.LeftOut, p.Ignored} {
			for _, l := range lines {
				seen[l.Line]++
			}
		}
		for line, times := range seen {
			if times != 1 {
				t.Fatalf("line %d is told of %d times\n%s", line, times, text)
			}
		}
		if len(seen) != filled {
			t.Fatalf("%d of %d rows are told of\n%s", len(seen), filled, text)
		}
		if again := planOf(t, dir, text, Answers{}); !reflect.DeepEqual(again, p) {
			t.Fatalf("a second reading differs")
		}
	})
}

// stands tells whether a day stands in a text in one of the ways of writing.
func stands(text string, d workday.Date) bool {
	t := d.Midnight()
	for _, layout := range []string{"2006-01-02", "1/2/2006", "2/1/2006", "1/2/06", "2/1/06"} {
		if strings.Contains(text, t.Format(layout)) {
			return true
		}
	}
	return strings.Contains(text, "1770008400000") || strings.Contains(text, fmt.Sprint(t.Format("20060102")))
}

// manyRows is a tracker of n requests.
func manyRows(n int) string {
	var text strings.Builder
	text.WriteString("Request #,Agency,Subject,Sent,Status,Date received,Notes\n")
	for i := range n {
		fmt.Fprintf(&text, "R-%d,Example Agency %d,Records %d,%d/%d/2026,Denied,,called\n", i, i%50, i, i%12+1, i%28+1)
	}
	return text.String()
}

func BenchmarkRead(b *testing.B) {
	text, dir := manyRows(100_000), b.TempDir()
	b.ReportAllocs()
	for b.Loop() {
		if p := planOf(b, dir, text, Answers{}); len(p.Requests) != 100_000 {
			b.Fatal(len(p.Requests))
		}
	}
}

// TestManyRows: a tracker of very many requests takes less than eight kilobytes of memory for each.
func TestManyRows(t *testing.T) {
	n := longtest.Count(20_000, 100_000)
	text, dir := manyRows(n), t.TempDir()
	peak, took := longtest.Cost(func() { planOf(t, dir, text, Answers{}) })
	t.Logf("%d rows: %d MB in %s", n, peak>>20, took)
	if most := int64(n) * 8 << 10; peak > most {
		t.Errorf("%d rows took %d MB, more than %d", n, peak>>20, most>>20)
	}
}

// A request that MuckRock's export has twice is taken once, and the day it ended is no event of its own unless its status says so.
func TestMuckRockTwice(t *testing.T) {
	head := "User,Title,Status,URL,Jurisdiction,Jurisdiction Level,Jurisdiction State,Agency,Tracking Number,Date Submitted,Date Done\n"
	row := "u,T,Payment Required,https://www.muckrock.com/foi/x-1/t-77/,Maryland,State,Maryland,PD,,2026-01-02 12:00:00+00:00," +
		"2026-02-02 12:00:00+00:00\n"
	p := planOf(t, t.TempDir(), head+row+strings.Replace(row, ",T,", ",T again,", 1), Answers{})
	if len(p.Requests) != 1 || eventsOf(p.Requests[0]) != "2026-01-02 sent proof=MuckRock https://www.muckrock.com/foi/x-1/t-77/" ||
		!slices.Equal(linesOf(p.LeftOut), []int{3}) || len(p.Duplicates) != 1 || *p.Requests[0].Law != "us-md" {
		t.Errorf("%d requests, %q, left out %v, twice %v", len(p.Requests), eventsOf(p.Requests[0]), p.LeftOut, p.Duplicates)
	}
}
