package disk

import (
	"bufio"
	"strings"
	"testing"
)

// Of the file systems that programs make, sshfs alone is on another machine for sure.
func TestFuseShare(t *testing.T) {
	const mounts = `22 29 0:21 / /proc rw,nosuid shared:12 - proc proc rw
97 29 0:52 / /home/ana/desk\040one rw,nosuid,nodev,relatime shared:51 - fuse.sshfs ana@example.org:/srv rw,user_id=1000
98 29 0:53 / /home/ana/sealed rw,nosuid,nodev,relatime shared:52 - fuse.gocryptfs /home/ana/cipher rw,user_id=1000
99 29 8:1 / /media/stick rw,relatime shared:53 - fuseblk /dev/sda1 rw
`
	for device, want := range map[string]string{"0:52": "sshfs", "0:53": "", "8:1": "", "0:21": "", "0:99": ""} {
		if got := fuseShare(bufio.NewScanner(strings.NewReader(mounts)), device); got != want {
			t.Errorf("%s: %q, want %q", device, got, want)
		}
	}
	if Share("/no/such/file") != "" {
		t.Error("what is not there is on no share")
	}
}
