package main

import (
	"errors"
	"fmt"
	"path"
	"strings"

	"github.com/spf13/cobra"

	"foia/internal/law"
	"foia/internal/letter"
	"foia/internal/remedy"
	"foia/internal/terminal"
	"foia/internal/workspace"
)

func newTemplateCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "template",
		Short: "List, show, copy and check templates",
		Long: "Lists, shows, copies and checks templates. A template is plain text: a YAML\n" +
			"header with the questions to ask you, and a body in Markdown. Put your own in\n" +
			"the folder templates/ (letters/, clauses/, arguments/, packs/) of your\n" +
			"workspace; they take precedence over built-in ones with the same name.",
	}
	cmd.AddCommand(a.templateList(), a.templateShow(), a.templateNew(), a.templateCheck())
	return cmd
}

// templateJSON is one line of `foia template list --json`.
type templateJSON struct {
	ID       string `json:"id"`
	Kind     string `json:"kind"`
	Title    string `json:"title"`
	Letters  int    `json:"letters,omitempty"`
	Language string `json:"language,omitempty"` // of the letter
}

func (a *app) templateList() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "list", Short: "List templates and packs", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			w, err := a.workspace()
			if err != nil {
				return err
			}
			lib := library(w)
			var list []templateJSON
			for _, id := range lib.Packs() {
				p, err := lib.Pack(id)
				if err != nil {
					return err
				}
				list = append(list, templateJSON{ID: id, Kind: "pack", Title: p.Title, Letters: len(p.Letters)})
			}
			for _, id := range lib.Templates() {
				t, err := lib.Template(id)
				if err != nil {
					return err
				}
				list = append(list, templateJSON{ID: id, Kind: t.Kind, Title: t.Title, Language: t.Language})
			}
			if asJSON {
				return a.json(list)
			}
			var rows [][]string
			for _, t := range list {
				kind := t.Kind
				if t.Letters > 0 {
					kind = fmt.Sprintf("pack of %d", t.Letters)
				}
				rows = append(rows, []string{t.ID, kind, t.Language, t.Title})
			}
			return a.table([]terminal.Column{{Name: "Name"}, {Name: "Kind", Drop: 1}, {Name: "Lang.", Drop: 2}, {Name: "Title"}}, rows)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the result as JSON")
	return cmd
}

func (a *app) templateShow() *cobra.Command {
	var source bool
	cmd := &cobra.Command{
		Use: "show NAME", Short: "Show what a template asks for, or a pack's letters", Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			w, err := a.workspace()
			if err != nil {
				return err
			}
			lib := library(w)
			pack, err := lib.Pack(args[0])
			var none *letter.NotFound
			switch {
			case err == nil:
				return a.showPack(pack)
			case !errors.As(err, &none):
				return err
			}
			if source {
				raw, err := lib.Source(args[0])
				if err == nil {
					fmt.Fprint(a.out, clean(string(raw)))
				}
				return err
			}
			t, err := lib.Template(args[0])
			if err != nil {
				return err
			}
			a.showTemplate(t)
			return a.showArguments(t.Arguments)
		},
	}
	cmd.Flags().BoolVar(&source, "source", false, "print the template file itself")
	return cmd
}

func (a *app) showPack(p *letter.Pack) error {
	a.wrapped("", p.ID+": "+p.Title)
	a.wrapped("", p.Summary)
	fmt.Fprintln(a.out)
	var rows [][]string
	for _, l := range p.Letters {
		subject, _ := l.Defaults["subject"].(string)
		rows = append(rows, []string{l.Name, l.Addressee(), subject})
	}
	return a.table([]terminal.Column{{Name: "Letter"}, {Name: "Office"}, {Name: "Subject", Drop: 1}}, rows)
}

