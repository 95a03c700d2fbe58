package manual

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/spf13/cobra"
)

func tool() *cobra.Command {
	root := &cobra.Command{Use: "tool", Short: "Do things", Long: "Does\n  - things\n'and …\n.more"}
	root.AddGroup(&cobra.Group{ID: "a", Title: "First"})
	root.PersistentFlags().StringP("where", "w", ".", "the `folder`")
	group := &cobra.Command{Use: "set", Short: "Set things", GroupID: "a"}
	one := &cobra.Command{Use: "one ID", Short: "Set one.", Run: func(*cobra.Command, []string) {},
		Example: "  tool set one 1 \\\n      --to \"a b\""}
	one.Flags().String("to", "", "what to set it "+strings.Repeat("to to ", 30))
	one.Flags().Bool("force", false, "even if")
	one.Flags().String("secret", "", "nobody sees this")
	if err := one.Flags().MarkHidden("secret"); err != nil {
		panic(err)
	}
	group.AddCommand(one, &cobra.Command{Use: "old", Short: "Gone", Hidden: true, Run: func(*cobra.Command, []string) {}})
	root.AddCommand(group)
	return root
}

func TestReference(t *testing.T) {
	page := Reference(tool())
	for _, want := range []string{"Flags of every command:\n\n- `-w, --where folder`: the folder (default: .)\n",
		"\n## First\n\n### tool set\n\nSet things.\n",
		"\n`tool set one`.\n", "\n### tool set one\n\nSet one.\n\nUsage: `tool set one ID [flags]`\n",
		"\n- `--force`: even if\n- `--to string`: what to set",
		"\nExamples:\n\n    tool set one 1 \\\n        --to \"a b\"\n"} {
		if !strings.Contains("\n"+page, want) {
			t.Errorf("no %q in\n%s", want, page)
		}
	}
	for _, not := range []string{"secret", "Gone", "--help"} {
		if strings.Contains(page, not) {
			t.Errorf("%q in\n%s", not, page)
		}
	}
	for line := range strings.Lines(page) {
		if utf8.RuneCountInString(line) > wide+1 {
			t.Errorf("too long: %s", line)
		}
	}
}

func TestMan(t *testing.T) {
	guide := NewGuide("files", "What is kept where")
	guide.Paragraph(".cache is one.")
	guide.Item("a-b")
	guide.Command("tool set one 1 --to 'x'")
	pages := Man(tool(), guide)
	if want := ".TH TOOL-FILES 7 \"\" tool \"tool manual\"\n.SH NAME\ntool\\-files \\- What is kept where\n.SH DESCRIPTION\n.PP\n" +
		"\\&.cache is one.\n.IP \\(bu 2\na\\-b\n.PP\n.RS 4\n.nf\ntool set one 1 \\-\\-to 'x'\n.fi\n.RE\n.SH SEE ALSO\n" +
		".BR tool (1)\n"; pages["tool-files.7"] != want {
		t.Errorf("%s", pages["tool-files.7"])
	}
	if !strings.HasSuffix(pages["tool.1"], ".SH SEE ALSO\n.BR tool\\-files (7)\n") {
		t.Errorf("%s", pages["tool.1"])
	}
	if len(pages) != 4 {
		t.Errorf("%d pages", len(pages))
	}
	for _, want := range []string{".TH TOOL 1 \"\" tool \"tool manual\"\n", ".SH NAME\ntool \\- Do things\n",
		".nf\nDoes\n  \\- things\n\\&'and \\[u2026]\n\\&.more\n.fi\n",
		".SH COMMANDS\n.TP\n.B set\nSet things\n"} {
		if !strings.Contains(pages["tool.1"], want) {
			t.Errorf("no %q in\n%s", want, pages["tool.1"])
		}
	}
	// The date takes its place in the head, and nothing else changes.
	day := time.Date(2026, 11, 29, 23, 0, 0, 0, time.UTC)
	if got := Dated(pages["tool.1"], day); got != strings.Replace(pages["tool.1"], `TOOL 1 ""`, `TOOL 1 "2026-11-29"`, 1) ||
		got == pages["tool.1"] {
		t.Errorf("%s", got)
	}
	one := pages["tool-set-one.1"]
	for _, want := range []string{".SH SYNOPSIS\ntool set one ID\n", ".B \\-\\-force\neven if\n", ".B \\-w, \\-\\-where folder\n",
		"tool set one 1 \\e\n    \\-\\-to \"a b\"\n", ".BR tool\\-set (1)\n"} {
		if !strings.Contains(one, want) {
			t.Errorf("no %q in\n%s", want, one)
		}
	}
}
