package preflight

// taxpayerInformation (F07): a request to the Treasury asks for no taxpayer's
// information, and says so.
func taxpayerInformation(r *reading, rl *rule) []hit {
	if saw := asksForTaxpayers(r, rl); saw != "" && !rl.pattern("consent").in(r.text) {
		return []hit{{in: "asks", saw: saw}}
	}
	if rl.pattern("carve-out").in(r.body) {
		return nil
	}
	if loc := rl.pattern("touches").find(r.body); loc != nil {
		return []hit{{saw: quote(r.body, loc)}}
	}
	// The Service sees a taxpayer in every request; other offices of the
	// Treasury only where the letter speaks of one.
	if has(r.draft.Regime, "identity") {
		return []hit{{in: "silent", saw: start(r.asked)}}
	}
	return nil
}

// asksForTaxpayers quotes the first item that asks for a taxpayer's own
// information, and is not about policy, totals or the like.
func asksForTaxpayers(r *reading, rl *rule) string {
	asks, harmless := rl.pattern("asks"), rl.pattern("harmless")
	for _, item := range r.draft.Records {
		for s := range sentences(itemText(item)) {
			if loc := asks.affirmed(s); loc != nil && !harmless.in(s) {
				return quote(s, loc)
			}
		}
	}
	return ""
}
