package pdf

import "slices"

// paginate gives each row its page and place. A page that is full ends at the
// last row before which it may end.
func paginate(head page, start float64, paper Paper, sp spacing, rows []flow) []page {
	head.rows = slices.Clip(head.rows) // shared by those who try again
	pages := []page{head}
	y := start
	begin, first := 0, true // of the rows on this page
	place := func(end int) {
		p := &pages[len(pages)-1]
		p.rows = slices.Grow(p.rows, end-begin)
		for i := begin; i < end; i++ {
			p.rows = append(p.rows, rows[i].row)
		}
		begin = end
	}
	for i := 0; i < len(rows); i++ {
		if !first {
			y += sp.leading + sp.gaps[rows[i].gap]
		}
		if y > paper.bottom+sp.more && i > begin {
			end := i
			for end > begin && !rows[end].mayBreak {
				end--
			}
			if end == begin { // nothing on the page may be parted: it has to be
				end = i
			}
			place(end)
			pages = append(pages, page{})
			i, y, first = end, paper.top, true
		}
		rows[i].y = y
		first = false
	}
	place(len(rows))
	return pages
}
