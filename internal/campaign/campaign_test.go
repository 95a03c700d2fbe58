package campaign

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"foia/internal/filing"
	"foia/internal/letter"
	"foia/internal/logbook"
	"foia/internal/press/presstest"
	"foia/internal/remedy"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// batchOf is a batch of a list, in a folder of its own.
func batchOf(t testing.TB, list string) *Batch {
	t.Helper()
	dir := t.TempDir()
	w, err := workspace.Open(filepath.Join(dir, "folder"))
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "list.csv")
	if err := os.WriteFile(file, []byte(list), 0o600); err != nil {
		t.Fatal(err)
	}
	book := presstest.Book(t, w, logbook.Writer{By: "tester", Today: workday.MustDate("2026-11-23"), Now: "2026-11-23T12:00:00Z"})
	return &Batch{
		Desk: &filing.Desk{Book: book, Stock: presstest.Stock(t, w)},
		File: file, Campaign: "test",
		Ask: filing.Ask{Name: "request", Date: workday.MustDate("2026-11-23"),
			Requester: letter.Requester{ID: "me", Name: "Ana Ruiz", Organization: "The Courier", Street: []string{"1 Main St"},
				City: "Albany", State: "NY", ZIP: "12207", Email: "ana@example.org"},
			Given: []letter.Layer{{File: "test",
				Answers: letter.Answers{"subject": "Camera contracts",
					"records":   []string{"The contracts in force on January 20, 2025, for body-worn cameras, with amendments"},
					"date_from": "2025-01-20", "date_to": "2025-03-31", "search_terms": []string{"camera"}, "already_public": "A summary.",
					"fee_category":   "media",
					"category_facts": "The Courier publishes news every day.", "use_statement": "To report on them."}}}},
	}
}

// Columns are matched by name, under several names, each once.
func TestUses(t *testing.T) {
	b := batchOf(t, "Office Name,E-Mail,Street,Postcode,Nickname,CUSTODIANS,Subject,reason,Office name 2,Phone\nx,,,,,,,,,\n")
	r, err := b.open()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	var got []string
	for _, u := range r.uses {
		switch {
		case u.Why != "":
			got = append(got, "-")
		case u.Field:
			got = append(got, "?"+u.As)
		default:
			got = append(got, u.As)
		}
	}
	if want := "name email address zip - ?custodians ?subject - - -"; strings.Join(got, " ") != want {
		t.Errorf("%s, not %s", strings.Join(got, " "), want)
	}
}

// Who is not in the directory is described by the row; what is missing is named
// with its column.
func TestOffice(t *testing.T) {
	const head = "office,name,attention,agency,address,city,state,zip,country,email,fax,portal,law,custodians\n"
	for _, c := range []struct{ row, want string }{
		{"irs,,,,,,,,,,,,,Office", ""},
		{"IRS,,,,,,,,,,,,,Office", ""},
		{",Police,,,,,,,,a@b.gov,,,us-federal,Office", ""},
		{",Police,,,,,,,,,202-555-0100,,us-federal,Office", ""},
		{",Police,,,,,,,,,,https://x.gov/,us-federal,Office", ""},
		{",,,,1 Main,Reno,,,,,,,us-federal,", "the row names no office (list.csv:2:2)"},
		{",Police,,,1 Main,Reno,NV,,,,,,,", "does not say which law applies to Police (list.csv:2:13)"},
		{",Police,,,1 Main,Reno,NV,,,,,,us-tx,", "is for the law us-federal, not us-tx (list.csv:2:13)"},
		{",Police,,,1 Main,,,,,,,,us-federal,", "there is no way to reach Police (list.csv:2:5)"},
		{"the moon,,,,,,,,,,,,,", "there is no office “the moon” in the directory (list.csv:2:1)"},
		{"irs\u200b,,,,,,,,,,,,,Office\u202e", ""}, // what cannot be seen is left out
		{"irs,,,,,,,,,,,,,Office of 山", "山 U+5C71"},
		{",Police,,,,,,,,a@b.gov; c@d.gov,,,us-federal,Office", "more than one e-mail address"},
		{",Police,,,,,,,,a@gov,,,us-federal,Office", "no dot"},
	} {
		s, err := batchOf(t, head+c.row+"\n").Survey(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case c.want == "" && (s.Letters != 1 || s.Wrong != 0):
			t.Errorf("%s: %+v", c.row, s.Rejected)
		case c.want != "" && (s.Letters != 0 || s.Wrong != 1 || !strings.Contains(s.Rejected[0].Reason, c.want)):
			t.Errorf("%s: %+v", c.row, s)
		}
	}
}

