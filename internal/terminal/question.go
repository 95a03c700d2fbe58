package terminal

import "context"

// Kind is how a question is answered.
type Kind int

const (
	Line   Kind = iota // a line of text
	Text               // text of several lines
	YesNo              // yes or no
	Choice             // one of several
)

// Option is what can be chosen.
type Option struct {
	Label, Value string
}

// Question is one question.
type Question struct {
	Kind    Kind
	Title   string
	Help    string
	Lines   int      // how many a Text shows; 0: as many as the form makes it
	Options []Option // of a Choice

	// Check says what is wrong with a Line or a Text; nil: nothing is.
	Check func(string) error

	// Where the answer goes, and what the form begins with: Yes for YesNo, Into for the others.
	Into *string
	Yes  *bool
}

// Ask asks questions, page by page. If there is an error, no answer was written; it is
// ErrStopped if the user ended the command.
func (t Terminal) Ask(ctx context.Context, pages ...[]Question) error {
	f := t.newForm(ctx, pages)
	if err := f.run(); err != nil {
		return err
	}
	for _, a := range f.answers {
		a.give()
	}
	return nil
}

// Confirm asks a question that is answered with yes or no.
func (t Terminal) Confirm(ctx context.Context, question string) (yes bool, err error) {
	err = t.Ask(ctx, []Question{{Kind: YesNo, Title: question, Yes: &yes}})
	return yes, err
}

// answer is where the form writes an answer, also one that is not wanted any longer.
type answer struct {
	to   Question
	text string
	yes  bool
}

func newAnswer(q Question) *answer {
	a := &answer{to: q}
	if q.Kind == YesNo {
		a.yes = *q.Yes
	} else {
		a.text = *q.Into
	}
	return a
}

// give writes the answer where it is wanted.
func (a *answer) give() {
	if a.to.Kind == YesNo {
		*a.to.Yes = a.yes
	} else {
		*a.to.Into = a.text
	}
}
