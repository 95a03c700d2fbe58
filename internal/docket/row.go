package docket

import (
	"reflect"
	"slices"
	"strings"

	"foia/internal/workday"
)

// Row is one line of the tracking log: a request as a table shows it. Every
// value is text; what is unknown or has not happened is empty. Days are ISO
// dates.
//
// The struct is the one list of the log's columns: the JSON keys are its tags,
// in this order, and ColumnNames and Cells follow it.
type Row struct {
	ID             string `json:"id"`
	Subject        string `json:"subject"`
	Agency         string `json:"agency"`
	Component      string `json:"component"`
	TrackingNumber string `json:"tracking_number"` // the agency's
	FiledVia       string `json:"filed_via"`       // portal, mail, fax, email
	Sent           string `json:"sent"`
	Received       string `json:"received"` // by the component that processes it
	Due            string `json:"due"`
	Status         string `json:"status"`  // where the request stands
	Outcome        string `json:"outcome"` // what the agency decided
	FeeCategory    string `json:"fee_category"`
	FeeWaiver      string `json:"fee_waiver"`
	Expedited      string `json:"expedited"`
	AppealBy       string `json:"appeal_by"`
	LastEvent      string `json:"last_event"` // such as drafted 2026-11-23
	NextStep       string `json:"next_step"`
	Folder         string `json:"folder"` // below the workspace, with forward slashes
	Series         string `json:"series"` // id of the first request of the series
	Period         string `json:"period"` // for which a recurring request asks
	Assigned       string `json:"assigned"`
	Tags           string `json:"tags"`
}

// ColumnNames returns the headings of the tracking log, in the order of Row:
// its JSON keys with spaces, such as "tracking number".
func ColumnNames() []string {
	row := reflect.TypeFor[Row]()
	names := make([]string, row.NumField())
	for i := range names {
		names[i] = strings.ReplaceAll(row.Field(i).Tag.Get("json"), "_", " ")
	}
	return names
}

// Cells returns the values of the row, in the order of ColumnNames.
func (r Row) Cells() []string {
	v := reflect.ValueOf(r)
	cells := make([]string, v.NumField())
	for i := range cells {
		cells[i] = v.Field(i).String()
	}
	return cells
}

// OfficeName is the name of the office that answers the request.
func (r Row) OfficeName() string {
	return Request{Agency: r.Agency, Component: r.Component}.OfficeName()
}

// RowOf is the row of a request as it stands on a day.
func RowOf(r Request, s State, today workday.Date) Row {
	s = s.On(today)
	row := Row{
		ID: r.ID, Subject: r.Subject, Agency: r.Agency, Component: r.Component, FiledVia: r.Via, Folder: r.Folder,
		TrackingNumber: strings.Join(s.Numbers, "; "), Sent: s.Sent.String(), Received: s.Received.String(),
		Status: string(s.Status), Outcome: s.Outcome,
		FeeCategory: s.Category, FeeWaiver: s.Waiver.State, Expedited: s.Expedition.State,
		Assigned: s.Assigned, Tags: strings.Join(s.Tags, "; "),
		LastEvent: strings.TrimSpace(string(s.Last.Kind) + " " + s.Last.On.String()),
	}
	if s.Last.Undated() && s.Last.Kind != "" {
		row.LastEvent += " (day not known)"
	}
	for _, d := range s.Deadlines {
		switch {
		case !d.Open() || d.Due.IsZero():
		case d.What == DueAppealDecision, slices.Contains(answers, d.What) && (row.Due == "" || d.What == DueDetermination):
			row.Due = d.Due.String()
		case d.What == DueAppeal && (row.AppealBy == "" || d.Due.String() < row.AppealBy):
			row.AppealBy = d.Due.String()
		}
	}
	row.Series, row.Period = r.Series.row()
	step := Next(r, s, today)
	row.NextStep = step.What
	switch {
	case step.What == "none":
		row.NextStep += ": " + step.Why
	case !step.By.IsZero() && step.What == "wait":
		row.NextStep += " until " + step.By.String()
	case !step.By.IsZero():
		row.NextStep += " by " + step.By.String()
	}
	return row
}
