package press

import (
	"encoding/json"
	"fmt"
	"strings"

	"foia/internal/agency"
	"foia/internal/docket"
	"foia/internal/letter"
	"foia/internal/remedy"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// Stock is what letters are made with: templates, offices, and the press.
type Stock struct {
	*Press
	Library   *letter.Library
	Directory *agency.Directory
}

// NewStock gathers what letters are made with in a folder.
func NewStock(w *workspace.Workspace, library *letter.Library, directory *agency.Directory) (*Stock, error) {
	p, err := New(w)
	if err != nil {
		return nil, err
	}
	return &Stock{Press: p, Library: library, Directory: directory}, nil
}

// OfficeOf is the office as the directory has it now, or as it stood when the
// request was made if the directory no longer has it.
func (s *Stock) OfficeOf(r docket.Request) (agency.Office, error) {
	if o, ok := s.Directory.Get(r.OfficeID); ok {
		return o, nil
	}
	return FrozenOffice(r)
}

// RequesterOf is the one who made the request, with the address of today.
func (p *Press) RequesterOf(r docket.Request) (letter.Requester, error) {
	var frozen letter.Requester
	if err := json.Unmarshal(r.Requester, &frozen); err != nil {
		return frozen, fmt.Errorf("the log's record of the requester of %s cannot be read: %w", r.ID, err)
	}
	now, ok, err := p.w.Config.Requester(frozen.ID)
	if err == nil && ok && now.Name == frozen.Name {
		return now, nil
	}
	return frozen, nil
}

// FrozenOffice is the office as it stood when the request was made.
func FrozenOffice(r docket.Request) (o agency.Office, err error) {
	if err = json.Unmarshal(r.Office, &o); err != nil {
		err = fmt.Errorf("the log's record of the office of %s cannot be read: %w", r.ID, err)
	}
	return o, err
}

// TemplateOf is the template of a request by the name that the log has of it, which for a
// letter of a pack is PACK/LETTER.
func TemplateOf(library *letter.Library, name string) (*letter.Template, error) {
	packID, inner, isPack := strings.Cut(name, "/")
	if !isPack {
		return library.Template(name)
	}
	pack, err := library.Pack(packID)
	if err != nil {
		return nil, err
	}
	for _, l := range pack.Letters {
		if l.Name == inner {
			return library.Template(l.Template)
		}
	}
	return nil, remedy.Misuse(fmt.Sprintf("the pack %s no longer has the letter “%s”", packID, inner),
		"put it back, or see what the pack has: "+remedy.To(remedy.Template, packID).String())
}

// Refill fills the letter of a request again with what was frozen of it: office, requester,
// answers and date. The template is that of today, whose SHA-256 may differ from the frozen one.
func (p *Press) Refill(r docket.Request, library *letter.Library, today workday.Date) (*letter.Draft, error) {
	if r.Imported() {
		return nil, remedy.Misuse(r.ID+" was taken over from another tracker: its letter is not here",
			"see what it rests on: "+remedy.To(remedy.Show, r.ID).String())
	}
	t, err := TemplateOf(library, r.Template)
	if err != nil {
		return nil, err
	}
	o, err := FrozenOffice(r)
	if err != nil {
		return nil, err
	}
	var who letter.Requester
	answers := letter.Answers{}
	for raw, into := range map[*json.RawMessage]any{&r.Requester: &who, &r.Answers: &answers} {
		if err := json.Unmarshal(*raw, into); err != nil {
			return nil, fmt.Errorf("what was frozen of %s cannot be read: %w", r.ID, err)
		}
	}
	book, err := p.w.Laws()
	if err != nil {
		return nil, err
	}
	return letter.Fill(letter.Order{Template: t, Regime: book.For(o.ID, o.Law), Office: o, Channel: agency.Channel(r.Via), Requester: who,
		Date: r.Created, ID: r.ID, Layers: []letter.Layer{{Answers: answers, File: AnswersName}}, Sample: r.Sample,
		Charset: p.Charset(), Dates: p.Dates(today)})
}
