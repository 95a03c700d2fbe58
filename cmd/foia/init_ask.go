package main

import (
	"cmp"
	"errors"
	"strings"

	"foia/internal/letter"
	"foia/internal/terminal"
)

// whoAsks is what the questions of foia init lead to.
const whoAsks = "Who is asking"

// usualLimit is what letters offer to pay, in dollars, if nobody says otherwise: the default of the
// templates.
const usualLimit = "25"

// aboutRequester are the answers to the questions of who asks.
type aboutRequester struct {
	head     string // as it stands at the head of a letter
	category string
	facts    string // what puts somebody in the category, and how records will be used
	fees     string
	limit    string
}

// What letters say about fees.
const (
	usualFees  = "usual"
	waiveFees  = "waive"
	otherLimit = "other"
)

// askRequester asks in the terminal who the requester is.
func (a *app) askRequester(r letter.Requester) (letter.Requester, error) {
	about := &aboutRequester{fees: usualFees}
	defer a.closeForm()
	if err := a.walk(way{of: whoAsks, steps: func() ([]step, error) { return about.steps(a), nil }}); err != nil {
		return r, err
	}
	id := cmp.Or(r.ID, "me")
	r, err := letter.ReadLetterhead(about.head)
	if err != nil {
		return r, err
	}
	r.ID = id
	r.Answers, err = about.answers()
	return r, err
}

// answers are the standing answers to the questions of letters.
func (r *aboutRequester) answers() (map[string]any, error) {
	out := map[string]any{"fee_category": r.category, "fee_waiver": r.fees == waiveFees, "fee_cap": usualLimit}
	if r.fees == otherLimit {
		out["fee_cap"] = strings.TrimSpace(r.limit)
	}
	if !r.hasFacts() {
		return out, nil
	}
	facts, use, err := factsAndUse(r.facts)
	out["category_facts"], out["use_statement"] = facts, use
	return out, err
}

// hasFacts tells whether the category rests on facts.
func (r *aboutRequester) hasFacts() bool { return r.category != "" && r.category != "other" }

func (r *aboutRequester) steps(a *app) []step {
	ask := func(name string, q terminal.Question) step {
		return step{name, func(at terminal.Place) error {
			q.At = at
			return a.asks(q)
		}}
	}
	out := []step{ask("letterhead", r.headQuestion()), ask("category", r.categoryQuestion())}
	if r.hasFacts() {
		out = append(out, ask("facts", r.factsQuestion()))
	}
	out = append(out, ask("fees", r.feesQuestion()))
	if r.fees == otherLimit {
		out = append(out, ask("limit", terminal.Question{Title: "The most you will pay without being asked again, in dollars",
			Into: &r.limit, Check: func(s string) error {
				return letter.Field{Name: "fee_cap", Type: letter.Money, Required: true}.CheckTyped(s, letter.Typing{})
			}}))
	}
	return out
}

func (r *aboutRequester) headQuestion() terminal.Question {
	return terminal.Question{Kind: terminal.Block, Lines: 8, Title: "Your name and address, as at the head of a letter", Into: &r.head,
		Help: "A line each: your name (you sign; an organization cannot); your organization, if any; street; city, state and ZIP code; " +
			"e-mail; telephone.",
		Check: func(s string) error { _, err := letter.ReadLetterhead(s); return err }}
}

func (r *aboutRequester) categoryQuestion() terminal.Question {
	return terminal.Question{Kind: terminal.Choice, Title: "In which fee category do you ask?", Into: &r.category,
		Help: "It decides what you can be charged.", Options: []terminal.Option{
			{Label: "News media, including freelancers", Value: "media"},
			{Label: "School or university, for research", Value: "educational"},
			{Label: "Noncommercial scientific institution", Value: "scientific"},
			{Label: "Commercial use", Value: "commercial"},
			{Label: "Everyone else", Value: "other"},
		}}
}

func (r *aboutRequester) factsQuestion() terminal.Question {
	return terminal.Question{Kind: terminal.Block, Lines: 5, Title: "What puts you in that category, and how will you use records?",
		Help: "Two lines, which letters quote. First, what you do: the news media say what they gather, how they edit it and where they " +
			"publish. Second, how the records will be used.",
		Into: &r.facts, Check: func(s string) error { _, _, err := factsAndUse(s); return err }}
}

func (r *aboutRequester) feesQuestion() terminal.Question {
	return terminal.Question{Kind: terminal.Choice, Title: "What should your letters say about fees?", Into: &r.fees,
		Help: "You see it with each letter, and can change it there.", Options: []terminal.Option{
			{Label: "I will pay up to $" + usualLimit + " without being asked again", Value: usualFees},
			{Label: "Please waive the fees; otherwise I will pay up to $" + usualLimit, Value: waiveFees},
			{Label: "Another amount", Value: otherLimit},
		}}
}

// factsAndUse parts what puts somebody in a fee category from how they will use records.
func factsAndUse(s string) (facts, use string, err error) {
	facts, use, _ = strings.Cut(strings.TrimSpace(s), "\n")
	facts, use = strings.TrimSpace(facts), strings.TrimSpace(use)
	switch {
	case facts == "":
		return "", "", letter.ErrNeeded
	case use == "":
		return "", "", errors.New("the second line is missing: how will the records be used?")
	}
	return facts, use, nil
}
