package main

import (
	"errors"
	"strings"

	"github.com/spf13/cobra"

	"foia/internal/agency"
	"foia/internal/docket"
	"foia/internal/logbook"
	"foia/internal/remedy"
	"foia/internal/workspace"
)

// findFlags choose requests of the whole log.
type findFlags struct {
	agency, assigned, tag, status string
	open                          bool
}

func (f *findFlags) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringVar(&f.agency, "agency", "", "only requests to this office: its id, or `words` in its name or its agency's")
	flags.StringVar(&f.status, "status", "", "only requests with this `status`, such as drafted, sent or determined")
	flags.BoolVar(&f.open, "open", false, "only requests that are not closed")
	f.addHands(cmd)
}

// addHands adds the flags about who works on a request.
func (f *findFlags) addHands(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.assigned, "assigned", "", "only requests assigned to this `person`; nobody for unassigned ones")
	cmd.Flags().StringVar(&f.tag, "tag", "", "only requests with this `tag`")
}

// filter is what the flags choose, without the offices, which the directory knows.
func (f *findFlags) filter(cmd *cobra.Command) (filter logbook.Filter, err error) {
	filter = logbook.Filter{Agency: f.agency, OpenOnly: f.open}
	given := cmd.Flags().Changed
	if given("agency") && strings.TrimSpace(f.agency) == "" {
		return filter, remedy.Misuse("--agency is empty", "give the id of an office, or words in its name")
	}
	if given("assigned") {
		if filter.Assigned, err = docket.ReadPerson(f.assigned); err != nil {
			return filter, err
		}
	}
	if given("tag") {
		if filter.Tag, err = docket.ReadTag(f.tag); err != nil {
			return filter, err
		}
	}
	if given("status") {
		status, err := docket.ReadStatus(f.status)
		filter.Status = string(status)
		return filter, err
	}
	return filter, nil
}

// knownOffices are the ids of the offices that words may mean; unknown says that the
// directory has none.
func knownOffices(w *workspace.Workspace, words string) (ids []string, unknown *agency.NotFound, err error) {
	offices, err := directory(w)
	if err != nil {
		return nil, nil, err
	}
	ids, err = officesNamed(offices, words)
	errors.As(err, &unknown)
	return ids, unknown, nil
}

// officesNamed are the ids of the offices that a word may mean: an office that only
// the log knows by its id, one of the directory, or several of one abbreviation.
func officesNamed(offices *agency.Directory, word string) ([]string, error) {
	ids := []string{strings.TrimSpace(word)}
	match, err := offices.Find(word)
	if err == nil {
		return append(ids, match.Asked.ID, match.Office.ID), nil
	}
	var several *agency.Ambiguous
	if errors.As(err, &several) {
		for _, o := range several.Candidates {
			ids = append(ids, o.ID)
		}
		return ids, nil
	}
	return ids, err
}
