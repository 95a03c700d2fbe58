package main

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"foia/internal/agency"
	"foia/internal/docket"
	"foia/internal/filing"
	"foia/internal/logbook"
	"foia/internal/remedy"
	"foia/internal/store"
	"foia/internal/workday"
)

// repeatFlags begin a series of recurring requests.
type repeatFlags struct{ repeat, from string }

func (f *repeatFlags) add(flags *pflag.FlagSet) {
	flags.StringVar(&f.repeat, "repeat", "", "start a series of requests with this `frequency`: monthly, quarterly, half-yearly or "+
		"yearly; foia next says when the next one is due")
	flags.StringVar(&f.from, "from", "", "with --repeat: the first `day` of the first period; sets date_from and date_to")
}

// repeated makes the first request of a series of what is asked for, if the flags
// say so.
func (a *app) repeated(ask filing.Ask, f repeatFlags) (filing.Ask, error) {
	switch {
	case f.repeat == "" && f.from == "":
		return ask, nil
	case f.from == "":
		return ask, remedy.Misuse("--repeat needs --from: when does the first period begin?",
			"add --from DATE, such as --from 2026-01-01")
	case f.repeat == "":
		return ask, remedy.Misuse("--from works only with --repeat",
			"add --repeat quarterly, or write --set date_from="+f.from)
	}
	repeat, err := docket.ReadRepeat(f.repeat)
	if err != nil {
		return ask, err
	}
	from, err := a.readDay("--from", f.from)
	if err != nil {
		return ask, err
	}
	return ask.Repeated(repeat, from)
}

// newArgs are those of `foia new`: a template or pack, unless a series goes on.
func newArgs(f *newFlags) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(f.nextOf) == 0 {
			return cobra.MaximumNArgs(1)(cmd, args)
		}
		if len(args) > 0 {
			return remedy.Misuse("--next-of uses the template of the previous request: unexpected argument "+args[0],
				"leave it out")
		}
		return f.checkNextOf(cmd)
	}
}

// checkNextOf refuses what the request before has decided.
func (f *newFlags) checkNextOf(cmd *cobra.Command) error {
	for _, name := range []string{"to", "only", "answers", "sample", "repeat", "from"} {
		if cmd.Flags().Changed(name) {
			return remedy.Misuse("--"+name+" cannot be combined with --next-of, which takes that from the previous request",
				"leave it out; to change a single answer, use --set field=value")
		}
	}
	return nil
}

// planNextOf plans the requests that follow in their series.
func (a *app) planNextOf(cmd *cobra.Command, desk *filing.Desk, f newFlags) (plan []filing.Planned, err error) {
	if err := filing.CheckVia(f.via); err != nil {
		return nil, err
	}
	given, err := readGiven(f.sets, f.answers)
	if err != nil {
		return nil, err
	}
	answers, err := given.forOne("a series continues one letter at a time")
	if err != nil {
		return nil, err
	}
	day, err := a.on(f.on)
	if err != nil {
		return nil, err
	}
	log, err := a.read(cmd, desk.Book)
	if err != nil {
		return nil, err
	}
	for _, id := range f.nextOf {
		r, _, err := a.findLife(cmd, log, strings.TrimSpace(id))
		if err != nil {
			return nil, err
		}
		p, notes, err := desk.PlanFollowing(cmd.Context(), log,
			filing.Following{After: r, Date: day, Via: agency.Channel(f.via), As: f.as, Given: answers})
		if err != nil {
			return nil, err
		}
		for _, n := range notes {
			a.note("note: %s", n)
		}
		plan = append(plan, p)
	}
	return plan, nil
}

// seriesText says how the series of a request stands; empty, if it has none.
func seriesText(cmd *cobra.Command, log *store.Log, r docket.Request, day workday.Date) (string, error) {
	if r.Series == nil {
		return "", nil
	}
	s, ok, err := logbook.SeriesOf(cmd.Context(), log, r.Series.First, day)
	if err != nil || !ok {
		return "", err
	}
	return s.Sentence(*r.Series), nil
}
