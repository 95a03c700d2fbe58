package docket

import (
	"errors"
	"strings"
	"testing"

	"foia/internal/remedy"
)

const twoAppeals = begun + "\n2025-05-07 fee-waiver-denied\n2025-05-10 appealed of=determination\n2025-05-12 appealed of=fee-waiver"

// Which appeal a letter is about is filled in where only one is open on its day, and
// must be told where there are more.
func TestWhichAppeal(t *testing.T) {
	for _, row := range []struct{ before, line, of, why string }{
		{begun + "\n2025-05-10 appealed", "2025-05-12 appeal-received", "determination", ""},
		{twoAppeals, "2025-05-11 appeal-received", "determination", ""}, // the second came later
		{twoAppeals, "2025-05-13 appeal-received of=fee-waiver", "fee-waiver", ""},
		{twoAppeals + "\n2025-06-01 appeal-decided of=fee-waiver outcome=affirmed", "2025-06-02 appeal-extended days=10", "determination",
			""},
		{twoAppeals + "\n2025-06-01 appeal-decided outcome=affirmed", "2025-06-02 appeal-decided outcome=affirmed", "",
			"more than one appeal"}, // an older log: which one was decided is not known
		{begun + "\n2025-05-10 appealed\n2025-06-01 appeal-decided outcome=affirmed", "2025-06-05 appeal-decided outcome=remanded",
			"determination", ""},
		{twoAppeals, "2025-05-13 appeal-received", "", "more than one appeal was open: determination (May 10, 2025), fee-waiver " +
			"(May 12, 2025)"},
		{twoAppeals, "2025-05-13 appeal-extended days=5", "", "more than one appeal was open"},
		{twoAppeals, "2025-05-13 appeal-decided outcome=affirmed", "", "more than one appeal was open"},
		{twoAppeals, "2025-05-13 appeal-decided outcome=affirmed of=expedition", "",
			"of: the log has no appeal (expedition) by May 13, 2025"},
		{twoAppeals, "2025-05-11 appeal-decided outcome=affirmed of=fee-waiver", "",
			"of: the log has no appeal (fee-waiver) by May 11, 2025"},
	} {
		e, _, err := propose(t, row.before, row.line, false)
		var refusal *remedy.Error
		if row.why == "" && (err != nil || e.Data["of"] != row.of) || row.why != "" &&
			(!errors.As(err, &refusal) || !strings.Contains(remedy.Plain(refusal.What), row.why) || refusal.Do == "") {
			t.Errorf("%s: %v, %v", row.line, e.Data, err)
		}
	}
	_, _, err := propose(t, twoAppeals, "2025-05-13 appeal-received", false)
	if hint := err.(*remedy.Error).Do; !strings.Contains(remedy.Plain(hint), "of determination or of fee-waiver") {
		t.Errorf("the flags are named: %s", hint)
	}
}

// Silence can be recorded as appealed where no decision stands, with what that means
// for the office: 43 C.F.R. 2.58(c), 26 C.F.R. 601.702(c)(10)(i); the Act knows no such
// appeal, 5 U.S.C. 552(a)(6)(C)(i).
func TestAppealOfSilence(t *testing.T) {
	const pending = "2025-04-07 drafted\n2025-04-08 sent by=portal"
	for _, row := range []struct{ office, law, says string }{
		{"doi-blm", "", "For this office: an appeal may be filed any time after the time limit for responding to the request has passed " +
			"(43 C.F.R. § 2.58(c))"},
		{"treasury-irs", "", "is not among them; it exhausts the administrative remedies, § 601.702(c)(12) " +
			"(26 C.F.R. § 601.702(c)(10)(i))"},
		{"epa-hq", "", "lets you sue at once (5 U.S.C. § 552(a)(6)(C)(i)). Some agencies invite such an appeal; foia does not know " +
			"whether this one does"},
		{"office", "us-md", ""},
		{"office", "somewhere", "foia does not know whether this law gives an appeal from silence"},
	} {
		e, unusual, err := proposeTo(t, row.office, row.law, pending, "2025-06-01 appealed of=silence", false)
		if err != nil || e.Data["of"] != Silence || !strings.Contains(strings.Join(unusual, "\n"), row.says) {
			t.Errorf("%s: %q, %v", row.office, unusual, err)
		}
	}
	if _, unusual, err := proposeTo(t, "office", "us-ct", pending, "2025-06-01 appealed of=silence", false); err != nil ||
		!strings.Contains(strings.Join(unusual, "\n"), "silence counts as a denial") {
		t.Errorf("Connecticut: %q, %v", unusual, err)
	}
	_, _, err := propose(t, begun, "2025-06-01 appealed of=silence", false)
	var refusal *remedy.Error
	if !errors.As(err, &refusal) || !strings.Contains(remedy.Plain(refusal.What), "the agency decided the request on May 6, 2025") {
		t.Errorf("it was decided: %v", err)
	}
	if _, _, err := propose(t, begun, "2025-05-01 appealed of=silence", false); err != nil {
		t.Errorf("before the decision: %v", err)
	}
	remanded := begun + "\n2025-05-10 appealed\n2025-06-01 appeal-decided outcome=remanded"
	if _, _, err := propose(t, remanded, "2025-09-01 appealed of=silence", false); err != nil {
		t.Errorf("after a remand: %v", err)
	}
	if e, _, err := propose(t, pending+"\n2025-06-01 appealed of=silence", "2025-06-03 appeal-received", false); err != nil ||
		e.Data["of"] != Silence {
		t.Errorf("its receipt: %v, %v", e.Data, err)
	}
}

