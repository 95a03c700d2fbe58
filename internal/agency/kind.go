package agency

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
)

//go:embed data/kinds.csv
var kindsCSV []byte

// kind is a kind of office, such as state-police.
type kind struct {
	label string   // in words
	words []string // by which people look for one
}

// readKinds reads all kinds by their names.
var readKinds = sync.OnceValues(func() (map[string]kind, error) {
	rows, err := readCSV(kindsCSV)
	if err != nil {
		return nil, err
	}
	out := map[string]kind{}
	for _, r := range rows {
		if r["kind"] == "" || r["label"] == "" {
			return nil, fmt.Errorf("data/kinds.csv: the kind %q has no label", r["kind"])
		}
		out[r["kind"]] = kind{r["label"], strings.Fields(r["words"])}
	}
	return out, nil
})

// Kinds are the kinds of offices of states, cities and abroad, each with what it is in words.
func Kinds() map[string]string {
	kinds, err := readKinds()
	if err != nil {
		return nil // Choose says so
	}
	out := map[string]string{}
	for name, k := range kinds {
		out[name] = k.label
	}
	return out
}
