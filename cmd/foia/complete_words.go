package main

import (
	"context"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"foia/internal/agency"
	"foia/internal/correspondence"
	"foia/internal/docket"
	"foia/internal/export"
	"foia/internal/law"
	"foia/internal/logbook"
	"foia/internal/retention"
	"foia/internal/store"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// wordSources are the offers for a word of a use line: by the command and the word where one
// word means different things, else by the word alone.
var wordSources = sync.OnceValue(func() map[string]offers {
	return map[string]offers{
		"ID": offerRequests, "OFFICE": offerOffices, "LAW": offerLaws, "TEMPLATE": offerTemplates, "EVENT": offerEvents,
		"WHAT": fixed(openable...), "FILE": offerFiles, "OFFICES": offerLists, "PERSON": offerFromHands(peopleIn),
		"SUBJECT":                  offerSubjects,
		"foia letter KIND":         offerLetters,
		"foia paper KIND":          offerPapers,
		"foia campaign show NAME":  offerCampaigns,
		"foia campaign print NAME": offerCampaigns,
		"foia campaign mail NAME":  offerCampaigns,
		"foia template show NAME":  offerEveryTemplate,
		"foia template check NAME": offerEveryTemplate,
	}
})

// freeWords are words that only the user knows.
var freeWords = map[string]bool{"WORDS": true, "foia db add NAME": true, "foia db remove NAME": true,
	"foia template new NAME": true}

// flagSources are the offers for a flag: by its name where its word is a common one, else by
// that word.
var flagSources = sync.OnceValue(func() map[string]offers {
	return map[string]offers{
		"--campaign": offerCampaigns, "--template": offerTemplates, "--set": offerFields, "--what": offerPrints,
		"foia copy --field": offerFormFields, "foia new --only": offerPackLetters, "foia template new --from": offerEveryTemplate,
		"foia record --letter": offerLetterNames, "foia discard --letter": offerLetterNames,
		"foia redact --file": offerReceived,
		"foia report --by":   fixed("office", "law", "month"), "foia log --sort": offerColumns, "foia log --columns": listed(offerColumns),
		"foia record --to": offerOffices, "foia init --category": fixed(docket.Categories...),
		"--parent": offerOffices, "foia agency list --agency": offerOffices, "foia log --agency": offerOffices,
		"--assigned": offerFromHands(assignedIn, logbook.Nobody), "--owner": offerFromHands(ownerIn),
		"foia private --with": listed(offerFromHands(peopleIn)), "foia tag --remove": listed(offerOfNamed(tagsIn)),
		"tag": offerFromHands(tagsIn), "tags": listed(offerFromHands(tagsIn)),
		"foia records --law": offerScheduled, "foia batch --offices": offerKinds,
		"foia log export --for": fixed(export.ForSheet, export.ForMuckRock),
		"foia inbox --accept":   fixed(acceptCertain, acceptAll),
		"foia send --rate":      fixed("20/h", "60/h", "2/m", "none"),
		"--within":              fixed("7d", "14d", "4w", "8w"),
		"ID":                    offerRequests,
		"ids":                   listed(offerRequests), "office": offerOffices, "law": offerLaws, "requester": offerRequesters,
		"file": offerFiles, "folder": offerFolders, "date": offerDays, "day": offerDays,
		"method": fixed("portal", "mail", "fax", "email"), "status": offerStatuses,
		"outcome":   fixed(append([]string{"none"}, docket.Outcomes...)...),
		"frequency": fixed("monthly", "quarterly", "half-yearly", "yearly"), "policy": offerPolicies, "role": fixed(store.Roles...),
		"foia log export --format": fixed(asCSV, asJSON, asXLSX), "foia due --format": fixed(asTable, asJSON, asICS),
		"format": fixed("csv", "json"), "decision": fixed(docket.Matters...), "kind": offerLetterNames,
	}
})

// freeFlags are the words for what only the user knows.
var freeFlags = []string{"text", "number", "numbers", "amount", "amount|percentage", "exemptions", "reason", "remark", "name",
	"names", "lines", "line", "person", "address", "country", "city", "state", "code", "facts", "use", "position", "field=value",
	"column=use", "n", "days", "words", "URL", "seal", "word", "place", "abbreviation", "unit", "page", "id", "field"}

func wordOffers(cmd *cobra.Command, word string) (offers, bool) {
	if own, ok := wordSources()[cmd.CommandPath()+" "+word]; ok {
		return own, true
	}
	source, ok := wordSources()[word]
	return source, ok
}

func flagOffers(cmd *cobra.Command, f *pflag.Flag) (offers, bool) {
	word, _ := pflag.UnquoteUsage(f)
	if word == string(docket.Choice) || word == string(docket.Picks) {
		return offerChoices(f.Name), true
	}
	for _, key := range []string{cmd.CommandPath() + " --" + f.Name, "--" + f.Name, word} {
		if source, ok := flagSources()[key]; ok {
			return source, true
		}
	}
	return nil, false
}

// These are the only words that there are; only says so to the shell, which else offers files.
func only(words []cobra.Completion) ([]cobra.Completion, cobra.ShellCompDirective) {
	return words, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
}

func fixed(words ...string) offers {
	return func(_ *app, typed typedSoFar) ([]cobra.Completion, cobra.ShellCompDirective) {
		return only(beginning(typed.begins, words))
	}
}

func beginning(begins string, words []string) (out []cobra.Completion) {
	for _, word := range words {
		if strings.HasPrefix(word, begins) {
			out = append(out, word)
		}
	}
	return out
}

// listed offers one more for a list whose parts have commas between them.
func listed(one offers) offers {
	return func(a *app, typed typedSoFar) ([]cobra.Completion, cobra.ShellCompDirective) {
		i := strings.LastIndex(typed.begins, ",") + 1
		before := typed.begins[:i]
		typed.begins = typed.begins[i:]
		found, directive := one(a, typed)
		for j := range found {
			found[j] = before + found[j]
		}
		return found, directive
	}
}

func offerFiles(*app, typedSoFar) ([]cobra.Completion, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveDefault
}

func offerFolders(*app, typedSoFar) ([]cobra.Completion, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveFilterDirs
}

// offerLists offers the files that lists of offices are kept in.
func offerLists(*app, typedSoFar) ([]cobra.Completion, cobra.ShellCompDirective) {
	return []cobra.Completion{"csv", "xlsx"}, cobra.ShellCompDirectiveFilterFileExt
}

func offerRequests(a *app, typed typedSoFar) ([]cobra.Completion, cobra.ShellCompDirective) {
	var found []cobra.Completion
	a.peek(typed, func(ctx context.Context, _ *workspace.Workspace, log *store.Log) error {
		requests, err := log.Newest(ctx, typed.begins, mostOffers)
		for _, r := range requests {
			if !slices.Contains(typed.args, r.ID) {
				found = append(found, cobra.CompletionWithDesc(r.ID, cell(r.OfficeName()+": "+r.Subject)))
			}
		}
		return err
	})
	return only(found)
}

func offerCampaigns(a *app, typed typedSoFar) ([]cobra.Completion, cobra.ShellCompDirective) {
	var names []string
	a.peek(typed, func(ctx context.Context, _ *workspace.Workspace, log *store.Log) (err error) {
		names, err = log.Campaigns(ctx)
		return err
	})
	return only(beginning(typed.begins, names))
}

// offerOffices offers offices by their ids, and by the abbreviation that is being typed.
func offerOffices(a *app, typed typedSoFar) ([]cobra.Completion, cobra.ShellCompDirective) {
	w, err := workspace.Open(a.dir)
	if err != nil {
		return only(nil)
	}
	d, err := directory(w)
	if err != nil {
		return only(nil)
	}
	var found []cobra.Completion
	for _, o := range d.All() {
		short := strings.ToLower(o.Abbreviation)
		switch {
		case strings.HasPrefix(o.ID, typed.begins):
			found = append(found, cobra.CompletionWithDesc(o.ID, cell(o.FullName())))
		case typed.begins != "" && strings.HasPrefix(short, strings.ToLower(typed.begins)):
			if m, err := d.Find(short); err == nil && m.Asked.ID == o.ID {
				found = append(found, cobra.CompletionWithDesc(short, cell(o.FullName())))
			}
		}
	}
	return only(found)
}

func offerLaws(a *app, typed typedSoFar) ([]cobra.Completion, cobra.ShellCompDirective) {
	var found []cobra.Completion
	add := func(id, name string) {
		if strings.HasPrefix(id, typed.begins) {
			found = append(found, cobra.CompletionWithDesc(id, cell(name)))
		}
	}
	w, err := workspace.Open(a.dir)
	if err != nil {
		return only(nil)
	}
	book, err := w.Laws()
	if err != nil {
		return only(nil)
	}
	add(law.Federal, "Freedom of Information Act")
	for _, id := range book.Records().IDs() {
		if p, ok := book.Records().Law(id); ok {
			add(id, p.Place+": "+p.Name)
		}
	}
	return only(found)
}

// offerScheduled offers the laws of which retention schedules were read.
func offerScheduled(a *app, typed typedSoFar) ([]cobra.Completion, cobra.ShellCompDirective) {
	book, err := retention.Load()
	if err != nil {
		return only(nil)
	}
	_, count := book.Laws()
	found, directive := offerLaws(a, typed)
	return slices.DeleteFunc(found, func(c cobra.Completion) bool {
		id, _, _ := strings.Cut(c, "\t")
		return count[id] == 0
	}), directive
}

// offerKinds offers the kinds of offices, under the law that was typed or those of all states.
func offerKinds(_ *app, typed typedSoFar) (found []cobra.Completion, directive cobra.ShellCompDirective) {
	law, _, _ := strings.Cut(typed.begins, "/")
	if law == "" || strings.HasPrefix("us-*", law) {
		law = "us-*"
	}
	kinds := agency.Kinds()
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		if pattern := law + "/" + kind; strings.HasPrefix(pattern, typed.begins) {
			found = append(found, cobra.CompletionWithDesc(pattern, kinds[kind]))
		}
	}
	return only(found)
}

