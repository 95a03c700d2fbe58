package preflight

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"foia/internal/agency"
	"foia/internal/entered"
	"foia/internal/law"
	"foia/internal/remedy"
)

// The checks on requests under the law of a state or country (S01 to S09), and on letters to its reviewers (S10, S11).

// mayAsk (S01): where the law is open to some only, the letter says how the
// requester is one of them.
func mayAsk(r *reading, _ *rule) []hit {
	p := r.draft.Regime.Records
	if r.draft.Answers.Text("eligibility") != "" || !p.Verified("requester") {
		return nil
	}
	h := hit{saw: start(r.opening), values: map[string]string{"who": p.Requester.Text}}
	switch p.Requester.Residency {
	case law.RequiresResidency, law.NationalResidency:
	case law.AffectsTerms:
		h.in = "terms"
	case law.UnclearResidency:
		h.in = "unclear"
	default:
		return nil
	}
	return []hit{h}
}

// elsewhere (S02): the requester's address is in the state whose law asks for
// residency.
func elsewhere(r *reading, _ *rule) []hit {
	p := r.draft.Regime.Records
	state := strings.ToUpper(strings.TrimPrefix(p.ID, "us-"))
	who := r.draft.Requester
	there, ok := entered.State(who.State)
	if p.Requester.Residency != law.RequiresResidency || !p.Verified("requester") || ok && there == state &&
		entered.InUnitedStates(who.Country) {
		return nil
	}
	return []hit{{saw: quoted(strings.TrimSpace(who.City + ", " + who.State)),
		values: map[string]string{"place": p.Place, "who": p.Requester.Text}}}
}

// lookUp (S03): what the letter does not say, since nobody verified it.
func lookUp(r *reading, _ *rule) []hit {
	p := r.draft.Regime.Records
	fields := slices.Concat(p.Unverified, p.OneSource, p.Use.Doubted)
	if len(fields) == 0 {
		return nil
	}
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = fieldWords(f)
	}
	slices.Sort(names)
	return []hit{{saw: quoted(p.Name), values: map[string]string{"fields": strings.Join(slices.Compact(names), ", "), "law": p.ID}}}
}

// fieldWords are the words for a field of the facts.
func fieldWords(field string) string {
	if end := strings.IndexAny(field, ".["); end >= 0 {
		field = field[:end]
	}
	return wordsOfFields[field]
}

var wordsOfFields = map[string]string{
	"appeals":   "ways to complain",
	"duties":    "what else the office must do",
	"extension": "extension of the time",
	"fees":      "fees",
	"purpose":   "whether a purpose must be stated",
	"requester": "who may ask",
	"response":  "a part of the time to answer",
	"stops":     "what stops the time",
}

// commercialSaid (S04): where the law asks whether the purpose is commercial, the
// letter says it.
func commercialSaid(r *reading, _ *rule) []hit {
	p := r.draft.Regime.Records
	if !p.Use.Commercial || !p.Verified("purpose") || !r.fields("commercial") || r.draft.Answers.Text("commercial") != "" {
		return nil
	}
	return []hit{{saw: start(r.opening), values: map[string]string{"purpose": p.Purpose.Text}}}
}

// otherLanguage (S05): the letter is written in the language of the office.
func otherLanguage(r *reading, rl *rule) []hit {
	language, written := cmp.Or(r.draft.Regime.Records.Use.Language, english), english
	if t := r.draft.Template; t != nil {
		written = t.LanguageName()
	}
	if language == written {
		return nil
	}
	h := hit{saw: start(r.opening), values: map[string]string{"language": language, "written": written}}
	for _, d := range rl.Demands {
		if d.Law == r.draft.Regime.ID() && written == english {
			h.in, h.values["template"] = d.Case, d.What
		}
	}
	return []hit{h}
}

