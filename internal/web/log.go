package web

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"foia/internal/docket"
	"foia/internal/evidence"
	"foia/internal/lazy"
	"foia/internal/remedy"
	"foia/internal/store"
	"foia/internal/workday"
)

// How much of the log a page reads: so many events, or, where only some are wanted, so many of which they are
// looked for.
const (
	logRows = 100
	logFar  = 5000
)

// dayOf are the events that were entered on one day.
type dayOf struct {
	Day    string
	Events []written
}

// written is an event with its place in the log.
type written struct {
	docket.Event
	N          int
	Says, Time string
}

const errEnough = lazy.Failure("enough was read")

// logPage is the log as it was written, the latest first, and what proves it.
func (s *Server) logPage(a *asked) error {
	c, err := readChoice(a.r.URL.Query())
	if err != nil {
		return err
	}
	upTo := a.h.written
	if n, err := strconv.Atoi(c.values.Get("upto")); err == nil {
		upTo = min(max(n, 0), upTo)
	}
	kind, who := c.values.Get("kind"), c.values.Get("who")
	far := logRows
	if kind != "" || who != "" {
		far = logFar
	}
	from := max(0, upTo-far)
	events, err := a.entries(from, upTo, kind, who)
	if err != nil {
		return err
	}
	seals, faults, err := evidence.List(s.Workspace)
	if err != nil {
		return err
	}
	v := view{"Days": byDay(events), "Written": a.h.written, "From": from + 1, "UpTo": upTo, "Found": len(events), "Kinds": kindsListed(),
		"Kind": kind, "Who": who, "Older": "", "Newer": "", "Checked": s.checked.now(), "Seal": (*sealed)(nil), "SealFaults": faults}
	if from > 0 {
		v["Older"] = c.address("/log", "upto", strconv.Itoa(from))
	}
	if upTo < a.h.written {
		v["Newer"] = c.address("/log", "upto", strconv.Itoa(min(upTo+far, a.h.written)))
	}
	if len(seals) > 0 {
		v["Seal"] = a.latest(seals)
	}
	if v["Backup"], err = a.backedUp(); err != nil {
		return err
	}
	v["BackUp"] = s.says(remedy.To(remedy.Backup, remedy.Open("FILE")).String())
	if v["Unclear"], err = a.unclear(); err != nil {
		return err
	}
	return a.show("log", "log", "Log and proof", v)
}

// entries are the events of a stretch of the log, the latest first.
func (a *asked) entries(from, upTo int, kind, who string) ([]written, error) {
	out := []written{}
	err := a.log.History(a.ctx, from, func(n int, e docket.Event) error {
		if n > upTo {
			return errEnough
		}
		if (kind == "" || kind == string(e.Kind)) && (who == "" || who == e.By) {
			at, _ := time.Parse(time.RFC3339, e.Recorded) // as older logs may not have it
			out = append(out, written{Event: e, N: n, Says: told(e), Time: at.UTC().Format("15:04")})
		}
		return nil
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	slices.Reverse(out)
	return out[:min(len(out), 10*logRows)], err
}

func byDay(events []written) []dayOf {
	out := []dayOf{}
	for _, e := range events {
		day := e.Recorded[:min(len(e.Recorded), len("2026-11-23"))]
		if d, err := workday.ParseDate(day); err == nil {
			day = d.Long()
		}
		if len(out) == 0 || out[len(out)-1].Day != day {
			out = append(out, dayOf{Day: day})
		}
		out[len(out)-1].Events = append(out[len(out)-1].Events, e)
	}
	return out
}

func kindsListed() []string {
	out := []string{}
	for _, s := range docket.Specs {
		out = append(out, string(s.Kind))
	}
	return out
}

// sealed is the seal over the most events.
type sealed struct {
	Name, Path       string
	Day, Ago         string
	Events, Requests int
	Since            int // events that are not in it
	Stamped          bool
}

func (a *asked) latest(all []evidence.Kept) *sealed {
	k := slices.MaxFunc(all, func(a, b evidence.Kept) int { return a.Seal.Events - b.Seal.Events })
	return &sealed{Name: k.Name, Path: k.Path(), Day: k.Seal.Day.Long(), Ago: ago(k.Seal.Day, a.day),
		Since: max(0, a.h.written-k.Seal.Events), Events: k.Seal.Events, Requests: k.Seal.Requests, Stamped: len(k.Answers) > 0}
}

// checked is how the last look at the whole log ended, since the server was started.
type checked struct {
	mu      sync.Mutex
	running bool
	result  verdict
}

// verdict is what such a look found.
type verdict struct {
	Running             bool
	At                  string // when it ended; empty: nobody looked
	Requests, Documents int
	Faults              []store.Fault
	Failed, Do          string
}

func (c *checked) now() verdict {
	c.mu.Lock()
	defer c.mu.Unlock()
	v := c.result
	v.Running = c.running
	return v
}

// begin tells whether nobody looks yet.
func (c *checked) begin() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	was := c.running
	c.running = true
	return !was
}

func (c *checked) end(v verdict) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.running, c.result = false, v
}

// verifyForm has the whole log looked at, while other pages are made.
func (s *Server) verifyForm(a *asked, _ upload) error {
	if s.checked.begin() {
		go func() { s.checked.end(s.verify(a.ctx)) }()
	}
	http.Redirect(a.w, a.r, "/log", http.StatusSeeOther)
	return nil
}

func (s *Server) verify(ctx context.Context) (v verdict) {
	defer func() {
		v.At = s.Now().Format("January 2, 15:04")
		if what := recover(); what != nil {
			v.Failed = sprint(what)
		}
	}()
	failed := func(err error) verdict {
		v.Failed, v.Do = s.says(err.Error()), s.says(remedy.Of(err))
		return v
	}
	w, err := s.folder()
	if err != nil {
		return failed(err)
	}
	log, err := w.ExamineLog(ctx)
	if err != nil {
		return failed(err)
	}
	defer func() {
		if err := log.Close(); err != nil && v.Failed == "" {
			v.Failed = err.Error()
		}
	}()
	if v.Faults, err = log.Verify(ctx); err != nil {
		return failed(err)
	}
	documents, err := w.CheckDocuments(ctx, log)
	if err != nil && len(v.Faults) == 0 {
		return failed(err)
	}
	v.Requests, v.Documents = documents.Requests, documents.Documents
	v.Faults = append(v.Faults, documents.Faults...)
	compared, err := evidence.Compare(ctx, w, log, nil, nil)
	if err != nil && len(v.Faults) == 0 {
		return failed(err)
	}
	v.Faults = append(v.Faults, compared.Faults...)
	return v
}
