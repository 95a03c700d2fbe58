package preflight

import (
	"bytes"
	"os"
	"testing"
)

// The quick form of the rules says what rules.yaml says. To write it anew:
// go generate ./...
func TestRulesInStep(t *testing.T) {
	made, err := Quick(os.DirFS("."))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(made["rules.json"], rulesJSON) {
		t.Error("rules.json is out of step with rules.yaml; run go generate ./...")
	}
}
