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
