package docket

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"foia/internal/law"
	"foia/internal/workday"
)

// Request is what was frozen when a letter was made. Nothing in it changes
// afterwards; what happens later are events.
type Request struct {
	ID             string            `json:"id"` // the user's own number: 2026-0007
	Subject        string            `json:"subject"`
	Created        workday.Date      `json:"created"`   // the date of the letter
	Law            string            `json:"law"`       // us-federal
	Office         json.RawMessage   `json:"office"`    // the directory record as it stood
	OfficeID       string            `json:"office_id"` // treasury-irs
	Agency         string            `json:"agency"`    // Department of the Treasury
	Component      string            `json:"component"` // Internal Revenue Service
	Via            string            `json:"via"`       // portal, mail, fax, email
	Requester      json.RawMessage   `json:"requester"` // who asks, as it stood
	Template       string            `json:"template"`
	TemplateSHA256 string            `json:"template_sha256"`
	Answers        json.RawMessage   `json:"answers"`
	Folder         string            `json:"folder"`    // below the workspace, with forward slashes
	Documents      []Document        `json:"documents"` // the frozen files
	Facts          map[string]string `json:"facts"`     // what the log shows of the answers: fee_category, fee_waiver, expedited
	Fingerprint    string            `json:"fingerprint"`
	Sample         bool              `json:"sample,omitempty"`
	Parent         string            `json:"parent,omitempty"`   // id of the request that the agency referred here
	Campaign       string            `json:"campaign,omitempty"` // the batch that it was made in
	Series         *Series           `json:"series,omitempty"`   // of a recurring request: its series and period
	Kept           []Kept            `json:"kept,omitempty"`     // until when what it asks for must be there, where that was read
}

// Document is one frozen file of a request.
type Document struct {
	Name   string `json:"name"`   // below the request's folder
	SHA256 string `json:"sha256"` // hex
	Size   int64  `json:"size"`   // bytes

	Original string `json:"original,omitempty"` // what a received file was called before foia kept it
}

// Digest returns the SHA-256, in hex, of the request's JSON: fields in the
// order of the struct, map keys sorted. The first event of the request holds
// it, so that the chain of events also guards what was frozen.
func (r Request) Digest() (string, error) {
	b, err := json.Marshal(r)
	if err != nil {
		return "", fmt.Errorf("request %s cannot be written as JSON: %w", r.ID, err)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:]), nil
}

// OfficeName is the name of the office that answers the request.
func (r Request) OfficeName() string { return cmp.Or(r.Component, r.Agency) }

// UnderLaw is the id of the law that the request was made under. Requests of old logs name none if it is the federal one.
func (r Request) UnderLaw() string { return cmp.Or(r.Law, law.Federal) }

// FromTracker is the template of a request that was taken over from another tracker: there is none.
const FromTracker = "imported"

// Imported tells whether the request was taken over from another tracker. What it rests on is a row; its letter is not here.
func (r Request) Imported() bool { return r.Template == FromTracker }

// Document returns the frozen file that has that name in the first version of a request.
func (r Request) Document(name string) (Document, bool) {
	for _, d := range r.Documents {
		if d.Name == name || firstName(d.Name) == name {
			return d, true
		}
	}
	return Document{}, false
}
