package logbook

import (
	"testing"

	"foia/internal/docket"
	"foia/internal/store"
)

func TestFilter(t *testing.T) {
	s := store.Standing{
		Request: docket.Request{OfficeID: "dhs-ice", Agency: "Department of Homeland Security",
			Component: "U.S. Immigration and Customs Enforcement"},
		State: docket.State{Status: docket.IsWaiting, Hands: docket.Hands{Assigned: "Ana", Tags: []string{"court", "urgent"}}},
	}
	for _, row := range []struct {
		filter Filter
		want   bool
	}{
		{Filter{}, true},
		{Filter{Office: []string{"treasury-irs", "dhs-ice"}}, true},
		{Filter{Office: []string{"treasury-irs"}}, false},
		{Filter{Office: []string{"treasury-irs"}, Agency: "homeland"}, true},
		{Filter{Agency: "ENFORCEMENT immig u.s."}, true},
		{Filter{Agency: "security, customs"}, true},
		{Filter{Agency: "security treasury"}, false},
		{Filter{Agency: "ecurity"}, false},
		{Filter{Agency: "…"}, false},
		{Filter{Assigned: "ana"}, true},
		{Filter{Assigned: "ben"}, false},
		{Filter{Assigned: Nobody}, false},
		{Filter{Tag: "court"}, true},
		{Filter{Tag: "cour"}, false},
		{Filter{Status: "waiting for you"}, true},
		{Filter{Status: "sent"}, false},
		{Filter{OpenOnly: true, PublicOnly: true, Tag: "urgent", Assigned: "ANA"}, true},
	} {
		if got := row.filter.Takes(s); got != row.want {
			t.Errorf("%+v: %v", row.filter, got)
		}
	}
	s.State.Status, s.State.Private, s.State.Assigned = docket.IsClosed, true, ""
	for _, f := range []Filter{{OpenOnly: true}, {PublicOnly: true}} {
		if f.Takes(s) {
			t.Errorf("%+v takes a closed, private request", f)
		}
	}
	if !(Filter{Assigned: Nobody}).Takes(s) {
		t.Error("nobody works on it")
	}
}
