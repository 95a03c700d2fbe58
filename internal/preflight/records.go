package preflight

import (
	"strings"
	"unicode"

	"foia/internal/letter"
	"foia/internal/workday"
)

// The checks on how the records are described: F08 to F14, and F28.

// itemWithoutSubject (F08): an item says what the records are about.
func itemWithoutSubject(r *reading, rl *rule) []hit {
	if len(r.draft.Records) == 0 {
		return []hit{{in: "none", saw: start(r.body)}}
	}
	empty := rl.pattern("empty")
	return r.items(func(item letter.Record) (string, bool) {
		text := itemText(item)
		return start(text), saysNothing(text, empty)
	})
}

// saysNothing tells whether no word is left when the empty ones are taken out.
func saysNothing(text string, empty *pattern) bool {
	words := strings.FieldsFunc(text, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })
	for _, w := range words {
		if !empty.in(w) {
			return false
		}
	}
	return true
}

// period (F09): each item has a period, not too long, not backwards, and not in
// the future.
func period(r *reading, rl *rule) []hit {
	var hits []hit
	add := func(in string, bad func(letter.Record) (string, bool)) {
		for _, h := range r.items(bad) {
			h.in = in
			h.values["date"] = r.draft.Date.Letter()
			hits = append(hits, h)
		}
	}
	dated := rl.pattern("dated")
	add("", func(i letter.Record) (string, bool) {
		return start(itemText(i)), i.From == "" && !dated.in(itemText(i))
	})
	long := rl.Limits["years"]
	add("long", func(i letter.Record) (string, bool) {
		from, to := day(i.From), day(i.To)
		if to.IsZero() {
			to = r.draft.Date
		}
		return spanOf(i), !from.IsZero() && !to.IsZero() && to.After(workday.DateOf(from.Midnight().AddDate(long, 0, 0)))
	})
	add("reversed", func(i letter.Record) (string, bool) {
		from, to := day(i.From), day(i.To)
		return spanOf(i), !from.IsZero() && !to.IsZero() && to.Before(from)
	})
	add("future", func(i letter.Record) (string, bool) {
		from, to := day(i.From), day(i.To)
		late := func(d workday.Date) bool { return !d.IsZero() && !r.draft.Date.IsZero() && d.After(r.draft.Date) }
		return spanOf(i), late(to) || late(from)
	})
	return hits
}

// day reads an ISO day; what is none is no day.
func day(s string) workday.Date {
	d, err := workday.ParseDate(s)
	if err != nil {
		return workday.Date{}
	}
	return d
}

func spanOf(i letter.Record) string { return quoted(i.From + ".." + i.To) }

// futureRecords (F10): no item asks for records that do not exist yet.
func futureRecords(r *reading, rl *rule) []hit {
	future := rl.pattern("future")
	hits := r.items(func(i letter.Record) (string, bool) {
		text := itemText(i)
		loc := future.affirmed(text)
		if loc == nil {
			return "", false
		}
		return quote(text, loc), true
	})
	if len(hits) > 0 {
		return hits
	}
	if loc := rl.pattern("standing").affirmed(r.rest); loc != nil {
		return []hit{{saw: quote(r.rest, loc), values: map[string]string{"items": "the letter"}}}
	}
	return nil
}

// whereToLook (F11): each item names a custodian, an office or a system.
func whereToLook(r *reading, rl *rule) []hit {
	place := rl.pattern("place")
	hits := r.items(func(i letter.Record) (string, bool) {
		return start(itemText(i)), len(i.Custodians) == 0 && !place.in(itemText(i))
	})
	if len(r.draft.Answers.List("components")) > 0 || len(hits) > 0 && rl.pattern("shared").in(r.rest) {
		return nil
	}
	return hits
}

// searchTerms (F12): items that ask for communications give words to search for.
func searchTerms(r *reading, rl *rule) []hit {
	communications, terms := rl.pattern("communications"), rl.pattern("terms")
	if r.draft.Template == nil && terms.in(r.rest) {
		return nil
	}
	return r.items(func(i letter.Record) (string, bool) {
		text := itemText(i)
		loc := communications.find(text)
		if loc == nil || len(i.Terms) > 0 || terms.in(text) {
			return "", false
		}
		return quote(text, loc), true
	})
}

// question (F13): items ask for records, not for answers.
func question(r *reading, rl *rule) []hit {
	asks := rl.pattern("question")
	return r.items(func(i letter.Record) (string, bool) {
		for s := range sentences(i.Text) {
			if strings.HasSuffix(s, "?") || asks.in(s) {
				return start(s), true
			}
		}
		return "", false
	})
}

// creation (F14): items do not ask the agency to make a record.
func creation(r *reading, rl *rule) []hit {
	makes := rl.pattern("makes")
	return r.items(func(i letter.Record) (string, bool) {
		for s := range sentences(i.Text) {
			if loc := makes.affirmed(s); loc != nil {
				return quote(s, loc), true
			}
		}
		return "", false
	})
}

// alreadyPublic (F28): the request says what is public already, where that is
// likely to be held against it.
func alreadyPublic(r *reading, rl *rule) []hit {
	if r.draft.Answers.Text("already_public") != "" || rl.pattern("stated").in(r.body) {
		return nil
	}
	loc := rl.pattern("published").find(r.asked)
	switch {
	case loc != nil:
		return []hit{{saw: quote(r.asked, loc)}}
	case r.waives(), r.draft.Regime.Under("irs"):
		return []hit{{saw: start(r.asked)}}
	}
	return nil
}
