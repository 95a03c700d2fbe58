package agency

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"foia/internal/workday"
)

// every is every built-in office of states, cities and abroad.
func every(t testing.TB) []Office {
	t.Helper()
	var out []Office
	for _, x := range index() {
		o, ok := elsewhere(x.id)
		if !ok {
			t.Fatalf("%s is among the words and not among the offices", x.id)
		}
		out = append(out, o)
	}
	if len(out) != len(lines()) || len(out) < 400 {
		t.Fatalf("%d offices, %d lines", len(out), len(lines()))
	}
	return out
}

// Every record has its source, as of when and how sure, for each of its facts; what it can be
// reached by is there; it does not take the id or the abbreviation of a federal office.
func TestElsewhereIsWhole(t *testing.T) {
	d := embedded(t)
	federal := map[string]bool{}
	for _, o := range d.All() {
		federal[o.ID], federal[key(o.Abbreviation)] = true, true
	}
	for _, o := range every(t) {
		if !o.IsElsewhere() || o.UnderLaw() == workday.FederalLaw || o.Confidence == "" || o.Source == "" || o.Dated == "" {
			t.Errorf("%s: law, kind, source, date or confidence is missing: %+v", o.ID, o)
		}
		if federal[o.ID] || federal[key(o.Name)] {
			t.Errorf("%s: the id or name is that of a federal office", o.ID)
		}
		var sourced []string
		for _, s := range o.Sources {
			sourced = append(sourced, s.Fields...)
			if s.Ref == "" || s.Date == "" {
				t.Errorf("%s: a source without reference or date: %+v", o.ID, s)
			}
		}
		for _, key := range o.given() {
			if !slices.Contains(sourced, key) && !slices.Contains([]string{"law", "receives_by", "confidence"}, key) {
				t.Errorf("%s: no source has %s", o.ID, key)
			}
		}
		for _, c := range o.ReceivesBy {
			if !o.reachedBy(c) || o.Dates[c] == "" || !slices.Contains(o.Ways, string(c)) {
				t.Errorf("%s: no contact, or none with its age, for %s", o.ID, c)
			}
		}
		if unknown := notAddressee(o.FOIAOffice, o.Name); len(unknown) > 0 {
			t.Errorf("%s: the addressee %q may be a person: %v", o.ID, o.FOIAOffice, unknown)
		}
		if o.LookOnly && (len(o.ReceivesBy) > 0 || o.Email+o.Fax+o.PortalURL != "" || len(o.Address) > 0) {
			t.Errorf("%s is only where to look, and has a contact", o.ID)
		}
	}
}

// Every office is found by its id and by its name, or is one of several that are called so.
func TestElsewhereIsFound(t *testing.T) {
	d := embedded(t)
	for _, o := range every(t) {
		if m, err := d.Find(o.ID); err != nil || m.Office.ID != o.ID || m.Office.UnderLaw() != o.Law {
			t.Errorf("%s is not found by its id: %v", o.ID, err)
		}
		m, err := d.Find(o.Name)
		var many *Ambiguous
		if !(err == nil && m.Office.ID == o.ID || errors.As(err, &many)) {
			t.Errorf("%s is not found by %q: %s, %v", o.ID, o.Name, m.Office.ID, err)
		}
		found, err := d.Search(o.Name, 20)
		if err != nil || !slices.ContainsFunc(found.Offices, func(x Office) bool { return x.ID == o.ID }) {
			t.Errorf("a search for %q does not bring %s: %v", o.Name, o.ID, err)
		}
	}
	if list := d.Under("us-tx"); len(list) < 10 || !list[len(list)-1].LookOnly || list[0].LookOnly {
		t.Errorf("under us-tx: %d offices", len(list))
	}
	for _, o := range d.All() {
		if o.IsElsewhere() {
			t.Errorf("%s is among the federal offices", o.ID)
		}
	}
}

// A person is no addressee; a unit and a title are.
func TestAddressee(t *testing.T) {
	for _, row := range []struct {
		addressee, office string
		person            bool
	}{
		{"Public Records Coordinator, Legal Office", "California Air Resources Board", false},
		{"FOIA Officer, MC #16", "Illinois Environmental Protection Agency", false},
		{"PRA Request, Room 415A", "Any Office", false},
		{"DNREC FOIA Coordinator", "Delaware Department of Natural Resources", false},
		{"Jane Roe", "Any Office", true},
		{"Jane Roe, Records Officer", "Any Office", true},
		{"Mr. Smith", "Any Office", true},
		{"Attn: Dr. O’Brien, Public Information Officer", "Any Office", true},
		{"Records Custodian José", "Any Office", true},
	} {
		if unknown := notAddressee(row.addressee, row.office); (len(unknown) > 0) != row.person {
			t.Errorf("%q: %v", row.addressee, unknown)
		}
	}
}

