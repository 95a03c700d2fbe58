package disk

import (
	"path/filepath"

	"golang.org/x/sys/windows"
)

// Share says under which name a file is on another machine, \\SERVER\SHARE or a drive, since
// the protocol is not to be had; empty, if it is on this one or that is not known.
func Share(path string) string {
	full, err := filepath.Abs(path)
	if err != nil {
		return ""
	}
	volume := filepath.VolumeName(full)
	root, err := windows.UTF16PtrFromString(volume + `\`)
	if err != nil || windows.GetDriveType(root) != windows.DRIVE_REMOTE {
		return ""
	}
	return volume
}
