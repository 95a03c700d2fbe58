package redact

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
)

// What follows reads a copy as strictly as it is written: a file that could be read in two ways, or has a byte that
// belongs to nothing, is refused.

// value is a part of a PDF's object: a dict, an array, a name, a number as it is written, or a reference.
type value struct {
	dict  map[string]value
	array []value
	name  string
	num   string
	ref   int
}

// object is one of a copy, with the place of its bytes.
type object struct {
	value
	from, to         int64 // the object whole
	streamAt, length int64 // 0: it has no stream
}

// written is a copy as it was read.
type written struct {
	in      io.ReaderAt
	size    int64
	objects []object // by number
	root    int
}

const (
	copyHead    = "%PDF-1.4\n%\xE2\xE3\xCF\xD3\n"
	mostInDict  = 1 << 20 // bytes of an object without its stream
	mostObjects = 10*MostPages + 1000
)

// readCopy reads the frame of a copy: head, objects one after another, table, end, and nothing else.
func readCopy(in io.ReaderAt, size int64) (*written, error) {
	w := &written{in: in, size: size, objects: []object{{}}}
	s := &source{in: in, size: size}
	if !s.take(copyHead) {
		return nil, errors.New("it does not begin as a copy does")
	}
	byNumber := map[int]object{}
	for !s.peek("xref\n") {
		n, o, err := s.object()
		if err != nil {
			return nil, fmt.Errorf("at byte %d: %w", s.at, err)
		}
		if _, again := byNumber[n]; again || n < 1 || n > mostObjects {
			return nil, fmt.Errorf("object %d is there twice, or is out of order", n)
		}
		byNumber[n] = o
	}
	table := s.at
	s.take("xref\n")
	if !s.take(fmt.Sprintf("0 %d\n0000000000 65535 f \n", len(byNumber)+1)) {
		return nil, errors.New("its table of objects is not as it is written")
	}
	for n := 1; n <= len(byNumber); n++ {
		o, ok := byNumber[n]
		if !ok || !s.take(fmt.Sprintf("%010d 00000 n \n", o.from)) {
			return nil, fmt.Errorf("its table of objects is wrong for object %d", n)
		}
		w.objects = append(w.objects, o)
	}
	if !s.take(fmt.Sprintf("trailer\n<</Size %d/Root ", len(byNumber)+1)) {
		return nil, errors.New("its trailer is not as it is written")
	}
	var err error
	if w.root, err = s.number(); err != nil || w.root >= len(w.objects) {
		return nil, errors.New("its trailer is not as it is written")
	}
	if !s.take(fmt.Sprintf(" 0 R >>\nstartxref\n%d\n%%%%EOF\n", table)) || s.at != size {
		return nil, errors.New("something follows its end")
	}
	return w, nil
}

// source is read from a place.
type source struct {
	in   io.ReaderAt
	size int64
	at   int64
	have []byte // from at on
}

// need has n bytes at hand, or as many as there are.
func (s *source) need(n int) []byte {
	if len(s.have) < n {
		buffer := make([]byte, min(max(int64(n), 8<<10), s.size-s.at))
		got, _ := s.in.ReadAt(buffer, s.at) // what cannot be read is not there, and what is missing is an error
		s.have = buffer[:got]
	}
	return s.have[:min(n, len(s.have))]
}

func (s *source) peek(text string) bool { return string(s.need(len(text))) == text }

func (s *source) skip(n int64) {
	s.at += n
	s.have = s.have[min(n, int64(len(s.have))):]
}

func (s *source) take(text string) bool {
	ok := s.peek(text)
	if ok {
		s.skip(int64(len(text)))
	}
	return ok
}

var errForm = errors.New("something is there that a copy does not have")

func (s *source) number() (int, error) {
	digits := 0
	b := s.need(12)
	for digits < len(b) && b[digits] >= '0' && b[digits] <= '9' {
		digits++
	}
	n, err := strconv.Atoi(string(b[:digits]))
	if err != nil {
		return 0, errForm
	}
	s.skip(int64(digits))
	return n, nil
}

// object reads an object.
func (s *source) object() (n int, o object, err error) {
	o.from = s.at
	if n, err = s.number(); err != nil || !s.take(" 0 obj\n") {
		return 0, o, errForm
	}
	body := s.need(mostInDict)
	v, rest, err := readValue(body, 0)
	if err != nil {
		return 0, o, err
	}
	o.value = v
	s.skip(int64(len(body) - len(rest)))
	if s.take("stream\n") {
		length, err := strconv.ParseInt(o.dict["Length"].num, 10, 64)
		if err != nil || length < 0 || length > s.size-s.at {
			return 0, o, errForm
		}
		o.streamAt, o.length = s.at, length
		s.skip(length)
		if !s.take("\nendstream") {
			return 0, o, errForm
		}
	}
	if !s.take("\nendobj\n") {
		return 0, o, errForm
	}
	o.to = s.at
	return n, o, nil
}

// readValue reads what stands at the beginning of b. There are no texts, no comments and no other words.
func readValue(b []byte, depth int) (v value, rest []byte, err error) {
	switch {
	case depth > 6 || len(b) == 0:
		return v, nil, errForm
	case bytes.HasPrefix(b, []byte("<<")):
		return readDict(b[2:], depth)
	case b[0] == '[':
		return readArray(b[1:], depth)
	case b[0] == '/':
		n := 1
		for n < len(b) && isWord(b[n]) {
			n++
		}
		v.name = string(b[1:n])
		return v, b[n:], nil
	}
	n := 0
	for n < len(b) && (b[n] >= '0' && b[n] <= '9' || b[n] == '.' || b[n] == '-') {
		n++
	}
	if n == 0 {
		return v, nil, errForm
	}
	v.num = string(b[:n])
	if after, ok := bytes.CutPrefix(b[n:], []byte(" 0 R")); ok {
		if v.ref, err = strconv.Atoi(v.num); err != nil || v.ref < 1 {
			return v, nil, errForm
		}
		v.num, b, n = "", after, 0
	}
	return v, bytes.TrimLeft(b[n:], " "), nil
}

func isWord(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

func readDict(b []byte, depth int) (v value, rest []byte, err error) {
	v.dict = map[string]value{}
	for !bytes.HasPrefix(b, []byte(">>")) {
		var key, inner value
		if key, b, err = readValue(b, depth+1); err != nil || key.name == "" {
			return v, nil, errForm
		}
		if inner, b, err = readValue(bytes.TrimPrefix(b, []byte(" ")), depth+1); err != nil {
			return v, nil, err
		}
		if _, twice := v.dict[key.name]; twice {
			return v, nil, errForm
		}
		v.dict[key.name] = inner
	}
	return v, b[2:], nil
}

func readArray(b []byte, depth int) (v value, rest []byte, err error) {
	v.array = []value{}
	for !bytes.HasPrefix(b, []byte("]")) {
		var inner value
		if inner, b, err = readValue(b, depth+1); err != nil {
			return v, nil, err
		}
		v.array = append(v.array, inner)
	}
	return v, b[1:], nil
}
