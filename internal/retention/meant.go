package retention

import "sync"

// meant is a series that the words of an item may mean, whatever the office.
type meant struct {
	series *Kept
	cited  bool
	words  int // of the longest name by which the item asks for it, if it is not cited
}

// itemKey is what decides which series the words of an item may mean.
type itemKey struct{ law, title, text string }

// read is what the items read last may mean: the letters of a campaign ask many offices for the
// same. It is emptied when it is full.
var read struct {
	sync.RWMutex
	items map[itemKey][]meant
}

// How many items are remembered, and up to how many bytes: longer ones are those of one letter.
const (
	mostItems   = 500
	longestItem = 8 << 10
)

// meantBy are the series of a law that the words of an item may mean.
func meantBy(a Asked) []meant {
	key := itemKey{a.Law, a.Title, a.Text}
	read.RLock()
	known, ok := read.items[key]
	read.RUnlock()
	if ok {
		return known
	}
	found := findMeant(a)
	if len(a.Title)+len(a.Text) > longestItem {
		return found
	}
	read.Lock()
	defer read.Unlock()
	if read.items == nil || len(read.items) >= mostItems {
		read.items = map[itemKey][]meant{}
	}
	read.items[key] = found
	return found
}

func findMeant(a Asked) (all []meant) {
	heads := headsOf(a)
	for _, k := range under(a.Law) {
		if k.cited(a.Title + " " + a.Text) {
			all = append(all, meant{series: k, cited: true})
			continue
		}
		if n := k.called(heads); n > 0 && !k.elsewhere(a) {
			all = append(all, meant{series: k, words: n})
		}
	}
	return all
}
