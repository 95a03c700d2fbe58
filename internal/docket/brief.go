package docket

import "slices"

// FoldVersion is raised when Fold gives other dates or other words for the same events,
// law and calendar, or tells more of them, so that what was kept of them is folded anew.
const FoldVersion = 19

// Brief is the request without what only its own page shows.
func (r Request) Brief() Request {
	return Request{ID: r.ID, Subject: r.Subject, Created: r.Created, Law: r.Law, OfficeID: r.OfficeID, Agency: r.Agency,
		Component: r.Component,
		Via:       r.Via, Template: r.Template, Folder: r.Folder, Facts: r.Facts, Sample: r.Sample, Parent: r.Parent, Campaign: r.Campaign,
		Series: r.Series}
}

// Brief is the state without the explanations of its dates, but with all that Next goes by: what a
// list proposes is what is proposed for the request alone.
func (s State) Brief() State {
	s.Deadlines = slices.Clone(s.Deadlines)
	for i, d := range s.Deadlines {
		s.Deadlines[i] = d.brief()
		s.Deadlines[i].Counted = d.Count != nil && d.Open() && s.Received.IsZero()
	}
	s.Remarks = nil
	s.Last = Event{Seq: s.Last.Seq, Kind: s.Last.Kind, On: s.Last.On}
	return s
}

func (d Deadline) brief() Deadline {
	says, other := d.Says, d.Other
	d.Count, d.Other, d.Says, d.Start, d.Added = nil, nil, "", "", ""
	if d.What == DueReminder || d.Lapses && d.Open() {
		d.Says = says
	}
	if !d.Open() {
		return d
	}
	for _, o := range other {
		_, duty := answersTo[d.What]
		switch {
		case duty || d.What == DueMessage:
			d.Other = append(d.Other, Reading{Due: o.Due})
		case d.What == DueAppeal && o.Untimed != "":
			d.Other = append(d.Other, Reading{Says: o.Says, Untimed: o.Untimed})
		case d.What == DueSuit && o.If != "":
			d.Other = append(d.Other, Reading{Due: o.Due, If: o.If, Cite: o.Cite})
		}
	}
	return d
}
