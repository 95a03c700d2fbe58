package web

import (
	"foia/internal/workday"
)

// chart is a figure: bars, and the same numbers in a table beside it.
type chart struct {
	ID, Title, Unit string
	Parts           []string // what each part of a bar is
	Bars            []bar
	Width, Height   int
}

// bar is one place of a figure.
type bar struct {
	Words string
	Value []string // of each part, as the table has it
	Marks []mark
	X, At int // of its words
}

// mark is one part of a bar as it is drawn.
type mark struct{ X, Y, Width, Height, Part int }

// The measures of a figure, in its own units.
const (
	barWidth  = 44
	barSpace  = 64
	barHeight = 120
	barHead   = 16
)

// drawn lays the bars out: the highest takes the whole height.
func drawn(c chart, values [][]int) *chart {
	most := 1
	for _, v := range values {
		sum := 0
		for _, n := range v {
			sum += n
		}
		most = max(most, sum)
	}
	for i := range c.Bars {
		x, y := i*barSpace+10, barHead+barHeight
		c.Bars[i].X, c.Bars[i].At = x+barWidth/2, barHead+barHeight+18
		for part, n := range values[i] {
			height := n * barHeight / most
			if n > 0 {
				height = max(height, 2)
			}
			y -= height
			c.Bars[i].Marks = append(c.Bars[i].Marks, mark{X: x, Y: y, Width: barWidth, Height: height, Part: part})
		}
	}
	c.Width, c.Height = len(c.Bars)*barSpace+10, barHead+barHeight+28
	return &c
}

// weeksChart is what falls due in the next weeks.
func weeksChart(rows []*row, day workday.Date) *chart {
	c := chart{ID: "weeks", Title: "What falls due in the next eight weeks", Unit: "Week from", Parts: []string{"You", "Agencies"}}
	values := make([][]int, chartWeeks)
	for i := range values {
		you, agency := 0, 0
		for _, r := range rows {
			you += int(r.weeks[i].you)
			agency += int(r.weeks[i].agency)
		}
		values[i] = []int{you, agency}
		c.Bars = append(c.Bars, bar{Words: monthDay(day.AddDays(weekDays * i)), Value: []string{grouped(you), grouped(agency)}})
	}
	return drawn(c, values)
}

// monthDay is a day as a figure has room for it: Nov 27.
func monthDay(d workday.Date) string { return d.Midnight().Format("Jan 2") }
