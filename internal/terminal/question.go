package terminal

import (
	"cmp"
	"context"
	"errors"
	"strings"
)

// Kind is how a question is answered.
type Kind int

const (
	Line   Kind = iota // a line of text
	Text               // text, perhaps of several lines
	Block              // lines, such as an address; an empty one ends them
	YesNo              // yes or no
	Choice             // one of several
	Search             // one of many, found by words
	List               // several texts, one after another
)

// Option is what can be chosen.
type Option struct {
	Label, Value string
	More         string // what is known of it; a Search shows it while the option may be chosen
}

// Question is one question.
type Question struct {
	Kind     Kind
	Title    string
	Help     string
	Above    string   // lines that are read before the answer is given, such as a letter
	Optional bool     // the question may be left without an answer, and says so
	Lines    int      // how many a Text or Block shows; 0: three
	Options  []Option // of a Choice

	// Find brings what can be chosen in a Search, best first, also for no words.
	Find  func(words string) []Option
	Words string // that the search begins with

	// Check says what is wrong with a Line, a Text, a Block, what was found, or one of a List; nil: nothing is.
	Check func(string) error

	// Where the answer goes, and what the question begins with: Yes for YesNo, Items for a List,
	// Into for the others.
	Into  *string
	Yes   *bool
	Items *[]string

	At Place
}

// Place is where a question stands among others.
type Place struct {
	Of       string // what they lead to, such as “New request”; empty: the question is alone
	N, Total int    // the first is 1; 0: it is between them
	Back     bool   // there is one to go back to
	Kept     bool   // answers are kept when somebody stops
}

// ErrBack is what a question gets for an answer if the user wants the one before it.
var ErrBack = errors.New("back to the question before")

// Ask asks one question in a line, below what it is about. For several, see Form. If there is an
// error, no answer was written; it is ErrStopped if the user ended the command.
func (t Terminal) Ask(ctx context.Context, q Question) error {
	a := newAnswer(q)
	if err := t.askLinewise(ctx, a); err != nil {
		return err
	}
	a.give()
	return nil
}

// Confirm asks a question that is answered with yes or no.
func (t Terminal) Confirm(ctx context.Context, question string) (yes bool, err error) {
	err = t.Ask(ctx, Question{Kind: YesNo, Title: question, Yes: &yes})
	return yes, err
}

// answer is where a form writes an answer, also one that is not wanted any longer.
type answer struct {
	Question
	text  string
	yes   bool
	items []string
	label string // of what was found in a Search
}

func newAnswer(q Question) *answer {
	a := &answer{Question: q}
	switch q.Kind {
	case YesNo:
		a.yes = *q.Yes
	case List:
		a.items = append(a.items, *q.Items...)
	default:
		a.text = *q.Into
	}
	return a
}

// give writes the answer where it is wanted.
func (a *answer) give() {
	switch a.Kind {
	case YesNo:
		*a.Yes = a.yes
	case List:
		*a.Items = a.items
	default:
		*a.Into = a.text
	}
}

// wrong says what is wrong with a text.
func (a *answer) wrong(text string) error {
	if a.Check == nil {
		return nil
	}
	return a.Check(text)
}

// mostPasted is how many lines are taken at once for so many items. A letter with more is none
// that anybody reads.
const mostPasted = 500

var (
	errTooMany = errors.New("that is more than 500 lines at once, more than any letter has: give fewer")
	errNone    = errors.New("this question needs an answer")
)

// add adds items to a List: all, or none if one will not do.
func (a *answer) add(texts ...string) error {
	var wanted []string
	for _, text := range texts {
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		if err := a.wrong(text); err != nil {
			return err
		}
		wanted = append(wanted, text)
	}
	if len(wanted) > mostPasted {
		return errTooMany
	}
	a.items = append(a.items, wanted...)
	return nil
}

// said is the answer in a line, as it is repeated once it was given.
func (a *answer) said() string {
	switch a.Kind {
	case YesNo:
		if a.yes {
			return "yes"
		}
		return "no"
	case List:
		return Cell(strings.Join(a.items, "; "))
	case Choice:
		for _, o := range a.Options {
			if o.Value == a.text {
				return Cell(o.Label)
			}
		}
	case Search:
		return Cell(cmp.Or(a.label, a.text))
	}
	return Cell(a.text)
}
