package entered

import (
	"errors"
	"strings"
	"testing"
	"time"

	"foia/internal/remedy"
)

// What cannot be seen is taken out and counted; what is in disguise becomes plain; what
// a typeface can set stays as it was typed.
func TestText(t *testing.T) {
	for _, row := range []struct {
		typed, want string
		dropped     int
	}{
		{"plain", "plain", 0}, {"", "", 0}, {"“quoted” – ½ x² 5 € §", "“quoted” – ½ x² 5 € §", 0},
		{"Łódź, Ærø", "Łódź, Ærø", 0},
		{"infor\u00admation", "information", 1},                                // a web page that breaks words
		{"2027-F\u200b-0099", "2027-F-0099", 1},                                // a portal that lets long numbers break
		{"\ufeffsubject", "subject", 1}, {"a\u2060b\u200cc\u200dd", "abcd", 3}, // text editors, word processors
		{"\u200e10\u200e/\u200e11\u200e/\u200e2026", "10/11/2026", 5}, // the properties of a file on Windows
		{"\u202aC:\\a.pdf\u202c", "C:\\a.pdf", 2}, {"x\u2066y\u2069", "xy", 2}, {"a\u061cb", "ab", 1},
		{"well\u2010known, non\u2011breaking", "well-known, non-breaking", 0},
		{"oﬃce ﬁle ﬂow aﬀair ﬄ ﬅ ﬆ", "office file flow affair ffl st st", 0}, // copied from a PDF
		{"ＦＯＩＡ　２０２６！", "FOIA 2026!", 0}, {"￡５", "£5", 0},                     // an East Asian keyboard
		{"❤\ufe0f", "❤", 1}, {"a\U000e0041b", "ab", 1}, {"one\u2028two\u2029three", "one\ntwo\n\nthree", 0},
		{"\u0601", "\u0601", 0}, {"\xff", "\xff", 0}, {"a\u00a0b", "a\u00a0b", 0},
	} {
		got, dropped := Text(row.typed)
		if got != row.want || dropped != row.dropped {
			t.Errorf("%q: %q, %d; want %q, %d", row.typed, got, dropped, row.want, row.dropped)
		}
		if again, more := Text(got); again != got || more != 0 {
			t.Errorf("%q changes again: %q, %d", got, again, more)
		}
	}
}

// One note says where and how many.
func TestTally(t *testing.T) {
	var tally Tally
	if tally.Note() != "" || (*Tally)(nil).Note() != "" {
		t.Error("a note about nothing")
	}
	tally.Text("subject", "a\u200bb")
	if got := tally.Note(); got != "left out 1 character that cannot be seen, in subject" {
		t.Error(got)
	}
	tally.Text("records", "\u200bb\u00ad")
	tally.Text("subject", "c\u200b")
	(*Tally)(nil).Text("subject", "c\u200b")
	if got := tally.With(nil).Note(); got != "left out 4 characters that cannot be seen: 2 in subject, 2 in records" {
		t.Error(got)
	}
	var all Tally
	for range 3 { // the same answer in three letters
		all.Add(&tally)
	}
	if got := all.Note(); got != "left out 4 characters that cannot be seen: 2 in subject, 2 in records" {
		t.Error(got)
	}
	var many Tally
	for i := range 100 {
		many.Text(strings.Repeat("x", i+1), "\u200b")
	}
	if got := many.Note(); !strings.HasPrefix(got, "left out 100 ") || !strings.HasSuffix(got, "the rest in 92 other places") {
		t.Error(got)
	}
}

