package main

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"foia/internal/agency"
	"foia/internal/docket"
	"foia/internal/filing"
	"foia/internal/logbook"
	"foia/internal/preflight"
	"foia/internal/press"
	"foia/internal/terminal"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// madeJSON is one letter in the output of `foia new --json`.
type madeJSON struct {
	ID       string              `json:"id"`
	Office   string              `json:"office"`
	Folder   string              `json:"folder"`
	PDF      string              `json:"pdf"`
	SHA256   string              `json:"sha256"`
	Via      string              `json:"via"`
	Before   bool                `json:"made_before"`
	Made     *docket.Event       `json:"made,omitempty"` // the event of one that was made before
	Findings []preflight.Finding `json:"findings"`
	Dropped  string              `json:"dropped,omitempty"` // what was left out since it cannot be seen
}

func newJSON(results []filing.Result) []madeJSON {
	out := []madeJSON{}
	for _, r := range results {
		pdf, _ := r.Request.Document(press.PDFName)
		findings := findingsJSON(r.Findings)
		one := madeJSON{ID: r.Request.ID, Office: r.Request.OfficeID, Folder: r.Request.Folder,
			PDF: r.Request.Folder + "/" + press.Called(r.Request, press.PDFName), SHA256: pdf.SHA256, Via: r.Request.Via,
			Before: r.Before, Findings: findings,
			Dropped: r.Dropped}
		if r.Before {
			one.Made = &r.First
		}
		out = append(out, one)
	}
	return out
}

// findingsJSON are findings as JSON has them: a list, also of none.
func findingsJSON(findings []preflight.Finding) []preflight.Finding {
	if findings == nil {
		return []preflight.Finding{}
	}
	return findings
}

// showNew prints what was made, how to file it, what the preflight found, and
// what to do next.
func (a *app) showNew(w *workspace.Workspace, who logbook.Writer, results []filing.Result) error {
	var rows [][]string
	made := 0
	for _, r := range results {
		pages := "made earlier"
		if !r.Before {
			made++
			pages = plural(r.Pages, "page", "pages")
		}
		rows = append(rows, []string{path.Base(r.Request.Folder), r.Request.OfficeName(), viaWord(r.Request.Via), pages, summary(r)})
	}
	err := a.table([]terminal.Column{{Name: "Request"}, {Name: "Office"}, {Name: "File by", Drop: 1}, {Name: "PDF", Drop: 3},
		{Name: "Preflight", Drop: 2}}, rows)
	if err != nil {
		return err
	}
	a.showFindings(results)
	a.showNotes(results)
	return a.showNext(w, who, results, made)
}

func viaWord(via string) string {
	if via == "" {
		return "unknown"
	}
	return via
}

func summary(r filing.Result) string {
	if r.Before {
		return "–"
	}
	return countFindings(r.Findings)
}

func countFindings(findings []preflight.Finding) string {
	n := map[preflight.Severity]int{}
	for _, f := range findings {
		n[f.Severity]++
	}
	var parts []string
	for _, s := range []struct {
		severity  preflight.Severity
		one, many string
	}{{preflight.Error, "error", "errors"}, {preflight.Warning, "warning", "warnings"}, {preflight.Advice, "advisory", "advisories"}} {
		if c := n[s.severity]; c > 0 {
			parts = append(parts, plural(c, s.one, s.many))
		}
	}
	if len(parts) == 0 {
		return "clean"
	}
	return strings.Join(parts, ", ")
}

// showFindings prints each finding once, with the letters that it is about.
func (a *app) showFindings(results []filing.Result) {
	type group struct {
		finding preflight.Finding
		ids     []string
	}
	var groups []*group
	byText := map[string]*group{}
	for _, r := range results {
		for _, f := range r.Findings {
			key := f.Rule + f.Title + f.Fix
			if byText[key] == nil {
				byText[key] = &group{finding: f}
				groups = append(groups, byText[key])
			}
			byText[key].ids = append(byText[key].ids, r.Request.ID)
		}
	}
	if len(groups) > 0 {
		fmt.Fprintf(a.out, "\nPreflight findings\n")
	}
	for _, g := range groups {
		a.showFinding(g.finding, g.ids)
	}
}

func (a *app) showFinding(f preflight.Finding, ids []string) {
	where := ""
	if len(ids) > 0 {
		where = " (" + shortList(ids) + ")"
	}
	a.wrappedAfter(fmt.Sprintf("  %-7s %s ", f.Severity, f.Rule), "          ", f.Title+where)
	if f.Saw != "" {
		a.wrappedAfter("          found: ", "          ", f.Saw)
	}
	if f.Why != "" {
		a.wrappedAfter("          why: ", "          ", f.Why)
	}
	if f.Fix != "" {
		a.wrappedAfter("          fix: ", "          ", f.Fix)
	}
}

