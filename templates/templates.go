// Package templates holds the built-in letters, clauses, arguments, packs and the
// fictional requester of the samples as plain files, and nothing else. What they mean is the business of package letter.
package templates

//go:generate go run foia/internal/quick templates

import "embed"

// Files are the folders letters, clauses, arguments, packs and sample, and the file of
// claims.
//
//go:embed letters clauses arguments packs sample claims.yaml
var Files embed.FS
