package portal

import (
	"encoding/json"
	"fmt"
)

// Read reads the fields of a form back from portal.json: those that have a value, in the order
// of the form.
func Read(raw []byte) ([]Field, error) {
	def, err := load()
	if err != nil {
		return nil, err
	}
	var values map[string]any
	if err := json.Unmarshal(raw, &values); err != nil {
		return nil, fmt.Errorf("the form's fields cannot be read: %w", err)
	}
	var fields []Field
	for _, d := range def.Fields {
		if value, ok := values[d.Name].(string); ok && value != "" {
			fields = append(fields, Field{Name: d.Name, Label: d.Label, Value: value, Shown: def.shown(value), Limit: d.Limit})
		}
	}
	return fields, nil
}
