package retention

import (
	"strings"

	"foia/internal/remedy"
)

// Item is a series as an item of a letter. What only the requester knows is a place in double
// brackets, to be filled in.
type Item struct {
	Title      string
	Text       string
	Custodians []string
}

// Item makes an item of a series. A rule about destroying records, and what another series took the
// place of, are none.
func (s *Series) Item() (Item, error) {
	switch {
	case s.Mode == Superseded && s.Next != "":
		return Item{}, remedy.Misuse(s.ID+" is superseded by "+text(s.Successor)+", which is "+s.Next,
			"ask for that one: "+remedy.To(remedy.FindSeries, s.Next).Saying("item").String())
	case !s.Records():
		return Item{}, remedy.Misuse(s.ID+" is not a series of records but a rule about keeping them",
			"ask for records by their kind; to find some: "+remedy.To(remedy.FindSeries, remedy.Open("WORDS")).String())
	}
	i := Item{Title: s.called(), Custodians: s.Keepers}
	i.Text = "The records " + s.placed() + ", that concern [[what they are about: a matter, person, place or contract]]"
	return i, nil
}

// called is the title of a series without what its schedule puts after a dash.
func (s *Series) called() string {
	name, _, _ := strings.Cut(s.Title, " - ")
	return name
}

// placed is where a series has its name, as a part of a sentence.
func (s *Series) placed() string {
	named := "“" + strings.ReplaceAll(s.Title, " - ", ", ") + "”"
	switch s.Kind {
	case General:
		words := "that " + strings.Replace(s.ID, "GRS ", "General Records Schedule item ", 1) + " calls " + named
		if s.Authority != nil {
			words += " (disposition authority " + *s.Authority + ")"
		}
		return words
	case State:
		return "in the series " + named + s.cited()
	case "system of records":
		return "in the system of records " + s.ID + ", " + named + s.cited()
	}
	return "in or under " + named + s.cited()
}

// cited is what to cite, in parentheses; empty if that is not known.
func (s *Series) cited() string {
	if c := s.Cite(); c != "" {
		return " (" + c + ")"
	}
	return ""
}
