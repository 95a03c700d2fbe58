package correspondence

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path"
	"slices"
	"strconv"

	"foia/internal/agency"
	"foia/internal/docket"
	"foia/internal/entered"
	"foia/internal/law"
	"foia/internal/letter"
	"foia/internal/logbook"
	"foia/internal/preflight"
	"foia/internal/press"
	"foia/internal/remedy"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// FollowUp is a further letter about a request that somebody wants.
type FollowUp struct {
	Request string
	Kind    string         // a template, such as status or appeal
	Date    workday.Date   // of the letter
	Given   []letter.Layer // answers, the first wins
	Via     agency.Channel // empty: see laterChannel
	Address string         // where it goes, lines separated by commas; empty: as the log, the law or the directory says
	Contact string         // the e-mail address or fax number there
	Force   string         // the reason for going on despite errors
	Again   bool           // although the same, or a reminder, was made shortly before
	Instead int            // the letter that it takes the place of, which was not sent; 0: none
	After   int            // the last event that whoever wants it has seen; 0: that does not matter
	Bulk    bool           // one of many: what is in court is left out
}

// MadeLetter is what came of a follow-up.
type MadeLetter struct {
	Event    docket.Event
	Request  docket.Request
	Files    []docket.Document
	Pages    int
	Findings []preflight.Finding
	Via      agency.Channel
	Notes    []string // what the user should know of the letter and its address

	of string // of a notice that the law has, and of a form: what it complains of
}

// Letter makes a further letter about a request: fills it from the request's own
// log, checks it, typesets it, freezes it and logs it, all or nothing.
func (d *Desk) Letter(ctx context.Context, f FollowUp) (out MadeLetter, err error) {
	t, err := d.template(f.Kind)
	if err != nil {
		return out, err
	}
	if t.Kind == letter.RequestKind {
		return out, remedy.Misuse(f.Kind+" makes a request; it is not a follow-up letter",
			"use: "+remedy.To(remedy.New, f.Kind).String())
	}
	f.Kind = t.Common()
	basis, err := d.Workspace.Basis()
	if err != nil {
		return out, err
	}
	err = d.Holding(ctx, false, func() error {
		return d.Write(ctx, func(tx *logbook.Turn) error {
			out, err = d.letter(tx, t, f, basis)
			return err
		})
	})
	return out, err
}

// forPreview is given as the reason to go on despite errors where nothing is made: the errors are
// shown with the letter.
const forPreview = "preview"

// WouldMake is a letter as Letter would make it, and what the preflight finds. It writes nothing.
func (d *Desk) WouldMake(ctx context.Context, f FollowUp) (out MadeLetter, draft *letter.Draft, err error) {
	t, err := d.template(f.Kind)
	if err != nil {
		return out, nil, err
	}
	f.Kind, f.Force = t.Common(), forPreview
	basis, err := d.Workspace.Basis()
	if err != nil {
		return out, nil, err
	}
	log, err := d.Log(ctx)
	if err != nil {
		return out, nil, err
	}
	r, events, err := logbook.Request(logbook.Within(ctx, log), f.Request)
	if err == nil {
		events, err = d.without(r, events, f)
	}
	if err != nil {
		return out, nil, err
	}
	return d.fillLetter(t, f, r, events, basis)
}

func (d *Desk) letter(tx *logbook.Turn, t *letter.Template, f FollowUp, basis docket.Basis) (out MadeLetter, err error) {
	r, events, err := logbook.Request(tx, f.Request)
	if err != nil {
		return out, err
	}
	if err := logbook.Seen(events, f.After); err != nil {
		return out, err
	}
	if f.Instead > 0 {
		gone, err := tx.Discard(discarding(f), insteadReason)
		if err != nil {
			return out, err
		}
		events = append(slices.Clone(events), gone.Event)
	}
	out, draft, err := d.fillLetter(t, f, r, events, basis)
	if err != nil {
		return out, err
	}
	return out, d.freezeLetter(tx, &out, draft, events, f)
}

