package correspondence

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"path"
	"strconv"
	"strings"
	"time"

	"foia/internal/agency"
	"foia/internal/docket"
	"foia/internal/logbook"
	"foia/internal/post"
	"foia/internal/press"
	"foia/internal/remedy"
	"foia/internal/workday"
	"foia/internal/workspace"
)

// Sender sends letters by e-mail, so that each goes out once, or is known as one of which nobody knows: that a letter is being
// sent is in the log, with the exact message, before the mail server is called, and what became of it afterwards.
type Sender struct {
	*logbook.Book
	Press *press.Press
	Now   func() time.Time
	// Deliver hands a message over, as post.Account.Deliver does.
	Deliver func(ctx context.Context, to post.Envelope, message []byte) (post.Receipt, error)
}

// Ready is a letter that may be sent, as it would go out now. It does not hold the files: there may be many.
type Ready struct {
	Request docket.Request
	Letter  int    // 0: the request
	Kind    string // request, or that of the letter
	From    post.Address
	To, Cc  []post.Address
	Subject string
	Files   []Attached
	Size    int // of the message, in bytes
	Notes   []string

	want Email
	seen int    // the last event of its request
	is   string // SHA-256 of the message without its date
}

// Attached is a file of a message.
type Attached struct {
	Name   string `json:"name"`
	Size   int    `json:"size"`
	SHA256 string `json:"sha256"`
}

// Sent is what came of a sending.
type Sent struct {
	Request string `json:"id"`
	Letter  int    `json:"letter,omitempty"`
	Kind    string `json:"kind"`
	To      string `json:"to"`
	Event   int    `json:"event"`            // in which the log says what came of it; of one that is unclear, that it was begun
	Reply   string `json:"reply,omitempty"`  // of the mail server
	Reason  string `json:"reason,omitempty"` // why it did not go out, or why nobody knows
	Unclear bool   `json:"unclear,omitempty"`
}

// SentAlready says that the log has the letter as sent. Of many, it is left alone.
type SentAlready struct{ Misuse *remedy.Error }

func (s *SentAlready) Error() string { return s.Misuse.Error() }
func (s *SentAlready) Unwrap() error { return s.Misuse }

// Unsettled says that nobody knows whether the letter went out. Of many, it is left alone.
type Unsettled struct{ err error }

func (u *Unsettled) Error() string { return u.err.Error() }
func (u *Unsettled) Unwrap() error { return u.err }

// Prepare is the letter of a request as it would be sent. It writes nothing.
func (s *Sender) Prepare(ctx context.Context, id string, want Email) (*Ready, error) {
	log, err := s.Log(ctx)
	if err != nil {
		return nil, err
	}
	r, events, err := logbook.Request(logbook.Within(ctx, log), id)
	if err != nil {
		return nil, err
	}
	ready, _, err := s.prepare(ctx, log, r, events, want)
	var unsettled *Unsettled
	if errors.As(err, &unsettled) { // somebody may be sending it right now: then nobody needs to be asked
		if _, _, _, busy := s.unclear(ctx, Word{Request: id, Letter: want.Letter}); busy != nil {
			return nil, busy
		}
	}
	return ready, err
}

// Waits tells whether a letter waits to be sent by e-mail, as far as the log alone knows: its files are not looked at.
func (s *Sender) Waits(ctx context.Context, id, letter string) error {
	log, err := s.Log(ctx)
	if err != nil {
		return err
	}
	r, events, err := logbook.Request(logbook.Within(ctx, log), id)
	if err != nil {
		return err
	}
	which, err := s.letterToSend(r, events, letter)
	if err != nil {
		return err
	}
	l := frozenLetter{request: r}
	l.doc.Channel = agency.Channel(r.Via)
	if which != "" {
		made, err := findLetter(r, events, which)
		if err != nil {
			return err
		}
		l.kind, l.doc.Channel = made.Data["letter"], agency.Channel(made.Data["via"])
	}
	return l.goesByEmail()
}

