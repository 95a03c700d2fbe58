package pdf

import (
	"strconv"
	"unicode/utf16"
)

// objects writes the objects of a PDF one after the other and notes where they
// begin (ISO 32000-1, 7.3.10 and 7.5.4).
type objects struct {
	out     []byte
	offsets []int // by number; 0 is not used
	numbers int
}

// number reserves the number of an object.
func (o *objects) number() int {
	o.numbers++
	return o.numbers
}

// object writes one object.
func (o *objects) object(n int, write func()) {
	o.offsets[n] = len(o.out)
	o.int(n)
	o.raw(" 0 obj\n")
	write()
	o.raw("\nendobj\n")
}

// Write appends bytes; it cannot fail.
func (o *objects) Write(b []byte) (int, error) {
	o.out = append(o.out, b...)
	return len(b), nil
}

func (o *objects) raw(s string)    { o.out = append(o.out, s...) }
func (o *objects) int(n int)       { o.out = strconv.AppendInt(o.out, int64(n), 10) }
func (o *objects) float(v float64) { o.out = append(appendNumber(o.out, v), ' ') }
func (o *objects) ref(n int)       { o.int(n); o.raw(" 0 R ") }
func (o *objects) entry(key string, n int) {
	o.raw(key)
	o.raw(" ")
	o.int(n)
}
func (o *objects) refEntry(key string, n int) {
	o.raw(key)
	o.raw(" ")
	o.ref(n)
}

// text writes a string for people: as it is if it is ASCII, else in UTF-16 (ISO
// 32000-1, 7.9.2.2).
func (o *objects) text(s string) {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			o.utf16(s)
			return
		}
	}
	o.out = append(o.out, '(')
	for i := range len(s) {
		if c := s[i]; c == '(' || c == ')' || c == '\\' {
			o.out = append(o.out, '\\')
		}
		o.out = append(o.out, s[i])
	}
	o.out = append(o.out, ')')
}

func (o *objects) utf16(s string) {
	const digits = "0123456789ABCDEF"
	o.raw("<FEFF")
	var units [2]uint16
	for _, r := range s {
		for _, u := range utf16.AppendRune(units[:0], r) {
			o.out = append(o.out, digits[u>>12], digits[u>>8&15], digits[u>>4&15], digits[u&15])
		}
	}
	o.raw(">")
}
