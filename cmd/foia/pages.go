package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"foia/internal/manual"
)

//go:generate go run -tags pages . -docs ../../docs

// madeOf are the pages of docs that are made from the commands, by name.
func madeOf(root *cobra.Command) (map[string]string, error) {
	topics, err := topicsPage()
	if err != nil {
		return nil, err
	}
	return map[string]string{"help.md": topics, "reference.md": "# All commands\n\nEvery command with its flags and examples, as " +
		"`foia COMMAND --help` prints them. This page is made from the program\nby `go generate ./...`. " +
		"`go run -tags pages ./cmd/foia -man man` makes man pages of the same, and of the\nhelp topics.\n\n" + manual.Reference(root)}, nil
}

// manPages are the man pages of the commands and of the help topics, by their file names.
func manPages(root *cobra.Command) (map[string]string, error) {
	var guides []*manual.Guide
	for _, t := range helpTopics {
		parts, err := topicPassages(t.name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", t.name, err)
		}
		g := manual.NewGuide(t.name, t.short)
		for _, part := range parts {
			switch part.kind {
			case isTitle: // the short form says the same
			case isItem:
				g.Item(part.text)
			case isCommand:
				g.Command(part.text)
			default:
				g.Paragraph(part.text)
			}
		}
		guides = append(guides, g)
	}
	return manual.Man(root, guides...), nil
}

// topicsPage are the help topics on one page.
func topicsPage() (string, error) {
	var p strings.Builder
	p.WriteString("# Help topics\n\nThese are the texts that `foia help TOPIC` prints, with the law that each statement " +
		"rests on. They are made\nfrom `cmd/foia/topics` and from the law's data by `go generate ./...`; change them there.\n")
	for _, t := range helpTopics {
		parts, err := topicPassages(t.name)
		if err != nil {
			return "", fmt.Errorf("%s: %w", t.name, err)
		}
		for i, part := range parts {
			if i == 0 || part.kind != parts[i-1].kind || part.kind == isParagraph {
				p.WriteString("\n")
			}
			switch part.kind {
			case isTitle:
				p.WriteString("## " + part.text)
			case isItem:
				p.WriteString(manual.Wrapped("- ", "  ", part.text))
			case isCommand:
				p.WriteString("    " + part.text)
			default:
				p.WriteString(manual.Wrapped("", "", part.text))
			}
			p.WriteString("\n")
		}
	}
	return p.String(), nil
}
