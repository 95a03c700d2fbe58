package preflight

import (
	"strings"

	"foia/internal/agency"
	"foia/internal/entered"
	"foia/internal/law"
	"foia/internal/letter"
	"foia/internal/workday"
)

// FromText reads a letter that was written elsewhere, as plain text or
// Markdown, into a draft without a template: its frame, its paragraphs and, where
// they can be told, its numbered items, its signer and the signer's address. It
// takes any text and guesses nothing that the text does not show.
func FromText(raw string, office agency.Office, regime law.Regime, channel agency.Channel, date workday.Date) *letter.Draft {
	d := &letter.Draft{Regime: regime, Office: office, Channel: channel, Date: date, Answers: letter.Answers{}}
	head, body, tail := parts(plainLines(raw))
	doc := &d.Document
	doc.Meta.Date = date
	readHead(doc, head)
	doc.Body, d.Records = readBody(body)
	readTail(doc, tail)
	d.Requester = readRequester(doc, head, tail)
	return d
}

// plainLines are the lines of a text without the signs of Markdown.
func plainLines(raw string) []string {
	text, _ := entered.Text(strings.ToValidUTF8(raw, "\uFFFD")) // a word with a soft hyphen in it is that word
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = unmarked(line)
	}
	return lines
}

// unmarked takes the emphasis and the escapes of Markdown out of a line.
func unmarked(line string) string {
	line = strings.TrimRight(strings.ReplaceAll(line, "\t", "    "), " ")
	if !strings.ContainsAny(line, "*\\<") {
		return line
	}
	var b strings.Builder
	for i := 0; i < len(line); i++ {
		switch c := line[i]; {
		case c == '*' && !alone(line, i), c == '<' && strings.HasPrefix(line[i+1:], "http"):
		case c == '\\' && i+1 < len(line) && strings.IndexByte(escapable, line[i+1]) >= 0:
			i++
			b.WriteByte(line[i])
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// escapable are the characters that Markdown escapes.
const escapable = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"

// alone tells whether a star stands between spaces, as the mark of a list or the
// sign of multiplication does, and is no emphasis.
func alone(line string, i int) bool {
	return (i == 0 || line[i-1] == ' ') && (i+1 == len(line) || line[i+1] == ' ')
}

// parts cuts a letter at its salutation and its closing. Without a salutation,
// everything before the first long paragraph is head.
func parts(lines []string) (head, body, tail []string) {
	begin, end := 0, len(lines)
	salutation, closing := phrase("salutation"), phrase("closing")
	for i, line := range lines {
		if salutation.in(line) {
			begin = i
			break
		}
	}
	for i := len(lines) - 1; i > begin; i-- {
		if len(lines[i]) < maxClosing && closing.in(lines[i]) {
			end = i
			break
		}
	}
	return lines[:begin], lines[begin:end], lines[end:]
}

// maxClosing is the length of the longest closing formula, in bytes.
const maxClosing = 60

// readHead tells the sender's lines, the date and the addressee apart: what
// stands before the date is the letterhead.
func readHead(doc *letter.Document, head []string) {
	date, subject := phrase("date-line"), phrase("subject-line")
	for _, line := range head {
		line = strings.TrimSpace(line)
		switch {
		case line == "":
		case doc.Subject == "" && subject.in(line):
			_, after, _ := strings.Cut(line, ":")
			doc.Subject = strings.TrimSpace(after)
		case doc.Date == "" && date.in(line):
			doc.Date = line
		case doc.Date == "":
			doc.Letterhead = append(doc.Letterhead, line)
		default:
			doc.Addressee = append(doc.Addressee, line)
		}
	}
	if doc.Date == "" {
		doc.Letterhead, doc.Addressee = nil, doc.Letterhead
	}
}

// readTail reads the signature: the first line after the closing that has a
// word in it is the name.
func readTail(doc *letter.Document, tail []string) {
	var signer letter.Signer
	for i, line := range tail {
		line = strings.TrimSpace(line)
		if i == 0 {
			doc.Closing = line
			continue
		}
		line = strings.TrimSpace(strings.TrimPrefix(line, "/s/"))
		if strings.Trim(line, "_-–—. ") == "" || strings.HasPrefix(line, "[") {
			continue
		}
		if signer.Name == "" {
			signer.Name = line
		} else {
			signer.Lines = append(signer.Lines, line)
		}
	}
	if signer.Name != "" {
		doc.Signature = []letter.Signer{signer}
	}
}

// readRequester gathers how the requester can be reached: a postal address in a
// block of lines that is not the office's, an e-mail address, a telephone number.
func readRequester(doc *letter.Document, head, tail []string) letter.Requester {
	var who letter.Requester
	if len(doc.Signature) > 0 {
		who.Name = doc.Signature[0].Name
	}
	body := doc.BodyText(func(letter.Block) bool { return true })
	for _, block := range append(append(blocks(tail), blocks(doc.Letterhead)...), append(blocks(head), body)...) {
		readContact(&who, block)
	}
	return who
}

// readContact takes what a block of lines shows, unless the block is the office's.
func readContact(who *letter.Requester, block string) {
	if phrase("official").in(block) && !phrase("my-address").in(block) {
		return
	}
	if at := phrase("email").find(block); at != nil && who.Email == "" {
		who.Email = block[at[0]:at[1]]
	}
	if at := phrase("phone").find(block); at != nil && who.Phone == "" {
		who.Phone = block[at[0]:at[1]]
	}
	at := phrase("zip").find(block)
	if at == nil || who.ZIP != "" {
		return
	}
	fields := strings.Fields(block[at[0]:at[1]])
	who.State, who.ZIP = strings.Join(fields[:len(fields)-1], " "), fields[len(fields)-1]
	who.Street, who.City = streetAndCity(block[:at[0]])
}

// streetAndCity reads what stands before the state: the city after the last
// comma or line break, and the street in the lines before it that have a number.
func streetAndCity(text string) (street []string, city string) {
	text = strings.TrimRight(text, " ,\n")
	i := strings.LastIndexAny(text, ",\n")
	if i < 0 {
		return nil, text
	}
	city = strings.TrimSpace(text[i+1:])
	for line := range strings.SplitSeq(text[:i], "\n") {
		if line = strings.Trim(line, " ,"); strings.ContainsAny(line, "0123456789") {
			street = append(street, line)
		}
	}
	return street, city
}

// blocks joins lines into blocks parted by empty lines.
func blocks(lines []string) []string {
	var out, block []string
	for _, line := range append(lines, "") {
		if strings.TrimSpace(line) != "" {
			block = append(block, strings.TrimSpace(line))
		} else if len(block) > 0 {
			out = append(out, strings.Join(block, "\n"))
			block = nil
		}
	}
	return out
}
