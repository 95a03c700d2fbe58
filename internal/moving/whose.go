package moving

import (
	"strings"

	"foia/internal/entered"
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

// law finds the law by the level and the state that a row names.
func (r *rowOf) law() {
	level, state := words(r.cell(isLevel)), r.cell(isState)
	named := r.cell(isLaw)
	if words(r.cell(isJurisdiction)) == "united states of america" && state == "" {
		state = r.cell(isJurisdiction)
	}
	id := ""
	code, isState := entered.State(state)
	switch s := words(state); {
	case r.laws(strings.ToLower(named)):
		id = strings.ToLower(named)
	case level == "federal" || level == "f", s == "united states of america", s == "federal", s == "united states", words(named) == "foia":
		id = "foia"
	case isState && r.laws("us-"+strings.ToLower(code)):
		id = "us-" + strings.ToLower(code)
	}
	if id != "" {
		r.req.Law = &id
	}
}
