package docket

import "strconv"

// GoesOut are the frozen files of the letter that an event says was sent: of the request as it
// stands, or of one of its further letters; none, if the event sends no letter that foia made.
func GoesOut(r Request, events []Event, e Event) ([]Document, error) {
	switch number := e.Data["letter"]; {
	case number == "" && e.Kind == Sent:
		return r.Documents, nil
	case number != "" && e.sends():
		for _, made := range events {
			if made.Kind == LetterMade && strconv.Itoa(made.Seq) == number {
				return made.Files()
			}
		}
	}
	return nil, nil
}
