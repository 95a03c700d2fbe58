package correspondence

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"foia/internal/agency"
	"foia/internal/docket"
	"foia/internal/letter"
	"foia/internal/logbook"
	"foia/internal/longtest"
	"foia/internal/pdf/pdftest"
	"foia/internal/press"
	"foia/internal/press/presstest"
	"foia/internal/remedy"
	"foia/internal/workday"
)

// The text of every letter of a life, as it appears in its golden file.
func TestGoldenLife(t *testing.T) {
	dir := t.TempDir()
	files := make([]pdftest.File, len(cases))
	t.Run("text", func(t *testing.T) { goldenLife(t, dir, files) })
	// Other programs read them, too.
	t.Run("pdf", func(t *testing.T) { pdftest.Check(t, longtest.Sample(presstest.ReadByPrograms, files)) })
}

func goldenLife(t *testing.T, dir string, files []pdftest.File) {
	read := longtest.Sample(presstest.ReadByPrograms, cases)
	for i, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			d := desk(t)
			c.live(t, d)
			made, err := d.Letter(t.Context(), c.followUp(d))
			var refused *press.Refused
			if errors.As(err, &refused) {
				t.Fatalf("%+v", refused.Letters)
			}
			if err != nil {
				t.Fatal(err)
			}
			ownWarnings(t, c, made.Findings)
			got, err := os.ReadFile(d.Workspace.Path(made.Request.Folder + "/" + made.Files[1].Name))
			if err != nil {
				t.Fatal(err)
			}
			if slices.ContainsFunc(read, func(r aCase) bool { return r.name == c.name }) {
				t.Run("pdf", func(t *testing.T) {
					presstest.ReadByOthers(t, d.Workspace.Path(made.Request.Folder+"/"+made.Files[0].Name),
						d.Workspace.Path(made.Request.Folder+"/"+made.Files[1].Name), made.Request.ID)
				})
			}
			files[i] = presstest.KeepPDF(t, d.Workspace, made.Request, made.Files, filepath.Join(dir, c.name+".pdf"))
			presstest.Golden(t, filepath.Join("testdata", "life", c.name+".md"), got)
			presstest.Sound(t, d.Workspace)
		})
	}
}

// A letter that would claim what is not so is refused, with the rule and the day
// from which it may go out.
func TestNotReady(t *testing.T) {
	for _, row := range []struct {
		kind, to, events, day string
		asks                  map[string]any
		why, hint             string
	}{
		{"status", "dhs-ice", portalSent, "2025-05-06", nil, "the agency has until May 6, 2025 (5 U.S.C. § 552(a)(6)(A)(i))",
			"you can send it starting Wednesday, May 7, 2025"},
		{"status", "treasury-irs", "2025-04-10 sent by=mail", "2025-09-01", nil,
			"no deadline is known: nothing shows when the agency received the request", "explain 2025-0001"},
		{"status", "treasury-do", portalSent + "\n2025-05-05 determination outcome=granted", "2025-09-01", nil,
			"the agency made its decision on May 5, 2025", "next"},
		// Offered only after the most lenient calendar: Christmas Eve and the day after Christmas of 2025 were closed by order.
		{"exhaustion", "treasury-do", "2025-12-10 sent by=portal", "2026-01-12", nil,
			"counted with every doubtful day in its favor, the agency has until January 13, 2026",
			"you can send it starting Wednesday, January 14, 2026"},
		{"completion-date", "dhs-ice", portalSent, "2025-04-30", nil, "counted with every doubtful day in its favor", "May 7, 2025"},
		{"appeal", "dhs-ice", portalSent, "2025-07-01", nil, "silence is not appealed", "record the decision"},
		{"appeal", "treasury-do", portalSent + "\n2025-05-05 determination outcome=denied exemptions=b5", "2025-08-04", nil,
			"the last day to appeal was August 3, 2025 (31 C.F.R. § 1.6(a))", "make a new request"},
		{"appeal", "treasury-do", portalSent + "\n2025-05-05 determination outcome=denied exemptions=b5\n2025-06-02 appealed by=mail",
			"2025-06-04", nil, "it was appealed on June 2, 2025", "see what comes next: next 2025-0001"},
		{"appeal", "treasury-do", portalSent + "\n2025-05-05 determination outcome=denied exemptions=b5\n2025-06-02 appealed by=portal",
			"2025-07-09", nil, "it was appealed on June 2, 2025", "make 2025-0001 appeal-status"},
		{"appeal-status", "treasury-do", portalSent + "\n2025-05-05 determination outcome=denied\n2025-06-02 appealed by=portal",
			"2025-07-01", nil, "the agency has until July 1, 2025", "you can send it starting Wednesday, July 2, 2025"},
		{"expedition-status", "dhs-ice", portalSent, "2025-07-01", nil, "expedited processing was not asked for",
			"make 2025-0001 expedition"},
		{"expedition-status", "dhs-ice", portalSent, "2025-04-18", expedited, "the agency has until April 18, 2025 (6 C.F.R. § 5.5(e)(4))",
			"April 19, 2025"},
		{"perfection", "treasury-irs", mailed, "2025-05-02", nil, "no letter from the agency calls the request deficient",
			"record 2025-0001 deficiency-notice"},
		{"clarification", "dhs-ice", portalSent + "\n2025-04-17 clarification-requested\n2025-05-01 clarification-answered", "2025-05-02",
			nil, "it was answered", "show"},
		{"extension-objection", "dhs-ice", portalSent + "\n2025-04-30 extended days=10 grounds=consultation", "2025-05-02", nil,
			"came in time, gives a date, names a ground", "scope"},
		{"liaison", "treasury-do", "2025-04-08 sent by=portal", "2025-06-02", nil, "takes up concerns after the agency’s first answer",
			"status"},
		{"ogis", "dhs-ice", portalSent, "2025-05-02", nil, "there is no dispute yet", "next"},
		{"thanks", "dhs-ice", portalSent, "2025-05-02", nil, "no release of records", "determination"},
	} {
		d := desk(t)
		c := aCase{to: row.to, asks: row.asks, events: row.events, day: row.day, kind: row.kind}
		c.live(t, d)
		_, err := d.Letter(t.Context(), c.followUp(d))
		var not *docket.NotReady
		if !errors.As(err, &not) || !strings.Contains(not.Error(), row.why) || !strings.Contains(remedy.Plain(not.Hint()), row.hint) {
			t.Errorf("%s on %s: %v; want %q, %q", row.kind, row.day, err, row.why, row.hint)
		}
		presstest.Sound(t, d.Workspace)
	}
}

