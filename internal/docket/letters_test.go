package docket

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"foia/internal/remedy"
)

// asked is a request to which the agency put every question, and whose letters were
// made: 9 status, 10 appeal, 11 clarification, 12 withdrawal, 13 fee-reply, 14 ogis,
// 15 preservation, 16 appeal-expedition.
const asked8 = "2025-04-07 drafted\n2025-04-08 sent by=portal\n2025-04-09 acknowledged\n2025-04-10 clarification-requested\n2025-04-11 " +
	"fee-notice amount=300\n" +
	"2025-04-12 expedited-denied\n2025-04-13 deficiency-notice\n2025-05-06 determination outcome=denied exemptions=b5"

const lettered = asked8 + "\n2025-05-10 letter-made letter=status\n2025-05-10 letter-made letter=appeal\n2025-05-10 letter-made " +
	"letter=clarification\n" +
	"2025-05-10 letter-made letter=withdrawal part=\"item 4\"\n2025-05-10 letter-made letter=fee-reply answer=limit\n2025-05-10 " +
	"letter-made letter=ogis\n" +
	"2025-05-10 letter-made letter=preservation\n2025-05-10 letter-made letter=appeal-expedition"

// “sent letter N” becomes the event that the letter stands for.
func TestSentLetter(t *testing.T) {
	for line, want := range map[string]Event{
		"2025-05-12 sent letter=9 by=mail proof=7019": {Kind: Reminded,
			Data: map[string]string{"letter": "9", "by": "mail", "proof": "7019"}},
		"2025-05-12 sent letter=10 received=2025-05-14": {Kind: Appealed,
			Data: map[string]string{"letter": "10", "of": "determination", "received": "2025-05-14"}},
		"2025-05-12 sent letter=11": {Kind: ClarificationAnswered, Data: map[string]string{"letter": "11"}},
		"2025-05-12 sent letter=12": {Kind: Withdrawn, Data: map[string]string{"letter": "12", "part": "item 4"}},
		"2025-05-12 sent letter=13": {Kind: FeeAnswered,
			Data: map[string]string{"letter": "13", "answer": "agreed"}},
		"2025-05-12 sent letter=14 note=x": {Kind: OGISOpened, Data: map[string]string{"letter": "14", "note": "x"}},
		"2025-05-12 sent letter=15 by=fax": {Kind: LetterSent, Data: map[string]string{"letter": "15", "by": "fax"}},
		"2025-05-12 sent letter=16":        {Kind: Appealed, Data: map[string]string{"letter": "16", "of": "expedition"}},
		"2025-05-12 reminded letter=9":     {Kind: Reminded, Data: map[string]string{"letter": "9"}},
		"2025-05-12 fee-answered letter=13 answer=contested": {Kind: FeeAnswered,
			Data: map[string]string{"letter": "13", "answer": "contested"}},
		"2025-05-12 undelivered letter=9": {Kind: Undelivered, Data: map[string]string{"letter": "9"}},
	} {
		e, _, err := propose(t, lettered, line, false)
		if err != nil || e.Kind != want.Kind || !maps.Equal(e.Data, want.Data) {
			t.Errorf("%s: %s %v, %v; want %s %v", line, e.Kind, e.Data, err, want.Kind, want.Data)
		}
	}
}

// A letter is sent once, after it was made, and as what it is.
func TestSentLetterRefused(t *testing.T) {
	sent := lettered + "\n2025-05-12 reminded letter=9"
	for _, row := range []struct{ before, line, why string }{
		{lettered, "2025-05-12 sent letter=99", "letter: request 2025-0001 has no event 99"},
		{lettered, "2025-05-12 sent letter=3", "letter: event 3 is “acknowledged”, not a letter foia made"},
		{lettered, "2025-05-12 undelivered letter=3", "letter: event 3 is “acknowledged”"},
		{lettered, "2025-05-09 sent letter=9", "on: May 9, 2025 is before the date of letter 9 (status), May 10, 2025"},
		{lettered, "2025-05-12 clarification-answered letter=9", "sending letter 9 (status) is “reminded”, not “clarification-answered”"},
		{lettered, "2025-05-12 appealed letter=16 of=determination",
			"sending letter 16 (appeal-expedition) is “appealed of expedition”, not “appealed of determination”"},
		{lettered, "2025-05-12 reminded letter=15", "sending letter 15 (preservation) is “letter-sent”"},
		{lettered, "2025-05-12 sent letter=14 received=2025-05-13",
			"received does not apply to “ogis-opened”, which sending letter 14 (ogis) is"},
		{sent, "2025-05-13 sent letter=9", "letter 9 (status) was already sent, on May 12, 2025: event 17, “reminded”"},
	} {
		_, _, err := propose(t, row.before, row.line, false)
		var refusal *remedy.Error
		if !errors.As(err, &refusal) || !strings.Contains(remedy.Plain(refusal.What), row.why) || refusal.Do == "" {
			t.Errorf("%s: %v; want %q with a remedy", row.line, err, row.why)
		}
	}
	if _, _, err := propose(t, begun, "2025-05-12 sent letter=3", false); err == nil ||
		!strings.Contains(err.(*remedy.Error).Do, "no follow-up letter has been made") {
		t.Errorf("no letters: %v", err)
	}
	if e, _, err := propose(t, sent, "2025-05-13 sent letter=9", true); err != nil || e.Kind != Reminded {
		t.Errorf("sent twice: %v, %v", e, err)
	}
	var repeated *Repeated
	if _, _, err := propose(t, sent, "2025-05-12 sent letter=9", false); !errors.As(err, &repeated) || repeated.Event.Seq != 17 {
		t.Errorf("the same command again: %v", err)
	}
}

