package docket

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"foia/internal/remedy"

	"golang.org/x/text/unicode/norm"
)

// Hands is the desk's own business with a request, of which the agency knows
// nothing: who works on it, under which tags it is found, who may see it.
type Hands struct {
	Owner    string   `json:"owner,omitempty"`    // who drafted it
	Assigned string   `json:"assigned,omitempty"` // who works on it; empty: nobody in particular
	Tags     []string `json:"tags,omitempty"`     // sorted
	Private  bool     `json:"private,omitempty"`  // only its owner and People may see it
	People   []string `json:"people,omitempty"`   // sorted
}

// deskKinds are the events that bring Hands about. They are left out of a life: no
// status, date or letter depends on them, and none is the last that happened.
var deskKinds = []Kind{Assigned, Tagged, Untagged, MadePrivate, MadePublic}

// HandsOf derives from all events of a request who works on it and who may see it.
// What was entered last holds, whatever its day. What was corrected does not count.
func HandsOf(events []Event) Hands { return handsOf(bySeq(events)) }

func handsOf(events []Event) Hands {
	struck := struckOut(events)
	var h Hands
	for _, e := range events {
		if !struck[e.Seq] {
			h.take(e)
		}
	}
	return h
}

func (h *Hands) take(e Event) {
	switch e.Kind {
	case Drafted, Imported:
		h.Owner = e.By
	case Assigned:
		h.Assigned = e.Data["to"]
	case Tagged:
		h.Tags = both(h.Tags, list(e.Data["tags"]))
	case Untagged:
		h.Tags = without(h.Tags, list(e.Data["tags"]))
	case MadePrivate:
		h.Private, h.People = true, both(nil, list(e.Data["people"]))
	case MadePublic:
		h.Private, h.People = false, nil
	}
}

// Assign gives a request to a person, or, with no name, to nobody. Like the other
// changes it returns the events for it: none, if all is as wanted.
func (h Hands) Assign(to string) []Event {
	if h.Assigned == to {
		return nil
	}
	return []Event{{Kind: Assigned, Data: map[string]string{"to": to}}}
}

// Tag adds tags and takes tags away.
func (h Hands) Tag(add, remove []string) []Event {
	var out []Event
	if add = without(both(nil, add), h.Tags); len(add) > 0 {
		out = append(out, Event{Kind: Tagged, Data: map[string]string{"tags": strings.Join(add, ",")}})
	}
	if remove = without(h.Tags, without(h.Tags, remove)); len(remove) > 0 {
		out = append(out, Event{Kind: Untagged, Data: map[string]string{"tags": strings.Join(remove, ",")}})
	}
	return out
}

// Hide lets only the owner and some people see a request. Whoever hides it is one of
// them: nobody shuts themselves or the owner out by oversight.
func (h Hands) Hide(people []string, by string) []Event {
	people = without(both(people, []string{by}), []string{h.Owner, ""})
	if h.Private && slices.Equal(h.People, people) {
		return nil
	}
	return []Event{{Kind: MadePrivate, Data: map[string]string{"people": strings.Join(people, ",")}}}
}

// Show lets everybody see a request again who can read the log.
func (h Hands) Show() []Event {
	if !h.Private {
		return nil
	}
	return []Event{{Kind: MadePublic}}
}

// Sees are the names of those who may see a private request.
func (h Hands) Sees() []string { return without(both(h.People, []string{h.Owner}), []string{""}) }

func list(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ',' })
}

// both are the words of two lists, sorted, each once; nil if there is none.
func both(a, b []string) []string {
	var out []string
	out = append(append(out, a...), b...)
	slices.Sort(out)
	return slices.Compact(out)
}

// without are the words of a list that are not in another; nil if none is left.
func without(a, b []string) []string {
	var out []string
	for _, s := range a {
		if !slices.Contains(b, s) {
			out = append(out, s)
		}
	}
	return out
}

// longestName is what a database takes for a name, in bytes; longestTag what a table
// has room for, in letters.
const (
	longestName = 63
	longestTag  = 40
)

// ReadPerson reads the name of somebody who works with the log.
func ReadPerson(s string) (string, error) {
	name := strings.Join(strings.Fields(norm.NFC.String(s)), " ")
	wrong := func(what string) (string, error) {
		return "", remedy.Misuse(what, "give the name under which they work with the log, such as ana")
	}
	switch {
	case !utf8.ValidString(s) || strings.ContainsFunc(strings.TrimSpace(s), unicode.IsControl) || strings.ContainsFunc(name, unprintable):
		return wrong("the person's name has characters that cannot be printed")
	case name == "":
		return wrong("the person's name is empty")
	case strings.Contains(name, ","):
		return wrong(fmt.Sprintf("“%s” is not one person's name: it has a comma", short(name)))
	case len(name) > longestName:
		return wrong(fmt.Sprintf("the name “%s” is longer than %d bytes", short(name), longestName))
	}
	return name, nil
}

func unprintable(r rune) bool { return !unicode.IsPrint(r) }

// ReadTag brings a tag into its one form: lower case, words joined by hyphens.
func ReadTag(s string) (string, error) {
	words := strings.FieldsFunc(norm.NFC.String(strings.ToLower(strings.TrimSpace(s))),
		func(r rune) bool { return r == '-' || r == '_' || r == ' ' })
	tag := strings.Join(words, "-")
	other := func(r rune) bool { return r != '-' && !unicode.IsLetter(r) && !unicode.IsDigit(r) }
	const form = "use letters, digits and hyphens, at most 40 characters, such as follow-up"
	switch {
	case tag == "":
		return "", remedy.Misuse("the tag is empty", form)
	case !utf8.ValidString(s) || strings.ContainsFunc(tag, other):
		return "", remedy.Misuse(fmt.Sprintf("“%s” cannot be a tag", short(s)), form)
	case utf8.RuneCountInString(tag) > longestTag:
		return "", remedy.Misuse(fmt.Sprintf("the tag “%s” has %d characters", short(tag), utf8.RuneCountInString(tag)), form)
	}
	return tag, nil
}

// short keeps a hostile word out of an error.
func short(s string) string {
	if r := []rune(s); len(r) > longestTag {
		return string(r[:longestTag]) + "…"
	}
	return s
}
