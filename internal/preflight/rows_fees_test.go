package preflight

import (
	"testing"

	"foia/internal/letter"
)

// feeRows are those of the rules for expedition, fees and what else a letter says: F15 to F30.
var feeRows = []row{
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
}
