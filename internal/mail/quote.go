package mail

import (
	"strings"
	"time"

	"foia/internal/lazy"
)

// marker is where earlier mail begins in a text.
type marker struct {
	line     int // the first that is not the message's own
	body     int // where the text of the earlier mail begins
	forward  bool
	explicit bool              // it says that it is a forward
	fields   map[string]string // of its head, by their English names; nil: it has none
}

var (
	divider = lazy.Pattern(`(?i)^\s*[-_*=]{2,}\s*(original message|original appointment|ursprüngliche nachricht|` +
		`original-nachricht|` +
		`original mail|message d'origine|mensaje original|reply message|(forwarded message|weitergeleitete nachricht|` +
		`message transféré|` +
		`mensaje reenviado|forwarded by.*|forwarded message from.*))\s*[-_*=]*\s*$|^\s*(begin forwarded message:|` +
		`anfang der weitergeleiteten nachricht:|anfang der weitergeleiteten e-mail:|début du message réexpédié\s*:)\s*$`)
	attribution = lazy.Pattern(`^(?:On|Am|Le|El|Il|Op|Den|På)\s.{6,400}\s(?:wrote|schrieb.{0,120}|a écrit|escribió|ha scritto|` +
		`schreef.{0,120}|skrev.{0,120})\s*:$` +
		`|^\S.{3,200}\s(?:wrote|schrieb) (?:on|am)\s.{6,60}:$|^>*\s*\S.{2,200}<[^<>@\s]+@[^<>\s]+>\s+(?:wrote|schrieb)\s*:$`)
	rule = lazy.Pattern(`^\s*[_\-=*]{5,}\s*$`)
	name = lazy.Pattern(`^[ \t]{0,4}\*?([A-ZÀÉ][\p{L}-]{1,10})\s?\*?\s?:\*?(?:\s+(.*))?$`)
)

// nameOf is the English name of a field in a block above earlier mail, which Outlook and others write so.
func nameOf(s string) string {
	switch s {
	case "From", "Von", "De", "Da", "Van", "Från", "Fra":
		return "From"
	case "Sent", "Date", "Gesendet", "Datum", "Envoyé", "Enviado", "Fecha", "Inviato", "Verzonden", "Skickat", "Sendt":
		return "Date"
	case "To", "An", "À", "Para", "A", "Aan", "Till", "Til":
		return "To"
	case "Cc", "CC", "Kopie", "Bcc":
		return "Cc"
	case "Subject", "Betreff", "Objet", "Asunto", "Oggetto", "Onderwerp", "Ämne", "Emne":
		return "Subject"
	case "Importance", "Attachments", "Wichtigkeit", "Anlagen", "Priority", "Reply-To", "Antwort", "Sensitivity":
		return "other"
	}
	return ""
}

// blockAt reads the head of earlier mail that begins at a line: a sender and at least two more fields, of which one
// is a day or a subject.
func blockAt(lines []string, at int) (fields map[string]string, end int) {
	const most = 12
	fields = map[string]string{}
	last := ""
	i := at
	for ; i < len(lines) && i < at+most; i++ {
		line := strings.TrimRight(lines[i], " \t")
		if m := name.RE().FindStringSubmatch(line); m != nil && nameOf(m[1]) != "" {
			if last = nameOf(m[1]); fields[last] == "" {
				fields[last] = strings.TrimSpace(strings.Trim(m[2], "*"))
			}
			continue
		}
		if strings.TrimSpace(line) == "" {
			if len(fields) >= 3 || i+1 >= len(lines) || !isField(lines[i+1]) {
				break // some programs put an empty line between the fields
			}
			continue
		}
		if last == "" || len(fields) >= 4 && last == "Subject" && len(fields[last])+len(line) > 250 {
			break
		}
		fields[last] = strings.TrimSpace(fields[last] + " " + strings.TrimSpace(line))
	}
	_, from := fields["From"]
	_, date := fields["Date"]
	_, subject := fields["Subject"]
	if !from || len(fields) < 3 || !date && !subject {
		return nil, at
	}
	return fields, i
}

