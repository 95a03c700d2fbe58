package docket

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"foia/internal/law"
	"foia/internal/remedy"
	"foia/internal/workday"
)

// lawLives is the file that TestLawLives writes with -update, for a lawyer to read.
const lawLives = "../../docs/lives.md"

// lawLife is one of the lives that a request has under every law.
type lawLife struct {
	title  string
	events []Event
}

// lawLivesOf are the lives, in the order of the file.
func lawLivesOf() []lawLife {
	sent := happens(Sent, "2026-03-03", "by", "email")
	return []lawLife{
		{"Denied on March 12", []Event{sent, happens(Determination, "2026-03-12", "outcome", "denied")}},
		{"No answer", []Event{sent}},
		{"A question on March 6, answered by e-mail on March 20",
			[]Event{sent, happens(ClarificationRequested, "2026-03-06"), happens(ClarificationAnswered, "2026-03-20", "by", "email")}},
		{"A notice of $120 in fees on March 6, agreed to by e-mail on March 20",
			[]Event{sent, happens(FeeNotice, "2026-03-06", "amount", "120"),
				happens(FeeAnswered, "2026-03-20", "answer", "agreed", "by", "email")}},
	}
}

var lawLifeDays = []string{"2026-03-04", "2026-03-11", "2026-03-24", "2026-04-21", "2026-06-10", "2026-09-15", "2027-03-10"}

const lawLivesHead = `# What foia proposes under each law

The same four requests under every law that ` + "`foia`" + ` knows: what ` + "`foia next`" +
	` says about each on seven days. Every request is
sent by e-mail on March 3, 2026, to an office without regulations of its own. Days on which the answer is the same share a row.
The file is written by a test (` + "`go test ./internal/docket -run LawLives -update`" + `), and every command in it was tried.

A lawyer can check it law by law: nowhere may it say to wait while a time of yours may be running.
`

