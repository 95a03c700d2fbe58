package logbook

import (
	"fmt"
	"slices"

	"foia/internal/docket"
	"foia/internal/remedy"
	"foia/internal/workspace"
)

// asMade makes sure that a letter which was sent is the one that the log has: that nobody
// changed its files in between. Whoever sent a changed one can say so, with the file.
func asMade(w *workspace.Workspace, p docket.Proposed, e docket.Event) error {
	if e.Data["files"] != "" {
		return nil // what went out is attached
	}
	inLog := func(u docket.Unclear) bool { return docket.IsSendingOf(e, u.Letter) }
	if slices.ContainsFunc(docket.UnclearOf(p.Events), inLog) {
		return nil // what went out is in the log as the e-mail that carried it
	}
	documents, err := docket.GoesOut(p.Request, p.Events, e)
	if err != nil || len(documents) == 0 {
		return err
	}
	changed, _ := w.Differing(p.Request, documents)
	if len(changed) == 0 {
		return nil
	}
	place := p.Request.Folder + "/" + changed[0].Name
	edit := remedy.To(remedy.Change, p.Request.ID).String()
	if e.Data["letter"] != "" {
		edit = remedy.To(remedy.Discard, p.Request.ID).With("letter", e.Data["letter"]).String() + " and make it again"
	}
	return remedy.Misuse(fmt.Sprintf("%s was changed after it was made: the log would say that you sent what it has", place),
		fmt.Sprintf("restore it (%s), or take your change into the letter (%s); if the changed file went out, attach it: %s",
			remedy.To(remedy.Verify).Saying("repair"), edit, remedy.Give("attach", remedy.Open("FILE"))))
}
