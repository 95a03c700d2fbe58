package mail

import (
	"strings"

	"foia/internal/lazy"
)

var autoSubject = lazy.Pattern(`(?i)^\s*(?:automatic reply\b|auto[- ]?reply\b|auto(?:matic)? response\b|auto:|` +
	`out[- ]of[- ](?:the[- ])?office\b|` +
	`automatische (?:antwort|e-mail-antwort|rückmeldung)|abwesenheits(?:notiz|agent|nachricht|benachrichtigung)|abwesend:|` +
	`réponse automatique|respuesta automática|risposta automatica|automatisch antwoord|i am out of the office)|` +
	`\bis out of the office\b|\bam out of the office\b`)

// automatic tells whether a machine answered, or wrote by itself. That a message asks for no answers, which notices
// of portals and letters of case systems do too, is only the second.
func (m *Message) automatic(h head) {
	submitted := strings.ToLower(strings.TrimSpace(h.get("Auto-Submitted")))
	submitted, _, _ = strings.Cut(submitted, ";")
	precedence := strings.ToLower(strings.TrimSpace(h.get("Precedence")))
	suppress := h.get("X-Auto-Response-Suppress")
	empty := strings.TrimSpace(h.get("Return-Path")) == "<>"
	switch {
	case strings.HasPrefix(submitted, "auto-replied"), autoSubject.RE().MatchString(m.Subject), precedence == "auto_reply",
		h.get("X-Autoreply") != "", h.get("X-Autorespond") != "", h.get("X-Autoreply-From") != "",
		strings.HasPrefix(h.get("X-Post-Messageclass"), "9"), // Alaveteli and froide found it on those of some German servers
		empty && submitted == "" && m.Bounce == nil && len(m.References) > 0:
		m.Auto = true
	}
	m.Generated = m.Auto || m.Bounce != nil || strings.HasPrefix(submitted, "auto-") || suppress != "" || empty || precedence == "bulk"
}

// judge looks at what the receiving server found out about the sender.
func (m *Message) judge(h head) {
	result, ok := received(h)
	if !ok {
		return
	}
	method := resultsOf(result)
	if method["dmarc"] != "fail" {
		return
	}
	if method["arc"] == "pass" {
		m.warn("the sender's address could not be confirmed (dmarc=fail); a server that passed it on vouches for it (arc=pass)")
		return
	}
	m.suspect("your mail server says that the sender's address is not genuine (dmarc=fail)")
}

var by = lazy.Pattern(`(?i)\bby\s+([a-z0-9.-]+)`)

// received is the result of the server that received the message (RFC 8601, 5). Anybody can write such a field: it
// counts if it is the first, and names the server, or one in its domain, whose line of receipt is nearest above it,
// or if there is none above it, below. Then that line must be among the newest: of a server of the sender's, it is not.
func received(h head) (result string, ok bool) {
	above, first := "", ""
	seen := -1
	for i, f := range h {
		if f.name == "received" {
			m := by.RE().FindStringSubmatch(f.value)
			if m == nil {
				continue
			}
			if first == "" {
				first = m[1]
			}
			if above = m[1]; seen >= 0 {
				break
			}
		}
		if f.name == "authentication-results" && seen < 0 {
			seen = i
			if above != "" {
				break
			}
		}
	}
	if seen < 0 {
		return "", false
	}
	result = strings.ReplaceAll(h[seen].value, "\n", " ")
	id, _, _ := strings.Cut(result, ";")
	id, _, _ = strings.Cut(strings.TrimSpace(id), " ")
	switch {
	case strings.Contains(id, "="): // Microsoft names no server
		return result, first == "" || sameOwner(first, "outlook.com")
	case above == "":
		return result, true
	}
	return result, sameOwner(id, above) && sameOwner(id, first)
}

var aResult = lazy.Pattern(`(?i)(?:^|;)\s*([a-z-]+)(?:/\d+)?\s*=\s*([a-z]+)`)

// resultsOf are the results by their methods. What stands in brackets is remarks, which may hold anything.
func resultsOf(v string) map[string]string {
	v = inBrackets.RE().ReplaceAllString(v[:min(len(v), longestField)], " ")
	out := map[string]string{}
	for _, m := range aResult.RE().FindAllStringSubmatch(v, 50) {
		if method := strings.ToLower(m[1]); out[method] == "" || out[method] == "pass" {
			out[method] = strings.ToLower(m[2])
		}
	}
	return out
}
