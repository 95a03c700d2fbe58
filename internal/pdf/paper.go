package pdf

import "fmt"

// Paper is a size of sheet with its margins and the place that the window of an
// envelope leaves for the address, in points from the upper left corner.
type Paper struct {
	Name          string
	width, height float64
	left, right   float64 // margins, as distances from the left edge
	top           float64 // first baseline of a page that continues
	bottom        float64 // last baseline of the text
	footer        float64 // baseline of reference and page number
	topMark       float64 // baselines of the warning over and under a page
	endMark       float64

	windowTop, windowBottom float64 // nothing but the address between these
	windowLeft, windowRight float64
	addressLast             float64 // baseline of the last line of the address
	belowWindow             float64 // first baseline of the text
}

// USLetter is 8 1/2 by 11 inches, for the window of a #10 envelope. The envelope
// is 4 1/8 by 9 1/2 inches; its standard window is 1 1/8 by 4 1/2 inches and
// lies 7/8 inch from the left and 1/2 inch from the lower edge (USPS, Domestic
// Mail Manual 601.6.3, on clear space; the sizes are those in which these
// envelopes are sold). A sheet folded in three is 3 2/3 by 8 1/2 inches: lying on
// the lower edge, as mail does, it has its upper edge 33 points below the
// envelope's, and may slide up by as much and sideways by 72 points. What shows
// lying low is 147 to 228 points from the sheet's upper edge; the block stands on
// the lower end of that, so that the sheet may also slide up by as much as is
// free above it. Sideways, 63 to 315 points show wherever the sheet lies.
var USLetter = Paper{
	Name: "letter", width: 612, height: 792, left: 72, right: 612 - 72, top: 64, bottom: 722, footer: 752, topMark: 28, endMark: 774,
	windowTop: 147, windowBottom: 247, windowLeft: 63, windowRight: 315,
	addressLast: 222, // of seven lines, the first then has its head at 149 points
	belowWindow: 264,
}

// A4 is 210 by 297 millimetres, for the window of DIN 5008, form B: 45 by 85
// millimetres, 45 from the upper and 20 from the left edge of the sheet.
var A4 = Paper{
	Name: "a4", width: 595.28, height: 841.89, left: 71, right: 595.28 - 60, top: 64, bottom: 770, footer: 800, topMark: 28, endMark: 823,
	windowTop: 127.6, windowBottom: 255.1, windowLeft: 56.7, windowRight: 297.6,
	addressLast: 238, belowWindow: 276,
}

// ParsePaper returns the paper of a name; "" is US Letter.
func ParsePaper(name string) (Paper, error) {
	switch name {
	case "", "letter":
		return USLetter, nil
	case "a4":
		return A4, nil
	}
	return Paper{}, fmt.Errorf("unknown paper %q; use letter or a4", name)
}
