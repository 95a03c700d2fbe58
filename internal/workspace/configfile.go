package workspace

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"text/template"

	"github.com/goccy/go-yaml"

	"foia/internal/letter"
	"foia/internal/remedy"
)

// configTemplate is foia.yaml as it is first written, with comments that teach.
//
//go:embed foia.yaml.tmpl
var configTemplate string

// ConfigText is a complete foia.yaml with one requester.
func ConfigText(r letter.Requester) ([]byte, error) {
	entry, err := requesterYAML(r)
	if err != nil {
		return nil, err
	}
	t, err := template.New(ConfigFile).Parse(configTemplate)
	if err != nil {
		return nil, fmt.Errorf("the built-in foia.yaml is broken: %w", err)
	}
	var b bytes.Buffer
	err = t.Execute(&b, map[string]string{"Requester": entry, "ID": r.ID})
	return b.Bytes(), err
}

// requesterYAML is one entry of the list of requesters.
func requesterYAML(r letter.Requester) (string, error) {
	b, err := yaml.Marshal([]letter.Requester{r})
	if err != nil {
		return "", fmt.Errorf("the requester cannot be written as YAML: %w", err)
	}
	return "  " + strings.ReplaceAll(strings.TrimRight(string(b), "\n"), "\n", "\n  "), nil
}

// AddRequester writes a requester into foia.yaml. A file that is there keeps its
// text and comments: the entry goes under `requesters:`. An id that is taken is
// an error, since foia does not rewrite what the user wrote.
func (w *Workspace) AddRequester(r letter.Requester) error {
	raw, err := os.ReadFile(w.Path(ConfigFile))
	if errors.Is(err, fs.ErrNotExist) {
		text, err := ConfigText(r)
		if err != nil {
			return err
		}
		return w.saveConfig(text, r.ID)
	}
	if err != nil {
		return fmt.Errorf("the settings cannot be read: %w", err)
	}
	for _, id := range w.Config.ids() {
		if id == r.ID {
			return &remedy.Error{Where: ConfigFile, What: "the requester " + r.ID + " already exists",
				Do: "change it in the file, or choose another " + remedy.Name("id"), Misuse: true}
		}
	}
	entry, err := requesterYAML(r)
	if err != nil {
		return err
	}
	const key = "requesters:\n"
	before, after, ok := strings.Cut("\n"+string(raw), "\n"+key)
	if !ok && len(w.Config.Requesters) == 0 { // such as a file that only names the shared log
		before, after, ok = "\n"+strings.TrimRight(string(raw), "\n")+"\n", "", true
	}
	if !ok {
		return &remedy.Error{Where: ConfigFile, What: "the file has no line “requesters:”",
			Do: "add the line, or write the requester in by hand"}
	}
	text := strings.TrimPrefix(before+"\n"+key+entry+"\n"+after, "\n")
	return w.saveConfig([]byte(text), r.ID)
}

// saveConfig reads the new text before it replaces the old, so that foia never
// leaves a foia.yaml that it cannot read itself.
func (w *Workspace) saveConfig(text []byte, id string) error {
	config, err := ParseConfig(ConfigFile, text)
	if err != nil {
		return err
	}
	if _, ok, err := config.Requester(id); !ok || err != nil {
		return errors.Join(&remedy.Error{Where: ConfigFile, What: "the requester cannot be added to this file automatically",
			Do: "write it in by hand; " + remedy.To(remedy.ShowSettings).String() + " shows how"}, err)
	}
	w.Config = config
	return w.WriteFile(ConfigFile, text)
}
