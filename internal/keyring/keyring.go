// Package keyring is about passwords that are kept elsewhere: in the keyring of the system, or by a program that the user names.
// It is the only room that knows go-keyring.
//
// What the systems have:
//
//   - Linux: the Secret Service (GNOME Keyring, KWallet, KeePassXC), over the session's D-Bus.
//   - macOS: the login keychain, by the system's own program.
//   - Windows: the Credential Manager.
package keyring

import (
	"bytes"
	"context"
	"errors"
	"os/exec"
	"strings"
	"time"

	gokeyring "github.com/zalando/go-keyring"

	"foia/internal/remedy"
)

// Service is under what foia keeps passwords; the user is NAME@HOST.
const Service = "foia"

// Password is the password of a user, as Keep kept it. Without one, ok is false.
func Password(user string) (password string, ok bool, err error) {
	password, err = gokeyring.Get(Service, user)
	switch {
	case errors.Is(err, gokeyring.ErrNotFound):
		return "", false, nil
	case err != nil:
		return "", false, unreachable(err)
	}
	return password, true, nil
}

// Keep keeps the password of a user.
func Keep(user, password string) error {
	if err := gokeyring.Set(Service, user, password); err != nil {
		return unreachable(err)
	}
	return nil
}

func unreachable(err error) error {
	return &remedy.Error{What: "the keyring of this system cannot be used", Cause: err,
		Do: "unlock it, or take the password from elsewhere: see smtp: in foia.yaml"}
}

// patience is how long a program may take to print a password: a person may have to unlock its store.
const patience = 2 * time.Minute

// mostPrinted is how much of what it prints is read.
const mostPrinted = 64 << 10

// FromProgram is the first line that a program prints, which is run without a shell. What it says of its failure is told, and
// what it printed is not.
func FromProgram(ctx context.Context, command []string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	wrong := func(what string, cause error) error {
		return &remedy.Error{What: "password_command: " + what, Where: command[0], Cause: cause,
			Do: "run it yourself: it must print the password in its first line"}
	}
	var out, said bytes.Buffer
	cmd := exec.CommandContext(ctx, command[0], command[1:]...)
	cmd.Stdout, cmd.Stderr, cmd.WaitDelay = &out, &said, time.Second
	if err := cmd.Run(); err != nil {
		words := strings.Join(strings.Fields(said.String()), " ")
		return "", wrong("the program failed"+strings.TrimRight(": "+words[:min(len(words), 200)], ": "), err)
	}
	line, _, _ := bytes.Cut(out.Bytes()[:min(out.Len(), mostPrinted)], []byte("\n"))
	password := strings.TrimRight(string(line), "\r")
	if password == "" {
		return "", wrong("the program printed nothing", nil)
	}
	return password, nil
}
