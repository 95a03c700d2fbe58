package main

import (
	"strings"

	"github.com/spf13/cobra"

	"foia/internal/law"
	"foia/internal/terminal"
	"foia/internal/workday"
)

// lawRow is one law in the list.
type lawRow struct {
	ID       string `json:"id"`
	Place    string `json:"place"`
	Name     string `json:"law"`
	Citation string `json:"citation"`
	Answer   string `json:"time_to_answer"`
	Who      string `json:"who_may_ask"`
	Holidays bool   `json:"holidays_known"`
	File     string `json:"file"`
}

func (a *app) lawList() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the laws of states and countries, with their time limits",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			w, err := a.workspace()
			if err != nil {
				return err
			}
			book, err := w.Laws()
			if err != nil {
				return err
			}
			rows := []lawRow{}
			for _, id := range book.Records().IDs() {
				p, _ := book.Records().Law(id)
				_, holidays := workday.PlaceOf(id)
				rows = append(rows, lawRow{id, p.Place, p.Name, p.Citation, p.InShort(), whoWords(p), holidays, lawFile(p)})
			}
			if asJSON {
				return a.json(rows)
			}
			var cells [][]string
			for _, r := range rows {
				cells = append(cells, []string{r.ID, r.Place, r.Answer, r.Who})
			}
			return a.table([]terminal.Column{{Name: "Law"}, {Name: "Place"}, {Name: "Time to answer", Wraps: true},
				{Name: "Who may ask", Drop: 1, Wraps: true}}, cells)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the result as JSON")
	return cmd
}

func whoWords(p *law.PublicRecords) string {
	if !p.Verified("requester") {
		return "not verified"
	}
	return strings.ReplaceAll(p.Requester.Who, "_", " ")
}