// mayAlsoAsk (S06): what the law may ask besides, as far as anybody has seen it.
func mayAlsoAsk(r *reading, _ *rule) []hit {
	p := r.draft.Regime.Records
	var hits []hit
	for _, hint := range p.Use.Hints {
		hits = append(hits, hit{saw: start(r.opening),
			values: map[string]string{"hint": remedy.Capital(hint), "law": p.ID}})
	}
	return hits
}

// english is the language of offices whose law names no other.
const english = "English"

// demanded (S07): the request says what its law wants every request to say, and what it
// says is enclosed can be.
func demanded(r *reading, rl *rule) []hit {
	var hits []hit
	for _, d := range rl.Demands {
		if d.Law == r.draft.Regime.ID() && d.lacks(r) {
			hits = append(hits, d.hit(r))
		}
	}
	if r.draft.Answers.Text("application_fee") == "cheque" && r.draft.Channel != "" && r.draft.Channel != agency.Mail {
		hits = append(hits, hit{in: "cheque", saw: quoted(r.draft.Document.Via)})
	}
	return hits
}

// lacks tells whether the letter does not show what the law demands.
func (d demand) lacks(r *reading) bool {
	who := r.draft.Requester
	if d.Postal && !who.HasPostalAddress() || d.Email && who.Email == "" {
		return r.draft.Template != nil // of a text that was written elsewhere, only the text is known
	}
	return d.Pattern != nil && !d.Pattern.in(r.rest)
}

// demandedWay (S08): the letter goes in a way that its law takes.
func demandedWay(r *reading, rl *rule) []hit {
	for _, d := range rl.Demands {
		if d.Law == r.draft.Regime.ID() && r.draft.Channel != "" && !slices.Contains(d.Ways, r.draft.Channel) {
			return []hit{d.hit(r)}
		}
	}
	return nil
}

// writtenForm (S09): a letter that must be in writing goes on paper, and its costs are
// known.
func writtenForm(r *reading, rl *rule) []hit {
	if r.draft.Template == nil || !r.draft.Template.Written {
		return nil
	}
	var hits []hit
	for _, d := range rl.Demands {
		if d.Law == r.draft.Regime.ID() && (len(d.Ways) == 0 || r.draft.Channel != "" && !slices.Contains(d.Ways, r.draft.Channel)) {
			hits = append(hits, d.hit(r))
		}
	}
	return hits
}

func (d demand) hit(r *reading) hit {
	saw := start(r.opening)
	if len(d.Ways) > 0 {
		saw = quoted(r.draft.Document.Via)
	}
	return hit{in: d.Case, saw: saw, field: d.Field,
		values: map[string]string{"what": d.What, "why": d.Why, "cite": d.Cite, "fix": string(d.Fix)}}
}

// copiesThere (S10): each copy that the law wants with the letter is at hand.
func copiesThere(r *reading, _ *rule) []hit {
	var hits []hit
	for _, l := range r.around.Lacking {
		hits = append(hits, hit{saw: quoted(l.What), values: map[string]string{"what": l.What, "by": l.By, "cite": l.Cite, "add": l.Fix}})
	}
	return hits
}

// groundsAnswered (S11): where the law wants it, the letter says why the records are
// public, and answers each ground that the decision gives.
func groundsAnswered(r *reading, _ *rule) []hit {
	if !r.around.EachGround {
		return nil
	}
	values := map[string]string{"cite": r.around.Cite}
	if r.fields("reasons") && r.draft.Answers.Text("reasons") == "" {
		return []hit{{in: "reasons", saw: start(r.body), values: values}}
	}
	if !r.fields("ground_answers") {
		return nil
	}
	wanted, given := max(1, len(r.draft.Asserted)), len(r.draft.Answers.List("ground_answers"))
	if given >= wanted {
		return nil
	}
	values["given"], values["wanted"] = strconv.Itoa(given), strconv.Itoa(wanted)
	if len(r.draft.Asserted) == 0 {
		return []hit{{in: "none", saw: start(r.body), values: values}}
	}
	return []hit{{saw: quoted(strings.Join(r.draft.Asserted, "; ")), values: values}}
}
