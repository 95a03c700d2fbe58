package disk

import (
	"fmt"
	"os"
)

// SyncDir finds out that the folder is there, and no more: Windows syncs no folder. Moves are
// on the disk when they are done; for other names see the package.
func SyncDir(path string) error {
	if _, err := os.Stat(path); err != nil {
		return fmt.Errorf("the folder cannot be opened: %w", err)
	}
	return nil
}
