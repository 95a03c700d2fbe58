package docket

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"foia/internal/remedy"
	"foia/internal/workday"
)

// propose checks a line, as in the lives, against a request of April 7, 2025.
func propose(t *testing.T, before, line string, again bool) (Event, []string, error) {
	t.Helper()
	return proposeTo(t, "", "", before, line, again)
}

// proposeTo does so for a request to an office under a law.
func proposeTo(t *testing.T, office, lawID, before, line string, again bool) (Event, []string, error) {
	t.Helper()
	events := history(t, before)
	e := anEventOf(t, 0, line)
	e.Seq = 0
	p := Proposed{Request: Request{ID: "2025-0001", OfficeID: office, Law: lawID, Created: workday.MustDate("2025-04-07"),
		Facts: map[string]string{"fee_category": "media", "expedited": NotAsked, "fee_waiver": NotAsked}},
		Events: events, Event: e, Today: workday.MustDate("2025-12-31"), Book: basis(t).Book, Again: again}
	return p.Check()
}

// history is the events that are told, a line each.
func history(t *testing.T, lines string) []Event {
	t.Helper()
	var events []Event
	for l := range strings.SplitSeq(lines, "\n") {
		if l != "" {
			events = append(events, anEventOf(t, len(events)+1, l))
		}
	}
	return events
}

const begun = "2025-04-07 drafted\n2025-04-08 sent by=portal\n2025-04-09 acknowledged received=2025-04-08 tracking=F-1\n2025-05-06 " +
	"determination outcome=denied exemptions=b5"

