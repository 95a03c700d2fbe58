package reply

import (
	"slices"
	"strings"
	"unicode"

	"foia/internal/lazy"

	"golang.org/x/text/unicode/norm"
)

// mostText is how much of a message is read; a letter has some thousand characters.
const mostText = 200_000

// mostSentence is how much of a sentence is read.
const mostSentence = 2_000

// text is a message in sentences.
type text struct {
	head      []line     // above the salutation; its rows with a name and a value are sentences, too
	sentences []sentence // of the body
	tail      []line     // everything, line by line, for tables and addresses
	answers   map[string]bool
}

// once answers a question about all of a text, for which all of it is looked through, the first time. It is asked for
// each sentence and each date.
func (t *text) once(question string, answer func() bool) bool {
	is, known := t.answers[question]
	if !known {
		if t.answers == nil {
			t.answers = map[string]bool{}
		}
		is = answer()
		t.answers[question] = is
	}
	return is
}

// line is a line of a part.
type line struct {
	text    string
	raw     string // with its spaces
	part    string
	number  int
	scanned bool
}

func (l line) sentence() sentence {
	return sentence{text: l.text, part: l.part, line: l.number, scanned: l.scanned}
}

// sentence is a sentence of the body, or what stands beside a ticked box.
type sentence struct {
	text    string
	part    string
	line    int
	para    int // the number of its paragraph
	scanned bool
	ticked  bool
	head    bool // a row of the head of the letter, with a name and a value

	before *sentence // of the same part; nil: it is the first
	told   *bool     // it tells what was said before; nil: not looked for yet
	has    []bool    // of the words that phrases need; nil: not looked for yet
	marks  string    // the text with a mark for every date; empty: not made yet
	dates  []string  // what the marks stand for
}

// The dates of a sentence are marked, so that a phrase can say that none stands between two words.
const (
	firstMark = '\uE000'
	lastMark  = '\uE0FF'
	dateMarks = `\x{E000}-\x{E0FF}`
	dateMark  = `[` + dateMarks + `]`
)

var anyDate = lazy.Pattern(`(?i)\b` + datePattern + `(?:\b|$)`)

// marked is the text with a mark for every date.
func (s *sentence) marked() string {
	if s.marks == "" && !strings.ContainsAny(s.text, "0123456789") {
		s.marks = s.text
	}
	if s.marks == "" {
		s.marks = anyDate.RE().ReplaceAllStringFunc(s.text, func(d string) string {
			if len(s.dates) > 0xFF || strings.Contains(d, "may") { // “12 may be released”
				return d
			}
			s.dates = append(s.dates, d)
			return string(rune(firstMark + len(s.dates) - 1))
		})
	}
	return s.marks
}

// plain is a piece of the marked text as it was written.
func (s *sentence) plain(marked string) string {
	var out strings.Builder
	for _, r := range marked {
		if i := int(r - firstMark); i >= 0 && i < len(s.dates) {
			out.WriteString(s.dates[i])
			continue
		}
		out.WriteRune(r)
	}
	return out.String()
}

func (s sentence) passage(words string) Passage {
	return Passage{Words: words, Part: s.part, Line: s.line, Scanned: s.scanned}
}

// folded is a text in the plainest form of its characters: without ligatures, soft hyphens and the kinds
// of spaces and hyphens that do not break.
func folded(s string) string {
	if len(s) > mostText {
		s = s[:mostText]
	}
	s = strings.ToValidUTF8(fromUTF16(s), "\uFFFD")
	s = strings.Map(func(r rune) rune {
		switch {
		case r >= firstMark && r <= lastMark: // no letter has them; here they mark dates
			return '\uFFFD'
		case r == '\u00ad' || r == '\u200b' || r == '\u200c' || r == '\u200d' || r == '\ufeff':
			return -1
		case r == '\u00a0' || r == '\u2007' || r == '\u202f':
			return ' '
		case r == '\u2010' || r == '\u2011':
			return '-'
		case r == '\r':
			return -1
		case r == '\f':
			return '\n'
		}
		return r
	}, norm.NFC.String(s))
	for _, l := range [][2]string{{"(s)", "s"}, {"ﬁ", "fi"}, {"ﬂ", "fl"}, {"ﬀ", "ff"}, {"ﬃ", "ffi"}, {"ﬄ", "ffl"},
		{"’", "'"}, {"‘", "'"}} {
		s = strings.ReplaceAll(s, l[0], l[1])
	}
	s = patterns.leaders.RE().ReplaceAllString(s, "    ")
	s = patterns.splitLigature.RE().ReplaceAllString(s, "$1$2")
	return patterns.smallL.RE().ReplaceAllStringFunc(s, func(w string) string { return strings.Replace(w, "l", "I", 1) })
}

