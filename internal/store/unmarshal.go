package store

import (
	"encoding"
	"encoding/json"
	"reflect"
	"strings"
	"sync"
	"unicode/utf8"

	"foia/internal/workday"
)

// A list of a whole log reads one standing after the other, and encoding/json takes most of
// that time. What is kept was written by this program, so that most of what JSON may be does
// not occur in it: no spaces, no names but those of the fields, in their order. That is read
// here, several times as fast. Whatever else it is, encoding/json reads it or refuses it.

// unmarshal reads JSON that was kept into what a pointer points to. The texts in it are parts of
// the JSON, unless they are to be its own: who keeps one of them keeps all of the JSON.
func unmarshal(text string, own bool, into any) error {
	v := reflect.ValueOf(into).Elem()
	k := keptJSON{text: text, own: own}
	if readerOf(v.Type())(&k, v) && k.at == len(text) {
		return nil
	}
	v.SetZero()
	return json.Unmarshal([]byte(text), into)
}

// keptJSON is JSON, and how far it has been read.
type keptJSON struct {
	text string
	at   int
	own  bool // texts are copied
}

// reader reads a value; false: it is none that is read here.
type reader func(k *keptJSON, v reflect.Value) bool

// readers are those of the types that were read, which are few.
var readers sync.Map

func readerOf(t reflect.Type) reader {
	if known, ok := readers.Load(t); ok {
		return known.(reader)
	}
	made := newReader(t)
	readers.Store(t, made)
	return made
}

func unread(*keptJSON, reflect.Value) bool { return false }

func newReader(t reflect.Type) reader {
	at := reflect.PointerTo(t)
	switch {
	case t == reflect.TypeFor[workday.Date]():
		return readDate
	case at.Implements(reflect.TypeFor[json.Unmarshaler]()):
		return readNull
	case at.Implements(reflect.TypeFor[encoding.TextUnmarshaler]()):
		return readText
	case t == reflect.TypeFor[map[string]string]():
		return readMap
	}
	switch t.Kind() {
	case reflect.String:
		return func(k *keptJSON, v reflect.Value) bool {
			s, ok := k.string()
			v.SetString(s)
			return ok
		}
	case reflect.Bool:
		return readBool
	case reflect.Int, reflect.Int64:
		return readInt
	case reflect.Pointer:
		return pointerReader(t)
	case reflect.Slice:
		return sliceReader(t)
	case reflect.Struct:
		return structReader(t)
	}
	return unread
}

// next tells whether a sign comes next, and reads it.
func (k *keptJSON) next(sign byte) bool {
	if k.at < len(k.text) && k.text[k.at] == sign {
		k.at++
		return true
	}
	return false
}

// word tells whether a word comes next, and reads it.
func (k *keptJSON) word(word string) bool {
	if strings.HasPrefix(k.text[k.at:], word) {
		k.at += len(word)
		return true
	}
	return false
}

func (k *keptJSON) string() (s string, ok bool) {
	if !k.next('"') {
		return "", false
	}
	var seen byte // of all bytes, the bits that any has
	escaped := false
	for i := k.at; i < len(k.text); i++ {
		c := k.text[i]
		switch {
		case c == '"':
			s, k.at = k.text[k.at:i], i+1
			if k.own {
				s = strings.Clone(s)
			}
			switch {
			case escaped:
				return unescaped(k.text[k.at-len(s)-2 : k.at])
			case seen >= utf8.RuneSelf:
				return s, utf8.ValidString(s)
			}
			return s, true
		case c == '\\':
			escaped = true
			i++ // whatever is escaped, it does not end the text
		case c < ' ':
			return "", false
		}
		seen |= c
	}
	return "", false
}

func unescaped(quoted string) (s string, ok bool) {
	err := json.Unmarshal([]byte(quoted), &s)
	return s, err == nil
}

func readDate(k *keptJSON, v reflect.Value) bool {
	s, ok := k.string()
	if !ok || s == "" {
		return ok
	}
	d, err := workday.ParseDate(s)
	*v.Addr().Interface().(*workday.Date) = d
	return err == nil
}

