package correspondence

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"foia/internal/agency"
	"foia/internal/disk"
	"foia/internal/docket"
	"foia/internal/entered"
	"foia/internal/letter"
	"foia/internal/post"
	"foia/internal/press"
	"foia/internal/remedy"
	"foia/internal/workspace"
)

// Outgoing is a letter that goes by e-mail, as the message that carries it.
type Outgoing struct {
	Request docket.Request
	Made    docket.Event // of a further letter; of the request, nothing
	post.Message
}

// Called is what the letter is called in what is written about it: request, or its kind.
func (o *Outgoing) Called() string { return cmp.Or(o.Made.Data["letter"], "request") }

// Email is how letters are put into messages.
type Email struct {
	Letter string   // "", the request; else the kind of a later letter, or the number of its event
	Attach []string // files of the user's that go with the letter, besides the enclosures that the log has
	Cc     []string // besides those that the settings name
	Bulk   bool     // one of many: enclosures that are lacking cannot be named one by one
}

// Email is the message that a letter goes by: to the address that was frozen with it, with the frozen PDF byte for byte. It has
// no date yet. Whatever does not go by e-mail is refused.
func (in Kept) Email(p *press.Press, r docket.Request, events []docket.Event, want Email) (*Outgoing, error) {
	out := &Outgoing{Request: r}
	if want.Letter != "" {
		made, err := findLetter(r, events, want.Letter)
		if err != nil {
			return nil, err
		}
		out.Made = made
	}
	l, err := in.frozen(r, events, want.Letter)
	if err != nil {
		return nil, err
	}
	if err := l.goesByEmail(); err != nil {
		return nil, err
	}
	if err := out.address(p, l, want, in.Workspace.Config.Send.From, in.Workspace.Config.Send.Cc); err != nil {
		return nil, err
	}
	out.Files = []post.Attachment{{Name: r.ID + "-" + out.Called() + ".pdf", Type: pdfType, Data: l.sheet}}
	enclosed, err := in.enclosed(l, events, want)
	if err != nil {
		return nil, err
	}
	out.Files = append(out.Files, enclosed...)
	var names []string
	for _, f := range enclosed {
		names = append(names, f.Name)
	}
	out.Subject = withReference(l.doc.Subject, r.ID)
	out.Text = l.doc.MessageText(letter.Message{File: out.Files[0].Name, Enclosed: names, ReplyTo: cmp.Or(out.ReplyTo, out.From.Address)},
		textWidth)
	out.ID, err = post.Plain(messageID(out, l.sum, sentBefore(events, out.Made.Seq)))
	return out, err
}

const pdfType = "application/pdf"

// withReference is a subject with our number in it, by which an answer is known.
func withReference(subject, id string) string {
	if strings.Contains(subject, id) {
		return subject
	}
	return subject + " (" + id + ")"
}

// messageID is by what answers and delivery notices name the message; see ownID in package inbox. A letter that went out and came
// back goes out by another: mail servers drop a message whose ID they know.
func messageID(o *Outgoing, sum string, before int) string {
	_, domain, _ := strings.Cut(o.From.Address, "@")
	hash := sha256.Sum256(fmt.Appendf(nil, "%s\n%s\n%d", sum, o.To[0].Address, before))
	return fmt.Sprintf("foia.%s.%s.%s@%s", o.Request.ID, o.Called(), hex.EncodeToString(hash[:4]), strings.ToLower(domain))
}

// sentBefore is how often a letter was recorded as sent, also if it came back.
func sentBefore(events []docket.Event, letter int) (n int) {
	for _, e := range events {
		if docket.IsSendingOf(e, letter) {
			n++
		}
	}
	return n
}

// goesByEmail refuses a letter that goes another way, or to nobody.
func (l frozenLetter) goesByEmail() error {
	r := l.request
	switch {
	case r.Sample || l.doc.Mark != "":
		return remedy.Misuse(r.ID+" is a sample: it goes to nobody",
			"make a request of your own: "+remedy.To(remedy.New, r.Template).String())
	case docket.OwnUse(l.kind):
		return remedy.Misuse(fmt.Sprintf("the letter %s of %s is for your own use: it goes to nobody", l.kind, r.ID), "read it: "+l.file)
	case l.doc.Channel != agency.Email:
		return l.anotherWay()
	}
	if l.kind != "" {
		return nil
	}
	office, err := press.FrozenOffice(r)
	if err != nil {
		return err
	}
	var refused *agency.ChannelRefused
	if err := office.CheckChannel(agency.Email); errors.As(err, &refused) {
		return remedy.Misuse(refused.Error(), refused.Hint())
	}
	return nil
}

// NotByEmail says that a letter goes another way. Of many, it is left alone.
type NotByEmail struct{ Misuse *remedy.Error }

func (n *NotByEmail) Error() string { return n.Misuse.Error() }
func (n *NotByEmail) Unwrap() error { return n.Misuse }

func (l frozenLetter) anotherWay() error {
	how, do := "the log does not say how it goes", ""
	if l.doc.Channel != "" {
		how = "it is sent by " + l.doc.Channel.Word()
	}
	if l.kind == "" {
		do = "if the office takes e-mail, change the draft: " + remedy.To(remedy.Change, l.request.ID).With("via", "email").String()
	} else {
		do = "if the office takes e-mail, make it again: " + remedy.To(remedy.Make, l.request.ID, l.kind).With("via", "email").String()
	}
	what := "the letter of " + l.request.ID
	if l.kind != "" {
		what = "the letter " + l.kind + " of " + l.request.ID
	}
	return &NotByEmail{remedy.Misuse(what+" does not go by e-mail: "+how, do)}
}

