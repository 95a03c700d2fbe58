package moving

import (
	"fmt"
	"slices"
	"strings"

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
	asked  bool // not understood
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
	text := words(status)
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
		return tell(status), nil
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

// codes are exemptions of the federal Act as people write them: (b)(5), b7C, (b)(7)(A), exemption 6.
const codes = lazy.Pattern(`(?i)\(?\bb\)?[ -]?\(?([1-9])\)?(?:\(?([A-F])\)?(?:$|[^a-z]))?`)

// exemptions are the codes that a text names.
func exemptions(text string) string {
	var out []string
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
