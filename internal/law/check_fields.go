package law

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"

	"foia/internal/lazy"
)

// schema is the fields that a law's file can have, as paths in which [] stands for any
// entry of a list: appeals[].windows[].days.
var schema = sync.OnceValue(func() map[string]bool {
	known := map[string]bool{}
	addFields(reflect.TypeFor[PublicRecords](), "", known)
	return known
})

func addFields(t reflect.Type, path string, known map[string]bool) {
	switch t.Kind() {
	case reflect.Pointer:
		addFields(t.Elem(), path, known)
	case reflect.Slice:
		known[path+"[]"] = true
		addFields(t.Elem(), path+"[]", known)
	case reflect.Struct:
		for f := range t.Fields() {
			name, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
			if name == "" || name == "-" {
				continue
			}
			at := strings.TrimPrefix(path+"."+name, ".")
			known[at] = true
			addFields(f.Type, at, known)
		}
	}
}

const index = lazy.Pattern(`\[\d+\]`)

// anyEntry is a path with [] for each number of an entry.
func anyEntry(path string) string { return index.RE().ReplaceAllString(path, "[]") }

// around is the path of what a part is in; empty for the outermost.
func around(path string) string { return path[:max(strings.LastIndexAny(path, ".["), 0)] }

// unknownFields finds keys that are no field of a law, such as deadline_day.
func unknownFields(c *checking) {
	for _, path := range slices.Sorted(maps.Keys(c.lines)) {
		outer := around(path)
		if schema()[anyEntry(path)] || outer != "" && !schema()[anyEntry(outer)] {
			continue
		}
		c.fault(path, path+" is no field of a law", "use one of: "+strings.Join(fieldsIn(outer), ", "))
	}
}

// fieldsIn are the names of the fields that stand directly in a part.
func fieldsIn(outer string) []string {
	var names []string
	for path := range schema() {
		if around(path) == anyEntry(outer) && !strings.HasSuffix(path, "[]") {
			names = append(names, path[strings.LastIndex(path, ".")+1:])
		}
	}
	slices.Sort(names)
	return names
}

// there tells whether a path names a field that a law can have, and entries that this
// law has. A field may be empty: what nobody found out is unverified too.
func (p *PublicRecords) there(path string) bool {
	if !schema()[anyEntry(path)] {
		return false
	}
	v := reflect.ValueOf(p).Elem()
	for step := range strings.SplitSeq(strings.NewReplacer("[", ".", "]", "").Replace(path), ".") {
		for v.Kind() == reflect.Pointer {
			if v.IsNil() {
				return true // schema has said that there may be such a field
			}
			v = v.Elem()
		}
		if v.Kind() == reflect.Slice {
			i, err := strconv.Atoi(step)
			if err != nil || i >= v.Len() {
				return false
			}
			v = v.Index(i)
			continue
		}
		v = v.FieldByIndex(fieldNamed(v.Type(), step))
	}
	return true
}

// fieldNamed is the place of the field that a key is for; schema has it.
func fieldNamed(t reflect.Type, key string) []int {
	f, _ := t.FieldByNameFunc(func(name string) bool {
		f, _ := t.FieldByName(name)
		tag, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		return tag == key
	})
	return f.Index
}

const plainID = lazy.Pattern(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// identity finds a law without what letters and lists call it by, and one whose id is
// not that of its file.
func identity(c *checking) {
	p := c.p
	for _, f := range []struct{ field, value, remedy string }{
		{"id", p.ID, "add the id, as in the name of the file: us-tx for us-tx.yaml"},
		{"name", p.Place, "add the state or country: name: Texas"},
		{"law_name", p.Name, "add what the law is called: law_name: Texas Public Information Act"},
		{"citation", p.Citation, "add where the law stands, as letters cite it"},
		{"custodian_title", p.Title(), "add whom a letter is addressed to: custodian_title: Records Officer"},
		{"short_name", p.Short + p.Use.Name, "add the law’s short name, by which a request under it is called: short_name: PIA"},
	} {
		if strings.TrimSpace(f.value) == "" {
			c.fault(f.field, f.field+" is missing", f.remedy)
		}
	}
	if p.ID == "" {
		return
	}
	if p.ID == Federal {
		c.fault("id", "the federal law is no law of a state or country", "name the law for its state or country, such as us-tx")
	}
	if !plainID.RE().MatchString(p.ID) {
		c.fault("id", fmt.Sprintf("the id “%s” is not lower-case letters, digits and hyphens", p.ID), "write it like us-tx")
	}
	if want := IDOf(c.file); p.ID != want {
		c.fault("id", fmt.Sprintf("the id is “%s”, but the file is named %s.yaml", p.ID, want), "make the two the same")
	}
}

// words finds a word where foia knows a few only.
func words(c *checking) {
	p := c.p
	c.oneOf("kind", p.Kind, "state", "district", "territory", "national", "supranational")
	c.oneOf("response.standard", p.Response.Standard, "number", "promptly", "reasonable")
	c.oneOf("requester.residency", string(p.Requester.Residency), string(NoResidency), string(RequiresResidency), string(NationalResidency),
		string(UnclearResidency), string(AffectsTerms))
	c.oneOf("fees.waiver", p.Fees.Waiver, "", "none", "discretionary", "mandatory")
	c.oneOf("confidence", p.Confidence, "", "high", "medium", "low")
}

// unverifiedFields finds a path in a list of unverified fields that is none.
func unverifiedFields(c *checking) {
	for _, list := range []struct {
		field string
		paths []string
	}{{"unverified_fields", c.p.Unverified}, {"tertiary_only_fields", c.p.OneSource}, {"use.doubted", c.p.Use.Doubted}} {
		for i, path := range list.paths {
			if !c.p.there(path) {
				c.fault(fmt.Sprintf("%s[%d]", list.field, i), fmt.Sprintf("%s names %s, which this law does not have", list.field, path),
					"write the path of a field as it is in the file, such as appeals[0].deadline_days, or delete it")
			}
		}
	}
}
