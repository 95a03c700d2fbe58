package terminal

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"unicode/utf8"

	"golang.org/x/term"
)

// ErrStopped is what a question gets for an answer if the user ends the command.
var ErrStopped = errors.New("interrupted")

// errEnded: nobody types any longer.
var errEnded = errors.New("the input has ended")

// Password asks for one, without showing what is typed. The question ends where the answer
// begins, such as "Password: ".
func (t Terminal) Password(ctx context.Context, question string) (string, error) {
	typed, err := t.password(ctx, question)
	if err != nil {
		return "", fmt.Errorf("the password cannot be read: %w", err)
	}
	return string(typed), nil
}

// password reads key by key. The library's ReadPassword would go on after the end of the
// input, and after Ctrl-C until somebody presses Enter.
func (t Terminal) password(ctx context.Context, question string) (typed []byte, err error) {
	in, ok := t.In.(*os.File)
	if !ok {
		return nil, errors.New("there is no terminal to type it in")
	}
	fd := int(in.Fd())
	before, err := term.MakeRaw(fd)
	if err != nil {
		return nil, err
	}
	fmt.Fprint(t.Err, t.say(question))
	typed, err = until(ctx, func() ([]byte, error) { return typedLine(in) })
	err = errors.Join(err, term.Restore(fd, before))
	fmt.Fprintln(t.Err)
	return typed, err
}

// Typed shows a question, and returns the line that somebody types; ErrStopped if they end the
// command or the input.
func (t Terminal) Typed(ctx context.Context, question string) (string, error) {
	fmt.Fprint(t.Err, t.say(question))
	line, err := until(ctx, func() ([]byte, error) { return typedLine(t.In) })
	if errors.Is(err, errEnded) {
		err = ErrStopped
	}
	return string(line), err
}

// Keys that a terminal in its usual state would act on.
const (
	ctrlC, ctrlD, ctrlU, ctrlW = 0x03, 0x04, 0x15, 0x17
	backspace, del             = '\b', 0x7f
)

// typedLine reads a line, a byte at a time, so that what is typed after it is left to whoever
// reads next.
func typedLine(in io.Reader) (line []byte, err error) {
	var key [1]byte
	for {
		if _, err := io.ReadFull(in, key[:]); err != nil {
			if err == io.EOF {
				err = errEnded
			}
			return nil, err
		}
		switch k := key[0]; {
		case k == '\r', k == '\n':
			return line, nil
		case k == ctrlC:
			return nil, ErrStopped
		case k == ctrlD && len(line) == 0:
			return nil, errEnded
		case k == backspace, k == del:
			_, size := utf8.DecodeLastRune(line)
			line = line[:len(line)-size]
		case k == ctrlU:
			line = line[:0]
		case k == ctrlW:
			line = line[:bytes.LastIndexByte(bytes.TrimRight(line, " "), ' ')+1]
		case k >= ' ', k == '\t':
			line = append(line, k)
		}
	}
}

// until reads what somebody types, which nothing can end, and does not wait for it any
// longer when the command ends.
func until[T any](ctx context.Context, read func() (T, error)) (got T, err error) {
	type result struct {
		got T
		err error
	}
	done := make(chan result, 1)
	go func() {
		got, err := read()
		done <- result{got, err}
	}()
	select {
	case r := <-done:
		return r.got, r.err
	case <-ctx.Done():
		return got, ErrStopped
	}
}
