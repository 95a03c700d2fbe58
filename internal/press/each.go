package press

import (
	"errors"
	"runtime"
	"sync"
	"sync/atomic"
)

// Each does something with every job, as many at a time as there are cores.
func Each[T any](jobs []T, do func(T) error) error {
	errs := make([]error, len(jobs))
	var next atomic.Int64
	var all sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(jobs)) {
		all.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(jobs)); i = next.Add(1) - 1 {
				errs[i] = do(jobs[i])
			}
		})
	}
	all.Wait()
	return errors.Join(errs...)
}
