package filing

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"

	"foia/internal/agency"
	"foia/internal/docket"
	"foia/internal/letter"
	"foia/internal/portal"
	"foia/internal/workspace"
)

// The files of a request's folder.
const (
	PDFName     = "letter.pdf"
	TextName    = "letter.md"
	PartsName   = "letter.json"
	AnswersName = "answers.yaml"
	PortalText  = "portal.txt"
	PortalJSON  = "portal.json"
)

type made struct {
	files []workspace.File
	pages int
}

// typesetting is the outcome of setting one letter.
type typesetting struct {
	made made
	err  error
}

// startTypesetting sets a letter beside whatever else is done.
func (d *Desk) startTypesetting(draft *letter.Draft, p Planned) <-chan typesetting {
	out := make(chan typesetting, 1)
	go func() {
		m, err := d.typeset(draft, p)
		out <- typesetting{m, err}
	}()
	return out
}

// typeset makes the files of one request. The letter is rendered once: what is
// kept is what is sent.
func (d *Desk) typeset(draft *letter.Draft, p Planned) (made, error) {
	file, err := d.Press.Typeset(draft.Document, draft.Requester.ID)
	if err != nil {
		return made{}, err
	}
	answers, err := Answers(draft, p.Name)
	if err != nil {
		return made{}, err
	}
	parts, err := draft.Document.JSON()
	if err != nil {
		return made{}, err
	}
	m := made{pages: file.Pages, files: []workspace.File{
		{Name: PDFName, Data: file.Bytes},
		{Name: TextName, Data: []byte(draft.Document.Markdown())},
		{Name: PartsName, Data: parts},
		{Name: AnswersName, Data: answers},
	}}
	if !draft.Office.Takes(agency.Portal) {
		return m, nil
	}
	form, err := portal.Fill(draft, PDFName)
	if err != nil {
		return made{}, err
	}
	fields, err := form.JSON()
	if err != nil {
		return made{}, err
	}
	m.files = append(m.files, workspace.File{Name: PortalText, Data: form.Text()}, workspace.File{Name: PortalJSON, Data: fields})
	return m, nil
}

// AnswersFile is answers.yaml: everything that the letter was made from, so that
// it can be checked, corrected and made again.
type AnswersFile struct {
	Template string         `yaml:"template"`
	Office   string         `yaml:"office"`
	Via      string         `yaml:"via,omitempty"`
	Date     string         `yaml:"date,omitempty"`
	Answers  map[string]any `yaml:"answers"`
}

// answersHead is AnswersFile without the answers.
type answersHead struct {
	Template string `yaml:"template"`
	Office   string `yaml:"office"`
	Via      string `yaml:"via,omitempty"`
	Date     string `yaml:"date,omitempty"`
}

// lastAnswers is the block of answers that was written last: the letters of a batch
// often share them, and YAML takes longer than to see that.
var lastAnswers struct {
	sync.Mutex
	answers string // as JSON
	block   []byte
}

// answersBlock writes the answers as they appear in answers.yaml.
func answersBlock(answers letter.Answers) ([]byte, error) {
	key, err := json.Marshal(answers)
	if err != nil {
		return nil, err
	}
	lastAnswers.Lock()
	defer lastAnswers.Unlock()
	if lastAnswers.answers == string(key) {
		return lastAnswers.block, nil
	}
	block, err := yaml.MarshalWithOptions(struct {
		Answers map[string]any `yaml:"answers"`
	}{answers}, yaml.UseLiteralStyleIfMultiline(true))
	if err == nil {
		lastAnswers.answers, lastAnswers.block = string(key), block
	}
	return block, err
}

// Answers writes answers.yaml.
func Answers(d *letter.Draft, name string) ([]byte, error) {
	b, err := yaml.MarshalWithOptions(answersHead{Template: name, Office: d.Office.ID, Via: string(d.Channel), Date: d.Date.String()})
	if err == nil {
		var own []byte
		if own, err = answersBlock(d.Answers); err == nil {
			b = append(b, own...)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("the answers cannot be written as YAML: %w", err)
	}
	head := "# What this letter was made from. Copy the file, change the copy, and give that as the\n" +
		"# answers of a new request. This file itself is part of the record: a change is noticed\n" +
		"# when the log is verified.\n"
	return append([]byte(head), b...), nil
}

// freeze is the request as the log keeps it.
func freeze(p Planned, d *letter.Draft, folder string, files []workspace.File) (docket.Request, error) {
	r := docket.Request{
		ID: p.Order.ID, Subject: d.Answers.Text("subject"), Created: d.Date, Law: lawOf(d.Office), OfficeID: d.Office.ID,
		Agency: d.Office.Name, Via: string(d.Channel), Template: p.Name, TemplateSHA256: d.Template.SHA256,
		Folder: folder, Fingerprint: p.Digest, Sample: d.Sample, Facts: facts(d), Series: p.memberAs(p.Order.ID),
	}
	if d.Office.ParentName != "" {
		r.Agency, r.Component = d.Office.ParentName, d.Office.Name
	}
	for into, from := range map[*json.RawMessage]any{&r.Office: d.Office, &r.Requester: d.Requester, &r.Answers: d.Answers} {
		b, err := json.Marshal(from)
		if err != nil {
			return r, fmt.Errorf("the request cannot be written as JSON: %w", err)
		}
		*into = b
	}
	for _, f := range files {
		r.Documents = append(r.Documents, workspace.DocumentOf(f))
	}
	return r, nil
}

func lawOf(o agency.Office) string {
	if o.Law != "" {
		return o.Law
	}
	return "us-federal"
}

// facts are the answers that the tracking log shows.
func facts(d *letter.Draft) map[string]string {
	a := d.Answers
	f := map[string]string{"fee_category": a.Text("fee_category"), "fee_waiver": "not asked", "expedited": "not asked"}
	if a.Yes("fee_waiver") {
		f["fee_waiver"] = "asked"
	}
	if a.Yes("expedite") {
		f["expedited"] = "asked"
	}
	if language := d.Template.LanguageName(); language != "English" { // of which the log says nothing
		f["language"] = language
	}
	return f
}

func recordsText(records []letter.Record) string {
	var parts []string
	for _, r := range records {
		parts = append(parts, r.Title+" "+r.Text)
	}
	return strings.Join(parts, "\n")
}
