package filing

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"sync"

	"foia/internal/agency"
	"foia/internal/docket"
	"foia/internal/export"
	"foia/internal/letter"
	"foia/internal/preflight"
	"foia/internal/remedy"
	"foia/internal/store"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// Desk is where letters are made: all that a filing needs.
type Desk struct {
	Workspace *workspace.Workspace
	Library   *letter.Library
	Directory *agency.Directory
	Press     *Press
	Charset   letter.Charset
	By        string // who runs the command, for the log
	Machine   string // on which machine
	Today     workday.Date
	Now       string // RFC 3339, UTC, for the log
	AnyClock  bool   // the user named the day, or nothing counts from it: a clock that is doubted is a note

	recordsLetters sync.Map // letters for the laws of states and countries, by the kind that the user names
}

// dates is how the user of this folder writes dates.
func (d *Desk) dates() workday.Reader {
	return workday.Reader{Order: d.Workspace.Config.Dates, Today: d.Today}
}

// Typing is how answers are read in this folder.
func (d *Desk) Typing() letter.Typing { return letter.Typing{Charset: d.Charset, Dates: d.dates()} }

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

// Refused says that the preflight found errors in one letter or more, and that
// nothing was written.
type Refused struct{ Letters []RefusedLetter }

// RefusedLetter is one letter with what the preflight found.
type RefusedLetter struct {
	Name     string
	Office   agency.Office
	Findings []preflight.Finding
}

func (r *Refused) Error() string {
	if len(r.Letters) == 1 {
		return "the letter to " + r.Letters[0].Office.Name + " has errors; nothing was written"
	}
	return fmt.Sprintf("%d letters have errors; nothing was written", len(r.Letters))
}

// Hint says what to do.
func (r *Refused) Hint() string {
	return "fix these as shown, or proceed with " + remedy.Give("force", remedy.Open("your reason")) + " (the reason is logged)"
}

// openLog opens the log to write into it. A shared one knows by which name the caller
// came in, and events bear that name. The clock is held against the last entry.
func (d *Desk) openLog(ctx context.Context, create bool) (*store.Log, error) {
	log, err := d.Workspace.OpenLog(ctx, create)
	if err != nil {
		return nil, err
	}
	if log.Who() != "" {
		d.By = log.Who()
	}
	if err := d.doubtClock(ctx, log); err != nil {
		return nil, errors.Join(err, log.Close())
	}
	return log, nil
}

// File makes all the letters, or none.
func (d *Desk) File(ctx context.Context, plan []Planned, o Options) (results []Result, err error) {
	unlock, err := d.Workspace.Lock(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	log, err := d.openLog(ctx, true)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, log.Close()) }()
	if _, err := d.Workspace.Recover(ctx, log); err != nil {
		return nil, err
	}
	if err := log.Refresh(ctx); err != nil {
		return nil, err
	}
	others, err := recent(ctx, log, plan)
	if err != nil {
		return nil, err
	}
	var staged []string
	err = log.Write(ctx, func(tx *store.Tx) error {
		if results, err = d.makeAll(tx, plan, o, others, &staged); err != nil {
			return err
		}
		// Read here: once it is written, nothing may fail that need not.
		return errors.Join(fillBefore(tx, results), d.fillRows(tx, results))
	})
	if err != nil {
		return nil, d.Workspace.Undo(err, staged)
	}
	for _, folder := range staged {
		if err := d.Workspace.Publish(folder); err != nil {
			return nil, err
		}
	}
	d.renewTrackingLog(ctx, log)
	return results, nil
}

