package docket

import (
	"strings"
	"testing"

	"foia/internal/law"
	"foia/internal/workday"
)

// While a reviewer does not answer, the time to go to court runs out under many laws, since
// nothing that was read stops it: MCL 15.240(1)(b), HRS § 92F-15(a), RCW 42.56.550(6). In its
// last days next does not propose to wait for the reviewer, under any law and after a denial
// or silence.
func TestTimeToSueBesideAnAppeal(t *testing.T) {
	book, err := law.LoadRecords()
	if err != nil {
		t.Fatal(err)
	}
	b, tried := basis(t), 0
	for _, id := range book.IDs() {
		r := Request{ID: "2026-0001", Law: id, OfficeID: "list-police", Via: "email", Template: "public-records",
			Created: workday.MustDate("2026-03-02"),
			Facts:   map[string]string{"fee_category": "media", "fee_waiver": NotAsked, "expedited": NotAsked}}
		sent := happens(Sent, "2026-03-03", "by", "email")
		for _, events := range [][]Event{
			numbered([]Event{sent, happens(Determination, "2026-03-12", "outcome", "denied"),
				happens(Appealed, "2026-03-16", "by", "email", "of", "determination")}),
			numbered([]Event{sent, happens(Appealed, "2026-05-11", "by", "email", "of", Silence)}),
		} {
			far := workday.MustDate("2026-05-12")
			s := Fold(r, Known(events, far), b)
			for _, d := range s.Deadlines {
				if d.What != DueSuit || d.Due.Before(far) || d.If != "" || !d.Opens.IsZero() {
					continue
				}
				tried++
				day := d.Due.AddDays(-5)
				if step := Next(r, Fold(r, Known(events, day), b).On(day), day); !strings.Contains(step.What, "suit") || step.By.IsZero() ||
					step.By.After(d.Due) {
					t.Errorf("%s, on %s: the time to sue ends on %s, and next says: %+v", id, day, d.Due, step)
				}
			}
		}
		for _, w := range courtsFromDenial(book, id) { // each court whose time runs from the denial is among them
			s := Fold(r, Known(numbered([]Event{sent, happens(Determination, "2026-03-12", "outcome", "denied"),
				happens(Appealed, "2026-03-16", "by", "email", "of", "determination")}), workday.MustDate("2026-03-17")), b)
			if d, ok := s.Deadline(DueSuit); !ok || d.Due.IsZero() {
				t.Errorf("%s: an appeal hides the time of the %s", id, w.To)
			}
		}
	}
	if tried < 8 {
		t.Errorf("only %d times were tried", tried)
	}
}

// courtsFromDenial are the courts of a law whose known time runs from the denial, whatever else is asked.
func courtsFromDenial(book *law.RecordsBook, id string) (out []law.RouteWindow) {
	p, _ := book.Law(id)
	for _, w := range p.Regime().At(workday.MustDate("2026-03-02")).Windows(law.Denial) {
		from := w.From != law.FromLastReviewer && w.From != law.FromRequest
		if w.Kind == "court" && w.Known() && len(w.First) == 0 && len(w.Excludes) == 0 && from {
			out = append(out, w)
		}
	}
	return out
}
