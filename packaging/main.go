// Command packaging makes a release of foia: for each system an archive, for Linux also a .deb
// and an .rpm, of each program the list of what is in it, and the checksums of all of them.
// It is no part of foia, and a module of its own, so that foia does not depend on what packs it.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:])
	stop()
	if errors.Is(err, flag.ErrHelp) {
		os.Exit(2)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "release:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("packaging/release", flag.ContinueOnError)
	flags.Usage = func() {
		fmt.Fprintln(flags.Output(), "packaging/release [-only SYSTEM,...] [VERSION] [FOLDER]")
		flags.PrintDefaults()
	}
	root := flags.String("root", ".", "the `clone` that is released")
	only := flags.String("only", strings.Join(allSystems(), ","), "for which `systems`")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() > 2 {
		flags.Usage()
		return fmt.Errorf("%d arguments, at most 2 are known: the version and the folder", flags.NArg())
	}
	r, err := newRelease(ctx, *root, flags.Arg(0), flags.Arg(1))
	if err != nil {
		return err
	}
	if r.systems, err = readSystems(*only); err != nil {
		return err
	}
	return r.make(ctx)
}

// release is what is made: of one commit of one clone, under one version.
type release struct {
	root    string // the clone
	version string // without v in front
	commit  string
	date    time.Time // of the commit: the date of all that is made
	out     string    // which is there only when all of it is made
	systems []system
	by      string // NAME <ADDRESS> of who made the packages, or unknown

	work string // an empty folder, removed at the end
	src  string // the files of the commit
}

// semantic is a version as semver.org has it, without what is ignored when versions are compared.
const semantic = `^\d+\.\d+\.\d+(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$`

func newRelease(ctx context.Context, root, version, out string) (*release, error) {
	r := &release{by: maker()}
	var err error
	if r.root, err = filepath.Abs(root); err != nil {
		return nil, err
	}
	head, err := command(ctx, r.root, nil, "git", "log", "-1", "--format=%H %cI")
	if err != nil {
		return nil, err
	}
	commit, day, _ := strings.Cut(strings.TrimSpace(head), " ")
	r.commit = commit
	if r.date, err = time.Parse(time.RFC3339, day); err != nil {
		return nil, err
	}
	r.date = r.date.UTC()
	if r.version = strings.TrimPrefix(version, "v"); version == "" {
		if r.version, err = r.known(ctx); err != nil {
			return nil, err
		}
	}
	if !regexp.MustCompile(semantic).MatchString(r.version) {
		return nil, fmt.Errorf("the version %q is not one such as 1.2.0 or 1.2.0-rc.1", r.version)
	}
	if out == "" {
		out = filepath.Join(r.root, "dist", r.version)
	}
	if r.out, err = filepath.Abs(out); err != nil {
		return nil, err
	}
	if _, err := os.Lstat(r.out); !errors.Is(err, os.ErrNotExist) {
		return nil, errors.Join(err, fmt.Errorf("%s is there already: remove it, or name another folder", r.out))
	}
	return r, nil
}

// known is the version that the commit's tag gives it, or, without one, a version that sorts
// before all releases and names the commit.
func (r *release) known(ctx context.Context) (string, error) {
	tags, err := command(ctx, r.root, nil, "git", "tag", "--points-at", r.commit, "--list", "v[0-9]*")
	if err != nil {
		return "", err
	}
	switch tags := strings.Fields(tags); len(tags) {
	case 0:
		return "0.0.0-" + r.date.Format("20060102150405") + ".g" + r.commit[:12], nil
	case 1:
		return strings.TrimPrefix(tags[0], "v"), nil
	default:
		return "", fmt.Errorf("the commit has several tags (%s): name the version", strings.Join(tags, ", "))
	}
}

// maker is who makes the packages, by the variables that Debian's tools know. Packages have to name
// somebody; a name that nobody gave is unknown.
func maker() string {
	name, address := os.Getenv("DEBFULLNAME"), os.Getenv("DEBEMAIL")
	if name == "" || address == "" {
		return "unknown <unknown@localhost>"
	}
	return name + " <" + address + ">"
}

// make makes everything in a folder beside the last one, which appears when all of it is there.
func (r *release) make(ctx context.Context) (err error) {
	if err := os.MkdirAll(filepath.Dir(r.out), 0o755); err != nil {
		return err
	}
	if r.work, err = os.MkdirTemp(filepath.Dir(r.out), ".release-"); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(r.work)) }()
	made := filepath.Join(r.work, "made")
	if err := os.Mkdir(made, 0o755); err != nil {
		return err
	}
	if err := r.warn(ctx); err != nil {
		return err
	}
	if err := r.export(ctx); err != nil {
		return err
	}
	common, err := r.common(ctx)
	if err != nil {
		return err
	}
	for _, s := range r.systems {
		start := time.Now()
		if err := r.makeFor(ctx, s, common, made); err != nil {
			return fmt.Errorf("%s: %w", s, err)
		}
		fmt.Printf("%s: %.0f s\n", s, time.Since(start).Seconds())
	}
	if err := checksums(made); err != nil {
		return err
	}
	if err := os.Rename(made, r.out); err != nil {
		return err
	}
	fmt.Printf("foia %s, commit %.12s: %s\n", r.version, r.commit, r.out)
	return nil
}

// warn says what is not released though it stands in the clone.
func (r *release) warn(ctx context.Context) error {
	changes, err := command(ctx, r.root, nil, "git", "status", "--porcelain", "--untracked-files=no")
	if err == nil && changes != "" {
		fmt.Fprintf(os.Stderr, "release: changes that are in no commit are left out:\n%s", changes)
	}
	return err
}

func (r *release) makeFor(ctx context.Context, s system, common []file, made string) error {
	program, err := r.build(ctx, s)
	if err != nil {
		return err
	}
	inside, err := r.inside(ctx, program)
	if err != nil {
		return err
	}
	base := fmt.Sprintf("foia_%s_%s_%s", r.version, s.os, s.arch)
	if err := r.bill(program, inside, filepath.Join(made, base+".cdx.json")); err != nil {
		return fmt.Errorf("list of what is in it: %w", err)
	}
	files := append([]file{{name: s.program(), source: program, mode: 0o755},
		{name: noticesName, data: inside.notices(), mode: 0o644}}, common...)
	if err := r.archive(s, base, files, made); err != nil {
		return err
	}
	if s.os != "linux" {
		return nil
	}
	return r.packages(s, files, inside, made)
}
