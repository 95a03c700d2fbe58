package letter

import "slices"

// Life is what a later letter may say of the request so far, as its log has it: by
// what it is known, and what may be claimed of it.
type Life struct {
	Known    map[string]string // by the names of LifeNames; what is not there is empty
	Claims   map[string]Values // the claims that hold, with what they print
	Why      map[string]string // why the others do not hold
	Asserted []string          // the exemptions that the decision in question claims, as codes
	Outcome  string            // what that decision is: a code of the log, empty if there is none
	Others   bool              // the letter goes to somebody else than the agency that has the request
}

// LifeNames are the names that {{.life.…}} may have, with what they hold: by what the
// request is known, and nothing that could be false. Days are as printed in a letter.
var LifeNames = map[string]string{
	"subject":       "subject of the request",
	"request_date":  "date of the request's letter",
	"tracking":      "the agency's tracking numbers",
	"appeal_date":   "date of the last appeal",
	"appeal_number": "the agency's number of that appeal",
	"category":      "fee category asked for",
	"paper":         "what the law of a state or country calls the letter to a reviewer, such as Appeal",
	"notice":        "what the same law calls its notice to the office before a suit; empty if it has none",
	"copies":        "who gets a copy of that letter, according to the law",
}

// data gives every name, so that {{if .life.x}} can ask for each.
func (l Life) data(w *words) map[string]any {
	data := map[string]any{}
	for name := range LifeNames {
		data[name] = typed(w.dated(l.Known[name]))
	}
	return data
}

// asserts tells whether the agency claimed an exemption: b7 stands for each of its
// parts.
func (l Life) asserts(code string) bool {
	return slices.ContainsFunc(l.Asserted, func(c string) bool { return c == code || code == "b7" && len(c) > 2 && c[:2] == "b7" })
}
