package reply

import (
	"strings"

	"foia/internal/lazy"
)

var appealForms = struct{ to, below, cut, place, other lazy.Pattern }{
	to: lazy.Pattern(`(?i)\b(?:address(?:ed|ing)?|sen[dt]|sending|forward(?:ed)?|direct(?:ed)?|submit(?:ted|ting)?|mail(?:ed|ing)?|` +
		`e-?mail(?:ed)?|writ(?:e|ing|ten)|made|filed?|filing|deliver(?:ed)?|lodged?|appeals?|appealed|letter|request|review|` +
		`contact(?:ing)?|apply|applying|petition|erhoben|einzulegen|Widerspruch|days|date|response|decision|determination)\b` +
		`[^.;:]{0,90}?\b(?:to|with|(?:letter|notice|determination|response|receipt|days) by|received by|beim|bei der|bei dem|` +
		`by contacting|contacting|at)(?: either)?:? (?:(?:the|our|my|a|der|dem) )?((?-i:[A-Z0-9])[^;]{4,260})`),
	below: lazy.Pattern(`(?i)(?:address|office|addressee|official)\w* (?:given |shown |listed |named |set out )?below|(?:following|` +
		`below) (?:address|office)`),
	cut: lazy.Pattern(`(?i),? (?:for appropriate action|within|(?:no|not) later than|on or before|by \w+ \d+|or you may|or by e-?mail|o` +
		`r submit|or via|or through|or electronically|or online|or at https?|in my care|at the (?:above|following)|` +
		`for (?:an )?internal review|` +
		`erhoben|einzulegen|and (?:should|must|clearly|include|mark|be )|if you|pursuant to|in accordance|following the|for forwarding|` +
		`as appropriate|who (?:will|is)|as provided|` +
		`(?:by|via) (?:e-?mail|fax|mail|courier)|(?:e-?mail|fax|telephone|phone):?|and to the|marked|\(?(?:\S+@\S+)|https?:)(?:\s|,|\.|` +
		`$).*$|` +
		`, erhoben.*$|,? \S+@\S+.*$|\. (?-i:[A-Z][a-z]+) (?:should|must|may|appeal|letter|will|is|are|envelope|request|you|the)\b.*$|` +
		`\. (?:Please|Your?|The|If|An|Appeals?|It|Such|In|We|Both|Include)\b.*$`),
	place: lazy.Pattern(`(?i)\b\d{5}(?:-\d{4})?\b|\bstreet\b|\bavenue\b|\bsuite\b|\broom\b|\bP\.?O\.? Box|\bsquare\b|\broad\b|` +
		`\bdrive\b|` +
		`\blane\b|\bplaza\b|\ballee\b|straße|\bquay\b|\b(?-i:[A-Z]{1,2}\d{1,2}[A-Z]? ?\d[A-Z]{2})\b|\b(?:St|Ave|Blvd|Rd|Dr)\b\.?,|` +
		`\b(?-i:[A-Z]\d[A-Z]) ?\d(?-i:[A-Z])\d`),
	// To these no appeal is made, though a letter names them beside it.
	other: lazy.Pattern(`(?i)Government Information Services|\bOGIS\b|Public Liaison|Information Commissioner|\bcourt\b|ombuds|` +
		`you\b.{0,20}inquir|Adelphi`),
}

// appealTo is where a message says that an appeal goes, with the sentence that says so: the first place that has an
// address, else the first that is named.
func (r *reader) appealTo() (string, *sentence) {
	named, where := "", (*sentence)(nil)
	for i := range r.text.sentences {
		s := &r.text.sentences[i]
		if s.head || !r.speaksOfAppeal(i) {
			continue
		}
		to, at := r.addressIn(s, i)
		switch {
		case len(to) < 9 || appealForms.other.RE().MatchString(to) || appealForms.below.RE().MatchString(to):
		case appealForms.place.RE().MatchString(to):
			return to, at
		case named == "" && titled.RE().MatchString(to):
			named, where = to, at
		}
	}
	return named, where
}

var reachedBy = lazy.Pattern(`(?i)^(?:fax|facsimile|phone|telephone|tel|e-?mail|website|web)\b\.?:?`)

// asTo is a name in short before the addressee, as in “appeal to the PAC by writing to: Public Access Counselor”.
var asTo = lazy.Pattern(`(?i)^[^,;:]{0,60}?\b(?:by (?:writing|sending (?:it|one|a letter))|in writing|addressed|at the address) ` +
	`(?:to|at|of)\b:? (?:the )?`)

