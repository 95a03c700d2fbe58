// Package calendar writes days as a calendar that other programs read: iCalendar, RFC 5545. Whole days
// are all that deadlines need, which is little enough to be written here: of the libraries one does not
// fold long lines, and the other ends them with a bare line feed unless told otherwise.
package calendar

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"foia/internal/docket"
	"foia/internal/workday"
)

// Event is a day on which something is due.
type Event struct {
	UID     UID
	Day     workday.Date
	Title   string
	Text    string
	Changed time.Time // when the entry was made that last changed it
	Number  int       // of that entry: a later one takes the place of an earlier one

	Cancelled bool // nothing is due any more
	Private   bool
	Alarm     bool // it rings, if the calendar has alarms
}

// UID is by what programs find an event again. It stays the same when the day moves.
type UID struct {
	Request string // its id
	What    string // what is due, in docket's words
	Of      string // of an appeal: what it is against
	Nth     int    // which of several of those, from 1
	Log     string // sets requests of different logs apart that have the same id
}

// String is the UID as the calendar has it, such as 2026-0001.appeal.fee-waiver@5f0c2a9b41d7e863.
func (u UID) String() string {
	parts := []string{u.Request, code(u.What)}
	if of := word(u.Of); of != "" && of != "determination" {
		parts = append(parts, of)
	}
	if u.Nth > 1 {
		parts = append(parts, fmt.Sprint(u.Nth))
	}
	return strings.Join(parts, ".") + "@" + u.Log
}

// code names what is due for good: the words of docket may change, and events must be found again.
func code(what string) string {
	switch what {
	case docket.DueAcknowledgment:
		return "acknowledgment"
	case docket.DueResponse:
		return "response"
	case docket.DueDetermination:
		return "determination"
	case docket.DueProduction:
		return "release"
	case docket.DuePromised:
		return "promised"
	case docket.DueReminder:
		return "reminder"
	case docket.DueExpedition:
		return "expedition"
	}
	return ofYours(what)
}

// ofYours names what the requester owes, and what follows an appeal.
func ofYours(what string) string {
	switch what {
	case docket.DuePerfection:
		return "perfection"
	case docket.DueClarification:
		return "clarification"
	case docket.DueFees:
		return "fees"
	case docket.DueInterest:
		return "interest"
	case docket.DueMessage:
		return "message"
	case docket.DueAppeal:
		return "appeal"
	case docket.DueAppealLast:
		return "appeal-last-day"
	case docket.DueAppealDecision:
		return "appeal-decision"
	case docket.DueWord:
		return "sent-or-not"
	case docket.DueSuit:
		return "suit"
	}
	return word(what)
}

// word is a text as one word of lower-case letters and digits, with hyphens.
func word(s string) string {
	parts := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	return strings.Join(parts, "-")
}

// Calendar is a calendar on its way, written event by event.
type Calendar struct {
	out   *bufio.Writer
	alarm int
}

// New begins a calendar. alarm is how many days before theirs those events ring that may; 0: none does.
func New(out io.Writer, name string, alarm int) *Calendar {
	c := &Calendar{out: bufio.NewWriterSize(out, 1<<16), alarm: alarm}
	c.line("BEGIN", "VCALENDAR")
	c.line("VERSION", "2.0")
	c.line("PRODID", "-//foia//foia//EN")
	c.line("CALSCALE", "GREGORIAN")
	c.line("METHOD", "PUBLISH")
	c.line("X-WR-CALNAME", text(name))
	return c
}

const utc = "20060102T150405Z"

// Add writes an event of a whole day.
func (c *Calendar) Add(e Event) error {
	changed := e.Changed.UTC().Format(utc)
	c.line("BEGIN", "VEVENT")
	c.line("UID", text(e.UID.String()))
	c.line("DTSTAMP", changed)
	c.line("LAST-MODIFIED", changed)
	c.line("SEQUENCE", fmt.Sprint(e.Number))
	c.line("DTSTART;VALUE=DATE", strings.ReplaceAll(e.Day.String(), "-", ""))
	c.line("SUMMARY", text(e.Title))
	c.line("DESCRIPTION", text(e.Text))
	c.line("TRANSP", "TRANSPARENT")
	if e.Private {
		c.line("CLASS", "PRIVATE")
	}
	switch {
	case e.Cancelled:
		c.line("STATUS", "CANCELLED")
	case e.Alarm && c.alarm > 0:
		c.line("STATUS", "CONFIRMED")
		c.line("BEGIN", "VALARM")
		c.line("ACTION", "DISPLAY")
		c.line("DESCRIPTION", text(e.Title))
		c.line("TRIGGER", fmt.Sprintf("-P%dD", c.alarm))
		c.line("END", "VALARM")
	default:
		c.line("STATUS", "CONFIRMED")
	}
	c.line("END", "VEVENT")
	if c.out.Buffered() < enough {
		return nil
	}
	return c.out.Flush() // of what cannot be written there is no more than that
}

const enough = 1 << 15

// Close ends the calendar.
func (c *Calendar) Close() error {
	c.line("END", "VCALENDAR")
	return c.out.Flush()
}

// longest is how many octets a line has, without its end (RFC 5545, 3.1).
const longest = 75

// line writes a line, folded where it is too long, and never within a character. A buffer keeps its
// error until it is flushed.
func (c *Calendar) line(name, value string) {
	rest, room := name+":"+value, longest
	for len(rest) > room {
		end := room
		for !utf8.RuneStart(rest[end]) {
			end--
		}
		_, _ = c.out.WriteString(rest[:end] + "\r\n ")
		rest, room = rest[end:], longest-1
	}
	_, _ = c.out.WriteString(rest + "\r\n")
}

// text is a text as a value (RFC 5545, 3.3.11). Lines end alike, and what cannot be seen is left out.
func text(s string) string {
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n", "\u0085", "\n", "\t", " ").Replace(s)
	s = strings.Map(func(r rune) rune {
		if r != '\n' && unicode.IsControl(r) {
			return -1
		}
		return r // what is not UTF-8 comes as U+FFFD
	}, s)
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`).Replace(s)
}

// Isolated is a text that may be written from right to left, within one that is not: nothing around
// it changes its place (Unicode Standard Annex #9, 2.4). What it says itself of directions is left out.
func Isolated(s string) string {
	if !strings.ContainsFunc(s, fromRight) {
		return s
	}
	return "\u2068" + strings.Map(func(r rune) rune {
		if directs(r) {
			return -1
		}
		return r
	}, s) + "\u2069"
}

// fromRight tells whether a character is written from right to left, or makes others be.
func fromRight(r rune) bool {
	return directs(r) || 0x0590 <= r && r <= 0x08FF || 0xFB1D <= r && r <= 0xFDFF || 0xFE70 <= r && r < 0xFEFF ||
		0x10800 <= r && r <= 0x10FFF || 0x1E800 <= r && r <= 0x1EFFF
}

// directs tells whether a character is only there to change the direction of others.
func directs(r rune) bool {
	return r == 0x200E || r == 0x200F || r == 0x061C || 0x202A <= r && r <= 0x202E || 0x2066 <= r && r <= 0x2069
}
