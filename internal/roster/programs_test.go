package roster

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// fixture opens a file that another program made (testdata/make.sh), whose header is
// known by two of its columns.
func fixture(t *testing.T, name string) (*Roster, error) {
	t.Helper()
	file, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	return New(name, file, func(names []string) (n int) {
		for _, name := range names {
			if name == "agency_name" || name == "zip_code" {
				n++
			}
		}
		return n
	})
}

// The same list, as four programs save it in both date systems: days are days in every
// format, ZIP Codes have the zeros that their format shows, other numbers are as they
// were typed, what is hidden is left out.
func TestPrograms(t *testing.T) {
	want := []string{
		"Boston Police|1 Main St|Boston|MA|02120|records@boston.example|2025-05-06|TRUE",
		"Reno Police|2 Main St|Reno|NV|89501-5005|records@reno.example|2025-05-06 14:30|0.3",
		"Cambridge Police|3 Main St|Cambridge|MA|02139|records@cambridge.example|2024-02-29|1234.5",
		"Ohio & Sons|4 Main St\nFloor 2|Columbus|OH|43215|#N/A|1999-12-31|1.5",
		"Naïve Bureau|5 Main St|Albany|NY|12207|a@b.example|2025-05-06|3-4",
	}
	computed := "Boston Police Annex||||02121||2025-05-07|"
	for _, c := range []struct {
		program string
		rows    []string
		notes   []string
	}{
		{"openpyxl", want, []string{"the sheet Agencies is read: it is the first that is not hidden (hidden before it: Read me)"}},
		{"xlsxwriter", want, []string{"the sheet Agencies is read"}},
		{"libreoffice", append(want[:len(want):len(want)], computed), []string{"the sheet Agencies is read"}},
		{"gnumeric", append(want[:len(want):len(want)], computed), []string{"only the first of 2 sheets is read: Agencies"}},
	} {
		for _, system := range []string{"1900", "1904"} {
			name := c.program + "-" + system + ".xlsx"
			r, err := fixture(t, name)
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			got, err := all(t, r)
			if err != nil || strings.Join(got, "\n") != strings.Join(c.rows, "\n") {
				t.Errorf("%s: %v\n%s", name, err, strings.Join(got, "\n"))
			}
			notes := strings.Join(r.Notes(), "\n")
			for _, n := range append(c.notes, "line 3 names the columns", "merged cells (A1:H1)", "1 row of the sheet is hidden") {
				if !strings.Contains(notes, n) {
					t.Errorf("%s: the notes lack %q:\n%s", name, n, notes)
				}
			}
		}
	}
}

// Two programs write formulas and leave it to another one to compute them: openpyxl
// with an empty value, XlsxWriter with 0.
func TestNotComputed(t *testing.T) {
	for _, name := range []string{"openpyxl-formula-1900.xlsx", "xlsxwriter-formula-1900.xlsx"} {
		r, err := fixture(t, name)
		if err == nil {
			_, err = all(t, r)
		}
		if err == nil || !strings.Contains(err.Error(),
			"the cell A10 has a formula, but the file does not have its value ("+name+":10:1)") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
