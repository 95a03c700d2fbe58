package mail

import (
	"bytes"
	"strconv"
	"strings"
)

// part is a part of a message, as bytes.
type part struct {
	head   head
	kind   string // such as text/plain; in lower case
	parms  map[string]string
	place  string
	body   []byte // without those of its own parts, if it has any
	inside []*part
}

// open is a part that has parts, and whose end was not seen yet.
type open struct {
	*part
	boundary string
	ended    bool // its last part has ended: what follows belongs to nothing
}

// split finds the parts of a message by their boundaries, line by line and once over all of it: what is
// nested costs no more than what is not, and a boundary that is missing ends its part where the next one of
// an outer part stands. No more parts are made than the bounds have.
func (r *reading) split(m *Message, raw []byte) *part {
	s := &splitting{r: r, m: m, raw: raw}
	root := s.begin("")
	leaf, from := root, s.at
	if s.opens(root) {
		leaf = nil
	}
	for s.at < len(raw) {
		start := s.at
		line := s.line()
		level, last := s.boundary(line)
		if level < 0 {
			continue
		}
		if leaf != nil {
			leaf.body = withoutLastEnd(raw[from:start])
		}
		leaf = nil
		s.close(level)
		owner := &s.stack[level]
		if last {
			owner.ended = true
			continue
		}
		owner.ended = false
		if r.parts <= 0 {
			m.warn("it has more than %d parts; the rest was not read", MostParts)
			s.stack = nil
			return root
		}
		place := strconv.Itoa(len(owner.inside) + 1)
		if owner.place != "" {
			place = owner.place + "." + place
		}
		p := s.begin(place)
		owner.inside = append(owner.inside, p)
		if leaf, from = p, s.at; s.opens(p) {
			leaf = nil
		}
	}
	if leaf != nil {
		leaf.body = raw[from:]
	}
	s.close(0)
	if len(s.stack) > 0 && !s.stack[0].ended {
		m.warn("its end is missing: it may have been cut off")
	}
	return root
}

// splitting is the state of that.
type splitting struct {
	r     *reading
	m     *Message
	raw   []byte
	at    int
	stack []open
}

// begin reads the head of a part.
func (s *splitting) begin(place string) *part {
	s.r.parts--
	p := &part{place: place}
	var odd bool
	p.head, s.at, odd = readHead(s.raw, s.at, place != "", s.isBoundary)
	if odd {
		s.m.warn("its head is longer than %d KB; the rest of it was not read", mostHead>>10)
	}
	p.kind, p.parms = mediaType(p.head.get("Content-Type"))
	if p.kind == "" {
		p.kind = "text/plain" // RFC 2045, 5.2
	}
	return p
}

// opens tells whether the parts of a part are to be looked for, and remembers it.
func (s *splitting) opens(p *part) bool {
	if !strings.HasPrefix(p.kind, "multipart/") {
		return false
	}
	boundary := p.parms["boundary"]
	if boundary == "" {
		boundary = s.guessBoundary()
	}
	switch {
	case boundary == "":
		s.m.warn("it says that it has parts, but not where they begin; it was read as one text")
		p.kind = "text/plain"
		return false
	case len(s.stack) >= deepest:
		s.m.warn("its parts are more than %d deep; what is deeper was not read", deepest)
		p.kind = "application/octet-stream"
		return false
	}
	s.stack = append(s.stack, open{part: p, boundary: boundary})
	return true
}

// guessBoundary is the boundary of a part that does not say which it has, if the next line with words is one.
func (s *splitting) guessBoundary() string {
	rest := bytes.TrimLeft(s.raw[s.at:min(len(s.raw), s.at+4096)], "\r\n\t ")
	line, after, ok := bytes.Cut(rest, []byte("\n"))
	name, dashed := strings.CutPrefix(string(bytes.TrimRight(line, " \t\r")), "--")
	if !ok || !dashed || name == "" || !bytes.HasPrefix(bytes.ToLower(after), []byte("content-")) {
		return ""
	}
	return name
}

// close ends the parts that are deeper than a level.
func (s *splitting) close(level int) {
	for len(s.stack) > level+1 {
		if last := s.stack[len(s.stack)-1]; !last.ended {
			s.m.warn("the end of one of its parts is missing; what is there was read")
		}
		s.stack = s.stack[:len(s.stack)-1]
	}
}

// line takes a line.
func (s *splitting) line() []byte {
	rest := s.raw[s.at:]
	if i := bytes.IndexByte(rest, '\n'); i >= 0 {
		rest = rest[:i+1]
	}
	s.at += len(rest)
	return rest
}

func (s *splitting) isBoundary(line []byte) bool {
	level, _ := s.boundary(line)
	return level >= 0
}

// boundary tells whose boundary a line is, and whether it is the last one; -1: nobody's.
func (s *splitting) boundary(line []byte) (level int, last bool) {
	if len(line) < 3 || line[0] != '-' || line[1] != '-' || len(line) > 1000 {
		return -1, false
	}
	name := bytes.TrimRight(line[2:], " \t\r\n")
	for i := len(s.stack) - 1; i >= 0; i-- {
		switch rest, ok := bytes.CutPrefix(name, []byte(s.stack[i].boundary)); {
		case !ok:
		case len(rest) == 0:
			return i, false
		case bytes.HasPrefix(rest, []byte("--")) && (len(rest) == 2 || !isBase64(rest[2]) && rest[2] != '-'):
			return i, true
		}
	}
	return -1, false
}

// withoutLastEnd is a text without the line end that belongs to the boundary after it (RFC 2046, 5.1.1).
func withoutLastEnd(b []byte) []byte {
	b = bytes.TrimSuffix(b, []byte("\n"))
	return bytes.TrimSuffix(b, []byte("\r"))
}

// withoutEnvelope is a message without what a mailbox or a program puts on top of it (RFC 4155).
func withoutEnvelope(raw []byte) []byte {
	raw = bytes.TrimPrefix(raw, []byte("\ufeff"))
	raw = bytes.TrimLeft(raw, "\r\n")
	for bytes.HasPrefix(raw, []byte("From ")) || bytes.HasPrefix(raw, []byte(">From ")) {
		_, rest, ok := bytes.Cut(raw, []byte("\n"))
		if !ok {
			return nil
		}
		raw = rest
	}
	return raw
}
