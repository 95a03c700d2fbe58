package remedy

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// DidYouMean asks whether one of the names was meant that come near to what somebody
// wrote, and then says what to do otherwise. Without any it says only that.
func DidYouMean(near []string, otherwise string) string {
	if len(near) == 0 {
		return otherwise
	}
	return strings.TrimSpace("did you mean " + strings.Join(near, ", ") + "? " + Capital(otherwise))
}

// Capital begins a text with a capital letter.
func Capital(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	if size == 0 || first == utf8.RuneError {
		return text
	}
	return string(unicode.ToUpper(first)) + text[size:]
}

// Counted is a number with what is counted: 1 day, 12 days.
func Counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return strconv.Itoa(n) + " " + what + "s"
}
