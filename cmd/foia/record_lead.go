package main

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"foia/internal/docket"
	"foia/internal/entered"
	"foia/internal/logbook"
	"foia/internal/remedy"
	"foia/internal/terminal"
	"foia/internal/workday"
)

// recording is an event that somebody is led to record.
type recording struct {
	a        *app
	cmd      *cobra.Command
	book     *logbook.Book
	named    bool // the command line names the request
	entry    logbook.Entry
	proposed docket.Proposed
	state    docket.State
	came     string            // what came, as a place in the list of choices
	told     map[string]string // what these words tell already
	attached string
}

// leadRecord asks which request, what came, and what belongs to that; shows what it changes; and
// records it.
func (a *app) leadRecord(cmd *cobra.Command, args []string, f recordFlags) error {
	if !a.terminal() || f.json {
		return remedy.Misuse("missing ID and EVENT, and there is no terminal to ask in (usage: "+usageLine(cmd)+")",
			exampleOf(cmd, "EVENT"))
	}
	w, err := a.workspace()
	if err != nil {
		return err
	}
	r := &recording{a: a, cmd: cmd, book: a.book(w), entry: logbook.Entry{Event: docket.Event{On: a.today()}}}
	if len(args) > 0 {
		if r.entry.Request, err = a.requestID(cmd, r.book, args[0]); err != nil {
			return err
		}
		r.named = true
		if err := r.choose(r.entry.Request); err != nil {
			return err
		}
	}
	if f.on != "" {
		if r.entry.Event.On, err = a.readDay("--on", f.on); err != nil {
			return err
		}
	}
	defer a.closeForm()
	recorded, err := r.untilAgreed()
	if err != nil {
		return err
	}
	a.closeForm()
	if err := a.showRecorded(recorded, false); err != nil {
		return err
	}
	fmt.Fprintln(a.out, "The same without questions:\n  "+clean(r.sameCommand()))
	return nil
}

// toRecord is what the questions of foia record lead to.
const toRecord = "Record what happened"

func (r *recording) untilAgreed() (logbook.Recorded, error) {
	first := 0
	for {
		if err := r.a.walk(way{of: toRecord, steps: r.steps, first: first, more: 1}); err != nil {
			return logbook.Recorded{}, err
		}
		steps, err := r.steps()
		if err != nil {
			return logbook.Recorded{}, err
		}
		entry := r.final()
		if entry.To, err = referredTo(r.book.Workspace, entry.Event); err != nil {
			return logbook.Recorded{}, err
		}
		would, err := r.book.WouldRecord(r.a.context(), entry)
		var misuse *remedy.Error
		if err != nil && !errors.As(err, &misuse) {
			return logbook.Recorded{}, err
		}
		decision, options := toMake, []terminal.Option{{Label: "Record it", Value: toMake}}
		text, help := "", ""
		switch {
		case misuse != nil:
			decision, options = toChange, nil
			help = remedy.Capital(misuse.Error()) + ". " + remedy.Capital(misuse.Do) + "."
		case would.Repeated != nil:
			help = remedy.Capital(would.Repeated.Error()) + "."
			options[0].Label = "Record it again: it happened twice"
			decision = toStop
		}
		if misuse == nil {
			text = r.whatChanges(would)
		}
		options = append(options, terminal.Option{Label: "Change an answer", Value: toChange},
			terminal.Option{Label: "Stop, and record nothing", Value: toStop})
		err = r.a.asks(terminal.Question{Kind: terminal.Choice, Title: "What this changes", Above: text, Help: help, Options: options,
			Into: &decision, At: terminal.Place{Of: toRecord, N: len(steps) + 1, Total: len(steps) + 1, Back: len(steps) > 0}})
		switch {
		case errors.Is(err, terminal.ErrBack), err == nil && decision == toChange:
			first = len(steps) - 1
			continue
		case errors.Is(err, terminal.ErrStopped), err == nil && decision == toStop:
			return logbook.Recorded{}, stoppedAsking("")
		case err != nil:
			return logbook.Recorded{}, fmt.Errorf("cannot ask questions in this terminal: %w", err)
		}
		entry.Again = would.Repeated != nil
		return r.book.Record(r.a.context(), entry)
	}
}

// choose takes the request that is meant, as it stands.
func (r *recording) choose(id string) (err error) {
	if r.entry.Request != id {
		r.came, r.entry.Event.Data = "", nil
	}
	r.entry.Request = id
	r.proposed, r.state, err = r.book.Proposes(r.a.context(), r.entry)
	return err
}

func (r *recording) steps() ([]step, error) {
	var out []step
	if !r.named {
		out = append(out, step{"request", r.askRequest})
	}
	if r.entry.Request == "" {
		return out, nil
	}
	out = append(out, step{"came", r.askWhat})
	if r.came == "" {
		return out, nil
	}
	out = append(out, step{"on", r.askDay})
	p := r.proposed
	p.Event = r.entry.Event
	for _, ask := range p.Asks() {
		if _, told := r.told[ask.Name]; told {
			continue
		}
		out = append(out, step{"detail-" + ask.Name, func(at terminal.Place) error { return r.askDetail(ask, at) }})
	}
	return append(out, step{"attach", r.askFile}), nil
}

func (r *recording) askRequest(at terminal.Place) error {
	id := r.entry.Request
	err := r.a.asks(terminal.Question{Kind: terminal.Search, Title: "Which request?", At: at, Into: &id, Find: r.findRequests,
		Help: "Type a word of the office or the subject, or its number."})
	if err != nil {
		return err
	}
	return r.choose(id)
}

