package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"foia/internal/agency"
	"foia/internal/terminal"
	"foia/internal/workspace"
)

func newAgencyCommand(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "agency",
		Short: "Look up FOIA offices, correct them, and add your own",
		Long: "Looks up FOIA offices. The directory holds federal offices, with the source and\n" +
			"age of each contact, and where appeals go if that is known. What you correct in\n" +
			"it, and your own offices (state, local, foreign), go into " + workspace.OfficesFile + ".",
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
		Example: "  foia agency search immigration",
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
			return a.showOffices(found.Offices, asJSON)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the result as JSON")
	return cmd
}

func (a *app) agencyList() *cobra.Command {
	var asJSON bool
	var of string
	cmd := &cobra.Command{
		Use: "list", Short: "List all offices, or those of one department", Args: cobra.NoArgs,
		Example: "  foia agency list --agency dhs",
		RunE: func(*cobra.Command, []string) error {
			d, err := a.offices()
			if err != nil {
				return err
			}
			list := d.All()
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
		if o.DefaultComponent != "" {
			ways = "see " + o.DefaultComponent
		}
		rows = append(rows, []string{o.ID, o.FullName(), ways})
	}
	return a.table([]terminal.Column{{Name: "ID"}, {Name: "Office"}, {Name: "Takes requests by", Drop: 1}}, rows)
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

func (a *app) agencyShow() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "show OFFICE", Short: "Show one office: its contacts, appeals, and what is uncertain", Args: cobra.MinimumNArgs(1),
		Example: "  foia agency show irs\n  foia agency show \"treasury do\"",
		RunE: func(_ *cobra.Command, args []string) error {
			d, err := a.offices()
			if err != nil {
				return err
			}
			match, err := d.Find(strings.Join(args, " "))
			if err != nil {
				return err
			}
			if match.Office.Sources, err = d.Sources(match.Office.ID); err != nil {
				return err
			}
			if asJSON {
				return a.json(shownOffice(match.Office))
			}
			for _, n := range match.Notes {
				a.note("note: %s", n)
			}
			w, err := a.workspace()
			if err != nil {
				return err
			}
			a.showOffice(match.Office, w.Config.StaleAfterDays)
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the result as JSON")
	return cmd
}

func (a *app) showOffice(o agency.Office, staleAfterDays int) {
	line := func(label, value string) {
		if value == "" {
			value = "unknown"
		}
		a.wrappedAfter(fmt.Sprintf("%-13s", label), strings.Repeat(" ", 13), value)
	}
	line("Office", o.Name)
	line("ID", o.ID)
	if o.ParentName != "" {
		line("Department", o.ParentName)
	}
	line("File by", channels(o))
	line("Portal", aged(o, agency.Portal))
	line("E-mail", aged(o, agency.Email))
	line("Fax", aged(o, agency.Fax))
	line("Phone", o.Phone)
	if age := o.Age(agency.Mail); age != "" {
		line("Mail", age+":")
	} else {
		fmt.Fprintln(a.out, "Mail")
	}
	for _, l := range o.AddressBlock() {
		fmt.Fprintf(a.out, "             %s\n", cell(l))
	}
	line("Website", o.Website)
	line("Regulation", o.Regulation)
	if form, ok := agency.FormFor(o); ok {
		line("Web form", "requires "+strings.Join(form.Required, ", "))
	}
	line("Confidence", o.Confidence)
	for _, c := range o.Cautions("", a.today(), staleAfterDays) {
		line("Caution", c.What+checkAt(c.Where))
	}
	a.showCorrected(o, line)
	a.showAppeal(o, line)
	for _, n := range o.Notes {
		line("Note", n)
	}
	for _, s := range o.Sources {
		label := "Source"
		if s.Yours {
			label = "Yours"
		}
		line(label, strings.TrimSuffix(sourceText(s)+": "+strings.Join(s.Fields, ", "), ": "))
	}
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
