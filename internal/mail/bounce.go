package mail

import (
	"strings"

	"foia/internal/lazy"
)

// Bounce says that a message of ours did not arrive, or not yet.
type Bounce struct {
	Address         string   // where it could not be delivered; empty: the notice does not say
	Others          []string // further addresses
	Status          string   // such as 5.1.1 (RFC 3463); empty: unknown
	Delayed         bool     // the server still tries; else it gave up
	Diagnostic      string   // what the other server said
	OriginalID      string   // the Message-ID of ours, without brackets; empty: unknown
	OriginalSubject string
}

var (
	statusCode      = lazy.Pattern(`\b([245]\.\d{1,3}\.\d{1,3})\b`)
	replyCode       = lazy.Pattern(`(?m)(?:^|[\s:#<"'(])([45])\d\d[ -](?:#?[45]\.\d+\.\d+|[A-Za-z<])`)
	returnedID      = lazy.Pattern(`(?im)^[\s>|]*(?:Message-ID|Nachrichten-ID)\s*:\s*<([^<>\s]+)>`)
	returnedSubject = lazy.Pattern(`(?im)^[\s>|]*(?:Subject|` +
		`Betreff)\s*:[ \t]*(\S.*)$`)
	failedTo      = lazy.Pattern(`<([^<>\s@]+@[^<>\s@]+)>`)
	bounceSubject = lazy.Pattern(`(?i)^(?:undeliver(?:ed|able)\b|unzustellbar|nicht zugestellt|delivery (?:status notification|` +
		`failure|failed|delayed|` +
		`has failed)|mail delivery (?:failed|failure|system)|returned mail|failure notice|delayed:|warning: (?:could not send|` +
		`message)|` +
		`message (?:delayed|not delivered|undeliverable)|zustellung.*(?:fehlgeschlagen|verzögert)|verzögert:|` +
		`mail could not be delivered|` +
		`nachricht.*nicht zugestellt|ihre (?:nachricht|e-mail).*nicht.*zugestellt|non remis|no se puede entregar|` +
		`message you sent blocked|nondeliverable mail|e-mail delivery failure)`)
	daemon   = lazy.Pattern(`(?i)^(?:mailer-daemon|postmaster|mail-daemon|mailerdaemon)\b`)
	failWord = lazy.Pattern(`(?i)could not be (?:delivered|sent)|(?:was|were) not delivered|couldn't be delivered|` +
		`cannot be delivered|undeliverable|` +
		`delivery (?:has )?failed|failed permanently|permanent (?:fatal )?error|user unknown|unknown user|mailbox unavailable|` +
		`no such user|` +
		`(?:konnte|kann|wurde)n? nicht zugestellt|nicht zustellbar|unzustellbar|giving up|rejected`)
	delayWord = lazy.Pattern(`(?i)\bdelayed\b|has not (?:yet )?been delivered|will (?:be retried|keep trying|continue to (?:try|` +
		`be)|retry)|` +
		`not yet been delivered|do not need to resend|noch nicht zugestellt|verzögert|wird weiterhin versucht|temporar(?:y|ily)`)
)

// bounced tells whether the message is a notice of a delivery that failed, and of which message.
func (m *Message) bounced(h head, c *content) {
	body := c.allText()
	failed := h.get("X-Failed-Recipients")
	local, _, _ := strings.Cut(m.From.Address, "@")
	fromDaemon := daemon.RE().MatchString(local) || h.get("Return-Path") == "<>" && m.From.Address == ""
	said := bounceSubject.RE().MatchString(m.Subject)
	machine := fromDaemon || h.get("Return-Path") == "<>" || h.get("Auto-Submitted") != "" &&
		!strings.HasPrefix(h.get("Auto-Submitted"), "no")
	free := (fromDaemon || said && machine) && (failWord.RE().MatchString(body) || delayWord.RE().MatchString(body) || said)
	if c.report == nil && failed == "" && !free {
		return
	}
	b := &Bounce{}
	action := ""
	if c.report != nil {
		action = b.report(c.m, c.report)
	}
	if action == "delivered" || action == "relayed" || action == "expanded" {
		m.warn("it reports that a message was delivered")
		m.Auto = true
		return
	}
	for _, a := range addresses(failed) {
		b.add(a.Address)
	}
	b.fill(m, body)
	b.original(m, c, body)
	switch {
	case action == "delayed":
		b.Delayed = true
	case action == "failed":
	case b.Status != "":
		b.Delayed = b.Status[0] == '4'
	default:
		code := replyCode.RE().FindStringSubmatch(body)
		b.Delayed = code != nil && code[1] == "4" || code == nil && delayWord.RE().MatchString(body+" "+m.Subject) &&
			!failWord.RE().MatchString(body)
	}
	m.Bounce = b
}

