package preflight

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"foia/internal/agency"
	"foia/internal/law"
	"foia/internal/letter"
	"foia/internal/remedy"
)

// rows hold for each rule letters that trip it, with the severity, and letters
// that must not (severity none). The rules are those of 5 U.S.C. § 552 and of the
// regulations that rules.yaml cites.
var rows = []struct {
	rule, name string
	want       Severity
	scene      scene
}{
	// An appeal gives its reasons: 6 C.F.R. § 5.8(a)(1).
	{"A01", "no fact at all", Warning, scene{to: "dhs-ice", appeal: []string{"b5"}}},
	{"A01", "enclosures are no fact", Warning, scene{appeal: []string{"b5"}, answers: letter.Answers{"enclosures": []any{"A printout"}}}},
	{"A01", "one fact", "", scene{appeal: []string{"b5"}, answers: letter.Answers{"b5_adopted": "All offices follow it."}}},
	{"A01", "a first request", "", scene{}},
	// 5 U.S.C. § 552(b)(6), (b)(7)(C); NARA v. Favish, 541 U.S. 157 (2004)
	{"A02", "7(C)", Warning, scene{appeal: []string{"b7C"}}},
	{"A02", "6, and nothing shows the interest", Warning,
		scene{appeal: []string{"b6"}, answers: letter.Answers{"public_interest": "Who decided."}}},
	{"A02", "stated and shown", "",
		scene{appeal: []string{"b6", "b7C"},
			answers: letter.Answers{"public_interest": "Who decided.", "public_interest_shown": "The inspector’s report."}}},
	{"A02", "another exemption", "", scene{appeal: []string{"b7E"}}},
	// 31 C.F.R. part 1, appendix B: the IRS names no e-mail address.
	{"C01", "e-mail to the IRS", Error, scene{via: agency.Email}},
	{"C01", "mail to ICE since January 2026", Error, scene{to: "dhs-ice", via: agency.Mail}},
	{"C01", "portal of ICE", "", scene{to: "dhs-ice", via: agency.Portal}},
	{"C01", "no channel known", Warning, scene{draft: func(d *letter.Draft) { d.Channel = "" }}},
	// Who may ask, as internal/law/laws has it of each law: Tenn. Code Ann. § 10-7-503,
	// 65 P.S. § 67.102, Idaho Code § 74-102, RSA 91-A:4.
	{"S01", "Tennessee, nothing said", Error, scene{law: "us-tn"}},
	{"S01", "Tennessee, a citizen", "", scene{law: "us-tn", answers: letter.Answers{"eligibility": "I am a citizen of Tennessee"}}},
	{"S01", "Pennsylvania, residents of the United States", Error, scene{law: "us-pa"}},
	{"S01", "Idaho, other terms for others", Warning, scene{law: "us-id"}},
	{"S01", "New Hampshire, unclear", Warning, scene{law: "us-nh"}},
	{"S01", "Texas, anyone", "", scene{law: "us-tx"}},
	{"S01", "the European Union, unverified", "", scene{law: "eu"}},
	{"S02", "Virginia, an address elsewhere", Warning, scene{law: "us-va", who: func(r *letter.Requester) { r.State = "NY" }}},
	{"S02", "Virginia, an address there", "", scene{law: "us-va", who: func(r *letter.Requester) { r.State = "VA" }}},
	{"S02", "Virginia, written out", "", scene{law: "us-va", who: func(r *letter.Requester) { r.State = "Virginia" }}},
	{"S02", "Virginia, with points", "", scene{law: "us-va", who: func(r *letter.Requester) { r.State, r.Country = "Va.", "U.S.A." }}},
	{"S02", "Virginia, a state of that name abroad", Warning,
		scene{law: "us-va", who: func(r *letter.Requester) { r.State, r.Country = "VA", "Italy" }}},
	{"S02", "Texas asks nobody", "", scene{law: "us-tx", who: func(r *letter.Requester) { r.State = "NY" }}},
	{"S03", "Canada, its application fee", Advice, scene{law: "ca"}},
	{"S03", "Florida", Advice, scene{law: "us-fl"}},
	{"S03", "everything is verified", "", scene{law: "us-tx", draft: func(d *letter.Draft) {
		whole := *d.Regime.Records
		whole.Unverified, whole.OneSource = nil, nil
		d.Regime.Records = &whole
	}}},
	{"S04", "Illinois asks", Advice, scene{law: "us-il"}},
	{"S04", "Illinois is told", "", scene{law: "us-il", answers: letter.Answers{"commercial": "no"}}},
	{"S04", "Ohio does not ask", "", scene{law: "us-oh"}},
	{"S05", "Germany", Warning, scene{law: "de"}},
	{"S05", "Germany, in German", "", scene{law: "de", letter: "de-ifg"}},
	{"S05", "Puerto Rico, in Spanish", "", scene{law: "us-pr", letter: "es-pr"}},
	{"S07", "Australia, the statement of section 15(2)(aa)", Error, scene{law: "au", draft: without("for the purposes of")}},
	{"S07", "Canada, the fee of section 7 of the Regulations", Error, scene{law: "ca", draft: without("application fee")}},
	{"S07", "Canada, paid online", "", scene{law: "ca"}},
	{"S07", "Canada, a cheque by e-mail", Error, scene{law: "ca", via: agency.Email, answers: letter.Answers{"application_fee": "cheque"}}},
	{"S07", "Canada, a cheque by mail", "", scene{law: "ca", via: agency.Mail, answers: letter.Answers{"application_fee": "cheque"}}},
	{"S07", "New Jersey, all three said", "", scene{law: "us-nj"}},
	{"S07", "New Jersey, silent on a commercial purpose", Error, scene{law: "us-nj", answers: letter.Answers{"commercial": nil}}},
	{"S07", "New Jersey, silent on a proceeding", Error, scene{law: "us-nj", draft: without("legal proceeding")}},
	{"S07", "New Jersey, nothing certified", Warning, scene{law: "us-nj", answers: letter.Answers{"conviction": "not stated"}}},
	{"S07", "Puerto Rico, no postal address", Warning, scene{law: "us-pr", letter: "es-pr", who: noAddress}},
	{"S07", "Puerto Rico, both addresses", "", scene{law: "us-pr", letter: "es-pr"}},
	{"S07", "the European Union, no postal address", Warning, scene{law: "eu", who: noAddress}},
	{"S08", "Alabama, by e-mail", Warning, scene{law: "us-al", via: agency.Email}},
	{"S08", "Alabama, by mail", "", scene{law: "us-al", via: agency.Mail}},
	{"S09", "a Widerspruch by e-mail", Error, scene{law: "de", letter: "de-widerspruch", via: agency.Email}},
	{"S09", "a Widerspruch by mail, and what it costs", Advice, scene{law: "de", letter: "de-widerspruch", via: agency.Mail}},
	{"S09", "an application by e-mail", "", scene{law: "de", letter: "de-ifg", via: agency.Email}},
	{"F11", "German is not read for English words", "", scene{law: "de", letter: "de-ifg"}},
	{"F12", "German correspondence", "",
		scene{law: "de", letter: "de-ifg", answers: letter.Answers{"records": []any{"Die E-Mails der Referatsleitung zum Vertrag vom " +
			"7. April 2025"}}}},
	{"F13", "a question in Spanish", "",
		scene{law: "us-pr", letter: "es-pr",
			answers: letter.Answers{"records": []any{"¿Qué contratos de cámaras estaban vigentes en 2025?"}}}},
	{"S05", "Ireland", "", scene{law: "ie"}},
	{"S06", "Canada's application fee", Warning, scene{law: "ca"}},
	{"S06", "Florida", "", scene{law: "us-fl"}},
	// 65 P.S. § 67.1101(a)(1), as Department of Corrections v. Office of Open Records, 18 A.3d 429 (Pa. Cmwlth.
	//  2011), quotes and applies it.
	{"S10", "no file of the decision", Error,
		scene{law: "us-pa", review: &Surroundings{
			Lacking: []Lacking{{What: "the decision of May 5, 2025", By: "by May 26, 2025", Cite: "65 P.S. § 67.1101(a)(1)",
				Fix: remedy.To(remedy.Record, "2026-0001", "file").With("on", "2025-05-05").With("attach",
					remedy.Open("FILE")).String()}}}}},
	{"S10", "all there", "", scene{law: "us-pa", review: &Surroundings{}}},
	{"S11", "one of two grounds", Error,
		scene{law: "us-pa", review: eachGround, appeal: []string{"708(b)(11)", "708(b)(17)"},
			answers: letter.Answers{"ground_answers": []any{"The prices were read out."}}}},
	{"S11", "no ground in the log, and none answered", Error, scene{law: "us-pa", review: eachGround}},
	{"S11", "nothing on why it is public", Error,
		scene{law: "us-pa", review: eachGround, draft: func(d *letter.Draft) { delete(d.Answers, "reasons") }}},
	{"S11", "each answered", "", scene{law: "us-pa", review: eachGround, appeal: []string{"708(b)(11)"},
		answers: letter.Answers{"ground_answers": []any{"The prices were read out."}}}},
	{"S11", "a law that does not want it", "", scene{law: "us-ny", review: &Surroundings{}, appeal: []string{"87(2)(b)"}}},
	{"F01", "a rule of the federal Act, in Texas", "", scene{law: "us-tx"}},
	{"F04", "a rule of the federal Act, in Texas", "", scene{law: "us-tx"}},
	{"F08", "an item of everything, in Texas", Error, scene{law: "us-tx", answers: items("All records")}},
	// The ages are those of agency/data/departments: of ICE's post January 2025, of its portal January
	// 2026; of the FBI's e-mail July 2017.
	{"C02", "an old postal address", Advice, scene{to: "dhs-ice", via: agency.Mail}},
	{"C02", "a portal of this year, although the post is old", "", scene{to: "dhs-ice", via: agency.Portal}},
	{"C02", "a mailbox of low confidence", Warning, scene{to: "doj-fbi", via: agency.Email}},
	{"C02", "told before, by the same way", "", scene{to: "doj-fbi", via: agency.Email, similar: func(letter.Draft) []Similar {
		return []Similar{{ID: "2026-0001", OfficeID: "doj-fbi", Via: agency.Email}}
	}}},
	{"C02", "told before of another way", Warning, scene{to: "doj-fbi", via: agency.Email, similar: func(letter.Draft) []Similar {
		return []Similar{{ID: "2026-0001", OfficeID: "doj-fbi", Via: agency.Portal}}
	}}},
	{"C02", "told before of another office", Warning, scene{to: "doj-fbi", via: agency.Email, similar: func(letter.Draft) []Similar {
		return []Similar{{ID: "2026-0001", OfficeID: "doj-dea", Via: agency.Email}}
	}}},
	{"C02", "the user's own record", "", scene{office: func(o *agency.Office) { o.UserAdded = true }}},

	// 26 C.F.R. § 601.702(c)(4)(i)(B)
	{"F01", "Act not named, IRS", Error, scene{text: cut(`(?i)freedom of information act`, `5 U.S.C. § 552`)}},
	{"F01", "Act not named, ICE", Warning, scene{to: "dhs-ice", text: cut(`(?i)freedom of information act`, `5 U.S.C. § 552`)}},
	{"F01", "Act named late", Warning, scene{to: "dhs-ice", text: func(t testing.TB, s string) string {
		return add("This is under the Freedom of Information Act.")(t, cut(`(?i)freedom of information act`, `5 U.S.C. § 552`)(t, s))
	}}},
	{"F01", "Act named", "", scene{}},
	{"F01", "Act named, text", "", scene{text: same}},
	// 26 C.F.R. § 601.702(c)(4)(i)(A): signed by the individual
	{"F02", "nobody signs", Error, scene{text: cut(`(?s)Sincerely,\n.*`)}},
	{"F02", "nobody signs, ICE", Warning, scene{to: "dhs-ice", text: cut(`(?s)\nJane Q. Sample  \n.*`)}},
	{"F02", "an organization signs", Error, scene{who: func(r *letter.Requester) { r.Name = r.Organization }}},
	{"F02", "an organization signs, text", Error, scene{text: func(t testing.TB, s string) string {
		return strings.ReplaceAll(s, "Jane Q. Sample", "Example Coalition, Inc.")
	}}},
	{"F02", "a person signs", "", scene{}},
	{"F02", "a person signs, text", "", scene{text: same}},
	// 26 C.F.R. § 601.702(c)(4)(i)(F); the form of Treasury's Departmental Offices
	{"F03", "no address, IRS", Error, scene{who: noAddress}},
	{"F03", "no address, IRS, text", Error, scene{who: noAddress, text: same}},
	{"F03", "no address, Treasury", Error, scene{to: "treasury-do", who: noAddress}},
	{"F03", "no way at all", Warning, scene{to: "dhs-ice", who: func(r *letter.Requester) { noAddress(r); r.Email, r.Phone = "", "" }}},
	{"F03", "e-mail is enough for ICE", "", scene{to: "dhs-ice", who: noAddress}},
	{"F03", "full address", "", scene{}},
	{"F03", "full address, text", "", scene{text: same}},
	// 26 C.F.R. § 601.702(c)(4)(i)(H); 6 C.F.R. § 5.11(a)
	{"F04", "nothing about fees, IRS", Error, scene{text: cut(`(?s)## Fees.*## Expedited`)}},
	{"F04", "nothing about fees, ICE", Warning, scene{to: "dhs-ice", text: cut(`(?s)## Fees.*## Expedited`)}},
	{"F04", "cap and waiver", "", scene{}},
	{"F04", "agreement within the item's paragraph", "", scene{text: func(testing.TB, string) string {
		return "Dear FOIA Officer:\n\nI request the lease and agree to pay up to $25.\n\nSincerely,\nAna Ruiz\n"
	}}},
	{"F04", "cap alone, text", "", scene{answers: letter.Answers{"fee_waiver": false}, text: same}},
	// 26 C.F.R. § 601.702(c)(4)(i)(I), (f)(3)(i)
	{"F05", "no category", Error, scene{text: cut(`(?s)I ask to be treated as.*?media, [^.]*\.`, `representative of the news media`)}},
	{"F05", "no use", Error, scene{answers: letter.Answers{"use_statement": "News.", "waiver_plan": "News.", "waiver_commercial": "None."},
		draft: func(d *letter.Draft) { delete(d.Answers, "use_statement") }, text: cut(`The records will be used as follows\.`)}},
	{"F05", "no attestation", Error,
		scene{answers: letter.Answers{"expedite": false}, text: cut(`(?s)## Declaration.*?\n\n.*?\n\n.*?\n\n`)}},
	{"F05", "attested", "", scene{}},
	{"F05", "other needs none", "", scene{answers: letter.Answers{"fee_category": "other", "expedite": false}}},
	{"F05", "not asked by ICE", "", scene{to: "dhs-ice", text: cut(`(?s)I ask to be treated as.*?media, [^.]*\.`)}},
	// 26 C.F.R. § 601.702(c)(4)(i)(G)
	{"F06", "neither copies nor inspection", Error, scene{text: cut(`I ask for copies, and do not ask to inspect the records first\.`)}},
	{"F06", "copies", "", scene{}},
	{"F06", "copies, text", "", scene{text: same}},
	// 26 U.S.C. § 6103(a), (b)(2)
	{"F07", "tax returns of a person", Error, scene{answers: items("The tax returns of John Smith for 2024.")}},
	{"F07", "a number of a company", Error, scene{to: "treasury-do", answers: items("Documents that show the EIN under which Example " +
		"Corp reports.")}},
	{"F07", "whether somebody paid", Error, scene{answers: items("Documents on whether Example Corp paid its federal income taxes.")}},
	{"F07", "no carve-out", Error,
		scene{answers: items("The agreement of 2025 on taxpayers' addresses."), text: cut(`(?s)## No taxpayer’s information.*?request\.`)}},
	{"F07", "no carve-out, no taxpayer", Warning, scene{text: func(testing.TB, string) string {
		return "Dear FOIA Officer:\n\nUnder the Freedom of Information Act I request the lease of your Albany office, " +
			"2024.\n\nSincerely,\nAna Ruiz\n"
	}}},
	{"F07", "consent enclosed", "",
		scene{answers: with(items("The tax returns of John Smith for 2024."),
			letter.Answers{"enclosures": []any{"Form 8821 signed by John Smith"}})}},
	{"F07", "number of returns", "", scene{answers: items("Records sufficient to show the number of tax returns examined in 2024.")}},
	{"F07", "carve-out", "", scene{}},
	{"F07", "carve-out, text", "", scene{text: same}},
	{"F07", "not about ICE", "", scene{to: "dhs-ice", answers: items("Documents with tax returns of John Smith, 2024.")}},
	// 5 U.S.C. § 552(a)(3)(A)
	{"F08", "all records", Error, scene{answers: items("Any and all records, documents and e-mails.")}},
	{"F08", "everything", Error, scene{answers: items("The budget of 2024 for travel.", "Everything you have.")}},
	{"F08", "no items in a text", Error, scene{text: func(testing.TB, string) string {
		return "Hello,\n\nGood day under the Freedom of Information Act.\n\nSincerely,\nAna Ruiz\n"
	}}},
	{"F08", "all records on a subject", "", scene{answers: items("All records on the lease of the Albany office.")}},
	{"F08", "text", "", scene{text: same}},
	// 6 C.F.R. § 5.3(b): dates narrow the search
	{"F09", "no period", Warning, scene{
		answers: with(items("The lease of the Albany office."), letter.Answers{"date_from": nil, "date_to": nil})}},
	{"F09", "too long", Warning, scene{answers: letter.Answers{"date_from": "2001-01-01"}}},
	{"F09", "backwards", Warning, scene{answers: letter.Answers{"date_from": "2025-09-01", "date_to": "2025-08-31"}}},
	{"F09", "future", Warning, scene{answers: letter.Answers{"date_to": "2027-12-31"}}},
	{"F09", "backwards, text", Warning, scene{text: func(t testing.TB, s string) string {
		return strings.ReplaceAll(s, "January 20, 2025, through", "September 1, 2025, through")
	}}},
	{"F09", "open end", "", scene{answers: letter.Answers{"date_to": nil}}},
	{"F09", "open end, text", "", scene{answers: letter.Answers{"date_to": nil}, text: same}},
	{"F09", "ten years to the day of the letter", "", scene{answers: letter.Answers{"date_from": "2016-11-23", "date_to": nil}}},
	{"F09", "a day more", Warning, scene{answers: letter.Answers{"date_from": "2016-11-22", "date_to": nil}}},
	// 26 C.F.R. § 601.702(c)(1)(ii)
	{"F10", "ongoing, IRS", Error, scene{answers: items("Reports on the project, as they are created, on an ongoing basis, from 2024.")}},
	{"F10", "ongoing, ICE", Warning, scene{to: "dhs-ice", answers: items("Reports on the project from 2024 to present and continuing.")}},
	{"F10", "standing request", Error, scene{text: add("This is a standing request.")}},
	{"F10", "no standing request", "", scene{text: add("This is not a standing request.")}},
	{"F10", "ongoing investigation", "", scene{answers: items("Policies on ongoing investigations of 2024.")}},
	// 6 C.F.R. § 5.3(b)
	{"F11", "no custodian", Warning, scene{answers: with(items("The lease in Albany, 2024."), letter.Answers{"custodians": nil})}},
	{"F11", "office in the item", "",
		scene{answers: with(items("The lease of the Albany field office, 2024."), letter.Answers{"custodians": nil})}},
	{"F11", "custodians", "", scene{text: same}},
	// 5 U.S.C. § 552(a)(3)(C)
	{"F12", "messages without words", Advice, scene{answers: items("E-mail messages and texts on the lease of the Albany office, 2024.")}},
	{"F12", "Signal", Advice, scene{answers: items("What was said on Signal about the lease of the Albany office, 2024.")}},
	{"F12", "words", "", scene{}},
	{"F12", "words in the item", "", scene{answers: items("E-mail messages of 2024 that mention the lease of the Albany office.")}},
	{"F12", "a turn signal", "", scene{answers: items("The plan of 2024 for a turn signal at the office.")}},
	// An agency need not answer questions: 5 U.S.C. § 552(a)(3)(A) speaks of records.
	{"F13", "question", Warning, scene{answers: items("Why was the lease of the office ended in 2024?")}},
	{"F13", "please explain", Warning, scene{answers: items("Please explain the end of the lease of 2024.")}},
	{"F13", "how many", "", scene{answers: items("Records sufficient to show how many leases the office ended in 2024.")}},
	{"F14", "list to be made", Warning, scene{answers: items("Compile a table of all leases of the office in 2024.")}},
	{"F14", "please calculate", Warning, scene{answers: items("The leases of 2024. Please calculate their total.")}},
	{"F14", "a list that was made", "", scene{answers: items("The table of leases that the office compiled in 2024, and policies to " +
		"prepare it.")}},
	// 5 U.S.C. § 552(a)(6)(E)(vi)
	{"F15", "no certificate", Error, scene{to: "dhs-ice", text: cut(`(?s)## Declaration.*?\n\n.*?\n\n.*?\n\n`)}},
	{"F15", "without belief", Warning, scene{text: cut(` to the best of my knowledge and belief`)}},
	{"F15", "certified", "", scene{}},
	{"F15", "certified, text", "", scene{text: same}},
	{"F15", "not asked", "", scene{text: func(t testing.TB, s string) string {
		return add("I do not ask for expedited processing.")(t,
			cut(`(?s)## Expedited.*## Contact`, `(?s)## Declaration.*?\n\n.*?\n\n.*?\n\n`)(t, s))
	}}},
	{"F16", "no dissemination", Warning, scene{answers: letter.Answers{"dissemination_facts": nil}}},
	{"F16", "no articles", Warning, scene{answers: letter.Answers{"articles": nil}}},
	{"F16", "bare text", Warning, scene{text: func(testing.TB, string) string {
		return "Dear FOIA Officer:\n\nI request the lease under the Freedom of Information Act.\n\nI ask for expedited " +
			"processing.\n\nSincerely,\nAna Ruiz\n"
	}}},
	{"F16", "threat needs no articles", "",
		scene{answers: letter.Answers{"expedite_ground": "threat", "articles": nil, "dissemination_facts": nil}}},
	{"F16", "facts", "", scene{}},
	{"F16", "facts, text", "", scene{text: same}},
	// 6 C.F.R. § 5.5(e)(1)(iv), (2); 31 C.F.R. § 1.4(e)(1) knows no such ground
	{"F17", "media interest, IRS", Warning, scene{answers: letter.Answers{"expedite_ground": "media-interest"}}},
	{"F17", "media interest, ICE", Warning, scene{to: "dhs-ice", answers: letter.Answers{"expedite_ground": "media-interest"}}},
	{"F17", "media interest, ICE, text", Warning,
		scene{to: "dhs-ice", answers: letter.Answers{"expedite_ground": "media-interest"}, text: same}},
	{"F17", "media interest, Privacy Office", "", scene{to: "dhs-priv", answers: letter.Answers{"expedite_ground": "media-interest"}}},
	{"F17", "urgency, IRS", "", scene{}},
	// 6 C.F.R. § 5.11(k); 26 C.F.R. § 601.702(f)(2)(i), (iii)
	{"F18", "factor empty", Warning, scene{answers: letter.Answers{"waiver_new": nil}}},
	{"F18", "poverty", Warning, scene{answers: letter.Answers{"waiver_commercial": "None. Our newsroom cannot afford the fees."}}},
	{"F18", "bare text", Warning, scene{text: func(testing.TB, string) string {
		return "Dear FOIA Officer:\n\nI request the lease under the Freedom of Information Act.\n\nPlease waive all " +
			"fees.\n\nSincerely,\nAna Ruiz\n"
	}}},
	{"F18", "no waiver asked", "", scene{answers: letter.Answers{"fee_waiver": false, "waiver_new": nil}}},
	{"F18", "all factors", "", scene{}},
	{"F18", "all factors, text", "", scene{text: same}},
	// 5 U.S.C. § 552(a)(4)(A)(ii), closing text
	{"F19", "no facts", Warning, scene{answers: letter.Answers{"category_facts": "We are a newsroom.", "use_statement": "News."}}},
	{"F19", "freelancer without outlet", Warning, scene{answers: letter.Answers{"category_facts": "I am a freelance reporter who writes " +
		"stories for readers online."}}},
	{"F19", "freelancer who names no category, text", Warning, scene{to: "dhs-ice", text: func(testing.TB, string) string {
		return "Dear FOIA Officer:\n\nUnder the Freedom of Information Act I request the lease. I am a freelance " +
			"journalist.\n\nSincerely,\nAna Ruiz\n"
	}}},
	{"F19", "freelancer with contract", "", scene{answers: letter.Answers{"category_facts": "I am a freelance reporter who writes " +
		"stories for readers online, under contract with the Courier."}}},
	{"F19", "facts", "", scene{text: same}},
	// 6 C.F.R. § 5.11(b)(1)
	{"F20", "clients", Warning, scene{answers: letter.Answers{"use_statement": "We gather records, analyse them and publish reports for " +
		"our clients."}}},
	{"F20", "due diligence, text", Warning, scene{text: add("We need the records for due diligence.")}},
	{"F20", "commercial category", "",
		scene{answers: letter.Answers{"fee_category": "commercial", "use_statement": "For our clients.", "fee_waiver": false}}},
	{"F20", "no resale", "", scene{answers: letter.Answers{"waiver_commercial": "None; the records are not for resale."}}},
	{"F20", "clients of the agency", "", scene{answers: items("Policies of 2024 on the clients of the office.")}},
	// 6 C.F.R. § 5.4(c)
	{"F21", "all components", Warning, scene{to: "dhs-priv", answers: items("Leases of 2024 of all components.")}},
	{"F21", "CBP not listed", Warning, scene{to: "dhs-ice", answers: items("Letters between ICE and U.S. Customs and Border Protection " +
		"on the lease of 2024.")}},
	{"F21", "CBP listed", "", scene{to: "dhs-ice",
		answers: with(items("Letters between ICE and CBP on the lease of 2024."),
			letter.Answers{"components": []any{"ICE", "Customs and Border Protection (CBP)"}})}},
	{"F21", "CBP asked apart", "",
		scene{to: "dhs-ice", answers: with(items("Letters between ICE and CBP on the lease of 2024."),
			letter.Answers{"related": "I have written to CBP separately."})}},
	{"F21", "not at the IRS", "", scene{answers: items("Leases of 2024 of all components.")}},
	// 5 U.S.C. § 552(a)(6)(A): routing runs within the agency
	{"F22", "two departments", Warning,
		scene{to: "dhs-ice", answers: letter.Answers{"components": []any{"ICE", "Department of the Treasury"}}}},
	{"F22", "foreign custodian", Warning, scene{answers: letter.Answers{"custodians": []any{"Federal Bureau of Investigation"}}}},
	{"F22", "two addressees, text", Warning, scene{text: func(testing.TB, string) string {
		return "November 23, 2026\n\nDepartment of Homeland Security\nDepartment of Justice\n\nDear FOIA Officers:\n\nI request the " +
			"lease.\n\nSincerely,\nAna Ruiz\n"
	}}},
	{"F22", "another department as subject", "", scene{answers: items("Letters to the Department of Homeland Security, 2025.")}},
	{"F22", "own department", "", scene{text: same}},
	// 6 C.F.R. § 5.3(a)(4)
	{"F23", "personnel file", Warning, scene{to: "dhs-ice", answers: items("The personnel file of John Smith, 2024.")}},
	{"F23", "brother", Warning, scene{answers: items("My brother's file at the office, 2024.")}},
	{"F23", "authorized", "", scene{to: "dhs-ice",
		answers: with(items("The personnel file of John Smith, 2024."),
			letter.Answers{"enclosures": []any{"Signed authorization of John Smith"}})}},
	{"F23", "official as custodian", "",
		scene{answers: letter.Answers{"custodians": []any{"Office of the Commissioner (Melanie Krause)"}}}},
	{"F23", "calendars of an official", "", scene{answers: items("The official calendars of Melanie Krause, 2025.")}},
	// 6 C.F.R. § 5.21(e)
	{"F24", "own file, DHS", Error, scene{to: "dhs-ice", answers: items("My immigration file, 2010 to 2020.")}},
	{"F24", "own file, Justice", Warning,
		scene{to: "doj-fbi", answers: with(items("All records about me, 2010 to 2020."), letter.Answers{"expedite": false})}},
	{"F24", "identity shown", "", scene{to: "dhs-ice", answers: with(items("My immigration file, 2010 to 2020."),
		letter.Answers{"related": "My date and place of birth and my citizenship are on the enclosure, which I declare under penalty " +
			"of perjury."})}},
	{"F24", "nobody's own", "", scene{}},
	// 5 U.S.C. § 552(a)(3)(B)
	{"F25", "no format", Advice, scene{
		text: cut(`(?s)Please send them in electronic form.*?file of its own\.`, `(?s)## Search.*?## Form`)}},
	{"F25", "format", "", scene{}},
	{"F25", "format, text", "", scene{text: same}},
	// 5 U.S.C. § 552(b), (a)(8)(A), (B)
	{"F26", "nothing on withholding", Advice, scene{text: cut(`(?s)## If anything is withheld.*?## Pres`)}},
	{"F26", "harm against exemption 3", Advice, scene{text: add("Records under exemption 3 must be released unless harm is foreseeable.")}},
	{"F26", "harm and its limit", "", scene{}},
	{"F26", "harm and its limit, text", "", scene{text: same}},
	// 26 C.F.R. § 601.702(c)(5)(i)
	{"F27", "no court", Warning, scene{answers: letter.Answers{"litigation": []any{"Doe v. Roe, a suit about addresses"}}}},
	{"F27", "mention alone", Warning, scene{answers: letter.Answers{"litigation": nil, "urgency_facts": "Doe v. Roe was filed, and the " +
		"lawsuit will be heard soon."}}},
	{"F27", "full caption", "", scene{}},
	{"F27", "full caption, text", "", scene{text: same}},
	{"F27", "none mentioned", "", scene{answers: letter.Answers{"litigation": nil}, text: same}},
	{"F27", "not asked by ICE", "", scene{to: "dhs-ice", text: add("A lawsuit is pending.")}},
	// 26 C.F.R. § 601.702(c)(1)(iii)
	{"F28", "waiver asked", Advice, scene{to: "dhs-ice", answers: letter.Answers{"already_public": nil, "beyond_public": nil}}},
	{"F28", "press releases", Advice,
		scene{to: "dhs-ice", answers: with(items("Press releases on the lease, 2024."),
			letter.Answers{"already_public": nil, "beyond_public": nil, "fee_waiver": false})}},
	{"F28", "no waiver", "", scene{to: "dhs-ice",
		answers: letter.Answers{"already_public": nil, "beyond_public": nil, "fee_waiver": false}}},
	{"F28", "said", "", scene{}},
	{"F28", "said, text", "", scene{text: same}},
	// 5 U.S.C. § 552(a)(6)(B)(iv); 6 C.F.R. § 5.11(h)
	{"F29", "same office", Warning, scene{similar: other("treasury-irs", 10)}},
	{"F29", "same department", Advice, scene{similar: other("treasury-do", 10)}},
	{"F29", "after 30 days", "", scene{similar: other("treasury-irs", 31)}},
	{"F29", "reasons given", "", scene{similar: other("treasury-irs", 10),
		answers: letter.Answers{"related": "They ask for different records."}}},
	{"F29", "other agency", "", scene{similar: func(d letter.Draft) []Similar {
		return []Similar{{ID: "2026-0007", OfficeID: "doj-olc", Parent: "doj", Text: itemsOf(d.Records), On: d.Date}}
	}}},
	{"F29", "other records", "", scene{similar: func(d letter.Draft) []Similar {
		return []Similar{{ID: "2026-0007", OfficeID: "treasury-irs", Parent: "treasury",
			Text: "The lease of the Albany office of 2024, and its annexes", On: d.Date}}
	}}},
	// 6 C.F.R. § 5.5(e) is mis-cited as title 5 on FOIA.gov's forms
	{"F30", "social security number", Warning, scene{text: add("My number is 123-45-6789.")}},
	{"F30", "alien number", Warning, scene{answers: letter.Answers{"related": "See A 123456789."}}},
	{"F30", "employer number", Warning, scene{text: add("Our number is 12-3456789.")}},
	{"F30", "date of birth", Warning, scene{text: add("Date of birth: January 5, 1980.")}},
	{"F30", "ten working days", Warning, scene{text: add("Please answer within ten working days.")}},
	{"F30", "title 5", Warning, scene{to: "dhs-ice", text: add("See 5 C.F.R. § 5.5(e).")}},
	{"F30", "title 44", Warning, scene{text: add("See 44 C.F.R. § 5.22(f).")}},
	{"F30", "35 days", Warning, scene{text: add("I know that I must appeal within 35 days.")}},
	{"F30", "522", Warning, scene{text: add("See 5 U.S.C. § 522.")}},
	{"F30", "31 C.F.R. 1.8", Warning, scene{text: add("See 31 C.F.R. § 1.8.")}},
	{"F30", "Murray Lane", Warning, scene{to: "dhs-priv", text: add("Sent to 245 Murray Lane SW.")}},
	{"F30", "Riverside", Warning, scene{text: add("Sent to 6377A Riverside Avenue.")}},
	{"F30", "ten working days, proposed later", "",
		scene{appeal: []string{"b5"}, answers: letter.Answers{
			"reasons": "If within ten working days you give me a date, I will wait for it."}}},
	// 26 C.F.R. § 601.702(c)(10)(i): the IRS does give 35 days.
	{"F30", "35 days, in an appeal to the IRS", "",
		scene{appeal: []string{"b5"}, answers: letter.Answers{"reasons": "I appeal within the 35 days of your letter."}}},
	{"F30", "522, in an appeal", Warning, scene{appeal: []string{"b5"}, answers: letter.Answers{"reasons": "See 5 U.S.C. § 522."}}},
	{"F30", "ten days of an extension", "", scene{text: add("An extension within ten working days must be announced.")}},
	{"F30", "Murray Lane for expedition", "", scene{to: "dhs-priv", text: add("The request for expedition goes to 245 Murray Lane SW.")}},
	{"F30", "nothing wrong", "", scene{}},
	{"F30", "telephone and docket numbers", "",
		scene{text: add("Call 202-555-0100 about No. 25-5181, FR Doc. 2025-22449, ZIP 20536-5009.")}},

	// FOIA.gov's forms: the IRS demands the category; ICE only the description.
	{"W01", "category missing, portal", Error,
		scene{via: agency.Portal, draft: func(d *letter.Draft) { delete(d.Answers, "fee_category") }}},
	{"W01", "category missing, fax", Advice, scene{via: agency.Fax, draft: func(d *letter.Draft) { delete(d.Answers, "fee_category") }}},
	{"W01", "all there", "", scene{}},
	{"W01", "ICE asks only the description", "", scene{to: "dhs-ice", draft: func(d *letter.Draft) { delete(d.Answers, "fee_category") }}},
	{"W02", "FBI's own questions", Advice, scene{to: "doj-fbi"}},
	{"W02", "none of its own", "", scene{to: "treasury-irs"}},
	// 26 C.F.R. § 601.702(c)(6)(iii)
	{"X01", "urgency, IRS", Advice, scene{}},
	{"X01", "urgency, IRS, text", Advice, scene{text: same}},
	{"X01", "the letter says so, which is not yet done", Advice, scene{text: add("Copy to the Office of Media Relations.")}},
	{"X01", "threat", "", scene{answers: letter.Answers{"expedite_ground": "threat"}}},
	{"X01", "ICE", "", scene{to: "dhs-ice"}},
}

