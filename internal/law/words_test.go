package law

import (
	"regexp"
	"testing"
)

// A first letter says what the law requires. It does not ask for what is owed, does not
// tell the office that doing nothing is an answer, and holds nothing that can be read as
// agreeing to more time, which cures a missed deadline in Illinois (5 ILCS 140/3(e)).
func TestSentencesSayTheDuty(t *testing.T) {
	weak := regexp.MustCompile(`(?i)\b(asks you|you are asked|asks for|asks that|silence|no answer|no reply|deemed|` +
		`counts as (a )?(denial|denied|refus)|unless we agree|if (it|this request) is not answered)\b`)
	for _, id := range records(t).IDs() {
		p, _ := records(t).Law(id)
		for topic, s := range p.Sentences() {
			if found := weak.FindString(p.Fill(s)); found != "" {
				t.Errorf("%s, %s: “%s” in “%s”", id, topic, found, p.Fill(s))
			}
		}
	}
}

// A stage of Puerto Rico is not counted while the articles of Ley 156-2025 are unread;
// neither number of the old law is said in a letter.
func TestPuertoRicoIsNotCounted(t *testing.T) {
	p, _ := records(t).Law("us-pr")
	if len(p.Use.Clock) > 0 || p.Verified("response.stages") {
		t.Error("a time is counted that nobody has read")
	}
	if said := p.Fill(p.Use.Deadline); regexp.MustCompile(`\b(10|15|20|30)\b`).MatchString(said) {
		t.Error(said)
	}
}

// Germany's time starts with a translation (§ 23 Abs. 3 VwVfG); the request to Australia
// says that it is an application for the purposes of the Act (s. 15(2)(aa)).
func TestWhatARequestNeeds(t *testing.T) {
	de, _ := records(t).Law("de")
	if !de.Use.Translated || de.Use.Language != "German" {
		t.Errorf("%+v", de.Use)
	}
	au, _ := records(t).Law("au")
	application := regexp.MustCompile(`is an application for the purposes of the Freedom of Information Act 1982`)
	if !application.MatchString(au.Fill(au.Use.Statement)) {
		t.Error(au.Fill(au.Use.Statement))
	}
}
