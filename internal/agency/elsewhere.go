package agency

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"foia/internal/entered"
	"foia/internal/workday"
	"foia/internal/yamltext"
)

// officesDir holds the offices of states, cities and abroad, one file for each law.
const officesDir = "data/offices"

// Register is a list of many offices that somebody can open: advice for where to look.
type Register struct {
	Ref   string `json:"ref" yaml:"ref"`
	Lists string `json:"lists" yaml:"lists"`
	Dated string `json:"dated" yaml:"dated"`
	Read  bool   `json:"read" yaml:"read"` // somebody read it; else another page names it
}

// lawFile is one file: a law, where it applies, and its offices.
type lawFile struct {
	Law       string           `yaml:"law"`
	Place     string           `yaml:"place"`
	Also      []string         `yaml:"also"`
	Traps     []map[string]any `yaml:"traps"`
	Registers []Register       `yaml:"registers"`
	Offices   []map[string]any `yaml:"offices"`
	Look      []map[string]any `yaml:"look"`

	offices []Office
}

// readElsewhere reads the files of all laws, with their offices.
func readElsewhere(files fs.FS) ([]lawFile, error) {
	names, err := fs.Glob(files, officesDir+"/*.yaml")
	if err != nil {
		return nil, err
	}
	kinds, err := readKinds()
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	var out []lawFile
	for _, name := range names {
		raw, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		f, err := readLawFile(raw, name, kinds)
		if err != nil {
			return nil, err
		}
		for _, o := range f.offices {
			if seen[o.ID] {
				return nil, fmt.Errorf("%s: two offices have the id %s", name, o.ID)
			}
			seen[o.ID] = true
		}
		out = append(out, f)
	}
	return out, nil
}

// readLawFile reads one file, which is named for its law.
func readLawFile(raw []byte, file string, kinds map[string]kind) (f lawFile, err error) {
	lines, err := yamltext.DecodeLines(yamltext.Source{File: file, Text: raw}, &f)
	if err != nil {
		return f, err
	}
	if id := strings.TrimSuffix(path.Base(file), ".yaml"); f.Law != id || id == workday.FederalLaw || f.Place == "" {
		return f, fmt.Errorf("%s: law must be %s, the name of the file, and place must say where it applies", file, id)
	}
	for _, list := range []struct {
		key     string
		records []map[string]any
	}{{"offices", f.Offices}, {"look", f.Look}} {
		for i, record := range list.records {
			o, key, err := elsewhereOf(record, f)
			if err == nil {
				o.LookOnly = list.key == "look"
				key, err = o.checkElsewhere(f, kinds)
			}
			if err != nil {
				return f, fmt.Errorf("%s:%d: %w", file, lines.Of(fmt.Sprintf("%s[%d].%s", list.key, i, key)), err)
			}
			f.offices = append(f.offices, o)
		}
	}
	return f, nil
}

// elsewhereOf makes an office of its facts. Each is a value, which the office's source
// has, or a value (is) that is from elsewhere (from), as of a day or undated; that is then
// in doubt. The key is that of what is wrong.
func elsewhereOf(record map[string]any, f lawFile) (o Office, key string, err error) {
	values, own, others := map[string]any{}, []string{}, []Source{}
	for key, fact := range record {
		m, ok := fact.(map[string]any)
		if !ok {
			values[key] = fact
			if !slices.Contains(noFacts, key) {
				own = append(own, key)
			}
			continue
		}
		value, from, err := fromElsewhere(m)
		if err != nil {
			return o, key, fmt.Errorf("%s: %w", key, err)
		}
		values[key] = value
		i := slices.IndexFunc(others, func(s Source) bool { return s.Ref == from.Ref && s.Date == from.Date })
		if i < 0 {
			others, i = append(others, from), len(others)
		}
		others[i].Fields = append(others[i].Fields, key)
	}
	values["retrieved_or_dated"] = values["dated"]
	delete(values, "dated")
	if len(f.Traps) > 0 {
		all, _ := values["traps"].([]any)
		for _, t := range f.Traps {
			all = append(all, t)
		}
		values["traps"] = all
	}
	if key, err = decodeFacts(values, &o); err != nil {
		return o, key, err
	}
	o.Law = f.Law
	o.Sources = append(o.Sources, Source{Ref: o.Source, Date: o.Dated, Fields: inOrder(own)})
	slices.SortFunc(others, func(a, b Source) int { return strings.Compare(a.Ref, b.Ref) })
	for _, s := range others {
		s.Fields = inOrder(s.Fields)
		o.Sources = append(o.Sources, s)
		for _, c := range preference {
			if slices.Contains(s.Fields, contactFields[c]) {
				o.Doubted = append(o.Doubted, c)
			}
		}
	}
	o.ReceivesBy, o.Dates = o.reachable(), datesOf(o)
	return o, "", nil
}

