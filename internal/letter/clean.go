package letter

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"foia/internal/entered"
	"foia/internal/lazy"
)

// Limits on what a user may type. They are far above any letter that an agency
// would read, and keep a slip (a pasted book) from becoming a PDF of a thousand
// pages.
const (
	maxText  = 250_000 // characters in one answer
	maxItems = 1_000   // entries in one list
)

// cleaner turns raw answers into the types that templates use.
type cleaner struct {
	file  string
	field Field
	in    Typing
}

// Clean checks a raw value against the field and returns it in the field's Go
// type, normalised to Unicode NFC. An empty value is returned as nil.
func (f Field) Clean(v any, file string, in Typing) (any, error) {
	if in.unset != nil {
		return f.read(v, file, in)
	}
	in, unset := in.collecting()
	value, err := f.read(v, file, in)
	if err == nil {
		err = unset.err()
	}
	return value, err
}

func (f Field) read(v any, file string, in Typing) (any, error) {
	c := cleaner{file, f, in}
	switch f.Type {
	case Line:
		return c.line(v)
	case Text:
		return c.paragraphs(v)
	case List:
		return c.list(v)
	case Day:
		return c.day(v)
	case Days:
		return c.days(v)
	case Choice:
		return c.choice(v)
	case YesNo:
		return c.yesNo(v)
	case Money:
		return c.money(v)
	case Records:
		return c.records(v)
	}
	return nil, c.problem("unknown type "+quoted(string(f.Type)), "fix the template")
}

func (c cleaner) problem(what, remedy string) error {
	return &Problem{File: c.file, Field: c.field.Name, What: what, Remedy: remedy}
}

// scalar gives the text of a value that YAML may have read as a number or date.
func (c cleaner) scalar(v any) (string, error) {
	switch v := v.(type) {
	case nil:
		return "", nil
	case string:
		return v, nil
	case bool:
		if v {
			return "yes", nil
		}
		return "no", nil
	case float64: // as JSON has it, without an exponent
		return strconv.FormatFloat(v, 'f', -1, 64), nil
	case int, int64, uint64:
		return fmt.Sprint(v), nil
	case []string:
		if len(v) == 1 {
			return v[0], nil
		}
		return "", c.problem("several values where one is expected", "give the field once")
	}
	return "", c.problem("a list or map where one value is expected", "give a single value")
}

// place is where a value stands, in words.
func (c cleaner) place() string {
	if c.file == "" {
		return c.field.Name
	}
	return c.field.Name + " (" + c.file + ")"
}

// text leaves out what cannot be seen, checks every character and normalises.
func (c cleaner) text(s string) (string, error) {
	if n := utf8.RuneCountInString(s); n > maxText {
		return "", c.problem(fmt.Sprintf("the answer has %d characters, more than %d", n, maxText),
			"shorten it and attach the rest as an enclosure")
	}
	if !utf8.ValidString(s) {
		return "", c.problem("the answer is not valid UTF-8", "save the file as UTF-8 and try again")
	}
	s = norm.NFC.String(c.in.Dropped.Text(c.place(), s))
	c.in.unset.look(s, c)
	if strings.Contains(s, "---") && tableRule.RE().MatchString(s) {
		return "", c.problem("the answer has a table, which a letter cannot show", tableRemedy)
	}
	return s, nil
}

// tableRule is the line under the head of a table in Markdown. Its cells would
// run together in a letter.
const tableRule = lazy.Pattern(`(?m)^[ \t]*\|?([ \t]*:?-{3,}:?[ \t]*\|)+([ \t]*:?-{3,}:?)?[ \t]*\r?$`)

const tableRemedy = "write its rows as sentences or as items of a list, or enclose the table"

func (c cleaner) line(v any) (any, error) {
	s, err := c.scalar(v)
	if err != nil {
		return nil, err
	}
	return c.oneLine(s)
}

// oneLine joins what a user may have broken over lines.
func (c cleaner) oneLine(s string) (any, error) {
	s, err := c.text(s)
	if err != nil {
		return nil, err
	}
	if s = strings.Join(strings.Fields(s), " "); s == "" {
		return nil, nil
	}
	return s, nil
}

// paragraphs keeps blank lines as breaks between paragraphs, and joins the rest.
func (c cleaner) paragraphs(v any) (any, error) {
	s, err := c.scalar(v)
	if err != nil {
		return nil, err
	}
	if s, err = c.text(s); err != nil {
		return nil, err
	}
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	var paragraphs, lines []string
	flush := func() {
		if len(lines) > 0 {
			paragraphs = append(paragraphs, strings.Join(lines, " "))
			lines = nil
		}
	}
	for line := range strings.SplitSeq(s, "\n") {
		if line = strings.Join(strings.Fields(line), " "); line == "" {
			flush()
			continue
		}
		lines = append(lines, line)
	}
	flush()
	if len(paragraphs) == 0 {
		return nil, nil
	}
	return strings.Join(paragraphs, "\n\n"), nil
}

func (c cleaner) list(v any) (any, error) {
	var raw []any
	switch v := v.(type) {
	case nil:
		return nil, nil
	case []any:
		raw = v
	case []string:
		for _, s := range v {
			raw = append(raw, s)
		}
	default:
		s, err := c.scalar(v)
		if err != nil {
			return nil, err
		}
		for line := range strings.SplitSeq(s, "\n") {
			raw = append(raw, line)
		}
	}
	if len(raw) > maxItems {
		return nil, c.problem(fmt.Sprintf("the list has %d entries, more than %d", len(raw), maxItems), "split the request")
	}
	var out []string
	for _, r := range raw {
		s, err := c.line(r)
		if err != nil {
			return nil, err
		}
		if s != nil {
			out = append(out, s.(string))
		}
	}
	if len(out) == 0 {
		return nil, nil
	}
	return out, nil
}

func (c cleaner) choice(v any) (any, error) {
	s, err := c.line(v)
	if err != nil || s == nil {
		return nil, err
	}
	for _, choice := range c.field.Choices {
		if strings.EqualFold(choice, s.(string)) {
			return choice, nil
		}
	}
	return nil, c.problem(entered.Shown(s.(string))+" is not one of the choices", "choose one of "+strings.Join(c.field.Choices, ", "))
}

// seen is a value on one line without what cannot be seen, which is counted.
func (c cleaner) seen(s string) string { return entered.Line(c.in.Dropped.Text(c.place(), s)) }

func (c cleaner) yesNo(v any) (any, error) {
	s, err := c.scalar(v)
	if err != nil {
		return nil, err
	}
	switch strings.ToLower(c.seen(s)) {
	case "":
		return nil, nil
	case "yes", "y", "true":
		return true, nil
	case "no", "n", "false":
		return false, nil
	}
	return nil, c.problem(entered.Shown(s)+" is not yes or no", "answer yes or no")
}
