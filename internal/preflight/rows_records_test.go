package preflight

import (
	"foia/internal/agency"
	"foia/internal/letter"
	"foia/internal/remedy"
)

// recordsRows are those of the rules for letters under the laws of states and countries.
var recordsRows = []row{
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
	{"S07", "New Jersey, silent on a commercial purpose", Error, scene{law: "us-nj", draft: without("commercial purpose")}},
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
}
