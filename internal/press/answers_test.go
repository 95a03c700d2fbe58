package press

import (
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"pgregory.net/rapid"

	"foia/internal/agency"
	"foia/internal/letter"
	"foia/internal/remedy"
	"foia/internal/workday"
)

// whole is answers.yaml written in one piece.
type whole struct {
	Template string         `yaml:"template"`
	Office   string         `yaml:"office"`
	Via      string         `yaml:"via"`
	Date     string         `yaml:"date"`
	Answers  map[string]any `yaml:"answers"`
}

// answers.yaml reads back as what it was written from, whether the same answers were
// written before or others.
func TestAnswersReadBack(t *testing.T) {
	p := &Press{}
	for _, row := range []letter.Answers{
		{"subject": "Contracts: “one”, #2", "fee_waiver": true, "fee_cap": "25"},
		{"subject": "Contracts: “one”, #2", "fee_waiver": true, "fee_cap": "25"},
		{"subject": "two\n\nparagraphs", "custodians": []string{"a", "- b"},
			"records": []letter.Record{{Title: "T", Text: "x: y", Terms: []string{"z"}}}},
		{},
	} {
		raw, err := p.AnswersFile(&letter.Draft{Office: agency.Office{ID: "list-x"}, Channel: agency.Mail,
			Date:    workday.MustDate("2026-11-24"),
			Answers: row}, "public-records")
		if err != nil {
			t.Fatal(err)
		}
		if text := string(raw); text != remedy.Plain(text) { // nobody words what is in a file
			t.Errorf("%+q holds an act", text)
		}
		want, err := yaml.MarshalWithOptions(whole{"public-records", "list-x", "mail", "2026-11-24", row},
			yaml.UseLiteralStyleIfMultiline(true))
		if err != nil || !strings.HasSuffix(string(raw), string(want)) {
			t.Errorf("%v: %s is not %s", err, raw, want)
		}
		back, err := letter.ReadAnswers(AnswersName, raw)
		if err != nil || back.AnswersHead != (letter.AnswersHead{Template: "public-records", Office: "list-x", Via: "mail",
			Date: "2026-11-24"}) || len(back.Shared.Answers) != len(row) {
			t.Errorf("%+v, %v", back, err)
		}
	}
}

// The file does not depend on what was written before it, whatever the answers are.
func TestAnswersAlike(t *testing.T) {
	text := rapid.OneOf(rapid.StringMatching(`[a-z0-9:#" -]{0,12}`), rapid.String(), rapid.SampledFrom([]string{"", "yes",
		"null", "25", "2.50", "2025-01-20", "- b", "two\n\nparagraphs", "line\n", " x ", "{a: b}", "*a", "&a", "|", "~", "'", "\"", "é\t"}))
	answer := rapid.OneOf(rapid.Map(text, func(s string) any { return s }), rapid.Map(rapid.Bool(), func(b bool) any { return b }),
		rapid.Map(rapid.SliceOfN(text, 0, 4), func(s []string) any { return s }),
		rapid.Map(rapid.SliceOfN(text, 3, 3), func(s []string) any {
			return []letter.Record{{Title: s[0], Text: s[1], Terms: []string{s[2]}}}
		}))
	field := rapid.SampledFrom([]string{"subject", "records", "date_from", "fee_cap", "a", "B", "z_9"})
	shared := &written{}
	rapid.Check(t, func(rt *rapid.T) {
		answers := letter.Answers(rapid.MapOfN(field, answer, 0, 5).Draw(rt, "answers"))
		want, err := answersYAML(answers)
		if err != nil {
			rt.Skip(err)
		}
		if got, err := shared.block(answers); err != nil || string(got) != string(want) {
			rt.Errorf("%v: %q is not %q", err, got, want)
		}
		if len(shared.answers) > mostAnswers {
			rt.Fatalf("%d answers are remembered", len(shared.answers))
		}
	})
}
