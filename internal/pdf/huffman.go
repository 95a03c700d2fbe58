package pdf

import (
	"encoding/binary"
	"math/bits"
	"slices"
)

// coder is the codes of an alphabet.
type coder struct {
	count  []uint32 // how often each symbol is used
	length []uint8  // of its code in bits; 0: it is not used
	code   []uint32 // its bits, the first lowest, and above 16 how many they are

	order []uint32 // symbols by how often they are used, which stands above symbolBits
	inner []uint32 // how often pairs are used
	kinds []uint16 // how many symbols are among the first so many nodes
}

const symbolBits = 9

// reset prepares the coder for other counts.
func (c *coder) reset(symbols int) {
	if c.count == nil {
		c.count, c.length, c.code = make([]uint32, symbols), make([]uint8, symbols), make([]uint32, symbols)
	}
	clear(c.count)
	clear(c.length)
}

// used is how many symbols there are up to the last one used.
func (c *coder) used() int {
	n := len(c.count)
	for n > 0 && c.count[n-1] == 0 {
		n--
	}
	return n
}

// total is how many bits all the symbols take.
func (c *coder) total() (n int) {
	for i, count := range c.count {
		n += int(count) * int(c.length[i])
	}
	return n
}

// make finds the shortest codes of at most so many bits.
func (c *coder) make(most int) {
	c.order = c.order[:0]
	for symbol, n := range c.count {
		if n > 0 {
			c.order = append(c.order, n<<symbolBits|uint32(symbol))
		}
	}
	slices.Sort(c.order)
	if len(c.order) <= 2 {
		for _, o := range c.order {
			c.length[o&(1<<symbolBits-1)] = 1
		}
	} else if deep, ok := c.unbounded(most); ok {
		c.lengths(deep)
	} else {
		c.lengths(c.bounded(most))
	}
	c.assign()
}

// depths are how many symbols have a code of so many bits or more.
type depths [32]int

// unbounded makes a pair of the two nodes that are used least, again and again (Huffman); of a
// pair and a symbol used as often the pair comes first. ok is false if a code is longer than most.
func (c *coder) unbounded(most int) (deep depths, ok bool) {
	nodes := 2*len(c.order) - 2 // all but the root
	c.inner, c.kinds = c.inner[:0], append(c.kinds[:0], 0)
	leaf, pair := 0, 0
	var last uint32
	for i := range nodes {
		var n uint32
		if pair == len(c.inner) || leaf < len(c.order) && c.order[leaf]>>symbolBits < c.inner[pair] {
			n = c.order[leaf] >> symbolBits
			leaf++
		} else {
			n = c.inner[pair]
			pair++
		}
		c.kinds = append(c.kinds, uint16(leaf))
		if i%2 == 1 {
			c.inner = append(c.inner, last+n)
		}
		last = n
	}
	// The nodes at a depth or below are the first ones, and those below the children of the pairs
	// among them.
	for n, depth := nodes, 1; n > 0; depth++ {
		if depth > most {
			return deep, false
		}
		deep[depth] = int(c.kinds[n])
		n = 2 * (n - deep[depth])
	}
	return deep, true
}

// bounded finds the codes if one would be longer than most, by package-merge (Larmore and
// Hirschberg, 1990), of which unbounded is the case that the bound does not matter: at each
// level the symbols are merged with the pairs of the level below, with the same preference.
func (c *coder) bounded(most int) (deep depths) {
	var below []uint32
	kinds := make([][]uint16, most+1) // by level: how many symbols are among the first so many nodes
	for level := 1; level <= most; level++ {
		var here []uint32
		kinds[level] = []uint16{0}
		for leaf, pair := 0, 0; leaf < len(c.order) || 2*pair+1 < len(below); {
			if 2*pair+1 >= len(below) || leaf < len(c.order) && c.order[leaf]>>symbolBits < below[2*pair]+below[2*pair+1] {
				here = append(here, c.order[leaf]>>symbolBits)
				leaf++
			} else {
				here = append(here, below[2*pair]+below[2*pair+1])
				pair++
			}
			kinds[level] = append(kinds[level], uint16(leaf))
		}
		below = here
	}
	for n, depth := 2*len(c.order)-2, 1; n > 0; depth++ {
		deep[depth] = int(kinds[most+1-depth][n])
		n = 2 * (n - deep[depth])
	}
	return deep
}

