package docket

import (
	"testing"

	"foia/internal/remedy"
)

// What is sent by e-mail may be sent by foia, whichever letter it is; what goes another way may not.
func TestSends(t *testing.T) {
	record := remedy.To(remedy.Record, "2026-0001", string(Sent))
	for name, c := range map[string]struct {
		act  remedy.Act
		want string
	}{
		"a request": {record.With("by", "email").With("on", "2026-10-05"), remedy.To(remedy.Send, "2026-0001").String()},
		"a letter": {record.With("letter", "4").With("by", "email"),
			remedy.To(remedy.Send, "2026-0001").With("letter", "4").String()},
		"by mail":         {record.With("by", "mail"), ""},
		"not said how":    {record, ""},
		"another event":   {remedy.To(remedy.Record, "2026-0001", string(Received)).With("by", "email"), ""},
		"nothing certain": {remedy.To(remedy.Record, "2026-0001"), ""},
		"no act":          {remedy.Act{}, ""},
	} {
		got, ok := Sends(c.act)
		if ok != (c.want != "") || ok && got.String() != c.want {
			t.Errorf("%s: %s, %v", name, got.String(), ok)
		}
	}
}
