package letter

import "fmt"

// Problem is something wrong with a template, a pack or an answer: where it
// stands, what is wrong, and how to fix it.
type Problem struct {
	File   string
	Line   int // 1 is the first; 0: not tied to a line
	Column int
	Field  string // name of the template field, if one is concerned
	What   string
	Remedy string
	Misuse bool // the user named something that does not exist
}

func (p *Problem) Error() string {
	where := p.File
	if p.Line > 0 {
		where += fmt.Sprintf(":%d", p.Line)
		if p.Column > 0 {
			where += fmt.Sprintf(":%d", p.Column)
		}
	}
	if p.Field != "" {
		if where != "" {
			where += ", "
		}
		where += "field " + p.Field
	}
	if where == "" {
		return p.What
	}
	return fmt.Sprintf("%s (%s)", p.What, where)
}

// Hint says what to do.
func (p *Problem) Hint() string { return p.Remedy }

// Usage tells whether the user named something that does not exist.
func (p *Problem) Usage() bool { return p.Misuse }
