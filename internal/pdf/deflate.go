package pdf

import (
	"encoding/binary"
	"hash/adler32"
	"math/bits"
)

// deflater compresses the content of a page (RFC 1950 and 1951) into the same bytes as zlib at its
// fastest in the library of Go 1.26, in half the time, which is a third of that of a letter that
// shares its paragraphs with others. What is too short or too long or hardly compresses is left
// to the library. So letters keep their bytes with the next Go, too.
type deflater struct {
	table    [1 << tableBits]uint16 // by hash: 1 + where those four bytes stood last
	tokens   []uint32
	literals coder // bytes, the end, lengths
	offsets  coder
	sizes    coder // of the lengths of the codes of the other two
	runs     []run

	out  []byte
	bits uint64 // not written yet, the lowest first
	n    uint   // how many
}

// run is a symbol of the header with its extra bits.
type run struct{ symbol, extra uint8 }

const (
	tableBits   = 14
	inputMargin = 15 // at the end nothing is looked for
	farthest    = 1 << 15
	longest     = 258
	shortest    = 3
	endOfBlock  = 256
	firstLength = 257

	isMatch = 1 << 31 // in a token: then length less 3, and offset less 1 in the lower 15 bits
)

// Blocks of these sizes are one block with codes of its own.
const (
	leastBlock = 128
	mostBlock  = 1<<16 - 2
)

// pack compresses; ok is false if that is left to the library. The result is valid until the
// next call.
func (z *deflater) pack(src []byte) (packed []byte, ok bool) {
	if len(src) < leastBlock || len(src) > mostBlock {
		return nil, false
	}
	z.tokenize(src)
	if len(z.tokens) > len(src)-len(src)>>4 || !z.codes(len(src)) {
		return nil, false
	}
	z.write()
	z.put(1, 3) // the last block, which is empty and stored
	z.flush(true)
	z.out = append(z.out, 0, 0, 0xFF, 0xFF)
	z.out = binary.BigEndian.AppendUint32(z.out, adler32.Checksum(src))
	return z.out, true
}

func hash4(v uint32) uint32 { return (v * 0x1e35a7bd) >> (32 - tableBits) }

// tokenize turns the source into bytes and repetitions of what was there before: as the library
// does, the last place of the next four bytes is tried, and steps grow where nothing repeats.
func (z *deflater) tokenize(src []byte) {
	clear(z.table[:])
	z.tokens = z.tokens[:0]
	emitted, limit := 0, len(src)-inputMargin
	next := binary.LittleEndian.Uint32(src)
	for at := 0; ; {
		found := -1
		for step, to := 32, at; ; {
			at = to
			to += step >> 5
			step += step >> 5
			if to > limit {
				z.literal(src[emitted:])
				return
			}
			slot := &z.table[hash4(next)]
			candidate := int(*slot) - 1
			*slot = uint16(at + 1)
			same := candidate >= 0 && at-candidate <= farthest && binary.LittleEndian.Uint32(src[candidate:]) == next
			if same {
				found = candidate
				break
			}
			next = binary.LittleEndian.Uint32(src[to:])
		}
		z.literal(src[emitted:at])
		for found >= 0 {
			length := 4 + matching(src[found+4:], src[at+4:min(at+longest, len(src))])
			z.tokens = append(z.tokens, isMatch|uint32(length-shortest)<<15|uint32(at-found-1))
			at += length
			emitted = at
			if at >= limit {
				z.literal(src[emitted:])
				return
			}
			ahead := binary.LittleEndian.Uint64(src[at-1:])
			z.table[hash4(uint32(ahead))] = uint16(at)
			next = uint32(ahead >> 8)
			slot := &z.table[hash4(next)]
			found = int(*slot) - 1
			*slot = uint16(at + 1)
			if found < 0 || at-found > farthest || binary.LittleEndian.Uint32(src[found:]) != next {
				found, next = -1, uint32(ahead>>16)
				at++
			}
		}
	}
}

