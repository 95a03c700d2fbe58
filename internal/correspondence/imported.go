package correspondence

import "foia/internal/docket"

// takenOver says of a letter about a request from another tracker what it rests on.
func takenOver(r docket.Request) []string {
	if !r.Imported() {
		return nil
	}
	return []string{"the request was taken over from another tracker, and its letter is not here: where this letter names or encloses " +
		"it, compare it with your copy, and enclose that"}
}
