package disk

import "os"

// lockFlags open a lock file. Only those who may do anything can make links here.
const lockFlags = os.O_CREATE | os.O_RDONLY
