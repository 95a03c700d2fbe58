package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"foia/internal/remedy"
	"foia/internal/retention"
	"foia/internal/subject"
	"foia/internal/terminal"
	"foia/internal/workspace"
	"foia/templates"
)

func newSubjectCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "subject",
		Short: "See what to ask for on a subject, and of whom",
		Long: "Shows what to ask for on a subject such as body cameras: what the records are\n" +
			"called, who has them, in which formats, how to narrow the request, how long they\n" +
			"are kept, and items that are ready to fill in. What was read somewhere says\n" +
			"where; everything else is advice, not law.\n\n" +
			"Put your own in the folder templates/subjects/ of your workspace, one file each;\n" +
			"they take precedence over built-in ones with the same name.",
	}
	cmd.AddCommand(a.subjectList(), a.subjectSearch(), a.subjectShow())
	return cmd
}

// subjects holds the built-in subjects and those of the user.
func (a *app) subjects() (*subject.Library, error) {
	w, err := a.workspace()
	if err != nil {
		return nil, err
	}
	return subjectsOf(w), nil
}

func subjectsOf(w *workspace.Workspace) *subject.Library {
	return subject.NewLibrary(os.DirFS(w.Path(workspace.TemplatesDir)), templates.Files)
}

func (a *app) subjectList() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "list", Short: "List the subjects", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			lib, err := a.subjects()
			if err != nil {
				return err
			}
			all, err := lib.All()
			if err != nil {
				return err
			}
			return a.showSubjects(all, asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the result as JSON")
	return cmd
}

