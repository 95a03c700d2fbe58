package moving

import (
	"fmt"
	"slices"
	"strings"

	"foia/internal/docket"
	"foia/internal/lazy"
)

// told is what the words of a status tell.
type told struct {
	events []Event
	draft  bool // it was not sent
	out    bool // the row is left out
	ended  bool // you closed it
	reason string
	court  bool
	fees   bool
	paid   bool
	asked  bool // not understood

	said, when string // the words that tell of fees, a suit or an end, and the day that stands there
}

// merge adds what a further column, or a further part of a status, tells. stronger: of one kind of event, what it tells counts
// before what is there already.
func (t *told) merge(other told, stronger bool) {
	t.draft, t.out, t.ended = t.draft || other.draft, t.out || other.out, t.ended || other.ended
	t.court, t.fees, t.asked = t.court || other.court, t.fees || other.fees, t.asked || other.asked
	t.paid = t.paid || other.paid
	if t.reason == "" {
		t.reason = other.reason
	}
	if t.when == "" {
		t.said, t.when = other.said, other.when
	}
	for _, e := range other.events {
		i := slices.IndexFunc(t.events, func(x Event) bool { return x.Kind == e.Kind })
		switch {
		case i < 0:
			t.events = append(t.events, e)
		case stronger && len(e.Data) > 0 || len(t.events[i].Data) == 0:
			if e.when == "" {
				e.when, e.said = t.events[i].when, t.events[i].said
			}
			t.events[i] = e
		}
	}
}

// feesWhen is the day that stands beside words about fees.
func (t told) feesWhen() string {
	if t.fees {
		return t.when
	}
	return ""
}

// courtWhen is the day that stands beside words about a suit.
func (t told) courtWhen() string {
	if t.court {
		return t.when
	}
	return ""
}

// whole reads a status that may tell several things one after the other: “Ack 3/9/26; denied 5/4/26; appealed 6/15/26”.
func whole(status string) told {
	pieces := piecesOf(status)
	if len(pieces) == 1 {
		return ofOneDay(status)
	}
	var out told
	for _, piece := range pieces {
		out.merge(ofOneDay(piece), true)
	}
	return out
}

// sentences part what a status tells; a comma does only where each part has a day of its own.
const sentences = lazy.Pattern(`\s*(?:[;\n|→]|->|=>|\. )\s*`)

func piecesOf(status string) []string {
	for _, pieces := range [][]string{sentences.RE().Split(status, -1), strings.Split(status, ", ")} {
		days, all := 0, true
		pieces = slices.DeleteFunc(pieces, isEmpty)
		for i, piece := range pieces {
			pieces[i] = strings.TrimSpace(piece)
			n := len(daysIn(piece))
			days, all = days+n, all && n == 1
		}
		parted := strings.ContainsAny(status, ";\n→>") || doubtful.RE().MatchString(status)
		if len(pieces) > 1 && (parted || days > 1 && (all || strings.Contains(status, "|"))) {
			return pieces
		}
	}
	return []string{status}
}

// doubtful is what asks, or is not sure: “denied?? ask Ned”.
const doubtful = lazy.Pattern(`(?i)\w\?|\b(i|we) (think|guess|believe)\b|\b(maybe|probably|perhaps|apparently|supposedly|` +
	`allegedly|rumou?red)\b`)

// moreDays is for how many working days the agency extended its time.
const moreDays = lazy.Pattern(`(?i)\b(\d{1,2})[ -](?:more |additional |extra )?(?:business |working |bus\.? )?days?\b`)

// endsAt stands before a day that is an end: “extended to 12/16/26” was not written on that day.
const endsAt = lazy.Pattern(`(?i)\b(to|until|till|through|by|before|due)\s*$`)

// mostWords is how many words a status has. More are prose, and what is read from them is confirmed.
const mostWords = 5

// ofOneDay reads words with at most one day, which is that of what they tell last.
func ofOneDay(words string) told {
	if doubtful.RE().MatchString(words) {
		return told{asked: true}
	}
	out := tell(words)
	days := daysIn(words)
	for i := range out.events {
		e := &out.events[i]
		e.said = words
		if m := moreDays.RE().FindStringSubmatch(words); m != nil && e.Kind == docket.Extended {
			e.set("days", m[1])
		}
	}
	if prose := len(strings.Fields(words)) > mostWords; prose {
		for i := range out.events {
			out.events[i].Read = words
		}
	}
	if len(days) != 1 {
		return out
	}
	if before, _, _ := strings.Cut(dayInEnglish(words), days[0]); endsAt.RE().MatchString(before) {
		for i := range out.events {
			if out.events[i].Kind == docket.Extended {
				out.events[i].until = days[0]
			}
		}
		return out
	}
	decidedAppeal := len(out.events) == 2 && out.events[1].Kind == docket.AppealDecided
	switch {
	case len(out.events) == 1, decidedAppeal:
		out.events[len(out.events)-1].when = days[0]
	case len(out.events) == 0:
		out.said, out.when = words, days[0]
	}
	return out
}

