package yamltext

import (
	"maps"
	"strings"
	"testing"
)

// Each part has the line on which it stands, however it is written; what is not there
// has that of what is around it.
func TestDecodeLines(t *testing.T) {
	text := "# a law\nid: us-tx\nappeals:\n  - id: review\n    against:\n      - denial\n      - silence\n  - {id: court,\n     days: " +
		"3}\nuse: {clock: [{stage: 0}], other: x}\n"
	var v struct {
		ID string `yaml:"id"`
	}
	lines, err := DecodeLines(Source{File: "us-tx.yaml", Text: []byte(text), Line: 11}, &v)
	if err != nil || v.ID != "us-tx" {
		t.Fatal(v, err)
	}
	want := Lines{"id": 12, "appeals": 13, "appeals[0]": 14, "appeals[0].id": 14, "appeals[0].against": 15, "appeals[0].against[0]": 16,
		"appeals[0].against[1]": 17, "appeals[1]": 18, "appeals[1].id": 18, "appeals[1].days": 19, "use": 20, "use.clock": 20,
		"use.clock[0]":       20,
		"use.clock[0].stage": 20, "use.other": 20}
	if !maps.Equal(lines, want) {
		t.Errorf("%v", lines)
	}
	for path, line := range map[string]int{"appeals[1].days": 19, "appeals[1].cite": 18, "appeals[7].cite": 13, "use.clock[0].from": 20,
		"sources": 1, "": 1} {
		if got := lines.Of(path); got != line {
			t.Errorf("%s: line %d, not %d", path, got, line)
		}
	}
	if lines.Has("sources") || !lines.Has("use.other") {
		t.Error("what the text has is not told")
	}
}

// An empty text has no lines; what cannot be read is an error as with Decode.
func TestDecodeLinesOdd(t *testing.T) {
	var v struct {
		Days int `yaml:"days"`
	}
	if lines, err := DecodeLines(Source{Text: []byte("# nothing\n")}, &v); err != nil || len(lines) != 0 {
		t.Error(lines, err)
	}
	for text, want := range map[string]string{
		"a: 1\na: 2\n":         `the key "a" appears twice, first on line 1 (x.yaml:2:1)`,
		"a: 1\ndays: [1, 2]\n": "expected a whole number, found a list (x.yaml:2:7)",
	} {
		if _, err := DecodeLines(Source{File: "x.yaml", Text: []byte(text)}, &v); err == nil || err.Error() != want {
			t.Errorf("%q: %v", text, err)
		}
	}
	if lines, err := DecodeLines(Source{Text: []byte("a: &x {b: 1}\nc: *x\nd: {<<: *x}\n")}, &v); err != nil || lines["c"] != 2 ||
		lines["a.b"] != 1 || lines.Has("c.b") {
		t.Error(lines, err)
	}
}

// A file with the line ends of Windows has the same lines.
func TestLinesOfWindows(t *testing.T) {
	var v struct {
		Offices []struct {
			ID  string `yaml:"id"`
			Fax string `yaml:"fax"`
		} `yaml:"offices"`
	}
	text := "# ours\n\noffices:\n# the good one\n- id: x  # see\n  # twice\n  fax: 1\n"
	lines, err := DecodeFields(Source{Text: []byte(strings.ReplaceAll(text, "\n", "\r\n"))}, &v)
	if err != nil || lines.Of("offices[0]") != 5 || lines.Of("offices[0].fax") != 7 || v.Offices[0].Fax != "1" {
		t.Errorf("%v, %+v, %v", lines, v, err)
	}
	text += "  nme: y\n"
	_, err = DecodeFields(Source{File: "f", Text: []byte(strings.ReplaceAll(text, "\n", "\r\n"))}, &v)
	if err == nil || !strings.Contains(err.Error(), "f:8") {
		t.Errorf("a key without a field: %v", err)
	}
}
