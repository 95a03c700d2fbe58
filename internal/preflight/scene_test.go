package preflight

import (
	"cmp"
	"maps"
	"regexp"
	"strings"
	"testing"

	"foia/internal/agency"
	"foia/internal/law"
	"foia/internal/letter"
	"foia/templates"
)

// goodAnswers make a letter without a fault to any federal office.
func goodAnswers() letter.Answers {
	return letter.Answers{
		"subject": "Agreement on the exchange of addresses",
		"records": []any{
			map[string]any{"title": "The agreement", "text": "The agreement of April 7, 2025, on the exchange of addresses, with " +
				"its annexes.",
				"custodians": []any{"Office of the Commissioner"}},
			map[string]any{"text": "E-mail messages on the drafts of that agreement.", "search_terms": []any{"MOU", "agreement"}},
		},
		"custodians": []any{"Office of Chief Counsel"}, "date_from": "2025-01-20", "date_to": "2025-08-31",
		"already_public": "A partly redacted copy was filed in court.", "beyond_public": "The parts that it leaves out.",
		"fee_waiver": true, "waiver_activity": "The agreement.", "waiver_new": "What it permits.",
		"expedite": true, "urgency_facts": "Courts and Congress decide on the agreement in these weeks, and the public has not seen it.",
		"articles":   []any{"Example Courier, “Agreement signed”, April 8, 2025"},
		"litigation": []any{"Doe v. Roe, No. 1:25-cv-00001 (D.D.C.), a suit under the Administrative Procedure Act"},
	}
}

// scene is a letter to be checked: the good one, with what a row changes.
type scene struct {
	to      string         // office; empty: treasury-irs
	answers letter.Answers // over the good ones; nil value: not answered
	who     func(*letter.Requester)
	office  func(*agency.Office)
	via     agency.Channel
	draft   func(*letter.Draft) // after it was filled
	text    edit                // checked as text, with this change
	similar func(letter.Draft) []Similar
	appeal  []string      // an appeal from a decision that asserts these exemptions
	letter  string        // under a law: another template than public-records
	law     string        // a request under the law of a state or country, to a police department there, or to the office of the row
	review  *Surroundings // under that law, an appeal from a decision that asserts the grounds in appeal
}

// eachGround: the law wants an answer to each ground.
var eachGround = &Surroundings{EachGround: true, Cite: "65 P.S. § 67.1101(a)(1)"}

func (s scene) findings(t testing.TB) []Finding {
	t.Helper()
	if s.review != nil {
		return Check(s.reviewed(t), *s.review)
	}
	if s.law != "" {
		return Check(s.underLaw(t), Surroundings{})
	}
	if s.appeal != nil {
		return Check(s.appealed(t), Surroundings{})
	}
	o, regime := office(t, s.addressee()), regime(t, s.addressee())
	if s.office != nil {
		s.office(&o)
	}
	d := s.fill(t, o)
	if s.via != "" {
		d.Channel = s.via
	}
	if s.draft != nil {
		s.draft(d)
	}
	var around Surroundings
	if s.similar != nil {
		around.Similar = s.similar(*d)
	}
	if s.text != nil {
		d = FromText(s.text(t, d.Document.Markdown()), o, regime, d.Channel, date)
	}
	return Check(d, around)
}

func (s scene) addressee() string {
	if s.to == "" {
		return "treasury-irs"
	}
	return s.to
}

