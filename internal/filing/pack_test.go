package filing

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"foia/internal/letter"
	"foia/internal/logbook"
	"foia/internal/longtest"
	"foia/internal/pdf/pdftest"
	"foia/internal/preflight"
	"foia/internal/press"
	"foia/internal/press/presstest"
	"foia/internal/workday"
	"foia/internal/workspace"
	"foia/templates"
)

// desk is a desk in an empty folder, with the built-in letters and offices.
func desk(t testing.TB) *Desk {
	t.Helper()
	return deskIn(t, presstest.Folder(t))
}

func deskIn(t testing.TB, w *workspace.Workspace) *Desk {
	t.Helper()
	book := presstest.Book(t, w, logbook.Writer{By: "tester", Now: "2026-11-23T12:00:00Z"})
	return &Desk{Book: book, Stock: presstest.Stock(t, w)}
}

// sample asks for the pack as `foia new irs-dhs-mou --sample` does.
func sample(t testing.TB) Ask {
	t.Helper()
	raw, err := templates.Files.ReadFile("sample/requester.yaml")
	if err != nil {
		t.Fatal(err)
	}
	config, err := workspace.ParseConfig("sample", raw)
	if err != nil {
		t.Fatal(err)
	}
	return Ask{Name: "irs-dhs-mou", Requester: config.Requesters[0], Date: workday.MustDate("2026-11-23"), Sample: true,
		Given: []letter.Layer{{Answers: letter.Answers{"expedite": true}, File: "test"}}}
}

func file(t testing.TB, d *Desk, a Ask, o Options) []Result {
	t.Helper()
	plan, err := d.Plan(a)
	if err != nil {
		t.Fatal(err)
	}
	results, err := d.File(context.Background(), plan, o)
	if err != nil {
		t.Fatal(err)
	}
	return results
}

// The text of every built-in letter is in testdata/golden, so that a changed
// word is seen in review. Write them anew with: go test ./internal/filing -update
func TestGoldenLetters(t *testing.T) {
	d := desk(t)
	for _, r := range file(t, d, sample(t), Options{}) {
		name := filepath.Join("testdata", "golden", strings.TrimPrefix(filepath.Base(r.Request.Folder), "2026-")+".md")
		got, err := os.ReadFile(d.Workspace.Path(r.Request.Folder + "/" + press.TextName))
		if err != nil {
			t.Fatal(err)
		}
		presstest.Golden(t, name, got)
	}
}

// An office may close a request for records about other people until they
// consent, and the records hold lists of them and return information. So each
// letter says that it seeks neither, whatever clause its office's law adds.
var excluded = map[string]*regexp.Regexp{
	"the persons asked about": regexp.MustCompile(`I do not seek the name, [^.;]*\baddress\b[^.;]* ` +
		`of any person about whom (ICE|Homeland Security|ICE or Homeland Security) asked`),
	"return information": regexp.MustCompile(`taxpayer’s (return or )?return information, ` +
		`which 26 U\.S\.C\. § 6103\(a\) keeps confidential, with or without the names`),
	"the need for a consent": regexp.MustCompile(`No (one|taxpayer)’s (authorization|consent) is therefore needed`),
}

// What a person who signs under penalty of perjury cannot know to be true.
var unsworn = map[string]string{
	"I last looked":                "whoever signs may not have looked",
	"court found":                  "the opinion of February 26, 2026, is reported as an indicative ruling: quote it",
	"court held":                   "the opinion of February 26, 2026, is reported as an indicative ruling: quote it",
	"which different offices keep": "the letters to one agency name some of the same offices",
}

// What the letters of the pack must have: right office, no error of the
// preflight, the carve-out in those to the Treasury and the IRS and only there,
// the components in those to Homeland Security, every fixed part in each.
func TestElevenLetters(t *testing.T) {
	d := desk(t)
	results := file(t, d, sample(t), Options{})
	offices := []string{"treasury-irs", "treasury-irs", "treasury-irs", "treasury-irs", "treasury-irs",
		"treasury-do", "dhs-ice", "dhs-priv", "treasury-tigta", "doj-jmd", "ssa"}
	if len(results) != len(offices) {
		t.Fatalf("%d letters, not %d", len(results), len(offices))
	}
	for i, r := range results {
		if r.Request.OfficeID != offices[i] {
			t.Errorf("letter %d goes to %s, not %s", i+1, r.Request.OfficeID, offices[i])
		}
		if preflight.Worst(r.Findings) == preflight.Error {
			t.Errorf("%s: %+v", r.Request.Folder, r.Findings)
		}
		raw, err := os.ReadFile(d.Workspace.Path(r.Request.Folder + "/" + press.TextName))
		if err != nil {
			t.Fatal(err)
		}
		text := string(raw)
		for _, part := range []string{"Freedom of Information Act (FOIA), 5 U.S.C. § 552", "## Records requested", "*Where to look:*",
			"*Dates:*",
			"*Search terms:*", "## What is already public", "electronic form", "reasonably segregable", "estimate the volume",
			"foreseeably harm",
			"index of the records", "preserve them", "as they become ready, item 1 first", "news media", "public interest",
			"I agree to pay fees up to $25",
			"I declare under penalty of perjury", "Executed on November 23, 2026", "Public Liaison", letter.SampleMark} {
			if !strings.Contains(text, part) {
				t.Errorf("%s: no %q", r.Request.Folder, part)
			}
		}
		for what, part := range excluded {
			if !part.MatchString(text) {
				t.Errorf("%s does not exclude %s", r.Request.Folder, what)
			}
		}
		for phrase, why := range unsworn {
			if strings.Contains(text, phrase) {
				t.Errorf("%s: “%s”: %s", r.Request.Folder, phrase, why)
			}
		}
		treasury := strings.HasPrefix(r.Request.OfficeID, "treasury")
		if strings.Contains(text, "No taxpayer’s information is sought") != treasury {
			t.Errorf("%s: the carve-out of section 6103 is there: %v", r.Request.Folder, !treasury)
		}
		if strings.HasPrefix(r.Request.OfficeID, "dhs") && !strings.Contains(text, "for the purpose of 6 C.F.R. § 5.4(c)") {
			t.Errorf("%s: the components are not listed for 6 C.F.R. § 5.4(c)", r.Request.Folder)
		}
	}
}

