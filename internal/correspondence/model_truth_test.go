package correspondence

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"foia/internal/workday"
)

// truth is what the model says of a claim: whether it is so, and what may be printed.
type truth struct {
	holds  answer
	values []values // of several, each is true: two notices, and the letter may name either
	why    string   // why both answers are right
}

// answer is yes, no, or that the law and the contract leave it open.
type answer string

const (
	isSo      answer = "yes"
	isNot     answer = "no"
	eitherWay answer = "either"
)

// values are what a claim prints, by name. Days are dates; a way of sending, an
// exemption, an office is its code. What is empty need not be there.
type values map[string]any

// no: the claim may not be made.
func no() truth { return truth{holds: isNot} }

// yes: the claim may be made, with one of these.
func yes(v ...values) truth { return truth{holds: isSo, values: v} }

// either: the claim may be made, with one of these, or left out.
func either(why string, v ...values) truth { return truth{holds: eitherWay, values: v, why: why} }

// yesIf is for claims that print nothing.
func yesIf(so bool) truth {
	if so {
		return yes(values{})
	}
	return no()
}

// orEither: nothing must be said, but these may be.
func (t truth) orEither(why string, v ...values) truth {
	if t.holds == isNot && len(v) > 0 {
		return either(why, v...)
	}
	return t
}

// also adds values that are true as well, where the claim holds already.
func (t truth) also(v ...values) truth {
	if t.holds != isNot {
		t.values = append(slices.Clone(t.values), v...)
	}
	return t
}

// untrue says what is wrong with a claim that was made; empty: nothing. said are the
// values as they are printed.
func (t truth) untrue(said map[string]any) string {
	if t.holds == isNot {
		return "it is not so"
	}
	var wrong []string
	for _, v := range t.values {
		w := v.differ(said)
		if w == "" {
			return ""
		}
		wrong = append(wrong, w)
	}
	return strings.Join(wrong, "; or ")
}

// missing says that a claim that was not made could have been; empty: nothing.
func (t truth) missing() string {
	if t.holds == isSo {
		return fmt.Sprintf("it is so: %v", t.values)
	}
	return ""
}

// differ says which value is another than the printed one.
func (v values) differ(said map[string]any) string {
	names := map[string]bool{}
	for name := range v {
		names[name] = true
	}
	for name := range said {
		names[name] = true
	}
	for _, name := range sortedNames(names) {
		want, got := v[name], said[name]
		if !reflect.DeepEqual(printed(want), printed(got)) {
			return fmt.Sprintf("%s is %v, not %v", name, printed(want), printed(got))
		}
	}
	return ""
}

func sortedNames(m map[string]bool) []string {
	var out []string
	for name := range m {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

// printed is a value as a letter has it. What is empty is nil, so that a page count of
// zero, an unknown day and an absent value are one.
func printed(value any) any {
	switch x := value.(type) {
	case workday.Date:
		if x.IsZero() {
			return nil
		}
		return x.Letter()
	case []string:
		if len(x) == 0 {
			return nil
		}
		return x
	case nil:
		return nil
	}
	if reflect.ValueOf(value).IsZero() {
		return nil
	}
	return value
}
