package preflight

import "strings"

// The checks on fees: F18 to F20.

// waiverFactors (F18): a request for a waiver speaks to every factor, and does
// not plead poverty.
func waiverFactors(r *reading, rl *rule) []hit {
	if !r.waives() {
		return nil
	}
	var hits []hit
	if missing := r.missing(rl, ""); len(missing) > 0 {
		hits = append(hits, hit{saw: "nothing about " + names(missing), field: missing[0].Field,
			values: map[string]string{"missing": names(missing)}})
	}
	if loc := rl.pattern("poverty").find(r.rest); loc != nil {
		hits = append(hits, hit{in: "poverty", saw: quote(r.rest, loc)})
	}
	return hits
}

// missing returns the elements of a group that the letter does not have.
func (r *reading) missing(rl *rule, group string) []element {
	var out []element
	for _, e := range rl.Elements {
		if e.Group == group && !r.shows(e) {
			out = append(out, e)
		}
	}
	return out
}

// shows tells whether the letter has an element: the field is answered, or, if
// the template has no such field, the text shows it.
func (r *reading) shows(e element) bool {
	if e.Field != "" && r.fields(e.Field) {
		return r.draft.Answers.Text(e.Field) != "" || len(r.draft.Answers.List(e.Field)) > 0
	}
	return e.Pattern != nil && e.Pattern.in(r.rest)
}

func names(elements []element) string {
	list := make([]string, len(elements))
	for i, e := range elements {
		list[i] = e.Name
	}
	return strings.Join(list, ", ")
}

// mediaFacts (F19): who claims to be news media says what they gather, edit and
// distribute; a freelancer says why publication can be expected.
func mediaFacts(r *reading, rl *rule) []hit {
	category := r.category()
	if category != "media" && (category != "" || rl.pattern("claims").affirmed(r.rest) == nil) {
		return nil
	}
	facts := r.rest
	if r.fields("category_facts") {
		facts = r.draft.Answers.Text("category_facts") + "\n" + r.draft.Answers.Text("use_statement")
	}
	var missing []element
	for _, e := range rl.Elements {
		if !e.Pattern.in(facts) {
			missing = append(missing, e)
		}
	}
	var hits []hit
	if len(missing) > 0 {
		hits = append(hits, hit{saw: start(facts), values: map[string]string{"missing": names(missing)}})
	}
	if loc := rl.pattern("freelance").affirmed(facts); loc != nil && !rl.pattern("basis").in(facts) {
		hits = append(hits, hit{in: "freelance", saw: quote(facts, loc)})
	}
	return hits
}

// commercialUse (F20): the words fit the category.
func commercialUse(r *reading, rl *rule) []hit {
	if r.category() == "commercial" {
		return nil
	}
	if loc := rl.pattern("commercial").affirmed(r.rest); loc != nil {
		return []hit{{saw: quote(r.rest, loc)}}
	}
	return nil
}
