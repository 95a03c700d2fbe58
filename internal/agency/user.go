package agency

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/goccy/go-yaml"

	"foia/internal/entered"
	"foia/internal/remedy"
	"foia/internal/yamltext"
)

// FileError says what is wrong with the user's agencies.yaml.
type FileError struct {
	File         string
	Office       string // id, if known
	Field        string
	What, Remedy string
}

func (e *FileError) Error() string {
	where := e.File
	for _, part := range []struct{ label, value string }{{"office", e.Office}, {"field", e.Field}} {
		if part.value != "" {
			where += ", " + part.label + " " + part.value
		}
	}
	return e.What + " (" + where + ")"
}

// Hint says what to do.
func (e *FileError) Hint() string { return e.Remedy }

// userFile is agencies.yaml.
type userFile struct {
	Offices []Office `yaml:"offices"`
}

// WithUser returns the directory with the offices of the user's agencies.yaml,
// which win over built-in ones of the same id. file is its name, for errors.
func (d *Directory) WithUser(raw []byte, file string) (*Directory, error) {
	dropped := &entered.Tally{}
	offices, err := readUser(raw, file, dropped)
	if err != nil {
		return nil, err
	}
	merged := &Directory{records: slices.Clone(d.records), byID: maps.Clone(d.byID), dropped: dropped.Note()}
	for _, o := range offices {
		o.UserAdded = true
		merged.add(&record{id: o.ID, office: o})
	}
	return merged, nil
}

// Dropped says what was left out of the user's offices since it cannot be seen; empty:
// nothing.
func (d *Directory) Dropped() string { return d.dropped }

func readUser(raw []byte, file string, dropped *entered.Tally) ([]Office, error) {
	var f userFile
	if err := yamltext.Decode(yamltext.Source{File: file, Text: raw}, &f); err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for i, o := range f.Offices {
		o, emailErr := o.Written(fmt.Sprintf("the office %s (%s)", short(clean(o.ID)), file), dropped)
		f.Offices[i] = o
		if err := o.check(file, emailErr); err != nil {
			return nil, err
		}
		if seen[o.ID] {
			return nil, &FileError{File: file, Office: o.ID, Field: "id", What: "two offices have the same id",
				Remedy: "give each its own id"}
		}
		seen[o.ID] = true
	}
	return f.Offices, nil
}

// Limits on what a user may write: far above any real office, and short enough
// for an envelope, a file name and a line of a terminal.
const (
	maxField = 300
	maxLines = 8
)

// check finds what is wrong with an office that a user wrote. emailErr is what is wrong
// with its e-mail addresses.
func (o Office) check(file string, emailErr error) error {
	bad := func(field, what, remedy string) error {
		return &FileError{File: file, Office: short(clean(o.ID)), Field: field, What: what, Remedy: remedy}
	}
	if !validID(o.ID) {
		return bad("id", "an office needs an id of lower-case letters, digits and hyphens, at most 60 characters",
			"for example: id: albany-police")
	}
	if strings.TrimSpace(o.Name) == "" {
		return bad("name", "the office has no name", "add name: …")
	}
	if len(o.Address) > maxLines {
		return bad("address", fmt.Sprintf("the address has more than %d lines", maxLines), "shorten it: it must fit on an envelope")
	}
	for field, values := range o.texts() {
		for _, s := range values {
			if len(s) > maxField || clean(s) != s {
				return bad(field, "the text is too long or contains control characters",
					fmt.Sprintf("use plain text of at most %d characters on one line", maxField))
			}
		}
	}
	var refused *remedy.Error
	if errors.As(emailErr, &refused) {
		return bad("email", refused.What, refused.Do)
	}
	return o.checkChannels(bad)
}

func (o Office) texts() map[string][]string {
	return map[string][]string{"name": {o.Name}, "abbreviation": {o.Abbreviation}, "parent": {o.Parent}, "aliases": o.Aliases,
		"foia_office": {o.FOIAOffice}, "address": o.Address, "city": {o.City}, "state": {o.State}, "zip": {o.ZIP},
		"country": {o.Country}, "phone": {o.Phone}, "fax": {o.Fax}, "portal_url": {o.PortalURL}, "website": {o.Website}, "law": {o.Law}}
}

// checkChannels wants the contact of each channel that the office takes.
func (o Office) checkChannels(bad func(field, what, remedy string) error) error {
	needs := map[Channel]struct{ field, value string }{
		Portal: {"portal_url", o.PortalURL}, Fax: {"fax", o.Fax}, Email: {"email", o.Email}, Mail: {"address", strings.Join(o.Address, "")},
	}
	for _, c := range o.ReceivesBy {
		need, known := needs[c]
		if !known {
			return bad("receives_by", "unknown filing method: "+short(clean(string(c))), "use portal, mail, fax or email")
		}
		if need.value == "" {
			return bad(need.field, fmt.Sprintf("the office accepts requests by %s, but the contact information is missing", c),
				"add "+need.field)
		}
	}
	return nil
}

func validID(id string) bool {
	return id != "" && len(id) <= 60 && strings.Trim(id, "abcdefghijklmnopqrstuvwxyz0123456789-") == "" &&
		id[0] != '-' && id[len(id)-1] != '-'
}

// clean takes out control characters, line breaks and the signs that turn the
// direction of writing.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Co, r) || r == utf8.RuneError {
			return -1
		}
		return r
	}, s)
}

// AppendUser returns the text of agencies.yaml with one office more. What is in
// the file stays as it is, comments too.
func AppendUser(existing []byte, o Office, file string) ([]byte, error) {
	o, emailErr := o.Written(file, nil)
	if err := o.check(file, emailErr); err != nil {
		return nil, err
	}
	have, err := readUser(existing, file, nil)
	if err != nil {
		return nil, err
	}
	for _, h := range have {
		if h.ID == o.ID {
			return nil, &FileError{File: file, Office: o.ID, Field: "id", What: "an office with this id already exists",
				Remedy: "change it in the file, or choose another id"}
		}
	}
	b, err := yaml.Marshal([]Office{o})
	if err != nil {
		return nil, fmt.Errorf("the office cannot be written as YAML: %w", err)
	}
	entry := "  " + strings.ReplaceAll(strings.TrimRight(string(b), "\n"), "\n", "\n  ") + "\n"
	text := string(existing)
	if strings.TrimSpace(text) == "" {
		text = "# Your own FOIA offices. They override the built-in ones with the same id.\noffices:\n"
	}
	const key = "offices:\n"
	before, after, ok := strings.Cut("\n"+text, "\n"+key)
	if !ok {
		return nil, &FileError{File: file, What: "the file has no line “offices:”", Remedy: "add the line, or write the office in by hand"}
	}
	out := []byte(strings.TrimPrefix(before+"\n"+key+entry+after, "\n"))
	_, err = readUser(out, file, nil)
	return out, err
}
