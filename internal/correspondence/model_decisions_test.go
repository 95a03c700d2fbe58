package correspondence

import "slices"

func (v view) claimsOfDecisions() map[string]truth {
	return map[string]truth{
		"determined": ofEach(v.determinations(), func(h happening) values { return values{"dated": h.On} }),
		"released":   v.released(),
		"interim": ofEach(v.all("interim-release"), func(h happening) values {
			return values{"dated": h.On, "pages": h.number("pages"), "records": h.number("records")}
		}),
		"exemptions": v.exemptions(),
		"referred": ofEach(v.all("referred"), func(h happening) values {
			return values{"dated": h.On, "to": h.Data["to"], "part": partly(h)}
		}),
	}
}

// released: the last determination brought records.
func (v view) released() truth {
	h, ok := last(v.determinations())
	if !ok || h.Data["outcome"] != "granted" && h.Data["outcome"] != "partial" {
		return no()
	}
	return yes(values{"dated": h.On, "pages": h.number("pages"), "records": h.number("records")})
}

// exemptions are those that a determination claims; must be said of the last one.
func (v view) exemptions() truth {
	var all []values
	claims := false
	for _, h := range v.determinations() {
		if claims = h.has("exemptions"); claims {
			all = append(all, values{"dated": h.On, "names": h.list("exemptions")})
		}
	}
	if claims {
		return yes(all...)
	}
	return no().orEither("an earlier determination does, the last one does not", all...)
}

// theOutcomes are the claims that say what the decision says, by its outcome.
var theOutcomes = map[string]string{
	"granted": "decision-granted", "partial": "decision-partial", "denied": "decision-denied", "no-records": "decision-no-records",
	"glomar": "decision-glomar", "not-described": "decision-not-described", "not-agency-record": "decision-not-agency-record",
	"fee-related": "decision-fee-related", "improper": "decision-improper", "duplicate": "decision-duplicate",
	"withdrawn": "decision-withdrawn", "other": "decision-other",
}

// matters are what a decision that is appealed may be about, with the claim that says so.
var matters = map[string]string{"determination": "", "expedition": "decision-expedition", "fee-waiver": "decision-fee-waiver",
	"fee-category": ""}

// claimsOfAppealed are about the decision that an appeal letter of a matter is against:
// the last of that matter. A letter that is no appeal may speak of any.
func (v view) claimsOfAppealed(matter string) map[string]truth {
	if matter != "" {
		h, ok := last(v.appealable(len(v.events), matter))
		return v.aboutDecision(h, ok, matter)
	}
	out := v.aboutDecision(happening{}, false, "")
	for m := range matters {
		for _, h := range v.appealable(len(v.events), m) {
			for name, t := range v.aboutDecision(h, true, m) {
				all := append(slices.Clone(out[name].values), t.values...)
				out[name] = no().orEither("which decision a letter that appeals none speaks of is not said", all...)
			}
		}
	}
	return out
}

// aboutDecision is what may be said of one decision.
func (v view) aboutDecision(h happening, ok bool, matter string) map[string]truth {
	out := map[string]truth{"decision": no(), "decision-expedition": no(), "decision-fee-waiver": no(), "decision-asserts": no()}
	for _, name := range theOutcomes {
		out[name] = no()
	}
	if !ok {
		return out
	}
	out["decision"] = yes(values{"dated": h.On})
	if name := matters[matter]; name != "" {
		out[name] = yes(values{})
	}
	if matter != "determination" {
		return out
	}
	if h.has("exemptions") {
		out["decision-asserts"] = yes(values{"names": h.list("exemptions")})
	}
	outcome := h.Data["outcome"]
	if outcome != "granted" && outcome != "partial" {
		out["decision-other"] = either("none of these decisions grants the request; a letter says it more exactly", values{})
	}
	out[theOutcomes[outcome]] = yes(v.saysOf(h))
	return out
}

// saysOf are the numbers that the decision gives, where the claim prints them.
func (v view) saysOf(h happening) values {
	switch h.Data["outcome"] {
	case "partial":
		return values{"pages": h.number("pages"), "withheld": h.number("withheld"), "records": h.number("records"),
			"withheld_records": h.number("withheld-records")}
	case "denied":
		return values{"withheld": h.number("withheld")}
	}
	return values{}
}
