package agency

import "slices"

// Difference is one fact that the user corrected, or confirmed.
type Difference struct {
	Field   string   `json:"field"`
	BuiltIn string   `json:"built_in"`       // empty: none
	Yours   string   `json:"yours"`          // empty: none
	Same    bool     `json:"same,omitempty"` // the user confirmed it
	Sources []Source `json:"built_in_sources,omitempty"`
	From    []Source `json:"your_sources,omitempty"`
}

// Differences are what the user corrected or confirmed in a built-in office, field by
// field, with the sources of both.
func (d *Directory) Differences(id string) ([]Difference, error) {
	now, ok := d.Get(id)
	built, ok2 := d.BuiltIn(id)
	if !ok || !ok2 {
		return nil, nil
	}
	sources, err := builtInSources(id)
	if err != nil {
		return nil, err
	}
	var out []Difference
	for _, key := range now.correctedKeys() {
		if built.Value(key)+now.Value(key) == "" {
			continue
		}
		from := key
		if slices.Contains(postal, key) {
			from = "address"
		}
		out = append(out, Difference{Field: key, BuiltIn: built.Value(key), Yours: now.Value(key),
			Same: built.Value(key) == now.Value(key), Sources: sourcesFor(sources, key), From: sourcesFor(now.Sources, from)})
	}
	return out, nil
}

// sourcesFor are those that have a field.
func sourcesFor(all []Source, key string) (out []Source) {
	for _, s := range all {
		if slices.Contains(s.Fields, key) {
			out = append(out, s)
		}
	}
	return out
}
