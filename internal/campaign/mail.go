package campaign

import (
	"context"
	"errors"
	"path"
	"slices"

	"foia/internal/correspondence"
	"foia/internal/docket"
	"foia/internal/lazy"
	"foia/internal/logbook"
	"foia/internal/press"
	"foia/internal/store"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// Mail is a campaign's letters that go by e-mail, as files that mail programs open as something to send.
type Mail struct {
	Folder
	Press    *press.Press
	What     string // as of Print
	Filter   Filter
	Sent     *bool
	On       workday.Date
	Cc       []string
	Progress func(done, all int)
}

// Mailed is what was made.
type Mailed struct {
	What    string    `json:"what"`
	Folder  string    `json:"folder"` // below the workspace
	Letters int       `json:"letters"`
	Other   int       `json:"other_ways"` // letters that do not go by e-mail
	Failed  []Unbound `json:"failed"`
}

// drafts are the files that Run makes.
const drafts = lazy.Pattern(`^\d{4}-\d+-[A-Za-z0-9-]+\.eml$`)

// Run writes the messages, which take the place of those that were made before.
func (m Mail) Run(ctx context.Context) (out *Mailed, err error) {
	out = &Mailed{What: m.What, Folder: path.Join(workspace.CampaignsDir, m.Name, "mail"), Failed: []Unbound{}}
	kind := KindOf(m.What)
	var ids []string
	err = m.Each(ctx, m.On, m.Filter, func(s store.Standing) error {
		if kind == "" && m.Sent != nil && *m.Sent == s.State.Sent.IsZero() {
			return nil
		}
		ids = append(ids, s.Request.ID)
		return nil
	})
	if err != nil || len(ids) == 0 {
		return out, err
	}
	unlock, err := m.Workspace.Lock(ctx)
	if err != nil {
		return out, err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	staged := path.Join(out.Folder, workspace.Printing)
	if err := m.Workspace.Clear(staged); err != nil {
		return out, err
	}
	noted, err := m.Workspace.Begun(out.Folder)
	if err != nil {
		return out, err
	}
	defer func() { err = errors.Join(err, noted()) }()
	for i, id := range ids {
		err := ctx.Err()
		if err == nil {
			err = m.draft(ctx, id, kind, staged, out)
		}
		if err != nil {
			return out, errors.Join(err, m.Workspace.Clear(staged))
		}
		if m.Progress != nil {
			m.Progress(i+1, len(ids))
		}
	}
	if out.Letters == 0 {
		return out, m.Workspace.Clear(staged)
	}
	return out, m.Workspace.ReplaceSet(staged, out.Folder, drafts.RE().MatchString)
}

// draft writes one message. A letter that cannot be one is named and left out.
func (m Mail) draft(ctx context.Context, id, kind, staged string, out *Mailed) error {
	r, events, err := logbook.RequestAsOf(logbook.Within(ctx, m.Log), id, m.On)
	if err != nil {
		return err
	}
	if kind != "" && !hasLetter(events, kind) {
		return nil
	}
	in := correspondence.Kept{Context: ctx, Workspace: m.Workspace, Log: m.Log}
	o, err := in.Email(m.Press, r, events, correspondence.Email{Letter: kind, Cc: m.Cc, Bulk: true})
	var other *correspondence.NotByEmail
	switch {
	case errors.As(err, &other):
		out.Other++
		return nil
	case err != nil:
		out.Failed = append(out.Failed, Unbound{ID: id, Reason: err.Error()})
		return nil
	}
	content, err := o.Draft()
	if err != nil {
		out.Failed = append(out.Failed, Unbound{ID: id, Reason: err.Error()})
		return nil
	}
	out.Letters++
	return m.Workspace.WriteFile(path.Join(staged, o.DraftName()), content)
}

// KindOf is the kind of letter that is meant; empty: the request.
func KindOf(what string) string {
	if what == Requests {
		return ""
	}
	return what
}

func hasLetter(events []docket.Event, kind string) bool {
	struck := docket.Corrected(events)
	return slices.ContainsFunc(events, func(e docket.Event) bool {
		return e.Kind == docket.LetterMade && e.Data["letter"] == kind && !struck[e.Seq]
	})
}
