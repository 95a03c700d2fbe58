package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"foia/internal/agency"
	"foia/internal/remedy"
	"foia/internal/terminal"
	"foia/internal/workspace"
)

func newAgencyCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "agency",
		Short: "Look up FOIA offices, correct them, and add your own",
		Long: "Looks up FOIA offices. The directory holds federal offices, and some of states,\n" +
			"cities and abroad, with the source and age of each contact, and where appeals\n" +
			"go if that is known. What you correct in it, and your own offices, go into\n" +
			workspace.OfficesFile + ".",
	}
	cmd.AddCommand(a.agencySearch(), a.agencyShow(), a.agencyList(), a.agencyAdd(), a.agencyCorrect(), a.agencyReport())
	return cmd
}

// offices opens the directory with the user's offices in it.
func (a *app) offices() (*agency.Directory, error) {
	w, err := a.workspace()
	if err != nil {
		return nil, err
	}
	return directory(w)
}

func (a *app) agencySearch() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "search WORDS", Short: "Find offices by words in their names", Args: cobra.MinimumNArgs(1),
		Long: "Finds federal offices, and those of states, cities and abroad that the directory\n" +
			"has. Of some it has only a page where to look: no letter goes there. If no\n" +
			"office is called so, but a place is named, it says which law applies there, and\n" +
			"where to look.",
		Example: "  foia agency search immigration\n  foia agency search texas state police",
		RunE: func(_ *cobra.Command, args []string) error {
			d, err := a.offices()
			if err != nil {
				return err
			}
			query := strings.Join(args, " ")
			found, err := d.Search(query, 20)
			if err != nil {
				return err
			}
			if found.Near {
				a.note("note: no office is called “%s”; these come near", cell(query))
			}
			if found.Says != "" {
				a.note("note: %s", found.Says)
			}
			for _, advice := range agency.Advice(found.Places) {
				a.note("note: %s", advice)
			}
			return a.showOffices(found.Offices, asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the result as JSON")
	return cmd
}

func (a *app) agencyList() *cobra.Command {
	var asJSON bool
	var of, law string
	cmd := &cobra.Command{
		Use: "list", Short: "List federal offices, or those under another law", Args: cobra.NoArgs,
		Long: "Lists the federal offices and your own. With --law, lists the offices that the\n" +
			"directory has under that law, and the registers in which to look for others.",
		Example: "  foia agency list --agency dhs\n  foia agency list --law us-tx",
		RunE: func(*cobra.Command, []string) error {
			d, err := a.offices()
			if err != nil {
				return err
			}
			if law != "" {
				return a.listUnder(d, law, of, asJSON)
			}
			list := slices.DeleteFunc(d.All(), agency.Office.IsElsewhere)
			if of != "" {
				match, err := d.Find(of)
				if err != nil {
					return err
				}
				list = nil
				for _, o := range d.All() {
					if o.ID == match.Asked.ID || o.Parent == match.Asked.ID {
						list = append(list, o)
					}
				}
			}
			return a.showOffices(list, asJSON)
		},
	}
	cmd.Flags().StringVar(&of, "agency", "", "only this `department` and its components")
	cmd.Flags().StringVar(&law, "law", "", "the offices under this `law`, such as us-tx")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the result as JSON")
	return cmd
}

func (a *app) showOffices(list []agency.Office, asJSON bool) error {
	if asJSON {
		return a.json(list)
	}
	var rows [][]string
	for _, o := range list {
		ways := channels(o)
		switch {
		case o.DefaultComponent != "":
			ways = "see " + o.DefaultComponent
		case o.LookOnly:
			ways = "unknown: only where to look"
		}
		rows = append(rows, []string{o.ID, o.FullName(), ways})
	}
	return a.table([]terminal.Column{{Name: "ID"}, {Name: "Office"}, {Name: "Takes requests by", Drop: 1}}, rows)
}

// listUnder lists the offices under a law, and where to look for others.
func (a *app) listUnder(d *agency.Directory, law, of string, asJSON bool) error {
	w, err := a.workspace()
	if err != nil {
		return err
	}
	book, err := w.Laws()
	if err != nil {
		return err
	}
	switch {
	case of != "":
		return remedy.Misuse("--agency and --law exclude each other", "leave out one of the two")
	case !book.Knows(law):
		return remedy.Misuse("unknown law “"+law+"”", "to see the laws: foia law list")
	}
	list := d.Under(law)
	place, _ := agency.PlaceOf(law)
	if len(list) == 0 && len(place.Registers) == 0 {
		a.note("note: the directory has no office under %s, and foia knows no register of them", law)
	}
	if err := a.showOffices(list, asJSON); err != nil || asJSON {
		return err
	}
	for _, r := range place.Registers {
		a.wrappedAfter("Where to look: ", "  ", r.Ref+": "+r.Lists+" ("+r.As()+")")
	}
	return nil
}

func channels(o agency.Office) string {
	var ways []string
	for _, c := range o.ReceivesBy {
		ways = append(ways, string(c))
	}
	if len(ways) == 0 {
		return "unknown"
	}
	return strings.Join(ways, ", ")
}

func (a *app) agencyAdd() *cobra.Command {
	var o agency.Office
	var via []string
	cmd := &cobra.Command{
		Use:   "add",
		Short: "Add an office of your own to " + workspace.OfficesFile,
		Example: "  foia agency add --id albany-police --name \"Albany Police Department\" \\\n" +
			"      --address \"1 Example St\" --city Albany --state NY --zip 12210 \\\n      --email records@example.org --via email " +
			"--via mail --law us-ny",
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			for _, v := range via {
				o.ReceivesBy = append(o.ReceivesBy, agency.Channel(v))
			}
			return a.addOffice(o)
		},
	}
	f := cmd.Flags()
	f.StringVar(&o.ID, "id", "", "a short `name`: lower-case letters, digits and hyphens")
	f.StringVar(&o.Law, "law", "", "the `law` it follows, such as us-ny (default: the federal law)")
	addOfficeFlags(cmd, &o, &via)
	return cmd
}

