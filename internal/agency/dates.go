package agency

import (
	"slices"
	"strings"

	"foia/internal/workday"
)

// contactFields are the fields of a record that hold the contact of each channel.
var contactFields = map[Channel]string{Portal: "portal_url", Email: "email", Fax: "fax", Mail: "address"}

// ContactIn is the channel whose contact a field of a record holds.
func ContactIn(field string) (c Channel, ok bool) {
	for c, key := range contactFields {
		if key == field {
			return c, true
		}
	}
	return "", false
}

// undated is the date of a contact that no dated source has.
const undated = "undated"

// datesOf says of each contact that the office has as of when a source has it.
func datesOf(o Office) map[Channel]string {
	out := map[Channel]string{}
	for c := range contactFields {
		if !o.reachedBy(c) {
			continue
		}
		out[c] = undated
		var newest workday.Date
		for _, s := range o.sourcesOf(c) {
			if d, ok := newestDate(s.Date); ok && !strings.Contains(s.Date, undated) && d.After(newest) {
				newest, out[c] = d, yearMonth.RE().FindString(s.Date)
			}
		}
	}
	return out
}

// sourcesOf are the sources that may have the contact as the record has it. Where a
// regulation has it, the record took it from there; that FOIA.gov had the same is known
// only of records of high confidence (see the README of the data).
func (o Office) sourcesOf(c Channel) []Source {
	var all, rules []Source
	for _, s := range o.Sources {
		if !slices.Contains(s.Fields, contactFields[c]) || c == Portal && !o.onFOIAGov() && strings.Contains(s.Ref, "copy of FOIA.gov") {
			continue // FOIA.gov has pages of its own, and no other portals
		}
		all = append(all, s)
		if strings.Contains(s.Ref, "CFR") {
			rules = append(rules, s)
		}
	}
	if len(rules) > 0 && o.Confidence != "high" {
		return rules
	}
	return all
}

// reachedBy tells whether the record has a contact for the channel.
func (o Office) reachedBy(c Channel) bool {
	if c == Mail {
		return len(o.Address) > 0 || o.ZIP != ""
	}
	return o.ContactFor(c) != ""
}

// DateOf is the day at which the contact for a channel was last seen. ok is false if
// there is none, or no dated source has it.
func (o Office) DateOf(c Channel) (d workday.Date, ok bool) {
	if date := o.Dates[c]; date != undated {
		return newestDate(date)
	}
	return d, false
}

// Age is how old the contact for a channel is, in words: “as of July 2017”, or “yours, as of
// July 2026” if the user corrected it; empty if the office has none, or is the user's own.
func (o Office) Age(c Channel) string {
	if o.UserAdded || !o.reachedBy(c) {
		return ""
	}
	if o.yours(c) {
		return "yours, " + ageWords(o.Dates[c])
	}
	return ageWords(o.Dates[c])
}

// Fresh tells whether the contact for a channel is no older than so many days. The user's
// own office is, and a correction without a day.
func (o Office) Fresh(c Channel, on workday.Date, staleAfterDays int) bool {
	if !o.reachedBy(c) {
		return false
	}
	d, ok := o.DateOf(c)
	return o.UserAdded || o.yours(c) && !ok || ok && d.DaysUntil(on) <= staleAfterDays
}

func ageWords(date string) string {
	d, ok := newestDate(date)
	switch {
	case !ok:
		return undated
	case strings.HasPrefix(date, "after "):
		return "later than " + strings.TrimPrefix(date, "after ")
	case !strings.Contains(date, "-"):
		return "as of " + date
	}
	return "as of " + monthOf(d)
}

// Contact is the contact of a channel in words.
func (c Channel) Contact() string {
	return map[Channel]string{Portal: "portal", Email: "e-mail address", Fax: "fax number", Mail: "postal address"}[c]
}

// SourceOf is the source of the contact for a channel; ok is false if no source has it.
func (o Office) SourceOf(c Channel) (s Source, ok bool) {
	key := contactFields[c]
	i := slices.IndexFunc(o.Sources, func(s Source) bool { return slices.Contains(s.Fields, key) })
	if i < 0 || c == "" {
		return s, false
	}
	return o.Sources[i], true
}