// Two offices of one name are two, and their folders do not collide; the same row
// twice is one.
func TestSameName(t *testing.T) {
	b := batchOf(t, "name,address,city,law,custodians\nPolice!,1 Main,Reno,us-federal,Head\nPolice?,1 "+
		"Main,Reno,us-federal,Head\nPolice?,2 Main,Reno,us-federal,Head\nPolice?,2 Main,Reno,us-federal,Head\n")
	result, err := b.Run(t.Context())
	if err != nil || result.Made != 3 || result.Rejected != 1 || result.First != "2026-0001" || result.Last != "2026-0003" {
		t.Fatalf("%+v, %v", result, err)
	}
	raw, err := os.ReadFile(b.Desk.Workspace.Path(result.RejectedFile))
	if err != nil || !strings.Contains(string(raw), "the same letter to the same office as in line 4") {
		t.Errorf("%s, %v", raw, err)
	}
	again, err := b.Run(t.Context())
	if err != nil || again.Made != 0 || again.Before != 3 || again.Rejected != 1 {
		t.Errorf("%+v, %v", again, err)
	}
}

// What the preflight refuses is rejected with its reasons; the others are made,
// and their ids have no gap.
func TestRefused(t *testing.T) {
	b := batchOf(t, "name,address,city,law,records\nOne,1 Main,Reno,us-federal,\nTwo,1 Main,Reno,us-federal,\"Any and all "+
		"records\"\nThree,1 Main,Reno,us-federal,\n")
	result, err := b.Run(t.Context())
	if err != nil || result.Made != 2 || result.Rejected != 1 || result.Last != "2026-0002" {
		t.Fatalf("%+v, %v", result, err)
	}
	raw, err := os.ReadFile(b.Desk.Workspace.Path(result.RejectedFile))
	if err != nil || !strings.Contains(string(raw), "Two,1 Main,Reno,us-federal,Any and all records,\"F08") {
		t.Errorf("%s, %v", raw, err)
	}
	forced := batchOf(t, "name,address,city,law,records\nTwo,1 Main,Reno,us-federal,\"Any and all records\"\n")
	forced.Options.Force = "asked for by the editor"
	if result, err := forced.Run(t.Context()); err != nil || result.Made != 1 {
		t.Errorf("%+v, %v", result, err)
	}
}

