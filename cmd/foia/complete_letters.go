package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"foia/internal/correspondence"
	"foia/internal/docket"
	"foia/internal/letter"
	"foia/internal/store"
	"foia/internal/workspace"
)

// templatesIn are the templates of a folder by the names that the user gives them, and its
// packs.
func (a *app) templatesIn(typed typedSoFar, packs bool, named func(*letter.Template) string) (found []cobra.Completion) {
	w, err := workspace.Open(a.dir)
	if err != nil {
		return nil
	}
	lib := library(w)
	for _, id := range lib.Packs() {
		if p, err := lib.Pack(id); err == nil && packs && strings.HasPrefix(id, typed.begins) {
			found = append(found, cobra.CompletionWithDesc(id, cell(p.Title)))
		}
	}
	for _, id := range lib.Templates() {
		t, err := lib.Template(id)
		if err != nil {
			continue
		}
		if name := named(t); name != "" && strings.HasPrefix(name, typed.begins) {
			found = append(found, cobra.CompletionWithDesc(name, cell(t.Title)))
		}
	}
	return found
}

// offerTemplates offers what a first letter is made from; a list of offices takes no pack.
func offerTemplates(a *app, typed typedSoFar) ([]cobra.Completion, cobra.ShellCompDirective) {
	return only(a.templatesIn(typed, typed.cmd.Name() == "new", func(t *letter.Template) string {
		if t.Kind != letter.RequestKind {
			return ""
		}
		return t.ID
	}))
}

func offerEveryTemplate(a *app, typed typedSoFar) ([]cobra.Completion, cobra.ShellCompDirective) {
	return only(a.templatesIn(typed, true, func(t *letter.Template) string { return t.ID }))
}

// offerLetterNames offers the kinds of later letters. Those under the laws of states have the
// same names, and are offered once.
func offerLetterNames(a *app, typed typedSoFar) ([]cobra.Completion, cobra.ShellCompDirective) {
	seen := map[string]bool{}
	return only(a.templatesIn(typed, false, func(t *letter.Template) string {
		if t.Kind == letter.RequestKind || seen[t.Common()] {
			return ""
		}
		seen[t.Common()] = true
		return t.Common()
	}))
}

// offerLetters offers the letters of the request that is named, those first that may go out
// today; all, if there is none.
func offerLetters(a *app, typed typedSoFar) ([]cobra.Completion, cobra.ShellCompDirective) {
	if len(typed.args) == 0 {
		return offerLetterNames(a, typed)
	}
	var ready, others []cobra.Completion
	a.peek(typed, func(ctx context.Context, w *workspace.Workspace, log *store.Log) error {
		r, err := log.Request(ctx, typed.args[0])
		if err != nil {
			return err
		}
		events, err := log.Events(ctx, r.ID)
		if err != nil {
			return err
		}
		basis, err := w.Basis()
		if err != nil {
			return err
		}
		rows, err := correspondence.Choices(library(w), basis.Book, r.Law, docket.At(r, events, a.today(), basis).Ready)
		for _, row := range rows {
			switch {
			case !strings.HasPrefix(row.Letter, typed.begins):
			case row.Ready:
				ready = append(ready, cobra.CompletionWithDesc(row.Letter, cell(row.Summary)))
			default:
				others = append(others, cobra.CompletionWithDesc(row.Letter, "not now"))
			}
		}
		return err
	})
	if len(ready)+len(others) == 0 {
		return offerLetterNames(a, typed)
	}
	return only(append(ready, others...))
}

// offerPrints offers what foia campaign print prints.
func offerPrints(a *app, typed typedSoFar) ([]cobra.Completion, cobra.ShellCompDirective) {
	found, directive := offerLetterNames(a, typed)
	return append(beginning(typed.begins, []string{"requests"}), found...), directive
}

// offerFields offers the questions of the template that is named.
func offerFields(a *app, typed typedSoFar) ([]cobra.Completion, cobra.ShellCompDirective) {
	name := ""
	if f := typed.cmd.Flags().Lookup("template"); f != nil {
		name = f.Value.String()
	} else if len(typed.args) > 0 {
		name = typed.args[len(typed.args)-1]
	}
	w, err := workspace.Open(a.dir)
	if err != nil {
		return only(nil)
	}
	t, err := library(w).Template(name)
	if err != nil {
		return only(nil)
	}
	var found []cobra.Completion
	for _, f := range t.Fields {
		if strings.HasPrefix(f.Name+"=", typed.begins) {
			found = append(found, cobra.CompletionWithDesc(f.Name+"=", cell(f.Label)))
		}
	}
	return found, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
}

// offerPackLetters offers the letters of the pack that is named.
func offerPackLetters(a *app, typed typedSoFar) ([]cobra.Completion, cobra.ShellCompDirective) {
	w, err := workspace.Open(a.dir)
	if err != nil || len(typed.args) == 0 {
		return only(nil)
	}
	p, err := library(w).Pack(typed.args[0])
	if err != nil {
		return only(nil)
	}
	var names []string
	for _, l := range p.Letters {
		names = append(names, l.Name)
	}
	return listed(fixed(names...))(a, typed)
}

// offerFormFields offers the fields of the agency's web form.
func offerFormFields(a *app, typed typedSoFar) ([]cobra.Completion, cobra.ShellCompDirective) {
	var found []cobra.Completion
	a.peek(typed, func(ctx context.Context, w *workspace.Workspace, log *store.Log) error {
		if len(typed.args) == 0 {
			return nil
		}
		r, err := log.Request(ctx, typed.args[0])
		if err != nil {
			return err
		}
		fields, err := formOf(correspondence.Kept{Context: ctx, Workspace: w, Log: log}, r)
		for _, f := range fields {
			if strings.HasPrefix(f.Name, typed.begins) {
				found = append(found, cobra.CompletionWithDesc(f.Name, f.Label))
			}
		}
		return err
	})
	return only(found)
}
