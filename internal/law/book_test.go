package law

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"

	"foia/internal/remedy"
)

// own is a book with files of the user's.
func own(t *testing.T, files ...string) (*RecordsBook, error) {
	t.Helper()
	var list []OwnFile
	for i := 0; i < len(files); i += 2 {
		list = append(list, OwnFile{Name: files[i], Text: []byte(files[i+1])})
	}
	return records(t).With(list)
}

// read is what a user's file has to name.
const read = "sources: [{grade: statute, ref: 'https://example.org', as_of: '2026', supports: [deadline, appeal, extension], accessed: " +
	"'2026-11-28'}]\n"

// A file of the user's lies over the law that foia has, field by field; a list is taken
// as a whole. The law that foia has stays what it is.
func TestOwnLawOver(t *testing.T) {
	before, _ := records(t).Law("us-in")
	b, err := own(t, "laws/us-in.yaml", "custodian_title: Records Officer\nresponse:\n  stages:\n    - {days: 9, unit: business, duty: "+
		"respond, from: receipt}\nuse:\n  deadline: {says: \"Please respond within {stages[0].days} business days of receipt.\"}\n"+read)
	if err != nil {
		t.Fatal(err)
	}
	p, _ := b.Law("us-in")
	if p == before || p.Place != "Indiana" || p.Custodian != "Records Officer" || len(p.Response.Stages) != 1 ||
		p.Response.Stages[0].Days != 9 ||
		p.Response.Text != before.Response.Text || !slices.Equal(p.Use.Deadline.Rests, before.Use.Deadline.Rests) ||
		p.Reminder != before.Reminder {
		t.Errorf("%+v", p)
	}
	if rule, ok := p.Regime().Rule(TopicDeadline); !ok || rule.Value != "Please respond within 9 business days of receipt." {
		t.Errorf("%+v", rule)
	}
	if want := []string{"custodian_title", "response.stages", "sources", "use.deadline.says"}; !slices.Equal(p.Own(), want) ||
		p.File != "laws/us-in.yaml" {
		t.Errorf("%s has %q", p.File, p.Own())
	}
	if again, _ := records(t).Law("us-in"); again.Response.Stages[0].Days != 7 || again.File != "" || again.Own() != nil {
		t.Error("the law that foia has was changed")
	}
	if tx, _ := b.Law("us-tx"); tx.File != "" {
		t.Error("another law is the user's")
	}
}

// An entry of a list takes nothing from the one that it replaces: no unit is supposed.
func TestOwnListsAreWhole(t *testing.T) {
	_, err := own(t, "laws/us-tx.yaml", "response:\n  stages:\n    - {days: 12, duty: respond, from: receipt}\n"+read)
	var faulty *Faulty
	if !errors.As(err, &faulty) || !slices.ContainsFunc(faulty.Faults, func(f Fault) bool {
		return f.What == "response.stages[0].unit is missing" && f.Line == 3 && f.File == "laws/us-tx.yaml"
	}) {
		t.Error(err)
	}
}

// A number of the user's own needs a source of its own.
func TestOwnNumberNeedsSource(t *testing.T) {
	text := "response:\n  stages:\n    - {days: 12, unit: business, duty: respond, from: receipt}\n"
	if _, err := own(t, "laws/us-wa.yaml", text); err == nil ||
		!strings.Contains(err.Error(), "no statute, official or secondary page among the sources of your file supports "+
			"response.stages[0].days (laws/us-wa.yaml:3)") {
		t.Error(err)
	}
	if _, err := own(t, "laws/us-wa.yaml", text+read); err != nil {
		t.Error(err)
	}
	if _, err := own(t, "laws/us-wa.yaml", "custodian_title: Clerk\n"); err != nil {
		t.Error(err)
	}
}

