package disk

import (
	"context"
	"time"

	"github.com/gofrs/flock"
)

// Lock waits until no other program holds the lock file, which is made if it is not there,
// and holds it until unlock is called or this program ends, however it ends. The error is
// that of the context if its time was up. On Linux and macOS it is flock(2), of which those who do
// not ask for it know nothing; on Windows LockFileEx, and the lock file, which is
// empty, cannot be removed meanwhile. On a network share it may hold for this machine alone.
func Lock(ctx context.Context, path string) (unlock func() error, err error) {
	lock := flock.New(path, flock.SetPermissions(FileMode), flock.SetFlag(lockFlags))
	if _, err := lock.TryLockContext(ctx, 20*time.Millisecond); err != nil {
		return nil, err
	}
	return lock.Unlock, nil
}

// ShareLock holds a lock file that others may share, until unlock is called or this program ends, however it ends.
func ShareLock(ctx context.Context, path string) (unlock func() error, err error) {
	lock := flock.New(path, flock.SetPermissions(FileMode), flock.SetFlag(lockFlags))
	if _, err := lock.TryRLockContext(ctx, 20*time.Millisecond); err != nil {
		return nil, err
	}
	return lock.Unlock, nil
}

// Locked tells whether some program holds a lock file, or shares it.
func Locked(path string) (bool, error) {
	lock := flock.New(path, flock.SetPermissions(FileMode), flock.SetFlag(lockFlags))
	got, err := lock.TryLock()
	if err != nil || !got {
		return true, err
	}
	return false, lock.Unlock()
}