var citation = regexp.MustCompile(`\d+ (?:U\.S\.C\.|C\.F\.R\.)`)

// without takes the sentences that have some words out of a letter.
func without(words string) func(*letter.Draft) {
	return func(d *letter.Draft) {
		d.Document.Body = slices.Clone(d.Document.Body) // letters share what they have in common
		for i := range d.Document.Body {
			b := &d.Document.Body[i]
			var kept []string
			for sentence := range strings.SplitSeq(letter.Plain(b.Text), ". ") {
				if !strings.Contains(sentence, words) {
					kept = append(kept, sentence)
				}
			}
			if b.Kind == letter.Paragraph {
				b.Text = []letter.Span{{Text: strings.Join(kept, ". ")}}
			}
		}
	}
}

// demandCited tells whether a finding cites what the rule says that the law demands.
func demandCited(rule, under, why string) bool {
	for _, r := range rules().Rules {
		for _, d := range r.Demands {
			if r.ID == rule && d.Law == under && d.Cite != "" && strings.HasSuffix(why, "("+d.Cite+")") {
				return true
			}
		}
		if r.ID == rule && strings.HasSuffix(why, "(Access to Information Regulations, section 7)") && under == "ca" {
			return true
		}
	}
	return false
}

func TestRules(t *testing.T) {
	titles := map[string][]string{}
	for _, row := range rows {
		t.Run(row.rule+" "+row.name, func(t *testing.T) {
			var got []Finding
			for _, f := range row.scene.findings(t) {
				titles[f.Rule] = append(titles[f.Rule], f.Title)
				if f.Rule == row.rule {
					got = append(got, f)
				}
			}
			if row.want == "" {
				if len(got) > 0 {
					t.Fatalf("the rule trips: %+v", got[0])
				}
				return
			}
			if len(got) == 0 {
				t.Fatal("the rule does not trip")
			}
			f := got[0]
			if f.Severity != row.want {
				t.Errorf("severity is %s, want %s: %+v", f.Severity, row.want, f)
			}
			if f.Title == "" || f.Saw == "" || f.Why == "" || f.Fix == "" {
				t.Errorf("a part is empty: %+v", f)
			}
			if row.scene.law != "" {
				if p := stateLaw(t, row.scene.law); row.rule[0] == 'S' && !strings.Contains(f.Why, "("+p.Cite()+")") &&
					!demandCited(row.rule, row.scene.law, f.Why) || citation.MatchString(f.Why) {
					t.Errorf("not the citation of %s in %q", p.Name, f.Why)
				}
			} else if !citation.MatchString(f.Why) {
				t.Errorf("no citation in %q", f.Why)
			}
			if strings.ContainsAny(f.Title+f.Why+f.Fix, "{}\n") {
				t.Errorf("a value is not filled in: %+v", f)
			}
		})
	}
	if !t.Failed() {
		casesAreReached(t, titles)
	}
}

