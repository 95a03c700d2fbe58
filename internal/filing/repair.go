package filing

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"path"
	"slices"
	"strings"

	"foia/internal/docket"
	"foia/internal/letter"
	"foia/internal/logbook"
	"foia/internal/store"
	"foia/internal/workspace"
)

// Repaired is a file of a letter that was not sent, and what became of it.
type Repaired struct {
	Request string `json:"request"`
	File    string `json:"file"`            // below the workspace
	Aside   string `json:"aside,omitempty"` // where the changed file is now
	Why     string `json:"why,omitempty"`   // why it could not be set anew; empty: it was
}

// repairLog is what is asked of a log to find its drafts and their files.
type repairLog interface {
	logbook.Lists
	logbook.Life
	workspace.Documents
}

// Repair sets the files of letters anew that were not sent, where they were changed or are
// missing, and where what is frozen in the log gives the same bytes again. A file that somebody
// changed is moved aside. What was sent is not touched: it is evidence, as it is.
func (d *Desk) Repair(ctx context.Context) (out []Repaired, err error) {
	err = d.Holding(ctx, false, func() error {
		log, err := d.Log(ctx)
		if err != nil {
			return err
		}
		out, err = d.repairAll(ctx, log)
		return err
	})
	return out, err
}

func (d *Desk) repairAll(ctx context.Context, log repairLog) (out []Repaired, err error) {
	var ids []string
	if err := logbook.Find(ctx, log, logbook.Filter{OpenOnly: true}, func(s store.Standing) error {
		if s.State.Status == docket.IsDrafted || len(s.State.Unsent) > 0 {
			ids = append(ids, s.Request.ID)
		}
		return nil
	}); err != nil {
		return nil, err
	}
	in := logbook.Within(ctx, log)
	for _, id := range ids {
		one, err := d.repair(in, id)
		if err != nil {
			return out, err
		}
		out = append(out, one...)
	}
	return out, nil
}

// repair looks at the drafts of one request: its versions, if it was not sent, and its further
// letters that were not.
func (d *Desk) repair(in logbook.Reader, id string) (out []Repaired, err error) {
	r, err := in.Request(id)
	if err != nil {
		return nil, err
	}
	events, err := in.Events(id)
	if err != nil {
		return nil, err
	}
	if docket.MayChange(r, events) == nil {
		versions, err := docket.AllVersions(r, events)
		if err != nil {
			return nil, err
		}
		for i, v := range versions {
			changed, missing := d.Workspace.Differing(v, v.Documents)
			if len(changed)+len(missing) > 0 {
				out = append(out, d.setAnew(v, changed, missing, d.remade(v, i+1))...)
			}
		}
	}
	for _, e := range events {
		if _, err := docket.LetterToDiscard(r, events, fmt.Sprint(e.Seq)); e.Kind != docket.LetterMade || err != nil {
			continue
		}
		files, err := e.Files()
		if err != nil {
			return nil, err
		}
		if changed, missing := d.Workspace.Differing(r, files); len(changed)+len(missing) > 0 {
			out = append(out, d.setAnew(r, changed, missing, d.fromParts(r, files))...)
		}
	}
	return out, nil
}

// setAnew puts files back of which the same bytes were made again.
func (d *Desk) setAnew(r docket.Request, changed, missing []docket.Document, made map[string][]byte) (out []Repaired) {
	for _, doc := range slices.Concat(changed, missing) {
		one := Repaired{Request: r.ID, File: path.Join(r.Folder, doc.Name)}
		sum := sha256.Sum256(made[doc.Name])
		if hex.EncodeToString(sum[:]) != doc.SHA256 {
			one.Why = "what it was made with has changed since, so that the same letter cannot be set again"
			out = append(out, one)
			continue
		}
		var err error
		if one.Aside, err = d.Workspace.PutBack(r, doc, made[doc.Name]); err != nil {
			one.Why = err.Error()
		}
		out = append(out, one)
	}
	return out
}

// remade are the files of a version of a request, made again of what was frozen. What cannot
// be made is not among them.
func (d *Desk) remade(r docket.Request, version int) map[string][]byte {
	out := d.fromParts(r, r.Documents)
	draft, err := d.Refill(r, d.Library, d.Today)
	if err != nil {
		return out
	}
	set, err := d.typeset(draft, r.Template, version)
	if err != nil {
		return out
	}
	for _, f := range set.files {
		out[f.Name] = f.Data
	}
	return out
}

// fromParts sets the PDF and the text of letters again from their parts, if those are as they
// were frozen: also where the template has changed since.
func (d *Desk) fromParts(r docket.Request, files []docket.Document) map[string][]byte {
	out := map[string][]byte{}
	var who letter.Requester
	if json.Unmarshal(r.Requester, &who) != nil {
		return out
	}
	for _, f := range files {
		base, isParts := strings.CutSuffix(f.Name, ".json")
		if changed, missing := d.Workspace.Differing(r, []docket.Document{f}); !isParts || len(changed)+len(missing) > 0 {
			continue
		}
		raw, err := d.Workspace.ReadLying(r, f)
		if err != nil {
			continue
		}
		doc, err := letter.ReadDocument(raw)
		if err != nil {
			continue // the fields of a form
		}
		if file, err := d.Typeset(doc, who.ID); err == nil {
			out[base+".pdf"] = file.Bytes
		}
		out[base+".md"] = []byte(doc.Markdown())
	}
	return out
}
