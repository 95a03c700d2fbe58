package bundle

import (
	"errors"
	"strings"

	"foia/internal/bounded"
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
)

// mostParts are those of a manifest: a file, a request and a proof of each.
var mostParts = bounded.Parts{Objects: 3 * mostFiles, Commas: 40 * mostFiles}

var errParts = errors.New("it has too many parts")

// fewParts refuses a JSON text that takes more memory than such a text of foia's may.
func fewParts(text []byte) error {
	if !mostParts.Fit(text) {
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
