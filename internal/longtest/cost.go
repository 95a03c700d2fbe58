package longtest

import (
	"runtime"
	"time"
)

// Cost is how much memory a call takes at its peak, beyond what was held before, with what the
// collector had not yet taken away, and how long it takes.
func Cost(call func()) (peak int64, took time.Duration) {
	runtime.GC()
	before := held()
	stop, done := make(chan struct{}), make(chan int64)
	go func() {
		most := before
		for tick := time.NewTicker(5 * time.Millisecond); ; {
			select {
			case <-tick.C:
				most = max(most, held())
			case <-stop:
				tick.Stop()
				done <- max(most, held())
				return
			}
		}
	}()
	begin := time.Now()
	call()
	took = time.Since(begin)
	close(stop)
	return <-done - before, took
}

func held() int64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc + m.StackInuse)
}
