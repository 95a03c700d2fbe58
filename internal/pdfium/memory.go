package pdfium

import (
	"runtime/debug"
	"sync"

	"github.com/tetratelabs/wazero/experimental"
)

// memories has the memory of sandboxes. Left to itself, it grows by many small steps, each a copy, and what they leave
// behind takes four times the bound before it is cleared away. So there are two sizes: what nearly all PDFs need, which
// the next one gets again, and the bound, of which only what is used is taken from the machine.
type memories struct {
	mu    sync.Mutex
	spare []byte // of the usual size; its length is what was used
}

const (
	usual = 64 << 20
	bound = mostWASM << 16
)

// Allocate makes the memory of one sandbox.
func (m *memories) Allocate(_, _ uint64) experimental.LinearMemory { return &memory{of: m} }

type memory struct {
	of  *memories
	all []byte
}

// Reallocate makes it as large as that; nil: it cannot be.
func (m *memory) Reallocate(size uint64) []byte {
	switch {
	case size > bound:
		return nil
	case size <= uint64(cap(m.all)):
	case size <= usual:
		m.all = append(m.of.take(), m.all...)
	default:
		debug.FreeOSMemory() // what the PDF before this one left is as large
		m.all = append(make([]byte, 0, bound), m.all...)
	}
	m.all = m.all[:size]
	return m.all
}

// Free gives it back.
func (m *memory) Free() {
	if cap(m.all) == usual {
		m.of.mu.Lock()
		defer m.of.mu.Unlock()
		m.of.spare = m.all
	}
	m.all = nil
}

// take is memory of the usual size that holds nothing.
func (m *memories) take() []byte {
	m.mu.Lock()
	defer m.mu.Unlock()
	all := m.spare
	if m.spare = nil; all == nil {
		return make([]byte, 0, usual)
	}
	clear(all)
	return all[:0]
}
