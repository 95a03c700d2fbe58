package agency

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
)

// field is one fact of a record, by its key in agencies.yaml.
type field struct {
	key   string
	index int
}

// bookkeeping are the keys that say whose record it is and where it is from, and are no
// facts of the office that could be corrected.
var bookkeeping = []string{"id", "source", "retrieved_or_dated", "sources"}

// facts are the fields of a record that a user can write, in the order of the record.
var facts = sync.OnceValue(func() []field {
	var out []field
	office := reflect.TypeFor[Office]()
	for i := range office.NumField() {
		key, _, _ := strings.Cut(office.Field(i).Tag.Get("yaml"), ",")
		if key != "-" && !slices.Contains(bookkeeping, key) {
			out = append(out, field{key, i})
		}
	}
	return out
})

// of is the field in a record.
func (f field) of(o *Office) reflect.Value { return reflect.ValueOf(o).Elem().Field(f.index) }

// blank tells whether the record does not have the field.
func (f field) blank(o *Office) bool {
	v := f.of(o)
	return v.IsZero() || v.Kind() == reflect.Slice && v.Len() == 0
}

// factOf is the field of that key.
func factOf(key string) (field, bool) {
	i := slices.IndexFunc(facts(), func(f field) bool { return f.key == key })
	if i < 0 {
		return field{}, false
	}
	return facts()[i], true
}

// Value is a fact of the record in words; empty: there is none.
func (o Office) Value(key string) string {
	f, ok := factOf(key)
	if !ok {
		return ""
	}
	v := f.of(&o)
	switch v.Kind() {
	case reflect.Slice:
		var parts []string
		for i := range v.Len() {
			parts = append(parts, v.Index(i).String())
		}
		return strings.Join(parts, ", ")
	case reflect.Pointer:
		if v.IsNil() {
			return ""
		}
		return fmt.Sprint(v.Elem().Interface())
	}
	return v.String()
}

// None is what a user writes for something that an office does not have: the word alone,
// and [none] where there would be a list.
const None = "none"

// takeNone takes the word none out of a record, and returns the keys of the facts that
// had it.
func (o *Office) takeNone() (keys []string) {
	for _, f := range facts() {
		v := f.of(o)
		word := v
		if v.Kind() == reflect.Slice && v.Len() == 1 {
			word = v.Index(0)
		}
		if word.Kind() == reflect.String && strings.EqualFold(strings.TrimSpace(word.String()), None) {
			v.SetZero()
			keys = append(keys, f.key)
		}
	}
	return keys
}

// given are the keys of the facts that a record has.
func (o *Office) given() (keys []string) {
	for _, f := range facts() {
		if !f.blank(o) {
			keys = append(keys, f.key)
		}
	}
	return keys
}

// postal are the fields that are one address: a street of today in a city of before would
// be the address of nobody.
var postal = []string{"address", "city", "state", "zip", "country"}

// InAddress tells whether a fact is a part of an address, beside its lines.
func InAddress(key string) bool { return key != "address" && slices.Contains(postal, key) }

// label is what people call a fact.
var labels = map[string]string{"name": "Name", "abbreviation": "Abbreviation", "parent": "Department", "aliases": "Other names",
	"foia_office": "Addressed to", "address": "Address", "city": "City", "state": "State", "zip": "ZIP Code", "country": "Country",
	"email": "E-mail", "phone": "Phone", "fax": "Fax", "portal_url": "Portal", "website": "Website", "receives_by": "File by",
	"law": "Law", "regulation": "Regulation", "liaison_email": "E-mail of the liaison", "notes": "Notes", "confidence": "Confidence"}

// Label is what people call the fact of that key.
func Label(key string) string {
	if l := labels[key]; l != "" {
		return l
	}
	return key
}
