package letter

import (
	"maps"
	"slices"
)

// Answers are the values of a template's fields, by field name, as they come
// from YAML, flags or a form: strings, booleans, numbers, lists, maps.
// After Clean each value has the Go type of its field: string (line, text,
// choice, date, money), bool (yesno), []string (list), [2]string (dates),
// []Record (records).
type Answers map[string]any

// Text returns the answer to a line, text, choice, date or money field.
func (a Answers) Text(name string) string { s, _ := a[name].(string); return s }

// Yes tells whether the answer to a yesno field is yes.
func (a Answers) Yes(name string) bool { b, _ := a[name].(bool); return b }

// List returns the answer to a list field.
func (a Answers) List(name string) []string { l, _ := a[name].([]string); return l }

// word is the value as a condition sees it: yes, no, or the text.
func (a Answers) word(name string) string {
	switch v := a[name].(type) {
	case bool:
		if v {
			return "yes"
		}
		return "no"
	case string:
		return v
	}
	return ""
}

// sortedKeys returns the keys of a map in order, so that errors and output do
// not depend on chance.
func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