// What foia next says under every law, on seven days of four lives.
func TestLawLives(t *testing.T) {
	book, err := law.LoadRecords()
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	fmt.Fprint(&out, lawLivesHead)
	lawLivesUnder(t, &out, law.Federal, "United States: Freedom of Information Act, 5 U.S.C. § 552")
	for _, id := range book.IDs() {
		p, _ := book.Law(id)
		lawLivesUnder(t, &out, id, p.Place+": "+p.Name+", "+p.Cite())
	}
	if *update {
		if err := os.WriteFile(lawLives, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(lawLives)
	if err != nil {
		t.Fatal(err)
	}
	if out.String() != string(want) {
		t.Errorf("%s is not what foia next says: run with -update, and read what changed", lawLives)
	}
}

// lawLivesUnder writes the section of one law.
func lawLivesUnder(t *testing.T, out *strings.Builder, id, title string) {
	t.Helper()
	fmt.Fprintf(out, "\n## %s (`%s`)\n", title, id)
	b := basis(t)
	r := Request{ID: "2026-0001", Law: id, OfficeID: "list-police", Via: "email", Template: "public-records",
		Created: workday.MustDate("2026-03-02"),
		Facts:   map[string]string{"fee_category": "media", "fee_waiver": NotAsked, "expedited": NotAsked}}
	for _, l := range lawLivesOf() {
		events := numbered(l.events)
		fmt.Fprintf(out, "\n**%s**\n\n| day | what to do | why |\n| --- | --- | --- |\n", l.title)
		var days []string
		before := ""
		for _, on := range lawLifeDays {
			day := workday.MustDate(on)
			known := Known(events, day)
			step := Next(r, Fold(r, known, b).On(day), day)
			possible(t, r, known, day, step)
			if strings.HasPrefix(step.What, "wait") && on >= "2026-06-10" {
				t.Errorf("%s, %s, on %s: nothing is left to wait for: %+v", id, l.title, on, step)
			}
			if untimed := strings.Contains(step.What, "close it") && otherWays(Fold(r, known, b)); untimed {
				t.Errorf("%s, %s, on %s: a way whose time was not read may be open: %+v", id, l.title, on, step)
			}
			row := fmt.Sprintf("%s | %s |", stepWords(step), cell(step.Why))
			if row != before && before != "" {
				fmt.Fprintf(out, "| %s | %s\n", strings.Join(days, ", "), before)
				days = nil
			}
			days, before = append(days, on), row
		}
		fmt.Fprintf(out, "| %s | %s\n", strings.Join(days, ", "), before)
	}
}

// otherWays tells whether a decision has a way of review whose length was not read.
func otherWays(s State) bool {
	for _, d := range s.Deadlines {
		for _, o := range d.Other {
			if d.What == DueAppeal && o.Untimed != "" {
				return true
			}
		}
	}
	return false
}

// stepWords are what to do, by when, and the command.
func stepWords(s Step) string {
	words := cell(s.What)
	if !s.By.IsZero() {
		by := "by"
		if strings.HasPrefix(s.What, "wait") {
			by = "until"
		}
		words += " (" + by + " " + s.By.Letter() + ")"
	}
	if !s.Act.None() {
		words += ": `" + cell(asTyped(withoutDay(s.Act))) + "`"
	}
	return words
}

// asTyped is an act as a lawyer reads it in docs/lives.md: as the command that does it.
func asTyped(a remedy.Act) string {
	command := map[remedy.Verb]string{remedy.Make: "letter", remedy.Law: "law show"}[a.Verb]
	words := []string{"foia", cmp.Or(command, string(a.Verb))}
	for _, w := range a.Words {
		words = append(words, remedy.Plain(w))
	}
	for _, d := range a.Details {
		words = append(words, "--"+remedy.Plain(d.Name+" "+d.Value))
	}
	return strings.Join(words, " ")
}

// withoutDay leaves out the day of an act, which is the one on which it was asked for.
func withoutDay(a remedy.Act) remedy.Act {
	a.Details = slices.Clone(a.Details)
	for i, d := range a.Details {
		if _, err := workday.ParseDate(d.Value); d.Name == "on" && err == nil {
			a.Details[i].Value = "DAY"
		}
	}
	return a
}

func cell(s string) string { return strings.ReplaceAll(s, "|", "\\|") }

// possible makes sure that the command of a step is one that foia takes on that day.
func possible(t *testing.T, r Request, events []Event, day workday.Date, s Step) {
	t.Helper()
	if s.Act.None() {
		return
	}
	fault := ""
	switch s.Act.Verb {
	case remedy.Make:
		if err := At(r, events, day, basis(t)).Ready(needsOf(t, r, s.Act)); err != nil {
			fault = err.Error()
		}
	case remedy.Record:
		p := Proposed{Request: r, Events: events, Event: recorded(s.Act), Today: day, Book: basis(t).Book}
		if _, _, err := p.Check(); err != nil {
			fault = err.Error()
		}
	case remedy.Law, remedy.Show, remedy.New:
	default:
		fault = "no such act"
	}
	if fault != "" {
		t.Errorf("%s on %s: “%s” would be refused: %s", r.Law, day, asTyped(s.Act), fault)
	}
}

// needsOf is the condition of a letter, as its template has it.
func needsOf(t *testing.T, r Request, a remedy.Act) string {
	t.Helper()
	kind := a.Words[1]
	if of := a.Detail("of"); of != "" && of != "determination" {
		kind += "-" + of
	}
	if !federal(r) && kind != "de-widerspruch" {
		kind = "records-" + kind
	}
	raw, err := os.ReadFile("../../templates/letters/" + kind + ".md")
	if err != nil {
		t.Errorf("no letter %s", kind)
		return ""
	}
	for line := range strings.SplitSeq(string(raw), "\n") {
		if needs, ok := strings.CutPrefix(line, "needs: "); ok {
			return strings.TrimSpace(needs)
		}
	}
	return ""
}

// recorded is the event that an act records.
func recorded(a remedy.Act) Event {
	e := Event{Kind: Kind(a.Words[1]), Data: map[string]string{}}
	for _, d := range a.Details {
		if day, err := workday.ParseDate(d.Value); d.Name == "on" && err == nil {
			e.On = day
			continue
		}
		e.Data[d.Name] = remedy.Plain(d.Value)
	}
	return e
}
