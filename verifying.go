// Package verifying holds what a stranger needs to check a bundle of foia without
// foia. It stands at the top because that is where a stranger looks.
package verifying

import _ "embed"

// Guide is VERIFYING.md.
//
//go:embed VERIFYING.md
var Guide []byte

// Script is verify_bundle.py.
//
//go:embed verify_bundle.py
var Script []byte