// What is wrong with a law's file is named with its line.
func TestElsewhereErrors(t *testing.T) {
	kinds, err := readKinds()
	if err != nil {
		t.Fatal(err)
	}
	whole := "law: us-zz\nplace: Zed\noffices:\n  - id: us-zz-ag\n    name: Attorney General\n    kind: attorney-general\n" +
		"    source: https://example.org\n    dated: undated\n    confidence: medium\n"
	f, err := readLawFile([]byte(whole+"    email: {is: a@example.org, from: an older page, dated: \"2019\"}\n    ways: [email, phone]\n"),
		"data/offices/us-zz.yaml", kinds)
	if err != nil || len(f.offices) != 1 || !f.offices[0].Doubtful(Email) || !f.offices[0].Takes(Email) ||
		f.offices[0].Dates[Email] != "2019" {
		t.Fatalf("%+v, %v", f, err)
	}
	for _, row := range []struct{ text, want string }{
		{strings.Replace(whole, "us-zz-ag", "ag", 1), `us-zz.yaml:4: the id "ag" does not begin with us-zz-`},
		{strings.Replace(whole, "kind: attorney-general", "kind: wizard", 1), `us-zz.yaml:6: the kind "wizard" is not in`},
		{strings.Replace(whole, "law: us-zz", "law: us-yy", 1), "law must be us-zz"},
		{strings.Replace(whole, "confidence: medium", "confidence: sure", 1), "confidence is high, medium or low"},
		{strings.Replace(whole, "    dated: undated\n", "", 1), "a record needs source and dated"},
		{whole + "    foia_office: Jane Roe\n", `the addressee "Jane Roe" may be a person`},
		{whole + "    ways: [pigeon]\n", `us-zz.yaml:10: there is no way "pigeon"`},
		{whole + "    email: {is: a@example.org}\n", "us-zz.yaml:10: email: is or from is missing"},
		{whole + "    traps:\n      - {kind: maze, says: x}\n", `there is no trap "maze"`},
		{whole + "    traps:\n      - {kind: paper-only, says: x}\n", "the trap paper-only does not fit its key refuses"},
		{whole + "    traps:\n      - {kind: form}\n", "the trap form does not say anything"},
		{strings.Replace(whole, "offices:", "look:", 1) + "    email: a@example.org\n    ways: [email]\n", "only where to look"},
	} {
		_, err := readLawFile([]byte(row.text), "data/offices/us-zz.yaml", kinds)
		if err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%q: %v", row.want, err)
		}
	}
}

// The place that a query names, by a state, its code or a city; a city of several states has
// several laws; a word that is none names none.
func TestNamedIn(t *testing.T) {
	for query, want := range map[string]string{
		"austin police": "us-tx", "police, TX": "us-tx", "West Virginia": "us-wv", "portland police": "us-me us-or",
		"new york": "us-ny", "minister of germany": "de", "UK home office": "gb", "massachusets": "us-ma", "Saint Louis": "us-mo",
		"police in or out": "", "tax returns": "", "": "", strings.Repeat("x ", 500): "",
	} {
		var laws []string
		for _, p := range NamedIn(query) {
			laws = append(laws, p.Law)
		}
		if got := strings.Join(laws, " "); got != want {
			t.Errorf("%.40q names %q, not %q", query, got, want)
		}
	}
	for law := range places() {
		if p, ok := PlaceOf(law); !ok || p.Name == "" {
			t.Errorf("%s has no place", law)
		}
	}
	for name, laws := range cities() {
		for _, law := range laws {
			if _, ok := PlaceOf(law); !ok {
				t.Errorf("%s is under %s, which is no law", name, law)
			}
		}
	}
}

