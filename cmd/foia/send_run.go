package main

import (
	"errors"
	"fmt"
	"time"

	"foia/internal/correspondence"
	"foia/internal/logbook"
	"foia/internal/post"
	"foia/internal/remedy"
	"foia/internal/workspace"
)

// run sends what was agreed to, letter by letter, with a pause between. It stops where the next letter would fare the same, and
// where nobody knows what became of one. The same command goes on with the rest.
func (p *posting) run() error {
	pause, err := workspace.ReadRate(p.rate())
	if err != nil {
		return err
	}
	ctx := p.cmd.Context()
	var stopped error
	asked := len(p.ready) + len(p.out.Failed)
	for i, r := range p.ready {
		if i > 0 {
			stopped = wait(ctx.Done(), pause)
		}
		if stopped != nil {
			p.out.Rest += len(p.ready) - i
			break
		}
		sent, err := p.sender.Send(ctx, r)
		if stopped = p.take(r, sent, err); stopped != nil {
			p.out.Rest += len(p.ready) - i - 1
			break
		}
	}
	failed := p.show(asked)
	var unclear *unclearSending
	switch {
	case stopped == nil:
		return failed
	case errors.As(stopped, &unclear):
		return stopped
	}
	return logbook.StoppedAfter(stopped, len(p.out.Sent))
}

// wait is a pause; the error is that the user ended it.
func wait(ended <-chan struct{}, pause time.Duration) error {
	t := time.NewTimer(pause)
	defer t.Stop()
	select {
	case <-ended:
		return remedy.Cannot("stopped by you", "run the same command again to send the rest")
	case <-t.C:
		return nil
	}
}

// take notes what came of one letter. The error ends the run.
func (p *posting) take(r *correspondence.Ready, sent correspondence.Sent, err error) error {
	var before *correspondence.SentAlready
	switch {
	case err == nil && sent.Unclear:
		p.out.Unclear = append(p.out.Unclear, sent)
		return &unclearSending{sent}
	case err == nil:
		p.inRow = 0
		p.out.Sent = append(p.out.Sent, sent)
		if !p.flags.json {
			p.a.wrappedAfter(fmt.Sprintf("%s  ", r.Request.ID), "           ", clean(fmt.Sprintf("sent to %s: %s", sent.To, sent.Reply)))
		}
		return nil
	case errors.As(err, &before): // by somebody else meanwhile
		p.out.Before++
		return nil
	case len(p.ready) == 1 || post.ForAll(err) || p.cmd.Context().Err() != nil:
		return err
	}
	p.out.Failed = append(p.out.Failed, logbook.Refuse(r.Request.ID, err))
	if p.inRow++; p.inRow == mostInRow {
		return err // a limit of the provider, for one
	}
	return nil
}

// mostInRow is how many letters in a row may be refused: more would only be told the same.
const mostInRow = 5

// unclearSending says that nobody knows whether a letter went out.
type unclearSending struct{ sent correspondence.Sent }

func (u *unclearSending) Error() string {
	return fmt.Sprintf("%s: nobody knows whether it went out: %s", u.sent.Request, u.sent.Reason)
}

// Hint says what to do.
func (u *unclearSending) Hint() string {
	act := sendActOf(u.sent.Request, u.sent.Letter)
	return fmt.Sprintf("look into your Sent folder, or ask %s; then %s, %s, or %s to send the same message again", u.sent.To,
		act.Saying("it-went"), act.Saying("it-did-not"), act.Saying("again"))
}

func sendActOf(id string, letter int) remedy.Act {
	act := remedy.To(remedy.Send, id)
	if letter > 0 {
		act = act.With("letter", fmt.Sprint(letter))
	}
	return act
}

// readyJSON is a letter that would be sent.
type readyJSON struct {
	ID      string                    `json:"id"`
	Letter  int                       `json:"letter,omitempty"`
	Kind    string                    `json:"kind"`
	From    string                    `json:"from"`
	To      string                    `json:"to"`
	Cc      []string                  `json:"cc,omitempty"`
	Subject string                    `json:"subject"`
	Files   []correspondence.Attached `json:"files"`
	Bytes   int                       `json:"bytes"`
}

// show prints what came of a run, or what would be sent.
func (p *posting) show(asked int) error {
	dry := p.flags.many.dryRun
	if dry {
		for _, r := range p.ready {
			one := readyJSON{ID: r.Request.ID, Letter: r.Letter, Kind: r.Kind, From: r.From.Address, To: r.To[0].Address,
				Subject: r.Subject, Files: r.Files, Bytes: r.Size}
			for _, c := range r.Cc {
				one.Cc = append(one.Cc, c.Address)
			}
			p.out.Ready = append(p.out.Ready, one)
		}
	}
	if p.out.Unclear == nil {
		p.out.Unclear = []correspondence.Sent{}
	}
	if p.flags.json {
		if err := p.a.json(p.out); err != nil {
			return err
		}
	} else {
		p.words(dry)
	}
	return partly(len(p.out.Failed), asked, "letters could not be sent")
}

// words tells a person what came of a run.
func (p *posting) words(dry bool) {
	a := p.a
	switch {
	case dry && len(p.ready) > 0:
		p.envelopes()
		a.wrapped("", fmt.Sprintf("Would send %s; nothing was sent.", remedy.Counted(len(p.ready), "letter")))
	case len(p.ready) == 0:
		a.wrapped("", "No letter is to be sent.")
	case len(p.ready) > 1 || len(p.out.Sent) == 1:
		a.wrapped("", fmt.Sprintf("Sent %s. Sent means that your mail server has it; delivery notices come to your mailbox.",
			remedy.Counted(len(p.out.Sent), "letter")))
	}
	if p.out.Before > 0 {
		fmt.Fprintf(a.out, "Sent before, or nothing waits: %d.\n", p.out.Before)
	}
	if p.out.Other > 0 {
		fmt.Fprintf(a.out, "Going another way: %d.\n", p.out.Other)
	}
	if p.out.Rest > 0 {
		fmt.Fprintf(a.out, "Left for the next run: %d.\n", p.out.Rest)
	}
	a.showReasons("Not sent", p.out.Failed)
}
