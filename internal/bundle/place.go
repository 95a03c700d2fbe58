package bundle

import (
	"fmt"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"foia/internal/disk"
)

const requestsDir = "requests/"

// places are the paths that a bundle has so far, as a disk sees them that does not
// tell upper from lower case nor é from e with an accent.
type places struct {
	files, folders map[string]bool
}

func newPlaces() *places {
	p := &places{files: map[string]bool{}, folders: map[string]bool{}}
	p.take(ManifestName)
	return p
}

func fold(path string) string { return strings.ToLower(norm.NFC.String(path)) }

// take keeps a path for a file. It returns false if a file or folder is there already.
func (p *places) take(name string) bool {
	key := fold(name)
	if p.files[key] || p.folders[key] {
		return false
	}
	var above []string
	for dir := path.Dir(key); dir != "."; dir = path.Dir(dir) {
		if p.files[dir] {
			return false
		}
		above = append(above, dir)
	}
	for _, dir := range above {
		p.folders[dir] = true
	}
	p.files[key] = true
	return true
}

// find keeps a path below a folder for a name of the log. If it is taken, the name
// gets a number; if one of its folders is a file, its slashes are written as %2F.
func (p *places) find(dir, name string) string {
	safe := safePath(name)
	if p.take(dir + safe) {
		return dir + safe
	}
	safe = strings.ReplaceAll(safe, "/", "%2F")
	ext := path.Ext(safe)
	for n := 2; ; n++ {
		if place := fmt.Sprintf("%s%s~%d%s", dir, strings.TrimSuffix(safe, ext), n, ext); p.take(place) {
			return place
		}
	}
}

// longestName is what file systems take, less room for a number.
const longestName = 200

// safePath writes a name of the log, which nobody should trust, as a path that stays
// below its folder on every system: no part is empty, "." or "..", none has a
// character that a system reads otherwise or a screen hides, and none is a device of
// Windows. What is not safe is written as % and two hex digits for each byte.
func safePath(name string) string {
	parts := strings.Split(name, "/")
	for i, part := range parts {
		parts[i] = safePart(part)
	}
	return strings.Join(parts, "/")
}

func safePart(part string) string {
	if part == "" {
		return "%"
	}
	var b strings.Builder
	for i := 0; i < len(part); {
		r, n := utf8.DecodeRuneInString(part[i:])
		if unsafe(r, n) || strings.Trim(part[i:], ". ") == "" || i == 0 && disk.Device(part) {
			for _, c := range []byte(part[i : i+n]) {
				fmt.Fprintf(&b, "%%%02X", c)
			}
		} else {
			b.WriteString(part[i : i+n])
		}
		i += n
	}
	safe := b.String()
	if len(safe) > longestName {
		ext := path.Ext(safe)
		if len(ext) > 10 || strings.ContainsRune(ext, '%') {
			ext = ""
		}
		begin := strings.ToValidUTF8(safe[:longestName-20-len(ext)], "")
		return begin + "~" + hexSum([]byte(part))[:16] + ext
	}
	return safe
}

// unsafe tells whether a character may not be in a path: control and format
// characters (such as those that turn the direction of writing), and those that
// Windows refuses.
func unsafe(r rune, size int) bool {
	return r == utf8.RuneError && size == 1 || unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Co) ||
		strings.ContainsRune(`\:*?"<>|%`, r)
}