// makeAll makes every letter inside the log's transaction, and collects what
// the preflight refuses, so that the user sees all of it at once.
func (d *Desk) makeAll(tx *store.Tx, plan []Planned, o Options, others []preflight.Similar, staged *[]string) ([]Result, error) {
	var results []Result
	var refused []RefusedLetter
	for _, p := range plan {
		if id, err := tx.ByFingerprint(p.Digest); err != nil {
			return nil, err
		} else if id != "" && !o.Again {
			results = append(results, Result{Request: docket.Request{ID: id}, Before: true, Asked: p.Asked}) // completed by fillBefore
			continue
		}
		id, err := tx.NextID(p.Order.Date.Year())
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
			refused = append(refused, RefusedLetter{Name: p.Name, Office: p.Order.Office, Findings: findings})
		}
		if len(refused) > 0 {
			continue // nothing will be written: only what else is wrong matters now
		}
		if set.err != nil {
			return nil, set.err
		}
		r, err := d.makeOne(tx, p, draft, set.made, findings, o, staged)
		if err != nil {
			return nil, err
		}
		r.Dropped = draft.Dropped
		results = append(results, r)
	}
	if len(refused) > 0 {
		return nil, &Refused{refused}
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

// recent returns the requests of the log that were made shortly before.
func recent(ctx context.Context, log *store.Log, plan []Planned) ([]preflight.Similar, error) {
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

func (d *Desk) makeOne(tx *store.Tx, p Planned, draft *letter.Draft, m made, findings []preflight.Finding, o Options,
	staged *[]string) (Result, error) {
	folder := path.Join(workspace.RequestsDir, p.Order.ID+"-"+p.Slug)
	request, err := freeze(p, draft, folder, m.files)
	if err != nil {
		return Result{}, err
	}
	*staged = append(*staged, folder)
	if err := d.Workspace.Stage(folder, m.files); err != nil {
		return Result{}, err
	}
	event := docket.Event{Request: request.ID, Kind: docket.Drafted, On: p.Order.Date, Recorded: d.Now, By: d.By, Machine: d.Machine,
		Data: draftedData(request, findings, o)}
	if err := errors.Join(tx.Add(request, event), d.Workspace.Keep(tx, request.ID, m.files)); err != nil {
		return Result{}, err
	}
	return Result{Request: request, Pages: m.pages, Findings: findings, Asked: p.Asked}, nil
}

// draftedData is what the first event says about how the letter was made.
func draftedData(r docket.Request, findings []preflight.Finding, o Options) map[string]string {
	data := map[string]string{"template": r.Template, "via": r.Via}
	if pdf, ok := r.Document(PDFName); ok {
		data["pdf_sha256"] = pdf.SHA256
	}
	addForced(data, findings, o.Force)
	return data
}

// Rows returns the tracking log as it stands on a day, one row a request.
func Rows(ctx context.Context, log *store.Log, f Filter, today workday.Date) ([]docket.Row, error) {
	rows := []docket.Row{}
	err := Find(ctx, log, f, func(s store.Standing) error {
		rows = append(rows, docket.RowOf(s.Request, s.State, today))
		return nil
	})
	return rows, err
}

// fillRows gives each result its row of the log.
func (d *Desk) fillRows(tx *store.Tx, results []Result) error {
	basis, err := d.Workspace.Basis()
	if err != nil {
		return err
	}
	for i, r := range results {
		events, err := tx.Events(r.Request.ID)
		if err != nil {
			return err
		}
		results[i].Row = docket.RowOf(r.Request, docket.Fold(r.Request, events, basis), d.Today)
	}
	return nil
}

// renewTrackingLog rewrites the spreadsheet after something was written into the log.
// What was asked for is done by now, so that a failure is something to know, not one of
// the command.
func (d *Desk) renewTrackingLog(ctx context.Context, log *store.Log) {
	if err := d.writeTrackingLog(ctx, log); err != nil {
		d.Workspace.Tell("logged, but " + workspace.TrackingFile + " could not be updated: " + err.Error() +
			"; the next command that writes will update it (or run: " + remedy.To(remedy.Export).String() + ")")
	}
}

// writeTrackingLog writes the spreadsheet row by row, so that memory does not grow with
// the log.
func (d *Desk) writeTrackingLog(ctx context.Context, log *store.Log) (err error) {
	if wanted := d.Workspace.Config.TrackingCSV; wanted != nil && !*wanted {
		return nil
	}
	file, err := d.Workspace.Replace(workspace.TrackingFile)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Cancel()) }()
	table, err := export.NewTable(file, docket.ColumnNames())
	if err != nil {
		return err
	}
	err = Find(ctx, log, Filter{PublicOnly: true}, func(s store.Standing) error {
		return table.Row(docket.RowOf(s.Request, s.State, d.Today).Cells())
	})
	if err == nil {
		err = table.Close()
	}
	if err == nil {
		err = file.Done()
	}
	return err
}
