package calendar

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"foia/internal/pythontest"
)

// found is what a program finds in an event.
type found struct {
	UID, Day, Summary, Description, Status, Stamp, Class, Alarm string
	Sequence                                                    int
}

// wanted are the events of aCalendar.
func wanted() []found {
	return []found{
		{UID: "2026-0001.appeal.fee-waiver@5f0c2a9b41d7e863", Day: "2026-12-01", Summary: `Appeal, safe day: 2026-0001 a; b, c \ d`,
			Description: "one\ntwo\nthree[31m", Status: "CONFIRMED", Stamp: "20261123T091405Z", Alarm: "-P7D", Sequence: 2},
		{UID: "2026-0002.determination.2@5f0c2a9b41d7e863", Day: "2026-12-02",
			Summary:     "Agency’s determination: 2026-0002 \u2068طلب السجلات\u2069 §",
			Description: strings.Repeat("Überfällig · ", 30), Status: "CONFIRMED", Stamp: "20261124T091405Z", Sequence: 3},
		{UID: "2026-0003.fees@5f0c2a9b41d7e863", Day: "2026-12-03", Summary: "Answer on fees: 2026-0003",
			Description: strings.Repeat("😀", 60),
			Status:      "CANCELLED", Stamp: "20261125T091405Z", Class: "PRIVATE", Sequence: 4},
	}
}

const icalendarReader = `
import json, sys, icalendar
calendar = icalendar.Calendar.from_ical(open(sys.argv[1], "rb").read())
out = []
for e in calendar.walk("VEVENT"):
    if e.errors or e["DTSTART"].params.get("VALUE") != "DATE":
        sys.exit(str(e.errors))
    alarms = [a["TRIGGER"].to_ical().decode() for a in e.walk("VALARM")]
    out.append({"UID": e["UID"], "Day": e["DTSTART"].dt.isoformat(), "Summary": e["SUMMARY"], "Description": e["DESCRIPTION"],
        "Status": e["STATUS"], "Stamp": e["DTSTAMP"].to_ical().decode(), "Class": e.get("CLASS", ""), "Alarm": ",".join(alarms),
        "Sequence": e["SEQUENCE"]})
json.dump(out, sys.stdout)
`

// python3-icalendar finds in it what was put in.
func TestReadByICalendar(t *testing.T) {
	name := filepath.Join(t.TempDir(), "due.ics")
	if err := os.WriteFile(name, aCalendar(t), 0o600); err != nil {
		t.Fatal(err)
	}
	same(t, []byte(pythontest.Run(t, "icalendar", icalendarReader, name)))
}

const icalJSReader = `
import fs from "node:fs";
import ICAL from "ical.js";
const calendar = new ICAL.Component(ICAL.parse(fs.readFileSync(process.argv[2], "utf8")));
console.log(JSON.stringify(calendar.getAllSubcomponents("vevent").map(c => {
  const e = new ICAL.Event(c);
  if (!e.startDate.isDate) throw new Error("not a whole day");
  return {UID: e.uid, Day: e.startDate.toString(), Summary: e.summary, Description: e.description,
    Status: c.getFirstPropertyValue("status"),
    Stamp: c.getFirstPropertyValue("dtstamp").toICALString(), Class: c.getFirstPropertyValue("class") || "",
    Alarm: c.getAllSubcomponents("valarm").map(a => a.getFirstPropertyValue("trigger").toICALString()).join(","), Sequence: e.sequence};
})));
`

// So does ical.js, by which Thunderbird and Nextcloud read calendars. It is installed by
// npm ci --prefix internal/calendar/testdata/icaljs.
func TestReadByICALJS(t *testing.T) {
	const folder = "testdata/icaljs"
	_, missing := os.Stat(filepath.Join(folder, "node_modules", "ical.js"))
	if _, err := exec.LookPath("node"); err != nil || missing != nil {
		const what = "ical.js is not installed: apt-get install npm, then npm ci --prefix internal/calendar/testdata/icaljs"
		if os.Getenv("FOIA_CI") != "" {
			t.Fatal(what)
		}
		t.Skip(what)
	}
	name := filepath.Join(t.TempDir(), "due.ics")
	if err := os.WriteFile(name, aCalendar(t), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("node", "--input-type=module", "-", name)
	cmd.Dir = folder
	cmd.Stdin, cmd.Stderr = strings.NewReader(icalJSReader), os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	same(t, out)
}

func same(t *testing.T, out []byte) {
	t.Helper()
	var got []found
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	if !reflect.DeepEqual(got, wanted()) {
		t.Errorf("got\n%+v\nwant\n%+v", got, wanted())
	}
}