// No second reminder within thirty days of one that was sent, nor for sixty days while
// the agency's own date lies ahead, unless asked. A letter that was made and not sent is
// asked after, and counts for nothing else.
func TestEtiquette(t *testing.T) {
	d := desk(t)
	c := aCase{to: "dhs-ice", events: portalSent, day: "2025-05-12", kind: "status"}
	c.live(t, d)
	if _, err := d.Letter(t.Context(), c.followUp(d)); err != nil {
		t.Fatal(err)
	}
	refused := func(day, kind, why, from, do string) {
		t.Helper()
		d.Today = workday.MustDate(day)
		_, err := d.Letter(t.Context(), aCase{kind: kind}.followUp(d))
		var not *docket.NotReady
		if !errors.As(err, &not) || !strings.Contains(not.Why, why) || not.When.String() != from ||
			remedy.Plain(not.Do) != do {
			t.Errorf("%s on %s: %v; want %q, from %s; do %q, want %q", kind, day, err, why, from, remedy.Plain(not.Do), do)
		}
	}
	const anyway = "or add again to send one anyway"
	var repeated *docket.Repeated
	if _, err := d.Letter(t.Context(), c.followUp(d)); !errors.As(err, &repeated) {
		t.Errorf("the same letter twice a day: %v", err)
	}
	refused("2025-05-14", "status", "letter 4 (status) was made on May 12, 2025, and the log does not say that it went out", "",
		"record that first: record 2025-0001 sent letter 4 on DATE; or add again to make another")
	record := func(kind docket.Kind, data map[string]string) {
		t.Helper()
		if _, err := record(t.Context(), d,
			logbook.Entry{Request: "2025-0001", Event: docket.Event{Kind: kind, On: d.Today, Data: data}}); err != nil {
			t.Fatal(err)
		}
	}
	record(docket.Sent, map[string]string{"letter": "4", "by": "email"})
	refused("2025-06-10", "completion-date", "you asked on May 14, 2025; a reminder before June 13, 2025", "2025-06-13", anyway)
	again := aCase{kind: "completion-date"}.followUp(d)
	again.Again = true
	if _, err := d.Letter(t.Context(), again); err != nil {
		t.Errorf("asked all the same: %v", err)
	}
	record(docket.Estimated, map[string]string{"until": "2025-07-30"})
	refused("2025-07-30", "exhaustion", "the agency gave July 30, 2025 as its own date", "2025-07-31", anyway)
	record(docket.Estimated, map[string]string{"until": "2026-09-30"})
	refused("2025-08-01", "exhaustion", "the agency gave September 30, 2026 as its own date", "2025-09-28", anyway)
	// What is no reminder goes out.
	if _, err := d.Letter(t.Context(), aCase{kind: "preservation"}.followUp(d)); err != nil {
		t.Error(err)
	}
	presstest.Sound(t, d.Workspace)
}

