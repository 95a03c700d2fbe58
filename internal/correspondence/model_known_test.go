package correspondence

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"foia/internal/docket"
	"foia/internal/workday"
)

// knownCase is a history of which somebody worked out by hand what may be said of it.
type knownCase struct {
	name   string // with the source
	events string // as history prints them
	on     string // the day of the letter
	matter string // of an appeal letter
	want   []string
}

// Each of want is "late due=2025-05-06 days=1": the claim must be made, with these
// values among others; "not late": it must not; "either late": it may. "status closed" is
// the status.
func (k knownCase) check(t *testing.T) {
	t.Helper()
	h := readHistory(k.events)
	v := viewOf(h.request, h.events, workday.MustDate(k.on))
	all := claims(v, k.matter)
	for _, want := range k.want {
		word, rest, _ := strings.Cut(want, " ")
		if word == "status" {
			if got := status(v); !slices.Equal(got, []docket.Status{docket.Status(rest)}) {
				t.Errorf("on %s the status is %q, not %s\n%s", k.on, got, rest, h)
			}
			continue
		}
		if wrong := wrongClaim(all, word, rest); wrong != "" {
			t.Errorf("on %s, want %q: %s\n%s", k.on, want, wrong, h)
		}
	}
}

// wrongClaim compares one claim of the model with what is known.
func wrongClaim(all map[string]truth, word, rest string) string {
	answers := map[string]answer{"not": isNot, "either": eitherWay}
	want, said := answers[word], rest
	if want == "" {
		want, said = isSo, word+" "+rest
	}
	name, details, _ := strings.Cut(said, " ")
	got, ok := all[name]
	if !ok {
		return "there is no such claim"
	}
	if got.holds != want {
		return fmt.Sprintf("it says %s, %v", got.holds, got.values)
	}
	for detail := range strings.FieldsSeq(details) {
		name, value, _ := strings.Cut(detail, "=")
		if !slices.ContainsFunc(got.values, func(v values) bool { return shortly(v[name]) == value }) {
			return fmt.Sprintf("it says %v", got.values)
		}
	}
	return ""
}

// shortly writes a value as the tables here have it.
func shortly(value any) string {
	switch x := value.(type) {
	case nil:
		return ""
	case workday.Date:
		return x.String()
	case []string:
		return strings.Join(x, ",")
	case bool:
		if !x {
			return ""
		}
		return "true"
	}
	return fmt.Sprint(value)
}

func checkAll(t *testing.T, cases []knownCase) {
	for _, k := range cases {
		t.Run(k.name, func(t *testing.T) { k.check(t) })
	}
}

// numbered is a request sent through the portal and acknowledged, as in worked date 1.
const numbered = "2025-04-08 sent by=portal\n2025-04-10 acknowledged received=2025-04-08 tracking=2025-F-1\n"

// The worked dates of the federal Act, nos. 1 to 25: the last day, and on the day after it
// that it has passed. Each was counted by hand. 23 and 26 are days of the requester, which
// no letter claims.
func TestModelWorkedDates(t *testing.T) {
	for _, row := range []struct {
		number                  int
		received, own, most, by string // most: by the calendar that gives the most time, if it is another; a letter names that
	}{
		{1, "2025-04-08", "2025-05-06", "", "portal"},
		{2, "2025-05-20", "2025-06-18", "", "email"},
		{3, "2025-06-02", "2025-07-01", "", "fax"},
		{4, "2025-06-23", "2025-07-22", "", "portal"},
		{5, "2025-09-22", "2025-10-21", "", "portal"},
		{6, "2025-10-31", "2025-12-02", "", "portal"},
		{7, "2024-11-01", "2024-12-03", "", "portal"},
		{8, "2024-12-09", "2025-01-08", "2025-01-10", "portal"},
		{9, "2025-12-10", "2026-01-09", "2026-01-13", "portal"},
		{10, "2025-01-06", "2025-02-04", "2025-02-05", "portal"},
		{11, "2021-01-04", "2021-02-02", "2021-02-03", "portal"},
		{12, "2026-06-08", "2026-07-08", "", "portal"},
		{13, "2027-06-07", "2027-07-07", "", "portal"},
		{14, "2027-12-06", "2028-01-05", "", "portal"},
		{15, "2022-12-12", "2023-01-11", "", "portal"},
		{16, "2023-10-30", "2023-11-29", "", "portal"},
		{17, "2026-11-02", "2026-12-02", "", "portal"},
		{18, "2026-12-07", "2027-01-06", "", "portal"},
		{19, "2025-04-12", "2025-05-12", "", "email"},
	} {
		most := row.own
		if row.most != "" {
			most = row.most
		}
		events := fmt.Sprintf("%s sent by=%s", row.received, row.by)
		after := workday.MustDate(most).AddDays(1).String()
		for _, k := range []knownCase{
			{events: events, on: most, want: []string{"due due=" + most, "not late", "undetermined"}},
			{events: events, on: after, want: []string{"not due",
				fmt.Sprintf("late from=%s how=assumed due=%s days=1", row.received, most)}},
			{events: mailedOn(row.received), on: after, want: []string{fmt.Sprintf("late from=%s how=proven due=%s", row.received, most)}},
		} {
			t.Run(strconv.Itoa(row.number), func(t *testing.T) { k.check(t) })
		}
	}
}

func mailedOn(received string) string {
	return fmt.Sprintf("%s sent by=mail\n%s received", workday.MustDate(received).AddDays(-3), received)
}

