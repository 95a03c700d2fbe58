package docket

import (
	"cmp"
	"fmt"
	"slices"

	"foia/internal/law"
	"foia/internal/remedy"
)

// Review is the way that a letter against a matter goes; the reason if there is none.
func (v *View) Review(matter string) (Review, *NotReady) {
	c := v.check()
	all, n := c.reviewsOf(matter)
	if n != nil {
		return Review{}, n
	}
	return c.choose(matter, all, reviewLetters)
}

// OfficialForm is the way that is taken by an official form.
func (v *View) OfficialForm() (Review, *NotReady) {
	c := v.check()
	matter, n := c.grievance()
	if n != nil {
		return Review{}, n
	}
	all, n := c.reviewsOf(matter)
	if n != nil {
		return Review{}, n
	}
	return c.choose(matter, all, []string{law.LetterForm})
}

// reviewsOf are the ways against a matter, if there is something to be reviewed.
func (c check) reviewsOf(matter string) ([]Review, *NotReady) {
	if n := c.underRecords(); n != nil {
		return nil, n
	}
	if n := c.openAndOut(); n != nil {
		return nil, n
	}
	if matter == Silence {
		if n := c.lateForSure(); n != nil {
			return nil, n
		}
		return c.view.f.reviews(matter, nil), c.appealed(matter, nil)
	}
	e := c.decided(matter)
	if e == nil {
		n := &NotReady{Fails: "decision", Why: "the log has no adverse decision (" + matter + ")",
			Do: "record the decision first: " + remedy.To(remedy.Events).String()}
		if matter == "determination" {
			n.Why += "; that no answer came is complained of by " + remedy.Give("of", Silence)
		}
		return nil, n
	}
	return c.view.f.reviews(matter, e), c.appealed(matter, e)
}

// seeLaw says where to read what the law of the request offers.
func (c check) seeLaw() string {
	return "see what the law offers: " + remedy.To(remedy.Law, c.request.Law).String()
}

// underRecords: the request is under the law of a state or country.
func (c check) underRecords() *NotReady {
	if c.view.f.regime.Records == nil {
		return &NotReady{Fails: "records-law", Why: "the request is not under the law of a state or country",
			Do: "see the letters there are: " + remedy.To(remedy.Letters, c.request.ID).String()}
	}
	return nil
}

// openAndOut: the request went out, is not closed and not in court.
func (c check) openAndOut() *NotReady {
	if n := c.sent(); n != nil {
		return n
	}
	if !c.state.Suit.IsZero() {
		return &NotReady{Fails: "not-in-court", Why: "a complaint was filed on " + c.state.Suit.Letter(),
			Do: "ask your lawyer what to write"}
	}
	return nil
}

// decided is the last decision on a matter that is adverse and stands.
func (c check) decided(matter string) *Event {
	l := c.life
	if matter == "determination" {
		d := l.standing(c.view.f.appealed)
		if d == nil {
			return nil
		}
		if _, adverse := l.adverse(c.request, *d); !adverse {
			return nil
		}
		return d
	}
	e, m := l.decisionOf(c.request, Event{Seq: -1}, matter)
	if e == nil || m != matter || c.view.f.redone(*e) {
		return nil
	}
	return e
}

// appealed: the same was appealed before, and what that brought is not the ground.
func (c check) appealed(matter string, e *Event) *NotReady {
	for _, a := range slices.Backward(c.view.f.appealed) {
		if a.matter != matter || e != nil && c.life.index(a.Event) < c.life.index(*e) || a.decided != nil {
			continue
		}
		return &NotReady{Fails: "appealable", Why: "it was appealed on " + a.On.Letter(), Do: c.see(remedy.Show)}
	}
	return nil
}

// choose is the first of the ways that takes one of the letters and is still open.
func (c check) choose(matter string, all []Review, letters []string) (Review, *NotReady) {
	var past *Review
	for i, r := range all {
		switch {
		case !slices.Contains(letters, r.Letter):
		case !r.Open(c.today):
			past = &all[i]
		default:
			return r, nil
		}
	}
	if past != nil {
		return Review{}, &NotReady{Fails: "review-in-time",
			Why: fmt.Sprintf("the time for the %s ended on %s at the latest", past.Paper(), past.Last.Letter()), Cite: past.Cite,
			Do: "make a new request: its time starts over: " + askAnew(c.request).String()}
	}
	return Review{}, c.otherWay(matter, all)
}