func offerSubjects(a *app, typed typedSoFar) ([]cobra.Completion, cobra.ShellCompDirective) {
	w, err := workspace.Open(a.dir)
	if err != nil {
		return only(nil)
	}
	var found []cobra.Completion
	lib := subjectsOf(w)
	for _, id := range lib.IDs() {
		if s, err := lib.Get(id); err == nil && strings.HasPrefix(id, typed.begins) {
			found = append(found, cobra.CompletionWithDesc(id, cell(s.Title)))
		}
	}
	return only(found)
}

func offerRequesters(a *app, typed typedSoFar) ([]cobra.Completion, cobra.ShellCompDirective) {
	w, err := workspace.Open(a.dir)
	if err != nil {
		return only(nil)
	}
	var found []cobra.Completion
	for _, r := range w.Config.Requesters {
		if strings.HasPrefix(r.ID, typed.begins) {
			found = append(found, cobra.CompletionWithDesc(r.ID, cell(r.Name)))
		}
	}
	return only(found)
}

func offerPapers(_ *app, typed typedSoFar) ([]cobra.Completion, cobra.ShellCompDirective) {
	var found []cobra.Completion
	for _, k := range correspondence.PaperKinds {
		if strings.HasPrefix(k[0], typed.begins) {
			found = append(found, cobra.CompletionWithDesc(k[0], k[1]))
		}
	}
	return only(found)
}

