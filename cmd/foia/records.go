package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"foia/internal/agency"
	"foia/internal/law"
	"foia/internal/remedy"
	"foia/internal/retention"
)

// recordsFlags are the flags of `foia records`.
type recordsFlags struct {
	of, law      string
	limit        int
	asJSON, item bool
}

// few is how many series are shown unless the user says otherwise.
const few = 5

func newRecordsCommand(a *app) *cobra.Command {
	var f recordsFlags
	cmd := &cobra.Command{
		Use: "records WORDS", Short: "Find what records exist, and how long they are kept", Args: cobra.MinimumNArgs(1),
		Long: "Finds series of records by your words: what they are called, what they hold, who\n" +
			"is likely to have them, how long they are kept and under what authority. For\n" +
			"federal agencies, these are NARA's General Records Schedules and some systems of\n" +
			"records; with --law, what was read of a state's schedules. Nothing is looked up\n" +
			"on a network.\n\n" +
			"No hit says nothing: the records of an agency's own mission are on its own\n" +
			"schedules, which are not here. A period that has run out does not mean that the\n" +
			"records are gone: ask anyway, and ask for the disposal record.",
		Example: "  foia records email\n  foia records visitor logs --of dhs-ice\n  foia records body camera --law us-tx\n" +
			"  foia records \"GRS 5.6.111\" --item",
		RunE: func(_ *cobra.Command, args []string) error { return a.runRecords(strings.Join(args, " "), f) },
	}
	flags := cmd.Flags()
	flags.StringVar(&f.of, "of", "", "the `office` that has them: a federal one's own systems come first")
	flags.StringVar(&f.law, "law", "", "the `law` of a state, such as us-tx: only what was read of its schedules")
	flags.IntVar(&f.limit, "limit", few, "show at most `n` series; 0 shows all that fit")
	flags.BoolVar(&f.item, "item", false, "print the best one as an item for a letter, in an answers file to fill in")
	flags.BoolVar(&f.asJSON, "json", false, "print the result as JSON")
	return cmd
}

func (a *app) runRecords(words string, f recordsFlags) error {
	switch {
	case f.limit < 0:
		return remedy.Misuse("--limit must be 0 or more", "give a number, such as --limit 10; 0 shows all that fit")
	case f.item && f.asJSON:
		return remedy.Misuse("--item prints YAML", "leave out --json or --item")
	}
	query, err := a.recordsQuery(words, f)
	if err != nil {
		return err
	}
	book, err := retention.Load()
	if err != nil {
		return err
	}
	found, err := book.Search(query)
	if err != nil {
		return err
	}
	if f.item {
		return a.printItem(found.Series[0])
	}
	shown := found.Series
	if f.limit > 0 {
		shown = shown[:min(f.limit, len(shown))]
	}
	if f.asJSON {
		err = a.json(shown)
	} else {
		a.showSeries(book, shown)
	}
	if err == nil {
		a.noteCoverage(book, query, found, len(shown))
	}
	return err
}

// recordsQuery is what to search for, and under which law or at which office.
func (a *app) recordsQuery(words string, f recordsFlags) (q retention.Query, err error) {
	q = retention.Query{Words: words}
	w, err := a.workspace()
	if err != nil {
		return q, err
	}
	if f.law != "" && f.law != law.Federal {
		if q.Law = f.law; !law.KnownLaw(f.law) {
			book, err := w.Laws()
			if err != nil {
				return q, err
			}
			if _, own := book.Records().Law(f.law); !own {
				return q, remedy.Misuse("there is no law “"+cell(f.law)+"”", "see the laws: "+remedy.To(remedy.Laws).String())
			}
		}
	}
	if f.of == "" {
		return q, nil
	}
	d, err := directory(w)
	if err != nil {
		return q, err
	}
	match, err := d.Find(f.of)
	if err != nil {
		return q, err
	}
	own := match.Office.Law
	switch {
	case f.law != "" && own != "" && own != f.law, f.law != "" && own == "" && f.law != law.Federal:
		return q, remedy.Misuse(match.Office.Name+" is not under "+f.law, "leave out --law or --of")
	case own != "" && own != law.Federal:
		q.Law = own
		return q, nil
	}
	q.Of = holders(d, match)
	return q, nil
}

