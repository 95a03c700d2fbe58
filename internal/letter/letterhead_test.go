package letter

import (
	"reflect"
	"strings"
	"testing"
)

// A letterhead is read line by line, as people type it.
func TestReadLetterhead(t *testing.T) {
	for name, row := range map[string]struct {
		text string
		want Requester
	}{
		"a person": {"Ana Ruiz\n12 Main St\nAlbany, NY 12207\nana@example.org",
			Requester{Name: "Ana Ruiz", Street: []string{"12 Main St"}, City: "Albany", State: "NY", ZIP: "12207",
				Email: "ana@example.org"}},
		"a newsroom": {"Ana Ruiz\nThe Courier\n12 Main St\nApt. 4\nAlbany, New York 12207-1234\n(518) 555-0100\nana@example.org",
			Requester{Name: "Ana Ruiz", Organization: "The Courier", Street: []string{"12 Main St", "Apt. 4"}, City: "Albany", State: "NY",
				ZIP: "12207-1234", Phone: "(518) 555-0100", Email: "ana@example.org"}},
		"with a position, a label and a country": {"Ana Ruiz\nStaff writer\nThe Courier\nPO Box 7\nSanta Fe NM 87501\nUSA\n" +
			"E-mail: ana@example.org\nTel. +1 505 555 0100",
			Requester{Name: "Ana Ruiz", Title: "Staff writer", Organization: "The Courier", Street: []string{"PO Box 7"}, City: "Santa Fe",
				State: "NM", ZIP: "87501", Email: "ana@example.org", Phone: "+1 505 555 0100"}},
		"a city of two words and a state of two": {"Ana Ruiz\n1 A St\nWinston Salem, North Carolina 27101",
			Requester{Name: "Ana Ruiz", Street: []string{"1 A St"}, City: "Winston Salem", State: "NC", ZIP: "27101"}},
		"as an e-mail ends": {"ana@example.org\r\nAna Ruiz,\r\n\r\n12 Main St,\r\nAlbany, NY 12207\r\n",
			Requester{Name: "Ana Ruiz", Street: []string{"12 Main St"}, City: "Albany", State: "NY", ZIP: "12207",
				Email: "ana@example.org"}},
		"without a comma": {"Ana Ruiz\n1 A St\nCharleston West Virginia 25301",
			Requester{Name: "Ana Ruiz", Street: []string{"1 A St"}, City: "Charleston", State: "WV", ZIP: "25301"}},
		"in Germany": {"Ana Ruiz\nHauptstraße 5\n10115 Berlin\nGermany",
			Requester{Name: "Ana Ruiz", Street: []string{"Hauptstraße 5"}, City: "Berlin", ZIP: "10115", Country: "Germany"}},
		"in London": {"Ana Ruiz\nThe Courier\n5 High Street\nLondon SW1A 1AA\nUnited Kingdom",
			Requester{Name: "Ana Ruiz", Organization: "The Courier", Street: []string{"5 High Street"}, City: "London", ZIP: "SW1A 1AA",
				Country: "United Kingdom"}},
	} {
		got, err := ReadLetterhead(row.text)
		if err != nil || !reflect.DeepEqual(got, row.want) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}

// What cannot be read is refused with what to write, and nothing is guessed.
func TestReadLetterheadRefuses(t *testing.T) {
	for text, says := range map[string]string{
		"":                                       "the first line is your name",
		"12 Main St\nAlbany, NY 12207":           "the first line is your name",
		"Ana Ruiz":                               "Albany, NY 12207",
		"Ana Ruiz\n12 Main St\nAlbany":           "Albany, NY 12207",
		"Ana Ruiz\n12 Main St\nAlbany, QQ 12207": "Albany, NY 12207",
		"Ana Ruiz\nThe Courier\nAlbany, NY 12207":                              "there is no street",
		"Ana Ruiz\nA\nB\nC\n12 Main St\nAlbany, NY 12207":                      "too many lines",
		"Ana Ruiz\n12 Main St\nAlbany, NY 12207\na@example.org\nb@example.org": "two e-mail addresses",
		"Ana Ruiz\n12 Main St\nAlbany, NY 12207\nana@example":                  "is not an e-mail address",
		"Ana Ruiz\n" + strings.Repeat("1 Main St\n", 300) + "Albany, NY 12207": "at most 12 lines",
	} {
		if r, err := ReadLetterhead(text); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %+v, %v", text, r, err)
		}
	}
}