func (s *Sender) prepare(ctx context.Context, log workspace.Documents, r docket.Request, events []docket.Event, want Email) (*Ready,
	*Outgoing, error) {
	which, err := s.letterToSend(r, events, want.Letter)
	if err != nil {
		return nil, nil, err
	}
	want.Letter = which
	in := Kept{Context: ctx, Workspace: s.Workspace, Log: log}
	o, err := in.Email(s.Press, r, events, want)
	if err != nil {
		return nil, nil, err
	}
	basis, err := s.Workspace.Basis()
	if err != nil {
		return nil, nil, err
	}
	state := docket.Fold(r, events, basis)
	if err := s.mayGoOut(ctx, o, state, want.Bulk); err != nil {
		return nil, nil, err
	}
	message, err := o.Bytes()
	out := &Ready{Request: r, Letter: o.Made.Seq, Kind: o.Called(), From: o.From, To: o.To, Cc: o.Cc, Subject: o.Subject,
		Size: len(message), Notes: Counsel(state), want: want, seen: events[len(events)-1].Seq, is: sum(message)}
	for _, f := range o.Files {
		out.Files = append(out.Files, Attached{f.Name, len(f.Data), sum(f.Data)})
	}
	return out, o, err
}

// mayGoOut refuses what would not be right to send, and what could not be recorded as sent today: that would be too late to find out.
func (s *Sender) mayGoOut(ctx context.Context, o *Outgoing, state docket.State, bulk bool) error {
	id, letter := o.Request.ID, o.Made.Seq
	switch {
	case letter == 0 && state.Status == docket.IsClosed:
		return remedy.Misuse(id+" is closed", "see: "+remedy.To(remedy.Show, id).String())
	case bulk && !state.Suit.IsZero():
		return remedy.Misuse("a complaint was filed on "+state.Suit.Letter()+"; your lawyer decides what to write to the agency",
			"send that letter by itself: "+sendAct(id, letter).String())
	}
	_, err := s.WouldRecord(ctx, sentEntry(id, letter, s.Today, "its proof"))
	return err
}

func sum(data []byte) string {
	hash := sha256.Sum256(data)
	return hex.EncodeToString(hash[:])
}

// letterToSend is which letter is meant, by its number, and that it may be sent: empty for the request itself. Without a name it is
// the request, or, if that went out, the last letter that waits.
func (s *Sender) letterToSend(r docket.Request, events []docket.Event, which string) (string, error) {
	drafted := events[0]
	if which == "" && docket.FateOf(events, drafted).Sent == nil && !r.Imported() {
		return "", maySend(r, events, drafted)
	}
	if which == docket.RequestLetter {
		return "", maySend(r, events, drafted)
	}
	if which != "" {
		made, err := findLetter(r, events, which)
		var none *remedy.Error
		if errors.As(err, &none) {
			return "", &SentAlready{none} // there is nothing to send
		}
		if err != nil {
			return "", err
		}
		return strconv.Itoa(made.Seq), maySend(r, events, made)
	}
	basis, err := s.Workspace.Basis()
	if err != nil {
		return "", err
	}
	state := docket.Fold(r, events, basis)
	if n := len(state.Unclear); n > 0 {
		return "", &Unsettled{docket.NotClear(r, events, state.Unclear[n-1].Letter)}
	}
	if n := len(state.Unsent); n > 0 {
		return strconv.Itoa(state.Unsent[n-1].Event), nil
	}
	if sent := docket.FateOf(events, drafted).Sent; sent != nil {
		return "", &SentAlready{remedy.Misuse(fmt.Sprintf("%s was sent on %s, and no other letter of it waits", r.ID, sent.On.Letter()),
			"see its letters: "+remedy.To(remedy.Show, r.ID).String())}
	}
	return "", &SentAlready{remedy.Misuse("no letter of "+r.ID+" waits to be sent", "make one: "+remedy.To(remedy.Letters, r.ID).String())}
}

