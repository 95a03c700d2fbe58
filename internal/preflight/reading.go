package preflight

import (
	"fmt"
	"strings"
	"unicode"

	"foia/internal/letter"
)

// reading is a draft as the rules see it: the same questions are answered from
// the template's fields where there are any, and from the text where not.
type reading struct {
	draft  *letter.Draft
	around Surroundings

	text    string // the whole letter
	body    string // from salutation to closing
	rest    string // the body without the items
	opening string // the first two paragraphs
	asked   string // the items, one after the other
}

// recordsClause is the clause in which items stand; in another language its name ends so:
// de-records.
const recordsClause = "records"

func read(d *letter.Draft, s Surroundings) *reading {
	r := &reading{draft: d, around: s}
	r.text = d.Document.Text()
	r.body = d.Document.BodyText(func(letter.Block) bool { return true })
	r.rest = d.Document.BodyText(func(b letter.Block) bool { return !isItems(b, len(d.Records)) })
	var paragraphs []string
	for _, b := range d.Document.Body {
		if b.Kind == letter.Paragraph && len(paragraphs) < 2 {
			paragraphs = append(paragraphs, letter.Plain(b.Text))
		}
	}
	r.opening = strings.Join(paragraphs, "\n")
	items := make([]string, len(d.Records))
	for i, item := range d.Records {
		items[i] = itemText(item)
	}
	r.asked = strings.Join(items, "\n")
	return r
}

// isItems tells whether a block is a list of items of the request. A user's own
// template may print them outside the clause of records. A paragraph is none: what
// else it may say, on fees for example, counts for the letter.
func isItems(b letter.Block, n int) bool {
	list := b.Kind == letter.NumberedList || b.Kind == letter.BulletList
	return list && ((b.Clause == recordsClause || strings.HasSuffix(b.Clause, "-"+recordsClause)) || b.Kind == letter.NumberedList &&
		n > 1 && len(b.Items) == n)
}

func itemText(r letter.Record) string { return strings.TrimSpace(r.Title + " " + r.Text) }

// fields tells whether the letter was made from a template with that field.
func (r *reading) fields(name string) bool {
	if r.draft.Template == nil {
		return false
	}
	_, ok := r.draft.Template.Field(name)
	return ok
}

// later tells whether the letter is one that follows a request: there a number of days
// may be what a letter of the agency gave, or what the requester proposes.
func (r *reading) later() bool {
	return r.draft.Template != nil && r.draft.Template.Kind != letter.RequestKind
}

// waives tells whether the letter asks for a waiver of fees.
func (r *reading) waives() bool {
	if r.fields("fee_waiver") {
		return r.draft.Answers.Yes("fee_waiver")
	}
	return phrase("waiver").affirmed(r.rest) != nil
}

// expedites tells whether the letter asks for expedited processing.
func (r *reading) expedites() bool {
	if r.fields("expedite") {
		return r.draft.Answers.Yes("expedite")
	}
	return phrase("expedition").affirmed(r.rest) != nil
}

// ground is on which ground expedition is asked, in the words of the built-in
// template, or "" if that cannot be told.
func (r *reading) ground() string {
	if r.fields("expedite_ground") {
		return r.draft.Answers.Text("expedite_ground")
	}
	for _, ground := range []string{"media-interest", "threat", "due-process", "urgency"} {
		if phrase(ground).in(r.rest) {
			return ground
		}
	}
	return ""
}

// category is the requester's fee category, or "" if the letter names none.
func (r *reading) category() string {
	if r.fields("fee_category") {
		return r.draft.Answers.Text("fee_category")
	}
	for _, category := range []string{"commercial", "other", "media", "educational", "scientific"} {
		if phrase(category).affirmed(r.rest) != nil {
			return category
		}
	}
	return ""
}

// items makes one hit of all the items that are bad. A bad item gives what was
// seen in it.
func (r *reading) items(bad func(letter.Record) (saw string, is bool)) []hit {
	var numbers []int
	var first string
	for i, item := range r.draft.Records {
		if saw, is := bad(item); is {
			if len(numbers) == 0 {
				first = saw
			}
			numbers = append(numbers, i+1)
		}
	}
	if len(numbers) == 0 {
		return nil
	}
	return []hit{{saw: first, values: map[string]string{"items": itemList(numbers)}}}
}

// itemList names items in few words, however many there are.
func itemList(numbers []int) string {
	const shown = 4
	words := make([]string, 0, shown)
	for _, n := range numbers[:min(shown, len(numbers))] {
		words = append(words, fmt.Sprint(n))
	}
	switch more := len(numbers) - shown; {
	case more > 0:
		return fmt.Sprintf("items %s and %d more", strings.Join(words, ", "), more)
	case len(numbers) == 1:
		return "item " + words[0]
	default:
		last := len(words) - 1
		return "items " + strings.Join(words[:last], ", ") + " and " + words[last]
	}
}

// The length of a quotation in a finding, in characters.
const (
	quoteBefore = 40
	quoteAfter  = 70
)

// quote shows a place of a text with some words around it, fit for a terminal.
func quote(text string, loc []int) string {
	start := back(text, loc[0], quoteBefore)
	end := min(len(text), loc[0]+1)
	for n := 0; end < len(text) && n < quoteAfter; n++ {
		end += runeLen(text[end:])
	}
	piece := text[start:end]
	if start > 0 {
		if _, after, ok := strings.Cut(piece, " "); ok && len(piece)-len(after) <= loc[0]-start {
			piece = after
		}
		piece = "…" + piece
	}
	if end < len(text) {
		if i := strings.LastIndexByte(piece, ' '); i > 0 && len(piece)-i < quoteBefore {
			piece = piece[:i]
		}
		piece += "…"
	}
	return quoted(piece)
}

// start quotes the beginning of a text.
func start(text string) string {
	if strings.TrimSpace(text) == "" {
		return "nothing"
	}
	return quote(strings.TrimSpace(text), []int{0, 0})
}

func quoted(piece string) string {
	clean := strings.Map(func(c rune) rune {
		if c == unicode.ReplacementChar || !unicode.IsPrint(c) {
			return ' '
		}
		return c
	}, piece)
	return "“" + strings.Join(strings.Fields(clean), " ") + "”"
}

func back(text string, at, runes int) int {
	for ; runes > 0 && at > 0; runes-- {
		at--
		for at > 0 && text[at]&0xC0 == 0x80 {
			at--
		}
	}
	return at
}

func runeLen(text string) int {
	for i := 1; i < len(text); i++ {
		if text[i]&0xC0 != 0x80 {
			return i
		}
	}
	return len(text)
}
