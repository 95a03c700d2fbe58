package preflight

import (
	"slices"
	"strings"

	"foia/internal/letter"
	"foia/internal/workday"
)

// The checks on where the request goes: F21, F22, F27, F29.

// componentsListed (F21): a component that holds records is named, or asked by
// a letter of its own.
func componentsListed(r *reading, rl *rule) []hit {
	all := rl.pattern("all")
	for _, text := range []string{r.asked, r.rest} {
		if loc := all.affirmed(text); loc != nil {
			return []hit{{in: "all", saw: quote(text, loc)}}
		}
	}
	where := r.whereAsked()
	var unlisted []string
	var saw string
	for _, h := range rl.Holders {
		loc := h.Pattern.find(where)
		if loc == nil || h.Office == r.draft.Office.ID || h.Pattern.in(r.rest) {
			continue
		}
		if unlisted = append(unlisted, h.Name); saw == "" {
			saw = quote(where, loc)
		}
	}
	if len(unlisted) == 0 {
		return nil
	}
	return []hit{{saw: saw, values: map[string]string{"components": strings.Join(unlisted, ", ")}}}
}

// whereAsked is what the items say, with the custodians they name.
func (r *reading) whereAsked() string {
	var b strings.Builder
	for _, item := range r.draft.Records {
		b.WriteString(itemText(item) + "\n" + strings.Join(item.Custodians, "\n") + "\n")
	}
	return b.String()
}

// twoDepartments (F22): a letter goes to one department, and asks no other to
// search.
func twoDepartments(r *reading, rl *rule) []hit {
	own := r.draft.Office.Parent
	if own == "" {
		own = r.draft.Office.ID
	}
	var custodians []string
	for _, item := range r.draft.Records {
		custodians = append(custodians, item.Custodians...)
	}
	for _, place := range [][]string{r.draft.Document.Addressee, r.draft.Answers.List("components"), custodians} {
		if h := foreign(rl.Holders, place, own); h != nil {
			return h
		}
	}
	return nil
}

// foreign finds a department among the lines of a place that is not the
// office's own. With no known own department, the second one is foreign.
func foreign(holders []holder, lines []string, own string) []hit {
	for _, line := range lines {
		for _, h := range holders {
			loc := h.Pattern.find(line)
			if loc == nil || h.Office == own {
				continue
			}
			if own == "" {
				own = h.Office
				continue
			}
			return []hit{{saw: quote(line, loc), values: map[string]string{"department": h.Name}}}
		}
	}
	return nil
}

// lawsuitNamed (F27): a lawsuit that is mentioned has its number and its court.
func lawsuitNamed(r *reading, rl *rule) []hit {
	number, court, nature := rl.pattern("number"), rl.pattern("court"), rl.pattern("nature")
	if r.fields("litigation") {
		for _, suit := range r.draft.Answers.List("litigation") {
			if !number.in(suit) || !court.in(suit) || !nature.in(suit) {
				return []hit{{saw: start(suit)}}
			}
		}
	}
	if number.in(r.body) && court.in(r.body) {
		return nil
	}
	mention, aside := rl.pattern("mention"), rl.pattern("aside")
	for s := range sentences(r.body) {
		if loc := mention.find(s); loc != nil && !aside.in(s) {
			return []hit{{saw: quote(s, loc)}}
		}
	}
	return nil
}

// nearIdentical (F29): no other request to the same agency asks nearly the same
// within the days in which they may be treated as one.
func nearIdentical(r *reading, rl *rule) []hit {
	d := r.draft
	if len(d.Records) == 0 || d.Date.IsZero() || d.Answers.Text("related") != "" || rl.pattern("explained").in(r.rest) {
		return nil
	}
	mine := shingles(r.asked)
	for _, other := range r.around.Similar {
		sameOffice := other.OfficeID == d.Office.ID
		sameAgency := sameOffice || d.Office.Parent != "" && other.Parent == d.Office.Parent
		if !sameAgency || !within(d.Date, other.On, rl.Limits["days"]) ||
			alike(mine, shingles(other.Text)) < rl.Limits["percent"] {
			continue
		}
		h := hit{saw: start(other.Text), values: map[string]string{"other": other.ID}}
		if !sameOffice {
			h.in = "sibling"
		}
		return []hit{h}
	}
	return nil
}

func within(a, b workday.Date, days int) bool {
	if b.IsZero() {
		return false
	}
	n := a.DaysUntil(b)
	return n <= days && -n <= days
}

// shingles are the runs of three words of a text, by which near-identical texts
// are told from those that share only their words.
func shingles(text string) map[[3]string]bool {
	words := slices.DeleteFunc(strings.Fields(strings.ToLower(text)), func(w string) bool { return len(w) < 3 })
	set := make(map[[3]string]bool, len(words))
	if len(words) > 0 && len(words) < 3 {
		words = append(words, "", "")
	}
	for i := 0; i+2 < len(words); i++ {
		set[[3]string{words[i], words[i+1], words[i+2]}] = true
	}
	return set
}

// alike is the share of shingles that two texts have in common, in percent.
func alike(a, b map[[3]string]bool) int {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	common := 0
	for s := range a {
		if b[s] {
			common++
		}
	}
	return 100 * common / (len(a) + len(b) - common)
}

// itemsOf is the text of all the items, in the form in which Similar.Text holds it.
func itemsOf(records []letter.Record) string {
	parts := make([]string, len(records))
	for i, r := range records {
		parts[i] = itemText(r)
	}
	return strings.Join(parts, "\n")
}
