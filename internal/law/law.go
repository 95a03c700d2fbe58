// Package law is about the statutes and regulations that bind an office: what
// a request must contain, what it may ask for, and where each rule stands.
//
// The rules are data (federal.yaml), each with its citation and the place where
// its text was read. Code only looks them up: no citation stands in Go.
package law

// Provision is one rule, on one topic, in one text.
type Provision struct {
	Topic string // such as "postal-address"; the list of topics is in federal.yaml
	Cite  string // as printed in a letter: 26 C.F.R. § 601.702(c)(4)(i)(F)
	Says  string // the rule in our words
	Read  string // where and when the operative text was read
	Value string // a number or word that the rule gives, if the topic has one
}

// Text is a statute or a regulation, with the provisions that foia uses.
type Text struct {
	ID         string // foia, irs, treasury, dhs, doj
	Name       string
	Cite       string
	AsOf       string      // the date of the copy that was read
	Offices    []string    // ids of the offices it binds; "dhs-*" binds every component
	Provisions []Provision // by topic
}

// Regime is the law that binds one office: its own regulation first, then the
// department's, then the statute.
type Regime struct {
	Office string // id
	Texts  []*Text
}