// holders are the offices whose systems are those of an office: its own, its department's, and
// those of the components of a department.
func holders(d *agency.Directory, m agency.Match) []string {
	ids := []string{m.Office.ID, m.Asked.ID}
	if m.Office.Parent != "" {
		ids = append(ids, m.Office.Parent)
	}
	for _, o := range d.All() {
		if o.Parent == m.Asked.ID {
			ids = append(ids, o.ID)
		}
	}
	return slices.Compact(slices.Sorted(slices.Values(ids)))
}

func (a *app) showSeries(book *retention.Book, list []*retention.Series) {
	for i, s := range list {
		if i > 0 {
			fmt.Fprintln(a.out)
		}
		a.wrappedAfter(s.ID+": ", "    ", s.Title)
		line := func(label, value string) {
			if value != "" {
				a.wrappedAfter("  "+label+": ", "    ", value)
			}
		}
		line("holds", holdsWords(s))
		line("whose", strings.TrimPrefix(s.Agency+s.Scope, ", "))
		if len(s.Keepers) > 0 {
			line("kept by", strings.Join(s.Keepers, ", ")+" (a guess from what the records are for; no schedule says so)")
		}
		line("kept for", s.Says())
		line("counted from", clockWords(s))
		if next, ok := book.Get(s.Next); ok && s.Next != "" {
			line("superseded by", *s.Successor+", which is "+next.ID+", “"+next.Title+"”")
		}
		line("cite", citeWords(s))
		line("scope", said(s.ScopeNote, s.ScopeSource))
		if s.Note != nil {
			line("note", *s.Note)
		}
		line("read in", s.Read())
		if len(list) == 1 {
			line("the copy", s.ReadVia)
		}
		line("the period was read in", s.PeriodRead())
	}
}

// said is what was read somewhere, with the place.
func said(what, where string) string {
	if what == "" {
		return ""
	}
	return what + " (" + where + ")"
}

// holdsWords is what a series holds, and on what that rests.
func holdsWords(s *retention.Series) string {
	switch {
	case s.Holds == nil:
		return "unknown beyond its title"
	case s.HoldsBasis != nil:
		return *s.Holds + " (" + *s.HoldsBasis + ")"
	}
	return *s.Holds
}

// clockWords is what the time of a series is counted from.
func clockWords(s *retention.Series) string {
	switch {
	case s.Clock == nil || s.N == nil:
		return ""
	case *s.Clock == "final action":
		return "final action, which is NARA's general word; the printed schedule names the event"
	case s.Retention != nil && strings.Contains(*s.Retention, *s.Clock):
		return "" // said already
	}
	return *s.Clock
}

func citeWords(s *retention.Series) string {
	switch {
	case s.Cite() != "":
		return s.Cite()
	case s.Mode == retention.Superseded:
		return "nothing: it is no longer in force"
	}
	return "unknown"
}

// noteCoverage says what was looked through, and that what is not there says nothing.
func (a *app) noteCoverage(book *retention.Book, q retention.Query, found retention.Found, shown int) {
	if more := len(found.Series) - shown; more > 0 {
		a.note("note: %s; --limit 0 shows all", plural(more, "more series fits", "more series fit"))
	}
	if len(found.Unknown) > 0 {
		a.note("note: no series has the words %s", cell(strings.Join(found.Unknown, ", ")))
	}
	_, count := book.Laws()
	if q.Law != "" {
		a.note("note: only what was read of the schedules under %s (%s)", q.Law, plural(count[q.Law], "series", "series"))
	} else {
		a.note("note: federal series only: NARA's General Records Schedules and some systems")
	}
	a.note("note: %s", retention.Silence)
	if len(found.Elsewhere) > 0 {
		a.note("note: states have such series too: --law %s", strings.Join(found.Elsewhere, ", "))
	}
}
