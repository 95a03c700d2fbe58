package remedy

import (
	"slices"
	"strings"
)

// Verb is a use case of the program. What it is called where a person meets it, as a
// command or as a page, only a face knows.
type Verb string

// The use cases that advice names. The comment says what stands for what: the words of
// an act, in order.
const (
	// What happens to requests.
	New     Verb = "new"     // template or pack
	Change  Verb = "change"  // request that was not sent
	Discard Verb = "discard" // requests that were not sent
	Record  Verb = "record"  // request, kind of event
	Make    Verb = "make"    // request, letter
	Paper   Verb = "paper"   // request, kind of paper
	Send    Verb = "send"    // requests: a letter, by e-mail
	Batch   Verb = "batch"   // list of offices
	Redact  Verb = "redact"  // request with a received file

	// Who may see a request.
	Hide    Verb = "hide"    // request
	Publish Verb = "publish" // request

	// What can be looked at.
	Show      Verb = "show"      // request
	Next      Verb = "next"      // request
	Explain   Verb = "explain"   // request: how its dates are counted
	Letters   Verb = "letters"   // request: the letters that it may get
	Events    Verb = "events"    // what can be recorded
	Papers    Verb = "papers"    // what can be made of a letter
	Campaign  Verb = "campaign"  // campaign
	Campaigns Verb = "campaigns" //
	Lists     Verb = "lists"     // what a batch takes

	// What is known.
	Law          Verb = "law"           // law
	Laws         Verb = "laws"          //
	CheckLaw     Verb = "check-law"     // file
	Office       Verb = "office"        // office
	Offices      Verb = "offices"       //
	FindOffice   Verb = "find-office"   // words
	AddOffice    Verb = "add-office"    //
	Correct      Verb = "correct"       // office
	Compare      Verb = "compare"       // office: the user's record of it with the built-in one
	Template     Verb = "template"      // template
	Templates    Verb = "templates"     //
	CopyTemplate Verb = "copy-template" // name of the new one
	FindSeries   Verb = "find-series"   // words, or the id of a series
	FindSubject  Verb = "find-subject"  // words
	Subject      Verb = "subject"       // subject
	Subjects     Verb = "subjects"      //

	// What is done with the log and its folder.
	Settings      Verb = "settings"       // writes them
	ShowSettings  Verb = "show-settings"  // a complete file, explained
	Verify        Verb = "verify"         //
	Export        Verb = "export"         // the log, as a spreadsheet
	Seal          Verb = "seal"           //
	Backup        Verb = "backup"         // file
	SetUpDatabase Verb = "setup-database" //
	GiveAccess    Verb = "give-access"    // person
	People        Verb = "people"         // who has access
	Writing       Verb = "writing"        // who holds a shared log; end: and is to be ended
	CopyLog       Verb = "copy-log"       //
	Replies       Verb = "replies"        // those that wait
	Serve         Verb = "serve"          // the desk in a browser
)

// Verbs are all use cases that advice names.
func Verbs() []Verb {
	return []Verb{New, Change, Discard, Record, Make, Paper, Send, Batch, Redact,
		Hide, Publish, Show, Next, Explain, Letters, Events, Papers, Campaign, Campaigns, Lists,
		Law, Laws, CheckLaw,
		Office, Offices, FindOffice, AddOffice, Correct, Compare, Template, Templates, CopyTemplate, FindSeries, FindSubject,
		Subject, Subjects, Settings, ShowSettings, Verify, Export,
		Seal, Backup,
		SetUpDatabase, GiveAccess, People, Writing, CopyLog, Replies, Serve}
}

// Act is something that a person can do with the program: a use case, what it is done
// to, and the details that go with it.
type Act struct {
	Verb    Verb
	Words   []string
	Details []Detail
}

// Detail is one detail of an act, by the name that it has in the log or in the question
// of a letter.
type Detail struct {
	Name, Value string
	Bare        bool // it has no value: it is there or not
	Answer      bool // it answers the question of a letter
}

// To is an act without details.
func To(verb Verb, words ...string) Act { return Act{Verb: verb, Words: words} }

// With is the act with one more detail.
func (a Act) With(name, value string) Act {
	a.Details = append(slices.Clip(a.Details), Detail{Name: name, Value: value})
	return a
}

// Answering is the act with the answer to a question of its letter.
func (a Act) Answering(field, value string) Act {
	a.Details = append(slices.Clip(a.Details), Detail{Name: field, Value: value, Answer: true})
	return a
}

// Saying is the act with a detail that has no value.
func (a Act) Saying(name string) Act {
	a.Details = append(slices.Clip(a.Details), Detail{Name: name, Bare: true})
	return a
}

// Detail is the value of a detail; empty if the act does not have it.
func (a Act) Detail(name string) string {
	for _, d := range a.Details {
		if d.Name == name {
			return d.Value
		}
	}
	return ""
}

// Has tells whether the act has a detail, with a value or without.
func (a Act) Has(name string) bool {
	return slices.ContainsFunc(a.Details, func(d Detail) bool { return d.Name == name })
}

// None tells whether there is nothing to do.
func (a Act) None() bool { return a.Verb == "" }

// Open stands for a word or value that the person has to fill in, such as a DATE.
func Open(what string) string { return string(openMark) + strip(what) }

// IsOpen tells whether a value is to be filled in, and what it is.
func IsOpen(value string) (what string, open bool) {
	return strings.CutPrefix(value, string(openMark))
}