// A later letter may ask for another category: then the one assigned is adverse, if
// it is not that.
func TestCategoryAskedLater(t *testing.T) {
	const assigned = begun + "\n2025-05-07 category-requested category=educational\n2025-05-08 category-assigned category=media"
	if _, _, err := propose(t, assigned, "2025-05-10 appealed of=fee-category", false); err != nil {
		t.Errorf("media was assigned, educational asked for: %v", err)
	}
	const granted = begun + "\n2025-05-07 category-requested category=educational\n2025-05-08 category-assigned category=educational"
	if _, _, err := propose(t, granted, "2025-05-10 appealed of=fee-category", false); err == nil {
		t.Error("what was asked for was assigned, and can be appealed")
	}
}

// What was asked for by a later letter was asked for.
func TestAskedLater(t *testing.T) {
	for before, line := range map[string]string{
		"2025-05-01 expedition-requested": "2025-05-07 expedited-denied",
		"2025-05-01 fee-waiver-requested": "2025-05-07 fee-waiver-granted",
	} {
		if _, unusual, err := propose(t, begun+"\n"+before, line, false); err != nil ||
			strings.Contains(strings.Join(unusual, "\n"), "did not ask") {
			t.Errorf("%s: %q, %v", line, unusual, err)
		}
		if _, unusual, _ := propose(t, begun+"\n"+strings.Replace(before, "05-01", "05-09", 1), line,
			false); !strings.Contains(strings.Join(unusual, "\n"), "did not ask") {
			t.Errorf("%s, before it was asked: %q", line, unusual)
		}
	}
}

// A correction names what rests on the event, and on what rests on it.
func TestLeftWithoutGround(t *testing.T) {
	const appealed = begun + "\n2025-05-09 letter-made letter=appeal\n2025-05-10 appealed of=determination letter=5\n2025-05-12 " +
		"appeal-received of=determination\n2025-06-01 appeal-decided of=determination outcome=affirmed"
	for _, row := range []struct {
		before, of string
		want       []string
	}{
		{appealed, "4", []string{"event 5, letter-made on May 9, 2025 (appeal), speaks of",
			"event 6, appealed on May 10, 2025, loses its ground: correct it too (of 6)", "event 7, appeal-received on",
			"event 8, appeal-decided on"}},
		{appealed, "6", []string{"event 7, appeal-received", "event 8, appeal-decided"}},
		{appealed, "3", nil},
		{begun + "\n2025-05-07 determination outcome=denied\n2025-05-10 appealed", "4", nil}, // the other decision is left
		{"2025-04-07 drafted\n2025-04-08 sent\n2025-04-10 clarification-requested\n2025-04-12 clarification-answered", "3",
			[]string{"event 4, clarification-answered"}},
		{"2025-04-07 drafted\n2025-04-08 sent\n2025-04-10 fee-notice amount=1\n2025-04-12 fee-answered\n2025-04-13 " +
			"ogis-opened\n2025-04-14 ogis-closed", "5", []string{"event 6, ogis-closed"}},
		{"2025-04-07 drafted\n2025-04-08 sent\n2025-04-10 message-waiting\n2025-04-12 message-fetched", "3",
			[]string{"event 4, message-fetched"}},
	} {
		_, unusual, err := propose(t, row.before, "2025-07-01 correction reason=x of="+row.of, false)
		if err != nil || len(unusual) != len(row.want) {
			t.Errorf("%s: %q, %v", row.of, unusual, err)
			continue
		}
		for i, want := range row.want {
			if !strings.HasPrefix(remedy.Plain(unusual[i]), want) {
				t.Errorf("%s: %q, want %q", row.of, unusual[i], want)
			}
		}
	}
}
