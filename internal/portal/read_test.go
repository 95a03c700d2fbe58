package portal

import (
	"slices"
	"strings"
	"testing"

	"foia/internal/agency"
)

// What was written is read back, in the order of the form, without the fields that are empty.
func TestRead(t *testing.T) {
	filled := []Field{{Name: "name_first", Label: "First name", Value: "Ana"},
		{Name: "request_category", Label: "What type of requester are you?", Value: "media", Shown: "Representative of the news media"},
		{Name: "request_description", Label: "Your request", Value: "Records é\n\nof \"x\"", Limit: 10000},
		{Name: "fee_waiver", Label: "Fee waiver", Value: "no", Shown: "No"}}
	f := &Form{Office: agency.Office{Name: "Example Bureau"}, PDF: "letter.pdf", Fields: append(slices.Clone(filled), Field{Name: "email"})}
	raw, err := f.JSON()
	if err != nil {
		t.Fatal(err)
	}
	got, err := Read(raw)
	if err != nil || !slices.Equal(got, filled) {
		t.Errorf("%+v, %v", got, err)
	}
	for _, field := range got {
		if text := string(f.Text()); !strings.Contains(text, "\n"+field.Text()+"\n") {
			t.Errorf("portal.txt does not have %q:\n%s", field.Text(), text)
		}
	}
	if _, err := Read([]byte("x")); err == nil {
		t.Error("what is no form is read")
	}
}
