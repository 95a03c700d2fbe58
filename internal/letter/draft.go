package letter

import (
	"foia/internal/agency"
	"foia/internal/law"
	"foia/internal/workday"
)

// Draft is a filled letter together with everything it was made from. It is
// what the preflight reads.
type Draft struct {
	Template  *Template
	Regime    law.Regime     // the law that binds the office
	Office    agency.Office  // as it stood when the letter was made
	Channel   agency.Channel // how the letter is to be filed
	Requester Requester
	Date      workday.Date // of the letter
	Answers   Answers      // complete: every field of the template that has a value
	Records   []Record     // what is asked for, item by item
	Sample    bool
	Claims    []string // what it states about its request, by name
	Asserted  []string // of a later letter: the exemptions that the agency asserted, as codes
	Dropped   string   // what was left out of the answers since it cannot be seen, as a sentence; empty: nothing
	Document  Document
}

// Record is one numbered item of a request: a kind of record on a subject, and
// where and between which days to look for it.
type Record struct {
	Title      string   `yaml:"title,omitempty" json:"title,omitempty"`
	Text       string   `yaml:"text" json:"text"`
	Custodians []string `yaml:"custodians,omitempty" json:"custodians,omitempty"`
	From       string   `yaml:"date_from,omitempty" json:"date_from,omitempty"` // ISO day
	To         string   `yaml:"date_to,omitempty" json:"date_to,omitempty"`     // ISO day; empty: the office's own closing rule
	Terms      []string `yaml:"search_terms,omitempty" json:"search_terms,omitempty"`
}

// Requester is who asks, and who signs.
type Requester struct {
	ID           string     `yaml:"id" json:"id"`
	Name         string     `yaml:"name" json:"name"`                                     // the natural person who signs
	Title        string     `yaml:"title,omitempty" json:"title,omitempty"`               // position
	Organization string     `yaml:"organization,omitempty" json:"organization,omitempty"` // newsroom, group or firm
	Street       []string   `yaml:"street" json:"street"`
	City         string     `yaml:"city" json:"city"`
	State        string     `yaml:"state" json:"state"`
	ZIP          string     `yaml:"zip" json:"zip"`
	Country      string     `yaml:"country,omitempty" json:"country,omitempty"` // empty: United States
	Email        string     `yaml:"email,omitempty" json:"email,omitempty"`
	Phone        string     `yaml:"phone,omitempty" json:"phone,omitempty"`
	CoSigners    []CoSigner `yaml:"co_signers,omitempty" json:"co_signers,omitempty"`

	SignatureImage string `yaml:"signature_image,omitempty" json:"-"` // a PNG or JPEG file, set over the name

	Answers map[string]any `yaml:"answers,omitempty" json:"answers,omitempty"` // standing answers to template fields
}

// CoSigner signs beside the requester.
type CoSigner struct {
	Name         string `yaml:"name" json:"name"`
	Title        string `yaml:"title,omitempty" json:"title,omitempty"`
	Organization string `yaml:"organization,omitempty" json:"organization,omitempty"`
}
