package preflight

import "sync"

// The letters of a batch say much the same: whether a pattern is in a text is
// worked out once and remembered for the next letter. Nothing but the text
// decides, so that a letter is judged the same whether others came before it.

// inquiry is what a pattern is asked about a text.
type inquiry struct {
	p    *pattern
	what asked
	n    int
	text string
}

type asked byte

const (
	isIn asked = iota
	firstPlace
	allPlaces
	affirmedPlace
)

// answer is what the pattern said. Its places are shared and must not be changed.
type answer struct {
	yes    bool
	place  []int
	places [][]int
}

// memory is emptied when it is full: what many letters share is soon there again.
var memory = struct {
	sync.RWMutex
	answers map[inquiry]answer
}{answers: map[inquiry]answer{}}

// Sizes of what is remembered: longer texts are those of one letter, shorter ones
// are as quickly looked through.
const (
	mostRemembered  = 20_000
	longestText     = 16 << 10
	shortestText    = 16
	tooLongForLines = 64 << 10
)

func remembered(q inquiry, ask func() answer) answer {
	if len(q.text) < shortestText || len(q.text) > longestText {
		return ask()
	}
	memory.RLock()
	a, ok := memory.answers[q]
	memory.RUnlock()
	if ok {
		return a
	}
	a = ask()
	memory.Lock()
	if len(memory.answers) >= mostRemembered {
		memory.answers = make(map[inquiry]answer, mostRemembered/4)
	}
	memory.answers[q] = a
	memory.Unlock()
	return a
}
