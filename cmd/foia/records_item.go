package main

import (
	"fmt"

	"foia/internal/law"
	"foia/internal/retention"
	"foia/internal/subject"
)

// printItem prints a series as an item of a letter, in a file of answers to fill in.
func (a *app) printItem(s *retention.Series) error {
	i, err := s.Item()
	if err != nil {
		return err
	}
	template := "request"
	if s.Law != law.Federal {
		template = "public-records"
	}
	sheet := subject.SheetOf(i)
	sheet.Head = []string{s.ID + ". Kept for: " + s.Says() + ".", "Read in: " + s.Read() + ".",
		"Check it there before you sign. Fill each place in double brackets, brackets included.", "",
		"Then: foia new " + template + " --to OFFICE --answers FILE"}
	_, err = fmt.Fprint(a.out, clean(sheet.Text()))
	return err
}
