package backup

import (
	"foia/internal/docket"
)

// chain knows how far each request has come, so that an event that is missing, or is
// not the next one, is found. Of a hash the beginning will do: the hash itself is
// compared with the event that it belongs to.
type chain struct {
	n    int
	ends map[string]end
}

type end struct {
	seq  int32
	hash [16]byte
}

func newChain() *chain { return &chain{ends: map[string]end{}} }

// next takes the next event of the log; false if it cannot be that.
func (c *chain) next(n int, e docket.Event) bool {
	c.n++
	var prev end
	copy(prev.hash[:], e.Prev)
	last, known := c.ends[e.Request]
	begins := !known && e.Seq == 1 && e.Prev == ""
	goesOn := known && e.Seq == int(last.seq)+1 && prev.hash == last.hash
	last.seq++
	copy(last.hash[:], e.Hash)
	c.ends[e.Request] = last
	return n == c.n && (begins || goesOn)
}
