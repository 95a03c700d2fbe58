package mail

import (
	"bytes"
	"strings"
	"time"

	"foia/internal/lazy"
)

// content is what is found in the parts of a message.
type content struct {
	m     *Message
	r     *reading
	depth int // messages that it is within

	texts    []piece
	size     int            // of the texts
	report   *part          // how the delivery went (RFC 3464)
	returned *part          // the message that came back, or its head
	reports  bool           // it is a report, whatever its parts are
	names    map[string]int // of the files, in lower case
}

// piece is the text of a part.
type piece struct {
	text string
	html bool
}

// walk looks at a part and at those in it.
func (c *content) walk(p *part) {
	switch {
	case p.kind == "multipart/alternative":
		c.alternatives(p)
	case p.inside != nil || strings.HasPrefix(p.kind, "multipart/"):
		c.reports = c.reports || p.kind == "multipart/report"
		switch p.kind {
		case "multipart/encrypted":
			c.m.warn("it is encrypted; open it in the mail program that has the key")
		case "multipart/signed":
			c.m.warn("it is signed; the signature was not checked")
		}
		for _, q := range p.inside {
			c.walk(q)
		}
	default:
		c.leaf(p)
	}
}

// alternatives takes the plain text of a part that says the same in several forms, or if that says next to nothing,
// its HTML. What the HTML hides and where its links go is looked at in any case.
func (c *content) alternatives(p *part) {
	var plain, rich []piece
	before := c.texts
	for _, q := range p.inside {
		c.texts = nil
		c.walk(q)
		for _, t := range c.texts {
			if t.html {
				rich = append(rich, t)
			} else {
				plain = append(plain, t)
			}
		}
	}
	few, many := wordsOf(plain), wordsOf(rich)
	chosen := plain
	switch {
	case few == 0:
		chosen = rich
	case many > 0 && few*3 < many:
		c.m.warn("its plain text lacks most of what its HTML says; the HTML was read")
		chosen = rich
	}
	c.texts = append(before, chosen...)
}

func wordsOf(all []piece) (n int) {
	for _, t := range all {
		n += len(strings.Fields(t.text))
	}
	return n
}

// leaf looks at a part that has no others.
func (c *content) leaf(p *part) {
	placed, parms := mediaType(p.head.get("Content-Disposition"))
	name := parms["filename"]
	for _, other := range []string{"name", "file"} {
		if name == "" {
			name = p.parms[other]
		}
	}
	switch {
	case p.kind == "message/delivery-status" || p.kind == "message/global-delivery-status":
		c.report = p
		return
	case c.reports && c.returned == nil && (p.kind == "message/rfc822" || p.kind == "text/rfc822-headers" || p.kind == "message/global"):
		c.returned = p
		return
	case p.kind == "message/rfc822" || p.kind == "message/global":
		c.enclosed(p, name)
		return
	}
	isText := p.kind == "text/plain" || p.kind == "text/html" || p.kind == "text" || p.kind == "text/enriched"
	if data := bytes.TrimSpace(p.body[:min(len(p.body), 1024)]); isText && bytes.HasPrefix(data, []byte("%PDF-")) {
		isText = false
	}
	if isText && placed != "attachment" && (name == "" || len(c.texts) == 0 && placed != "inline") {
		c.text(p)
		return
	}
	if data := c.m.decoded(p); len(data) > 0 || name != "" {
		c.attach(p, name, data)
	}
}

// enclosed keeps a message that is attached, and reads it.
func (c *content) enclosed(p *part, name string) {
	data := c.m.decoded(p)
	if name == "" {
		name = "message.eml"
	}
	c.attach(p, name, data)
	last := &c.m.Parts[len(c.m.Parts)-1]
	last.Type = "message/rfc822"
	if c.depth >= mostInside {
		c.m.warn("the messages in it are more than %d deep; what is deeper was not read", mostInside)
		return
	}
	if c.r.parts <= 0 {
		c.m.warn("it has more than %d parts; the rest was not read", MostParts)
		return
	}
	if inner := c.r.message(data, c.depth+1); inner.isOne() {
		last.Message = inner
	}
}

var tags = lazy.Pattern(`(?i)<(?:/?(?:p|div|table|tr|td|html|body|span|font)\b[^<>]*|br\s*/?)>`)

