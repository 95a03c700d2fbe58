package campaign

import (
	"io"
	"os"
	"strings"
	"testing"

	"foia/internal/letter"
)

// odd is a list as it was found or as programs write it, and what becomes of it. Rows
// stand below the header; what the letter of the first one says is want, or why there
// is none.
type odd struct {
	kind, header, row string
	want              string // of the letter: where it goes and under which law; of a rejected row: ✗ and the reason, in part
	note              string // what the plan says of it
}

const (
	byMail  = "Name,Address,City,State,ZIP"
	byEmail = "Name,Email,Law"
)

var odds = []odd{
	// Headers.
	{"header: as the program says", "name,address,city,state,zip,email", "Police,1 Main,Reno,NV,89501,a@b.us",
		"Police / 1 Main / Reno, NV 89501 / a@b.us / us-nv", ""},
	{"header: Agency Name and its like", "Agency Name,Street Address,City/Town,State,Zip Code,Records Email",
		"Police,1 Main,Reno,NV,89501,a@b.us", "Police / 1 Main / Reno, NV 89501 / a@b.us / us-nv", ""},
	{"header: capitals and hyphens", "ORGANIZATION,MAILING-ADDRESS,CITY,STATE,ZIP-CODE,E-MAIL", "Police,1 Main,Reno,NV,89501,a@b.us",
		"Police / 1 Main / Reno, NV 89501 / a@b.us / us-nv", ""},
	{"header: joined words", "Department,Address1,Address2,City,St,Zipcode", "Police,1 Main,Room 2,Reno,NV,89501",
		"Police / 1 Main / Room 2 / Reno, NV 89501 / us-nv", ""},
	{"header: with spaces and line breaks", `" Agency` + "\n" + `Name ",Address Line 1,City,State,ZIP/Postal Code`,
		"Police,1 Main,Reno,NV,89501", "Police / 1 Main / Reno, NV 89501 / us-nv", ""},
	{"header: Agency without Name", "Agency,Address,City,State,ZIP", "Police,1 Main,Reno,NV,89501",
		"Police / 1 Main / Reno, NV 89501 / us-nv", ""},
	{"header: Agency beside Name", "Agency,Name,Address,City,State,ZIP", "City of Reno,Police,1 Main,Reno,NV,89501",
		"Police / City of Reno / 1 Main / Reno, NV 89501 / us-nv", ""},
	{"header: FOIA Officer", "Office Name,FOIA Officer,Address,City,State,ZIP", "Police,Ana Ruiz,1 Main,Reno,NV,89501",
		"Ana Ruiz / Police / 1 Main / Reno, NV 89501 / us-nv", ""},
	// The columns of MuckRock's import of agencies (github.com/MuckRock/muckrock,
	// muckrock/agency/importer.py, read November 28, 2026).
	{"header: of MuckRock", "agency,jurisdiction,address_suite,address_street,address_city,address_state,address_zip,email,phone",
		"Police,\"Reno, NV\",Room 2,1 Main,Reno,NV,89501,a@b.us,775-555-0100", "Police / 1 Main / Room 2 / Reno, NV 89501 / a@b.us / us-nv",
		""},
	// The columns of Froide's import of public bodies (github.com/russtoku/froide2, a fork,
	// docs/importpublicbodies.rst, read November 28, 2026).
	{"header: of Froide", "name,email,jurisdiction__slug,other_names,parent__name,address,law",
		"Police,a@b.us,nevada,PD,City of Reno,1 Main,us-nv", "Police / City of Reno / 1 Main / a@b.us / us-nv", ""},
	{"header: a phone number", "Name,Address,City,State,ZIP,Phone Number", "Police,1 Main,Reno,NV,89501,775-555-0100",
		"Police / 1 Main / Reno, NV 89501 / us-nv", ""},
	{"header: a column of one's own", "Name,Address,City,State,ZIP,Population", "Police,1 Main,Reno,NV,89501,250000",
		"Police / 1 Main / Reno, NV 89501 / us-nv", ""},
	{"header: an empty column", "Name,,Address,City,State,ZIP", "Police,,1 Main,Reno,NV,89501", "Police / 1 Main / Reno, NV 89501 / us-nv",
		""},
	{"header: the wrong column twice", "Name,Email,E-mail Address,Law", "Police,a@b.us,c@d.us,us-nv",
		"✗the columns “Email” and “E-mail Address” both hold the office’s email", ""},
	{"header: a title above it", "Police departments of Nevada,,,,\n,,,,\n" + byMail, "Police,1 Main,Reno,NV,89501",
		"Police / 1 Main / Reno, NV 89501 / us-nv", "line 3 names the columns; the lines above it were skipped"},
	{"header: sep=;", "sep=;\nName;Address;City;State;ZIP", "Police;1 Main;Reno;NV;89501", "Police / 1 Main / Reno, NV 89501 / us-nv",
		"the cells are separated by semicolons"},
	{"header: sep= in quotation marks", "\"sep=\t\"\nName\tAddress\tCity\tState\tZIP", "Police\t1 Main\tReno\tNV\t89501",
		"Police / 1 Main / Reno, NV 89501 / us-nv", "the cells are separated by tabs"},
	{"header: a mark of UTF-8", "\uFEFF" + byMail, "Police,1 Main,Reno,NV,89501", "Police / 1 Main / Reno, NV 89501 / us-nv", ""},
	{"header: a list of rejected rows", byMail + ",reason", "Police,1 Main,Reno,NV,89501,the ZIP Code was wrong",
		"Police / 1 Main / Reno, NV 89501 / us-nv", ""},

	// ZIP Codes.
	{"zip: a zero was lost, the state says so", byMail, "Police,1 Main,Cambridge,MA,2139", "Police / 1 Main / Cambridge, MA 02139 / us-ma",
		"ZIP Codes that had lost their zeros got them back, as the state confirms (line 2)"},
	{"zip: two zeros were lost", byMail, "Police,1 Main,San Juan,PR,907", "Police / 1 Main / San Juan, PR 00907 / us-pr", "got them back"},
	{"zip: ZIP+4 without its zero", byMail, "Police,1 Main,Cambridge,Mass.,2139-4307", "Police / 1 Main / Cambridge, MA 02139-4307 / us-ma",
		"got them back"},
	{"zip: nine digits without a hyphen", byMail, "Police,1 Main,Reno,NV,895015005", "Police / 1 Main / Reno, NV 89501-5005 / us-nv", ""},
	{"zip: eight digits", byMail, "Police,1 Main,Cambridge,MA,21394307", "Police / 1 Main / Cambridge, MA 02139-4307 / us-ma",
		"got them back"},
	{"zip: a decimal of pandas", byMail, "Police,1 Main,Reno,NV,89501.0", "Police / 1 Main / Reno, NV 89501 / us-nv", ""},
	{"zip: a decimal without its zero", byMail, "Police,1 Main,Cambridge,MA,2139.0", "Police / 1 Main / Cambridge, MA 02139 / us-ma",
		"got them back"},
	{"zip: a dash", byMail, "Police,1 Main,Reno,NV,89501–5005", "Police / 1 Main / Reno, NV 89501-5005 / us-nv", ""},
	{"zip: a dash and nothing after it", byMail, "Police,1 Main,Reno,NV,89501-", "Police / 1 Main / Reno, NV 89501 / us-nv", ""},
	{"zip: as Excel keeps text", byMail, `Police,1 Main,Cambridge,MA,"=""02139"""`, "Police / 1 Main / Cambridge, MA 02139 / us-ma",
		`cells written as ="…" were read as the text inside (line 2)`},
	{"zip: with an apostrophe", byMail, "Police,1 Main,Cambridge,MA,'02139", "Police / 1 Main / Cambridge, MA 02139 / us-ma", ""},
	{"zip: four digits, another state", byMail, "Police,1 Main,Reno,NV,8950",
		"✗the ZIP Code 8950 has four digits: either it lost a zero and is 08950, in New Jersey, or a digit is missing; the state is " +
			"Nevada (list.csv:2:5)", ""},
	{"zip: four digits, no state", "Name,Address,City,ZIP,Law", "Police,1 Main,Reno,8950,us-nv",
		"✗the row names no state to tell by (list.csv:2:4)", ""},
	{"zip: three digits", byMail, "Police,1 Main,Reno,NV,895",
		"✗the ZIP Code 895 has three digits: either it lost two zeros and is 00895, in ", ""},
	{"zip: of another state", byMail, "Police,1 Main,Reno,NV,02139",
		"✗the ZIP Code 02139 is in Massachusetts, but the state is Nevada (list.csv:2:5)", ""},
	{"zip: of no state", byMail, "Police,1 Main,Reno,NV,00000", "✗no state has a ZIP Code that begins with 000, as 00000 does", ""},
	{"zip: letters", byMail, "Police,1 Main,Reno,NV,NV 89501", "✗“NV 89501” is not a ZIP Code (list.csv:2:5)", ""},
	{"zip: six digits", byMail, "Police,1 Main,Reno,NV,895011", "✗“895011” is not a ZIP Code", ""},
	{"zip: across the border of a state", byMail, "Camp,1 Main,Fort Campbell,KY,42223", "Camp / 1 Main / Fort Campbell, KY 42223 / us-ky",
		""},
	{"zip: of another country", "Name,Address,City,ZIP,Country,Law", "Amt,1 Weg,Bonn,1067,Germany,de",
		"Amt / 1 Weg / Bonn, 1067 / Germany / de", ""},
	{"zip: a date that Excel made of it", byMail, "Police,1 Main,Reno,NV,2025-03-04",
		"✗the column ZIP holds the date 2025-03-04 (list.csv:2:5)", ""},

	// States and laws.
	{"state: its name", byMail, "Police,1 Main,Reno,nevada,89501", "Police / 1 Main / Reno, NV 89501 / us-nv",
		"the law follows from the state where the row does not name one (line 2)"},
	{"state: as newsrooms abbreviate", byMail, "Police,1 Main,Reno,Nev.,89501", "Police / 1 Main / Reno, NV 89501 / us-nv", ""},
	{"state: the District", byMail, "Police,1 Main,Washington,D.C.,20001", "Police / 1 Main / Washington, DC 20001 / us-dc", ""},
	{"state: none that there is", byMail, "Police,1 Main,Reno,XX,89501", "✗the row does not say which law applies to Police", ""},
	{"law: the row says otherwise", byMail + ",Law", "Police,1 Main,Reno,NV,89501,us-ca", "Police / 1 Main / Reno, NV 89501 / us-ca", ""},
	{"law: one that foia does not know", byMail + ",Law", "Police,1 Main,Reno,NV,89501,us-zz",
		"✗foia does not know the law us-zz (list.csv:2:6)", ""},
	{"law: a federal office in a state", byMail + ",Email", "Field Office,1 Main,Reno,NV,89501,x@leo.fbi.gov",
		"✗fbi.gov is a domain of federal offices (list.csv:2:6)", ""},
	{"law: an office in a camp of the armed forces", byMail + ",Email", "Camp,1 Main,Reno,NV,89501,foia@us.army.mil",
		"✗army.mil is a domain of federal offices (list.csv:2:6)", ""},

	// Errors of spreadsheet programs, and cells that say that nothing is known.
	{"error: #N/A", byEmail, "Police,#N/A,us-nv", "✗the column Email holds the error #N/A of a spreadsheet program (list.csv:2:2)", ""},
	{"error: #VALUE!", byEmail, "#VALUE!,a@b.us,us-nv", "✗the column Name holds the error #VALUE!", ""},
	{"error: #REF! within a text", byEmail, "Police of #REF!,a@b.us,us-nv", "✗the column Name holds the error #REF!", ""},
	{"error: of Google Sheets", byEmail, "#ERROR!,a@b.us,us-nv", "✗the column Name holds the error #ERROR!", ""},
	{"error: of LibreOffice", byEmail, "Err:502,a@b.us,us-nv", "✗the column Name holds the error Err:502", ""},
	{"error: a column too narrow", byEmail, "#####,a@b.us,us-nv", "✗the column Name holds the error ###", ""},
	{"no error: a number sign", byEmail, "Precinct #9,a@b.us,us-nv", "Precinct #9 / a@b.us / us-nv", ""},
	{"placeholder: NULL", "Name,Email,Fax,Law", "Police,a@b.us,NULL,us-nv", "Police / a@b.us / us-nv",
		"cells with a placeholder, such as N/A or TBD, count as empty (line 2)"},
	{"placeholder: nan", "Name,Attention,Email,Law", "Police,nan,a@b.us,us-nv", "Police / a@b.us / us-nv", "count as empty"},
	{"placeholder: N/A", "Name,Attention,Email,Law", "Police,N/A,a@b.us,us-nv", "Police / a@b.us / us-nv", "count as empty"},
	{"placeholder: a dash", "Name,Attention,Email,Law", "Police,-,a@b.us,us-nv", "Police / a@b.us / us-nv", "count as empty"},
	{"placeholder: None, where nothing else is", byEmail, "Police,None,us-nv", "✗there is no way to reach Police", ""},
	{"placeholder: TBD for the name", byEmail, "TBD,a@b.us,us-nv", "✗the row names no office", ""},
	{"placeholder: TBD for what a letter needs", "Name,Email,Law,Subject", "Police,a@b.us,us-nv,TBD",
		"✗the column Subject holds “TBD”, but the letter needs an answer to subject (list.csv:2:4)", ""},
	{"no placeholder: Namibia", "Name,Email,Law,Country", "Police,a@b.us,us-nv,NA", "Police / NA / a@b.us / us-nv", ""},

	// Characters.
	{"text: an encoding mistaken for another", byEmail, "José PD,a@b.us,us-nv", "José PD / a@b.us / us-nv", ""},
	{"text: read in the wrong encoding", byEmail, "JosÃ© PD,a@b.us,us-nv", "JosÃ© PD / a@b.us / us-nv",
		"letters would print garbled text such as “Ã©”"},
	{"text: a dash in the wrong encoding", byEmail, "Police â€“ West,a@b.us,us-nv", "Police â€“ West / a@b.us / us-nv",
		"letters would print garbled text such as “â€“”"},
	{"text: Windows-1252 and UTF-8 together", byEmail, "Jos\xe9 PD,a@b.us,us-nv\nNiño PD,c@d.us,us-nv", "José PD / a@b.us / us-nv",
		"the file has lines of two encodings, UTF-8 and Windows-1252; check names with accents in line 2"},
	{"text: codes of web pages", byEmail, "Police &amp; Fire,a@b.us,us-nv", "Police &amp; Fire / a@b.us / us-nv",
		"letters would print codes of web pages such as “&amp;”"},
	{"text: an ampersand", byEmail, "Police & Fire; Rescue,a@b.us,us-nv", "Police & Fire; Rescue / a@b.us / us-nv", ""},
	{"text: what cannot be seen", byEmail, "Po\u00ADlice\u200B,a@b.us,us-nv", "Police / a@b.us / us-nv",
		"left out 2 characters that cannot be seen: 2 in name (list.csv:2)"},
	{"text: a character that was lost", byEmail, "Jos\uFFFD PD,a@b.us,us-nv",
		"✗the cell has a character that was lost when the file was saved", ""},
	{"text: a space that does not break", byEmail, "\u00A0Police\u00A0,a@b.us,us-nv", "Police / a@b.us / us-nv", ""},
	{"text: lines in a cell", byMail, "Police,\"1 Main\nRoom 2\",Reno,NV,89501", "Police / 1 Main / Room 2 / Reno, NV 89501 / us-nv", ""},

	// Addresses for e-mail, and days.
	{"email: with a name", byEmail, "Police,Ana Ruiz <a@b.us>,us-nv", "Police / a@b.us / us-nv", ""},
	{"email: of a link", byEmail, "Police,mailto:a@b.us,us-nv", "Police / a@b.us / us-nv", ""},
	{"email: two in one cell", byEmail, "Police,a@b.us; c@d.us,us-nv", "✗is more than one e-mail address (list.csv:2:2)", ""},
	{"email: none", byEmail, "Police,see website,us-nv", "✗\"see website\" is not an e-mail address", ""},
	{"day: with the time of midnight", "Name,Email,Law,Date From", "Police,a@b.us,us-nv,2025-01-20 00:00:00",
		"Police / a@b.us / us-nv / from 2025-01-20", ""},
	{"day: as a database has it", "Name,Email,Law,Date From", "Police,a@b.us,us-nv,2025-01-20T00:00:00Z",
		"Police / a@b.us / us-nv / from 2025-01-20", ""},
	{"day: in American order", "Name,Email,Law,Date From", "Police,a@b.us,us-nv,1/20/2025", "Police / a@b.us / us-nv / from 2025-01-20",
		""},
	{"day: in the place of a name", byEmail, "2025-03-04,a@b.us,us-nv", "✗the column Name holds the date 2025-03-04", ""},
}

