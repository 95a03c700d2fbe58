package disk

// withoutWaiting: what would have to be waited for has a name that is refused before (\\.\pipe\…).
const withoutWaiting = 0
