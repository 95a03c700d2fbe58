package campaign

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"sync"

	"foia/internal/entered"
)

//go:embed zip-prefixes.csv
var zipPrefixes string

// post are the states of ZIP Codes, by their first three or all five digits.
type post map[string][]string

// readPost reads the list. It is part of the program, so that a fault in it is one of
// the program; a test reads it.
var readPost = sync.OnceValues(func() (post, error) {
	p := post{}
	ranges, err := rowsOf(zipPrefixes)
	if err != nil {
		return nil, fmt.Errorf("zip-prefixes.csv: %w", err)
	}
	for _, r := range ranges {
		for at := r[0]; ; at = following(at) {
			p[at] = strings.Fields(r[2])
			if at >= r[1] {
				break
			}
		}
	}
	return p, nil
})

// rowsOf reads a list of three columns.
func rowsOf(text string) ([][]string, error) {
	r := csv.NewReader(strings.NewReader(text))
	r.Comment, r.FieldsPerRecord = '#', 3
	return r.ReadAll()
}

// following is the number after one, with as many digits.
func following(number string) string {
	b := []byte(number)
	for i := len(b) - 1; i >= 0; i-- {
		if b[i] < '9' {
			b[i]++
			return string(b)
		}
		b[i] = '0'
	}
	return "~" // after the last of all
}

// statesOf are the states in which a ZIP Code of five digits is.
func (p post) statesOf(zip string) []string {
	if one, there := p[zip]; there {
		return one
	}
	return p[zip[:3]]
}

// namesOf are the names of states: Massachusetts; Hawaii or American Samoa.
func namesOf(codes []string) string {
	names := make([]string, len(codes))
	for i, c := range codes {
		names[i] = entered.StateName(c)
	}
	return strings.Join(names, " or ")
}

// zipCode is a ZIP Code as it was typed, taken apart.
type zipCode struct {
	main, plus string // digits: three to five, and none or four
}

func (z zipCode) String() string {
	if z.plus != "" {
		return z.main + "-" + z.plus
	}
	return z.main
}

// takeApart reads the digits of a ZIP Code: 02139, 02139-4307, 021394307; with the
// zeros in front lost, 2139, 2139-4307, 21394307; and 2139.0, as it is when a program
// took it for a number.
func takeApart(typed string) (zipCode, bool) {
	digits := strings.TrimSuffix(typed, ".0")
	for _, dash := range []string{"–", "—", "‑", "−", " "} {
		digits = strings.ReplaceAll(digits, dash, "-")
	}
	main, plus, _ := strings.Cut(strings.Trim(digits, "-"), "-")
	plus = strings.TrimLeft(plus, "-")
	if plus == "" && len(main) >= 7 {
		main, plus = main[:len(main)-4], main[len(main)-4:]
	}
	z := zipCode{main, plus}
	return z, len(main) >= 3 && len(main) <= 5 && (plus == "" || len(plus) == 4) && strings.Trim(main+plus, "0123456789") == ""
}

// zipFault is what is wrong with a ZIP Code.
type zipFault struct{ what, remedy, cause string }

// check reads a ZIP Code of the United States and compares it with the state. A ZIP
// Code of three or four digits has lost its zeros, if the state says so; repaired
// tells that they were put back.
func (p post) check(typed, state string) (zip string, repaired bool, fault *zipFault) {
	z, ok := takeApart(typed)
	if !ok {
		return "", false, &zipFault{fmt.Sprintf("“%s” is not a ZIP Code", typed), "a ZIP Code has five digits, or five and four",
			"have a ZIP Code that does not have five digits"}
	}
	long := strings.Repeat("0", 5-len(z.main)) + z.main
	states := p.statesOf(long)
	fits := slices.Contains(states, state)
	if len(z.main) < 5 {
		if fits {
			return zipCode{long, z.plus}.String(), true, nil
		}
		return "", false, p.short(z.main, long, state, states)
	}
	switch {
	case len(states) == 0:
		return "", false, &zipFault{fmt.Sprintf("no state has a ZIP Code that begins with %s, as %s does", long[:3], z),
			"correct the ZIP Code", "have a ZIP Code that no state has"}
	case state != "" && !fits:
		return "", false, &zipFault{fmt.Sprintf("the ZIP Code %s is in %s, but the state is %s", z, namesOf(states),
			entered.StateName(state)), "correct the ZIP Code or the state", "have a ZIP Code that is not in their state"}
	}
	return z.String(), false, nil
}

// short says how a ZIP Code of three or four digits may be read.
func (p post) short(main, long, state string, states []string) *zipFault {
	number := map[int]string{3: "three", 4: "four"}[len(main)]
	zeros, missing := "a zero", "a digit is missing"
	if len(main) == 3 {
		zeros, missing = "two zeros", "digits are missing"
	}
	reading := fmt.Sprintf("either it lost %s and is %s, in %s, or %s", zeros, long, namesOf(states), missing)
	if len(states) == 0 {
		reading = missing + ", since no state has " + long
	}
	says := "the row names no state to tell by"
	if state != "" {
		says = "the state is " + entered.StateName(state)
	}
	return &zipFault{fmt.Sprintf("the ZIP Code %s has %s digits: %s; %s", main, number, reading, says),
		"write the ZIP Code with all five digits, and the state",
		"have a ZIP Code of three or four digits that their state does not explain"}
}