// shortList names a few ids, and how many more there are.
func shortList(ids []string) string {
	const few = 3
	if len(ids) <= few {
		return strings.Join(ids, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(ids[:few], ", "), len(ids)-few)
}

// showNotes prints what is uncertain about how the offices were found, and what was left
// out of the answers.
func (a *app) showNotes(results []filing.Result) {
	seen := map[string]bool{}
	for _, r := range results {
		for _, n := range append(slices.Clone(r.Asked.Notes), r.Dropped) {
			if n != "" && !seen[n] {
				seen[n] = true
				a.note("note: %s", n)
			}
		}
	}
}

// showNext prints where everything is and the steps that the user takes now.
func (a *app) showNext(w *workspace.Workspace, who logbook.Writer, results []filing.Result, made int) error {
	fmt.Fprintln(a.out)
	if before := len(results) - made; before > 0 {
		a.wrapped("", plural(before, "letter was", "letters were")+" already made and left alone; to make letters again, add --again.")
		a.showOthers(who, results)
	}
	if err := a.showPlaces(w, results); err != nil {
		return err
	}
	fmt.Fprintln(a.out, "\nWhat to do next")
	sample := false
	folder := ""
	if a.dir != "." {
		folder = " --workspace " + quoteWord(a.dir)
	}
	step := func(s string) { a.wrappedAfter("  - ", "    ", s) }
	for _, via := range []agency.Channel{agency.Portal, agency.Email, agency.Fax, agency.Mail, ""} {
		var ids []string
		for _, r := range results {
			sample = sample || r.Request.Sample
			if r.Request.Via == string(via) {
				ids = append(ids, r.Request.ID)
			}
		}
		if len(ids) > 0 {
			step(nextStep(via, ids[0]+folder) + " (" + shortList(ids) + ")")
		}
	}
	switch {
	case sample && madeUp(results):
		step("These are samples to offices that do not exist: do not file them. For real ones, run foia init, write a list of the " +
			"offices, and make the letters from it: foia batch --help")
	case sample:
		step("These are samples: do not file them. To use your own name, run foia init, then the same command without --sample")
	}
	step("See the log: foia log" + folder)
	step("See one request: foia show " + results[0].Request.ID + folder)
	return nil
}

// madeUp tells whether the letters are those of a pack to offices that it describes itself.
func madeUp(results []filing.Result) bool {
	r := results[0].Request
	_, described := strings.CutPrefix(r.OfficeID, "list-")
	return described && strings.Contains(r.Template, "/")
}

// mostPortals is how many addresses of portals are printed after letters were made.
const mostPortals = 3

// showPlaces prints where the letters are, and the addresses of the portals that they go to.
func (a *app) showPlaces(w *workspace.Workspace, results []filing.Result) error {
	where := w.Path(workspace.RequestsDir)
	if len(results) == 1 {
		where = w.Path(results[0].Request.Folder)
	}
	fmt.Fprintf(a.out, "Letters: %s\nLog:     %s\n", cell(where), cell(w.Path(workspace.TrackingFile)))
	var portals []string
	for _, r := range results {
		if r.Request.Via != string(agency.Portal) {
			continue
		}
		office, err := press.FrozenOffice(r.Request)
		if err != nil {
			return err
		}
		if office.PortalURL != "" && !slices.Contains(portals, office.PortalURL) {
			portals = append(portals, office.PortalURL)
		}
	}
	for i, address := range portals {
		if i == mostPortals {
			more := plural(len(portals)-i, "more portal", "more portals")
			a.wrappedAfter("         ", "         ", more+": see portal.txt of each request")
			break
		}
		label := "Portal:  "
		if i > 0 {
			label = "         "
		}
		fmt.Fprintln(a.out, label+cell(address))
	}
	return nil
}

// showOthers says which letters were made before by somebody else or on another
// machine: two people who file the same thing hear of each other.
func (a *app) showOthers(who logbook.Writer, results []filing.Result) {
	var order []string
	ids := map[string][]string{}
	for _, r := range results {
		if !r.Before || who.Mine(r.First) {
			continue
		}
		made := a.madeBy(r.First)
		if ids[made] == nil {
			order = append(order, made)
		}
		ids[made] = append(ids[made], r.Request.ID)
	}
	for _, made := range order {
		a.wrapped("", "already made: "+shortList(ids[made])+", "+made)
	}
}

// madeBy says by whom and when a letter was made, the day being that of this machine.
func (a *app) madeBy(first docket.Event) string {
	day := first.On
	if t, err := time.Parse(time.RFC3339, first.Recorded); err == nil {
		day = workday.DateOf(t.In(a.now().Location()))
	}
	return "by " + first.Hand() + ", " + day.Letter()
}

// nextStep is how a letter is filed; id is the first that goes that way, with its folder.
func nextStep(via agency.Channel, id string) string {
	switch via {
	case agency.Portal:
		return "File through the office's portal: foia copy " + id + " copies the text of each field, which is also in portal.txt; " +
			"attach letter.pdf"
	case agency.Email:
		return "Send letter.pdf from your own mail program to the address in the letter"
	case agency.Fax:
		return "Fax letter.pdf to the number in the letter, and keep the confirmation"
	case agency.Mail:
		return "Print, sign and mail letter.pdf; the address shows in the window of a #10 envelope"
	}
	return "Find out how the office takes requests, then file letter.pdf"
}

// showRefused prints why nothing was made.
func (a *app) showRefused(refused *press.Refused, asJSON bool) {
	if asJSON {
		out := []madeJSON{}
		for _, l := range refused.Letters {
			out = append(out, madeJSON{Office: l.Office.ID, Findings: l.Findings})
		}
		// The command fails in any case; a broken pipe adds nothing to that.
		if err := a.json(out); err != nil {
			a.note("%v", err)
		}
		return
	}
	for _, l := range refused.Letters {
		fmt.Fprintf(a.out, "%s: %s\n", cell(l.Office.Name), countFindings(l.Findings))
		for _, f := range l.Findings {
			a.showFinding(f, nil)
		}
	}
}
