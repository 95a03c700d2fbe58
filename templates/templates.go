// Package templates holds the built-in letters, clauses, arguments, packs, subjects
// and the fictional requester of the samples as plain files, and nothing else. What they mean is the business of the
// packages letter and subject.
package templates

//go:generate go run foia/internal/quick templates
//go:generate go run foia/internal/quick subjects

import "embed"

// Files are the folders letters, clauses, arguments, packs, subjects and sample, and the
// files of claims and of what holds for every subject.
//
//go:embed letters clauses arguments packs subjects sample claims.yaml narrowing.yaml
var Files embed.FS
