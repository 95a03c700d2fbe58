package law

//go:generate go run foia/internal/quick law

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"path"

	"foia/internal/yamltext"
)

// What people read and mend, and what is made of it.
const (
	federalYAML    = "laws/us-federal.yaml"
	reminderYAML   = "laws/reminder.yaml"
	quickFederal   = "laws/us-federal.json"
	quickRecords   = "laws/laws.json"
	sentencesTable = "../../docs/public-records.md"
)

// Quick makes the quick forms of the laws, and the page that shows what letters say of
// each.
func Quick(files fs.FS) (map[string][]byte, error) {
	raw, err := fs.ReadFile(files, federalYAML)
	if err != nil {
		return nil, err
	}
	b, err := parse(raw)
	if err != nil {
		return nil, err
	}
	records, err := readLaws(files)
	if err != nil {
		return nil, err
	}
	out := map[string][]byte{}
	if out[quickFederal], err = json.Marshal(b); err != nil {
		return nil, err
	}
	if out[quickRecords], err = json.Marshal(records); err != nil {
		return nil, err
	}
	book, err := recordsFrom(out[quickRecords])
	if err == nil {
		out[sentencesTable] = []byte(sentenceTable(book))
	}
	return out, err
}

// readLaws reads the files of states and countries, each named for its law.
func readLaws(files fs.FS) (out recordsFile, err error) {
	raw, err := fs.ReadFile(files, reminderYAML)
	if err == nil {
		err = yamltext.Decode(yamltext.Source{File: reminderYAML, Text: raw}, &out)
	}
	if err != nil {
		return out, err
	}
	names, err := fs.Glob(files, "laws/*.yaml")
	if err != nil {
		return out, err
	}
	for _, name := range names {
		if name == federalYAML || name == reminderYAML {
			continue
		}
		raw, err := fs.ReadFile(files, name)
		if err != nil {
			return out, err
		}
		p, err := ParseRecords(raw, name)
		if err != nil {
			return out, err
		}
		if p.ID+".yaml" != path.Base(name) {
			return out, fmt.Errorf("%s holds the law %s, for which it is not named", name, p.ID)
		}
		out.Laws = append(out.Laws, p)
	}
	return out, nil
}
