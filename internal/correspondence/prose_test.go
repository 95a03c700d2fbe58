package correspondence

import (
	"io/fs"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"foia/templates"
)

// statements are the ways in which a letter states a fact about its own request: who did
// something, what a letter says, what has passed. What they find is a claim, or is in
// the list of what was read and is none.
var statements = []*regexp.Regexp{
	regexp.MustCompile(`(?i)\bI (have|had|was|did|sent|asked|received|appealed|wrote|filed|paid|got|made|called|waited)\b`),
	regexp.MustCompile(`(?i)\b(you|they|it|which|who) (have|has|had|were|was|did|sent|asked|received|released|denied|withheld|` +
		`gave|referred|extended|refused|acknowledged|promised|missed|failed|decided|` +
		`determined|claimed|wrote|arrived|reached|came|ended|brought)\b`),
	regexp.MustCompile(`(?i)\b(your|the|this|that|my|a) (\w+ ){0,2}(agency|office|component|letter|notice|decision|determination|` +
		`denial|acknowledgment|answer|reply|request|appeal|time|period|limit|date|estimate|deadline|release|portal)\b` +
		`[^.;:?!]{0,40}\b(has|have|had|was|were|did|ended|ran|expired|passed|came|denies|denied|withholds|grants|grant|` +
		`claims|claimed|says|gave|gives|names|overlooks|puts|released|extends|refuses|arrived|began|stood|` +
		`is late|is incomplete|is overdue)\b`),
	regexp.MustCompile(`(?i)\b(ago|too late|overdue|not timely|in vain|so far|already)\b`),
	regexp.MustCompile(`(?i)\b(no|without|neither) (determination|decision|answer|reply|response|number|acknowledgment|records)\b`),
	regexp.MustCompile(`(?i)\bhappened\b`),
}

var (
	claimed = regexp.MustCompile(`{{-? *claim "[a-z-]+" *-?}}`)
	control = regexp.MustCompile(`{{-? *(if|else|end|range|with|template)[^}]*}}`)
	value   = regexp.MustCompile(`{{[^}]*}}`)
	stops   = regexp.MustCompile(`[.?!:][”"]?(\s+|$)|\n\n+|;`)
)

// prose are the sentences of a template without its claims.
func prose(body string) []string {
	body = claimed.ReplaceAllString(body, "")
	body = control.ReplaceAllString(body, "")
	body = value.ReplaceAllString(body, "…")
	var out []string
	for s := range strings.SplitSeq(stops.ReplaceAllString(body, "$0\x00"), "\x00") {
		if s = strings.Join(strings.Fields(strings.Trim(s, "#*-0123456789. \n")), " "); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// reviewed are the sentences that were read and state nothing of the request: what the
// law says, what is asked for, what the requester undertakes. One a line, below the
// reason.
func reviewed(t *testing.T) map[string]bool {
	t.Helper()
	raw, err := os.ReadFile("testdata/prose.txt")
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]bool{}
	for line := range strings.SplitSeq(string(raw), "\n") {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			out[line] = false
		}
	}
	return out
}

// No letter and no clause states a fact about its request in plain prose: it would be
// printed whether it is so or not.
func TestNoFactInPlainProse(t *testing.T) {
	allowed := reviewed(t)
	for _, folder := range []string{"letters", "clauses", "arguments"} {
		entries, err := fs.ReadDir(templates.Files, folder)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			raw, err := fs.ReadFile(templates.Files, folder+"/"+e.Name())
			if err != nil {
				t.Fatal(err)
			}
			_, body, _ := strings.Cut(strings.TrimPrefix(string(raw), "---\n"), "\n---\n")
			for _, s := range prose(body) {
				if !slices.ContainsFunc(statements, func(r *regexp.Regexp) bool { return r.MatchString(s) }) {
					continue
				}
				if _, ok := allowed[s]; ok {
					allowed[s] = true
					continue
				}
				t.Errorf("%s/%s states a fact: make it a claim (templates/claims.yaml), or add it to testdata/prose.txt with the "+
					"reason:\n%s", folder, e.Name(), s)
			}
		}
	}
	for _, s := range slices.Sorted(maps.Keys(allowed)) {
		if !allowed[s] {
			t.Errorf("testdata/prose.txt has a sentence that no template has: %s", s)
		}
	}
}

// The search for facts finds those that letters used to state.
func TestProseFindsFacts(t *testing.T) {
	for _, s := range []string{
		"It arrived the same day.", "I have had no determination.", "I have asked before.", "You received it on {{.x}}.",
		"The notice is late.",
		"The decision grants the request.", "That time ended on {{.x}}.", "That was {{.x}} calendar days ago.",
		"A time limit was missed, and the agency has not answered.",
		"Your letter of {{.x}}, says that the request is not complete.", "That has happened here.", "The decision overlooks this.",
		"I have been given no number.",
		"You released {{.x}} pages.", "I appealed on {{.x}}.", "The appeal was decided.", "You had asked before.",
	} {
		if !slices.ContainsFunc(prose(s), func(s string) bool {
			return slices.ContainsFunc(statements, func(r *regexp.Regexp) bool { return r.MatchString(s) })
		}) {
			t.Errorf("not found: %s", s)
		}
	}
	if got := prose(`{{if holds "late"}}{{claim "late"}}{{end}} Please answer.`); len(got) != 1 || got[0] != "Please answer" {
		t.Errorf("what is claimed is no prose: %q", got)
	}
}