// What cannot be is refused with its reason.
func TestCheckRefuses(t *testing.T) {
	for _, row := range []struct{ before, line, why string }{
		{begun, "2025-05-07 drafted", "“drafted” is not an event you can record"},
		{begun, "2025-05-07 letter-made letter=status", "“letter-made” is not an event you can record"},
		{begun, "2025-05-07 vanished", "“vanished” is not an event you can record"},
		{begun, "2026-01-01 note note=x", "is in the future: today is December 31, 2025"},
		{begun, "2025-04-06 received", "is before the request, which is dated April 7, 2025"},
		{begun, "2025-04-07 received", "it cannot have been received on April 7, 2025: it was sent on April 8, 2025"},
		{begun, "2025-05-07 note", "the note is empty"},
		{begun, "2025-05-07 file", "no file was named"},
		{begun, "2025-05-07 determination", "“determination” needs outcome"},
		{begun, "2025-05-07 determination outcome=maybe", "outcome: \"maybe\" is not one of granted, partial"},
		{begun, "2025-05-07 determination outcome=denied exemptions=b7", "exemptions: there is no exemption \"b7\""},
		{begun, "2025-05-07 determination outcome=denied exemptions=b5,b10", "exemptions: there is no exemption \"b10\""},
		{begun, "2025-05-07 determination outcome=denied pages=many", "pages: \"many\" is not a number"},
		{begun, "2025-05-07 determination outcome=denied pages=1.234",
			"pages: \"1.234\" has three digits after the point; it may be 1,234"},
		{begun, "2025-05-07 determination outcome=denied pages=-1", "pages: \"-1\" is not a number"},
		{begun, "2025-05-07 determination outcome=denied appeal-by=2025-05-01",
			"appeal-by: May 1, 2025 is before the letter that gives it"},
		{begun, "2025-05-07 determination outcome=denied appeal-by=06/05/2025", "June 5, 2025 or May 6, 2025"},
		{begun, "2025-05-07 sent outcome=denied", "outcome does not apply to “sent”"},
		{begun, "2025-05-07 extended grounds=voluminous,bad-luck", "\"bad-luck\" is not one of field-facilities"},
		{begun, "2025-05-07 extended grounds=none,voluminous", "\"none,voluminous\" contradicts itself"},
		{begun, "2025-05-07 extended grounds=,", "\",\" contradicts itself"},
		{begun, "2025-05-07 message-fetched", "the log has no record of a message in the agency's portal"},
		{begun, "2025-05-07 message-waiting until=2025-05-01", "until: May 1, 2025 is before the notice"},
		{begun, "2025-05-07 renumbered", "needs tracking"},
		{begun, "2025-05-07 renumbered tracking=F-2 for=fun", "for: \"fun\" is not one of request, appeal, referral"},
		{begun, "2025-05-07 category-requested", "needs category"},
		{begun, "2025-05-07 letter-sent letter=2", "“letter-sent” is not an event you can record"},
		{begun, "2025-05-07 sent received=2025-05-09", "received goes with letter here"},
		{begun, "2025-05-07 withdrawn received=2025-05-01", "is before it was sent"},
		{begun, "2025-05-07 extended until=2025-05-01", "until: May 1, 2025 is before the notice"},
		{begun, "2025-05-07 fee-notice", "needs amount"},
		{begun, "2025-05-07 fee-notice amount=lots", "\"lots\" is not an amount of money"},
		{begun, "2025-05-07 fee-notice amount=1.5.5", "\"1.5.5\" is not an amount of money"},
		{begun, "2025-05-07 acknowledged received=2025-05-08", "received: May 8, 2025 is after the acknowledgment"},
		{begun, "2025-05-07 acknowledged received=2025-04-01", "is before the request"},
		{begun, "2025-05-07 perfected received=2025-05-01", "is before it was sent"},
		{begun, "2025-05-07 clarification-answered", "the log has no record of the agency's question by that date"},
		{begun, "2025-05-07 fee-answered", "the log has no record of the agency's notice of fees"},
		{begun, "2025-05-07 still-interested-answered", "the log has no record of the agency's letter"},
		{begun, "2025-05-07 appeal-received", "the log has no record of your appeal"},
		{begun, "2025-05-07 appeal-decided outcome=affirmed", "the log has no record of your appeal"},
		{begun, "2025-05-07 ogis-closed", "the log has no record of the opening"},
		{begun, "2025-05-05 appealed", "the log has no decision by May 5, 2025"},
		{begun, "2025-05-07 appealed of=expedition", "the log has no decision on expedition"},
		{begun, "2025-05-07 appealed of=weather", "of: \"weather\" is not one of determination"},
		{begun, "2025-05-07 category-assigned category=friend", "category: \"friend\" is not one of media"},
		{begun, "2025-05-07 correction of=9 reason=x", "request 2025-0001 has no event 9"},
		{begun, "2025-05-07 correction of=1 reason=x", "cannot be corrected: the letter has been made"},
		{begun, "2025-05-07 correction of=2", "needs reason"},
		{begun + "\n2025-05-07 correction of=2 reason=x", "2025-05-07 correction of=2 reason=y", "event 2 has already been corrected"},
		{begun, "2025-05-07 suit-filed court=D.D.C.", "needs docket"},
	} {
		_, _, err := propose(t, row.before, row.line, false)
		var refusal *remedy.Error
		if !errors.As(err, &refusal) || !strings.Contains(remedy.Plain(refusal.What), row.why) || refusal.Do == "" {
			t.Errorf("%s: %v; want %q with a remedy", row.line, err, row.why)
		}
	}
	var repeated *Repeated
	if _, _, err := propose(t, begun, "2025-05-06 determination outcome=denied exemptions=(b)(5)", false); !errors.As(err, &repeated) ||
		repeated.Event.Seq != 4 {
		t.Errorf("the same in other words: %v", err)
	}
	if _, _, err := propose(t, begun, "2025-05-06 determination outcome=denied exemptions=b5", true); err != nil {
		t.Errorf("it happened twice: %v", err)
	}
}

