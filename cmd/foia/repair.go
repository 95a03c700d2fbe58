package main

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"foia/internal/docket"
	"foia/internal/filing"
	"foia/internal/logbook"
	"foia/internal/remedy"
	"foia/internal/store"
)

// repair sets the files of drafts anew, and then looks at everything.
func (a *app) repair(cmd *cobra.Command, f verifyFlags) error {
	if f.asJSON || len(f.seals) > 0 || f.roots != "" {
		return remedy.Misuse("--repair goes with no other flag", "run foia verify with them afterwards")
	}
	w, stock, err := a.openStock()
	if err != nil {
		return err
	}
	desk := &filing.Desk{Book: a.book(w), Stock: stock}
	done, err := desk.Repair(cmd.Context())
	if err != nil {
		return err
	}
	for _, r := range done {
		switch {
		case r.Why != "":
			a.wrappedAfter(r.Request+": ", "    ", fmt.Sprintf("%s was not restored: %s", r.File, r.Why))
		case r.Aside != "":
			a.wrappedAfter(r.Request+": ", "    ", fmt.Sprintf("%s is restored; the changed file is now %s", r.File, r.Aside))
		default:
			a.wrappedAfter(r.Request+": ", "    ", r.File+" is restored")
		}
	}
	if len(done) == 0 {
		fmt.Fprintln(a.out, "No file of a letter that was not sent was changed or is missing.")
	}
	return a.runVerify(cmd, f)
}

// tellDrafts tells the files of letters that were not sent from evidence: they can be mended.
func tellDrafts(in logbook.Reader, faults []store.Fault) error {
	drafts := map[string]bool{}
	for i, f := range faults {
		if f.Request == "" || !slices.Contains([]store.FaultKind{store.Changed, store.Missing, store.CopyOnly}, f.Kind) {
			continue
		}
		draft, known := drafts[f.Request]
		if !known {
			r, events, err := logbook.Request(in, f.Request)
			if err != nil {
				return err
			}
			draft = docket.MayChange(r, events) == nil
			drafts[f.Request] = draft
		}
		if draft {
			faults[i].Kind = store.OfDraft
		}
	}
	return nil
}
