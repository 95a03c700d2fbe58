package letter

import (
	"slices"
	"strings"

	"foia/internal/law"
	"foia/internal/remedy"
)

// FieldType says what a user may answer to a field.
type FieldType string

// The types of a field.
const (
	Line    FieldType = "line"    // one line of text
	Text    FieldType = "text"    // paragraphs
	List    FieldType = "list"    // several lines
	Day     FieldType = "date"    // 2025-05-06
	Days    FieldType = "dates"   // two days, 2025-01-20..2025-05-06
	Choice  FieldType = "choice"  // one of Field.Choices
	YesNo   FieldType = "yesno"   // yes or no
	Money   FieldType = "money"   // in the currency of the law
	Records FieldType = "records" // the numbered items of a request
)

var fieldTypes = []FieldType{Line, Text, List, Day, Days, Choice, YesNo, Money, Records}

// Field is one question that a template asks the user.
type Field struct {
	Name     string              `yaml:"name"`
	Label    string              `yaml:"label"`
	Help     string              `yaml:"help"`
	Type     FieldType           `yaml:"type"`
	Choices  []string            `yaml:"choices"`
	Required bool                `yaml:"required"`
	Ask      bool                `yaml:"ask"`            // asked in a terminal although not required
	When     map[string][]string `yaml:"when"`           // asked only if these fields have one of these values
	Laws     []string            `yaml:"laws"`           // only for letters under one of these; empty: under any
	Must     []string            `yaml:"required_under"` // required in letters under one of these laws
	Asserted []string            `yaml:"asserted"`       // of a later letter: matters if the agency asserted one of these exemptions
	Outcomes []string            `yaml:"outcomes"`       // of a later letter: matters if it decided in one of these ways
	Default  any                 `yaml:"default"`
	Example  any                 `yaml:"example"`

	file string // where it is declared
	line int
}

// Asked tells whether the field matters, given the other answers: a field with
// a condition is neither asked nor required unless the condition holds.
func (f Field) Asked(a Answers) bool {
	for name, wanted := range f.When {
		if !slices.Contains(wanted, a.word(name)) {
			return false
		}
	}
	return true
}

// Under tells whether the field is for letters under a law; what is answered to one that is
// not is left out.
func (f Field) Under(id string) bool { return len(f.Laws) == 0 || slices.Contains(f.Laws, id) }

// For is the field as it is in letters under a law, which may require what another leaves open.
func (f Field) For(id string) Field {
	f.Required = f.Required || slices.Contains(f.Must, id)
	return f
}

// check finds what is wrong with the declaration itself.
func (f Field) check(file string, line int) error {
	problem := func(what, remedy string) error {
		return &Problem{File: file, Line: line, Field: f.Name, What: what, Remedy: remedy}
	}
	switch {
	case !isName(f.Name):
		return problem("a field needs a name of lower-case letters, digits and underscores", "for example: name: date_from")
	case slices.Contains(reservedNames, f.Name):
		return problem("the program fills in a field of this name itself", "choose a name other than "+strings.Join(reservedNames, ", "))
	case !slices.Contains(fieldTypes, f.Type):
		return problem("unknown type "+quoted(string(f.Type)), "use one of "+joinTypes())
	case f.Label == "":
		return problem("the field has no label", "say in a few words what it asks for: label: First day of the period")
	case slices.ContainsFunc(slices.Concat(f.Laws, f.Must), func(id string) bool { return !law.KnownLaw(id) }):
		return problem("a law that foia does not know", "see the laws: "+remedy.To(remedy.Laws).String())
	case f.Type == Choice && len(f.Choices) == 0:
		return problem("a choice without choices", "add choices: [one, other]")
	case f.Type != Choice && len(f.Choices) > 0:
		return problem("choices are only for the type choice", "set type: choice or drop choices")
	}
	return nil
}

// reservedNames are the variables that the program fills, not the user.
var reservedNames = []string{"office", "requester", "letter", "life"}

func isName(s string) bool {
	if s == "" || len(s) > 60 || s[0] < 'a' || s[0] > 'z' {
		return false
	}
	return strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789_") == ""
}

func isID(s string) bool {
	if s == "" || len(s) > 60 || strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
		return false
	}
	return s[0] != '-' && s[len(s)-1] != '-'
}

func joinTypes() string {
	names := make([]string, len(fieldTypes))
	for i, t := range fieldTypes {
		names[i] = string(t)
	}
	return strings.Join(names, ", ")
}

func quoted(s string) string { return "“" + s + "”" }
