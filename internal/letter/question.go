package letter

import "slices"

// Questions are the fields that a terminal asks before a later letter is made: those
// that must be answered, those that are always asked, and those about what the agency
// asserted or decided. What a layer answers is not asked again, nor is a field whose
// condition the answers so far do not meet.
func (t *Template) Questions(layers []Layer, in Typing, life Life) ([]Field, error) {
	var out []Field
	answers := Answers{}
	for _, f := range t.Fields {
		f = f.For(in.Law)
		if !f.Under(in.Law) {
			continue
		}
		value, err := f.pick(append(slices.Clone(layers), Layer{Answers: t.Defaults, File: t.File},
			Layer{Answers: Answers{f.Name: f.Default}, File: f.file}), in)
		if err != nil {
			return nil, err
		}
		if value != nil {
			answers[f.Name] = value
			continue
		}
		about := len(f.Asserted)+len(f.Outcomes) > 0
		if (f.Required || f.Ask || about) && life.concerns(f.Asserted, f.Outcomes) && f.Asked(answers) {
			out = append(out, f)
		}
	}
	return out, nil
}