func isField(line string) bool {
	m := name.RE().FindStringSubmatch(strings.TrimRight(line, " \t"))
	return m != nil && nameOf(m[1]) != ""
}

func isFrom(line string) bool {
	m := name.RE().FindStringSubmatch(strings.TrimRight(line, " \t"))
	return m != nil && nameOf(m[1]) == "From"
}

// isQuoted tells whether a line is marked as quoted. A mailbox puts the sign before From, too.
func isQuoted(lines []string, i int) bool {
	line := strings.TrimLeft(lines[i], " ")
	if len(lines[i])-len(line) > 1 || !strings.HasPrefix(line, ">") {
		return false
	}
	if strings.HasPrefix(line, ">From ") {
		return i > 0 && strings.HasPrefix(lines[i-1], ">") || i+1 < len(lines) && strings.HasPrefix(lines[i+1], ">")
	}
	return true
}

// mostTried is how many lines may look as if earlier mail began there, and do not begin it.
const mostTried = 5000

// find is the first place where earlier mail begins that is not marked line by line; nil: there is none.
func find(lines []string) *marker {
	tried := 0
	for i, line := range lines {
		if tried > mostTried {
			return nil
		}
		if isQuoted(lines, i) {
			continue
		}
		start := strings.TrimLeft(line, " \t*")
		if start == "" {
			continue
		}
		if m := dividerIn(line, start[0]); m != nil {
			forward := m[2] != "" || m[3] != ""
			found := &marker{line: i, body: i + 1, forward: forward, explicit: forward}
			next := i + 1
			for next < len(lines) && strings.TrimSpace(lines[next]) == "" {
				next++
			}
			if fields, end := blockAt(lines, next); fields != nil {
				found.fields, found.body = fields, end
			}
			return found
		}
		if strings.IndexByte("FVD", start[0]) >= 0 && isFrom(line) {
			tried++
			if fields, end := blockAt(lines, i); fields != nil {
				return &marker{line: ruleAbove(lines, i), body: end, fields: fields}
			}
		}
		if !endsSoon(lines, i) {
			continue
		}
		tried++
		if n := attributionAt(lines, i); n > 0 && !followedByQuote(lines, i+n) {
			return &marker{line: i, body: i + n}
		}
	}
	return nil
}

// dividerIn finds a divider in a line that begins so.
func dividerIn(line string, first byte) []string {
	if len(line) > 200 || strings.IndexByte("-_=BbAaDd", first) < 0 && !strings.HasPrefix(strings.TrimSpace(line), "**") {
		return nil
	}
	return divider.RE().FindStringSubmatch(line)
}

// ruleAbove is the line of the rule above a block, or the block's own.
func ruleAbove(lines []string, i int) int {
	for j := i - 1; j >= 0 && j >= i-2; j-- {
		if rule.RE().MatchString(lines[j]) {
			return j
		}
		if strings.TrimSpace(lines[j]) != "" {
			break
		}
	}
	return i
}

// attributionAt is how many lines say who wrote what follows; 0: none.
func attributionAt(lines []string, i int) int {
	if !endsSoon(lines, i) {
		return 0
	}
	all := ""
	for n := 0; n < 4 && i+n < len(lines); n++ {
		next := strings.TrimSpace(strings.TrimLeft(lines[i+n], "> "))
		if next == "" {
			return 0
		}
		if all = strings.TrimSpace(all + " " + next); len(all) > 600 {
			return 0
		}
		if strings.HasSuffix(next, ":") && !strings.HasSuffix(next, "you wrote:") && attribution.RE().MatchString(all) {
			return n + 1
		}
	}
	return 0
}

// endsSoon tells whether one of the next lines ends with a colon, which is quick to see.
func endsSoon(lines []string, i int) bool {
	for n := 0; n < 4 && i+n < len(lines); n++ {
		line := strings.TrimRight(lines[i+n], " \t")
		if line == "" {
			return false
		}
		if line[len(line)-1] == ':' {
			return true
		}
	}
	return false
}