// The sources of the law below stay, after the user's own, and what it calls unverified
// is no word on what the user read.
func TestOwnOverUnverified(t *testing.T) {
	pr, _ := records(t).Law("us-pr")
	b, err := own(t, "laws/us-pr.yaml", "response:\n  stages:\n    - {days: 8, unit: business, duty: respond, from: receipt}\nuse:\n "+
		" clock:\n    - {stage: 0, from: receipt}\n"+read)
	if err != nil {
		t.Fatal(err)
	}
	p, _ := b.Law("us-pr")
	if pr.Verified("response.stages[0]") || !p.Verified("response.stages[0]") || p.Verified("fees.search") ||
		p.InShort() != "8 working days to respond" {
		t.Errorf("%q: %q", p.InShort(), p.NotStated())
	}
	if len(p.Sources) != len(pr.Sources)+1 || p.Sources[0].Ref != "https://example.org" {
		t.Errorf("%+v", p.Sources)
	}
	again := "unverified_fields: [response.stages]\nresponse:\n  stages:\n    - {days: 8, unit: business, duty: respond, from: receipt}\n" +
		read
	if b, err = own(t, "laws/us-pr.yaml", again); err != nil {
		t.Fatal(err)
	}
	if p, _ = b.Law("us-pr"); p.Verified("response.stages[0]") {
		t.Error("what the user calls unverified is verified")
	}
}

// A file with another name is a law of its own, and a fault in it tells where and what
// to do.
func TestOwnLaw(t *testing.T) {
	b, err := own(t, "laws/us-zz.yaml", zenith(t))
	if err != nil {
		t.Fatal(err)
	}
	if p, ok := b.Law("us-zz"); !ok || p.Place != "Zenith" || len(b.IDs()) != len(records(t).IDs())+1 {
		t.Error("the law is not there")
	}
	_, err = own(t, "laws/us-zz.yaml", strings.Replace(zenith(t), "kind: state", "kind: county", 1), "laws/us-ny.yaml", "id: us-nj\n")
	var hinted interface{ Hint() string }
	if err == nil || !errors.As(err, &hinted) ||
		err.Error() != "your own law cannot be used: kind is “county”, which foia does not know (laws/us-zz.yaml:5), and one more fault" ||
		remedy.Plain(hinted.Hint()) != "use state, district, territory, national or supranational; to see all of them: check-law "+
			"laws/us-zz.yaml" {
		t.Error(err)
	}
}

// Two books share nothing: what one has of the user's, the other has not, and what was
// derived from one is out of date for the other.
func TestBooksAreApart(t *testing.T) {
	federal := book(t)
	b, err := own(t, "laws/us-zz.yaml", strings.Replace(zenith(t), "use:\n", "use:\n  currency: ZED\n", 1))
	if err != nil {
		t.Fatal(err)
	}
	mine := federal.WithRecords(b)
	if !mine.Knows("us-zz") || federal.Knows("us-zz") || !mine.Knows(Federal) || !mine.Knows("us-tx") || mine.Knows("us-yy") {
		t.Error("the wrong book knows the law")
	}
	if mine.Currency("us-zz") != "ZED" || federal.Currency("us-zz") != Dollars || mine.Currency("gb") != "GBP" ||
		mine.Currency(Federal) != Dollars {
		t.Error("the currency is another")
	}
	if r := mine.For("zenith-police", "us-zz"); !r.Known() || r.Records.Place != "Zenith" || federal.For("zenith-police", "us-zz").Known() {
		t.Error("the wrong book binds the office")
	}
	if !reflect.DeepEqual(mine.For("irs", Federal), federal.For("irs", Federal)) {
		t.Error("the federal law is another")
	}
	if mine.Digest() == federal.Digest() || federal.WithRecords(records(t)).Digest() != federal.Digest() {
		t.Error("the digest does not tell the books apart")
	}
	other, err := own(t, "laws/us-zz.yaml", zenith(t))
	if err != nil || federal.WithRecords(other).Digest() == mine.Digest() {
		t.Error("the digest does not tell two files apart", err)
	}
}

// A law is found by its id, and by the place as people write it.
func TestCalled(t *testing.T) {
	for name, want := range map[string]string{"us-tx": "us-tx", "US-TX": "us-tx", "texas": "us-tx", "Canada": "ca", "United Kingdom": "gb",
		"U.K.": "gb", "EU": "eu", "Alberta": "", "": "", "Te": ""} {
		if got := records(t).Called(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}