// otherWay says why there is no letter to a reviewer, and what there is instead.
func (c check) otherWay(matter string, all []Review) *NotReady {
	n := &NotReady{Fails: "review", Do: c.seeLaw()}
	if len(all) > 0 && all[0].Letter == law.LetterForm {
		n.Why, n.Cite = fmt.Sprintf("the %s takes its own form: %s", all[0].To, all[0].Form), all[0].Cite
		n.Do = c.write("make what goes into it", Way{Letter: "form"}, check.form)
		return n
	}
	if len(all) > 0 && all[0].Letter == law.LetterNotice {
		n.Why, n.Cite = "what the law offers first is a letter to the office itself: "+all[0].To, all[0].Cite
		n.Do = c.write("make it", Way{Letter: "notice"}, check.notice)
		return n
	}
	if courts := c.view.f.courts(matter, c.decided(matter)); len(courts) > 0 {
		n.Why, n.Cite = "no letter that foia has goes to a reviewer under this law; what is left is a court: "+courts[0].To,
			cmp.Or(courts[0].Cite, NoLaw)
		n.Do = c.write("make the points for your lawyer", Way{Letter: "counsel"}, check.counsel)
		return n
	}
	n.Why = "foia has read of no reviewer under this law who takes a letter about it"
	return n
}

// reviewable: a letter to a reviewer about a matter.
func reviewable(matter string) func(check) *NotReady {
	return func(c check) *NotReady {
		_, n := c.view.Review(matter)
		return n
	}
}

// grievance is what a letter before a suit is about: the adverse decision that stands,
// or that none came in time.
func (c check) grievance() (matter string, n *NotReady) {
	if n := c.underRecords(); n != nil {
		return "", n
	}
	if n := c.openAndOut(); n != nil {
		return "", n
	}
	if c.decided("determination") != nil {
		return "determination", nil
	}
	return Silence, c.reminderDue()
}

// form: what goes into an official form.
func (c check) form() *NotReady {
	_, n := c.view.OfficialForm()
	return n
}

// notice: a letter to the office itself, before a suit.
func (c check) notice() *NotReady {
	_, n := c.view.Notice()
	return n
}

// Notice is the notice that the law has before a suit, if it has one; else, without a
// letter of the law's, what the firm letter to the office is about.
func (v *View) Notice() (Review, *NotReady) {
	c := v.check()
	matter, n := c.grievance()
	if n != nil {
		return Review{}, n
	}
	e := c.decided(matter)
	all := v.f.reviews(matter, e)
	if i := slices.IndexFunc(all, func(r Review) bool { return r.Letter == law.LetterNotice }); i >= 0 {
		return all[i], c.appealed(matter, e)
	}
	if v.f.firmNotice(matter, e) {
		return Review{Matter: matter, Of: e}, nil
	}
	if len(all) > 0 && slices.Contains(reviewLetters, all[0].Letter) {
		return Review{}, &NotReady{Fails: "notice", Why: "before a court, this law has a reviewer: " + all[0].To, Cite: all[0].Cite,
			Do: c.write("write there", wayAgainst(matter), reviewable(matter))}
	}
	return Review{}, &NotReady{Fails: "notice", Why: "foia has read of no court under this law that could be announced",
		Do: c.seeLaw()}
}

// counsel: the points for a lawyer.
func (c check) counsel() *NotReady {
	matter, n := c.grievance()
	if n != nil {
		return n
	}
	if len(c.view.f.courts(matter, c.decided(matter))) == 0 {
		return &NotReady{Fails: "court", Why: "foia has read of no court under this law",
			Do: c.seeLaw()}
	}
	return nil
}

// comments: on a question that the office has put to another authority.
func (c check) comments() *NotReady {
	if n := c.underRecords(); n != nil {
		return n
	}
	if n := c.openAndOut(); n != nil {
		return n
	}
	if _, ok := c.view.f.regime.Route(law.LetterComments); !ok {
		return &NotReady{Fails: "comments", Why: "foia has read of no authority under this law that takes comments",
			Do: c.seeLaw()}
	}
	asked := c.life.last(RulingRequested)
	if asked == nil {
		return &NotReady{Fails: string(RulingRequested), Why: "the log does not say that the office asked for a ruling",
			Do: c.recordFirst(RulingRequested)}
	}
	if d := c.life.after(*asked).determination(); d != nil {
		return &NotReady{Fails: "undetermined", Why: "the office made its decision on " + d.On.Letter(),
			Do: c.seeNext()}
	}
	return nil
}

// Comments is the way on which comments go to the authority that rules on withholding.
func (v *View) Comments() (law.RouteWindow, bool) { return v.f.regime.Route(law.LetterComments) }
