package letter

import (
	"errors"
	"strings"

	"foia/internal/agency"
	"foia/internal/entered"
	"foia/internal/remedy"
)

// Clean checks that the requester can be printed and reached, and normalises
// the text. It does not ask for what only some offices want: that is the
// preflight's business.
func (r Requester) Clean(in Typing) (Requester, error) {
	var err error
	own := in.unset == nil
	in, unset := in.collecting()
	clean := func(name string, s *string) {
		if err != nil {
			return
		}
		f := Field{Name: "requester." + name, Type: Line}
		var v any
		if v, err = f.Clean(*s, "foia.yaml", in); err != nil {
			return
		}
		*s, _ = v.(string)
	}
	r.Street = append([]string(nil), r.Street...)
	r.CoSigners = append([]CoSigner(nil), r.CoSigners...)
	for _, part := range []struct {
		name string
		text *string
	}{{"name", &r.Name}, {"title", &r.Title}, {"organization", &r.Organization}, {"city", &r.City}, {"state", &r.State},
		{"zip", &r.ZIP}, {"country", &r.Country}, {"email", &r.Email}, {"phone", &r.Phone}} {
		clean(part.name, part.text)
	}
	for i := range r.Street {
		clean("street", &r.Street[i])
	}
	for i := range r.CoSigners {
		clean("co_signers.name", &r.CoSigners[i].Name)
		clean("co_signers.title", &r.CoSigners[i].Title)
		clean("co_signers.organization", &r.CoSigners[i].Organization)
	}
	if err == nil && own {
		err = unset.err()
	}
	if err != nil || r.Email == "" {
		return r, err
	}
	r.Email, err = entered.ReadEmail(r.Email)
	var refused *remedy.Error
	if errors.As(err, &refused) {
		err = &Problem{File: "foia.yaml", Field: "requester.email", What: refused.What, Remedy: refused.Do}
	}
	return r, err
}

// AddressLines is the postal address as it is printed.
func (r Requester) AddressLines() []string {
	lines := append([]string(nil), r.Street...)
	return nonEmpty(append(lines, agency.PlaceLine(r.City, r.State, r.ZIP, r.Country), r.Country)...)
}

// HasPostalAddress tells whether a letter can reach the requester by mail.
func (r Requester) HasPostalAddress() bool {
	return len(nonEmpty(r.Street...)) > 0 && r.City != "" && r.ZIP != ""
}

// Asks is who makes the request: the organization, or the person.
func (r Requester) Asks() string {
	if r.Organization != "" {
		return r.Organization
	}
	return r.Name
}

func (r Requester) data() map[string]any {
	return map[string]any{"name": typed(r.Name), "title": typed(r.Title), "organization": typed(r.Organization),
		"asks": typed(r.Asks()), "email": typed(r.Email), "phone": typed(r.Phone), "country": typed(r.Country),
		"abroad": !entered.InUnitedStates(r.Country), "state": typed(r.State), "city": typed(r.City)}
}

func nonEmpty(parts ...string) []string {
	var out []string
	for _, p := range parts {
		if strings.TrimSpace(p) != "" {
			out = append(out, p)
		}
	}
	return out
}
