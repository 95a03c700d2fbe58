package preflight

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"foia/internal/remedy"
)

// advice is what a rule tells a person to do. In rules.yaml, what can be done with the
// program is named in square brackets, as the head of that file says; here it is an act
// or a detail of package remedy.
type advice string

// UnmarshalYAML reads advice as rules.yaml has it.
func (a *advice) UnmarshalYAML(decode func(any) error) error {
	var text string
	if err := decode(&text); err != nil {
		return err
	}
	named, err := nameActs(text)
	*a = advice(named)
	return err
}

// MarshalJSON writes advice for rules.json, in ASCII where it has the marks of acts.
func (a advice) MarshalJSON() ([]byte, error) {
	raw, err := json.Marshal(string(a))
	if err != nil {
		return nil, err
	}
	var out []byte
	for _, r := range string(raw) {
		if unicode.Is(unicode.Noncharacter_Code_Point, r) {
			out = fmt.Appendf(out, `\u%04x`, r)
		} else {
			out = append(out, string(r)...)
		}
	}
	return out, nil
}

// nameActs makes acts and details of what a text has in square brackets.
func nameActs(text string) (string, error) {
	var out strings.Builder
	for {
		before, rest, begun := strings.Cut(text, "[")
		if strings.Contains(before, "]") {
			return "", fmt.Errorf("“%s” closes a bracket that it does not open", before)
		}
		out.WriteString(before)
		if !begun {
			return out.String(), nil
		}
		inner, after, ended := strings.Cut(rest, "]")
		if !ended {
			return "", fmt.Errorf("“[%s” does not close its bracket", rest)
		}
		named, err := nameOne(inner)
		if err != nil {
			return "", fmt.Errorf("“[%s]” in advice: %w", inner, err)
		}
		out.WriteString(named)
		text = after
	}
}

// nameOne makes an act or a detail of what stands between two brackets.
func nameOne(inner string) (string, error) {
	kind, rest, _ := strings.Cut(inner, " ")
	name, value, valued := strings.Cut(rest, " ")
	switch {
	case kind == "act":
		return nameAct(rest)
	case kind == "answer" && valued:
		return remedy.Answer(name, given(value)), nil
	case kind == "give" && valued:
		return remedy.Give(name, given(value)), nil
	case kind == "name" && name != "" && !valued:
		return remedy.Name(name), nil
	}
	return "", errors.New("write [act VERB …], [answer FIELD VALUE], [give NAME VALUE] or [name NAME]")
}

// nameAct makes an act of its verb, its words and, after commas, its details.
func nameAct(text string) (string, error) {
	parts := strings.Split(text, ", ")
	words := strings.Fields(parts[0])
	if len(words) == 0 || !slices.Contains(remedy.Verbs(), remedy.Verb(words[0])) {
		return "", fmt.Errorf("there is no act %q", parts[0])
	}
	act := remedy.To(remedy.Verb(words[0]))
	for _, w := range words[1:] {
		act.Words = append(act.Words, given(w))
	}
	for _, d := range parts[1:] {
		if name, value, valued := strings.Cut(d, " "); valued {
			act = act.With(name, given(value))
		} else {
			act = act.Saying(name)
		}
	}
	return act.String(), nil
}

// given is a word or value; one in capitals, or with an ellipsis, is left to the person.
func given(value string) string {
	capitals := value != "" && strings.Trim(value, "ABCDEFGHIJKLMNOPQRSTUVWXYZ.") == ""
	if capitals || strings.Contains(value, "…") {
		return remedy.Open(value)
	}
	return value
}

// filled is advice with {name} filled in, also in the words of its acts, which remain
// what they are whatever a value holds.
func (a advice) filled(values map[string]string) string {
	return fillIn(remedy.Words(string(a), filling(values)), values)
}

// filling fills in the words of acts.
type filling map[string]string

// Act implements remedy.Wording.
func (f filling) Act(a remedy.Act) string {
	for i, w := range a.Words {
		a.Words[i] = fillIn(w, f)
	}
	for i, d := range a.Details {
		a.Details[i].Value = fillIn(d.Value, f)
	}
	return a.String()
}

// Detail implements remedy.Wording.
func (f filling) Detail(d remedy.Detail) string {
	d.Value = fillIn(d.Value, f)
	return d.String()
}
