package filing

import (
	"encoding/json"
	"fmt"
	"strings"

	"foia/internal/agency"
	"foia/internal/docket"
	"foia/internal/letter"
	"foia/internal/portal"
	"foia/internal/preflight"
	"foia/internal/press"
	"foia/internal/workspace"
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
		m, err := d.typeset(draft, p.Name, 1)
		out <- typesetting{m, err}
	}()
	return out
}

// typeset makes the files of a version of one request. The letter is rendered once: what is
// kept is what is sent. name is that of its template, or of its pack and letter.
func (d *Desk) typeset(draft *letter.Draft, name string, version int) (made, error) {
	called := func(name string) string { return docket.VersionName(name, version) }
	file, err := d.Typeset(draft.Document, draft.Requester.ID)
	if err != nil {
		return made{}, err
	}
	answers, err := d.AnswersFile(draft, name)
	if err != nil {
		return made{}, err
	}
	parts, err := draft.Document.JSON()
	if err != nil {
		return made{}, err
	}
	m := made{pages: file.Pages, files: []workspace.File{
		{Name: called(press.PDFName), Data: file.Bytes},
		{Name: called(press.TextName), Data: []byte(draft.Document.Markdown())},
		{Name: called(press.PartsName), Data: parts},
		{Name: called(press.AnswersName), Data: answers},
	}}
	if !draft.Office.Takes(agency.Portal) {
		return m, nil
	}
	form, err := portal.Fill(draft, called(press.PDFName))
	if err != nil {
		return made{}, err
	}
	fields, err := form.JSON()
	if err != nil {
		return made{}, err
	}
	m.files = append(m.files, workspace.File{Name: called(press.PortalText), Data: form.Text()},
		workspace.File{Name: called(press.PortalJSON), Data: fields})
	return m, nil
}

// freeze is the request as the log keeps it.
func freeze(p Planned, d *letter.Draft, folder string, files []workspace.File) (docket.Request, error) {
	r := docket.Request{
		ID: p.Order.ID, Subject: d.Answers.Text("subject"), Created: d.Date, Law: d.Office.UnderLaw(), OfficeID: d.Office.ID,
		Agency: d.Office.AgencyName(), Component: d.Office.ComponentName(), Via: string(d.Channel), Template: p.Name,
		TemplateSHA256: d.Template.SHA256,
		Folder:         folder, Fingerprint: p.Digest, Sample: d.Sample, Facts: facts(d), Series: p.memberAs(p.Order.ID),
	}
	for _, k := range preflight.KeptOf(d) {
		r.Kept = append(r.Kept, docket.Kept(k))
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
