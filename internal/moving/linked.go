package moving

import (
	"slices"
	"strings"

	"foia/internal/lazy"
)

// relation is an entry of a list that names what it links to: Name (https://…), as Notion and Airtable write it, or the
// Markdown of others, [Name](https://…).
const relation = lazy.Pattern(`^\s*(?:\[([^\[\]]+)\]\((?:https?://|mailto:)?[^\s()]+\)|([^\n]*?\S)\s*\(<?https?://[^\s()]+>?\))\s*$`)

// relationEnd is where one entry of a list of them ends.
const relationEnd = lazy.Pattern(`\)\s*[,;\n]\s*`)

// unlinked is a cell of nothing but relations with their names alone; ok tells whether it is one.
func unlinked(cell string) (names string, ok bool) {
	if !strings.Contains(cell, "](") && !strings.Contains(cell, "(http") && !strings.Contains(cell, "(<http") {
		return cell, false
	}
	var out []string
	for cell != "" {
		entry, rest := cell, ""
		if at := relationEnd.RE().FindStringIndex(cell); at != nil {
			entry, rest = cell[:at[0]+1], cell[at[1]:]
		}
		m := relation.RE().FindStringSubmatch(entry)
		if m == nil {
			return "", false
		}
		out, cell = append(out, strings.TrimSpace(m[1]+m[2])), rest
	}
	return strings.Join(out, ", "), true
}

// named are the meanings whose cells are names, and not what a link leads to.
var named = []Means{isSubject, isAgency, isState, isJurisdiction, isLevel, isLaw, isOwner, isPerson, isTags, isStatus, isReason, isBy,
	isKey, isTracking, isAppealOutcome}

// unlink gives the columns of names the names of what they link to. Elsewhere the links stay: they are what a note is kept for.
func (t *table) unlink(columns []Column) {
	for i := range columns {
		c := &columns[i]
		if !slices.Contains(named, c.Means) {
			continue
		}
		for j := range t.rows {
			if names, ok := unlinked(t.rows[j].cells[i]); ok {
				t.rows[j].cells[i] = names
			}
		}
		for j, sample := range c.Samples {
			if names, ok := unlinked(sample); ok {
				c.Samples[j] = names
			}
		}
	}
}

// recordIDs are how databases name the rows of another table: Airtable’s, UUIDs with or without hyphens, MongoDB’s; several by
// comma.
const recordIDs = lazy.Pattern(`^(?:(?:rec[A-Za-z0-9]{14}|[0-9a-fA-F]{8}-?(?:[0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}|[0-9a-f]{24}|` +
	`https?://\S+)(?:\s*[,;]\s*|$))+$`)

// idsBeside finds columns of record ids or bare links whose heading promises names. Where another column has the names, these are
// what people read; an agency that has ids alone is asked for by them.
func (t *table) idsBeside(columns []Column) {
	isID := func(cell string) bool { return recordIDs.RE().MatchString(cell) }
	for i := range columns {
		c := &columns[i]
		if c.rank < 0 || !slices.Contains(named, c.Means) || c.Means == isKey || c.Means == isTracking || !t.every(c.index, isID) {
			continue
		}
		other := slices.ContainsFunc(columns, func(x Column) bool {
			return x.Means == c.Means && x.index != c.index && !t.every(x.index, isID)
		})
		switch {
		case c.Means == isAgency && !other:
			c.Means, c.Says = isAgencyID, saysOf(isAgencyID)
		default:
			c.Means, c.Says = isIgnored, "record ids of another table: no names, not used"
		}
	}
}
