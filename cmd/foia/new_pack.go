package main

import (
	"io"

	"foia/internal/filing"
	"foia/internal/remedy"
	"foia/internal/terminal"
)

// agreed shows what a pack would make, and asks whether to make it: a pack is one
// word, and what it makes may be a dozen letters to as many offices in the user's own
// name. Samples are nobody's, --next-of names each request, and --yes is the answer of
// a script.
func (a *app) agreed(plan []filing.Planned, f newFlags) error {
	if f.sample || f.yes || len(f.nextOf) > 0 || len(plan) == 0 {
		return nil
	}
	pack, _, ok := plan[0].InPack()
	if !ok {
		return nil
	}
	if !a.terminal() {
		return remedy.Misuse("the pack "+pack+" would make "+planned(plan)+", and there is no terminal to ask in",
			"add --yes to make them; to look at the letters first: foia new "+pack+" --sample")
	}
	return agree(a.err, plan, a.confirm)
}

// agree shows the letters, and asks.
func agree(out io.Writer, plan []filing.Planned, confirm func(string) (bool, error)) error {
	shown := &app{out: out}
	var rows [][]string
	for _, p := range plan {
		_, name, _ := p.InPack()
		rows = append(rows, []string{name, p.Order.Office.Name, viaWord(string(p.Order.Channel))})
	}
	if err := shown.table([]terminal.Column{{Name: "Letter"}, {Name: "Office"}, {Name: "File by", Drop: 1}}, rows); err != nil {
		return err
	}
	yes, err := confirm("Make " + planned(plan) + " in the name of " + plan[0].Order.Requester.Name + "? Nothing is sent.")
	if err != nil {
		return err
	}
	if !yes {
		return remedy.Misuse("stopped; nothing was written",
			"make only some of the letters with --only, or look at samples with --sample")
	}
	return nil
}

// planned counts letters and offices: 11 letters to 7 offices.
func planned(plan []filing.Planned) string {
	offices := map[string]bool{}
	for _, p := range plan {
		offices[p.Order.Office.ID] = true
	}
	return plural(len(plan), "letter", "letters") + " to " + plural(len(offices), "office", "offices")
}
