package yamltext

import (
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// explain turns an error of the library into one for people, without a file.
func explain(err error) *Error {
	e := &Error{What: message(err), Remedy: "correct that line"}
	var located interface{ GetToken() *token.Token }
	if errors.As(err, &located) {
		if t := located.GetToken(); t != nil && t.Position != nil {
			e.Line, e.Column = t.Position.Line, t.Position.Column
		}
	}
	return e
}

// message says in words what the library found. The types of Go that stand in some of
// its messages mean nothing to who wrote the file.
func message(err error) string {
	var unknown *yaml.UnknownFieldError
	var typed *yaml.TypeError
	var node *yaml.UnexpectedNodeTypeError
	var overflow *yaml.OverflowError
	var located yaml.Error
	switch {
	case errors.As(err, &unknown):
		return unknown.Message
	case errors.As(err, &typed):
		return fmt.Sprintf("expected %s, found %s", kind(typed.DstType), kind(typed.SrcType))
	case errors.As(err, &node):
		return fmt.Sprintf("expected %s, found %s", nodeKind(node.Expected), nodeKind(node.Actual))
	case errors.As(err, &overflow):
		return "the number " + overflow.SrcNum + " is too large"
	case errors.As(err, &located):
		return "the YAML cannot be read: " + strings.TrimSpace(located.GetMessage())
	}
	first, _, _ := strings.Cut(strings.TrimSpace(err.Error()), "\n")
	return "the YAML cannot be read: " + first
}

// kind names what a value of a type looks like in YAML.
func kind(t reflect.Type) string {
	if t == nil {
		return "nothing"
	}
	switch t.Kind() {
	case reflect.Pointer:
		return kind(t.Elem())
	case reflect.Bool:
		return "true or false"
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64, reflect.Uint, reflect.Uint8, reflect.Uint16,
		reflect.Uint32, reflect.Uint64:
		return "a whole number"
	case reflect.Float32, reflect.Float64:
		return "a number"
	case reflect.String:
		return "text"
	case reflect.Slice, reflect.Array:
		return "a list"
	case reflect.Map, reflect.Struct:
		return "a map of keys and values"
	}
	return "another kind of value"
}

// nodeKind names a kind of node in the words of kind.
func nodeKind(t ast.NodeType) string {
	switch t {
	case ast.MappingType, ast.MappingValueType:
		return "a map of keys and values"
	case ast.SequenceType:
		return "a list"
	case ast.StringType, ast.LiteralType:
		return "text"
	case ast.IntegerType:
		return "a whole number"
	case ast.FloatType, ast.InfinityType, ast.NanType:
		return "a number"
	case ast.BoolType:
		return "true or false"
	case ast.NullType:
		return "nothing"
	case ast.TagType:
		return "a tag (!)"
	case ast.AliasType:
		return "an alias (*)"
	case ast.AnchorType:
		return "an anchor (&)"
	}
	return t.YAMLName()
}

// fresh is a new value of the type that v points to.
func fresh(v any) any { return reflect.New(reflect.TypeOf(v).Elem()).Interface() }

func join(remedies ...string) string {
	var said []string
	for _, r := range remedies {
		if r != "" {
			said = append(said, r)
		}
	}
	return strings.Join(said, "; ")
}