// fillLetter fills a letter about a request from its log, and checks it.
func (d *Desk) fillLetter(t *letter.Template, f FollowUp, r docket.Request, events []docket.Event, basis docket.Basis) (out MadeLetter,
	draft *letter.Draft, err error) {
	out.Request = r
	if t, err = d.underLaw(t, r); err != nil {
		return out, nil, err
	}
	view := docket.At(r, events, f.Date, basis)
	if err := d.mayWrite(t, f, events, view); err != nil {
		return out, nil, err
	}
	order, notes, err := d.order(t, f, r, view)
	if err != nil {
		return out, nil, err
	}
	review := reviewOf(t, f.Kind, view)
	copies := enclosures(view, review, t)
	out.Notes, out.Via = slices.Concat(takenOver(r), Counsel(view.State()), notes, reviewNotes(review, t),
		enclosureNotes(&out, view.FilesOf(copies))),
		order.Channel
	if review != nil && (review.Letter == law.LetterNotice || t.To == toForm) {
		out.of = review.Matter
	}
	if draft, err = letter.Fill(order); err != nil {
		return out, nil, err
	}
	if draft.Dropped != "" {
		out.Notes = append(out.Notes, draft.Dropped)
	}
	// Who made the request was told of the contact that it went by.
	request := []preflight.Similar{{ID: r.ID, OfficeID: r.OfficeID, Via: agency.Channel(view.SentBy())}}
	out.Findings = preflight.Check(draft, preflight.Surroundings{Similar: request, StaleAfterDays: d.Workspace.Config.StaleAfterDays,
		Lacking: lacking(copies, review, r.ID), EachGround: review != nil && review.Grounds, Cite: citeOf(review)})
	if len(order.Addressee) > 0 { // what the directory has of the office is not used
		out.Findings = slices.DeleteFunc(out.Findings, func(f preflight.Finding) bool { return f.Rule == "C02" })
	}
	if preflight.Worst(out.Findings) == preflight.Error && f.Force == "" {
		return out, nil, &press.Refused{Letters: []press.RefusedLetter{{Name: f.Kind, Office: order.Office, Findings: out.Findings}}}
	}
	return out, draft, nil
}

// Counsel is what must be known of a letter about a request that is in court.
func Counsel(s docket.State) []string {
	if s.Suit.IsZero() {
		return nil
	}
	return []string{"a complaint was filed on " + s.Suit.Letter() +
		": what is written to the agency now is for your lawyer to decide; show the letter before it goes out"}
}

// underLaw is the letter of the same kind that is made for the law of the request.
func (d *Desk) underLaw(t *letter.Template, r docket.Request) (*letter.Template, error) {
	if r.Law == "" || t.MadeFor(r.Law) {
		return t, nil
	}
	book, err := d.Workspace.Laws()
	if err != nil || !book.Knows(r.Law) {
		return t, err
	}
	if other, ok := d.recordsLetters.Load(t.ID); ok {
		return other.(*letter.Template), nil
	}
	other, err := d.Library.Template("records-" + t.ID)
	var none *letter.NotFound
	if errors.As(err, &none) || err == nil && !other.MadeFor(r.Law) {
		return nil, remedy.Misuse(fmt.Sprintf("there is no letter %s for the law %s, under which %s was made", t.Common(), r.Law, r.ID),
			"see which letters there are: "+remedy.To(remedy.Letters, r.ID).String())
	}
	if err == nil {
		d.recordsLetters.Store(t.ID, other)
	}
	return other, err
}

// Matter is what a letter appeals; empty for letters that are no appeals, such as those about one.
func Matter(kind string) string {
	if stands, data := docket.StandsFor(kind); stands == docket.Appealed {
		return data["of"]
	}
	return ""
}

