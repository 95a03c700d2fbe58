package docket

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"foia/internal/law"
	"foia/internal/remedy"
	"foia/internal/workday"
)

// Review is a way under the law of a state or country to have something reviewed, for
// which foia writes a letter.
type Review struct {
	law.RouteWindow
	Matter string
	Of     *Event       // the decision; nil: no answer came
	Before *appeal      // the review that had to come first, and its decision; nil: none had to
	Due    workday.Date // the last safe day; unknown if no time was read
	Last   workday.Date // the last day by the count that leaves most time
}

// Open tells whether the time has not passed by every count.
func (r Review) Open(today workday.Date) bool { return r.Last.IsZero() || !today.After(r.Last) }

// Way is a letter, or a paper for the requester's own use, that foia makes about a
// deadline; by the name with which foia letter makes it.
type Way struct {
	Letter string       `json:"letter"`
	Of     string       `json:"of,omitempty"` // what it is against, where that must be said
	To     string       `json:"to,omitempty"`
	Last   workday.Date `json:"last,omitzero"` // unknown: as long as nobody says that it is over
}

// reviewLetters are the letters to a reviewer, which are the letter “appeal”.
var reviewLetters = []string{law.LetterAppeal, law.LetterReview, law.LetterComplain, law.LetterPetition}

// against is what the routes of a law call a matter; an outcome may make it a part only.
func against(matter string, e *Event) string {
	if e != nil && e.Data["outcome"] == "partial" {
		return law.Partial
	}
	return map[string]string{"determination": law.Denial, "fee-waiver": law.Fees, "fee-category": law.Fees, Charges: law.Fees,
		Silence: law.Silence}[matter]
}

// reviews are the ways open against a decision, or silence, in the order of the law's
// file. A way that comes after another is there once the other has been decided.
func (f *folding) reviews(matter string, e *Event) []Review {
	from, known := f.silentSince()
	if e != nil {
		from, known = e.On, true
	}
	decided := f.reviewed(matter)
	windows, steps := f.regime.Windows(against(matter, e)), 0
	if decided != nil {
		steps = max(1, reached(windows, f.gone(*decided)+1))
	}
	var out []Review
	for _, w := range windows {
		if w.Letter == "" || w.Kind == "court" || w.Letter == law.LetterComments || w.Steps != steps {
			continue
		}
		r := Review{RouteWindow: w, Matter: matter, Of: e, Before: decided}
		start := from
		switch {
		case decided != nil:
			start = decided.decided.On
		case w.From == law.FromRequest:
			start, known = latest(f.state.Sent, f.begun), true
		}
		if w.Known() && known && !start.IsZero() {
			f.timeReview(&r, start)
		}
		if by := r.appealBy(); !by.IsZero() {
			r.Last = latest(r.Last, by)
		}
		out = append(out, r)
	}
	return out
}

// appealBy is the last day that the decision itself gives.
func (r Review) appealBy() workday.Date {
	if r.Of == nil || r.Last.IsZero() {
		return workday.Date{}
	}
	return r.Of.day("appeal-by")
}

// timeReview counts the time for a review twice: as the safe day, and as long as any
// calendar and a last day that moves may make it. A letter is refused after the second.
func (f *folding) timeReview(r *Review, from workday.Date) {
	d := Deadline{}
	if f.countRoute(&d, r.RouteWindow, from); d.Due.IsZero() {
		return
	}
	r.Due, r.Last = d.Due, latest(d.Due, lenient(*d.Count))
	if longer, ok := f.longer(d, r.RouteWindow, from); ok {
		r.Last = latest(r.Last, longer.Due)
	}
	r.Last = f.basis.Calendar.Next(r.Last, workday.Lenient)
	if r.NoBar {
		r.Last = workday.Date{}
	}
}

// silentSince is the day on which an answer was due that did not come.
func (f *folding) silentSince() (workday.Date, bool) {
	due, ok := f.missable()
	return due.Due, ok
}

// reviewed is the last appeal about the request that was decided against the requester,
// in whole or part.
func (f *folding) reviewed(matter string) *appeal {
	if matter == Charges {
		return nil
	}
	a := f.lastAppeal()
	if a == nil || a.decided == nil || a.decided.Data["outcome"] == "reversed" || a.decided.Data["outcome"] == "remanded" {
		return nil
	}
	return a
}

