package law

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"foia/internal/workday"
)

// A route that has a letter says whom it is addressed to, and what the letter prints of it
// was read. Nothing is written to a court.
func TestRoutesWithLetters(t *testing.T) {
	for _, id := range records(t).IDs() {
		p, _ := records(t).Law(id)
		for i, r := range p.Appeals {
			path := fmt.Sprintf("appeals[%d]", i)
			switch {
			case r.Letter == "" && (r.Called != "" || r.Title != "" || r.Greets != "" || r.Body || r.Grounds):
				t.Errorf("%s, %s says how a letter is made that there is none of", id, path)
			case r.Letter == "":
				continue
			case !slices.Contains(LettersOfRoutes, r.Letter) || r.Kind == "court":
				t.Errorf("%s, %s: the letter %q, to a %s", id, path, r.Letter, r.Kind)
			case r.Title == "" && !r.Body:
				t.Errorf("%s, %s does not say whom the letter is addressed to", id, path)
			case !r.Body && r.Greets == "" && r.Letter != LetterForm || r.Greets != "" && !strings.HasSuffix(r.Greets, ":") &&
				!(p.Abroad() && strings.HasSuffix(r.Greets, ",")):
				t.Errorf("%s, %s: the salutation is %q", id, path, r.Greets)
			case r.Letter == LetterForm && r.Form == "":
				t.Errorf("%s, %s: there is no form", id, path)
			case r.Paper() == "":
				t.Errorf("%s, %s: the letter has no name", id, path)
			}
			for _, field := range []string{".to", ".cite", ".encloses", ".contents", ".copies", ".form", ".form_required"} {
				if r.Letter != LetterNotice && !p.Verified(path+field) { // a notice prints none of them
					t.Errorf("%s, %s%s is printed, and unverified", id, path, field)
				}
			}
		}
	}
}

// The routes with letters of the laws asked most, by what was read of them: N.Y. 18 NYCRR
// 226.9; 65 P.S. § 67.1101; 5 ILCS 140/9.5; MCL 15.240, 15.240a; 950 CMR 32.08; Tex. Gov't
// Code §§ 552.304, .328, 1 TAC 70.8; N.J.S.A. 47:1A-6; ICO guidance and section 50.
// California has none.
func TestRoutesOfLaws(t *testing.T) {
	made := workday.MustDate("2026-04-06")
	for id, want := range map[string]string{
		"us-ny": "denial appeal, silence appeal", "us-pa": "denial appeal, silence appeal", "us-il": "denial review, silence review",
		"us-mi": "denial appeal, silence appeal, fees appeal", "us-ma": "denial appeal, silence appeal, fees appeal",
		"us-tx": "silence complaint, fees complaint, ruling comments", "us-nj": "denial form, silence form, fees form",
		"us-fl": "denial notice, silence notice", "us-oh": "denial notice, silence notice", "us-ca": "",
		"gb": "denial review, denial complaint, silence review, silence complaint",
	} {
		p, _ := records(t).Law(id)
		var got []string
		for _, against := range []string{Denial, Silence, Fees, Ruling} {
			for _, w := range p.Regime().At(made).Windows(against) {
				if w.Letter != "" {
					got = append(got, against+" "+w.Letter)
				}
			}
		}
		if s := strings.Join(got, ", "); s != want {
			t.Errorf("%s: %s; want %s", id, s, want)
		}
	}
	tx, _ := records(t).Law("us-tx") // Acts 2025, ch. 452: requests from September 1, 2025
	for day, want := range map[string]int{"2025-08-31": 2, "2025-09-01": 3} {
		if got := len(tx.Regime().At(workday.MustDate(day)).Windows(Silence)); got != want {
			t.Errorf("a request of %s has %d ways against silence, not %d", day, got, want)
		}
	}
}

