package agency

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"foia/internal/entered"
	"foia/internal/remedy"
)

// entryOf is one office of agencies.yaml as the user wrote it.
type entryOf struct {
	office Office
	none   []string // keys of what the user says the office does not have
	empty  []string // keys that are there without a value
	bad    refusal  // with file and line
}

// over lays what the user wrote of a built-in office over its record: what is given wins,
// what is not given stays. The error says what does not go together.
func (e entryOf) over(built Office) (Office, error) {
	own, given := e.office, e.given()
	if len(e.empty) > 0 {
		return built, e.bad(e.empty[0], "the field has no value",
			fmt.Sprintf("delete the line to keep what is built in, or write %s if the office has none", noneFor(e.empty[0])))
	}
	if slices.Contains(e.none, "name") {
		return built, e.bad("name", "the office has no name", "delete the line to keep what is built in, or give its new name")
	}
	if slices.Contains(given, "law") && own.Law != built.UnderLaw() {
		return built, e.bad("law", "the office is built in; no other law than "+built.UnderLaw()+" applies to it",
			"delete the line, or give your office an id of its own")
	}
	if err := e.wholeAddress(given); err != nil {
		return built, err
	}
	out := built
	for _, key := range given {
		f, _ := factOf(key)
		f.of(&out).Set(f.of(&own))
	}
	if slices.ContainsFunc(postal, func(k string) bool { return slices.Contains(given, k) }) {
		out.Address, out.City, out.State, out.ZIP, out.Country = own.Address, own.City, own.State, own.ZIP, own.Country
	}
	out.Corrected = given
	var err error
	if out.Sources, err = e.sources(given); err != nil {
		return built, err
	}
	out.Dates = out.datesOver(built)
	return out, e.reached(out, built)
}

// given are the keys of what the user says, in the order of the record.
func (e entryOf) given() (keys []string) {
	has := append(e.office.given(), e.none...)
	for _, f := range facts() {
		if slices.Contains(has, f.key) {
			keys = append(keys, f.key)
		}
	}
	return keys
}

// wholeAddress refuses a part of a postal address: what is given takes the place of the
// whole.
func (e entryOf) wholeAddress(given []string) error {
	part := slices.IndexFunc(postal, func(k string) bool { return slices.Contains(given, k) })
	if part < 0 {
		return nil
	}
	o := e.office
	removed := slices.Contains(e.none, "address")
	needs := []string{"address", "city", "state", "zip"}
	if !entered.InUnitedStates(o.Country) {
		needs = needs[:2]
	}
	var lacking []string
	for _, key := range needs {
		if o.Value(key) == "" {
			lacking = append(lacking, key)
		}
	}
	switch rest := o.City + o.State + o.ZIP + o.Country; {
	case removed && rest == "":
		return nil
	case removed:
		return e.bad("address", "the office has no postal address, and yet a city, state, ZIP Code or country",
			"delete those, or give the whole address")
	case len(lacking) > 0:
		return e.bad(postal[part], "a postal address is corrected as a whole, and this one is not whole",
			"add "+strings.Join(lacking, ", ")+", even if unchanged")
	}
	return nil
}

// sources are the user's own, each with the facts that it has.
func (e entryOf) sources(given []string) ([]Source, error) {
	rest := slices.Clone(given)
	var out []Source
	all := append(slices.Clone(e.office.Sources), Source{Ref: e.office.Source, Date: e.office.Dated})
	for _, s := range all {
		for _, key := range s.Fields {
			if !slices.Contains(given, key) {
				return nil, e.bad("sources", "a source names the field "+short(clean(key))+", which is not given here",
					"name only what the entry gives: "+strings.Join(given, ", "))
			}
			rest = slices.DeleteFunc(rest, func(k string) bool { return k == key })
		}
	}
	for _, s := range all {
		if len(s.Fields) == 0 {
			s.Fields, rest = rest, nil
		}
		if len(s.Fields) > 0 && s.Ref+s.Date != "" {
			s.Yours = true
			out = append(out, s)
		}
	}
	return out, nil
}

// datesOver is as of when each contact is: of what the user gives, by the user's source.
func (o Office) datesOver(built Office) map[Channel]string {
	out := map[Channel]string{}
	for c := range contactFields {
		switch {
		case !o.reachedBy(c):
		case !o.yours(c):
			out[c] = built.Dates[c]
		default:
			out[c] = undated
			for _, s := range o.Sources {
				if _, dated := newestDate(s.Date); dated && slices.Contains(s.Fields, contactFields[c]) {
					out[c] = s.Date
				}
			}
		}
	}
	return out
}

// reached wants the contact of each way by which the office takes requests once it is
// corrected.
func (e entryOf) reached(o, built Office) error {
	return o.checkChannels(func(key, what, do string) error {
		if !slices.Contains(e.none, key) {
			return e.bad(key, what, do)
		}
		var ways []string
		for _, c := range o.ReceivesBy {
			if contactFields[c] != key {
				ways = append(ways, string(c))
			}
		}
		if len(ways) == 0 {
			ways = []string{None}
		}
		correct := remedy.To(remedy.Correct, e.office.ID)
		for _, way := range ways {
			correct = correct.With("via", way)
		}
		return e.bad(key, what, fmt.Sprintf("say how it takes requests now: receives_by: [%s]; or %s", strings.Join(ways, ", "), correct))
	})
}

// yours tells whether the contact for a channel is the user's own correction.
func (o Office) yours(c Channel) bool { return slices.Contains(o.Corrected, contactFields[c]) }

// correctedKeys are the keys of what the user corrected; those of an address together.
func (o Office) correctedKeys() (keys []string) {
	for _, f := range facts() {
		if slices.Contains(o.Corrected, f.key) || slices.Contains(postal, f.key) && slices.Contains(o.Corrected, "address") {
			keys = append(keys, f.key)
		}
	}
	return keys
}

// noneFor is how a user writes that there is none.
func noneFor(key string) string {
	if f, ok := factOf(key); ok && f.of(&Office{}).Kind() == reflect.Slice {
		return "[" + None + "]"
	}
	return None
}

// BuiltIn is the record of an office as the directory had it before the user corrected
// it. ok is false if it has none.
func (d *Directory) BuiltIn(id string) (o Office, ok bool) {
	if d.base != nil {
		d = d.base
	}
	return d.Get(id)
}
