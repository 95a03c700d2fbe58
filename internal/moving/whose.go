package moving

import (
	"fmt"
	"slices"
	"strings"

	"foia/internal/entered"
	"foia/internal/lazy"
)

// who reads whom the request was sent to and whose it is.
func (r *rowOf) who() {
	if find(r.columns, isAgency) != nil {
		agency := entered.Line(r.cell(isAgency))
		r.req.Agency = &agency
	}
	r.req.AgencyN = r.cell(isAgencyID)
	r.req.Owner, r.req.Assigned = entered.Line(r.cell(isOwner)), entered.Line(r.cell(isPerson))
	if c := find(r.columns, isTags); c != nil {
		r.req.Tags = []string{}
		for i := range r.columns {
			if r.columns[i].Means == isTags {
				r.req.Tags = appendTags(r.req.Tags, r.cells[i], ",;|\n")
			}
		}
	}
	r.law()
}

// law finds the law by the level and the place that a row names.
func (r *rowOf) law() {
	level, place := words(r.cell(isLevel)), r.cell(isState)
	named := r.cell(isLaw)
	if words(r.cell(isJurisdiction)) == "united states of america" && place == "" {
		place = r.cell(isJurisdiction)
	}
	id := ""
	switch {
	case words(named) == federal && level != "federal" && level != "f" && r.ofAnother(place) != "":
		r.whoseAct(r.ofAnother(place))
		return
	case named == strings.ToLower(named) && r.laws(named) != "":
		id = r.laws(named)
	case level == "federal", level == "f", words(named) == federal:
		id = federal
	case lawOfPlace(named, r.laws) != "":
		id = lawOfPlace(named, r.laws)
	default:
		id = lawOfPlace(place, r.laws)
	}
	if id != "" {
		r.req.Law = &id
		return
	}
	if named != "" && !r.muck { // “EIR”: which law that is, the answers say
		r.keep(find(r.columns, isLaw).Name + ": " + named)
	}
	if place != "" && !r.muck && !slices.Contains(levels, words(place)) {
		r.note(fmt.Sprintf("%s: foia knows no law by that name: asks", place))
		if !slices.Contains(r.plan.lawless, place) {
			r.plan.lawless = append(r.plan.lawless, place)
		}
	}
}

// federal is the Freedom of Information Act, as trackers call it.
const federal = "foia"

// ofTheUnion is how trackers name the government of the United States.
const ofTheUnion = lazy.Pattern(`^(the )?(us |u s |usa |united states )?` +
	`(federal( (government|govt|agency|agencies|law))?|government|govt)$`)

// lawOfPlace is the law of a place as people write it: Federal, Texas, Tex., TX, State of Texas, D.C., Canada; empty: none that
// foia knows. A city or county before its state (“Austin, TX”) is under the law of the state.
func lawOfPlace(place string, laws Laws) string {
	if place == "" {
		return ""
	}
	if s := words(place); entered.InUnitedStates(place) || ofTheUnion.RE().MatchString(s) && s != "government" {
		return federal
	}
	for _, name := range []string{place, ofState.RE().ReplaceAllString(place, ""), afterLastComma(place),
		inBrackets.RE().ReplaceAllString(place, "")} {
		code, ok := entered.State(strings.TrimSpace(name))
		if ok {
			return laws("us-" + strings.ToLower(code))
		}
	}
	return laws(place)
}

// ofState stands before the name of a state, or after it.
const ofState = lazy.Pattern(`(?i)^(state|commonwealth|territory|district) of |( \(?(state|law)\)?)$`)

// inBrackets is what stands in brackets after a name.
const inBrackets = lazy.Pattern(`\s*\([^()]*\)\s*$`)

func afterLastComma(s string) string {
	if i := strings.LastIndexByte(s, ','); i >= 0 {
		return s[i+1:]
	}
	return ""
}

// whereHeads are headings of columns of places.
const whereHeads = lazy.Pattern(`\b(where|location|places?|jurisdictions?|state|states|province|region|country|countries|territory|venue|` +
	`government|govt|level)\b`)

// placed finds the column whose cells are places that have laws. Under a heading that says so half of them are enough: others may
// be places whose law foia does not know.
func (t *table) placed(columns []Column, laws Laws) {
	if find(columns, isState) != nil {
		return
	}
	for i := range columns {
		c := &columns[i]
		takes := c.Means == isUnknown || c.Means == isAgency && c.rank >= 3 || c.Means == isNote && c.rank >= 0 || c.Means == isLaw
		if c.rank < 0 || !takes || c.cells != textCells || !whereHeads.RE().MatchString(c.words) && c.Means != isUnknown {
			continue
		}
		if n, known := t.known(i, laws); known > 0 && (known == n && n > 1 || known*2 >= n && whereHeads.RE().MatchString(c.words)) {
			c.Means, c.Says = isState, saysOf(isState)
			return
		}
	}
}

// known counts the cells of a column, and those that name a place with a law.
func (t *table) known(index int, laws Laws) (n, known int) {
	for _, one := range t.rows[:min(len(t.rows), sampled)] {
		if cell := one.cells[index]; one.err == nil && !isEmpty(cell) {
			if n++; lawOfPlace(cell, laws) != "" {
				known++
			}
		}
	}
	return n, known
}
