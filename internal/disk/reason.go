package disk

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Reason is why something failed, without the path, which whoever says it gives: the word of
// the system, or for what happens every day the same word on all of them.
func Reason(err error) string {
	var path *fs.PathError
	if errors.As(err, &path) {
		return word(path.Err)
	}
	var link *os.LinkError
	if errors.As(err, &link) {
		return word(link.Err)
	}
	return err.Error()
}

// asPart makes a part of a sentence of a sentence, which Windows says: “The process cannot
// access the file.” What begins with an abbreviation keeps its capitals.
func asPart(sentence string) string {
	s := strings.TrimRight(sentence, ". \r\n")
	if s == "" {
		return ""
	}
	first, n := utf8.DecodeRuneInString(s)
	second, _ := utf8.DecodeRuneInString(s[n:])
	if unicode.IsUpper(second) {
		return s
	}
	return string(unicode.ToLower(first)) + s[n:]
}
