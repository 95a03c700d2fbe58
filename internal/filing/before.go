package filing

import (
	"foia/internal/logbook"
)

// fillBefore reads the requests that were made before, and who made them.
func fillBefore(in logbook.Reader, results []Result) error {
	for i := range results {
		if !results[i].Before {
			continue
		}
		r, err := in.Request(results[i].Request.ID)
		if err != nil {
			return err
		}
		events, err := in.Events(r.ID)
		if err != nil {
			return err
		}
		results[i].Request, results[i].First = r, events[0]
	}
	return nil
}

// firstEvents reads who made the letters that are there already. What is in a chunk
// was made by one command, as a rule, and a batch that goes on has a hundred thousand
// of them: its first and its last letter tell.
func firstEvents(in logbook.Reader, out []Outcome, there []int) error {
	for n, i := range there {
		if n > 0 && n < len(there)-1 {
			continue
		}
		events, err := in.Events(out[i].ID)
		if err != nil {
			return err
		}
		out[i].First = events[0]
	}
	return nil
}