// lengths gives each symbol the length of its code: the more it is used, the shorter.
func (c *coder) lengths(deep depths) {
	end := len(c.order)
	for d := 1; end > 0; d++ {
		for range deep[d] - deep[d+1] {
			end--
			c.length[c.order[end]&(1<<symbolBits-1)] = uint8(d)
		}
	}
}

// assign gives each symbol its code by its length (RFC 1951, 3.2.2).
func (c *coder) assign() {
	var next [17]uint32
	for _, n := range c.length {
		next[n+1]++
	}
	next[1] = 0
	for n := 2; n < len(next); n++ {
		next[n] = (next[n-1] + next[n]) << 1
	}
	for symbol, n := range c.length {
		if n > 0 {
			c.code[symbol] = uint32(bits.Reverse16(uint16(next[n])<<(16-n))) | uint32(n)<<16
			next[n]++
		}
	}
}

// write writes the block.
func (z *deflater) write() {
	z.out, z.bits, z.n = append(z.out[:0], 0x78, 0x01), 0, 0
	z.put(4, 3) // not the last block, with codes of its own
	z.put(uint32(z.literals.used()-firstLength), 5)
	z.put(uint32(z.offsets.used()-1), 5)
	z.put(uint32(z.sizesUsed()-4), 4)
	for _, s := range sizesOrder[:z.sizesUsed()] {
		z.put(uint32(z.sizes.length[s]), 3)
	}
	for _, r := range z.runs {
		z.symbol(z.sizes.code[r.symbol])
		z.put(uint32(r.extra), uint(extraOfRun[r.symbol]))
	}
	z.body()
	z.symbol(z.literals.code[endOfBlock])
}

// body writes the tokens. A symbol and its extra bits are at most 20 bits, or 28.
func (z *deflater) body() {
	z.flush(false)
	at := len(z.out)
	out := slices.Grow(z.out, 6*len(z.tokens)+16)
	out = out[:cap(out)]
	acc, n := z.bits, z.n
	literals, offsets := z.literals.code, z.offsets.code
	for _, t := range z.tokens {
		if t < isMatch {
			c := literals[t]
			acc |= uint64(c&0xFFFF) << n
			n += uint(c >> 16)
		} else {
			length, offset := t>>15&0xFF, t&0x7FFF
			code, extra := lengthCode(length)
			c := literals[firstLength+code]
			acc |= uint64(c&0xFFFF|(length&(1<<extra-1))<<(c>>16)) << n
			n += uint(c>>16 + extra)
			if n >= 32 {
				binary.LittleEndian.PutUint64(out[at:], acc)
				at, acc, n = at+int(n>>3), acc>>(n&^7), n&7
			}
			code, extra = offsetCode(offset)
			c = offsets[code]
			acc |= uint64(c&0xFFFF|(offset&(1<<extra-1))<<(c>>16)) << n
			n += uint(c>>16 + extra)
		}
		if n >= 32 {
			binary.LittleEndian.PutUint64(out[at:], acc)
			at, acc, n = at+int(n>>3), acc>>(n&^7), n&7
		}
	}
	z.out, z.bits, z.n = out[:at], acc, n
}

func (z *deflater) symbol(code uint32) { z.put(code&0xFFFF, uint(code>>16)) }

// put adds up to 16 bits.
func (z *deflater) put(v uint32, n uint) {
	z.bits |= uint64(v) << z.n
	z.n += n
	if z.n >= 48 {
		z.flush(false)
	}
}

// flush writes the bits that fill bytes; all of them at the end.
func (z *deflater) flush(end bool) {
	for z.n >= 8 || end && z.n > 0 {
		z.out = append(z.out, byte(z.bits))
		z.bits >>= 8
		z.n -= min(8, z.n)
	}
}
