package reply

import (
	"regexp/syntax"
	"strings"
	"testing"
	"unicode"

	"foia/internal/workday"

	"pgregory.net/rapid"
)

// Each rule says whose words it has and where they were read, and has phrases that are patterns.
func TestRules(t *testing.T) {
	for _, r := range rules().rules {
		if r.Sign == "" || len(r.Says) == 0 || r.Office == "" || r.Source == "" {
			t.Errorf("%+v lacks a sign, words, an office or a source", r)
		}
		for _, p := range append(r.says, r.unless...) {
			p.pattern.RE() // it panics if it is none
		}
	}
}

// What a pattern matches has the words that it was said to need, in capitals too.
func TestNeed(t *testing.T) {
	patterns := []string{`(?i)colou?r of (?:the|a) (skies|sea)s?`, `(?i)[ks]ick`, `(?i)(?:ab|cde)+fgh`, `(?i)a{2}bcd|` +
		`xyz`, `(?i)(?:abc)?d`}
	for _, r := range rules().rules {
		for _, p := range append(r.says, r.unless...) {
			patterns = append(patterns, string(p.pattern))
		}
	}
	for _, pattern := range patterns {
		words := newWords()
		p := phraseOf(pattern, words)
		texts := rapid.StringMatching(plainOf(t, pattern))
		for i := range 20 {
			text := texts.Example(i)
			if !p.pattern.RE().MatchString(text) {
				continue // it wants the border of a word
			}
			for _, s := range []string{text, strings.ToUpper(text)} {
				if p.pattern.RE().MatchString(s) && !p.possible(words.in(s)) {
					t.Fatalf("%s matches %q, but is not looked for in it", pattern, s)
				}
			}
		}
	}
}

// plainOf is a pattern without what a generator of texts does not know: borders of words, and ends of the text.
func plainOf(t testing.TB, pattern string) string {
	t.Helper()
	re, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		t.Fatal(err)
	}
	var plain func(re *syntax.Regexp)
	plain = func(re *syntax.Regexp) {
		switch re.Op {
		case syntax.OpWordBoundary, syntax.OpNoWordBoundary, syntax.OpBeginText, syntax.OpEndText, syntax.OpBeginLine, syntax.OpEndLine:
			*re = syntax.Regexp{Op: syntax.OpEmptyMatch}
		case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
			*re = syntax.Regexp{Op: syntax.OpCharClass, Rune: []rune{' ', ' ', ',', ',', 'a', 'z'}}
		}
		for _, sub := range re.Sub {
			plain(sub)
		}
	}
	plain(re)
	return re.String()
}

// Every phrase of every rule, in a letter that was made of it and then changed: the letter is read, and the words on
// which a proposal rests stand in the lines from the one that it tells.
func TestEveryRuleChanged(t *testing.T) {
	calendar, err := workday.Federal()
	if err != nil {
		t.Fatal(err)
	}
	var all []*rapid.Generator[string]
	for _, r := range rules().rules {
		for _, p := range r.says {
			all = append(all, rapid.StringMatching(plainOf(t, string(p.pattern))))
		}
	}
	for i, phrase := range all {
		letters := rapid.Custom(func(t *rapid.T) string { return changed(t, phrase, all[(i+7)%len(all)]) })
		for seed := range 12 {
			readChanged(t, calendar, letters.Example(seed))
		}
	}
}

func readChanged(t *testing.T, calendar *workday.Calendar, body string) {
	t.Helper()
	text := "Re: Request 26-00411\nJune 1, 2026\n\nDear Requester:\n\n" + body
	r := Read(Message{Subject: "RE: 26-00411", Sent: workday.MustDate("2026-06-02"), Parts: []Part{{Text: text}}},
		Known{Calendar: calendar, Today: workday.MustDate("2026-11-29")})
	lines := strings.Split(folded(text), "\n")
	for _, p := range r.Proposals {
		for name, w := range p.Words {
			if w.Line == 0 {
				continue // the subject of the mail
			}
			if !strings.Contains(letters(strings.Join(lines[w.Line-1:], "\n")), letters(w.Words)) {
				t.Fatalf("%s: %s rests on %q, which does not stand in line %d of\n%s", p.Kind, name, w.Words, w.Line, text)
			}
		}
	}
}

// letters are the letters and figures of a text.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

// changed are sentences of two rules with something cut, doubled, or broken into lines.
func changed(t *rapid.T, phrases ...*rapid.Generator[string]) string {
	var text []rune
	for _, p := range phrases {
		end := rapid.SampledFrom([]string{". ", ".\n\n", " ", ":\n", " if ", ", "})
		text = append(text, []rune(p.Draw(t, "phrase")+end.Draw(t, "end"))...)
	}
	for range rapid.IntRange(0, 4).Draw(t, "changes") {
		at := rapid.IntRange(0, len(text)).Draw(t, "at")
		to := rapid.IntRange(at, min(len(text), at+40)).Draw(t, "to")
		piece := string(text[at:to])
		with := rapid.SampledFrom([]string{"", piece + piece, "\n" + piece, piece + "-\n", strings.ToUpper(piece), "\u00a0", "\n[ ] ",
			"\n[x] ", "   12", "\x00", "\xff"}).Draw(t, "with")
		text = []rune(string(text[:at]) + with + string(text[to:]))
	}
	return string(text)
}