var patterns = struct {
	salutation, divided, box, bullet, splitLigature, smallL, leaders lazy.Pattern
}{
	leaders: lazy.Pattern(`[ .]*\.{4,}[ .]*|(?: \.){4,} ?`), // of a table
	// What is read from a picture has “fi nal” for “final”, and an l for an I.
	splitLigature: lazy.Pattern(`\b(f[il]) ([a-z]{2,})`),
	smallL:        lazy.Pattern(`\b(?:lf|lt|ln|ls|lnformation|FOlA|lntergovernmental|lnspector|lnternal|lnterim|lnvestigation)\b`),
	salutation: lazy.Pattern(`(?i)^\s*(dear|hello|hi|good (morning|afternoon|day)|greetings|to whom|sehr geehrte|guten` +
		` tag)\b.{0,60}$|^\s*M(r|s|rs|x)\.? [A-Z][\w.' -]{1,30}\s*[-–—,:]\s*$`),
	divided: lazy.Pattern(`(\pL)-\n\s*(\p{Ll}\S*)[ \n]?`),
	box: lazy.Pattern(`\[\s*((?i:x{1,3}|yes|no|✓|✔|\*|•|-)?)\s*\]|([☐☑☒✓✔□■])|\(\s+\)|\(\s*[xX✓✔]\s*\)|^_+\s*[xX✓✔]?\s*_+(?:\s|$)|` +
		`\{\s*[xX✓✔]?\s*\}|<(?:\s*[xX✓✔]\s*|\s+)>|\|\s*[xX✓✔]?\s*\||(?:^|\s)/(?:\s*[xX✓✔]\s*|\s+)/(?:\s|$)`),
	bullet: lazy.Pattern(`^\s*(\(?[a-z0-9]{1,3}[.)]|[•*–-])\s`),
}

// textOf divides a message into its head and the sentences of its body.
func textOf(m Message, k Known) *text {
	t := &text{}
	own := ownSentences(k.Own)
	para := 0
	for _, p := range m.Parts {
		plain := folded(p.Text)
		raw := shaped(strings.Split(plain, "\n"))
		end := explained(raw)
		begin, head := -1, 0
		for i, s := range raw[:end] {
			if patterns.salutation.RE().MatchString(s) {
				begin = i
				break
			}
		}
		for begin < 0 && head < min(end, 30) && len(strings.Fields(raw[head])) < 12 { // a letter without a salutation
			head++
		}
		for i, s := range raw[:end] {
			l := line{strings.Join(strings.Fields(s), " "), s, p.Name, i + 1, p.Scanned}
			if i < max(begin, head) && !patterns.box.RE().MatchString(s) {
				t.head = append(t.head, l)
			}
			t.tail = append(t.tail, l)
		}
		t.sentences = append(t.sentences, valuesBelow(t.tail[len(t.tail)-end:], para)...)
		if p.Name != "" && begin < 0 && len(m.Parts) > 1 && (!dated(raw[:head]) || letterBeside(m, p.Name)) {
			continue // a record that was released, and no letter
		}
		para++
		for i, s := range raw[:min(max(begin, head), end)] {
			if one := strings.Join(strings.Fields(s), " "); label(one) || valueRow.RE().MatchString(strings.TrimSpace(s)) {
				t.sentences = append(t.sentences, sentence{text: one, part: p.Name, line: i + 1, para: para, scanned: p.Scanned,
					head: true})
			}
		}
		for _, s := range sentencesOf(raw[:end], begin+1, p, &para) {
			if !own.holds(plainly(s.text)) {
				t.sentences = append(t.sentences, s)
			}
		}
	}
	return t
}

// valuesBelow are the rows of a form in which each value stands below its name, as if it stood behind it.
func valuesBelow(lines []line, para int) (out []sentence) {
	for i := 1; i < min(len(lines), 40); i++ {
		name, value := strings.TrimRight(lines[i-1].text, ": "), lines[i].text
		if rowName.RE().MatchString(name) && len(value) < 50 && value != "" &&
			!patterns.box.RE().MatchString(value) && !rowName.RE().MatchString(value) {
			s := lines[i].sentence()
			s.text, s.para, s.head = name+": "+value, para, true
			out = append(out, s)
		}
	}
	return out
}

// rowName is the name of a row that tells something of a request.
var rowName = lazy.Pattern(`(?i)^(?:date (?:of receipt|received)|received(?: date| on)?|receipt date|(?:proces` +
	`sing )?(?:track|queue)(?: assigned)?|` +
	`(?:fee|requester) (?:category|status|type)|fee waiver(?: request)?|expedited (?:processing|treatment)|` +
	`(?:estimated|expected) (?:date of )?completion(?: date)?)$`)

// letterBeside tells whether another file of a message is a letter to somebody.
func letterBeside(m Message, name string) bool {
	for _, p := range m.Parts {
		if p.Name == "" || p.Name == name {
			continue
		}
		if slices.ContainsFunc(strings.Split(folded(p.Text), "\n"), patterns.salutation.RE().MatchString) {
			return true
		}
	}
	return false
}

