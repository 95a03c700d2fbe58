package yamltext

import (
	"strconv"

	"github.com/goccy/go-yaml/token"
)

// keepWritten makes a text of a number that YAML would turn into something else than
// what is written there: 1.200, which may be 1.20 or 1,200, would be 1.2, the ZIP Code
// 02134 the octal number 1116, and 25.00 would lose its cents. Nothing that foia reads
// is a fraction to calculate with.
func keepWritten(t *token.Token) {
	switch t.Type {
	case token.IntegerType, token.BinaryIntegerType, token.OctetIntegerType, token.HexIntegerType:
		if !plainInteger(t.Value) {
			t.Type = token.StringType
		}
	case token.FloatType:
		t.Type = token.StringType
	}
}

// plainInteger tells whether a whole number is written as a program would write it.
func plainInteger(s string) bool {
	if n, err := strconv.ParseUint(s, 10, 64); err == nil {
		return strconv.FormatUint(n, 10) == s
	}
	n, err := strconv.ParseInt(s, 10, 64)
	return err == nil && strconv.FormatInt(n, 10) == s
}
