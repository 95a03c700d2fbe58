package main

import (
	"runtime/debug"
	"testing"
)

// A program tells what it was made from, and what nobody knows is unknown.
func TestBuild(t *testing.T) {
	const commit = "64f052012345aaaabbbbccccddddeeeeffff0000"
	stamp := func(modified string) []debug.BuildSetting {
		return []debug.BuildSetting{{Key: "GOOS", Value: "plan9"}, {Key: "vcs.revision", Value: commit},
			{Key: "vcs.time", Value: "2026-11-27T20:00:00Z"}, {Key: "vcs.modified", Value: modified}}
	}
	for name, c := range map[string]struct {
		release          build
		module           string
		settings         []debug.BuildSetting
		version, id, day string
		line             string
	}{
		"in a clone": {build{}, "v0.0.0-20261127200000-64f052012345", stamp("false"), "v0.0.0-20261127200000-64f052012345", commit,
			"2026-11-27T20:00:00Z", "v0.0.0-20261127200000-64f052012345, commit 64f052012345, 2026-11-27"},
		"in a clone at a tag": {build{}, "v1.2.0", stamp("false"), "v1.2.0", commit, "2026-11-27T20:00:00Z",
			"v1.2.0, commit 64f052012345, 2026-11-27"},
		"in a changed clone": {build{}, "v1.2.0+dirty", stamp("true"), "v1.2.0+dirty", commit, "2026-11-27T20:00:00Z",
			"v1.2.0+dirty, commit 64f052012345 with changes, 2026-11-27"},
		"a release": {build{Version: "1.2"}, "(devel)", stamp("false"), "1.2", commit, "2026-11-27T20:00:00Z",
			"1.2, commit 64f052012345, 2026-11-27"},
		"a release that was made of no clone": {build{Version: "1.2", Commit: commit, Date: "2026-11-27T20:00:00Z"}, "(devel)", nil,
			"1.2", commit, "2026-11-27T20:00:00Z", "1.2, commit 64f052012345, 2026-11-27"},
		"go install at a tag": {build{}, "v1.2.0", nil, "v1.2.0", unknown, unknown, "v1.2.0"},
		"go install of a head": {build{}, "v1.2.1-0.20261127200000-64f052012345", nil,
			"v1.2.1-0.20261127200000-64f052012345", "64f052012345", "2026-11-27T20:00:00Z",
			"v1.2.1-0.20261127200000-64f052012345, commit 64f052012345, 2026-11-27"},
		"go run":             {build{}, "(devel)", nil, unknown, unknown, unknown, unknown},
		"by another builder": {build{}, "", nil, unknown, unknown, unknown, unknown},
	} {
		b := buildOf(c.release, &debug.BuildInfo{Main: debug.Module{Version: c.module}, Settings: c.settings})
		if b.Version != c.version || b.Commit != c.id || b.Date != c.day || b.Changed != (name == "in a changed clone") {
			t.Errorf("%s: %+v", name, b)
		}
		if got := b.line(); got != c.line {
			t.Errorf("%s: %s", name, got)
		}
		if b.Go == "" || b.System == "/" {
			t.Errorf("%s: %+v", name, b)
		}
	}
	if b := buildOf(build{}, nil); b.Version != unknown || b.line() != unknown {
		t.Errorf("nothing was kept: %+v", b)
	}
}
