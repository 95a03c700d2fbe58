package mail

import (
	"bytes"
	"mime"
	"net/mail"
	"slices"
	"strings"

	"foia/internal/lazy"
)

// field is one of a head, in the order of the message.
type field struct{ name, value string }

// head are the fields of a message or of a part.
type head []field

// readHead reads a head, as far as it is one: lines that are no fields go on with the one before, as programs
// that break them wrongly mean it. The head of a part may be missing altogether. It returns where the head
// ends, and whether it was longer than is read.
func readHead(raw []byte, at int, optional bool, isBoundary func([]byte) bool) (h head, end int, long bool) {
	begin := at
	for at < len(raw) {
		line := raw[at:]
		if i := bytes.IndexByte(line, '\n'); i >= 0 {
			line = line[:i+1]
		}
		if isBoundary(line) {
			return h, at, long
		}
		if at += len(line); at-begin > mostHead || len(h) > mostFields {
			long = true
			if len(bytes.TrimRight(line, "\r\n")) == 0 {
				return h, at, long
			}
			continue
		}
		text := bytes.TrimRight(line, "\r\n")
		if len(text) == 0 {
			return h, at, long
		}
		name, value, ok := bytes.Cut(text, []byte(":"))
		name = bytes.TrimRight(name, " \t")
		switch {
		case len(h) > 0 && len(h[len(h)-1].value) > mostField && (text[0] == ' ' || !ok):
			long = true
		case (text[0] == ' ' || text[0] == '\t') && len(h) > 0:
			h[len(h)-1].value += "\n" + string(bytes.TrimSpace(text))
		case ok && isName(name):
			h = append(h, field{strings.ToLower(string(name)), string(bytes.TrimSpace(value))})
		case len(h) > 0:
			h[len(h)-1].value += " " + string(bytes.TrimSpace(text))
		case optional:
			return nil, begin, false // no head at all: the text begins here
		}
	}
	return h, at, long
}

func isName(b []byte) bool {
	for _, c := range b {
		if c <= ' ' || c >= 0x7f {
			return false
		}
	}
	return len(b) > 0 && len(b) < 100
}

// get is a field as it was written, on one line; the first, if there are several.
func (h head) get(name string) string {
	for _, f := range h {
		if strings.EqualFold(f.name, name) {
			return strings.ReplaceAll(f.value, "\n", " ")
		}
	}
	return ""
}

func (h head) all(name string) (out []string) {
	for _, f := range h {
		if strings.EqualFold(f.name, name) {
			out = append(out, strings.ReplaceAll(f.value, "\n", " "))
		}
	}
	return out
}

// text is a field as a person reads it, on one line.
func (h head) text(name string) string {
	return oneLine(decodeWords(h.get(name)))
}

const longestField = 4 << 10

func oneLine(s string) string {
	s = strings.Join(strings.Fields(clean(s)), " ")
	if len(s) > longestField {
		s = strings.ToValidUTF8(s[:longestField], "") + " …"
	}
	return s
}

var aroundID = lazy.Pattern(`<([^<>\s]{1,998})>`)

// id is a field that names a message, without its brackets.
func (h head) id(name string) string {
	v := h.get(name)
	if m := aroundID.RE().FindStringSubmatch(v); m != nil {
		return clean(m[1])
	}
	if v = strings.Trim(oneLine(v), "<> "); strings.ContainsAny(v, " ") || !strings.Contains(v, "@") {
		return ""
	}
	return v
}

// references are the messages that it answers: what it replies to, then the others from the last to the first.
func (h head) references() (out []string) {
	const most = 100
	add := func(all [][]string) {
		for _, m := range all {
			if id := clean(m[1]); !slices.Contains(out, id) && len(out) < most {
				out = append(out, id)
			}
		}
	}
	add(aroundID.RE().FindAllStringSubmatch(h.get("In-Reply-To"), most))
	rest := aroundID.RE().FindAllStringSubmatch(h.get("References"), 10*most)
	slices.Reverse(rest)
	add(rest)
	return out
}

// sender is who sent it.
func (h head) sender(m *Message) Address {
	for _, name := range []string{"From", "Sender", "ReplyTo", "Reply-To"} {
		v := h.get(name)
		if v == "" {
			continue
		}
		all := addresses(v)
		if len(all) == 0 {
			all = []Address{{Name: strings.Trim(oneLine(decodeWords(v)), `" `)}}
		}
		if name != "From" {
			m.warn("it does not say who wrote it; the sender is that of %s", name)
		}
		if all[0].Address == "" {
			m.warn("its sender has no address")
		}
		return all[0]
	}
	m.warn("it does not say who wrote it")
	return Address{}
}

const mostAddresses = 200

func (h head) addresses(name string) (out []Address) {
	for _, v := range h.all(name) {
		out = append(out, addresses(v)...)
		if len(out) > mostAddresses {
			return out[:mostAddresses]
		}
	}
	return out
}

var anAddress = lazy.Pattern(`[^\s<>()\[\]:;,"'@]{1,64}@[^\s<>()\[\]:;,"'@]{1,255}`)

// addresses reads a list of addresses; what is malformed gives what looks like one.
func addresses(v string) (out []Address) {
	if len(v) > 64<<10 {
		v = v[:64<<10]
	}
	parser := mail.AddressParser{WordDecoder: &mime.WordDecoder{CharsetReader: charsetReader}}
	if all, err := parser.ParseList(v); err == nil {
		for _, a := range all {
			out = append(out, Address{oneLine(decodeWords(a.Name)), oneLine(a.Address)})
		}
		return out
	}
	v = oneLine(decodeWords(v))
	at := 0
	for _, found := range anAddress.RE().FindAllStringIndex(v, mostAddresses) {
		name := strings.Trim(v[at:found[0]], ` <>,;"'()`+"\t")
		if strings.Contains(name, ":") { // of a group: undisclosed-recipients:
			name = ""
		}
		out = append(out, Address{name, strings.Trim(v[found[0]:found[1]], ".")})
		at = found[1]
	}
	return out
}