func offerEvents(_ *app, typed typedSoFar) ([]cobra.Completion, cobra.ShellCompDirective) {
	var found []cobra.Completion
	for _, kind := range kinds() {
		if spec, ok := docket.SpecOf(docket.Kind(kind)); ok && strings.HasPrefix(kind, typed.begins) {
			found = append(found, cobra.CompletionWithDesc(kind, spec.Says))
		}
	}
	return only(found)
}

// offerChoices offers what the flag of a detail may be, for the event that is named, or for
// any.
func offerChoices(flag string) offers {
	return func(a *app, typed typedSoFar) ([]cobra.Completion, cobra.ShellCompDirective) {
		var choices []string
		list := false
		for _, spec := range docket.Specs {
			d, has := spec.Detail(flag)
			if !has || spec.Own || slices.ContainsFunc(typed.args, isEvent) && !slices.Contains(typed.args, string(spec.Kind)) {
				continue
			}
			list = list || d.Type == docket.Picks
			for _, c := range d.Choices {
				if !slices.Contains(choices, c) {
					choices = append(choices, c)
				}
			}
		}
		if list {
			return listed(fixed(choices...))(a, typed)
		}
		return only(beginning(typed.begins, choices))
	}
}

func isEvent(word string) bool { return slices.Contains(kinds(), word) }

// offerStatuses writes statuses with hyphens, which are taken for spaces.
func offerStatuses(_ *app, typed typedSoFar) ([]cobra.Completion, cobra.ShellCompDirective) {
	var names []string
	for _, s := range docket.Statuses {
		names = append(names, strings.ReplaceAll(string(s), " ", "-"))
	}
	return only(beginning(typed.begins, names))
}

func offerPolicies(_ *app, typed typedSoFar) ([]cobra.Completion, cobra.ShellCompDirective) {
	var names []string
	for _, p := range workday.Policies {
		names = append(names, string(p))
	}
	return only(beginning(typed.begins, names))
}

// offerDays offers today and the days before it, which is when things happened.
func offerDays(a *app, typed typedSoFar) ([]cobra.Completion, cobra.ShellCompDirective) {
	const week = 7
	var found []cobra.Completion
	for i := range week {
		day := a.today().AddDays(-i)
		if strings.HasPrefix(day.String(), typed.begins) {
			found = append(found, cobra.CompletionWithDesc(day.String(), day.Letter()))
		}
	}
	return only(append(found, beginning(typed.begins, []string{"today", "yesterday"})...))
}

// offerColumns are the columns of the log.
func offerColumns(_ *app, typed typedSoFar) ([]cobra.Completion, cobra.ShellCompDirective) {
	var names []string
	for _, c := range logColumns() {
		names = append(names, c.name)
	}
	return only(beginning(typed.begins, names))
}
