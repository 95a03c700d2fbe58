package law

import (
	"fmt"
	"strings"
)

// sentenceTable is docs/public-records.md.
func sentenceTable(b *RecordsBook) string {
	var out strings.Builder
	out.WriteString("# What a letter says about each law, and what it rests on\n\n" +
		"For each law, the sentences that a letter uses and the facts behind them. The sources of each fact are in\n" +
		"the file of the law in `internal/law/laws`, under the field named in the second column; every field named there is\n" +
		"verified. Before them stands what is counted and from what, what is not and why, and in how many texts of which age\n" +
		"each law was read, and when. What is listed as not stated is unverified: the letter is silent on it, as on anything\n" +
		"the law does not address, and the preflight tells you what to look up.\n\n" +
		"This page is generated from `internal/law/laws`: `go generate ./...` writes it again.\n")
	for _, id := range b.IDs() {
		p, _ := b.Law(id)
		fmt.Fprintf(&out, "\n## %s: %s (%s)\n%s. Read %s.\n\n", id, p.Name, p.Place, strings.TrimSuffix(p.Citation, "."), p.Read())
		sayAll(&out, "Counted", p.Counted())
		sayAll(&out, "Not counted", p.NotCounted())
		out.WriteString("\n| sentence | rests on |\n| --- | --- |\n")
		for _, topic := range SentenceTopics {
			if s := p.Sentences()[topic]; s != nil {
				fmt.Fprintf(&out, "| %s | %s |\n", p.Fill(s), "`"+strings.Join(s.Rests, "`, `")+"`")
			}
		}
		if left := p.NotStated(); len(left) > 0 {
			fmt.Fprintf(&out, "\nNot stated: %s.\n", strings.Join(left, ", "))
		}
	}
	return out.String()
}

// sayAll writes what is counted, or not, one line each.
func sayAll(out *strings.Builder, name string, all []Said) {
	for _, s := range all {
		text := s.Text
		if s.Cite != "" {
			text += ", " + s.Cite
		}
		fmt.Fprintf(out, "- %s: %s.\n", name, strings.TrimSuffix(text, "."))
	}
}
