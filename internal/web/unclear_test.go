package web

import (
	"regexp"
	"strings"
	"testing"

	"foia/internal/docket"
	"foia/internal/logbook"
)

// A letter that may have gone out by e-mail, or not, stands on Today, in the log and with its request, and in the list by its address.
func TestMayBeSent(t *testing.T) {
	w := folder(t, 30)
	d := open(t, w)
	found := regexp.MustCompile(`(?m)^"?(\d{4}-\d+)`).FindStringSubmatch(d.get("/requests.csv?open=yes"))
	if found == nil {
		t.Fatal("no request is open")
	}
	id := found[1]
	book := logbook.New(w, logbook.Writer{By: "ana", Today: today, Now: "2026-11-23T12:00:00Z"})
	err := book.Holding(t.Context(), false, func() error {
		return book.Write(t.Context(), func(turn *logbook.Turn) error {
			_, err := turn.AddEvent(docket.Event{Request: id, Kind: docket.Sending, On: today,
				Data: map[string]string{"recipient": "foia@agency.example.gov"}})
			return err
		})
	})
	if err == nil {
		err = book.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	for path, has := range map[string]string{"/": "Sent or not? Only you can find out", "/log": "no answer is in the log",
		"/r/" + id: "find out whether the e-mail", "/requests?place=sent-or-not": id} {
		if text := strings.ToLower(d.get(path)); !strings.Contains(text, strings.ToLower(has)) || !strings.Contains(text, id) {
			t.Errorf("%s does not say it of %s: %q", path, id, has)
		}
	}
	if text := d.get("/log"); !strings.Contains(text, "foia send "+id) {
		t.Error("the log does not say what to do")
	}
}
