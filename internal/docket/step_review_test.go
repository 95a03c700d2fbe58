package docket

import (
	"strings"
	"testing"

	"foia/internal/remedy"
	"foia/internal/workday"
)

// What foia next proposes under the laws of states and countries, step by step.
func TestNextUnderLaws(t *testing.T) {
	const sent = "2026-09-01 drafted\n2026-09-01 sent by=email"
	for _, row := range []struct{ law, events, on, what, act string }{
		// No number of days: the question, then the paper that the law has before a suit.
		{"us-fl", "", "2026-10-01", "ask for the status", "make 2025-0001 status"},
		{"us-fl", "2026-10-05 reminded by=email", "2026-10-20", "wait", ""},
		{"us-fl", "2026-10-05 reminded by=email", "2026-11-05", "written notice before a suit", "make 2025-0001 notice"},
		{"us-oh", "2026-10-05 reminded by=email", "2026-11-05", "complaint to the public office", "make 2025-0001 notice"},
		{"us-oh", "2026-10-05 reminded by=email\n2026-11-06 letter-made letter=notice of=silence\n2026-11-06 sent letter=4 by=mail",
			"2026-11-09", "wait", ""},
		// A court only: a last letter, then the points for a lawyer, then nothing more to write.
		{"us-ca", "2026-09-08 determination outcome=denied", "2026-09-09", "a last time before a suit", "make 2025-0001 notice"},
		{"us-ca", "2026-09-08 determination outcome=denied\n2026-09-10 letter-made letter=notice\n2026-09-10 letter-sent letter=4 by=email",
			"2026-09-11", "go to court: Superior court", "make 2025-0001 counsel"},
		{"us-ca", "2026-09-08 determination outcome=denied\n2026-09-10 letter-made letter=notice\n2026-09-10 letter-sent letter=4 " +
			"by=email\n2026-09-11 letter-made letter=counsel", "2026-09-14", "talk to a lawyer", ""},
		// A reviewer: MCL 15.240(1)(a) before the court's 180 days; an official form; internal review, then the Commissioner.
		{"us-mi", "2026-09-08 determination outcome=partial", "2026-09-09", "Head of the public body", "make 2025-0001 appeal"},
		{"us-nj", "2026-09-08 determination outcome=denied", "2026-09-09", "Government Records Council", "make 2025-0001 form"},
		{"gb", "2026-09-08 determination outcome=denied", "2026-09-09", "Internal review", "make 2025-0001 appeal"},
		{"gb", "2026-09-08 determination outcome=denied\n2026-09-10 appealed by=email of=determination\n2026-10-01 appeal-decided " +
			"outcome=affirmed", "2026-10-02", "Information Commissioner", "make 2025-0001 appeal"},
		{"us-tx", "2026-09-10 ruling-requested", "2026-09-11", "write to the authority", "make 2025-0001 comments"},
		{"us-tx", "2026-09-10 fee-notice amount=480", "2026-09-11", "answer on fees", "make 2025-0001 fee-reply"},
		{"us-tx", "2026-09-10 fee-notice amount=480\n2026-09-11 fee-answered answer=agreed by=email", "2026-09-12", "wait", ""},
	} {
		var events []Event
		for i, line := range strings.Split(strings.TrimSpace(sent+"\n"+row.events), "\n") {
			e := anEventOf(t, i+1, line)
			if e.Kind == Sent && e.Data["letter"] != "" { // as it is recorded
				e.Kind, e.Data["of"] = Appealed, "silence"
			}
			events = append(events, e)
		}
		r := Request{ID: "2025-0001", Law: row.law, OfficeID: "described", Via: "email", Template: "public-records",
			Created: workday.MustDate("2026-09-01"), Facts: map[string]string{}}
		day := workday.MustDate(row.on)
		step := Next(r, Fold(r, events, basis(t)).Brief(), day)
		if !strings.Contains(step.What, row.what) || !strings.Contains(remedy.Plain(step.Act.String()), row.act) || row.act == "" &&
			step.Act.Verb == remedy.Make {
			t.Errorf("%s on %s after %q: %+v", row.law, row.on, row.events, step)
		}
	}
}
