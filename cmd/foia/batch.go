package main

import (
	"errors"
	"fmt"
	"maps"
	"path"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"foia/internal/agency"
	"foia/internal/campaign"
	"foia/internal/filing"
	"foia/internal/lazy"
	"foia/internal/remedy"
	"foia/internal/terminal"
	"foia/internal/workspace"
)

// batchFlags are the flags of `foia batch`.
type batchFlags struct {
	template, answers, name, via, as, on, force, offices string
	sets, columns                                        []string
	dryRun, json                                         bool
	preview                                              int
	repeatFlags
}

func newBatchCommand(a *app) *cobra.Command {
	var f batchFlags
	cmd := &cobra.Command{
		Use:   "batch OFFICES",
		Short: "Make the same request to every office in a list (CSV or XLSX)",
		Long: "Makes a request to each office in a list. A row either names an office from the\n" +
			"directory, in the column office, or describes one, in the columns name,\n" +
			"attention, agency, address, city, state, zip, country, email, fax, portal and\n" +
			"law, or other usual names for them. Every other column answers the template's\n" +
			"question of that name, for that row. --map says what a column with another name\n" +
			"is used for. Under the laws of states, the law follows from the office's state.\n\n" +
			"Rows that can't become letters are saved to a separate list, with the reasons:\n" +
			"fix them there and run that list. Run the same command again to make only the\n" +
			"letters that are still missing. The exit code is 1 if some rows were rejected,\n" +
			"3 if all were. Nothing is sent.\n\n" +
			"--offices makes such a list from the directory: of each law that the pattern\n" +
			"names, the offices of that kind, with what must be checked first. No letter goes\n" +
			"to a doubtful contact until its row says yes in the column checked.",
		Example: "  foia batch offices.csv --template request --answers ask.yaml --dry-run\n" +
			"  foia batch offices.csv --template request --answers ask.yaml --preview 3\n" +
			"  foia batch offices.csv --template request --answers ask.yaml --name cameras\n" +
			"  foia batch offices.xlsx --template public-records --map \"Records Unit=name\"\n" +
			"  foia batch --offices \"us-*/state-police\" > police.csv",
		Args: batchArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if cmd.Flags().Changed("offices") {
				return a.listOffices(f.offices, f.json)
			}
			return a.runBatch(cmd, args[0], f)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.template, "template", "", "the `name` of the template")
	flags.StringVar(&f.answers, "answers", "", "a YAML `file` with answers for all letters")
	flags.StringArrayVar(&f.sets, "set", nil, "an answer for all letters: `field=value`; repeat for lists")
	flags.StringArrayVar(&f.columns, "map", nil, "what a column is used for: `column=use`, such as \"Records Unit=name\", or \"Notes=-\" "+
		"to leave it out; repeat")
	flags.StringVar(&f.offices, "offices", "", "make a list of the directory’s offices, as CSV: `law/kind`, such as us-*/state-police")
	flags.StringVar(&f.name, "name", "", "the `name` of the campaign (default: the list's file name)")
	flags.StringVar(&f.via, "via", "", "file by this `method`: portal, mail, fax or email (default: as each office prefers)")
	flags.StringVar(&f.as, "as", "", "the `requester`, by id in foia.yaml (default: the default requester there)")
	flags.StringVar(&f.on, "on", "", "the `date` of the letters (default: today)")
	flags.StringVar(&f.force, "force", "", "proceed despite preflight errors; the `reason` is logged")
	f.repeatFlags.add(flags)
	flags.BoolVar(&f.dryRun, "dry-run", false, "make nothing; show what would be made and what the preflight finds")
	flags.IntVar(&f.preview, "preview", 0, "typeset only the first `n` letters as a preview")
	flags.BoolVar(&f.json, "json", false, "print the result as JSON")
	return cmd
}

// batchMemory is how large the heap of a batch grows before it is cleared, in
// bytes. Letters leave nothing behind, but since what they share is made once,
// clearing takes a fifth of the time at 96 MB, and a tenth less of it all at 128.
const batchMemory = 128 << 20

