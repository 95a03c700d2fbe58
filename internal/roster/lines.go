package roster

import (
	"fmt"
	"strconv"
	"strings"
)

// linesNamed is how many lines a message names.
const linesNamed = 20

// Lines are lines of a list that have something in common: how many, and the first
// of them.
type Lines struct {
	Count int   `json:"count"`
	First []int `json:"lines"`
}

// Add adds a line. The same line twice is one.
func (l *Lines) Add(line int) {
	if n := len(l.First); n > 0 && l.Count == n && l.First[n-1] == line {
		return
	}
	if l.Count++; len(l.First) < linesNamed {
		l.First = append(l.First, line)
	}
}

// String names them: line 3; lines 3, 7-9, 12 and 40 more.
func (l *Lines) String() string {
	var parts []string
	for i := 0; i < len(l.First); i++ {
		begin := l.First[i]
		for i+1 < len(l.First) && l.First[i+1] == l.First[i]+1 {
			i++
		}
		switch end := l.First[i]; end - begin {
		case 0:
			parts = append(parts, strconv.Itoa(begin))
		case 1:
			parts = append(parts, strconv.Itoa(begin), strconv.Itoa(end))
		default:
			parts = append(parts, fmt.Sprintf("%d-%d", begin, end))
		}
	}
	text := "lines "
	if l.Count == 1 {
		text = "line "
	}
	text += strings.Join(parts, ", ")
	if more := l.Count - len(l.First); more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}
