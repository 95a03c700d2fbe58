package letter

// The two fields that are the period of a request. They are asked in one question.
const (
	FirstDay = "date_from"
	LastDay  = "date_to"
)

// Asking is one question that leads to a letter: a field, or the two that are its period.
type Asking struct {
	Field  Field
	Period bool // the field is FirstDay, and LastDay belongs to it
}

// Leading are the questions that lead to a first letter, in the order of the template: what must be
// answered, the period, and what follows from an answer, as the reasons do from a waiver that is
// asked for. standing are the answers that are there before anybody is asked, and given those of the
// questions so far, which stay questions, so that one can go back to them.
func (t *Template) Leading(given Layer, standing []Layer, in Typing) ([]Asking, error) {
	var out []Asking
	answers := Answers{}
	for _, f := range t.Fields {
		f = f.For(in.Law)
		if !f.Under(in.Law) {
			continue
		}
		before, err := f.pick(append(append([]Layer{}, standing...), Layer{Answers: t.Defaults, File: t.File},
			Layer{Answers: Answers{f.Name: f.Default}, File: f.file}), in)
		if err != nil {
			return nil, err
		}
		now, err := f.pick([]Layer{given}, in)
		if err != nil {
			return nil, err
		}
		asked := f.Asked(answers)
		if now == nil {
			now = before
		}
		if now != nil {
			answers[f.Name] = now
		}
		switch {
		case !asked || before != nil || f.Name == LastDay:
		case f.Name == FirstDay:
			_, whole := t.Field(LastDay)
			out = append(out, Asking{f, whole})
		case f.Required || len(f.When) > 0:
			out = append(out, Asking{Field: f})
		}
	}
	return out, nil
}

// Answered are the values of all fields that matter under a law: those of the layers, else the
// template's own.
func (t *Template) Answered(layers []Layer, in Typing) ([]Field, Answers, error) {
	var out []Field
	answers := Answers{}
	for _, f := range t.Fields {
		f = f.For(in.Law)
		if !f.Under(in.Law) {
			continue
		}
		v, err := f.pick(append(append([]Layer{}, layers...), Layer{Answers: t.Defaults, File: t.File},
			Layer{Answers: Answers{f.Name: f.Default}, File: f.file}), in)
		if err != nil {
			return nil, nil, err
		}
		if v != nil {
			answers[f.Name] = v
		}
		if f.Asked(answers) {
			out = append(out, f)
		}
	}
	return out, answers, nil
}
