package workspace

import (
	"path"
	"strings"

	"foia/internal/entered"
)

// RequestFolder is the folder of a request, below the workspace: its name begins with the id,
// by which Recover finds the request, and ends as a person may read it.
func RequestFolder(id, slug string) string { return path.Join(RequestsDir, id+"-"+slug) }

// maxSlug keeps the paths of requests short enough for every file system.
const maxSlug = 48

// Slug makes the readable end of a folder's name from whatever was typed: only
// lower-case letters, digits and single hyphens are left. Letters lose their accents.
func Slug(parts ...string) string {
	var b strings.Builder
	hyphen := true // none at the start
	for _, r := range strings.ToLower(entered.Unaccented(beginning(strings.Join(parts, " ")))) {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			b.WriteRune(r)
			hyphen = false
		} else if !hyphen {
			b.WriteByte('-')
			hyphen = true
		}
	}
	s := b.String()
	if len(s) > maxSlug {
		s = s[:maxSlug]
		if i := strings.LastIndexByte(s, '-'); i > maxSlug/2 {
			s = s[:i]
		}
	}
	if s = strings.Trim(s, "-"); s == "" {
		return "request"
	}
	return s
}

// beginning is as much of a text as can end in the name of a folder.
func beginning(s string) string {
	if most := 8 * maxSlug; len(s) > most {
		return strings.ToValidUTF8(s[:most], "")
	}
	return s
}