// Details are brought into one form.
func TestCheckReads(t *testing.T) {
	for line, want := range map[string]map[string]string{
		`2025-05-07 determination outcome=partial exemptions="7e; (b)(5) B6,b5"`: {"outcome": "partial", "exemptions": "b5,b6,b7E"},
		`2025-05-07 fee-notice amount=$1,200.50`:                                 {"amount": "1200.50"},
		`2025-05-07 extended until="June 2, 2025"`:                               {"until": "2025-06-02"},
		// DoD and State give neither a number of days nor a date; IRS, USDA and Illinois both.
		`2025-05-07 extended`:                                          {},
		`2025-05-07 extended days=10 until=2025-05-20`:                 {"days": "10", "until": "2025-05-20"},
		`2025-05-07 extended grounds="consultation, field-facilities"`: {"grounds": "field-facilities,consultation"},
		`2025-05-07 interim-release withheld=3 exemptions=b6 records=9 appeal-by=2025-08-05 appeal-to="OIP, Washington"`: {
			"withheld": "3", "exemptions": "b6", "records": "9", "appeal-by": "2025-08-05", "appeal-to": "OIP, Washington"},
		`2025-05-07 determination outcome=denied exemptions=b3 statute="26 U.S.C. § 6103" records=4 withheld-records=4`: {
			"outcome": "denied", "exemptions": "b3", "statute": "26 U.S.C. § 6103", "records": "4", "withheld-records": "4"},
		`2025-05-07 renumbered tracking=" EPA-R3-2023-002768" replaces=EPA-2023-002768 for=request`: {
			"tracking": "EPA-R3-2023-002768", "replaces": "EPA-2023-002768", "for": "request"},
		`2025-05-07 undelivered reason="mailbox full"`:                   {"reason": "mailbox full"},
		`2025-05-07 consulted with=DIA`:                                  {"with": "DIA"},
		`2025-05-07 ruling-requested authority="Attorney General"`:       {"authority": "Attorney General"},
		`2025-05-07 fee-waiver-granted part="the search" discretion=yes`: {"part": "the search", "discretion": "yes"},
		`2025-05-07 category-requested category=media by=email received=2025-05-08`: {"category": "media", "by": "email",
			"received": "2025-05-08"},
		`2025-05-07 fee-notice amount=300 deposit="50 %" search=120`: {"amount": "300", "deposit": "50%", "search": "120"},
		`2025-05-07 acknowledged tracking=" F-2 "`:                   {"tracking": "F-2"},
	} {
		e, _, err := propose(t, begun, line, false)
		if err != nil || !maps.Equal(e.Data, want) {
			t.Errorf("%s: %v, %v", line, e.Data, err)
		}
	}
}

// What is unusual is said and recorded.
func TestCheckUnusual(t *testing.T) {
	for _, row := range []struct{ before, line, says string }{
		{begun, "2025-05-07 sent by=mail", "does not restart the clock"},
		{"2025-04-07 drafted", "2025-05-07 acknowledged", "does not say when the request was sent"},
		{begun + "\n2025-06-01 closed", "2025-06-02 interim-release", "was closed on June 1, 2025"},
		{begun, "2025-06-02 determination outcome=granted", "this one replaces it"},
		{"2025-04-07 drafted\n2025-04-08 sent\n2025-05-06 received", "2025-05-01 determination outcome=granted",
			"before the request was received"},
		{begun, "2025-05-07 expedited-granted", "did not ask for expedited processing"},
		{begun, "2025-05-07 fee-waiver-denied", "did not ask for a fee waiver"},
		{begun, "2025-05-07 extended days=30", "more than 10 working days"},
	} {
		_, unusual, err := propose(t, row.before, row.line, false)
		if err != nil || !strings.Contains(strings.Join(unusual, "\n"), row.says) {
			t.Errorf("%s: %q, %v; want %q", row.line, unusual, err, row.says)
		}
	}
	if _, unusual, err := propose(t, begun, "2025-05-07 note note=x", false); err != nil || len(unusual) > 0 {
		t.Errorf("a note is not unusual: %q, %v", unusual, err)
	}
}

