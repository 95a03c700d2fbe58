package press

import (
	"encoding/json"
	"fmt"

	"foia/internal/agency"
	"foia/internal/docket"
	"foia/internal/letter"
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
