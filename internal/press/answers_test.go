package press

import (
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

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
