package agency

import (
	"maps"
	"path"
	"slices"
	"strings"

	"foia/internal/entered"
	"foia/internal/remedy"
)

// Chosen are the offices of states, cities and abroad that a pattern chooses.
type Chosen struct {
	Offices []Office // by law; those that are only where to look come last under each
	Without []Place  // that the pattern names, and under whose law there is no such office
	What    string   // the kind in words; empty if the pattern leaves it open
}

// Choose are the offices that a pattern such as us-*/state-police chooses: before the slash
// the law, after it the kind of office. A star stands for any letters. A pattern that chooses
// nothing is an error, with what there is.
func (d *Directory) Choose(pattern string) (c Chosen, err error) {
	laws, kinds, ok := strings.Cut(pattern, "/")
	if !ok || laws == "" || kinds == "" || strings.Contains(kinds, "/") {
		return c, badPattern(pattern, "write the law, a slash and the kind of office, such as us-*/state-police")
	}
	for _, part := range []string{laws, kinds} {
		if _, err := path.Match(part, ""); err != nil {
			return c, badPattern(pattern, "a star stands for any letters; there is nothing else to choose by")
		}
	}
	all, err := readKinds()
	if err != nil {
		return c, err
	}
	ids, names := slices.Sorted(maps.Keys(places())), slices.Sorted(maps.Keys(all))
	if len(chosen(laws, ids)) == 0 {
		return c, remedy.Misuse("the directory has no office under a law like “"+laws+"”",
			remedy.DidYouMean(entered.Nearest(laws, ids, 3), "the laws are "+strings.Join(ids, ", ")))
	}
	if len(chosen(kinds, names)) == 0 {
		return c, remedy.Misuse("the directory has no kind of office like “"+kinds+"”",
			remedy.DidYouMean(entered.Nearest(kinds, names, 3), "the kinds are "+strings.Join(names, ", ")))
	}
	if k, plain := all[kinds]; plain {
		c.What = k.label
	}
	none := true
	for _, law := range chosen(laws, ids) {
		there := false
		for _, o := range d.Under(law) {
			if ok, _ := path.Match(kinds, o.Kind); ok && o.IsElsewhere() {
				if o.Sources, err = d.Sources(o.ID); err != nil {
					return c, err
				}
				c.Offices, there = append(c.Offices, o), true
			}
		}
		if none = none && !there; !there {
			c.Without = append(c.Without, places()[law])
		}
	}
	if none {
		return c, remedy.Misuse("the directory has no office that “"+pattern+"” chooses",
			"to see those under a law: "+remedy.To(remedy.Offices).With("law", c.Without[0].Law).String())
	}
	return c, nil
}

// chosen are the names that a pattern chooses.
func chosen(pattern string, names []string) (out []string) {
	for _, n := range names {
		if ok, _ := path.Match(pattern, n); ok {
			out = append(out, n)
		}
	}
	return out
}

func badPattern(pattern, do string) error {
	return remedy.Misuse("“"+pattern+"” does not choose offices", do)
}
