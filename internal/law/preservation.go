package law

import (
	"maps"
	"slices"
	"strings"
)

// Preservation is what forbids destroying records, as it was read.
type Preservation struct {
	Text    string   `yaml:"text" json:"text"`
	Cite    string   `yaml:"cite" json:"cite"`
	Offices []string `yaml:"offices" json:"offices,omitempty"` // one of these is in the name of a body that it binds; none: it binds all
	Not     []string `yaml:"not" json:"not,omitempty"`         // and none of these
	Asked   []string `yaml:"asked" json:"asked,omitempty"`     // it is about what is described with one of these; none: about all
}

// about tells whether the rule binds a body of that name, as to records that are described so.
func (p *Preservation) about(body, asked string) bool {
	body = strings.ToLower(body)
	has := func(part string) bool { return strings.Contains(body, part) }
	words := strings.FieldsFunc(strings.ToLower(asked), func(r rune) bool { return r < 'a' || r > 'z' })
	return (len(p.Offices) == 0 || slices.ContainsFunc(p.Offices, has)) && !slices.ContainsFunc(p.Not, has) &&
		(len(p.Asked) == 0 || slices.ContainsFunc(p.Asked, func(w string) bool { return slices.Contains(words, w) }))
}

// Of is the law without the sentence on preservation, if that is not about a body of that name and what is
// asked of it: a letter cites no rule that binds another.
func (r Regime) Of(body, asked string) Regime {
	if r.Records == nil || r.Records.Preservation == nil || r.Records.Preservation.about(body, asked) {
		return r
	}
	texts := slices.Clone(r.Texts)
	for i := range texts {
		texts[i].Rules = maps.Clone(texts[i].Rules)
		delete(texts[i].Rules, TopicPreserve)
	}
	r.Texts = texts
	return r
}
