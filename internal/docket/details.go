package docket

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"foia/internal/entered"
	"foia/internal/remedy"
	"foia/internal/workday"
)

// longestDetail is what an event may tell in one place, in bytes: more than any letter
// says, and too little to make the log slow.
const longestDetail = 200_000

// details reads every detail, and refuses those that the kind does not have. What
// cannot be seen is left out, and counted.
func (p Proposed) details(spec Spec, dropped *entered.Tally) (map[string]string, error) {
	out := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(p.Event.Data)) {
		value := p.Event.Data[name]
		if name == "files" && value != "" { // which foia wrote itself
			out[name] = value
			continue
		}
		clean, err := p.detail(spec, name, value, dropped)
		if err != nil {
			return nil, err
		}
		if clean != "" {
			out[name] = clean
		}
	}
	for _, d := range spec.Details {
		if d.Required && out[d.Name] == "" && !(p.Gaps && gap(spec.Kind, d.Name)) {
			return nil, remedy.Misuse(fmt.Sprintf("“%s” needs %s (%s)", spec.Kind, remedy.Name(d.Name), d.Help), detailsHint(spec))
		}
	}
	return out, p.required(spec.Kind, out)
}

// detail reads one detail; it is empty if nothing is told.
func (p Proposed) detail(spec Spec, name, value string, dropped *entered.Tally) (string, error) {
	if len(value) > longestDetail {
		return "", remedy.Misuse(fmt.Sprintf("%s is longer than %s bytes", remedy.Name(name),
			entered.Grouped(strconv.Itoa(longestDetail))),
			"shorten it, and keep the whole with "+remedy.Give("attach", remedy.Open("FILE")))
	}
	if value = strings.TrimSpace(dropped.Text("--"+name, value)); value == "" || name == "note" {
		return value, nil
	}
	if name == DayDetail || name == Dates {
		return value, nil
	}
	d, ok := spec.Detail(name)
	if !ok {
		return "", remedy.Misuse(fmt.Sprintf("%s does not apply to “%s”", remedy.Name(name), spec.Kind), detailsHint(spec))
	}
	return p.read(d, value)
}

// required are details of which one at least must be there, or that need another one.
func (p Proposed) required(k Kind, data map[string]string) error {
	switch {
	case k == Note && data["note"] == "":
		return remedy.Misuse("the note is empty", "add "+remedy.Give("note", remedy.Open("…")))
	case k == FeeAnswered && data["amount"] != "" && data["answer"] != "paid":
		return remedy.Misuse(remedy.Name("amount")+" with “"+string(k)+"” is what you paid", "add "+remedy.Give("answer", "paid")+
			", or leave the amount out")
	case k == FileAdded && data["files"] == "":
		return remedy.Misuse("no file was named", "add "+remedy.Give("attach", remedy.Open("FILE")))
	}
	return nil
}

func detailsHint(spec Spec) string {
	names := []string{remedy.Name("on"), remedy.Name("note"), remedy.Name("attach")}
	for _, d := range spec.Details {
		names = append(names, remedy.Name(d.Name))
	}
	return fmt.Sprintf("“%s” takes %s", spec.Kind, strings.Join(names, ", "))
}

// read brings a detail into its one form.
func (p Proposed) read(d Detail, value string) (string, error) {
	wrong := func(what string) (string, error) {
		return "", remedy.Misuse(fmt.Sprintf("%s: %s", remedy.Name(d.Name), what), d.Help)
	}
	switch d.Type {
	case Day:
		day, err := workday.Reader{Order: p.Dates, Today: p.Today}.Read(value)
		if err != nil {
			return wrong(err.Error())
		}
		return day.String(), nil
	case Number:
		return d.number(value)
	case Money, Share:
		return d.money(value, p.book().Currency(p.Request.Law))
	case Choice:
		if !slices.Contains(d.Choices, value) {
			return wrong(fmt.Sprintf("%s is not one of %s", entered.Shown(value), strings.Join(d.Choices, ", ")))
		}
	case Picks:
		return d.picks(value)
	case Codes:
		if !federal(p.Request) {
			return readGrounds(value)
		}
		return readCodes(value, p.Book.Exemptions)
	}
	return value, nil
}

// number reads a count, such as 1234 or 1,234.
func (d Detail) number(value string) (string, error) {
	count, err := entered.ReadCount(value)
	if err != nil {
		return "", d.refused(err)
	}
	if n, err := strconv.Atoi(count); err != nil || n > 100_000_000 {
		return "", remedy.Misuse(fmt.Sprintf("%s: %s is too large a number", remedy.Name(d.Name), count), d.Help)
	}
	return count, nil
}

// picks reads one or more choices, and puts them in the order of the list. None
// excludes the others.
func (d Detail) picks(value string) (string, error) {
	chosen := map[string]bool{}
	for word := range strings.SplitSeq(value, ",") {
		if word = strings.TrimSpace(word); word == "" {
			continue
		}
		if !slices.Contains(d.Choices, word) {
			return "", remedy.Misuse(fmt.Sprintf("%s: %s is not one of %s", remedy.Name(d.Name), entered.Shown(word),
				strings.Join(d.Choices, ", ")),
				d.Help)
		}
		chosen[word] = true
	}
	if chosen["none"] && len(chosen) > 1 || len(chosen) == 0 {
		return "", remedy.Misuse(fmt.Sprintf("%s: %s contradicts itself", remedy.Name(d.Name), entered.Shown(value)),
			"name the grounds that the notice gives, or none")
	}
	return strings.Join(slices.DeleteFunc(slices.Clone(d.Choices), func(c string) bool { return !chosen[c] }), ","), nil
}
