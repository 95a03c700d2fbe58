package law

import (
	"fmt"
	"slices"
	"strings"
)

// SentenceTable is docs/public-records.md.
func SentenceTable(b *RecordsBook) string {
	var out strings.Builder
	out.WriteString("# What a letter says about each law, and what it rests on\n\n" +
		"For each law, the sentences that a letter uses and the facts behind them. The sources of each fact are in\n" +
		"the file of the law in `internal/law/laws`, under the field named in the second column; every field named there is\n" +
		"verified. What is listed as not stated is unverified: the letter is silent on it, as on anything the law does not\n" +
		"address, and the preflight tells you what to look up.\n\n" +
		"This page is generated from `internal/law/laws`: `go test ./internal/law -update` writes it again.\n")
	for _, id := range b.IDs() {
		p, _ := b.Law(id)
		fmt.Fprintf(&out, "\n## %s: %s (%s)\n%s. Sources: %s.\n\n| sentence | rests on |\n| --- | --- |\n", id, p.Name, p.Place, strings.TrimSuffix(p.Citation, "."), grades(p))
		for _, topic := range []string{TopicWho, TopicDeadline, TopicExtension, TopicFees, TopicWaiver, TopicAppeal, TopicDenial, TopicStatement} {
			if s := p.Sentences()[topic]; s != nil {
				fmt.Fprintf(&out, "| %s | %s |\n", p.Fill(s), "`"+strings.Join(s.Rests, "`, `")+"`")
			}
		}
		if len(p.Unverified)+len(p.OneSource)+len(p.Use.Doubted) > 0 {
			fmt.Fprintf(&out, "\nNot stated: %s.\n", strings.Join(slices.Concat(p.Unverified, p.OneSource, p.Use.Doubted), ", "))
		}
	}
	return out.String()
}

func grades(p *PublicRecords) string {
	count := map[string]int{}
	for _, s := range p.Sources {
		count[s.Grade]++
	}
	var out []string
	for _, g := range []string{"statute", "official", "secondary", "dataset"} {
		if count[g] > 0 {
			out = append(out, fmt.Sprintf("%d %s", count[g], g))
		}
	}
	return strings.Join(out, ", ")
}
