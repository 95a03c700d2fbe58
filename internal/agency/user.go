package agency

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"foia/internal/entered"
	"foia/internal/remedy"
	"foia/internal/yamltext"
)

// FileError says what is wrong with the user's agencies.yaml.
type FileError struct {
	File         string
	Line         int    // 0: not known
	Office       string // id, if known
	Field        string
	What, Remedy string
}

func (e *FileError) Error() string {
	where := e.File
	if e.Line > 0 {
		where += fmt.Sprintf(":%d", e.Line)
	}
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

// WithUser returns the directory with the offices of the user's agencies.yaml. One with
// the id of a built-in office corrects its record, field by field. file is its name, for
// errors.
func (d *Directory) WithUser(raw []byte, file string) (*Directory, error) {
	merged := &Directory{base: d, records: slices.Clone(d.records), byID: maps.Clone(d.byID)}
	dropped := &entered.Tally{}
	offices, err := d.readUser(raw, file, dropped)
	if err != nil {
		return nil, err
	}
	for _, o := range offices {
		merged.add(&record{id: o.ID, office: o})
	}
	merged.dropped = dropped.Note()
	return merged, nil
}

// Dropped says what was left out of the user's offices since it cannot be seen; empty:
// nothing.
func (d *Directory) Dropped() string { return d.dropped }

// decodeUser reads agencies.yaml as it stands, with its lines.
func decodeUser(raw []byte, file string) ([]Office, yamltext.Lines, error) {
	var f userFile
	lines, err := yamltext.DecodeFields(yamltext.Source{File: file, Text: raw}, &f)
	var bad *yamltext.Error
	if errors.As(err, &bad) && strings.HasPrefix(bad.What, "expected a list, found") {
		bad.Remedy = "write it in brackets, such as [email, mail], or [none] if there is none"
	}
	return f.Offices, lines, err
}

// readUser reads agencies.yaml. Of built-in offices, it returns the corrected record.
func (d *Directory) readUser(raw []byte, file string, dropped *entered.Tally) ([]Office, error) {
	offices, lines, err := decodeUser(raw, file)
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for i := range offices {
		e := entryAt(offices[i], lines, i, file)
		if offices[i], err = d.readEntry(e, file, dropped); err != nil {
			return nil, err
		}
		if id := offices[i].ID; seen[id] {
			return nil, e.bad("id", "two offices have the same id", "give each its own id")
		}
		seen[offices[i].ID] = true
	}
	return offices, nil
}

// entryAt is the office at that place in the file.
func entryAt(o Office, lines yamltext.Lines, i int, file string) entryOf {
	at := fmt.Sprintf("offices[%d]", i)
	e := entryOf{office: o}
	e.none = e.office.takeNone()
	for _, f := range facts() {
		if lines.Has(at+"."+f.key) && f.blank(&e.office) && !slices.Contains(e.none, f.key) {
			e.empty = append(e.empty, f.key)
		}
	}
	e.bad = func(field, what, remedy string) error {
		return &FileError{File: file, Line: lines.Of(at + "." + field), Office: short(clean(o.ID)), Field: field, What: what,
			Remedy: remedy}
	}
	return e
}

// readEntry makes an office of what the user wrote.
func (d *Directory) readEntry(e entryOf, file string, dropped *entered.Tally) (Office, error) {
	var emailErr error
	e.office, emailErr = e.office.Written(fmt.Sprintf("the office %s (%s)", short(clean(e.office.ID)), file), dropped)
	if err := e.office.checkText(e.bad, emailErr); err != nil {
		return e.office, err
	}
	if built, ok := d.Get(e.office.ID); ok {
		built.ParentName = ""
		return e.over(built)
	}
	e.office.UserAdded = true
	return e.office, e.office.checkNew(e.bad)
}

// Limits on what a user may write: far above any real office, and short enough
// for an envelope, a file name and a line of a terminal.
const (
	maxField = 300
	maxLines = 8
)

// refusal makes an error of what is wrong with a field.
type refusal func(field, what, remedy string) error

// checkText finds what is wrong with the texts that a user wrote of an office. emailErr is
// what is wrong with its e-mail addresses.
func (o Office) checkText(bad refusal, emailErr error) error {
	if !validID(o.ID) {
		return bad("id", "an office needs an id of lower-case letters, digits and hyphens, at most 60 characters",
			"for example: id: albany-police")
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
	return nil
}

// checkNew finds what a user's own office lacks.
func (o Office) checkNew(bad refusal) error {
	if strings.TrimSpace(o.Name) == "" {
		return bad("name", "the office has no name", "add name: …")
	}
	return o.checkChannels(bad)
}

func (o Office) texts() map[string][]string {
	from := []string{o.Source, o.Dated}
	for _, s := range o.Sources {
		from = append(append(from, s.Ref, s.Date), s.Fields...)
	}
	return map[string][]string{"name": {o.Name}, "abbreviation": {o.Abbreviation}, "parent": {o.Parent}, "aliases": o.Aliases,
		"foia_office": {o.FOIAOffice}, "address": o.Address, "city": {o.City}, "state": {o.State}, "zip": {o.ZIP},
		"country": {o.Country}, "phone": {o.Phone}, "fax": {o.Fax}, "portal_url": {o.PortalURL},
		"website": {o.Website}, "law": {o.Law}, "sources": from}
}

// checkChannels wants the contact of each channel that the office takes.
func (o Office) checkChannels(bad refusal) error {
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
