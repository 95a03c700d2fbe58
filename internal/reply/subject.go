package reply

import (
	"slices"
	"strings"

	"foia/internal/lazy"
)

// subject is what names the records: what the letter quotes of the request, else the line that names them, else what it
// says was asked for, else the subject of the mail.
func (r *reader) subject() string {
	if s := r.quotedSubject(); s != "" {
		return s
	}
	for _, l := range r.text.tail {
		m := subjectLine.RE().FindStringSubmatch(l.text)
		if m == nil || noSubject.RE().MatchString(m[1]) ||
			slices.ContainsFunc(numberForms.token.RE().FindAllString(m[1], -1), isNumber) {
			continue
		}
		return strings.TrimSpace(m[1])
	}
	for _, g := range r.signs("subject") {
		if s := subjectOf(g.values["subject"]); s != "" {
			return s
		}
	}
	if m := mailSubject.RE().FindStringSubmatch(r.mailSubject()); m != nil {
		return strings.TrimSpace(m[1])
	}
	return ""
}

// quotedSubject is what stands in quotation marks behind words such as “you asked for”, there or in the next sentence.
func (r *reader) quotedSubject() string {
	for i := range r.text.sentences {
		s := &r.text.sentences[i]
		if s.head {
			continue
		}
		at := asksFor.RE().FindStringIndex(s.text)
		if at == nil || appealWord.RE().MatchString(s.text) {
			continue
		}
		rest := s.text[at[1]:]
		if strings.HasSuffix(rest, ":") && i+1 < len(r.text.sentences) {
			next := r.text.sentences[i+1].text
			if q := quoted.RE().FindStringSubmatch(next); q != nil {
				return trimmedSubject(q[1])
			}
			return trimmedSubject(next)
		}
		if q := quoted.RE().FindStringSubmatch(rest); q != nil && len(q[1]) > 12 {
			return trimmedSubject(q[1])
		}
	}
	return ""
}

// subjectOf is a text that names records, without what is said of the request behind it; empty where it names none.
func subjectOf(s string) string {
	s = strings.TrimSpace(s)
	if noSubject.RE().MatchString(s) {
		return ""
	}
	return trimmedSubject(subjectTail.RE().ReplaceAllString(s, ""))
}

func trimmedSubject(s string) string {
	s = subjectEnd.RE().ReplaceAllString(strings.TrimSpace(s), "")
	return strings.Trim(s, " .,;:\"“”")
}

var (
	subjectLine = lazy.Pattern(`^(?:Subject(?: of Request)?|Subject Matter|RE|Re|Records (?:requested|Sought)|` +
		`Description of (?:the )?(?:requested )?` +
		`[Rr]ecords(?: requested)?):?\s+([^:]{8,160}?)(?: \(.*)?$`)
	noSubject = lazy.Pattern(`(?i)^(?:by|your?|our|action\b|example\b|them\b|and to|a (?:large|voluminous)|the five|any grievance|` +
		`january;|an internal|\(b\)|material under|this|that|it|a copy|fees?|waiver|a waiver|an? (?:fee|extension)|` +
		`expedit\w+|` +
		`processing|further|search in|the following:?$|(?:public )?(?:records?|information|documents|data)(?:\.|$| (?:under|pursuant|` +
		`that you sent|on \W|which|made|held by)` +
		`\b)|(?:access to )?(?:public )?(?:records|information)$|freedom of information|foia|(?:public|open) records (?:request|act)|` +
		`notice of|response to|final|request|tracking|privileged|appeal|review|is |was |are |release of information|the (?:purpose|` +
		`cost|` +
		`time|fee)s?\b)`)
	subjectTail = lazy.Pattern(`(?i),? (?:which (?:was|reached|we|you)|e-?mailed|and (?:was|is) (?:being )?(?:received|processed)|` +
		`was received|` +
		`received (?:on|by|in)|dated|under the|pursuant to|has been|in (?:the )?amount|ergeht|ist (?:hier )?am|` +
		`is \w+ (?:to be )?(?:process|handl)|and to determine|(?:since|from) (?:19|20)\d\d to|` +
		`, and supplements)\b.*$`)
	subjectEnd  = lazy.Pattern(`(?i)(?:,? (?:on|dated|dating|from|received) (?:since )?` + datePattern + `)?\.?$`)
	mailSubject = lazy.Pattern(`(?i)FOIA request: (.{5,120}?)(?: \((?:our|your) ref.*)?$`)
	quoted      = lazy.Pattern(`["“„]([^"”“]{6,400})["”“]`)
	asksFor     = lazy.Pattern(`(?i)\b(?:you (?:have |had )?(?:\w+ )?(?:asked|requested|seek|sought|seeking|want|wanted|wish)|` +
		`are seeking|in which you|` +
		`your (?:\w+ )*request (?:for|mentioned|sought|seeks|reads|was for|is for|asks|asked)|seek(?:s|ing)? access)\b`)
)
