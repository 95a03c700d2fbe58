package main

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"foia/internal/docket"
	"foia/internal/entered"
	"foia/internal/logbook"
	"foia/internal/remedy"
	"foia/internal/terminal"
)

// recording is an event that somebody is led to record.
type recording struct {
	a        *app
	book     *logbook.Book
	named    bool   // the command line names the request
	words    string // or has words that fit several
	kind     docket.Kind
	seeds    map[string]string // what the command line tells of the event
	entry    logbook.Entry
	proposed docket.Proposed
	state    docket.State
	came     string            // what came, as a place in the list of choices
	told     map[string]string // what these words tell already
	attached string
	above    string         // what stands above the questions, such as the letter
	names    *logbook.Names // of the requests, once they are looked for
}

// leadRecord asks which request, what came, and what belongs to that, as far as the command line does
// not tell it; shows what it changes; and records it.
func (a *app) leadRecord(cmd *cobra.Command, args []string, f recordFlags) error {
	w, err := a.workspace()
	if err != nil {
		return err
	}
	r := &recording{a: a, book: a.book(w), seeds: seedsOf(cmd, f),
		entry: logbook.Entry{Event: docket.Event{On: a.today()}, Attach: f.attach, Again: f.again}}
	if f.on != "" {
		if r.entry.Event.On, err = a.eventDay(f.on, r.seeds); err != nil {
			return err
		}
	}
	for _, name := range f.attach {
		if err := logbook.Attachable(name); err != nil {
			return err
		}
	}
	if len(args) > 0 {
		if err := r.begin(cmd, args[0]); err != nil {
			return err
		}
	}
	if len(args) > 1 {
		r.kind = docket.Kind(args[1])
	}
	if err := r.takes(); err != nil {
		return err
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

// begin takes the request that the command line names. Words that fit several begin the search.
func (r *recording) begin(cmd *cobra.Command, text string) error {
	id, err := r.a.requestID(cmd, r.book, text)
	var several *severalFit
	if errors.As(err, &several) {
		r.words = text
		return nil
	}
	if err != nil {
		return err
	}
	r.named = true
	return r.choose(id)
}

// takes refuses details of the command line that no event has together, or not the event that it names.
func (r *recording) takes() error {
	if r.kind != "" || len(r.seeds) == 0 {
		return nil
	}
	for _, spec := range docket.Specs {
		if !spec.Own && hasAll(spec, r.seeds) {
			return nil
		}
	}
	return remedy.Misuse("no event has all of these together: --"+strings.Join(slices.Sorted(maps.Keys(r.seeds)), ", --"),
		"see what each event takes: foia record --help")
}

// hasAll tells whether an event can have all of some details.
func hasAll(spec docket.Spec, data map[string]string) bool {
	for name := range data {
		if name != "note" && name != docket.DayDetail &&
			!slices.ContainsFunc(spec.Details, func(d docket.Detail) bool { return d.Name == name }) {
			return false
		}
	}
	return true
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
		case errors.Is(err, terminal.ErrBack):
			first = len(steps) - 1
			continue
		case err == nil && decision == toChange:
			if err := r.change(steps); err != nil {
				return logbook.Recorded{}, err
			}
			now, err := r.steps()
			if err != nil {
				return logbook.Recorded{}, err
			}
			first = firstNew(steps, now) // only what is new is asked
			continue
		case errors.Is(err, terminal.ErrStopped), err == nil && decision == toStop:
			return logbook.Recorded{}, stoppedAsking("")
		case err != nil:
			return logbook.Recorded{}, fmt.Errorf("cannot ask questions in this terminal: %w", err)
		}
		r.entry.Again = r.entry.Again || would.Repeated != nil
		entry.Again = r.entry.Again
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
	if r.kind == "" {
		out = append(out, step{"came", r.askWhat})
	} else if r.came == "" {
		r.takeKind()
	}
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
	if len(r.entry.Attach) == 0 {
		out = append(out, step{"attach", r.askFile})
	}
	return out, nil
}

// final is the entry as it is recorded.
func (r *recording) final() logbook.Entry {
	entry := r.entry
	if path := filePath(r.attached); path != "" {
		entry.Attach = append(slices.Clone(entry.Attach), path)
	}
	return entry
}

// change asks which answer is to change, and then for the answer.
func (r *recording) change(steps []step) error {
	which := ""
	q := terminal.Question{Kind: terminal.Choice, Title: "Which answer?", Into: &which, At: terminal.Place{Of: toRecord, Back: true}}
	for i, s := range steps {
		q.Options = append(q.Options, terminal.Option{Label: r.answerOf(s.name), Value: strconv.Itoa(i)})
	}
	err := r.a.asks(q)
	if err == nil {
		i, bad := strconv.Atoi(which)
		if bad != nil || i >= len(steps) {
			return fmt.Errorf("no such answer: %q", which)
		}
		err = steps[i].ask(terminal.Place{Of: toRecord, Back: true})
	}
	switch {
	case errors.Is(err, terminal.ErrBack):
		return nil
	case errors.Is(err, terminal.ErrStopped):
		return stoppedAsking("")
	case err != nil:
		return fmt.Errorf("cannot ask questions in this terminal: %w", err)
	}
	return nil
}

// answerOf is a question of a step with its answer, in a line.
func (r *recording) answerOf(name string) string {
	title, now := "", ""
	switch detail, ok := strings.CutPrefix(name, "detail-"); {
	case ok:
		p := r.proposed
		p.Event = r.entry.Event
		asks := p.Asks()
		if i := slices.IndexFunc(asks, func(a docket.Ask) bool { return a.Name == detail }); i >= 0 {
			title, now = asks[i].Title, r.entry.Event.Data[detail]
			for _, o := range asks[i].Offers {
				if o.Value == now {
					now = o.Words
				}
			}
		}
	case name == "request":
		title, now = "Which request?", r.entry.Request
	case name == "came":
		title, now = "What happened?", r.entry.Event.Kind.Words()
	case name == "on":
		title, now = "On which day?", strings.TrimPrefix(r.entry.Event.OnLong(), "on ")
	default:
		title, now = "A file to keep with it", r.attached
	}
	if now == "" {
		now = "—"
	}
	return title + " " + entered.Line(now)
}

// firstNew is the first step that was not there before; the number of steps if there is none.
func firstNew(before, now []step) int {
	for i, s := range now {
		if !slices.ContainsFunc(before, func(b step) bool { return b.name == s.name }) {
			return i
		}
	}
	return len(now)
}
