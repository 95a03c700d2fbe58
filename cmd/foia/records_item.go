package main

import (
	"fmt"

	"foia/internal/letter"
	"foia/internal/retention"
	"foia/internal/subject"
)

// printItem prints a series as an item of a letter, in a file of answers to fill in.
func (a *app) printItem(s *retention.Series) error {
	i, err := s.Item()
	if err != nil {
		return err
	}
	sheet := subject.Sheet{
		Head: []string{s.ID + ": kept for " + s.Says() + ".", "Read in: " + s.Read() + ". Check it before you sign.",
			"Fill each place in double brackets; then: foia new request --to OFFICE --answers FILE"},
		Subject: i.Title + ", [[what they are about, in a few words]]",
		Records: []letter.Record{{Title: i.Title, Text: i.Text, Custodians: i.Custodians, From: "[[first day of the period]]",
			To: "[[last day]]"}},
	}
	_, err = fmt.Fprint(a.out, clean(sheet.Text()))
	return err
}
