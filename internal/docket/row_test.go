package docket

import (
	"encoding/json"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"foia/internal/workday"
)

// The columns, as the manual names them. Other programs rely on their order.
const columns = "id, subject, agency, component, tracking number, filed via, sent, received, due, status, outcome, " +
	"fee category, fee waiver, expedited, appeal by, last event, next step, folder"

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
		Via: "portal", Folder: "requests/2026-0007-irs",
		Facts: map[string]string{"fee_category": "media", "fee_waiver": "asked", "expedited": "not asked"}}
	drafted := Event{Request: r.ID, Seq: 1, Kind: Drafted, On: workday.MustDate("2026-11-23")}
	want := Row{ID: "2026-0007", Subject: "the agreement", Agency: "Department of the Treasury", Component: "Internal Revenue Service",
		FiledVia: "portal", Status: "drafted", FeeCategory: "media", FeeWaiver: "asked", Expedited: "not asked",
		LastEvent: "drafted 2026-11-23", NextStep: "file it through the portal, then record the day", Folder: "requests/2026-0007-irs"}
	if got := RowOf(r, []Event{drafted}); got != want {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	want.Status, want.LastEvent, want.NextStep = "", "", ""
	if got := RowOf(r, nil); got != want {
		t.Errorf("without events: got %+v", got)
	}
	later := Event{Request: r.ID, Seq: 2, Kind: "sent", On: workday.MustDate("2026-11-24")}
	want.Status, want.LastEvent = "sent", "sent 2026-11-24"
	if got := RowOf(r, []Event{drafted, later}); got != want {
		t.Errorf("after another event: got %+v", got)
	}
}

func TestNextStep(t *testing.T) {
	for _, row := range []struct {
		via    string
		sample bool
		want   string
	}{
		{"portal", false, "file it through the portal, then record the day"},
		{"mail", false, "print, sign and mail it, then record the day"},
		{"fax", false, "print, sign and fax it, then record the day"},
		{"email", false, "email it with the letter attached, then record the day"},
		{"", false, "find out how the office takes requests and file it, then record the day"},
		{"portal", true, "none: this is a sample, not for filing"},
	} {
		got := RowOf(Request{Via: row.via, Sample: row.sample}, []Event{{Kind: Drafted}}).NextStep
		if got != row.want {
			t.Errorf("%s: got %q, want %q", row.via, got, row.want)
		}
	}
}
