package correspondence

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"foia/internal/agency"
	"foia/internal/docket"
	"foia/internal/law"
	"foia/internal/letter"
	"foia/internal/workday"
	"foia/templates"
)

// difference is what the model and docket do not agree on, or a letter that does not
// keep to what both know. Those of one class have one cause.
type difference struct{ class, what string }

// comparison is what a comparison is made with. It is read by several workers at once.
type comparison struct {
	basis     docket.Basis
	offices   map[string]agency.Office
	regimes   map[string]law.Regime
	letters   map[string]*letter.Template // follow-up letters under the federal Act
	answers   map[string][]letter.Answers // what a user may say in each
	broken    map[string]error            // letters that cannot be read
	requester letter.Requester
}

func newComparison(t *testing.T) *comparison {
	t.Helper()
	directory, err := agency.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	calendar, err := workday.Federal()
	if err != nil {
		t.Fatal(err)
	}
	book, err := law.LoadFederal()
	if err != nil {
		t.Fatal(err)
	}
	b := &comparison{basis: docket.Basis{Book: book, Calendar: calendar, Policy: workday.Observed}, offices: map[string]agency.Office{},
		regimes: map[string]law.Regime{},
		letters: map[string]*letter.Template{}, broken: map[string]error{}, answers: map[string][]letter.Answers{},
		requester: letter.Requester{ID: "desk", Name: "Ana Ruiz", Organization: "The Courier", Street: []string{"12 Main St"},
			City: "Albany", State: "NY", ZIP: "12207", Email: "ana@example.org", Phone: "202-555-0111"}}
	for _, id := range theOffices {
		office, ok := directory.Get(id)
		if !ok {
			t.Fatalf("the directory has no office %s", id)
		}
		b.offices[id], b.regimes[id] = office, book.For(id, law.Federal)
	}
	library := letter.NewLibrary(templates.Files)
	for _, id := range library.Templates() {
		l, err := library.Template(id)
		if err != nil {
			b.broken[id] = err
			continue
		}
		if l.Kind != letter.RequestKind && l.Law == law.Federal {
			b.letters[id], b.answers[id] = l, answersTo(l)
		}
	}
	return b
}

// answersTo are what users may answer to the questions of a letter: everything, with each
// choice in turn; only what is asked of everybody.
func answersTo(t *letter.Template) []letter.Answers {
	all, few := letter.Answers{}, letter.Answers{}
	for _, f := range t.Fields {
		all[f.Name] = f.Example
		if f.Required {
			few[f.Name] = f.Example
		}
	}
	out := []letter.Answers{all, few}
	for _, f := range t.Fields {
		for _, choice := range f.Choices {
			other := maps.Clone(all)
			other[f.Name] = choice
			out = append(out, other)
		}
	}
	return out
}

// compared is one request on one day, as docket and as the model see it.
type compared struct {
	*comparison
	history history
	day     workday.Date
	number  int // varies what a user answers
	docket  *docket.View
	model   view
	claims  map[string]docket.Claims    // of docket, by what is appealed
	truths  map[string]map[string]truth // of the model
	counts  *counts
	found   []difference
}

// theMatters are what a letter may be against; empty: it is no appeal.
var theMatters = []string{"", "determination", "expedition", "fee-waiver", "fee-category"}

// compare is everything that can be compared on a day.
func (b *comparison) compare(h history, day workday.Date, number int, n *counts) []difference {
	c := &compared{comparison: b, history: h, day: day, number: number, docket: docket.At(h.request, h.events, day, b.basis),
		model:  viewOf(h.request, h.events, day),
		claims: map[string]docket.Claims{}, truths: map[string]map[string]truth{}, counts: n}
	for i, matter := range theMatters {
		if i == 0 || i == 1+number%(len(theMatters)-1) || c.decidedOn(matter) {
			c.claims[matter], c.truths[matter] = c.docket.Claims(matter), claims(c.model, matter)
			c.compareClaims(matter)
		}
	}
	c.compareAppeal()
	c.compareStatus()
	for _, id := range slices.Sorted(maps.Keys(b.letters)) {
		c.compareLetter(b.letters[id])
	}
	c.compareNext()
	return c.found
}

// decidedOn tells whether there may be a decision on a matter; where there is none, the
// claims are those of any other letter.
func (c *compared) decidedOn(matter string) bool {
	kinds := map[string][]docket.Kind{"determination": {"determination", "interim-release"},
		"expedition": {"expedited-denied", "expedited-granted"},
		"fee-waiver": {"fee-waiver-denied", "fee-waiver-granted"}, "fee-category": {"category-assigned"}}[matter]
	return len(c.model.all(kinds...)) > 0
}

// of are the claims of a letter against a matter.
func (c *compared) of(matter string) (docket.Claims, map[string]truth) {
	if _, ok := c.claims[matter]; !ok {
		c.claims[matter], c.truths[matter] = c.docket.Claims(matter), claims(c.model, matter)
	}
	return c.claims[matter], c.truths[matter]
}

// differ notes a difference.
func (c *compared) differ(class, format string, args ...any) {
	c.found = append(c.found, difference{class, fmt.Sprintf(format, args...)})
}

// compareClaims: no claim that docket holds is false, and none that is so is missing.
func (c *compared) compareClaims(matter string) {
	held := c.claims[matter].Hold
	for name, truth := range c.truths[matter] {
		c.counts.claims++
		said, holds := held[name]
		switch {
		case holds:
			c.counts.held[name]++
			if wrong := truth.untrue(inCodes(said)); wrong != "" {
				kind := "a false claim"
				if truth.holds != isNot {
					kind = "wrong values of"
				}
				c.differ(kind+" "+name+detailOf(wrong), "%s %v: %s", ofMatter(name, matter), said, wrong)
			}
		case truth.missing() != "":
			c.differ("not claimed: "+name, "%s: %s; docket says: %s", ofMatter(name, matter), truth.missing(), c.claims[matter].Why[name])
		}
	}
	for name := range held {
		if _, ok := c.truths[matter][name]; !ok {
			c.differ("unknown claim "+name, "the model knows no claim %s", name)
		}
	}
}

