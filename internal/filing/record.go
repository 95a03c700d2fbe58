package filing

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"foia/internal/docket"
	"foia/internal/entered"
	"foia/internal/remedy"
	"foia/internal/store"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// maxAttachment is more than any portal or mail server sends in one piece.
const maxAttachment = 2 << 30

// Entry is one event that somebody wants to record.
type Entry struct {
	Request string
	Event   docket.Event // Kind, On, Data
	Attach  []string     // paths of files that came with it
	Again   bool         // it is meant, although the same is in the log
}

// Recorded is what came of an entry.
type Recorded struct {
	Event   docket.Event
	Request docket.Request
	State   docket.State
	Unusual []string
	Child   *docket.Request // the request that a referral opened
}

// Record checks an event, keeps the files that came with it, and writes it into
// the log: all of it or nothing.
func (d *Desk) Record(ctx context.Context, entry Entry) (out Recorded, err error) {
	unlock, err := d.Workspace.Lock(ctx)
	if err != nil {
		return out, err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	log, err := d.openLog(ctx, false)
	if err != nil {
		return out, err
	}
	defer func() { err = errors.Join(err, log.Close()) }()
	if _, err := d.Workspace.Recover(ctx, log); err != nil {
		return out, err
	}
	basis, err := d.Workspace.Basis()
	if err != nil {
		return out, err
	}
	var kept *workspace.Staged
	var staged []string
	err = log.Write(ctx, func(tx *store.Tx) error {
		out, err = d.record(tx, entry, basis, &kept, &staged)
		return err
	})
	if err != nil {
		return out, d.Workspace.Undo(err, staged, kept)
	}
	if err := d.Workspace.PublishFiles(kept); err != nil {
		return out, err
	}
	for _, folder := range staged {
		if err := d.Workspace.Publish(folder); err != nil {
			return out, err
		}
	}
	d.renewTrackingLog(ctx, log)
	return out, nil
}

func (d *Desk) record(tx *store.Tx, entry Entry, basis docket.Basis, kept **workspace.Staged, staged *[]string) (out Recorded, err error) {
	r, err := tx.Request(entry.Request)
	if err != nil {
		return out, err
	}
	events, err := tx.Events(r.ID)
	if err != nil {
		return out, err
	}
	files, err := readAttachments(entry.Attach)
	if err != nil {
		return out, err
	}
	e := entry.Event
	e.Request, e.By, e.Machine, e.Recorded = r.ID, d.By, d.Machine, d.Now
	if len(files) > 0 {
		e.Data = with(e.Data, "files", "pending")
	}
	proposed := docket.Proposed{Request: r, Events: events, Event: e, Today: d.Today, Dates: d.Workspace.Config.Dates, Book: basis.Book,
		Again: entry.Again}
	e, out.Unusual, err = proposed.Check()
	if err != nil {
		return out, err
	}
	if e.Kind == docket.Referred {
		view := docket.At(r, events, d.Today, basis)
		if out.Child, err = d.openChild(tx, r, docket.HandsOf(events), &e, view.State().FirstReceived, view.RequestDate(),
			staged); err != nil {
			return out, err
		}
	}
	var received []workspace.File
	if len(files) > 0 {
		if received, e.Data["files"], err = d.keep(r, events, files, kept); err != nil {
			return out, err
		}
	}
	if out.Event, err = tx.Append(e); err != nil {
		return out, err
	}
	if err := d.Workspace.Keep(tx, r.ID, received); err != nil {
		return out, err
	}
	out.Request, out.State = r, docket.Fold(r, append(events, out.Event), basis)
	return out, nil
}

func with(data map[string]string, name, value string) map[string]string {
	out := map[string]string{name: value}
	for k, v := range data {
		out[k] = v
	}
	return out
}

// attachment is one file that came with an event.
type attachment struct {
	name     string // on the disk
	original string
	data     []byte
}

func readAttachments(paths []string) ([]attachment, error) {
	var out []attachment
	for _, p := range paths {
		if why := workspace.NoFile(p); why != "" { // Windows would read something else
			return nil, remedy.Misuse(remedy.Name("attach")+": no file can have that name: "+why+" ("+p+")",
				"give the file another name first")
		}
		info, err := os.Stat(p)
		if err != nil {
			return nil, remedy.Misuse(remedy.Name("attach")+": the file cannot be read: "+workspace.Reason(err)+" ("+p+")",
				"give the path of a file on this machine")
		}
		if !info.Mode().IsRegular() || info.Size() > maxAttachment {
			return nil, remedy.Misuse(remedy.Name("attach")+": not a plain file, or larger than 2 GB ("+p+")",
				"give the path of a file on this machine")
		}
		data, err := os.ReadFile(p)
		if err != nil {
			return nil, remedy.Misuse(remedy.Name("attach")+": the file cannot be read: "+workspace.Reason(err)+" ("+p+")",
				"give the path of a file on this machine")
		}
		original := strings.ToValidUTF8(filepath.Base(p), "\uFFFD") // as JSON would keep it
		out = append(out, attachment{fileName(original), original, data})
	}
	return out, nil
}

// fileName makes a harmless name of whatever a file was called: letters without their
// accents, digits, dots, hyphens and underscores, none hidden.
func fileName(name string) string {
	name = entered.Unaccented(name)
	ext := filepath.Ext(name)
	safe := func(s string) string {
		return strings.Trim(strings.Map(func(r rune) rune {
			if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_' || r == '.' {
				return r
			}
			return '-'
		}, s), "-.")
	}
	base, ext := safe(strings.TrimSuffix(name, ext)), safe(ext)
	base = strings.TrimRight(base[:min(len(base), 80)], "-.") // Windows drops a dot at the end
	if base == "" {
		base = "file"
	}
	if ext == "" {
		return base
	}
	return base + "." + ext[:min(len(ext), 10)]
}

