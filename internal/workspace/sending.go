package workspace

import (
	"context"
	"os"

	"foia/internal/disk"
)

// sendingFile is shared by the programs that send letters of the folder.
const sendingFile = ".foia.sending"

// SentDir is the folder below a request's that has the messages which foia sent, or began to send.
const SentDir = "sent"

// BeginSending says that this program sends letters of the folder, until end is called or it ends, however it ends.
func (w *Workspace) BeginSending(ctx context.Context) (end func() error, err error) {
	end, err = disk.ShareLock(ctx, w.Path(sendingFile))
	if err != nil {
		return nil, w.failed("the folder cannot be locked", w.Path(sendingFile), err)
	}
	return end, nil
}

// SomebodySends tells whether a program may still be sending a letter of the log: one in this folder, or, where others share the
// log, one anywhere else.
func (w *Workspace) SomebodySends() (bool, error) {
	if w.Shared() {
		return true, nil
	}
	if _, err := os.Lstat(w.Path(sendingFile)); os.IsNotExist(err) {
		return false, nil
	}
	held, err := disk.Locked(w.Path(sendingFile))
	if err != nil {
		return true, w.failed("the folder cannot be locked", w.Path(sendingFile), err)
	}
	return held, nil
}
