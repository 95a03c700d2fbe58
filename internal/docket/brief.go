package docket

import "slices"

// FoldVersion is raised when Fold gives other dates or other words for the same events,
// law and calendar, or tells more of them, so that what was kept of them is folded anew.
const FoldVersion = 16

// Brief is the request without what only its own page shows.
func (r Request) Brief() Request {
	return Request{ID: r.ID, Subject: r.Subject, Created: r.Created, Law: r.Law, OfficeID: r.OfficeID, Agency: r.Agency,
		Component: r.Component,
		Via:       r.Via, Template: r.Template, Folder: r.Folder, Facts: r.Facts, Sample: r.Sample, Parent: r.Parent, Campaign: r.Campaign,
		Series: r.Series}
}

// Brief is the state without the explanations of its dates.
func (s State) Brief() State {
	s.Deadlines = slices.Clone(s.Deadlines)
	for i := range s.Deadlines {
		d := &s.Deadlines[i]
		d.Count, d.Other, d.Says, d.Start, d.Added = nil, nil, "", "", ""
	}
	s.Remarks = nil
	s.Last = Event{Seq: s.Last.Seq, Kind: s.Last.Kind, On: s.Last.On}
	return s
}
