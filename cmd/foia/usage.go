package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"foia/internal/entered"
	"foia/internal/lazy"
	"foia/internal/remedy"
)

// The command library words its errors for programmers, and gives most of them no type.
// So every command line is judged here: what is missing or too much, by how many words
// the command takes; unknown commands and topics, by looking them up; flags, by the
// types of their errors. All of it is a misuse, with a hint and exit code 2.

// isGroup tells whether a command does nothing but list those below it.
func isGroup(cmd *cobra.Command) bool {
	return cmd.HasAvailableSubCommands() && cmd.DisableFlagsInUseLine
}

// checkUsage has a command and all below it judge their words here.
func checkUsage(cmd *cobra.Command) {
	if cmd.HasAvailableSubCommands() && !cmd.Runnable() {
		cmd.Args, cmd.DisableFlagsInUseLine = cobra.NoArgs, true
		cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	}
	if takes := cmd.Args; takes != nil {
		cmd.Args = func(cmd *cobra.Command, args []string) error {
			err := takes(cmd, args)
			if err == nil || remedy.IsMisuse(err) {
				return err
			}
			return wrongWords(cmd, args, takes)
		}
	}
	for _, below := range cmd.Commands() {
		checkUsage(below)
	}
}

// wrongWords says which words are missing, or which is the first that a command does
// not take.
func wrongWords(cmd *cobra.Command, args []string, takes cobra.PositionalArgs) error {
	needed := words(cmd)
	if len(args) < len(needed) {
		missing := needed[len(args):]
		return remedy.Misuse("missing "+strings.Join(missing, " and ")+" (usage: "+usageLine(cmd)+")",
			exampleOf(cmd, missing[len(missing)-1]))
	}
	fits := len(args) - 1
	for fits > 0 && takes(cmd, args[:fits]) != nil {
		fits--
	}
	extra := args[fits]
	if cmd.HasAvailableSubCommands() {
		return remedy.Misuse(fmt.Sprintf("%s has no command %q", cmd.CommandPath(), extra), nearCommand(cmd, extra))
	}
	return remedy.Misuse(fmt.Sprintf("unexpected %q (usage: %s)", extra, usageLine(cmd)),
		"put words that belong together in quotes; see: "+helpFor(cmd))
}

var (
	optional     = lazy.Pattern(`\[[^\]]*\]`)
	alternatives = lazy.Pattern(`\{([^|}]*)\|[^}]*\}`)
	flagInUse    = lazy.Pattern(`(^| )--?\S+( [A-Z]+)?`)
)

// words are the names of the words that a command cannot do without, as its use line
// has them. With --campaign, a command takes no ID.
func words(cmd *cobra.Command) []string {
	_, use, _ := strings.Cut(cmd.Use, " ")
	use = alternatives.RE().ReplaceAllString(optional.RE().ReplaceAllString(use, ""), "$1")
	use = flagInUse.RE().ReplaceAllString(use, "")
	var names []string
	for name := range strings.FieldsSeq(use) {
		if name = strings.Trim(name, "…,"); name != "" {
			names = append(names, name)
		}
	}
	if f := cmd.Flags().Lookup("campaign"); f != nil && f.Changed && len(names) > 0 {
		names = names[1:]
	}
	return names
}

func usageLine(cmd *cobra.Command) string { return strings.TrimSuffix(cmd.UseLine(), " [flags]") }

// shownBy are the commands that list what a word of a use line may be.
var shownBy = map[string]string{
	"TEMPLATE": "foia template list",
	"ID":       "foia log",
	"OFFICE":   "foia agency list",
	"WORDS":    "foia agency list",
	"EVENT":    "foia record --help",
}

// exampleOf is the first example of a command's help, and the command that lists what
// the missing word may be.
func exampleOf(cmd *cobra.Command, missing string) string {
	example, _, _ := strings.Cut(strings.TrimSpace(cmd.Example), "\n")
	list := shownBy[missing]
	if list == "" {
		list = helpFor(cmd)
	}
	if example = strings.TrimRight(example, ` \`); example == "" {
		return "see: " + list
	}
	return "for example: " + example + "; see: " + list
}

func helpFor(cmd *cobra.Command) string { return cmd.CommandPath() + " --help" }

// nearCommand names the commands and topics that resemble what was typed.
func nearCommand(cmd *cobra.Command, typed string) string {
	var names []string
	for _, below := range cmd.Commands() {
		if below.IsAvailableCommand() || below.Name() == "help" {
			names = append(names, below.Name())
		}
	}
	if !cmd.HasParent() {
		names = append(names, topicNames()...)
	}
	near := entered.Nearest(typed, names, 3)
	for i, name := range near {
		if _, topic := topicSource(name); topic {
			name = "help " + name
		}
		near[i] = cmd.CommandPath() + " " + name
	}
	return remedy.DidYouMean(near, "see all commands: "+helpFor(cmd))
}

// wrongFlag says in words what the library found wrong with a flag, by its type.
func wrongFlag(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var valueless *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	var garbled *pflag.InvalidSyntaxError
	see := "see: " + helpFor(cmd)
	switch {
	case errors.As(err, &unknown):
		if unknown.GetSpecifiedShortnames() != "" {
			return remedy.Misuse(fmt.Sprintf("%s has no flag -%s", cmd.CommandPath(), unknown.GetSpecifiedName()), see)
		}
		return remedy.Misuse(fmt.Sprintf("%s has no flag --%s", cmd.CommandPath(), unknown.GetSpecifiedName()),
			nearFlag(cmd, unknown.GetSpecifiedName(), see))
	case errors.As(err, &valueless):
		name, _ := pflag.UnquoteUsage(valueless.GetFlag())
		return remedy.Misuse(fmt.Sprintf("--%s needs a value: --%s %s", valueless.GetFlag().Name, valueless.GetFlag().Name,
			strings.ToUpper(name)), see)
	case errors.As(err, &invalid):
		return remedy.Misuse(fmt.Sprintf("--%s: %q is not %s", invalid.GetFlag().Name, invalid.GetValue(),
			valueKind(invalid.GetFlag().Value.Type())), see)
	case errors.As(err, &garbled):
		return remedy.Misuse(fmt.Sprintf("%q is not a flag", garbled.GetSpecifiedFlag()), see)
	}
	return remedy.Misuse(err.Error(), see)
}

func nearFlag(cmd *cobra.Command, typed, see string) string {
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if !f.Hidden {
			names = append(names, f.Name)
		}
	})
	near := entered.Nearest(typed, names, 3)
	for i, name := range near {
		near[i] = "--" + name
	}
	return remedy.DidYouMean(near, see)
}

// valueKind names what a flag takes, by the type that the library gives its value.
func valueKind(t string) string {
	switch t {
	case "bool":
		return "true or false"
	case "int", "int64", "uint", "count":
		return "a whole number"
	case "float64":
		return "a number"
	case "duration":
		return "a length of time, such as 30s"
	}
	return "a value that it takes"
}

// missingFlag names a flag that a command cannot do without.
func missingFlag(cmd *cobra.Command) error {
	var err error
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if _, required := f.Annotations[cobra.BashCompOneRequiredFlag]; required && !f.Changed && err == nil {
			err = remedy.Misuse(fmt.Sprintf("missing --%s (usage: %s)", f.Name, usageLine(cmd)), exampleOf(cmd, ""))
		}
	})
	return err
}
