package workday

//go:generate go run foia/internal/quick workday

import (
	"encoding/json"
	"io/fs"
)

// Quick makes the quick form of places.yaml.
func Quick(files fs.FS) (map[string][]byte, error) {
	raw, err := fs.ReadFile(files, "places.yaml")
	if err != nil {
		return nil, err
	}
	list, err := parsePlaces(raw)
	if err != nil {
		return nil, err
	}
	text, err := json.Marshal(map[string]any{"calendars": list})
	return map[string][]byte{"places.json": text}, err
}
