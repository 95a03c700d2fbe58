package terminal

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// accessibleVariable asks for questions line by line, for whoever has the screen read out. It is
// that of the library, whose own way prints no help, cannot go back, and takes more than its line.
const accessibleVariable = "ACCESSIBLE"

// linewise tells whether questions are asked line by line: because somebody wants it, or because
// the terminal cannot place what it prints, such as a shell in Emacs.
func linewise() bool {
	wanted, err := strconv.ParseBool(os.Getenv(accessibleVariable))
	return err == nil && wanted || os.Getenv("TERM") == "dumb"
}

// goBack is what somebody types to go back.
const goBack = "<"

// askLinewise asks until the answer will do.
func (t Terminal) askLinewise(ctx context.Context, a *answer) error {
	t.introduce(a)
	ask := map[Kind]func(context.Context, *answer) error{YesNo: t.yesNoLine, Choice: t.choiceLine, Search: t.searchLine,
		List: t.listLines, Text: t.textLines, Block: t.textLines, Line: t.textLine}[a.Kind]
	for {
		err := ask(ctx, a)
		var wrong *wrongLine
		if !errors.As(err, &wrong) {
			return err
		}
		t.Note("%v", wrong.error)
	}
}

// wrongLine is what a line cannot be taken for.
type wrongLine struct{ error }

// introduce says what is asked, and what can be typed.
func (t Terminal) introduce(a *answer) {
	title := a.Title
	if a.Optional {
		title += " (optional)"
	}
	if a.At.N > 0 {
		title = fmt.Sprintf("%s, %d of %d: %s", a.At.Of, a.At.N, a.At.Total, title)
	}
	width := t.QuestionWidth()
	var out strings.Builder
	if a.Above != "" {
		out.WriteString(t.say(a.Above) + "\n\n")
	}
	for line := range strings.SplitSeq(title+"\n"+a.Help, "\n") {
		if strings.TrimSpace(line) != "" {
			out.WriteString(t.Paragraph(width, "", "", line))
		}
	}
	for i, o := range a.Options {
		out.WriteString(t.Paragraph(width, fmt.Sprintf("%2d. ", i+1), "    ", o.Label))
	}
	if a.At.Back {
		out.WriteString(t.Paragraph(width, "", "", "To go back, type "+goBack))
	}
	fmt.Fprint(t.Err, "\n"+out.String())
}

// mostTyped is the longest line that a terminal takes which hands on whole lines (termios(3),
// MAX_CANON: 4096 with its end). What is longer, it cuts without a word.
const mostTyped = 4095

var errCut = &wrongLine{errors.New("the terminal takes no longer line, and cut that one: give it in parts")}

// line reads a line; ErrBack if it is the sign for that.
func (t Terminal) line(ctx context.Context, a *answer, prompt string) (string, error) {
	line, err := t.Typed(ctx, prompt)
	switch {
	case err != nil:
		return "", err
	case len(line) >= mostTyped && isTerminal(t.In):
		return "", errCut
	}
	if line = strings.TrimSpace(line); line == goBack && a.At.Back {
		return "", ErrBack
	}
	return line, nil
}

func (t Terminal) textLine(ctx context.Context, a *answer) error {
	prompt := "> "
	if a.text != "" {
		prompt = "(Enter keeps “" + cut(Cell(a.text), noWidth/2) + "”) > "
	}
	line, err := t.line(ctx, a, prompt)
	if err != nil {
		return err
	}
	if line == "" {
		line = a.text
	}
	if err := a.wrong(line); err != nil {
		return &wrongLine{err}
	}
	a.text = line
	return nil
}

