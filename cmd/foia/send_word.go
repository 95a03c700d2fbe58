package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"foia/internal/correspondence"
	"foia/internal/remedy"
	"foia/internal/terminal"
)

// sayOfSending logs a person's word on a letter that may have gone out, or sends it again on that word.
func (a *app) sayOfSending(cmd *cobra.Command, s *correspondence.Sender, id string, f sendFlags) (err error) {
	if id, err = a.requestID(cmd, s.Book, id); err != nil {
		return err
	}
	if f.resend {
		return a.sendAgain(cmd, s, id, f)
	}
	w := correspondence.Word{Request: id, Letter: f.letter, Went: f.itWent, Proof: f.proof}
	if f.on != "" {
		if w.On, err = a.readDay("--on", f.on); err != nil {
			return err
		}
	}
	out, err := s.Say(cmd.Context(), w)
	if err != nil {
		return err
	}
	if f.json {
		return a.json(out)
	}
	if f.itWent {
		a.wrapped("", fmt.Sprintf("%s: recorded as sent to %s, event %d.", out.Request, clean(out.To), out.Event))
	} else {
		a.wrapped("", fmt.Sprintf("%s: recorded that it did not go out, event %d. To send it: %s", out.Request, out.Event,
			sendActOf(out.Request, out.Letter)))
	}
	return nil
}

// sendAgain sends the very message again.
func (a *app) sendAgain(cmd *cobra.Command, s *correspondence.Sender, id string, f sendFlags) error {
	account, err := a.account(cmd, s.Workspace, f.keep)
	if err != nil {
		return err
	}
	if !f.yes {
		if !a.terminal() || f.json {
			return remedy.Misuse("nothing is sent without asking, and there is no terminal to ask in", "add --yes")
		}
		agreed, err := a.confirm("It may have gone out already. Send the same message again?")
		if err != nil || !agreed {
			return errors.Join(err, remedy.Misuse("stopped; nothing was sent", "run the command again when you are ready"))
		}
	}
	if account.Password, err = a.sendPassword(cmd, s.Workspace, f.keep); err != nil {
		return err
	}
	s.Deliver = account.Deliver
	out, err := s.Again(cmd.Context(), id, f.letter)
	switch {
	case err != nil:
		return err
	case f.json:
		err = a.json(out)
	case !out.Unclear:
		a.wrapped("", clean(fmt.Sprintf("%s: sent to %s: %s", out.Request, out.To, out.Reply)))
	}
	if err == nil && out.Unclear {
		err = &unclearSending{out}
	}
	return err
}

// askOfSending asks a person what became of a letter, if that is why it cannot be sent; else it is the error as it is.
func (a *app) askOfSending(cmd *cobra.Command, s *correspondence.Sender, id string, f sendFlags, why error) (asked bool, err error) {
	var unsettled *correspondence.Unsettled
	if !errors.As(why, &unsettled) || !a.terminal() || f.yes || f.json || f.many.dryRun {
		return false, why
	}
	a.wrapped("", remedy.Capital(clean(why.Error()))+". Look into your Sent folder and your inbox, or ask the office.")
	answer := "wait"
	err = a.asks(terminal.Question{Kind: terminal.Choice, Title: "What became of it?", Into: &answer, Options: []terminal.Option{
		{Label: "It went out: record it as sent", Value: "went"}, {Label: "It did not go out: it may be sent again", Value: "did-not"},
		{Label: "Send the same message again", Value: "again"}, {Label: "I do not know yet", Value: "wait"}}})
	if errors.Is(err, terminal.ErrStopped) {
		return false, stoppedAsking("")
	}
	if err != nil {
		return false, fmt.Errorf("the question was not answered: %w", err)
	}
	switch answer {
	case "went":
		f.itWent = true
	case "did-not":
		f.itDidNot = true
	case "again":
		f.resend, f.yes = true, true
	default:
		return true, nil
	}
	return true, a.sayOfSending(cmd, s, id, f)
}