// A row with a cell that no letter can print is told by line and column, and stands
// whole in the list of the rejected, which can be fixed and used.
func TestLongCell(t *testing.T) {
	long := strings.Repeat("64 kilobytes, ", 4_700)
	b := batchOf(t, "name,address,city,law,custodians\nOne,1 Main,Reno,us-federal,Head\nTwo,2 Main,Reno,us-federal,\""+long+"\"\n")
	result, err := b.Run(t.Context())
	if err != nil || result.Made != 1 || result.Rejected != 1 {
		t.Fatalf("%+v, %v", result, err)
	}
	raw, err := os.ReadFile(b.Desk.Workspace.Path(result.RejectedFile))
	if err != nil || !strings.Contains(string(raw), "Two,2 Main,Reno,us-federal,\""+long+"\",\"the cell has 65800 characters, more than "+
		"32768 (list.csv:3:5); shorten it\"") {
		t.Errorf("%.300s … %.200s, %v", raw, raw[max(0, len(raw)-200):], err)
	}
	b.File = b.Desk.Workspace.Path(result.RejectedFile)
	if err := os.WriteFile(b.File, []byte(strings.Replace(string(raw), long, "Head", 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	if fixed, err := b.Run(t.Context()); err != nil || fixed.Made != 1 || fixed.Rejected != 0 {
		t.Errorf("%+v, %v", fixed, err)
	}
}

// The list of rejected rows is read without a face beside it: what to do is worded in it.
func TestRejectedSaysWhatToDo(t *testing.T) {
	const list = "name,address,city,law\nOne,1 Main,Reno,us-zz\n"
	loud := func(advice string) string { return strings.ToUpper(remedy.Plain(advice)) }
	const reason = "foia does not know the law us-zz (list.csv:2:4); to see the laws it knows: laws"
	for want, words := range map[string]func(string) string{reason: nil, strings.ToUpper(reason): loud} {
		b := batchOf(t, list)
		b.Words = words
		survey, err := b.Survey(t.Context(), nil)
		if err != nil || len(survey.Rejected) != 1 {
			t.Fatalf("%+v, %v", survey, err)
		}
		for _, says := range []string{survey.Rejected[0].Reason, survey.Causes[0].One, survey.Causes[0].Remedy} {
			if acts := remedy.Acts(says); len(acts) != 1 || !reflect.DeepEqual(acts[0], remedy.To(remedy.Laws)) {
				t.Errorf("%+q names %v", says, acts)
			}
		}
		result, err := b.Run(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		raw, err := os.ReadFile(b.Desk.Workspace.Path(result.RejectedFile))
		if err != nil || !strings.HasSuffix(string(raw), "One,1 Main,Reno,us-zz,"+want+"\n") {
			t.Errorf("%+q, %v", raw, err)
		}
	}
}

// A list that breaks off is an error before anything is made of what follows.
func TestBrokenList(t *testing.T) {
	b := batchOf(t, "name,address,city,law\nOne,\"1 Main,Reno,us-federal\n")
	if _, err := b.Survey(t.Context(), nil); err == nil || !strings.Contains(err.Error(), "never closed") {
		t.Errorf("%v", err)
	}
	b.File = "no such list"
	var hinted interface{ Hint() string }
	if _, err := b.Run(t.Context()); !errors.As(err, &hinted) {
		t.Errorf("%v", err)
	}
}

// The plan names what several rows have in common, and what the log has already.
func TestRisks(t *testing.T) {
	b := batchOf(t, "office,subject\ndhs-ice,One\ndhs-cbp,Two\ndhs-ice,Three\nirs,Four\n")
	s, err := b.Survey(t.Context(), nil)
	if err != nil || len(s.Risks) != 2 {
		t.Fatalf("%+v, %v", s, err)
	}
	if r := s.Risks[0]; r.Count != 2 || r.Lines[0] != 2 || r.Lines[1] != 4 {
		t.Errorf("%+v", r)
	}
	if r := s.Risks[1]; r.Count != 3 || !strings.Contains(r.What, "Homeland Security") || r.Cite != "5 U.S.C. § 552(a)(6)(B)(iv)" {
		t.Errorf("%+v", r)
	}
	if _, err := b.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	if s, err := b.Survey(t.Context(), nil); err != nil || len(s.Risks) != 2 {
		t.Errorf("a batch that goes on warns of itself: %+v, %v", s, err)
	}
	b.Campaign = "another"
	if s, err := b.Survey(t.Context(), nil); err != nil || len(s.Risks) != 3 || s.Risks[1].Count != 4 || s.Risks[1].Other == "" {
		t.Errorf("%+v, %v", s, err)
	}
}

// What the plan announces is what is made, also of letters that the preflight refuses
// and of those that are there already.
func TestAnnounced(t *testing.T) {
	const list = "name,address,city,law,records,custodians\nOne,1 Main,Reno,us-federal,,\nTwo,1 Main,Reno,us-federal,\"Any and all " +
		"records\",\nThree,1 Main,Reno,us-federal,,\n" +
		"Three,1 Main,Reno,us-federal,,\n,1 Main,Reno,us-federal,,\nFour,,,us-federal,,\nFive,1 Main,Reno,us-federal,,N/A\nSix,1 " +
		"Main,Reno,us-federal,,Chief\u4e2d\n"
	b := batchOf(t, list)
	for range 2 {
		s, err := b.Survey(t.Context(), func(plan []filing.Planned) []filing.Outcome { return b.Desk.Rehearse(plan, b.Options) })
		if err != nil {
			t.Fatal(err)
		}
		r, err := b.Run(t.Context())
		if err != nil || r.Made != s.Letters || r.Before != s.Before || r.Rejected != s.Wrong || r.Made+r.Before != 3 || r.Rejected != 5 ||
			s.Rows != 8 {
			t.Errorf("%+v was announced, %+v was made, %v", s, r, err)
		}
		told := 0
		for _, c := range s.Causes {
			told += c.Count
		}
		if told != s.Wrong || len(b.rehearsed) != 3 {
			t.Errorf("%d of %d rejected rows have a cause; %d letters are known to pass", told, s.Wrong, len(b.rehearsed))
		}
	}
}

// A list that is saved again between the plan and the letters does not change what was
// announced, unless it is too long to be held in memory.
func TestAnnouncedThenSaved(t *testing.T) {
	for _, rows := range []int{3, mostKept + 1} {
		var list strings.Builder
		list.WriteString("name,address,city,law\n")
		for i := range rows {
			fmt.Fprintf(&list, "Office %d,,,us-federal\n", i) // without an address: nothing is made, and the test is quick
		}
		b := batchOf(t, list.String())
		s, err := b.Survey(t.Context(), func(plan []filing.Planned) []filing.Outcome { return b.Desk.Rehearse(plan, b.Options) })
		if err != nil || s.Wrong != rows {
			t.Fatalf("%+v, %v", s, err)
		}
		if err := os.WriteFile(b.File, []byte("name,address,city,law\nOne,,,us-federal\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		want := 1
		if rows <= mostKept {
			want = rows
		}
		if r, err := b.Run(t.Context()); err != nil || r.Rejected != want {
			t.Errorf("of %d rows: %+v, %v", rows, r, err)
		}
	}
}

// A date that Excel keeps as a number is that date, in the letter as in rejected.csv.
func TestExcelDates(t *testing.T) {
	b := batchOf(t, "")
	from := time.Date(2025, time.February, 3, 0, 0, 0, 0, time.UTC)
	book := excelize.NewFile()
	err := errors.Join(book.SetSheetRow("Sheet1", "A1", &[]any{"office", "date_from", "custodians"}),
		book.SetSheetRow("Sheet1", "A2", &[]any{"irs", from, "Office of the Commissioner"}),
		book.SetSheetRow("Sheet1", "A3", &[]any{"the moon", from, "20224"}))
	b.File = filepath.Join(t.TempDir(), "list.xlsx")
	if err := errors.Join(err, book.SaveAs(b.File), book.Close()); err != nil {
		t.Fatal(err)
	}
	result, err := b.Run(t.Context())
	if err != nil || result.Made != 1 || result.Rejected != 1 {
		t.Fatalf("%+v, %v", result, err)
	}
	rejected, err := os.ReadFile(b.Desk.Workspace.Path(result.RejectedFile))
	if err != nil || !strings.Contains(string(rejected), "the moon,2025-02-03,20224,") {
		t.Errorf("%s, %v", rejected, err)
	}
	letters, err := filepath.Glob(b.Desk.Workspace.Path("requests/2026-0001-*/letter.md"))
	if err != nil || len(letters) != 1 {
		t.Fatal(letters, err)
	}
	text, err := os.ReadFile(letters[0])
	if err != nil || !strings.Contains(string(text), "February 3, 2025") {
		t.Errorf("%s, %v", text, err)
	}
}

// What cannot be seen in a list is left out with one note, which counts an answer that
// all letters share once.
func TestDroppedOnce(t *testing.T) {
	b := batchOf(t, "office\u200b,custodians\nir\u200bs,Of\u00adfice\ndhs-ice,Office\n")
	b.Ask.Given[0].Answers["already_public"] = "A sum\u00admary."
	const want = "left out 3 characters that cannot be seen: 1 in already_public (test), 1 in office (list.csv:2), 1 in custodians " +
		"(list.csv:2)"
	s, err := b.Survey(t.Context(), nil)
	if err != nil || s.Letters != 2 || !slices.Contains(s.Notes, want) {
		t.Errorf("%+v, %v", s, err)
	}
	result, err := b.Run(t.Context())
	if err != nil || result.Made != 2 || result.Dropped != want {
		t.Errorf("%+v, %v", result, err)
	}
}
