package pdf

// Sizes of type and the distances that go with them, in points (1/72 inch).
const (
	bodySize    = 11.0
	headSize    = 11.5
	nameSize    = 14.0
	smallSize   = 9.5
	addressSize = 10.5
	addressLead = 11.6
	itemIndent  = 22.0
)

// spacing is what stands between the lines of the running text.
type spacing struct {
	leading float64 // from one baseline to the next
	more    float64 // by how much the text goes on below the usual last line
	gaps    [gaps]float64
}

// gap is the room before a line, more than the leading.
type gap int

const (
	noGap gap = iota
	paragraphGap
	headingGap
	bulletGap  // before an item of a list without numbers
	insideGap  // between the paragraphs of an item
	greetGap   // before the salutation
	closingGap // before "Sincerely,"
	signingGap // room to sign
	listGap    // before the enclosures
	gaps
)

// A letter is set in the usual spacing; if that leaves only a few lines for the
// last page, in the first of the closer ones that takes them in.
var (
	usual = spacing{leading: 13.8,
		gaps: [gaps]float64{paragraphGap: 6, headingGap: 11, bulletGap: 3, insideGap: 2, greetGap: 10, closingGap: 12, signingGap: 40,
			listGap: 14}}
	closer = []spacing{
		{leading: 13.3, more: 4, gaps: [gaps]float64{paragraphGap: 5, headingGap: 9, bulletGap: 2.5, insideGap: 2, greetGap: 9,
			closingGap: 10, signingGap: 36, listGap: 12}},
		{leading: 12.9, more: 6, gaps: [gaps]float64{paragraphGap: 4, headingGap: 8, bulletGap: 2, insideGap: 1.5, greetGap: 8,
			closingGap: 9, signingGap: 34, listGap: 10}},
	}
)

// fewLines is the height of what a last page has to hold, at least, to be worth
// a page of its own, in points: the signature and six lines.
const fewLines = 150.0
