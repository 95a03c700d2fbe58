package entered

import "net"

// ThisMachine tells whether the name or address of a server, without a port, is this machine, to which nothing needs to be
// encrypted.
func ThisMachine(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