// keep stages copies of the files and returns what the log says of them. A file's
// name begins with the number of its event, so that two letters named scan.pdf do
// not meet.
func (d *Desk) keep(
	r docket.Request, events []docket.Event, files []attachment, kept **workspace.Staged,
) ([]workspace.File, string, error) {
	seq := events[len(events)-1].Seq + 1
	var out []workspace.File
	for i, f := range files {
		name := fmt.Sprintf("%03d-%s", seq, f.name)
		if i > 0 {
			name = fmt.Sprintf("%03d-%d-%s", seq, i+1, f.name)
		}
		out = append(out, workspace.File{Name: path.Join(workspace.ReceivedDir, name), Data: f.data})
	}
	list, err := receivedList(out, files)
	if err != nil {
		return nil, "", err
	}
	*kept, err = d.Workspace.StageFiles(r.ID, r.Folder, seq, out)
	return out, list, err
}

// receivedList is what an event holds of the files that came with it.
func receivedList(kept []workspace.File, came []attachment) (string, error) {
	documents := make([]docket.Document, len(kept))
	for i, f := range kept {
		documents[i] = workspace.DocumentOf(f)
		documents[i].Original = came[i].original
	}
	return listOf(documents)
}

// documentsOf are the documents that files are, also as the text that an event holds.
func documentsOf(files []workspace.File) ([]docket.Document, string, error) {
	var documents []docket.Document
	for _, f := range files {
		documents = append(documents, workspace.DocumentOf(f))
	}
	list, err := listOf(documents)
	return documents, list, err
}

func listOf(documents []docket.Document) (string, error) {
	list, err := json.Marshal(documents)
	if err != nil {
		return "", fmt.Errorf("the list of files cannot be written as JSON: %w", err)
	}
	return string(list), nil
}

// openChild opens the request that stands for what another office has now: with
// its own number, time and log, and the letters of the first one.
func (d *Desk) openChild(tx *store.Tx, parent docket.Request, hands docket.Hands, e *docket.Event, received, requestDate workday.Date,
	staged *[]string) (*docket.Request, error) {
	match, err := d.Directory.Find(e.Data["to"])
	if err != nil {
		return nil, err
	}
	o := match.Office
	id, err := tx.NextID(d.Today.Year())
	if err != nil {
		return nil, err
	}
	child := parent
	child.ID, child.Parent, child.Created, child.Via = id, parent.ID, e.On, ""
	child.OfficeID, child.Law, child.Agency, child.Component = o.ID, lawOf(o), o.Name, ""
	if o.ParentName != "" {
		child.Agency, child.Component = o.ParentName, o.Name
	}
	child.Folder = path.Join(workspace.RequestsDir, id+"-"+slug(o.Abbreviation, "referred from "+parent.ID))
	child.Fingerprint, child.Documents, child.Series = "", nil, nil
	if child.Office, err = json.Marshal(o); err != nil {
		return nil, fmt.Errorf("the office cannot be written as JSON: %w", err)
	}
	text := fmt.Sprintf("%s referred request %s, or records of it, to %s.\nThe letter is in the folder of %s.\n", agencyOf(parent),
		parent.ID, o.Name, parent.ID)
	*staged = append(*staged, child.Folder)
	files := []workspace.File{{Name: "referral.txt", Data: []byte(text)}}
	if err := d.Workspace.Stage(child.Folder, files); err != nil {
		return nil, err
	}
	child.Documents = []docket.Document{workspace.DocumentOf(files[0])}
	first := docket.Event{Request: id, Kind: docket.Drafted, On: e.On, Recorded: d.Now, By: d.By, Machine: d.Machine,
		Data: map[string]string{"template": parent.Template, "referred_from": parent.ID, "event": strconv.Itoa(e.Seq),
			"request_date": requestDate.String()}}
	if err := errors.Join(tx.Add(child, first), d.Workspace.Keep(tx, child.ID, files)); err != nil {
		return nil, err
	}
	e.Data["to"], e.Data["child"] = o.ID, id
	// When the other office received it, its own letter will say. Within one department
	// the time begins ten working days after any of its offices had the request at the
	// latest, 5 U.S.C. 552(a)(6)(A).
	data := map[string]string{"by": "mail", "referred-by": agencyOf(parent),
		"note": "referred by " + agencyOf(parent) + ", request " + parent.ID}
	if child.Agency == parent.Agency && e.Whole() && !received.IsZero() {
		data["first-received"] = received.String()
	}
	_, err = tx.Append(docket.Event{Request: id, Kind: docket.Sent, On: e.On, Recorded: d.Now, By: d.By, Machine: d.Machine, Data: data})
	if err != nil || !hands.Private {
		return &child, err
	}
	_, err = d.arrangeOne(tx, id, func(h docket.Hands) []docket.Event { return h.Hide(hands.Sees(), d.By) })
	return &child, err
}

func agencyOf(r docket.Request) string {
	if r.Component != "" {
		return r.Component
	}
	return r.Agency
}
