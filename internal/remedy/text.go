package remedy

import (
	"bytes"
	"encoding/json"
	"strings"
)

// An act within a text stands between characters that Unicode keeps for the use of
// programs among themselves and that no text has (Unicode 16.0, section 23.7,
// "Noncharacters"). So advice passes through errors that wrap each other, through notes
// and findings, and a face finds the acts in it.
const (
	beginMark = '\uFDD0' // an act begins
	endMark   = '\uFDD1' // an act, or a detail named by itself, ends
	wordMark  = '\uFDD2' // before each word
	nameMark  = '\uFDD3' // before the name of each detail
	valueMark = '\uFDD4' // before its value
	openMark  = '\uFDD5' // a value to be filled in
	replyMark = '\uFDD6' // before the name of a detail, after nameMark: it is an answer
)

// strip takes the marks out of what comes from elsewhere. What is not UTF-8 goes first:
// two halves of a mark would make one.
func strip(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if !strings.ContainsFunc(s, isMark) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if isMark(r) {
			return -1
		}
		return r
	}, s)
}

func isMark(r rune) bool { return beginMark <= r && r <= '\uFDEF' }

// value is strip for a value that may be open.
func value(s string) string {
	if what, open := IsOpen(s); open {
		return Open(what)
	}
	return strip(s)
}

// MarshalText is the act as a part of a text, so that JSON has it too.
func (a Act) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// IsZero tells encoders whether there is nothing to do.
func (a Act) IsZero() bool { return a.None() }

// String is the act as a part of a text. Only a face can word it: see Words.
func (a Act) String() string {
	if a.None() {
		return ""
	}
	var b strings.Builder
	b.WriteRune(beginMark)
	b.WriteString(string(a.Verb))
	for _, w := range a.Words {
		b.WriteRune(wordMark)
		b.WriteString(value(w))
	}
	for _, d := range a.Details {
		d.write(&b)
	}
	b.WriteRune(endMark)
	return b.String()
}

func (d Detail) write(b *strings.Builder) {
	b.WriteRune(nameMark)
	if d.Answer {
		b.WriteRune(replyMark)
	}
	b.WriteString(strip(d.Name))
	if !d.Bare {
		b.WriteRune(valueMark)
		b.WriteString(value(d.Value))
	}
}

// String is the detail as a part of a text, by itself.
func (d Detail) String() string {
	var b strings.Builder
	b.WriteRune(beginMark)
	d.write(&b)
	b.WriteRune(endMark)
	return b.String()
}

// Name names a detail in a text, as in "of: the log has no such event".
func Name(name string) string { return Detail{Name: name, Bare: true}.String() }

// Give names a detail and its value in a text, as in "add answer-by DATE".
func Give(name, value string) string { return Detail{Name: name, Value: value}.String() }

// Answer names the answer to a question in a text.
func Answer(field, value string) string {
	return Detail{Name: field, Value: value, Answer: true}.String()
}

// Wording is how a face calls what can be done.
type Wording interface {
	Act(Act) string
	Detail(Detail) string
}

// Words is a text with its acts and details worded. Text without any is returned as it
// is; marks that do not belong to an act are left out.
func Words(text string, by Wording) string {
	if what, open := IsOpen(text); open {
		text = what
	}
	if !strings.ContainsFunc(text, isMark) {
		return text
	}
	var b strings.Builder
	for part := range parts(text) {
		switch {
		case part.act.Verb != "":
			b.WriteString(by.Act(part.act))
		case len(part.act.Details) > 0:
			b.WriteString(by.Detail(part.act.Details[0]))
		default:
			b.WriteString(part.words)
		}
	}
	return b.String()
}

// Acts are the acts that a text names, in their order.
func Acts(text string) []Act {
	var acts []Act
	for part := range parts(text) {
		if part.act.Verb != "" {
			acts = append(acts, part.act)
		}
	}
	return acts
}

// part is a piece of text, or an act or detail in it.
type part struct {
	words string
	act   Act
}

func parts(text string) func(yield func(part) bool) {
	return func(yield func(part) bool) {
		text := strings.ToValidUTF8(text, "\uFFFD")
		for text != "" {
			before, rest, begun := strings.Cut(text, string(beginMark))
			if before != "" && !yield(part{words: strip(before)}) {
				return
			}
			if !begun {
				return
			}
			inner, after, ended := strings.Cut(rest, string(endMark))
			if !ended {
				inner, after = rest, ""
			}
			if act, ok := read(inner); ok && ended {
				if !yield(part{act: act}) {
					return
				}
			} else if !yield(part{words: strip(inner)}) {
				return
			}
			text = after
		}
	}
}

// read reads what stands between the marks.
func read(inner string) (Act, bool) {
	head, details, _ := strings.Cut(inner, string(nameMark))
	words := strings.Split(head, string(wordMark))
	a := Act{Verb: Verb(strip(words[0]))}
	for _, w := range words[1:] {
		a.Words = append(a.Words, value(w))
	}
	if details != "" {
		for d := range strings.SplitSeq(details, string(nameMark)) {
			name, val, valued := strings.Cut(d, string(valueMark))
			name, answer := strings.CutPrefix(name, string(replyMark))
			a.Details = append(a.Details, Detail{Name: strip(name), Value: value(val), Bare: !valued, Answer: answer})
		}
	}
	return a, a.Verb != "" || len(a.Details) == 1
}

// Plain is a text for who has no face: a log, a test. Acts are named as the program
// names them.
func Plain(text string) string { return Words(text, plain{}) }

type plain struct{}

func (plain) Act(a Act) string {
	out := []string{string(a.Verb)}
	for _, w := range a.Words {
		out = append(out, bare(w))
	}
	for _, d := range a.Details {
		out = append(out, plain{}.Detail(d))
	}
	return strings.Join(out, " ")
}

func (plain) Detail(d Detail) string {
	if d.Bare {
		return d.Name
	}
	return d.Name + " " + bare(d.Value)
}

func bare(value string) string {
	what, _ := IsOpen(value)
	return what
}

// WordsJSON is Words for a text in JSON, in whose strings acts stand.
func WordsJSON(text []byte, by Wording) []byte {
	if !bytes.Contains(text, []byte(string(beginMark))) {
		return text
	}
	var out bytes.Buffer
	for len(text) > 0 {
		begun := bytes.Index(text, []byte(string(beginMark)))
		ended := -1
		if begun >= 0 {
			ended = bytes.Index(text[begun:], []byte(string(endMark)))
		}
		if ended < 0 {
			break
		}
		end := begun + ended + len(string(endMark))
		out.Write(text[:begun])
		out.Write(inJSON(text[begun:end], by))
		text = text[end:]
	}
	out.Write(text)
	return out.Bytes()
}

// inJSON words one act that stands in a JSON string, and writes it as part of one.
func inJSON(span []byte, by Wording) []byte {
	var act string
	if err := json.Unmarshal(append(append([]byte{'"'}, span...), '"'), &act); err != nil {
		return span // no JSON string: not ours
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(Words(act, by)); err != nil {
		return span
	}
	return bytes.TrimSuffix(bytes.TrimPrefix(bytes.TrimSpace(out.Bytes()), []byte{'"'}), []byte{'"'})
}
