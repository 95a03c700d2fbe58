package workspace

import (
	"fmt"
	"os"
	"path/filepath"

	"foia/internal/disk"
	"foia/internal/remedy"
)

// Room makes sure that so many bytes can be written into the folder, which need not
// exist yet, as far as the system tells.
func (w *Workspace) Room(bytes uint64) error {
	dir, err := filepath.Abs(w.Dir)
	if err != nil {
		return w.failed("the folder cannot be found", w.Dir, err)
	}
	for {
		if _, err := os.Stat(dir); err == nil || filepath.Dir(dir) == dir {
			break
		}
		dir = filepath.Dir(dir)
	}
	if room, known := disk.Free(dir); known && room < bytes {
		return &remedy.Error{What: fmt.Sprintf("%s needed on the disk; %s free", amount(bytes), amount(room)), Where: w.Dir,
			Do: "free up space, or choose a folder on a larger disk; nothing was written"}
	}
	return nil
}

// amount is so many bytes in words, such that little is not none.
func amount(bytes uint64) string {
	if bytes < 10<<20 {
		return fmt.Sprintf("%d KB are", (bytes+1023)>>10)
	}
	return fmt.Sprintf("%d MB are", bytes>>20)
}
