package main

import (
	"fmt"
	"slices"
	"strings"

	"foia/internal/remedy"

	"github.com/spf13/cobra"
)

// commandGroups are the groups of commands in the help, each with its commands in the order in
// which a request needs them.
var commandGroups = []struct {
	id, title string
	commands  []string
}{
	{"requests", "Requests", []string{"init", "new", "edit", "discard", "check", "log", "show", "open", "copy", "record", "inbox", "import",
		"undo",
		"letter", "paper", "send"}},
	{"due", "What is due", []string{"due", "next", "explain", "serve"}},
	{"many", "Many at once", []string{"batch", "campaign", "report"}},
	{"team", "Working as a team", []string{"assign", "tag", "private", "public", "fetch", "db"}},
	{"proof", "Proof", []string{"verify", "seal", "packet", "redact", "backup", "restore"}},
	{"reference", "Reference", []string{"subject", "records", "template", "agency", "law", "version", "completion", "help"}},
}

// helpTemplate is the library's, with the groups in the order of commandGroups and the commands
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
{{- if not .HasParent}}

Topics (foia help TOPIC):
TOPICS{{end}}
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
func (a *app) arrangeHelp(root *cobra.Command) {
	cobra.EnableCommandSorting = false
	// Who double-clicks foia.exe on Windows would see a window that closes at once.
	cobra.MousetrapHelpText = "foia is used from a command line. Open Windows Terminal or PowerShell, go to your\n" +
		"folder with cd, and type: foia\n"
	cobra.MousetrapDisplayDuration = 0 // until a key is pressed
	root.SetHelpCommand(a.newHelpCommand(root))
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	byName := map[string]*cobra.Command{}
	for _, c := range root.Commands() {
		byName[c.Name()] = c
	}
	all := root.Commands()
	root.RemoveCommand(slices.Clone(all)...)
	for _, group := range commandGroups {
		root.AddGroup(&cobra.Group{ID: group.id, Title: group.title})
		for _, name := range group.commands {
			c := byName[name]
			c.GroupID = group.id
			root.AddCommand(c)
		}
	}
	byName["completion"].Short = "Set up tab completion in your shell"
	root.SetUsageTemplate(strings.Replace(helpTemplate, "TOPICS", listTopics(), 1))
}

// listTopics are the topics as the help lists them, beside the commands.
func listTopics() string {
	var list strings.Builder
	for _, t := range helpTopics {
		fmt.Fprintf(&list, "  %-11s %s\n", t.name, t.short)
	}
	return strings.TrimRight(list.String(), "\n")
}

func (a *app) newHelpCommand(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND|TOPIC]",
		Short: "Show help for a command, or explain a topic",
		Long: "Shows help for a command, or for foia as a whole: the same as foia COMMAND\n--help. Or explains a topic, " +
			"with the law that each statement rests on:\n\n" + listTopics(),
		Example: "  foia help\n  foia help record\n  foia help campaign print\n  foia help deadlines",
		Args:    cobra.ArbitraryArgs,
		ValidArgsFunction: func(_ *cobra.Command, args []string, begins string) ([]cobra.Completion, cobra.ShellCompDirective) {
			found, _, err := root.Find(args)
			if err != nil {
				return nil, cobra.ShellCompDirectiveNoFileComp
			}
			var names []cobra.Completion
			for _, c := range found.Commands() {
				if c.IsAvailableCommand() && strings.HasPrefix(c.Name(), begins) {
					names = append(names, cobra.CompletionWithDesc(c.Name(), c.Short))
				}
			}
			if found == root {
				for _, t := range helpTopics {
					if !strings.HasPrefix(t.name, begins) {
						continue
					}
					names = append(names, cobra.CompletionWithDesc(t.name, t.short))
				}
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 1 && slices.Contains(topicNames(), args[0]) {
				return a.showTopic(args[0])
			}
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
