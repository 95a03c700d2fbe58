package law

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"foia/internal/workday"
	"foia/internal/yamltext"
)

// The laws on public records of states and countries. The facts, with their
// sources, are in one file; how letters and clocks use them is in the other, whose
// quick form is public-records.json. A test compares the two.
var (
	//go:embed data/public-records-laws.json
	recordsFacts []byte
	//go:embed data/public-records.yaml
	recordsUseYAML []byte
	//go:embed data/public-records.json
	recordsUse []byte
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
	Days int    `json:"days"`
	Unit string `json:"unit"` // business, calendar or month
	Duty string `json:"duty"` // acknowledge, respond, decide or produce
	From string `json:"from"` // in words
	Note string `json:"note"`
}

// Route is a way to complain of a denial.
type Route struct {
	Kind         string `json:"kind"` // administrative, ag, ombudsman, commission or court
	To           string `json:"to"`
	Days         int    `json:"deadline_days"`
	Unit         string `json:"deadline_unit"`
	DecisionDays int    `json:"decision_days"`
	DecisionUnit string `json:"decision_unit"`
	Required     *bool  `json:"required_before_court"` // nil: unknown
	Note         string `json:"note"`
}

// Source is where a fact was read.
type Source struct {
	Grade    string   `json:"grade"` // statute, official, secondary or dataset
	Ref      string   `json:"ref"`
	AsOf     string   `json:"as_of"`
	Supports []string `json:"supports"`
	Note     string   `json:"note"`
	Accessed string   `json:"accessed"`
}

// PublicRecords is the law of a state or country on access to public records: the
// facts as they were found, and their use.
type PublicRecords struct {
	ID       string `json:"id"`   // us-tx, gb
	Place    string `json:"name"` // Texas
	Kind     string `json:"kind"` // state, district, territory, national or supranational
	Name     string `json:"law_name"`
	Short    string `json:"short_name"`
	Citation string `json:"citation"`
	Response struct {
		Standard string  `json:"standard"` // number, promptly or reasonable
		Stages   []Stage `json:"stages"`
		Text     string  `json:"text"`
		Silence  *bool   `json:"silence_is_denial"` // nil: unknown
	} `json:"response"`
	Extension struct {
		Allowed bool   `json:"allowed"`
		Days    int    `json:"days"`
		Unit    string `json:"unit"`
		Text    string `json:"text"`
	} `json:"extension"`
	Requester struct {
		Who       string    `json:"who"`
		Residency Residency `json:"residency"`
		Text      string    `json:"text"`
	} `json:"requester"`
	Purpose struct {
		Required bool   `json:"statement_required"`
		Text     string `json:"text"`
	} `json:"purpose"`
	Fees struct {
		Search     string `json:"search"`
		Copy       string `json:"copy"`
		Waiver     string `json:"waiver"`
		WaiverText string `json:"waiver_text"`
	} `json:"fees"`
	Appeals       []Route  `json:"appeals"`
	Custodian     string   `json:"custodian_title"`
	Amendments    []string `json:"recent_amendments"`
	Disagreements []string `json:"disagreements"`
	Sources       []Source `json:"sources"`
	Confidence    string   `json:"confidence"` // of the deadline: high, medium or low
	Unverified    []string `json:"unverified_fields"`
	OneSource     []string `json:"tertiary_only_fields"` // seen in one dataset only

	Use      Use   `json:"-"`
	Reminder Limit `json:"-"` // foia's own suggestion of when to ask, if the law gives no number

	regime Regime
}

// Use is how letters and clocks use a law; see data/public-records.yaml.
type Use struct {
	Law        string     `yaml:"law" json:"law,omitempty"`               // what letters call the law, with its article; empty: the name
	Cite       string     `yaml:"cite" json:"cite,omitempty"`             // how letters cite it; empty: as the facts do
	Language   string     `yaml:"language" json:"language,omitempty"`     // of the office, if it is not English
	Records    string     `yaml:"records" json:"records,omitempty"`       // the law's word for what is asked for; empty: public records
	Currency   string     `yaml:"currency" json:"currency,omitempty"`     // of its fees; empty: dollars of the United States
	Doubted    []string   `yaml:"doubted" json:"doubted,omitempty"`       // fields that count as unverified all the same
	Hints      []string   `yaml:"hints" json:"hints,omitempty"`           // for the user: what the law may ask besides
	Commercial bool       `yaml:"commercial" json:"commercial,omitempty"` // the law asks whether the purpose is commercial
	Title      string     `yaml:"title" json:"title,omitempty"`
	Name       string     `yaml:"name" json:"name,omitempty"`
	Clock      []Tick     `yaml:"clock" json:"clock,omitempty"`
	Routes     []RouteUse `yaml:"routes" json:"routes,omitempty"`
	Total      bool       `yaml:"total" json:"total,omitempty"` // the extension is counted from receipt
	Who        *Sentence  `yaml:"who" json:"who,omitempty"`
	Deadline   *Sentence  `yaml:"deadline" json:"deadline,omitempty"`
	Extension  *Sentence  `yaml:"extension" json:"extension,omitempty"`
	Fees       *Sentence  `yaml:"fees" json:"fees,omitempty"`
	Waiver     *Sentence  `yaml:"waiver" json:"waiver,omitempty"`
	Appeal     *Sentence  `yaml:"appeal" json:"appeal,omitempty"`
}

