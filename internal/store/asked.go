package store

import (
	"context"
	"math"
	"time"
)

type askFor struct{}

// AskFor limits for how long a server is asked whether something was written, after the connection was lost: a command
// can wait until the server must have noticed, and somebody before a page cannot.
func AskFor(ctx context.Context, limit time.Duration) context.Context {
	return context.WithValue(ctx, askFor{}, limit)
}

func askedFor(ctx context.Context) time.Duration {
	if limit, ok := ctx.Value(askFor{}).(time.Duration); ok {
		return limit
	}
	return math.MaxInt64
}