// mayWrite refuses a letter whose condition is not met, one that is there already,
// and a reminder too soon after the last.
func (d *Desk) mayWrite(t *letter.Template, f FollowUp, events []docket.Event, view *docket.View) error {
	if f.Date.After(d.Today) {
		return remedy.Misuse("a letter that says how things stand on a given day cannot be dated in the future: "+f.Date.Letter(),
			"make it on that day")
	}
	if err := view.Ready(t.Needs); err != nil {
		return err
	}
	if suit := view.State().Suit; f.Bulk && !suit.IsZero() {
		return &docket.NotReady{Fails: "not-in-court", Why: "a complaint was filed on " + suit.Letter() + "; your lawyer decides what to " +
			"write to the agency", Do: "make that letter by itself: " + remedy.To(remedy.Make, f.Request, f.Kind).String()}
	}
	if f.Again {
		return nil
	}
	s := view.State()
	for _, e := range events {
		if e.Kind != docket.LetterMade || e.Data["letter"] != f.Kind || e.On != f.Date {
			continue
		}
		if docket.FateOf(events, e).Sent != nil || slices.ContainsFunc(s.Unsent, func(u docket.Unsent) bool { return u.Event == e.Seq }) {
			return &docket.Repeated{Event: e}
		}
	}
	for _, u := range s.Waiting(f.Date) {
		if u.Letter == f.Kind || docket.Reminds(u.Letter) && docket.Reminds(f.Kind) {
			return notOut(f.Request, u)
		}
	}
	if until := docket.QuietUntil(s, f.Date); docket.Reminds(f.Kind) && !until.IsZero() {
		return &TooSoon{&docket.NotReady{Fails: "quiet",
			Why: docket.QuietWhy(s, f.Date) + "; a reminder before " + until.Letter() + " is unlikely to help", When: until,
			Do: "or add " + remedy.Name("again") + " to send one anyway"}}
	}
	return nil
}

// notOut says that a letter was made that the log does not show as sent.
func notOut(request string, u docket.Unsent) error {
	record := remedy.To(remedy.Record, request, string(docket.Sent)).With("letter", strconv.Itoa(u.Event)).With("on", remedy.Open("DATE"))
	return &TooSoon{&docket.NotReady{Fails: "sent-before",
		Why: fmt.Sprintf("letter %d (%s) was made on %s, and the log does not say that it went out", u.Event, u.Letter, u.On.Letter()),
		Do:  fmt.Sprintf("record that first: %s; or add %s to make another", record, remedy.Name("again"))}}
}

// TooSoon says that a letter would come too soon after the last.
type TooSoon struct{ *docket.NotReady }

// Hint says from when it may go out, and how to send one all the same: that it is too soon
// is advice, and no rule.
func (t *TooSoon) Hint() string {
	if t.When.IsZero() {
		return t.Do
	}
	return t.NotReady.Hint() + ", " + t.Do
}

// Unwrap makes it a letter that may not go out yet.
func (t *TooSoon) Unwrap() error { return t.NotReady }

// order gathers what the letter is made from.
func (d *Desk) order(t *letter.Template, f FollowUp, r docket.Request, view *docket.View) (letter.Order, []string, error) {
	var o letter.Order
	matter := Matter(f.Kind)
	claims := view.Claims(decisionOf(t, matter))
	office, err := d.OfficeOf(r)
	if err != nil {
		return o, nil, err
	}
	requester, err := d.RequesterOf(r)
	if err != nil {
		return o, nil, err
	}
	book, err := d.Workspace.Laws()
	if err != nil {
		return o, nil, err
	}
	answers := letter.Answers{}
	if err := json.Unmarshal(r.Answers, &answers); err != nil {
		return o, nil, fmt.Errorf("the log's record of %s cannot be read: %w", r.ID, err)
	}
	delete(answers, "enclosures") // those of the request went with it
	if referred, ok := claims.Hold["referred"]; ok {
		if match, err := d.Directory.Find(fmt.Sprint(referred["to"])); err == nil {
			referred["to"] = match.Office.Name
		}
	}
	dropped := &entered.Tally{}
	f.Address, f.Contact = dropped.Text(remedy.Name("address"), f.Address), dropped.Text(remedy.Name("contact"), f.Contact)
	review := reviewOf(t, f.Kind, view)
	o = letter.Order{Template: t, Greets: greeting(review, t), Regime: book.For(office.ID, office.Law).At(view.Made()).Decided(f.Date),
		Office: office, Requester: requester, Date: f.Date, ID: r.ID,
		Layers: append(append([]letter.Layer(nil), f.Given...), letter.Layer{Answers: requester.Answers, File: "foia.yaml", Shared: true},
			letter.Layer{Answers: answers, File: "the request", Shared: true}),
		Charset: d.Charset(), Dates: d.Dates(d.Today), Dropped: dropped, Life: lifeOf(t, claims), Enclosed: enclosed(t, claims)}
	if review != nil {
		o.Life.Others = o.Life.Others || t.To == toReview && !review.Body
		for _, e := range enclosures(view, review, t) {
			o.Enclosed = append(o.Enclosed, e.What)
		}
	}
	notes, err := address(&o, t, f, review,
		route{sent: agency.Channel(view.SentBy()), matter: matter, appealTo: view.AppealTo(matter),
			stale: d.Workspace.Config.StaleAfterDays})
	if err == nil {
		err = oneContact(&o)
	}
	if err != nil {
		return o, notes, err
	}
	frozen, err := press.FrozenOffice(r)
	return o, append(notes, movedNote(o, f, frozen)...), err
}

