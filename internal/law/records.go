package law

import (
	"strings"

	"foia/internal/workday"
	"foia/internal/yamltext"
)

// PublicRecordsLaws is the law of a template that is made for any of them.
const PublicRecordsLaws = "public-records"

// Residency is who may ask under a law.
type Residency string

// What the facts say of residency.
const (
	NoResidency       Residency = "none"
	RequiresResidency Residency = "required"
	NationalResidency Residency = "national"      // of the country or union
	UnclearResidency  Residency = "unclear"       // the words can be read in two ways
	AffectsTerms      Residency = "affects_terms" // others may ask too, on other terms
)

// Stage is a step of an office's answer, as a law gives it.
type Stage struct {
	Days int    `yaml:"days" json:"days"`
	Unit string `yaml:"unit" json:"unit"` // business, calendar, month or year
	Duty string `yaml:"duty" json:"duty"` // acknowledge, respond, decide or produce
	From string `yaml:"from" json:"from"` // in words
	Note string `yaml:"note" json:"note,omitempty"`
	Cite string `yaml:"cite" json:"cite,omitempty"` // where in the law; empty: as the law itself
}

// Route is a way to complain of a decision, or of none.
type Route struct {
	ID   string `yaml:"id" json:"id,omitempty"`     // by which other routes name it
	Kind string `yaml:"kind" json:"kind,omitempty"` // administrative, ag, ombudsman, commission or court
	To   string `yaml:"to" json:"to,omitempty"`
	// Denial, Partial, Silence, Fees, Delay, Ruling; empty: a denial, in whole or part
	Against  []string `yaml:"against" json:"against,omitempty"`
	Days     int      `yaml:"deadline_days" json:"deadline_days,omitempty"`
	Unit     string   `yaml:"deadline_unit" json:"deadline_unit,omitempty"`
	From     string   `yaml:"from" json:"from,omitempty"`         // FromDecision and so on; empty: the date of the decision
	Received bool     `yaml:"received" json:"received,omitempty"` // it must be there in that time, not only on its way
	Windows  []Window `yaml:"windows" json:"windows,omitempty"`   // times that differ from deadline_days, by what they are against
	NoTime   bool     `yaml:"no_time" json:"no_time,omitempty"`   // the text was read whole, and states no time
	NoBar    bool     `yaml:"no_bar" json:"no_bar,omitempty"`     // deadline_days is what guidance asks for, and no bar in law
	// instead of deadline_days, where the decision lacks what it must hold
	Longer       *Longer `yaml:"longer" json:"longer,omitempty"`
	DecisionDays int     `yaml:"decision_days" json:"decision_days,omitempty"`
	DecisionUnit string  `yaml:"decision_unit" json:"decision_unit,omitempty"`
	// what the reviewer's silence means, in words
	Silence string `yaml:"silence" json:"silence,omitempty"`
	// that silence counts as a decision, from which the time of the next way runs
	Decides  bool  `yaml:"silence_decides" json:"silence_decides,omitempty"`
	Required *bool `yaml:"required_before_court" json:"required_before_court,omitempty"` // nil: unknown
	// ids of the routes that must be gone before
	First []string `yaml:"first" json:"first,omitempty"`
	// ids of the routes that need not be gone before, but whose decision opens it anew
	AlsoAfter []string `yaml:"also_after" json:"also_after,omitempty"`
	Excludes  []string `yaml:"excludes" json:"excludes,omitempty"` // ids of the routes that it closes
	Contents  []string `yaml:"contents" json:"contents,omitempty"` // what the paper must hold
	// request, answer, charges, correspondence, proof
	Encloses     []string `yaml:"encloses" json:"encloses,omitempty"`
	Copies       []string `yaml:"copies" json:"copies,omitempty"`               // who gets a copy
	Form         string   `yaml:"form" json:"form,omitempty"`                   // the official form
	FormRequired bool     `yaml:"form_required" json:"form_required,omitempty"` // nothing else is taken
	Signed       bool     `yaml:"signed" json:"signed,omitempty"`
	Voluntary    bool     `yaml:"voluntary" json:"voluntary,omitempty"` // it mediates, advises or may sue, and decides nothing
	Note         string   `yaml:"note" json:"note,omitempty"`
	Cite         string   `yaml:"cite" json:"cite,omitempty"`

	// what foia writes for it: LetterAppeal and so on; empty: nothing
	Letter  string `yaml:"letter" json:"letter,omitempty"`
	Called  string `yaml:"called" json:"called,omitempty"`           // what the law calls that paper, if not as its Letter is called
	Title   string `yaml:"title" json:"title,omitempty"`             // whom it is addressed to
	Greets  string `yaml:"greets" json:"greets,omitempty"`           // the salutation; empty: that of the office, or a plain one
	Body    bool   `yaml:"body" json:"body,omitempty"`               // that is at the body that has the request
	Grounds bool   `yaml:"each_ground" json:"each_ground,omitempty"` // each ground that the body gives must be answered in it
	// of the requests for which there is the route: the first day on which they were made
	Since workday.Date `yaml:"since" json:"since,omitzero"`
}