func (a *app) showTemplate(t *letter.Template) {
	a.wrapped("", t.ID+": "+t.Title)
	a.wrapped("", t.Summary)
	if t.LanguageName() != "English" {
		a.wrapped("", "The letter is in "+t.LanguageName()+"; write your answers in "+t.LanguageName()+" too.")
	}
	for _, f := range t.Fields {
		need := ""
		if f.Required {
			need = ", required"
		}
		if len(f.Must) > 0 {
			need += ", required under " + strings.Join(f.Must, " or ")
		}
		if len(f.When) > 0 {
			need += ", " + condition(f.When)
		}
		if len(f.Laws) > 0 {
			need += ", under " + strings.Join(f.Laws, " or ")
		}
		if len(f.Asserted) > 0 {
			need += ", if the agency asserted " + strings.Join(f.Asserted, " or ")
		}
		if len(f.Outcomes) > 0 {
			need += ", if it decided " + strings.Join(f.Outcomes, " or ")
		}
		fmt.Fprintf(a.out, "\n%s (%s%s)\n", f.Name, f.Type, need)
		a.wrapped("   ", f.Label+". "+f.Help)
		if len(f.Choices) > 0 {
			a.wrapped("   ", "one of: "+strings.Join(f.Choices, ", "))
		}
		if f.Default != nil {
			a.wrapped("   ", fmt.Sprintf("default: %v", f.Default))
		}
		if f.Example != nil {
			a.wrapped("   ", "example: "+letter.ExampleText(f.Example))
		}
	}
}

// showArguments says of each argument what it rests on and what it must not be read to
// say, for whoever signs the letter.
func (a *app) showArguments(arguments []letter.Argument) error {
	if len(arguments) == 0 {
		return nil
	}
	book, err := law.LoadFederal()
	if err != nil {
		return err
	}
	fmt.Fprintln(a.out, "\nArguments, each printed only if its facts are given:")
	for _, argument := range arguments {
		fmt.Fprintf(a.out, "\n%s: %s\n", argument.ID, cell(argument.Title))
		if len(argument.Facts) > 0 {
			a.wrapped("   ", "facts: "+strings.Join(argument.Facts, ", "))
		}
		a.wrapped("   ", "rests on: "+strings.Join(argument.Authorities(book), "; "))
		if against := argument.Contrary(book); len(against) > 0 {
			a.wrapped("   ", "against it: "+strings.Join(against, "; "))
		}
		a.wrapped("   ", "limit: "+argument.Limit)
	}
	return nil
}

func condition(when map[string][]string) string {
	var parts []string
	for name, values := range when {
		parts = append(parts, "if "+name+" is "+strings.Join(values, " or "))
	}
	return strings.Join(parts, " and ")
}

func (a *app) templateNew() *cobra.Command {
	var from string
	cmd := &cobra.Command{
		Use: "new NAME", Short: "Copy a template into your folder so you can change it", Args: cobra.ExactArgs(1),
		Example: "  foia template new my-request --from request",
		RunE: func(_ *cobra.Command, args []string) error {
			w, err := a.workspace()
			if err != nil {
				return err
			}
			name := path.Join(workspace.TemplatesDir, "letters", args[0]+".md")
			if w.Exists(name) {
				return remedy.Misuse("the template "+args[0]+" already exists",
					"edit "+w.Path(name)+", or choose another name")
			}
			raw, err := library(w).Source(from)
			if err != nil {
				return err
			}
			text, err := letter.Renamed(from, args[0], raw)
			if err != nil {
				return err
			}
			if err := w.WriteFile(name, text); err != nil {
				return err
			}
			a.note("%s is yours to change. Check it with: foia template check %s", w.Path(name), args[0])
			return nil
		},
	}
	cmd.Flags().StringVar(&from, "from", "request", "the `template` to copy")
	return cmd
}

func (a *app) templateCheck() *cobra.Command {
	return &cobra.Command{
		Use: "check [NAME]", Short: "Check templates for errors", Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			w, err := a.workspace()
			if err != nil {
				return err
			}
			lib := library(w)
			names := args
			if len(names) == 0 {
				names = lib.Templates()
			}
			for _, name := range names {
				if _, err := lib.Template(name); err != nil {
					return err
				}
			}
			fmt.Fprintf(a.out, "%s checked: no errors.\n", plural(len(names), "template", "templates"))
			return nil
		},
	}
}
