package main

import (
	"embed"
	"fmt"
	"strings"
	"text/template"

	"foia/internal/law"
)

// The help topics. Each is a file, so that a lawyer can read and correct it, in which every
// citation, number of days and decision of a court is a name that the law's data fill in:
// what a topic says is as old as they are, and no older.
//
//go:embed topics/*.md
var topicFiles embed.FS

// helpTopic is one of them, with the words by which lists know it.
type helpTopic struct{ name, short string }

// helpTopics are in the order in which a request needs them.
var helpTopics = []helpTopic{
	{"deadlines", "What an agency owes you, and by when"},
	{"fees", "Who pays for what"},
	{"waivers", "How to get a fee waiver"},
	{"expedited", "How to get ahead of the line"},
	{"portals", "Filing through an agency's web form"},
	{"appeals", "What to do after a denial"},
	{"privacy", "Other people's records, your own, and your log"},
	{"states", "The laws of states and other countries"},
	{"words", "What agencies and lawyers mean"},
}

func topicNames() []string {
	var names []string
	for _, t := range helpTopics {
		names = append(names, t.name)
	}
	return names
}

// topicSource is the file of a topic; false if there is no such topic.
func topicSource(name string) (string, bool) {
	raw, err := topicFiles.ReadFile("topics/" + name + ".md")
	return string(raw), err == nil
}

// passage is a part of a topic: its title, a paragraph, an item of a list, or a line that
// can be typed.
type passage struct {
	kind byte // one of passageKinds
	text string
}

const (
	isTitle     = '#'
	isParagraph = 'p'
	isItem      = '-'
	isCommand   = '$'
)

// topicPassages are the parts of a topic, with what the law's data say in them.
func topicPassages(name string) ([]passage, error) {
	source, ok := topicSource(name)
	if !ok {
		return nil, fmt.Errorf("there is no topic %s", name)
	}
	book, err := law.LoadFederal()
	if err != nil {
		return nil, err
	}
	page, err := template.New(name).Option("missingkey=error").Funcs(lawWords(book)).Parse(source)
	if err != nil {
		return nil, err
	}
	var filled strings.Builder
	if err := page.Execute(&filled, nil); err != nil {
		return nil, err
	}
	return parted(filled.String()), nil
}

// parted takes a text apart: lines that begin with four spaces are commands, with a hyphen
// items, which go on in lines with two spaces, and all others paragraphs.
func parted(text string) (parts []passage) {
	open := false
	for line := range strings.SplitSeq(text, "\n") {
		switch rest, ok := strings.CutPrefix(line, "    "); {
		case ok:
			parts, open = append(parts, passage{isCommand, rest}), false
			continue
		case line == "":
			open = false
			continue
		}
		begun := true
		switch {
		case strings.HasPrefix(line, "# "):
			parts, begun = append(parts, passage{isTitle, line[2:]}), false
		case strings.HasPrefix(line, "- "):
			parts = append(parts, passage{isItem, line[2:]})
		case open:
			parts[len(parts)-1].text += " " + strings.TrimSpace(line)
		default:
			parts = append(parts, passage{isParagraph, line})
		}
		open = begun
	}
	return parts
}

// lawWords are the functions with which a topic takes its facts from the law. What the data
// do not have is an error, never an empty place.
func lawWords(book *law.Book) template.FuncMap {
	rule := func(topic string, office []string) (law.Rule, error) {
		regime := book.For(strings.Join(office, ""), law.Federal)
		r, ok := regime.Rule(topic)
		if !ok {
			return r, fmt.Errorf("the law of %q has no rule on %s", office, topic)
		}
		return r, nil
	}
	limit := func(topic string, office []string) (law.Limit, error) {
		r, err := rule(topic, office)
		if err == nil && r.Limit == nil {
			err = fmt.Errorf("%s gives no time (%s)", r.Cite, topic)
		}
		if err != nil {
			return law.Limit{}, err
		}
		return *r.Limit, nil
	}
	return template.FuncMap{
		"cite": func(topic string, office ...string) (string, error) {
			r, err := rule(topic, office)
			return r.Cite, err
		},
		"time": func(topic string, office ...string) (string, error) {
			l, err := limit(topic, office)
			return l.Words(), err
		},
		"test": func(topic string, office ...string) (string, error) {
			l, err := limit(topic, office)
			return filled(l.Test, "what must happen in the time of "+topic, err)
		},
		"value": func(topic string, office ...string) (string, error) {
			r, err := rule(topic, office)
			return filled(r.Value, "the value of "+topic, err)
		},
		"exemption": func(code string) (string, error) {
			e := book.Exemptions[code]
			return filled(e.Cite, "exemption "+code, nil)
		},
		"decision": func(id string) (string, error) {
			d, ok := book.Decisions[id]
			if !ok || !d.Mark.Supports() {
				return "", fmt.Errorf("no decision %s that was read", id)
			}
			return d.Name + ", " + d.Cite(), nil
		},
		"law": func(id string) (string, error) {
			p, ok := book.Records().Law(id)
			if !ok {
				return "", fmt.Errorf("there is no law %s", id)
			}
			return fmt.Sprintf("%s (%s): %s, %s", p.Place, p.ID, p.InShort(), p.Cite()), nil
		},
	}
}

// filled is a word that the law's data have; an empty one is an error.
func filled(word, what string, err error) (string, error) {
	if err == nil && word == "" {
		err = fmt.Errorf("the law's data do not have %s", what)
	}
	return word, err
}

// showTopic prints a topic within the width of the terminal.
func (a *app) showTopic(name string) error {
	parts, err := topicPassages(name)
	if err != nil {
		return fmt.Errorf("the topic %s cannot be shown: %w", name, err)
	}
	for i, p := range parts {
		if i > 0 && (p.kind != parts[i-1].kind || p.kind == isParagraph) {
			fmt.Fprintln(a.out)
		}
		switch p.kind {
		case isItem:
			a.wrappedAfter("- ", "  ", p.text)
		case isCommand:
			fmt.Fprintln(a.out, "  "+p.text)
		default:
			a.wrapped("", p.text)
		}
	}
	return nil
}
