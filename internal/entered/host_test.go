package entered

import "testing"

// Passwords go without TLS to this machine alone: a name that only looks like it is another.
func TestThisMachine(t *testing.T) {
	for host, want := range map[string]bool{
		"localhost": true, "127.0.0.1": true, "127.8.9.1": true, "::1": true, "::ffff:127.0.0.1": true,
		"": false, "localhost.example.org": false, "127.0.0.1.example.org": false, "10.0.0.1": false, "0.0.0.0": false, "::": false,
		"127.1": false, "2130706433": false, "0x7f000001": false, "[::1]": false, "localhost:25": false, "::1%lo": false,
	} {
		if got := ThisMachine(host); got != want {
			t.Errorf("%q: %v", host, got)
		}
	}
}
