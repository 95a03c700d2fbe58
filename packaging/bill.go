package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"github.com/CycloneDX/cyclonedx-go"
	"github.com/CycloneDX/cyclonedx-gomod/pkg/generate/bin"
	"github.com/rs/zerolog"
)

// lister is the module that reads programs.
const lister = "github.com/CycloneDX/cyclonedx-gomod"

// bill writes what a program is made of (SBOM) in the form of CycloneDX: the modules with their versions and
// checksums as Go keeps them in the program, and the licenses that were found.
func (r *release) bill(program string, in inside, to string) (err error) {
	generator, err := bin.NewGenerator(program, bin.WithIncludeStdlib(true), bin.WithVersionOverride("v"+r.version),
		bin.WithLogger(zerolog.Nop()))
	if err != nil {
		return err
	}
	bom, err := generator.Generate()
	if err != nil {
		return err
	}
	// Both would else be of the moment, and no two lists the same.
	if bom.SerialNumber, err = serial(program); err != nil {
		return err
	}
	bom.Metadata.Timestamp = r.date.Format(time.RFC3339)
	bom.Metadata.Tools = &cyclonedx.ToolsChoice{Components: &[]cyclonedx.Component{
		{Type: cyclonedx.ComponentTypeApplication, Name: lister, Version: listerVersion()}}}
	bom.Metadata.Component.Licenses = choices([]string{"Apache-2.0"})
	if err := in.label(*bom.Components); err != nil {
		return err
	}
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	return cyclonedx.NewBOMEncoder(out, cyclonedx.BOMFileFormatJSON).SetPretty(true).Encode(bom)
}

// label puts the licenses, and the works that they hold, to the modules.
func (in inside) label(components []cyclonedx.Component) error {
	for i := range components {
		c := &components[i]
		name := c.Name
		if name == "std" {
			name = "Go"
		}
		for _, n := range in {
			switch {
			case n.of == name:
				c.Licenses = choices(n.licenses)
			case n.module == name:
				if c.Components == nil {
					c.Components = &[]cyclonedx.Component{}
				}
				*c.Components = append(*c.Components, cyclonedx.Component{Type: cyclonedx.ComponentTypeLibrary, Name: n.of,
					Licenses: choices(n.licenses)})
			}
		}
		if c.Licenses == nil {
			return fmt.Errorf("the license of %s is not known", c.Name)
		}
	}
	return nil
}

func choices(licenses []string) *cyclonedx.Licenses {
	out := cyclonedx.Licenses{}
	for _, l := range licenses {
		license := &cyclonedx.License{ID: l}
		// CycloneDX takes as an identifier only what was in SPDX’s list when it came out.
		if strings.HasPrefix(l, "LicenseRef-") || l == "Unicode-3.0" {
			license = &cyclonedx.License{Name: l}
		}
		out = append(out, cyclonedx.LicenseChoice{License: license})
	}
	return &out
}

// serial is a number for the list of a program, as the version 8 of UUIDs, made of the program's bytes.
func serial(program string) (string, error) {
	text, err := os.ReadFile(program)
	if err != nil {
		return "", err
	}
	h := sha256.Sum256(text)
	h[6], h[8] = h[6]&0x0f|0x80, h[8]&0x3f|0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", h[:4], h[4:6], h[6:8], h[8:10], h[10:16]), nil
}

func listerVersion() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			if m.Path == lister {
				return m.Version
			}
		}
	}
	return "unknown"
}
