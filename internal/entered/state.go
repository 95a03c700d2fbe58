package entered

import (
	"strings"
	"sync"
)

// states are the postal abbreviations of states, territories and the armed forces
// (USPS Publication 28, Appendix B, pe.usps.com/text/pub28/pub28apb.htm, read November 28,
// 2026), by their names in lower case and without accents.
var states = map[string]string{
	"alabama": "AL", "alaska": "AK", "american samoa": "AS", "arizona": "AZ", "arkansas": "AR", "california": "CA", "colorado": "CO",
	"connecticut": "CT", "delaware": "DE", "district of columbia": "DC", "florida": "FL", "georgia": "GA", "guam": "GU", "hawaii": "HI",
	"idaho": "ID", "illinois": "IL", "indiana": "IN", "iowa": "IA", "kansas": "KS", "kentucky": "KY", "louisiana": "LA", "maine": "ME",
	"maryland": "MD", "massachusetts": "MA", "michigan": "MI", "minnesota": "MN", "mississippi": "MS", "missouri": "MO", "montana": "MT",
	"nebraska": "NE", "nevada": "NV", "new hampshire": "NH", "new jersey": "NJ", "new mexico": "NM", "new york": "NY",
	"north carolina": "NC", "north dakota": "ND", "northern mariana islands": "MP", "ohio": "OH", "oklahoma": "OK", "oregon": "OR",
	"pennsylvania": "PA", "puerto rico": "PR", "rhode island": "RI", "south carolina": "SC", "south dakota": "SD", "tennessee": "TN",
	"texas": "TX", "utah": "UT", "vermont": "VT", "virgin islands": "VI", "us virgin islands": "VI", "virginia": "VA", "washington": "WA",
	"west virginia": "WV", "wisconsin": "WI", "wyoming": "WY", "marshall islands": "MH", "palau": "PW",
	"federated states of micronesia": "FM",
	"armed forces americas":          "AA", "armed forces europe": "AE", "armed forces pacific": "AP",
}

// codes are the abbreviations alone.
var codes = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for _, code := range states {
		out[code] = true
	}
	return out
})

// State is the postal abbreviation of a state of the United States: of its name, or of
// the abbreviation in any case or as newsrooms have it. ok is false if there is none.
func State(s string) (code string, ok bool) {
	if len(s) > 40 {
		return "", false
	}
	bare := withoutSigns.Replace(Line(s))
	if upper := strings.ToUpper(strings.ReplaceAll(bare, " ", "")); codes()[upper] {
		return upper, true
	}
	name := strings.ToLower(Unaccented(bare))
	if code, ok = states[name]; !ok {
		code, ok = newsroom[name]
	}
	return code, ok
}

// withoutSigns leaves out what stands in abbreviations, and in Hawaiʻi.
var withoutSigns = strings.NewReplacer(".", "", ",", "", "ʻ", "", "‘", "", "’", "", "'", "")

// unitedStates are the ways in which the country is written.
var unitedStates = map[string]bool{"": true, "us": true, "usa": true, "united states": true, "united states of america": true,
	"the united states":            true,
	"the united states of america": true, "america": true}

// InUnitedStates tells whether a country, as an address names it, is the United States.
// An address that names none is there.
func InUnitedStates(country string) bool {
	return unitedStates[strings.ToLower(strings.ReplaceAll(Line(country), ".", ""))]
}

// SameCountry tells whether two addresses are in one country.
func SameCountry(a, b string) bool {
	return InUnitedStates(a) && InUnitedStates(b) || strings.EqualFold(Unaccented(Line(a)), Unaccented(Line(b)))
}
