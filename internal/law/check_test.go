package law

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// zenith is the file of an invented law, in which nothing is wrong.
func zenith(t testing.TB) string {
	t.Helper()
	raw, err := os.ReadFile("testdata/us-zz.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// Nothing is wrong with the invented law of which the rows below each spoil a part.
func TestCheckZenith(t *testing.T) {
	p, faults := Check([]byte(zenith(t)), "testdata/us-zz.yaml", nil)
	if len(faults) > 0 || p == nil || p.Appeals[0].Windows[0].Days != 45 {
		t.Fatal(faults)
	}
}

// Nothing is wrong with the file that laws/README.md begins with.
func TestExampleInReadme(t *testing.T) {
	raw, err := os.ReadFile("laws/README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, text, begins := strings.Cut(string(raw), "```yaml\n")
	text, _, ends := strings.Cut(text, "   ```\n")
	if !begins || !ends {
		t.Fatal("there is no example")
	}
	p, faults := Check([]byte(text), "us-zz.yaml", nil)
	for _, f := range faults {
		t.Errorf("%v: %s", f, f.Remedy)
	}
	if p == nil || len(p.Appeals) != 2 || p.InShort() != "5 working days to acknowledge, 20 more after that" {
		t.Error("the example is not read as it is meant")
	}
}

// checkRows are faults of one kind each: what is changed in the example, and what is
// said of it. The line is that of the change, or the one given.
var checkRows = []struct {
	rule, old, new, field, says string
}{
	{"unknown-field", "deadline_days: 30", "deadline_day: 30", "appeals[0].deadline_day", "is no field of a law"},
	{"unknown-field", "confidence: high", "confidense: high", "confidense", "is no field of a law"},
	{"identity", "id: us-zz", "id: us-zy", "id", "named us-zz.yaml"},
	{"identity", "id: us-zz", "id: US-ZZ", "id", "lower-case"},
	{"identity", "id: us-zz", "id: us-federal", "id", "federal law"},
	{"identity", "id: us-zz\n", "", "id", "id is missing"},
	{"identity", "name: Zenith\n", "", "name", "name is missing"},
	{"identity", "law_name: Zenith Records Act\n", "", "law_name", "law_name is missing"},
	{"identity", "citation: Zen. Code §§ 1-101 to 1-120\n", "", "citation", "citation is missing"},
	{"identity", "custodian_title: Records Officer\n", "", "custodian_title", "custodian_title is missing"},
	{"identity", "short_name: ZRA\n", "", "short_name", "short_name is missing"},
	{"word", "kind: state", "kind: county", "kind", "“county”"},
	{"word", "standard: number", "standard: soon", "response.standard", "“soon”"},
	{"word", "residency: none, ", "", "requester.residency", "is missing"},
	{"word", "waiver: discretionary", "waiver: maybe", "fees.waiver", "“maybe”"},
	{"word", "confidence: high", "confidence: sure", "confidence", "“sure”"},
	{"number", "{days: 5, unit: business,", "{days: 5,", "response.stages[0]", "unit is missing"},
	{"number", "{days: 5, unit: business,", "{days: 5, unit: \"\",", "response.stages[0]", "unit is missing"},
	{"number", "{days: 5, unit: business,", "{days: 5, unit: fortnight,", "response.stages[0].unit", "“fortnight”"},
	{"number", "{days: 5, unit: business,", "{unit: business,", "response.stages[0]", "days is missing"},
	{"number", "{days: 5, unit: business,", "{days: 0, unit: business,", "response.stages[0].days", "is 0, which cannot be a time limit"},
	{"number", "{days: 5, unit: business,", "{days: -5, unit: business,", "response.stages[0].days", "is -5, which cannot be a time limit"},
	{"number", "{days: 5, unit: business,", "{days: 50000, unit: business,", "response.stages[0].days", "more than ten years"},
	{"number", "days: 30, unit: calendar, from: sent", "days: 30, from: sent", "duties[0]", "unit is missing"},
	{"number", "allowed: true, days: 10, unit: business", "allowed: true, days: 10", "extension", "extension.unit is missing"},
	{"number", "allowed: true, days: 10, unit: business", "allowed: true, unit: business", "extension", "extension.days is missing"},
	{"number", "deadline_unit: calendar\n    from: receipt", "from: receipt", "appeals[0]", "deadline_unit is missing"},
	{"number", "days: 45, unit: calendar", "days: 45", "appeals[0].windows[0]", "unit is missing"},
	{"number", "[email, fax], days: 1, unit: business", "[email, fax], days: 1", "arrivals[0]", "unit is missing"},
	{"number", "[email, fax], days: 1, unit: business", "[email, fax], unit: business", "arrivals[0]", "days is missing"},
	{"stage", "duty: acknowledge", "duty: answer", "response.stages[0].duty", "“answer”"},
	{"stage", "duty: acknowledge, ", "", "response.stages[0].duty", "is missing"},
	{"stage", "{stage: 0, from: receipt}", "{stage: 0, from: receipt, duty: ignore}", "use.clock[0].duty", "“ignore”"},
	{"clock", "{stage: 0, from: receipt}", "{stage: 7, from: receipt}", "use.clock[0].stage", "stage 7, which is not there"},
	{"clock", "{stage: 0, from: receipt}", "{stage: -1, from: receipt}", "use.clock[0].stage", "stage -1, which is not there"},
	{"clock", "{stage: 1, from: acknowledgment", "{stage: 0, from: acknowledgment", "use.clock[1].stage", "stage 0 twice"},
	{"clock", "  clock:\n    - {stage: 0, from: receipt}\n    - {stage: 1, from: acknowledgment, extend: true}\n", "", "use",
		"nothing is counted"},
	{"clock-start", "{stage: 0, from: receipt}", "{stage: 0, from: sending}", "use.clock[0].from", "“sending”"},
	{"clock-start", "{stage: 0, from: receipt}", "{stage: 0}", "use.clock[0].from", "is missing"},
	{"clock-start", "    - {stage: 0, from: receipt}\n    - {stage: 1, from: acknowledgment,", "    - {stage: 1, from: acknowledgment-due,",
		"use.clock[0].from", "no acknowledgment is counted"},
	{"clock-start", "    - {stage: 0, from: receipt}\n    - {stage: 1, from: acknowledgment, extend: true}\n",
		"    - {stage: 0, from: determination}\n", "use.clock[0].from", "no decision is counted"},
	{"clock-start", "{stage: 1, from: acknowledgment", "{stage: 1, from: receipt", "use.clock[1].from",
		"the stage runs from acknowledgment"},
	{"clock-fact", "unverified_fields: [fees.search]", "unverified_fields: [response.stages]", "use.clock[0]",
		"stage 0, which is unverified"},
	{"clock-fact", "{days: 5, unit: business,", "{days: 5, unit: hour,", "use.clock[0]", "stage 0, which has no number with a unit"},
	{"extension", "unverified_fields: [fees.search]", "unverified_fields: [extension]", "use.clock[1].extend",
		"an extension that is unverified"},
	{"extension", "allowed: true, days: 10, unit: business", "allowed: true", "use.clock[1].extend", "an extension that has no number"},
	{"extension", "allowed: true, days: 10", "allowed: false, days: 10", "extension.days", "is not allowed"},
	{"route", "kind: administrative", "kind: magic", "appeals[0].kind", "“magic”"},
	{"route", "against: [denial, partial, silence]", "against: [denial, boredom, silence]", "appeals[0].against[1]", "“boredom”"},
	{"route", "    from: receipt\n", "    from: noon\n", "appeals[0].from", "“noon”"},
	{"route", "from: answer-due", "from: noon", "appeals[0].windows[0].from", "“noon”"},
	{"route", "encloses: [request, answer]", "encloses: [request, cash]", "appeals[0].encloses[1]", "“cash”"},
	{"route", "    form: Form ZRA-2, on the Attorney General's website\n", "", "appeals[0].form_required",
		"wants a form that it does not name"},
	{"route", "    to: head of the agency\n", "", "appeals[0]", "to is missing"},
	{"route", "{id: ombudsman,", "{id: court,", "appeals[2].id", "two routes have the id court"},
	{"route", "{id: ombudsman,", "{id: The Ombudsman,", "appeals[2].id", "lower-case"},
	{"route-order", "excludes: [court]", "excludes: [ombudsman]", "appeals[2].excludes[0]", "names the route itself"},
	{"route-order", "excludes: [court]", "excludes: [senate]", "appeals[2].excludes[0]", "“senate”, which is not there"},
	{"route-order", "first: [review]", "first: [senate]", "appeals[1].first[0]", "“senate”, which is not there"},
	{"route-order", "first: [review]", "first: [court]", "appeals[1].first[0]", "names the route itself"},
	{"route-order", "first: [review]", "first: [review], excludes: [review]", "appeals[1].excludes[0]",
		"must be gone after review and closes it"},
	{"route-order", "    kind: administrative", "    kind: administrative\n    first: [court]", "appeals[0].first", "before itself"},
	{"route-order", "first: [review], ", "", "appeals[1].from", "no route comes before"},
	{"route-order", "from: answer-due", "from: last-review", "appeals[0].windows[0].from", "no route comes before"},
	{"route-window", "{against: [silence], days: 45", "{against: [silence, silence], days: 45", "appeals[0].windows[0].against",
		"two windows of appeals[0] are against silence"},
	{"route-window", "{against: [silence], days: 45", "{against: [fees], days: 45", "appeals[0].windows[0].against",
		"is against fees, which its route is not"},
	{"route-window", "{against: [silence], days: 45", "{days: 45", "appeals[0].windows[0].against", "is missing"},
	{"route-window", "{against: [silence], days: 45", "{against: [denial, partial, silence], days: 45", "appeals[0].deadline_days",
		"has deadline_days and windows, both against denial, partial, silence"},
	{"route-order", "also_after: [review]", "also_after: [reviews]", "appeals[2].also_after[0]",
		"names the route “reviews”, which is not there"},
	{"route-order", "also_after: [review]", "also_after: [ombudsman]", "appeals[2].also_after[0]", "names the route itself"},
	{"route-order", "first: [review], longer", "first: [review], also_after: [review], longer", "appeals[1].also_after[0]",
		"must be gone before appeals[1], and need not"},
	{"route", "    silence: counts as a denial\n", "", "appeals[0].silence_decides", "does not say what it means"},
	{"route-window", "no_time: true, cite: § 1-113", "no_time: true, no_bar: true, cite: § 1-113", "appeals[2].no_bar",
		"has a time that is no bar, and no time"},
	{"route-window", "    deadline_days: 30\n", "    deadline_days: 30\n    no_time: true\n", "appeals[0].no_time",
		"has a time and says that there is none"},
	{"route-window", "{days: 1, unit: year, if", "{days: 1, unit: month, if", "appeals[1].longer", "no longer than deadline_days"},
	{"route-window", "if: the review gave no notice of it, ", "", "appeals[1].longer", "longer.if is missing"},
	{"number", "{days: 1, unit: year, if", "{unit: year, if", "appeals[1].longer", "appeals[1].longer.days is missing"},
	{"number", "{days: 1, unit: year, if", "{days: 1, unit: decade, if", "appeals[1].longer.unit", "“decade”"},
	{"stop", "by: question", "by: weather", "stops[0].by", "“weather”"},
	{"stop", "does: pauses", "does: naps", "stops[0].does", "“naps”"},
	{"stop", "most: 1", "most: -1", "stops[0].most", "is -1"},
	{"stop", "stops:\n", "stops:\n  - {by: question, does: runs, says: x}\n", "stops[1].by", "two stops are by question"},
	{"stop", "{on: fees", "{on: lunch", "duties[0].on", "“lunch”"},
	{"stop", "from: sent", "from: noon", "duties[0].from", "“noon”"},
	{"last-day", "moves: true, cite: § 1-102", "moves: true", "last_day", "last_day.cite is missing"},
	{"arrival", "by: [email, fax]", "by: [email, pigeon]", "arrivals[0].by[1]", "“pigeon”"},
	{"arrival", "{by: [email, fax], days: 1", "{days: 1", "arrivals[0].by", "is missing"},
	{"sentence", "    rests: [\"appeals[0]\"]\n", "", "use.appeal", "rests is missing"},
	{"sentence-field", "rests: [\"appeals[0]\"]", "rests: [\"appeals[0]\", \"appeals[9]\"]", "use.appeal.rests[1]",
		"appeals[9], which this law does not have"},
	{"sentence-field", "rests: [\"appeals[0]\"]", "rests: [\"appeals[0]\", fees.search]", "use.appeal.rests[1]",
		"fees.search, which is unverified"},
	{"sentence-slot", "{appeals[0].deadline_days}", "{appeals[2].deadline_days}", "use.appeal.says", "a slot that nothing fills"},
	{"sentence-slot", "{appeals[0].deadline_days}", "{appeals[9].deadline_days}", "use.appeal.says", "a slot that nothing fills"},
	{"sentence-slot", "{appeals[0].deadline_days}", "{days}", "use.appeal.says", "a slot that nothing fills"},
	{"sentence-number", "section 1-104.", "section 1-119.", "use.deadline.says", "says 119, which is in no field"},
	{"sentence-number", "within twenty more days", "within fifteen more days", "use.deadline.says", "“fifteen more days”"},
	{"source", "    as_of: \"2026\"\n", "", "sources[0]", "as_of is missing"},
	{"source", "    accessed: \"2026-11-28\"\n", "", "sources[0].accessed", "does not say when it was read"},
	{"source", "grade: statute", "grade: hearsay", "sources[0].grade", "“hearsay”"},
	{"source", "    ref: \"https://example.org/zenith/code/title-1\"\n", "", "sources[0]", "ref is missing"},
	{"source", "[deadline, extension,", "[deadlines, extension,", "sources[0].supports[0]", "neither a topic nor a field"},
	{"support", "grade: statute", "grade: dataset", "response.stages[0].days", "no statute, official or secondary page"},
	{"support", "[deadline, extension, appeal,", "[deadline, extension,", "appeals[0].deadline_days",
		"no statute, official or secondary page"},
	{"unverified", "unverified_fields: [fees.search]", "unverified_fields: [fees.search, fees.lunch]", "unverified_fields[1]",
		"fees.lunch, which this law does not have"},
	{"unverified", "unverified_fields: [fees.search]", "unverified_fields: [\"appeals[9]\"]", "unverified_fields[0]",
		"appeals[9], which this law does not have"},
	{"unverified", "unverified_fields: [fees.search]", "tertiary_only_fields: [fees.lunch]", "tertiary_only_fields[0]", "fees.lunch"},
	{"unreadable", "days: 5, unit: business", "days: five, unit: business", "", "expected a whole number, found text"},
	{"unreadable", "id: us-zz", "id: us-zz\nid: us-zz", "", "appears twice"},
}

// Each fault is found by its rule, with its field.
func TestCheckFinds(t *testing.T) {
	text := zenith(t)
	for _, row := range checkRows {
		if strings.Count(text, row.old) != 1 {
			t.Errorf("%q is %d times in the example", row.old, strings.Count(text, row.old))
			continue
		}
		changed := strings.Replace(text, row.old, row.new, 1)
		_, faults := Check([]byte(changed), "testdata/us-zz.yaml", nil)
		i := slices.IndexFunc(faults, func(f Fault) bool {
			return f.Rule == row.rule && f.Field == row.field && strings.Contains(f.What, row.says)
		})
		if i < 0 {
			t.Errorf("%s: %q for %q is not found; found %+v", row.rule, row.new, row.old, faults)
			continue
		}
		if f := faults[i]; f.Line < 1 || f.Remedy == "" || !strings.Contains(f.Error(), "(testdata/us-zz.yaml:") {
			t.Errorf("%s: %+v lacks line, remedy or file", row.rule, f)
		}
	}
}

// Every rule has a row that it finds.
func TestEveryRuleIsTried(t *testing.T) {
	for _, r := range lawRules {
		if !slices.ContainsFunc(checkRows, func(row struct{ rule, old, new, field, says string }) bool { return row.rule == r.name }) {
			t.Errorf("no row tries %s", r.name)
		}
	}
}

// What is wrong is said in the order of the file, each with its own line.
func TestCheckSaysAll(t *testing.T) {
	text := strings.NewReplacer("kind: state", "kind: county", "by: question", "by: weather", "confidence: high",
		"confidense: high").Replace(zenith(t))
	_, faults := Check([]byte(text), "us-zz.yaml", nil)
	var got []string
	for _, f := range faults {
		line := strings.Split(text, "\n")[f.Line-1]
		got = append(got, f.Rule+" "+strings.TrimSpace(line[:min(len(line), 17)]))
	}
	want := []string{"word kind: county", "stop - {by: weather,", "unknown-field confidense: high"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

// How an extension is counted that has no number is a fault too.
func TestTotalOfNothing(t *testing.T) {
	text := strings.NewReplacer("days: 10, unit: business, cite: § 1-106", "cite: § 1-106", ", extend: true", "", "use:\n",
		"use:\n  total: true\n").Replace(zenith(t))
	if _, faults := Check([]byte(text), "us-zz.yaml", nil); len(faults) != 1 || faults[0].Field != "use.total" {
		t.Error(faults)
	}
}

// A unit that nobody knows is no fault where the file says so.
func TestUnknownUnit(t *testing.T) {
	text := strings.NewReplacer("    deadline_unit: calendar\n    from: receipt", "    from: receipt", "[fees.search]",
		`[fees.search, "appeals[0].deadline_unit"]`,
		`    rests: ["appeals[0]"]`, `    rests: ["appeals[0].to", "appeals[0].deadline_days"]`).Replace(zenith(t))
	if _, faults := Check([]byte(text), "us-zz.yaml", nil); len(faults) > 0 {
		t.Error(faults)
	}
}

// A file that is no law's is refused before it takes time.
func TestCheckBounds(t *testing.T) {
	for want, text := range map[string]string{
		"the file is larger than 256 KB":                "response: {text: " + strings.Repeat("x", mostBytes) + "}",
		"a list has more than 200 entries":              "use: {deadline: {rests: [" + strings.Repeat("x,", 201) + "]}}",
		"expected a list, found text":                   "appeals: x",
		"the key \"id\" appears twice, first on line 1": "id: a\nid: b",
	} {
		p, faults := Check([]byte(text), "us-zz.yaml", nil)
		if p != nil || len(faults) != 1 || faults[0].What != want || faults[0].Line < 1 {
			t.Errorf("%s: %+v", want, faults)
		}
	}
}

// Whatever a stranger's file holds, it is read or refused, with the line; what is not
// refused can be asked for all that letters and lists ask.
func FuzzParseRecords(f *testing.F) {
	f.Add(zenith(f))
	for _, text := range []string{"", "id: us-zz", "use: {deadline: {says: '{stages[9].days}', rests: ['a[1].b', '']}}",
		"unverified_fields: ['appeals[99999999999999999999]', '.', '[]']",
		"appeals: [{id: a, first: [b]}, {id: b, first: [a]}]", "a: &x [1]\nb: *x", "use: {clock: [{stage: -1}]}",
		"last_day: null\nuse: {who: null}"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, faults := Check([]byte(text), "us-zz.yaml", nil)
		for _, fault := range faults {
			if fault.Line < 1 || fault.Line > strings.Count(text, "\n")+1 || fault.What == "" || fault.Remedy == "" {
				t.Errorf("%+v", fault)
			}
		}
		if p == nil || len(faults) > 0 {
			return
		}
		out, err := records(t).With([]OwnFile{{Name: "laws/us-zz.yaml", Text: []byte(text)}})
		if err != nil {
			t.Fatal(err)
		}
		own, _ := out.Law("us-zz")
		if own.Title() == "" || own.Cite() == "" || !own.Regime().Known() || own.InShort() == "" {
			t.Errorf("%+v", own)
		}
	})
}
