package agency

import (
	"errors"
	"slices"
	"strings"
)

// Typed are the offices that somebody may mean who is still typing a name, best first: those that
// Search finds, then those of which the last word is only begun. Without words, they are the
// user's own, then those that get the most requests. says is what the user should know of the
// words, such as that they name no agency.
func (d *Directory) Typed(words string, limit int) (offices []Office, says string) {
	if key(words) == "" {
		all := slices.DeleteFunc(slices.Clone(d.All()), func(o Office) bool { return o.DefaultComponent != "" })
		byRequests(all)
		slices.SortStableFunc(all, func(a, b Office) int { return order(a.UserAdded) - order(b.UserAdded) })
		return first(all, limit), ""
	}
	found, err := d.Search(words, limit)
	var none *NotAnAgency
	if errors.As(err, &none) {
		return first(none.Instead, limit), none.Says
	}
	var nobody *NotFound
	if errors.As(err, &nobody) && len(nobody.Places) > 0 {
		says = strings.Join(Advice(nobody.Places), ". ")
	}
	if err == nil && !found.Near {
		offices, says = letters(found.Offices), found.Says
	}
	for _, o := range d.begun(words) {
		if len(offices) >= limit {
			break
		}
		if !slices.ContainsFunc(offices, func(x Office) bool { return x.ID == o.ID }) {
			offices = append(offices, o)
		}
	}
	if len(offices) == 0 && err == nil {
		offices, says = letters(found.Offices), found.Says
	}
	if len(offices) == 0 && says == "" && len(found.Offices) > 0 {
		o := found.Offices[0] // all are only where to look
		says = o.Name + " (" + o.UnderLaw() + "): the directory knows only where to look: " + o.Source
	}
	return offices, says
}

// letters are the offices that a letter may go to.
func letters(offices []Office) []Office {
	return slices.DeleteFunc(slices.Clone(offices), func(o Office) bool { return o.LookOnly })
}

func order(first bool) int {
	if first {
		return 0
	}
	return 1
}

// begun are the offices in whose names each word stands, or begins a word.
func (d *Directory) begun(words string) []Office {
	typed := wordsOf(words)
	if len(typed) == 0 {
		return nil
	}
	var out []Office
	for _, e := range d.entries() {
		names := []string{e.ID, e.Abbreviation, e.FullName(), e.FOIAOffice}
		own := wordsOf(strings.Join(append(names, e.Aliases...), " "))
		if !slices.ContainsFunc(typed, func(w string) bool {
			return !slices.ContainsFunc(own, func(o string) bool { return strings.HasPrefix(o, w) })
		}) {
			out = append(out, e.Office)
		}
	}
	byRequests(out)
	return append(out, d.begunElsewhere(typed)...)
}