// text takes a part that is the text of the message.
func (c *content) text(p *part) {
	raw := c.m.decoded(p)
	most := mostText
	if p.kind == "text/html" {
		most = mostHTML // most of a page is not its text
	}
	if len(raw) > most {
		raw = raw[:most]
		c.m.warn("its text is longer than %d MB; the rest was not read", most>>20)
	}
	s, known := decodeKnown(raw, p.parms["charset"])
	if !known {
		c.m.warn("its text says that it is written in %q, which is unknown; it was read as it looks", oneLine(p.parms["charset"]))
	}
	s = clean(s)
	if strings.Contains(s, "\ufffd") {
		c.m.warn("its text has characters that cannot be read")
	}
	isHTML := p.kind == "text/html"
	if !isHTML && looksLikeHTML(s) {
		isHTML = true
		c.m.warn("its plain text is HTML; it was read as that")
	}
	if !isHTML {
		s = c.withoutUU(s)
		c.add(piece{text: s})
		return
	}
	page := readHTML(s)
	if page.cut {
		c.m.warn("its HTML is longer than %d MB; the rest was not read", mostHTML>>20)
	}
	if page.hidden != "" {
		c.m.Hidden = strings.TrimSpace(c.m.Hidden + "\n" + page.hidden)
		if !page.before || len(page.hidden) > mostPreview {
			c.m.suspect(Unseen+": “%s”", shortened(page.hidden))
		}
	}
	c.m.Pictures += page.wants
	for _, l := range page.links {
		if shown, target, deceives := l.deceives(); deceives {
			c.m.suspect("a link shows %s and leads to %s", oneLine(shown), oneLine(target))
		}
	}
	c.add(piece{page.text, true})
}

// Unseen begins what is said of hidden text; the text itself follows.
const Unseen = "it has text that a reader does not see"

// mostPreview is how much may stand hidden at the top: what lists of mail show beside the subject.
const mostPreview = 300

