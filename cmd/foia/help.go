package main

import (
	"fmt"
	"slices"

	"foia/internal/remedy"

	"github.com/spf13/cobra"
)

// topics are the groups of commands in the help, each with its commands in the order in
// which a request needs them.
var topics = []struct {
	id, title string
	commands  []string
}{
	{"requests", "Requests", []string{"init", "new", "edit", "discard", "check", "log", "show", "record", "undo", "letter", "paper"}},
	{"due", "What is due", []string{"due", "next", "explain"}},
	{"many", "Many at once", []string{"batch", "campaign", "report"}},
	{"team", "Working as a team", []string{"assign", "tag", "private", "public", "fetch", "db"}},
	{"proof", "Proof", []string{"verify", "seal", "packet", "backup", "restore"}},
	{"reference", "Reference", []string{"template", "agency", "law", "version", "completion", "help"}},
}

// helpTemplate is the library's, with the groups in the order of topics and the commands
// in the order of each, and without what a reporter need not know.
const helpTemplate = `Usage:
{{- if and .Runnable (not .DisableFlagsInUseLine)}}
  {{.UseLine}}{{end}}
{{- if .HasAvailableSubCommands}}
  {{.CommandPath}} COMMAND{{end}}
{{- if .HasExample}}

Examples:
{{.Example}}{{end}}
{{- if .HasAvailableSubCommands}}
{{- $root := .}}
{{- range .Groups}}

{{.Title}}:{{$id := .ID}}
{{- range $root.Commands}}{{if and (eq .GroupID $id) (or .IsAvailableCommand (eq .Name "help"))}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}{{end}}
{{- if not .Groups}}

Commands:
{{- range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}{{end}}{{end}}
{{- if .HasAvailableLocalFlags}}

Flags:
{{.LocalFlags.FlagUsagesWrapped 80 | trimTrailingWhitespaces}}{{end}}
{{- if .HasAvailableInheritedFlags}}

Flags of every command:
{{.InheritedFlags.FlagUsagesWrapped 80 | trimTrailingWhitespaces}}{{end}}
{{- if .HasAvailableSubCommands}}

More about a command: {{.CommandPath}} COMMAND --help{{end}}
`

// arrangeHelp puts the commands into their groups and gives the help its form.
func arrangeHelp(root *cobra.Command) {
	cobra.EnableCommandSorting = false
	// Who double-clicks foia.exe on Windows would see a window that closes at once.
	cobra.MousetrapHelpText = "foia is used from a command line. Open Windows Terminal or PowerShell, go to your\n" +
		"folder with cd, and type: foia\n"
	cobra.MousetrapDisplayDuration = 0 // until a key is pressed
	root.SetHelpCommand(newHelpCommand(root))
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	byName := map[string]*cobra.Command{}
	for _, c := range root.Commands() {
		byName[c.Name()] = c
	}
	all := root.Commands()
	root.RemoveCommand(slices.Clone(all)...)
	for _, topic := range topics {
		root.AddGroup(&cobra.Group{ID: topic.id, Title: topic.title})
		for _, name := range topic.commands {
			c := byName[name]
			c.GroupID = topic.id
			root.AddCommand(c)
		}
	}
	byName["completion"].Short = "Set up tab completion in your shell"
	root.SetUsageTemplate(helpTemplate)
}

func newHelpCommand(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:     "help [COMMAND]",
		Short:   "Show help for a command",
		Long:    "Shows help for a command, or for foia as a whole: the same as foia COMMAND\n--help.",
		Example: "  foia help\n  foia help record\n  foia help campaign print",
		Args:    cobra.ArbitraryArgs,
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
			found, _, err := root.Find(args)
			if err != nil {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			var names []cobra.Completion
			for _, c := range found.Commands() {
				if c.IsAvailableCommand() {
					names = append(names, cobra.CompletionWithDesc(c.Name(), c.Short))
				}
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			at := root
			for _, name := range args {
				i := slices.IndexFunc(at.Commands(), func(c *cobra.Command) bool { return c.Name() == name || c.HasAlias(name) })
				if i < 0 {
					return remedy.Misuse(fmt.Sprintf("%s has no command %q", at.CommandPath(), name), nearCommand(at, name))
				}
				at = at.Commands()[i]
			}
			at.InitDefaultHelpFlag()
			at.InitDefaultVersionFlag()
			return at.Help()
		},
	}
}