// The extended times of the worked dates: thirty working days.
func TestModelWorkedExtensions(t *testing.T) {
	for _, row := range []struct{ received, noticed, due string }{
		{"2025-04-08", "2025-04-30", "2025-05-20"}, // 1
		{"2025-05-20", "2025-06-10", "2025-07-03"}, // 2
		{"2025-06-02", "2025-06-20", "2025-07-16"}, // 3
		{"2025-06-23", "2025-07-10", "2025-08-05"}, // 4
		{"2025-10-31", "2025-11-20", "2025-12-16"}, // 6
		{"2026-11-02", "2026-11-20", "2026-12-16"}, // 17
	} {
		events := fmt.Sprintf("%s sent by=portal\n%s extended days=10 grounds=voluminous", row.received, row.noticed)
		knownCase{events: events, on: row.due,
			want: []string{"due due=" + row.due, "not late", "not extension-late", "not extension-long",
				"extension-counts with=" + row.due}}.check(t)
		after := workday.MustDate(row.due).AddDays(1).String()
		knownCase{events: events, on: after, want: []string{"late due=" + row.due + " days=1 extended=" + row.noticed}}.check(t)
	}
	// 9: received Wed 2025-12-10, 30 working days end on Mon 2026-01-26; on the 28th, if
	// December 24 and 26 do not count, on which offices were closed by order.
	knownCase{events: "2025-12-10 sent by=portal\n2025-12-30 extended days=10", on: "2026-02-03",
		want: []string{"late due=2026-01-28"}}.check(t)
}

// The other clocks of the worked dates, nos. 20 to 25.
func TestModelWorkedOthers(t *testing.T) {
	checkAll(t, []knownCase{
		{name: "20 misrouted, never forwarded: 552(a)(6)(A), 6 CFR 5.5(a)", on: "2025-05-21",
			events: "office dhs-ice\nvia mail\n2025-04-05 sent by=mail\n2025-04-08 received misrouted=yes",
			want: []string{"late from=2025-04-22 how=bound due=2025-05-20 days=1", "first-reached first=2025-04-08 begun=2025-04-22",
				"not received"}},
		{name: "20 on the last day", on: "2025-05-20", events: "office dhs-ice\nvia mail\n2025-04-05 sent by=mail\n2025-04-08 received " +
			"misrouted=yes", want: []string{"not late", "due due=2025-05-20"}},
		{name: "21 a question stops the clock: (A)(ii)(I)", on: "2025-05-22",
			events: numbered + "2025-04-17 clarification-requested\n2025-05-01 clarification-answered by=email",
			want:   []string{"late from=2025-04-08 how=told due=2025-05-21 days=1 working_days=1 paused=true"}},
		{name: "21 on the last day", on: "2025-05-21", events: numbered + "2025-04-17 clarification-requested\n2025-05-01 " +
			"clarification-answered by=email", want: []string{"not late", "due due=2025-05-21"}},
		{name: "21 unanswered", on: "2025-08-01", events: numbered + "2025-04-17 clarification-requested",
			want: []string{"not late", "not due", "question asked=2025-04-17", "status waiting for you"}},
		{name: "22 expedition, ten calendar days: 6 CFR 5.5(e)(4)", on: "2025-04-19", events: "office dhs-ice\nasks expedited\n" + numbered,
			want: []string{"expedition-late due=2025-04-18 days=1", "expedition-asked later="}},
		{name: "22 on the last day", on: "2025-04-18", events: "office dhs-ice\nasks expedited\n" + numbered,
			want: []string{"not expedition-late"}},
		{name: "22 IRS, never fewer than five working days from receipt: 26 CFR 601.702(c)(6)(iv)", on: "2025-04-24",
			events: "office treasury-irs\nvia mail\nasks expedited\n2025-04-08 drafted\n2025-04-08 sent by=mail\n2025-04-16 received",
			want:   []string{"expedition-late due=2025-04-23 days=1"}},
		{name: "22 IRS, on the last day", on: "2025-04-23",
			events: "office treasury-irs\nvia mail\nasks expedited\n2025-04-08 drafted\n2025-04-08 sent by=mail\n2025-04-16 received",
			want:   []string{"not expedition-late"}},
		{name: "24 an appeal over Labor Day: (A)(ii)", on: "2025-09-03",
			events: numbered + "2025-05-06 determination outcome=denied\n2025-08-01 appealed by=mail\n2025-08-04 appeal-received",
			want: []string{"appeal-late due=2025-09-02 days=1", "appealed appealed=2025-08-01 matter=determination",
				"appeal-received received=2025-08-04", "status appealed"}},
		{name: "24 on the last day", on: "2025-09-02", events: numbered + "2025-05-06 determination outcome=denied\n2025-08-01 appealed " +
			"by=mail\n2025-08-04 appeal-received", want: []string{"not appeal-late"}},
		{name: "25 thirty working days to say that one is interested", on: "2025-11-10",
			events: numbered + "2025-11-03 still-interested-asked answer-by=2025-12-17",
			want:   []string{"not interest-short", "interest-asked dated=2025-11-03"}},
		{name: "25 a day fewer", on: "2025-11-10", events: numbered + "2025-11-03 still-interested-asked answer-by=2025-12-16",
			want: []string{"interest-short dated=2025-11-03 by=2025-12-16 working_days=29"}},
	})
}
