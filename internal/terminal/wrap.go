package terminal

import (
	"fmt"
	"strings"
)

// widest is how wide a paragraph is at most, in however wide a terminal: longer lines are
// hard to read.
const widest = 100

// kept stands for a space at which no line ends. Clean has taken it out of every
// text before.
const kept = "\x00"

// citations keeps 5 U.S.C. § 552 together.
var citations = strings.NewReplacer(" U.S.C. § ", kept+"U.S.C."+kept+"§"+kept, " C.F.R. § ", kept+"C.F.R."+kept+"§"+kept, "§ ",
	"§"+kept)

// Wrapped prints a paragraph within the width of the terminal: its first line begins with
// first, the others with indent. A word that is longer, such as an address on the web or a
// path, stays whole, so that it can be copied.
func (t Terminal) Wrapped(first, indent, s string) { t.wrappedWithin(t.Width(), first, indent, s) }

func (t Terminal) wrappedWithin(width int, first, indent, s string) {
	fmt.Fprint(t.Out, t.Paragraph(width, first, indent, s))
}

// Paragraph is a paragraph as Wrapped prints it, within a width.
func (t Terminal) Paragraph(width int, first, indent, s string) string {
	s = t.say(s)
	cites := strings.Contains(s, "§")
	if cites {
		s = citations.Replace(s)
	}
	words := strings.Fields(s)
	for i, word := range words {
		if cites {
			words[i] = strings.ReplaceAll(word, kept, " ")
		}
	}
	return strings.Join(filled(first, indent, words, min(width, widest)), "\n") + "\n"
}

// Listed is a line of a list in a help text, which is printed as it is in every terminal: a
// label, and words that go on below themselves where 80 columns end.
func Listed(label, words string) string {
	indent := strings.Repeat(" ", len(label))
	return strings.Join(filled(label, indent, strings.Fields(words), noWidth), "\n") + "\n"
}

// filled are the lines of a paragraph: as many words in each as go into the width.
func filled(first, indent string, words []string, width int) (lines []string) {
	var line strings.Builder
	line.WriteString(first)
	used, begun := widthOfText(first), false
	for _, word := range words {
		w := widthOfText(word)
		if strings.HasPrefix(word, emoji) { // it makes a picture of the space before it
			w = widthOfText(" "+word) - 1
		}
		if begun && used+1+w > width {
			lines = append(lines, line.String())
			line.Reset()
			line.WriteString(indent)
			used, begun = widthOfText(indent), false
		}
		if begun {
			line.WriteByte(' ')
			used++
		}
		line.WriteString(word)
		used += w
		begun = true
	}
	return append(lines, strings.TrimRight(line.String(), " "))
}
