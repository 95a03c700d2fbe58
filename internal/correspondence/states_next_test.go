package correspondence

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"foia/internal/agency"
	"foia/internal/docket"
	"foia/internal/law"
	"foia/internal/letter"
	"foia/internal/logbook"
	"foia/internal/longtest"
	"foia/internal/remedy"
	"foia/internal/workday"
	"foia/templates"
)

// stateEvents are what happens to the requests of TestLettersUnderLaws.
var stateEvents = []string{
	"acknowledged until=@+12",
	"clarification-requested",
	"clarification-answered by=email",
	"fee-notice amount=480",
	"fee-answered answer=agreed by=email",
	"ruling-requested",
	"reminded by=email",
	"determination outcome=denied exemptions=\"7; 8\"",
	"determination outcome=partial",
	"determination outcome=no-records",
	"determination outcome=granted",
	"fee-waiver-denied",
	"appealed of=determination by=email",
	"appealed of=silence by=email",
	"appealed of=charges by=email",
	"appeal-decided outcome=affirmed",
	"appeal-decided outcome=partly",
	"suit-filed court=Circuit docket=1",
	"withdrawn by=email",
	"closed",
}

// stateLife is one request under a law, as the letters about it see it.
type stateLife struct {
	t       *testing.T
	b       *comparison
	letters map[string]*letter.Template
	law     string
	wrong   map[string]bool
	made    map[string]int
	number  int
}

func (l *stateLife) fail(class, format string, args ...any) {
	if class = l.law + " " + class; !l.wrong[class] {
		l.wrong[class] = true
		l.t.Errorf("%s: "+format, append([]any{class}, args...)...)
	}
}

// Under every law with a letter of its own: what foia next and the hints of a refusal
// propose can be written, what may be written can be filled, and what is filled states
// nothing that the log does not entail.
func TestLettersUnderLaws(t *testing.T) {
	b, library, made := newComparison(t), letter.NewLibrary(templates.Files), map[string]int{}
	letters := map[string]*letter.Template{}
	for _, id := range library.Templates() {
		if tmpl, err := library.Template(id); err != nil {
			t.Fatal(err)
		} else if tmpl.Law == law.PublicRecordsLaws && tmpl.Kind != letter.RequestKind {
			letters[tmpl.Common()] = tmpl
		}
	}
	for _, id := range []string{"us-tx", "us-ca", "us-ny", "us-fl", "us-il", "us-pa", "us-oh", "us-mi", "us-nj", "us-ma", "gb", "us-ct",
		"us-de", "us-wa", "us-md", "us-ia", "au", "ca", "ie", "eu"} {
		l := &stateLife{t: t, b: b, letters: letters, law: id, wrong: map[string]bool{}, made: made}
		l.histories(func(h history) {
			for _, day := range []string{"2026-04-15", "2026-04-23", "2026-05-13", "2026-06-10", "2026-09-15"} {
				if l.number++; l.number%longtest.Histories(longtest.Count(97, 41), 3) == 0 {
					l.look(h, workday.MustDate(day))
				}
			}
		})
	}
	t.Log(made)
	for name := range letters {
		if made[name] == 0 {
			t.Errorf("the letter %s was never filled", name)
		}
	}
}

// histories are all of up to three of the events, soon after the request, later and late.
func (l *stateLife) histories(yield func(history)) {
	base := history{request: aRequest("described", "email")}
	base.request.Law, base.request.Documents = l.law, []docket.Document{{Name: "letter.pdf"}}
	base = base.and(workday.MustDate("2026-04-06"), "drafted").and(workday.MustDate("2026-04-07"), "sent by=email")
	yield(base.dated())
	for _, a := range stateEvents {
		one := base.and(workday.MustDate("2026-04-10"), a)
		yield(one.dated())
		for _, c := range stateEvents {
			two := one.and(workday.MustDate("2026-04-22"), c)
			yield(two.dated())
			for _, e := range stateEvents {
				yield(two.and(workday.MustDate("2026-05-12"), e).dated())
			}
		}
	}
}

func (l *stateLife) look(h history, day workday.Date) {
	known := docket.Known(h.events, day)
	if l.b.refusedAt(h) > 0 { // as it can be recorded
		return
	}
	view := docket.At(h.request, h.events, day, l.b.basis)
	step := docket.Next(h.request, view.State(), day)
	l.proposed("foia next", step.Act.String(), h, known, view, day)
	for name, tmpl := range l.letters {
		var not *docket.NotReady
		if err := view.Ready(tmpl.Needs); errors.As(err, &not) {
			l.proposed("the refusal of "+name, not.Do, h, known, view, day)
		} else if err != nil {
			l.fail(name, "%v", err)
		} else {
			l.fill(tmpl, h, view, day)
		}
	}
}

// proposed: a letter that is named may be written, and filled.
func (l *stateLife) proposed(where, says string, h history, known []docket.Event, view *docket.View, day workday.Date) {
	i := slices.IndexFunc(remedy.Acts(says), func(a remedy.Act) bool { return a.Verb == remedy.Make })
	if i < 0 {
		return
	}
	act := remedy.Acts(says)[i]
	kind := act.Words[1]
	if of := act.Detail("of"); of != "" {
		kind += "-" + of
	}
	says = remedy.Plain(says)
	tmpl := l.letters[kind]
	if tmpl == nil {
		l.fail(where+": no letter "+kind, "%s\n%s", says, h)
		return
	}
	if err := (&Desk{Book: logbook.New(nil, logbook.Writer{Today: day})}).mayWrite(tmpl,
		FollowUp{Request: h.request.ID, Kind: kind, Date: day}, known, view); err != nil {
		l.fail(fmt.Sprintf("%s: letter %s", where, kind), "%s, on %s: %v\n%s", says, day, err, h)
		return
	}
	l.fill(tmpl, h, view, day)
}

func (l *stateLife) fill(tmpl *letter.Template, h history, view *docket.View, day workday.Date) {
	kind := tmpl.Common()
	claims := view.Claims(decisionOf(tmpl, Matter(kind)))
	office := agency.Office{ID: "described", Name: "Springfield Police Department", Address: []string{"1 Main Street"}, City: "Springfield",
		Email: "records@springfield.example", Law: l.law}
	review := reviewOf(tmpl, kind, view)
	o := letter.Order{Template: tmpl, Regime: l.b.basis.Book.For(office.ID, l.law), Office: office, Channel: agency.Mail,
		Requester: l.b.requester, Date: day, ID: h.request.ID,
		Layers: []letter.Layer{{Answers: trueAnswers(tmpl, claims), File: "test"}}, Life: lifeOf(tmpl, claims),
		Charset: func(rune) bool { return true }}
	if _, err := address(&o, tmpl, FollowUp{Kind: kind, Address: "1 Other Street, Springfield"}, review,
		route{matter: Matter(kind)}); err != nil {
		l.fail(kind, "on %s: %v\n%s", day, err, h)
		return
	}
	if _, err := letter.Fill(o); err != nil {
		l.fail(kind, "on %s: %v\n%s", day, err, h)
		return
	}
	l.made[kind]++
}

// trueAnswers are what a user answers, without what only some can say truly.
func trueAnswers(tmpl *letter.Template, c docket.Claims) letter.Answers {
	all := answersTo(tmpl)[0]
	if _, ok := c.Hold["charges-complained"]; !ok && slices.Contains([]any{"complained"}, all["fee_answer"]) {
		all["fee_answer"] = "agree"
	}
	return all
}
