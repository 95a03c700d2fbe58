//go:build !windows

package main

// accountVariable is the environment variable with the name of the account.
const accountVariable = "USER"

// accountName is the name of an account as the system gives it.
func accountName(full string) string { return full }
