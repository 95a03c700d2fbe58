package main

import (
	"foia/internal/entered"
	"foia/internal/remedy"
)

// unknownRequest says that the log has no such request, and which ones are near.
func unknownRequest(id string, ids []string) error {
	return remedy.Misuse("the log has no request "+id, remedy.DidYouMean(entered.Nearest(id, ids, 3), "see all requests: foia log"))
}

// unknownEvent says that no such event can be recorded, and which ones are near.
func unknownEvent(event string) error {
	return remedy.Misuse("“"+event+"” is not an event you can record",
		remedy.DidYouMean(entered.Nearest(event, kinds(), 3), "see all events: foia record --help"))
}