// Neither federal offices nor the others hide the other kind.
func TestBoth(t *testing.T) {
	hits := func(n, score int, law string) (out []hit) {
		for i := range n {
			out = append(out, hit{Office{ID: law + string(rune('a'+i))}, score})
		}
		return out
	}
	for _, row := range []struct{ federal, elsewhere, least int }{{30, 30, 3}, {30, 2, 2}, {2, 30, 2}, {3, 3, 3}} {
		for _, scores := range [][2]int{{100, 10}, {10, 100}, {50, 50}} {
			all := officesOf(both(hits(row.federal, scores[0], "f"), hits(row.elsewhere, scores[1], "e"), 9))
			count := map[byte]int{}
			for _, o := range first(all, 9) {
				count[o.ID[0]]++
			}
			if count['f'] < row.least || count['e'] < row.least || len(all) != row.federal+row.elsewhere {
				t.Errorf("%+v, %v: %v", row, scores, count)
			}
		}
	}
}

// What nothing is known of is not said to be refused.
func TestChannelUnknown(t *testing.T) {
	d := embedded(t)
	for _, row := range []struct {
		id      string
		c       Channel
		unknown bool
		says    string
	}{
		{"us-sc-dew", Fax, true, "is unknown"},
		{"us-wv-ag", Email, true, "it says, but the directory has no e-mail address"},
		{"us-sd-ag", Email, false, "does not accept requests by email"},
		{"treasury-irs", Email, false, "does not accept"},
	} {
		o, _ := d.Get(row.id)
		err := o.CheckChannel(row.c)
		var unknown *ChannelUnknown
		if errors.As(err, &unknown) != row.unknown || !strings.Contains(err.Error(), row.says) || unknown != nil && unknown.Hint() == "" {
			t.Errorf("%s by %s: %v", row.id, row.c, err)
		}
	}
}

// The figures are of the office that the directory has, what is not reported is not a figure,
// and every row that names an office is read.
func TestFigures(t *testing.T) {
	d := embedded(t)
	rows, err := readCSV(annualCSV)
	if err != nil || len(rows) < 400 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	seen := map[string]bool{}
	for _, r := range rows {
		if r["office"] == "" {
			continue
		}
		o, ok := d.Get(r["office"])
		f := figuresIn(r)
		if !ok || seen[o.ID] || f.Received != nil && o.ReceivedFY2024 != nil && *f.Received != *o.ReceivedFY2024 {
			t.Errorf("%s (%s): not the office of the row, or twice", r["office"], r["name"])
		}
		seen[o.ID] = true
	}
	if len(seen) < 420 {
		t.Errorf("only %d offices have figures", len(seen))
	}
	ice, _ := d.Get("dhs-ice")
	f, ok := FiguresOf(ice)
	if got := strings.Join(f.Says(), "; "); !ok || got != "received 59,300, processed 69,270, backlog 17,638; "+
		"median days to answer: simple 3, complex 203, expedited 163; expedited processing: granted 227, denied 713; "+
		"fee waivers: granted 874, denied 188; appeals: median days 15, backlog 236" {
		t.Errorf("%s", got)
	}
	for in, want := range map[string]Days{"0.0000": "", "": "", "LT1": "<1", "<1": "<1", ".86": "0.86", "3": "3", "x": ""} {
		if got := daysIn(in); got != want {
			t.Errorf("%q is %q, not %q", in, got, want)
		}
	}
	raw, _ := Days("<1").MarshalJSON()
	if number, _ := Days("203").MarshalJSON(); string(number) != "203" || string(raw) != `"<1"` {
		t.Errorf("%s, %s", number, raw)
	}
	irs, _ := d.Get("treasury-irs")
	if f, _ := FiguresOf(irs); f.Simple != "" || strings.Contains(strings.Join(f.Says(), ""), "simple") {
		t.Error("the IRS reported no median of simple requests")
	}
	for _, id := range []string{"us-tx-ag", "exim"} {
		o, _ := d.Get(id)
		if _, ok := FiguresOf(o); ok {
			t.Errorf("%s has figures", id)
		}
	}
}

// One keystroke, over all offices.
func BenchmarkTyped(b *testing.B) {
	d, err := Embedded()
	if err != nil {
		b.Fatal(err)
	}
	for _, words := range []string{"tex", "state pol", "austin police", "zzzzzz", "customs and bor"} {
		b.Run(words, func(b *testing.B) {
			for b.Loop() {
				d.Typed(words, 7)
			}
		})
	}
}

// The files are those of the laws' places, each read whole.
func TestElsewhereFiles(t *testing.T) {
	laws, err := readElsewhere(os.DirFS("."))
	if err != nil || len(laws) < 58 {
		t.Errorf("%d laws, %v", len(laws), err)
	}
}
