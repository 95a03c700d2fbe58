package pdf

import (
	"hash/maphash"
	"reflect"
	"sync"
	"sync/atomic"
)

// memory keeps what letters share, by what it was made from: the letters of a campaign say
// much the same, and differ in the address and a few answers. Nothing but its key decides
// about a value, so that a letter is the same whether others came before it. A value is kept
// when it is asked for the second time: a letter alone leaves nothing behind, and what only
// one letter of a campaign says is not kept either. None (nil) remembers nothing.
type memory[V any] struct {
	seed maphash.Seed
	seen [seenSlots]atomic.Uint64 // what was asked for once

	mu         sync.RWMutex
	young, old map[string]V // the older ones go when the younger ones take up half of what may be kept
	size       int          // of the younger ones, in bytes
}

const (
	// mostKept is what a memory holds at most, in bytes: some hundred times what the letters of
	// a campaign share.
	mostKept  = 4 << 20
	seenSlots = 1 << 12
	// kept is what it costs to keep a value of no size: the key's header and its place in a map.
	kept = 64
)

func newMemory[V any]() *memory[V] {
	return &memory[V]{seed: maphash.MakeSeed(), young: map[string]V{}}
}

// recall returns the value of a key, if it is kept.
func (m *memory[V]) recall(key []byte) (v V, ok bool) {
	if m == nil {
		return v, false
	}
	m.mu.RLock()
	defer m.mu.RUnlock()
	if v, ok = m.young[string(key)]; !ok {
		v, ok = m.old[string(key)]
	}
	return v, ok
}

// again tells whether a key was asked for before, and notes that it was. It may have been
// forgotten: then it is kept later.
func (m *memory[V]) again(key []byte) bool {
	if m == nil {
		return false
	}
	h := maphash.Bytes(m.seed, key)
	return m.seen[h%seenSlots].Swap(h) == h
}

// keep keeps a value, which takes up so many bytes beside its key.
func (m *memory[V]) keep(key []byte, v V, size int) {
	size += len(key) + kept
	if size > mostKept/2 {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.size+size > mostKept/2 {
		m.old, m.young, m.size = m.young, map[string]V{}, 0
	}
	m.young[string(key)] = v
	m.size += size
}

// broken is a paragraph that was broken into lines. It is shared and must not be changed.
type broken struct {
	pieces []piece
	ends   []int // of the lines, in pieces
}

// shown is a piece as the operators that show it, when it is of one subset.
type shown struct {
	font      subRef
	operators []byte
}

// size is about what it takes up, in bytes.
func (b *broken) size() int {
	n := len(b.ends) * 8
	for _, p := range b.pieces {
		n += int(reflect.TypeFor[piece]().Size()) + len(p.text) + len(p.link)
		if p.shown != nil {
			n += int(reflect.TypeFor[shown]().Size()) + len(p.shown.operators)
		}
	}
	return n
}
