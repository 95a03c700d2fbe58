package pdf_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"foia/internal/letter"
	"foia/internal/pdf"
	"foia/internal/pdf/pdftest"
	"foia/internal/workday"
)

// The mailing list is sound and archival; its headings stand on every page, no
// letter runs over two, and the numbers go on.
func TestMailingList(t *testing.T) {
	list := pdf.MailingList{Meta: letter.Meta{Title: "Mailing list", Author: "The Courier", Language: "en-US",
		Date: workday.MustDate("2026-11-23")},
		From: []string{"The Courier", "1 Main St, Albany, NY 12207"}, Title: "Mailing list: cameras", First: 501,
		Facts: [][2]string{{"Letters", "40"}, {"Mailed on", ""}}}
	for i := range 40 {
		list.Letters = append(list.Letters, pdf.MailedLetter{ID: fmt.Sprintf("2026-%05d", 10000+i),
			Addressee: []string{"Records Access Officer",
				fmt.Sprintf("Bureau of Weights, Measures, Standards and Everything Else Number %d, North", i), "Łódź Street 1",
				"Reno, NV 89501"}})
	}
	var files []pdftest.File
	for _, paper := range []pdf.Paper{pdf.USLetter, pdf.A4} {
		file, err := fonts(t).MailingList(list, pdf.Stationery{Paper: paper})
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(t.TempDir(), "list.pdf")
		if err := os.WriteFile(path, file.Bytes, 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, pdftest.File{Path: path, Printed: pdf.Printed})
		out, err := exec.Command("pdftotext", "-layout", path, "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		pages := strings.Split(strings.TrimSuffix(string(out), "\f"), "\f")
		if len(pages) != file.Pages || file.Pages < 3 {
			t.Fatalf("%d pages, and %d are said", len(pages), file.Pages)
		}
		next := list.First
		for n, page := range pages {
			if strings.Count(page, "Certified mail number") != 1 || !strings.Contains(page, fmt.Sprintf("Page %d of %d", n+1, len(pages))) {
				t.Errorf("page %d:\n%s", n+1, page)
			}
			if begun, ended := strings.Count(page, "Records Access Officer"), strings.Count(page, "Reno, NV 89501"); begun != ended {
				t.Errorf("page %d begins %d letters and ends %d", n+1, begun, ended)
			}
			for line := range strings.SplitSeq(page, "\n") {
				if f := strings.Fields(line); len(f) > 2 && f[0] == fmt.Sprint(next) {
					next++
				}
			}
		}
		if next != list.First+len(list.Letters) {
			t.Errorf("the numbers end before %d", next)
		}
	}
	for _, fault := range pdftest.Faults(t, files) {
		if fault.Program != pdftest.Structure && fault.Program != pdftest.Text { // which know letters
			t.Error(fault)
		}
	}
	list.Letters[3].Addressee[0] = "משרד"
	if _, err := fonts(t).MailingList(list, pdf.Stationery{}); err == nil {
		t.Error("a character that the typeface lacks is printed")
	}
}
