package filing

import (
	"context"
	"encoding/json"
	"fmt"
	"path"

	"foia/internal/agency"
	"foia/internal/docket"
	"foia/internal/letter"
	"foia/internal/logbook"
	"foia/internal/press"
	"foia/internal/remedy"
)

// Draft is a request that was not sent, as it lies before somebody who changes it.
type Draft struct {
	Request  docket.Request
	Events   []docket.Event
	Template *letter.Template
	Office   agency.Office
	Answers  letter.Answers // all of them, as the log has them
	Typing   letter.Typing  // how answers to it are read
}

// Last is the number of its last event.
func (d *Draft) Last() int { return d.Events[len(d.Events)-1].Seq }

// Version is the number of its version.
func (d *Draft) Version() int { return docket.Versions(d.Events) }

// Draft is a request that can still be changed. The error says why one cannot.
func (d *Desk) Draft(ctx context.Context, id string) (*Draft, error) {
	log, err := d.Log(ctx)
	if err != nil {
		return nil, err
	}
	out := &Draft{Answers: letter.Answers{}, Typing: d.Typing()}
	if out.Request, out.Events, err = logbook.Request(logbook.Within(ctx, log), id); err != nil {
		return nil, err
	}
	r := out.Request
	if err := docket.MayChange(r, out.Events); err != nil {
		return nil, err
	}
	if err := json.Unmarshal(r.Answers, &out.Answers); err != nil {
		return nil, fmt.Errorf("the log's record of the answers of %s cannot be read: %w", r.ID, err)
	}
	if out.Template, err = press.TemplateOf(d.Library, r.Template); err != nil {
		return nil, err
	}
	if out.Office, err = d.OfficeOf(r); err != nil {
		return nil, err
	}
	book, err := d.Workspace.Laws()
	if err != nil {
		return nil, err
	}
	out.Typing.Law, out.Typing.Currency = out.Office.UnderLaw(), book.For(out.Office.ID, out.Office.Law).Currency()
	return out, nil
}

// ChangedFile is the file of the answers of a draft, if somebody changed it since it was made:
// what a change without other words takes.
func (d *Desk) ChangedFile(r docket.Request) (name string, raw []byte, changed bool, err error) {
	answers, _ := r.Document(press.AnswersName)
	if differing, _ := d.Workspace.Differing(r, []docket.Document{answers}); len(differing) == 0 {
		return "", nil, false, nil
	}
	raw, err = d.Workspace.ReadLying(r, answers)
	return path.Join(r.Folder, answers.Name), raw, true, err
}

// TakeAnswers has a file of answers be all that the letter says, and how it is filed.
func (c *Change) TakeAnswers(name string, raw []byte) error {
	file, err := letter.ReadAnswers(name, raw)
	if err != nil {
		return err
	}
	c.Whole, c.Given = true, []letter.Layer{file.Shared}
	if c.Via == "" {
		c.Via = agency.Channel(file.Via)
	}
	return CheckVia(string(c.Via))
}

// CheckVia refuses a way of filing that there is not; none is as before.
func CheckVia(via string) error {
	switch agency.Channel(via) {
	case "", agency.Portal, agency.Mail, agency.Fax, agency.Email:
		return nil
	}
	return remedy.Misuse(remedy.Name("via")+": unknown filing method “"+via+"”", "use portal, mail, fax or email")
}