// address finds who writes to whom. The office's address is that of the frozen letter, and no other.
func (o *Outgoing) address(p *press.Press, l frozenLetter, want Email, from string, copies []string) error {
	now, err := p.RequesterOf(o.Request)
	if err != nil {
		return err
	}
	mine := cmp.Or(l.requester.Email, now.Email)
	if from, mine = cmp.Or(from, mine), cmp.Or(mine, from); mine == "" {
		return &remedy.Error{What: o.Request.ID + " has no e-mail address of yours to come from", Where: "foia.yaml", Misuse: true,
			Do: "add email: to the requester " + l.requester.ID}
	}
	o.From = post.Address{Name: l.requester.Name, Address: from}
	if mine != from {
		o.ReplyTo = mine
	}
	one := strings.TrimSpace(l.doc.Contact)
	if _, err := post.Plain(one); err != nil {
		return remedy.Misuse(fmt.Sprintf("the letter of %s has no e-mail address to go to: %s", o.Request.ID, entered.Shown(one)),
			"see its office: "+remedy.To(remedy.Show, o.Request.ID).String())
	}
	o.To = []post.Address{{Address: one}}
	for _, c := range slices.Concat(copies, want.Cc) {
		address, err := entered.ReadEmail(c)
		if err != nil {
			return remedy.Misuse(remedy.Name("cc")+": "+err.Error(), "give one address, such as counsel@example.org")
		}
		copied := func(a post.Address) bool { return strings.EqualFold(a.Address, address) }
		if !slices.ContainsFunc(o.Cc, copied) && !slices.ContainsFunc(o.To, copied) {
			o.Cc = append(o.Cc, post.Address{Address: address})
		}
	}
	for _, a := range slices.Concat([]post.Address{o.From}, o.Cc) {
		if _, err := post.Plain(a.Address); err != nil {
			return err
		}
	}
	return nil
}

// enclosed are the files that the letter lists as enclosed, of what the log has, and those that the user adds.
func (in Kept) enclosed(l frozenLetter, events []docket.Event, want Email) (out []post.Attachment, err error) {
	var lacking []string
	for _, line := range l.doc.Enclosures {
		found := docket.Enclosed(l.request, events, func(e docket.Event) bool { return strings.HasSuffix(line, " "+l.doc.Day(e.On)) })
		for _, d := range found {
			content, err := in.read(l.request, []docket.Document{d}, d.Name, largestSheet)
			if err != nil {
				return nil, err
			}
			name := cmp.Or(d.Original, path.Base(d.Name))
			if name == press.PDFName {
				name = l.request.ID + "-request.pdf"
			}
			out = append(out, post.Attachment{Name: name, Type: typeOf(name), Data: content})
		}
		if len(found) == 0 {
			lacking = append(lacking, line)
		}
	}
	if len(lacking) > len(want.Attach) {
		do := "attach it: " + remedy.Give("attach", remedy.Open("FILE"))
		if want.Bulk {
			do = "send it by itself, with " + remedy.Give("attach", remedy.Open("FILE"))
		}
		return nil, remedy.Misuse(fmt.Sprintf("the letter of %s lists an enclosure of which the log has no file: %s", l.request.ID,
			strings.Join(lacking, "; ")), do)
	}
	for _, name := range want.Attach {
		content, err := attached(name)
		if err != nil {
			return nil, err
		}
		out = append(out, post.Attachment{Name: filepath.Base(name), Type: typeOf(name), Data: content})
	}
	return out, nil
}

// largestAttached is more than any mail server takes.
const largestAttached = 100 << 20

func attached(name string) ([]byte, error) {
	unreadable := func(err error) error {
		return remedy.Misuse(remedy.Name("attach")+": the file cannot be read: "+workspace.Reason(err)+" ("+name+")",
			"give the path of a file on this machine")
	}
	file, err := disk.OpenPlain(name)
	if err != nil {
		return nil, unreadable(err)
	}
	defer file.Close() // it was only read
	content, err := io.ReadAll(io.LimitReader(file, largestAttached+1))
	if err != nil {
		return nil, unreadable(err)
	}
	if len(content) > largestAttached {
		return nil, remedy.Misuse(remedy.Name("attach")+": the file is larger than 100 MB ("+name+")", "give the path of a smaller file")
	}
	return content, nil
}

// typeOf is what a file is sent as. Systems differ in what they know of names, and the message must not.
func typeOf(name string) string {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".pdf":
		return pdfType
	case ".txt":
		return "text/plain; charset=utf-8"
	case ".jpg", ".jpeg":
		return "image/jpeg"
	case ".png":
		return "image/png"
	}
	return "application/octet-stream"
}

// Draft is the message as a file that mail programs open as something to send.
func (o *Outgoing) Draft() ([]byte, error) {
	o.Date = time.Time{}
	return o.Bytes()
}

// DraftName is what that file is called.
func (o *Outgoing) DraftName() string {
	if o.Made.Seq == 0 {
		return o.Request.ID + "-request.eml"
	}
	return fmt.Sprintf("%s-%03d-%s.eml", o.Request.ID, o.Made.Seq, o.Called())
}
