package mail

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"strings"
)

// decoded takes off the encoding for transfer (RFC 2045, 6). What is wrongly encoded gives what can be read of it.
func (m *Message) decoded(p *part) []byte {
	encoding := strings.ToLower(strings.Trim(p.head.get("Content-Transfer-Encoding"), " \t\"';"))
	switch encoding {
	case "quoted-printable":
		return unQuoted(p.body, false)
	case "base64":
		if strings.HasPrefix(p.kind, "text/") && isPlain(p.body) {
			m.warn("its text says that it is encoded (base64), but it is not")
			return p.body
		}
		return unBase64(p.body)
	case "", "7bit", "8bit", "binary":
		return p.body
	case "x-uuencode", "uuencode", "x-uue":
		m.warn("a part of it is uuencoded, and was not read; the message holds it")
		return p.body
	}
	m.warn("a part of it is encoded in a way that is not known (%s); it was taken as it is", oneLine(encoding))
	return p.body
}

// isPlain tells whether a text that is said to be in base64 is words: it has blanks within its lines.
func isPlain(b []byte) bool {
	b = bytes.TrimSpace(b[:min(len(b), 4096)])
	within := 0
	for i := 1; i+1 < len(b); i++ {
		if b[i] == ' ' && b[i-1] > ' ' && b[i+1] > ' ' {
			within++
		}
	}
	return within*40 > len(b)
}

// unBase64 leaves out what is not base64 (RFC 2045, 6.8), and goes on after a padding in the middle, which
// programs leave that put pieces together.
func unBase64(b []byte) []byte {
	kept := make([]byte, 0, len(b))
	out := make([]byte, 0, len(b)/4*3+3)
	flush := func() {
		if len(kept)%4 == 1 {
			kept = kept[:len(kept)-1]
		}
		at := len(out)
		out = append(out, make([]byte, base64.RawStdEncoding.DecodedLen(len(kept)))...)
		n, err := base64.RawStdEncoding.Decode(out[at:], kept)
		if err != nil {
			n = 0 // cannot be: only its characters were kept
		}
		out, kept = out[:at+n], kept[:0]
	}
	for _, c := range b {
		switch {
		case isBase64(c):
			kept = append(kept, c)
		case c == '=' && len(kept) > 0:
			flush()
		}
	}
	flush()
	return out
}

// unQuoted reads quoted-printable; in a field, there are no lines. An equals sign that begins nothing is kept.
func unQuoted(b []byte, inField bool) []byte {
	out := make([]byte, 0, len(b))
	for len(b) > 0 {
		i := bytes.IndexByte(b, '=')
		if i < 0 {
			break
		}
		out = append(out, b[:i]...)
		b = b[i:]
		var code [1]byte
		if len(b) >= 3 {
			if _, err := hex.Decode(code[:], b[1:3]); err == nil {
				out, b = append(out, code[0]), b[3:]
				continue
			}
		}
		rest := bytes.TrimLeft(b[1:], " \t")
		switch {
		case !inField && bytes.HasPrefix(rest, []byte("\r\n")):
			b = rest[2:]
		case !inField && (bytes.HasPrefix(rest, []byte("\n")) || len(rest) == 0):
			b = rest[min(1, len(rest)):]
		default:
			out, b = append(out, '='), b[1:]
		}
	}
	return append(out, b...)
}
