package seal

import (
	"crypto/sha256"
	"encoding/binary"
)

// Hash is a SHA-256.
type Hash [sha256.Size]byte

// leafHash is MTH({d}) of RFC 6962, section 2.1. d is the number of the event in the
// whole log, as eight bytes with the highest first, and the event's own hash.
func leafHash(entry int, event Hash) Hash {
	b := make([]byte, 0, 1+8+sha256.Size)
	b = append(b, 0x00)
	b = binary.BigEndian.AppendUint64(b, uint64(entry))
	return sha256.Sum256(append(b, event[:]...))
}

// nodeHash is that of a node with two below it. Its prefix differs from that of a
// leaf, so that neither can be taken for the other (RFC 6962, section 2.1).
func nodeHash(left, right Hash) Hash {
	b := make([]byte, 0, 1+2*sha256.Size)
	b = append(b, 0x01)
	b = append(b, left[:]...)
	return sha256.Sum256(append(b, right[:]...))
}

// Tree is the Merkle tree of RFC 6962 over leaves that come one after the other. It
// keeps one hash for each power of two in the number of leaves, and the paths of the
// leaves that are wanted.
type Tree struct {
	size  int
	peaks []peak // full trees, the largest and earliest first
}

// peak is a full tree of a power of two of leaves.
type peak struct {
	leaves int
	hash   Hash
	wanted []*[]Hash // the paths that grow with it
}

// Add appends a leaf. If path is not nil, the leaf's audit path is gathered in it,
// from the leaf upwards; it is complete after Close.
func (t *Tree) Add(leaf Hash, path *[]Hash) {
	p := peak{leaves: 1, hash: leaf}
	if path != nil {
		p.wanted = []*[]Hash{path}
	}
	t.size++
	for n := len(t.peaks); n > 0 && t.peaks[n-1].leaves == p.leaves; n-- {
		p = join(t.peaks[n-1], p)
		t.peaks = t.peaks[:n-1]
	}
	t.peaks = append(t.peaks, p)
}

// join puts two trees under one node: each hash is the next step of the paths
// through the other.
func join(left, right peak) peak {
	for _, path := range left.wanted {
		*path = append(*path, right.hash)
	}
	for _, path := range right.wanted {
		*path = append(*path, left.hash)
	}
	return peak{left.leaves + right.leaves, nodeHash(left.hash, right.hash), append(left.wanted, right.wanted...)}
}

// Size is the number of leaves so far.
func (t *Tree) Size() int { return t.size }

// Root is the hash of the tree so far, MTH(D[n]) of RFC 6962, section 2.1; that of
// no leaves is the hash of nothing.
func (t *Tree) Root() Hash {
	if len(t.peaks) == 0 {
		return sha256.Sum256(nil)
	}
	n := len(t.peaks) - 1
	root := t.peaks[n].hash
	for n--; n >= 0; n-- {
		root = nodeHash(t.peaks[n].hash, root)
	}
	return root
}

// Close completes the paths and returns the root. No leaf may be added afterwards.
func (t *Tree) Close() Hash {
	root := t.Root()
	for n := len(t.peaks) - 1; n > 0; n-- {
		t.peaks[n-1] = join(t.peaks[n-1], t.peaks[n])
		t.peaks = t.peaks[:n]
	}
	return root
}

// rootOf follows an audit path from a leaf to the root of a tree of that size, as in
// RFC 9162, section 2.1.3.2, which gives the steps that RFC 6962 leaves to the
// reader. ok is false if a path of that length cannot be.
func rootOf(leaf Hash, index, size int, path []Hash) (root Hash, ok bool) {
	if index < 0 || index >= size {
		return root, false
	}
	at, last := index, size-1
	root = leaf
	for _, step := range path {
		if last == 0 {
			return root, false
		}
		if at%2 == 1 || at == last {
			root = nodeHash(step, root)
			for at%2 == 0 && at != 0 {
				at, last = at/2, last/2
			}
		} else {
			root = nodeHash(root, step)
		}
		at, last = at/2, last/2
	}
	return root, last == 0
}
