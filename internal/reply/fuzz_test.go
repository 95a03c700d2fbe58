package reply

import (
	"strings"
	"testing"
	"time"

	"foia/internal/docket"
	"foia/internal/workday"
)

// Whatever a message holds, it is read in bounded time, and what is proposed are events that the log has, with
// details that they have, each with the words that it rests on.
func FuzzRead(f *testing.F) {
	for _, dir := range []string{"testdata", "testdata/others"} {
		for _, x := range corpusIn(f, dir) {
			m := messageIn(f, dir, x.File)
			for _, p := range m.Parts {
				f.Add(m.Subject, p.Text)
			}
		}
	}
	f.Add("RE: ", strings.Repeat("within ", 2000)+"90 days")
	calendar, err := workday.Federal()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, subject, text string) {
		begun := time.Now()
		r := Read(Message{Subject: subject, Sent: workday.MustDate("2026-06-01"), Parts: []Part{{Text: text}}},
			Known{Calendar: calendar, Today: workday.MustDate("2026-11-29")})
		if took := time.Since(begun); took > 30*time.Second {
			t.Errorf("%d bytes took %s", len(text), took)
		}
		for _, p := range r.Proposals {
			spec, ok := docket.SpecOf(p.Kind)
			if !ok || spec.Own {
				t.Errorf("%s is no event that is recorded", p.Kind)
			}
			for name := range p.Data {
				if p.Words[name].Words == "" {
					t.Errorf("%s: %s rests on no words", p.Kind, name)
				}
				has := false
				for _, d := range spec.Details {
					has = has || d.Name == name
				}
				if !has {
					t.Errorf("%s has no detail %s", p.Kind, name)
				}
			}
		}
	})
}