// addOfficeFlags adds those for the facts of an office.
func addOfficeFlags(cmd *cobra.Command, o *agency.Office, via *[]string) {
	f := cmd.Flags()
	f.StringVar(&o.Name, "name", "", "the `name` of the office")
	f.StringVar(&o.Abbreviation, "abbreviation", "", "its `abbreviation`")
	f.StringVar(&o.Parent, "parent", "", "the `id` of its department, if that is in the directory")
	f.StringVar(&o.FOIAOffice, "office", "", "the person or `unit` to address, such as Records Access Officer")
	f.StringArrayVar(&o.Address, "address", nil, "a `line` of the postal address (repeat for more)")
	f.StringVar(&o.City, "city", "", "the `city`")
	f.StringVar(&o.State, "state", "", "the `state`")
	f.StringVar(&o.ZIP, "zip", "", "the ZIP or postal `code`")
	f.StringVar(&o.Country, "country", "", "the `country`, if not the United States")
	f.StringVar(&o.Email, "email", "", "its e-mail `address` for requests")
	f.StringVar(&o.Phone, "phone", "", "its telephone `number`")
	f.StringVar(&o.Fax, "fax", "", "its fax `number` for requests")
	f.StringVar(&o.PortalURL, "portal", "", "the `address` of its web portal")
	f.StringVar(&o.Website, "website", "", "the web `page` to check these facts against")
	f.StringArrayVar(via, "via", nil, "the `method` by which it takes requests: portal, mail, fax or email (repeat for several)")
}

// addOffice writes an office of the user's own.
func (a *app) addOffice(o agency.Office) error {
	d, err := agency.Embedded()
	if err != nil {
		return err
	}
	err = a.writeOffices(func(have []byte) ([]byte, error) { return d.AppendUser(have, o, workspace.OfficesFile) })
	if err != nil {
		return err
	}
	w, err := a.workspace()
	if err == nil {
		a.note("Added %s to %s", o.Name, w.Path(workspace.OfficesFile))
	}
	return err
}
