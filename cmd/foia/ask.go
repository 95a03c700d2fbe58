package main

import (
	"errors"
	"fmt"
	"strings"

	"charm.land/huh/v2"

	"foia/internal/letter"
	"foia/internal/remedy"
)

// askFields asks in the terminal for the answers that are missing.
func (a *app) askFields(fields []letter.Field, into letter.Answers, in letter.Typing) error {
	a.note("%s to go. You can also put long answers in a file: --answers FILE.yaml", plural(len(fields), "question", "questions"))
	for _, f := range fields {
		value, err := askField(f, in)
		if errors.Is(err, huh.ErrUserAborted) {
			return remedy.Misuse("stopped; nothing was written", "run the command again when you are ready")
		}
		if err != nil {
			return fmt.Errorf("cannot ask questions in this terminal: %w", err)
		}
		into[f.Name] = value
	}
	return nil
}

// askField asks one question, and checks the answer as a flag would be checked.
func askField(f letter.Field, in letter.Typing) (any, error) {
	check := func(s string) error {
		v, err := f.Clean(s, "", in)
		if err == nil && v == nil && f.Required {
			return errors.New("this question needs an answer")
		}
		return err
	}
	help := f.Help
	if f.Example != nil {
		help = strings.TrimSpace(help + "\nFor example: " + exampleText(f.Example))
	}
	if !f.Required && f.Type != letter.YesNo && f.Type != letter.Choice {
		help = strings.TrimSpace(help + "\nPress Enter to skip this question.")
	}
	switch f.Type {
	case letter.YesNo:
		var yes bool
		err := huh.NewConfirm().Title(f.Label).Description(help).Value(&yes).Run()
		return yes, err
	case letter.Choice:
		var choice string
		err := huh.NewSelect[string]().Title(f.Label).Description(help).Options(choices(f)...).Value(&choice).Run()
		return choice, err
	case letter.Text, letter.List, letter.Records:
		var s string
		if f.Type != letter.Text {
			help = strings.TrimSpace("One per line. " + help)
		}
		err := huh.NewText().Title(f.Label).Description(help).Validate(check).Value(&s).Run()
		return s, err
	}
	var s string
	err := huh.NewInput().Title(f.Label).Description(help).Validate(check).Value(&s).Run()
	return s, err
}

// noChoice is what a user chooses who does not want to answer.
const noChoice = "(skip this question)"

// choices are the choices of a field; one that need not be answered can be skipped.
func choices(f letter.Field) []huh.Option[string] {
	options := huh.NewOptions(f.Choices...)
	if !f.Required {
		options = append(options, huh.NewOption(noChoice, ""))
	}
	return options
}

func exampleText(v any) string {
	if list, ok := v.([]any); ok && len(list) > 0 {
		return fmt.Sprint(list[0])
	}
	return fmt.Sprint(v)
}

// confirm asks a question that is answered with yes or no.
func (a *app) confirm(question string) (bool, error) {
	yes := false
	if err := huh.NewConfirm().Title(question).Value(&yes).Run(); err != nil {
		return false, fmt.Errorf("the question was not answered: %w", err)
	}
	return yes, nil
}
