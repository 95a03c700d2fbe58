package press

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/goccy/go-yaml"

	"foia/internal/docket"
	"foia/internal/letter"
)

// The files of a request's folder.
const (
	PDFName     = "letter.pdf"
	TextName    = "letter.md"
	PartsName   = "letter.json"
	AnswersName = "answers.yaml"
	PortalText  = "portal.txt"
	PortalJSON  = "portal.json"
)

// Called is what a file is called in the version of a request that stands.
func Called(r docket.Request, name string) string {
	if d, ok := r.Document(name); ok {
		return d.Name
	}
	return name
}

// written are answers as they stand in answers.yaml: the letters of a batch share most of them,
// and YAML takes longer than to see that.
type written struct {
	sync.Mutex
	answers map[string][]byte // by field and, as JSON, answer
}

// How many answers are remembered, and up to how many bytes of JSON: longer ones are those of
// one letter.
const (
	mostAnswers   = 1_000
	longestAnswer = 4 << 10
)

// block writes answers as they appear in answers.yaml.
func (w *written) block(answers letter.Answers) ([]byte, error) {
	if len(answers) == 0 {
		return answersYAML(answers)
	}
	block := []byte(answersHead)
	for _, field := range slices.Sorted(maps.Keys(answers)) {
		line, err := w.answer(field, answers[field])
		if err != nil {
			return nil, err
		}
		block = append(block, line...)
	}
	return block, nil
}

// answer writes one of them. What YAML makes of it does not depend on the others.
func (w *written) answer(field string, answer any) ([]byte, error) {
	raw, err := json.Marshal(answer)
	if err != nil {
		return nil, err
	}
	key := field + "\x00" + string(raw)
	w.Lock()
	known, ok := w.answers[key]
	w.Unlock()
	if ok {
		return known, nil
	}
	block, err := answersYAML(letter.Answers{field: answer})
	if err != nil {
		return nil, err
	}
	line, ok := bytes.CutPrefix(block, []byte(answersHead))
	if !ok {
		return nil, fmt.Errorf("the answer %s is written as %.40q", field, block)
	}
	if len(raw) > longestAnswer {
		return line, nil
	}
	w.Lock()
	defer w.Unlock()
	if w.answers == nil || len(w.answers) >= mostAnswers {
		w.answers = map[string][]byte{}
	}
	w.answers[key] = line
	return line, nil
}

const answersHead = "answers:\n"

func answersYAML(answers letter.Answers) ([]byte, error) {
	return yaml.MarshalWithOptions(struct {
		Answers map[string]any `yaml:"answers"`
	}{answers}, yaml.UseLiteralStyleIfMultiline(true))
}

// AnswersFile writes answers.yaml for a draft of that name, its template or pack and letter:
// everything that the letter was made from, so that it can be checked, corrected and made again.
func (p *Press) AnswersFile(d *letter.Draft, name string) ([]byte, error) {
	b, err := yaml.MarshalWithOptions(letter.AnswersHead{Template: name, Office: d.Office.ID, Via: string(d.Channel),
		Date: d.Date.String()})
	if err == nil {
		var own []byte
		if own, err = p.answers.block(d.Answers); err == nil {
			b = append(b, own...)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("the answers cannot be written as YAML: %w", err)
	}
	head := "# What this letter was made from. Copy the file, change the copy, and give that as the\n" +
		"# answers of a new request. This file itself is part of the record: a change is noticed\n" +
		"# when the log is verified.\n"
	return append([]byte(head), b...), nil
}
