package reply

import (
	"regexp"
	"strings"
	"testing"

	"foia/internal/workday"
)

// mutated are messages that say the same otherwise: later, under other numbers, broken into other lines.
var mutated = []struct {
	name   string
	change func(string) string
	want   func(name, value string) string // a detail of what was expected; “-”: it is not compared
}{
	{"a year of weeks later", later, func(name, value string) string {
		if isoDay.MatchString(value) {
			return workday.MustDate(value).AddDays(364).String()
		}
		return value
	}},
	{"under another number", func(s string) string { return digits.Replace(s) }, func(name, value string) string {
		if name == "tracking" || name == "request" {
			return digits.Replace(value)
		}
		return "-"
	}},
	{"in lines of 60 columns", narrow, func(_, value string) string { return value }},
	{"in long lines", wide, func(_, value string) string { return value }},
	{"with the line ends of Windows", func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") },
		func(_, value string) string { return value }},
}

var (
	isoDay  = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)
	written = regexp.MustCompile(`(January|February|March|April|May|June|July|August|September|October|November|D` +
		`ecember|SEP) (\d{1,2}),? (20\d\d)|` +
		`(\d{1,2}) (November|February) (20\d\d)|(\d\d)/(\d\d)/(2026)`)
	digits = strings.NewReplacer( // other numbers of requests
		"41877", "50361", "1688123", "1744201", "1671904", "1690112", "03311", "04127", "00711", "00939", "002210", "003377",
		"01455", "02399", "00912", "01744", "14522", "17733", "007712", "008841", "NGC27-0031", "NGC27-0108", "02455", "03912",
		"1288", "2417",
		"01902", "02733", "00388", "00577", "02319", "03120", "10-117", "11-204", "26-0455", "26-0933", "2026118840",
		"2026229913", "01177", "02288",
		"4471", "5582", "031882", "042993", "08114", "09225", "0933", "1044", "1188", "2299", "01140", "02251", "01152", "02263",
		"0771", "0882")
)

// later has every date that is written in words or figures 52 weeks later.
func later(s string) string {
	return written.ReplaceAllStringFunc(folded(s), func(d string) string {
		day := dateOf(d, workday.Date{}, true)
		if day.IsZero() {
			return d
		}
		return day.AddDays(364).Letter()
	})
}

// narrow breaks the lines of paragraphs.
func narrow(s string) string {
	var out []string
	for _, l := range strings.Split(s, "\n") {
		if strings.HasPrefix(l, " ") || strings.HasPrefix(l, "[") || strings.HasSuffix(l, "-") || len(l) < 60 {
			out = append(out, l)
			continue
		}
		line := ""
		for _, w := range strings.Fields(l) {
			if len(line)+len(w) > 59 {
				out, line = append(out, line), ""
			}
			line = strings.TrimSpace(line + " " + w)
		}
		out = append(out, line)
	}
	return strings.Join(out, "\n")
}

// wide has every paragraph of running text in one line.
func wide(s string) string {
	var out []string
	for _, para := range strings.Split(s, "\n\n") {
		lines := strings.Split(para, "\n")
		running := true
		for i, l := range lines {
			running = running && !strings.HasPrefix(l, " ") && !strings.HasPrefix(l, "[") && !strings.HasSuffix(l, "-") &&
				!patterns.bullet.RE().MatchString(l) && (len(l) > 60 || i == len(lines)-1)
		}
		if running {
			para = strings.Join(lines, " ")
		}
		out = append(out, para)
	}
	return strings.Join(out, "\n\n")
}

// What the messages tell does not hang on their days, their numbers and where their lines end.
func TestMutated(t *testing.T) {
	calendar, err := workday.Federal()
	if err != nil {
		t.Fatal(err)
	}
	for _, change := range mutated {
		t.Run(change.name, func(t *testing.T) {
			for _, x := range corpus(t) {
				m := message(t, x.File)
				if x.Kind != "letter" && x.Kind != "mail" {
					continue
				}
				m.Subject = change.change(m.Subject)
				for i := range m.Parts {
					m.Parts[i].Text = change.change(m.Parts[i].Text)
				}
				if strings.Contains(change.name, "later") && !m.Sent.IsZero() {
					m.Sent = m.Sent.AddDays(364)
				}
				r := Read(m, Known{Calendar: calendar, Today: workday.MustDate("2027-12-31")})
				for _, want := range x.Events {
					compare(t, x.File, r, want, change.want)
				}
			}
		})
	}
}

func compare(t *testing.T, file string, r Reading, want map[string]string, changed func(name, value string) string) {
	t.Helper()
	if want["event"] == "note" {
		return
	}
	for _, p := range r.Proposals {
		got := flat(p, r.Hint.Tracking)
		other := want["request"] != "" && p.Request != "" && Folded(p.Request) != Folded(changed("request", want["request"]))
		if got["event"] != want["event"] || other {
			continue
		}
		for name, value := range want {
			reckonedInWorkingDays := strings.Contains(p.Derived[name], "working")
			if file == "d18-ofac-reply-quoting-us.eml" && name == "received" {
				continue // it is written without a year
			}
			expected := changed(name, value)
			if expected == "-" || name == "event" || name == "request" || reckonedInWorkingDays {
				continue
			}
			if got[name] != expected {
				t.Errorf("%s: %s: %s is %q, want %q", file, want["event"], name, got[name], expected)
			}
		}
		return
	}
	t.Errorf("%s: %s is not found", file, want["event"])
}