// items are the numbered items of the pack's letters, by "letter: title".
func items(t *testing.T) map[string]letter.Record {
	t.Helper()
	plan, err := desk(t).Plan(sample(t))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]letter.Record{}
	for _, p := range plan {
		p.Order.ID = "2026-0001"
		draft, err := letter.Fill(p.Order)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range draft.Records {
			out[p.Name+": "+r.Title] = r
		}
	}
	return out
}

// A comma that YAML takes for the end of an entry parts a name or a date in two.
func TestPackListsAreWhole(t *testing.T) {
	for name, r := range items(t) {
		for _, entry := range slices.Concat(r.Custodians, r.Terms) {
			if strings.Count(entry, "(") != strings.Count(entry, ")") {
				t.Errorf("%s: the entry “%s” is part of another; put quotation marks around the whole of it", name, entry)
			}
		}
	}
}

const aMonth = `\b(January|February|March|April|May|June|July|August|September|October|November|December)`

var (
	fullDate  = regexp.MustCompile(aMonth + ` (\d{1,2}), (\d{4})\b`)
	monthDate = regexp.MustCompile(aMonth + ` (?:of )?(\d{4})\b`)
)

// An item that names a day or a month asks for records of that time: a search
// between the item's own dates must be able to find them.
func TestPackDatesAreInTheirWindow(t *testing.T) {
	seen := 0
	for name, r := range items(t) {
		from, to := r.From, r.To
		if to == "" {
			to = sample(t).Date.String()
		}
		text := r.Title + ". " + r.Text
		for _, m := range fullDate.FindAllString(text, -1) {
			day, err := time.Parse("January 2, 2006", m)
			if err != nil {
				t.Fatal(err)
			}
			seen++
			if s := day.Format(time.DateOnly); s < from || s > to {
				t.Errorf("%s: names %s, and searches %s to %s", name, m, from, to)
			}
		}
		for _, m := range monthDate.FindAllString(text, -1) {
			month, err := time.Parse("January 2006", strings.Replace(m, " of ", " ", 1))
			if err != nil {
				t.Fatal(err)
			}
			seen++
			if last := month.AddDate(0, 1, -1); last.Format(time.DateOnly) < from || month.Format(time.DateOnly) > to {
				t.Errorf("%s: names %s, and searches %s to %s", name, m, from, to)
			}
		}
	}
	if seen < 40 {
		t.Errorf("only %d dates found in the items", seen)
	}
}

// Other programs read the PDFs: qpdf finds nothing wrong, poppler finds the
// fonts embedded, and every word of letter.md in its order.
func TestPDFsReadByOthers(t *testing.T) {
	d := desk(t)
	var files []pdftest.File
	for _, r := range longtest.Sample(presstest.ReadByPrograms, file(t, d, sample(t), Options{})) {
		presstest.ReadByOthers(t, d.Workspace.Path(r.Request.Folder+"/"+press.PDFName),
			d.Workspace.Path(r.Request.Folder+"/"+press.TextName), r.Request.ID)
		files = append(files, presstest.KeepPDF(t, d.Workspace, r.Request, r.Request.Documents,
			filepath.Join(t.TempDir(), r.Request.ID+".pdf")))
	}
	pdftest.Check(t, files)
}

// The same letters made twice are the same, byte for byte.
func TestSameBytes(t *testing.T) {
	var sums [2][]string
	for i := range sums {
		for _, r := range file(t, desk(t), sample(t), Options{}) {
			for _, doc := range r.Request.Documents {
				sums[i] = append(sums[i], doc.Name+" "+doc.SHA256)
			}
		}
	}
	if !slices.Equal(sums[0], sums[1]) {
		t.Error("two runs give different files")
	}
}

// What goes into the web form fits there.
func TestPortalFits(t *testing.T) {
	d := desk(t)
	for _, r := range file(t, d, sample(t), Options{}) {
		raw, err := os.ReadFile(d.Workspace.Path(r.Request.Folder + "/" + press.PortalText))
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range []string{"Your request   (", "of 10000 characters)", "Fee waiver justification",
			"Representative of the news media", "First name"} {
			if !strings.Contains(string(raw), part) {
				t.Errorf("%s: no %q", r.Request.Folder, part)
			}
		}
		if strings.Contains(string(raw), "does not fit into the form") {
			t.Errorf("%s does not fit into the form", r.Request.Folder)
		}
	}
}

func BenchmarkFileOne(b *testing.B) {
	d := desk(b)
	a := sample(b)
	a.Only = []string{"agreement"}
	for b.Loop() {
		file(b, d, a, Options{Again: true})
	}
}
