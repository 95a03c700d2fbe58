// Package agency is the directory of FOIA offices: who they are, how they take
// requests, and how sure we are of it.
//
// The records are data (agencies.json, with its README); this package looks
// them up, explains what is uncertain about them, and never guesses.
package agency

// Channel is a way to file a request.
type Channel string

// The channels that an office may take.
const (
	Portal Channel = "portal"
	Mail   Channel = "mail"
	Fax    Channel = "fax"
	Email  Channel = "email"
)

// Office is one record of the directory: an agency, a component of one, or an
// office that the user added. Unknown values are empty.
type Office struct {
	ID               string    `json:"id" yaml:"id"`
	Name             string    `json:"name" yaml:"name"`
	Abbreviation     string    `json:"abbreviation" yaml:"abbreviation,omitempty"`
	Parent           string    `json:"parent" yaml:"parent,omitempty"` // id of the department
	Aliases          []string  `json:"aliases" yaml:"aliases,omitempty"`
	FOIAOffice       string    `json:"foia_office" yaml:"foia_office,omitempty"`
	Address          []string  `json:"address" yaml:"address,omitempty"`
	City             string    `json:"city" yaml:"city,omitempty"`
	State            string    `json:"state" yaml:"state,omitempty"`
	ZIP              string    `json:"zip" yaml:"zip,omitempty"`
	Country          string    `json:"country,omitempty" yaml:"country,omitempty"` // empty: United States
	Email            string    `json:"email" yaml:"email,omitempty"`
	Phone            string    `json:"phone" yaml:"phone,omitempty"`
	Fax              string    `json:"fax" yaml:"fax,omitempty"`
	PortalURL        string    `json:"portal_url" yaml:"portal_url,omitempty"`
	Website          string    `json:"website" yaml:"website,omitempty"`
	ReceivesBy       []Channel `json:"receives_by" yaml:"receives_by,omitempty"` // how requests are taken
	Law              string    `json:"law,omitempty" yaml:"law,omitempty"`       // empty: us-federal
	Regulation       string    `json:"regulation" yaml:"regulation,omitempty"`
	RegulationBasis  string    `json:"regulation_basis" yaml:"regulation_basis,omitempty"`
	Centralised      *bool     `json:"centralised" yaml:"centralised,omitempty"`
	DefaultComponent string    `json:"default_component" yaml:"default_component,omitempty"` // of a grouping record
	FOIAGovID        string    `json:"foia_gov_id" yaml:"foia_gov_id,omitempty"`
	ReceivedFY2024   *int      `json:"requests_received_fy2024" yaml:"requests_received_fy2024,omitempty"`
	Status           string    `json:"status" yaml:"status,omitempty"`
	LiaisonEmail     string    `json:"liaison_email" yaml:"liaison_email,omitempty"` // not for requests
	Notes            []string  `json:"notes" yaml:"notes,omitempty"`                 // caveats to show users
	Source           string    `json:"source" yaml:"source,omitempty"`
	Dated            string    `json:"retrieved_or_dated" yaml:"retrieved_or_dated,omitempty"`
	Confidence       string    `json:"confidence" yaml:"confidence,omitempty"` // high, medium, low
	Sources          []Source  `json:"sources" yaml:"sources,omitempty"`

	ParentName string `json:"parent_name,omitempty" yaml:"-"` // resolved from Parent
	UserAdded  bool   `json:"user_added,omitempty" yaml:"-"`  // from the user's agencies.yaml
}

// Source says where some fields of a record come from.
type Source struct {
	Ref    string   `json:"ref" yaml:"ref"`
	Date   string   `json:"date" yaml:"date"`
	Fields []string `json:"fields" yaml:"fields,omitempty"`
}
