package preflight

import (
	"strings"

	"foia/internal/agency"
)

// The checks on what a request must state about itself: F01 to F06, F25, F26.

// namesAct (F01): the request says at its beginning that it is made under the Act.
func namesAct(r *reading, rl *rule) []hit {
	act := rl.pattern("act")
	if act.in(r.opening) {
		return nil
	}
	if loc := act.find(r.body); loc != nil {
		return []hit{{in: "late", saw: quote(r.body, loc)}}
	}
	return []hit{{saw: start(r.opening)}}
}

// signedByPerson (F02): an individual signs, not an organization alone.
func signedByPerson(r *reading, rl *rule) []hit {
	var names []string
	for _, s := range r.draft.Document.Signature {
		if strings.TrimSpace(s.Name) != "" {
			names = append(names, s.Name)
		}
	}
	if len(names) == 0 {
		saw := "no closing and no name"
		if closing := r.draft.Document.Closing; closing != "" {
			saw = "no name after " + start(closing)
		}
		return []hit{{saw: saw}}
	}
	organization := rl.pattern("organization")
	for _, name := range names {
		if !organization.in(name) && !strings.EqualFold(name, r.draft.Requester.Organization) {
			return nil
		}
	}
	return []hit{{in: "organization", saw: start(strings.Join(names, ", "))}}
}

// returnAddress (F03): the answer can reach the requester in the way the office
// demands.
func returnAddress(r *reading, _ *rule) []hit {
	who := r.draft.Requester
	if who.HasPostalAddress() {
		return nil
	}
	saw := start(strings.Join(who.AddressLines(), ", "))
	if has(r.draft.Regime, "return-address") {
		return []hit{{in: "law", saw: saw}}
	}
	if form, ok := agency.FormFor(r.draft.Office); ok && demandsAddress(form) {
		return []hit{{in: "form", saw: saw, values: map[string]string{"form": form.Title}}}
	}
	if who.Email == "" && who.Phone == "" {
		return []hit{{saw: start(strings.Join(r.draft.Document.Letterhead, ", "))}}
	}
	return nil
}

// feePosition (F04): the request agrees to pay, sets a limit or asks for a waiver.
func feePosition(r *reading, rl *rule) []hit {
	if r.waives() || rl.pattern("position").in(r.rest) {
		return nil
	}
	if has(r.draft.Regime, "fee-consent") {
		consent, _ := r.draft.Regime.Rule("fee-consent")
		return []hit{{in: "presumed", saw: feeSaw(r), values: map[string]string{"dollars": consent.Value}}}
	}
	return []hit{{saw: feeSaw(r)}}
}

func feeSaw(r *reading) string {
	if loc := phrase("fees").find(r.rest); loc != nil {
		return quote(r.rest, loc)
	}
	return "nothing about fees"
}

// categoryAttested (F05): where the law wants them, the request gives the fee
// category, the use of the records, and an attestation of both.
func categoryAttested(r *reading, rl *rule) []hit {
	category := r.category()
	if category == "other" {
		return nil
	}
	if category == "" {
		return []hit{{in: "category", saw: feeSaw(r)}}
	}
	saw := start(category)
	if loc := phrase(category).affirmed(r.rest); loc != nil {
		saw = quote(r.rest, loc)
	}
	var hits []hit
	if r.draft.Answers.Text("use_statement") == "" && !rl.pattern("use").in(r.rest) {
		hits = append(hits, hit{in: "use", saw: saw})
	}
	if !rl.pattern("attestation").in(r.rest) {
		hits = append(hits, hit{in: "attestation", saw: saw})
	}
	return hits
}

// copiesOrInspection (F06): the request says whether copies or inspection is wanted.
func copiesOrInspection(r *reading, rl *rule) []hit {
	text := r.rest
	if r.draft.Template == nil {
		text = r.body // a letter may ask for “copies of” in the item itself
	}
	if rl.pattern("stated").in(text) {
		return nil
	}
	return []hit{{saw: start(r.opening)}}
}

// format (F25): the request says in which form the records are wanted.
func format(r *reading, rl *rule) []hit {
	if rl.pattern("format").in(r.rest) {
		return nil
	}
	return []hit{{saw: start(r.rest)}}
}

// withholding (F26): the request asks for the parts that can be released and for
// the harm foreseen, and does not argue harm where it is no argument.
func withholding(r *reading, rl *rule) []hit {
	var hits []hit
	var missing []string
	for _, e := range rl.Elements {
		if !e.Pattern.in(r.rest) {
			missing = append(missing, e.Name)
		}
	}
	if len(missing) > 0 {
		hits = append(hits, hit{saw: "no sentence about " + strings.Join(missing, ", "),
			values: map[string]string{"missing": strings.Join(missing, ", ")}})
	}
	harm, exemption3, excepted := rl.pattern("harm"), rl.pattern("exemption-3"), rl.pattern("excepted")
	for s := range sentences(r.rest) {
		if harm.in(s) && exemption3.in(s) && !excepted.in(s) {
			return append(hits, hit{in: "exemption-3", saw: start(s)})
		}
	}
	return hits
}

// demandsAddress tells whether an office's web form has a postal address among
// the fields that must be filled.
func demandsAddress(form agency.Form) bool {
	for _, field := range form.Required {
		if strings.HasPrefix(field, addressFields) {
			return true
		}
	}
	return false
}

// addressFields begin with this in the forms of FOIA.gov.
const addressFields = "address_"