func readText(k *keptJSON, v reflect.Value) bool {
	s, ok := k.string()
	return ok && v.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(s)) == nil
}

// readNull reads the null of what is JSON itself: no list has anything else of it.
func readNull(k *keptJSON, v reflect.Value) bool {
	return k.word("null") && v.Addr().Interface().(json.Unmarshaler).UnmarshalJSON([]byte("null")) == nil
}

func readBool(k *keptJSON, v reflect.Value) bool {
	truth := k.word("true")
	v.SetBool(truth)
	return truth || k.word("false")
}

func readInt(k *keptJSON, v reflect.Value) bool {
	const most = 15 // digits: more would have to be held against the greatest number
	n, from := int64(0), k.at
	for k.at < len(k.text) && k.text[k.at] >= '0' && k.text[k.at] <= '9' && k.at-from < most {
		n = n*10 + int64(k.text[k.at]-'0')
		k.at++
	}
	v.SetInt(n)
	return k.at-from == 1 || k.at > from && k.text[from] != '0'
}

func pointerReader(t reflect.Type) reader {
	return func(k *keptJSON, v reflect.Value) bool {
		if k.word("null") {
			return true
		}
		v.Set(reflect.New(t.Elem()))
		return readerOf(t.Elem())(k, v.Elem())
	}
}

// few is how many deadlines most requests have.
const few = 6

func sliceReader(t reflect.Type) reader {
	return func(k *keptJSON, v reflect.Value) bool {
		if k.word("null") {
			return true
		}
		if !k.next('[') {
			return false
		}
		read := readerOf(t.Elem())
		if k.next(']') {
			v.Set(reflect.MakeSlice(t, 0, 0))
			return true
		}
		v.Set(reflect.MakeSlice(t, 0, few))
		for n := 0; ; n++ {
			if n == v.Cap() {
				v.Grow(1)
			}
			v.SetLen(n + 1)
			if !read(k, v.Index(n)) {
				return false
			}
			if !k.next(',') {
				return k.next(']')
			}
		}
	}
}

func readMap(k *keptJSON, v reflect.Value) bool {
	if k.word("null") {
		return true
	}
	if !k.next('{') {
		return false
	}
	m := map[string]string{}
	*v.Addr().Interface().(*map[string]string) = m
	if k.next('}') {
		return true
	}
	for {
		name, ok := k.string()
		if !ok || !k.next(':') {
			return false
		}
		if m[name], ok = k.string(); !ok {
			return false
		}
		if !k.next(',') {
			return k.next('}')
		}
	}
}

// keptField is a field of a struct, as its JSON has it.
type keptField struct {
	name  string
	index []int
	read  reader
}

func structReader(t reflect.Type) reader {
	fields, plain := fieldsOf(t, nil)
	if !plain {
		return unread
	}
	return func(k *keptJSON, v reflect.Value) bool {
		if !k.next('{') {
			return false
		}
		if k.next('}') {
			return true
		}
		for n := 0; ; n++ {
			name, ok := k.string()
			for ok && n < len(fields) && fields[n].name != name {
				n++
			}
			if !ok || n == len(fields) || !k.next(':') {
				return false
			}
			field := v.Field(fields[n].index[0])
			for _, i := range fields[n].index[1:] {
				field = field.Field(i)
			}
			if !fields[n].read(k, field) {
				return false
			}
			if !k.next(',') {
				return k.next('}')
			}
		}
	}
}

// fieldsOf are the fields of a struct in the order in which they are written, with those of the
// structs in it that have no name of their own; plain is false if its tags ask for more.
func fieldsOf(t reflect.Type, within []int) (fields []keptField, plain bool) {
	for i := range t.NumField() {
		f := t.Field(i)
		index := append(append([]int{}, within...), i)
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous && name == "" && f.Type.Kind() == reflect.Struct:
			inner, plain := fieldsOf(f.Type, index)
			if !plain {
				return nil, false
			}
			fields = append(fields, inner...)
		case !f.IsExported() || name == "-":
		case name == "" || options != "" && options != "omitempty" && options != "omitzero":
			return nil, false
		default:
			fields = append(fields, keptField{name, index, readerOf(f.Type)})
		}
	}
	return fields, true
}
