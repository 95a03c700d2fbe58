package reply

import (
	"slices"
	"strings"

	"foia/internal/lazy"
)

// track tells in which track the request was put. Where a letter names two, the one that it names of the request itself
// counts; a track with a number alone is known by what the letter says of the tracks.
func (c *composer) track(p *Proposal) {
	placed := slices.DeleteFunc(c.signs("track"), explains)
	if c.differ(placed) {
		placed = slices.DeleteFunc(placed, func(g sign) bool { return !ofTheRequest.RE().MatchString(g.sentence.text) })
	}
	if c.differ(placed) {
		p.Open = append(p.Open, "track: several are named")
		return
	}
	for _, g := range placed {
		if len(c.signs("expedited-granted")) > 0 && !strings.EqualFold(g.values["track"], "expedited") {
			continue // it goes before those
		}
		p.tell("track", strings.ToLower(g.values["track"]), g)
	}
	for _, g := range c.signs("track-number") {
		p.tell("track", c.trackNumbered(g.values["track"]), g)
	}
}

// explains tells whether a sentence tells which requests a track is for, and not in which one this request is.
func explains(g sign) bool {
	before, _, _ := strings.Cut(g.sentence.text, g.words)
	before += g.words
	return anyRequests.RE().MatchString(before) && !oneRequest.RE().MatchString(before)
}

// differ tells whether signs name several tracks.
func (c *composer) differ(signs []sign) bool {
	return slices.ContainsFunc(signs, func(g sign) bool { return !strings.EqualFold(g.values["track"], signs[0].values["track"]) })
}

// trackNumbered is what a letter calls a track of which it gives the number: “Track 2 (complex)”, “the complex track
// (Track 2)”; empty: it does not say.
func (c *composer) trackNumbered(name string) string {
	name = strings.ToLower(name)
	for _, s := range c.reader.text.sentences {
		for _, m := range numberedTrack.RE().FindAllStringSubmatch(strings.ToLower(s.text), -1) {
			if m[1] == name {
				return m[2]
			}
			if m[4] == name {
				return m[3]
			}
		}
	}
	return ""
}

var (
	anyRequests = lazy.Pattern(`(?i)\b(?:requests|those|others|cases|ones|matters)\b`)
	oneRequest  = lazy.Pattern(`(?i)\b(?:your|yours|this|the|it|you)\b(?: (?:\w+ )?(?:request|case|letter|inqui` +
		`ry|one)\b|\W| (?:is|was|has|in)\b)`)
	ofTheRequest = lazy.Pattern(`(?i)\b(?:your (?:\w+ )?(?:request|letter|inquiry|case)|yours|this request|(?:pl` +
		`aced|put|assigned) it|we have)\b`)
	numberedTrack = lazy.Pattern(`((?:track|queue|category|tier) (?:\d|one|two|three|four|i{1,3}))\b(?:,|:| -| –|` +
		`\W{1,3}(?:our|the|is|for|holds?|` +
		`covers?|a)\b| our| the| for| or| is)* ?[("“]?(simple|complex|expedited)\b|\b(simple|complex|expedited)\b(?: (?:processing )?` +
		`(?:track|queue|requests))?,? ?[("“]?((?:track|queue|category|tier) (?:\d|one|two|three|four|i{1,3}))\b`)
)
