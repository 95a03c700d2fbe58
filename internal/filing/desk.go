// Package filing is the use case of making requests: it fills each letter, checks it, typesets
// it, freezes it and logs it, all of them or none.
package filing

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"foia/internal/agency"
	"foia/internal/docket"
	"foia/internal/letter"
	"foia/internal/logbook"
	"foia/internal/preflight"
	"foia/internal/press"
	"foia/internal/store"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// Desk is where requests are made: the log that they are written into, and what letters are
// made with.
type Desk struct {
	*logbook.Book
	*press.Stock
}

// Typing is how answers are read in this folder.
func (d *Desk) Typing() letter.Typing { return d.Press.Typing(d.Today) }

// Options are the user's decisions about a filing.
type Options struct {
	Force string // the reason for going on despite errors; empty: stop
	Again bool   // make letters that were made before once more
}

// Result is one letter, made now or before.
type Result struct {
	Request  docket.Request
	Row      docket.Row
	Pages    int // of the PDF; 0 if it was made before
	Findings []preflight.Finding
	Before   bool         // it was there already
	First    docket.Event // of one that was there: who made it, and when
	Dropped  string       // what was left out since it cannot be seen, as a sentence
	Asked    agency.Match
}

// File makes all the letters, or none.
func (d *Desk) File(ctx context.Context, plan []Planned, o Options) (results []Result, err error) {
	err = d.Holding(ctx, true, func() error {
		log, err := d.Log(ctx)
		if err != nil {
			return err
		}
		others, err := recent(ctx, log, plan)
		if err != nil {
			return err
		}
		err = d.Write(ctx, func(t *logbook.Turn) error {
			if results, err = d.makeAll(t, plan, o, others); err != nil {
				return err
			}
			// Read here: once it is written, nothing may fail that need not.
			return errors.Join(fillBefore(t, results), d.fillRows(t, results))
		})
		if err == nil {
			d.Renew() // also if everything was there already
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return results, nil
}

// Previewed is a letter as it would be made, and what the preflight finds.
type Previewed struct {
	Draft    *letter.Draft
	Findings []preflight.Finding
}

// noNumber stands for the number of a letter that is not made, after its year.
const noNumber = "-new"

// WouldMake fills and checks letters as File would make them, and writes nothing.
func (d *Desk) WouldMake(ctx context.Context, plan []Planned) (out []Previewed, err error) {
	var others []preflight.Similar
	if log, err := d.Log(ctx); err == nil {
		if others, err = recent(ctx, log, plan); err != nil {
			return nil, err
		}
	} else if !errors.Is(err, store.ErrNoLog) {
		return nil, err
	}
	for _, p := range plan {
		p.Order.ID = strconv.Itoa(p.Order.Date.Year()) + noNumber
		draft, err := letter.Fill(p.Order)
		if err != nil {
			return nil, err
		}
		out = append(out, Previewed{draft,
			preflight.Check(draft, preflight.Surroundings{Similar: others, StaleAfterDays: d.Workspace.Config.StaleAfterDays})})
		others = append(others, similar(draft, p.Order.ID))
	}
	return out, nil
}

// makeAll makes every letter inside the log's transaction, and collects what
// the preflight refuses, so that the user sees all of it at once.
func (d *Desk) makeAll(t *logbook.Turn, plan []Planned, o Options, others []preflight.Similar) ([]Result, error) {
	var results []Result
	var refused []press.RefusedLetter
	for _, p := range plan {
		if id, err := t.ByFingerprint(p.Digest); err != nil {
			return nil, err
		} else if id != "" && !o.Again {
			results = append(results, Result{Request: docket.Request{ID: id}, Before: true, Asked: p.Asked}) // completed by fillBefore
			continue
		}
		id, err := t.NextID(p.Order.Date.Year())
		if err != nil {
			return nil, err
		}
		p.Order.ID = id
		draft, err := letter.Fill(p.Order)
		if err != nil {
			return nil, err
		}
		// Setting the letter takes as long as checking it, and needs nothing of it.
		typeset := d.startTypesetting(draft, p)
		findings := preflight.Check(draft, preflight.Surroundings{Similar: others, StaleAfterDays: d.Workspace.Config.StaleAfterDays})
		set := <-typeset
		others = append(others, similar(draft, id))
		if preflight.Worst(findings) == preflight.Error && o.Force == "" {
			refused = append(refused, press.RefusedLetter{Name: p.Name, Office: p.Order.Office, Findings: findings})
		}
		if len(refused) > 0 {
			continue // nothing will be written: only what else is wrong matters now
		}
		if set.err != nil {
			return nil, set.err
		}
		r, err := makeOne(t, p, draft, set.made, findings, o)
		if err != nil {
			return nil, err
		}
		r.Dropped = draft.Dropped
		results = append(results, r)
	}
	if len(refused) > 0 {
		return nil, &press.Refused{Letters: refused}
	}
	return results, nil
}

func similar(d *letter.Draft, id string) preflight.Similar {
	return preflight.Similar{ID: id, OfficeID: d.Office.ID, Parent: d.Office.Parent, Subject: d.Answers.Text("subject"),
		Text: recordsText(d.Records), On: d.Date, Via: d.Channel}
}

// recentDays is how far back other requests are looked for that an agency might
// treat as one with a new one. It is longer than the longest presumption that
// foia knows (30 days, of work or of the calendar; the topic fee-aggregation).
const recentDays = 62

// dated is what is asked of a log to know what was requested lately.
type dated interface {
	CreatedBetween(ctx context.Context, first, last workday.Date) ([]docket.Request, error)
}

// recent returns the requests of the log that were made shortly before.
func recent(ctx context.Context, log dated, plan []Planned) ([]preflight.Similar, error) {
	if len(plan) == 0 {
		return nil, nil
	}
	on := plan[0].Order.Date
	requests, err := log.CreatedBetween(ctx, on.AddDays(-recentDays), on.AddDays(recentDays))
	if err != nil {
		return nil, err
	}
	var out []preflight.Similar
	for _, r := range requests {
		var office agency.Office
		var answers struct {
			Records []letter.Record `json:"records"`
		}
		if err := errors.Join(json.Unmarshal(r.Office, &office), json.Unmarshal(r.Answers, &answers)); err != nil {
			return nil, fmt.Errorf("the log's record of %s cannot be read: %w", r.ID, err)
		}
		out = append(out, preflight.Similar{ID: r.ID, OfficeID: r.OfficeID, Parent: office.Parent, Subject: r.Subject,
			Text: recordsText(answers.Records), On: r.Created, Via: agency.Channel(r.Via)})
	}
	return out, nil
}

func makeOne(t *logbook.Turn, p Planned, draft *letter.Draft, m made, findings []preflight.Finding, o Options) (Result, error) {
	folder := workspace.RequestFolder(p.Order.ID, p.Slug)
	request, err := freeze(p, draft, folder, m.files)
	if err != nil {
		return Result{}, err
	}
	if err := t.Stage(folder, m.files); err != nil {
		return Result{}, err
	}
	if err := t.AddRequest(request, drafted(p, request, findings, o), m.files); err != nil {
		return Result{}, err
	}
	return Result{Request: request, Pages: m.pages, Findings: findings, Asked: p.Asked}, nil
}

// drafted is the first event of a request, which says how the letter was made.
func drafted(p Planned, r docket.Request, findings []preflight.Finding, o Options) docket.Event {
	data := map[string]string{"template": r.Template, "via": r.Via}
	if pdf, ok := r.Document(press.PDFName); ok {
		data["pdf_sha256"] = pdf.SHA256
	}
	press.Forced(data, findings, o.Force)
	return docket.Event{Request: r.ID, Kind: docket.Drafted, On: p.Order.Date, Data: data}
}

// fillRows gives each result its row of the log.
func (d *Desk) fillRows(t *logbook.Turn, results []Result) error {
	basis, err := d.Workspace.Basis()
	if err != nil {
		return err
	}
	for i, r := range results {
		events, err := t.Events(r.Request.ID)
		if err != nil {
			return err
		}
		results[i].Row = docket.RowOf(r.Request, docket.Fold(r.Request, events, basis), d.Today)
	}
	return nil
}
