// Package agency is the directory of FOIA offices: who they are, how they take
// requests, and how sure we are of it.
//
// The records are data (data/departments, with a README); this package looks
// them up, explains what is uncertain about them, and never guesses.
package agency

import (
	"cmp"

	"foia/internal/workday"
)

// Channel is a way to file a request.
type Channel string

// The channels that an office may take.
const (
	Portal Channel = "portal"
	Mail   Channel = "mail"
	Fax    Channel = "fax"
	Email  Channel = "email"
)

// Word is the channel as a sentence has it.
func (c Channel) Word() string {
	switch c {
	case Portal:
		return "an online portal"
	case Email:
		return "e-mail"
	}
	return string(c)
}

// Office is one record of the directory: an agency, a component of one, or an
// office that the user added. Unknown values are empty.
type Office struct {
	ID               string    `json:"id" yaml:"id"`
	Name             string    `json:"name" yaml:"name,omitempty"`
	Abbreviation     string    `json:"abbreviation,omitempty" yaml:"abbreviation,omitempty"`
	Parent           string    `json:"parent,omitempty" yaml:"parent,omitempty"` // id of the department
	Aliases          []string  `json:"aliases,omitempty" yaml:"aliases,omitempty"`
	FOIAOffice       string    `json:"foia_office,omitempty" yaml:"foia_office,omitempty"`
	Address          []string  `json:"address,omitempty" yaml:"address,omitempty"`
	City             string    `json:"city,omitempty" yaml:"city,omitempty"`
	State            string    `json:"state,omitempty" yaml:"state,omitempty"`
	ZIP              string    `json:"zip,omitempty" yaml:"zip,omitempty"`
	Country          string    `json:"country,omitempty" yaml:"country,omitempty"` // empty: United States
	Email            string    `json:"email,omitempty" yaml:"email,omitempty"`
	Phone            string    `json:"phone,omitempty" yaml:"phone,omitempty"`
	Fax              string    `json:"fax,omitempty" yaml:"fax,omitempty"`
	PortalURL        string    `json:"portal_url,omitempty" yaml:"portal_url,omitempty"`
	Website          string    `json:"website,omitempty" yaml:"website,omitempty"`
	ReceivesBy       []Channel `json:"receives_by,omitempty" yaml:"receives_by,omitempty"` // how requests are taken
	Law              string    `json:"law,omitempty" yaml:"law,omitempty"`                 // empty: us-federal
	Regulation       string    `json:"regulation,omitempty" yaml:"regulation,omitempty"`
	RegulationBasis  string    `json:"regulation_basis,omitempty" yaml:"regulation_basis,omitempty"`
	Centralised      *bool     `json:"centralised,omitempty" yaml:"centralised,omitempty"`
	DefaultComponent string    `json:"default_component,omitempty" yaml:"default_component,omitempty"` // of a grouping record
	FOIAGovID        string    `json:"foia_gov_id,omitempty" yaml:"foia_gov_id,omitempty"`
	ReceivedFY2024   *int      `json:"requests_received_fy2024,omitempty" yaml:"requests_received_fy2024,omitempty"`
	Status           string    `json:"status,omitempty" yaml:"status,omitempty"`
	LiaisonEmail     string    `json:"liaison_email,omitempty" yaml:"liaison_email,omitempty"` // not for requests
	Notes            []string  `json:"notes,omitempty" yaml:"notes,omitempty"`                 // caveats to show users
	Source           string    `json:"source,omitempty" yaml:"source,omitempty"`
	Dated            string    `json:"retrieved_or_dated,omitempty" yaml:"retrieved_or_dated,omitempty"`
	Confidence       string    `json:"confidence,omitempty" yaml:"confidence,omitempty"` // high, medium, low
	Sources          []Source  `json:"sources,omitempty" yaml:"sources,omitempty"`

	// Of the built-in offices of states, cities and abroad; see data/offices.
	Kind       string    `json:"kind,omitempty" yaml:"-"`        // state-police, city-clerk; see data/kinds.csv
	Ways       []string  `json:"ways,omitempty" yaml:"-"`        // how it says it takes requests, whether or not it can be reached so
	Form       string    `json:"form,omitempty" yaml:"-"`        // the form that it has for requests
	PortalKind string    `json:"portal_kind,omitempty" yaml:"-"` // form: the form itself; page: a page that links to it; empty: unknown
	Traps      []Trap    `json:"traps,omitempty" yaml:"-"`       // what costs a requester time here
	Doubted    []Channel `json:"doubted,omitempty" yaml:"-"`     // contacts that the office's own source does not have
	LookOnly   bool      `json:"look_only,omitempty" yaml:"-"`   // only where to look: no letter goes there

	// of each contact, as the newest source that has it: 2017-07; undated
	Dates      map[Channel]string `json:"dates,omitempty" yaml:"-"`
	ParentName string             `json:"parent_name,omitempty" yaml:"-"` // resolved from Parent
	UserAdded  bool               `json:"user_added,omitempty" yaml:"-"`  // an office of the user's own
	Corrected  []string           `json:"corrected,omitempty" yaml:"-"`   // keys that the user corrected in a built-in office
}

// FullName is the name of the office, with that of its department.
func (o Office) FullName() string {
	if o.ParentName == "" {
		return o.Name
	}
	return o.Name + ", " + o.ParentName
}

// AgencyName is the name of the department that the office is a component of, or its own.
func (o Office) AgencyName() string { return cmp.Or(o.ParentName, o.Name) }

// ComponentName is the name of the office, if it is a component of a department.
func (o Office) ComponentName() string {
	if o.ParentName == "" {
		return ""
	}
	return o.Name
}

// UnderLaw is the id of the law that the office follows. Those of the directory name none:
// it is the federal one.
func (o Office) UnderLaw() string { return cmp.Or(o.Law, workday.FederalLaw) }

// Source says where some fields of a record come from.
type Source struct {
	Ref    string   `json:"ref,omitempty" yaml:"ref"`
	Date   string   `json:"date,omitempty" yaml:"date"`
	Fields []string `json:"fields,omitempty" yaml:"fields,omitempty"`
	Yours  bool     `json:"yours,omitempty" yaml:"-"` // the user's own, of a correction
}
