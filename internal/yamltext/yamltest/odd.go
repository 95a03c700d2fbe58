// Package yamltest has odd YAML, for tests of whatever reads YAML.
package yamltest

import (
	"errors"
	"fmt"
	"path"
	"strings"
	"testing"

	"foia/internal/yamltext"
)

// Odd are lines that break a YAML file, whatever stands in the lines before them, each
// under the name of what is odd.
var Odd = map[string]string{
	"an empty tag":                  "odd:\n  - ! 0\n  -! 0\n: x\n",
	"a list without its end":        "odd: [a, b\n",
	"a map without its end":         "odd: {a: b\n",
	"an end without its list":       "odd: ]\n",
	"brackets that cross":           "odd: [a, {b: c]}\n",
	"double quotes without end":     "odd: \"a\n",
	"single quotes without end":     "odd: 'a\n",
	"an unknown escape":             "odd: \"a\\q\"\n",
	"half an escape":                "odd: \"\\x4\"\n",
	"text after a quote":            "odd: \"a\" b\n",
	"a tab for indentation":         "odd:\n\ta: b\n",
	"a reserved sign":               "odd: @a\n",
	"a backtick":                    "odd: `a`\n",
	"two colons in a line":          "odd: a: b\n",
	"a line without a key":          "odd: a\nodd\n",
	"a list among keys":             "odd: a\n- b\n",
	"a key that appears twice":      "odd: a\nodd: b\n",
	"a key twice inside":            "odd: {a: b, a: c}\n",
	"an alias of nothing":           "odd: *nothing\n",
	"an alias of itself":            "odd: &o [*o]\n",
	"an alias of an alias":          "odd1: &a [x, x]\nodd2: &b [*a, *a]\nodd3: &c [*b, *b]\n",
	"aliases that explode":          "odd: &a [" + strings.Repeat("x, ", 1000) + "x]\nmore: [" + strings.Repeat("*a, ", 100) + "*a]\n",
	"an anchor without a name":      "odd: & a\n",
	"a merge of no map":             "odd:\n  <<: 3\n",
	"a block without its indicator": "odd: |x\n  a\n",
	"less indented than its list":   "odd:\n    - a\n  - b\n",
	"less indented than its map":    "odd:\n    a: b\n  c: d\n",
	"a second document":             "---\nodd: a\n",
	"text after the end":            "...\nodd: a\n",
	"a NUL":                         "odd: \x00\n",
	"an escape sequence":            "odd: \x1b[2J\n",
	"bytes that are not UTF-8":      "odd: \xff\xfe\n",
	"a thousand brackets":           "odd: " + strings.Repeat("[", 1000) + "\n",
	"300 KB of brackets":            "odd: " + strings.Repeat("[", 300_000) + "\n",
	"2 MB of brackets":              "odd: " + strings.Repeat("[", 2_000_000) + "\n",
	"a thousand hyphens":            "odd:\n  " + strings.Repeat("- ", 1000) + "\n",
	"hyphens in brackets":           "odd: [" + strings.Repeat("- ", 1000) + "]\n",
	"a thousand tags":               "odd: " + strings.Repeat("!a ", 1000) + "\n",
	"a thousand anchors":            "odd: " + strings.Repeat("&a ", 1000) + "\n",
	"200,000 keys":                  keys(200_000),
	"5 MB of remarks":               strings.Repeat("# remark\n", 600_000),
}

// Panics are lines that the library panics on where the key has a list of maps below it,
// as offices: has in agencies.yaml.
func Panics(key string) map[string]string {
	return map[string]string{
		"a tag that is a number": key + ":\n !0 #\n",
		"a tag and a remark":     key + ": !0 # remark\n",
	}
}

func keys(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "k%d: v\n", i)
	}
	return b.String()
}

// Refused holds err, which reading odd YAML gave, to naming the file and a line of it,
// in words for people.
func Refused(t testing.TB, file string, err error) {
	t.Helper()
	var e *yamltext.Error
	switch {
	case err == nil:
		t.Errorf("it was taken")
	case !errors.As(err, &e):
		t.Errorf("not an error of YAML: %v", err)
	case path.Base(e.File) != file || e.Line < 1 || e.What == "" || e.Remedy == "":
		t.Errorf("no file %s, line, reason or remedy: %+v", file, e)
	case strings.Contains(e.What, "Go ") || strings.Contains(e.What, "interface") || len(e.What) > 300:
		t.Errorf("not for people: %s", e.What)
	}
}
