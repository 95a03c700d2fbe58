package logbook

import (
	"encoding/json"
	"fmt"
	"strconv"

	"foia/internal/agency"
	"foia/internal/docket"
	"foia/internal/workspace"
)

// openChild opens the request that stands for what another office has now: with
// its own number, time and log, and the letters of the first one.
func (t *Turn) openChild(o *agency.Office, p docket.Proposed, e *docket.Event, basis docket.Basis) (*docket.Request, error) {
	if o == nil {
		return nil, fmt.Errorf("the office that %s was referred to was not looked up", e.Request)
	}
	parent, view := p.Request, docket.At(p.Request, p.Events, t.Today, basis)
	id, err := t.NextID(t.Today.Year())
	if err != nil {
		return nil, err
	}
	child := parent
	child.ID, child.Parent, child.Created, child.Via = id, parent.ID, e.On, ""
	child.OfficeID, child.Law, child.Agency, child.Component = o.ID, o.UnderLaw(), o.AgencyName(), o.ComponentName()
	child.Folder = workspace.RequestFolder(id, workspace.Slug(o.Abbreviation, "referred from "+parent.ID))
	child.Fingerprint, child.Documents, child.Series = "", nil, nil
	if child.Office, err = json.Marshal(o); err != nil {
		return nil, fmt.Errorf("the office cannot be written as JSON: %w", err)
	}
	text := fmt.Sprintf("%s referred request %s, or records of it, to %s.\nThe letter is in the folder of %s.\n", parent.OfficeName(),
		parent.ID, o.Name, parent.ID)
	files := []workspace.File{{Name: "referral.txt", Data: []byte(text)}}
	if err := t.Stage(child.Folder, files); err != nil {
		return nil, err
	}
	child.Documents = []docket.Document{workspace.DocumentOf(files[0])}
	first := docket.Event{Request: id, Kind: docket.Drafted, On: e.On,
		Data: map[string]string{"template": parent.Template, "referred_from": parent.ID, "event": strconv.Itoa(e.Seq),
			"request_date": view.RequestDate().String()}}
	if err := t.AddRequest(child, first, files); err != nil {
		return nil, err
	}
	e.Data["to"], e.Data["child"] = o.ID, id
	// When the other office received it, its own letter will say. Within one department
	// the time begins ten working days after any of its offices had the request at the
	// latest, 5 U.S.C. 552(a)(6)(A).
	data := map[string]string{"by": "mail", "referred-by": parent.OfficeName(),
		"note": "referred by " + parent.OfficeName() + ", request " + parent.ID}
	if received := view.State().FirstReceived; child.Agency == parent.Agency && e.Whole() && !received.IsZero() {
		data["first-received"] = received.String()
	}
	_, err = t.AddEvent(docket.Event{Request: id, Kind: docket.Sent, On: e.On, Data: data})
	hands := docket.HandsOf(p.Events)
	if err != nil || !hands.Private {
		return &child, err
	}
	_, err = t.arrange(id, func(h docket.Hands) []docket.Event { return h.Hide(hands.Sees(), t.By) })
	return &child, err
}
