package pdf

// spare is room that one letter after the other uses: to make it anew for each costs as much as
// to fill it.
type spare[T any] struct{ all []T }

// mostSpare is up to how many values a letter leaves its room to the next: that of a long list
// is used once.
const mostSpare = 4 << 10

// take returns room for so many values, which is theirs until free.
func (s *spare[T]) take(n int) []T {
	at := len(s.all)
	if at+n > cap(s.all) { // what was taken stays where it is
		at, s.all = 0, make([]T, 0, max(2*cap(s.all), n, 128))
	}
	s.all = s.all[:at+n]
	return s.all[at : at+n : at+n]
}

// free takes back all that was given out.
func (s *spare[T]) free() {
	if cap(s.all) > mostSpare {
		s.all = nil
	}
	clear(s.all)
	s.all = s.all[:0]
}

// room is what a letter is laid out and written in.
type room struct {
	pieces spare[piece]
	lines  spare[[]piece]
	rows   spare[row]
	flows  []flow
	tree   tree
	xml    []byte
}

// free has the room ready for the next letter.
func (r *room) free() {
	r.pieces.free()
	r.lines.free()
	r.rows.free()
	if cap(r.flows) > mostSpare {
		r.flows = nil
	}
	clear(r.flows[:cap(r.flows)])
	if cap(r.tree.elements) > mostSpare {
		r.tree.elements = nil
	}
}