func shortened(s string) string {
	const most = 120
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

func (c *content) add(t piece) {
	if c.size += len(t.text); c.size > 2*mostText {
		c.m.warn("its text is longer than %d MB; the rest was not read", 2*mostText>>20)
		return
	}
	c.texts = append(c.texts, t)
}

// looksLikeHTML tells whether a plain text is HTML, as some programs send it.
func looksLikeHTML(s string) bool {
	start := strings.ToLower(strings.TrimSpace(s[:min(len(s), 2000)]))
	if strings.HasPrefix(start, "<!doctype html") || strings.HasPrefix(start, "<html") {
		return true
	}
	return len(tags.RE().FindAllStringIndex(s, 6)) >= 6
}

var uuBegins = lazy.Pattern(`(?m)^begin(?:-base64)? [0-7]{3,4} \S.*$`)

// withoutUU takes files out that stand within the text (POSIX uuencode).
func (c *content) withoutUU(s string) string {
	for range 50 {
		found := uuBegins.RE().FindStringIndex(s)
		if found == nil {
			return s
		}
		rest := s[found[1]:]
		end := strings.Index(rest, "\nend")
		if end < 0 {
			end = len(rest)
		} else {
			end += len("\nend")
		}
		head := oneLine(s[found[0]:found[1]])
		c.m.warn("a file is within its text (uuencoded: %s), and was not read; the message holds it", strings.TrimPrefix(head, "begin "))
		s = s[:found[0]] + rest[end:]
	}
	return s
}

// finish tells the message's own words from those that it quotes or forwards.
func (c *content) finish() {
	var all []string
	for _, t := range c.texts {
		if strings.TrimSpace(t.text) != "" {
			all = append(all, strings.Trim(t.text, "\n"))
			c.m.HTML = c.m.HTML || t.html
		}
	}
	c.m.separate(strings.Split(strings.Join(all, "\n\n"), "\n"), c.r.now, c.depth)
	c.m.attachedForward()
}

var (
	forwards = lazy.Pattern(`(?i)^\s*(?:fwd?|wg|wtr|tr|rv|enc|i|vs|doorst|weitergeleitet)\s*(?:\[\d+\])?\s*:|\(fwd\)\s*$`)
	replies  = lazy.Pattern(`(?i)^\s*(?:re|aw|antw|sv|ref|rif|res)\s*(?:\[\d+\])?\s*:`)
)

// separate does that with the lines of a text.
func (m *Message) separate(lines []string, now time.Time, depth int) {
	at := find(lines)
	if at == nil && forwards.RE().MatchString(m.Subject) {
		if plain := unmarkedAll(lines); plain != nil { // a frame around all that was forwarded
			if at = find(plain); at != nil && at.explicit {
				lines = plain
			} else {
				at = nil
			}
		}
	}
	if at == nil {
		m.Text = unmarked(lines)
		m.Body, m.Quoted = paragraphs(linesOf(m.Text, false)), paragraphs(linesOf(m.Text, true))
		if m.Body == "" && m.Quoted != "" && !strings.Contains(m.Quoted, "wrote:") && !replies.RE().MatchString(m.Subject) {
			lines = unquoted(lines) // all of it is marked: a page within a frame
			m.Body, m.Quoted, m.Text = paragraphs(lines), "", []Passage{{Lines: lines}}
		}
		return
	}
	m.Text = unmarked(lines[:at.line])
	top, quoted := paragraphs(linesOf(m.Text, false)), linesOf(m.Text, true)
	if depth < mostInside && m.isForward(at, top) {
		m.Remark, m.Quoted = top, paragraphs(quoted)
		m.Forwarded = m.within(lines, at, now, depth)
		return
	}
	m.Body = top
	m.Text = append(m.Text, Passage{true, lines[at.line:]})
	m.Quoted = paragraphs(append(quoted, lines[at.line:]...))
}

// within is the message that is forwarded in a text.
func (m *Message) within(lines []string, at *marker, now time.Time, depth int) *Message {
	rest := lines[at.body:]
	if at.fields == nil { // each of its lines is marked, its head too
		rest = unquoted(rest)
		for len(rest) > 0 && strings.TrimSpace(rest[0]) == "" {
			rest = rest[1:]
		}
		if fields, end := blockAt(rest, 0); fields != nil {
			at.fields, rest = fields, rest[end:]
		}
	}
	f := m.fromBlock(at.fields, now)
	f.separate(rest, now, depth+1)
	return f
}

// shortTop is how much may stand above a message for it to be one that was passed on.
const shortTop = 600

// isForward tells whether what stands below is the message, rather than what it answers. The same rule stands
// above both. What decides is whether it says so, the subject, how much stands above, and who wrote what is below:
// what those to whom it was sent wrote themselves is quoted.
func (m *Message) isForward(at *marker, top string) bool {
	if m.ours(at.fields) {
		return false
	}
	is, answers := forwards.RE().MatchString(m.Subject), replies.RE().MatchString(m.Subject)
	switch {
	case at.explicit:
		return is || top == "" || !answers && len(top) <= shortTop
	case at.fields == nil:
		return is && top == ""
	case top == "":
		return strings.Contains(at.fields["From"], "@") || is
	}
	from := addresses(at.fields["From"])
	passedOn := len(from) > 0 && m.From.Address != "" && !sameOwner(domain(from[0].Address), domain(m.From.Address))
	return is && (len(top) <= shortTop || passedOn)
}

// ours tells whether the block above earlier mail names one of those to whom the message went as who wrote that.
func (m *Message) ours(fields map[string]string) bool {
	from := strings.ToLower(fields["From"])
	if from == "" {
		return false
	}
	for _, to := range append(append([]Address{}, m.To...), m.Cc...) {
		if to.Address != "" && strings.Contains(from, strings.ToLower(to.Address)) {
			return true
		}
		names := strings.FieldsFunc(strings.ToLower(to.Name), func(r rune) bool { return r == ' ' || r == ',' || r == '.' })
		found := 0
		for _, n := range names {
			if len(n) > 1 && strings.Contains(from, n) {
				found++
			}
		}
		if found >= 2 && !strings.Contains(from, "@") {
			return true
		}
	}
	return false
}

func domain(address string) string {
	_, d, _ := strings.Cut(address, "@")
	return strings.ToLower(d)
}

// attachedForward takes a message that is attached for the one that counts, if it was passed on so.
func (m *Message) attachedForward() {
	if m.Forwarded != nil || m.Bounce != nil || m.Auto {
		return
	}
	var only *Message
	n := 0
	for _, p := range m.Parts {
		if p.Message != nil {
			only, n = p.Message, n+1
		}
	}
	short := len(m.Body) <= shortTop
	if n != 1 || !(m.Body == "" || forwards.RE().MatchString(m.Subject) && short) {
		if n > 0 {
			m.warn("messages are attached to it: %d", n)
		}
		return
	}
	if only.From.Address != "" && m.ours(map[string]string{"From": only.From.Address}) {
		return
	}
	m.Remark, m.Body, m.Forwarded = m.Body, "", only
}