func (s scene) fill(t testing.TB, o agency.Office) *letter.Draft {
	t.Helper()
	who := sampleRequester(t)
	answers := goodAnswers()
	maps.Copy(answers, who.Answers)
	if !has(regime(t, o.ID), "litigation") {
		delete(answers, "litigation")
	}
	for name, value := range s.answers {
		answers[name] = value
	}
	if s.who != nil {
		s.who(&who)
	}
	lib := letter.NewLibrary(templates.Files)
	tmpl, err := lib.Template("request")
	if err != nil {
		t.Fatal(err)
	}
	d, err := letter.Fill(letter.Order{Template: tmpl, Regime: regime(t, o.ID), Office: o, Channel: o.Preferred(), Requester: who,
		Date: date, ID: "2026-0001", Layers: []letter.Layer{{Answers: answers, File: "answers.yaml"}}})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// appealed is an appeal from a determination, with the scene's answers and no others.
func (s scene) appealed(t testing.TB) *letter.Draft {
	t.Helper()
	tmpl, err := letter.NewLibrary(templates.Files).Template("appeal")
	if err != nil {
		t.Fatal(err)
	}
	life := letter.Life{Known: map[string]string{"subject": "Camera contracts", "request_date": "April 7, 2025"}, Asserted: s.appeal,
		Outcome: "denied",
		Claims: map[string]letter.Values{"decision": {"dated": "May 15, 2025"}, "decision-denied": {},
			"decision-asserts": {"names": s.appeal}}}
	o := office(t, s.addressee())
	d, err := letter.Fill(letter.Order{Template: tmpl, Regime: regime(t, o.ID), Office: o, Channel: o.Preferred(),
		Requester: sampleRequester(t),
		Date:      date, ID: "2026-0001", Life: life, Layers: []letter.Layer{{Answers: s.answers, File: "answers.yaml"}}})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// reviewed is an appeal to a reviewer under the law of a state.
func (s scene) reviewed(t testing.TB) *letter.Draft {
	t.Helper()
	book, err := law.LoadFederal()
	if err != nil {
		t.Fatal(err)
	}
	tmpl, err := letter.NewLibrary(templates.Files).Template("records-appeal")
	if err != nil {
		t.Fatal(err)
	}
	o, _ := agency.Described(agency.Office{Name: "Springfield Police Department", Address: []string{"1 Main Street"}, City: "Springfield",
		Law: s.law})
	life := letter.Life{Known: map[string]string{"subject": "Camera contracts", "request_date": "April 7, 2025", "paper": "Appeal"},
		Asserted: s.appeal, Outcome: "denied", Others: true,
		Claims: map[string]letter.Values{"review": {"paper": "an appeal"}, "determined": {"dated": "May 5, 2025"}, "decision-denied": {}}}
	answers := letter.Answers{"records": []any{"The contracts in force on January 20, 2025"}, "reasons": "They spend public money."}
	maps.Copy(answers, s.answers)
	d, err := letter.Fill(letter.Order{Template: tmpl, Regime: book.For(o.ID, o.Law), Office: o, Channel: agency.Mail,
		Addressee: []string{"Reviewer", "2 Main Street"}, Requester: sampleRequester(t),
		Date: date, ID: "2026-0001", Life: life, Layers: []letter.Layer{{Answers: answers, File: "answers.yaml"}}})
	if err != nil {
		t.Fatal(err)
	}
	if s.draft != nil {
		s.draft(d)
	}
	return d
}

// underLaw is a request under the law of a state or country.
func (s scene) underLaw(t testing.TB) *letter.Draft {
	t.Helper()
	book, err := law.LoadFederal()
	if err != nil {
		t.Fatal(err)
	}
	o, _ := agency.Described(agency.Office{Name: "Springfield Police Department", Address: []string{"1 Main Street"}, City: "Springfield",
		Law: s.law})
	if s.to != "" {
		o = office(t, s.to)
	}
	who := sampleRequester(t)
	if s.who != nil {
		s.who(&who)
	}
	tmpl, err := letter.NewLibrary(templates.Files).Template(cmp.Or(s.letter, "public-records"))
	if err != nil {
		t.Fatal(err)
	}
	answers := letter.Answers{"subject": "Camera contracts",
		"records": []any{"The contracts in force on January 20, 2025, for body-worn cameras"}}
	for name, value := range map[string]any{"application_fee": "online", "litigation": "no", "conviction": "no", "commercial": "no",
		"head": "Ana Rivera", "decision_date": "2025-04-07"} {
		if _, ok := tmpl.Field(name); ok && (name != "commercial" || s.law == "us-nj") {
			answers[name] = value
		}
	}
	if tmpl.Kind != letter.RequestKind {
		answers = letter.Answers{"decision_date": "2025-04-07"}
	}
	maps.Copy(answers, s.answers)
	d, err := letter.Fill(letter.Order{Template: tmpl, Regime: book.For(o.ID, o.Law), Office: o, Channel: o.Preferred(), Requester: who,
		Date: date, ID: "2026-0001", Life: letter.Life{
			Known: map[string]string{"subject": "Camera contracts", "request_date": "March 7, 2025"}},
		Layers: []letter.Layer{{Answers: answers, File: "answers.yaml"}}})
	if err != nil {
		t.Fatal(err)
	}
	if s.via != "" {
		d.Channel = s.via
	}
	if s.draft != nil {
		s.draft(d)
	}
	return d
}

func stateLaw(t testing.TB, id string) *law.PublicRecords {
	t.Helper()
	book, err := law.LoadRecords()
	if err != nil {
		t.Fatal(err)
	}
	p, ok := book.Law(id)
	if !ok {
		t.Fatalf("no law %s", id)
	}
	return p
}

// edit changes the text of a letter.
type edit func(testing.TB, string) string

// cut takes a piece out of the text; the test fails if it is not there.
func cut(pieces ...string) edit {
	return func(t testing.TB, text string) string {
		for _, p := range pieces {
			if !regexp.MustCompile(p).MatchString(text) {
				t.Fatalf("the letter has no %s", p)
			}
			text = regexp.MustCompile(p).ReplaceAllString(text, "")
		}
		return text
	}
}

// add puts a paragraph before the closing.
func add(paragraph string) edit {
	return func(_ testing.TB, text string) string {
		return strings.Replace(text, "\nSincerely,", "\n"+paragraph+"\n\nSincerely,", 1)
	}
}

func same(_ testing.TB, text string) string { return text }

func items(texts ...string) letter.Answers {
	list := make([]any, len(texts))
	for i, s := range texts {
		list[i] = s
	}
	return letter.Answers{"records": list}
}

func with(a letter.Answers, more letter.Answers) letter.Answers {
	maps.Copy(a, more)
	return a
}

func noAddress(r *letter.Requester) { r.Street, r.City, r.ZIP = nil, "", "" }

// other is another request with the same items, some days before.
func other(id string, days int) func(letter.Draft) []Similar {
	return func(d letter.Draft) []Similar {
		return []Similar{{ID: "2026-0007", OfficeID: id, Parent: d.Office.Parent, Text: itemsOf(d.Records), On: d.Date.AddDays(-days)}}
	}
}
