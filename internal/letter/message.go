package letter

import (
	"strings"

	"foia/internal/workday"
)

// Message is the e-mail to which a letter is attached.
type Message struct {
	File     string   // the letter
	Enclosed []string // what else is attached
	ReplyTo  string
}

// MessageText is what the e-mail says, in the language of the letter: what is attached, who asks, where to answer.
func (d Document) MessageText(m Message, width int) string {
	w := d.words()
	p := plain{width: width}
	p.filled("", "", d.Salutation)
	p.filled("", "", fillWords(w.Message.Attached, "date", d.Date, "file", m.File))
	if len(m.Enclosed) > 0 {
		p.filled("", "", fillWords(w.Message.Also, "files", strings.Join(m.Enclosed, ", ")))
	}
	p.filled("", "", fillWords(w.Message.Answer, "email", m.ReplyTo, "id", d.Reference))
	p.filled("", "", d.Closing)
	for _, s := range d.Signature {
		p.lines(append([]string{s.Name}, s.Lines...))
	}
	return strings.TrimRight(p.String(), "\n") + "\n"
}

// Day is a day as the letter writes days.
func (d Document) Day(on workday.Date) string { return d.words().day(on) }

// words are those of the language that a finished letter is in.
func (d Document) words() *words {
	for _, language := range append(Languages(), otherEnglish) {
		if w := mustWords(language); w.Tag == d.Meta.Language {
			return w
		}
	}
	return mustWords(american)
}
