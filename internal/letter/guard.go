package letter

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"text/template/parse"

	"foia/internal/entered"
	"foia/internal/remedy"
)

// guard walks a parsed template. Every place where it prints gets a last step,
// emit, which refuses an empty value and disarms what a user typed; every
// clause is set between two marks, so that the letter knows which paragraph
// came from which clause; every variable must be one that is declared; every
// text and loop begins with turn, which counts it.
type guard struct {
	file     string
	id       string
	template *Template
}

// The marks stand alone in a paragraph. U+E000 is a private-use character,
// which no answer may contain.
const mark = "\ue000"

func openMark(clause string) string  { return "\n\n" + mark + "+" + clause + mark + "\n\n" }
func closeMark(clause string) string { return "\n\n" + mark + "-" + clause + mark + "\n\n" }

func (g guard) tree(t *parse.Tree) error {
	if t.Root == nil {
		return nil
	}
	if err := g.list(t, t.Root, true); err != nil {
		return err
	}
	addTurn(t, t.Root)
	return nil
}

// list guards a sequence of nodes; root tells whether the dot is still the data
// of the letter, whose keys are known.
func (g guard) list(t *parse.Tree, l *parse.ListNode, root bool) error {
	if l == nil {
		return nil
	}
	var out []parse.Node
	for _, n := range l.Nodes {
		marked, err := g.node(t, n, root)
		if err != nil {
			return err
		}
		out = append(out, marked...)
	}
	l.Nodes = out
	return nil
}

func (g guard) node(t *parse.Tree, n parse.Node, root bool) ([]parse.Node, error) {
	var err error
	switch n := n.(type) {
	case *parse.TextNode:
		if strings.Contains(string(n.Text), mark) {
			err = g.problem(t, n, "", "the text contains the private-use character U+E000", "remove it")
		}
	case *parse.ActionNode:
		if err = g.pipe(t, n.Pipe, root); err == nil && len(n.Pipe.Decl) == 0 {
			g.emit(t, n)
		}
	case *parse.IfNode:
		err = g.branch(t, &n.BranchNode, root, root)
	case *parse.WithNode:
		err = g.branch(t, &n.BranchNode, root, false)
	case *parse.RangeNode:
		if err = g.branch(t, &n.BranchNode, root, false); err == nil {
			addTurn(t, n.List)
		}
	case *parse.TemplateNode:
		return g.clause(t, n, root)
	}
	return []parse.Node{n}, err
}

func (g guard) branch(t *parse.Tree, b *parse.BranchNode, root, inside bool) error {
	if err := g.pipe(t, b.Pipe, root); err != nil {
		return err
	}
	if err := g.list(t, b.List, inside); err != nil {
		return err
	}
	return g.list(t, b.ElseList, root)
}

// clause checks that the clause is listed in the front matter, and marks it.
func (g guard) clause(t *parse.Tree, n *parse.TemplateNode, root bool) ([]parse.Node, error) {
	listed := false
	for _, c := range g.template.Clauses {
		listed = listed || c == n.Name
	}
	if !listed {
		return nil, g.problem(t, n, "", "the clause "+quoted(n.Name)+" is not in the list `clauses`", "add it to the front matter")
	}
	if err := g.pipe(t, handedOn(n.Pipe), root); err != nil {
		return nil, err
	}
	g.template.calls[g.id] = append(g.template.calls[g.id], clauseCall{n.Name, g.problem(t, n, "",
		"the clause "+quoted(n.Name)+" comes back to itself", "remove it there: no clause can print itself, or one that prints it")})
	text := func(s string) parse.Node {
		return &parse.TextNode{NodeType: parse.NodeText, Pos: n.Pos, Text: []byte(s)}
	}
	return []parse.Node{text(openMark(n.Name)), n, text(closeMark(n.Name))}, nil
}

// emit appends the last step to a pipeline. Its argument says where the value
// is printed, for the message if it is empty.
func (g guard) emit(t *parse.Tree, n *parse.ActionNode) {
	location, _ := t.ErrorContext(n)
	_, location, _ = strings.Cut(location, ":")
	where := g.file + "\x00" + location + "\x00" + printedName(n.Pipe)
	step := &parse.CommandNode{NodeType: parse.NodeCommand, Pos: n.Pos, Args: []parse.Node{
		parse.NewIdentifier("emit").SetPos(n.Pos).SetTree(t),
		&parse.StringNode{NodeType: parse.NodeString, Pos: n.Pos, Quoted: strconv.Quote(where), Text: where},
	}}
	n.Pipe.Cmds = append(n.Pipe.Cmds, step)
}

