package mail

import (
	"encoding/hex"
	"mime"
	"strings"

	"foia/internal/lazy"
)

var encodedWord = lazy.Pattern(`=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=`)

// decodeWords reads a field as it is meant (RFC 2047). Words that follow each other in one charset are read as
// one, since programs cut characters in two; what is neither encoded nor ASCII is read as what it looks like.
func decodeWords(v string) string {
	for range 2 { // some programs encode what is encoded
		found := encodedWord.RE().FindAllStringSubmatchIndex(v, -1)
		if found == nil {
			break
		}
		v = decodeFound(v, found)
	}
	return decodeText([]byte(v), "")
}

func decodeFound(v string, found [][]int) string {
	var out strings.Builder
	var run []byte
	charset, at := "", 0
	flush := func() {
		out.WriteString(decodeText(run, charset))
		run = nil
	}
	for _, f := range found {
		between := v[at:f[0]]
		next := strings.ToLower(v[f[2]:f[3]])
		next, _, _ = strings.Cut(next, "*") // RFC 2231, 5: with a language
		blank := strings.TrimSpace(between) == ""
		if len(run) > 0 && (!blank || next != charset) {
			flush()
		}
		if at == 0 || !blank {
			out.WriteString(decodeText([]byte(between), ""))
		}
		charset = next
		if text := v[f[6]:f[7]]; strings.EqualFold(v[f[4]:f[5]], "b") {
			run = append(run, unBase64([]byte(text))...)
		} else {
			run = append(run, unQuoted([]byte(strings.ReplaceAll(text, "_", " ")), true)...)
		}
		at = f[1]
	}
	flush()
	out.WriteString(decodeText([]byte(v[at:]), ""))
	return out.String()
}

// mediaType reads a Content-Type or Content-Disposition. What the standard library refuses is read field by
// field: values with spaces, without quotes, twice, or without a name.
func mediaType(v string) (kind string, parms map[string]string) {
	if len(v) > 16<<10 {
		v = v[:16<<10]
	}
	kind, parms, err := mime.ParseMediaType(v)
	if err == nil {
		for name, value := range parms {
			parms[name] = decodeWords(value)
		}
		return kind, parms
	}
	pieces := fieldsOf(v)
	parms = map[string]string{}
	if !strings.Contains(pieces[0], "=") {
		kind = strings.ToLower(strings.TrimSpace(pieces[0]))
		kind, _, _ = strings.Cut(kind, " ")
	}
	for _, piece := range pieces {
		name, value, ok := strings.Cut(piece, "=")
		name = strings.ToLower(strings.TrimSpace(name))
		value = strings.Trim(strings.TrimSpace(value), `"`)
		if encoded, is := strings.CutSuffix(name, "*"); is { // RFC 2231, 4
			name = encoded
			if p := strings.SplitN(value, "'", 3); len(p) == 3 {
				value = decodeText(unPercent(p[2]), p[0])
			}
		}
		if ok && name != "" && parms[name] == "" && len(parms) < 50 {
			parms[name] = decodeWords(value)
		}
	}
	return kind, parms
}

// fieldsOf cuts a field at its semicolons, but for those in quotes.
func fieldsOf(v string) (out []string) {
	from, quoted := 0, false
	for i := range len(v) {
		switch {
		case v[i] == '"':
			quoted = !quoted
		case v[i] == ';' && !quoted:
			out = append(out, v[from:i])
			from = i + 1
		}
	}
	return append(out, v[from:])
}

func unPercent(s string) (out []byte) {
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			if b, err := hex.DecodeString(s[i+1 : i+3]); err == nil {
				out = append(out, b[0])
				i += 2
				continue
			}
		}
		out = append(out, s[i])
	}
	return out
}
