package main

import (
	"cmp"

	"github.com/spf13/cobra"

	"foia/internal/keyring"
	"foia/internal/post"
	"foia/internal/remedy"
	"foia/internal/workspace"
)

// account is the account on the mail server that takes letters to send, without its password. Nothing is connected yet.
func (a *app) account(_ *cobra.Command, w *workspace.Workspace, keep bool) (post.Account, error) {
	server := w.Config.Send
	if server.Host == "" {
		return post.Account{}, &remedy.Error{What: "smtp: it names no mail server to send with", Where: workspace.ConfigFile, Misuse: true,
			Do: "add smtp: with host and user; `" + remedy.To(remedy.ShowSettings).String() + "` shows how"}
	}
	if keep && server.User == "" {
		return post.Account{}, remedy.Misuse("--keep-password: the mail server wants no password", "leave it out")
	}
	authority, err := w.SendAuthority()
	return post.Account{Host: server.Host, User: server.User, Port: server.Port, Login: server.Login, Authority: authority,
		Security: post.Security(cmp.Or(server.Security, string(post.TLS)))}, err
}

// sendPassword is the password of the environment, of the file that it names, of the program or the keyring that foia.yaml names;
// else somebody has to type it.
func (a *app) sendPassword(cmd *cobra.Command, w *workspace.Workspace, keep bool) (string, error) {
	server := w.Config.Send
	if server.User == "" {
		return "", nil
	}
	password, known, err := w.SendPassword()
	if known || err != nil {
		return password, err
	}
	if len(server.PasswordCommand) > 0 {
		return keyring.FromProgram(cmd.Context(), server.PasswordCommand)
	}
	who := server.User + "@" + server.Host
	if server.Keyring && !keep {
		if password, known, err = keyring.Password(who); known || err != nil {
			return password, err
		}
	}
	if w.Password == nil {
		return "", remedy.Misuse("the mail server wants a password, and there is no terminal to ask in",
			"set "+workspace.SendPassword+" or "+workspace.SendPassfile)
	}
	if password, err = w.Password(server.User, server.Host); err != nil || !keep {
		return password, err
	}
	return password, keyring.Keep(who, password)
}
