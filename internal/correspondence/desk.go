// Package correspondence is the use case of everything that is written about a request after
// it was made: further letters, the papers that go with a letter, and what goes by mail.
package correspondence

import (
	"sync"

	"foia/internal/letter"
	"foia/internal/logbook"
	"foia/internal/press"
)

// Desk is where further letters are made: the log that they come from and are written into, and
// what letters are made with.
type Desk struct {
	*logbook.Book
	*press.Stock

	recordsLetters sync.Map // letters for the laws of states and countries, by the kind that the user names
}

// Typing is how answers are read in this folder.
func (d *Desk) Typing() letter.Typing { return d.Press.Typing(d.Today) }
