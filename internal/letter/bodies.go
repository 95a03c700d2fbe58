package letter

import "sync"

// The letters of a batch often have the same body, word for word: only address,
// subject line and reference differ. What a body was read as is remembered; blocks
// are never changed once they are read (see cleanBlocks and package pdf, which copy).
var bodies = struct {
	sync.Mutex
	read map[string][]Block
}{read: map[string][]Block{}}

// Sizes of what is remembered: a letter under each law that foia knows, and no books.
const (
	mostBodies  = 100
	longestBody = 32 << 10
)

// readBody is readMarkdown for a body that may have been read before.
func readBody(file, source string) ([]Block, error) {
	if len(source) > longestBody {
		return readMarkdown(file, source)
	}
	bodies.Lock()
	blocks, ok := bodies.read[source]
	bodies.Unlock()
	if ok {
		return blocks, nil
	}
	blocks, err := readMarkdown(file, source)
	if err != nil {
		return nil, err
	}
	bodies.Lock()
	if len(bodies.read) >= mostBodies {
		clear(bodies.read)
	}
	bodies.read[source] = blocks
	bodies.Unlock()
	return blocks, nil
}