// maySend refuses what was sent, thrown away, or may have gone out.
func maySend(r docket.Request, events []docket.Event, made docket.Event) error {
	letter, title := made.Seq, fmt.Sprintf("letter %d (%s) of %s", made.Seq, made.Data["letter"], r.ID)
	if made.Kind == docket.Drafted {
		letter, title = 0, r.ID
	}
	if err := docket.NotClear(r, events, letter); err != nil {
		return &Unsettled{err}
	}
	if docket.IsGone(events) || letter > 0 && docket.Corrected(events)[letter] {
		return remedy.Misuse(title+" was discarded", "see: "+remedy.To(remedy.Show, r.ID).String())
	}
	if sent := docket.FateOf(events, made).Sent; sent != nil {
		return &SentAlready{remedy.Misuse(fmt.Sprintf("%s was sent on %s: event %d", title, sent.On.Letter(), sent.Seq),
			"see: "+remedy.To(remedy.Show, r.ID).String())}
	}
	return nil
}

// tick sets the time of what is written next: a run may take hours.
func (s *Sender) tick() time.Time {
	now := s.Now()
	s.Today, s.Book.Now = workday.DateOf(now), now.UTC().Truncate(time.Microsecond).Format(time.RFC3339Nano)
	return now
}

// begun is a sending that the log knows of.
type begun struct {
	event    docket.Event
	kind     string
	letter   int
	envelope post.Envelope
	message  []byte
}

// Send sends a letter that was prepared. The error says that it did not go out; then the log says so, too. That nobody knows is no
// error of the log: see Sent.
func (s *Sender) Send(ctx context.Context, ready *Ready) (Sent, error) {
	return s.under(ctx, func(ctx context.Context) (*begun, error) { return s.begin(ctx, ready) })
}

// under begins a sending, hands the message over, and logs what became of it.
func (s *Sender) under(ctx context.Context, begin func(context.Context) (*begun, error)) (out Sent, err error) {
	end, err := s.Workspace.BeginSending(ctx)
	if err != nil {
		return out, err
	}
	defer func() { err = errors.Join(err, end()) }()
	b, err := begin(ctx)
	if err != nil {
		return out, err
	}
	out = Sent{Request: b.event.Request, Letter: b.letter, Kind: b.kind, To: b.event.Data["recipient"], Event: b.event.Seq}
	receipt, err := s.Deliver(ctx, b.envelope, b.message)
	var unknown *post.Unknown
	if errors.As(err, &unknown) {
		out.Unclear, out.Reason = true, err.Error()
		return out, nil
	}
	now := s.tick()
	ctx = context.WithoutCancel(ctx) // the log must know, whatever the user does now
	if err != nil {
		out.Reason = err.Error()
		return out, errors.Join(err, s.tellNotSent(ctx, &out, b))
	}
	out.Reply = receipt.Reply
	if err := s.tellSent(ctx, &out, b, receipt, now); err != nil {
		return out, &remedy.Error{What: fmt.Sprintf("%s was sent, and the log could not be told: %v", b.event.Request, err), Cause: err,
			Do: "tell it: " + sendAct(b.event.Request, b.letter).Saying("it-went").String()}
	}
	return out, nil
}

func sendAct(id string, letter int) remedy.Act {
	act := remedy.To(remedy.Send, id)
	if letter > 0 {
		act = act.With("letter", strconv.Itoa(letter))
	}
	return act
}

// begin logs that the letter is being sent, with the exact message.
func (s *Sender) begin(ctx context.Context, ready *Ready) (out *begun, err error) {
	err = s.Holding(ctx, false, func() error {
		log, err := s.Log(ctx)
		if err != nil {
			return err
		}
		r, events, err := logbook.Request(logbook.Within(ctx, log), ready.Request.ID)
		if err != nil {
			return err
		}
		at := s.tick()
		now, o, err := s.prepare(ctx, log, r, events, ready.want)
		if err != nil {
			return err
		}
		if now.is != ready.is {
			return cmp.Or(logbook.Seen(events, ready.seen), error(remedy.Misuse(r.ID+" would go out otherwise than it was shown",
				"look at it, and send it again")))
		}
		o.Date = at
		message, err := o.Bytes()
		if err != nil {
			return err
		}
		envelope, err := post.EnvelopeOf(o.Message)
		if err != nil {
			return err
		}
		out = &begun{kind: now.Kind, letter: now.Letter, envelope: envelope, message: message}
		return s.Write(ctx, func(t *logbook.Turn) error {
			return s.log(t, out, r.ID, now.seen, map[string]string{"sender": now.From.Address, "recipient": now.To[0].Address,
				"copies": addresses(now.Cc), "message-id": o.ID})
		})
	})
	return out, err
}