// marking is what is to be written on an appeal, before the addressee.
var marking = lazy.Pattern(`(?i)^["“]Freedom of Information(?: Act)? Appeals?,?["”],? `)

var titled = lazy.Pattern(`\b(?:Office|Officer|Director|Secretary|Administrator|Counsel|Counselor|Solicitor|Commissioner|Manager|` +
	`Panel|Authority|Board|` +
	`Committee|Commission|Clerk|Chief|General|Head|Unit|Team|Division|Department|Agency|Appeals?|Supervisor|Bundesamt|Council|Mayor|` +
	`Executive|` +
	`President|Chancellor|Attorney|Custodian|Bureau|Service|Center|Centre|Staff|Amt|Behörde|Ministerium)\b`)

// speaksOfAppeal tells whether a sentence speaks of an appeal, or goes on from one that does.
func (r *reader) speaksOfAppeal(i int) bool {
	for j := i; j >= 0 && j >= i-2 && r.text.sentences[j].part == r.text.sentences[i].part; j-- {
		if appealWord.RE().MatchString(r.text.sentences[j].text) {
			return true
		}
	}
	return false
}

// addressIn is the addressee that a sentence names, or to which it points below.
func (r *reader) addressIn(s *sentence, i int) (string, *sentence) {
	if to := r.addressBelow(s); to != "" {
		return to, s
	}
	best := ""
	for rest := s.text; ; {
		m := appealForms.to.RE().FindStringSubmatchIndex(rest)
		if m == nil {
			break
		}
		to := strings.TrimSpace(appealForms.cut.RE().ReplaceAllString(rest[m[2]:m[3]], ""))
		to = marking.RE().ReplaceAllString(asTo.RE().ReplaceAllString(to, ""), "")
		to = r.inCareOf(strings.TrimRight(to, " .,:"), s.text)
		if best == "" || !appealForms.place.RE().MatchString(best) && appealForms.place.RE().MatchString(to) {
			best = to
		}
		rest = rest[m[2]:]
	}
	if appealForms.below.RE().MatchString(s.text) {
		for j := i + 1; j < min(i+5, len(r.text.sentences)); j++ {
			next := &r.text.sentences[j]
			if appealForms.place.RE().MatchString(next.text) && !strings.HasSuffix(next.text, ".") {
				return strings.TrimRight(r.block(next), " ."), next
			}
		}
	}
	return best, s
}

// block is the lines of a paragraph that is an address, with commas between them.
func (r *reader) block(s *sentence) string {
	var lines []string
	for _, l := range r.text.tail {
		if l.part != s.part {
			continue
		}
		if l.text == "" {
			if l.number > s.line {
				break
			}
			lines = nil
			continue
		}
		lines = append(lines, strings.TrimRight(l.text, " ,"))
	}
	return r.joined(lines)
}

// joined are lines of an address with commas between them; where a line goes on because it was full, a blank.
func (r *reader) joined(lines []string) string {
	width := 0
	for _, l := range r.text.tail {
		width = max(width, len(l.text))
	}
	out := ""
	for i, l := range lines {
		if i > 0 {
			first, _, _ := strings.Cut(l, " ")
			if before := lines[i-1]; len(before) > 40 && len(before)+2+len(first) > min(width, 100) {
				out += " " + l
				continue
			}
			out += ", "
		}
		out += l
	}
	return marking.RE().ReplaceAllString(strings.TrimRight(appealForms.cut.RE().ReplaceAllString(out, ""), " .,"), "")
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
			return r.joined(lines)
		case reachedBy.RE().MatchString(l.text): // a number, and no part of the address
		case l.text != "" && strings.Contains(l.text, "@") && len(lines) > 0:
			return r.joined(lines)
		case l.text != "":
			if len(l.text) > 75 && len(lines) > 1 { // text goes on without a blank line
				return r.joined(lines)
			}
			if len(lines) == 9 || len(l.text) > 90 && !appealForms.place.RE().MatchString(l.text) {
				return ""
			}
			lines = append(lines, strings.TrimRight(l.text, " ,"))
		}
	}
	return r.joined(lines)
}

var toBelow = lazy.Pattern(`(?i)(?:appeals?|address\w*|write|writing|sen[dt]|submit\w*|file\w*|forward\w*|mail\w*|to|office|` +
	`below):$|\b(?:to|at):$`)

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

var appealWord = lazy.Pattern(`(?i)\bappeal|\b(?:contest|challenge) (?:this|the|our|my)|internal review|advers` +
	`e|Widerspruch|right of review|requ` +
	`est for review|reconsideration|petition|complaints? (?:should|must|may|can|rights|procedure)|review (?:its|their|our|this|` +
	`the) decision`)