// What foia writes for a route.
const (
	LetterAppeal   = "appeal"
	LetterReview   = "review" // a request for review
	LetterComplain = "complaint"
	LetterPetition = "petition"
	LetterNotice   = "notice"      // to the body itself, before a suit
	LetterComments = "comments"    // on a question that the body has put to the reviewer
	LetterForm     = "form"        // no letter, but what goes into the official form
	LetterObjects  = "widerspruch" // the objection of German law, in German
)

// LettersOfRoutes are all of them.
var LettersOfRoutes = []string{LetterAppeal, LetterReview, LetterComplain, LetterPetition, LetterNotice, LetterComments, LetterForm,
	LetterObjects}

// Paper is what the law calls the paper that a route takes, without its article.
func (r Route) Paper() string {
	if r.Called != "" {
		return r.Called
	}
	if r.Letter == LetterReview {
		return "request for review"
	}
	return r.Letter
}

// Window is the time for a route, against some decisions or against silence.
type Window struct {
	Against []string `yaml:"against" json:"against"`
	Days    int      `yaml:"days" json:"days"`
	Unit    string   `yaml:"unit" json:"unit"`
	From    string   `yaml:"from" json:"from"`
	Cite    string   `yaml:"cite" json:"cite,omitempty"`
	Note    string   `yaml:"note" json:"note,omitempty"`
}

// Longer is the time for a route that a law gives in one case only, such as the year of
// § 58(2) VwGO after a decision that did not say how to object to it.
type Longer struct {
	Days int    `yaml:"days" json:"days"`
	Unit string `yaml:"unit" json:"unit"`
	If   string `yaml:"if" json:"if"` // what must be so, to follow “if”: the decision did not say how to object
	Cite string `yaml:"cite" json:"cite,omitempty"`
}

// What a route is against.
const (
	Denial  = "denial"  // of the whole
	Partial = "partial" // of a part
	Silence = "silence" // the time for the answer is over
	Fees    = "fees"    // a charge
	Delay   = "delay"   // an extension, or an unreasonable time
	Ruling  = "ruling"  // the question to another authority whether records may be withheld
)

// What the time for a route runs from.
const (
	FromDecision     = "decision"    // its date
	FromMailing      = "mailing"     // of the decision
	FromItsReceipt   = "receipt"     // of the decision
	FromRequest      = "request"     // the day it was made
	FromAnswerDue    = "answer-due"  // the day the answer was due
	FromLastReviewer = "last-review" // the final word of the reviewer before, such as an ombudsman
	FromCharges      = "charges"     // the notice of charges
)

// Stop is an event that stops or restarts the time of the office.
type Stop struct {
	By string `yaml:"by" json:"by"` // question, fees, deposit or deficiency
	// pauses (the rest runs afterwards), restarts (all of it does), or runs (nothing stops)
	Does  string `yaml:"does" json:"does"`
	Most  int    `yaml:"most,omitempty" json:"most,omitempty"`   // how often; 0: as often as it happens
	Paid  bool   `yaml:"paid,omitempty" json:"paid,omitempty"`   // by fees: only payment ends it, an answer does not
	Topic string `yaml:"topic,omitempty" json:"topic,omitempty"` // of the rule that says so, where it holds for some times only
	Cite  string `yaml:"cite,omitempty" json:"cite,omitempty"`
	Says  string `yaml:"says,omitempty" json:"says,omitempty"`
}

// Duty is what the requester must do in time.
type Duty struct {
	On     string `yaml:"on" json:"on"` // question, fees, deposit, available, voluminous or website
	Days   int    `yaml:"days" json:"days,omitempty"`
	Unit   string `yaml:"unit" json:"unit,omitempty"`
	From   string `yaml:"from" json:"from,omitempty"`     // sent: the date of the letter; receipt: of it
	Lapses bool   `yaml:"lapses" json:"lapses,omitempty"` // else the request is over
	Cite   string `yaml:"cite" json:"cite,omitempty"`
	Says   string `yaml:"says" json:"says"`
}

// Arrival is when what is sent some way counts as received.
type Arrival struct {
	By   []string `yaml:"by" json:"by"` // mail, email, fax, portal or hand
	Days int      `yaml:"days" json:"days"`
	Unit string   `yaml:"unit" json:"unit"`
	Cite string   `yaml:"cite" json:"cite,omitempty"`
	Says string   `yaml:"says" json:"says"`
}