func addresses(all []post.Address) string {
	var out []string
	for _, a := range all {
		out = append(out, a.Address)
	}
	return strings.Join(out, ", ")
}

// log writes the event of a sending, with its message beside it. Whoever wrote meanwhile, in another folder, was first.
func (s *Sender) log(t *logbook.Turn, b *begun, id string, seen int, data map[string]string) error {
	r, events, err := logbook.Request(t, id)
	if err != nil {
		return err
	}
	if err := logbook.Seen(events, seen); err != nil {
		return err
	}
	seq := seen + 1
	files := []workspace.File{{Name: path.Join(workspace.SentDir, fmt.Sprintf("%03d-%s.eml", seq, b.kind)), Data: b.message}}
	e := docket.Event{Request: id, Seq: seq, Kind: docket.Sending, On: s.Today, Data: map[string]string{"sha256": sum(b.message)}}
	for name, value := range data {
		if value != "" {
			e.Data[name] = value
		}
	}
	if b.letter > 0 {
		e.Data["letter"] = strconv.Itoa(b.letter)
	}
	if _, e.Data["files"], err = workspace.DocumentsOf(files); err != nil {
		return err
	}
	if err := t.StageFiles(r, seq, files); err != nil {
		return err
	}
	if b.event, err = t.AddEvent(e); err != nil {
		return err
	}
	return t.KeepFiles(r, files)
}

// tellNotSent logs that a letter did not go out.
func (s *Sender) tellNotSent(ctx context.Context, out *Sent, b *begun) error {
	return s.Holding(ctx, false, func() error {
		return s.Write(ctx, func(t *logbook.Turn) error {
			e, err := t.AddEvent(notSent(b.event.Request, b.event.Seq, out.Reason, s.Today))
			out.Event = e.Seq
			return err
		})
	})
}

func notSent(id string, of int, reason string, on workday.Date) docket.Event {
	return docket.Event{Request: id, Kind: docket.NotSent, On: on, Data: map[string]string{"of": strconv.Itoa(of), "reason": reason}}
}

// tellSent logs that the mail server has the letter, with its word for it as proof.
func (s *Sender) tellSent(ctx context.Context, out *Sent, b *begun, receipt post.Receipt, now time.Time) error {
	proof := fmt.Sprintf("%s took it: %s; %s, Message-ID <%s>", receipt.Server, receipt.Reply, now.UTC().Format(time.RFC3339),
		b.event.Data["message-id"])
	return s.recordSent(ctx, out, sentEntry(b.event.Request, b.letter, s.Today, proof))
}

// sentEntry is that a letter was sent.
func sentEntry(id string, letter int, on workday.Date, proof string) logbook.Entry {
	e := docket.Event{Kind: docket.Sent, On: on, Data: map[string]string{"by": "email", "proof": proof}}
	if letter > 0 {
		e.Data["letter"] = strconv.Itoa(letter)
	}
	return logbook.Entry{Request: id, Event: e}
}

func (s *Sender) recordSent(ctx context.Context, out *Sent, entry logbook.Entry) error {
	basis, err := s.Workspace.Basis()
	if err != nil {
		return err
	}
	return s.Holding(ctx, false, func() error {
		return s.Write(ctx, func(t *logbook.Turn) error {
			recorded, err := s.RecordIn(t, entry, basis)
			out.Event = recorded.Event.Seq
			return err
		})
	})
}
