package reply

import (
	"strings"

	"foia/internal/lazy"
)

var appealForms = struct{ to, below, cut, address lazy.Pattern }{
	to: lazy.Pattern(`(?i)(?:appeals? (?:should|must|may) be (?:addressed|sent|forwarded|directed|submitted|mailed)(?:` +
		` in writing)? to|must be (?:forwarded|addressed|sent|submitted) to|` +
		`by (?:writing|mail|sending .{0,20}|letter) to|(?:send|address|direct|mail|submit) (?:your|the|an|any) appea` +
		`l to|you may (?:write|appeal) .{0,80}?to|appeal this (?:response|decision|determination) to|` +
		`be sent .{0,60}? to|(?:made|submitted) .{0,80}?sent to|write to|appeal .{0,100}? (?:letter|date|days) to|Wi` +
		`derspruch beim):? (?:the )?([A-Z][^;]{4,260})`),
	below: lazy.Pattern(`(?i)(?:address|office) below`),
	cut: lazy.Pattern(`(?i),? (?:for appropriate action|within|no later than|by \w+ \d+|or you may|or by e-?mail|o` +
		`r submit|or via|or through|in my care|at the (?:above|following)|for (?:an )?internal review|erhoben|and (?` +
		`:should|must|clearly))\b.*$|, erhoben.*$`),
	address: lazy.Pattern(`(?i)\b\d{5}(?:-\d{4})?\b|\bstreet|avenue|suite\b`),
}

// appealTo is where a message says that an appeal goes, with the sentence that says so.
func (r *reader) appealTo() (string, *sentence) {
	for i := range r.text.sentences {
		s := &r.text.sentences[i]
		if !appealWord.RE().MatchString(s.text) && (i == 0 || !appealWord.RE().MatchString(r.text.sentences[i-1].text)) {
			continue
		}
		if to := r.addressBelow(s); to != "" {
			return to, s
		}
		if m := appealForms.to.RE().FindStringSubmatch(s.text); m != nil {
			to := strings.TrimSpace(appealForms.cut.RE().ReplaceAllString(m[1], ""))
			to = r.inCareOf(strings.TrimRight(to, " .,:"), s.text)
			if len(to) > 8 && !appealForms.below.RE().MatchString(to) {
				return to, s
			}
		}
		if appealForms.below.RE().MatchString(s.text) && i+1 < len(r.text.sentences) {
			if next := &r.text.sentences[i+1]; appealForms.address.RE().MatchString(next.text) {
				return strings.TrimRight(next.text, " ."), next
			}
		}
	}
	return "", nil
}

// addressBelow is the address in the lines below a sentence that ends with a colon; empty if there is none.
func (r *reader) addressBelow(s *sentence) string {
	if !strings.HasSuffix(s.text, ":") || !toBelow.RE().MatchString(s.text) {
		return ""
	}
	last := s.text[max(strings.LastIndex(s.text, " ")+1, 0):]
	var lines []string
	for _, l := range r.text.tail {
		switch {
		case l.part != s.part || l.number < s.line:
			continue
		case lines == nil:
			if strings.HasSuffix(l.text, last) {
				lines = []string{}
			}
		case l.text == "" && len(lines) > 0:
			return strings.Join(lines, ", ")
		case l.text != "" && strings.Contains(l.text, "@") && len(lines) > 0:
			return strings.Join(lines, ", ")
		case l.text != "":
			if len(lines) == 9 || len(l.text) > 90 {
				return ""
			}
			lines = append(lines, strings.TrimRight(l.text, " ,"))
		}
	}
	return strings.Join(lines, ", ")
}

var toBelow = lazy.Pattern(`(?i)(?:appeals?|address\w*|write|writing|sen[dt]|submit\w*|file\w*|forward\w*|mail\w*|to|office|below):$|to:$`)

// inCareOf is the addressee of an appeal in the care of whoever signed the letter, at the place in its head.
func (r *reader) inCareOf(to, sentence string) string {
	if !inMyCare.RE().MatchString(sentence) {
		return to
	}
	signed, after := "", false
	for _, l := range r.text.tail {
		if after && l.text != "" {
			signed = l.text
			break
		}
		after = after || closing.RE().MatchString(l.text)
	}
	if signed == "" {
		return to
	}
	place := ""
	for _, l := range r.text.head {
		if l.text == "" {
			break
		}
		place += ", " + l.text
	}
	return to + ", in care of the " + signed + place
}

var (
	inMyCare = lazy.Pattern(`(?i)in my care|in care of (?:me|this office)`)
	closing  = lazy.Pattern(`(?i)^(?:sincerely|very truly|respectfully|yours)\b`)
)

var appealWord = lazy.Pattern(`(?i)\bappeal|internal review|adverse|Widerspruch|right of review|requ` +
	`est for review|reconsideration|petition`)
