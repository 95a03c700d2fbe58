package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"foia/internal/docket"
	"foia/internal/logbook"
	"foia/internal/remedy"
)

func newTagCommand(a *app) *cobra.Command {
	var add, remove []string
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "tag ID… [--add TAG…] [--remove TAG…]",
		Short: "Add tags to requests, or remove them",
		Long: "Adds or removes tags, the words you find requests by. If it fails for one of the\n" +
			"requests you name, none is changed. A tag has up to 40 letters, digits and\n" +
			"hyphens; capitals become lower case, spaces become hyphens. To find tagged\n" +
			"requests: foia log --tag TAG, foia due --tag TAG. The status and dates of a\n" +
			"request do not change.",
		Example: "  foia tag 2026-0001 --add urgent\n  foia tag 2026-0001 2026-0002 --add court,follow-up --remove old",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, ids []string) error {
			if err := readTags(add, remove); err != nil {
				return err
			}
			return a.arrange(cmd, ids, asJSON, func(b *logbook.Book) ([]logbook.Arranged, error) {
				return b.Arrange(cmd.Context(), ids, func(h docket.Hands) []docket.Event { return h.Tag(add, remove) })
			}, tagged)
		},
	}
	cmd.Flags().StringSliceVar(&add, "add", nil, "the `tags` to add, separated by commas")
	cmd.Flags().StringSliceVar(&remove, "remove", nil, "the `tags` to remove, separated by commas")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the result as JSON")
	return cmd
}

// readTags brings all tags into their one form, in place.
func readTags(add, remove []string) (err error) {
	if len(add)+len(remove) == 0 {
		return remedy.Misuse("no tags given", "write --add TAG or --remove TAG")
	}
	for _, tags := range [][]string{add, remove} {
		for i := range tags {
			if tags[i], err = docket.ReadTag(tags[i]); err != nil {
				return err
			}
		}
	}
	for _, tag := range add {
		if slices.Contains(remove, tag) {
			return remedy.Misuse("the tag "+tag+" cannot be both added and removed", "choose one")
		}
	}
	return nil
}

func tagged(one logbook.Arranged) string {
	if len(one.Tags) == 0 {
		return "no tags"
	}
	return "tagged " + strings.Join(one.Tags, ", ")
}
