package docket

import (
	"errors"
	"strings"
	"testing"

	"foia/internal/remedy"
)

// Exemptions as letters write them; the spellings are those of DHS, the FBI, EOUSA,
// State and others.
func TestCodes(t *testing.T) {
	exemptions := basis(t).Book.Exemptions
	for written, want := range map[string]string{
		"b5,b7E":                           "b5,b7E",
		"(b)(5), (b)(6)":                   "b5,b6",
		"(b)(5) (b)(6)":                    "b5,b6",
		"(b)(5)(d)(5)":                     "b5,d5",
		"B5; 7e":                           "b5,b7E",
		"(b)(7)E)":                         "b7E", // a typing error of DHS
		"b(6), b(7)(c)":                    "b6,b7C",
		"b 5":                              "b5",
		"(b) (7) (A)":                      "b7A",
		"Exemption 5":                      "b5",
		"Exemptions 6 and 7(C)":            "b6,b7C",
		"FOIA Exemptions 5, b7(E)":         "b5,b7E",
		"5 U.S.C. § 552(b)(7)(E)":          "b7E",
		"5 USC 552(b)(5)":                  "b5",
		"5 U.S.C. §§ 552(b)(6), (b)(7)(C)": "b6,b7C",
		"k2":                               "k2",
		"(k)(2)":                           "k2",
		"552a(k)(2)":                       "k2",
		"5 U.S.C. § 552a(j)(2); (b)(7)(D)": "b7D,j2",
		"Privacy Act exemption (d)(5) and (k)(5)":     "d5,k5",
		"b7A b7C 7D 7E (b)(7)(F)":                     "b7A,b7C,b7D,b7E,b7F",
		"b5,b5,(b)(5)":                                "b5",
		"b5\u00a0b6":                                  "b5,b6",
		"(b)(7)\u00a0(C)":                             "b7C",
		"5 U.S.C. § 552(b)(4) & 5 U.S.C. § 552(b)(8)": "b4,b8",
	} {
		if got, err := readCodes(written, exemptions); got != want || err != nil {
			t.Errorf("%q: %q, %v; want %q", written, got, err, want)
		}
	}
	for written, word := range map[string]string{
		"b10": "b10", "b7": "b7", "b5,b10": "b10", "7": "7", "b5A": "b5A", "k8": "k8", "j3": "j3", "d4": "d4", "552a(b)(3)": "552a(b)(3)",
		"552(k)(2)": "552(k)(2)", "(b)(7)(d)(5)": "(b)(7)(d)(5)", "1.4(b)": "1.4(b)", "five": "five", "b55": "b55", "87(2)(b)": "87(2)(b)",
		"552": "552",
	} {
		got, err := readCodes(written, exemptions)
		var refusal *remedy.Error
		if !errors.As(err, &refusal) || !strings.Contains(refusal.What, "no exemption \""+word+"\"") ||
			!strings.Contains(refusal.Do, "b7E") {
			t.Errorf("%q: %q, %v; want %q refused", written, got, err, word)
		}
	}
	for _, written := range []string{",", "Exemptions", "§", "\v", "\u00a0", "\u2028"} {
		if got, err := readCodes(written, exemptions); err == nil || !strings.Contains(err.Error(), "names none") {
			t.Errorf("%q: %q, %v", written, got, err)
		}
	}
}

// Whatever is read as an exemption is one, in its one form, and reads the same again.
func FuzzCodes(f *testing.F) {
	for _, seed := range []string{"b5", "(b)(7)E)", "552a(k)(2)", "Exemptions 6 and 7(C)", "b7 b7", "(((", "§ 552", "\v", "b5\u00a0b6"} {
		f.Add(seed)
	}
	exemptions := basis(f).Book.Exemptions
	f.Fuzz(func(t *testing.T, written string) {
		got, err := readCodes(written, exemptions)
		if err != nil {
			return
		}
		for code := range strings.SplitSeq(got, ",") {
			if _, ok := exemptions[code]; !ok {
				t.Errorf("%q is read as %q", written, got)
			}
		}
		if again, err := readCodes(got, exemptions); err != nil || again != got {
			t.Errorf("%q, %q, %q: %v", written, got, again, err)
		}
	})
}

// Under the law of a state or country the grounds are its own sections, as written.
func TestGrounds(t *testing.T) {
	for _, row := range []struct{ law, line, want string }{
		{"us-ny", `2025-05-07 determination outcome=denied exemptions="87(2)(b); 87(2)(g)"`, "87(2)(b); 87(2)(g)"},
		{"gb", `2025-05-07 determination outcome=denied exemptions="s.40(2)"`, "s.40(2)"},
		{"de", `2025-05-07 determination outcome=denied exemptions="§ 3 Nr. 3 a), b) ;; § 3 Nr. 3 a), b);"`, "§ 3 Nr. 3 a), b)"},
		{"somewhere", `2025-05-07 determination outcome=denied exemptions="b5, b6"`, "b5, b6"},
	} {
		e, _, err := proposeTo(t, "office", row.law, begun, row.line, false)
		if err != nil || e.Data["exemptions"] != row.want {
			t.Errorf("%s, %s: %v, %v", row.law, row.line, e.Data, err)
		}
	}
	for value, why := range map[string]string{
		strings.Repeat("x", 81): "at most 80 characters", "s.40\x1b[2J": "cannot be printed", " ; ;": "names none",
		"s.40\xff": "cannot be printed",
	} {
		_, _, err := proposeTo(t, "office", "gb", begun, `2025-05-07 determination outcome=denied exemptions="`+value+`"`, false)
		var refusal *remedy.Error
		if !errors.As(err, &refusal) || !strings.Contains(refusal.What, why) || refusal.Do == "" {
			t.Errorf("%q: %v", value, err)
		}
	}
	r := Request{Law: "gb"}
	if got := r.Exemptions(Event{Data: map[string]string{"exemptions": "s.40(2); s.21, s.22"}}); len(got) != 2 || got[1] != "s.21, s.22" {
		t.Errorf("%q", got)
	}
	if got := (Request{}).Exemptions(Event{Data: map[string]string{"exemptions": "b5,k2"}}); len(got) != 2 || got[1] != "k2" {
		t.Errorf("%q", got)
	}
	if got := basis(t).Book.ExemptionNames([]string{"b5", "k2", "s.40(2)"}); strings.Join(got,
		"|") != "Exemption 5|Privacy Act exemption (k)(2)|s.40(2)" {
		t.Errorf("%q", got)
	}
}
