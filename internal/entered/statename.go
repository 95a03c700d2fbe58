package entered

import (
	"strings"
	"sync"

	"foia/internal/remedy"
)

// newsroom are the abbreviations of states in news copy and in older addresses, where
// they are not the postal ones: in lower case, without points and commas.
var newsroom = map[string]string{
	"ala": "AL", "ariz": "AZ", "ark": "AR", "calif": "CA", "cal": "CA", "colo": "CO", "conn": "CT", "del": "DE", "fla": "FL", "ill": "IL",
	"ind": "IN",
	"kan": "KS", "kans": "KS", "mass": "MA", "mich": "MI", "minn": "MN", "miss": "MS", "mont": "MT", "neb": "NE", "nebr": "NE", "nev": "NV",
	"okla": "OK",
	"ore":  "OR", "oreg": "OR", "penn": "PA", "penna": "PA", "tenn": "TN", "tex": "TX", "wash": "WA", "wis": "WI", "wisc": "WI",
	"wyo":  "WY",
	"w va": "WV", "n dak": "ND", "s dak": "SD", "washington dc": "DC",
}

// stateNames are the names of states by their postal abbreviations.
var stateNames = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for name, code := range states {
		if strings.HasPrefix(name, "us ") {
			continue
		}
		words := strings.Fields(name)
		for i, w := range words {
			if w != "of" {
				words[i] = remedy.Capital(w)
			}
		}
		out[code] = strings.Join(words, " ")
	}
	return out
})

// StateName is the name of a state by its postal abbreviation.
func StateName(code string) string { return stateNames()[code] }