// dated tells whether lines at the head of a file have the date of a letter.
func dated(lines []string) bool {
	for _, l := range lines {
		if l = strings.Join(strings.Fields(l), " "); dateAlone.RE().MatchString(l) && !notTheDate.RE().MatchString(l) {
			return true
		}
	}
	return false
}

// explained is where an enclosure begins that explains the exemptions to every requester: a heading, or a
// list of all of them.
func explained(lines []string) int {
	heading, listed := explaining.heading.RE(), explaining.listed.RE()
	for i, s := range lines {
		if !heading.MatchString(s) || len(strings.TrimSpace(s)) > 80 {
			continue
		}
		n := 0
		for _, next := range lines[i:] {
			if listed.MatchString(next) {
				n++
			}
		}
		if n >= 4 {
			return i
		}
	}
	return len(lines)
}

var explaining = struct{ heading, listed lazy.Pattern }{
	heading: lazy.Pattern(`(?i)(explanation of|foia|freedom of information act|privacy act|list of|summary of|statutor` +
		`y)\b.{0,40}(exemptions?|552)|^\s*exemptions\s*$`),
	listed: lazy.Pattern(`(?i)^\s*(\(b\)\s*\(\d\)|exemption \d|b\d)\b.{12,}`),
}

// notTheEnd are words after which a full stop ends no sentence.
func notTheEnd() map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq("u.s u.s.c c.f.r no nos ms mr mrs mx dr d.c n.w s.w n.e s.e nw sw ne se inc co corp v vs st ave " +
		"blvd rd sec art abs nr buchst gz az jan feb mar apr jun jul aug sep sept oct nov dec e.g i.e fed gov approx " +
		"attn jr sr ex exs cf pub ste rm z.b bzw stat p.l") {
		out[w] = true
	}
	return out
}

// split divides a paragraph into sentences.
func split(s string) (out []string) {
	from := 0
	rs := []byte(s)
	for i := 0; i+1 < len(rs); i++ {
		if c := rs[i]; c != '.' && c != '!' && c != '?' {
			continue
		}
		next := i + 1
		for next < len(rs) && strings.IndexByte(`")'`, rs[next]) >= 0 {
			next++
		}
		if next >= len(rs) || rs[next] != ' ' && rs[next] != '\n' {
			continue
		}
		word := strings.ToLower(s[max(strings.LastIndexAny(s[:i], " \n(")+1, from):i])
		if ordinalDay.RE().MatchString(s[max(i-3, 0):min(next+11, len(s))]) || inWords().notTheEnd[word] ||
			len(word) == 1 && word[0] >= 'a' && word[0] <= 'z' || itemNumber.RE().MatchString(s[from:i]) {
			continue
		}
		rest := strings.TrimLeft(s[next:], " \n")
		if rest == "" || !begins(rest) {
			continue
		}
		out = append(out, s[from:next])
		from = next
	}
	return append(out, s[from:])
}

// itemNumber is what stands before the first sentence of an item of a list.
var itemNumber = lazy.Pattern(`^\s*\(?\d{1,2}$`)

// ordinalDay is the day of a date in German: 21. August.
var ordinalDay = lazy.Pattern(`(?i)(?:^|[^\d])\d{1,2}\.\s(?:januar|jänner|februar|märz|april|mai|juni|juli|august|september|` +
	`oktober|november|dezember)`)

// begins tells whether a text can be the beginning of a sentence.
func begins(s string) bool {
	r := []rune(s[:min(len(s), 8)])[0]
	return unicode.IsUpper(r) || unicode.IsDigit(r) || strings.ContainsRune(`"'(§[“„*`, r)
}

// own are the sentences of our own letters, which a reply quotes, as plainly has them.
type own map[string]bool

func ownSentences(letters []string) own {
	out := own{}
	para := 0
	for _, l := range letters {
		for _, s := range sentencesOf(strings.Split(folded(l), "\n"), 0, Part{}, &para) {
			if len(s.text) > 30 {
				out[plainly(patterns.bullet.RE().ReplaceAllString(s.text, ""))] = true
			}
		}
	}
	return out
}

// mostlyOwn is how many of a hundred letters of a sentence are ours in one that only quotes us, as in “You wrote: …”.
const mostlyOwn = 70

// holds tells whether a sentence is one of ours, alone or with a few words before or after it.
func (o own) holds(plain string) bool {
	if o[plain] {
		return true
	}
	for ours := range o {
		if len(ours)*100 >= len(plain)*mostlyOwn && strings.Contains(plain, ours) {
			return true
		}
	}
	return false
}

// plainly is a sentence by its letters and digits alone.
func plainly(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}
