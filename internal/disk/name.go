package disk

import (
	"strings"
	"unicode/utf8"
)

// longestName is how long one name of a path may be, in bytes of UTF-8: 255 are what the file
// systems of Linux take. NTFS and APFS count otherwise, and take no less.
const longestName = 255

// Portable tells whether a name of one file or folder, which is no path, is one on each of the
// three systems: the same on all of them, neither cut nor a device.
func Portable(name string) bool {
	return name != "" && len(name) <= longestName && utf8.ValidString(name) && !strings.Contains(name, `\`) && refusedName(name) == ""
}

// refusedName says what Windows makes of a name, if not a file of that name; empty, if it does.
// https://learn.microsoft.com/windows/win32/fileio/naming-a-file
func refusedName(name string) string {
	switch {
	case Device(name):
		return "Windows takes " + name + " for a device"
	case strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || strings.ContainsRune(`<>:"|?*/`, r) }):
		return `Windows takes no name with < > : " | ? * or a control character`
	case strings.TrimRight(name, " .") != name:
		return "Windows drops the dots and spaces at the end of a name"
	}
	return ""
}

// Device tells whether Windows opens a device under a name, in whatever folder: NUL, nul.txt
// and "COM1 .log" are devices on some version of it.
func Device(name string) bool {
	base, _, _ := strings.Cut(strings.ToUpper(name), ".")
	base, _, _ = strings.Cut(base, ":")
	switch base = strings.TrimRight(base, " "); base {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$":
		return true
	}
	port, ok := strings.CutPrefix(base, "COM")
	if !ok {
		port, ok = strings.CutPrefix(base, "LPT")
	}
	return ok && utf8.RuneCountInString(port) == 1 && strings.Contains("0123456789¹²³", port)
}

// refusedByWindows says why Windows would put a file somewhere else than a path says, or
// nowhere; empty, if it would not. A path that begins with \\?\ is taken as it is, so that
// whoever means such a name can have it.
func refusedByWindows(path string) string {
	path = strings.ReplaceAll(path, "/", `\`)
	if strings.HasPrefix(path, `\\?\`) {
		return ""
	}
	if drive(path) {
		path = path[2:]
	}
	for name := range strings.SplitSeq(path, `\`) {
		if name == "" || name == "." || name == ".." {
			continue
		}
		if why := refusedName(name); why != "" {
			return why
		}
	}
	return ""
}

// drive tells whether a path of Windows begins with that of a drive.
func drive(path string) bool {
	return len(path) >= 2 && path[1] == ':' && (path[0] >= 'a' && path[0] <= 'z' || path[0] >= 'A' && path[0] <= 'Z')
}

// underOnWindows is Under for Windows; dir begins with a drive or is on a share.
func underOnWindows(dir, name string) (string, string) {
	path := strings.ReplaceAll(name, "/", `\`)
	switch {
	case strings.HasPrefix(path, `\\`):
		return path, ""
	case drive(path) && len(path) > 2 && path[2] == '\\':
		return path, ""
	case drive(path):
		return "", "where " + name + " is depends on the current folder of drive " + path[:1]
	case strings.HasPrefix(path, `\`):
		return volumeOnWindows(dir) + path, ""
	}
	return strings.TrimRight(dir, `\/`) + `\` + path, ""
}

// volumeOnWindows is the drive that a path begins with, or the share.
func volumeOnWindows(dir string) string {
	dir = strings.ReplaceAll(dir, "/", `\`)
	if drive(dir) {
		return dir[:2]
	}
	start, rest := "", dir
	for _, s := range []string{`\\?\UNC\`, `\\`} {
		if after, ok := strings.CutPrefix(dir, s); ok {
			start, rest = s, after
			break
		}
	}
	server, rest, _ := strings.Cut(rest, `\`)
	share, _, _ := strings.Cut(rest, `\`)
	return start + server + `\` + share
}

// ofWindows tells whether a path is written as on Windows alone, so that here it names one file
// with an odd name in the current folder.
func ofWindows(name string) bool { return drive(name) || strings.Contains(name, `\`) }
