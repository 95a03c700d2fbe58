package letter

import (
	"foia/internal/entered"
	"foia/internal/workday"
)

// Charset tells whether the letter's typeface has a character.
type Charset func(rune) bool

// Typing is how what was typed is read.
type Typing struct {
	Charset  Charset        // of the typeface; nil: every character can be printed
	Dates    workday.Reader // how the user writes dates
	Law      string         // of the office; empty: not known
	Currency string         // of fees under the law of the office; empty: dollars
	Dropped  *entered.Tally // counts what cannot be seen and was left out; nil: nobody asks

	unset *Unprintable // collects what cannot be printed; nil: the first value that has some is refused
}

// collecting is the same with a collection to put into what cannot be printed.
func (in Typing) collecting() (Typing, *Unprintable) {
	if in.unset == nil {
		in.unset = &Unprintable{}
	}
	return in, in.unset
}
