package campaign

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"

	"foia/internal/docket"
	"foia/internal/filing"
	"foia/internal/store"
)

// Risk is something about several rows of a list, or about a row and the log, that
// a user should see before the letters are made.
type Risk struct {
	What  string `json:"what"`
	Count int    `json:"count"`           // of rows
	Lines []int  `json:"lines"`           // the first of them
	Cite  string `json:"cite,omitempty"`  // the rule
	Other string `json:"other,omitempty"` // the request that is there already
}

// linesShown is how many lines a risk or finding names.
const linesShown = 5

func (r *Risk) add(line int) {
	if r.Count++; len(r.Lines) < linesShown {
		r.Lines = append(r.Lines, line)
	}
}

// key stands for a text in a table of many: memory holds eight bytes for it.
type key uint64

func keyOf(parts ...string) key {
	sum := sha256.Sum256(fmt.Appendf(nil, "%q", parts))
	return key(binary.BigEndian.Uint64(sum[:]))
}

// watch looks at the planned letters of a list, one by one.
type watch struct {
	offices     map[key]int    // the line in which an office stands first
	twice       Risk           // offices that are asked more than once
	open        map[key]string // by office and subject: an open request of the log
	asked       Risk
	made        map[key]bool     // the letters of the log, by fingerprint
	departments map[string]*Risk // federal: what may be treated as one
	names       []string         // of the departments, in the order of the list
}

// newWatch reads the open requests of the log, if there is one; those of the
// campaign itself are what a batch goes on from.
func (b *Batch) newWatch(ctx context.Context) (w *watch, err error) {
	w = &watch{offices: map[key]int{}, open: map[key]string{}, made: map[key]bool{}, departments: map[string]*Risk{}}
	w.twice.What = "this list asks the office more than once"
	w.asked.What = "the log has an open request to the same office on the same subject"
	if !b.Desk.Workspace.HasLog() {
		return w, nil
	}
	log, err := b.Desk.Log(ctx)
	if err != nil {
		return nil, err
	}
	err = log.Fingerprints(ctx, func(fingerprint string) error {
		w.made[keyOf(fingerprint)] = true
		return nil
	})
	if err != nil {
		return nil, err
	}
	return w, log.Standings(ctx, true, func(s store.Standing) error {
		if s.Request.Campaign != b.Campaign && s.State.Status != docket.IsDetermined {
			w.open[keyOf(s.Request.OfficeID, s.Request.Subject)] = s.Request.ID
		}
		return nil
	})
}

// see looks at one letter.
func (w *watch) see(line int, p filing.Planned) {
	office := p.Order.Office
	k := keyOf(office.ID)
	if first, there := w.offices[k]; there {
		if w.twice.Count == 0 {
			w.twice.add(first)
		}
		w.twice.add(line)
	} else {
		w.offices[k] = line
	}
	if id, there := w.open[keyOf(office.ID, p.Subject())]; there {
		w.asked.Other = cmp.Or(w.asked.Other, id)
		w.asked.add(line)
	}
	rule, ok := p.Order.Regime.Rule("aggregation")
	if !ok || office.Parent == "" {
		return
	}
	r := w.departments[office.Parent]
	if r == nil {
		r = &Risk{What: "several requests go to offices of " + office.ParentName +
			", which may treat clearly related ones as one, for time and fees", Cite: rule.Cite}
		w.departments[office.Parent] = r
		w.names = append(w.names, office.Parent)
	}
	r.add(line)
}

// risks are those that were seen.
func (w *watch) risks() []Risk {
	var out []Risk
	for _, r := range []Risk{w.twice, w.asked} {
		if r.Count > 0 {
			out = append(out, r)
		}
	}
	slices.Sort(w.names)
	for _, name := range w.names {
		if r := w.departments[name]; r.Count > 1 {
			out = append(out, *r)
		}
	}
	return out
}

// Found is a finding of the preflight in letters of a batch.
type Found struct {
	Severity string `json:"severity"`
	Count    int    `json:"count"`
	Lines    []int  `json:"lines"` // the first of them
}
