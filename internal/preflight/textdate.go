package preflight

import (
	"foia/internal/workday"
)

// readPeriod finds the first and the last day of a period in a text: two days
// with a word of range between them, or one day with a word before it that
// opens or closes the period.
func readPeriod(text string) (from, to string) {
	days := phrase("day").all(text, maxDays)
	for i, loc := range days {
		day := readDay(text[loc[0]:loc[1]])
		if day == "" {
			continue
		}
		if i+1 < len(days) && phrase("between-days").in(text[loc[1]:days[i+1][0]]) {
			return day, readDay(text[days[i+1][0]:days[i+1][1]])
		}
		before := text[max(0, loc[0]-20):loc[0]]
		switch {
		case phrase("goes-on").in(text[loc[1]:min(len(text), loc[1]+20)]):
			return day, ""
		case phrase("opens-period").in(before):
			return day, ""
		case phrase("closes-period").in(before):
			return "", day
		}
	}
	return "", ""
}

// maxDays is how many days of one item are looked at.
const maxDays = 20

// readDay reads a day in a form that letters use, as an ISO day, or "". Letters to
// American offices write 5/6/2026 with the month first.
func readDay(text string) string {
	d, err := workday.Reader{Order: workday.MonthFirst}.Read(text)
	if err != nil {
		return ""
	}
	return d.String()
}
