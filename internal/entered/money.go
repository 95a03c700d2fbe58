package entered

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"foia/internal/remedy"
)

// Money is an amount in one currency. The number has no separators: 120, 1200.50.
type Money struct{ Number, Currency string }

// longestMoney is more than any amount is written with, in bytes; mostDigits is what
// can be counted in cents.
const (
	longestMoney = 100
	mostDigits   = 15
)

const moneyRemedy = "write it like 120 or 120.50, with a currency if it is not dollars: \"235 EUR\""

func notMoney(s string) error {
	return remedy.Cannot(Shown(s)+" is not an amount of money", moneyRemedy)
}

// ReadMoney reads an amount: 120, $1,200.50, 235 EUR, € 25, 1 234,56 EUR, 25.-. One
// without a currency is in that of alone. A comma or point that may stand between
// thousands as well as before the cents is refused with both readings.
func ReadMoney(s, alone string) (Money, error) {
	if len(s) > longestMoney {
		return Money{}, notMoney(s)
	}
	before, number, after, ok := aroundNumber(Line(s))
	if !ok || !names(before) || !names(after) {
		return Money{}, notMoney(s)
	}
	currency, err := currencyOf(before, after, alone)
	if err != nil {
		return Money{}, err
	}
	f, err := readFigure(number)
	if err != nil {
		return Money{}, err
	}
	if f == nil || len(f.whole) > mostDigits {
		return Money{}, notMoney(s)
	}
	return Money{f.String(), currency}, nil
}

// aroundNumber parts a value into what stands before its number, the number, and what
// stands after it.
func aroundNumber(s string) (before, number, after string, ok bool) {
	first, last := strings.IndexAny(s, digits), strings.LastIndexAny(s, digits)
	if first < 0 {
		return "", "", "", false
	}
	before, number, after = strings.TrimSpace(s[:first]), s[first:last+1], s[last+1:]
	if cents, ok := strings.CutSuffix(s[:first], "."); ok && !endsInLetter(cents) { // $.50
		before, number = strings.TrimSpace(cents), "0."+number
	}
	for _, ending := range wholeEndings {
		if rest, ok := strings.CutPrefix(after, ending); ok {
			after = rest
			break
		}
	}
	return before, number, strings.TrimSpace(after), true
}

// names tells whether what stands beside a number may be a currency.
func names(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.Is(unicode.Sc, r) && r != '.' && r != ' ' })
}

func endsInLetter(s string) bool {
	r := []rune(s)
	return len(r) > 0 && unicode.IsLetter(r[len(r)-1])
}

// wholeEndings say that an amount has no cents, as in 25.- and 25,–; a point alone ends
// the sentence that the amount was copied from.
var wholeEndings = []string{".--", ",--", ".-", ",-", ".–", ",–", ".—", ",—", "."}

const digits = "0123456789"

// figure is a number in two parts; cents is empty if it has none.
type figure struct{ whole, cents string }

// String is the figure without separators and without zeros before it.
func (f figure) String() string {
	whole := strings.TrimLeft(f.whole, "0")
	if whole == "" {
		whole = "0"
	}
	if f.cents == "" {
		return whole
	}
	return whole + "." + f.cents
}

// readFigure reads a number with separators; nil if it is none. The error gives the ways
// in which it can be read.
func readFigure(s string) (*figure, error) {
	groups, marks, ok := cut(s)
	if !ok {
		return nil, nil
	}
	n := len(marks)
	joined := strings.Join(groups, "")
	if n == 0 || marks[n-1] != '.' && n > 0 && same(marks) && thousands(groups) {
		return &figure{whole: joined}, nil
	}
	if n > 1 && same(marks) && thousands(groups) { // 1.234.567
		return &figure{whole: joined}, nil
	}
	end := groups[n]
	if len(end) > 2 || !same(marks[:n-1]) || !thousands(groups[:n]) {
		return nil, odd(s, groups, marks)
	}
	decimal := &figure{strings.Join(groups[:n], ""), (end + "0")[:2]}
	switch last := marks[n-1]; {
	case last == '.' && n == 1, groups[0] == "0":
		return decimal, nil
	case strings.ContainsRune(".,", last) && n > 1 && marks[0] != last: // 1,234.56 and 1.234,56
		return decimal, nil
	}
	return nil, twoReadings(s, *decimal, figure{whole: joined})
}

// cut parts a number at its separators: points, commas, spaces and apostrophes.
func cut(s string) (groups []string, marks []rune, ok bool) {
	group := ""
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			group += string(r)
			continue
		case group == "":
			return nil, nil, false
		case r == '’':
			r = '\''
		}
		if !strings.ContainsRune(".,' ", r) {
			return nil, nil, false
		}
		groups, marks, group = append(groups, group), append(marks, r), ""
	}
	return append(groups, group), marks, group != ""
}

func same(marks []rune) bool {
	return len(marks) == 0 || !slices.ContainsFunc(marks, func(r rune) bool { return r != marks[0] })
}

// thousands tells whether every group after the first has three digits; one group alone
// may have any number.
func thousands(groups []string) bool {
	if len(groups) == 1 {
		return true
	}
	return len(groups[0]) <= 3 && groups[0][0] != '0' && !slices.ContainsFunc(groups[1:], func(g string) bool { return len(g) != 3 })
}

func twoReadings(s string, a, b figure) error {
	return remedy.Cannot(fmt.Sprintf("%s may be %s or %s", Shown(s), Grouped(a.String()), Grouped(b.String())),
		fmt.Sprintf("write %s or %s", a, b))
}

// odd says what is wrong with separators that stand in no place known.
func odd(s string, groups []string, marks []rune) error {
	switch {
	case len(marks) == 1 && marks[0] == '.' && thousands(groups) && strings.HasSuffix(groups[1], "0"):
		return twoReadings(s, figure{groups[0], groups[1][:2]}, figure{whole: groups[0] + groups[1]})
	case len(marks) == 1 && marks[0] == '.' && thousands(groups):
		return remedy.Cannot(fmt.Sprintf("%s has three digits after the point; it may be %s", Shown(s), Grouped(groups[0]+groups[1])),
			fmt.Sprintf("write %s%s, or two digits after the point", groups[0], groups[1]))
	case slices.Contains(marks, ','):
		return remedy.Cannot(Shown(s)+" is not an amount of money", "a comma goes only between thousands: write 1,200.50 or 1200.50")
	}
	return notMoney(s)
}

// ReadCount reads a whole number with the separators of an amount, such as 1,234.
func ReadCount(s string) (string, error) {
	wrong := remedy.Cannot(Shown(s)+" is not a number", "write it like 1234")
	if len(s) > longestMoney {
		return "", wrong
	}
	f, err := readFigure(Line(s))
	if err != nil {
		return "", err
	}
	if f == nil || f.cents != "" || len(f.whole) > mostDigits {
		return "", wrong
	}
	return f.String(), nil
}

// Grouped is a number with commas between its thousands: 1461712.00 is 1,461,712.00.
func Grouped(number string) string {
	whole, rest := number, ""
	if i := strings.IndexFunc(number, func(r rune) bool { return r < '0' || r > '9' }); i >= 0 {
		whole, rest = number[:i], number[i:]
	}
	var b strings.Builder
	for i, r := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(r)
	}
	return b.String() + rest
}
