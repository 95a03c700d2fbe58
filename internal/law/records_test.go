package law

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"foia/internal/workday"
)

func records(t testing.TB) *RecordsBook {
	t.Helper()
	b, err := LoadRecords()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// lawFiles are the files of the laws of states and countries.
func lawFiles(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob("laws/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(files, func(f string) bool { return f == "laws/us-federal.yaml" || f == "laws/reminder.yaml" })
}

// Nothing is verified that the facts call unverified, be it as a whole or in part.
func TestVerified(t *testing.T) {
	p := &PublicRecords{Unverified: []string{"appeals[0].deadline_days", "fees", "response.stages[1]"}, OneSource: []string{"purpose"}}
	for field, want := range map[string]bool{
		"appeals[0].deadline_days": false, "appeals[0]": false, "appeals": false, "appeals[0].to": true, "appeals[1]": true,
		"fees": false, "fees.search": false, "response.stages[0]": true, "response.stages[1]": false, "response.stages[1].days": false,
		"response.stages[10]": true, "response.text": true, "purpose": false, "purpose.text": false, "requester": true,
	} {
		if p.Verified(field) != want {
			t.Errorf("%s: %v", field, !want)
		}
	}
}

// Nothing is wrong with the laws that foia has: no sentence rests on what nobody read,
// and nothing is counted that a law does not give (see Check).
func TestLaws(t *testing.T) {
	for _, file := range lawFiles(t) {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		_, faults := Check(raw, file, nil)
		for _, f := range faults {
			t.Errorf("%v [%s]: %s", f, f.Rule, f.Remedy)
		}
	}
}

// The day on which foia suggests to ask is a number of working days.
func TestReminder(t *testing.T) {
	oh, _ := records(t).Law("us-oh")
	if r := oh.Reminder; r.Days < 1 || r.Unit != workday.WorkingDays {
		t.Errorf("the reminder is %v", r)
	}
}

// Which laws say in days when the answer is due, and not only an acknowledgment: Tex. Gov't
// Code § 552.221(d), FOIA 2000 s. 10(1); A.R.S. 39-171(A) is on acknowledging; R.C. 149.43(B)(1)
// and Fla. Stat. 119.07(1)(c) have no number.
func TestAnswerNumber(t *testing.T) {
	for id, want := range map[string]bool{"us-tx": true, "gb": true, "us-il": true, "us-az": false, "us-oh": false, "us-fl": false} {
		p, _ := mustRecords().Law(id)
		if _, got := p.Regime().Rule(TopicNumber); got != want {
			t.Errorf("%s answers by a number of days: %v", id, got)
		}
	}
}

// Fees are in the currency of the law (ISO 4217).
func TestCurrency(t *testing.T) {
	for id, want := range map[string]string{"gb": "GBP", "ca": "CAD", "au": "AUD", "de": "EUR", "eu": "EUR", "ie": "EUR", "us-tx": "USD",
		"us-federal": "USD", "": "USD"} {
		if got := book(t).Currency(id); got != want {
			t.Errorf("%s: %s, want %s", id, got, want)
		}
	}
}
