package letter

import (
	"fmt"
	"strings"
	"text/template"
	"text/template/parse"

	"foia/internal/entered"
)

// A template is somebody's text, and text/template lets it count to any number, print any
// number of signs and double a text over and over. So what a template does is counted while
// it is filled, and there is an end to it.
const (
	mostSteps = 500_000 // nodes of the template; a letter with a hundred items takes some thousand
	mostText  = 4 << 20 // bytes that it prints or makes: a thousand pages, for which a PDF takes some 300 MB of memory
	mostWidth = 1000    // to which a value is padded
)

// budget is what a letter took so far.
type budget struct{ steps, text int }

// take counts steps, and text that is made.
func (b *budget) take(steps, text int) error {
	b.steps += steps
	b.text += text
	switch {
	case b.steps > mostSteps:
		return &Problem{What: "the template takes more than " + entered.Grouped(fmt.Sprint(mostSteps)) +
			" steps: a loop, or clauses within clauses, go on too long",
			Remedy: "go over the entries of a field, such as {{range .custodians}}, and not over a number"}
	case b.text > mostText:
		return &Problem{What: fmt.Sprintf("the template makes more than %d MB of text", mostText>>20),
			Remedy: "print a text once, or a shorter one, and no padding"}
	}
	return nil
}

// turn is the first step of the text of a template, a clause, or a loop: all that it has is
// counted each time it begins.
func (b *budget) turn(steps, text int) (string, error) { return "", b.take(steps, text) }

// made counts a text that a function made.
func made[T ~string](b *budget, text T) (T, error) { return text, b.take(0, len(text)) }

// addTurn puts the step turn before the others of a list.
func addTurn(t *parse.Tree, l *parse.ListNode) {
	if l == nil {
		return
	}
	steps, text := extent(l)
	number := func(n int) parse.Node {
		return &parse.NumberNode{NodeType: parse.NodeNumber, Pos: l.Pos, IsInt: true, Int64: int64(n), Text: fmt.Sprint(n)}
	}
	step := &parse.ActionNode{NodeType: parse.NodeAction, Pos: l.Pos, Pipe: &parse.PipeNode{NodeType: parse.NodePipe, Pos: l.Pos,
		Cmds: []*parse.CommandNode{{NodeType: parse.NodeCommand, Pos: l.Pos, Args: []parse.Node{
			parse.NewIdentifier("turn").SetPos(l.Pos).SetTree(t), number(steps), number(text)}}}}}
	l.Nodes = append([]parse.Node{step}, l.Nodes...)
}

// extent is how many nodes a list has, and how much text; of a loop or clause within it, only that it
// begins.
func extent(l *parse.ListNode) (steps, text int) {
	if l == nil {
		return 0, 0
	}
	add := func(within *parse.ListNode) {
		s, t := extent(within)
		steps, text = steps+s, text+t
	}
	steps = 1
	for _, n := range l.Nodes {
		steps++
		switch n := n.(type) {
		case *parse.TextNode:
			text += len(n.Text)
		case *parse.ActionNode:
			steps += calls(n.Pipe)
		case *parse.IfNode:
			steps += calls(n.Pipe)
			add(n.List)
			add(n.ElseList)
		case *parse.WithNode:
			steps += calls(n.Pipe)
			add(n.List)
			add(n.ElseList)
		case *parse.RangeNode:
			steps += calls(n.Pipe)
			add(n.ElseList)
		case *parse.TemplateNode:
			steps += calls(n.Pipe)
		}
	}
	return steps, text
}

// calls is how many words a pipeline has.
func calls(p *parse.PipeNode) (n int) {
	if p == nil {
		return 0
	}
	for _, c := range p.Cmds {
		n += len(c.Args)
		for _, arg := range c.Args {
			if inner, ok := arg.(*parse.PipeNode); ok {
				n += calls(inner)
			}
		}
	}
	return n
}

