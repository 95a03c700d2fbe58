package preflight

import (
	"strings"
	"testing"

	"foia/internal/letter"
)

// requestRows are those of the rules for what a request must have, and for what it asks for:
// F01 to F14.
var requestRows = []row{
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
}