// noFacts are keys of a record that no source has: what it is called here, and the source.
var noFacts = []string{"id", "kind", "source", "dated", "confidence"}

// fromElsewhere reads a fact that the office's own source does not have.
func fromElsewhere(m map[string]any) (value any, from Source, err error) {
	from.Date = undated
	for part, v := range m {
		text, isText := v.(string)
		switch {
		case part == "is":
			value = v
		case part == "from" && isText:
			from.Ref = text
		case part == "dated" && isText:
			from.Date = text
		default:
			return nil, from, fmt.Errorf("a fact has is, from and dated, all of them texts, not %s", part)
		}
	}
	if value == nil || from.Ref == "" {
		return nil, from, errors.New("is or from is missing")
	}
	return value, from, nil
}

// reachable are the ways to file that the office says it takes, and for which the record
// has a contact. An address in the United States needs its ZIP Code.
func (o Office) reachable() (out []Channel) {
	for _, c := range preference {
		there := o.ContactFor(c) != ""
		if c == Mail {
			there = o.wholeAddress()
		}
		if there && slices.Contains(o.Ways, string(c)) {
			out = append(out, c)
		}
	}
	return out
}

// wholeAddress tells whether a letter can be mailed to the address.
func (o Office) wholeAddress() bool {
	if entered.InUnitedStates(o.Country) {
		return len(o.Address) > 0 && o.City != "" && o.State != "" && o.ZIP != ""
	}
	return o.City != "" && (len(o.Address) > 0 || o.ZIP != "")
}

// checkElsewhere finds what is wrong with a record. The key is that of what is wrong.
func (o Office) checkElsewhere(f lawFile, kinds map[string]kind) (key string, err error) {
	unknown := notAddressee(o.FOIAOffice, o.Name)
	switch {
	case !validID(o.ID) || !strings.HasPrefix(o.ID, f.Law+"-"):
		return "id", fmt.Errorf("the id %q does not begin with %s-", o.ID, f.Law)
	case o.Name == "":
		return "name", errors.New("the office has no name")
	case kinds[o.Kind].label == "":
		return "kind", fmt.Errorf("the kind %q is not in data/kinds.csv", o.Kind)
	case o.Source == "" || o.Dated == "":
		return "source", errors.New("a record needs source and dated (which may be undated)")
	case !slices.Contains([]string{"high", "medium", "low"}, o.Confidence):
		return "confidence", fmt.Errorf("confidence is high, medium or low, not %q", o.Confidence)
	case len(unknown) > 0:
		return "foia_office", fmt.Errorf("the addressee %q may be a person (%s): name a unit or a title, or add the words of one to "+
			"data/addressee-words.txt", o.FOIAOffice, strings.Join(unknown, ", "))
	case o.LookOnly && len(o.ReceivesBy) > 0:
		return "source", errors.New("the record is only where to look, and yet has a contact for requests")
	}
	for _, w := range o.Ways {
		if !slices.Contains(ways, w) {
			return "ways", fmt.Errorf("there is no way %q: use %s", w, strings.Join(ways, ", "))
		}
	}
	for _, t := range o.Traps {
		if err := t.check(); err != nil {
			return "traps", err
		}
	}
	return "", nil
}

// ways are those in which offices say that they take requests.
var ways = []string{"portal", "email", "fax", "mail", "in person", "phone", "carrier"}