// matching is how many bytes of b are those of a.
func matching(a, b []byte) int {
	n := 0
	for len(b)-n >= 8 {
		if x := binary.LittleEndian.Uint64(a[n:]) ^ binary.LittleEndian.Uint64(b[n:]); x != 0 {
			return n + bits.TrailingZeros64(x)>>3
		}
		n += 8
	}
	for n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

func (z *deflater) literal(bytes []byte) {
	for _, b := range bytes {
		z.tokens = append(z.tokens, uint32(b))
	}
}

// lengthCode is the code of a length less 3, with how many extra bits it has (RFC 1951, 3.2.5).
func lengthCode(l uint32) (code, extra uint32) {
	switch {
	case l < 8:
		return l, 0
	case l == longest-shortest:
		return 28, 0
	}
	extra = uint32(bits.Len32(l)) - 3
	return 4*(extra+1) + l>>extra&3, extra
}

// offsetCode is the code of an offset less 1, with how many extra bits it has.
func offsetCode(o uint32) (code, extra uint32) {
	if o < 4 {
		return o, 0
	}
	extra = uint32(bits.Len32(o)) - 2
	return 2*(extra+1) + o>>extra&1, extra
}

// codes finds the codes of the block; false if it is so large that the library stores it.
func (z *deflater) codes(size int) bool {
	z.literals.reset(firstLength + 29)
	z.offsets.reset(30)
	z.sizes.reset(19)
	z.literals.count[endOfBlock] = 1
	for _, t := range z.tokens {
		if t < isMatch {
			z.literals.count[t]++
			continue
		}
		length, _ := lengthCode(t >> 15 & 0xFF)
		offset, _ := offsetCode(t & 0x7FFF)
		z.literals.count[firstLength+length]++
		z.offsets.count[offset]++
	}
	if z.offsets.used() == 0 {
		z.offsets.count[0] = 1 // a code for offsets must be there
	}
	z.literals.make(15)
	z.offsets.make(15)
	for _, r := range z.describe() {
		z.sizes.count[r.symbol]++
	}
	z.sizes.make(7)
	coded := 3 + 5 + 5 + 4 + 3*z.sizesUsed() + z.sizes.total() + z.literals.total() + z.offsets.total()
	for symbol, extra := range extraOfRun {
		coded += int(z.sizes.count[symbol]) * int(extra)
	}
	return (size+5)*8 >= coded+coded>>4 // else it is stored
}

// extraOfRun is how many extra bits a symbol of the header has.
var extraOfRun = [19]uint8{16: 2, 17: 3, 18: 7}

// sizesOrder is the order in which the lengths of the header's codes are written.
var sizesOrder = [19]uint8{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}

// sizesUsed is how many of them are written.
func (z *deflater) sizesUsed() int {
	n := len(sizesOrder)
	for n > 4 && z.sizes.count[sizesOrder[n-1]] == 0 {
		n--
	}
	return n
}

// describe writes down the lengths of the codes as runs (RFC 1951, 3.2.7).
func (z *deflater) describe() []run {
	var all [firstLength + 29 + 30]uint8
	n := copy(all[:], z.literals.length[:z.literals.used()])
	n += copy(all[n:], z.offsets.length[:z.offsets.used()])
	z.runs = z.runs[:0]
	for i := 0; i < n; {
		size, count := all[i], 0
		for ; i < n && all[i] == size; i++ {
			count++
		}
		z.repeat(size, count)
	}
	return z.runs
}

func (z *deflater) repeat(size uint8, count int) {
	if size != 0 {
		z.runs = append(z.runs, run{symbol: size})
		for count--; count >= 3; {
			n := min(count, 6)
			z.runs = append(z.runs, run{16, uint8(n - 3)})
			count -= n
		}
	} else {
		for count >= 11 {
			n := min(count, 138)
			z.runs = append(z.runs, run{18, uint8(n - 11)})
			count -= n
		}
		if count >= 3 {
			z.runs = append(z.runs, run{17, uint8(count - 3)})
			count = 0
		}
	}
	for range count {
		z.runs = append(z.runs, run{symbol: size})
	}
}
