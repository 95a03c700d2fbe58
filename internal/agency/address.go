package agency

import "strings"

// maxAddressLines is what fits into the window of a #10 envelope.
const maxAddressLines = 7

// AddressBlock is the address as it is printed on a letter: the office, the
// street, the city with state and ZIP code, the country if it is not the United
// States. No line stands twice. An office without a postal address (one that
// takes requests only through a portal, say) has its names alone.
func (o Office) AddressBlock() []string {
	var lines []string
	add := func(s string) {
		s = strings.Trim(strings.Join(strings.Fields(s), " "), ", ")
		if s != "" && !said(lines, s) {
			lines = append(lines, s)
		}
	}
	whole := strings.Join(o.Address, " ")
	named := holds(whole, o.Name) || mentionsOffice(whole) && holds(whole, o.ParentName)
	if !mentionsOffice(whole) {
		add(o.FOIAOffice)
	}
	if !named && !holds(o.FOIAOffice, o.Name) {
		add(o.Name)
	}
	if !named && !holds(whole, o.ParentName) && !holds(o.Name, o.ParentName) && !holds(o.ParentName, o.Name) {
		add(o.ParentName)
	}
	for _, a := range o.Address {
		add(a)
	}
	for len(lines)+2 > maxAddressLines && len(lines) > 1 { // the least specific names give way
		lines = append(lines[:1:1], lines[2:]...)
	}
	if o.IsElsewhere() && len(o.Address) == 0 && o.ZIP == "" {
		return lines // a state alone is no place for a letter
	}
	add(PlaceLine(o.City, o.State, o.ZIP, o.Country))
	add(o.Country)
	return lines
}

// mentionsOffice tells whether an address already names the FOIA office.
func mentionsOffice(address string) bool {
	for _, word := range []string{"FOIA", "Freedom of Information", "Privacy Office", "Disclosure", "GLDS"} {
		if holds(address, word) {
			return true
		}
	}
	return false
}

func holds(text, part string) bool {
	plain := func(s string) string { return strings.ReplaceAll(strings.ToLower(s), "&", "and") }
	return part != "" && strings.Contains(plain(text), plain(part))
}

// said tells whether a line, or one that says the same, is there already.
func said(lines []string, s string) bool {
	for _, l := range lines {
		if strings.EqualFold(l, s) {
			return true
		}
	}
	return false
}
