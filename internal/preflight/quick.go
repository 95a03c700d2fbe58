package preflight

//go:generate go run foia/internal/quick preflight

import (
	"encoding/json"
	"io/fs"
)

// Quick makes the quick form of rules.yaml.
func Quick(files fs.FS) (map[string][]byte, error) {
	raw, err := fs.ReadFile(files, "rules.yaml")
	if err != nil {
		return nil, err
	}
	b, err := parseRules(raw)
	if err != nil {
		return nil, err
	}
	text, err := json.MarshalIndent(b, "", " ")
	return map[string][]byte{"rules.json": text}, err
}
