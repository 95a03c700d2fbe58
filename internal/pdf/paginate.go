package pdf

// paginate gives each row its page and place. A page that is full ends at the
// last row before which it may end.
func (m *measurer) paginate(head page, start float64, paper Paper, sp spacing, rows []flow) []page {
	pages := []page{head}
	y := start
	begin, first := 0, true // of the rows on this page
	place := func(end int) {
		p := &pages[len(pages)-1]
		all := m.room.rows.take(len(p.rows) + end - begin)
		there := copy(all, p.rows)
		for i := range all[there:] {
			all[there+i] = rows[begin+i].row
		}
		p.rows = all
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