func followedByQuote(lines []string, i int) bool {
	for ; i < len(lines); i++ {
		if strings.TrimSpace(lines[i]) != "" {
			return isQuoted(lines, i)
		}
	}
	return false
}

// unmarked tells the lines that are marked as quoted, with what says who wrote them, from the others.
func unmarked(lines []string) (out []Passage) {
	tried := 0
	for i := 0; i < len(lines); i++ {
		if tried <= mostTried && endsSoon(lines, i) {
			tried++
			if n := attributionAt(lines, i); n > 0 && (isQuoted(lines, i) || followedByQuote(lines, i+n)) {
				out = passages(out, true, lines[i:i+n]...)
				i += n - 1
				continue
			}
		}
		switch {
		case isQuoted(lines, i):
			out = passages(out, true, lines[i])
		case strings.HasPrefix(lines[i], ">From "):
			out = passages(out, false, lines[i][1:])
		default:
			out = passages(out, false, lines[i])
		}
	}
	return out
}

// passages are a text with more lines at its end.
func passages(all []Passage, quoted bool, lines ...string) []Passage {
	if n := len(all); n > 0 && all[n-1].Quoted == quoted {
		all[n-1].Lines = append(all[n-1].Lines, lines...)
		return all
	}
	return append(all, Passage{quoted, append([]string(nil), lines...)})
}

// linesOf are the lines that are quoted, or those that are not.
func linesOf(all []Passage, quoted bool) (out []string) {
	for _, p := range all {
		if p.Quoted == quoted {
			out = append(out, p.Lines...)
		}
	}
	return out
}

// unquoted takes one mark off each line, if all of them have it.
func unquoted(lines []string) []string {
	out := make([]string, 0, len(lines))
	for i, line := range lines {
		if strings.TrimSpace(line) == "" {
			out = append(out, "")
			continue
		}
		if !isQuoted(lines, i) {
			return lines
		}
		line = strings.TrimPrefix(strings.TrimLeft(line, " "), ">")
		out = append(out, strings.TrimPrefix(line, " "))
	}
	return out
}

// unmarkedAll takes one mark off each line that has one; nil: none has.
func unmarkedAll(lines []string) (out []string) {
	found := false
	out = make([]string, len(lines))
	for i, line := range lines {
		if out[i] = line; isQuoted(lines, i) {
			found = true
			line = strings.TrimPrefix(strings.TrimLeft(line, " "), ">")
			out[i] = strings.TrimPrefix(line, " ")
		}
	}
	if !found {
		return nil
	}
	return out
}

// paragraphs is a text of lines, without empty ones at both ends and more than one between others.
func paragraphs(lines []string) string {
	var out []string
	for _, line := range lines {
		line = strings.TrimRight(line, " \t\u00a0")
		if line == "" && (len(out) == 0 || out[len(out)-1] == "") {
			continue
		}
		out = append(out, line)
	}
	return strings.TrimRight(strings.Join(out, "\n"), "\n")
}

// fromBlock is the message whose head is such a block. A day without a zone is in the wrapper's.
func (m *Message) fromBlock(fields map[string]string, now time.Time) *Message {
	f := &Message{Hash: m.Hash, Subject: oneLine(fields["Subject"])}
	from := strings.NewReplacer("[mailto:", "<", "]", ">", "mailto:", "").Replace(fields["From"])
	if all := addresses(from); len(all) > 0 {
		f.From = all[0]
	} else {
		f.From = Address{Name: oneLine(from)}
	}
	f.To, f.Cc = addresses(fields["To"]), addresses(fields["Cc"])
	t, ok := readDate(fields["Date"], m.zone())
	switch {
	case !ok:
		f.warn("the message that was forwarded has no date that can be read")
	case !now.IsZero() && t.After(now.Add(24*time.Hour)):
		f.warn("the date of the message that was forwarded is in the future; it was left out")
	default:
		f.Date = t
	}
	return f
}

func (m *Message) zone() *time.Location {
	if m.Date.IsZero() {
		return time.UTC
	}
	return m.Date.Location()
}
