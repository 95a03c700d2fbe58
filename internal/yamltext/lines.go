package yamltext

import (
	"fmt"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// Lines tells where the parts of a text stand: the line of the file for each path, such
// as appeals[1].deadline_days.
type Lines map[string]int

// DecodeLines is Decode, and also tells the lines of all keys and entries. A key that v
// has no field for is passed over: it is among the lines, for the caller to name, so
// that one such key does not hide whatever else is wrong.
func DecodeLines(s Source, v any) (Lines, error) { return decodeLines(s, v, loose) }

// DecodeFields is DecodeLines, but a key that v has no field for is an error, as with
// Decode.
func DecodeFields(s Source, v any) (Lines, error) { return decodeLines(s, v, strict) }

func decodeLines(s Source, v any, how strictness) (Lines, error) {
	body, err := decode(s, v, how)
	if err != nil {
		return nil, err
	}
	lines := Lines{}
	lines.add(body, "", max(s.Line, 1)-1)
	return lines, nil
}

// Of is the line of a path, or of the nearest part around it that the text has; 1 if
// there is none.
func (l Lines) Of(path string) int {
	for path != "" {
		if line, ok := l[path]; ok {
			return line
		}
		path = path[:max(strings.LastIndexAny(path, ".["), 0)]
	}
	return 1
}

// Has tells whether the text has that part.
func (l Lines) Has(path string) bool { return l[path] > 0 }

func (l Lines) add(n ast.Node, path string, shift int) {
	switch n := n.(type) {
	case *ast.AnchorNode:
		l.add(n.Value, path, shift)
	case *ast.SequenceNode:
		for i, value := range n.Values {
			at := fmt.Sprintf("%s[%d]", path, i)
			l[at] = firstLine(value) + shift
			l.add(value, at, shift)
		}
	case ast.MapNode:
		for i := n.MapRange(); i.Next(); {
			key := i.Key().GetToken()
			if key.Type == token.MergeKeyType {
				continue
			}
			at := key.Value
			if path != "" {
				at = path + "." + at
			}
			l[at] = key.Position.Line + shift
			l.add(i.Value(), at, shift)
		}
	}
}

// firstLine is the line on which an entry of a list begins. The token of a map is the
// colon after its first key, which may stand on the next line.
func firstLine(n ast.Node) int {
	if m, ok := n.(ast.MapNode); ok && n.Type() != ast.AliasType {
		if i := m.MapRange(); i.Next() {
			return i.Key().GetToken().Position.Line
		}
	}
	return n.GetToken().Position.Line
}
