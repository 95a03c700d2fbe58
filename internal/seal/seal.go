// Package seal is about one line that stands for the whole log: the root of a Merkle
// tree over the hashes of all events so far. Whoever has the line, printed, mailed or
// stamped with a time, can show later that nothing older was changed. It is pure; the
// log is passed in as a way to read its events. VERIFYING.md says how to do the same
// without foia.
package seal

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"foia/internal/lazy"
	"foia/internal/workday"
)

// Seal is what a line says.
type Seal struct {
	Day      workday.Date // on which it was taken, by the clock of that machine
	Requests int          // that had begun
	Events   int          // that were entered: the seal is over these and no later one
	Root     Hash
}

// Line is the seal as one line, without its end:
//
//	foia seal 1, 2026-11-24, 2 requests, 5 events, root 3f2a … 09bc, check 7b1e04c2
//
// It is plain ASCII, and its root is written in groups of four, so that it can be printed
// and typed again.
func (s Seal) Line() string {
	begin := s.begin()
	return begin + ", check " + check(begin)
}

// Text is the seal as a file: the line and its end. Time stamps are over these bytes.
func (s Seal) Text() []byte { return []byte(s.Line() + "\n") }

func (s Seal) begin() string {
	digits := hex.EncodeToString(s.Root[:])
	var groups []string
	for i := 0; i < len(digits); i += 4 {
		groups = append(groups, digits[i:i+4])
	}
	return fmt.Sprintf("foia seal 1, %s, %d requests, %d events, root %s", s.Day, s.Requests, s.Events, strings.Join(groups, " "))
}

// check finds slips in typing: one in four billion passes. Against a forger it is nothing.
func check(begin string) string {
	sum := sha256.Sum256([]byte(begin))
	return hex.EncodeToString(sum[:4])
}

// longestLine is more than any line with room between all its characters.
const longestLine = 1000

// Compiled only when needed: every command would wait for it.
const lineShape = lazy.Pattern(`^foiaseal1,(\d{4}-\d\d-\d\d),(\d{1,18})requests,(\d{1,18})events,root([0-9a-f]{64}),check([0-9a-f]{8})$`)

// Parse reads a line, also one that was typed: upper and lower case, spaces, line
// breaks and the kind of hyphen do not matter, and o and l among hex digits are taken
// for 0 and 1.
func Parse(text string) (Seal, error) {
	var s Seal
	if len(text) > longestLine {
		return s, &Misread{"it is longer than any seal"}
	}
	m := lineShape.RE().FindStringSubmatch(plain(text))
	if m == nil {
		return s, &Misread{"it does not have the form “foia seal 1, DATE, N requests, N events, root 64 HEX DIGITS, check 8 HEX DIGITS”"}
	}
	var err error
	if s.Day, err = workday.ParseDate(m[1]); err != nil {
		return s, &Misread{err.Error()}
	}
	// No error is possible: at most 18 digits, and as many hex digits as there must be.
	s.Requests, _ = strconv.Atoi(m[2])
	s.Events, _ = strconv.Atoi(m[3])
	_, _ = hex.Decode(s.Root[:], []byte(m[4]))
	if check(s.begin()) != m[5] {
		return s, &Misread{"its last eight digits do not match the rest: there is a typo in it"}
	}
	return s, nil
}

// plain is a line without space and case, as lineShape expects it.
func plain(text string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(text) {
		switch {
		case unicode.IsSpace(r) || r == '\ufeff':
		case unicode.Is(unicode.Pd, r) || r == '−':
			b.WriteByte('-')
		default:
			b.WriteRune(r)
		}
	}
	head, digits, ok := strings.Cut(b.String(), "events,root")
	if !ok {
		return b.String()
	}
	root, end, _ := strings.Cut(digits, ",check")
	return head + "events,root" + typed.Replace(root) + ",check" + typed.Replace(end)
}

// typed undoes what is often typed for a hex digit.
var typed = strings.NewReplacer("o", "0", "l", "1", "i", "1", "-", "")

// Misread says that a text is no seal.
type Misread struct{ Why string }

func (m *Misread) Error() string { return "this is not a seal: " + m.Why }

// Hint says what to do.
func (m *Misread) Hint() string {
	return "compare it with the line that was printed; letters, digits and commas must be the same"
}
