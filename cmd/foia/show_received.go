package main

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"foia/internal/docket"
	"foia/internal/entered"
	"foia/internal/received"
	"foia/internal/remedy"
	"foia/internal/store"
	"foia/internal/workspace"
)

// came is a message or a file that was kept of what came, with the events that rest on it.
type came struct {
	File     string   `json:"file"`           // as it is kept, below the request's folder
	Name     string   `json:"name,omitempty"` // what it was called
	SHA256   string   `json:"sha256"`
	Events   []int    `json:"events"`
	Mail     bool     `json:"mail"`
	From     string   `json:"from,omitempty"` // who wrote it: of a message that was passed on, the writer of that
	Date     string   `json:"date,omitempty"` // when it was written, where it was written
	Subject  string   `json:"subject,omitempty"`
	PassedBy string   `json:"passed_by,omitempty"` // who passed it on
	Attached []string `json:"attached,omitempty"`
	Odd      []string `json:"odd,omitempty"` // what a careful reader should know
	Why      string   `json:"why,omitempty"` // it cannot be read

	day  string   // when it was written, else of its event
	held []string // SHA-256 of what is within it
}

// cameWith lists what was kept of what came. What is attached to a message is told with it.
func cameWith(ctx context.Context, w *workspace.Workspace, log *store.Log, r docket.Request, events []docket.Event) ([]*came, error) {
	list := []*came{}
	known := map[string]*came{}
	for _, e := range events {
		if e.Ours() {
			continue
		}
		files, err := e.Files()
		if err != nil {
			return nil, err
		}
		var here []*came
		for _, d := range files {
			if c := known[d.SHA256]; c != nil {
				if !slices.Contains(c.Events, e.Seq) {
					c.Events = append(c.Events, e.Seq)
				}
				continue
			}
			c := &came{File: d.Name, Name: entered.Line(d.Original), SHA256: d.SHA256, Events: []int{e.Seq}, day: e.On.String()}
			if err := c.read(ctx, w, log, r, d, e); err != nil {
				return nil, err
			}
			known[d.SHA256] = c
			here = append(here, c)
		}
		for _, c := range here {
			if !slices.ContainsFunc(here, func(m *came) bool { return m != c && slices.Contains(m.held, c.SHA256) }) {
				list = append(list, c)
			}
		}
	}
	return list, nil
}

// read reads a kept file, if it is a message. Whatever is wrong with it is told, and no reason to show nothing.
func (c *came) read(ctx context.Context, w *workspace.Workspace, log *store.Log, r docket.Request, d docket.Document, e docket.Event) (
	err error) {
	if !received.MayBeMail(d.Name) {
		return nil
	}
	in, err := w.OpenDocument(ctx, log, r, d)
	if err != nil {
		c.Why = err.Error()
		return ctx.Err()
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	raw, err := received.ReadKept(in, d.Name)
	switch sum := sha256.Sum256(raw); {
	case err != nil:
		c.Why = workspace.Reason(err)
		return nil
	case raw == nil:
		return nil
	case hex.EncodeToString(sum[:]) != d.SHA256:
		c.Why = "it was changed after it was kept"
		return nil
	}
	m, err := received.ReadMail(raw, e.Recorded)
	if err != nil {
		return nil // it is shown as the file that it is
	}
	letter := m.Letter()
	c.Mail, c.From, c.Subject = true, received.Named(letter.From), received.Shown(letter.Subject)
	if letter != m {
		c.PassedBy = received.Named(m.From)
	}
	c.day = undated
	if !letter.Date.IsZero() {
		c.Date, c.day = letter.Date.Format(time.RFC3339), letter.Date.Format(time.DateOnly)
	}
	c.Odd = received.PageOf(m).Odd
	for _, f := range received.Enclosed(m) {
		c.held = append(c.held, f.SHA256)
		if f.Mail == nil || letter == m {
			c.Attached = append(c.Attached, received.Shown(f.Name))
		}
	}
	return nil
}

// undated stands where a message does not say when it was written, as wide as a day.
const undated = "undated   "

// mostAttached is how many names of files are shown.
const mostAttached = 10

// showCame prints what came, from whom, and which events rest on it.
func (a *app) showCame(list []*came, events []docket.Event) {
	if len(list) == 0 {
		return
	}
	fmt.Fprintln(a.out, "\nWhat came")
	struck := docket.Corrected(events)
	for _, c := range list {
		indent := strings.Repeat(" ", 14)
		line := func(label, text string) {
			if text != "" {
				a.wrappedAfter(indent+label, indent+"  ", clean(text))
			}
		}
		first := c.From
		if !c.Mail {
			first = cmp.Or(c.Name, c.File)
		}
		a.wrappedAfter("  "+c.day+"  ", indent+"  ", clean(cmp.Or(first, "an e-mail that does not say who wrote it")))
		if c.Mail {
			line("subject: ", cmp.Or(c.Subject, "none"))
		}
		names := c.Attached[:min(len(c.Attached), mostAttached)]
		if more := len(c.Attached) - len(names); more > 0 {
			names = append(slices.Clip(names), fmt.Sprintf("and %d more", more))
		}
		line("attached: ", strings.Join(names, ", "))
		line("passed on by ", c.PassedBy)
		if c.Why != "" {
			line("note: ", c.Why+"; see: "+a.words(remedy.To(remedy.Verify).String()))
		}
		line("", restsOn(c, events, struck))
	}
}

// restsOn names the events that rest on what came.
func restsOn(c *came, events []docket.Event, struck map[int]bool) string {
	var rest, kept []string
	for _, e := range events {
		if !slices.Contains(c.Events, e.Seq) {
			continue
		}
		text := fmt.Sprintf("event %d, %s", e.Seq, e.Kind)
		if struck[e.Seq] {
			text += struckBy(events, e)
		}
		if e.Kind == docket.Note || e.Kind == docket.FileAdded {
			kept = append(kept, text)
		} else {
			rest = append(rest, text)
		}
	}
	var out []string
	if len(rest) > 0 {
		out = append(out, "recorded from it: "+strings.Join(rest, "; "))
	}
	if len(kept) > 0 {
		out = append(out, "kept with "+strings.Join(kept, "; "))
	}
	return strings.Join(out, "; ")
}