// makers are the functions of text/template that make text of whatever they are given, with
// an end to how much that is.
func (b *budget) makers() template.FuncMap {
	funcs := template.FuncMap{"printf": b.printf}
	for name, f := range map[string]struct {
		grows int // how many bytes become of one, at most
		make  func(...any) string
	}{
		"print": {1, fmt.Sprint}, "println": {1, fmt.Sprintln}, "html": {6, template.HTMLEscaper}, "js": {6, template.JSEscaper},
		"urlquery": {3, template.URLQueryEscaper},
	} {
		funcs[name] = func(args ...any) (string, error) {
			if err := b.room(f.grows * lengthOf(args)); err != nil {
				return "", err
			}
			return made(b, f.make(args...))
		}
	}
	return funcs
}

// room tells whether so much text may still be made.
func (b *budget) room(text int) error {
	after := *b
	return after.take(0, text)
}

// lengthOf is how long values are when they are printed, with a space between them.
func lengthOf(args []any) (n int) {
	for _, a := range args {
		n += len(fmt.Sprint(a)) + 1
	}
	return n
}

// grownBy is how many bytes a verb makes of one at most: \U0010ffff.
const grownBy = 10

// printf is that of text/template, with an end to what it pads.
func (b *budget) printf(format string, args ...any) (string, error) {
	verbs := 0
	for rest := format; ; verbs++ {
		_, directive, found := strings.Cut(rest, "%")
		if !found {
			break
		}
		rest = directive
		n := strings.IndexFunc(directive, func(r rune) bool { return !strings.ContainsRune("+-# 0123456789.*[]", r) })
		if n < 0 {
			n = len(directive)
		}
		if err := padded(directive[:n]); err != nil {
			return "", err
		}
		rest = directive[min(n+1, len(directive)):]
	}
	if err := b.room(len(format) + verbs*(2*mostWidth+grownBy*lengthOf(args))); err != nil {
		return "", err
	}
	return made(b, fmt.Sprintf(format, args...))
}

// padded refuses widths and precisions that are large, or are not written out.
func padded(flags string) error {
	for number := range strings.FieldsFuncSeq(flags, func(r rune) bool { return r < '0' || r > '9' }) {
		if len(strings.TrimLeft(number, "0")) >= len(fmt.Sprint(mostWidth)) {
			return &Problem{What: "printf pads to " + number + " places", Remedy: fmt.Sprintf("pad to fewer than %d", mostWidth)}
		}
	}
	if strings.Contains(flags, "*") {
		return &Problem{What: "printf takes a width from a value", Remedy: "write the width out, such as %8d"}
	}
	return nil
}

// clauseCall is a clause that a text prints, and where.
type clauseCall struct {
	to string
	at error // that it must not
}

// noCircles refuses clauses that print themselves, by whatever way.
func (t *Template) noCircles() error {
	const open, done = 1, 2
	state := map[string]int{}
	var visit func(id string) error
	visit = func(id string) error {
		state[id] = open
		for _, call := range t.calls[id] {
			switch state[call.to] {
			case open:
				return call.at
			case done:
				continue
			}
			if err := visit(call.to); err != nil {
				return err
			}
		}
		state[id] = done
		return nil
	}
	return visit(t.ID)
}

// defined refuses a text that defines others within it: clauses are files, which are checked.
func defined(s *source) error {
	for i, line := range strings.Split(s.body, "\n") {
		for rest := line; ; {
			_, action, found := strings.Cut(rest, "{{")
			if !found {
				break
			}
			rest = action
			word := strings.TrimLeft(strings.TrimPrefix(action, "-"), " \t")
			for _, keyword := range []string{"define", "block"} {
				if after, ok := strings.CutPrefix(word, keyword); ok && strings.IndexAny(after, " \t\"`") == 0 {
					return &Problem{File: s.file, Line: i + 1, What: "the text has a {{" + keyword + "}}",
						Remedy: "put that part into a file of its own in the folder clauses, and name it under `clauses`"}
				}
			}
		}
	}
	return nil
}
