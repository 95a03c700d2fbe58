package main

import (
	"maps"

	"github.com/spf13/cobra"

	"foia/internal/entered"
	"foia/internal/letter"
	"foia/internal/press"
	"foia/internal/remedy"
	"foia/internal/workspace"
)

func newInitCommand(a *app) *cobra.Command {
	var r letter.Requester
	var category, facts, use string
	var show bool
	cmd := &cobra.Command{
		Use:   "init",
		Short: "Set up your name, address and signature",
		Long: "Writes " + workspace.ConfigFile + " into this folder, with the requester's name, address and fee\n" +
			"category. Without --name it asks you in the terminal. Run it again with another\n" +
			"--id to add a requester. You can edit the file; comments in it explain how.",
		Example: "  foia init\n  foia init --id desk --name \"Ana Ruiz\" --organization \"The Courier\" \\\n" +
			"      --street \"12 Main St\" --city Albany --state NY --zip 12207 \\\n" +
			"      --email ana@example.org --category media --facts \"…\" --use \"…\"",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if show {
				text, err := workspace.ConfigText(letter.Requester{ID: "me", Name: "Your Name"})
				if err == nil {
					_, err = a.out.Write(text)
				}
				return err
			}
			r.Answers = feeAnswers(category, facts, use)
			return a.runInit(r)
		},
	}
	f := cmd.Flags()
	f.StringVar(&r.ID, "id", "me", "a short `name` for this requester, to use with --as")
	f.StringVar(&r.Name, "name", "", "the `name` of the person who signs (not an organization: the IRS wants a signature)")
	f.StringVar(&r.Title, "title", "", "your `position`")
	f.StringVar(&r.Organization, "organization", "", "the `name` of your newsroom, group or firm")
	f.StringArrayVar(&r.Street, "street", nil, "a street `line` of the postal address (repeat for more)")
	f.StringVar(&r.City, "city", "", "the `city`")
	f.StringVar(&r.State, "state", "", "the `state` or province")
	f.StringVar(&r.ZIP, "zip", "", "the ZIP or postal `code`")
	f.StringVar(&r.Country, "country", "", "the `country`, if not the United States")
	f.StringVar(&r.Email, "email", "", "your e-mail `address`")
	f.StringVar(&r.Phone, "phone", "", "your telephone `number`")
	f.StringVar(&category, "category", "", "the fee `category`: media, educational, scientific, commercial or other")
	f.StringVar(&facts, "facts", "", "the `facts` that put you in that category")
	f.StringVar(&use, "use", "", "how you will `use` the records")
	f.BoolVar(&show, "print", false, "print an example of the file, and write nothing")
	return cmd
}

// feeAnswers are the answers about fees that were given.
func feeAnswers(category, facts, use string) map[string]any {
	out := map[string]any{"fee_category": category, "category_facts": facts, "use_statement": use}
	maps.DeleteFunc(out, func(_ string, given any) bool { return given == "" })
	return out
}

func (a *app) runInit(r letter.Requester) error {
	w, err := a.workspace()
	if err != nil {
		return err
	}
	if r.Name == "" {
		if !a.terminal() {
			return remedy.Misuse("missing --name: who signs the letters?",
				"give at least --name, --street, --city, --state, --zip, --email and --category")
		}
		if r, err = a.askRequester(r); err != nil {
			return err
		}
	}
	return a.saveRequester(w, r)
}

// saveRequester checks the requester and writes it into foia.yaml.
func (a *app) saveRequester(w *workspace.Workspace, r letter.Requester) error {
	made, err := stock(w)
	if err != nil {
		return err
	}
	var dropped entered.Tally
	in := made.Typing(a.today())
	in.Dropped = &dropped
	r, err = r.Clean(in)
	if err != nil {
		return err
	}
	if note := dropped.Note(); note != "" {
		a.note("note: %s", note)
	}
	if err := checkStanding(made, r, in); err != nil {
		return err
	}
	if err := w.AddRequester(r); err != nil {
		return err
	}
	a.note("Saved %s in %s. You can edit the file at any time.", r.Name, w.Path(workspace.ConfigFile))
	if !r.HasPostalAddress() {
		a.note("note: the postal address is missing or incomplete; the IRS and Treasury require one")
	}
	return nil
}

// checkStanding checks the standing answers against the template that asks for
// all of them.
func checkStanding(s *press.Stock, r letter.Requester, in letter.Typing) error {
	t, err := s.Library.Template("request")
	if err != nil {
		return err
	}
	for name, v := range r.Answers {
		f, ok := t.Field(name)
		if !ok {
			continue // it may be a field of the user's own template
		}
		if _, err := f.Clean(v, workspace.ConfigFile, in); err != nil {
			return err
		}
	}
	return nil
}