func (a *app) runBatch(cmd *cobra.Command, file string, f batchFlags) error {
	debug.SetMemoryLimit(batchMemory)
	if f.template == "" {
		return remedy.Misuse("missing --template",
			"name a template, such as --template request (to see them: foia template list)")
	}
	if cmd.Flags().Changed("force") && strings.TrimSpace(f.force) == "" {
		return remedy.Misuse("--force has no reason", "say why the letters go out despite the errors; the reason is logged")
	}
	if f.preview < 0 {
		return remedy.Misuse("--preview must be 1 or more", "give the number of letters to look at, such as --preview 3")
	}
	a.noteLink(file)
	readAhead()
	w, err := a.workspace()
	if err != nil {
		return err
	}
	b, err := a.batch(w, file, f)
	if err != nil {
		return err
	}
	if f.preview > 0 {
		return a.previewBatch(w, b, f)
	}
	survey, err := b.Survey(cmd.Context(), func(plan []filing.Planned) []filing.Outcome { return b.Desk.Rehearse(plan, b.Options) })
	if err != nil {
		return err
	}
	if survey.Rows == 0 {
		return remedy.Misuse("the list has no rows under its header ("+filepath.Base(file)+")",
			"add a row for each office")
	}
	passed := survey.Letters + survey.Before
	if f.dryRun {
		if f.json {
			err = a.json(survey)
		} else {
			err = a.showSurvey(survey)
		}
		return errors.Join(err, rejected(survey.Wrong, passed, "correct these rows in the list, and look again"))
	}
	if !f.json {
		survey.Findings = nil // of a dry run; here the letters are about to be made
		if err := a.showSurvey(survey); err != nil {
			return err
		}
	}
	b.Progress = a.face().Rows(survey.Rows)
	result, err := b.Run(cmd.Context())
	if err != nil {
		return err
	}
	if f.json {
		err = a.json(result)
	} else {
		a.showBatch(w, b, result)
	}
	return errors.Join(err, rejected(result.Rejected, result.Made+result.Before,
		"fix the rows in "+filepath.Join(w.Dir, filepath.FromSlash(result.RejectedFile))+", and run that file with --name "+b.Campaign))
}

// rowsRejected is how a command ends that could not use all rows of a list.
type rowsRejected struct {
	rejected, passed int
	remedy           string
}

func (e *rowsRejected) Error() string {
	if e.passed == 0 {
		return "no row in the list can become a letter"
	}
	return fmt.Sprintf("%d of %d rows were rejected", e.rejected, e.rejected+e.passed)
}

// Hint says what to do.
func (e *rowsRejected) Hint() string { return e.remedy }

// rejected is the error that rows were rejected; nil if none was.
func rejected(rows, passed int, remedy string) error {
	if rows == 0 {
		return nil
	}
	return &rowsRejected{rows, passed, remedy}
}

// campaignName is what a campaign may be called: it is the name of a folder.
const campaignName = lazy.Pattern(`^[a-z0-9][a-z0-9-]{0,63}$`)

// batch gathers flags, files and the requester.
func (a *app) batch(w *workspace.Workspace, file string, f batchFlags) (*campaign.Batch, error) {
	name := f.name
	if name == "" {
		base := strings.ToLower(strings.TrimSuffix(filepath.Base(file), filepath.Ext(file)))
		name = strings.Trim(regexp.MustCompile(`[^a-z0-9]+`).ReplaceAllString(base, "-"), "-")
	}
	if !campaignName.RE().MatchString(name) {
		return nil, remedy.Misuse("a campaign cannot be called “"+name+"”",
			"choose a --name of lower-case letters, digits and hyphens")
	}
	if !workspace.Everywhere(name) {
		return nil, remedy.Misuse("a campaign cannot be called “"+name+"”: on Windows, that is a device and no folder",
			"choose another --name")
	}
	stock, err := stock(w)
	if err != nil {
		return nil, err
	}
	if err := filing.CheckVia(f.via); err != nil {
		return nil, err
	}
	ask := filing.Ask{Name: f.template, Via: agency.Channel(f.via)}
	if ask.Date, err = a.on(f.on); err != nil {
		return nil, err
	}
	given, err := readGiven(f.sets, f.answers)
	if err != nil {
		return nil, err
	}
	if ask.Given, err = given.forOne("a batch has no pack: answers are for every row without one of its own"); err != nil {
		return nil, err
	}
	if ask.Requester, err = a.requester(w, newFlags{as: f.as}); err != nil {
		return nil, err
	}
	if ask, err = a.repeated(ask, f.repeatFlags); err != nil {
		return nil, err
	}
	return &campaign.Batch{Desk: &filing.Desk{Book: a.book(w), Stock: stock}, File: file, Campaign: name, Map: f.columns, Ask: ask,
		Options: filing.Options{Force: f.force},
		Words:   a.words}, nil
}

func (a *app) previewBatch(w *workspace.Workspace, b *campaign.Batch, f batchFlags) error {
	names, err := b.Preview(f.preview)
	if err != nil {
		return err
	}
	if len(names) == 0 {
		return &rowsRejected{remedy: "to see why, use --dry-run"}
	}
	if f.json {
		return a.json(names)
	}
	for _, n := range names {
		fmt.Fprintln(a.out, filepath.Join(w.Dir, filepath.FromSlash(n)))
	}
	return nil
}

