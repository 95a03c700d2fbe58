package evidence

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"foia/internal/seal"
	"foia/internal/store"
	"foia/internal/workspace"
)

// listName is the list of the seals that were kept, beside their folder, so that the loss of one shows, and of all. Each line is
// a name, the SHA-256 of the seal's text, and that of foia.yaml when it was made. Whoever removes a seal can
// remove its line: only a seal that is kept elsewhere proves anything.
const listName = ".foia-seals"

// longestList is more than thousands of seals take.
const longestList = 1 << 20

type listed struct{ name, sum, settings string }

func (l listed) String() string { return l.name + " " + l.sum + " " + l.settings }

func sumOf(text []byte) string {
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}

// readListed reads the list; a folder of an older foia has none.
func readListed(w *workspace.Workspace) (all []listed, err error) {
	text, err := w.ReadSmall(listName, longestList)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	for i, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		parts := strings.Fields(line)
		switch {
		case err != nil || len(parts) == 0:
		case len(parts) != 3 || len(parts[1]) != sha256.Size*2:
			err = fmt.Errorf("%s: line %d is not a name and two SHA-256", listName, i+1)
		default:
			all = append(all, listed{parts[0], parts[1], parts[2]})
		}
	}
	return all, err
}

// settingsSum is the SHA-256 of foia.yaml; a dash for none.
func settingsSum(w *workspace.Workspace) (string, error) {
	text, err := os.ReadFile(w.Path(workspace.ConfigFile))
	if errors.Is(err, fs.ErrNotExist) {
		return "-", nil
	}
	return sumOf(text), err
}

// list adds what is kept to the list. What is there already stays.
func list(w *workspace.Workspace, kept []Kept) error {
	all, err := readListed(w)
	if err != nil {
		return &Failure{What: "the seal is kept, but could not be listed", Err: err, Remedy: "remove " + listName + ", and seal again"}
	}
	before := len(all)
	settings, err := settingsSum(w)
	if err != nil {
		return err
	}
	for _, k := range kept {
		if !slices.ContainsFunc(all, func(l listed) bool { return l.name == k.Name }) {
			all = append(all, listed{k.Name, sumOf(k.Seal.Text()), settings})
		}
	}
	if len(all) == before {
		return nil
	}
	var text strings.Builder
	for _, l := range all {
		text.WriteString(l.String() + "\n")
	}
	return w.WriteFile(listName, []byte(text.String()))
}

func parses(text []byte) bool {
	_, err := seal.Parse(string(text))
	return err == nil
}

// Lost compares the seals that are kept with the list of them. changed says that foia.yaml is not what it was when the last
// of them was made.
func Lost(w *workspace.Workspace) (faults []store.Fault, changed string, err error) {
	all, err := readListed(w)
	if err != nil || len(all) == 0 {
		if err != nil {
			faults = append(faults, store.Fault{Kind: store.OfSeal, What: "the list of the seals cannot be read: " + err.Error()})
		}
		return faults, "", nil
	}
	for _, l := range all {
		k := Kept{Name: l.name}
		text, err := w.ReadSmall(k.Path(), longest)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			faults = append(faults, store.Fault{Kind: store.OfSeal, What: k.Path() + " is gone: the seal was kept there"})
		case err == nil && sumOf(text) != l.sum && parses(text): // else List says so
			faults = append(faults, store.Fault{Kind: store.OfSeal, What: k.Path() + " was changed after it was made"})
		}
	}
	last := all[len(all)-1]
	settings, err := settingsSum(w)
	if err != nil || settings == last.settings {
		return faults, "", err
	}
	return faults, last.name, nil
}
