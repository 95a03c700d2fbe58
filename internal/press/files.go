package press

import (
	"encoding/json"
	"fmt"
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

// lastAnswers is the block of answers that was written last: the letters of a batch
// often share them, and YAML takes longer than to see that.
type lastAnswers struct {
	sync.Mutex
	answers string // as JSON
	block   []byte
}

// write writes the answers as they appear in answers.yaml.
func (l *lastAnswers) write(answers letter.Answers) ([]byte, error) {
	key, err := json.Marshal(answers)
	if err != nil {
		return nil, err
	}
	l.Lock()
	defer l.Unlock()
	if l.answers == string(key) {
		return l.block, nil
	}
	block, err := yaml.MarshalWithOptions(struct {
		Answers map[string]any `yaml:"answers"`
	}{answers}, yaml.UseLiteralStyleIfMultiline(true))
	if err == nil {
		l.answers, l.block = string(key), block
	}
	return block, err
}

// AnswersFile writes answers.yaml for a draft of that name, its template or pack and letter:
// everything that the letter was made from, so that it can be checked, corrected and made again.
func (p *Press) AnswersFile(d *letter.Draft, name string) ([]byte, error) {
	b, err := yaml.MarshalWithOptions(letter.AnswersHead{Template: name, Office: d.Office.ID, Via: string(d.Channel),
		Date: d.Date.String()})
	if err == nil {
		var own []byte
		if own, err = p.answers.write(d.Answers); err == nil {
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
