package mail

import (
	"bytes"
	"path"
	"strconv"
	"strings"
	"unicode"
)

// attach keeps a file.
func (c *content) attach(p *part, name string, data []byte) {
	kind := kindOf(p.kind, data)
	c.m.Parts = append(c.m.Parts, Part{
		Name: c.freeName(fileName(name, kind, len(c.m.Parts)+1)), Original: clean(name), Type: kind, Place: placeOf(p), Data: data})
	switch kind {
	case "application/ms-tnef":
		c.m.warn("its attachments are packed in a way that only Outlook reads (%s); ask for them again, as PDF", c.m.lastName())
	case "application/pkcs7-mime", "application/x-pkcs7-mime":
		if strings.Contains(strings.ToLower(p.parms["smime-type"]), "signed") {
			c.m.warn("it is within a signature (S/MIME) that was not opened; open it in your mail program")
		} else {
			c.m.warn("it is encrypted (S/MIME); open it in the mail program that has the key")
		}
	case "application/pgp-encrypted":
		c.m.warn("it is encrypted (PGP); open it in the mail program that has the key")
	}
	if len(data) == 0 {
		c.m.warn("%s is empty", c.m.lastName())
	}
}

func (m *Message) lastName() string { return m.Parts[len(m.Parts)-1].Name }

func placeOf(p *part) string {
	if p.place == "" {
		return "0"
	}
	return p.place
}

// signs are how files begin, whatever they are called.
var signs = [...]struct{ begin, kind string }{
	{"\x89PNG\r\n\x1a\n", "image/png"}, {"\xff\xd8\xff", "image/jpeg"}, {"GIF8", "image/gif"}, {"II*\x00", "image/tiff"},
	{"MM\x00*", "image/tiff"}, {"{\\rtf", "application/rtf"}, {"\x78\x9f\x3e\x22", "application/ms-tnef"},
}

// kindOf is what a file is.
func kindOf(said string, data []byte) string {
	if strings.HasPrefix(said, "message/") {
		return said // whatever it has within
	}
	if bytes.Contains(data[:min(len(data), 1024)], []byte("%PDF-")) {
		return "application/pdf"
	}
	for _, s := range signs {
		if bytes.HasPrefix(data, []byte(s.begin)) {
			return s.kind
		}
	}
	generic := said == "application/octet-stream" || said == "text/plain" || !strings.Contains(said, "/")
	switch {
	case said == "application/vnd.ms-tnef":
		return "application/ms-tnef"
	case said == "application/pdf" || said == "application/x-pdf":
		return "application/octet-stream" // it says so, and is none
	case generic && bytes.HasPrefix(data, []byte("PK\x03\x04")):
		return "application/zip"
	case generic && bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")):
		return "application/x-ole-storage"
	case said == "":
		return "application/octet-stream"
	}
	return said
}

// endings are those of files that come without a name.
func ending(kind string) string {
	switch kind {
	case "application/pdf":
		return ".pdf"
	case "image/png", "image/gif", "image/tiff":
		return "." + strings.TrimPrefix(kind, "image/")
	case "image/jpeg":
		return ".jpg"
	case "text/plain":
		return ".txt"
	case "text/html":
		return ".html"
	case "text/calendar":
		return ".ics"
	case "application/zip":
		return ".zip"
	case "application/ms-tnef":
		return ".dat"
	case "message/rfc822":
		return ".eml"
	}
	return ".bin"
}

const longestName = 120 // bytes, which every file system takes with a folder's name before it

// fileName is a name for a file: one that any system can have, in one folder, and no other than it looks.
func fileName(s, kind string, n int) string {
	s = oneLine(s)
	s = s[strings.LastIndexAny(s, `/\`)+1:]
	s = strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(`<>:"|?*`, r):
			return '-'
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == unicode.ReplacementChar || r >= 0xe000 && r <= 0xf8ff:
			return -1
		case unicode.IsSpace(r):
			return ' '
		}
		return r
	}, s)
	s = strings.Trim(s, " .")
	if s == "" || strings.Trim(s, "-_ ") == "" {
		return "attachment-" + strconv.Itoa(n) + ending(kind)
	}
	stem, ext := cutName(s)
	if isDevice(stem) {
		stem = "_" + stem
	}
	if len(ext) > 20 {
		stem, ext = stem+ext, ""
	}
	if most := longestName - len(ext); len(stem) > most {
		stem = strings.TrimRight(strings.ToValidUTF8(stem[:most], ""), " .")
	}
	if kind == "application/pdf" && !strings.EqualFold(ext, ".pdf") {
		ext += ".pdf"
	}
	return stem + ext
}

func cutName(s string) (stem, ext string) {
	ext = path.Ext(s)
	return s[:len(s)-len(ext)], ext
}

// isDevice tells whether Windows takes a name for a device.
func isDevice(stem string) bool {
	stem, _, _ = strings.Cut(strings.ToLower(strings.TrimSpace(stem)), ".")
	switch strings.TrimRight(stem, " ") {
	case "con", "prn", "aux", "nul", "conin$", "conout$":
		return true
	}
	return len(stem) == 4 && (strings.HasPrefix(stem, "com") || strings.HasPrefix(stem, "lpt")) && stem[3] >= '0' && stem[3] <= '9'
}

// freeName numbers a name that another file of the message has.
func (c *content) freeName(s string) string {
	if c.names == nil {
		c.names = map[string]int{}
	}
	stem, ext := cutName(s)
	first := strings.ToLower(s)
	for c.names[strings.ToLower(s)] > 0 {
		c.names[first]++
		s = stem + "-" + strconv.Itoa(c.names[first]) + ext
	}
	c.names[strings.ToLower(s)] = 1
	return s
}
