package preflight

import "strings"

// The checks on expedited processing: F15 to F17, and X01.

// certificate (F15): the statement of need is certified in the words that every
// text accepts.
func certificate(r *reading, rl *rule) []hit {
	if !r.expedites() {
		return nil
	}
	loc := rl.pattern("certified").find(r.rest)
	if loc == nil {
		return []hit{{saw: expeditionSaw(r)}}
	}
	if !rl.pattern("belief").in(r.rest) {
		return []hit{{in: "belief", saw: quote(r.rest, loc)}}
	}
	return nil
}

func expeditionSaw(r *reading) string {
	if loc := phrase("expedition").affirmed(r.rest); loc != nil {
		return quote(r.rest, loc)
	}
	return start(r.ground())
}

// expeditionFacts (F16): the facts that the decision will rest on are in the letter.
func expeditionFacts(r *reading, rl *rule) []hit {
	if !r.expedites() {
		return nil
	}
	missing := r.missing(rl, "")
	switch r.ground() {
	case "urgency", "":
		missing = append(append(missing, r.missing(rl, "urgency")...), r.missing(rl, "articles")...)
	case "media-interest":
		missing = append(missing, r.missing(rl, "articles")...)
	}
	if len(missing) == 0 {
		return nil
	}
	return []hit{{saw: expeditionSaw(r), field: missing[0].Field, values: map[string]string{"missing": names(missing)}}}
}

// mediaInterest (F17): the ground of media interest exists at the office, and the
// request goes to who decides on it.
func mediaInterest(r *reading, rl *rule) []hit {
	if !r.expedites() || r.ground() != "media-interest" {
		return nil
	}
	saw := expeditionSaw(r)
	if loc := phrase("media-interest").find(r.rest); loc != nil {
		saw = quote(r.rest, loc)
	}
	ground, ok := r.draft.Regime.Rule("expedition-media-interest")
	if !ok {
		return []hit{{saw: saw}}
	}
	if ground.Value == "" || ground.Value == r.draft.Office.ID ||
		rl.pattern("addressed").in(strings.Join(r.draft.Document.Addressee, " ")) {
		return nil
	}
	return []hit{{in: "addressee", saw: saw, values: map[string]string{"addressee": ground.Value}}}
}

// expeditionAddress (X01): urgency to inform is also put before the office that
// the regulation names. The letter may say so; the user still has to do it.
func expeditionAddress(r *reading, rl *rule) []hit {
	where, _ := r.draft.Regime.Rule("expedition-address")
	if !r.expedites() || r.ground() != "urgency" || where.Value == "" {
		return nil
	}
	return []hit{{saw: expeditionSaw(r), values: map[string]string{"address": where.Value}}}
}
