package main

import (
	"strings"

	"foia/internal/filing"
	"foia/internal/letter"
)

// unknownRequest says that the log has no such request, and which ones are near.
func unknownRequest(id string, ids []string) error {
	remedy := "see all requests: foia log"
	if near := letter.Nearest(id, ids, 3); len(near) > 0 {
		remedy = "did you mean " + strings.Join(near, ", ") + "? " + strings.ToUpper(remedy[:1]) + remedy[1:]
	}
	return &filing.Misuse{What: "the log has no request " + id, Remedy: remedy}
}

// unknownEvent says that no such event can be recorded, and which ones are near.
func unknownEvent(event string) error {
	remedy := "see all events: foia record --help"
	if near := letter.Nearest(event, kinds(), 3); len(near) > 0 {
		remedy = "did you mean " + strings.Join(near, ", ") + "? " + strings.ToUpper(remedy[:1]) + remedy[1:]
	}
	return &filing.Misuse{What: "“" + event + "” is not an event you can record", Remedy: remedy}
}
