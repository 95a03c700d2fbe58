package received

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode"

	"foia/internal/mail"
)

// File is a file that came with a message, or with a message that is attached to it.
type File struct {
	Name   string // one that any system can have
	Sent   string // the name under which it was sent, if that is another one
	Type   string
	Place  string // in the message: 2.1 is the first part of the second; after a slash, in the message there
	Size   int
	SHA256 string
	Data   []byte
	Mail   *mail.Message // for a message; nil: it is none
}

// Message is the place of the message that it is within; empty: it is the one that was kept.
func (f File) Message() string {
	i := max(0, strings.LastIndexByte(f.Place, '/'))
	return f.Place[:i]
}

// Bound tells whether it is pages, or a message, that a record binds by itself.
func (f File) Bound() bool { return f.Type == "application/pdf" || f.Mail != nil }

// Says is what it is, in words.
func (f File) Says() string {
	s := f.Type + ", " + BytesOf(int64(f.Size))
	if strings.HasSuffix(strings.ToLower(f.Name), ".pdf") && f.Type != "application/pdf" {
		s += ", not a PDF, whatever its name says"
	}
	if f.Sent != "" {
		s += ", sent under the name “" + f.Sent + "”"
	}
	return s
}

// Enclosed are the files of a message and of those attached to it, each message before its own.
func Enclosed(m *mail.Message) []File { return enclosed(m, "", true) }

// enclosed are the files of a message; one that it has several times under one name is there once.
func enclosed(m *mail.Message, within string, deep bool) (out []File) {
	seen := map[string]bool{}
	for _, p := range m.Parts {
		sum := sha256.Sum256(p.Data)
		f := File{Name: p.Name, Type: Shown(p.Type), Place: within + p.Place, Size: len(p.Data), SHA256: hex.EncodeToString(sum[:]),
			Data: p.Data}
		if p.Original != "" && p.Original != p.Name {
			f.Sent = Shown(p.Original)
		}
		f.Mail = p.Message
		key := f.SHA256 + p.Original
		if seen[key] {
			continue
		}
		seen[key] = true
		out = append(out, f)
		if p.Message != nil && deep {
			out = append(out, enclosed(p.Message, f.Place+"/", true)...)
		}
	}
	return out
}

// BytesOf is a size in words.
func BytesOf(n int64) string {
	switch {
	case n == 1:
		return "1 byte"
	case n < 1<<10:
		return fmt.Sprintf("%d bytes", n)
	case n < 1<<20:
		return fmt.Sprintf("%d KB", n>>10)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
}

// Shown is a text without what would turn it around or cannot be seen: those characters stand there by their
// numbers. Line ends within it become blanks.
func Shown(s string) string {
	clean := true
	for _, r := range s {
		if r == unicode.ReplacementChar || unseen(r) {
			clean = false
			break
		}
	}
	if clean {
		return s
	}
	var out strings.Builder
	for _, r := range strings.ToValidUTF8(s, "\ufffd") {
		switch {
		case r == '\n' || r == '\r':
			out.WriteByte(' ')
		case r == '\u00ad' || r == '\u200b' || r == '\u200c' || r == '\u200d' || r == '\u2060' || r == '\ufeff':
			// They only say where a line may break, or join letters.
		case unseen(r):
			fmt.Fprintf(&out, "[U+%04X]", r)
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}

func unseen(r rune) bool {
	return r != '\t' && unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u2028' || r == '\u2029'
}