// waysFor are the letters and papers that foia makes against a decision, or silence.
func (f *folding) waysFor(matter string, e *Event) []Way {
	if f.regime.Records == nil || !slices.Contains([]string{"determination", Silence, Charges}, matter) {
		return nil
	}
	var out []Way
	for _, r := range f.reviews(matter, e) {
		way := Way{Letter: map[string]string{law.LetterForm: "form", law.LetterNotice: "notice",
			law.LetterObjects: "de-widerspruch"}[r.Letter]}
		if slices.Contains(reviewLetters, r.Letter) {
			way = wayAgainst(matter)
		}
		way.To, way.Last = r.To, r.Last
		out = append(out, way)
	}
	if matter == Charges {
		return out
	}
	if f.firmNotice(matter, e) {
		out = append(out, Way{Letter: "notice"})
	}
	if courts := f.courts(matter, e); len(courts) > 0 {
		out = append(out, Way{Letter: "counsel", To: courts[0].To})
	}
	return out
}

// ruling notes that the office has asked for a ruling on which the law takes comments.
func (f *folding) ruling() {
	asked := f.life.last(RulingRequested)
	if asked == nil || f.life.after(*asked).determination() != nil {
		return
	}
	if _, ok := f.regime.Route(law.LetterComments); ok {
		f.state.Ruling = asked.On
	}
}

// wayAgainst is the letter to a reviewer, and what it is against where that must be said.
func wayAgainst(matter string) Way {
	if matter == "determination" {
		matter = ""
	}
	return Way{Letter: "appeal", Of: matter}
}

// courts are the courts that may be asked about a decision, or silence.
func (f *folding) courts(matter string, e *Event) []law.RouteWindow {
	return slices.DeleteFunc(f.regime.Windows(against(matter, e)), func(w law.RouteWindow) bool { return w.Kind != "court" })
}

// firmNotice tells whether a letter to the office before a suit makes sense: the law has
// a court, no notice of its own, and no reviewer who must be asked first.
func (f *folding) firmNotice(matter string, e *Event) bool {
	windows := f.regime.Windows(against(matter, e))
	if slices.ContainsFunc(windows, func(w law.RouteWindow) bool {
		return w.Letter == law.LetterNotice || w.Kind != "court" && w.Required != nil && *w.Required
	}) {
		return false
	}
	return len(f.courts(matter, e)) > 0
}

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
	n := &NotReady{Fails: "review", Do: "see what the law offers: " + remedy.To(remedy.Law, c.request.Law).String()}
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
		Do: "see what the law offers: " + remedy.To(remedy.Law, c.request.Law).String()}
}

// counsel: the points for a lawyer.
func (c check) counsel() *NotReady {
	matter, n := c.grievance()
	if n != nil {
		return n
	}
	if len(c.view.f.courts(matter, c.decided(matter))) == 0 {
		return &NotReady{Fails: "court", Why: "foia has read of no court under this law",
			Do: "see what the law offers: " + remedy.To(remedy.Law, c.request.Law).String()}
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
			Do: "see what the law offers: " + remedy.To(remedy.Law, c.request.Law).String()}
	}
	asked := c.life.last(RulingRequested)
	if asked == nil {
		return &NotReady{Fails: string(RulingRequested), Why: "the log does not say that the office asked for a ruling",
			Do: c.recordFirst(RulingRequested)}
	}
	if d := c.life.after(*asked).determination(); d != nil {
		return &NotReady{Fails: "undetermined", Why: "the office made its decision on " + d.On.Letter(),
			Do: "see what comes next: " + remedy.To(remedy.Next, c.request.ID).String()}
	}
	return nil
}

// papers are what the law calls the letter to a reviewer about a matter, with who gets a
// copy, and its notice before a suit.
func (v *View) papers(matter string, known map[string]string) {
	if v.f.regime.Records == nil {
		return
	}
	if r, n := v.Review(matter); matter != "" && n == nil {
		known["paper"], known["copies"] = titled(r.Paper()), strings.Join(r.Copies, " and ")
	}
	if r, n := v.Notice(); n == nil {
		known["notice"] = titled(r.Paper())
	}
}

// titled begins a word with a capital letter.
func titled(word string) string {
	if word == "" {
		return ""
	}
	return strings.ToUpper(word[:1]) + word[1:]
}

// Comments is the way on which comments go to the authority that rules on withholding.
func (v *View) Comments() (law.RouteWindow, bool) { return v.f.regime.Route(law.LetterComments) }
