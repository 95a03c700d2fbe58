package subject

import (
	"slices"
	"strings"

	"foia/internal/retention"
)

// Search returns the subjects that fit some words, best first. It compares words as the search
// for series does, with its stems and synonyms.
func (l *Library) Search(words string) ([]*Subject, error) {
	all, err := l.All()
	if err != nil {
		return nil, err
	}
	texts := make([]retention.Texts, len(all))
	for i, s := range all {
		texts[i] = s.texts()
	}
	fitting, err := retention.Fitting(words, texts)
	if err != nil {
		return nil, err
	}
	var out []*Subject
	for _, i := range fitting {
		out = append(out, all[i])
	}
	if len(out) > 0 {
		return out, nil
	}
	return nil, &NotFound{Name: short(words), Words: true, Near: l.near(words)}
}

// texts are what a subject is found by.
func (s *Subject) texts() retention.Texts {
	t := retention.Texts{Titles: []string{s.Title, s.ID}, Words: s.Words}
	for _, f := range s.Names {
		t.Holds = append(t.Holds, f.Is)
	}
	for _, f := range s.Keepers {
		t.Keepers = append(t.Keepers, f.Is)
	}
	return t
}

// near are the ids that come near to one of the words.
func (l *Library) near(words string) []string {
	var out []string
	for w := range strings.FieldsSeq(strings.ToLower(words)) {
		for _, id := range l.IDs() {
			if len(w) > 3 && strings.Contains(id, w) && !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	const most = 3
	return out[:min(most, len(out))]
}
