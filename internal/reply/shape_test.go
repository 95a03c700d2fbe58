package reply

import (
	"strings"
	"testing"

	"foia/internal/workday"
)

// A letter tells the same where its paper adds something to each line.
func TestShapes(t *testing.T) {
	lines := strings.Split("June 10, 2026\n\nRe: Freedom of Information Act Request No. 26-00411-F\n\nDear Ms. Sample:\n\n"+
		"This is to let you know that the FOIA Office of the Department received\nyour request for the contracts of "+
		"the motor pool on June 2, 2026, and\n"+
		"that the request has been placed in the complex track, since we have to\nsearch in two of the offices that "+
		"have worked on these contracts. For the\n"+
		"purpose of fees you have been placed in the category of representatives\nof the news media, and you will "+
		"be charged for copies alone, after the\n"+
		"first hundred pages.\n\nYou may call us with any question.\n\nSincerely,\n\nFOIA Officer", "\n")
	for name, shape := range map[string]func(i int, line string) string{
		"plain":        func(_ int, s string) string { return s },
		"numbered":     func(i int, s string) string { return string(rune('0'+i/10)) + string(rune('0'+i%10)) + "  " + s },
		"double space": func(_ int, s string) string { return s + "\n" },
		"stretched":    func(_ int, s string) string { return strings.ReplaceAll(s, " the ", "  the   ") },
	} {
		var text strings.Builder
		for i, s := range lines {
			text.WriteString(shape(i, s) + "\n")
		}
		r := Read(Message{Parts: []Part{{Text: text.String()}}}, Known{Today: workday.MustDate("2026-11-29")})
		told(t, name, "acknowledged received=2026-06-02 track=complex tracking=26-00411-F", r)
		told(t, name, "category-assigned category=media", r)
	}
}

// Boxes are marked in many ways; what stands beside an empty one is not said.
func TestBoxes(t *testing.T) {
	for _, mark := range [][2]string{{"[x] %", "[ ] %"}, {"% [x]", "% [ ]"}, {"(X) %", "( ) %"}, {"☒ %", "☐ %"}, {"__X__  %", "_____  %"},
		{"  X   %", "      %"}, {"XX  %", "    %"}, {"✓ %", "  %"}, {"[XX] %", "[  ] %"}, {"[YES] %", "[NO] %"}, {"{x} %", "{ } %"},
		{"/X/ %", "/ / %"}, {"<x> %", "< > %"}, {"|X| %", "| | %"}, {"[X] %", "[-] %"}} {
		for _, end := range []string{"\n", "\n\n"} {
			var text strings.Builder
			text.WriteString("June 10, 2026\n\nRe: Freedom of Information Act Request No. 26-00411-F\n\nDear Ms. " +
				"Sample:\n\nPlease see the marked items.\n\n")
			for _, item := range []string{"*We received your request on June 2, 2026.", "Your request has been placed " +
				"in the simple track.",
				"*Your request has been placed in the complex track.", "You have been placed in the commercial category for fees.",
				"*You have been placed in the news media category for fees.", "Your request for expedited processing is denied."} {
				marked, ticked := strings.CutPrefix(item, "*")
				form := mark[1]
				if ticked {
					form = mark[0]
				}
				text.WriteString(strings.Replace(form, "%", marked, 1) + end)
			}
			r := Read(Message{Parts: []Part{{Text: text.String()}}}, Known{Today: workday.MustDate("2026-11-29")})
			told(t, mark[0], "acknowledged received=2026-06-02 track=complex", r)
			told(t, mark[0], "category-assigned category=media", r)
			told(t, mark[0], "!expedited-denied", r)
		}
	}
}
