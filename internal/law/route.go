package law

import (
	"cmp"
	"fmt"
	"slices"
)

// RouteWindow is a way to have something reviewed, and the time for it.
type RouteWindow struct {
	Route
	Limit Limit  // the zero Limit: not read, or none
	Weak  string // in words, the time that only such a source gives as nothing is counted by
	From  string // what it runs from
	Cite  string
	Leads bool // another way is open only after this one
	Steps int  // how many ways must be gone before it, one after the other
}

// Known tells whether the length of the time was read.
func (w RouteWindow) Known() bool { return w.Limit.Days > 0 }

// Windows are the ways against a matter, such as Denial or Silence, in the order of the
// law's file. A route that was not read at all is left out.
func (r Regime) Windows(against string) []RouteWindow {
	if r.Records == nil || against == "" {
		return nil
	}
	var out []RouteWindow
	for i, route := range r.Records.Appeals {
		if w, ok := r.Records.window(i, route, against); ok && r.offers(route) {
			out = append(out, w)
		}
	}
	return out
}

// offers tells whether a route is open to a request of the day that decides.
func (r Regime) offers(route Route) bool {
	return r.made.IsZero() || !r.made.Before(route.Since)
}

// Route is the route of that letter, such as LetterNotice or LetterComments.
func (r Regime) Route(letter string) (RouteWindow, bool) {
	if r.Records == nil {
		return RouteWindow{}, false
	}
	for i, route := range r.Records.Appeals {
		if w, ok := r.Records.window(i, route, route.Matters()[0]); ok && route.Letter == letter && r.offers(route) {
			return w, true
		}
	}
	return RouteWindow{}, false
}

// window is the time for a route against a matter; ok is false if it is not for that.
func (p *PublicRecords) window(i int, route Route, against string) (RouteWindow, bool) {
	path := fmt.Sprintf("appeals[%d]", i)
	if !p.Verified(path + ".to") {
		return RouteWindow{}, false
	}
	route = p.read(route, path)
	w := RouteWindow{Route: route, From: cmp.Or(route.From, FromDecision), Cite: cmp.Or(route.Cite, p.Cite())}
	w.Leads = route.ID != "" && slices.ContainsFunc(p.Appeals, func(r Route) bool { return slices.Contains(r.First, route.ID) })
	if route.From == "" && route.Kind == "court" && p.reviewRequired() {
		w.From = FromLastReviewer
	}
	w.Steps = p.steps(route)
	for n, own := range route.Windows {
		if !slices.Contains(own.Against, against) {
			continue
		}
		w.From, w.Cite, w.NoTime, w.Longer = own.From, cmp.Or(own.Cite, w.Cite), false, nil
		w.time(own.Days, own.Unit, p.Verified(fmt.Sprintf("%s.windows[%d]", path, n)))
		return w.after(route), true
	}
	if !slices.Contains(route.Matters(), against) {
		return w, false
	}
	if against == Silence && route.From == "" {
		w.From = FromAnswerDue
	}
	w.time(route.Days, route.Unit, p.Verified(path+".deadline_days"))
	return w.after(route), true
}

// read is the route without what nobody read of it. Its times are a window's business.
func (p *PublicRecords) read(r Route, path string) Route {
	if !p.Verified(path + ".required_before_court") {
		r.Required = nil
	}
	if !p.Verified(path + ".longer") {
		r.Longer = nil
	}
	if !p.Verified(path + ".form") {
		r.Form, r.FormRequired = "", false
	}
	r.NoTime = r.NoTime && p.Verified(path+".no_time")
	r.FormRequired = r.FormRequired && p.Verified(path+".form_required")
	r.Signed = r.Signed && p.Verified(path+".signed")
	for field, list := range map[string]*[]string{".contents": &r.Contents, ".encloses": &r.Encloses, ".copies": &r.Copies} {
		if !p.Verified(path + field) {
			*list = nil
		}
	}
	return r
}

// reviewRequired tells whether a review must come before a court.
func (p *PublicRecords) reviewRequired() bool {
	for i, r := range p.Appeals {
		if r.Required != nil && *r.Required && p.Verified(fmt.Sprintf("appeals[%d].required_before_court", i)) {
			return true
		}
	}
	return false
}

// time is the time for it, which is counted only if it was read.
func (w *RouteWindow) time(days int, unit string, verified bool) {
	limit, ok := Span(days, unit)
	switch {
	case ok && verified:
		w.Limit = limit
	case days > 0 && unit == "":
		w.Weak = fmt.Sprintf("%d days, and not of which kind", days)
	case days > 0:
		w.Weak = Time(days, unit)
	}
}

// after makes the time of a route that comes after another run from the other's final
// word, whose date, mailing or receipt the law may mean by “decision”.
func (w RouteWindow) after(route Route) RouteWindow {
	if len(route.First) > 0 {
		w.From = FromLastReviewer
	}
	return w
}

// steps is how many routes must be gone before one: 2 for the tribunal that comes after
// the commissioner who comes after an internal review.
func (p *PublicRecords) steps(route Route) int {
	n := 0
	for first := route.First; len(first) > 0 && n < len(p.Appeals); n++ { // no longer, should one lead to itself
		var before []string
		for _, r := range p.Appeals {
			if slices.Contains(first, r.ID) {
				before = append(before, r.First...)
			}
		}
		first = before
	}
	return n
}

// Decision is the time in which the reviewer who comes after so many others decides.
func (r Regime) Decision(steps int) (Rule, bool) {
	if r.Records == nil {
		return Rule{}, false
	}
	rule := r.Records.decision(func(route Route) bool { return r.Records.steps(route) == steps })
	if rule == nil {
		return Rule{}, false
	}
	return *rule, true
}

// decides puts the time in which a reviewer decides into a text.
func (p *PublicRecords) decides(t *Text) {
	if rule := p.decision(func(Route) bool { return true }); rule != nil {
		t.Rules[rule.Topic] = *rule
	}
}

// decision is the time in which a reviewer decides, if all of those who are meant and no
// court have the same.
func (p *PublicRecords) decision(meant func(Route) bool) *Rule {
	var found *Rule
	for i, route := range p.Appeals {
		limit, ok := Span(route.DecisionDays, route.DecisionUnit)
		if !meant(route) || !ok || route.Kind == "court" || !p.Verified(fmt.Sprintf("appeals[%d].decision_days", i)) ||
			!p.Verified(fmt.Sprintf("appeals[%d].to", i)) {
			continue
		}
		says := fmt.Sprintf("the %s decides within %s of receipt", route.To, limit.Words())
		if route.Silence != "" {
			says += "; " + route.Silence
		}
		if found != nil && *found.Limit != limit {
			return nil // which of them was asked is not in the log
		}
		if found != nil {
			continue // the first of those that have the same is the one on a denial
		}
		found = &Rule{Topic: "appeal-decision", Cite: cmp.Or(route.Cite, p.Cite()), Says: says, Limit: &limit}
	}
	return found
}