func (a *app) subjectSearch() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "search WORDS", Short: "Find subjects by your words", Args: cobra.MinimumNArgs(1),
		Example: "  foia subject search police video",
		RunE: func(_ *cobra.Command, args []string) error {
			lib, err := a.subjects()
			if err != nil {
				return err
			}
			found, err := lib.Search(strings.Join(args, " "))
			if err != nil {
				return err
			}
			return a.showSubjects(found, asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the result as JSON")
	return cmd
}

func (a *app) showSubjects(list []*subject.Subject, asJSON bool) error {
	if asJSON {
		return a.json(list)
	}
	var rows [][]string
	for _, s := range list {
		items := plural(len(s.Letter.Items), "item", "items")
		if s.Pack != "" {
			items = "a pack"
		}
		if s.Own {
			items += ", yours"
		}
		rows = append(rows, []string{s.ID, items, s.Title})
	}
	return a.table([]terminal.Column{{Name: "Subject"}, {Name: "Ready", Drop: 1}, {Name: "Title"}}, rows)
}

func (a *app) subjectShow() *cobra.Command {
	var asJSON, answers bool
	cmd := &cobra.Command{
		Use: "show SUBJECT", Short: "Show one subject, or print its answers file to fill in", Args: cobra.MinimumNArgs(1),
		Long: "Shows a subject: what its records are called, who has them, how to ask. With\n" +
			"--answers, prints a file with its items in which each place in double brackets\n" +
			"is yours to fill in. Then make the letter of it: foia new request --to OFFICE\n" +
			"--answers FILE, or in a state: foia new public-records.",
		Example: "  foia subject show body-camera\n  foia subject show email --answers",
		RunE: func(_ *cobra.Command, args []string) error {
			if answers && asJSON {
				return remedy.Misuse("--answers prints YAML", "leave out --json or --answers")
			}
			lib, err := a.subjects()
			if err != nil {
				return err
			}
			s, err := lib.Find(strings.Join(args, " "))
			switch {
			case err != nil:
				return err
			case asJSON:
				return a.json(s)
			case answers:
				return a.printAnswers(s)
			}
			return a.showSubject(lib, s)
		},
	}
	cmd.Flags().BoolVar(&answers, "answers", false, "print an answers file with its items, to be filled in")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the result as JSON")
	return cmd
}

func (a *app) printAnswers(s *subject.Subject) error {
	if s.Pack != "" {
		return remedy.Misuse("the letters on "+s.ID+" are ready, in a pack", "make them: "+remedy.To(remedy.New, s.Pack).String())
	}
	sheet := s.Sheet()
	sheet.Head = append(sheet.Head, "", "Then: foia new request --to OFFICE --answers FILE",
		"In a state: foia new public-records --to OFFICE --answers FILE")
	_, err := fmt.Fprint(a.out, clean(sheet.Text()))
	return err
}

func (a *app) showSubject(lib *subject.Library, s *subject.Subject) error {
	a.wrapped("", s.ID+": "+s.Title)
	if s.Own {
		a.wrapped("", "Yours: "+workspace.TemplatesDir+"/"+s.File)
	}
	if s.Pack != "" {
		a.wrapped("", "The letters are ready, in a pack. To see them: "+remedy.To(remedy.Template, s.Pack).String())
		a.wrapped("", "To make them: "+remedy.To(remedy.New, s.Pack).String())
		return nil
	}
	a.showFacts(s, "What the records are called", s.Names)
	a.showFacts(s, "Who has them", s.Keepers)
	a.showFacts(s, "Formats to ask for", s.Formats)
	a.showFacts(s, "How to narrow it", s.Narrow)
	if len(s.Words) > 0 {
		a.head("Words to search for (advice, not law)")
		a.wrapped("  ", strings.Join(s.Words, "; "))
	}
	a.showExemptions(s)
	if err := a.showKept(s); err != nil {
		return err
	}
	a.showReady(s)
	return a.showEverySubject(lib)
}

// head begins a part of what is shown.
func (a *app) head(text string) {
	fmt.Fprintln(a.out)
	a.wrapped("", text)
}

// showFacts shows facts, each with where it was read, or that it is advice.
func (a *app) showFacts(s *subject.Subject, head string, facts []subject.Fact) {
	a.head(head)
	if len(facts) == 0 {
		a.wrapped("  ", "unknown")
	}
	for _, f := range facts {
		a.wrapped("  ", f.Is)
		a.wrapped("    ", s.Read(f.By))
	}
}

// showExemptions shows what an office may say. The numbers are the federal Act's and nobody
// else's.
func (a *app) showExemptions(s *subject.Subject) {
	var federal, other []subject.Fact
	for _, e := range s.Exemptions {
		if f := e.Fact(); e.Federal != "" {
			f.Is = e.Federal + ": " + f.Is
			federal = append(federal, f)
		} else {
			other = append(other, f)
		}
	}
	if len(federal) > 0 {
		a.showFacts(s, "Exemptions to expect from a federal agency (5 U.S.C. § 552(b); not the law of any state)", federal)
	}
	if len(other) > 0 || len(federal) == 0 {
		a.showFacts(s, "What else an office may hold against it (the laws of states differ)", other)
	}
}

// showKept shows how long the records are kept: of each series, by its own source.
func (a *app) showKept(s *subject.Subject) error {
	a.head("How long they are kept (what is older may be gone: ask anyway, and ask for the disposal record)")
	if len(s.Retention) == 0 {
		a.wrapped("  ", "unknown")
		return nil
	}
	book, err := retention.Load()
	if err != nil {
		return err
	}
	for _, k := range s.Retention {
		if r, ok := book.Get(k.Series); ok && k.Series != "" {
			a.wrapped("  ", r.ID+", “"+r.Title+"”: "+r.Says())
			a.wrapped("    ", "read in: "+r.Read())
			continue
		}
		a.wrapped("  ", k.Is)
		a.wrapped("    ", s.Read(k.By))
	}
	return nil
}

// showReady shows the items, and the places in them.
func (a *app) showReady(s *subject.Subject) {
	a.head("Ready to fill in")
	for i, item := range s.Letter.Items {
		a.wrappedAfter(fmt.Sprintf("  %d. ", i+1), "     ", item.Title+": "+item.Text)
	}
	for _, p := range s.Places() {
		value := "for example: " + p.Example
		if p.Default != "" {
			value = "filled in: " + p.Default
		}
		a.wrappedAfter("  {"+p.Name+"} ", "     ", p.Ask+"; "+value)
	}
	a.wrapped("  ", "To get them as a file: "+remedy.To(remedy.Subject, s.ID).Saying("answers").String())
}

func (a *app) showEverySubject(lib *subject.Library) error {
	rules, err := lib.EverySubject()
	if err != nil {
		return err
	}
	a.head("On every subject")
	for _, r := range rules {
		a.wrapped("  ", r.Is)
		a.wrapped("    ", "read in: "+r.Read)
	}
	return nil
}
