package correspondence

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"foia/internal/agency"
	"foia/internal/docket"
	"foia/internal/filing"
	"foia/internal/letter"
	"foia/internal/logbook"
	"foia/internal/workday"
)

// aCase is a letter in a life: what happened up to the day, and what the user says.
type aCase struct {
	name    string // of the golden file
	kind    string
	to      string
	asks    map[string]any // of the request
	events  string         // one a line, as in package docket's lives
	day     string
	answers letter.Answers
	address string
	via     agency.Channel
	law     string // of a state or country, where a police department is asked; empty: federal
	made    string // the day of the request; empty: April 7, 2025
}

// Each letter of a life at least once, read as the office that receives it would.
var cases = []aCase{
	{name: "status", kind: "status", to: "dhs-ice", events: portalSent, day: "2025-05-12"},
	{name: "status-after-extension", kind: "status", to: "treasury-do",
		events: portalSent + "\n2025-04-30 extended days=10 grounds=consultation\n2025-05-22 reminded by=email", day: "2025-06-23"},
	{name: "status-us-tx", kind: "status", law: "us-tx", events: "2025-04-08 sent by=email\n2025-04-09 acknowledged tracking=W001-25",
		day: "2025-05-12"},
	{name: "status-us-wa", kind: "status", law: "us-wa", events: "2025-04-08 sent by=email\n2025-04-10 acknowledged until=2025-05-30",
		day: "2025-06-05"},
	{name: "status-us-oh", kind: "status", law: "us-oh", events: "2025-04-08 sent by=email", day: "2025-05-12"},
	{name: "status-gb", kind: "status", law: "gb", events: "2025-04-08 sent by=email\n2025-05-20 reminded by=email", day: "2025-06-23"},
	{name: "de-widerspruch", kind: "de-widerspruch", law: "de",
		events: "2025-04-08 sent by=email\n2025-04-10 acknowledged tracking=\"Z II 4 - 13002\"\n2025-05-06 determination outcome=denied " +
			"exemptions=\"§ 3 Nr. 3\"", day: "2025-05-12", via: agency.Mail,
		address: "Bundespolizeipräsidium, Heinrich-Mann-Allee 103, 14473 Potsdam, Germany",
		answers: letter.Answers{"decision_date": "2025-05-06",
			"reasons": "Der Bescheid legt nicht dar, welche Beratungen beeinträchtigt würden."}},
	{name: "de-widerspruch-year", kind: "de-widerspruch", law: "de",
		events: "2025-04-08 sent by=email\n2025-05-06 determination outcome=denied", day: "2025-09-12", via: agency.Mail,
		address: "Bundespolizeipräsidium, Heinrich-Mann-Allee 103, 14473 Potsdam, Germany",
		answers: letter.Answers{"decision_date": "2025-05-06", "instruction": "none"}},
	{name: "completion-date", kind: "completion-date", to: "treasury-do", events: "2025-04-08 sent by=portal", day: "2025-05-30"},
	{name: "completion-date-numbered", kind: "completion-date", to: "dhs-ice", events: portalSent, day: "2025-07-01"},
	{name: "exhaustion", kind: "exhaustion", to: "treasury-irs",
		events: mailed + "\n2025-04-17 clarification-requested question=\"which years?\"\n2025-05-01 clarification-answered",
		day:    "2025-08-04"},
	{name: "expedition-status", kind: "expedition-status", to: "dhs-ice", asks: expedited, events: portalSent, day: "2025-04-22"},
	{name: "perfection", kind: "perfection", to: "treasury-irs",
		events: mailed + "\n2025-04-25 deficiency-notice missing=\"an attestation of the category\"", day: "2025-05-02",
		answers: letter.Answers{"supplied": "I attest that I am a representative of the news media: The Courier gathers, edits and " +
			"publishes news every day.\n\nThe records will be used to report on them in articles open to all.",
			"dispute": "The section on fees in my request stated both.", "attest": true}},
	{name: "clarification", kind: "clarification", to: "dhs-ice",
		events: portalSent + "\n2025-04-17 clarification-requested question=\"which office of ICE do you mean?\"", day: "2025-05-01",
		answers: letter.Answers{"answer": "The office meant is Enforcement and Removal Operations."}},
	{name: "clarification-second", kind: "clarification", to: "dhs-ice",
		events:  portalSent + "\n2025-04-17 clarification-requested\n2025-05-01 clarification-answered\n2025-05-12 clarification-requested",
		day:     "2025-05-15",
		answers: letter.Answers{"answer": "The years are 2024 and 2025."}},
	{name: "scope", kind: "scope", to: "treasury-do", events: portalSent + "\n2025-04-30 extended days=30 grounds=voluminous",
		day: "2025-05-07",
		answers: letter.Answers{"offer": "You may leave out e-mail messages that only set dates for meetings.",
			"first": "Item 1, the contract itself.", "by": "2025-06-30"}},
	{name: "fee-reply-late", kind: "fee-reply", to: "dhs-ice", asks: waived,
		events: portalSent + "\n2025-05-20 extended days=10 grounds=other\n2025-06-02 fee-notice amount=300 search=280", day: "2025-06-06",
		answers: letter.Answers{"fee_answer": "contest", "category_claim": "media"}},
	{name: "fee-reply-limit", kind: "fee-reply", to: "treasury-do", events: portalSent + "\n2025-04-25 fee-notice amount=450",
		day:     "2025-04-30",
		answers: letter.Answers{"fee_answer": "limit", "fee_limit": "100"}},
	{name: "extension-objection-late", kind: "extension-objection", to: "dhs-ice",
		events: portalSent + "\n2025-05-20 extended days=10 grounds=none", day: "2025-05-23"},
	{name: "extension-objection-long", kind: "extension-objection", to: "doj-jmd",
		events: "2025-04-08 sent by=email\n2025-04-30 extended until=2025-07-31 grounds=voluminous", day: "2025-05-06"},
	{name: "still-interested", kind: "still-interested", to: "doj-jmd",
		events: "2025-04-08 sent by=email\n2025-04-09 acknowledged received=2025-04-08 tracking=EMRUFOIA040825\n2025-11-03 " +
			"still-interested-asked", day: "2025-11-10"},
	{name: "preservation", kind: "preservation", to: "treasury-irs", events: mailed, day: "2025-05-02",
		answers: letter.Answers{"reason": "The press has reported that officials used messages that delete themselves.",
			"custodians": []any{"Office of the Commissioner"}, "systems": []any{"Signal", "Microsoft Teams"}}},
	{name: "rolling", kind: "rolling", to: "treasury-do", events: portalSent + "\n2025-05-30 interim-release pages=40", day: "2025-06-02",
		answers: letter.Answers{"first": "Item 1, the contract itself."}},
	{name: "liaison", kind: "liaison", to: "treasury-do", events: portalSent, day: "2025-06-02",
		answers: letter.Answers{"concern": "Two telephone calls brought no date. A date for item 1 would settle it."}},
	{name: "acknowledgment", kind: "acknowledgment", to: "dhs-ice", events: portalSent, day: "2025-04-15",
		answers: letter.Answers{"corrections": "It puts me in the category of other requesters; I asked for that of the news media, " +
			"with the facts."}},
	{name: "referral", kind: "referral", to: "treasury-do", events: portalSent + "\n2025-04-20 referred to=treasury-irs pages=30",
		day: "2025-05-12"},
	{name: "withdrawal", kind: "withdrawal", to: "dhs-ice", events: portalSent, day: "2025-05-12",
		answers: letter.Answers{"part": "Item 1.", "reason": "The contract has been published."}},
	{name: "thanks", kind: "thanks", to: "treasury-do", events: portalSent + "\n2025-05-05 determination outcome=granted pages=120",
		day: "2025-05-12"},
	{name: "expedition", kind: "expedition", to: "dhs-ice", events: portalSent, day: "2025-04-30", answers: urgent},
	{name: "fee-waiver", kind: "fee-waiver", to: "treasury-irs", events: mailed, day: "2025-05-02", answers: waiver},
	{name: "appeal-all-exemptions", kind: "appeal", to: "treasury-irs", day: "2025-06-02",
		events: mailed + "\n2025-05-15 determination outcome=partial exemptions=b1,b2,b3,b4,b5,b6,b7A,b7B,b7C,b7D,b7E,b7F,b8,b9 " +
			"pages=40 withheld=160",
		answers: everyFact},
	{name: "appeal-b5-dhs", kind: "appeal", to: "dhs-ice", day: "2025-06-02",
		events: portalSent + "\n2025-05-15 determination outcome=denied exemptions=b5 withheld=12 appeal-to=\"Appeals Officer, Example " +
			"Building, 1 Example Street, Washington, DC 20000\""},
	{name: "appeal-search", kind: "appeal", to: "treasury-irs", day: "2025-06-02",
		events: mailed + "\n2025-05-15 determination outcome=no-records",
		answers: letter.Answers{"search_gaps": []any{"The invoice of February 21, 2024, which the newsletter of March 2024 shows",
			"The calendar of the contracting officer, whom the search did not include"},
			"search_private": "The contracting officer’s letter of May 3, 2024, gives a private address for replies."}},
	{name: "appeal-glomar", kind: "appeal", to: "treasury-tigta", day: "2025-06-02",
		events: "2025-04-08 sent by=email\n2025-05-05 determination outcome=glomar exemptions=b7C",
		answers: letter.Answers{"glomar_facts": "TIGTA’s Deputy Inspector General told the House committee on June 8, 2024, that TIGTA " +
			"keeps this file."}},
	{name: "appeal-not-described", kind: "appeal", to: "doj-jmd", day: "2025-06-02",
		events:  "2025-04-08 sent by=email\n2025-05-05 determination outcome=not-described",
		address: "Director, Example Office, 1 Example Street, Washington, DC 20000",
		answers: letter.Answers{"reasons": "The request names the office, the dates and the contract; the office keeps its " +
			"contracts by number."}},
	{name: "appeal-incomplete", kind: "appeal", to: "treasury-do", day: "2025-06-02",
		events:  portalSent + "\n2025-05-05 determination outcome=granted pages=12",
		answers: letter.Answers{"unanswered": []any{"Item 1, the amendments"}}},
	{name: "appeal-expedition", kind: "appeal-expedition", to: "treasury-irs", asks: expedited, day: "2025-05-05",
		events:  mailed + "\n2025-04-28 expedited-denied",
		answers: letter.Answers{"errors": "It says that no date was named; the request names the vote on March 3."}},
	{name: "appeal-fee-waiver", kind: "appeal-fee-waiver", to: "treasury-do", asks: waived, day: "2025-05-05",
		events: portalSent + "\n2025-04-28 fee-waiver-denied"},
	{name: "appeal-fee-category", kind: "appeal-fee-category", to: "treasury-do", day: "2025-05-05",
		events:  portalSent + "\n2025-04-28 category-assigned category=other",
		answers: letter.Answers{"errors": "It calls The Courier a blog; it has been published daily since 2011."}},
	{name: "appeal-status", kind: "appeal-status", to: "treasury-irs", day: "2025-08-04",
		events: mailed + "\n2025-05-15 determination outcome=denied exemptions=b5\n2025-06-02 appealed by=mail\n2025-06-05 " +
			"appeal-received tracking=A-77"},
	{name: "remand-status", kind: "remand-status", to: "treasury-do", day: "2025-09-02",
		events: portalSent + "\n2025-05-05 determination outcome=denied exemptions=b5\n2025-06-02 appealed by=portal\n2025-06-24 " +
			"appeal-decided outcome=partly"},
	{name: "remand-status-reversed", kind: "remand-status", to: "treasury-do", day: "2025-07-02",
		events: portalSent + "\n2025-05-05 determination outcome=denied exemptions=b5\n2025-06-02 appealed by=portal\n2025-06-24 " +
			"appeal-decided outcome=reversed"},
	{name: "extension-objection-short", kind: "extension-objection", to: "treasury-do",
		events: portalSent + "\n2025-04-15 extended until=2025-05-02 grounds=voluminous", day: "2025-04-20"},
	{name: "extension-objection-undated", kind: "extension-objection", to: "treasury-do",
		events: portalSent + "\n2025-04-30 extended grounds=voluminous", day: "2025-05-02"},
	{name: "status-late-acknowledgment", kind: "status", to: "treasury-do",
		events: "2025-04-08 sent by=portal\n2025-06-03 acknowledged received=2025-06-02 tracking=2025-F-1", day: "2025-06-30"},
	{name: "still-interested-short", kind: "still-interested", to: "doj-jmd",
		events: "2025-04-08 sent by=email\n2025-11-03 still-interested-asked answer-by=2025-11-17", day: "2025-11-10"},
	{name: "withdrawal-whole", kind: "withdrawal", to: "dhs-ice", events: portalSent, day: "2025-05-12"},
	{name: "perfection-late", kind: "perfection", to: "treasury-irs",
		events: mailed + "\n2025-06-02 deficiency-notice missing=\"an attestation of the category\"", day: "2025-06-06",
		answers: letter.Answers{"supplied": "I attest that I am a representative of the news media."}},
	{name: "ogis-silence", kind: "ogis", to: "dhs-ice", day: "2025-08-04",
		events:  portalSent + "\n2025-06-02 reminded by=email\n2025-07-03 reminded by=email",
		answers: letter.Answers{"wanted": "A date for the first release."}},
	{name: "ogis-appeal", kind: "ogis", to: "treasury-irs", day: "2025-09-04",
		events: mailed + "\n2025-05-15 determination outcome=denied exemptions=b5\n2025-06-02 appealed by=mail\n2025-06-05 " +
			"appeal-received\n2025-07-02 appeal-decided outcome=affirmed",
		answers: letter.Answers{"wanted": "A talk about which records are final.",
			"dispute": "The agency holds a signed agreement to be deliberative."}},
}