// How many reviewers come before one, and in what time the next decides: FOI Act 2000 s. 50
// and S.I. 2009/1976 r. 22 (internal review, Commissioner, Tribunal); FOI Act 2014 ss. 21, 22,
// 24, where the Commissioner has no fixed time (s. 22(3): where practicable); Md. Code, Gen.
// Prov. §§ 4-1A-05, 4-1A-07; 65 P.S. §§ 67.1101, 67.1301; HRS § 92F-15 (a suit without the
// Office of Information Practices before); 1 V.S.A. §§ 318, 319 and Bloch v. Angney, 149 Vt. 29
// (1987); SDCL 1-27-37, 1-27-38, 1-26-31; §§ 74, 75 VwGO (three months, here as the number 3).
func TestSteps(t *testing.T) {
	for id, want := range map[string]struct {
		steps     string
		decisions [2]int
	}{
		"gb":    {"review 0, commissioner 1, tribunal 2", [2]int{20, 0}},
		"ie":    {"review 0, commissioner 1, court 2", [2]int{15, 0}},
		"us-md": {"ombudsman 0, board 1, court 0", [2]int{0, 120}},
		"us-pa": {"appeal 0, court 1", [2]int{30, 0}},
		"us-hi": {"oip 0, court 0", [2]int{0, 0}},
		"us-vt": {"head 0, court 1", [2]int{5, 0}},
		"us-sd": {"written 0, hearing 1, court 1, ohe-appeal 2", [2]int{10, 0}},
		"de":    {"widerspruch 0, commissioner 0, court 1", [2]int{3, 0}},
	} {
		p, _ := records(t).Law(id)
		var steps []string
		for _, w := range p.Regime().Windows(Denial) {
			steps = append(steps, fmt.Sprint(w.ID, " ", w.Steps))
		}
		if got := strings.Join(steps, ", "); got != want.steps {
			t.Errorf("%s: %s, want %s", id, got, want.steps)
		}
		for n, days := range want.decisions {
			rule, ok := p.Regime().Decision(n)
			if ok != (days > 0) || ok && rule.Limit.Days != days {
				t.Errorf("%s: the reviewer after %d others decides in %+v, want %d", id, n, rule.Limit, days)
			}
		}
	}
}

// A law of the user's whose routes lead to themselves is refused by the check; until then it
// hangs nothing.
func TestStepsEnd(t *testing.T) {
	p := PublicRecords{Appeals: []Route{{ID: "one", To: "One", First: []string{"two"}}, {ID: "two", To: "Two", First: []string{"one"}}}}
	if n := p.steps(p.Appeals[0]); n > len(p.Appeals) {
		t.Errorf("%d steps among %d routes", n, len(p.Appeals))
	}
}

// What nobody read of a route is not told to those who write letters or propose steps.
func TestUnreadPartsOfARoute(t *testing.T) {
	yes := true
	route := Route{ID: "review", Kind: "commission", To: "Records Board", Required: &yes, NoTime: true,
		Longer: &Longer{Days: 1, Unit: "year", If: "x"}, Form: "Form 1", FormRequired: true,
		Signed: true, Contents: []string{"a date"}, Encloses: []string{"request"}, Copies: []string{"the body"}}
	court := Route{ID: "court", Kind: "court", To: "Court"}
	for _, field := range []string{"required_before_court", "no_time", "longer", "form", "form_required", "signed", "contents", "encloses",
		"copies"} {
		p := &PublicRecords{ID: "us-zz", Appeals: []Route{route, court}, Unverified: []string{"appeals[0]." + field}}
		r := p.read(route, "appeals[0]")
		unread := map[string]bool{"required_before_court": r.Required == nil, "no_time": !r.NoTime, "longer": r.Longer == nil,
			"form": r.Form == "", "form_required": !r.FormRequired,
			"signed": !r.Signed, "contents": r.Contents == nil, "encloses": r.Encloses == nil, "copies": r.Copies == nil}
		for name, gone := range unread {
			if want := name == field || field == "form" && name == "form_required"; gone != want {
				t.Errorf("%s is unverified: is %s left out: %v", field, name, gone)
			}
		}
		w, ok := p.window(1, court, Denial)
		if after := w.From == FromLastReviewer; !ok || after == (field == "required_before_court") {
			t.Errorf("%s is unverified: the court's time runs from %s", field, w.From)
		}
	}
}
