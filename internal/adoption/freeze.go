package adoption

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"foia/internal/agency"
	"foia/internal/docket"
	"foia/internal/moving"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// The files of a request that was taken over: what it rests on, and what was asked for, if the tracker has the text.
const (
	RowName  = "row.json"
	TextName = "request.txt"
)

// Row is what a request rests on: rows of a file, as they stand there.
type Row struct {
	File    string            `json:"file"`
	SHA256  string            `json:"sha256"` // of the file
	Sheet   string            `json:"sheet,omitempty"`
	Columns []string          `json:"columns"`
	Rows    []moving.Original `json:"rows"`
	Key     string            `json:"key"` // by which the same request is found in a newer file
}

// files are the documents of a request.
func files(p *moving.Plan, q moving.Request, key string) ([]workspace.File, error) {
	row := Row{File: p.File, SHA256: p.SHA256, Sheet: p.Sheet, Rows: q.Rows, Key: key}
	if q.Sheet != "" {
		row.Sheet = q.Sheet
	}
	if row.Columns = q.Columns; row.Columns == nil {
		for _, c := range p.Columns {
			row.Columns = append(row.Columns, c.Name)
		}
	}
	raw, err := json.MarshalIndent(row, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("the row cannot be written as JSON: %w", err)
	}
	out := []workspace.File{{Name: RowName, Data: append(raw, '\n')}}
	if q.Text != "" {
		out = append(out, workspace.File{Name: TextName, Data: []byte(q.Text + "\n")})
	}
	return out, nil
}

// frozen is a request as the log keeps it.
func (d *Desk) frozen(p *moving.Plan, m Mapping, one planned, id string) (r docket.Request, out []workspace.File, err error) {
	q := one.request
	if out, err = files(p, q, one.key); err != nil {
		return r, nil, err
	}
	name := m.agencyName(q)
	office := agency.Office{ID: "tracker-" + workspace.Slug(name), Name: name, Law: one.law}
	if one.office != nil {
		office = *one.office
	}
	subject := subjectOf(q)
	r = docket.Request{ID: id, Subject: subject, Created: one.sent(), Law: one.law, OfficeID: office.ID, Agency: office.AgencyName(),
		Component: office.ComponentName(), Via: one.via(), Template: docket.FromTracker,
		Folder:      workspace.RequestFolder(id, workspace.Slug(cmp.Or(office.Abbreviation, name), subject)),
		Fingerprint: one.fingerprint, Facts: map[string]string{"fee_waiver": docket.NotKnown, "expedited": docket.NotKnown}}
	if one.office == nil {
		r.Agency, r.Component = name, ""
	}
	for into, from := range map[*json.RawMessage]any{&r.Office: office, &r.Requester: d.requester,
		&r.Answers: map[string]string{"subject": subject}} {
		if *into, err = json.Marshal(from); err != nil {
			return r, nil, fmt.Errorf("the request cannot be written as JSON: %w", err)
		}
	}
	for _, f := range out {
		r.Documents = append(r.Documents, workspace.DocumentOf(f))
	}
	return r, out, nil
}

func subjectOf(q moving.Request) string {
	if q.Subject != nil && *q.Subject != "" {
		return *q.Subject
	}
	return "(subject not in the tracker)"
}

// planned is a request of the plan that can be taken over.
type planned struct {
	request     moving.Request
	law         string
	office      *agency.Office
	assigned    string
	key         string
	fingerprint string
	others      []string // further fingerprints that an earlier file may have given it
}

// sent is the day it was sent; unknown if the file does not say.
func (p planned) sent() workday.Date {
	for _, e := range p.request.Events {
		if e.Kind == docket.Sent && e.On != nil {
			return *e.On
		}
	}
	return workday.Date{}
}

// via is how it went, as far as the file says.
func (p planned) via() string {
	for _, e := range p.request.Events {
		if e.Kind == docket.Sent {
			return e.Data["by"]
		}
	}
	return ""
}

// lines are the lines of the file.
func (p planned) lines() string {
	var out []string
	for _, row := range p.request.Rows {
		out = append(out, strconv.Itoa(row.Line))
	}
	lines := strings.Join(out, ", ")
	if p.request.Sheet != "" {
		return lines + " of sheet " + p.request.Sheet
	}
	return lines
}

// keys finds, for each request of a plan, by what it is found again in a newer file, the surest first: the number that MuckRock
// gives it; the tracker's own number if no other row has it; agency, subject and the day it was sent, and which of several such it
// is. A row may get its number later, and a number may turn out to be that of two rows: so it is looked for by each.
func keys(p *moving.Plan, scope string) [][]string {
	own := map[string]int{}
	for _, q := range p.Requests {
		own[q.Key]++
	}
	out := make([][]string, len(p.Requests))
	seen := map[string]int{}
	for i, q := range p.Requests {
		if q.External != nil {
			out[i] = []string{q.External.System + " " + q.External.ID}
			continue
		}
		agency := ""
		if q.Agency != nil {
			agency = *q.Agency
		}
		same := strings.ToLower(strings.Join([]string{scope, agency, subjectOf(q), planned{request: q}.sent().String()}, " | "))
		seen[same]++
		out[i] = []string{same + " | " + strconv.Itoa(seen[same])}
		switch number := scope + " number " + q.Key; {
		case q.Key == "":
		case own[q.Key] == 1:
			out[i] = append([]string{number}, out[i]...)
		default:
			out[i] = append(out[i], number)
		}
	}
	return out
}

func fingerprint(key string) string {
	sum := sha256.Sum256([]byte("import\n" + key))
	return hex.EncodeToString(sum[:])
}
