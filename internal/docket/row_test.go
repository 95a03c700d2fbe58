package docket

import (
	"encoding/json"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"foia/internal/law"
	"foia/internal/workday"
)

// The columns, as the manual names them. Other programs rely on their order.
const columns = "id, subject, agency, component, tracking number, filed via, sent, received, due, status, outcome, " +
	"fee category, fee waiver, expedited, appeal by, last event, next step, folder, series, period, assigned, tags"

func TestColumnNames(t *testing.T) {
	if got := strings.Join(ColumnNames(), ", "); got != columns {
		t.Errorf("got  %s\nwant %s", got, columns)
	}
}

func TestRowKeysAreTheColumns(t *testing.T) {
	b, err := json.Marshal(Row{})
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	for _, m := range regexp.MustCompile(`"([a-z_]+)":`).FindAllStringSubmatch(string(b), -1) {
		keys = append(keys, strings.ReplaceAll(m[1], "_", " "))
	}
	if !slices.Equal(keys, ColumnNames()) {
		t.Errorf("the JSON of a row has %v", keys)
	}
}

func TestCells(t *testing.T) {
	var row Row
	fields := reflect.ValueOf(&row).Elem()
	for i := range fields.NumField() {
		fields.Field(i).SetString(ColumnNames()[i])
	}
	if got := row.Cells(); !slices.Equal(got, ColumnNames()) {
		t.Errorf("got %v", got)
	}
	if row.TrackingNumber != "tracking number" || row.Folder != "folder" {
		t.Errorf("got %+v", row)
	}
}

func TestRowOf(t *testing.T) {
	r := Request{ID: "2026-0007", Subject: "the agreement", Agency: "Department of the Treasury", Component: "Internal Revenue Service",
		OfficeID: "treasury-irs", Law: law.Federal, Via: "portal", Folder: "requests/2026-0007-irs",
		Facts: map[string]string{"fee_category": "media", "fee_waiver": "asked", "expedited": "asked"}}
	events := []Event{{Request: r.ID, Seq: 1, Kind: Drafted, On: workday.MustDate("2025-04-07")}}
	row := func(day string) Row {
		on := workday.MustDate(day)
		return RowOf(r, Fold(r, Known(events, on), basis(t)), on)
	}
	want := Row{ID: "2026-0007", Subject: "the agreement", Agency: "Department of the Treasury", Component: "Internal Revenue Service",
		FiledVia: "portal", Status: "drafted", FeeCategory: "media", FeeWaiver: "asked", Expedited: "asked",
		LastEvent: "drafted 2025-04-07", NextStep: "file it through the portal, then record the date", Folder: "requests/2026-0007-irs"}
	if got := row("2025-04-07"); got != want {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	events = append(events,
		Event{Seq: 2, Kind: Sent, On: workday.MustDate("2025-04-08"), Data: map[string]string{"by": "portal"}},
		Event{Seq: 3, Kind: Acknowledged, On: workday.MustDate("2025-04-09"),
			Data: map[string]string{"tracking": "2025-1", "received": "2025-04-08"}},
		Event{Seq: 4, Kind: Acknowledged, On: workday.MustDate("2025-04-10"), Data: map[string]string{"tracking": "2025-2"}},
		Event{Seq: 5, Kind: Determination, On: workday.MustDate("2025-05-06"),
			Data: map[string]string{"outcome": "denied", "exemptions": "b5"}})
	want.Status, want.Sent, want.Received, want.Due, want.TrackingNumber = "processing", "2025-04-08", "2025-04-08", "2025-05-06",
		"2025-1; 2025-2"
	want.LastEvent, want.NextStep, want.Expedited = "acknowledged 2025-04-10", "ask for the decision on expedited processing", "ignored"
	if got := row("2025-04-30"); got != want {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	want.Status, want.Outcome, want.Due, want.AppealBy, want.Expedited, want.FeeWaiver = "determined", "denied", "", "2025-06-10",
		"not decided", "not decided"
	want.LastEvent, want.NextStep = "determination 2025-05-06", "decide whether to appeal the determination by 2025-06-10"
	if got := row("2025-05-07"); got != want {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

// How a letter goes out, and that a sample never does.
func TestFilingStep(t *testing.T) {
	for _, row := range []struct {
		via    string
		sample bool
		want   string
	}{
		{"portal", false, "file it through the portal, then record the date"},
		{"mail", false, "print, sign and mail it, then record the date"},
		{"fax", false, "print, sign and fax it, then record the date"},
		{"email", false, "e-mail it with the letter attached, then record the date"},
		{"", false, "find out how the office accepts requests and file it, then record the date"},
		{"portal", true, "none: this is a sample, not for filing"},
	} {
		r := Request{Via: row.via, Sample: row.sample}
		day := workday.MustDate("2025-04-07")
		got := RowOf(r, Fold(r, []Event{{Seq: 1, Kind: Drafted, On: day}}, basis(t)), day).NextStep
		if got != row.want {
			t.Errorf("%s: got %q, want %q", row.via, got, row.want)
		}
	}
}