// compareAppeal: what is claimed of an appeal is of one appeal.
func (c *compared) compareAppeal() {
	held := c.claims[""].Hold
	appealed, ok := held["appealed"]
	if !ok {
		return
	}
	same := func(name, detail string, day workday.Date) bool {
		return held[name] == nil || held[name][detail] == day.Letter()
	}
	if !slices.ContainsFunc(c.model.appeals(), func(a appeal) bool {
		var received, decided workday.Date
		if a.received != nil {
			received = a.received.On
		}
		if a.decided != nil {
			decided = a.decided.On
		}
		return appealed["appealed"] == a.On.Letter() && appealed["matter"] == a.matter && same("appeal-received", "received", received) &&
			same("appeal-decided", "decided", decided) &&
			same("appeal-late", "due", a.dueBy().latest())
	}) {
		c.differ("claims of two appeals as if of one", "appealed %v, received %v, late %v, decided %v", appealed, held["appeal-received"],
			held["appeal-late"], held["appeal-decided"])
	}
}

func ofMatter(name, matter string) string {
	if matter == "" {
		return name
	}
	return name + " (" + matter + ")"
}

// detailOf is the value that is wrong, if it is one.
func detailOf(wrong string) string {
	if name, _, ok := strings.Cut(wrong, " is "); ok && name != "it" && !strings.Contains(name, " ") {
		return ", " + name
	}
	return ""
}

// exemptionName is an exemption as letters name it.
var exemptionName = regexp.MustCompile(`^Exemption (\d)(?:\(([A-F])\))?$`)

// inCodes gives the values of docket the form of those of the model: exemptions as codes.
func inCodes(said docket.Values) map[string]any {
	out := map[string]any{}
	for name, value := range said {
		if names, ok := value.([]string); ok {
			codes := make([]string, len(names))
			for i, n := range names {
				codes[i] = exemptionName.ReplaceAllString(n, "b$1$2")
			}
			value = codes
		}
		out[name] = value
	}
	return out
}

func (c *compared) compareStatus() {
	got, may := c.docket.State().Status, status(c.model)
	if !slices.Contains(may, got) {
		c.differ(fmt.Sprintf("status “%s”, not %q", got, may), "the status is “%s”, not %q", got, may)
	}
}

// hintEvery is of how many refusals one has its hint tried, which takes as long as all else.
const hintEvery = 7

// compareLetter: a letter that may be written can be filled, and states nothing false; a
// letter that may not is refused for a reason that is so.
func (c *compared) compareLetter(t *letter.Template) {
	matter := Matter(t.ID)
	err := c.docket.Ready(t.Needs)
	var not *docket.NotReady
	switch {
	case errors.As(err, &not):
		c.counts.refused++
		c.compareRefusal(t, not, matter)
		if c.counts.refused%hintEvery == 0 {
			c.compareHint(t, not)
		}
		return
	case err != nil:
		c.differ("letter "+t.ID, "%v", err)
		return
	}
	for _, name := range demands[t.Needs] {
		if is, why := c.lawful(name, matter); is == isNot {
			c.differ(t.Needs+" is met, although not "+name, "the letter %s may be written, although not %q%s", t.ID, name, why)
		}
	}
	if c.counts.fills(c.number, t.ID) {
		c.fill(t)
	}
}

// compareRefusal: what docket says is not so is not so.
func (c *compared) compareRefusal(t *letter.Template, not *docket.NotReady, matter string) {
	if is, why := c.lawful(not.Fails, matter); is == isSo {
		c.differ(t.Needs+" is not met, although "+not.Fails, "the letter %s is refused since not %q (%v)%s", t.ID, not.Fails, not, why)
	}
}

// lawful decides a condition of docket by the model.
func (c *compared) lawful(name, matter string) (answer, string) {
	if _, truths := c.of(matter); reasons[name] == nil {
		if t, ok := truths[name]; ok {
			return t.holds, t.why
		}
	}
	is, ok := reasons[name]
	if !ok {
		c.differ("unknown reason "+name, "the model does not know the reason %q", name)
		return eitherWay, ""
	}
	return is(c.model, matter), ""
}

// fill makes a letter that may be written, and looks at what it states.
func (c *compared) fill(t *letter.Template) {
	c.counts.letters[t.ID]++
	matter := Matter(t.ID)
	held, truths := c.of(matter)
	office, all := c.offices[c.history.request.OfficeID], c.answers[t.ID]
	draft, err := letter.Fill(letter.Order{Template: t, Regime: c.regimes[office.ID], Office: office, Channel: agency.Mail,
		Requester: c.requester, Date: c.day, ID: c.history.request.ID,
		Layers: []letter.Layer{{Answers: all[c.number%len(all)], File: "test"}}, Life: lifeOf(t, held), Enclosed: enclosed(t, held),
		Charset: func(rune) bool { return true }})
	if err != nil {
		var unfounded *letter.Unfounded
		class := "letter " + t.ID + " cannot be filled"
		if errors.As(err, &unfounded) {
			class = "letter " + t.ID + " states " + unfounded.Claim
		}
		c.differ(class, "%s: %v", t.ID, err)
		return
	}
	for _, name := range draft.Claims {
		c.counts.stated[name]++
		if truths[name].holds == isNot {
			c.differ("letter "+t.ID+" states "+name, "%s states %s, which is not so", t.ID, name)
		}
	}
}