// The stations of an appeal: shown from 30 days ahead, the last day after the safe
// one, and not for ever when it was missed.
func TestAgenda(t *testing.T) {
	day := workday.MustDate
	deadlines := []Deadline{
		{What: DueDetermination, Who: Agency, Due: day("2025-06-20"), Lenient: day("2025-06-24"), Event: 2},
		{What: DueAppeal, Of: "determination", Who: You, Due: day("2025-08-04"), Last: day("2025-09-15"), Event: 4},
		{What: DueAppealLast, Of: "determination", Who: You, Due: day("2025-09-15"), Event: 4},
		{What: DueFees, Who: You, Due: day("2025-06-10"), Met: day("2025-06-09")},
		{What: DueClarification, Who: You, Due: day("2025-06-10"), Over: "closed"},
		{What: DueInterest, Who: You, Why: "unknown"},
	}
	for on, want := range map[string]string{
		"2025-06-05": "",
		"2025-06-06": "determination 14",
		"2025-06-24": "determination -4",
		"2025-07-04": "determination -14",
		"2025-07-05": "appeal 30; determination -15",
		"2025-08-04": "appeal 0; determination -45",
		"2025-08-05": "determination -46",
		"2025-08-16": "appeal, last day by the letter or the rule 30; determination -57",
		"2025-09-16": "appeal, last day by the letter or the rule -1; determination -88",
		"2025-10-15": "appeal, last day by the letter or the rule -30; determination -117",
		"2025-10-16": "determination -118",
	} {
		items := Agenda("2025-0001", deadlines, day(on), 14)
		SortItems(items)
		var got []string
		for _, i := range items {
			got = append(got, fmt.Sprintf("%s %d", i.What, i.DaysLeft))
		}
		// Overdue comes first: of these the appeal is yours, and before theirs.
		wantItems := strings.Split(want, "; ")
		if want == "" {
			wantItems = nil
		}
		if len(got) != len(wantItems) || !sameSet(got, wantItems) {
			t.Errorf("on %s: %q, want %q", on, got, wantItems)
		}
	}
}

// A day that holds in one case only is no day like another: here the year of § 58 Abs. 2 VwGO,
// if the decision did not say how to object.
func TestAgendaInOneCase(t *testing.T) {
	due := workday.MustDate("2027-03-12")
	deadlines := []Deadline{{What: DueAppealLast, Of: "determination", Who: You, Due: due, If: "the decision did not say how"}}
	const want = "appeal, last day by the letter or the rule, in one case only"
	items := Agenda("2026-0001", deadlines, workday.MustDate("2027-03-01"), 14)
	if len(items) != 1 || items[0].What != want || items[0].Title() != want || deadlines[0].Title() != want {
		t.Errorf("got %+v, %s", items, deadlines[0].Title())
	}
	// As it comes back from a list it is shown as long before, and as long after.
	listed := deadlines[0]
	listed.What, listed.If = listed.Listed(), ""
	for on, shown := range map[string]int{"2027-02-09": 0, "2027-02-10": 1, "2027-04-11": 1, "2027-04-12": 0} {
		if got := Agenda("2026-0001", []Deadline{listed}, workday.MustDate(on), 14); len(got) != shown {
			t.Errorf("on %s: %d lines, want %d", on, len(got), shown)
		}
	}
}

func TestSortItems(t *testing.T) {
	items := []Item{{ID: "a", Who: Agency, DaysLeft: 3}, {ID: "b", Who: You, DaysLeft: 9}, {ID: "c", Who: Agency, DaysLeft: -5},
		{ID: "d", Who: You, DaysLeft: -1}, {ID: "e", Who: Agency, DaysLeft: -9}}
	SortItems(items)
	got := ""
	for _, i := range items {
		got += i.ID
	}
	if got != "decba" {
		t.Errorf("got %s", got)
	}
}

func sameSet(a, b []string) bool {
	a, b = slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b))
	return slices.Equal(a, b)
}

