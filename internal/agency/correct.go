package agency

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"foia/internal/remedy"
	"foia/internal/yamltext"
)

// Correction is what a user says of an office that the directory has.
type Correction struct {
	Office Office   // its id, and the facts with a new value
	None   []string // keys of what it does not have
	Undo   []string // keys that get back what is built in
	Ref    string   // where the user has it from
	Date   string   // as of when
}

// Says are the keys of the facts that the correction gives.
func (c Correction) Says() []string { return entryOf{office: c.Office, none: c.None}.given() }

// AppendUser returns the text of agencies.yaml with one office more. What is in
// the file stays as it is, comments too.
func (d *Directory) AppendUser(existing []byte, o Office, file string) ([]byte, error) {
	bad := func(field, what, remedy string) error {
		return &FileError{File: file, Office: short(clean(o.ID)), Field: field, What: what, Remedy: remedy}
	}
	o, emailErr := o.Written(file, nil)
	if err := o.checkText(bad, emailErr); err != nil {
		return nil, err
	}
	if built, ok := d.BuiltIn(o.ID); ok {
		return nil, bad("id", "the directory has this office: "+built.Name,
			"to correct it: "+remedy.To(remedy.Correct, o.ID).String()+"; or choose another id for an office of your own")
	}
	if err := o.checkNew(bad); err != nil {
		return nil, err
	}
	have, err := d.own(existing, file)
	if err != nil {
		return nil, err
	}
	if slices.ContainsFunc(have, func(h Office) bool { return h.ID == o.ID }) {
		return nil, bad("id", "an office with this id already exists",
			"to correct it: "+remedy.To(remedy.Correct, o.ID).String()+"; or choose another id")
	}
	out, err := addEntry(string(existing), o, file)
	if err != nil {
		return nil, err
	}
	_, err = d.own(out, file)
	return out, err
}

// own are the offices of agencies.yaml.
func (d *Directory) own(raw []byte, file string) ([]Office, error) {
	if d.base != nil {
		d = d.base
	}
	return d.readUser(raw, file, nil)
}

// Correct returns the text of agencies.yaml with a correction in it. What else is in the
// file stays as it is, comments too.
func (d *Directory) Correct(existing []byte, c Correction, file string) ([]byte, error) {
	if _, err := d.own(existing, file); err != nil {
		return nil, err
	}
	offices, _, err := decodeUser(existing, file)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(offices, func(o Office) bool { return o.ID == c.Office.ID })
	before := Office{ID: c.Office.ID}
	if i >= 0 {
		before = offices[i]
	}
	if err := d.canUndo(c, before, file); err != nil {
		return nil, err
	}
	want := c.appliedTo(before)
	var out []byte
	switch {
	case i < 0:
		out, err = addEntry(string(existing), want, file)
	case len(want.given()) == 0:
		out, err = dropEntry(existing, i, file)
	default:
		out, err = changeEntry(existing, i, before, want, file)
	}
	if err != nil {
		return nil, err
	}
	if err := kept(existing, out, want, file); err != nil {
		return nil, err
	}
	if _, err := d.own(out, file); err != nil {
		return nil, withoutLine(err)
	}
	return out, nil
}

// canUndo refuses to take back what the user did not say, or what has nothing behind it.
func (d *Directory) canUndo(c Correction, before Office, file string) error {
	bad := func(key, what, remedy string) error {
		return &FileError{File: file, Office: c.Office.ID, Field: key, What: what, Remedy: remedy}
	}
	_, built := d.BuiltIn(c.Office.ID)
	for _, key := range c.Undo {
		switch {
		case !built:
			return bad(key, "the office is your own: no built-in record is behind it", "give the new value, or "+remedy.Name("set-none"))
		case !slices.Contains(before.given(), key):
			return bad(key, "there is no correction of this field",
				"to see what you corrected: "+remedy.To(remedy.Compare, c.Office.ID).String())
		}
	}
	return nil
}

// appliedTo is the user's entry with the correction in it, as it stands in the file: with
// the word none.
func (c Correction) appliedTo(o Office) Office {
	changed := append(c.Says(), c.Undo...)
	own := c.Office
	if slices.Contains(changed, "address") { // as a whole
		for _, key := range postal[1:] {
			f, _ := factOf(key)
			f.of(&o).SetZero()
		}
		changed = append(changed, postal[1:]...)
	}
	for _, key := range changed {
		f, _ := factOf(key)
		v := f.of(&o)
		switch {
		case !slices.Contains(c.None, key):
			v.Set(f.of(&own))
		case v.Kind() == reflect.Slice:
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
			v.Index(0).SetString(None)
		default:
			v.SetString(None)
		}
	}
	var sources []Source
	for _, s := range o.Sources {
		had := len(s.Fields)
		s.Fields = slices.DeleteFunc(slices.Clone(s.Fields), func(k string) bool { return slices.Contains(changed, k) })
		if had == 0 || len(s.Fields) > 0 {
			sources = append(sources, s)
		}
	}
	if says := c.Says(); len(says) > 0 {
		sources = append(sources, Source{Ref: c.Ref, Date: c.Date, Fields: says})
	}
	o.Sources = sources
	return o
}

// kept makes sure that the new text says what it was to say, and nothing else changed: a
// file that people wrote by hand may have any form.
func kept(existing, out []byte, want Office, file string) error {
	byHand := &FileError{File: file, Office: want.ID, What: "foia cannot write the correction into the file as it is written",
		Remedy: "write one key a line, with id as the first of each office, or correct it by hand (docs/sources.md)"}
	before, _, err := decodeUser(existing, file)
	if err != nil {
		return err
	}
	after, _, err := decodeUser(out, file)
	if err != nil {
		return byHand
	}
	target := func(o Office) bool { return o.ID == want.ID }
	i := slices.IndexFunc(after, target)
	same := i < 0 && len(want.given()) == 0 || i >= 0 && reflect.DeepEqual(after[i], want)
	if !same || !slices.EqualFunc(slices.DeleteFunc(before, target), slices.DeleteFunc(after, target),
		func(a, b Office) bool { return reflect.DeepEqual(a, b) }) {
		return byHand
	}
	return nil
}

// withoutLine takes the line out of an error of a text that was not written.
func withoutLine(err error) error {
	if bad, ok := err.(*FileError); ok {
		bad.Line = 0
	}
	return err
}

// changeEntry writes what differs between the office as it stands in the file and as it is
// to be, line by line.
func changeEntry(existing []byte, i int, before, want Office, file string) ([]byte, error) {
	_, lines, err := decodeUser(existing, file)
	if err != nil {
		return nil, err
	}
	e := editing(existing, lines, i)
	if !e.plain {
		return nil, &FileError{File: file, Line: lines.Of(fmt.Sprintf("offices[%d]", i)), Office: want.ID,
			What: "foia can correct only an office that is written with one key a line", Remedy: "write it so, or correct it by hand"}
	}
	was, is := reflect.ValueOf(before), reflect.ValueOf(want)
	office := reflect.TypeFor[Office]()
	for f := range office.NumField() {
		key, _, _ := strings.Cut(office.Field(f).Tag.Get("yaml"), ",")
		if key == "-" || reflect.DeepEqual(was.Field(f).Interface(), is.Field(f).Interface()) {
			continue
		}
		var text string
		if !is.Field(f).IsZero() {
			if text, err = yamltext.Write(map[string]any{key: is.Field(f).Interface()}); err != nil {
				return nil, err
			}
		}
		e.set(key, text)
	}
	return e.text(), nil
}