// lifeOf is what the letter may say, in the types of package letter.
func lifeOf(t *letter.Template, c docket.Claims) letter.Life {
	life := letter.Life{Known: c.Known, Claims: map[string]letter.Values{}, Why: c.Why, Asserted: c.Asserted, Outcome: c.Outcome,
		Others: slices.Contains([]string{"ogis", toCounsel, toForm}, t.To)}
	for name, values := range c.Hold {
		life.Claims[name] = letter.Values(values)
	}
	return life
}

// enclosed names the copies that go with a letter.
func enclosed(t *letter.Template, c docket.Claims) []string {
	words := map[string]struct{ what, claim, day string }{
		"request":         {what: "Copy of my request of"},
		"determination":   {"Copy of your decision of", "decision", "dated"},
		"appeal":          {"Copy of my appeal of", "appealed", "appealed"},
		"their-letter":    {"Copy of the agency’s decision of", "decision", "dated"},
		"appeal-decision": {"Copy of the decision on my appeal of", "appeal-decided", "decided"},
	}
	var out []string
	for _, name := range t.Encloses {
		w := words[name]
		day := c.Known["request_date"]
		if w.claim != "" {
			day, _ = c.Hold[w.claim][w.day].(string)
		}
		if day != "" && w.what != "" {
			out = append(out, w.what+" "+day)
		}
	}
	return out
}

// freezeLetter typesets the letter, keeps its files and writes the event.
func (d *Desk) freezeLetter(tx *logbook.Turn, out *MadeLetter, draft *letter.Draft, events []docket.Event, f FollowUp) error {
	set, err := d.setLetter(out, draft, events, f)
	if err != nil {
		return err
	}
	if err := tx.StageFiles(out.Request, set.event.Seq, set.files); err != nil {
		return err
	}
	if out.Event, err = tx.AddEvent(set.event); err != nil {
		return err
	}
	return tx.KeepFiles(out.Request, set.files)
}

// setLetter is a letter that was typeset: its files, and its event, whose number is
// the one that the log will give it.
type setLetter struct {
	files []workspace.File
	event docket.Event
}

func (d *Desk) setLetter(out *MadeLetter, draft *letter.Draft, events []docket.Event, f FollowUp) (set setLetter, err error) {
	file, err := d.Typeset(draft.Document, draft.Requester.ID)
	if err != nil {
		return set, err
	}
	answers, err := d.AnswersFile(draft, f.Kind)
	if err != nil {
		return set, err
	}
	parts, err := draft.Document.JSON()
	if err != nil {
		return set, err
	}
	out.Pages = file.Pages
	seq := events[len(events)-1].Seq + 1
	base := path.Join(workspace.LettersDir, fmt.Sprintf("%03d-%s", seq, f.Kind))
	set.files = []workspace.File{{Name: base + ".pdf", Data: file.Bytes}, {Name: base + ".md", Data: []byte(draft.Document.Markdown())},
		{Name: base + ".json", Data: parts}, {Name: base + ".yaml", Data: answers}}
	documents, list, err := workspace.DocumentsOf(set.files)
	if err != nil {
		return set, err
	}
	out.Files = documents
	data := map[string]string{"letter": f.Kind, "template_sha256": draft.Template.SHA256, "via": string(out.Via), "files": list}
	for name, field := range map[string]string{"part": "part", "answer": "fee_answer"} { // what the sending of the letter will mean
		if said := draft.Answers.Text(field); said != "" && f.Kind != "referral" {
			data[name] = said
		}
	}
	if out.of != "" {
		data["of"] = out.of
	}
	press.Forced(data, out.Findings, f.Force)
	set.event = docket.Event{Request: out.Request.ID, Seq: seq, Kind: docket.LetterMade, On: f.Date, Data: data}
	return set, nil
}
