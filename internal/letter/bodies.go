package letter

import "sync"

// The letters of a batch often have the same body, word for word: only address,
// subject line and reference differ. What a body was read as is remembered; blocks
// are never changed once they are read (see cleanBlocks and package pdf, which copy).
type bodies struct {
	mu   sync.Mutex
	read map[string][]Block
}

// Sizes of what is remembered of a template: a letter under each law that foia knows, and no
// books.
const (
	mostBodies  = 100
	longestBody = 32 << 10
)

// readBody is readMarkdown for a body of the template that may have been read before.
func (t *Template) readBody(source string) ([]Block, error) {
	b := t.bodies
	if b == nil || len(source) > longestBody {
		return readMarkdown(t.File, source)
	}
	b.mu.Lock()
	blocks, ok := b.read[source]
	b.mu.Unlock()
	if ok {
		return blocks, nil
	}
	blocks, err := readMarkdown(t.File, source)
	if err != nil {
		return nil, err
	}
	b.mu.Lock()
	if b.read == nil || len(b.read) >= mostBodies {
		b.read = map[string][]Block{}
	}
	b.read[source] = blocks
	b.mu.Unlock()
	return blocks, nil
}
