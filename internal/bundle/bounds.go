package bundle

import (
	"bytes"
	"errors"
	"io"
	"strings"
)

// What a bundle may be. A ZIP comes from strangers: nothing of it is written to disk,
// and of what is read into memory there is a measure.
const (
	mostDirectory = 32 << 20 // bytes that are read before the first file
	mostFiles     = 100_000
	mostText      = 64 << 20 // bytes of a file that is read whole
	mostStretch   = 200      // unpacked bytes to each packed one; text has some ten
	freeStretch   = 1 << 20  // bytes up to which a file may stretch as it likes
	mostFaults    = 1_000    // that are listed; who wants more of them has seen enough

	// Parts of a JSON text: empty ones have two or three bytes, and some hundred in memory.
	mostObjects = 3 * mostFiles // a file, a request and a proof of each
	mostCommas  = 40 * mostFiles
)

var errParts = errors.New("it has too many parts")

// fewParts tells whether a JSON text takes no more memory than such a text of foia's may. The
// signs are also counted where they are within a string, which is on the safe side.
func fewParts(text []byte) error {
	if bytes.Count(text, []byte("{")) > mostObjects || bytes.Count(text, []byte(",")) > mostCommas {
		return errParts
	}
	return nil
}

// longestFault is how long a fault may be in bytes: names may have megabytes.
const longestFault = 2_000

// clip shortens a text that is too long to be read.
func clip(text string) string {
	if len(text) <= longestFault {
		return text
	}
	return strings.ToValidUTF8(text[:longestFault], "") + "…"
}

// enough tells whether so much is wrong that looking on is a waste.
func (c *checker) enough() bool { return len(c.report.Faults) > mostFaults }

// budget lets no more be read than it has.
type budget struct {
	from io.ReaderAt
	left int64 // -1: as much as is wanted
}

func (b *budget) ReadAt(p []byte, off int64) (int, error) {
	if b.left >= 0 {
		if b.left < int64(len(p)) {
			return 0, errors.New("its list of files is too long")
		}
		b.left -= int64(len(p))
	}
	return b.from.ReadAt(p, off)
}