func (a *app) showSurvey(s *campaign.Survey) error {
	var rows [][]string
	for _, u := range s.Uses {
		use := "the office’s " + u.As
		switch {
		case u.Why != "":
			use = "ignored: " + u.Why
		case u.Field:
			use = "the template’s question " + u.As
		case u.As == "office":
			use = "the office"
		}
		rows = append(rows, []string{u.Column.Typed, use})
	}
	if err := a.table([]terminal.Column{{Name: "Column", Wraps: true}, {Name: "Used for", Wraps: true}}, rows); err != nil {
		return err
	}
	for _, n := range s.Notes {
		a.wrapped("", "Note: "+n+".")
	}
	fmt.Fprintln(a.out)
	plan := fmt.Sprintf("%s in the list: %s to make", remedy.Counted(s.Rows, "row"), remedy.Counted(s.Letters, "letter"))
	if s.Before > 0 {
		plan += fmt.Sprintf(", %d already made", s.Before)
	}
	if s.Wrong > 0 {
		plan += fmt.Sprintf(", %d rejected", s.Wrong)
	}
	a.wrapped("", plan+".")
	a.wrapped("", "By law: "+counts(s.ByLaw)+". To file by: "+counts(s.ByWay)+".")
	for _, r := range s.Risks {
		a.wrappedAfter("  note: ", "    ", riskWords(r))
	}
	for _, title := range slices.Sorted(maps.Keys(s.Findings)) {
		f := s.Findings[title]
		a.wrappedAfter("  "+f.Severity+": ", "    ",
			fmt.Sprintf("%s (%s: %s)", title, remedy.Counted(f.Count, "letter"), linesWords(f.Lines, f.Count)))
	}
	if s.Wrong > 0 {
		a.wrapped("", plural(s.Wrong, "row can’t become a letter:", "rows can’t become letters:"))
		for _, c := range s.Causes {
			if c.Count == 1 {
				a.wrappedAfter(fmt.Sprintf("  line %d: ", c.First[0]), "    ", c.One)
				continue
			}
			text := fmt.Sprintf("%d rows %s (%s)", c.Count, c.What, &c.Lines)
			if c.Remedy != "" {
				text += "; " + c.Remedy
			}
			a.wrappedAfter("  ", "    ", text)
		}
		if more := s.Wrong - s.Told(); more > 0 {
			fmt.Fprintf(a.out, "  … and %s for other reasons\n", remedy.Counted(more, "row"))
		}
	}
	_, err := fmt.Fprintln(a.out)
	return err
}

func riskWords(r campaign.Risk) string {
	words := r.What
	if r.Other != "" {
		words += ", such as " + r.Other
	}
	if r.Cite != "" {
		words += ", " + r.Cite
	}
	return words + " (" + linesWords(r.Lines, r.Count) + ")"
}

// linesWords names the lines of a list, the first of them: lines 3, 7 and 5 more.
func linesWords(lines []int, count int) string {
	words := make([]string, len(lines))
	for i, n := range lines {
		words[i] = strconv.Itoa(n)
	}
	text := "lines "
	if count == 1 {
		text = "line "
	}
	text += strings.Join(words, ", ")
	if more := count - len(lines); more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

func counts(m map[string]int) string {
	var parts []string
	for _, k := range slices.Sorted(maps.Keys(m)) {
		if m[k] == 0 {
			continue
		}
		parts = append(parts, fmt.Sprintf("%s %d", k, m[k]))
	}
	if len(parts) == 0 {
		return "none"
	}
	return strings.Join(parts, ", ")
}

func (a *app) showBatch(w *workspace.Workspace, b *campaign.Batch, r *campaign.Result) {
	a.showMade(w, b, r)
	for _, first := range r.Others {
		a.wrapped("", "already made: "+first.Request+" and perhaps more, "+a.madeBy(first))
	}
}

func (a *app) showMade(w *workspace.Workspace, b *campaign.Batch, r *campaign.Result) {
	switch {
	case r.Made == 0 && r.Rejected == 0:
		fmt.Fprintf(a.out, "Nothing to do: %s for the campaign %s.\n",
			plural(r.Before, "letter was already made", "letters were already made"), b.Campaign)
		return
	case r.Made == 0:
		fmt.Fprintln(a.out, "No letter was made.")
	default:
		fmt.Fprintf(a.out, "Made %s for the campaign %s: %s to %s.\n", remedy.Counted(r.Made, "letter"), b.Campaign, r.First, r.Last)
	}
	if r.Before > 0 {
		fmt.Fprintf(a.out, "Already made: %d.\n", r.Before)
	}
	if r.Rejected > 0 {
		file := filepath.Join(w.Dir, filepath.FromSlash(r.RejectedFile))
		a.wrapped("", fmt.Sprintf("Rejected: %d. The rows are in %s, with the reasons. Fix them there and run the same command with that "+
			"file and --name %s.", r.Rejected, file, b.Campaign))
	}
	if r.Made > 0 {
		fmt.Fprintf(a.out, "Letters: %s\n", path.Join(w.Dir, workspace.RequestsDir))
	}
}