// An event that names no letter is the sending of the one letter that it can be.
func TestTakesLetter(t *testing.T) {
	two := lettered + "\n2025-05-11 letter-made letter=exhaustion" // 17
	for _, row := range []struct{ before, line, letter, says string }{
		{lettered, "2025-05-12 reminded", "9", "taken as the sending of letter 9 (status)"},
		{lettered, "2025-05-12 clarification-answered by=email", "11", "taken as the sending of letter 11 (clarification)"},
		{lettered, "2025-05-12 appealed of=expedition", "16", "letter 16 (appeal-expedition)"},
		{lettered, "2025-05-12 appealed", "", "letter 10 (appeal) or letter 16 (appeal-expedition)"},
		{lettered, "2025-05-09 reminded", "", ""},                                             // made later
		{lettered + "\n2025-05-11 reminded letter=9", "2025-05-12 reminded", "", ""},          // sent
		{lettered + "\n2025-05-11 reminded", "2025-05-12 reminded", "", ""},                   // sent, by a log that names no letters
		{lettered + "\n2025-05-11 undelivered letter=9", "2025-05-12 reminded", "9", "taken"}, // a bounce is no sending
		{two, "2025-05-12 reminded", "", "letter 9 (status) or letter 17 (exhaustion)"},
		{lettered, "2025-05-12 sent", "", "does not restart the clock"}, // the request itself
		{lettered, "2025-05-12 note note=x", "", ""},
	} {
		e, unusual, err := propose(t, row.before, row.line, false)
		said := remedy.Plain(strings.Join(unusual, "\n"))
		if err != nil || e.Data["letter"] != row.letter || !strings.Contains(said, row.says) || row.says == "" &&
			strings.Contains(said, "letter") {
			t.Errorf("%s: %v, %q, %v", row.line, e.Data, said, err)
		}
	}
	// The same command again is found, although foia filled in the letter.
	var repeated *Repeated
	if _, _, err := propose(t, lettered+"\n2025-05-12 reminded letter=9 by=mail", "2025-05-12 reminded by=mail", false); !errors.As(err,
		&repeated) {
		t.Errorf("the same again: %v", err)
	}
}

// Each letter that foia has is in the table or is merely sent, and what the table names
// is a letter.
func TestStandsFor(t *testing.T) {
	files, err := filepath.Glob("../../templates/letters/*.md")
	if err != nil || len(files) < 20 {
		t.Fatalf("%d letters, %v", len(files), err)
	}
	known := map[string]bool{}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(raw), "\nkind: request\n") {
			continue
		}
		known[strings.TrimPrefix(strings.TrimSuffix(filepath.Base(file), ".md"), "records-")] = true
	}
	mere := map[string]bool{"acknowledgment": true, "extension-objection": true, "preservation": true, "referral": true, "rolling": true,
		"scope": true, "thanks": true,
		"notice": true, "comments": true, "counsel": true, "form": true} // of a notice that the law has, the event says what it is against
	for name := range known {
		if kind, _ := StandsFor(name); (kind == LetterSent) != mere[name] {
			t.Errorf("%s stands for %s", name, kind)
		}
	}
	for name, s := range stands {
		spec, ok := SpecOf(s.kind)
		if _, takes := spec.Detail("letter"); !known[name] || !ok || !takes {
			t.Errorf("%s: there is no such letter, or %s takes none", name, s.kind)
		}
	}
	if kind, data := StandsFor("appeal-fee-waiver"); kind != Appealed || data["of"] != "fee-waiver" {
		t.Errorf("%s %v", kind, data)
	}
}

// A letter that was made is not one that was sent, and one that came back is neither.
func TestFateOf(t *testing.T) {
	for _, c := range []struct{ after, letter, request string }{
		{"", "not recorded as sent", "sent April 8, 2025"},
		{"2025-05-12 reminded letter=9", "sent May 12, 2025", "sent April 8, 2025"},
		{"2025-05-12 reminded", "not recorded as sent", "sent April 8, 2025"},
		{"2025-05-12 reminded letter=9\n2025-05-14 undelivered letter=9", "came back May 14, 2025", "sent April 8, 2025"},
		{"2025-05-12 reminded letter=9\n2025-05-14 undelivered letter=9\n2025-05-15 reminded letter=9", "sent May 15, 2025",
			"sent April 8, 2025"},
		{"2025-05-12 undelivered", "not recorded as sent", "came back May 12, 2025"},
		{"2025-05-12 reminded letter=9\n2025-05-13 correction of=17", "not recorded as sent", "sent April 8, 2025"},
	} {
		events := history(t, lettered+"\n"+c.after)
		if got := FateOf(events, events[8]).String(); got != c.letter {
			t.Errorf("after %q the letter is “%s”, not “%s”", c.after, got, c.letter)
		}
		if got := FateOf(events, events[0]).String(); got != c.request {
			t.Errorf("after %q the request is “%s”, not “%s”", c.after, got, c.request)
		}
	}
}
