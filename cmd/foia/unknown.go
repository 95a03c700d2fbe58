package main

import (
	"strings"

	"foia/internal/letter"
	"foia/internal/remedy"
)

// unknownRequest says that the log has no such request, and which ones are near.
func unknownRequest(id string, ids []string) error {
	do := "see all requests: foia log"
	if near := letter.Nearest(id, ids, 3); len(near) > 0 {
		do = "did you mean " + strings.Join(near, ", ") + "? " + strings.ToUpper(do[:1]) + do[1:]
	}
	return remedy.Misuse("the log has no request "+id, do)
}

// unknownEvent says that no such event can be recorded, and which ones are near.
func unknownEvent(event string) error {
	do := "see all events: foia record --help"
	if near := letter.Nearest(event, kinds(), 3); len(near) > 0 {
		do = "did you mean " + strings.Join(near, ", ") + "? " + strings.ToUpper(do[:1]) + do[1:]
	}
	return remedy.Misuse("“"+event+"” is not an event you can record", do)
}
