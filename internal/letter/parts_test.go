package letter

import (
	"strings"
	"testing"
)

// What no letter of foia's could be is not read.
func TestReadDocumentBounds(t *testing.T) {
	for name, text := range map[string]string{
		"long": `{"subject":"` + strings.Repeat("x", LongestJSON) + `"}`,
		"many": `{"body":[` + strings.Repeat("{},", mostParts) + `{}]}`,
	} {
		if _, err := ReadDocument([]byte(text)); err == nil || !strings.Contains(err.Error(), "larger than any letter's") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if d, err := ReadDocument([]byte(`{"body":[` + strings.Repeat("{},", mostParts-2) + `{}]}`)); err != nil || len(d.Body) != mostParts-1 {
		t.Error(len(d.Body), err)
	}
}
