package docket

import (
	"reflect"
	"strings"
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

// RowOf derives the row of a request from what was frozen and what happened.
// The events are those of the request, in the order of their entry.
func RowOf(r Request, events []Event) Row {
	row := Row{
		ID: r.ID, Subject: r.Subject, Agency: r.Agency, Component: r.Component, FiledVia: r.Via, Folder: r.Folder,
		FeeCategory: r.Facts["fee_category"], FeeWaiver: r.Facts["fee_waiver"], Expedited: r.Facts["expedited"],
	}
	if len(events) == 0 {
		return row
	}
	last := events[len(events)-1]
	row.Status = string(last.Kind)
	row.LastEvent = strings.TrimSpace(string(last.Kind) + " " + last.On.String())
	if last.Kind == Drafted {
		row.NextStep = filingStep(r)
	}
	return row
}

// filingStep is what the user does with a letter that has not gone out.
func filingStep(r Request) string {
	if r.Sample {
		return "none: this is a sample, not for filing"
	}
	how, known := map[string]string{
		"portal": "file it through the portal",
		"mail":   "print, sign and mail it",
		"fax":    "print, sign and fax it",
		"email":  "email it with the letter attached",
	}[r.Via]
	if !known {
		how = "find out how the office takes requests and file it"
	}
	return how + ", then record the day"
}
