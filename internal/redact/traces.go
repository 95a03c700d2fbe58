package redact

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"io"
	"slices"
)

// traces are the streams of the original, so that a run of their bytes can be found in the copy. Blocks of half the
// length of a run are known by number: a run holds a whole one wherever it begins.
type traces struct {
	data   []byte
	ends   [][2]int32       // where streams begin and end, in order
	blocks map[uint64]int32 // where a block with this number stands
	next   map[int32]int32  // where the same block stands again
	maybe  []uint64         // bits: there is a block whose number begins so
}

const (
	runLength = 32
	block     = runLength / 2
	maybeBits = 27
)

func newTraces(data []byte) *traces {
	t := &traces{data: data, blocks: map[uint64]int32{}, next: map[int32]int32{}, maybe: make([]uint64, 1<<(maybeBits-6))}
	for begin := 0; ; {
		at := bytes.Index(data[begin:], []byte("stream"))
		if at < 0 {
			return t
		}
		begin += at + len("stream")
		if bytes.HasSuffix(data[:begin], []byte("endstream")) {
			continue
		}
		end := bytes.Index(data[begin:], []byte("endstream"))
		if end < 0 {
			end = len(data) - begin
		}
		t.add(begin, begin+end)
		begin += end
	}
}

func (t *traces) add(from, to int) {
	t.ends = append(t.ends, [2]int32{int32(from), int32(to)})
	for i := from; i+block <= to; i += block {
		if repeats(t.data[i : i+block]) {
			continue
		}
		h := hashOf(t.data[i:])
		if again, ok := t.blocks[h]; ok {
			t.next[int32(i)] = again
		}
		t.blocks[h] = int32(i)
		t.maybe[h>>(64-maybeBits)>>6] |= 1 << (h >> (64 - maybeBits) & 63)
	}
}

// hashOf is a number for the sixteen bytes at the beginning of b.
func hashOf(b []byte) uint64 {
	x := binary.LittleEndian.Uint64(b) * 0x9E3779B97F4A7C15
	y := binary.LittleEndian.Uint64(b[8:]) * 0xC2B2AE3D27D4EB4F
	x ^= y<<31 | y>>33
	return (x ^ x>>29) * 0xBF58476D1CE4E5B9
}

// repeats tells whether bytes are the same few again and again, as compressed white is: they are no trace of anything.
func repeats(b []byte) bool {
	for period := 1; period <= len(b)/2; period++ {
		if bytes.Equal(b[period:], b[:len(b)-period]) {
			return true
		}
	}
	return false
}

// in tells whether bytes have a run in common with the original.
func (t *traces) in(b []byte) bool { return t.find(b) >= 0 }

// find is where a run of the original begins; -1: there is none.
func (t *traces) find(b []byte) int {
	for i := 0; i+block <= len(b); i++ {
		h := hashOf(b[i:])
		if t.maybe[h>>(64-maybeBits)>>6]&(1<<(h>>(64-maybeBits)&63)) == 0 {
			continue
		}
		at, ok := t.blocks[h]
		for looked := 0; ok && looked < mostAgain; looked++ {
			if from := t.run(b, i, int(at)); from >= 0 {
				return from
			}
			at, ok = t.next[at]
		}
	}
	return -1
}

// mostAgain is how often the same block is looked at: what a file repeats more often is its own frame.
const mostAgain = 64

// run is where a run begins that has a block of the original's in it; -1: it is not long enough.
func (t *traces) run(b []byte, i, at int) int {
	if !bytes.Equal(t.data[at:at+block], b[i:i+block]) {
		return -1
	}
	n, _ := slices.BinarySearchFunc(t.ends, int32(at), func(e [2]int32, at int32) int { return cmp.Compare(e[1], at+1) })
	from, to := int(t.ends[n][0]), int(t.ends[n][1])
	back, on := 0, block
	for back < runLength && i > back && at-back > from && b[i-back-1] == t.data[at-back-1] {
		back++
	}
	for on < runLength && i+on < len(b) && at+on < to && b[i+on] == t.data[at+on] {
		on++
	}
	if back+on < runLength || repeats(b[i-back:i+on]) {
		return -1
	}
	return i - back
}

// errTrace says where a run was found.
var errTrace = errors.New("bytes of the original are in the copy")

// search looks through a file.
func (t *traces) search(in io.Reader) error {
	buffer := make([]byte, 0, 4<<20)
	for {
		n, err := io.ReadFull(in, buffer[len(buffer):cap(buffer)])
		buffer = buffer[:len(buffer)+n]
		if t.in(buffer) {
			return errTrace
		}
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return nil
		}
		if err != nil {
			return err
		}
		kept := copy(buffer, buffer[len(buffer)-2*runLength:])
		buffer = buffer[:kept]
	}
}
