package preflight

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"testing"
)

var update = flag.Bool("update", false, "write rules.json anew")

// The quick form of the rules says what rules.yaml says. Write it anew with:
// go test ./internal/preflight -run InStep -update
func TestRulesInStep(t *testing.T) {
	b, err := parseRules(rulesYAML)
	if err != nil {
		t.Fatal(err)
	}
	want, err := json.MarshalIndent(b, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("rules.json", want, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !bytes.Equal(want, rulesJSON) {
		t.Error("rules.json is not what rules.yaml says; run with -update")
	}
}
