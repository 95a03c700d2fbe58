package main

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"foia/internal/imap"
	"foia/internal/remedy"
	"foia/internal/workspace"
	"foia/internal/yamltext"
)

// readName is the file that keeps how far each mailbox was read from this folder. It holds nothing that cannot be
// found out again: without it, everything since the oldest request is read once more.
const readName = ".imap.yaml"

// readMail is what that file says.
type readMail struct {
	Mailboxes []readBox `yaml:"mailboxes"`
}

// readBox is how far one mailbox was read.
type readBox struct {
	Host     string `yaml:"host"`
	User     string `yaml:"user"`
	Mailbox  string `yaml:"mailbox"`
	Validity uint32 `yaml:"uid_validity"` // for how long the server's numbers count
	UID      uint32 `yaml:"uid"`          // the highest that was dealt with
}

func readReadMail(w *workspace.Workspace) (k readMail, err error) {
	if !w.Exists(readName) {
		return k, nil
	}
	raw, err := w.ReadSmall(readName, mostKept)
	if err == nil {
		err = yamltext.Decode(yamltext.Source{File: readName, Text: raw}, &k)
	}
	if err != nil {
		return k, &remedy.Error{What: fmt.Sprintf("it is not known how far your mail was read: %v", err),
			Do: "delete the file " + w.Path(readName) + ": what was recorded is recognized when it is read again", Cause: err}
	}
	return k, nil
}

// at is where a mailbox is in the list; -1: it was never read.
func (k readMail) at(a imap.Account) int {
	return slices.IndexFunc(k.Mailboxes, func(b readBox) bool { return b.Host == a.Host && b.User == a.User && b.Mailbox == a.Mailbox })
}

func (k readMail) mark(a imap.Account) imap.Mark {
	if i := k.at(a); i >= 0 {
		return imap.Mark{Validity: k.Mailboxes[i].Validity, UID: k.Mailboxes[i].UID}
	}
	return imap.Mark{}
}

// keep writes how far the mailbox was read. Another run may have read further meanwhile.
func (m *mailbox) keep(ctx context.Context, mark imap.Mark) (err error) {
	if mark.UID == 0 || mark == m.kept.mark(m.account) {
		return nil
	}
	unlock, err := m.w.Lock(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, unlock()) }()
	kept, err := readReadMail(m.w)
	if err != nil {
		return err
	}
	if other := kept.mark(m.account); other.Validity == mark.Validity && other.UID >= mark.UID {
		return nil
	}
	one := readBox{m.account.Host, m.account.User, m.account.Mailbox, mark.Validity, mark.UID}
	if i := kept.at(m.account); i >= 0 {
		kept.Mailboxes[i] = one
	} else {
		kept.Mailboxes = append(kept.Mailboxes, one)
	}
	text, err := yamltext.Write(kept)
	if err != nil {
		return fmt.Errorf("how far your mail was read cannot be kept: %w", err)
	}
	return m.w.WriteFile(readName, []byte(text))
}
