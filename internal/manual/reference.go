// Package manual is the commands of a face as pages to read: a reference in Markdown, and
// man pages. Programs that go generate or a packager runs call it; no command of foia does.
// The library's own package for this, cobra/doc, would bring two modules more for what is
// a hundred lines.
package manual

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// wide is how long a line of the pages may be.
const wide = 120

// Reference is one page in Markdown on all commands below root, by their groups: what each
// is for, its use line, its flags and its examples.
func Reference(root *cobra.Command) string {
	var p strings.Builder
	if flags := flagList(root.PersistentFlags()); flags != "" {
		fmt.Fprintf(&p, "Flags of every command:\n\n%s\n", flags)
	}
	for _, group := range root.Groups() {
		fmt.Fprintf(&p, "## %s\n\n", group.Title)
		for _, c := range root.Commands() {
			if c.GroupID == group.ID && Shown(c) {
				referTo(&p, c)
			}
		}
	}
	return strings.TrimRight(p.String(), "\n") + "\n"
}

// Shown tells whether a command has its place in the pages.
func Shown(c *cobra.Command) bool { return c.IsAvailableCommand() || c.Name() == "help" }

func referTo(p *strings.Builder, c *cobra.Command) {
	fmt.Fprintf(p, "### %s\n\n%s.\n\n", c.CommandPath(), strings.TrimSuffix(c.Short, "."))
	if len(listed(c)) > 0 {
		names := make([]string, 0, len(listed(c)))
		for _, below := range listed(c) {
			names = append(names, "`"+below.CommandPath()+"`")
		}
		fmt.Fprintf(p, "%s\n", Wrapped("", "", strings.Join(names, ", ")+"."))
	} else {
		fmt.Fprintf(p, "Usage: `%s`\n", c.UseLine())
	}
	if long := strings.TrimSpace(c.Long); long != "" && long != c.Short {
		fmt.Fprintf(p, "\n```text\n%s\n```\n", long)
	}
	if flags := flagList(c.LocalNonPersistentFlags()); flags != "" {
		fmt.Fprintf(p, "\n%s", flags)
	}
	if c.Example != "" {
		fmt.Fprintf(p, "\nExamples:\n\n%s\n", indented(c.Example, "    "))
	}
	p.WriteString("\n")
	for _, below := range listed(c) {
		referTo(p, below)
	}
}

// listed are the commands below one that have a place in the pages.
func listed(c *cobra.Command) (out []*cobra.Command) {
	for _, below := range c.Commands() {
		if Shown(below) {
			out = append(out, below)
		}
	}
	return out
}

// flagList are flags as a list in Markdown.
func flagList(flags *pflag.FlagSet) string {
	var list strings.Builder
	eachFlag(flags, func(name, usage string) {
		list.WriteString(Wrapped("- `"+name+"`: ", "  ", usage) + "\n")
	})
	return list.String()
}

// eachFlag calls with each flag that is shown: how it is written, and what it is for.
func eachFlag(flags *pflag.FlagSet, with func(name, usage string)) {
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden || f.Name == "help" {
			return
		}
		value, usage := pflag.UnquoteUsage(f)
		name := "--" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", " + name
		}
		if value != "" {
			name += " " + value
		}
		if usage = strings.Join(strings.Fields(usage), " "); set(f) {
			usage += " (default: " + f.DefValue + ")"
		}
		with(name, usage)
	})
}

// set tells whether a flag has a value from the start that is worth saying.
func set(f *pflag.Flag) bool {
	switch f.DefValue {
	case "", "false", "0", "[]":
		return false
	}
	return true
}

// indented puts the lines of a text, which have an indent of their own, behind another.
func indented(text, indent string) string {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	least := len(text)
	for _, line := range lines {
		if trimmed := strings.TrimLeft(line, " "); trimmed != "" {
			least = min(least, len(line)-len(trimmed))
		}
	}
	for i, line := range lines {
		if line = strings.TrimRight(line, " "); line != "" {
			line = indent + line[least:]
		}
		lines[i] = line
	}
	return strings.Join(lines, "\n")
}

// Wrapped is a paragraph in lines of a page: the first begins with first, the others with
// indent.
func Wrapped(first, indent, text string) string {
	var out strings.Builder
	line, prefix := first, first
	for word := range strings.FieldsSeq(text) {
		if line != prefix && utf8.RuneCountInString(line+" "+word) > wide {
			out.WriteString(strings.TrimRight(line, " ") + "\n")
			line, prefix = indent, indent
		}
		if line != prefix {
			line += " "
		}
		line += word
	}
	return out.String() + strings.TrimRight(line, " ")
}