func TestReadMoney(t *testing.T) {
	for _, row := range []struct{ typed, alone, want string }{
		{"235", "USD", "235"}, {"$235", "USD", "235"}, {"$ 25", "USD", "25"}, {"$1,461,712.00", "USD", "1461712.00"},
		{"1,234,567", "USD", "1234567"},
		{"1,234", "USD", "1234"}, {"007", "USD", "7"}, {"0", "USD", "0"}, {"0.00", "USD", "0.00"}, {"25.5", "USD", "25.50"},
		// a spreadsheet drops the last zero
		{"25 USD", "USD", "25"}, {"US$ 25", "USD", "25"}, {"US $25", "USD", "25"}, {"U.S. $25", "USD", "25"}, {"$25 USD", "USD", "25"},
		{"25 U.S. dollars", "USD", "25"},
		{"25 dollars", "USD", "25"}, {"1 dollar", "USD", "1"}, {"$25.", "USD", "25"}, {"$.15", "USD", "0.15"}, {".50", "USD", "0.50"},
		{"＄２５", "USD", "25"},
		{"25.-", "USD", "25"}, {"25,-", "USD", "25"}, {"25.–", "USD", "25"}, {"25,-- EUR", "USD", "25 EUR"}, {"CHF 25.—", "USD", "25 CHF"},
		{"25 EUR", "USD", "25 EUR"}, {"EUR 25", "USD", "25 EUR"}, {"25eur", "USD", "25 EUR"}, {"€ 25.00", "USD", "25.00 EUR"},
		{"25 euros", "USD", "25 EUR"}, {"€25 EUR", "USD", "25 EUR"},
		{"25 €", "USD", "25 EUR"}, {"£450", "USD", "450 GBP"}, {"CA$5", "USD", "5 CAD"}, {"C$ 5 CAD", "USD", "5 CAD"},
		{"1.234,56", "USD", "1234.56"}, {"1.234.567,89 EUR", "USD", "1234567.89 EUR"}, {"1.234.567", "USD", "1234567"},
		{"1 234,56", "USD", "1234.56"}, {"1\u00a0234,56\u00a0€", "USD", "1234.56 EUR"}, {"1\u202f234\u202f567", "USD", "1234567"},
		{"1 234.56", "USD", "1234.56"}, {"1 234", "USD", "1234"},
		{"1'234.50", "USD", "1234.50"}, {"1’234", "USD", "1234"}, {"0,50", "USD", "0.50"}, {"1,234.5", "USD", "1234.50"},
		{"\u200e$235\u200b", "USD", "235"}, {" 235\n", "USD", "235"},
		{"90", "EUR", "90 EUR"}, {"$5", "EUR", "5"}, {"5", "CAD", "5 CAD"}, {"$5", "CAD", "5 CAD"}, {"US$5", "CAD", "5"},
		{"$30", "AUD", "30 AUD"},
	} {
		m, err := ReadMoney(row.typed, row.alone)
		want := row.want
		if !strings.Contains(want, " ") {
			want += " USD"
		}
		if err != nil || m.Number+" "+m.Currency != want {
			t.Errorf("%q: %v, %v; want %s", row.typed, m, err, want)
		}
	}
}

// What can be read in two ways is refused with both; what is none, with a remedy.
func TestReadMoneyRefused(t *testing.T) {
	for _, row := range []struct{ typed, why, remedy string }{
		{"25,00", `"25,00" may be 25.00 or 2,500`, "write 25.00 or 2500"}, {"€ 1,20", "may be 1.20 or 120", "write 1.20 or 120"},
		{"25,5", "may be 25.50 or 255", ""},
		{"1,234,56", "may be 1,234.56 or 123,456", ""}, {"1.234.56", "may be 1,234.56 or 123,456", ""},
		{"25 00", "may be 25.00 or 2,500", ""}, {"25'00", "may be 25.00 or 2,500", ""},
		{"1.200", "may be 1.20 or 1,200", "write 1.20 or 1200"}, {"1.234", "three digits after the point; it may be 1,234", "write 1234"},
		{"1234,567", "is not an amount", "only between thousands"}, {"1,23,456", "is not an amount", "only between thousands"},
		{"0,500", "is not an amount", ""}, {"1.234,567", "is not an amount", ""},
		{"1,234 567", "is not an amount", ""}, {"-5", "is not an amount", ""}, {"(5)", "is not an amount", ""},
		{"five", "is not an amount", "write it like 120"}, {"235 ERU", `"ERU" is not a currency`, "three letters"},
		{"€235 GBP", "is not one currency", "name it once"}, {"US$5 CAD", "is not one currency", ""},
		{"99999999999999999999", "is not an amount", ""}, {"50%", "is not an amount", ""}, {"$", "is not an amount", ""},
		{"", "is not an amount", ""}, {"1..5", "is not an amount", ""}, {"1-5", "is not an amount", ""}, {"1e6", "is not an amount", ""},
		{"٢٥", "is not an amount", ""}, {"5 or 6", "is not an amount", ""},
	} {
		m, err := ReadMoney(row.typed, "USD")
		var refusal *remedy.Error
		if !errors.As(err, &refusal) || !strings.Contains(refusal.What, row.why) || refusal.Do == "" ||
			!strings.Contains(refusal.Do, row.remedy) {
			t.Errorf("%q: %v, %v; want %q", row.typed, m, err, row.why)
		}
	}
}

