package web

import (
	"errors"
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"foia/internal/disk"
	"foia/internal/docket"
	"foia/internal/inbox"
	"foia/internal/logbook"
	"foia/internal/remedy"
)

// replyForm records what a message tells, keeps it with its request, or says that it is nothing for the log.
func (s *Server) replyForm(a *asked, _ upload) error {
	form := a.r.PostForm
	seen := map[string]int{}
	for _, text := range form["seen"] {
		id, number, _ := strings.Cut(text, ":")
		n, err := strconv.Atoi(number)
		if err != nil || n < 1 {
			return errForm()
		}
		seen[id] = n
	}
	at := "/replies"
	err := a.message(strings.TrimSpace(form.Get("request")), func(r *inbox.Reader, item *inbox.Item) error {
		if form.Get("do") == "record" {
			if err := a.corrected(r, item, form); err != nil {
				return err
			}
		}
		entries, err := chosenOf(item, form, a)
		if err != nil {
			return err
		}
		for i := range entries {
			if entries[i].After = seen[entries[i].Request]; entries[i].After == 0 {
				return errForm()
			}
			at = "/r/" + entries[i].Request
		}
		if err := a.recordReply(r, item, entries); err != nil {
			return err
		}
		return r.Done(a.ctx, item)
	})
	if err != nil {
		return err
	}
	http.Redirect(a.w, a.r, at, http.StatusSeeOther)
	return nil
}

// chosenOf are the entries that somebody agreed to.
func chosenOf(item *inbox.Item, form url.Values, a *asked) (out []logbook.Entry, err error) {
	switch form.Get("do") {
	case "nothing":
		return nil, nil
	case "keep":
		on := item.Day()
		if on.IsZero() {
			on = a.day
		}
		return []logbook.Entry{{Request: item.Match.Request, Event: docket.Event{Kind: docket.FileAdded, On: on}}}, nil
	case "record":
		for i, e := range item.Entries {
			switch chosen := slices.Contains(form["entry"], strconv.Itoa(i)); {
			case !chosen || e.Entry.Request == "":
			case e.Why != nil:
				return nil, e.Why
			default: // also what somebody else recorded meanwhile, so that it is said
				out = append(out, e.Entry)
			}
		}
		if len(out) == 0 {
			return nil, remedy.Misuse("no event is chosen", "choose one, or say that the message is nothing for the log")
		}
		return out, nil
	}
	return nil, errForm()
}

// recordReply records entries with the message that tells them: each request has it once.
func (a *asked) recordReply(r *inbox.Reader, item *inbox.Item, entries []logbook.Entry) (err error) {
	if len(entries) == 0 {
		return nil
	}
	paths, forget, err := disk.Spread(filesOfMessage(item))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, forget()) }()
	with := map[string]bool{}
	for i, e := range entries {
		if !with[e.Request] {
			entries[i].Attach, with[e.Request] = paths, true
		}
	}
	would, err := r.Book.WouldRecordEach(a.ctx, entries)
	if err != nil {
		return err
	}
	recorded, err := r.Book.RecordEach(a.ctx, entries, would)
	if err != nil {
		return err
	}
	for _, refused := range recorded.Refused {
		return refused.Err
	}
	return nil
}

// filesOfMessage are the files that a message is kept as.
func filesOfMessage(item *inbox.Item) (files []disk.Named) {
	if item.Message == nil {
		return []disk.Named{{Name: filepath.Base(item.File), Data: item.Data}}
	}
	files = []disk.Named{{Name: "message.eml", Data: item.Data}}
	for _, p := range item.Message.Parts {
		files = append(files, disk.Named{Name: p.Name, Data: p.Data})
	}
	return files
}
