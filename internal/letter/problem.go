package letter

import (
	"errors"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/token"
)

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

// yamlProblem turns an error of the YAML reader into a Problem. firstLine is
// the line of the file on which the YAML text starts.
func yamlProblem(file string, firstLine int, err error) *Problem {
	p := &Problem{File: file, What: "the YAML cannot be read: " + yamlMessage(err),
		Remedy: "correct that line; `foia template check` reads a template without filling it"}
	var located interface{ GetToken() *token.Token }
	if errors.As(err, &located) {
		if t := located.GetToken(); t != nil && t.Position != nil {
			p.Line, p.Column = t.Position.Line+firstLine-1, t.Position.Column
		}
	}
	return p
}

// yamlMessage is the reader's message without its picture of the source.
func yamlMessage(err error) string {
	var y yaml.Error
	if errors.As(err, &y) {
		return strings.TrimSpace(y.GetMessage())
	}
	return strings.SplitN(strings.TrimSpace(err.Error()), "\n", 2)[0]
}

// DecodeYAML reads a YAML text into v; an error is a *Problem that says where.
func DecodeYAML(file string, raw []byte, v any) error {
	if err := yaml.Unmarshal(raw, v); err != nil {
		p := yamlProblem(file, 1, err)
		p.Remedy = "correct that line"
		return p
	}
	return nil
}