// A decision without exemptions cannot be appealed by an empty letter: one on another
// ground needs the reasons, and one that grants what was asked needs what is missing.
func TestAppealNeedsReasons(t *testing.T) {
	d := desk(t)
	c := aCase{to: "treasury-do", events: portalSent + "\n2025-05-05 determination outcome=improper", day: "2025-05-12", kind: "appeal"}
	c.live(t, d)
	var missing *letter.Missing
	if _, err := d.Letter(t.Context(), c.followUp(d)); !errors.As(err, &missing) || missing.Fields[0].Name != "reasons" {
		t.Errorf("an appeal without a reason: %v", err)
	}
	presstest.Sound(t, d.Workspace)
	d = desk(t)
	c.events = portalSent + "\n2025-05-05 determination outcome=granted"
	c.live(t, d)
	var problem *letter.Problem
	if _, err := d.Letter(t.Context(), c.followUp(d)); !errors.As(err, &problem) || problem.Field != "reasons" {
		t.Errorf("an appeal from a grant that lacks nothing: %v", err)
	}
	presstest.Sound(t, d.Workspace)
}

// A letter on an older request claims what held for that request, and nothing that
// came later: foreseeable harm and the 90 days to appeal hold for requests made after
// June 30, 2016 (Pub. L. 114-185), the limits on tolling and on fees for those filed on
// or after December 31, 2008 (Pub. L. 110-175).
func TestLettersThen(t *testing.T) {
	const sent2012 = "2012-03-05 sent by=fax\n2012-03-06 acknowledged received=2012-03-05 tracking=12-F-1"
	const sent2008 = "2008-03-05 sent by=fax\n2008-03-06 acknowledged received=2008-03-05 tracking=08-F-1"
	for _, c := range []struct {
		aCase
		says, not []string
	}{
		{aCase{name: "appeal", kind: "appeal", to: "epa-hq", made: "2012-03-05", day: "2012-06-04",
			events:  sent2012 + "\n2012-05-15 determination outcome=denied exemptions=b5",
			address: "Appeals Officer, 1 Example Street, Washington, DC 20000"},
			[]string{"Any reasonably segregable portion"}, []string{"foreseeabl", "reasonably foresees", "(III)(aa)"}},
		{aCase{name: "scope", kind: "scope", to: "epa-hq", made: "2012-03-05", day: "2012-06-04",
			events:  sent2012 + "\n2012-03-20 extended days=30 grounds=voluminous",
			answers: letter.Answers{"offer": "Leave out drafts.", "first": "Item 1.", "by": "2012-06-30"}},
			[]string{"I offer this:"}, []string{"(a)(6)(B)(ii)"}},
		{aCase{name: "objection", kind: "extension-objection", to: "epa-hq", made: "2012-03-05", day: "2012-04-04",
			events: sent2012 + "\n2012-03-20 extended days=30 grounds=voluminous"},
			[]string{"more than ten working days, 5 U.S.C."}, []string{"Office of Government Information Services"}},
		{aCase{name: "fees", kind: "fee-reply", to: "epa-hq", made: "2012-03-05", day: "2012-06-08",
			events:  sent2012 + "\n2012-06-01 fee-notice amount=300",
			answers: letter.Answers{"fee_answer": "contest", "category_claim": "media"}},
			[]string{"may not assess search fees", "(a)(4)(A)(viii). "}, []string{"(viii)(I)", "(viii)(II)"}},
		{aCase{name: "fees of 2008", kind: "fee-reply", to: "epa-hq", made: "2008-03-05", day: "2008-06-06",
			events:  sent2008 + "\n2008-06-02 fee-notice amount=300",
			answers: letter.Answers{"fee_answer": "contest", "category_claim": "media"}},
			[]string{"I do not agree to these fees"}, []string{"may not assess search fees", "20-day period stands still"}},
		{aCase{name: "question of 2008", kind: "clarification", to: "epa-hq", made: "2008-03-05", day: "2008-03-20",
			events: sent2008 + "\n2008-03-18 clarification-requested", answers: letter.Answers{"answer": "The years are 2006 and 2007."}},
			[]string{"The years are 2006 and 2007."}, []string{"stood still"}},
		{aCase{name: "exhaustion of 2008", kind: "exhaustion", to: "epa-hq", made: "2008-03-05", day: "2008-06-06", events: sent2008},
			[]string{"20 working days"}, []string{"search fees"}},
		{aCase{name: "status of 2008", kind: "status", to: "epa-hq", made: "2008-03-05", day: "2008-06-06", events: sent2008},
			[]string{"estimated date"}, []string{"552(a)(7)"}},
		{aCase{name: "interest of 1997", kind: "still-interested", to: "epa-hq", made: "1997-06-04", day: "1997-08-04",
			events: "1997-06-04 sent by=fax\n1997-07-28 still-interested-asked"}, []string{"10 working days", "June 18, 1997"},
			[]string{"20 working days"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := desk(t)
			c.live(t, d)
			follow := c.followUp(d)
			follow.Via = agency.Mail
			follow.Force = "the office of that day is not in the directory"
			made, err := d.Letter(t.Context(), follow)
			if err != nil {
				t.Fatal(err)
			}
			raw, err := os.ReadFile(d.Workspace.Path(made.Request.Folder + "/" + made.Files[1].Name))
			if err != nil {
				t.Fatal(err)
			}
			text := strings.Join(strings.Fields(strings.ReplaceAll(string(raw), "\\", "")), " ")
			for _, want := range c.says {
				if !strings.Contains(text, want) {
					t.Errorf("it does not say %q:\n%s", want, text)
				}
			}
			for _, wrong := range c.not {
				if strings.Contains(text, wrong) {
					t.Errorf("it says %q:\n%s", wrong, text)
				}
			}
		})
	}
}

