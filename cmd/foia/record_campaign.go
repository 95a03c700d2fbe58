package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"foia/internal/campaign"
	"foia/internal/docket"
	"foia/internal/logbook"
	"foia/internal/remedy"
	"foia/internal/store"
	"foia/internal/workday"
)

// manyFlags choose the requests of a campaign for a command that else is about one.
type manyFlags struct {
	filterFlags
	campaign string
	dryRun   bool
}

// add adds the flags. A command that has a --via of its own leaves that of the
// filter out.
func (f *manyFlags) add(cmd *cobra.Command, withVia bool) {
	flags := cmd.Flags()
	flags.StringVar(&f.campaign, "campaign", "", "for every request in the campaign of this `name`, instead of an ID")
	flags.StringVar(&f.status, "status", "", "with --campaign: only requests with this `status`, such as drafted")
	flags.StringVar(&f.law, "law", "", "with --campaign: only offices under this `law`, such as us-federal")
	flags.StringSliceVar(&f.only, "only", nil, "with --campaign: only these `ids`, separated by commas")
	flags.BoolVar(&f.dryRun, "dry-run", false, "with --campaign: only count, and change nothing")
	if withVia {
		flags.StringVar(&f.via, "via", "", "with --campaign: only requests filed by this `method`: portal, mail, fax or email")
	}
}

// alone refuses the flags of a campaign where no campaign is named, but those that the command has for
// one request, too.
func (f *manyFlags) alone(except ...string) error {
	if f.campaign != "" {
		return nil
	}
	for _, flag := range []struct {
		name  string
		given bool
	}{{"--status", f.status != ""}, {"--law", f.law != ""}, {"--via", f.via != ""}, {"--only", len(f.only) > 0}, {"--dry-run", f.dryRun}} {
		if flag.given && !slices.Contains(except, strings.TrimPrefix(flag.name, "--")) {
			return remedy.Misuse(flag.name+" works only with --campaign",
				"name a campaign with --campaign instead of an ID, or leave "+flag.name+" out")
		}
	}
	return nil
}

// chosen are the ids of the requests that the flags choose, as they stand on a day.
func (f *manyFlags) chosen(a *app, cmd *cobra.Command, b *logbook.Book, day workday.Date) (ids []string, err error) {
	filter, err := f.filter()
	if err != nil {
		return nil, err
	}
	log, err := a.read(cmd, b)
	if err != nil {
		return nil, err
	}
	folder := campaign.Folder{Workspace: b.Workspace, Log: log, Name: f.campaign}
	err = folder.Each(cmd.Context(), day, filter, func(s store.Standing) error {
		ids = append(ids, s.Request.ID)
		return nil
	})
	return ids, err
}

// recordMany records an event for the requests of a campaign.
func (a *app) recordMany(cmd *cobra.Command, entry logbook.Entry, f recordFlags) error {
	switch {
	case len(f.attach) > 0:
		return remedy.Misuse("--attach applies to one request only",
			"record the files one request at a time: foia record ID file --attach FILE")
	case f.again:
		return remedy.Misuse("--again applies to one request only",
			"record what happened twice one request at a time: foia record ID EVENT --again")
	}
	w, err := a.workspace()
	if err != nil {
		return err
	}
	book := a.book(w)
	ids, err := f.many.chosen(a, cmd, book, a.today())
	if err != nil {
		return err
	}
	if err := a.mayRecordMany(len(ids), f); err != nil {
		return err
	}
	out, err := book.RecordMany(cmd.Context(),
		logbook.ForMany{Requests: ids, Event: entry.Event, DryRun: f.many.dryRun, Progress: a.advance(len(ids))})
	if err != nil {
		return err
	}
	if f.json {
		if err := a.json(out); err != nil {
			return err
		}
	} else {
		a.showRecordedMany(out, entry.Event, len(ids), f)
	}
	return partly(len(out.Refused), len(ids), "requests could not be recorded")
}

// mayRecordMany asks, in a terminal, before an event is recorded for many requests. A script says which it
// means by the name of the campaign.
func (a *app) mayRecordMany(n int, f recordFlags) error {
	if n <= mostUnasked || f.yes || f.json || f.many.dryRun || !a.terminal() {
		return nil
	}
	agreed, err := a.confirm("Record this for " + remedy.Counted(n, "request") + "?")
	if err == nil && !agreed {
		err = remedy.Misuse("stopped; nothing was written", "look at what would be recorded with --dry-run")
	}
	return err
}

func (a *app) showRecordedMany(out *logbook.RecordedMany, event docket.Event, chosen int, f recordFlags) {
	if chosen == 0 {
		fmt.Fprintf(a.out, "No requests in the campaign %s match: nothing was recorded.\n", cell(f.many.campaign))
		return
	}
	verb := "Recorded"
	if f.many.dryRun {
		verb = "Would record"
	}
	fmt.Fprintf(a.out, "%s %s for %s in the campaign %s.\n", verb, event.Kind, remedy.Counted(out.Recorded, "request"),
		cell(f.many.campaign))
	if out.Before > 0 {
		fmt.Fprintf(a.out, "Already recorded: %d.\n", out.Before)
	}
	letter := cell(event.Data["letter"])
	if out.Sent > 0 {
		fmt.Fprintf(a.out, "Have their letter “%s” recorded as sent on another day: %d.\n", letter, out.Sent)
	}
	if out.NoLetter > 0 {
		fmt.Fprintf(a.out, "Have no letter “%s”: %d.\n", letter, out.NoLetter)
	}
	for _, u := range slices.Sorted(maps.Keys(out.Unusual)) {
		a.note("note: %s (%s)", u, remedy.Counted(out.Unusual[u], "request"))
	}
	a.showReasons("Refused", out.Refused)
}

// mostReasons is how many reasons are shown; JSON has the rest.
const mostReasons = 20

// showReasons prints each reason once, with the requests that it is about.
func (a *app) showReasons(title string, refused []logbook.RefusedOne) {
	if len(refused) == 0 {
		return
	}
	var order []string
	ids := map[string][]string{}
	for _, r := range refused {
		text := r.Reason
		if r.Remedy != "" {
			text += "; " + r.Remedy
		}
		text = strings.ReplaceAll(text, r.ID, "ID") // so that one reason is one
		if ids[text] == nil {
			order = append(order, text)
		}
		ids[text] = append(ids[text], r.ID)
	}
	slices.SortStableFunc(order, func(x, y string) int { return len(ids[y]) - len(ids[x]) })
	fmt.Fprintf(a.out, "%s: %d.\n", title, len(refused))
	for _, text := range order[:min(len(order), mostReasons)] {
		a.wrappedAfter("  ", "    ", fmt.Sprintf("%s: %s", shortList(ids[text]), text))
	}
	if more := len(order) - mostReasons; more > 0 {
		fmt.Fprintf(a.out, "  … and %s; to see them all, add --json\n", plural(more, "more reason", "more reasons"))
	}
}

// incomplete makes a command exit with 1 after it did what it could.
type incomplete struct {
	what   string
	others bool // were done
}

func (e *incomplete) Error() string { return e.what }

// Hint says what to do.
func (e *incomplete) Hint() string {
	fix := "fix what is listed and run the same command again"
	if e.others {
		return "the others are done; " + fix
	}
	return fix
}

// partly is the error that some of all were not done; nil if none was left.
func partly(n, all int, what string) error {
	if n == 0 {
		return nil
	}
	return &incomplete{fmt.Sprintf("%d of %d %s", n, all, what), n < all}
}