// Tick is a stage that is counted.
type Tick struct {
	Stage      int    `yaml:"stage" json:"stage"`
	From       Start  `yaml:"from" json:"from"`
	Duty       string `yaml:"duty" json:"duty,omitempty"`                       // if another than the stage's
	Only       string `yaml:"only" json:"only,omitempty"`                       // the condition under which it holds; empty: always
	Extend     bool   `yaml:"extend" json:"extend,omitempty"`                   // the extension of the law moves it
	Electronic int    `yaml:"electronic_days" json:"electronic_days,omitempty"` // business days after which what was sent by e-mail or fax counts as received
	Answered   bool   `yaml:"answered_by_acknowledgment" json:"answered_by_acknowledgment,omitempty"`
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

// RouteUse is a way to complain whose time runs from a denial.
type RouteUse struct {
	Appeal int  `yaml:"appeal" json:"appeal"`
	Deemed bool `yaml:"deemed" json:"deemed,omitempty"` // the time also runs from the day on which silence counts as a denial
}

// recordsUses is data/public-records.yaml.
type recordsUses struct {
	Reminder Limit          `yaml:"reminder" json:"reminder"`
	Laws     map[string]Use `yaml:"laws" json:"laws"`
}

// RecordsBook is all laws on public records that foia knows, besides the federal
// one.
type RecordsBook struct {
	laws map[string]*PublicRecords
}

// LoadRecords reads the embedded laws on public records, once.
var LoadRecords = sync.OnceValues(func() (*RecordsBook, error) {
	var facts []*PublicRecords
	var uses recordsUses
	if err := json.Unmarshal(recordsFacts, &facts); err != nil {
		return nil, fmt.Errorf("the data of the laws on public records cannot be read: %w", err)
	}
	if err := json.Unmarshal(recordsUse, &uses); err != nil {
		return nil, fmt.Errorf("the use of the laws on public records cannot be read: %w", err)
	}
	b := &RecordsBook{laws: map[string]*PublicRecords{}}
	for _, p := range facts {
		p.Use, p.Reminder = uses.Laws[p.ID], uses.Reminder
		p.regime = Regime{Texts: []Text{p.text()}, Records: p}
		b.laws[p.ID] = p
	}
	return b, nil
})

func parseUses(raw []byte) (recordsUses, error) {
	var u recordsUses
	if err := yamltext.Decode(yamltext.Source{File: "public-records.yaml", Text: raw}, &u); err != nil {
		return u, fmt.Errorf("the use of the laws on public records cannot be read: %w", err)
	}
	return u, nil
}

// Law returns the law of that id.
func (b *RecordsBook) Law(id string) (*PublicRecords, bool) {
	p, ok := b.laws[id]
	return p, ok
}

// IDs are those of all laws, sorted.
func (b *RecordsBook) IDs() []string { return slices.Sorted(maps.Keys(b.laws)) }

// KnownLaw tells whether foia knows the law of that id.
func KnownLaw(id string) bool {
	_, ok := mustRecords().Law(id)
	return ok || id == Federal
}

// Dollars is the currency of the United States.
const Dollars = "USD"

// Currency is the one in which fees under a law are asked for, as ISO 4217 has it.
func Currency(id string) string {
	if p, ok := mustRecords().Law(id); ok && p.Use.Currency != "" {
		return p.Use.Currency
	}
	return Dollars
}

// mustRecords is LoadRecords where there is nobody to tell: what is embedded was
// read when the program was tested, so that a fault in it is one of the program.
func mustRecords() *RecordsBook {
	b, err := LoadRecords()
	if err != nil {
		panic("law: " + err.Error())
	}
	return b
}

// Abroad tells whether the law is none of the United States.
func (p *PublicRecords) Abroad() bool { return p.Kind == "national" || p.Kind == "supranational" }

// Verified tells whether a field of the facts, such as response.stages[0] or
// fees.waiver, was read in a source that counts. Letters state nothing as law that
// was not.
func (p *PublicRecords) Verified(field string) bool {
	for _, list := range [][]string{p.Unverified, p.OneSource, p.Use.Doubted} {
		for _, u := range list {
			if field == u || strings.HasPrefix(field, u+".") || strings.HasPrefix(field, u+"[") || strings.HasPrefix(u, field+".") || strings.HasPrefix(u, field+"[") {
				return false
			}
		}
	}
	return true
}

// Span is a number of days of a law, with the unit in which foia counts.
func Span(days int, unit string) (Limit, bool) {
	units := map[string]workday.Unit{"business": workday.WorkingDays, "calendar": workday.CalendarDays, "month": workday.Months}
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
