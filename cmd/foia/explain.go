package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"foia/internal/docket"
	"foia/internal/remedy"
	"foia/internal/store"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// explainFlags are the flags of `foia explain`.
type explainFlags struct {
	from, policy, on  string
	law               string
	working, calendar int
	json              bool
}

func newExplainCommand(a *app) *cobra.Command {
	var f explainFlags
	cmd := &cobra.Command{
		Use:   "explain [ID]",
		Short: "Show how the deadlines of a request, or any date, are counted",
		Long: "Shows where each date of a request comes from: the event, the rule, each day\n" +
			"that was skipped and why, and what other readings give. With --from it counts\n" +
			"from any date: by the holidays of federal offices, or with --law by those of a\n" +
			"state or country and by what its law does with a last day on a day off.\n\n" +
			"The policy decides which days off are skipped:\n" +
			"  observed  legal holidays, and the Friday or Monday on which one is observed\n" +
			"  strict    only the days named in 5 U.S.C. 6103(a)\n" +
			"  lenient   observed, plus Inauguration Day and days closed by executive order",
		Example: "  foia explain 2026-0001\n  foia explain --from 2026-06-08 --working-days 20\n  foia explain --from 2026-06-08 " +
			"--working-days 20 --law us-tx\n  foia explain --from \"May 6 2025\" --calendar-days 90 --json",
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if f.from != "" && len(args) == 0 {
				return a.explainCount(cmd, f)
			}
			if f.from != "" || len(args) == 0 {
				return remedy.Misuse("give either the id of a request, or --from with --working-days or --calendar-days",
					"see: foia explain --help")
			}
			if f.law != "" {
				return remedy.Misuse("--law goes with --from: a request is counted by its own law", "leave --law out")
			}
			return a.explainRequest(cmd, args[0], f)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&f.from, "from", "", "count from this `date`, which is day 0")
	flags.IntVar(&f.working, "working-days", 0, "`number` of working days to count")
	flags.IntVar(&f.calendar, "calendar-days", 0, "`number` of calendar days to count")
	flags.StringVar(&f.law, "law", "", "the `law` by whose calendar to count, such as us-tx (default: federal)")
	flags.StringVar(&f.policy, "policy", "", "the `policy`: observed, strict or lenient (default: as in foia.yaml, or observed)")
	flags.StringVar(&f.on, "on", "", "show things as of this `date` (default: today)")
	flags.BoolVar(&f.json, "json", false, "print the result as JSON")
	return cmd
}

// basisWith is that of the folder, with another policy if one is given.
func (a *app) basisWith(w *workspace.Workspace, policy string) (docket.Basis, error) {
	b, err := w.Basis()
	if err == nil && policy != "" {
		if b.Policy, err = workday.ParsePolicy(policy); err != nil {
			return b, remedy.Misuse("--policy: "+err.Error(), "see: foia explain --help")
		}
	}
	return b, err
}

func (a *app) explainCount(cmd *cobra.Command, f explainFlags) error {
	from, err := a.readDay("--from", f.from)
	if err != nil {
		return err
	}
	working, calendar := cmd.Flags().Changed("working-days"), cmd.Flags().Changed("calendar-days")
	if working == calendar {
		return remedy.Misuse("say what to count", "add --working-days N or --calendar-days N")
	}
	w, err := a.workspace()
	if err != nil {
		return err
	}
	b, err := a.basisWith(w, f.policy)
	if err != nil {
		return err
	}
	counted, err := countBy(b, f.law)
	if err != nil {
		return err
	}
	if working {
		err = counted.workingDays(from, f.working, b.Policy)
	} else {
		err = counted.calendarDays(from, f.calendar, b.Policy)
	}
	if err != nil {
		return remedy.Misuse(err.Error(), "see: foia explain --help")
	}
	if f.json {
		return a.json(counted)
	}
	a.wrapped("", counted.Explain()+counted.said)
	return nil
}

// explained is one date of a request, as --json prints it.
type explained struct {
	docket.Deadline
	Explanation string `json:"explanation"`
	Standing    string `json:"standing"`
}

func (a *app) explainRequest(cmd *cobra.Command, id string, f explainFlags) error {
	day, err := a.readDay("--on", f.on)
	if err != nil {
		return err
	}
	return a.withLog(cmd, func(w *workspace.Workspace, log *store.Log) error {
		r, events, err := a.findLife(cmd, log, id)
		if err != nil {
			return err
		}
		b, err := a.basisWith(w, f.policy)
		if err != nil {
			return err
		}
		s := docket.Fold(r, docket.Known(events, day), b).On(day)
		if f.json {
			out := []explained{}
			for _, d := range s.Deadlines {
				out = append(out, explained{d, d.Explain(), d.Standing(day)})
			}
			return a.json(out)
		}
		a.showExplained(r, s, day)
		return nil
	})
}

func (a *app) showExplained(r docket.Request, s docket.State, day workday.Date) {
	a.wrapped("", fmt.Sprintf("%s, %s: %s, as of %s.", r.ID, r.OfficeName(), s.Status, day.Long()))
	if s.LawUnknown {
		a.wrapped("", "foia does not know which law applies to this office, so it counts no deadlines.")
	} else if len(s.Deadlines) == 0 {
		a.wrapped("", "No deadline is running yet. Once it has been sent, record that: foia record "+r.ID+" sent --on DATE")
	}
	for _, d := range s.Deadlines {
		fmt.Fprintln(a.out)
		who := "You"
		if d.Who == docket.Agency {
			who = "The agency"
		}
		a.wrapped("", fmt.Sprintf("%s: %s — %s", who, d.Title(), d.Standing(day)))
		a.wrapped("  ", d.Explain())
	}
	for i, m := range s.Remarks {
		if i == 0 {
			fmt.Fprintln(a.out)
		}
		a.wrappedAfter(fmt.Sprintf("Event %d: ", m.Event), "  ", remarkText(m)+".")
	}
}
