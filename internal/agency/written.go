package agency

import "foia/internal/entered"

// Written is an office as a user wrote it, without what cannot be seen, and with its
// e-mail addresses in their one form. What was left out is counted under a place. The
// error is of an e-mail address; the office is whole all the same.
func (o Office) Written(place string, dropped *entered.Tally) (Office, error) {
	o.Address, o.Aliases = append([]string(nil), o.Address...), append([]string(nil), o.Aliases...)
	texts := []*string{&o.Name, &o.Abbreviation, &o.FOIAOffice, &o.City, &o.State, &o.ZIP, &o.Country, &o.Phone, &o.Fax, &o.PortalURL,
		&o.Website, &o.ParentName}
	for i := range o.Address {
		texts = append(texts, &o.Address[i])
	}
	for i := range o.Aliases {
		texts = append(texts, &o.Aliases[i])
	}
	for _, s := range texts {
		*s = dropped.Text(place, *s)
	}
	for _, s := range []*string{&o.Email, &o.LiaisonEmail} {
		if *s = dropped.Text(place, *s); *s == "" {
			continue
		}
		email, err := entered.ReadEmail(*s)
		if err != nil {
			return o, err
		}
		*s = email
	}
	return o, nil
}

// PlaceLine is the line of an address that has the city. In the United States a state
// that is written out gets its postal abbreviation.
func PlaceLine(city, state, zip, country string) string {
	if code, ok := entered.State(state); ok && entered.InUnitedStates(country) {
		state = code
	}
	return commaed(entered.Line(city), entered.Line(state+" "+zip))
}

func commaed(city, rest string) string {
	if city == "" || rest == "" {
		return city + rest
	}
	return city + ", " + rest
}
