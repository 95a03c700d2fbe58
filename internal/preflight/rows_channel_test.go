package preflight

import (
	"foia/internal/agency"
	"foia/internal/letter"
)

// appealRows are those of the rules for appeals.
var appealRows = []row{
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
}

// channelRows are those of the rules for the way of a letter, and for what a web form asks.
var channelRows = []row{
	// 31 C.F.R. part 1, appendix B: the IRS names no e-mail address.
	{"C01", "e-mail to the IRS", Error, scene{via: agency.Email}},
	{"C01", "mail to ICE since January 2026", Error, scene{to: "dhs-ice", via: agency.Mail}},
	{"C01", "portal of ICE", "", scene{to: "dhs-ice", via: agency.Portal}},
	{"C01", "no channel known", Warning, scene{draft: func(d *letter.Draft) { d.Channel = "" }}},
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
	// What nothing is known of is no refusal: agency/data/offices.
	{"C01", "a fax to an office whose page names none", Warning, scene{law: "us-sc", to: "us-sc-dew", via: agency.Fax}},
	{"C01", "e-mail that an office takes, at an address that is not known", Warning,
		scene{law: "us-wv", to: "us-wv-ag", via: agency.Email}},
	{"C01", "what a trap tells of", "", scene{law: "us-sd", to: "us-sd-ag", via: agency.Email}},
	{"C02", "a contact that the office's own page does not have", Warning, scene{law: "us-wa", to: "us-wa-ecology", via: agency.Fax}},
	{"C03", "e-mail where only paper counts", Error, scene{law: "us-sd", to: "us-sd-ag", via: agency.Email}},
	{"C03", "paper there", "", scene{law: "us-sd", to: "us-sd-ag", via: agency.Mail}},
	{"C03", "e-mail where none is taken", Error, scene{law: "us-nj", to: "us-nj-state-police", via: agency.Email}},
	{"C03", "the portal there", "", scene{law: "us-nj", to: "us-nj-state-police", via: agency.Portal}},
	{"C03", "e-mail where the office asks for another way", Warning, scene{law: "us-md", to: "us-md-mde", via: agency.Email}},
	{"C03", "mail where only the portal counts", Error, scene{law: "us-sc", to: "us-sc-charleston", via: agency.Mail}},
	{"C04", "a form without which nothing counts", Error, scene{law: "us-ms", to: "us-ms-ema", via: agency.Mail}},
	{"C04", "a form that is required", Warning, scene{law: "us-al", to: "us-al-gov", via: agency.Mail}},
	{"C04", "a form that is the portal", Advice, scene{law: "us-al", to: "us-al-huntsville", via: agency.Portal}},
	{"C04", "a form that may be used", "", scene{law: "us-ky", to: "us-ky-gov", via: agency.Mail}},
	{"C05", "residents only, by the office", Warning, scene{law: "us-la", to: "us-la-gov", via: agency.Mail}},
	{"C05", "residents only, and the letter says so", Advice,
		scene{law: "us-la", to: "us-la-gov", via: agency.Mail, answers: letter.Answers{"eligibility": "I am a resident of Louisiana."}}},
	{"C05", "residents only, by the law, of which S01 tells", Advice, scene{law: "us-ky", to: "us-ky-gov", via: agency.Mail}},
	{"C05", "everybody", "", scene{law: "us-ut", to: "us-ut-ag", via: agency.Mail}},
	{"C06", "one office counts", Advice, scene{law: "us-wv", to: "us-wv-state-police"}},
	{"C06", "any does", "", scene{law: "us-wv", to: "us-wv-ag"}},
	{"C07", "the city posts the names", Advice, scene{law: "us-il", to: "us-il-chicago-law"}},
	{"C07", "so does a state, of all its offices", Advice, scene{law: "us-wv", to: "us-wv-ag"}},
	{"C07", "nobody does", "", scene{law: "us-il", to: "us-il-ag"}},
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
