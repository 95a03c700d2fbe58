package law

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"foia/internal/lazy"
)

// sourceGrades are how near a source is to the law, the nearest first.
var sourceGrades = []string{"statute", "official", "secondary", "dataset"}

// topicFields are the fields that the words under supports stand for. A source may name
// a field itself, too.
var topicFields = map[string][]string{
	"deadline": {"response", "arrivals", "last_day", "stops"}, "extension": {"extension"}, "appeal": {"appeals"},
	"fees": {"fees", "duties", "stops"}, "requester": {"requester"}, "purpose": {"purpose"}, "custodian": {"custodian_title"},
	"law": {"law_name", "short_name", "citation"}, "amendment": {"recent_amendments"},
	"denial": {"response"}, "silence": {"response"}, "statement": {"purpose", "requester"}, "waiver": {"fees"}, "last day": {"last_day"},
	"language": {"use"}, "preservation": {"preservation"},
}

const day = lazy.Pattern(`^\d{4}-\d{2}-\d{2}$`)

// sourceFields finds a source without its grade, place or date.
func sourceFields(c *checking) {
	if len(c.p.Sources) == 0 {
		c.fault("sources", "the law has no sources", "add where it was read: grade, ref, as_of, supports, accessed")
	}
	for i, s := range c.p.Sources {
		at := fmt.Sprintf("sources[%d]", i)
		c.oneOf(at+".grade", s.Grade, sourceGrades...)
		if s.Ref == "" {
			c.fault(at, at+".ref is missing", "add where it was read: an address, or a file")
		}
		if s.AsOf == "" {
			c.fault(at, at+".as_of is missing", "add the date of the text; undated if it has none")
		}
		if !day.RE().MatchString(s.Accessed) {
			c.fault(at+".accessed", at+" does not say when it was read", "add the day: accessed: \"2026-11-28\"")
		}
		for j, topic := range s.Supports {
			if topicFields[topic] == nil && !c.p.there(topic) {
				field := fmt.Sprintf("%s.supports[%d]", at, j)
				c.fault(field, fmt.Sprintf("%s is “%s”, which is neither a topic nor a field of this law", field, topic),
					"use "+orList(slices.Sorted(maps.Keys(topicFields)))+", or the path of a field")
			}
		}
	}
}

// supports tells whether a source says something of a field.
func (s Source) supports(field string) bool {
	for _, topic := range s.Supports {
		fields := topicFields[topic]
		if fields == nil {
			fields = []string{topic}
		}
		for _, f := range fields {
			if field == f || within(field, f) || within(f, field) {
				return true
			}
		}
	}
	return false
}

// within tells whether a path is one of a part of another.
func within(inner, outer string) bool {
	return strings.HasPrefix(inner, outer+".") || strings.HasPrefix(inner, outer+"[")
}

// supported finds a number that counts as verified and that no statute, official or
// secondary page supports. A number that the user gives over another law needs a source
// of the user's own.
func supported(c *checking) {
	if c.p.Preservation != nil && c.p.Verified("preservation") &&
		!slices.ContainsFunc(c.p.Sources, func(s Source) bool { return s.Grade != "dataset" && s.supports("preservation") }) {
		c.fault("preservation", "no statute, official or secondary page supports preservation",
			"add the source in which you read it, or list the field under unverified_fields")
	}
	for _, s := range c.p.spans() {
		field := s.in + "." + s.days
		if s.n == 0 || !c.p.Verified(field) {
			continue
		}
		sources, which := c.p.Sources, "no statute, official or secondary page"
		if c.under != nil && c.lines.Has(field) {
			sources, which = sources[:c.own], "no statute, official or secondary page among the sources of your file"
		}
		if !slices.ContainsFunc(sources, func(s Source) bool { return s.Grade != "dataset" && s.supports(field) }) {
			c.fault(field, which+" supports "+field, "add the source in which you read it, or list the field under unverified_fields")
		}
	}
}
