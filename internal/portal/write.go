package portal

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
)

// rule is the line that sets the fields apart in portal.txt.
var rule = strings.Repeat("-", 72)

// Text returns the form as a page to copy from, field by field, with the
// length of each long field against its limit.
func (f *Form) Text() []byte {
	var b bytes.Buffer
	if f.Mark != "" {
		fmt.Fprintf(&b, "%s\n\n", f.Mark)
	}
	fmt.Fprintf(&b, "Web form of %s\n", f.Office.Name)
	if f.URL != "" {
		fmt.Fprintf(&b, "%s\n", f.URL)
	}
	b.WriteString("\nCopy each text into the field of that name. Labels are those of FOIA.gov's form;\n" +
		"another portal may name its fields otherwise. An empty field stays empty.\n")
	for _, field := range f.Fields {
		fmt.Fprintf(&b, "\n%s\n%s", rule, field.Label)
		if field.Limit > 0 {
			fmt.Fprintf(&b, "   (%d of %d characters)", field.Length(), field.Limit)
		}
		fmt.Fprintf(&b, "\n\n%s\n", field.Text())
	}
	fmt.Fprintf(&b, "\n%s\n%s\n\n%s\n", rule, f.Attachment, f.PDF)
	if f.Shortened {
		b.WriteString("\nThe letter does not fit into the form: the text above ends early and refers to\n" +
			"this file. Do not leave it out.\n")
	}
	if len(f.More) > 0 {
		fmt.Fprintf(&b, "\nThis office's form also asks for, and foia does not fill: %s\n", strings.Join(f.More, ", "))
	}
	return b.Bytes()
}

// JSON returns the form's fields under the names of FOIA.gov's interface, in
// the form's order. What the portal itself adds (version, request_id, testing,
// the bytes of the PDF) is not there.
func (f *Form) JSON() ([]byte, error) {
	type pair struct {
		key   string
		value any
	}
	pairs := []pair{{"agency", f.Office.AgencyName()}, {"agency_component_name", f.Office.Name}}
	for _, field := range f.Fields {
		if field.Value != "" {
			pairs = append(pairs, pair{field.Name, field.Value})
		}
	}
	pairs = append(pairs, pair{"pdf", map[string]string{"filename": f.PDF, "content_type": "application/pdf"}})
	var b bytes.Buffer
	b.WriteString("{\n")
	for i, p := range pairs {
		value, err := json.Marshal(p.value)
		if err != nil {
			return nil, fmt.Errorf("the field %s cannot be written as JSON: %w", p.key, err)
		}
		end := ","
		if i == len(pairs)-1 {
			end = ""
		}
		fmt.Fprintf(&b, "  %q: %s%s\n", p.key, value, end)
	}
	b.WriteString("}\n")
	return b.Bytes(), nil
}
