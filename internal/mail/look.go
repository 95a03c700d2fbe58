package mail

import (
	"strconv"
	"strings"

	"golang.org/x/net/html/atom"
)

// look is how text looks, as far as it decides whether a reader sees it.
type look struct {
	gone         bool   // not shown at all
	small        bool   // too small to be read
	color, paper string // of the characters and of what is behind them; empty: as usual, black on white
	unsure       bool   // the page decides that in ways that are not followed here
}

// hidden tells whether a reader sees nothing of the text.
func (l look) hidden() bool {
	paper := l.paper
	if paper == "" {
		paper = "white"
	}
	return l.gone || l.small || !l.unsure && l.color != "" && l.color == paper
}

// style are the rules of a page's style sheets that decide that, by what they are for: .class, #id or an element.
type style map[string]string

const (
	mostStyles  = 64 << 10
	mostRules   = 1 << 10 // bytes for one selector
	mostClasses = 10      // of an element
	elsewhere   = "?"     // there are rules for what is behind the text that are not followed
)

// styleOf reads the style sheets at the top of a page. What is only for some screens is left out.
func styleOf(s string) style {
	out := style{}
	low := strings.ToLower(s[:min(len(s), 8*mostStyles)])
	for len(out) < 1000 {
		from := strings.Index(low, "<style")
		if from < 0 {
			return out
		}
		low = low[from:]
		end := strings.Index(low, "</style")
		if end < 0 {
			end = len(low)
		}
		sheet := low[:min(end, mostStyles)]
		if i := strings.IndexByte(sheet, '>'); i >= 0 {
			out.sheet(sheet[i+1:])
		}
		low = low[end:]
		low = strings.TrimPrefix(low, "</style")
	}
	return out
}

func (st style) sheet(s string) {
	for {
		selectors, rest, ok := strings.Cut(s, "{")
		if !ok {
			return
		}
		if strings.Contains(selectors, "@") { // a block of rules, such as @media
			depth, i := 1, 0
			for ; i < len(rest) && depth > 0; i++ {
				switch rest[i] {
				case '{':
					depth++
				case '}':
					depth--
				}
			}
			s = rest[i:]
			continue
		}
		rules, after, _ := strings.Cut(rest, "}")
		s = after
		if !strings.Contains(rules, ":") {
			continue
		}
		for selector := range strings.SplitSeq(selectors, ",") {
			selector = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(selector), "<!--"))
			switch {
			case selector == "" || len(st) >= 1000:
			case !strings.ContainsAny(selector, " >+~[:*"):
				if len(st[selector])+len(rules) < mostRules {
					st[selector] += ";" + rules
				}
			case strings.Contains(rules, "background"):
				st[elsewhere] = "true"
			}
		}
	}
}

// look is how the text of an element looks, if its parent's looks so.
func (st style) look(l look, tag atom.Atom, attr map[string]string) look {
	if len(st) > 0 {
		l.unsure = st[elsewhere] != ""
		l = l.with(st[tag.String()])
		classes := strings.Fields(strings.ToLower(attr["class"]))
		for _, class := range classes[:min(len(classes), mostClasses)] {
			l = l.with(st["."+class]).with(st[tag.String()+"."+class])
		}
		if id := strings.ToLower(attr["id"]); id != "" {
			l = l.with(st["#"+id])
		}
	}
	if attr == nil {
		return l
	}
	if c := attr["bgcolor"]; c != "" {
		l.paper = colorOf(c)
	}
	if attr["background"] != "" {
		l.paper = picture
	}
	if c := attr["color"]; c != "" && tag == atom.Font {
		l.color = colorOf(c)
	}
	if _, there := attr["hidden"]; there {
		l.gone = true
	}
	return l.with(strings.ToLower(attr["style"]))
}

// with is the look with the rules of a style, in lower case.
func (l look) with(rules string) look {
	if rules == "" {
		return l
	}
	zero := 0 // of what has no room: no height, and nothing shown beyond it
	for rule := range strings.SplitSeq(rules, ";") {
		name, value, _ := strings.Cut(rule, ":")
		name, value = strings.TrimSpace(name), strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(value), "!important"))
		switch name {
		case "display":
			l.gone = l.gone || value == "none"
		case "visibility":
			l.gone = l.gone || value == "hidden" || value == "collapse"
		case "mso-hide":
			l.gone = l.gone || value == "all"
		case "opacity":
			n, err := strconv.ParseFloat(value, 64)
			l.gone = l.gone || err == nil && n < 0.1
		case "font-size":
			l.small = isTiny(value)
		case "color":
			l.color = colorOf(value)
			l.gone = l.gone || value == "transparent"
		case "background", "background-color":
			l.paper = colorOf(value)
		case "max-height", "height", "max-width", "width":
			if isZero(value) {
				zero++
			}
		case "overflow":
			if value == "hidden" {
				zero++
			}
		case "text-indent", "left", "top", "margin-left":
			l.gone = l.gone || isFarOff(value)
		}
	}
	l.gone = l.gone || zero >= 2
	return l
}

// sized is a length without its unit.
func sized(value string) (n float64, unit string, ok bool) {
	i := 0
	for i < len(value) && (value[i] >= '0' && value[i] <= '9' || value[i] == '.' || value[i] == '-') {
		i++
	}
	n, err := strconv.ParseFloat(value[:i], 64)
	return n, value[i:], err == nil
}

func isZero(value string) bool {
	n, _, ok := sized(value)
	return ok && n == 0
}

// isTiny tells whether nobody can read characters of a size.
func isTiny(value string) bool {
	n, unit, ok := sized(value)
	switch {
	case !ok:
		return false
	case unit == "px" || unit == "pt" || unit == "":
		return n <= 2
	}
	return (unit == "em" || unit == "rem") && n <= 0.15 || unit == "%" && n <= 15 || n == 0
}

func isFarOff(value string) bool {
	n, _, ok := sized(value)
	return ok && n <= -900
}

// picture is what is behind text on a picture.
const picture = "picture"

// colorOf is a color in one form; one that is nearly white is white.
func colorOf(value string) string {
	value = strings.ToLower(strings.TrimSpace(value))
	if strings.HasPrefix(value, "rgb") {
		value = hexOf(value)
	}
	value, _, _ = strings.Cut(value, " ")
	if len(value) == 4 && value[0] == '#' {
		value = string([]byte{'#', value[1], value[1], value[2], value[2], value[3], value[3]})
	}
	if len(value) == 6 && strings.Trim(value, "0123456789abcdef") == "" {
		value = "#" + value
	}
	switch {
	case len(value) == 7 && value[0] == '#' && value[1] == 'f' && value[3] == 'f' && value[5] == 'f':
		return "white"
	case value == "inherit" || value == "initial" || value == "windowtext" || value == "transparent":
		return ""
	case strings.HasPrefix(value, "url("), strings.Contains(value, "gradient"):
		return picture
	}
	return value
}

func hexOf(value string) string {
	_, value, _ = strings.Cut(value, "(")
	parts := strings.FieldsFunc(value, func(r rune) bool { return r == ',' || r == ' ' || r == ')' || r == '/' })
	if len(parts) < 3 {
		return ""
	}
	out := "#"
	for _, p := range parts[:3] {
		n, err := strconv.Atoi(p)
		if err != nil || n < 0 || n > 255 {
			return ""
		}
		out += string("0123456789abcdef"[n>>4]) + string("0123456789abcdef"[n&15])
	}
	if len(parts) > 3 && parts[3] == "0" {
		return "transparent" // its color does not matter: see colorOf
	}
	return out
}