// LastDay is what becomes of a last day on which the office is closed.
type LastDay struct {
	Moves bool   `yaml:"moves" json:"moves"` // to the next day on which it is open
	Cite  string `yaml:"cite" json:"cite"`
	Says  string `yaml:"says" json:"says,omitempty"`
}

// Source is where a fact was read.
type Source struct {
	Grade    string   `yaml:"grade" json:"grade"` // statute, official, secondary or dataset
	Ref      string   `yaml:"ref" json:"ref"`
	AsOf     string   `yaml:"as_of" json:"as_of"`
	Supports []string `yaml:"supports" json:"supports,omitempty"`
	Note     string   `yaml:"note" json:"note,omitempty"`
	Accessed string   `yaml:"accessed" json:"accessed"`
}

// PublicRecords is the law of a state or country on access to public records: the
// facts as they were found, and their use.
type PublicRecords struct {
	ID        string `yaml:"id" json:"id"`     // us-tx, gb
	Place     string `yaml:"name" json:"name"` // Texas
	Kind      string `yaml:"kind" json:"kind"` // state, district, territory, national or supranational
	Name      string `yaml:"law_name" json:"law_name"`
	Short     string `yaml:"short_name" json:"short_name"`
	Citation  string `yaml:"citation" json:"citation"`
	Custodian string `yaml:"custodian_title" json:"custodian_title,omitempty"`
	Response  struct {
		Standard string  `yaml:"standard" json:"standard"` // number, promptly or reasonable
		Stages   []Stage `yaml:"stages" json:"stages,omitempty"`
		Text     string  `yaml:"text" json:"text,omitempty"`
		Silence  *bool   `yaml:"silence_is_denial" json:"silence_is_denial,omitempty"` // nil: unknown
	} `yaml:"response" json:"response"`
	Arrivals  []Arrival `yaml:"arrivals" json:"arrivals,omitempty"`
	LastDay   *LastDay  `yaml:"last_day" json:"last_day,omitempty"` // nil: unknown
	Stops     []Stop    `yaml:"stops" json:"stops,omitempty"`
	Extension struct {
		Allowed bool   `yaml:"allowed" json:"allowed"`
		Days    int    `yaml:"days" json:"days,omitempty"`
		Unit    string `yaml:"unit" json:"unit,omitempty"`
		Text    string `yaml:"text" json:"text,omitempty"`
		Cite    string `yaml:"cite" json:"cite,omitempty"`
	} `yaml:"extension" json:"extension"`
	// what forbids destroying what is asked for; nil: nothing was read
	Preservation *Preservation `yaml:"preservation" json:"preservation,omitempty"`

	Duties    []Duty  `yaml:"duties" json:"duties,omitempty"`
	Appeals   []Route `yaml:"appeals" json:"appeals,omitempty"`
	Requester struct {
		Who       string    `yaml:"who" json:"who"`
		Residency Residency `yaml:"residency" json:"residency"`
		Text      string    `yaml:"text" json:"text,omitempty"`
	} `yaml:"requester" json:"requester"`
	Purpose struct {
		Required bool   `yaml:"statement_required" json:"statement_required"`
		Text     string `yaml:"text" json:"text,omitempty"`
	} `yaml:"purpose" json:"purpose"`
	Fees struct {
		Search     string `yaml:"search" json:"search,omitempty"`
		Copy       string `yaml:"copy" json:"copy,omitempty"`
		Waiver     string `yaml:"waiver" json:"waiver"`
		WaiverText string `yaml:"waiver_text" json:"waiver_text,omitempty"`
	} `yaml:"fees" json:"fees"`
	Use           Use      `yaml:"use" json:"use"`
	Confidence    string   `yaml:"confidence" json:"confidence"` // of the deadline: high, medium or low
	Unverified    []string `yaml:"unverified_fields" json:"unverified_fields,omitempty"`
	OneSource     []string `yaml:"tertiary_only_fields" json:"tertiary_only_fields,omitempty"` // seen in one dataset only
	Amendments    []string `yaml:"recent_amendments" json:"recent_amendments,omitempty"`
	Disagreements []string `yaml:"disagreements" json:"disagreements,omitempty"`
	Sources       []Source `yaml:"sources" json:"sources"`

	Reminder Limit  `yaml:"-" json:"-"` // foia's own suggestion of when to ask, if the law gives no number
	File     string `yaml:"-" json:"-"` // of the user, from which some or all of it is; empty: built in

	given  yamltext.Lines // what that file says
	regime Regime
}