// A letter that would have to cite what is not known of its day is an error that says so.
func TestLetterUnknownThen(t *testing.T) {
	d := desk(t)
	c := aCase{kind: "exhaustion", to: "epa-hq", made: "1997-06-04", day: "1997-08-04", events: "1997-06-04 sent by=fax"}
	c.live(t, d)
	_, err := d.Letter(t.Context(), c.followUp(d))
	if err == nil || !strings.Contains(err.Error(), "the letter cites a rule on “venue”, and foia knows the law on this only for "+
		"requests made after October 1, 1997") {
		t.Errorf("%v", err)
	}
	presstest.Sound(t, d.Workspace)
}

// Letters that one office may get within weeks do not read alike: each kind has its own
// opening, and no two share as many as sixty words in a row.
func TestLettersDoNotRepeat(t *testing.T) {
	text := map[string][]string{}
	for _, c := range []aCase{
		{kind: "status"}, {kind: "completion-date"}, {kind: "exhaustion"}, {kind: "preservation"},
		{kind: "scope", answers: letter.Answers{"offer": "You may leave out attachments."}},
		{kind: "liaison", answers: letter.Answers{"concern": "A date for item 1 would settle it."}}, {kind: "referral"}, {kind: "rolling"},
		{kind: "still-interested"},
		{kind: "acknowledgment", answers: letter.Answers{"corrections": "It describes only item 1."}},
		{kind: "expedition", answers: urgent}, {kind: "fee-waiver", answers: waiver},
		{kind: "withdrawal", answers: letter.Answers{"part": "Item 1."}},
		{kind: "clarification", answers: letter.Answers{"answer": "The office meant is that of the director."}},
		{kind: "fee-reply", answers: letter.Answers{"fee_answer": "contest"}}, {kind: "extension-objection"},
		{kind: "ogis", answers: letter.Answers{"wanted": "A date."}},
	} {
		c.to, c.day = "treasury-do", "2025-08-04"
		c.events = portalSent + "\n2025-04-20 referred to=treasury-irs pages=30\n2025-04-30 extended days=10 grounds=none\n2025-06-30 " +
			"clarification-requested\n2025-07-20 fee-notice amount=300\n2025-07-21 still-interested-asked\n2025-07-22 " +
			"interim-release pages=4"
		d := desk(t)
		c.live(t, d)
		made, err := d.Letter(t.Context(), c.followUp(d))
		if err != nil {
			t.Fatalf("%s: %v", c.kind, err)
		}
		raw, err := os.ReadFile(d.Workspace.Path(made.Request.Folder + "/" + made.Files[1].Name))
		if err != nil {
			t.Fatal(err)
		}
		_, body, _ := strings.Cut(string(raw), "\nDear ")
		if body == "" {
			_, body, _ = strings.Cut(string(raw), "\nTo the ")
		}
		_, body, _ = strings.Cut(body, "\n\n")
		text[c.kind] = strings.Fields(body)
	}
	for a, one := range text {
		for b, other := range text {
			if run := commonRun(one, other); a < b && len(run) >= 60 {
				t.Errorf("%s and %s share %d words: %s", a, b, len(run), strings.Join(run, " "))
			}
			if a < b && slices.Equal(one[:8], other[:8]) {
				t.Errorf("%s and %s begin alike: %s", a, b, strings.Join(one[:8], " "))
			}
		}
	}
}

// commonRun is the longest run of words that two texts share.
func commonRun(a, b []string) []string {
	var best []string
	last := make([]int, len(b)+1)
	for i := range a {
		now := make([]int, len(b)+1)
		for j := range b {
			if a[i] == b[j] {
				now[j+1] = last[j] + 1
				if now[j+1] > len(best) {
					best = a[i+1-now[j+1] : i+1]
				}
			}
		}
		last = now
	}
	return best
}
