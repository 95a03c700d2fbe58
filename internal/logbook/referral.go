package logbook

import (
	"foia/internal/agency"
	"foia/internal/docket"
)

// ReferredTo is the office that a referral names; nil for other events, and where none is named.
func ReferredTo(e docket.Event, offices func() (*agency.Directory, error)) (*agency.Office, error) {
	if e.Kind != docket.Referred || e.Data["to"] == "" {
		return nil, nil
	}
	all, err := offices()
	if err != nil {
		return nil, err
	}
	match, err := all.Find(e.Data["to"])
	if err != nil {
		return nil, err
	}
	return &match.Office, nil
}
