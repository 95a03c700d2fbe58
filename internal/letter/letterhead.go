package letter

import (
	"errors"
	"strings"

	"foia/internal/entered"
	"foia/internal/lazy"
)

// What the lines of a letterhead look like.
var (
	zipCode   = lazy.Pattern(`^(.+?),? +(\d{5}(?:-\d{4})?)$`)
	phoneLine = lazy.Pattern(`(?i)^(?:tel|telephone|phone|mobile|cell|t|p|m)?[.:]?\s*` +
		`(\+?[\d(][\d ().\-/]{6,24}(?:,? ?(?:x|ext\.?) ?\d+)?)$`)
	emailLabel = lazy.Pattern(`(?i)^e-?mail[.:]?\s*`)
	// codeFirst is 10115 Berlin, codeLast London SW1A 1AA.
	codeFirst = lazy.Pattern(`^([A-Z]{0,3}-?\d[\dA-Z -]{1,8}) +(\D+)$`)
	codeLast  = lazy.Pattern(`^(\D+?),? +([A-Z\d][A-Z\d -]*\d[A-Z\d -]*)$`)
)

// mostLetterhead is how many lines a letterhead has at most.
const mostLetterhead = 12

// Why a letterhead cannot be read.
var (
	errNoName  = errors.New("the first line is your name, as you sign")
	errTooLong = errors.New("that is more than a name and an address: at most 12 lines")
	errNoCity  = errors.New("no line reads like a city with its state and ZIP code, such as Albany, NY 12207; " +
		"abroad, end with the postal code and city on one line and the country on the next")
	errNoStreet = errors.New("there is no street: an address without one gets no mail")
	errManyUp   = errors.New("too many lines between your name and the street: at most your position and your organization")
	errTwice    = errors.New("two e-mail addresses or telephone numbers: give one of each")
)

// ReadLetterhead reads who asks as it stands at the head of a letter, a line each: the name;
// then, if there are any, the organization, or the position and the organization; the street; the
// city with state and ZIP code; and in any place the e-mail address and the telephone number. The
// street begins with the first line that has a digit. Abroad, the last line is the country.
func ReadLetterhead(text string) (Requester, error) {
	var r Requester
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimSuffix(strings.TrimSpace(line), ",")
		switch m := phoneLine.RE().FindStringSubmatch(line); {
		case line == "":
		case strings.Contains(line, "@"):
			email, err := entered.ReadEmail(emailLabel.RE().ReplaceAllString(line, ""))
			if err != nil {
				return r, err
			}
			if r.Email != "" {
				return r, errTwice
			}
			r.Email = email
		case m != nil && digits(m[1]) >= 7 && len(lines) > 0:
			if r.Phone != "" {
				return r, errTwice
			}
			r.Phone = m[1]
		default:
			lines = append(lines, line)
		}
	}
	switch {
	case len(lines) == 0 || strings.ContainsAny(lines[0], "0123456789"):
		return r, errNoName
	case len(lines) > mostLetterhead:
		return r, errTooLong
	}
	r.Name = lines[0]
	above, err := r.readPlace(lines[1:])
	if err != nil {
		return r, err
	}
	return r, r.readStreet(above)
}

func digits(s string) (n int) {
	for _, c := range s {
		if c >= '0' && c <= '9' {
			n++
		}
	}
	return n
}

// readPlace reads the city, and gives the lines above it.
func (r *Requester) readPlace(lines []string) (above []string, err error) {
	n := len(lines)
	if n > 1 && entered.InUnitedStates(lines[n-1]) {
		n--
	}
	if n > 0 {
		if m := zipCode.RE().FindStringSubmatch(lines[n-1]); m != nil {
			if city, state, ok := cityAndState(m[1]); ok {
				r.City, r.State, r.ZIP = city, state, m[2]
				return lines[:n-1], nil
			}
		}
	}
	if n < 3 || strings.ContainsAny(lines[n-1], "0123456789") {
		return nil, errNoCity
	}
	if m := codeFirst.RE().FindStringSubmatch(lines[n-2]); m != nil {
		r.ZIP, r.City = m[1], m[2]
	} else if m := codeLast.RE().FindStringSubmatch(lines[n-2]); m != nil {
		r.City, r.ZIP = m[1], m[2]
	} else {
		return nil, errNoCity
	}
	r.Country = lines[n-1]
	return lines[:n-2], nil
}

// cityAndState parts a city from its state, which is the longest that ends the text: Charleston
// West Virginia is in no other Virginia.
func cityAndState(s string) (city, state string, ok bool) {
	words := strings.Fields(s)
	for i := max(1, len(words)-4); i < len(words); i++ { // the longest name of a state has four words
		if state, ok = entered.State(strings.Join(words[i:], " ")); ok {
			return strings.TrimSuffix(strings.Join(words[:i], " "), ","), state, true
		}
	}
	return "", "", false
}

// readStreet reads what stands between the name and the city.
func (r *Requester) readStreet(lines []string) error {
	first := 0
	for first < len(lines) && !strings.ContainsAny(lines[first], "0123456789") {
		first++
	}
	switch {
	case first == len(lines):
		return errNoStreet
	case first > 2:
		return errManyUp
	case first == 2:
		r.Title, r.Organization = lines[0], lines[1]
	case first == 1:
		r.Organization = lines[0]
	}
	r.Street = append([]string{}, lines[first:]...)
	return nil
}
