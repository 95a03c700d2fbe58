package moving

import "slices"

// isFOIAMachine tells whether headings are those of the statistics of the old FOIA Machine (cirlabs/foiamachine), which writes
// “fullfilled” with three l and counts messages.
func isFOIAMachine(columns []Column) bool {
	known := 0
	for _, c := range columns {
		if slices.Contains([]string{"agency id", "fullfilled date", "num messages"}, c.words) {
			known++
		}
	}
	return known == 3
}

// foiaMachine adds what a row of FOIA Machine tells besides: its number there. Agencies are numbers.
func (r *rowOf) foiaMachine() {
	if id := r.cell(isKey); id != "" {
		r.req.External = &External{"foiamachine", id}
	}
}