func (r *recording) findRequests(words string) (out []terminal.Option) {
	log, err := r.book.Log(r.a.context())
	if err != nil {
		return []terminal.Option{{Label: err.Error()}}
	}
	found, err := logbook.FindNamed(r.a.context(), log, words)
	if err != nil {
		return []terminal.Option{{Label: err.Error()}}
	}
	for _, s := range found.Found {
		out = append(out, terminal.Option{Value: s.Request.ID,
			Label: s.Request.ID + "  " + s.Request.OfficeName() + ": " + s.Request.Subject})
	}
	if found.More {
		out = append(out, terminal.Option{Label: "There are more: type a word of it"})
	}
	return out
}

// askWhat asks what came: first what fits the request as it stands.
func (r *recording) askWhat(at terminal.Place) error {
	fits, others := r.proposed.MayCome(r.state)
	all := slices.Concat(fits, others)
	chosen := r.came
	err := r.a.asks(terminal.Question{Kind: terminal.Search, Title: "What happened?", At: at, Into: &chosen,
		Help: r.proposed.Request.OfficeName() + ": " + r.proposed.Request.Subject + ". It is " + string(r.state.Status) + ".",
		Find: func(words string) (out []terminal.Option) {
			for i, c := range all {
				if matches(c.Words+" "+string(c.Kind), words) {
					out = append(out, terminal.Option{Label: c.Words, Value: strconv.Itoa(i)})
				}
			}
			return out
		}})
	if err != nil {
		return err
	}
	if i, err := strconv.Atoi(chosen); err == nil && chosen != r.came {
		r.came = chosen
		r.entry.Event.Kind, r.entry.Event.Data = all[i].Kind, map[string]string{}
		r.told = all[i].Data
		maps.Copy(r.entry.Event.Data, r.told)
	}
	return nil
}

func (r *recording) askDay(at terminal.Place) error {
	day := r.entry.Event.On.String()
	read := func(s string) (workday.Date, error) { return r.a.readDay("the day", s) }
	err := r.a.asks(terminal.Question{Title: "On which day?", At: at, Into: &day,
		Help: "The day in the letter, or the day on which it happened: 2026-11-24, Nov 24 2026, yesterday.",
		Check: func(s string) error {
			d, err := read(s)
			if err != nil {
				return err
			}
			p := r.proposed
			p.Event = docket.Event{Kind: r.entry.Event.Kind, On: d}
			return p.CheckDay()
		}})
	if err == nil {
		r.entry.Event.On, err = read(day)
	}
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
	q := terminal.Question{Title: ask.Title, Help: ask.Says, Optional: !ask.Required && ask.Type != docket.Flag, At: at, Into: &told,
		Yes: &yes, Check: func(s string) error {
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

// final is the entry as it is recorded.
func (r *recording) final() logbook.Entry {
	entry := r.entry
	if path := filePath(r.attached); path != "" {
		entry.Attach = []string{path}
	}
	return entry
}

// whatChanges says what an entry would change.
func (r *recording) whatChanges(would logbook.Would) string {
	var b strings.Builder
	shown := *r.a
	shown.out, shown.columns = &b, r.a.face().QuestionWidth()-1
	shown.wrapped("", would.Event.Request+": "+string(would.Event.Kind)+" on "+would.Event.On.Long()+eventDetail(would.Event))
	if would.Before.Status == would.After.Status {
		shown.wrapped("", "Status: stays "+string(would.After.Status))
	} else {
		shown.wrapped("", "Status: "+string(would.Before.Status)+" → "+string(would.After.Status))
	}
	for _, c := range would.Dates {
		if strings.HasPrefix(c.What, docket.DueSuit) {
			continue
		}
		shown.wrappedAfter("  ", "    ", dateChange(c))
	}
	if would.Opens != "" {
		shown.wrapped("", "A request of its own is opened for "+would.Opens+".")
	}
	for _, u := range would.Unusual {
		shown.wrappedAfter("note: ", "  ", u)
	}
	shown.showStep("next: ", would.Next)
	return strings.TrimSpace(b.String())
}

// dateChange says how a date changes.
func dateChange(c docket.DateChange) string {
	who := map[docket.Who]string{docket.Agency: "the agency: "}[c.Who]
	if who == "" {
		who = "you: "
	}
	what := who + c.Listed()
	if c.Of != "" && c.Of != "determination" {
		what += " (" + c.Of + ")"
	}
	day := "on a day that is not known"
	if !c.Due.IsZero() {
		day = c.Due.Long()
	}
	switch c.How {
	case docket.DateAppears:
		return "new: " + what + ", " + day + ", " + c.Cite
	case docket.DateMoves:
		return "moves: " + what + ", to " + day + ", " + c.Cite
	case docket.DateMet:
		return "done: " + what
	}
	return "no longer due: " + what
}

// sameCommand is the command that records the same without questions.
func (r *recording) sameCommand() string {
	e := r.entry.Event
	words := []string{"foia record", e.Request, string(e.Kind)}
	words[1] = r.entry.Request
	words = append(words, "--on "+e.On.String())
	spec, _ := docket.SpecOf(e.Kind)
	for _, d := range spec.Details {
		switch v := e.Data[d.Name]; {
		case v == "":
		case d.Type == docket.Flag:
			words = append(words, "--"+d.Name)
		default:
			words = append(words, "--"+d.Name+" "+quoteWord(v))
		}
	}
	if note := e.Data["note"]; note != "" {
		words = append(words, "--note "+quoteWord(entered.Line(note)))
	}
	if path := filePath(r.attached); path != "" {
		words = append(words, "--attach "+quoteWord(path))
	}
	if r.a.dirSet {
		words = append(words, "-w "+quoteWord(r.a.dir))
	}
	return strings.Join(words, " ")
}