const (
	portalSent = "2025-04-08 sent by=portal\n2025-04-10 acknowledged received=2025-04-08 tracking=2025-F-00815"
	mailed     = "2025-04-10 sent by=mail\n2025-04-14 received proof=\"USPS 9407\""
)

var (
	urgent = letter.Answers{"expedite_ground": "urgency", "urgency_facts": "The county votes on the contract on March 3.",
		"dissemination_facts": "I am a full-time reporter of The Courier.",
		"articles":            []any{"The Courier, “Calls to cost more”, January 5, 2025"}}
	waiver = letter.Answers{"waiver_activity": "The choice of a telephone company.", "waiver_new": "What is paid for each call.",
		"waiver_audience": "About 40,000 readers a day.",
		"waiver_plan":     "Articles will appear within weeks of the release.", "waiver_commercial": "None. The articles are open to all."}
	expedited = with2(map[string]any{"expedite": true}, urgent)
	waived    = with2(map[string]any{"fee_waiver": true}, waiver)
)

func with2(a map[string]any, b letter.Answers) map[string]any {
	for k, v := range b {
		a[k] = v
	}
	return a
}

// live makes the request of a case and records its events.
func (c aCase) live(t testing.TB, d *Desk) {
	t.Helper()
	day := workday.MustDate(cmp.Or(c.made, "2025-04-07"))
	year := fmt.Sprint(day.Year() - 1)
	answers := letter.Answers{"subject": "Contract for the telephone line", "components": []any{"Office of the Director"},
		"records": []any{map[string]any{"text": "The contract with Example Telecom for the telephone line, with all amendments",
			"custodians": []any{"Office of Contracts"}, "date_from": year + "-01-01", "date_to": year + "-12-31"}},
		"category_facts": "The Courier gathers, edits and publishes news every day.",
		"use_statement":  "To report on them in articles open to all."}
	for k, v := range c.asks {
		answers[k] = v
	}
	requester := letter.Requester{ID: "desk", Name: "Ana Ruiz", Organization: "The Courier", Street: []string{"12 Main St"}, City: "Albany",
		State: "NY", ZIP: "12207",
		Email: "ana@example.org", Phone: "202-555-0111", Answers: map[string]any{"fee_category": "media"}}
	d.Today = day
	ask := filing.Ask{Name: "request", Offices: []string{c.to}, Requester: requester, Date: d.Today,
		Given: []letter.Layer{{Answers: answers, File: "test"}}}
	if c.law != "" {
		for _, federal := range []string{"components", "category_facts", "use_statement"} {
			delete(answers, federal)
		}
		ask.Name, ask.Offices, ask.Law = "public-records", []string{"Springfield Police Department"}, c.law
		ask.At = &agency.Office{Address: []string{"1 Main Street"}, City: "Springfield", Email: "records@springfield.example", Law: c.law}
	}
	file(t, d, ask, filing.Options{})
	d.Today = workday.MustDate(c.day)
	for line := range strings.SplitSeq(c.events, "\n") {
		on, rest, _ := strings.Cut(line, " ")
		kind, details, _ := strings.Cut(rest, " ")
		e := docket.Event{Kind: docket.Kind(kind), On: workday.MustDate(on), Data: map[string]string{}}
		for details != "" {
			var name, value string
			name, details, _ = strings.Cut(details, "=")
			if quoted, ok := strings.CutPrefix(details, `"`); ok {
				value, details, _ = strings.Cut(quoted, `"`)
				details = strings.TrimPrefix(details, " ")
			} else {
				value, details, _ = strings.Cut(details, " ")
			}
			e.Data[name] = value
		}
		entry := logbook.Entry{Request: c.id(), Event: e}
		if e.Data["attach"] != "" { // the letter that came
			file := filepath.Join(t.TempDir(), e.Data["attach"])
			if err := os.WriteFile(file, []byte("%PDF-1.4\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			delete(e.Data, "attach")
			entry.Attach = []string{file}
		}
		if _, err := record(t.Context(), d, entry); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
	}
}

// id is the number of the request of a case.
func (c aCase) id() string { return cmp.Or(c.made, "2025")[:4] + "-0001" }

func (c aCase) followUp(d *Desk) FollowUp {
	return FollowUp{Request: c.id(), Kind: c.kind, Date: d.Today, Address: c.address, Via: c.via,
		Given: []letter.Layer{{Answers: c.answers, File: "test"}}}
}
