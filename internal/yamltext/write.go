package yamltext

import (
	"fmt"

	"github.com/goccy/go-yaml"
)

// Write is a value as YAML, by the tags of its fields.
func Write(v any) (string, error) {
	b, err := yaml.Marshal(v)
	if err != nil {
		return "", fmt.Errorf("cannot be written as YAML: %w", err)
	}
	return string(b), nil
}
