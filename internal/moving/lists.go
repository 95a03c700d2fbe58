package moving

import (
	"slices"
	"strings"

	"foia/internal/entered"
	"foia/internal/lazy"
)

func appendTags(tags []string, cell, signs string) []string {
	if isEmpty(cell) {
		return tags
	}
	cell = bareList(cell)
	for _, tag := range strings.FieldsFunc(cell, func(c rune) bool { return strings.ContainsRune(signs, c) }) {
		if tag = entered.Line(tag); tag != "" && !slices.Contains(tags, tag) {
			tags = append(tags, tag)
		}
	}
	return tags
}

// listed is a list as programs write it into a cell: ["police", "stops"], [u'police', u'stops'], {police,stops}.
const listed = lazy.Pattern(`^(?:\[(.*)\]|\{(.*)\})$`)

// quotedWord is an entry of such a list.
const quotedWord = lazy.Pattern(`^u?("|')(.*)("|')$`)

// bareList is a list without the signs of a program.
func bareList(cell string) string {
	m := listed.RE().FindStringSubmatch(strings.TrimSpace(cell))
	if m == nil {
		return cell
	}
	entries := strings.Split(m[1]+m[2], ",")
	for i, e := range entries {
		entries[i] = strings.TrimSpace(e)
		if q := quotedWord.RE().FindStringSubmatch(entries[i]); q != nil {
			entries[i] = q[2]
		}
	}
	return strings.Join(entries, ",")
}