// printedName is the variable that a pipeline prints, as the template has it.
func printedName(p *parse.PipeNode) string {
	for _, c := range p.Cmds {
		for _, arg := range c.Args {
			switch arg := arg.(type) {
			case *parse.FieldNode:
				return strings.Join(arg.Ident, ".")
			case *parse.VariableNode:
				return strings.TrimPrefix(strings.Join(arg.Ident, "."), "$.")
			}
		}
	}
	return p.String()
}

func (g guard) pipe(t *parse.Tree, p *parse.PipeNode, root bool) error {
	if p == nil {
		return nil
	}
	for _, c := range p.Cmds {
		if err := g.knownClaim(t, c); err != nil {
			return err
		}
		for _, arg := range c.Args {
			if err := g.argument(t, arg, root); err != nil {
				return err
			}
		}
	}
	return nil
}

// knownClaim refuses a claim that there is not, and one whose name is not written
// out, so that everything a letter may claim can be read in its template.
func (g guard) knownClaim(t *parse.Tree, c *parse.CommandNode) error {
	name, ok := c.Args[0].(*parse.IdentifierNode)
	if !ok || name.Ident != "claim" && name.Ident != "holds" {
		return nil
	}
	if len(c.Args) != 2 {
		return g.problem(t, c, "", name.Ident+" takes the name of one claim", "write {{"+name.Ident+" \"late\"}}")
	}
	text, ok := c.Args[1].(*parse.StringNode)
	if !ok {
		return g.problem(t, c, "", "the name of a claim must be written out", "write {{"+name.Ident+" \"late\"}}")
	}
	if _, ok := g.template.claims[text.Text]; ok {
		return nil
	}
	do := "see the names in " + ClaimsFile
	if near := entered.Nearest(text.Text, slices.Sorted(maps.Keys(g.template.claims)), 1); len(near) > 0 {
		do = remedy.DidYouMean([]string{quoted(near[0])}, "")
	}
	return g.problem(t, c, "", "there is no claim "+quoted(text.Text), do)
}

func (g guard) argument(t *parse.Tree, n parse.Node, root bool) error {
	if mayNumber(n, root) {
		g.template.numbered = true
	}
	switch n := n.(type) {
	case *parse.FieldNode:
		if root {
			return g.known(t, n, n.Ident...)
		}
	case *parse.VariableNode:
		if n.Ident[0] == "$" && len(n.Ident) > 1 {
			return g.known(t, n, n.Ident[1:]...)
		}
	case *parse.PipeNode:
		return g.pipe(t, n, root)
	}
	return nil
}

// known refuses a variable that no field declares, even in a branch that is
// not taken today.
func (g guard) known(t *parse.Tree, n parse.Node, names ...string) error {
	name := names[0]
	if name == "life" && len(names) > 1 {
		return g.knownLife(t, n, names[1])
	}
	for _, r := range reservedNames {
		if name == r {
			return nil
		}
	}
	if _, ok := g.template.Field(name); ok {
		return nil
	}
	fields := make([]string, 0, len(g.template.Fields))
	for _, f := range g.template.Fields {
		fields = append(fields, f.Name)
	}
	return g.problem(t, n, name, "the template prints a variable that is not a field",
		meantVariable("", name, fields, "declare the field in the front matter, or correct the name"))
}

// knownLife refuses a name that the log of a request does not give.
func (g guard) knownLife(t *parse.Tree, n parse.Node, name string) error {
	if _, ok := LifeNames[name]; ok {
		return nil
	}
	return g.problem(t, n, "life."+name, "a request's log has nothing by that name",
		meantVariable("life.", name, slices.Sorted(maps.Keys(LifeNames)),
			"correct the name; what happened to a request is printed as a claim, such as {{claim \"late\"}}"))
}

// meantVariable says what to do about a variable that there is not: below is what its name
// begins with.
func meantVariable(below, name string, names []string, do string) string {
	if near := entered.Nearest(name, names, 1); len(near) > 0 {
		return remedy.DidYouMean([]string{"{{." + below + near[0] + "}}"}, "otherwise, "+do)
	}
	return do
}

func (g guard) problem(t *parse.Tree, n parse.Node, field, what, remedy string) error {
	p := &Problem{File: g.file, Field: field, What: what, Remedy: remedy}
	location, _ := t.ErrorContext(n)
	p.Line, p.Column = lineAndColumn(location)
	return p
}

// lineAndColumn reads "name:12:7", counting columns from 1.
func lineAndColumn(location string) (line, column int) {
	parts := strings.Split(location, ":")
	if len(parts) < 2 {
		return 0, 0
	}
	fmt.Sscanf(parts[len(parts)-2]+" "+parts[len(parts)-1], "%d %d", &line, &column)
	return line, column + 1
}
