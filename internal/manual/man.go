package manual

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

// Man are the man pages of a program, one for itself, one for each command and one for each
// guide, by their file names, such as foia-record.1. They have no date, so that the same program
// gives the same pages; whoever releases it has one (Dated).
func Man(root *cobra.Command, guides ...*Guide) map[string]string {
	pages := map[string]string{}
	addMan(pages, root)
	also := make([]string, len(guides))
	for i, g := range guides {
		file, text := g.page(root.Name())
		pages[file] = text
		also[i] = fmt.Sprintf(".BR %s (7)", roff(strings.TrimSuffix(file, ".7")))
	}
	if len(also) > 0 {
		pages[manName(root)+".1"] += ".SH SEE ALSO\n" + strings.Join(also, ",\n") + "\n"
	}
	return pages
}

// Dated is a page with its date.
func Dated(page string, day time.Time) string {
	return strings.Replace(page, ` ""`, ` "`+day.UTC().Format(time.DateOnly)+`"`, 1) // the head is the first line
}

func addMan(pages map[string]string, c *cobra.Command) {
	pages[manName(c)+".1"] = manPage(c)
	for _, below := range listed(c) {
		addMan(pages, below)
	}
}

// manName is the name of a command's page.
func manName(c *cobra.Command) string { return strings.ReplaceAll(c.CommandPath(), " ", "-") }

func manPage(c *cobra.Command) string {
	var p strings.Builder
	program := c.Root().Name()
	fmt.Fprintf(&p, ".TH %s 1 \"\" %s \"%s manual\"\n", strings.ToUpper(manName(c)), program, program)
	fmt.Fprintf(&p, ".SH NAME\n%s \\- %s\n", roff(manName(c)), roff(strings.TrimSuffix(c.Short, ".")))
	fmt.Fprintf(&p, ".SH SYNOPSIS\n%s\n", roff(strings.TrimSuffix(c.UseLine(), " [flags]")))
	if c.Long != "" {
		fmt.Fprintf(&p, ".SH DESCRIPTION\n%s", verbatim(c.Long))
	}
	if below := listed(c); len(below) > 0 {
		p.WriteString(".SH COMMANDS\n")
		for _, b := range below {
			fmt.Fprintf(&p, ".TP\n.B %s\n%s\n", roff(b.Name()), roff(b.Short))
		}
	}
	addFlags(&p, "OPTIONS", c)
	if c.Example != "" {
		fmt.Fprintf(&p, ".SH EXAMPLES\n%s", verbatim(indented(c.Example, "")))
	}
	if c.HasParent() {
		fmt.Fprintf(&p, ".SH SEE ALSO\n.BR %s (1)\n", roff(manName(c.Parent())))
	}
	return p.String()
}

func addFlags(p *strings.Builder, title string, c *cobra.Command) {
	begun := false
	for _, flags := range []func(func(name, usage string)){
		func(with func(name, usage string)) { eachFlag(c.LocalFlags(), with) },
		func(with func(name, usage string)) { eachFlag(c.InheritedFlags(), with) },
	} {
		flags(func(name, usage string) {
			if !begun {
				fmt.Fprintf(p, ".SH %s\n", title)
				begun = true
			}
			fmt.Fprintf(p, ".TP\n.B %s\n%s\n", roff(name), roff(usage))
		})
	}
}

// verbatim is a text whose lines stay as they are.
func verbatim(text string) string {
	var p strings.Builder
	p.WriteString(".nf\n")
	for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		p.WriteString(roff(line) + "\n")
	}
	p.WriteString(".fi\n")
	return p.String()
}

// roff is a line of text as roff takes it: a backslash begins its commands, a hyphen would
// become one that cannot be pasted, a line that begins with a full stop or an apostrophe is
// a request, and what is not ASCII is named.
func roff(line string) string {
	var out strings.Builder
	if strings.HasPrefix(line, ".") || strings.HasPrefix(line, "'") {
		out.WriteString(`\&`)
	}
	for _, r := range line {
		switch {
		case r == '\\':
			out.WriteString(`\e`)
		case r == '-':
			out.WriteString(`\-`)
		case r >= 0x80:
			fmt.Fprintf(&out, `\[u%04X]`, r)
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}