func TestReadCount(t *testing.T) {
	for typed, want := range map[string]string{"12": "12", "1,234": "1234", "1 234 567": "1234567", "1'234": "1234", "１２": "12",
		"1.234": "", "12,5": "", "1.5": "", "-3": "", "twelve": "", "": ""} {
		if got, err := ReadCount(typed); got != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q, %v", typed, got, err)
		}
	}
}

func TestGrouped(t *testing.T) {
	for number, want := range map[string]string{"0": "0", "25": "25", "999": "999", "1200": "1,200", "1461712.00": "1,461,712.00",
		"1200.50 EUR": "1,200.50 EUR", "": "", "50%": "50%"} {
		if got := Grouped(number); got != want {
			t.Errorf("%q: %q", number, got)
		}
	}
}

func TestReadEmail(t *testing.T) {
	for _, row := range []struct{ typed, want, why string }{
		{"ana@example.org", "ana@example.org", ""}, {" ana@example.org\n", "ana@example.org", ""},
		{"mailto:ana@example.org", "ana@example.org", ""}, {"<ana@example.org>", "ana@example.org", ""},
		{"Ana Ruiz <ana@example.org>", "ana@example.org", ""}, {"ana@example.org.", "ana@example.org", ""},
		{"ana@example.org;", "ana@example.org", ""}, {"ana\u200b@example.org", "ana@example.org", ""},
		{"a.b+foia@mail.example.co.uk", "a.b+foia@mail.example.co.uk", ""}, {"ana@müller.example", "ana@müller.example", ""},
		{"ana@xn--mller-kva.xn--p1ai", "ana@xn--mller-kva.xn--p1ai", ""},
		{"a@b.c; d@e.f", "", "more than one"}, {"a@example.org, d@example.org", "", "more than one"},
		{"a@example.org d@example.org", "", "more than one"},
		{"ana@example", "", "no dot"}, {"ana@localhost", "", "no dot"}, {"ana@[192.0.2.1]", "", "is not an e-mail"},
		{"ana@192.0.2.1", "", "is not an e-mail"}, {"ana", "", "is not an e-mail"},
		{"ana@", "", "is not an e-mail"}, {"@example.org", "", "is not an e-mail"}, {"ana@example..org", "", "is not an e-mail"},
		{"ana@-example.org", "", "is not an e-mail"}, {"ana ruiz@example.org", "", "is not an e-mail"},
		{"ana@exam_ple.org", "", "is not an e-mail"}, {"ana@example.o", "", "is not an e-mail"},
		{`"a b"@example.org`, "", "is not an e-mail"}, {"", "", "is not an e-mail"}, {"https://example.org/foia", "", "is not an e-mail"},
	} {
		got, err := ReadEmail(row.typed)
		if got != row.want || (err == nil) != (row.why == "") || err != nil && !strings.Contains(err.Error(), row.why) {
			t.Errorf("%q: %q, %v; want %q, %q", row.typed, got, err, row.want, row.why)
		}
	}
}

