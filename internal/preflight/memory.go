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
	elementsOfLine // p is the first of them, for all
	slipsOfLine
)

// answer is what the pattern said. Its places are shared and must not be changed.
type answer struct {
	yes    bool
	place  []int
	places [][]int
	marks  uint64 // of the elements or slips of a rule that are there
}

// memory is what the patterns of a rule book said. It is emptied when it is full: what many
// letters share is soon there again.
type memory struct {
	mu      sync.RWMutex
	answers map[inquiry]answer
}

// Sizes of what is remembered: longer texts are those of one letter, shorter ones
// are as quickly looked through.
const (
	mostRemembered  = 20_000
	longestText     = 16 << 10
	shortestText    = 16
	tooLongForLines = 64 << 10
)

// recall is what a pattern said of a text, or says now.
func (m *memory) recall(q inquiry, ask func() answer) answer {
	if len(q.text) < shortestText || len(q.text) > longestText {
		return ask()
	}
	m.mu.RLock()
	a, ok := m.answers[q]
	m.mu.RUnlock()
	if ok {
		return a
	}
	a = ask()
	m.mu.Lock()
	if m.answers == nil || len(m.answers) >= mostRemembered {
		m.answers = make(map[inquiry]answer, mostRemembered/4)
	}
	m.answers[q] = a
	m.mu.Unlock()
	return a
}
