package main

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"foia/internal/docket"
	"foia/internal/logbook"
	"foia/internal/terminal"
)

func (r *recording) askRequest(at terminal.Place) error {
	id := r.entry.Request
	err := r.a.asks(terminal.Question{Kind: terminal.Search, Title: "Which request?", At: at, Into: &id, Words: r.words,
		Find: r.findRequests, Help: "Type a word of the office or the subject, or its number."})
	if err != nil {
		return err
	}
	return r.choose(id)
}

func (r *recording) findRequests(words string) (out []terminal.Option) {
	if r.names == nil {
		log, err := r.book.Log(r.a.context())
		if err == nil {
			r.names, err = logbook.ReadNames(r.a.context(), log)
		}
		if err != nil {
			return []terminal.Option{{Label: err.Error()}}
		}
	}
	found, more := r.names.Find(words)
	for _, f := range found {
		out = append(out, terminal.Option{Value: f.ID, Label: f.ID + "  " + f.Office + ": " + f.Subject})
	}
	if more {
		out = append(out, terminal.Option{Label: "There are more: type a word of it"})
	}
	return out
}

// askWhat asks what came: first what fits the request as it stands.
func (r *recording) askWhat(at terminal.Place) error {
	all := r.choices()
	chosen := r.came
	err := r.a.asks(terminal.Question{Kind: terminal.Search, Title: "What happened?", At: at, Above: r.above, Into: &chosen,
		Help: r.proposed.Request.OfficeName() + ": " + r.proposed.Request.Subject + ". It is " + string(r.state.Status) + ".",
		Find: func(words string) (out []terminal.Option) {
			return foundChoices(all, words)
		}})
	if err != nil {
		return err
	}
	if i, err := strconv.Atoi(chosen); err == nil && chosen != r.came {
		r.take(i, all[i])
	}
	return nil
}

// choices are what may have happened: first what fits the request as it stands; what cannot have the
// details of the command line, not at all.
func (r *recording) choices() []docket.Came {
	fits, others := r.proposed.MayCome(r.state)
	return slices.DeleteFunc(slices.Concat(fits, others), func(c docket.Came) bool {
		spec, ok := docket.SpecOf(c.Kind)
		return !ok || !hasAll(spec, r.seeds) || r.kind != "" && c.Kind != r.kind
	})
}

// foundChoices are the choices that some words mean: first those whose kind is called so, as in “sent”.
func foundChoices(all []docket.Came, words string) []terminal.Option {
	var named, out []terminal.Option
	word := strings.ToLower(strings.TrimSpace(words))
	for i, c := range all {
		option := terminal.Option{Label: c.Words, Value: strconv.Itoa(i)}
		switch {
		case word != "" && strings.HasPrefix(string(c.Kind), word):
			named = append(named, option)
		case matches(c.Words+" "+string(c.Kind), words):
			out = append(out, option)
		}
	}
	return append(named, out...)
}

// take takes what came, with what its words and the command line tell.
func (r *recording) take(i int, c docket.Came) {
	r.came, r.told = strconv.Itoa(i), c.Data
	r.entry.Event.Kind, r.entry.Event.Data = c.Kind, map[string]string{}
	maps.Copy(r.entry.Event.Data, r.seeds)
	maps.Copy(r.entry.Event.Data, r.told)
}

// takeKind takes the event that the command line names. What cannot be is told when it is to be recorded.
func (r *recording) takeKind() { r.take(0, docket.Came{Kind: r.kind}) }

func (r *recording) askDay(at terminal.Place) error {
	day := r.entry.Event.On.String()
	if r.entry.Event.Data[docket.DayDetail] != "" {
		day = docket.DayUnknown
	}
	err := r.a.asks(terminal.Question{Title: "On which day?", At: at, Above: r.above, Into: &day,
		Help: "The day in the letter, or the day on which it happened: 2026-11-24, Nov 24 2026, yesterday. If nobody knows: unknown.",
		Check: func(s string) error {
			said := map[string]string{}
			d, err := r.a.eventDay(s, said)
			if err != nil {
				return err
			}
			p := r.proposed
			p.Event = docket.Event{Kind: r.entry.Event.Kind, On: d, Data: said}
			return p.CheckDay()
		}})
	if err != nil {
		return err
	}
	said := map[string]string{}
	on, err := r.a.eventDay(day, said)
	r.entry.Event = docket.Proposed{Event: r.entry.Event}.Tell(docket.DayDetail, said[docket.DayDetail]).Event
	r.entry.Event.On = on
	return err
}

// noDetail is the choice of whoever cannot tell a detail.
const noDetail = "(leave it out)"

func (r *recording) askDetail(ask docket.Ask, at terminal.Place) error {
	told := r.entry.Event.Data[ask.Name]
	if told == "" && ask.Name == "by" && r.entry.Event.Kind == docket.Sent {
		told = r.proposed.Request.Via // as the letter says that it goes
	}
	yes := told == "yes"
	q := terminal.Question{Title: ask.Title, Help: ask.Says, Optional: !ask.Required && ask.Type != docket.Flag, At: at, Above: r.above,
		Into: &told,
		Yes:  &yes, Check: func(s string) error {
			p := r.proposed
			p.Event = r.entry.Event
			return p.CheckDetail(ask.Detail, s)
		}}
	switch {
	case ask.Type == docket.Flag:
		q.Kind = terminal.YesNo
	case len(ask.Offers) > 0:
		q.Kind = terminal.Choice
		empty := false
		for _, o := range ask.Offers {
			empty = empty || o.Value == ""
			q.Options = append(q.Options, terminal.Option{Label: o.Words, Value: o.Value})
		}
		if !ask.Required && !empty {
			q.Options = append(q.Options, terminal.Option{Label: noDetail})
		}
	}
	if err := r.a.asks(q); err != nil {
		return err
	}
	if q.Kind == terminal.YesNo {
		told = detailValue(strconv.FormatBool(yes))
	}
	p := r.proposed
	p.Event = r.entry.Event
	r.entry.Event = p.Tell(ask.Name, strings.TrimSpace(told)).Event
	return nil
}

// askFile asks for a file that came with it.
func (r *recording) askFile(at terminal.Place) error {
	err := r.a.asks(terminal.Question{Title: "A file to keep with it", Optional: true, Into: &r.attached, At: at,
		Help: "Its path, such as a letter that you saved; it is copied into the request's folder.",
		Check: func(s string) error {
			if s = filePath(s); s == "" {
				return nil
			}
			return logbook.Attachable(s)
		}})
	r.attached = strings.TrimSpace(r.attached)
	return err
}

// filePath is a path as it is typed, or dragged into a terminal, which puts it in quotes.
func filePath(s string) string {
	s = strings.Trim(strings.TrimSpace(s), `"'`)
	if home, err := os.UserHomeDir(); err == nil && strings.HasPrefix(s, "~/") {
		s = filepath.Join(home, s[2:])
	}
	return s
}
