//go:build unix

package disk

import (
	"fmt"
	"os"
)

// SyncDir has the names in a folder on the disk.
func SyncDir(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("the folder cannot be opened: %w", err)
	}
	return syncAndClose(dir)
}