// state takes in what a rule says.
func (t *told) state(set string, r *wordRule) {
	switch r.State {
	case "draft":
		t.draft = true
	case "deleted":
		t.out = true
	case "closed":
		t.ended, t.reason = true, r.Reason
	case "court":
		t.court = true
	case "fees":
		t.fees = true
	case "paid":
		t.fees, t.paid = true, true
	case "ask":
		t.asked = true
	}
	for _, e := range r.gives {
		if set == "open" && e.Kind == "acknowledged" && slices.ContainsFunc(t.events, func(x Event) bool { return x.Kind == e.Kind }) {
			continue
		}
		t.events = append(t.events, Event{Kind: e.Kind, Data: copied(e.Data)})
	}
}

func copied(data map[string]string) map[string]string {
	if data == nil {
		return nil
	}
	out := make(map[string]string, len(data))
	for k, v := range data {
		out[k] = v
	}
	return out
}

// tell reads a status.
func tell(status string) told {
	var out told
	text := heading(status)
	if text == "" || isEmpty(status) {
		return out
	}
	text = strings.Join(strings.Fields(letterFigures.RE().ReplaceAllString(text, " ")), " ")
	understood := false
	for _, set := range statusRules() {
		for i := range set.Rules {
			r := &set.Rules[i]
			at := r.fits(text)
			if at == nil {
				continue
			}
			understood = true
			out.state(set.Set, r)
			text = strings.Join(strings.Fields(text[:at[0]]+" "+text[at[1]:]), " ")
			break
		}
		if out.draft || out.out {
			return out
		}
	}
	if !understood {
		out.asked = true
	}
	return out
}

// letterFigures are numbers in a status: days, sections, codes.
const letterFigures = lazy.Pattern(`\b\d+\b|\bb \d [a-f]?\b`)

// readStatus is what a status tells with the answers that somebody gave.
func readStatus(status string, answers Answers) (told, error) {
	given, ok := answers.Statuses[status]
	if !ok {
		return whole(status), nil
	}
	var out told
	for _, text := range strings.Split(given, ";") {
		switch text = strings.TrimSpace(text); text {
		case "", "-":
			continue
		case "draft":
			out.draft = true
			continue
		case "left-out":
			out.out = true
			continue
		}
		e, err := ReadEvent(text)
		if err != nil {
			return out, fmt.Errorf("status %q: %w", status, err)
		}
		if e.Kind == "closed" {
			out.ended, out.reason = true, e.Data["reason"]
			continue
		}
		out.events = append(out.events, e)
	}
	return out, nil
}

const oneNumber = lazy.Pattern(`([1-9])((?:\(?[A-Fa-f]\)?)?)\b`)

// codes are exemptions of the federal Act as people write them: (b)(5), b7C, (b)(7)(A), exemption 6.
const codes = lazy.Pattern(`(?i)\(?\bb\)?[ -]?\(?([1-9])\)?(?:\(?([A-F])\)?(?:$|[^a-z]))?`)

// numbered are exemptions by their numbers: Ex. 4 and 6, exemptions 5, 7(C).
const numbered = lazy.Pattern(`(?i)\b(?:exs?|exemptions?)\.? ((?:[1-9](?:\(?[A-F]\)?)?(?:,? (?:and|&) |, ?)?)+)(?:$|[^0-9(])`)

// exemptions are the codes that a text names.
func exemptions(text string) string {
	var out []string
	text = numbered.RE().ReplaceAllStringFunc(text, func(named string) string {
		_, list, _ := strings.Cut(named, " ")
		return oneNumber.RE().ReplaceAllString(list, "(b)($1)$2 ")
	})
	for _, m := range codes.RE().FindAllStringSubmatch(text, -1) {
		code := "b" + m[1]
		if m[1] == "7" {
			code += strings.ToUpper(m[2])
		}
		if !slices.Contains(out, code) {
			out = append(out, code)
		}
	}
	return strings.Join(out, ",")
}
