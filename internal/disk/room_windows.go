package disk

import "golang.org/x/sys/windows"

// Free is how many bytes this user may still write where a folder is, as far as the system
// tells.
func Free(dir string) (bytes uint64, known bool) {
	name, err := windows.UTF16PtrFromString(dir)
	if err != nil {
		return 0, false
	}
	var free, total, all uint64
	if err := windows.GetDiskFreeSpaceEx(name, &free, &total, &all); err != nil {
		return 0, false
	}
	return free, true
}