func (c *content) allText() string {
	var out strings.Builder
	for _, t := range c.texts {
		if out.Len() < 1<<20 {
			out.WriteString(t.text[:min(len(t.text), 1<<20)] + "\n")
		}
	}
	return out.String()
}

func (b *Bounce) add(address string) {
	address = strings.TrimSpace(oneLine(address))
	switch {
	case address == "" || strings.EqualFold(address, b.Address) || len(b.Others) >= mostAddresses:
	case b.Address == "":
		b.Address = address
	default:
		b.Others = once(b.Others, address)
	}
}

// report reads a report on delivery (RFC 3464): fields for the message, then fields for each address. Of several
// outcomes, the worst is the message's.
func (b *Bounce) report(m *Message, p *part) (action string) {
	raw := m.decoded(p)
	worst := map[string]int{"": 0, "expanded": 1, "relayed": 2, "delivered": 3, "delayed": 4, "failed": 5}
	for at, n := 0, 0; at < len(raw) && n < 500; n++ {
		var h head
		begin := at
		h, at, _ = readHead(raw, at, false, func([]byte) bool { return false })
		if at == begin {
			break
		}
		address := h.get("Final-Recipient")
		if address == "" {
			address = h.get("Original-Recipient")
		}
		said := strings.ToLower(strings.TrimSpace(h.get("Action")))
		said, _, _ = strings.Cut(said, " ")
		if address == "" && said == "" {
			continue
		}
		if _, a, ok := strings.Cut(address, ";"); ok {
			address = a
		}
		address = strings.Trim(strings.TrimSpace(address), "<>")
		if worst[said] <= worst[action] && b.Address != "" {
			b.add(address)
			continue
		}
		if old := b.Address; old != "" && old != address {
			b.Address = ""
			b.add(address)
			b.add(old)
		} else {
			b.add(address)
		}
		action = said
		b.Status = statusCode.RE().FindString(h.get("Status"))
		diagnostic := h.text("Diagnostic-Code")
		if kind, text, ok := strings.Cut(diagnostic, ";"); ok && !strings.Contains(kind, " ") {
			diagnostic = strings.TrimSpace(text)
		}
		b.Diagnostic = diagnostic
	}
	return action
}

// fill finds in the text what the report does not say.
func (b *Bounce) fill(m *Message, body string) {
	if b.Status == "" {
		b.Status = statusCode.RE().FindString(body)
		if strings.HasPrefix(b.Status, "2") {
			b.Status = ""
		}
	}
	if b.Address == "" {
		found := failedTo.RE().FindAllStringSubmatch(body, 20)
		if found == nil {
			for _, a := range anAddress.RE().FindAllString(body, 20) {
				found = append(found, []string{a, a})
			}
		}
		for _, f := range found {
			if a := strings.Trim(f[1], "."); b.Address == "" && !m.mentions(a) {
				b.add(a)
			}
		}
	}
	if b.Diagnostic == "" {
		for line := range strings.SplitSeq(body, "\n") {
			if statusCode.RE().MatchString(line) || replyCode.RE().MatchString(line) {
				b.Diagnostic = oneLine(line)
				return
			}
		}
	}
}

// mentions tells whether an address is the message's own sender or addressee.
func (m *Message) mentions(address string) bool {
	for _, a := range append([]Address{m.From}, m.To...) {
		if strings.EqualFold(a.Address, address) {
			return true
		}
	}
	return false
}

// original finds which message came back.
func (b *Bounce) original(m *Message, c *content, body string) {
	if c.returned != nil {
		raw := withoutEnvelope(m.decoded(c.returned))
		h, _, _ := readHead(raw, 0, false, func([]byte) bool { return false })
		b.OriginalID, b.OriginalSubject = h.id("Message-Id"), h.text("Subject")
	}
	for _, p := range m.Parts {
		if p.Message != nil && b.OriginalID == "" {
			b.OriginalID, b.OriginalSubject = p.Message.ID, p.Message.Subject
		}
	}
	if b.OriginalID == "" {
		if found := returnedID.RE().FindStringSubmatch(body); found != nil {
			b.OriginalID = clean(found[1])
		} else if len(m.References) > 0 {
			b.OriginalID = m.References[0]
		}
	}
	if b.OriginalSubject == "" {
		if found := returnedSubject.RE().FindStringSubmatch(body); found != nil {
			b.OriginalSubject = oneLine(decodeWords(found[1]))
		}
	}
}
