package mail

import (
	"net/mail"
	"strings"
	"time"

	"foia/internal/lazy"
)

// monthsOf are the names of months that agencies abroad put where the standard wants English ones.
func monthsOfTable() map[string]string {
	return map[string]string{
		"jän": "Jan", "januar": "Jan", "februar": "Feb", "märz": "Mar", "mär": "Mar", "mrz": "Mar", "m\ufffdrz": "Mar", "mai": "May",
		"juni": "Jun", "juli": "Jul", "okt": "Oct", "oktober": "Oct", "dez": "Dec", "dezember": "Dec", "november": "Nov",
		"janv": "Jan", "févr": "Feb", "mars": "Mar", "avr": "Apr", "juin": "Jun", "juil": "Jul", "août": "Aug", "déc": "Dec",
		"ene": "Jan", "abr": "Apr", "ago": "Aug", "dic": "Dec", "sept": "Sep",
		"january": "Jan", "february": "Feb", "march": "Mar", "april": "Apr", "june": "Jun", "july": "Jul", "august": "Aug",
		"september": "Sep", "october": "Oct", "december": "Dec",
	}
}

// zones are those that mail has by name (RFC 5322, 4.3, and its relatives).
func zonesTable() map[string]string {
	return map[string]string{
		"ut": "+0000", "utc": "+0000", "gmt": "+0000", "z": "+0000", "est": "-0500", "edt": "-0400", "cst": "-0600", "cdt": "-0500",
		"mst": "-0700", "mdt": "-0600", "pst": "-0800", "pdt": "-0700", "akst": "-0900", "akdt": "-0800", "hst": "-1000",
		"bst": "+0100", "cet": "+0100", "mez": "+0100", "cest": "+0200", "mesz": "+0200", "eet": "+0200",
	}
}

// date finds when it was written: its own date, else that of the newest server that it passed.
func (m *Message) date(h head, now time.Time) {
	t, why := plausible(h.get("Date"), now)
	if why == "" {
		m.Date = t
		return
	}
	for _, received := range h.all("Received") {
		i := strings.LastIndexByte(received, ';')
		if i < 0 {
			continue
		}
		if t, odd := plausible(received[i+1:], now); odd == "" {
			m.Date = t
			m.warn("%s; the day is that on which it was received", why)
			return
		}
	}
	m.warn("%s, and no server says when it was received: when it was written is unknown", why)
}

// plausible reads a date, or tells what is wrong with it.
func plausible(v string, now time.Time) (t time.Time, why string) {
	if strings.TrimSpace(v) == "" {
		return t, "it has no date"
	}
	t, ok := readDate(v, time.UTC)
	switch {
	case !ok:
		return t, "its date cannot be read"
	case t.Year() < 1990:
		return t, "its date is before there was such mail"
	case !now.IsZero() && t.After(now.Add(24*time.Hour)):
		return t, "its date is in the future"
	}
	return t, ""
}

var (
	dateWords   = lazy.Pattern(`[\p{L}\x{fffd}]+\.?|[-+]\d{4}|\d[\d:]*`)
	amPM        = lazy.Pattern(`(?i)(\d)\s?([ap])\.?m\b\.?`)
	dottedDate  = lazy.Pattern(`\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b`)
	inBrackets  = lazy.Pattern(`\([^()]*\)`)
	dottedClock = lazy.Pattern(`\b(\d{1,2})\.(\d{2})(?:\.(\d{2}))? ?(?:Uhr|h)\b`)
)

// readDate reads a date as heads and the blocks above quoted mail have it. Local is the zone, if it says none.
func readDate(v string, local *time.Location) (time.Time, bool) {
	if len(v) > 200 {
		return time.Time{}, false
	}
	v = oneLine(decodeWords(v))
	if t, err := mail.ParseDate(v); err == nil && (strings.ContainsAny(v, "+") || strings.Contains(v, " -")) {
		return t, true
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02"} {
		if t, err := time.ParseInLocation(layout, v, local); err == nil {
			return t, true
		}
	}
	v = inBrackets.RE().ReplaceAllString(v, " ")
	v = dottedClock.RE().ReplaceAllString(v, "$1:$2:$3")
	v = dottedDate.RE().ReplaceAllStringFunc(v, func(s string) string {
		d := strings.Split(s, ".")
		if n := time.Month(atoi(d[1])); n >= 1 && n <= 12 {
			return d[0] + " " + n.String() + " " + d[2]
		}
		return s
	})
	v = amPM.RE().ReplaceAllString(v, "$1 ${2}m")
	return dateOfWords(dateWords.RE().FindAllString(v, 12), local)
}

// pieces are the words of a date, by what each can be.
type pieces struct{ day, month, year, clock, half, zone string }

// dateOfWords reads a date by what each of its words can be.
func dateOfWords(words []string, local *time.Location) (time.Time, bool) {
	var p pieces
	for _, w := range words {
		p.take(w)
	}
	if p.day == "" || p.month == "" || p.year == "" {
		return time.Time{}, false
	}
	if p.clock == "" {
		p.clock = "00:00"
	}
	text := p.day + " " + p.month + " " + p.year + " " + p.clock
	layouts := []string{"2 Jan 2006 15:04:05", "2 Jan 2006 15:04", "2 Jan 06 15:04:05", "2 Jan 06 15:04"}
	if p.half != "" {
		text += " " + p.half
		layouts = []string{"2 Jan 2006 3:04:05 PM", "2 Jan 2006 3:04 PM"}
	}
	if p.zone != "" {
		text += " " + p.zone
	}
	for _, layout := range layouts {
		if p.zone != "" {
			layout += " -0700"
		}
		if t, err := time.ParseInLocation(layout, text, local); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

func (p *pieces) take(w string) {
	low := strings.TrimSuffix(strings.ToLower(w), ".")
	short := monthOf(low)
	switch {
	case short != "" && p.month == "":
		p.month = short
	case tables().zones[low] != "":
		p.zone = tables().zones[low]
	case low == "am" || low == "pm":
		p.half = strings.ToUpper(low)
	case len(w) == 5 && (w[0] == '+' || w[0] == '-'):
		p.zone = w
	case strings.Contains(w, ":"):
		p.clock = strings.Trim(w, ":")
	case w[0] < '0' || w[0] > '9': // a day of the week, at, um, Uhr
	case len(w) <= 2 && p.day == "":
		p.day = w
	case p.year == "":
		p.year = w
	}
}

func monthOf(low string) string {
	if short := tables().monthsOf[low]; short != "" || len(low) < 3 {
		return short
	}
	t, err := time.Parse("Jan", strings.ToUpper(low[:1])+low[1:])
	if err != nil {
		return ""
	}
	return t.Format("Jan")
}

func atoi(s string) (n int) {
	for _, c := range s {
		n = n*10 + int(c-'0')
	}
	return n
}
