package law

import (
	"fmt"
	"regexp"
	"slices"
	"testing"
)

// A route, a stop, a duty and an arrival use only the words that records.go and
// laws/README.md name, and a route names only routes of its own law. A misspelled word
// would be taken for one that is unknown, without a sound.
func TestWordsOfTheFacts(t *testing.T) {
	kinds := []string{"administrative", "ag", "ombudsman", "commission", "court"}
	againsts := []string{Denial, Partial, Silence, Fees, Delay}
	froms := []string{"", FromDecision, FromMailing, FromItsReceipt, FromRequest, FromAnswerDue, FromLastReviewer, FromCharges}
	for _, id := range records(t).IDs() {
		p, _ := records(t).Law(id)
		word := func(where, have string, known []string) {
			if !slices.Contains(known, have) {
				t.Errorf("%s, %s: “%s” is none of %q", id, where, have, known)
			}
		}
		span := func(where string, days int, unit string) {
			if _, ok := Span(days, unit); !ok && (days != 0 || unit != "") {
				t.Errorf("%s, %s: %d %s cannot be counted", id, where, days, unit)
			}
		}
		var ids []string
		for _, r := range p.Appeals {
			if r.ID != "" && slices.Contains(ids, r.ID) {
				t.Errorf("%s has two routes %s", id, r.ID)
			}
			ids = append(ids, r.ID)
		}
		for i, r := range p.Appeals {
			where := fmt.Sprintf("appeals[%d]", i)
			word(where, r.Kind, kinds)
			word(where, r.From, froms)
			for _, a := range r.Against {
				word(where, a, againsts)
			}
			if p.Verified(where+".deadline_days") && p.Verified(where+".deadline_unit") {
				span(where, r.Days, r.Unit)
			}
			span(where+", decision", r.DecisionDays, r.DecisionUnit)
			for _, w := range r.Windows {
				word(where, w.From, froms)
				span(where, w.Days, w.Unit)
				for _, a := range w.Against {
					word(where, a, againsts)
				}
			}
			for _, other := range slices.Concat(r.First, r.Excludes) {
				if other == r.ID || !slices.Contains(ids, other) {
					t.Errorf("%s, %s: there is no other route %s", id, where, other)
				}
			}
			for _, e := range r.Encloses {
				word(where, e, []string{"request", "answer", "charges", "correspondence", "proof"})
			}
		}
		for i, s := range p.Stops {
			where := fmt.Sprintf("stops[%d]", i)
			word(where, s.By, []string{"question", "fees", "deposit"})
			word(where, s.Does, []string{"pauses", "restarts", "runs"})
		}
		for i, d := range p.Duties {
			where := fmt.Sprintf("duties[%d]", i)
			word(where, d.On, []string{"question", "fees", "deposit", "available", "voluminous", "website"})
			word(where, d.From, []string{"", "sent", "receipt"})
			span(where, d.Days, d.Unit)
		}
		for i, a := range p.Arrivals {
			for _, by := range a.By {
				word(fmt.Sprintf("arrivals[%d]", i), by, []string{"mail", "email", "fax", "portal", "hand"})
			}
		}
	}
}

// A first letter says what the law requires. It does not ask for what is owed, does not
// tell the office that doing nothing is an answer, and holds nothing that can be read as
// agreeing to more time, which cures a missed deadline in Illinois (5 ILCS 140/3(e)).
func TestSentencesSayTheDuty(t *testing.T) {
	weak := regexp.MustCompile(`(?i)\b(asks you|you are asked|asks for|asks that|silence|no answer|no reply|deemed|counts as (a )?(denial|denied|refus)|unless we agree|if (it|this request) is not answered)\b`)
	for _, id := range records(t).IDs() {
		p, _ := records(t).Law(id)
		for topic, s := range p.Sentences() {
			if found := weak.FindString(p.Fill(s)); found != "" {
				t.Errorf("%s, %s: “%s” in “%s”", id, topic, found, p.Fill(s))
			}
		}
	}
}

// A stage of Puerto Rico is not counted while the articles of Ley 156-2025 are unread;
// neither number of the old law is said in a letter.
func TestPuertoRicoIsNotCounted(t *testing.T) {
	p, _ := records(t).Law("us-pr")
	if len(p.Use.Clock) > 0 || p.Verified("response.stages") {
		t.Error("a time is counted that nobody has read")
	}
	if said := p.Fill(p.Use.Deadline); regexp.MustCompile(`\b(10|15|20|30)\b`).MatchString(said) {
		t.Error(said)
	}
}

// Germany's time starts with a translation (§ 23 Abs. 3 VwVfG); the request to Australia
// says that it is an application for the purposes of the Act (s. 15(2)(aa)).
func TestWhatARequestNeeds(t *testing.T) {
	de, _ := records(t).Law("de")
	if !de.Use.Translated || de.Use.Language != "German" {
		t.Errorf("%+v", de.Use)
	}
	au, _ := records(t).Law("au")
	if !regexp.MustCompile(`is an application for the purposes of the Freedom of Information Act 1982`).MatchString(au.Fill(au.Use.Statement)) {
		t.Error(au.Fill(au.Use.Statement))
	}
}
