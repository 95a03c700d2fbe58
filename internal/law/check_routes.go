package law

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// matters are what a route can be against.
var matters = []string{Denial, Partial, Silence, Fees, Delay, Ruling}

// routeStarts are what the time for a route can run from.
var routeStarts = []string{FromDecision, FromMailing, FromItsReceipt, FromRequest, FromAnswerDue, FromLastReviewer, FromCharges}

// Matters are what the route is against.
func (r Route) Matters() []string {
	if len(r.Against) == 0 {
		return []string{Denial, Partial}
	}
	return r.Against
}

// routeFields finds a route with a word that foia does not know, or a form that is
// required and not named.
func routeFields(c *checking) {
	ids := map[string]bool{}
	for i, r := range c.p.Appeals {
		at := fmt.Sprintf("appeals[%d]", i)
		c.oneOf(at+".kind", r.Kind, "administrative", "ag", "ombudsman", "commission", "court")
		c.eachOf(at+".against", r.Against, matters...)
		c.oneOf(at+".from", r.From, append([]string{""}, routeStarts...)...)
		c.eachOf(at+".encloses", r.Encloses, "request", "answer", "charges", "correspondence", "proof")
		for j, w := range r.Windows {
			c.oneOf(fmt.Sprintf("%s.windows[%d].from", at, j), w.From, append([]string{""}, routeStarts...)...)
			c.eachOf(fmt.Sprintf("%s.windows[%d].against", at, j), w.Against, matters...)
		}
		if r.To == "" {
			c.fault(at, at+".to is missing", "say whom the route leads to: to: Attorney General")
		}
		if r.Decides && r.Silence == "" {
			c.fault(at+".silence_decides", at+" has a silence that counts as a decision, and does not say what it means", "say it: silence")
		}
		if r.FormRequired && r.Form == "" {
			c.fault(at+".form_required", at+" wants a form that it does not name", "add its name and where it is found: form")
		}
		if r.ID != "" && !plainID.RE().MatchString(r.ID) {
			c.fault(at+".id", fmt.Sprintf("the id “%s” of %s is not lower-case letters, digits and hyphens", r.ID, at),
				"write it like internal-review")
		}
		if r.ID != "" && ids[r.ID] {
			c.fault(at+".id", "two routes have the id "+r.ID, "give one of them another")
		}
		ids[r.ID] = true
	}
}

// routeOrder finds routes that name others in a way that cannot be.
func routeOrder(c *checking) {
	first := map[string][]string{}
	for _, r := range c.p.Appeals {
		if r.ID != "" {
			first[r.ID] = r.First
		}
	}
	for i, r := range c.p.Appeals {
		at := fmt.Sprintf("appeals[%d]", i)
		for _, list := range []struct {
			key string
			ids []string
		}{{"first", r.First}, {"also_after", r.AlsoAfter}, {"excludes", r.Excludes}} {
			for j, id := range list.ids {
				field := fmt.Sprintf("%s.%s[%d]", at, list.key, j)
				if _, known := first[id]; !known {
					c.fault(field, fmt.Sprintf("%s.%s names the route “%s”, which is not there", at, list.key, id),
						"name the id of another route of this law")
				} else if id == r.ID {
					c.fault(field, fmt.Sprintf("%s.%s names the route itself", at, list.key), "name another route")
				} else if list.key == "also_after" && slices.Contains(r.First, id) {
					c.fault(field, fmt.Sprintf("%s must be gone before %s, and need not", id, at),
						"name it under first or under also_after, not under both")
				} else if list.key == "excludes" && slices.Contains(r.First, id) {
					c.fault(field, fmt.Sprintf("%s must be gone after %s and closes it", at, id),
						"name it under first or under excludes, not under both")
				}
			}
		}
		if r.ID != "" && leadsTo(first, r.ID, r.ID) && !slices.Contains(r.First, r.ID) {
			c.fault(at+".first", fmt.Sprintf("the route %s must be gone before itself, through %s", r.ID, strings.Join(r.First, ", ")),
				"take one of them out of first")
		}
		c.lastReview(at, r)
	}
}

// leadsTo tells whether what must be gone before one route has the other in it.
func leadsTo(first map[string][]string, from, to string) bool {
	seen := map[string]bool{}
	for next := slices.Clone(first[from]); len(next) > 0; next = next[1:] {
		if next[0] == to {
			return true
		}
		if !seen[next[0]] {
			seen[next[0]] = true
			next = append(next, first[next[0]]...)
		}
	}
	return false
}

// lastReview finds a time that runs from the word of a reviewer whom nobody asked.
func (c *checking) lastReview(at string, r Route) {
	if len(r.First) > 0 {
		return
	}
	for j := -1; j < len(r.Windows); j++ {
		from, field := r.From, at+".from"
		if j >= 0 {
			from, field = r.Windows[j].From, fmt.Sprintf("%s.windows[%d].from", at, j)
		}
		if from == FromLastReviewer {
			c.fault(field, field+" is the word of the reviewer before, but no route comes before", "name the reviewer’s route under first")
		}
	}
}

// routeWindows finds two times for one matter, and a time for a matter that the route is
// not against. A window comes before the deadline_days of its route; where windows leave
// nothing to it, the two contradict each other.
func routeWindows(c *checking) {
	for i, r := range c.p.Appeals {
		at := fmt.Sprintf("appeals[%d]", i)
		c.timeOrNone(at, r)
		windowed := map[string]bool{}
		for j, w := range r.Windows {
			field := fmt.Sprintf("%s.windows[%d].against", at, j)
			if len(w.Against) == 0 {
				c.fault(field, field+" is missing", "say what the window is against: "+orList(matters))
			}
			for _, m := range w.Against {
				if windowed[m] {
					c.fault(field, fmt.Sprintf("two windows of %s are against %s", at, m), "keep one of the two")
				}
				if windowed[m] = true; len(r.Against) > 0 && !slices.Contains(r.Against, m) {
					c.fault(field, fmt.Sprintf("%s is against %s, which its route is not", field, m), "add it to against of the route")
				}
			}
		}
		if r.Days != 0 && len(windowed) > 0 && !slices.ContainsFunc(r.Matters(), func(m string) bool { return !windowed[m] }) {
			c.fault(at+".deadline_days", fmt.Sprintf("%s has deadline_days and windows, both against %s", at,
				strings.Join(slices.Sorted(maps.Keys(windowed)), ", ")),
				"give one time for each matter")
		}
	}
}

// timeOrNone finds a route that has a time and is said to have none, and a longer time
// without the shorter one, or without the case in which it is given.
func (c *checking) timeOrNone(at string, r Route) {
	if r.NoTime && (r.Days != 0 || len(r.Windows) > 0) {
		c.fault(at+".no_time", at+" has a time and says that there is none", "keep one of the two")
	}
	if r.NoBar && r.Days == 0 {
		c.fault(at+".no_bar", at+" has a time that is no bar, and no time", "give the time of the guidance: deadline_days")
	}
	l := r.Longer
	if l == nil {
		return
	}
	if r.Days == 0 || most[l.Unit] > 0 && l.Days*most[r.Unit] <= r.Days*most[l.Unit] { // both as parts of ten years
		c.fault(at+".longer", at+".longer is no longer than deadline_days",
			"deadline_days is the time that is always safe: give the shorter one there")
	}
	if l.If == "" {
		c.fault(at+".longer", at+".longer.if is missing", "say in which case the law gives the longer time")
	}
}