// Who recorded the same before is named, as far as the log knows.
func TestRepeatedByWhom(t *testing.T) {
	const said = "this is already in the log: event 2, sent on 2025-04-08"
	for entered, e := range map[string]Event{
		"": {},
		", entered by ana on desk-3 at 2025-04-08 14:30 UTC": {By: "ana", Machine: "desk-3", Recorded: "2025-04-08T10:30:00-04:00"},
		", entered by ana at 2025-04-08 14:30 UTC":           {By: "ana", Recorded: "2025-04-08T14:30:00Z"},
		", entered by someone on desk-3":                     {Machine: "desk-3", Recorded: "yesterday"},
	} {
		e.Seq, e.Kind, e.On = 2, Sent, workday.MustDate("2025-04-08")
		if got := (&Repeated{e}).Error(); got != said+entered {
			t.Errorf("%s, want %s", got, said+entered)
		}
	}
}

// Details come in the spellings of people and programs, and are kept in one. What cannot
// be seen is left out, with one note.
func TestDetailsAsPasted(t *testing.T) {
	for _, row := range []struct{ line, name, want string }{
		{"2025-05-07 acknowledged tracking=\"2025-F\u200b-00\u00ad99\"", "tracking", "2025-F-0099"},
		{"2025-05-07 acknowledged tracking=\"2025\u2011F\u20110099\"", "tracking", "2025-F-0099"},
		{"2025-05-07 acknowledged received=\"\u200e5\u200e/\u200e6\u200e/\u200e2025 2:30 PM\" tracking=x", "received", ""},
		// May 6 or June 5
		{`2025-05-07 acknowledged received="Tue, 6 May 2025 09:14:00 -0400 (EDT)" tracking=x`, "received", "2025-05-06"},
		{`2025-05-07 acknowledged received=2025-05-06T13:14:00Z tracking=x`, "received", "2025-05-06"},
		{`2025-05-07 acknowledged received=2025/05/06 tracking=x`, "received", "2025-05-06"},
		{`2025-05-07 determination outcome=partial pages=1,234`, "pages", "1234"},
		{"2025-05-07 determination outcome=partial pages=\"1\u202f234\"", "pages", "1234"},
		{"2025-05-07 note note=\"see \ufb01le\ufeff\"", "note", "see file"},
	} {
		e, unusual, err := propose(t, begun, row.line, false)
		if (err == nil) != (row.want != "") || err == nil && e.Data[row.name] != row.want {
			t.Errorf("%s: %v, %v; want %q", row.line, e.Data, err, row.want)
		}
		notes := 0
		for _, u := range unusual {
			if strings.Contains(u, "cannot be seen") {
				notes++
			}
		}
		if unseen := strings.ContainsAny(row.line, "\u200b\u00ad\ufeff"); err == nil && (notes == 1) != unseen {
			t.Errorf("%s: %q", row.line, unusual)
		}
	}
}

// A date that can be read in two ways is read as the user writes dates.
func TestDetailsInOrder(t *testing.T) {
	for order, want := range map[workday.Order]string{workday.MonthFirst: "2025-05-06", workday.DayFirst: "2025-06-05"} {
		p := Proposed{Dates: order, Today: workday.MustDate("2025-11-23")}
		if got, err := p.read(Detail{Name: "until", Type: Day}, "5/6/2025"); err != nil || got != want {
			t.Errorf("%s: %s, %v", order, got, err)
		}
	}
	p := Proposed{Today: workday.MustDate("2025-11-23")}
	if got, err := p.read(Detail{Name: "until", Type: Day}, "yesterday"); err != nil || got != "2025-11-22" {
		t.Errorf("yesterday: %s, %v", got, err)
	}
}

// A huge value is refused at once, in few words.
func TestDetailsHuge(t *testing.T) {
	for _, name := range []string{"tracking", "received", "note", "by"} {
		huge := strings.Repeat("1,", 8<<20)
		e := Event{Kind: Acknowledged, On: workday.MustDate("2025-05-07"), Data: map[string]string{name: huge}}
		_, _, err := Proposed{Event: e, Today: e.On}.Check()
		var refusal *remedy.Error
		if !errors.As(err, &refusal) || len(refusal.What)+len(refusal.Do) > 1000 {
			t.Errorf("--%s of %d bytes: %.300v", name, len(huge), err)
		}
	}
}
