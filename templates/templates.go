// Package templates holds the built-in letters, clauses, packs and the fictional
// requester of the samples as plain
// files, and nothing else. What they mean is the business of package letter.
package templates

import "embed"

// Files are the folders letters, clauses, packs and sample.
//
//go:embed letters clauses packs sample
var Files embed.FS