func TestUnaccented(t *testing.T) {
	for typed, want := range map[string]string{"Łódź": "Lodz", "Straße": "Strasse", "Ørsted": "Orsted",
		"Þingvellir, Æsir": "Thingvellir, AEsir", "São Paulo": "Sao Paulo", "e\u0301": "e", "İstanbul ı": "Istanbul i",
		"Đà Nẵng": "Da Nang", "ﬁle": "file", "Ярослав": "Ярослав", "plain": "plain"} {
		if got := Unaccented(typed); got != want {
			t.Errorf("%q: %q; want %q", typed, got, want)
		}
	}
}

func TestState(t *testing.T) {
	for typed, want := range map[string]string{"TX": "TX", "tx": "TX", "Texas": "TX", "new  york": "NY", "N.Y.": "NY", "D.C.": "DC",
		"District of Columbia": "DC", "Hawaiʻi": "HI", "Hawaii": "HI", "Puerto Rico": "PR", "AE": "AE",
		"Mass.": "MA", "W. Va.": "WV", "N. Y.": "NY", "Washington, D.C.": "DC", "U.S. Virgin Islands": "VI",
		"Bavaria": "", "": "", "Te": "", "ON": ""} {
		if got, ok := State(typed); got != want || ok != (want != "") {
			t.Errorf("%q: %q, %v", typed, got, ok)
		}
	}
}

// Every abbreviation has a name, which stands for it.
func TestStateName(t *testing.T) {
	for code := range codes() {
		if got, ok := State(StateName(code)); got != code || !ok {
			t.Errorf("%s is %q, which is %q", code, StateName(code), got)
		}
	}
	for code, want := range map[string]string{"VI": "Virgin Islands", "DC": "District of Columbia", "FM": "Federated States of Micronesia",
		"ZZ": ""} {
		if got := StateName(code); got != want {
			t.Errorf("%s: %q", code, got)
		}
	}
}

func TestSameCountry(t *testing.T) {
	for _, row := range []struct {
		a, b string
		want bool
	}{{"", "", true}, {"", "USA", true}, {"U.S.A.", "United States of America", true}, {"Germany", "germany", true}, {"", "Germany", false},
		{"France", "Germany", false}, {"Côte d’Ivoire", "Cote d’Ivoire", true}} {
		if got := SameCountry(row.a, row.b); got != row.want || SameCountry(row.b, row.a) != row.want {
			t.Errorf("%q, %q: %v", row.a, row.b, got)
		}
	}
}

// A huge value costs neither time nor a long message.
func TestHuge(t *testing.T) {
	for _, piece := range []string{"1", "1,", "1 ", "a@", "é", "\u200b", "$", "ﬁ", "\xff"} {
		huge := strings.Repeat(piece, 4<<20/len(piece))
		start := time.Now()
		for name, read := range map[string]func() error{
			"money": func() error { _, err := ReadMoney(huge, "USD"); return err },
			"count": func() error { _, err := ReadCount(huge); return err },
			"email": func() error { _, err := ReadEmail(huge); return err }, "state": func() error {
				if _, ok := State(huge); ok {
					return nil
				}
				return errors.New("no state")
			},
		} {
			if err := read(); err == nil || len(err.Error()) > 1000 {
				t.Errorf("%s of %d bytes of %q: %.200v", name, len(huge), piece, err)
			}
		}
		if spent := time.Since(start); spent > 2*time.Second {
			t.Errorf("%q: %s", piece, spent)
		}
	}
}

func FuzzReadMoney(f *testing.F) {
	for _, s := range []string{"$1,200.50", "1.234,56", "25,00", "€ 25", "25.-", "\u200b$.5", "1’234"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		m, err := ReadMoney(s, "USD")
		if err != nil {
			return
		}
		again, err := ReadMoney(m.Number+" "+m.Currency, "USD")
		if err != nil || again != m {
			t.Errorf("%q is %v, which reads back as %v, %v", s, m, again, err)
		}
		if grouped, err := ReadMoney(Grouped(m.Number)+" "+m.Currency, "USD"); err != nil || grouped != m {
			t.Errorf("%q is %v, which with separators reads back as %v, %v", s, m, grouped, err)
		}
	})
}