// Lists as people keep them, kind by kind.
func TestOddLists(t *testing.T) {
	if len(odds) < 60 {
		t.Fatalf("only %d lists", len(odds))
	}
	b := recordsBatch(t)
	for _, c := range odds {
		if err := os.WriteFile(b.File, []byte(c.header+"\n"+c.row+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		got, notes := becomes(t, b)
		if wrong, ok := strings.CutPrefix(c.want, "✗"); ok && (!strings.HasPrefix(got, "✗") || !strings.Contains(got, wrong)) || !ok &&
			got != c.want {
			t.Errorf("%s: %s", c.kind, got)
		}
		if !strings.Contains(notes, c.note) {
			t.Errorf("%s: %q is not among the notes: %s", c.kind, c.note, notes)
		}
	}
}

// recordsBatch is a batch under the laws of states.
func recordsBatch(t testing.TB) *Batch {
	t.Helper()
	b := batchOf(t, "")
	b.Ask.Name = "public-records"
	b.Ask.Given = []letter.Layer{{File: "test",
		Answers: letter.Answers{"subject": "Camera contracts", "eligibility": "I am one of those to whom the law is open",
			"commercial": "no",
			"records": []string{"The contracts in force on January 20, 2025, for body-worn cameras and the storage of their recordings, " +
				"with amendments"},
			"date_from": "2025-01-20", "date_to": "2025-03-31", "custodians": []string{"Office of the Chief"},
			"search_terms": []string{"body-worn camera"}}}}
	return b
}

// becomes is what the first row of a list becomes, and what is noted of the list.
func becomes(t *testing.T, b *Batch) (first, notes string) {
	t.Helper()
	r, err := b.open()
	if err != nil {
		return "✗" + err.Error(), ""
	}
	defer r.Close()
	for {
		row, err := r.Next()
		if err == io.EOF {
			return first, strings.Join(append(append(r.Notes(), r.remarks.notes()...), r.dropped.Note()), "\n")
		}
		if err != nil {
			return "✗" + err.Error(), ""
		}
		p, err := r.plan(row)
		text := ""
		if err != nil {
			text = "✗" + err.Error()
		} else {
			o := p.Order.Office
			parts := o.AddressBlock()
			if o.Email != "" {
				parts = append(parts, o.Email)
			}
			if from := p.Order.Answers["date_from"]; p.Order.Layers[0].Answers["date_from"] != nil {
				parts = append(parts, o.Law, "from "+from.(string))
			} else {
				parts = append(parts, o.Law)
			}
			text = strings.Join(parts, " / ")
		}
		if first == "" {
			first = text
		}
	}
}