// Use is how letters and clocks use a law.
type Use struct {
	// what letters call the law, with its article; empty: the name
	Law      string `yaml:"law" json:"law,omitempty"`
	Cite     string `yaml:"cite" json:"cite,omitempty"`         // how letters cite it; empty: as the facts do
	Language string `yaml:"language" json:"language,omitempty"` // of the office, if it is not English
	// the time starts only when the office has the request in that language
	Translated bool `yaml:"language_required" json:"language_required,omitempty"`
	// the law's word for what is asked for; empty: public records
	Records    string    `yaml:"records" json:"records,omitempty"`
	Currency   string    `yaml:"currency" json:"currency,omitempty"`     // of its fees; empty: dollars of the United States
	Doubted    []string  `yaml:"doubted" json:"doubted,omitempty"`       // fields that count as unverified all the same
	Hints      []string  `yaml:"hints" json:"hints,omitempty"`           // for the user: what the law may ask besides
	Commercial bool      `yaml:"commercial" json:"commercial,omitempty"` // the law asks whether the purpose is commercial
	Title      string    `yaml:"title" json:"title,omitempty"`
	Name       string    `yaml:"name" json:"name,omitempty"`
	Clock      []Tick    `yaml:"clock" json:"clock,omitempty"`
	Total      bool      `yaml:"total" json:"total,omitempty"` // the extension is counted from receipt
	Who        *Sentence `yaml:"who" json:"who,omitempty"`
	Deadline   *Sentence `yaml:"deadline" json:"deadline,omitempty"`
	Extension  *Sentence `yaml:"extension" json:"extension,omitempty"`
	Fees       *Sentence `yaml:"fees" json:"fees,omitempty"`
	Waiver     *Sentence `yaml:"waiver" json:"waiver,omitempty"`
	Denial     *Sentence `yaml:"denial" json:"denial,omitempty"` // what a refusal must hold, or holds if it is asked for
	Appeal     *Sentence `yaml:"appeal" json:"appeal,omitempty"`
	// that what is asked for may not be destroyed; left out for the bodies and records that the rule is not about
	Preservation *Sentence `yaml:"preservation" json:"preservation,omitempty"`
	Statement    *Sentence `yaml:"statement" json:"statement,omitempty"` // what every requester must, or should, state of the request
}

// Tick is a stage that is counted.
type Tick struct {
	Stage    int    `yaml:"stage" json:"stage"`
	From     Start  `yaml:"from" json:"from"`
	Duty     string `yaml:"duty" json:"duty,omitempty"`     // if another than the stage's
	Only     string `yaml:"only" json:"only,omitempty"`     // the condition under which it holds; empty: always
	Extend   bool   `yaml:"extend" json:"extend,omitempty"` // the extension of the law moves it
	Answered bool   `yaml:"answered_by_acknowledgment" json:"answered_by_acknowledgment,omitempty"`

	Answers []string `yaml:"answers" json:"answers,omitempty"` // what the law takes for the answer, besides a decision: question or fees
}

// Start is what a stage is counted from.
type Start string

// The starts of stages.
const (
	FromReceipt           Start = "receipt"
	FromAcknowledgment    Start = "acknowledgment"
	FromAcknowledgmentDue Start = "acknowledgment-due"
	FromDetermination     Start = "determination"
)

// Abroad tells whether the law is none of the United States.
func (p *PublicRecords) Abroad() bool { return p.Kind == "national" || p.Kind == "supranational" }

// Verified tells whether a field of the facts, such as response.stages[0] or
// fees.waiver, was read in a source that counts. Letters state nothing as law that
// was not.
func (p *PublicRecords) Verified(field string) bool {
	for _, u := range p.NotStated() {
		if field == u || within(field, u) || within(u, field) {
			return false
		}
	}
	return true
}

// Span is a number of days of a law, with the unit in which foia counts.
func Span(days int, unit string) (Limit, bool) {
	units := map[string]workday.Unit{"business": workday.WorkingDays, "calendar": workday.CalendarDays, "month": workday.Months,
		"year": Years}
	u, ok := units[unit]
	return Limit{Days: days, Unit: u}, ok && days > 0
}

// Title is whom a letter greets.
func (p *PublicRecords) Title() string {
	if p.Use.Title != "" {
		return p.Use.Title
	}
	title, _, _ := strings.Cut(p.Custodian, " (")
	title, _, _ = strings.Cut(title, " / ")
	title, _, _ = strings.Cut(title, " named in")
	return title
}

// LawName is what letters call the law, with its article.
func (p *PublicRecords) LawName() string {
	if p.Use.Law != "" {
		return p.Use.Law
	}
	return "the " + p.Name
}

// Cite is how letters and lists cite the law.
func (p *PublicRecords) Cite() string {
	if p.Use.Cite != "" {
		return p.Use.Cite
	}
	return p.Citation
}

// RequestName is what a request under the law is called: FOIL request.
func (p *PublicRecords) RequestName() string {
	if p.Use.Name != "" {
		return p.Use.Name
	}
	return p.Short + " request"
}