// Every rule of rules.yaml has its function and the other way round, and a row
// that trips it and one that does not.
func TestRulesAreWhole(t *testing.T) {
	var ids []string
	for _, r := range rules().Rules {
		ids = append(ids, r.ID)
	}
	if want := slices.Sorted(maps.Keys(checks)); !slices.Equal(ids, want) {
		t.Errorf("rules.yaml has %v, code has %v", ids, want)
	}
	for _, id := range ids {
		var trips, spares bool
		for _, row := range rows {
			trips = trips || row.rule == id && row.want != ""
			spares = spares || row.rule == id && row.want == ""
		}
		if !trips || !spares {
			t.Errorf("%s lacks a row that trips it or one that does not", id)
		}
	}
}

// casesAreReached checks that the rows, whose findings have these titles, reach
// every case of every rule, and every slip.
func casesAreReached(t *testing.T, titles map[string][]string) {
	reached := func(id, title string) bool {
		parts := regexp.MustCompile(`\\{\w+\\}`).ReplaceAllString(regexp.QuoteMeta(title), ".*")
		return slices.ContainsFunc(titles[id], regexp.MustCompile("^"+parts+"$").MatchString)
	}
	for _, r := range rules().Rules {
		if len(r.Slips) == 0 && !reached(r.ID, r.Title) {
			t.Errorf("%s: no row reaches %q", r.ID, r.Title)
		}
		for name, c := range r.Cases {
			if c.Title != "" && !reached(r.ID, c.Title) {
				t.Errorf("%s: no row reaches the case %s", r.ID, name)
			}
		}
		for _, s := range r.Slips {
			if !reached(r.ID, s.Says) {
				t.Errorf("%s: no row reaches the slip %s", r.ID, s.Name)
			}
		}
	}
}

// A letter under another law trips over nothing that is wrong of the federal Act only, such
// as ten days to answer, which Texas has.
func TestNoFederalSlipElsewhere(t *testing.T) {
	book, err := law.LoadRecords()
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range book.IDs() {
		for _, f := range (scene{law: id, answers: letter.Answers{"eligibility": "I am one of those who may ask."}}).findings(t) {
			if f.Rule == "F30" {
				t.Errorf("%s: %s, saw %s", id, f.Title, f.Saw)
			}
		}
	}
}