// textLines reads a text until a line is empty.
func (t Terminal) textLines(ctx context.Context, a *answer) error {
	if a.text == "" {
		fmt.Fprintln(t.Err, "An empty line ends the answer.")
	} else {
		fmt.Fprintln(t.Err, "An empty line ends the answer; at once, it keeps:")
		fmt.Fprint(t.Err, t.Paragraph(t.QuestionWidth(), "  ", "  ", a.text))
	}
	var given []string
	for {
		line, err := t.line(ctx, a, "> ")
		if err != nil {
			return err
		}
		if line == "" {
			break
		}
		if given = append(given, line); len(given) > mostPasted {
			return &wrongLine{errTooMany}
		}
	}
	text := strings.Join(given, "\n")
	if text == "" {
		text = a.text
	}
	if err := a.wrong(text); err != nil {
		return &wrongLine{err}
	}
	a.text = text
	return nil
}

func (t Terminal) listLines(ctx context.Context, a *answer) error {
	for i, item := range a.items {
		fmt.Fprint(t.Err, t.Paragraph(t.QuestionWidth(), fmt.Sprintf("%2d. ", i+1), "    ", item))
	}
	fmt.Fprintln(t.Err, "One a line; an empty line ends the list.")
	for {
		line, err := t.line(ctx, a, fmt.Sprintf("%d> ", len(a.items)+1))
		switch {
		case err != nil:
			return err
		case line == "" && len(a.items) == 0 && !a.Optional:
			return &wrongLine{errNone}
		case line == "":
			return nil
		}
		if len(a.items) >= mostPasted {
			return &wrongLine{errTooMany}
		}
		if err := a.add(line); err != nil {
			return &wrongLine{err}
		}
	}
}

func (t Terminal) yesNoLine(ctx context.Context, a *answer) error {
	usual := map[bool]string{true: "yes", false: "no"}[a.yes]
	line, err := t.line(ctx, a, "yes or no (Enter: "+usual+") > ")
	if err != nil {
		return err
	}
	switch strings.ToLower(line) {
	case "y", "yes":
		a.yes = true
	case "n", "no":
		a.yes = false
	case "":
	default:
		return &wrongLine{errors.New("type yes or no")}
	}
	return nil
}

func (t Terminal) choiceLine(ctx context.Context, a *answer) error {
	usual := ""
	for i, o := range a.Options {
		if o.Value == a.text {
			usual = fmt.Sprintf(" (Enter: %d)", i+1)
		}
	}
	line, err := t.line(ctx, a, "Number"+usual+" > ")
	if err != nil || line == "" && usual != "" {
		return err
	}
	n, err := strconv.Atoi(line)
	if err != nil || n < 1 || n > len(a.Options) {
		return &wrongLine{fmt.Errorf("type a number from 1 to %d", len(a.Options))}
	}
	a.text = a.Options[n-1].Value
	return nil
}

// mostTold is of how many options a list tells what is known: of more, it would push the
// question off the screen. Words that find fewer bring it.
const mostTold = 3

// searchLine takes words, shows what they find, and takes the number of one of them.
func (t Terminal) searchLine(ctx context.Context, a *answer) error {
	found := a.Find(a.Words)
	for {
		if len(found) == 0 {
			t.Note("%v", errNothingFound)
		}
		more := max(len(found)-mostFound, 0)
		found = found[:len(found)-more]
		for i, o := range found {
			fmt.Fprint(t.Err, t.Paragraph(t.QuestionWidth(), fmt.Sprintf("%2d. ", i+1), "    ", o.Label))
			if o.More != "" && len(found) <= mostTold {
				fmt.Fprint(t.Err, t.Paragraph(t.QuestionWidth(), "    ", "    ", o.More))
			}
		}
		if more > 0 {
			fmt.Fprintf(t.Err, "    and %d more: type a word of it\n", more)
		}
		line, err := t.line(ctx, a, "Number, or words to search for > ")
		if err != nil {
			return err
		}
		if n, err := strconv.Atoi(line); err == nil && n >= 1 && n <= len(found) {
			if found[n-1].Value == "" {
				return &wrongLine{errors.New(found[n-1].Label)}
			}
			if err := a.wrong(found[n-1].Value); err != nil {
				return &wrongLine{err}
			}
			a.text = found[n-1].Value
			return nil
		}
		found = a.Find(line)
	}
}
