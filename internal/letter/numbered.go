package letter

import (
	"slices"
	"text/template/parse"
)

// Numbered tells whether a letter's own id may be in the text of the template, or decide what
// it says. Letters of one that is not differ by their ids in the frame only.
func (t *Template) Numbered() bool { return t.numbered }

// mayNumber tells whether an argument of a template may be, or hold, the id of the letter.
// It says yes to whatever it cannot tell; root is whether the dot is the data of the letter.
func mayNumber(n parse.Node, root bool) bool {
	switch n := n.(type) {
	case *parse.DotNode:
		return root // all of the data, letter.id among it
	case *parse.ChainNode:
		return true // of what is in parentheses
	case *parse.FieldNode:
		return namesNumber(n.Ident)
	case *parse.VariableNode:
		return n.Ident[0] == "$" && (len(n.Ident) == 1 || namesNumber(n.Ident[1:]))
	}
	return false
}

// namesNumber tells whether a name is that of the id, or of the map that holds it.
func namesNumber(name []string) bool {
	return name[0] == "letter" && (len(name) == 1 || !slices.Contains([]string{"date", "day", "via", "sample"}, name[1]))
}

// handedOn is the pipeline of a clause, but for a bare dot: that gives the clause the data
// under the same names, and its own text is looked at.
func handedOn(p *parse.PipeNode) *parse.PipeNode {
	if p == nil || len(p.Cmds) != 1 || len(p.Cmds[0].Args) != 1 || p.Cmds[0].Args[0].Type() != parse.NodeDot {
		return p
	}
	return nil
}
